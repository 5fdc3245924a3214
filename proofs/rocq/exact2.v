(* Claims in their exact form: hypotheses reduced to those of the claim, and   *)
(* the instances (Rand-q, Bernoulli, independent draws) put in.                *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1 averaging section4 stability.
From Istcheck Require Import perm_expectation own perm_sketch sketch_rand interpolation.
From Istcheck Require Import refutations perm1_rates interpolation_range homogeneous stability_converse scaled.
From Istcheck Require Import noise compressed_gd ab_inequality.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* Outcomes of weight 0 do not matter. *)
Lemma E_le_as (R : realFieldType) (P : fprob R) (F G : P -> R) :
  (forall w, weight w != 0 -> F w <= G w) -> E F <= E G.
Proof.
move=> h; apply: ler_sum => w _; have [->|nw] := eqVneq (weight w) 0; first by rewrite !mul0r.
by rewrite ler_wpmul2l ?weight_ge0 ?h.
Qed.

Section InterpolationExact.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Hypothesis b0 : forall i, bw p i = 0.

(* For claim interpolation-contracts: only 0 <= B <= lambda I with probability one; *)
(* nothing about the single L_i.                                               *)
Theorem interpolation_contracts_as lam gam k x :
  (forall w, weight w != 0 -> psd (Bhat p C w) /\ Bhat p C w ⪯ lam%:M) ->
  pd (EM (Bhat p C)) -> 0 < gam -> gam * lam < 2%:R -> x != 0 ->
  E (fun w => nrm2 (step p C gam k w x)) < nrm2 x.
Proof.
move=> hB pB g0 g2 nx.
apply: le_lt_trans (_ : nrm2 x - gam * (2%:R - gam * lam) * qf (EM (Bhat p C)) x < _); last first.
  by rewrite ltr_subl_addr ltr_addl !mulr_gt0 ?subr_gt0 // pB.2.
have -> : nrm2 x - gam * (2%:R - gam * lam) * qf (EM (Bhat p C)) x =
    E (fun w => nrm2 x - gam * (2%:R - gam * lam) * qf (Bhat p C w) x).
  by rewrite EB E_cst EZ E_qfm.
apply: E_le_as => w /hB[pw hw].
rewrite /step est0 // /nrm2 (qfB _ _ (sym1 R d)) bfZr qfZ -/(nrm2 _) -/(nrm2 (_ *m _)).
have -> : bf 1%:M x (Bhat p C w *m x) = qf (Bhat p C w) x by rewrite bf_mulr mul1mx.
have h := psd_sqr_le x pw hw.
rewrite -subr_ge0; set a := nrm2 x; set u := nrm2 _ in h *; set v := qf _ _ in h *.
have -> : a - gam * (2%:R - gam * lam) * v - (a - gam * v *+ 2 + gam ^+ 2 * u) =
  gam ^+ 2 * (lam * v - u) by ring.
by rewrite mulr_ge0 ?sqr_ge0 // subr_ge0.
Qed.
End InterpolationExact.

(* For claims affine-bias-repaired and affine-bias-two-sided-exactly: Rand-q is a *)
(* sketch with E C = I.                                                        *)
Section RandSketch.
Variables (R : realFieldType) (d q : nat).
Hypothesis (q0 : (0 < q)%N) (qd : (q <= d)%N).
Local Notation P := (randq R qd).
Local Notation C := (@rand_sketch R d q qd).
(* E C = I, *)
Theorem rand_EM : EM C = 1%:M.
Proof.
apply/matrixP=> a b; have := rand_unbiased q0 qd (delta_mx b 0 : 'cV[R]_d).
rewrite EM_mulr => /matrixP/(_ a 0).
by rewrite -colE !mxE andbT.
Qed.
(* ... it is symmetric. *)
Lemma rand_sketch_sym (S : P) : sym (C S).
Proof. by rewrite rand_dg; apply: dg_sym. Qed.
Variables (L : 'M[R]_d) (b : 'cV[R]_d).
Local Notation gradf x := (L *m x - b).
(* For claim affine-bias-repaired, Rand-q: both one-sided estimators are unbiased. *)
Theorem rand_affine_bias x :
  EM (fun w => gradf (C w *m x)) = gradf x /\ EM (fun w => C w *m gradf x) = gradf x.
Proof.
by split; [apply: compressed_iterate_unbiased|apply: compressed_gradient_unbiased]; apply: rand_EM.
Qed.
(* For claim affine-bias-two-sided-exactly, Rand-q. *)
Theorem rand_two_sided x :
  EM (fun w => C w *m gradf (C w *m x)) = EM (fun w => C w *m L *m C w) *m x - b.
Proof. exact: two_sided_mean rand_EM _. Qed.

Local Notation omega := (d%:R / q%:R - 1 : R).
(* omega = d/q - 1 >= 0. *)
Lemma omega_ge0 : 0 <= omega.
Proof. by rewrite subr_ge0 ler_pdivl_mulr ?ltr0n // mul1r ler_nat. Qed.
Lemma omega1_ge0 : 0 <= 1 + omega.
Proof. by rewrite addr_ge0 ?ler01 ?omega_ge0. Qed.
Lemma rand_var y : E (fun w => nrm2 (C w *m y - y)) = omega * nrm2 y.
Proof. exact: rand_variance. Qed.
Lemma rand_var_le y : E (fun w => nrm2 (C w *m y - y)) <= omega * nrm2 y.
Proof. by rewrite rand_var. Qed.

Variables (xs : 'cV[R]_d) (mu lam gam : R).
Hypothesis (psdL : psd L) (lo : mu%:M ⪯ L) (hi : L ⪯ lam%:M) (Lxs : L *m xs = b).
Hypothesis g0 : 0 <= gam.

(* For claim cgd-contraction, Rand-q. *)
Theorem rand_cgd_contraction k x : gam * ((1 + omega) * lam) <= 1 ->
  E (fun w => nrm2 (cgd_step C L b gam k w x - xs)) <= (1 - gam * mu) * nrm2 (x - xs).
Proof. exact: (cgd_contraction rand_EM psdL lo hi Lxs g0 rand_var_le k x omega1_ge0). Qed.
(* For claim cgd-rate, Rand-q. *)
Theorem rand_cgd_rate k x0 : gam * ((1 + omega) * lam) <= 1 ->
  Er (cgd_step C L b gam) x0 k (fun x => nrm2 (x - xs)) <= (1 - gam * mu) ^+ k * nrm2 (x0 - xs).
Proof. exact: (cgd_rate rand_EM psdL lo hi Lxs g0 rand_var_le k x0 omega1_ge0). Qed.
(* For claim gdci-bias-variance, Rand-q. *)
Theorem rand_gdci_bias_variance k x :
  E (fun w => nrm2 (gdci_step C L b gam k w x - xs)) =
  nrm2 (x - gam *: gradf x - xs) + omega * nrm2 (x - gam *: gradf x).
Proof. exact: (gdci_bias_variance L b xs gam rand_EM k x rand_var). Qed.
(* For claim gdci-neighbourhood, Rand-q. *)
Theorem rand_gdci_neighbourhood k x : gam * lam <= 1 ->
  E (fun w => nrm2 (gdci_step C L b gam k w x - xs)) <=
  (1 + 2%:R * omega) * (1 - gam * mu) ^+ 2 * nrm2 (x - xs) + 2%:R * omega * nrm2 xs.
Proof. exact: (gdci_neighbourhood rand_EM psdL lo hi Lxs g0 rand_var_le omega_ge0 k x). Qed.
(* For claim gdci-rate, Rand-q. *)
Theorem rand_gdci_rate k x0 (r := (1 + 2%:R * omega) * (1 - gam * mu) ^+ 2) :
  gam * lam <= 1 -> r != 1 ->
  Er (gdci_step C L b gam) x0 k (fun x => nrm2 (x - xs)) <=
  r ^+ k * nrm2 (x0 - xs) + (1 - r ^+ k) / (1 - r) * (2%:R * omega * nrm2 xs).
Proof. exact: (gdci_rate rand_EM psdL lo hi Lxs g0 rand_var_le omega_ge0 k x0). Qed.
(* For claim gdci-not-fixed, Rand-q with q < d. *)
Theorem rand_gdci_not_fixed k : (q < d)%N -> xs != 0 ->
  E (fun w => nrm2 (gdci_step C L b gam k w xs - xs)) = omega * nrm2 xs /\ 0 < omega * nrm2 xs.
Proof.
move=> qld nx; apply: (gdci_not_fixed gam rand_EM Lxs k rand_var) => //.
by rewrite subr_gt0 ltr_pdivl_mulr ?ltr0n // mul1r ltr_nat.
Qed.
End RandSketch.
Section ConstantExact.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Hypothesis pL : pd (Lbar p).
Hypothesis BI : forall w, Bhat p C w = 1%:M.

(* For claim thm2-constant: started at xinf without variance the bound with the *)
(* factor kappa holds exactly when kappa >= 1, for every gamma > 0.            *)
Theorem constant_one_exact (gam : R) K (kappa : R) : 0 < gam -> (0 < K)%N ->
  variance p C = 0 -> bias p C != 0 ->
  1 <= kappa <->
  mean_err p C gam (xinf p C) K <=
  obj_drop p C gam (xinf p C) K + kappa * qf (Lbar p) (bias p C) + gam * variance p C.
Proof.
move=> g0 K0 v0 nb; split; last exact: constant_one_optimal pL BI _ _ _ (lt0r_neq0 g0) K0 v0 nb.
move=> k1; rewrite (sharp_identity pL BI _ (lt0r_neq0 g0) K0) v0.
have z0 k : Er (av_step (Cb p C) (fun=> gam)) (xinf p C) k
    (fun x => qf (Lbar p) (x - av_mean (Cb p C))) = 0.
  elim: k => [|k ih]; first by rewrite /= subrr qf0.
  rewrite av_spread; last exact: Lbar_sym.
  by rewrite [av_var _ _]v0 mulr0 addr0; apply/eqP; rewrite mulf_eq0; apply/orP; right; apply/eqP; exact: ih.
have z k : Er (step p C gam) (xinf p C) k (fun x => qf (Lbar p) (x - xinf p C)) = 0.
  by rewrite -[LHS]/(Er (sched p C (fun=> gam)) (xinf p C) k _) (Er_av BI); apply: z0.
rewrite (eq_bigr (fun=> 0)) => [|k _]; last by rewrite z.
rewrite big1_eq !mulr0 subr0 !addr0 ler_add2l; apply: ler_pemull => //; exact: (pd_psd pL).2.
Qed.
End ConstantExact.


(* The space of m independent draws from P, as a function of the index.        *)
Section Power.
Variables (R : realFieldType) (P : fprob R) (m : nat).
Definition ppow_weight (w : {ffun 'I_m -> P}) : R := \prod_i weight (w i).
Lemma ppow_ge0 w : 0 <= ppow_weight w.
Proof. by apply: prodr_ge0 => i _; apply: weight_ge0. Qed.
Lemma ppow_sum : \sum_w ppow_weight w = 1.
Proof.
rewrite /ppow_weight -(bigA_distr_bigA (fun (_ : 'I_m) (z : P) => weight z)).
by apply: big1 => i _; apply: weight_sum.
Qed.
Definition ppow : fprob R := Fprob ppow_ge0 ppow_sum.
(* Independence: the mean of a product is the product of the means. *)
Lemma E_ppow_prod (F : 'I_m -> P -> R) :
  E (fun w : ppow => \prod_i F i ((w : {ffun 'I_m -> P}) i)) = \prod_i E (F i).
Proof.
rewrite /E (bigA_distr_bigA (fun i (z : P) => weight z * F i z)).
by apply: eq_bigr => w _; rewrite /= /ppow_weight -big_split.
Qed.
Lemma E_ppow1 i (G : P -> R) : E (fun w : ppow => G ((w : {ffun 'I_m -> P}) i)) = E G.
Proof.
pose F (j : 'I_m) (z : P) := if j == i then G z else 1.
rewrite (eq_E (G := fun w : ppow => \prod_j F j ((w : {ffun 'I_m -> P}) j))) => [|w].
  rewrite E_ppow_prod (bigD1 i) //= big1 ?mulr1 => [|j nj]; last first.
    by rewrite (eq_E (G := fun=> 1)) ?E_cst // => z; rewrite /F (negPf nj).
  by apply: eq_E => z; rewrite /F eqxx.
by rewrite (bigD1 i) //= big1 ?mulr1 => [|j nj]; rewrite /F ?eqxx ?(negPf nj).
Qed.
Lemma E_ppow2 i j (G H : P -> R) : i != j ->
  E (fun w : ppow => G ((w : {ffun 'I_m -> P}) i) * H ((w : {ffun 'I_m -> P}) j)) = E G * E H.
Proof.
move=> nij; pose F (l : 'I_m) (z : P) := if l == i then G z else if l == j then H z else 1.
have nji : j != i by rewrite eq_sym.
rewrite (eq_E (G := fun w : ppow => \prod_l F l ((w : {ffun 'I_m -> P}) l))) => [|w].
  rewrite E_ppow_prod (bigD1 i) //= (bigD1 j) //= big1 ?mulr1 => [|l /andP[n1 n2]]; last first.
    by rewrite (eq_E (G := fun=> 1)) ?E_cst // => z; rewrite /F (negPf n1) (negPf n2).
  by congr (_ * _); apply: eq_E => z; rewrite /F ?eqxx ?(negPf nji).
rewrite (bigD1 i) //= (bigD1 j) //= big1 ?mulr1 => [|l /andP[n1 n2]].
  by rewrite /F !eqxx (negPf nji).
by rewrite /F (negPf n1) (negPf n2).
Qed.
End Power.

(* Bernoulli(pr): every coordinate is kept with probability pr, independently, *)
(* and then divided by pr.                                                     *)
Section Bernoulli.
Variables (R : realFieldType) (d : nat) (pr : R).
Hypothesis (p0 : 0 < pr) (p1 : pr <= 1).
Lemma keep_ge0 (z : bool) : 0 <= (if z then pr else 1 - pr).
Proof. by case: z; rewrite ?subr_ge0 // ltW. Qed.
Lemma keep_sum : \sum_(z : bool) (if z then pr else 1 - pr) = 1.
Proof. by rewrite big_bool /= addrC subrK. Qed.
Definition keep : fprob R := Fprob keep_ge0 keep_sum.
Definition bernoulli : fprob R := ppow keep d.
Definition bern_sketch (w : bernoulli) : 'M[R]_d :=
  dg (fun a => if (w : {ffun 'I_d -> bool}) a then pr^-1 else 0).
Lemma bern_sym w : sym (bern_sketch w). Proof. exact: dg_sym. Qed.
(* E C = I. *)
Theorem bern_EM : EM bern_sketch = 1%:M.
Proof.
apply/matrixP=> a b; rewrite EM_E mxE.
rewrite (eq_E (G := fun w : bernoulli => (fun z : keep => (a == b)%:R *
   (if (z : bool) then pr^-1 else 0)) ((w : {ffun 'I_d -> keep}) a))) => [|w].
  rewrite (@E_ppow1 R keep d a (fun z : keep => (a == b)%:R * (if (z : bool) then pr^-1 else 0))) EZ.
  by rewrite /E big_bool /= mulr0 addr0 mulfV ?mulr1 // gt_eqF.
by rewrite dgE; case: eqP; rewrite ?mul1r ?mul0r.
Qed.
Variables (L : 'M[R]_d) (b : 'cV[R]_d).
Local Notation gradf x := (L *m x - b).
Local Notation C := bern_sketch.
(* For claim affine-bias-repaired, Bernoulli. *)
Theorem bern_affine_bias x :
  EM (fun w => gradf (C w *m x)) = gradf x /\ EM (fun w => C w *m gradf x) = gradf x.
Proof.
by split; [apply: compressed_iterate_unbiased|apply: compressed_gradient_unbiased]; apply: bern_EM.
Qed.
(* For claim affine-bias-two-sided-exactly, Bernoulli. *)
Theorem bern_two_sided x :
  EM (fun w => C w *m gradf (C w *m x)) = EM (fun w => C w *m L *m C w) *m x - b.
Proof. exact: two_sided_mean bern_EM _. Qed.
End Bernoulli.

(* For claim rand-ab-inequality, repaired half: n independent Rand-q draws.    *)
Section IndependentRand.
Variables (R : realFieldType) (n d q : nat) (p : problem R n d).
Hypothesis (q0 : (0 < q)%N) (qd : (q <= d)%N).
Local Notation P := (ppow (randq R qd) n).
Local Notation draw w i := ((w : {ffun 'I_n -> randq R qd}) i).
Lemma indep_sym (w : P) (i : 'I_n) : sym (rand_sketch (draw w i)).
Proof. by rewrite rand_dg; apply: dg_sym. Qed.
Definition indep_rand : sketches P n d := Sketches indep_sym.
Local Notation err_of i S := (rand_sketch S *m bw p i - bw p i).
(* The errors have mean 0, *)
Lemma rand_err_mean i a : @E R (randq R qd) (fun S => (err_of i S) a 0) = 0.
Proof. by rewrite -EM_E EMB EM_cst rand_unbiased // subrr mxE. Qed.
(* ... so those of two workers are uncorrelated. *)
Theorem indep_uncorrelated i j : i != j ->
  E (fun w : P => dot (indep_rand w i *m bw p i - bw p i) (indep_rand w j *m bw p j - bw p j)) = 0.
Proof.
move=> nij; rewrite (eq_E (G := fun w : P => \sum_a
  (fun S => (err_of i S) a 0) (draw w i) * (fun S => (err_of j S) a 0) (draw w j))) => [|w]; last by rewrite dotE.
rewrite E_sum big1 // => a _.
rewrite (@E_ppow2 R (randq R qd) n i j (fun S => (err_of i S) a 0) (fun S => (err_of j S) a 0)) //.
by rewrite rand_err_mean mul0r.
Qed.
Theorem indep_rand_ab (omega := d%:R / q%:R - 1 : R) :
  E (fun w => nrm2 (Cb p indep_rand w - bbar p)) <= omega / n%:R * (n%:R^-1 * \sum_i nrm2 (bw p i)).
Proof.
apply: independent_ab => [i|]; last exact: indep_uncorrelated.
by rewrite (@E_ppow1 R (randq R qd) n i (fun S => nrm2 (err_of i S))) rand_variance.
Qed.
End IndependentRand.

(* For claim interpolation-divergence-exactly: homogeneous Perm-1 with any b_i: the *)
(* map x+ = (I - gamma B) x + gamma Cb is stable in mean square exactly for     *)
(* gamma < 2/(n max_a L_aa).                                                   *)
Section Perm1Stable.
Variables (R : archiFieldType) (n : nat) (p : problem R n n) (L : 'M[R]_n).
Hypothesis (hom : forall i, Lw p i = L) (pL : pd L).
Local Notation C := (perm1 R n).
Local Notation A gam := (fun pi => 1%:M - gam *: Bhat p C pi).
(* The same workers without b. *)
Definition zero_b : problem R n n := Problem (fun _ => 0) (Lw_sym p).
(* The linear part is the step without b. *)
Lemma lin_zero_b gam k pi x : lin_step (A gam) k pi x = step zero_b C gam k pi x.
Proof. by rewrite /step est0 // /lin_step mulmxBl mul1mx scalemxAl. Qed.
(* So are k of them. *)
Lemma Er_lin_zero_b gam u k F : Er (lin_step (A gam)) u k F = Er (step zero_b C gam) u k F.
Proof.
elim: k F => //= k ih F; rewrite -ih; apply: eq_Er => x; apply: eq_E => w.
by rewrite lin_zero_b.
Qed.
(* The diagonal entries are positive. *)
Lemma pd_diag a : 0 < L a a.
Proof.
rewrite -(bf_delta L a a); apply: pL.2.
by apply/eqP=> /matrixP/(_ a 0)/eqP; rewrite !mxE !eqxx oner_eq0.
Qed.
Theorem perm1_stable_exactly (gam : R) : 0 < gam ->
  ms_stable (A gam) <-> forall a, gam < 2%:R / (n%:R * L a a).
Proof.
move=> g0; have n0 (a : 'I_n) : 0 < (n%:R : R) by rewrite ltr0n (leq_trans _ (ltn_ord a)).
have e a : (gam < 2%:R / (n%:R * L a a)) = (gam * (n%:R * L a a) < 2%:R).
  by rewrite ltr_pdivl_mulr // mulr_gt0 ?n0 ?pd_diag.
split=> [st a|h].
  rewrite e ltNge; apply/negP => g2.
  have f1 : 1 <= (1 - gam * (n%:R * L a a)) ^+ 2.
    have -> : (1 - gam * (n%:R * L a a)) ^+ 2 = 1 + gam * (n%:R * L a a) * (gam * (n%:R * L a a) - 2%:R).
      by move: (L a a) => y; ring.
    by rewrite ler_addl mulr_ge0 ?subr_ge0 // (le_trans _ g2) ?ler0n.
  have na : delta_mx a 0 != 0 :> 'cV[R]_n.
    by apply/eqP=> /matrixP/(_ a 0)/eqP; rewrite !mxE !eqxx oner_eq0.
  have u0 : 0 < nrm2 (delta_mx a 0 : 'cV[R]_n) by apply: (pd1 R n).2.
  have h0 : 0 < nrm2 (delta_mx a 0 : 'cV[R]_n) / 2%:R by rewrite divr_gt0 ?ltr0n.
  have [k0 /(_ k0 (leqnn _))] := st (delta_mx a 0) _ h0.
  rewrite Er_lin_zero_b => le.
  have le2 := le_trans (@perm1_no_decrease R n zero_b L hom (fun=> erefl) gam a k0 f1) le.
  move: (nrm2 _) u0 le2 => t t0 le2.
  have : t * 2%:R <= t by rewrite -ler_pdivl_mulr ?ltr0n.
  by rewrite ger_pmulr // -[1]/(1%:R) ler_nat.
apply/stability_lyapunov; exists 1%:M; first exact: pd1.
split=> [|x nx].
  rewrite /sym /gap; apply: symB; first exact: sym1.
  by apply: sym_EM => w; rewrite /sym mulmx1 trmx_mul trmxK.
have nn : (0 < n)%N.
  by move: (n) x nx => [|m] x //; rewrite (flatmx0 x) eqxx.
have hr : forall a, 0 < gam * (n%:R * L a a) /\ gam * (n%:R * L a a) < 2%:R.
  by move=> a; split; [rewrite !mulr_gt0 ?(n0 a) ?pd_diag|rewrite -e].
have := (@perm1_range R n zero_b L hom (fun=> erefl) gam nn).2 hr x 0%N nx.
rewrite (eq_E (G := fun pi => qf 1%:M ((A gam) pi *m x))) => [|pi].
  by rewrite (E_lin (A gam)) ltr_subl_addr ltr_addl.
by rewrite -lin_zero_b.
Qed.
(* The same with the largest diagonal entry, attained at m. *)
Corollary perm1_stable_max (gam : R) m : 0 < gam -> (forall a, L a a <= L m m) ->
  ms_stable (A gam) <-> gam < 2%:R / (n%:R * L m m).
Proof.
move=> g0 hm; split=> [/(perm1_stable_exactly g0)|h]; first exact.
apply/(perm1_stable_exactly g0) => a; apply: lt_le_trans h _.
have n0 : 0 < (n%:R : R) by rewrite ltr0n (leq_trans _ (ltn_ord a)).
rewrite ler_wpmul2l ?ler0n // lef_pinv ?posrE ?mulr_gt0 ?pd_diag //.
by rewrite ler_pmul2l.
Qed.
End Perm1Stable.

(* For claim cgd-fixed-heterogeneous: n = d = 2, L_1 = L_2 = I, b_1 = (1,1), b_2 = 0, *)
(* Perm-1: some outcome moves the minimizer, for every step gamma != 0.        *)
Section CgdHeterogeneous.
Variable R : realFieldType.
Definition het_cgd : problem R 2 2 :=
  Problem (fun i : 'I_2 => if i == 0 then const_mx 1 else 0) (fun _ : 'I_2 => sym1 R 2).
Lemma het_cgd_L : Lbar het_cgd = 1%:M. Proof. by rewrite /Lbar avg_cst. Qed.
Theorem cgd_not_fixed (gam : R) (xs := xstar het_cgd) (C := perm1 R 2) : gam != 0 ->
  \det (Lbar het_cgd) != 0 /\
  ~ (forall pi, xs - gam *: avg (fun i => C pi i *m worker_grad het_cgd i xs) = xs).
Proof.
move=> g0; split=> [|h]; first by rewrite het_cgd_L det1 oner_eq0.
have := cgd_leaves_minimizer het_cgd gam (@id_balanced 2).
rewrite (eq_E (G := fun=> 0)) => [|pi]; last by rewrite -/xs (h pi) subrr /nrm2 qf0.
rewrite E_cst => /esym/eqP; rewrite mulf_eq0 expf_eq0 (negPf g0) andbF /= mulf_eq0.
rewrite invr_eq0 pnatr_eq0 /= => /eqP s0.
have nn (i : 'I_2) : true -> 0 <= nrm2 (worker_grad het_cgd i xs) by move=> _; apply: nrm2_ge0.
have z i : worker_grad het_cgd i xs = 0.
  apply/eqP/negPn/negP => ni; have := (pd1 R 2).2 _ ni.
  by rewrite -/(nrm2 _) (psumr_eq0P nn s0 (isT : (fun=> true) i)) ltxx.
have /eqP := z 1; have /eqP := z 0.
rewrite /worker_grad /= !mul1mx subr0 subr_eq0 => /eqP -> /eqP /matrixP/(_ 0 0)/eqP.
by rewrite !mxE oner_eq0.
Qed.
End CgdHeterogeneous.

(* For claim thm2-beta-strongest: n = d = 1, L = 4, b = 0, x0 = 1; every beta < 1/2 *)
(* and gamma < 1 refutes it.                                                   *)
Section BetaInstance.
Variable R : realFieldType.
Definition one_zero : problem R 1 1 :=
  Problem (fun _ => 0) (fun _ : 'I_1 => tr_scalar_mx 1 (4%:R : R)).
Local Notation C := (scaled (1 : R) (fun _ _ : 'I_1 => (2%:R^-1 : R))).
Lemma one_zero_xinf : xinf one_zero C = 0.
Proof.
rewrite /xinf (eq_EM (G := fun=> 0)) ?EM_cst // => w.
by rewrite /Cb (eq_avg (G := fun=> 0)) ?avg_cst // => i; rewrite mulmx0.
Qed.
Lemma one_zero_xstar : xstar one_zero = 0.
Proof. by rewrite /xstar /bbar avg_cst // mulmx0. Qed.
Theorem beta_strongest_refuted (gam beta : R) :
  0 < beta -> beta < 2%:R^-1 -> 0 < gam -> gam < 1 ->
  [/\ pd (Lbar one_zero), forall w, Bhat one_zero C w = 1%:M &
  beta_bound one_zero C gam beta (variance one_zero C) (const_mx 1) 1 <
  beta_bound one_zero C gam 2%:R^-1 (variance one_zero C) (const_mx 1) 1].
Proof.
move=> b0 b1 g0 g1.
have pL : pd (Lbar one_zero) by apply: one_pd.
have BI : forall w, Bhat one_zero C w = 1%:M.
  by apply: (scaled_B (one_rE R)) => i a; rewrite /= mxE eqxx mulr1n; field.
split=> //; apply: beta_half_not_strongest => //.
  by rewrite /bias one_zero_xinf one_zero_xstar subrr.
rewrite one_zero_xinf; apply/eqP => /matrixP/(_ 0 0)/eqP; by rewrite !mxE oner_eq0.
Qed.
End BetaInstance.

(* For claim ist-not-fixed: n = d >= 2, L_i = I, b_i = (1,...,1), x* = b, Perm-1; every *)
(* outcome of Algorithm 1 with one local step (and of (2)) moves x*.           *)
Section IstInstance.
Variables (R : realFieldType) (n : nat).
Definition ones_problem : problem R n n :=
  Problem (fun _ => const_mx 1) (fun _ : 'I_n => sym1 R n).
Local Notation C := (perm1 R n).
Lemma ones_xstar : (0 < n)%N -> xstar ones_problem = const_mx 1.
Proof. by move=> n0; rewrite /xstar /Lbar /bbar !avg_cst // invmx1 mul1mx. Qed.
Theorem ist_perm_moves (gam : R) k pi (xs := xstar ones_problem) : (2 <= n)%N -> gam != 0 ->
  [/\ Lbar ones_problem = 1%:M, grad ones_problem xs = 0,
      step ones_problem C gam k pi xs != xs & ist_step ones_problem C gam 1 k pi xs != xs].
Proof.
move=> n2 g0; have n0 : (0 < n)%N by apply: leq_trans n2.
have Lb : Lbar ones_problem = 1%:M by rewrite /Lbar avg_cst.
have bb : bbar ones_problem = const_mx 1 by rewrite /bbar avg_cst.
have st : step ones_problem C gam k pi xs != xs.
  rewrite /step estE (@h_B R n ones_problem 1%:M (fun=> erefl)).
  rewrite (@perm_homogeneous_exact R n n 1 _ (@id_balanced n) ones_problem (const_mx 1)) //.
  rewrite bb /xs ones_xstar // -scalemxAl.
  have -> : dpart 1%:M = 1%:M :> 'M[R]_n by apply/matrixP=> a b; rewrite !mxE eqxx; case: eqP.
  rewrite mul1mx; apply/eqP => /matrixP/(_ (Ordinal n0) 0)/eqP; rewrite !mxE mulr1.
  rewrite -subr_eq0 addrAC subrr add0r oppr_eq0 mulf_eq0 (negPf g0) /=.
  by rewrite subr_eq0 -[1]/(1%:R) eqr_nat gtn_eqF.
split=> //; first by rewrite gradE Lb bb mul1mx /xs ones_xstar // subrr.
by move: st; rewrite -(perm_local_step (@id_balanced n)).
Qed.
End IstInstance.

(* For claim interpolation-divergence-exactly, Algorithm 1 with one local step: its *)
(* linear part is the same I - gamma B.                                        *)
Lemma perm1_ist_linear (R : realFieldType) n (p : problem R n n) gam pi :
  ist_A p (perm1 R n) gam 1 pi = 1%:M - gam *: Bhat p (perm1 R n) pi.
Proof.
rewrite /ist_A /Bhat -avgZ -[in RHS](@perm_reconstruction R n n 1 _ (@id_balanced n) pi) -avgB.
by apply: eq_avg => i; rewrite /= mul1mx mulmxBl mul1mx -scalemxAl.
Qed.
Theorem perm1_ist_stable_exactly (R : archiFieldType) n (p : problem R n n) (L : 'M[R]_n) (gam : R) :
  (forall i, Lw p i = L) -> pd L -> 0 < gam ->
  ms_stable (ist_A p (perm1 R n) gam 1) <-> forall a, gam < 2%:R / (n%:R * L a a).
Proof.
move=> hom pL g0; rewrite -(perm1_stable_exactly hom pL g0).
have e u k F : Er (lin_step (ist_A p (perm1 R n) gam 1)) u k F =
    Er (lin_step (fun pi => 1%:M - gam *: Bhat p (perm1 R n) pi)) u k F.
  elim: k F => //= k ih F; rewrite -ih; apply: eq_Er => x; apply: eq_E => w.
  by rewrite /lin_step perm1_ist_linear.
by split=> st u eps e0; have [k0 h] := st u eps e0; exists k0 => k /h; rewrite e.
Qed.

(* For claim interpolation-contracts, as the claim writes it, with any b_i:    *)
(* E[(I - gamma B)^2] << I.                                                    *)
Theorem interpolation_contracts_mx (R : realFieldType) n d (p : problem R n d) (P : fprob R)
    (C : sketches P n d) (lam gam : R) :
  (forall w, weight w != 0 -> psd (Bhat p C w) /\ Bhat p C w ⪯ lam%:M) ->
  pd (EM (Bhat p C)) -> 0 < gam -> gam * lam < 2%:R ->
  pd (1%:M - EM (fun w => (1%:M - gam *: Bhat p C w) *m (1%:M - gam *: Bhat p C w))).
Proof.
move=> hB pB g0 g2.
have sM w : sym (1%:M - gam *: Bhat p C w).
  by apply: symB; [exact: sym1|apply: symZ; exact: Bhat_sym].
split=> [|x nx].
  by apply: symB; [exact: sym1|apply: sym_EM => w; rewrite /sym trmx_mul !sM].
pose p0 : problem R n d := Problem (fun _ => 0) (Lw_sym p).
have := @interpolation_contracts_as R n d p0 P C (fun=> erefl) lam gam 0 x hB pB g0 g2 nx.
rewrite (eq_E (G := fun w => qf ((1%:M - gam *: Bhat p C w) *m (1%:M - gam *: Bhat p C w)) x)) => [|w].
  rewrite E_qfm; set M := EM _ => h.
  have -> : qf (1%:M - M) x = nrm2 x - qf M x by exact: bfBm.
  by rewrite subr_gt0; exact: h.
have -> : step p0 C gam 0 w x = (1%:M - gam *: Bhat p C w) *m x.
  by rewrite /step est0 // mulmxBl mul1mx -scalemxAl.
by rewrite /nrm2 qf_mul sM mulmx1.
Qed.

(* For claim affine-bias-two-sided-exactly, as the claim writes it.            *)
Theorem two_sided_difference (R : realFieldType) d (P : fprob R) (C : P -> 'M[R]_d)
    (L : 'M[R]_d) (b x : 'cV[R]_d) : EM C = 1%:M ->
  EM (fun w => C w *m (L *m (C w *m x) - b)) - (L *m x - b) =
  (EM (fun w => C w *m L *m C w) - L) *m x.
Proof. by move=> unb; rewrite two_sided_mean // opprB addrA subrK mulmxBl. Qed.
