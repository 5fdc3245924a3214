(* Theorems for the remaining claims about the paper: (6) and (2), the means   *)
(* of the scaled sketches, decaying steps, and refutations on explicit cases.  *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting averaging section4 theorem1.
From Istcheck Require Import perm_expectation own perm_sketch scaled refutations homogeneous.
From Istcheck Require Import scaled_readings interpolation noise noise_workers.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* CLAIM reconstruction-any: where the sketches of an outcome average to the identity, a round of Algorithm 1 with one local step (6) is the update (2) *)
Theorem reconstruction_any (R : realFieldType) n d (p : problem R n d) (P : fprob R)
    (C : sketches P n d) gam k w y : avg (C w) = 1%:M ->
  avg (fun i => C w i *m y - gam *: (C w i *m worker_grad p i (C w i *m y))) = step p C gam k w y.
Proof. by move=> h; rewrite avgB avgZ avg_mulr h mul1mx. Qed.

Section ScaledMean.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (r : R) (s : 'I_n -> 'I_n -> R).
Hypothesis (rE : r ^+ 2 = n%:R) (sE : forall i a, s i a ^+ 2 * Lw p i a a = 1).
(* E C_i = n^-1/2 D_i^-1/2. *)
Lemma scaled_sketch_mean i : EM (fun pi => scaled r s pi i) = r^-1 *: dg (s i).
Proof.
apply/matrixP=> a b; rewrite EM_E [RHS]mxE dgE.
rewrite (eq_E (P := perms R n) (G := fun pi => (fun j => if (a == b) && (j == i)
   then r * s i a else 0) (slot pi a))).
  rewrite (E_slot1 (fun j => if (a == b) && (j == i) then _ else 0)).
  rewrite (bigD1 i) //= eqxx andbT big1 => [|j /negPf ->]; last by rewrite andbF.
  rewrite addr0; case: (a == b); rewrite ?mulr0 // -rE; field.
  exact: r_neq0 rE a.
by move=> pi; rewrite [scaled r s _]/= scaled_own dgE; case: (a == b).
Qed.
(* CLAIM scaled-biased: E C_i = n^-1/2 D_i^-1/2, which is the identity for all workers exactly when every (L_i)_aa = 1/n *)
Theorem scaled_biased : 0 < r -> (forall i a, 0 < s i a) ->
  (forall i, EM (fun pi => scaled r s pi i) = r^-1 *: dg (s i)) /\
  ((forall i, EM (fun pi => scaled r s pi i) = 1%:M) <-> (forall i a, Lw p i a a = n%:R^-1)).
Proof.
move=> r0 s0; split; first exact: scaled_sketch_mean.
split=> h i => [a|].
  have := h i; rewrite scaled_sketch_mean => /matrixP/(_ a a); rewrite !mxE eqxx !mulr1n => e.
  have e3 : s i a = r by apply: (mulfI (invr_neq0 (lt0r_neq0 r0))); rewrite e mulVf ?gt_eqF.
  by have := sE i a; rewrite e3 rE => e4; apply: (mulfI (n_neq0 R a)); rewrite e4 mulfV // (n_neq0 R a).
rewrite scaled_sketch_mean; apply/matrixP=> a b; rewrite [LHS]mxE dgE mxE.
case: eqP => _; last by rewrite mulr0.
have nz := n_neq0 R a; have := sE i a; rewrite h => e.
have e2 : s i a ^+ 2 = r ^+ 2 by apply: (mulIf (invr_neq0 nz)); rewrite e rE mulfV.
have -> : s i a = r by apply/eqP; rewrite -(@eqr_expn2 _ 2) ?e2 // ltW.
by rewrite mulVf // gt_eqF.
Qed.
End ScaledMean.

(* CLAIM homogeneous-estimator: with equal workers and a unit diagonal g(y) = y - b/sqrt n = L^-1 grad f(y) + h with the constant h = L^-1 b - b/sqrt n *)
Theorem homogeneous_estimator (R : realFieldType) n (p : problem R n n) (L : 'M[R]_n)
    (bt : 'cV[R]_n) (r : R) (C := scaled r (fun _ _ : 'I_n => 1)) pi y :
  r ^+ 2 = n%:R -> (0 < n)%N -> (forall i, Lw p i = L) -> (forall i, bw p i = bt) ->
  (forall a, L a a = 1) -> pd (Lbar p) ->
  est p C pi y = y - r^-1 *: bbar p /\
  est p C pi y = invmx (Lbar p) *m grad p y + (invmx (Lbar p) *m bbar p - r^-1 *: bbar p).
Proof.
move=> rE n0 hL hb d1 pL; have bb := bbar_h n0 hb.
have e : est p C pi y = y - r^-1 *: bbar p.
  by have [h _ _] := homogeneous_exact rE n0 hL hb d1; rewrite bb; apply: h.
by split=> //; rewrite e grad_xstar // mulmxA mulVmx ?pd_unit // mul1mx addrA subrK.
Qed.

Section DecayingSteps.
Variables (R : rcfType) (d : nat) (P : fprob R).
(* The steps 1, 1/sqrt 2, 1/sqrt 3, ... *)
Definition root_steps (j : nat) : R := (Num.sqrt j.+1%:R)^-1.
(* With a = sqrt k and b = sqrt(k+1) >= 1, b - 1 <= a gives (1 - 1/b)^2/a + 1/b^2 <= 1/b, *)
Lemma root_upper (a b : R) : 0 < a -> 1 <= b -> b ^+ 2 = a ^+ 2 + 1 ->
  (1 - b^-1) ^+ 2 / a + b^-1 ^+ 2 <= b^-1.
Proof.
move=> a0 b1 e; have b0 : 0 < b := lt_le_trans ltr01 b1.
have h : b <= a + 1.
  rewrite -(@ler_pexpn2r _ 2) // ?nnegrE ?addr_ge0 ?ler01 ?(ltW a0) ?(ltW b0) //.
  by rewrite e sqrrD expr1n mulr1 [X in _ <= X]addrAC ler_addl mulrn_wge0 // ltW.
rewrite -subr_ge0.
have -> : b^-1 - ((1 - b^-1) ^+ 2 / a + b^-1 ^+ 2) = (b - 1) * (a + 1 - b) / (a * b ^+ 2).
  by field; rewrite !gt_eqF.
by rewrite divr_ge0 ?mulr_ge0 ?subr_ge0 ?exprn_ge0 ?(ltW a0) ?(ltW b0).
Qed.
(* ... and 1/(2b) <= (1 - 1/b)^2/(2a) + 1/b^2. *)
Lemma root_lower (a b : R) : 0 < a -> 1 <= b -> b ^+ 2 = a ^+ 2 + 1 ->
  b^-1 / 2%:R <= (1 - b^-1) ^+ 2 / (2%:R * a) + b^-1 ^+ 2.
Proof.
move=> a0 b1 e; have b0 : 0 < b := lt_le_trans ltr01 b1.
have h : b <= a + 1.
  rewrite -(@ler_pexpn2r _ 2) // ?nnegrE ?addr_ge0 ?ler01 ?(ltW a0) ?(ltW b0) //.
  by rewrite e sqrrD expr1n mulr1 [X in _ <= X]addrAC ler_addl mulrn_wge0 // ltW.
have ab : a <= b.
  by rewrite -(@ler_pexpn2r _ 2) // ?nnegrE ?(ltW a0) ?(ltW b0) // e ler_addl ler01.
rewrite -subr_ge0.
have -> : (1 - b^-1) ^+ 2 / (2%:R * a) + b^-1 ^+ 2 - b^-1 / 2%:R =
   ((b - a) * (b - 1) + (a + 1 - b)) / (2%:R * a * b ^+ 2).
  by field; rewrite !gt_eqF.
apply: divr_ge0; last by rewrite !mulr_ge0 ?exprn_ge0 ?(ltW a0) ?(ltW b0) ?ler0n.
by apply: addr_ge0; rewrite ?mulr_ge0 ?subr_ge0.
Qed.
End DecayingSteps.

(* Sketches with B = I for every outcome. *)
Section DecayPrinted.
Variables (R : rcfType) (n d : nat) (p : problem R n d) (P : fprob R) (C : sketches P n d).
Hypothesis pL : pd (Lbar p).
Hypothesis BI : forall w, Bhat p C w = 1%:M.
(* The variance after k rounds lies between sigma^2/(2 sqrt k) and sigma^2/sqrt k. *)
Lemma decay_spread x0 k :
  variance p C / (2%:R * Num.sqrt k.+1%:R) <=
  Er (av_step (Cb p C) (root_steps R)) x0 k.+1 (fun x => qf (Lbar p) (x - xinf p C)) <=
  variance p C / Num.sqrt k.+1%:R.
Proof.
have sL := Lbar_sym p.
have s0 : 0 <= variance p C by apply: E_ge0 => w; apply: (pd_psd pL).2.
elim: k => [|k /andP[lo up]]; rewrite (av_spread _ x0 sL); rewrite -/(variance p C).
  have e1 : Num.sqrt 1%:R = 1 :> R := sqrtr1 R.
  rewrite /root_steps !e1 invr1 subrr expr0n /= mul0r add0r expr1n mul1r !mulr1 lexx andbT.
  by rewrite ler_pdivr_mulr ?ltr0n // ler_pemulr // ler1n.
set v := Er _ _ _ _ in lo up *; rewrite /root_steps.
set a := Num.sqrt k.+1%:R in lo up *; set b := Num.sqrt k.+2%:R.
have a0 : 0 < a by rewrite sqrtr_gt0 ltr0n.
have b1 : 1 <= b by rewrite -sqrtr1 ler_wsqrtr // ler1n.
have e : b ^+ 2 = a ^+ 2 + 1 by rewrite !sqr_sqrtr ?ler0n // -mulrSr.
have q0 : 0 <= (1 - b^-1) ^+ 2 by apply: sqr_ge0.
apply/andP; split.
  apply: le_trans (_ : variance p C * ((1 - b^-1) ^+ 2 / (2%:R * a) + b^-1 ^+ 2) <= _).
    by rewrite invfM [2%:R^-1 * _]mulrC; apply: ler_wpmul2l => //; apply: root_lower.
  rewrite mulrDr [_ * b^-1 ^+ 2]mulrC ler_add2r mulrCA ler_wpmul2l //.
apply: le_trans (_ : variance p C * ((1 - b^-1) ^+ 2 / a + b^-1 ^+ 2) <= _).
  by rewrite mulrDr [_ * b^-1 ^+ 2]mulrC ler_add2r mulrCA ler_wpmul2l.
by apply: ler_wpmul2l => //; apply: root_upper.
Qed.
(* The first step is 1, so the start is forgotten and the error is the variance and ||h||^2. *)
Lemma decay_bounds x0 k : (0 < k)%N ->
  qf (Lbar p) (bias p C) + variance p C / (2%:R * Num.sqrt k%:R) <=
  Er (sched p C (root_steps R)) x0 k (err p) <=
  qf (Lbar p) (bias p C) + variance p C / Num.sqrt k%:R.
Proof.
case: k => // k _; rewrite (eq_Er _ _ _ (errE pL)) (Er_av BI).
rewrite (av_error_split (Cb p C) (xstar p) x0 (Lbar_sym p)).
have -> : \prod_(j < k.+1) (1 - root_steps R j) = 0.
  by rewrite big_ord_recl /root_steps /= sqrtr1 invr1 subrr mul0r.
rewrite mul0r mul0rn subr0 [_ + qf _ (av_bias _ _)]addrC !ler_add2l; exact: decay_spread.
Qed.
End DecayPrinted.

(* CLAIM step-decay-printed: with the steps 1/sqrt(j+1) the error after k rounds lies between ||h||^2 + sigma^2/(2 sqrt k) and ||h||^2 + sigma^2/sqrt k, for every k >= 1 *)
Theorem step_decay_printed (R : rcfType) n (p : problem R n n) (r : R) (s : 'I_n -> 'I_n -> R)
    (C := scaled r s) (h := invmx (Lbar p) *m bbar p - r^-1 *: avg (fun i => dg (s i) *m bw p i)) x0 k :
  r ^+ 2 = n%:R -> (forall i a, s i a ^+ 2 * Lw p i a a = 1) -> pd (Lbar p) -> (0 < k)%N ->
  Er (sched p C (root_steps R)) x0 k (err p) <= qf (Lbar p) h + variance p C / Num.sqrt k%:R /\
  qf (Lbar p) h + variance p C / (2%:R * Num.sqrt k%:R) <= Er (sched p C (root_steps R)) x0 k (err p).
Proof.
move=> rE sE pL k0; have -> : h = bias p C by rewrite /bias /xinf scaled_mean_Cb.
by have /andP[] := decay_bounds pL (scaled_B rE sE) x0 k0.
Qed.

(* The sketches of (23) as printed, on two equal workers with                 *)
(* L = [[2,-3],[-3,5]] = [[1,-1],[-1,2]]^2.                                    *)
Section Printed.
Variables (R : realFieldType) (r : R).
Hypothesis rE : r ^+ 2 = 2%:R.
Definition printed_root : 'M[R]_2 := m2 1 (- 1) 2%:R.
Definition printed_problem (b : 'cV[R]_2) : problem R 2 2 :=
  Problem (fun _ => b) (fun _ : 'I_2 => m2_sym (2%:R : R) (- 3%:R) 5%:R).
Local Notation L := (m2 (2%:R : R) (- 3%:R) 5%:R).
Local Notation s := (root_scaling (fun _ : 'I_2 => printed_root)).
Local Notation C := (scaled r s).
(* The root is positive definite, *)
Lemma printed_root_pd : pd printed_root.
Proof. by apply: m2_pd; rewrite ?ltr0n ?ltr01 // sqrrN expr1n mul1r ltr1n. Qed.
(* ... its square is L, *)
Lemma printed_root_sq : printed_root *m printed_root = L.
Proof.
apply/matrixP=> i j; rewrite mxE sum2 !mxE.
by case: (ord2 i) => ->; case: (ord2 j) => -> /=; ring.
Qed.
(* ... and its inverse is [[2,1],[1,1]], so the scalings are 2 and 1. *)
Lemma printed_root_inv : invmx printed_root = m2 2%:R 1 1.
Proof.
have e : printed_root *m m2 2%:R 1 1 = 1%:M.
  apply/matrixP=> i j; rewrite mxE sum2 !mxE.
  by case: (ord2 i) => ->; case: (ord2 j) => -> /=; ring.
by rewrite -[RHS](mulKmx (pd_unit printed_root_pd)) e mulmx1.
Qed.
(* L is positive definite. *)
Lemma printed_pd b : pd (Lbar (printed_problem b)).
Proof.
rewrite /Lbar avg_cst //; apply: m2_pd; rewrite ?ltr0n // sqrrN -natrX -natrM ltr_nat.
by [].
Qed.
(* B = Diag(8, 5) for every outcome. *)
Lemma printed_B b pi : Bhat (printed_problem b) C pi = dg (fun a => if a == 0 then 8%:R else 5%:R).
Proof.
apply/matrixP=> a c; rewrite /Bhat.
have -> : avg (fun i => C pi i *m Lw (printed_problem b) i *m C pi i) =
    avg (fun i => own_sketch (slot pi) (fun i a => r * s i a) i *m Lw (printed_problem b) i *m
                  own_sketch (slot pi) (fun i a => r * s i a) i).
  by apply: eq_avg => i; rewrite -scaled_own.
rewrite own_B dgE (inj_eq (@slot_inj _ pi)); case: eqP => // <-.
rewrite mulrACA -expr2 rE /root_scaling printed_root_inv !mxE eqxx /=.
by case: (ord2 a) => -> /=; field.
Qed.
Local Notation p0 := (printed_problem 0).
Local Notation e0 := (delta_mx 0 0 : 'cV[R]_2).
(* The unit vector is not 0. *)
Lemma e0_neq0 : e0 != 0.
Proof. by apply/eqP=> /matrixP/(_ 0 0)/eqP; rewrite !mxE !eqxx oner_eq0. Qed.
(* With b = 0 the first unit vector is multiplied by 8. *)
Lemma printed_est pi a : est p0 C pi (a *: e0) = (8%:R * a) *: e0.
Proof.
rewrite est0 // printed_B; apply/matrixP=> i j; rewrite (ord1 j) dg_mulv !mxE eqxx andbT.
by case: (ord2 i) => -> /=; rewrite ?mulr0 // !mulr1.
Qed.
(* One step from it. *)
Lemma printed_step gam k pi : step p0 C gam k pi e0 = (1 - 8%:R * gam) *: e0.
Proof. by rewrite /step -{2}[e0]scale1r printed_est mulr1 scalerA scalerBl scale1r mulrC. Qed.
(* f of its multiples. *)
Lemma printed_obj a : obj p0 (a *: e0) = a ^+ 2.
Proof.
rewrite objE bbar0 // /dot bf0l subr0 qfZ /Lbar avg_cst // [qf _ _]bf_delta mxE /=.
by field.
Qed.
(* E f(x^1). *)
Lemma printed_obj1 gam : Er (step p0 C gam) e0 1 (obj p0) = (1 - 8%:R * gam) ^+ 2.
Proof.
rewrite /= (eq_E (G := fun _ => (1 - 8%:R * gam) ^+ 2)) ?E_cst // => pi.
by rewrite printed_step printed_obj.
Qed.
(* f at it. *)
Lemma printed_obj_start : obj p0 e0 = 1.
Proof. by rewrite -[e0]scale1r printed_obj expr1n. Qed.
(* CLAIM printed-one-step: refuted: with b = 0, L = [[2,-3],[-3,5]] and the printed scaling no outcome takes the first unit vector to 0 *)
Theorem printed_one_step_refuted :
  (forall i, bw p0 i = 0) /\ forall pi, e0 - 1 *: est p0 C pi e0 != 0.
Proof.
split=> // pi; have -> : e0 - 1 *: est p0 C pi e0 = (1 - 8%:R * 1) *: e0 by exact: (printed_step 1 0 pi).
rewrite scaler_eq0 (negPf e0_neq0) orbF mulr1 -[1]/(1%:R) subr_eq0 eqr_nat.
by [].
Qed.
(* CLAIM printed-decomposition: refuted: on the same case, whatever stands for D_i^-1/2, E g(y) is not L^-1 grad f(y) + h at the first unit vector *)
Theorem printed_decomposition_refuted (t : 'I_2 -> 'I_2 -> R) :
  EM (fun pi => est p0 C pi e0) != invmx (Lbar p0) *m grad p0 e0 +
    (invmx (Lbar p0) *m bbar p0 - r^-1 *: avg (fun i => dg (t i) *m bw p0 i)).
Proof.
rewrite (eq_EM (G := fun _ => 8%:R *: e0)) => [|pi]; last by rewrite -{1}[e0]scale1r printed_est mulr1.
rewrite EM_cst grad_xstar; last exact: printed_pd.
rewrite mulmxA mulVmx ?pd_unit //; last exact: printed_pd.
rewrite mul1mx /xstar bbar0 // mulmx0 subr0 (eq_avg (G := fun _ => 0)) => [|i]; last by rewrite /= mulmx0.
rewrite avg_cst // scaler0 subrr addr0 -{2}[e0]scale1r -subr_eq0 -scalerBl scaler_eq0.
by rewrite (negPf e0_neq0) orbF subr_eq0 -[1]/(1%:R) eqr_nat.
Qed.
(* CLAIM printed-mean-recursion: refuted: on the same case, whatever stands for D_i^-1/2, E x^1 from the first unit vector with the step 1/2 is not as in (28) *)
Theorem printed_mean_recursion_refuted (t : 'I_2 -> 'I_2 -> R) (gam := 2%:R^-1) :
  mean_iterate (step p0 C gam) e0 1 != (1 - gam) ^+ 1 *: e0 +
    (1 - (1 - gam) ^+ 1) *: (r^-1 *: avg (fun i => dg (t i) *m bw p0 i)).
Proof.
rewrite (eq_avg (G := fun _ => 0)) => [|i]; last by rewrite /= mulmx0.
rewrite avg_cst // !scaler0 addr0 expr1; apply/eqP => /matrixP/(_ 0 0).
rewrite !mxE /= (eq_E (G := fun _ => 1 - 8%:R * gam)) => [|pi]; last first.
  by rewrite printed_step !mxE !eqxx mulr1.
rewrite E_cst mulr1 => /(addrI _) /eqP; rewrite eqr_opp -subr_eq0.
have -> : 8%:R * gam - gam = 7%:R / 2%:R by rewrite /gam; field.
by rewrite mulf_eq0 invr_eq0 !pnatr_eq0.
Qed.
(* CLAIM printed-rate: refuted: on the same case the bound (24) fails from the first unit vector for K = 1, for every lambda >= 0 in the place of lambda_max *)
Theorem printed_rate_refuted lam : 0 <= lam ->
  ~ (1%:R^-1 * (\sum_(k < 1) Er (step p0 C 1) e0 k (fun x => nrm2 (grad p0 x))) <=
     2%:R * lam * (obj p0 e0 - Er (step p0 C 1) e0 1 (obj p0)) / 1%:R).
Proof.
move=> l0; rewrite printed_obj1 printed_obj_start big_ord1 invr1 mul1r !mulr1 /=.
move=> h; have : 0 < nrm2 (grad p0 e0).
  apply: (pd1 R 2).2; rewrite gradE bbar0 // subr0 /Lbar avg_cst //; apply/eqP=> /matrixP/(_ 0 0)/eqP.
  by rewrite -colE !mxE /= pnatr_eq0.
rewrite ltNge => /negP; apply; apply: le_trans h _.
have -> : 1 - (1 - 8%:R) ^+ 2 = - 48%:R :> R by ring.
by rewrite mulrN oppr_le0 !mulr_ge0 ?ler0n.
Qed.
(* CLAIM printed-theorem2: refuted: on the same case the bound (30) fails from the first unit vector for K = 1, beta = 1/8 and gamma = 3/5, whatever stands for D_i^-1/2 *)
Theorem printed_theorem2_refuted (t : 'I_2 -> 'I_2 -> R) (beta := 8%:R^-1) (gam := 3%:R / 5%:R)
    (h := invmx (Lbar p0) *m bbar p0 - r^-1 *: avg (fun i => dg (t i) *m bw p0 i))
    (sigma2 := E (fun pi => qf (Lbar p0) (est p0 C pi e0 - EM (fun pi => est p0 C pi e0)))) :
  [/\ 0 < beta, beta < 2%:R^-1, gam = (2%:R^-1 - beta) / (beta + 2%:R^-1) &
  ~ (err p0 e0 <= 2%:R * (obj p0 e0 - Er (step p0 C gam) e0 1 (obj p0)) / gam +
     (2%:R * beta^-1 * (1 - gam) + gam) * qf (Lbar p0) h + gam * sigma2)].
Proof.
split; rewrite /beta ?invr_gt0 ?ltr0n ?ltf_pinv ?posrE ?ltr0n ?ltr_nat //; first by rewrite /gam; field.
have -> : h = 0.
  rewrite /h bbar0 // mulmx0 (eq_avg (G := fun _ => 0)) => [|i]; last by rewrite /= mulmx0.
  by rewrite avg_cst // scaler0 subrr.
have -> : sigma2 = 0.
  have e pi : est p0 C pi e0 = 8%:R *: e0 by rewrite -{1}[e0]scale1r printed_est mulr1.
  rewrite /sigma2 (eq_E (G := fun _ => 0)) ?E_cst // => pi.
  by rewrite (eq_EM e) EM_cst e subrr qf0.
rewrite qf0 !mulr0 !addr0 printed_obj1 printed_obj_start => le.
have : 0 <= err p0 e0 by apply: (pd_psd (pd_inv (printed_pd 0))).2.
move=> /le_trans/(_ le); rewrite leNgt => /negP; apply.
have -> : 2%:R * (1 - (1 - 8%:R * gam) ^+ 2) / gam = - (224%:R / 5%:R) by rewrite /gam; field.
by rewrite oppr_lt0 divr_gt0 ?ltr0n.
Qed.
(* CLAIM printed-fixed-point: refuted: on the same matrices with b_i = e_1 no fixed point of the mean step is n^(-3/2) sum_i D_i^(-1/2) b_i *)
Theorem printed_fixed_point_refuted (t : 'I_2 -> 'I_2 -> R) (p := printed_problem e0) gam x :
  (forall i a, 0 < t i a) -> (forall i a, t i a ^+ 2 * Lw p i a a = 1) -> gam != 0 ->
  EM (fun pi => step p C gam 0 pi x) = x -> x != r^-1 *: avg (fun i => dg (t i) *m bw p i).
Proof.
move=> t0 tE g0; have eB pi : step p C gam 0 pi x =
    (x - gam *: (dg (fun a => if a == 0 then 8%:R else 5%:R) *m x)) + gam *: Cb p C pi.
  by rewrite /step estE printed_B scalerBr opprB addrA addrAC.
have nr : r != 0 by exact: (r_neq0 rE (0 : 'I_2)).
have tt i : t i 0 = t 0 0.
  have e j : t j 0 ^+ 2 * 2%:R = 1 by have := tE j 0; rewrite /= mxE.
  apply/eqP; rewrite -(@eqr_expn2 _ 2) ?ltW //; apply/eqP.
  by apply: (mulIf (_ : (2%:R : R) != 0)); rewrite ?pnatr_eq0 // !e.
have av (u : 'I_2 -> 'I_2 -> R) : avg (fun i => dg (u i) *m bw p i) 0 0 = 2%:R^-1 * (u 0 0 + u 1 0).
  by rewrite avgE sum2 !dg_mulv !mxE !eqxx !mulr1.
rewrite (eq_EM eB) EMD EM_cst EMZ scaled_mean_Cb // => hx; apply/eqP => ex.
have eu := dg_mulv (fun a : 'I_2 => if a == 0 then 8%:R else 5%:R : R) x 0.
set u := dg _ *m x in eu hx; clearbody u.
have := congr1 (fun v : 'cV[R]_2 => v 0 0) hx; have := congr1 (fun v : 'cV[R]_2 => v 0 0) ex.
set A := avg _; set B := avg _; rewrite !mxE eu /= => e1 e2.
have eA : A 0 0 = t 0 0 by rewrite /A av tt; field.
have eB0 : B 0 0 = 2%:R by rewrite /B av /root_scaling printed_root_inv !mxE /=; field.
move: e2; rewrite e1 eA eB0 => /eqP; rewrite -addrA -subr_eq0 addrAC subrr add0r.
have -> : - (gam * (8%:R * (r^-1 * t 0 0))) + gam * (r^-1 * 2%:R) =
   gam * r^-1 * (2%:R * (1 - 4%:R * t 0 0)) by ring.
rewrite !mulf_eq0 invr_eq0 (negPf g0) (negPf nr) pnatr_eq0 /= subr_eq0 => /eqP e4.
have := tE 0 0; rewrite /= mxE /= => e5.
have e6 : 16%:R * (t 0 0 ^+ 2 * 2%:R) = (4%:R * t 0 0) ^+ 2 * 2%:R :> R by ring.
by move: e6; rewrite e5 -e4 expr1n mul1r mulr1 => /eqP; rewrite eqr_nat.
Qed.
End Printed.

(* n = d = 1.                                                                  *)
Section OneWorker.
Variable R : realFieldType.
Definition scalar_problem (l : R) : problem R 1 1 :=
  Problem (fun _ => 0) (fun _ : 'I_1 => tr_scalar_mx 1 l).
Lemma scalar_Lbar l : Lbar (scalar_problem l) = l%:M.
Proof. by rewrite /Lbar avg_cst. Qed.
Lemma scalar_pd l : 0 < l -> pd (Lbar (scalar_problem l)).
Proof. by move=> l0; rewrite scalar_Lbar -scalemx1; apply: pdZ (pd1 R 1). Qed.
Lemma one_nrm2 : nrm2 (const_mx 1 : 'cV[R]_1) = 1.
Proof. by rewrite nrm2E big_ord1 mxE expr1n. Qed.
Lemma scalar_sE l (c : R) : c ^+ 2 * l = 1 ->
  forall i a : 'I_1, c ^+ 2 * Lw (scalar_problem l) i a a = 1.
Proof. by move=> h i a; rewrite /= mxE eqxx mulr1n. Qed.
Let rE1 : (1 : R) ^+ 2 = 1%:R. Proof. by rewrite expr1n. Qed.
(* The noise +-1 at the only worker has the variance 1 after aggregation. *)
Lemma scalar_noise_var l c : c ^+ 2 * l = 1 ->
  noise_var (scalar_problem l) (aggregate (scaled 1 (fun _ _ : 'I_1 => c))
    (sign_noise 0 (const_mx 1 : 'cV[R]_1))) = 1.
Proof.
move=> h; set C := scaled _ _.
rewrite (worker_noise_var (scalar_problem l) C (sign_unc 0 _)) big_ord1 sign_qf eqxx.
rewrite scaled_sandwich // qf_dg big_ord1 scalar_Lbar !mxE eqxx /= mulr1n invr1 !expr1n mul1r mulr1.
by rewrite h.
Qed.
(* CLAIM noisy-gradients-worker-norm: refuted: with n = d = 1, L = 1/4, b = 0 and noise of variance 1 the bound with max_i tr(L N_i) fails, whatever stands before ||h||^2, for every step *)
Theorem noisy_worker_norm_refuted kappa gam (p := scalar_problem 4%:R^-1)
    (xi := sign_noise 0 (const_mx 1 : 'cV[R]_1)) : 0 < gam ->
  ~ worker_bound p (scaled 1 (fun _ _ : 'I_1 => 2%:R)) xi kappa gam
      (@E R (coin R) (fun z => qf (Lbar p) (xi 0 z))).
Proof.
move=> g0; have c2 : (2%:R : R) ^+ 2 * 4%:R^-1 = 1 by field.
have l0 : 0 < (4%:R^-1 : R) by rewrite invr_gt0 ltr0n.
move=> /(worker_bound_least (scalar_pd l0) (scaled_B rE1 (scalar_sE c2)) (sign_mean 0 _) (fun=> erefl) g0).
rewrite scalar_noise_var // sign_qf eqxx scalar_Lbar qf_scalar one_nrm2 mulr1 leNgt.
by rewrite invf_lt1 ?ltr0n // ltr1n.
Qed.
(* CLAIM noisy-gradients-euclidean: refuted: with n = d = 1, L = 4, b = 0 and noise of variance 1 the bound with the Euclidean variance E||C xi||^2 after aggregation fails, whatever stands before ||h||^2, for every step *)
Theorem noisy_euclidean_refuted kappa gam (p := scalar_problem 4%:R)
    (C := scaled 1 (fun _ _ : 'I_1 => 2%:R^-1)) (xi := sign_noise 0 (const_mx 1 : 'cV[R]_1)) :
  0 < gam ->
  ~ worker_bound p C xi kappa gam
      (E (fun w => @E R (coin R) (fun z => nrm2 (aggregate C xi w z)))).
Proof.
move=> g0; have c2 : (2%:R^-1 : R) ^+ 2 * 4%:R = 1 by field.
have l0 : 0 < (4%:R : R) by rewrite ltr0n.
move=> /(worker_bound_least (scalar_pd l0) (scaled_B rE1 (scalar_sE c2)) (sign_mean 0 _) (fun=> erefl) g0).
rewrite scalar_noise_var //.
have nv : noise_var p (aggregate C xi) =
    4%:R * E (fun w => @E R (coin R) (fun z => nrm2 (aggregate C xi w z))).
  rewrite /noise_var -EZ; apply: eq_E => w; rewrite -EZ; apply: eq_E => z.
  by rewrite scalar_Lbar qf_scalar.
rewrite scalar_noise_var // in nv; move: nv; set e := E _ => nv h.
have : 4%:R * 1 <= 4%:R * e by rewrite ler_pmul2l.
by rewrite -nv mulr1 leNgt ltr1n.
Qed.
(* CLAIM theorem2-algorithm1: refuted: with n = d = 1, L = 1/4, b = 0, beta = 1/8 and gamma = 3/5 from x = 1, (6) does not satisfy (30) *)
Theorem theorem2_algorithm1_refuted (p := scalar_problem 4%:R^-1)
    (s := fun _ _ : 'I_1 => 2%:R : R) (C := scaled 1 s) (x0 := const_mx 1 : 'cV[R]_1)
    (beta := 8%:R^-1) (gam := 3%:R / 5%:R)
    (h := invmx (Lbar p) *m bbar p - 1^-1 *: avg (fun i => dg (s i) *m bw p i))
    (sigma2 := E (fun pi => qf (Lbar p) (est p C pi x0 - EM (fun pi => est p C pi x0)))) :
  [/\ pd (Lbar p), 0 < beta, beta < 2%:R^-1, gam = (2%:R^-1 - beta) / (beta + 2%:R^-1) &
  ~ (err p x0 <= 2%:R * (obj p x0 - Er (alg1_step p 1 s gam) x0 1 (obj p)) / gam +
     (2%:R * beta^-1 * (1 - gam) + gam) * qf (Lbar p) h + gam * sigma2)].
Proof.
have l0 : 0 < (4%:R^-1 : R) by rewrite invr_gt0 ltr0n.
have c2 : (2%:R : R) ^+ 2 * 4%:R^-1 = 1 by field.
have B := scaled_B rE1 (scalar_sE c2); have pL := scalar_pd l0.
split; rewrite /beta ?invr_gt0 ?ltr0n ?ltf_pinv ?posrE ?ltr0n ?ltr_nat //; first by rewrite /gam; field.
have -> : h = 0.
  rewrite /h bbar0 // mulmx0 (eq_avg (G := fun _ => 0)) => [|i]; last by rewrite /= mulmx0.
  by rewrite avg_cst // scaler0 subrr.
have ee pi : est p C pi x0 = x0 by rewrite est0 // B mul1mx.
have -> : sigma2 = 0.
  rewrite /sigma2 (eq_E (G := fun _ => 0)) ?E_cst // => pi.
  by rewrite (eq_EM ee) EM_cst ee subrr qf0.
have st pi : alg1_step p 1 s gam 0 pi x0 = (2%:R - gam) *: x0.
  rewrite /alg1_step avgB avgZ avg_mulr -/(est p C pi x0) ee scalerBl; congr (_ - _).
  rewrite scaled_avg; apply/matrixP=> a j; rewrite (ord1 j) dg_mulv !mxE /s invr1 !mul1r.
  by [].
have ob a : obj p (a *: x0) = 8%:R^-1 * a ^+ 2.
  by rewrite objE bbar0 // /dot bf0l subr0 qfZ scalar_Lbar qf_scalar one_nrm2; field.
have -> : Er (alg1_step p 1 s gam) x0 1 (obj p) = 8%:R^-1 * (2%:R - gam) ^+ 2.
  by rewrite /= (eq_E (G := fun _ => 8%:R^-1 * (2%:R - gam) ^+ 2)) ?E_cst // => pi; rewrite st ob.
have -> : obj p x0 = 8%:R^-1 by rewrite -[x0]scale1r ob expr1n mulr1.
rewrite qf0 !mulr0 !addr0 (errE pL) /xstar bbar0 // mulmx0 subr0 scalar_Lbar qf_scalar one_nrm2 mulr1.
apply/negP; rewrite -ltNge; apply: lt_trans (_ : 0 < _); last by [].
have -> : 2%:R * (8%:R^-1 - 8%:R^-1 * (2%:R - gam) ^+ 2) / gam = - (2%:R / 5%:R) by rewrite /gam; field.
by rewrite oppr_lt0 divr_gt0 ?ltr0n.
Qed.
End OneWorker.

(* CLAIM few-coordinates-scaled: footnote 2 with n = d m workers, every coordinate taken by m of them: the mean of (1/d) C_i D_i^-1/2 L_i D_i^-1/2 C_i is the identity for every worker *)
Theorem few_coordinates_scaled (R : realFieldType) n d m (p : problem R n d) (s : 'I_n -> 'I_d -> R)
    (o : 'I_n -> 'I_d) (C := fun (pi : perms R n) i => d%:R *: delta_mx (o (slot pi i)) (o (slot pi i)) : 'M[R]_d) :
  n = (d * m)%N -> (forall a, #|[set k | o k == a]| = m) ->
  (forall i a, s i a ^+ 2 * Lw p i a a = 1) ->
  forall i, EM (fun pi => d%:R^-1 *: (C pi i *m dg (s i) *m Lw p i *m dg (s i) *m C pi i)) = 1%:M.
Proof.
move=> nE fib sE i.
have n0 : (n%:R : R) != 0 by rewrite pnatr_eq0 -lt0n (leq_trans _ (ltn_ord i)).
have nE2 : n%:R = d%:R * m%:R :> R by rewrite nE natrM.
have d0 : (d%:R : R) != 0 by apply: contraNneq n0 => e; rewrite nE2 e mul0r.
have m0 : (m%:R : R) != 0 by apply: contraNneq n0 => e; rewrite nE2 e mulr0.
have CE pi : C pi i = dg (fun a => if o (slot pi i) == a then d%:R else 0).
  apply/matrixP=> a b; rewrite dgE !mxE; move: (o _) => k.
  have [->|_] := eqVneq a k; have [_|_] := eqVneq b k; rewrite ?eqxx /= ?mulr1 ?mulr0 //.
    by case: eqP.
  by case: eqP.
apply/matrixP=> a b; rewrite EM_E mxE.
rewrite (eq_E (P := perms R n) (G := fun pi => (fun k => if (a == b) && (o k == a) then d%:R else 0) (slot pi i))).
  rewrite (E_slot1 (fun k => if (a == b) && (o k == a) then _ else 0)); case: eqP => _ /=; last first.
    by rewrite big1 ?mulr0.
  rewrite -big_mkcond /= (eq_bigl (fun k => k \in [set k | o k == a])) => [|k]; last by rewrite inE.
  by rewrite sumr_const fib -[d%:R *+ m]mulr_natr -nE2 mulVf.
move=> pi; rewrite mxE CE !mul_dg -mulmxA !dg_mul /=; have [<-|nab] := eqVneq a b.
  case: eqP => _ /=; last by rewrite mul0r !mul0r mulr0.
  have -> : d%:R^-1 * (d%:R * (s i a * Lw p i a a) * s i a * d%:R) = d%:R * (s i a ^+ 2 * Lw p i a a).
    by move: (s i a) (Lw p i a a) => x y; field.
  by rewrite sE mulr1.
case: eqP => [e|_] /=; last by rewrite !mul0r mulr0.
by rewrite e (negPf nab) !mulr0.
Qed.

(* CLAIM estimator: for diagonal sketches with entries >= 0: g is the mean of the sketched gradients of submodels and B y - Cb, every C_i is PSD, f is the quadratic with gradient grad f and matrix L, and a worker's part is 0 on the coordinates its sketch drops *)
Theorem estimator (R : realFieldType) n d (p : problem R n d) (P : fprob R) (C : sketches P n d)
    (c : P -> 'I_n -> 'I_d -> R) w y z :
  (forall w i, C w i = dg (c w i)) -> (forall w i a, 0 <= c w i a) ->
  [/\ est p C w y = avg (fun i => C w i *m worker_grad p i (C w i *m y)),
      est p C w y = Bhat p C w *m y - Cb p C w,
      forall i, psd (C w i),
      obj p z = obj p y + dot (grad p y) (z - y) + 2%:R^-1 * qf (Lbar p) (z - y) &
      forall i j, C w i j j = 0 -> (C w i *m worker_grad p i (C w i *m y)) j 0 = 0].
Proof.
move=> hC c0; split=> //; first exact: estE.
- move=> i; split=> [|v]; first exact: Cw_sym.
  by rewrite hC qf_dg sumr_ge0 // => a _; rewrite mulr_ge0 ?sqr_ge0.
- by rewrite -obj_taylor addrC subrK.
by move=> i j; rewrite hC dgE eqxx dg_mulv => ->; rewrite mul0r.
Qed.

(* CLAIM compressed-without-step: refuted: n = d = 1, L = 4, b = 0, the identity sketch and y = 1: both rounds lead to -3, three times as far from the minimizer *)
Theorem compressed_without_step_refuted (R : realFieldType) (p := scalar_problem (4%:R : R))
    (C := @id_sketches R 1 1) (y := const_mx 1 : 'cV[R]_1) :
  [/\ pd (Lbar p),
      nrm2 (y - xstar p) < E (fun w => nrm2 (y - C w 0 *m grad p y - xstar p)) &
      nrm2 (y - xstar p) < E (fun w => nrm2 (y - grad p (C w 0 *m y) - xstar p))].
Proof.
have pL : pd (Lbar p) by apply: scalar_pd; rewrite ltr0n.
have e : nrm2 (y - grad p y - xstar p) = 9%:R.
  rewrite gradE /xstar bbar0 // mulmx0 !subr0 scalar_Lbar mul_scalar_mx.
  rewrite -{1}[y]scale1r -scalerBl /nrm2 qfZ -/(nrm2 _) one_nrm2; ring.
have e1 : nrm2 (y - xstar p) = 1 by rewrite /xstar bbar0 // mulmx0 subr0 one_nrm2.
split=> //; rewrite e1 (eq_E (G := fun _ => 9%:R)) ?E_cst ?ltr1n // => w.
  by rewrite [C w 0]/= mul1mx.
by rewrite [C w 0]/= mul1mx.
Qed.

(* Example 1 in the plane: L = [[a,c],[c,b]] with the eigenvalues mu <= lam.   *)
Section ExampleOne.
Variables (R : realFieldType) (a c b mu lam : R).
Hypotheses (tr : lam + mu = a + b) (det : lam * mu = a * b - c ^+ 2) (mu0 : 0 < mu) (ml : mu <= lam).
Local Notation L := (m2 a c b).
Definition plane_G : 'M[R]_2 := 1%:M - lam^-1 *: L.
Let l0 : 0 < lam. Proof. exact: lt_le_trans mu0 ml. Qed.
(* (a - mu)(b - mu) = c^2, *)
Lemma plane_prod : (a - mu) * (b - mu) = c ^+ 2.
Proof.
have -> : (a - mu) * (b - mu) = a * b - mu * (a + b) + mu ^+ 2 by ring.
by rewrite -tr mulrDr [mu * lam]mulrC det; ring.
Qed.
(* ... so mu I <= L, *)
Lemma plane_lower v : mu * nrm2 v <= qf L v.
Proof.
have s0 : 0 <= (a - mu) + (b - mu).
  have -> : a - mu + (b - mu) = lam - mu by rewrite addrACA -tr; ring.
  by rewrite subr_ge0.
have q0 : 0 <= (a - mu) * (b - mu) by rewrite plane_prod sqr_ge0.
have [a0 b0] : 0 <= a - mu /\ 0 <= b - mu.
  have [h|h] := lerP 0 (a - mu); have [h'|h'] := lerP 0 (b - mu); split=> //.
  - by have := h; rewrite le_eqVlt => /orP[/eqP e|p]; [move: s0; rewrite -e add0r leNgt h'|move: q0; rewrite pmulr_rge0 // leNgt h'].
  - by have := h'; rewrite le_eqVlt => /orP[/eqP e|p]; [move: s0; rewrite -e addr0 leNgt h|move: q0; rewrite pmulr_lge0 // leNgt h].
  - by move: s0; rewrite leNgt (_ : _ + _ < 0) // -oppr_gt0 opprD addr_gt0 // oppr_gt0.
  by move: s0; rewrite leNgt (_ : _ + _ < 0) // -oppr_gt0 opprD addr_gt0 // oppr_gt0.
have /(m2_psd (a - mu) c (b - mu)) [_ /(_ v)] : [/\ 0 <= a - mu, 0 <= b - mu & c ^+ 2 <= (a - mu) * (b - mu)] by split=> //; rewrite plane_prod.
have -> : qf (m2 (a - mu) c (b - mu)) v = qf L v - mu * nrm2 v.
  by rewrite !m2_qf nrm2E sum2; move: (v 0 0) (v 1 0) => x y; ring.
by rewrite subr_ge0.
Qed.
(* ... with equality at some v != 0. *)
Lemma plane_eigen : exists2 v, v != 0 & qf L v = mu * nrm2 v.
Proof.
have [c0|nc] := eqVneq c 0.
  have := plane_prod; rewrite c0 expr0n /= => /eqP; rewrite mulf_eq0 !subr_eq0 => /orP[/eqP e|/eqP e].
    exists (v2 1 0); first by apply/eqP=> /matrixP/(_ 0 0)/eqP; rewrite !mxE oner_eq0.
    by rewrite m2_qf nrm2E sum2 !mxE /= e; ring.
  exists (v2 0 1); first by apply/eqP=> /matrixP/(_ 1 0)/eqP; rewrite !mxE oner_eq0.
  by rewrite m2_qf nrm2E sum2 !mxE /= e; ring.
exists (v2 c (mu - a)); first by apply/eqP=> /matrixP/(_ 0 0)/eqP; rewrite !mxE (negPf nc).
apply/eqP; rewrite -subr_eq0 m2_qf nrm2E sum2 !mxE /=; apply/eqP.
have -> : a * c ^+ 2 + c * c * (mu - a) *+ 2 + b * (mu - a) ^+ 2 - mu * (c ^+ 2 + (mu - a) ^+ 2) =
  (mu - a) * (c ^+ 2 - (a - mu) * (b - mu)) by ring.
by rewrite plane_prod subrr mulr0.
Qed.
(* G L G = rho mu (I - L/lam), by Cayley and Hamilton. *)
Lemma plane_GLG v : qf (plane_G *m L *m plane_G) v =
  (1 - mu / lam) * mu * (nrm2 v - lam^-1 * qf L v).
Proof.
have nl := lt0r_neq0 l0; have sL : L^T = L := m2_sym a c b.
have CH : L *m L = (lam + mu) *: L - (lam * mu)%:M.
  rewrite tr det; apply/matrixP=> i j; rewrite mxE sum2 !mxE.
  by case: (ord2 i) => ->; case: (ord2 j) => -> /=; rewrite ?mulr1n ?mulr0n; ring.
have n2 : nrm2 (L *m v) = qf (L *m L) v by rewrite /nrm2 qf_mul sL mulmx1.
have h1 : nrm2 (L *m v) = (lam + mu) * qf L v - lam * mu * nrm2 v.
  by rewrite n2 CH qfDm qfZm [qf (- _) v]bfNm -/(qf _ v) qf_scalar.
have h2 : qf L (L *m v) = (lam + mu) * nrm2 (L *m v) - lam * mu * qf L v.
  rewrite qf_mul sL n2 {1}CH mulmxBl -scalemxAl mul_scalar_mx.
  by rewrite qfDm qfZm [qf (- _) v]bfNm -/(qf _ v) qfZm.
have -> : qf (plane_G *m L *m plane_G) v = qf L (plane_G *m v).
  have sG : plane_G^T = plane_G by apply: symB; [exact: sym1|apply: symZ].
  by rewrite [in RHS]qf_mul sG.
rewrite /plane_G mulmxBl mul1mx -scalemxAl (qfB _ _ (m2_sym a c b)) bfZr qfZ.
have -> : bf L v (L *m v) = nrm2 (L *m v) by rewrite /nrm2 /qf bf_mull mulmx1 sL.
by rewrite h2 h1; move: (qf L v) (nrm2 v) => q N; field.
Qed.
(* CLAIM example1-precise-square: in the plane the least kappa with G L G <= kappa L is (1 - mu/lam)^2, for the eigenvalues mu <= lam of L *)
Theorem example1_precise_square kappa :
  (forall v, qf (plane_G *m L *m plane_G) v <= kappa * qf L v) <-> (1 - mu / lam) ^+ 2 <= kappa.
Proof.
have nl := lt0r_neq0 l0.
have r0 : 0 <= 1 - mu / lam by rewrite subr_ge0 ler_pdivr_mulr // mul1r.
split=> [h|h v].
  have [v nv e] := plane_eigen; have np : 0 < nrm2 v := (pd1 R 2).2 v nv.
  have := h v; rewrite plane_GLG e.
  have -> : (1 - mu / lam) * mu * (nrm2 v - lam^-1 * (mu * nrm2 v)) = (1 - mu / lam) ^+ 2 * (mu * nrm2 v).
    by move: (nrm2 v) => N; field.
  by rewrite ler_pmul2r // mulr_gt0.
have q0 : 0 <= qf L v by apply: le_trans (plane_lower v); rewrite mulr_ge0 ?nrm2_ge0 ?ltW.
apply: le_trans (ler_wpmul2r q0 h); rewrite plane_GLG expr2 -!mulrA; apply: ler_wpmul2l => //.
rewrite mulrBr mulrBl mul1r; apply: ler_sub; first exact: plane_lower.
by rewrite mulrA.
Qed.
(* CLAIM example1-precise: refuted: when the eigenvalues differ the least kappa with G L G <= kappa L is not 1 - mu/lam but smaller *)
Theorem example1_precise_refuted : mu < lam ->
  exists2 kappa, kappa < 1 - mu / lam & forall v, qf (plane_G *m L *m plane_G) v <= kappa * qf L v.
Proof.
move=> lt; exists ((1 - mu / lam) ^+ 2); last by apply/example1_precise_square.
have r0 : 0 < 1 - mu / lam by rewrite subr_gt0 ltr_pdivr_mulr // mul1r.
by rewrite expr2 gtr_pmull // ltr_subl_addl ltr_addr divr_gt0.
Qed.
End ExampleOne.
