(* The AB-inequality of Szlendak, Tyurin and Richtarik (arXiv:2110.03300):     *)
(* E||(1/n) sum C_i b_i - bbar||^2 <= A (1/n) sum ||b_i||^2 - B ||bbar||^2.    *)
(* Perm-q has A = B = 1 with equality; independent sketches of variance omega  *)
(* have A = omega/n, B = 0; one draw shared by all workers has neither.        *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting perm_expectation own perm_sketch sketch_rand.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Perm.
Variables (R : realFieldType) (n d q : nat) (own : 'I_d -> 'I_n).
Hypothesis bal : balanced q own.
Variable p : problem R n d.
Local Notation C := (permq R own).
Local Notation mean_sq := (n%:R^-1 * \sum_i nrm2 (bw p i)).

(* The average holds in coordinate a the entry of the worker that owns a. *)
Lemma perm_Cb pi a : Cb p C pi a 0 = bw p (own (slot pi a)) a 0.
Proof.
rewrite /Cb (eq_avg (G := fun i => own_sketch (fun a => own (slot pi a)) (fun _ _ => n%:R) i *m bw p i)).
  by rewrite own_Cb mulrA mulVf ?mul1r // (n_q_neq0 R bal a).
by move=> i; rewrite -(perm_own own).
Qed.
(* Each entry is that of a uniformly drawn worker, so E||(1/n) sum C_i b_i||^2 = (1/n) sum ||b_i||^2. *)
Lemma perm_second_moment : E (fun pi => nrm2 (Cb p C pi)) = mean_sq.
Proof.
have -> : \sum_i nrm2 (bw p i) = \sum_a \sum_i bw p i a 0 ^+ 2.
  by rewrite exchange_big; apply: eq_bigr => i _; rewrite nrm2E.
rewrite (eq_E (G := fun pi : perms R d => \sum_a (fun j => bw p (own j) a 0 ^+ 2) (slot pi a))).
  rewrite E_sum mulr_sumr; apply: eq_bigr => a _.
  rewrite (E_slot1 (fun j => bw p (own j) a 0 ^+ 2)) (d_nq R bal).
  rewrite (partition_big own predT) //= (eq_bigr (fun i => q%:R * bw p i a 0 ^+ 2)) => [|i _].
    have [n0 q0] := n_q_neq0 R bal a; rewrite -mulr_sumr.
    by move: (\sum_i _) => y; field; rewrite n0 q0.
  rewrite -(count1 bal i) -big_mkcond.
  by apply: eq_bigr => j /eqP ->.
by move=> pi; rewrite nrm2E; apply: eq_bigr => a _; rewrite perm_Cb.
Qed.

(* CLAIM perm-ab-equality: Perm-q with n workers: E‖(1/n) Σ C_i b_i − b̄‖² = (1/n) Σ ‖b_i‖² − ‖b̄‖² *)
Theorem perm_ab_equality :
  E (fun pi => nrm2 (Cb p C pi - bbar p)) = mean_sq - nrm2 (bbar p).
Proof.
have := bias_variance (Cb p C) (sym1 R d); rewrite (perm_ECb bal) => h.
by rewrite -perm_second_moment [X in X - _]h addrK.
Qed.
(* CLAIM perm-ab-inequality: Perm-q satisfies the AB-inequality with A = B = 1 *)
Corollary perm_ab_inequality :
  E (fun pi => nrm2 (Cb p C pi - bbar p)) <= 1 * mean_sq - 1 * nrm2 (bbar p).
Proof. by rewrite perm_ab_equality !mul1r. Qed.
(* CLAIM perm-homogeneous-exact: Perm-q averages equal vectors without an error, for every outcome *)
Theorem perm_homogeneous_exact b pi : (forall i, bw p i = b) -> (0 < n)%N -> Cb p C pi = bbar p.
Proof.
move=> hb n0; rewrite /Cb /bbar (eq_avg hb) avg_cst //.
rewrite (eq_avg (G := fun i => C pi i *m b)) => [|i]; last by rewrite hb.
by rewrite avg_mulr (perm_reconstruction bal) mul1mx.
Qed.
End Perm.

(* Compressed gradient descent with Perm-q leaves the minimizer xs unless every *)
(* worker's own gradient vanishes there: a step from xs has                    *)
(* E||x+ - xs||^2 = gamma^2 (1/n) sum ||grad f_i(xs)||^2.                      *)
Theorem cgd_leaves_minimizer (R : realFieldType) (n d q : nat) (own : 'I_d -> 'I_n)
    (p : problem R n d) gam (xs := xstar p) (C := permq R own) : balanced q own ->
  E (fun pi => nrm2 (xs - gam *: avg (fun i => C pi i *m worker_grad p i xs) - xs)) =
  gam ^+ 2 * (n%:R^-1 * \sum_i nrm2 (worker_grad p i xs)).
Proof.
move=> bal; rewrite -(perm_second_moment bal (Problem (worker_grad p ^~ xs) (Lw_sym p))) -EZ.
by apply: eq_E => pi; rewrite addrAC subrr add0r /nrm2 qfN qfZ.
Qed.

(* Unbiased sketches of variance omega whose errors are uncorrelated between   *)
(* two workers, as those of independent draws are.                             *)
Section Uncorrelated.
Variables (R : realFieldType) (n d : nat) (p : problem R n d) (P : fprob R) (C : sketches P n d).
Variable omega : R.
Local Notation error w i := (C w i *m bw p i - bw p i).
Hypothesis var : forall i, E (fun w => nrm2 (error w i)) <= omega * nrm2 (bw p i).

(* E||(1/n) sum C_i b_i - bbar||^2 <= (omega/n) (1/n) sum ||b_i||^2. *)
Theorem independent_ab : (forall i j, i != j -> E (fun w => dot (error w i) (error w j)) = 0) ->
  E (fun w => nrm2 (Cb p C w - bbar p)) <= omega / n%:R * (n%:R^-1 * \sum_i nrm2 (bw p i)).
Proof.
move=> unc.
have e w : nrm2 (Cb p C w - bbar p) =
    n%:R^-1 ^+ 2 * \sum_i \sum_j dot (error w i) (error w j).
  rewrite /Cb /bbar -avgB avg_def /nrm2 qfZ; congr (_ * _).
  by rewrite /qf bf_suml; apply: eq_bigr => i _; rewrite bf_sumr.
rewrite (eq_E e) EZ E_sum.
rewrite (eq_bigr (fun i => E (fun w => nrm2 (error w i)))) => [|i _]; last first.
  rewrite E_sum (bigD1 i) //= big1 ?addr0 // => j nj.
  by apply: unc; rewrite eq_sym.
have -> : omega / n%:R * (n%:R^-1 * \sum_i nrm2 (bw p i)) =
    n%:R^-1 ^+ 2 * \sum_i omega * nrm2 (bw p i).
  by rewrite -mulr_sumr; move: (n%:R^-1) (\sum_i _) => u v; ring.
by apply: ler_wpmul2l; rewrite ?sqr_ge0 //; apply: ler_sum.
Qed.
End Uncorrelated.

(* One Rand-q draw shared by n workers that hold the same vector b: the errors *)
(* do not average out, E||...||^2 = omega ||b||^2 with omega = d/q - 1.         *)
Section Shared.
Variables (R : realFieldType) (n d q : nat) (b : 'cV[R]_d).
Hypothesis (q0 : (0 < q)%N) (qd : (q < d)%N).
Local Notation P := (randq R (ltnW qd)).
(* The shared sketch is diagonal, hence symmetric. *)
Lemma shared_sym (S : P) (i : 'I_n) : sym (rand_sketch S).
Proof. by rewrite rand_dg; apply: dg_sym. Qed.
Definition shared_rand : sketches P n d := Sketches shared_sym.

(* CLAIM rand-ab-inequality: every use of Rand-q by n workers satisfies the AB-inequality with A = ω/n, B = 0; false for one draw shared by n ≥ 2 workers that hold the same b ≠ 0, q < d; for independent draws it holds *)
Theorem shared_ab_refuted (p : problem R n d) : (forall i, bw p i = b) -> (2 <= n)%N -> b != 0 ->
  let omega := d%:R / q%:R - 1 in
  E (fun S => nrm2 (Cb p shared_rand S - bbar p)) = omega * nrm2 b /\
  omega / n%:R * (n%:R^-1 * \sum_i nrm2 (bw p i)) < omega * nrm2 b.
Proof.
move=> hb n2 nb omega; have n0 : (0 < n)%N by apply: leq_trans n2.
split.
  rewrite -(rand_variance q0 (ltnW qd)); apply: eq_E => S.
  rewrite /Cb (eq_avg (G := fun=> rand_sketch S *m b)) => [|i]; last by rewrite hb.
  by rewrite /bbar (eq_avg hb) !avg_cst.
have o0 : 0 < omega.
  by rewrite subr_gt0 ltr_pdivl_mulr ?ltr0n // mul1r ltr_nat.
have b0 : 0 < nrm2 b by apply: (pd1 R d).2.
rewrite (eq_bigr (fun=> nrm2 b)) => [|i _]; last by rewrite hb.
rewrite sumr_const card_ord -[nrm2 b *+ n]mulr_natl mulKf ?pnatr_eq0 -?lt0n //.
rewrite ltr_pmul2r // ltr_pdivr_mulr ?ltr0n // ltr_pmulr //.
by rewrite -[1]/(1%:R) ltr_nat.
Qed.
End Shared.
