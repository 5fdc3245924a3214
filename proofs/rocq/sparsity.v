(* Sparsity (4.3): the condition omega <= c (mu/lambda)^2 of the earlier        *)
(* analysis needs omega <= c on every instance, while Theorem 1's condition     *)
(* (14) holds for Perm-1 at every n, that is at every omega = n - 1.            *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1.
From Istcheck Require Import perm_expectation own perm_sketch refutations perm1_rates.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Sparsity.
Variables (R : realFieldType) (d : nat) (L : 'M[R]_d) (mu lam : R).
Hypothesis (d0 : (0 < d)%N) (mu0 : 0 < mu).
Hypothesis (lo : mu%:M ⪯ L) (hi : L ⪯ lam%:M).

(* mu <= lambda, as mu I <= L <= lambda I. *)
Lemma mu_le_lam : mu <= lam.
Proof.
pose v : 'cV[R]_d := delta_mx (Ordinal d0) 0.
have v1 : nrm2 v = 1 by rewrite /nrm2 [qf _ _]bf_delta mxE eqxx.
by have := lle_qf v (lle_trans lo hi); rewrite !qf_scalar v1 !mulr1.
Qed.
(* CLAIM any-omega: the earlier condition ω ≤ c(μ/λ)² forces ω ≤ c, so with c = 1 no Perm sketch with n ≥ 3 satisfies it; Theorem 1's (14) holds with θ = n for Perm-1 on every positive definite L with unit diagonal, for every n (ω = n − 1); when L̄ ≻ 0 and E B̄ ≻ 0 some θ exists exactly where W̄ ≻ 0, which fails on some L ≻ 0 (Remark 1) *)
Theorem earlier_condition omega c : 0 <= c -> omega <= c * (mu / lam) ^+ 2 -> omega <= c.
Proof.
move=> c0 /le_trans; apply; rewrite ler_pimulr //; apply: exprn_ile1.
  by rewrite divr_ge0 ?(ltW mu0) // (le_trans (ltW mu0)) ?mu_le_lam.
by rewrite ler_pdivr_mulr ?(lt_le_trans mu0) ?mu_le_lam // mul1r mu_le_lam.
Qed.
(* With the constant 1 it excludes omega = n - 1 for every n >= 3. *)
Corollary earlier_condition_perm n : (3 <= n)%N -> ~ (n%:R - 1 <= (mu / lam) ^+ 2).
Proof.
move=> n3; rewrite -[X in _ <= X]mul1r => /(earlier_condition ler01).
by rewrite ler_subl_addr -[1 + 1]/(2%:R) ler_nat leqNgt n3.
Qed.
End Sparsity.

(* Perm-1 on an L with unit diagonal: omega = n - 1, and (14) holds with theta = n. *)
Theorem thm1_every_omega (R : realFieldType) (n : nat) (p : problem R n n) (L : 'M[R]_n) :
  (forall i, Lw p i = L) -> (0 < n)%N -> (forall a, L a a = 1) -> pd L ->
  (forall i x, @E R (perms R n) (fun pi => nrm2 (perm1 R n pi i *m x - x)) = (n%:R - 1) * nrm2 x) /\
  Qmat p (perm1 R n) ⪯ n%:R *: Wmat p (perm1 R n).
Proof.
move=> hom n0 d1 pL; split=> [i x|]; first exact: (perm_omega (@id_balanced n)).
by have [_ _ Q] := homogeneous_theta hom n0 d1 pL; apply/Q.
Qed.

(* For L and E B positive definite some theta satisfies (14) exactly when W is *)
(* positive definite: v^T Q v >= ||E B v||^2_L > 0 one way; the other way       *)
(* mu I <= W and Q <= tr(Q) I give theta = (tr(Q) + 1)/mu.                      *)
Theorem theta_exists (R : realFieldType) (n d : nat) (p : problem R n d) (P : fprob R) (C : sketches P n d) :
  (0 < d)%N -> pd (Lbar p) -> pd (EM (Bhat p C)) ->
  (exists2 theta, 0 < theta & Qmat p C ⪯ theta *: Wmat p C) <-> pd (Wmat p C).
Proof.
move=> d0 pL pB; have pQ := Qmat_psd C (pd_psd pL).
split=> [[theta t0 h]|pW].
  split=> [|v nv]; first exact: Wmat_sym.
  have := lle_qf v h; rewrite qfZm -(pmulr_rgt0 _ t0); apply: lt_le_trans.
  have -> : qf (Qmat p C) v = E (fun w => qf (Lbar p) (Bhat p C w *m v)).
    by rewrite /Qmat -E_qfm; apply: eq_E => w; rewrite qf_mul Bhat_sym.
  apply: lt_le_trans (jensen _ (pd_psd pL)); apply: pL.2; rewrite EM_mulr.
  apply: contra nv => /eqP z; apply/eqP.
  by rewrite -[v](mulKmx (pd_unit pB)) z mulmx0.
have [mu mu0 hmu] := pd_lower pW d0; set t := \tr (Qmat p C).
have hQ v : qf (Qmat p C) v <= t * nrm2 v by rewrite -qf_scalar; apply: lle_qf (psd_le_trace pQ).
have t0 : 0 <= t.
  have := le_trans (pQ.2 _) (hQ (delta_mx (Ordinal d0) 0)).
  by rewrite /nrm2 [qf 1%:M _]bf_delta mxE eqxx mulr1.
exists ((t + 1) / mu); first by rewrite divr_gt0 ?ltr_paddl ?ltr01.
apply/lleP => [||v]; [exact: Qmat_sym|by apply: symZ; apply: Wmat_sym|].
apply: le_trans (hQ v) _; rewrite qfZm.
have nv : 0 <= nrm2 v := (pd_psd (pd1 R d)).2 v.
apply: le_trans (_ : (t + 1) / mu * (mu * nrm2 v) <= _).
  by rewrite mulrA divfK ?gt_eqF // mulrDl mul1r ler_addl.
by apply: ler_wpmul2l (hmu v); rewrite divr_ge0 ?addr_ge0 ?ler01 // ltW.
Qed.
(* Perm-1 with two equal workers in the plane: for all a != b there is a positive *)
(* definite L with these diagonal entries for which no theta satisfies (14).    *)
Theorem no_theta_instance (R : realFieldType) (a b : R) : 0 < a -> 0 < b -> a != b ->
  exists c, let p := hom2 (m2_sym a c b) in
  pd (Lbar p) /\ forall theta, 0 < theta -> ~ (Qmat p (perm1 R 2) ⪯ theta *: Wmat p (perm1 R 2)).
Proof.
move=> a0 b0 ab; have [c [pc nW]] := (remark1_nonempty a0 b0).2 ab.
have e : Lbar (hom2 (m2_sym a c b)) = m2 a c b by rewrite /Lbar avg_cst.
by exists c; split=> [|theta]; rewrite ?e //; apply: no_theta; rewrite ?e //; apply: pd_psd.
Qed.
