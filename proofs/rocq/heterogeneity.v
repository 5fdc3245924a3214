(* Workers that differ: the change of variables x = D^(-1/2) y with the mean of *)
(* the diagonals, scaled sketches of blocks, the floor of plain Perm-1, and two *)
(* remarks of 4.3.  As in scaled.v, s(a) stands for [Dbar^(-1/2)]_aa or for     *)
(* [D_i^(-1/2)]_aa, with s(a)^2 D_aa = 1.                                       *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1.
From Istcheck Require Import perm_expectation own perm_sketch refutations perm1_moments.
From Istcheck Require Import perm1_rates preconditioning interpolation loewner17 sparsity.
From Istcheck Require Import stability local_steps_perm1 limits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* 3.1.2 with Perm-1, n = d: the problem of the R L_i R with R = Dbar^(-1/2).   *)
Section Transformed.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (s : 'I_n -> R).
Hypothesis sE : forall a, s a ^+ 2 * Dbar p a a = 1.
Local Notation C := (perm1 R n).
Local Notation Rt := (dg s).

(* R L_i R is symmetric. *)
Lemma transformed_sym i : sym (Rt *m Lw p i *m Rt).
Proof. by apply: sym_sandwich; [exact: dg_sym|exact: Lw_sym]. Qed.
(* The problem in the variable y: the matrices R L_i R and the vectors R b_i. *)
Definition transformed : problem R n n := Problem (fun i => Rt *m bw p i) transformed_sym.
Local Notation t := transformed.
Local Notation Lt := (Rt *m Lbar p *m Rt).

(* The diagonal of the mean is the mean of the diagonals. *)
Lemma Dbar_Lbar a : Dbar p a a = Lbar p a a.
Proof. by rewrite !avgE; congr (_ * _); apply: eq_bigr => i _; rewrite mxE eqxx. Qed.
(* Its mean is R Lbar R, *)
Lemma transformed_Lbar : Lbar t = Lt.
Proof. by rewrite /Lbar /= -avg_mull -avg_mulr. Qed.
(* ... with unit diagonal. *)
Lemma transformed_Dbar : Dbar t = 1%:M.
Proof.
apply/matrixP=> a b; rewrite avgE mxE; have [<-|nab] := eqVneq a b; last first.
  by rewrite big1 ?mulr0 // => i _; rewrite mxE (negPf nab).
rewrite (eq_bigr (fun i => s a ^+ 2 * Lw p i a a)) => [|i _].
  by rewrite -mulr_sumr mulrCA -(avgE (Lw p)) -/(Lbar p) -Dbar_Lbar sE.
by rewrite mxE eqxx dg_sandwich mulrAC -expr2.
Qed.
(* R D_i R = I says that the diagonal of R L_i R consists of ones. *)
Lemma transformed_unit i :
  Rt *m dpart (Lw p i) *m Rt = 1%:M <-> forall a, Lw t i a a = 1.
Proof.
split=> [/matrixP h a|h].
  by have := h a a; rewrite dg_sandwich [dpart _ _ _]mxE [1%:M _ _]mxE !eqxx => e; rewrite dg_sandwich.
apply/matrixP=> a b; rewrite dg_sandwich !mxE; case: eqP => [<-|_].
  by rewrite -(h a) /= dg_sandwich.
by rewrite mulr0 mul0r.
Qed.
(* R Lbar R is positive definite when Lbar is. *)
Lemma transformed_pd : pd (Lbar p) -> pd Lt.
Proof. by move=> pL; apply: (@Ltilde_pd _ _ _ s) pL => a; rewrite -Dbar_Lbar. Qed.

(* For claim precondition-heterogeneous-repaired, "mean": the mean of B is n I. *)
Theorem transformed_mean : EM (Bhat t C) = n%:R%:M.
Proof. by rewrite perm1_mean transformed_Dbar scalemx1. Qed.
(* For claim precondition-heterogeneous-repaired, "W": W = n R Lbar R, *)
Theorem transformed_W : Wmat t C = n%:R *: Lt.
Proof.
rewrite Wmat_mean transformed_mean transformed_Lbar -scalemx1 -scalemxAr -scalemxAl.
rewrite mulmx1 mul1mx -mulr2n -scaler_nat !scalerA; congr (_ *: _).
by field.
Qed.
(* ... which is positive definite (the same line of the claim). *)
Theorem transformed_W_pd : (0 < n)%N -> pd (Lbar p) -> pd (Wmat t C).
Proof.
by move=> n0 pL; rewrite transformed_W; apply: pdZ (transformed_pd pL); rewrite ltr0n.
Qed.
(* On the way: whatever the workers, E[B R Lbar R B] >= n^2 R Lbar R. *)
Theorem transformed_Q : psd (Lbar p) -> n%:R *: (n%:R *: Lt) ⪯ Qmat t C.
Proof.
move=> pL; have pt : psd (Lbar t).
  by rewrite transformed_Lbar; apply: psd_sandwich pL; apply: dg_sym.
have := mean_below pt.
by rewrite transformed_mean transformed_Lbar -scalemx1 -!scalemxAl -!scalemxAr mulmx1 mul1mx.
Qed.
(* For claim precondition-heterogeneous-repaired, "least theta": every theta with (14) is at least n. *)
Theorem transformed_least theta : (0 < n)%N -> pd (Lbar p) ->
  Qmat t C ⪯ theta *: Wmat t C -> n%:R <= theta.
Proof.
move=> n0 pL h; have np : 0 < (n%:R : R) by rewrite ltr0n.
pose v : 'cV[R]_n := delta_mx (Ordinal n0) 0.
have nv : v != 0.
  by apply/eqP=> /matrixP/(_ (Ordinal n0) 0)/eqP; rewrite !mxE !eqxx oner_eq0.
have := lle_qf v (lle_trans (transformed_Q (pd_psd pL)) h).
rewrite transformed_W !(qfZm _ _ v) [theta * _]mulrCA ler_pmul2l // ler_pmul2r //.
exact: (transformed_pd pL).2.
Qed.
(* For claim precondition-heterogeneous-repaired, "equality": n itself satisfies (14) exactly if all R D_i R are I. *)
Theorem transformed_equality : (0 < n)%N -> pd (Lbar p) ->
  (Qmat t C ⪯ n%:R *: Wmat t C) <-> (forall i, Rt *m dpart (Lw p i) *m Rt = 1%:M).
Proof.
move=> n0 pL; have nn : (n%:R : R) != 0 by rewrite pnatr_eq0 -lt0n.
have ptL := transformed_pd pL; rewrite transformed_W; split=> [h i|h].
  apply/transformed_unit=> a; apply/eqP.
  have /matrixP/(_ a a) := lle_anti h (transformed_Q (pd_psd pL)).
  rewrite /Qmat perm1_second_moment eqxx transformed_Lbar.
  have La : Lt a a != 0.
    rewrite -(bf_delta Lt a a) gt_eqF //; apply: ptL.2.
    by apply/eqP=> /matrixP/(_ a 0)/eqP; rewrite !mxE !eqxx oner_eq0.
  have scE c (M : 'M[R]_n) : (c *: M) a a = c * M a a by rewrite mxE.
  rewrite !scE => e.
  have e2 : \sum_j Lw t j a a ^+ 2 = n%:R.
    by apply: (mulfI (mulf_neq0 nn La)); rewrite e [RHS]mulrC.
  have e1 : \sum_j Lw t j a a = n%:R.
    have e1 : Dbar t a a = 1 by rewrite transformed_Dbar mxE eqxx.
    apply: (mulfI (invr_neq0 nn)); rewrite mulVf // -[RHS]e1 avgE; congr (_ * _).
    by apply: eq_bigr => j _; rewrite [RHS]mxE eqxx.
  have e0 : \sum_j (Lw t j a a - 1) ^+ 2 = 0.
    rewrite (eq_bigr (fun j => Lw t j a a ^+ 2 - (2%:R * Lw t j a a - 1))) => [|j _].
      by rewrite sumrB sumrB -mulr_sumr e1 e2 sumr_const card_ord; ring.
    by move: (Lw t j a a) => y; ring.
  have sq j : true -> 0 <= (Lw t j a a - 1) ^+ 2 by move=> _; apply: sqr_ge0.
  by have /eqP := psumr_eq0P sq e0 (isT : (fun=> true) i); rewrite sqrf_eq0 subr_eq0.
have B pi : Bhat t C pi = n%:R%:M.
  rewrite perm1_B; apply/matrixP=> a b; rewrite dgE [in RHS]mxE.
  by rewrite ((transformed_unit _).1 (h _)) mulr1; case: eqP.
rewrite /Qmat (eq_EM (G := fun _ => n%:R *: (n%:R *: Lt))) => [|pi].
  by rewrite EM_cst; apply: lle_refl.
by rewrite B transformed_Lbar -scalemx1 -!scalemxAl -!scalemxAr mulmx1 mul1mx.
Qed.
(* theta is the least number with (14). *)
Definition least_theta theta : Prop :=
  Qmat t C ⪯ theta *: Wmat t C /\ forall u, Qmat t C ⪯ u *: Wmat t C -> theta <= u.
(* For claim precondition-heterogeneous-repaired, "least theta" and "equality", for the least theta. *)
(* CLAIM precondition-heterogeneous-repaired: the least theta after the change of variables is at least n, and n exactly if all transformed diagonals are ones *)
Corollary transformed_least_theta theta : (0 < n)%N -> pd (Lbar p) -> least_theta theta ->
  n%:R <= theta /\ (theta = n%:R <-> (forall i, Rt *m dpart (Lw p i) *m Rt = 1%:M)).
Proof.
move=> n0 pL [h l]; have le := transformed_least n0 pL h; split=> //; split=> [e|u].
  by apply/(transformed_equality n0 pL); rewrite -e.
by apply/eqP; rewrite eq_le le andbT; apply: l; apply/(transformed_equality n0 pL).
Qed.
(* The largest generalized eigenvalue of E[B R Lbar R B] against W is the least theta: *)
(* an eigenvector v has v^T Q v = lam v^T W v.                                  *)
Lemma eigenvalue_least lam (v : 'cV[R]_n) : (0 < n)%N -> pd (Lbar p) -> v != 0 ->
  Qmat t C *m v = lam *: (Wmat t C *m v) -> Qmat t C ⪯ lam *: Wmat t C -> least_theta lam.
Proof.
move=> n0 pL nv e h; split=> // u hu; have := lle_qf v hu.
rewrite qfZm /qf [bf (Qmat t C) v v]bf_dot e /dot bfZr -/(dot _ _) -bf_dot ler_pmul2r //.
exact: (transformed_W_pd n0 pL).2.
Qed.
(* For claim precondition-heterogeneous, which it refutes: some theta > 0 satisfies (14). *)
(* CLAIM precondition-heterogeneous: refuted: whenever L is positive definite some theta > 0 fulfils (14) after the change of variables *)
Theorem precondition_heterogeneous_refuted : (0 < n)%N -> pd (Lbar p) ->
  exists2 theta, 0 < theta & Qmat t C ⪯ theta *: Wmat t C.
Proof.
move=> n0 pL; apply/theta_exists => //.
- by rewrite transformed_Lbar; apply: transformed_pd.
- by rewrite transformed_mean -scalemx1; apply: pdZ (pd1 R n); rewrite ltr0n.
exact: transformed_W_pd.
Qed.
End Transformed.

(* Over a real closed field the roots exist: s(a) = 1/sqrt(M_aa) for a positive definite M, *)
Lemma pd_root (R : rcfType) d (M : 'M[R]_d) a : pd M -> ((Num.sqrt (M a a))^-1) ^+ 2 * M a a = 1.
Proof.
move=> pM; have M0 : 0 < M a a.
  rewrite -(bf_delta M a a); apply: pM.2.
  by apply/eqP=> /matrixP/(_ a 0)/eqP; rewrite !mxE !eqxx oner_eq0.
by rewrite exprVn sqr_sqrtr ?(ltW M0) // mulVf // gt_eqF.
Qed.
(* ... so the hypothesis on s holds for Dbar^(-1/2) when Lbar is positive definite. *)
Lemma mean_root (R : rcfType) n (p : problem R n n) a : pd (Lbar p) ->
  ((Num.sqrt (Dbar p a a))^-1) ^+ 2 * Dbar p a a = 1.
Proof. by rewrite Dbar_Lbar; apply: pd_root. Qed.

(* Footnote 2: the scaled sketch of blocks n^(-1/2) C_i D_i^(-1/2), with C_i of Perm-q. *)
Section Blocks.
Variables (R : realFieldType) (n d q : nat) (own : 'I_d -> 'I_n).
Hypothesis bal : balanced q own.
Variables (p : problem R n d) (s : 'I_n -> 'I_d -> R).
Hypothesis sE : forall i a, s i a ^+ 2 * Lw p i a a = 1.
Local Notation C := (permq R own).
Local Notation rh := (rho R d q).
Local Notation normalized i := (dg (s i) *m Lw p i *m dg (s i)).

(* For claim blocks-scaled-exactly: E[(1/n) C_i D_i^(-1/2) L_i D_i^(-1/2) C_i] is *)
(* (1 - rho) I + rho D_i^(-1/2) L_i D_i^(-1/2), with rho = (q - 1)/(d - 1).     *)
(* CLAIM blocks-scaled-exactly: the mean of the scaled sketch of a block around L_i is (1 - rho) I + rho D_i^(-1/2) L_i D_i^(-1/2), rho = (q - 1)/(d - 1) *)
Theorem blocks_scaled_exactly i :
  EM (fun pi => n%:R^-1 *: (C pi i *m dg (s i) *m Lw p i *m dg (s i) *m C pi i)) =
  (1 - rh) *: 1%:M + rh *: normalized i.
Proof.
have n0 : (n%:R : R) != 0 by rewrite pnatr_eq0 -lt0n (leq_trans _ (ltn_ord i)).
rewrite EMZ (eq_EM (G := fun pi => C pi i *m normalized i *m C pi i)) => [|pi]; last first.
  by rewrite !mulmxA.
rewrite (perm_sandwich bal) scalerA mulVf // scale1r.
have -> : dpart (normalized i) = 1%:M.
  apply/matrixP=> a b; rewrite [LHS]mxE [RHS]mxE; case: eqP => // _.
  by rewrite dg_sandwich mulrAC -expr2 sE.
by rewrite scalerBr scalerBl scale1r addrCA addrC.
Qed.
(* Off the diagonal the mean is the share rho of the normalized matrix. *)
Corollary blocks_scaled_off i a b : a != b ->
  EM (fun pi => n%:R^-1 *: (C pi i *m dg (s i) *m Lw p i *m dg (s i) *m C pi i)) a b =
  rh * (s i a * Lw p i a b * s i b).
Proof.
move=> nab; rewrite blocks_scaled_exactly -(dg_sandwich (s i)) mxE.
by rewrite [(_ *: 1%:M) a b]mxE [1%:M a b]mxE (negPf nab) mulr0 add0r mxE.
Qed.
(* For claim blocks-scaled: for q > 1 the mean is the identity exactly when L_i is diagonal. *)
Theorem blocks_scaled_identity i : (1 < q)%N ->
  (EM (fun pi => n%:R^-1 *: (C pi i *m dg (s i) *m Lw p i *m dg (s i) *m C pi i)) = 1%:M) <->
  (forall a b, a != b -> Lw p i a b = 0).
Proof.
move=> q1; have s0 a : s i a != 0.
  by apply: contra_eq_neq (sE i a) => ->; rewrite expr0n mul0r eq_sym oner_neq0.
have dq : (1 < d)%N.
  by rewrite (perm_dE bal) (leq_trans q1) // leq_pmull // (leq_trans _ (ltn_ord i)).
have r0 : rh != 0.
  by rewrite mulf_neq0 ?invr_eq0 // subr_eq0 -[1]/(1%:R) eqr_nat gtn_eqF.
split=> [/matrixP h a b nab|h].
  have := h a b; rewrite blocks_scaled_off // mxE (negPf nab) mulr0n => /eqP.
  by rewrite mulf_eq0 (negPf r0) mulf_eq0 (negPf (s0 b)) orbF mulf_eq0 (negPf (s0 a)) => /eqP.
rewrite blocks_scaled_exactly.
have -> : normalized i = 1%:M.
  apply/matrixP=> a b; rewrite dg_sandwich mxE; have [<-|nab] := eqVneq a b.
    by rewrite mulrAC -expr2 sE.
  by rewrite h // mulr0 mul0r.
by rewrite -scalerDl subrK scale1r.
Qed.
End Blocks.

(* The matrix (I + J)/2 with J of ones: unit diagonal, 1/2 off it. *)
Section Halves.
Variables (R : realFieldType) (n d : nat).
Definition halves : 'M[R]_d := 2%:R^-1 *: (1%:M + const_mx 1).
(* It is symmetric, *)
Lemma halves_sym : sym halves.
Proof. by apply: symZ; apply: symD; [exact: sym1|exact: trmx_const]. Qed.
(* ... and positive definite, as J = 1 1^T. *)
Lemma halves_pd : pd halves.
Proof.
apply: pdZ; first by rewrite invr_gt0 ltr0n.
apply: pdD (pd1 R d) _.
have -> : (const_mx 1 : 'M[R]_d) = (const_mx 1 : 'M[R]_(1, d))^T *m 1%:M *m (const_mx 1 : 'M[R]_(1, d)).
  by apply/matrixP=> a b; rewrite mulmx1 !mxE big_ord1 !mxE mulr1.
by apply: psd_congr; apply: pd_psd (pd1 R 1).
Qed.
Definition halves_problem : problem R n d := Problem (fun _ => 0) (fun _ : 'I_n => halves_sym).
(* Its diagonal entries are 1, so that D_i^(-1/2) = I. *)
Lemma halves_one i a : (1 : R) ^+ 2 * Lw halves_problem i a a = 1.
Proof. by rewrite !mxE eqxx /= expr1n mul1r; field. Qed.
End Halves.
(* For claim blocks-scaled, which it refutes for every n and q > 1: with L_i = (I + J)/2 *)
(* the mean is not the identity.                                                *)
(* CLAIM blocks-scaled: refuted: for every n and q > 1 that mean is not the identity for L_i = (I + J)/2 *)
Theorem blocks_scaled_refuted (R : realFieldType) n q (C := permq R (@block n q))
  (p := halves_problem R n (n * q)) (i : 'I_n) : (1 < q)%N ->
  pd (Lw p i) /\
  EM (fun pi => n%:R^-1 *: (C pi i *m dg (fun=> 1) *m Lw p i *m dg (fun=> 1) *m C pi i)) <> 1%:M.
Proof.
move=> q1; split; first exact: halves_pd.
move/(blocks_scaled_identity (@block_balanced n q) (s := fun _ _ => 1) (@halves_one R n _) i q1).
have nq : (1 < n * q)%N by rewrite (leq_trans q1) // leq_pmull // (leq_trans _ (ltn_ord i)).
move/(_ (Ordinal (ltnW nq)) (Ordinal nq) isT) => /eqP.
by rewrite !mxE add0r mulr1 invr_eq0 pnatr_eq0.
Qed.

(* 4.3: the condition omega <= c (mu/lambda)^2 for Rand-q, omega = d/q - 1. *)
Section Forced.
Variables (R : realFieldType) (d q : nat) (L : 'M[R]_d) (mu lam c : R).
Hypothesis q1 : (1 <= q)%N.
Local Notation omega := (d%:R / q%:R - 1 : R).

(* For claim sparsity-forced, "least": q < d gives omega >= 1/(d - 1). *)
Theorem sparsity_least : (q < d)%N -> (d%:R - 1)^-1 <= omega.
Proof.
move=> qd; have q0 : 0 < (q%:R : R) by rewrite ltr0n.
have d0 : 0 < (d%:R - 1 : R) by rewrite subr_gt0 ltr1n (leq_ltn_trans q1).
have -> : omega = (d%:R - q%:R) / q%:R by field; rewrite gt_eqF.
rewrite -div1r ler_pdivr_mulr // mulrAC ler_pdivl_mulr // mul1r -subr_ge0.
have -> : (d%:R - q%:R) * (d%:R - 1) - q%:R = d%:R * (d%:R - q%:R - 1) :> R by ring.
by rewrite mulr_ge0 ?ler0n // subr_ge0 -natrB ?(ltnW qd) // ler1n subn_gt0.
Qed.
(* For claim sparsity-forced, "forced", with mu I <= L <= lambda I in the place of the extreme eigenvalues. *)
(* CLAIM sparsity-forced: omega <= c mu^2/lambda^2 with c < 1/(d - 1) leaves q = d only *)
Theorem sparsity_forced : (q <= d)%N -> 0 < mu -> mu%:M ⪯ L -> L ⪯ lam%:M ->
  0 <= c -> c < (d%:R - 1)^-1 -> omega <= c * (mu ^+ 2 / lam ^+ 2) -> q = d.
Proof.
move=> qd m0 lo hi c0 c1; rewrite -expr_div_n => h.
apply/eqP; rewrite eqn_leq qd /= leqNgt; apply/negP=> lt.
have d0 : (0 < d)%N by apply: leq_trans q1 qd.
have := le_trans (sparsity_least lt) (earlier_condition d0 m0 lo hi c0 h).
by rewrite leNgt c1.
Qed.
End Forced.

(* For claim quadratics-not-lipschitz: with Lbar != 0 no G bounds ||grad f(y)||^2 over all y. *)
(* CLAIM quadratics-not-lipschitz: for L != 0 no constant bounds the gradients *)
Theorem quadratics_not_lipschitz (R : realFieldType) n d (p : problem R n d) :
  Lbar p != 0 -> ~ exists G, forall y, nrm2 (grad p y) <= G.
Proof.
move=> nL [G h].
have [v nv] : exists v : 'cV[R]_d, Lbar p *m v != 0.
  have /matrix0Pn[a [b nab]] : Lbar p != 0 by [].
  exists (delta_mx b 0); apply: contra nab => /eqP/matrixP/(_ a 0).
  by rewrite -colE !mxE => ->.
set A := nrm2 (Lbar p *m v); have A0 : 0 < A by apply: (pd1 R d).2.
pose H := G *+ 2 + nrm2 (bbar p) *+ 2.
have key t : t ^+ 2 * A <= H.
  have e : t *: (Lbar p *m v) = grad p (t *: v) + bbar p by rewrite gradE subrK scalemxAr.
  have -> : t ^+ 2 * A = nrm2 (grad p (t *: v) + bbar p) by rewrite -e /A /nrm2 qfZ.
  apply: le_trans (_ : nrm2 (grad p (t *: v)) *+ 2 + nrm2 (bbar p) *+ 2 <= _).
    have := nrm2_ge0 (grad p (t *: v) - bbar p).
    rewrite /nrm2 (qfB _ _ (sym1 R d)) (qfD _ _ (sym1 R d)) => z.
    rewrite -subr_ge0; apply: le_trans z _; move: (qf _ _) (qf _ _) (bf _ _ _) => x y w.
    by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
  by rewrite ler_add2r ler_muln2r h orbT.
have H0 : 0 <= H by have := key 0; rewrite expr0n mul0r.
have t1 : 1 <= 1 + H / A by rewrite ler_addl divr_ge0 // ltW.
have : A + H <= H.
  apply: le_trans (key (1 + H / A)).
  have -> : A + H = (1 + H / A) * A by rewrite mulrDl mul1r divfK // gt_eqF.
  by rewrite ler_pmul2r // expr2 ler_pmull // (lt_le_trans ltr01).
by rewrite ger_addr leNgt A0.
Qed.

(* Two coupled recursions: m+ = a m and s+ = r s + c m.  For |a|, r < 1 the sum *)
(* |s| + K |m| shrinks by a factor t < 1.                                       *)
Lemma two_recursions (R : realFieldType) (a r c : R) : `|a| < 1 -> 0 <= r -> r < 1 ->
  exists t K, [/\ 0 <= t, t < 1, 0 <= K & forall m s : nat -> R,
    (forall k, m k.+1 = a * m k) -> (forall k, s k.+1 = r * s k + c * m k) ->
    forall k, `|s k| <= t ^+ k * (`|s 0%N| + K * `|m 0%N|)].
Proof.
move=> a1 r0 r1; have h2 : 0 < (2%:R : R) by rewrite ltr0n.
pose u := (1 + `|a|) / 2%:R; pose t := Num.max r u.
have u1 : u < 1 by rewrite ltr_pdivr_mulr // mul1r (_ : 2%:R = 1 + 1) // ltr_add2l.
have u0 : 0 <= u by rewrite divr_ge0 ?(ltW h2) // addr_ge0 ?ler01.
have ru : r <= t by rewrite le_maxr lexx.
have ut : u <= t by rewrite le_maxr lexx orbT.
have g0 : 0 < 1 - `|a| by rewrite subr_gt0.
pose K := 2%:R * `|c| / (1 - `|a|).
have K0 : 0 <= K by rewrite divr_ge0 ?(ltW g0) // mulr_ge0 ?(ltW h2).
have t0 : 0 <= t by apply: le_trans ru.
exists t, K; split=> //; first by rewrite lt_maxl r1.
move=> m s hm hs k; apply: le_trans (_ : `|s k| + K * `|m k| <= _).
  by rewrite ler_addl mulr_ge0.
elim: k => [|k ih]; first by rewrite expr0 mul1r.
rewrite exprS -mulrA; apply: le_trans (ler_wpmul2l t0 ih).
rewrite hm hs normrM mulrDr mulrA; apply: le_trans (ler_add (ler_norm_add _ _) (lexx _)) _.
rewrite !normrM (ger0_norm r0) -addrA; apply: ler_add; first exact: ler_wpmul2r.
rewrite mulrA -mulrDl; apply: ler_wpmul2r => //; apply: le_trans (ler_wpmul2r K0 ut).
have -> : `|c| = (1 - `|a|) / 2%:R * K 
  by rewrite /K; move: (`|c|) (1 - `|a|) g0 => w y y0; field; rewrite gt_eqF.
rewrite [K * _]mulrC -mulrDl; apply: ler_wpmul2r => //.
by rewrite /u le_eqVlt; apply/orP; left; apply/eqP; move: (`|a|) => y; field.
Qed.

(* Plain Perm-1, n = d: coordinate j is moved by a uniform worker i alone.      *)
Section Floor.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (gam : R).
Local Notation C := (perm1 R n).
Local Notation P := (perms R n).
Local Notation fac := (local_factor p gam).
Local Notation mean F := (n%:R^-1 * \sum_(i < n) F i).

(* The fixed point of the mean step, 1/n Dbar^-1 bbar. *)
Definition floor_point : 'cV[R]_n := n%:R^-1 *: (invmx (Dbar p) *m bbar p).
Local Notation z := floor_point.
(* What worker i asks of coordinate j at the fixed point. *)
Definition pull_at i j : R := bw p i j 0 - n%:R * Lw p i j j * z j 0.
(* E b_ij - n (L_i)_jj z_j squared, and the coupling with the mean. *)
Definition floor_noise j : R := mean (fun i => pull_at i j ^+ 2).
Definition floor_cross j : R := gam * mean (fun i => fac i j * pull_at i j).
Definition floor_denom j : R :=
  2%:R * n%:R * Dbar p j j - gam * n%:R ^+ 2 * mean (fun i => Lw p i j j ^+ 2).
Definition floor j : R := gam * floor_noise j / floor_denom j.

(* For claim perm1-floor: x_j+ = (1 - gamma n (L_i)_jj) x_j + gamma b_ij for the worker i that holds j. *)
Theorem perm1_coordinate k (pi : P) x j :
  step p C gam k pi x j 0 = fac (slot pi j) j * x j 0 + gam * bw p (slot pi j) j 0.
Proof.
have n0 := nat_neq0 R j.
have subE (u v : 'cV[R]_n) : (u - v) j 0 = u j 0 - v j 0 by rewrite !mxE.
have scE c (u : 'cV[R]_n) : (c *: u) j 0 = c * u j 0 by rewrite mxE.
have e : Cb p C pi j 0 = bw p (slot pi j) j 0.
  have -> : Cb p C pi = avg (fun i => own_sketch (slot pi) (fun _ _ => n%:R) i *m bw p i).
    by apply: eq_avg => i; rewrite -(perm_own (@id_own n)).
  by rewrite own_Cb mulKf.
have e2 : est p C pi x j 0 = n%:R * Lw p (slot pi j) j j * x j 0 - bw p (slot pi j) j 0.
  by rewrite estE subE e perm1_B dg_mulv.
rewrite /step subE scE e2 /local_factor.
by move: (Lw p _ j j) (bw p _ j 0) (x j 0) => l b y; ring.
Qed.
(* The worker that holds coordinate j is uniform. *)
Lemma E_holder (F : 'I_n -> R) j : E (fun pi : P => F (slot pi j)) = mean F.
Proof. exact: E_slot1. Qed.

Hypothesis pD : pd (Dbar p).
(* The mean diagonal is a diagonal matrix with positive entries. *)
Lemma floor_D j : 0 < Dbar p j j.
Proof.
rewrite -(bf_delta (Dbar p) j j); apply: pD.2.
by apply/eqP=> /matrixP/(_ j 0)/eqP; rewrite !mxE !eqxx oner_eq0.
Qed.
(* The sum of the (L_i)_jj. *)
Lemma floor_sum j : \sum_i Lw p i j j = n%:R * Dbar p j j.
Proof.
rewrite avgE mulVKf ?(nat_neq0 R j) //.
by apply: eq_bigr => i _; rewrite mxE eqxx.
Qed.
(* n Dbar_jj z_j = bbar_j, *)
Lemma floor_pointE j : n%:R * Dbar p j j * z j 0 = bbar p j 0.
Proof.
set w := invmx (Dbar p) *m bbar p; have n0 := nat_neq0 R j.
have -> : bbar p j 0 = Dbar p j j * w j 0.
  have -> : bbar p = Dbar p *m w by rewrite mulmxA mulmxV ?pd_unit // mul1mx.
  rewrite mxE (bigD1 j) //= big1 ?addr0 // => k nk.
  by rewrite avgE big1 ?mulr0 ?mul0r // => i _; rewrite mxE eq_sym (negPf nk).
have -> : z j 0 = n%:R^-1 * w j 0 by rewrite mxE.
by rewrite mulrACA mulfV // mul1r.
Qed.
(* ... so the pulls of the workers cancel in the mean. *)
Lemma pulls_cancel j : \sum_i pull_at i j = 0.
Proof.
rewrite sumrB -mulr_suml -mulr_sumr floor_sum -mulrA floor_pointE avgE.
by rewrite mulVKf ?subrr // nat_neq0.
Qed.
(* The mean factor is 1 - gamma n Dbar_jj. *)
Lemma floor_factor1 j : mean_factor p gam 1 j = 1 - gam * (n%:R * Dbar p j j).
Proof.
have n0 := nat_neq0 R j; rewrite /mean_factor (eq_bigr (fun i => 1 - gam * (n%:R * Lw p i j j))) //.
rewrite sumrB sumr_const card_ord -!mulr_sumr floor_sum mulrBr mulVf //.
by congr (1 - _); rewrite mulrCA mulKf.
Qed.
(* The factor of the second moment is 1 - gamma times the denominator of the floor. *)
Lemma floor_factor2 j : mean_factor p gam 2 j = 1 - gam * floor_denom j.
Proof.
have n0 := nat_neq0 R j; rewrite /mean_factor /floor_denom.
rewrite (eq_bigr (fun i => 1 - (2%:R * gam * n%:R * Lw p i j j - gam ^+ 2 * n%:R ^+ 2 * Lw p i j j ^+ 2))).
  rewrite sumrB sumrB sumr_const card_ord -!mulr_sumr floor_sum.
  by move: (\sum_i _) (Dbar p j j) => S D; field.
by move=> i _; rewrite /local_factor; move: (Lw p i j j) => l; ring.
Qed.
(* Variance is not negative: the square of the mean factor is at most the factor of the squares. *)
Lemma floor_factors j : mean_factor p gam 1 j ^+ 2 <= mean_factor p gam 2 j.
Proof.
have n0 := nat_neq0 R j; set a := mean_factor p gam 1 j.
have n1 : 0 <= (n%:R^-1 : R) by rewrite invr_ge0 ler0n.
have aE : \sum_i fac i j = n%:R * a.
  by rewrite /a /mean_factor mulVKf //; apply: eq_bigr => i _; rewrite expr1.
have : 0 <= mean (fun i => (fac i j - a) ^+ 2).
  by apply: mulr_ge0 => //; apply: sumr_ge0 => i _; apply: sqr_ge0.
rewrite (eq_bigr (fun i => fac i j ^+ 2 - (2%:R * a * fac i j - a ^+ 2))); last first.
  by move=> i _; ring.
rewrite sumrB sumrB sumr_const card_ord -mulr_sumr aE mulrBr -/(mean_factor p gam 2 j) => h.
rewrite -subr_ge0; move: h.
suff -> : n%:R^-1 * (2%:R * a * (n%:R * a) - a ^+ 2 *+ n) = a ^+ 2 by [].
by rewrite -[_ *+ n]mulr_natl; field.
Qed.

(* For claim perm1-floor, one round with z = (1/n) Dbar^-1 bbar: the first moment of x_j - z_j, *)
Theorem floor_mean k x j : E (fun pi : P => step p C gam k pi x j 0 - z j 0) =
  mean_factor p gam 1 j * (x j 0 - z j 0).
Proof.
have n0 := nat_neq0 R j.
pose F i := (x j 0 - z j 0) * fac i j ^+ 1 + gam * pull_at i j.
rewrite (eq_E (G := fun pi : P => F (slot pi j))) => [|pi]; last first.
  rewrite perm1_coordinate /F /pull_at /local_factor expr1.
  by move: (Lw p _ j j) (bw p _ j 0) (x j 0) (z j 0) => l b y u; ring.
rewrite E_holder /F big_split /= -!mulr_sumr pulls_cancel mulr0 addr0 /mean_factor.
by move: (\sum_i _) (x j 0 - _) => S y; rewrite mulrCA mulrC.
Qed.
(* ... and the second. *)
Theorem floor_square k x j : E (fun pi : P => (step p C gam k pi x j 0 - z j 0) ^+ 2) =
  mean_factor p gam 2 j * (x j 0 - z j 0) ^+ 2
  + 2%:R * floor_cross j * (x j 0 - z j 0) + gam ^+ 2 * floor_noise j.
Proof.
have n0 := nat_neq0 R j.
pose F i := (x j 0 - z j 0) ^+ 2 * fac i j ^+ 2
    + 2%:R * gam * (x j 0 - z j 0) * (fac i j * pull_at i j) + gam ^+ 2 * pull_at i j ^+ 2.
rewrite (eq_E (G := fun pi : P => F (slot pi j))) => [|pi]; last first.
  rewrite perm1_coordinate /F /pull_at /local_factor.
  by move: (Lw p _ j j) (bw p _ j 0) (x j 0) (z j 0) => l b y u; ring.
rewrite E_holder /F !big_split /= -!mulr_sumr /mean_factor /floor_cross /floor_noise.
by move: (\sum_i _) (\sum_i _) (\sum_i _) (x j 0 - _) => s1 s2 s3 y; field.
Qed.
(* So over the rounds E(x_j - z_j) and E(x_j - z_j)^2 obey two recursions. *)
Theorem floor_recursion x0 k j
  (m := fun k => Er (step p C gam) x0 k (fun x => x j 0 - z j 0))
  (s := fun k => Er (step p C gam) x0 k (fun x => (x j 0 - z j 0) ^+ 2)) :
  (m k.+1 = mean_factor p gam 1 j * m k) /\
  s k.+1 = mean_factor p gam 2 j * s k + 2%:R * floor_cross j * m k + gam ^+ 2 * floor_noise j.
Proof.
rewrite /m /s /=; split.
  by rewrite -ErZ; apply: eq_Er => x; apply: floor_mean.
by rewrite -!ErZ -[gam ^+ 2 * _](Er_cst (step p C gam) x0 k) -!ErD; apply: eq_Er => x; apply: floor_square.
Qed.
(* Started at the fixed point of the mean, the second moment alone is affine: *)
(* the factor is r, the constant is gamma^2 E(b_ij - n (L_i)_jj z_j)^2.       *)
Corollary floor_recursion_at_mean x0 k j
  (s := fun k => Er (step p C gam) x0 k (fun x => (x j 0 - z j 0) ^+ 2)) :
  (x0 j 0 = z j 0) -> s k.+1 = mean_factor p gam 2 j * s k + gam ^+ 2 * floor_noise j.
Proof.
move=> h0; rewrite /s (floor_recursion x0 k j).2.
have -> : Er (step p C gam) x0 k (fun x => x j 0 - z j 0) = 0.
  elim: k => [|k ih]; first by rewrite /= h0 subrr.
  by rewrite (floor_recursion x0 k j).1 ih mulr0.
by rewrite mulr0 addr0.
Qed.

Hypothesis g0 : 0 < gam.
Hypothesis small : forall j, gam * n%:R * mean (fun i => Lw p i j j ^+ 2) < 2%:R * Dbar p j j.
(* The denominator is positive, *)
Lemma floor_denom_gt0 j : 0 < floor_denom j.
Proof.
have np : 0 < (n%:R : R) by rewrite lt_neqAle eq_sym nat_neq0 ?ler0n.
have -> : floor_denom j = n%:R * (2%:R * Dbar p j j - gam * n%:R * mean (fun i => Lw p i j j ^+ 2)).
  by rewrite /floor_denom; move: (n%:R^-1 * _) (Dbar p j j) => u v; ring.
by rewrite mulr_gt0 // subr_gt0.
Qed.
(* ... which says that r < 1; *)
Lemma floor_factor2_lt1 j : mean_factor p gam 2 j < 1.
Proof. by rewrite floor_factor2 ltr_subl_addr ltr_addl mulr_gt0 ?floor_denom_gt0. Qed.
(* ... r is not negative, *)
Lemma floor_factor2_ge0 j : 0 <= mean_factor p gam 2 j.
Proof. by apply: le_trans (floor_factors j); apply: sqr_ge0. Qed.
(* ... and the mean factor is below 1 too. *)
Lemma floor_factor1_lt1 j : `|mean_factor p gam 1 j| < 1.
Proof.
have := le_lt_trans (floor_factors j) (floor_factor2_lt1 j).
by rewrite -real_normK ?num_real // expr_lt1.
Qed.
(* The floor is the fixed value of its recursion. *)
Lemma floorE j : mean_factor p gam 2 j * floor j + gam ^+ 2 * floor_noise j = floor j.
Proof.
rewrite floor_factor2 /floor; have d0 := floor_denom_gt0 j.
by move: (floor_denom j) (floor_noise j) d0 => D e d0; field; rewrite gt_eqF.
Qed.
(* For claim perm1-floor, "fixed point": the mean step fixes (1/n) Dbar^-1 bbar alone. *)
Theorem floor_fixed_point x : (0 < n)%N ->
  (EM (fun pi => step p C gam 0 pi x) = x) <-> x = z.
Proof.
move=> n0; have e : Dbar p + rho R n 1 *: (Lbar p - Dbar p) = Dbar p.
  by rewrite /rho subrr mul0r scale0r addr0.
have := @perm_fixed_point R n n 1 (@id_own n) (@id_balanced n) p gam x.
by rewrite e; apply => //; [rewrite gt_eqF|apply: pd_unit].
Qed.
(* For claim perm1-floor, "floor": the two recursions have one fixed point, m = 0 and s = floor. *)
Theorem floor_unique j m s :
  (m = mean_factor p gam 1 j * m /\
   s = mean_factor p gam 2 j * s + 2%:R * floor_cross j * m + gam ^+ 2 * floor_noise j) <->
  (m = 0 /\ s = floor j).
Proof.
split=> [[hm hs]|[-> ->]]; last by rewrite !mulr0 addr0 floorE.
have m0 : m = 0.
  have : (1 - mean_factor p gam 1 j) * m == 0 by rewrite mulrBl mul1r subr_eq0; apply/eqP.
  have a1 := le_lt_trans (ler_norm _) (floor_factor1_lt1 j).
  by rewrite mulf_eq0 subr_eq0 gt_eqF //= => /eqP.
split=> //; rewrite m0 mulr0 addr0 in hs; have := floorE j; move: (floor_factor2_lt1 j) hs.
move: (mean_factor p gam 2 j) (gam ^+ 2 * _) (floor j) => r g f r1 hs hf.
apply/eqP; rewrite -subr_eq0; have : (1 - r) * (s - f) == 0.
  have -> : (1 - r) * (s - f) = s - (r * s + g) - (f - (r * f + g)) by ring.
  by rewrite -hs hf !subrr.
by rewrite mulf_eq0 !subr_eq0 gt_eqF.
Qed.
(* The same for a random vector X, drawn before the permutation: if the round  *)
(* changes neither moment of X_j - z_j, the second is the floor.               *)
Corollary floor_stationary (Q : fprob R) (X : Q -> 'cV[R]_n) k j :
  E (fun w => E (fun pi : P => step p C gam k pi (X w) j 0 - z j 0)) =
    E (fun w => X w j 0 - z j 0) ->
  E (fun w => E (fun pi : P => (step p C gam k pi (X w) j 0 - z j 0) ^+ 2)) =
    E (fun w => (X w j 0 - z j 0) ^+ 2) ->
  E (fun w => X w j 0 - z j 0) = 0 /\ E (fun w => (X w j 0 - z j 0) ^+ 2) = floor j.
Proof.
rewrite (eq_E (fun w => floor_mean k (X w) j)) (eq_E (fun w => floor_square k (X w) j)).
have e (f : Q -> R) r c g : E (fun w => r * f w ^+ 2 + c * f w + g) =
  r * E (fun w => f w ^+ 2) + c * E f + g by rewrite !ED !EZ E_cst.
rewrite EZ (e (fun w => X w j 0 - z j 0)) => hm hs.
by apply/floor_unique; split; apply: esym.
Qed.
(* From every start the second moment goes to the floor, like t^k for a t < 1.  *)
Theorem floor_rate j : exists t K, [/\ 0 <= t, t < 1, 0 <= K & forall x0 k,
  `|Er (step p C gam) x0 k (fun x => (x j 0 - z j 0) ^+ 2) - floor j| <=
  t ^+ k * (`|(x0 j 0 - z j 0) ^+ 2 - floor j| + K * `|x0 j 0 - z j 0|)].
Proof.
have [t [K [t0 t1 K0 h]]] := two_recursions (2%:R * floor_cross j) (floor_factor1_lt1 j)
  (floor_factor2_ge0 j) (floor_factor2_lt1 j).
exists t, K; split=> // x0 k.
apply: (h (fun k => Er (step p C gam) x0 k (fun x => x j 0 - z j 0))
  (fun k => Er (step p C gam) x0 k (fun x => (x j 0 - z j 0) ^+ 2) - floor j)) => i.
  exact: (floor_recursion x0 i j).1.
rewrite (floor_recursion x0 i j).2 -{1}(floorE j).
move: (Er _ _ i _) (Er _ _ i _) (floor j) (gam ^+ 2 * _) => u v f g; ring.
Qed.
(* The floor is 0 exactly if no worker pulls coordinate j away from z_j. *)
Theorem floor_eq0 j : floor j = 0 <-> forall i, bw p i j 0 = n%:R * Lw p i j j * z j 0.
Proof.
have n0 := nat_neq0 R j; have d0 := floor_denom_gt0 j.
have sq i : true -> 0 <= pull_at i j ^+ 2 by move=> _; apply: sqr_ge0.
split=> [/eqP|h].
  rewrite /floor mulf_eq0 invr_eq0 (gt_eqF d0) orbF mulf_eq0 (gt_eqF g0) /= mulf_eq0 invr_eq0.
  rewrite (negPf n0) /= => /eqP e i; have /eqP := psumr_eq0P sq e (isT : (fun=> true) i).
  by rewrite sqrf_eq0 subr_eq0 => /eqP.
rewrite /floor /floor_noise big1 ?mulr0 ?mul0r // => i _.
by rewrite /pull_at h subrr expr0n.
Qed.
(* The floor is not negative. *)
Lemma floor_ge0 j : 0 <= floor j.
Proof.
rewrite divr_ge0 ?(ltW (floor_denom_gt0 j)) // mulr_ge0 ?(ltW g0) // mulr_ge0 ?invr_ge0 ?ler0n //.
by apply: sumr_ge0 => i _; apply: sqr_ge0.
Qed.
(* The floors of all coordinates together are 0 exactly if no worker pulls at all. *)
Theorem floor_total_eq0 : \sum_j floor j = 0 <->
  forall i j, bw p i j 0 = n%:R * Lw p i j j * z j 0.
Proof.
have f0 j : true -> 0 <= floor j by move=> _; apply: floor_ge0.
split=> [e i j|h]; last by rewrite big1 // => j _; apply/floor_eq0.
by apply: ((floor_eq0 j).1 (psumr_eq0P f0 e (isT : (fun=> true) j))).
Qed.
End Floor.

(* The lines "floor" and "zero" of perm1-floor as limits. *)
Section FloorLimit.
Variables (R : archiFieldType) (n : nat) (p : problem R n n) (gam : R).
Local Notation C := (perm1 R n).
Local Notation z := (floor_point p).
Hypothesis (pD : pd (Dbar p)) (g0 : 0 < gam).
Hypothesis small : forall j,
  gam * n%:R * (n%:R^-1 * \sum_i Lw p i j j ^+ 2) < 2%:R * Dbar p j j.
(* For claim perm1-floor, "floor": E(x_j^k - z_j)^2 goes to the floor, from every x^0. *)
(* CLAIM perm1-floor: the mean square distance of each coordinate to the fixed point tends to the claim's formula *)
Theorem floor_limit x0 j :
  tends (fun k => Er (step p C gam) x0 k (fun x => (x j 0 - z j 0) ^+ 2))
    (gam * (n%:R^-1 * \sum_i (bw p i j 0 - n%:R * Lw p i j j * z j 0) ^+ 2) /
     (2%:R * n%:R * Dbar p j j - gam * n%:R ^+ 2 * (n%:R^-1 * \sum_i Lw p i j j ^+ 2))).
Proof.
move=> eps e0; have [t [K [t0 t1 K0 h]]] := floor_rate pD g0 small j.
have [k0 hk] := pow_small (`|(x0 j 0 - z j 0) ^+ 2 - floor p gam j| + K * `|x0 j 0 - z j 0|) t0 t1 e0.
by exists k0 => k /hk; apply: le_trans; apply: h.
Qed.
(* E||x^k - z||^2 goes to the sum of the floors. *)
Theorem floor_limit_total x0 :
  tends (fun k => Er (step p C gam) x0 k (fun x => nrm2 (x - z))) (\sum_j floor p gam j).
Proof.
have h := tends_sum (fun j => floor_limit x0 j).
move=> eps /h[k0 hk]; exists k0 => k /hk; apply: le_trans.
rewrite -Er_sum (eq_Er _ _ _ (F := fun x => nrm2 (x - z))
  (G := fun x : 'cV[R]_n => \sum_j (x j 0 - z j 0) ^+ 2)) // => x.
by rewrite nrm2E; apply: eq_bigr => j _; rewrite mxE [(- z) j 0]mxE.
Qed.
(* For claim perm1-floor, "zero": it goes to 0 exactly if b_ij = n (L_i)_jj z_j for all workers and coordinates. *)
Theorem floor_zero x0 :
  tends (fun k => Er (step p C gam) x0 k (fun x => nrm2 (x - z))) 0 <->
  forall i j, bw p i j 0 = n%:R * Lw p i j j * z j 0.
Proof.
have h := floor_limit_total x0; split=> [h0|e].
  exact: (floor_total_eq0 g0 small).1 (tends_unique h h0).
by rewrite ((floor_total_eq0 g0 small).2 e) in h.
Qed.
End FloorLimit.
