(* Theorems that state some claims exactly: the one-sided method, Rand-q       *)
(* gradient compression, the scalar descent steps, the family on which the     *)
(* bias grows, the error curves, and others.                                   *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1 section4.
From Istcheck Require Import perm_expectation own perm_sketch scaled sketch_rand.
From Istcheck Require Import homogeneous interpolation refutations perm_defect.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* The one-sided method: worker i starts at its compressed weights C_i x and   *)
(* makes a step with its whole gradient there; the results are averaged.       *)
Section OneSided.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d) (gam : R).
Definition one_sided_step (w : P) (x : 'cV[R]_d) : 'cV[R]_d :=
  avg (fun i => C w i *m x - gam *: worker_grad p i (C w i *m x)).

(* For claim one-sided-unbiased: the step is affine, for every outcome, with   *)
(* the matrix (1/n) sum_i (C_i - gamma L_i C_i) and the fixed vector gamma b.   *)
Theorem one_sided_step_affine w x : one_sided_step w x =
  avg (fun i => C w i - gam *: (Lw p i *m C w i)) *m x + gam *: bbar p.
Proof.
rewrite /one_sided_step /bbar -avg_mulr -avgZ -avgD; apply: eq_avg => i.
by rewrite /worker_grad mulmxBl -scalemxAl scalerBr opprB addrA addrAC mulmxA.
Qed.

Hypothesis unb : forall i, EM (fun w => C w i) = 1%:M.
Hypothesis n0 : (0 < n)%N.

(* For claim one-sided-unbiased: in the mean it is a step of gradient descent. *)
Theorem one_sided_step_mean x : EM (fun w => one_sided_step w x) = x - gam *: grad p x.
Proof.
rewrite /one_sided_step EM_avg /grad -avgZ -[X in _ = X - _](avg_cst x n0) -avgB.
apply: eq_avg => i; rewrite EMB EMZ EM_mulr unb mul1mx; congr (_ - _ *: _).
by rewrite /worker_grad EMB EM_cst EM_mull EM_mulr unb mul1mx.
Qed.
(* For claim one-sided-unbiased: the minimizer is its only mean fixed point.   *)
Theorem one_sided_step_fixed_point x : pd (Lbar p) -> gam != 0 ->
  (EM (fun w => one_sided_step w x) = x) <-> x = xstar p.
Proof. by move=> pL g0; rewrite one_sided_step_mean; exact: gradient_step_fixed. Qed.
End OneSided.

(* For claim cgd-variance: Rand-q compresses the gradient with the variance    *)
(* (d/q - 1) ||grad f(y)||^2 exactly, hence at most that.                      *)
Theorem cgd_rand_variance (R : realFieldType) (n d q : nat) (p : problem R n d)
    (q0 : (0 < q)%N) (qd : (q <= d)%N) (y : 'cV[R]_d) :
  E (fun S : randq R qd => nrm2 (rand_sketch S *m grad p y - grad p y)) =
    (d%:R / q%:R - 1) * nrm2 (grad p y) /\
  E (fun S : randq R qd => nrm2 (rand_sketch S *m grad p y - grad p y)) <=
    (d%:R / q%:R - 1) * nrm2 (grad p y).
Proof. by rewrite rand_variance. Qed.
(* For claim cgd-variance ("vanishes at the minimizer"). *)
Corollary cgd_rand_variance_xstar (R : realFieldType) (n d q : nat) (p : problem R n d)
    (q0 : (0 < q)%N) (qd : (q <= d)%N) : pd (Lbar p) ->
  E (fun S : randq R qd => nrm2 (rand_sketch S *m grad p (xstar p) - grad p (xstar p))) = 0.
Proof.
move=> pL; rewrite (cgd_rand_variance p q0 qd _).1 grad_xstar // subrr mulmx0.
by rewrite /nrm2 qf0 mulr0.
Qed.

(* The steps behind the theorems, with free numbers. *)
Section Descent.
Variable R : realFieldType.
Implicit Types (gamma theta lambda w r a c s : R).

(* For claim descent-theorem1. *)
Theorem descent_theorem1 theta gamma w r : 0 < theta -> 0 < gamma -> gamma <= theta^-1 ->
  0 <= r -> r <= theta * w ->
  - gamma * w + gamma ^+ 2 * r / 2%:R <= - gamma * w / 2%:R.
Proof.
move=> t0 g0 g1 r0 rw; have h2 : 0 < 2%:R^-1 :> R by rewrite invr_gt0 ltr0n.
have w0 : 0 <= w by rewrite -(pmulr_rge0 _ t0) (le_trans r0).
rewrite -subr_ge0; have -> : - gamma * w / 2%:R - (- gamma * w + gamma ^+ 2 * r / 2%:R) =
    gamma * 2%:R^-1 * (w - gamma * r) by field.
rewrite mulr_ge0 ?mulr_ge0 ?(ltW g0) ?(ltW h2) // subr_ge0.
apply: le_trans (ler_wpmul2l (ltW g0) rw) _; rewrite mulrA ler_pimull //.
by rewrite -(mulVf (lt0r_neq0 t0)) ler_pmul2r.
Qed.

(* For claim descent-theorem2: c^2 <= a r makes a + 2c + r not negative.        *)
Theorem descent_theorem2 gamma a r c s : 0 < gamma -> gamma <= 1 ->
  0 <= a -> 0 <= r -> 0 <= s -> c ^+ 2 <= a * r ->
  - gamma * (a + c) + gamma ^+ 2 / 2%:R * (a + 2%:R * c + r + s) <=
  - gamma / 2%:R * a + gamma / 2%:R * r + gamma ^+ 2 / 2%:R * s.
Proof.
move=> g0 g1 a0 r0 s0 cs; have h2 : 0 < 2%:R^-1 :> R by rewrite invr_gt0 ltr0n.
rewrite -subr_ge0.
have -> : - gamma / 2%:R * a + gamma / 2%:R * r + gamma ^+ 2 / 2%:R * s -
    (- gamma * (a + c) + gamma ^+ 2 / 2%:R * (a + 2%:R * c + r + s)) =
    gamma * 2%:R^-1 * ((1 - gamma) * (a + 2%:R * c + r)) by field.
rewrite mulr_ge0 ?mulr_ge0 ?(ltW g0) ?(ltW h2) ?subr_ge0 //.
have ar : 0 <= a + r by apply: addr_ge0.
have h : (2%:R * c) ^+ 2 <= (a + r) ^+ 2.
  rewrite -subr_ge0; have -> : (a + r) ^+ 2 - (2%:R * c) ^+ 2 =
    (a - r) ^+ 2 + 4%:R * (a * r - c ^+ 2) by ring.
  by rewrite addr_ge0 ?sqr_ge0 // mulr_ge0 ?ler0n // subr_ge0.
have : `|2%:R * c| <= a + r.
  by rewrite -(@ler_pexpn2r _ 2) ?nnegrE // -normrX ger0_norm ?sqr_ge0.
rewrite ler_norml => /andP[h1 _].
by rewrite addrAC -ler_subl_addl sub0r.
Qed.

(* For claim descent-interpolation. *)
Theorem descent_interpolation lambda gamma (m1 m2 : R) : 0 < lambda ->
  0 <= gamma -> gamma <= 2%:R / lambda -> 0 < m1 -> 0 <= m2 -> m2 <= lambda * m1 ->
  1 - 2%:R * gamma * m1 + gamma ^+ 2 * m2 <= 1.
Proof.
move=> l0 g0 g1 p1 p2 h.
have -> : 1 - 2%:R * gamma * m1 + gamma ^+ 2 * m2 = 1 - gamma * (2%:R * m1 - gamma * m2) by ring.
rewrite ler_subl_addr ler_addl mulr_ge0 // subr_ge0.
apply: le_trans (ler_wpmul2l g0 h) _; by rewrite mulrA ler_pmul2r // -ler_pdivl_mulr.
Qed.
End Descent.

(* For claim thm2-beta: under (29) the printed factor of ||h||^2 is at least 1. *)
Theorem thm2_beta_factor (R : realFieldType) (beta gamma : R) :
  0 < beta -> beta < 2%:R^-1 ->
  0 < gamma -> gamma <= (2%:R^-1 - beta) / (beta + 2%:R^-1) ->
  1 <= 2%:R * beta^-1 * (1 - gamma) + gamma.
Proof.
move=> be0 be1 g0 g1.
have half0 : 0 < (2%:R^-1 : R) by rewrite invr_gt0 ltr0n.
have g1' : gamma <= 1.
  apply: le_trans g1 _; rewrite ler_pdivr_mulr ?addr_gt0 // mul1r.
  by rewrite addrC ler_add2r; apply: le_trans (ltW be0); rewrite oppr_le0 ltW.
have -> : 2%:R * beta^-1 * (1 - gamma) + gamma = 1 + (2%:R * beta^-1 - 1) * (1 - gamma) by ring.
rewrite ler_addl mulr_ge0 // subr_ge0 // ler_pdivl_mulr // mul1r.
apply: le_trans (ltW be1) _; apply: le_trans (_ : _ <= 1) _; last by rewrite ler1n.
by rewrite invf_le1 ?ltr0n // ler1n.
Qed.

(* "The local gradient at compressed weights lives on the subnetwork", for an   *)
(* outcome w of the sketches: where C_i has dropped a coordinate the gradient   *)
(* of worker i at C_i 1 has a zero entry.                                      *)
Section Dense.
Variable R : realFieldType.
Definition on_subnetwork n d (p : problem R n d) (P : fprob R) (C : sketches P n d) (w : P) : Prop :=
  forall i j, C w i j j = 0 -> worker_grad p i (C w i *m const_mx 1) j 0 = 0.

(* The instance: two equal workers with L = [[2, 1], [1, 2]] and b = 0. *)
Local Notation L := (m2 2%:R 1 2%:R : 'M[R]_2).
Local Notation p := (hom2 (m2_sym 2%:R 1 2%:R : sym L)).
(* Where a diagonal sketch keeps one of two coordinates, times 2, the gradient in the other one is 2. *)
Lemma dense_at (c : 'I_2 -> R) (i a b : 'I_2) : a != b -> c a = 2%:R -> c b = 0 ->
  worker_grad p i (dg c *m const_mx 1) b 0 = 2%:R.
Proof.
move=> nab ca cb; rewrite /worker_grad subr0 mxE sum2 !dg_mulv !mxE.
move: nab ca cb; case: (ord2 a) => ->; case: (ord2 b) => -> //= _ ca cb;
  by rewrite ca cb; ring.
Qed.
(* An entry of worker 0 that is dropped although the other one is kept contradicts the statement. *)
Lemma dense_outcome (P : fprob R) (C : sketches P 2 2) w (c : 'I_2 -> R) (a b : 'I_2) :
  C w 0 = dg c -> a != b -> c a = 2%:R -> c b = 0 -> ~ on_subnetwork p C w.
Proof.
move=> e nab ca cb h; have := h 0 b; rewrite e dgE eqxx cb => /(_ erefl)/eqP.
by rewrite (dense_at 0 nab ca cb) pnatr_eq0.
Qed.

(* For claim dense-gradient (refuted), sketch = perm: at every outcome of Perm-1. *)
Theorem dense_gradient_perm w : ~ on_subnetwork p (perm1 R 2) w.
Proof.
have e : perm1 R 2 w 0 = dg (fun a => if slot w a == 0 then 2%:R else 0).
  by rewrite [LHS](perm_own (@id_own 2)).
have inj := @slot_inj 2 w.
have [s0|s0] := ord2 (slot w 0).
  apply: (dense_outcome e (a := 0) (b := 1)); rewrite ?s0 //.
  by case: eqP => // s1; have := inj 0 1; rewrite s0 s1 => /(_ erefl).
apply: (dense_outcome e (a := 1) (b := 0)); rewrite ?s0 //.
have [->|s1] := ord2 (slot w 1); first by [].
by have := inj 0 1; rewrite s0 s1 => /(_ erefl).
Qed.

(* For claim dense-gradient (refuted), sketch = rand: at every outcome of Rand-1, *)
(* whether the workers share their draw or not.                                *)
Theorem dense_gradient_rand (q1 : (1 <= 2)%N) (P : fprob R) (C : sketches P 2 2) w :
  (forall i, exists S : randq R q1, C w i = rand_sketch S) -> ~ on_subnetwork p C w.
Proof.
move=> /(_ 0)[S]; rewrite rand_dg divr1 => e.
have /cards1P[a Sa] := valP (S : qsets 2 1).
have [b nab] : exists b : 'I_2, a != b.
  by case: (ord2 a) => ->; [exists 1|exists 0].
by apply: (dense_outcome e nab); rewrite Sa inE ?eqxx // eq_sym (negPf nab).
Qed.

(* For claim dense-gradient (refuted): the statement "for every outcome" is false for both. *)
Corollary dense_gradient_refuted :
  ~ (forall w, on_subnetwork p (perm1 R 2) w) /\
  forall (q1 : (1 <= 2)%N) (P : fprob R) (C : sketches P 2 2),
    (forall w i, exists S : randq R q1, C w i = rand_sketch S) ->
    ~ (forall w, on_subnetwork p C w).
Proof.
split=> [h|q1 P C hC h]; first exact: (@dense_gradient_perm 1%g (h _)).
case: (pickP (fun _ : P => true)) => [w _|z]; first exact: (dense_gradient_rand (hC w) (h w)).
have := weight_sum P; rewrite big_pred0 => [/eqP|w]; last by have := z w.
by rewrite eq_sym oner_eq0.
Qed.
End Dense.

(* The family of 4.1: n = d = m, L_i = I, b_i = (1, ..., 1), C_i = sqrt m e_{pi_i}e_{pi_i}^T. *)
(* r m stands for sqrt m; it exists over a real closed field, see below.        *)
Section Bias.
Variables (R : realFieldType) (r : nat -> R).
Hypothesis (rE : forall m, r m ^+ 2 = m%:R) (r_ge0 : forall m, 0 <= r m).
(* The identity is symmetric. *)
Lemma sym_one m (i : 'I_m) : sym (1%:M : 'M[R]_m). Proof. exact: sym1. Qed.
Definition ones_problem m : problem R m m := Problem (fun _ => const_mx 1) (@sym_one m).
Definition unit_perm m : sketches (perms R m) m m := scaled (r m) (fun _ _ => 1).
(* ||xinf - xstar||^2, absolute and relative to ||xstar||^2. *)
Definition abs_bias m : R := nrm2 (xinf (ones_problem m) (unit_perm m) - xstar (ones_problem m)).
Definition rel_bias m : R := abs_bias m / nrm2 (xstar (ones_problem m)).

(* The roots are positive. *)
Lemma root_gt0 m : (0 < m)%N -> 0 < r m.
Proof. by move=> m0; rewrite lt0r r_ge0 andbT -sqrf_eq0 rE pnatr_eq0 -lt0n. Qed.
(* They grow. *)
Lemma root_lt m k : (m < k)%N -> r m < r k.
Proof. by move=> mk; rewrite -(@ltr_pexpn2r _ 2) ?nnegrE // !rE ltr_nat. Qed.
(* sqrt m >= 1 for m >= 1, *)
Lemma root_ge1 m : (0 < m)%N -> 1 <= r m.
Proof. by move=> m0; rewrite -(@ler_pexpn2r _ 2) ?nnegrE ?ler01 // rE expr1n ler1n. Qed.
(* ... so that 1 - 1/sqrt m >= 0. *)
Lemma shrink_ge0 m : (0 < m)%N -> 0 <= 1 - (r m)^-1.
Proof. by move=> m0; rewrite subr_ge0 invf_le1 ?root_ge1 // root_gt0. Qed.

(* The minimizer is (1, ..., 1), *)
Lemma ones_xstar m : (0 < m)%N -> xstar (ones_problem m) = const_mx 1.
Proof. by move=> m0; rewrite /xstar /Lbar /bbar !avg_cst // invmx1 mul1mx. Qed.
(* ... with ||xstar||^2 = m, *)
Lemma ones_nrm2 m : (0 < m)%N -> nrm2 (xstar (ones_problem m)) = m%:R.
Proof.
move=> m0; rewrite ones_xstar // nrm2E (eq_bigr (fun _ => 1)) => [|i _]; last by rewrite mxE expr1n.
by rewrite sumr_const card_ord.
Qed.
(* ... and the fixed point is xstar / sqrt m. *)
Lemma ones_xinf m : (0 < m)%N ->
  xinf (ones_problem m) (unit_perm m) = (r m)^-1 *: xstar (ones_problem m).
Proof.
move=> m0; rewrite ones_xstar //.
have d1 a : (1%:M : 'M[R]_m) a a = 1 by rewrite mxE eqxx.
by have [_ _ ->] := @homogeneous_exact R m (ones_problem m) 1%:M (const_mx 1) (r m)
  (rE m) m0 (fun _ => erefl) (fun _ => erefl) d1.
Qed.

(* For claim bias-grows ("value"): the relative squared bias is (1 - 1/sqrt m)^2, *)
Theorem rel_biasE m : (0 < m)%N -> rel_bias m = (1 - (r m)^-1) ^+ 2.
Proof.
move=> m0; have n0 : m%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
rewrite /rel_bias /abs_bias ones_xinf // -[X in _ - X]scale1r -scalerBl /nrm2 qfZ -/(nrm2 _).
by rewrite ones_nrm2 // mulfK // -sqrrN opprB.
Qed.
(* ... and the absolute one (sqrt m - 1)^2. *)
Theorem abs_biasE m : (0 < m)%N -> abs_bias m = (r m - 1) ^+ 2.
Proof.
move=> m0; have n0 : m%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have -> : abs_bias m = rel_bias m * m%:R by rewrite /rel_bias ones_nrm2 // mulfVK.
rewrite rel_biasE // -rE -exprMn mulrBl mul1r mulVf // lt0r_neq0 //; exact: root_gt0.
Qed.
(* For claim bias-grows ("absolute"), for every m >= 1 in place of m in 2..5. *)
Theorem abs_bias_grows m : (0 < m)%N -> abs_bias m < abs_bias m.+1.
Proof.
move=> m0; rewrite !abs_biasE // ltr_pexpn2r ?nnegrE ?subr_ge0 ?root_ge1 //.
by rewrite ltr_add2r root_lt.
Qed.
(* For claim bias-grows ("relative"), between any two sizes 1 <= m < k. *)
Theorem rel_bias_lt m k : (0 < m)%N -> (m < k)%N -> rel_bias m < rel_bias k.
Proof.
move=> m0 mk; have k0 : (0 < k)%N by apply: leq_ltn_trans mk.
rewrite !rel_biasE // ltr_pexpn2r ?nnegrE ?shrink_ge0 //.
by rewrite ltr_add2l ltr_opp2 ltf_pinv ?posrE ?root_gt0 // root_lt.
Qed.
(* For claim bias-grows ("relative"), from m to m + 1. *)
Corollary rel_bias_grows m : (0 < m)%N -> rel_bias m < rel_bias m.+1.
Proof. by move=> m0; apply: rel_bias_lt. Qed.
(* For claim bias-grows ("lower bound"): at least (1 - 1/sqrt 2)^2 for m >= 2. *)
Theorem rel_bias_lower m : (2 <= m)%N -> (1 - (r 2)^-1) ^+ 2 <= rel_bias m.
Proof.
move=> m2; rewrite -rel_biasE //; move: m2; rewrite leq_eqVlt => /orP[/eqP <- //|m2].
by apply: ltW; apply: rel_bias_lt.
Qed.

(* For claim bias-grows: its four conclusions. *)
Theorem bias_grows :
  [/\ forall m, (0 < m)%N -> abs_bias m < abs_bias m.+1,
      forall m, (0 < m)%N -> rel_bias m < rel_bias m.+1,
      forall m, (0 < m)%N -> rel_bias m = (1 - (r m)^-1) ^+ 2 &
      forall m, (2 <= m)%N -> (1 - (r 2)^-1) ^+ 2 <= rel_bias m].
Proof.
by split; [exact: abs_bias_grows|exact: rel_bias_grows|exact: rel_biasE|exact: rel_bias_lower].
Qed.

(* For claim bias-vanishes (refuted): from no size on does the relative bias decrease, *)
(* neither among the sizes of the claim *)
Theorem bias_vanishes_refuted :
  ~ exists k, (2 <= k <= 5)%N /\ forall m, (k <= m <= 5)%N -> rel_bias m.+1 < rel_bias m.
Proof.
case=> k [/andP[k2 k5] h]; have k0 : (0 < k)%N by apply: leq_trans k2.
have := h k; rewrite leqnn k5 => /(_ isT); apply/negP; rewrite -leNgt ltW //.
exact: rel_bias_grows.
Qed.
(* ... nor among all sizes; *)
Theorem bias_vanishes_never : ~ exists k, forall m, (k <= m)%N -> rel_bias m.+1 < rel_bias m.
Proof.
case=> k h; have := h k.+1 (leqnSn k); apply/negP; rewrite -leNgt ltW //.
exact: rel_bias_grows.
Qed.
(* ... and it tends to 1: it is within 2/sqrt m of 1. *)
Theorem rel_bias_limit m : (0 < m)%N -> 1 - 2%:R / r m <= rel_bias m /\ rel_bias m <= 1.
Proof.
move=> m0; have i0 : 0 <= (r m)^-1 by rewrite invr_ge0.
rewrite rel_biasE //; split.
  rewrite -subr_ge0; have -> : (1 - (r m)^-1) ^+ 2 - (1 - 2%:R / r m) = (r m)^-1 ^+ 2 by ring.
  exact: sqr_ge0.
by rewrite exprn_ile1 ?shrink_ge0 // ler_subl_addr ler_addl.
Qed.
End Bias.

(* For claims bias-grows and bias-vanishes: over a real closed field sqrt m is there. *)
Corollary bias_sqrt (R : rcfType) (r := fun m : nat => Num.sqrt (m%:R : R)) :
  [/\ forall m, (0 < m)%N -> abs_bias r m < abs_bias r m.+1,
      forall m, (0 < m)%N -> rel_bias r m < rel_bias r m.+1,
      forall m, (0 < m)%N -> rel_bias r m = (1 - (r m)^-1) ^+ 2,
      forall m, (2 <= m)%N -> (1 - (r 2%N)^-1) ^+ 2 <= rel_bias r m &
      ~ exists k, (2 <= k <= 5)%N /\ forall m, (k <= m <= 5)%N -> rel_bias r m.+1 < rel_bias r m].
Proof.
have rE m : r m ^+ 2 = m%:R by rewrite /r sqr_sqrtr // ler0n.
have rp m : 0 <= r m by apply: sqrtr_ge0.
by have [h1 h2 h3 h4] := bias_grows rE rp; split=> //; apply: bias_vanishes_refuted.
Qed.

(* For claim both-errors: any method st, any k; y is any point, such as xinf.   *)
(* "gap": E f(x^k) - f(xs) = E||x^k - xs||^2_L / 2,                             *)
(* "distances": E||x^k - xs||^2 = E||x^k - y||^2 + 2 <E x^k - y, y - xs> + ||y - xs||^2, *)
(* "relative": (E f(x^k) - f(xs))/|f(xs)| = E||x^k - xs||^2_L / ||xs||^2_L.     *)
Section BothErrors.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Hypothesis pL : pd (Lbar p).
(* f(xs) = -||xs||^2_L / 2. *)
Lemma obj_min : obj p (xstar p) = - (2%:R^-1 * qf (Lbar p) (xstar p)).
Proof.
apply/eqP; rewrite -addr_eq0 addrC; apply/eqP.
have := obj_xstar pL 0; rewrite sub0r qfN => <-.
by rewrite objE qf0 /dot bf0r mulr0 subr0.
Qed.

Variables (P : fprob R) (st : nat -> P -> 'cV[R]_d -> 'cV[R]_d) (x0 : 'cV[R]_d).
(* For claim both-errors ("gap"). *)
Theorem both_errors_gap k : Er st x0 k (obj p) - obj p (xstar p) =
  2%:R^-1 * Er st x0 k (fun x => qf (Lbar p) (x - xstar p)).
Proof. by rewrite (eq_Er _ _ _ (obj_xstar pL)) ErD ErZ Er_cst addrK. Qed.

(* For claim both-errors ("relative"). *)
Theorem both_errors_relative k : obj p (xstar p) != 0 ->
  (Er st x0 k (obj p) - obj p (xstar p)) / `|obj p (xstar p)| =
  Er st x0 k (fun x => qf (Lbar p) (x - xstar p)) / qf (Lbar p) (xstar p).
Proof.
move=> nf; have two0 : 2%:R != 0 :> R by rewrite pnatr_eq0.
have q0 : 0 <= qf (Lbar p) (xstar p) by apply: (pd_psd pL).2.
have nq : qf (Lbar p) (xstar p) != 0.
  by apply: contra nf => /eqP z; rewrite obj_min z mulr0 oppr0.
rewrite both_errors_gap obj_min normrN ger0_norm ?mulr_ge0 ?invr_ge0 ?ler0n //.
by move: (Er _ _ _ _) => e; field; rewrite nq.
Qed.

(* For claim both-errors: its three conclusions, for every k and every point y. *)
Theorem both_errors k (y : 'cV[R]_d) :
  [/\ Er st x0 k (obj p) - obj p (xstar p) =
        2%:R^-1 * Er st x0 k (fun x => qf (Lbar p) (x - xstar p)),
      Er st x0 k (fun x => nrm2 (x - xstar p)) = Er st x0 k (fun x => nrm2 (x - y)) +
        2%:R * dot (mean_iterate st x0 k - y) (y - xstar p) + nrm2 (y - xstar p) &
      obj p (xstar p) != 0 ->
        (Er st x0 k (obj p) - obj p (xstar p)) / `|obj p (xstar p)| =
        Er st x0 k (fun x => qf (Lbar p) (x - xstar p)) / qf (Lbar p) (xstar p)].
Proof.
split; [exact: both_errors_gap| |exact: both_errors_relative].
by rewrite mulr_natl; apply: (distances p st x0 k y (sym1 R d)).
Qed.
End BothErrors.

(* For claim bounded-gradient-none: for sketches with E C x = x (Rand-q, Perm-q, *)
(* Bernoulli, the identity), m the greatest E||L C e_j||^2 and                  *)
(* t = (1 + G + ||b||^2)(1 + 1/m), some E||grad f(C(t e_j))||^2 exceeds G.      *)
Section BoundedGradient.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : P -> 'M[R]_d).
Hypothesis unb : forall x : 'cV[R]_d, EM (fun w => C w *m x) = x.
Local Notation e j := (delta_mx j 0 : 'cV[R]_d).
Local Notation col_moment j := (E (fun w => nrm2 (Lbar p *m (C w *m e j)))).

(* L != 0 has a column that is not 0, so the greatest second moment is positive. *)
Lemma col_moment_gt0 m : Lbar p != 0 -> (forall j, col_moment j <= m) -> 0 < m.
Proof.
move=> nL hm.
have [i [j nij]] : exists i j, Lbar p i j != 0.
  suff /existsP[i /existsP[j nij]] : [exists i, [exists j, Lbar p i j != 0]] by exists i, j.
  apply: contraNT nL; rewrite negb_exists => /forallP h.
  apply/eqP/matrixP=> i j; rewrite mxE; have := h i.
  by rewrite negb_exists => /forallP/(_ j); rewrite negbK => /eqP.
apply: lt_le_trans (hm j); apply: lt_le_trans (jensen _ (pd_psd (pd1 R d))).
rewrite EM_mull unb; apply: (pd1 R d).2; apply: contra nij => /eqP h.
by rewrite -(bf_delta (Lbar p)) bf_dot h /dot bf0r.
Qed.

(* E||t L C e_j - b||^2 >= t^2 m/2 - ||b||^2, *)
Lemma grad_moment_lower t j : t ^+ 2 * col_moment j / 2%:R - nrm2 (bbar p) <=
  E (fun w => nrm2 (grad p (C w *m (t *: e j)))).
Proof.
have two0 : 0 < 2%:R :> R by rewrite ltr0n.
rewrite mulrAC -EZ -[X in _ - X](E_cst P) -EB; apply: E_le => w.
rewrite gradE -!scalemxAr /nrm2 (qfB _ _ (sym1 R d)) qfZ bfZl.
set u := Lbar p *m _; set b := bbar p; rewrite -/(nrm2 u) -/(nrm2 b).
have := fenchel_young (t *: u) b (pd_psd (pd1 R d)) (_ : 0 < 2%:R^-1).
rewrite invr_gt0 invrK qfZ bfZl => /(_ two0); rewrite -/(nrm2 u) -/(nrm2 b).
move: (bf _ u b) (nrm2 u) (nrm2 b) => c a s h; rewrite -subr_ge0.
have -> : t ^+ 2 * a - t * c *+ 2 + s - (t ^+ 2 / 2%:R * a - s) =
    2%:R^-1 * (t ^+ 2 * a) + 2%:R * s - t * c *+ 2 by field.
by rewrite subr_ge0.
Qed.

(* For claim bounded-gradient-none: the vector t e_j, with the j where the moment is greatest. *)
Theorem bounded_gradient_none (G m : R) (t := (1 + G + nrm2 (bbar p)) * (1 + m^-1)) :
  Lbar p != 0 -> (forall j, col_moment j <= m) -> (exists j, col_moment j = m) ->
  exists j, G < E (fun w => nrm2 (grad p (C w *m (t *: e j)))).
Proof.
move=> nL hm [j jm]; exists j; have m0 := col_moment_gt0 nL hm.
have [G0|G0] := ltrP G 0.
  by apply: lt_le_trans G0 _; apply: E_ge0 => w; apply: (pd_psd (pd1 R d)).2.
apply: lt_le_trans (grad_moment_lower t j); rewrite jm.
set s := nrm2 (bbar p); have s0 : 0 <= s by apply: (pd_psd (pd1 R d)).2.
set a := 1 + G + s; have a1 : 1 <= a by rewrite /a -addrA ler_addl addr_ge0.
have a0 : 0 <= a by apply: le_trans a1.
have tm : t ^+ 2 * m / 2%:R = a ^+ 2 * (2%:R + (m - 1) ^+ 2 / m / 2%:R).
  by rewrite /t -/s -/a; move: (a) => z; field; rewrite gt_eqF.
rewrite ltr_subr_addr tm mulrDr; apply: ltr_paddr.
  by rewrite mulr_ge0 ?sqr_ge0 // !divr_ge0 ?sqr_ge0 ?ler0n // ltW.
have l1 : a <= a ^+ 2 by rewrite expr2 ler_pemull.
apply: lt_le_trans (_ : a <= _); first by rewrite /a -addrA ltr_addr ltr01.
apply: le_trans l1 _; rewrite mulr_natr mulr2n ler_addl; exact: sqr_ge0.
Qed.
End BoundedGradient.

(* For claim bounded-gradient-none: the greatest second moment exists where L != 0. *)
Corollary bounded_gradient_none_max (R : realFieldType) (n d : nat) (p : problem R n d)
    (P : fprob R) (C : P -> 'M[R]_d) : (forall x : 'cV[R]_d, EM (fun w => C w *m x) = x) ->
  Lbar p != 0 -> exists m, [/\ 0 < m,
    forall j, E (fun w => nrm2 (Lbar p *m (C w *m delta_mx j 0))) <= m,
    exists j, E (fun w => nrm2 (Lbar p *m (C w *m delta_mx j 0))) = m &
    forall G, exists j, G < E (fun w => nrm2 (grad p
      (C w *m (((1 + G + nrm2 (bbar p)) * (1 + m^-1)) *: delta_mx j 0))))].
Proof.
move=> unb nL.
have [j0 _] : exists j0 : 'I_d, true.
  case: (pickP (fun _ : 'I_d => true)) => [j _|z]; first by exists j.
  by case/eqP: nL; apply/matrixP=> i; have := z i.
pose F j := E (fun w => nrm2 (Lbar p *m (C w *m delta_mx j 0))).
have [j1 _ h] := arg_maxP F (isT : xpredT j0).
have hm j : F j <= F j1 by apply: h.
exists (F j1); split=> //; first exact: (col_moment_gt0 unb nL hm).
  by exists j1.
by move=> G; apply: (bounded_gradient_none unb G nL hm); exists j1.
Qed.

(* For claim bounded-gradient-none, setting rand: worker 1's Rand-q. *)
Corollary bounded_gradient_none_rand (R : realFieldType) (n d q : nat) (p : problem R n d)
    (q0 : (0 < q)%N) (qd : (q <= d)%N) (G m : R) : Lbar p != 0 ->
  let M j := E (fun S : randq R qd => nrm2 (Lbar p *m (rand_sketch S *m delta_mx j 0))) in
  (forall j, M j <= m) -> (exists j, M j = m) ->
  exists j, G < E (fun S : randq R qd => nrm2 (grad p
    (rand_sketch S *m (((1 + G + nrm2 (bbar p)) * (1 + m^-1)) *: delta_mx j 0)))).
Proof. move=> nL M; exact: (bounded_gradient_none (rand_unbiased q0 qd)). Qed.

(* For claim bounded-gradient-none, setting perm: the Perm-q sketch of one worker. *)
Corollary bounded_gradient_none_perm (R : realFieldType) (n d q : nat) (own : 'I_d -> 'I_n)
    (p : problem R n d) i (G m : R) : balanced q own -> Lbar p != 0 ->
  let M j := E (fun pi => nrm2 (Lbar p *m (permq R own pi i *m delta_mx j 0))) in
  (forall j, M j <= m) -> (exists j, M j = m) ->
  exists j, G < E (fun pi => nrm2 (grad p
    (permq R own pi i *m (((1 + G + nrm2 (bbar p)) * (1 + m^-1)) *: delta_mx j 0)))).
Proof.
move=> bal nL M; apply: (bounded_gradient_none _ G nL) => x.
by rewrite EM_mulr (perm_unbiased R bal) mul1mx.
Qed.

(* For claim permq-defect, its own family for every m >= 1: n = 2, d = 2m, q = m, *)
(* the matrix has the entries 1 at (1,1), 100 elsewhere on the diagonal, 19/2 at *)
(* (1,2) and (2,1), 0 elsewhere; indices count from 0 here.                     *)
Section PermDefect.
Variable R : realFieldType.
Definition family_matrix d : 'M[R]_d := \matrix_(j, k)
  if (j == 0%N :> nat) && (k == 0%N :> nat) then 1
  else if j == k then 100%:R
  else if (j + k == 1)%N then 19%:R / 2%:R else 0.
Local Notation A := (m2 1 (19%:R / 2%:R) 100%:R : 'M[R]_2).

(* It is a 2 x 2 block next to 100 I. *)
Lemma family_bdiag k : family_matrix (2 + k) = bdiag A (100%:R%:M : 'M[R]_k).
Proof.
apply/matrixP=> i j; rewrite mxE.
case: (split_ordP i) => i' ->; case: (split_ordP j) => j' ->.
- rewrite block_mxEul mxE (inj_eq (@lshift_inj _ _)).
  by case: (ord2 i') => ->; case: (ord2 j') => ->.
- rewrite block_mxEur eq_lrshift mxE /= andbF.
  by case: i' => -[|[|]].
- rewrite block_mxEdl eq_rlshift mxE /=.
  by case: j' => -[|[|]].
by rewrite block_mxEdr (inj_eq (@rshift_inj _ _)) mxE /=; case: eqP.
Qed.

(* With s = (19/2)^2 >= 16 and b = 100 >= s the determinant of W/2 is negative for 0 <= rho <= 1/2: *)
(* (1+rho)^2 (1+b)^2 s/4 - (1 + rho s)(b^2 + rho s) = s (1+b)^2 (1-rho)^2/4 - b^2 + rho s (2b - rho s). *)
Lemma family_det (b c t : R) : 16%:R <= c ^+ 2 -> c ^+ 2 <= b -> 0 <= t -> t <= 2%:R^-1 ->
  (1 ^+ 2 + t * c ^+ 2) * (b ^+ 2 + t * c ^+ 2) < (2%:R^-1 * (c * (1 + b) * (1 + t))) ^+ 2.
Proof.
move=> s16 sb t0 t1; rewrite -subr_gt0.
have -> : (2%:R^-1 * (c * (1 + b) * (1 + t))) ^+ 2 -
    (1 ^+ 2 + t * c ^+ 2) * (b ^+ 2 + t * c ^+ 2) =
    ((c ^+ 2 - 16%:R) * ((1 + b) * (1 - t) / 2%:R) ^+ 2
     + t * c ^+ 2 * (b + (b - c ^+ 2) + (1 - t) * c ^+ 2))
    + (((2%:R - 2%:R * t) * (1 + b)) ^+ 2 - b ^+ 2) by field.
have s0 : 0 <= c ^+ 2 by apply: sqr_ge0.
have b0 : 0 <= b by apply: le_trans sb.
have u0 : 1 <= 2%:R - 2%:R * t.
  rewrite ler_subr_addl -ler_subr_addr; have -> : 2%:R - 1 = 2%:R * 2%:R^-1 :> R by field.
  by rewrite ler_pmul2l ?ltr0n.
have t2 : 0 <= 1 - t.
  by rewrite subr_ge0 (le_trans t1) // invf_le1 ?ltr0n // ler1n.
apply: ltr_paddl.
  apply: addr_ge0; first by rewrite mulr_ge0 ?sqr_ge0 // subr_ge0.
  apply: mulr_ge0; first exact: mulr_ge0.
  by apply: addr_ge0; [apply: addr_ge0; rewrite ?subr_ge0|apply: mulr_ge0].
have h : b < (2%:R - 2%:R * t) * (1 + b).
  apply: lt_le_trans (_ : 1 + b <= _); first by rewrite ltr_addr ltr01.
  by rewrite ler_pemull // addr_ge0 ?ler01.
have b1 : 0 <= (2%:R - 2%:R * t) * (1 + b) by apply: ltW; apply: le_lt_trans b0 h.
by rewrite subr_gt0 ltr_pexpn2r ?nnegrE.
Qed.
(* (19/2)^2 is between 16 and 100. *)
Lemma family_c2 : 16%:R <= (19%:R / 2%:R) ^+ 2 :> R /\ (19%:R / 2%:R) ^+ 2 < 100%:R :> R.
Proof.
have p2 : 0 < 2%:R ^+ 2 :> R by rewrite exprn_gt0 // ltr0n.
rewrite expr_div_n ler_pdivl_mulr // ltr_pdivr_mulr // -!natrX -!natrM ler_nat ltr_nat.
by [].
Qed.
(* So W/2 is not PSD. *)
Lemma family_indefinite t : 0 <= t -> t <= 2%:R^-1 -> ~ psd (half_jordan A t).
Proof.
move=> t0 t1; have [h1 h2] := family_c2; rewrite half_jordan_m2 => /m2_psd[_ _].
by apply/negP; rewrite -ltNge; apply: family_det; rewrite ?(ltW h2).
Qed.
(* The matrix is positive definite. *)
Lemma family_pd k : pd (family_matrix (2 + k)).
Proof.
rewrite family_bdiag; apply: bdiag_pd; first by apply: m2_pd; rewrite ?ltr01 // mul1r family_c2.2.
by rewrite -scalemx1; apply: pdZ (pd1 R k); rewrite ltr0n.
Qed.

(* 0 <= (m-1)/(2m-1) <= 1/2. *)
Lemma rho_half d m : d = (2 * m)%N -> (0 < m)%N -> 0 <= rho R d m <= 2%:R^-1.
Proof.
move=> -> m0; have m1 : 0 <= (m%:R - 1 : R) by rewrite subr_ge0 ler1n.
have e : (2 * m)%:R - 1 = (m%:R - 1) *+ 2 + 1 :> R by rewrite natrM mulr2n; ring.
have dp : 0 < ((2 * m)%:R - 1 : R) by rewrite e ltr_paddl ?mulrn_wge0 // ltr01.
rewrite /rho divr_ge0 ?(ltW dp) //= ler_pdivr_mulr // e.
have -> : 2%:R^-1 * ((m%:R - 1) *+ 2 + 1) = (m%:R - 1) + 2%:R^-1 :> R by field.
by rewrite ler_addl invr_ge0 ler0n.
Qed.

(* For claim permq-defect: for every assignment of m slots to each of two workers *)
(* (of which there is one, see family_exists), L is positive definite and W not PSD. *)
Theorem family_defect (k m : nat) (own : 'I_(2 + k) -> 'I_2) (p : problem R 2 (2 + k)) :
  balanced m own -> (forall i, Lw p i = family_matrix (2 + k)) ->
  pd (Lbar p) /\ ~ psd (Wmat p (permq R own)).
Proof.
move=> bal hom; have LE : Lbar p = family_matrix (2 + k) by rewrite /Lbar (eq_avg hom) avg_cst.
split; first by rewrite LE; apply: family_pd.
have DE : Dbar p = dpart (family_matrix (2 + k)).
  rewrite /Dbar (eq_avg (G := fun _ => dpart (family_matrix (2 + k)))) ?avg_cst // => i.
  by rewrite hom.
have dE := perm_dE bal; have m0 : (0 < m)%N by move: dE; case: (m).
have /andP[r0 r1] := rho_half dE m0.
rewrite Wmat_mean (perm_EB bal) LE DE family_bdiag.
rewrite bdiag_dpart -!scalemxAr -!scalemxAl -scalerDr scalerA mulrC -scalerA.
rewrite -[- bdiag _ _]scaleN1r !bdiagZ !bdiagD bdiagZ bdiagD !bdiag_mul bdiagD bdiagZ.
move=> h; apply: (family_indefinite r0 r1).
have i0 : 0 <= (2%:R^-1 : R) by rewrite invr_ge0 ler0n.
have := psdZ i0 h; rewrite scalerA mulVf ?pnatr_eq0 // scale1r !scaleN1r.
apply: bdiag_psd; rewrite -/(half_jordan A (rho R (2 + k) m)) half_jordan_m2.
exact: m2_sym.
Qed.
(* For claim permq-defect: with the paper's blocks such an assignment exists for every m >= 1. *)
Theorem family_exists m : (0 < m)%N ->
  exists2 k, (2 + k = 2 * m)%N & exists own : 'I_(2 + k) -> 'I_2, balanced m own.
Proof.
move=> m0; exists (2 * m - 2)%N.
  by apply: subnKC; apply: leq_pmulr.
set k := (2 * m - 2)%N; have e : (2 + k = 2 * m)%N by apply: subnKC; apply: leq_pmulr.
exists (fun j => block (cast_ord e j)) => i.
rewrite -[RHS](@block_balanced 2 m i) -(card_imset _ (@cast_ord_inj _ _ e)).
apply: eq_card => j; rewrite inE; apply/imsetP/idP => [[x hx ->]|hj]; first exact: hx.
by exists (cast_ord (esym e) j); rewrite ?cast_ordKV // inE cast_ordKV.
Qed.
End PermDefect.
