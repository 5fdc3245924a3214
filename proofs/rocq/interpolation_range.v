(* The exact set of step sizes in interpolation (b_i = 0): a characterisation  *)
(* of one-step contraction, sharpness of 2/lambda, and homogeneous Perm-1.     *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1.
From Istcheck Require Import perm_expectation own perm_sketch interpolation refutations perm1_rates.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section ExactRange.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Hypothesis b0 : forall i, bw p i = 0.

(* 2 E B - gamma E[B^2]. *)
Definition range_mx gam : 'M[R]_d :=
  2%:R *: EM (Bhat p C) - gam *: EM (fun w => Bhat p C w *m Bhat p C w).
(* E||x+||^2 = ||x||^2 - gamma x^T (2 E B - gamma E[B^2]) x. *)
Lemma range_round gam k x :
  E (fun w => nrm2 (step p C gam k w x)) = nrm2 x - gam * qf (range_mx gam) x.
Proof.
have -> : qf (range_mx gam) x = 2%:R * qf (EM (Bhat p C)) x -
    gam * qf (EM (fun w => Bhat p C w *m Bhat p C w)) x.
  by rewrite /range_mx /qf bfBm !bfZm.
rewrite -!E_qfm -!EZ -EB -EZ -(E_cst P (nrm2 x)) -EB; apply: eq_E => w.
rewrite /step est0 // /nrm2 (qfB _ _ (sym1 R d)) bfZr qfZ.
have -> : bf 1%:M x (Bhat p C w *m x) = qf (Bhat p C w) x by rewrite bf_mulr mul1mx.
rewrite qf_mul Bhat_sym mulmx1.
by move: (qf 1%:M x) (qf (Bhat p C w) x) (qf _ x) => u v t; ring.
Qed.
(* 2 E B - gamma E[B^2] is symmetric. *)
Lemma range_sym gam : sym (range_mx gam).
Proof.
apply: symB; apply: symZ; apply: sym_EM => w; first exact: Bhat_sym.
by rewrite /sym trmx_mul Bhat_sym.
Qed.

(* The exact range: a step gamma > 0 contracts exactly when 2 E B - gamma E[B^2] is PD. *)
Theorem range_exact gam k : 0 < gam ->
  (forall x, x != 0 -> E (fun w => nrm2 (step p C gam k w x)) < nrm2 x) <->
  pd (range_mx gam).
Proof.
move=> g0; split=> [h|[_ h] x nx].
  split=> [|x nx]; first exact: range_sym.
  by have := h x nx; rewrite range_round ltr_subl_addr ltr_addl pmulr_rgt0.
by rewrite range_round ltr_subl_addr ltr_addl pmulr_rgt0 ?h.
Qed.
(* The range is an interval that starts at 0. *)
Theorem range_interval gam gam' : gam' <= gam -> pd (range_mx gam) -> pd (range_mx gam').
Proof.
move=> le pg; have -> : range_mx gam' = range_mx gam +
    (gam - gam') *: EM (fun w => Bhat p C w *m Bhat p C w).
  by rewrite /range_mx scalerBl addrA subrK.
apply: pdD pg _; apply: psdZ; first by rewrite subr_ge0.
apply: psd_EM => w; have := psd_sandwich (Bhat_sym p C w) (pd_psd (pd1 R d)).
by rewrite mulmx1.
Qed.
End ExactRange.

(* At the border gamma lambda = 2, and below, the mean square does not grow:   *)
(* if 0 <= B <= lambda I for every outcome then E[(I - gamma B)^2] <= I.        *)
Theorem border_no_growth (R : realFieldType) (d : nat) (P : fprob R) (B : P -> 'M[R]_d) lam gam :
  (forall w, psd (B w)) -> (forall w, B w ⪯ lam%:M) -> 0 <= gam -> gam * lam <= 2%:R ->
  EM (fun w => (1%:M - gam *: B w) *m (1%:M - gam *: B w)) ⪯ 1%:M.
Proof.
move=> pB hB g0 g2; rewrite /lle.
have -> (F : P -> 'M[R]_d) : 1%:M - EM F = EM (fun w => 1%:M - F w) by rewrite EMB EM_cst.
apply: psd_EM => w.
have [sB _] := pB w; have sM : sym (1%:M - gam *: B w) by apply: symB; [exact: sym1|exact: symZ].
split=> [|v]; first by apply: symB; [exact: sym1|rewrite /sym trmx_mul sM].
have -> : qf (1%:M - (1%:M - gam *: B w) *m (1%:M - gam *: B w)) v =
    nrm2 v - nrm2 ((1%:M - gam *: B w) *m v).
  by rewrite /nrm2 qf_mul sM mulmx1 /qf bfBm.
rewrite mulmxBl mul1mx -scalemxAl /nrm2 (qfB _ _ (sym1 R d)) bfZr qfZ.
have -> : bf 1%:M v (B w *m v) = qf (B w) v by rewrite bf_mulr mul1mx.
have h := psd_sqr_le v (pB w) (hB w); have q0 := (pB w).2 v; rewrite /nrm2 in h.
move: (qf _ v) (qf 1%:M (B w *m v)) (qf (B w) v) h q0 => a u t h t0.
have -> : a - (a - gam * t *+ 2 + gam ^+ 2 * u) =
    gam * ((2%:R - gam * lam) * t) + gam ^+ 2 * (lam * t - u) by ring.
by rewrite addr_ge0 // mulr_ge0 ?sqr_ge0 ?subr_ge0 // mulr_ge0 ?subr_ge0.
Qed.

(* 2/lambda cannot be enlarged: C_i = I and L_i = lambda I, so that B = lambda I; *)
(* for gamma lambda >= 2 no iterate is ever closer to 0 than x^0.              *)
Section Sharp.
Variables (R : realFieldType) (n d : nat) (lam : R).
Hypothesis (n0 : (0 < n)%N).
Definition scalar_problem : problem R n d :=
  Problem (fun _ => 0) (fun _ : 'I_n => tr_scalar_mx d lam).
Local Notation C := (id_sketches R n d).
(* B = lambda I, *)
Lemma scalar_B w : Bhat scalar_problem C w = lam%:M.
Proof. by rewrite id_Bhat /Lbar avg_cst. Qed.
(* ... so a step multiplies x by 1 - gamma lambda, *)
Lemma scalar_round gam k w x : step scalar_problem C gam k w x = (1 - gam * lam) *: x.
Proof. by rewrite /step est0 // scalar_B mul_scalar_mx scalerA scalerBl scale1r. Qed.
(* ... and k steps multiply ||x||^2 by (1 - gamma lambda)^(2k), which is at *)
(* least 1 when gamma lambda >= 2. *)
Theorem range_sharp gam x0 k : 2%:R <= gam * lam ->
  Er (step scalar_problem C gam) x0 k (@nrm2 R d) = (1 - gam * lam) ^+ (2 * k) * nrm2 x0 /\
  nrm2 x0 <= Er (step scalar_problem C gam) x0 k (@nrm2 R d).
Proof.
move=> g2; have e : Er (step scalar_problem C gam) x0 k (@nrm2 R d) =
    (1 - gam * lam) ^+ (2 * k) * nrm2 x0.
  elim: k => [|k ih]; first by rewrite muln0 expr0 mul1r.
  rewrite /= mulnS exprD -mulrA -ih -ErZ; apply: eq_Er => x.
  by rewrite (eq_E (G := fun _ => (1 - gam * lam) ^+ 2 * nrm2 x)) ?E_cst // => w;
    rewrite scalar_round /nrm2 qfZ.
split=> //; rewrite e; apply: ler_pemull; first exact: (pd_psd (pd1 R d)).2.
rewrite exprM; apply: exprn_ege1.
have -> : (1 - gam * lam) ^+ 2 = 1 + gam * lam * (gam * lam - 2%:R) by ring.
by rewrite ler_addl mulr_ge0 ?subr_ge0 // (le_trans _ g2) ?ler0n.
Qed.
End Sharp.

(* Homogeneous Perm-1: each coordinate is multiplied by 1 - gamma n L_aa, so   *)
(* the exact set of step sizes is 0 < gamma < 2 / (n max_a L_aa).              *)
Section Perm1Range.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (L : 'M[R]_n).
Hypothesis (hom : forall i, Lw p i = L) (b0 : forall i, bw p i = 0).
Local Notation C := (perm1 R n).
Local Notation fac gam a := (1 - gam * (n%:R * L a a)).

(* A step multiplies coordinate a by 1 - gamma n L_aa, *)
Lemma perm1_round gam k pi x a : step p C gam k pi x a 0 = fac gam a * x a 0.
Proof.
have h : (dpart L *m x) a 0 = L a a * x a 0 by rewrite dpart_dg dg_mulv.
rewrite /step est0 // (h_B hom) -scalemxAl scalerA.
rewrite mxE [X in _ + X = _]mxE [X in _ - X = _]mxE h.
by move: (x a 0) (L a a) => u v; ring.
Qed.
(* ... so E||x^k||^2 = sum_a (1 - gamma n L_aa)^(2k) (x^0_a)^2. *)
Theorem perm1_exact_error gam x0 k :
  Er (step p C gam) x0 k (@nrm2 R n) = \sum_a fac gam a ^+ (2 * k) * x0 a 0 ^+ 2.
Proof.
have e : forall F : 'I_n -> R, Er (step p C gam) x0 k (fun x => \sum_a F a * x a 0 ^+ 2) =
    \sum_a F a * fac gam a ^+ (2 * k) * x0 a 0 ^+ 2.
  elim: k => [|k ih] F; first by apply: eq_bigr => a _; rewrite muln0 expr0 mulr1.
  rewrite /= (eq_Er _ _ _ (G := fun x : 'cV[R]_n => \sum_a (F a * fac gam a ^+ 2) * x a 0 ^+ 2)).
    rewrite ih; apply: eq_bigr => a _; rewrite -(mulrA (F a)) -exprD.
    by rewrite mulnS.
  move=> x; rewrite -[RHS](E_cst (perms R n)); apply: eq_E => pi.
  by apply: eq_bigr => a _; rewrite perm1_round exprMn -[RHS]mulrA.
rewrite (eq_Er _ _ _ (G := fun x : 'cV[R]_n => \sum_a 1 * x a 0 ^+ 2)) => [|x].
  by rewrite (e (fun _ => 1)); apply: eq_bigr => a _; rewrite mul1r.
by rewrite nrm2E; apply: eq_bigr => a _; rewrite mul1r.
Qed.

(* CLAIM interpolation-divergence: “even in the homogeneous interpolation case the algorithm may not converge” is true of long steps only: with Perm-q it contracts for every 0 < γ < 2/λ, λ ≥ λ_max(B̄), and 2/λ is sharp; in general the set of contracting steps γ > 0 is {γ : 2E B̄ − γE[B̄²] ≻ 0}; for Perm-1 it is {γ : 0 < γnL_aa < 2 for all a}, and outside it some trajectory never decreases *)
Theorem perm1_range gam : (0 < n)%N ->
  (forall x k, x != 0 -> E (fun pi => nrm2 (step p C gam k pi x)) < nrm2 x) <->
  (forall a, 0 < gam * (n%:R * L a a) /\ gam * (n%:R * L a a) < 2%:R).
Proof.
move=> n0; have one x : E (fun pi => nrm2 (step p C gam 0 pi x)) =
    \sum_a fac gam a ^+ 2 * x a 0 ^+ 2 := perm1_exact_error gam x 1.
have sq (t : R) : (t ^+ 2 < 1) = (-1 < t < 1).
  by rewrite -ltr_norml -[t ^+ 2]real_normK ?num_real // expr_lt1.
have fac1 a : (fac gam a ^+ 2 < 1) = (0 < gam * (n%:R * L a a)) && (gam * (n%:R * L a a) < 2%:R).
  rewrite sq andbC; congr (_ && _); first by rewrite ltr_subl_addr ltr_addl.
  by rewrite ltr_subr_addl -ltr_subr_addr opprK.
split=> [h a|h x k nx].
  have na : delta_mx a 0 != 0 :> 'cV[R]_n.
    by apply/eqP=> /matrixP/(_ a 0)/eqP; rewrite !mxE !eqxx oner_eq0.
  have := h _ 0%N na; rewrite one nrm2E (bigD1 a) //= [in X in _ < X](bigD1 a) //= !mxE !eqxx.
  rewrite !expr1n mulr1 !big1 ?addr0 => [|c nc|c nc].
  - by rewrite fac1 => /andP[].
  - by rewrite mxE (negPf nc) expr0n.
  by rewrite mxE (negPf nc) expr0n mulr0.
have -> : E (fun pi => nrm2 (step p C gam k pi x)) = \sum_a fac gam a ^+ 2 * x a 0 ^+ 2.
  by rewrite -one; apply: eq_E.
have [a na] : exists a, x a 0 != 0.
  apply/existsP; apply: contraNT nx; rewrite negb_exists => /forallP z.
  by apply/eqP/matrixP=> a j; rewrite ord1 mxE; apply/eqP; have := z a; rewrite negbK.
have le c : fac gam c ^+ 2 < 1 by rewrite fac1; have [-> ->] := h c.
rewrite nrm2E (bigD1 a) //= [X in _ < X](bigD1 a) //=; apply: ltr_le_add.
  by rewrite gtr_pmull ?le // exprn_even_gt0.
by apply: ler_sum => c _; rewrite ler_pimull ?sqr_ge0 ?ltW.
Qed.
(* Started at e_a with (1 - gamma n L_aa)^2 >= 1 the mean square never decreases. *)
Theorem perm1_no_decrease gam a k : 1 <= fac gam a ^+ 2 ->
  nrm2 (delta_mx a 0 : 'cV[R]_n) <= Er (step p C gam) (delta_mx a 0) k (@nrm2 R n).
Proof.
move=> f1; rewrite perm1_exact_error nrm2E; apply: ler_sum => c _.
have [->|nc] := eqVneq c a; last by rewrite mxE (negPf nc) expr0n mulr0.
by rewrite ler_pemull ?sqr_ge0 // exprM exprn_ege1.
Qed.
End Perm1Range.
