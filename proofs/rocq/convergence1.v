(* What the text and the discussion say around Theorem 1: no descent where     *)
(* x^T W x < 0, steps up to 2/theta, when (16) contracts, and gradient noise.  *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1.
From Istcheck Require Import averaging section4 noise own interpolation noise_workers refutations.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* With b_i = 0 the objective is half the squared norm, and xs = 0. *)
Section Interpolation0.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Hypothesis b0 : forall i, bw p i = 0.
(* f(x) = ||x||^2_L / 2, *)
Lemma obj0 x : obj p x = 2%:R^-1 * qf (Lbar p) x.
Proof. by rewrite objE (bbar0 b0) /dot bf0l subr0. Qed.
(* ... the gradient is L x, *)
Lemma grad0 x : grad p x = Lbar p *m x.
Proof. by rewrite gradE (bbar0 b0) subr0. Qed.
(* ... and the minimizer is 0. *)
Lemma xstar0 : xstar p = 0.
Proof. by rewrite /xstar (bbar0 b0) mulmx0. Qed.
End Interpolation0.

(* No descent. *)
Section NoDescent.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Hypothesis b0 : forall i, bw p i = 0.
Implicit Types (y : 'cV[R]_d) (gam : R).

(* For claim no-descent, "inner product": for b_i = 0 the mean inner product of the gradient and the estimator at y is y^T W y *)
Theorem no_descent_inner y :
  E (fun w => dot (grad p y) (est p C w y)) = qf (Wmat p C) y.
Proof.
have sL := Lbar_sym p.
have e w : dot (grad p y) (est p C w y) =
    2%:R^-1 * qf (Lbar p *m Bhat p C w + Bhat p C w *m Lbar p) y.
  rewrite grad0 // est0 // /dot bf_mull bf_mulr mulmx1 sL qfDm.
  have -> : qf (Bhat p C w *m Lbar p) y = qf (Lbar p *m Bhat p C w) y.
    by rewrite -[LHS]qf_tr trmx_mul Bhat_sym sL.
  by rewrite -/(qf _ y); field.
by rewrite (eq_E e) EZ E_qfm -qfZm.
Qed.

(* For claim no-descent, "change": for b_i = 0 the step changes f in the mean by gamma^2/2 E||g(y)||^2_L - gamma y^T W y *)
(* CLAIM descent-change: for b_i = 0 a step changes f in the mean by gamma^2/2 E||g(y)||^2_L - gamma y^T W y *)
Theorem no_descent_change gam y :
  E (fun w => obj p (y - gam *: est p C w y)) - obj p y =
  gam ^+ 2 / 2%:R * E (fun w => qf (Lbar p) (est p C w y)) - gam * qf (Wmat p C) y.
Proof.
have e w : obj p (y - gam *: est p C w y) = obj p y - gam * dot (grad p y) (est p C w y)
    + gam ^+ 2 / 2%:R * qf (Lbar p) (est p C w y).
  by rewrite obj_taylor /dot bfNr bfZr qfN qfZ mulrA [2%:R^-1 * _]mulrC.
rewrite (eq_E e) ED EB E_cst !EZ no_descent_inner; by ring.
Qed.

(* For claim no-descent, "no descent": where y^T W y < 0 no step gamma > 0 decreases f in the mean (L PSD is enough) *)
Theorem no_descent_strict gam y : psd (Lbar p) -> 0 < gam -> qf (Wmat p C) y < 0 ->
  obj p y < E (fun w => obj p (y - gam *: est p C w y)).
Proof.
move=> pL g0 h; rewrite -subr_gt0 no_descent_change ltr_paddl //.
  rewrite mulr_ge0 ?divr_ge0 ?sqr_ge0 ?ler0n //.
  by apply: E_ge0 => w; apply: pL.2.
by rewrite oppr_gt0 pmulr_rlt0.
Qed.

(* CLAIM no-descent: for b_i = 0 the mean inner product of gradient and estimator at y is y^T W y, a step changes f in the mean by gamma^2/2 E||g(y)||^2_L - gamma y^T W y, and where y^T W y < 0 no step gamma > 0 decreases f in the mean *)
Theorem no_descent gam y : pd (Lbar p) -> 0 < gam -> qf (Wmat p C) y < 0 ->
  [/\ E (fun w => dot (grad p y) (est p C w y)) = qf (Wmat p C) y,
      E (fun w => obj p (y - gam *: est p C w y)) - obj p y =
        gam ^+ 2 / 2%:R * E (fun w => qf (Lbar p) (est p C w y)) - gam * qf (Wmat p C) y &
      obj p y < E (fun w => obj p (y - gam *: est p C w y))].
Proof.
move=> /pd_psd pL g0 h; split; [exact: no_descent_inner|exact: no_descent_change|].
exact: no_descent_strict.
Qed.
End NoDescent.

(* A round with E||x+||^2_L <= ||x||^2_L - c ||x||^2_W + e gives (15) and (16) *)
(* with c in the place of gamma, and e more in each round.                     *)
Section Rounds.
Variables (R : realFieldType) (n d : nat) (p : problem R n d) (W : 'M[R]_d).
Variables (P : fprob R) (st : nat -> P -> 'cV[R]_d -> 'cV[R]_d) (c e : R).
Hypothesis b0 : forall i, bw p i = 0.
Hypothesis pL : pd (Lbar p).
Hypothesis c0 : 0 < c.
Hypothesis round : forall k x,
  E (fun w => qf (Lbar p) (st k w x)) <= qf (Lbar p) x - c * qf W x + e.

(* The weighted gradient is ||x||^2_W. *)
Lemma grad_weight x : qf (invmx (Lbar p) *m W *m invmx (Lbar p)) (grad p x) = qf W x.
Proof.
have sL := Lbar_sym p; have uL := pd_unit pL.
rewrite grad0 // qf_mul sL !mulmxA mulmxV // mul1mx.
by rewrite -mulmxA mulVmx // mulmx1.
Qed.

(* (15) from the round. *)
Lemma rounds_gradients x0 K : (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er st x0 k
    (fun x => qf (invmx (Lbar p) *m W *m invmx (Lbar p)) (grad p x))) <=
  2%:R * (obj p x0 - Er st x0 K (obj p)) / (c * K%:R) + e / c.
Proof.
move=> K0; have kp : 0 < (K%:R : R) by rewrite ltr0n.
under eq_bigr do rewrite (eq_Er _ _ _ grad_weight).
have o2 : Er st x0 K (obj p) = 2%:R^-1 * Er st x0 K (qf (Lbar p)).
  by rewrite -ErZ; apply: eq_Er => x; apply: obj0.
rewrite o2 obj0 //.
have r k x : E (fun w => qf (Lbar p) (st k w x)) <=
    qf (Lbar p) x - c * (qf W x - e / c).
  apply: le_trans (round k x) _; rewrite mulrBr opprB.
  by rewrite [c * (e / c)]mulrC divfK ?gt_eqF // addrA [_ + e - _]addrAC.
have := telescope_le x0 K r.
have -> : \sum_(k < K) Er st x0 k (fun x => qf W x - e / c) =
    \sum_(k < K) Er st x0 k (qf W) - K%:R * (e / c).
  rewrite (eq_bigr (fun k : 'I_K => Er st x0 k (qf W) - e / c)) => [|k _].
    by rewrite sumrB sumr_const card_ord -[(e / c) *+ K]mulr_natl.
  by rewrite (ErB st x0 k (qf W) (fun=> e / c)) Er_cst.
set S := \sum_(k < K) _; set D := Er _ _ _ _ => h.
rewrite -subr_ge0.
have -> : 2%:R * (2%:R^-1 * qf (Lbar p) x0 - 2%:R^-1 * D) / (c * K%:R) + e / c - K%:R^-1 * S
  = (qf (Lbar p) x0 - D - c * (S - K%:R * (e / c))) / (c * K%:R).
  by field; rewrite !gt_eqF.
by rewrite divr_ge0 ?subr_ge0 // mulr_ge0 // ltW.
Qed.

(* One round with a lambda, lambda L <= W. *)
Lemma rounds_lam lam k x : lam *: Lbar p ⪯ W ->
  E (fun w => qf (Lbar p) (st k w x)) <= (1 - c * lam) * qf (Lbar p) x + e.
Proof.
move=> hl; apply: le_trans (round k x) _; rewrite ler_add2r.
have := lle_qf x hl; rewrite (qfZm _ lam) => q.
by rewrite mulrBl mul1r ler_add2l ler_opp2 -mulrA ler_wpmul2l // ltW.
Qed.
End Rounds.

(* Theorem 1 for 0 < gamma < 2/theta, with noise of variance noise_var after   *)
(* aggregation.                                                                *)
Section Longer.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Implicit Types (x : 'cV[R]_d).
Hypothesis b0 : forall i, bw p i = 0.
Hypothesis pL : pd (Lbar p).
Variables (theta gam : R).
Hypothesis (g0 : 0 < gam) (t0 : 0 < theta).
Hypothesis h14 : Qmat p C ⪯ theta *: Wmat p C.
Implicit Types lam : R.

(* gamma < 2/theta makes gamma (2 - gamma theta) positive. *)
Lemma longer_c0 : gam < 2%:R / theta -> 0 < gam * (2%:R - gam * theta).
Proof. by move=> g2; rewrite mulr_gt0 // subr_gt0 -ltr_pdivl_mulr. Qed.

(* E||x+||^2_L <= ||x||^2_L - gamma (2 - gamma theta) ||x||^2_W, for every gamma, *)
Lemma longer_round k x : E (fun w => qf (Lbar p) (step p C gam k w x)) <=
  qf (Lbar p) x - gam * (2%:R - gam * theta) * qf (Wmat p C) x.
Proof.
have q := lle_qf x h14; rewrite (qfZm _ theta) in q.
rewrite one_round // -subr_ge0.
have -> : qf (Lbar p) x - gam * (2%:R - gam * theta) * qf (Wmat p C) x -
    (qf (Lbar p) x - gam * qf (Wmat p C) x *+ 2 + gam ^+ 2 * qf (Qmat p C) x) =
  gam ^+ 2 * (theta * qf (Wmat p C) x - qf (Qmat p C) x) by ring.
by rewrite mulr_ge0 ?sqr_ge0 // subr_ge0.
Qed.

(* CLAIM thm1-gradients-longer: (15) for 0 < gamma < 2/theta with gamma (2 - gamma theta) in the place of gamma (every theta of (14)) *)
Theorem thm1_gradients_longer x0 K : gam < 2%:R / theta -> (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er (step p C gam) x0 k
    (fun x => qf (invmx (Lbar p) *m Wmat p C *m invmx (Lbar p)) (grad p x))) <=
  2%:R * (obj p x0 - Er (step p C gam) x0 K (obj p)) / (gam * (2%:R - gam * theta) * K%:R).
Proof.
move=> /longer_c0 c0 K0.
have r k x : E (fun w => qf (Lbar p) (step p C gam k w x)) <=
    qf (Lbar p) x - gam * (2%:R - gam * theta) * qf (Wmat p C) x + 0.
  by rewrite addr0; apply: longer_round.
by have := rounds_gradients b0 pL c0 r x0 K0; rewrite mul0r addr0.
Qed.

(* CLAIM thm1-iterates-longer: (16) for 0 < gamma < 2/theta with the factor 1 - gamma (2 - gamma theta) lambda, for every lambda with lambda L <= W *)
Theorem thm1_iterates_longer lam x0 k : gam < 2%:R / theta -> lam *: Lbar p ⪯ Wmat p C ->
  Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xstar p)) <=
  (1 - gam * (2%:R - gam * theta) * lam) ^+ k * qf (Lbar p) (x0 - xstar p).
Proof.
move=> /longer_c0 c0 hl.
have e x : qf (Lbar p) (x - xstar p) = qf (Lbar p) x by rewrite xstar0 // subr0.
rewrite (eq_Er _ _ _ e) e; apply: geometric_nonneg => [x|j x]; first exact: (pd_psd pL).2.
have r i y : E (fun w => qf (Lbar p) (step p C gam i w y)) <=
    qf (Lbar p) y - gam * (2%:R - gam * theta) * qf (Wmat p C) y + 0.
  by rewrite addr0; apply: longer_round.
by have := rounds_lam c0 r j x hl; rewrite addr0.
Qed.

(* The factor is not negative: ||x||^2_L - c ||x||^2_W >= E||x+||^2_L >= 0. *)
Lemma longer_factor lam : (0 < d)%N -> gam < 2%:R / theta -> lam *: Lbar p ⪯ Wmat p C ->
  0 <= 1 - gam * (2%:R - gam * theta) * lam.
Proof.
move=> d0 /longer_c0 c0 hl; pose v : 'cV[R]_d := delta_mx (Ordinal d0) 0.
have nv : v != 0.
  by apply/eqP => /matrixP/(_ (Ordinal d0) 0)/eqP; rewrite !mxE !eqxx oner_eq0.
have r i y : E (fun w => qf (Lbar p) (step p C gam i w y)) <=
    qf (Lbar p) y - gam * (2%:R - gam * theta) * qf (Wmat p C) y + 0.
  by rewrite addr0; apply: longer_round.
have := rounds_lam c0 r 0%N v hl; rewrite addr0 => h.
rewrite -(pmulr_lge0 _ (pL.2 v nv)); apply: le_trans h.
by apply: E_ge0 => w; apply: (pd_psd pL).2.
Qed.

(* Noise: xi w z is what is added to g, of mean 0 given the sketches. *)
Variables (Z : fprob R) (xi : P -> Z -> 'cV[R]_d).
Hypothesis xi0 : forall w, EM (xi w) = 0.

(* Noise adds gamma^2 times its variance to a round. *)
Lemma noisy_round k x :
  E (fun z : pprod P Z => qf (Lbar p) (noisy_step p C xi gam k z x)) =
  E (fun w => qf (Lbar p) (step p C gam k w x)) + gam ^+ 2 * noise_var p xi.
Proof.
have sL := Lbar_sym p; rewrite E_prod /noise_var -EZ -ED; apply: eq_E => w.
rewrite (eq_E (G := fun z => qf (Lbar p) (step p C gam k w x)
   - gam * bf (Lbar p) (step p C gam k w x) (xi w z) *+ 2 + gam ^+ 2 * qf (Lbar p) (xi w z))).
  by rewrite ED EB E_cst EMn !EZ E_bfr xi0 bf0r mulr0 mul0rn subr0.
by move=> z; rewrite /noisy_step /= scalerDr opprD addrA -/(step p C gam k w x) (qfB _ _ sL) bfZr qfZ.
Qed.
(* ... so with (14): *)
Lemma noisy_longer_round delta2 k x : noise_var p xi <= delta2 ->
  E (fun z : pprod P Z => qf (Lbar p) (noisy_step p C xi gam k z x)) <=
  qf (Lbar p) x - gam * (2%:R - gam * theta) * qf (Wmat p C) x + gam ^+ 2 * delta2.
Proof.
move=> hd; rewrite noisy_round; apply: ler_add; first exact: longer_round.
by rewrite ler_wpmul2l ?sqr_ge0.
Qed.
(* ... and for gamma <= 1/theta: *)
Lemma noisy_le_round delta2 k x : noise_var p xi <= delta2 -> gam <= theta^-1 ->
  E (fun z : pprod P Z => qf (Lbar p) (noisy_step p C xi gam k z x)) <=
  qf (Lbar p) x - gam * qf (Wmat p C) x + gam ^+ 2 * delta2.
Proof.
move=> hd gt; rewrite noisy_round; apply: ler_add; last by rewrite ler_wpmul2l ?sqr_ge0.
exact: (one_round_le b0 g0 t0 gt pL h14).
Qed.

(* For claim noisy-theorem1, "gradients": noise whose aggregate has variance <= delta2 in the norm of L adds gamma delta2 to (15) *)
Theorem noisy_theorem1_gradients delta2 x0 K : noise_var p xi <= delta2 -> gam <= theta^-1 ->
  (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er (noisy_step p C xi gam) x0 k
    (fun x => qf (invmx (Lbar p) *m Wmat p C *m invmx (Lbar p)) (grad p x))) <=
  2%:R * (obj p x0 - Er (noisy_step p C xi gam) x0 K (obj p)) / (gam * K%:R) + gam * delta2.
Proof.
move=> hd gt K0.
have r k x := noisy_le_round k x hd gt.
have := rounds_gradients b0 pL g0 r x0 K0.
suff -> : gam ^+ 2 * delta2 / gam = gam * delta2 by [].
by field; rewrite gt_eqF.
Qed.

(* For claim noisy-theorem1, "iterates": (16) with gamma^2 delta2 (1 + r + ... + r^(K-1)) more, r = 1 - gamma lambda *)
Theorem noisy_theorem1_iterates delta2 lam x0 K : (0 < d)%N ->
  noise_var p xi <= delta2 -> gam <= theta^-1 -> lam *: Lbar p ⪯ Wmat p C ->
  Er (noisy_step p C xi gam) x0 K (fun x => qf (Lbar p) (x - xstar p)) <=
  (1 - gam * lam) ^+ K * qf (Lbar p) (x0 - xstar p)
  + gam ^+ 2 * delta2 * \sum_(j < K) (1 - gam * lam) ^+ j.
Proof.
move=> d0 hd gt hl.
have e x : qf (Lbar p) (x - xstar p) = qf (Lbar p) x by rewrite xstar0 // subr0.
rewrite (eq_Er _ _ _ e) e; apply: geometric_sum => [|k x]; last first.
  by apply: rounds_lam hl => // i y; apply: noisy_le_round.
pose v : 'cV[R]_d := delta_mx (Ordinal d0) 0.
have nv : v != 0.
  by apply/eqP => /matrixP/(_ (Ordinal d0) 0)/eqP; rewrite !mxE !eqxx oner_eq0.
have r i y : E (fun w => qf (Lbar p) (step p C gam i w y)) <=
    qf (Lbar p) y - gam * qf (Wmat p C) y + 0.
  by rewrite addr0; apply: (one_round_le b0 g0 t0 gt pL h14).
have := rounds_lam g0 r 0%N v hl; rewrite addr0 => h.
rewrite -(pmulr_lge0 _ (pL.2 v nv)); apply: le_trans h.
by apply: E_ge0 => w; apply: (pd_psd pL).2.
Qed.
End Longer.

(* The claim's delta^2: the noise of worker i has the covariance N_i, and the  *)
(* workers' noises are uncorrelated.                                           *)
Section WorkerNoise1.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P Q : fprob R) (C : sketches P n d) (xi : 'I_n -> Q -> 'cV[R]_d).
Hypothesis xi0 : forall i, EM (xi i) = 0.
Hypothesis unc : forall i j (M : 'M[R]_d), i != j -> E (fun z => bf M (xi i z) (xi j z)) = 0.
Definition covariance (i : 'I_n) : 'M[R]_d := EM (fun z => xi i z *m (xi i z)^T).
(* mean_i E tr(L C_i N_i C_i) / n. *)
Definition trace_delta2 : R :=
  n%:R^-1 * (\sum_i E (fun w => \tr (Lbar p *m C w i *m covariance i *m C w i))) / n%:R.

(* E ||xi_i||^2_M = tr(M N_i). *)
Lemma covariance_qf i (M : 'M[R]_d) : E (fun z => qf M (xi i z)) = \tr (M *m covariance i).
Proof.
rewrite /covariance -EM_mull /mxtrace.
under [RHS]eq_bigr do rewrite EM_E.
rewrite -E_sum; apply: eq_E => z.
rewrite mulmxA -/(\tr (M *m xi i z *m (xi i z)^T)) mxtrace_mulC /mxtrace big_ord1.
by rewrite mulmxA.
Qed.
(* So the variance after aggregation in the norm of L is the claim's delta^2. *)
Theorem trace_noise_var : noise_var p (aggregate C xi) = trace_delta2.
Proof.
rewrite (worker_noise_var p C unc) /trace_delta2 [RHS]mulrAC -expr2; congr (_ * _).
apply: eq_bigr => i _; rewrite covariance_qf -EM_mulr /mxtrace.
under eq_bigr do rewrite EM_E; rewrite -E_sum; apply: eq_E => w.
by rewrite -!/(\tr _) -!mulmxA mxtrace_mulC !mulmxA.
Qed.

Hypothesis b0 : forall i, bw p i = 0.
Hypothesis pL : pd (Lbar p).
Variables (theta gam : R).
Hypothesis (g0 : 0 < gam) (t0 : 0 < theta) (gt : gam <= theta^-1).
Hypothesis h14 : Qmat p C ⪯ theta *: Wmat p C.

(* CLAIM noisy-theorem1: with unbiased uncorrelated noise of covariances N_i at the workers both bounds of Theorem 1 hold with gamma delta^2 and gamma^2 delta^2 (1 + r + ... + r^(K-1)) more, delta^2 = (1/n) mean_i E tr(L C_i N_i C_i) *)
Theorem noisy_theorem1 lam x0 K : (0 < d)%N -> (0 < K)%N -> lam *: Lbar p ⪯ Wmat p C ->
  let st := noisy_step p C (aggregate C xi) gam in
  let r := 1 - gam * lam in
  K%:R^-1 * (\sum_(k < K) Er st x0 k
    (fun x => qf (invmx (Lbar p) *m Wmat p C *m invmx (Lbar p)) (grad p x))) <=
  2%:R * (obj p x0 - Er st x0 K (obj p)) / (gam * K%:R) + gam * trace_delta2 /\
  Er st x0 K (fun x => qf (Lbar p) (x - xstar p)) <=
  r ^+ K * qf (Lbar p) (x0 - xstar p) + gam ^+ 2 * trace_delta2 * \sum_(j < K) r ^+ j.
Proof.
move=> d0 K0 hl st r; have m := aggregate_mean C xi0.
have v : noise_var p (aggregate C xi) <= trace_delta2 by rewrite trace_noise_var.
split; first exact: (noisy_theorem1_gradients b0 pL g0 t0 h14 m x0 v gt K0).
exact: (noisy_theorem1_iterates b0 pL g0 t0 h14 m x0 K d0 v gt hl).
Qed.
End WorkerNoise1.

(* When (16) contracts.                                                        *)
Section Linear.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Implicit Types (v : 'cV[R]_d) (theta gam lam : R).
Local Notation EB := (EM (Bhat p C)).
Local Notation W := (Wmat p C).

(* lambda_min(W, L): the largest lambda with lambda L <= W. *)
Definition lam_min lam : Prop :=
  lam *: Lbar p ⪯ W /\ forall mu, mu *: Lbar p ⪯ W -> mu <= lam.

(* v^T W v = v^T L (E B) v. *)
Lemma qf_W v : qf W v = bf (Lbar p) v (EB *m v).
Proof.
have sB : sym EB by apply: sym_EM => w; apply: Bhat_sym.
rewrite Wmat_mean qfZm qfDm bf_mulr.
have -> : qf (EB *m Lbar p) v = qf (Lbar p *m EB) v.
  by rewrite -[LHS]qf_tr trmx_mul sB Lbar_sym.
by rewrite -/(qf _ _); field.
Qed.
(* The norm of the mean step is at most that of (14). *)
Lemma mean_le theta v : psd (Lbar p) -> Qmat p C ⪯ theta *: W ->
  qf (Lbar p) (EB *m v) <= theta * qf W v.
Proof.
move=> pL h; have := lle_qf v h; rewrite (qfZm _ theta); apply: le_trans.
have -> : qf (Qmat p C) v = E (fun w => qf (Lbar p) (Bhat p C w *m v)).
  by rewrite /Qmat -E_qfm; apply: eq_E => w; rewrite qf_mul Bhat_sym.
by rewrite -EM_mulr; apply: jensen.
Qed.
(* Under (14) a positive definite E B makes W positive definite. *)
Lemma EB_pd_W_pd theta : pd (Lbar p) -> 0 < theta -> Qmat p C ⪯ theta *: W ->
  pd EB -> pd W.
Proof.
move=> pL t0 h pB; split=> [|v nv]; first exact: Wmat_sym.
rewrite -(pmulr_rgt0 _ t0); apply: lt_le_trans (mean_le v (pd_psd pL) h).
apply: pL.2; apply: contra nv => /eqP z; apply/eqP.
by rewrite -[v](mulKmx (pd_unit pB)) z mulmx0.
Qed.
(* The other way, where the L_i are PSD: v^T (E B) v = 0 gives (E B) v = 0, *)
(* so v^T W v = 0. *)
Lemma W_pd_EB_pd : (forall i, psd (Lw p i)) -> pd W -> pd EB.
Proof.
move=> hL pW; have pB : psd EB by apply: psd_EM => w; apply: Bhat_psd.
split=> [|v nv]; first exact: pB.1.
rewrite lt_neqAle pB.2 andbT; apply/negP => /eqP z.
have cs := cauchy_schwarz (EB *m v) v pB; rewrite -z mulr0 in cs.
have e : bf EB (EB *m v) v = nrm2 (EB *m v).
  by rewrite bf_dot.
have n0 : nrm2 (EB *m v) = 0.
  by apply/eqP; rewrite -sqrf_eq0 -e eq_le cs sqr_ge0.
have B0 : EB *m v = 0.
  apply/eqP; apply/negPn/negP => /(pd1 R d).2; rewrite -/(nrm2 _) n0 ltxx.
  by [].
by have := pW.2 v nv; rewrite qf_W B0 bf0r ltxx.
Qed.
(* W is positive definite exactly when lambda L <= W for some lambda > 0: with *)
(* mu I <= W and L <= tr(L) I take lambda = mu/(tr(L) + 1). *)
Lemma lam_pos : pd (Lbar p) -> (exists2 lam, 0 < lam & lam *: Lbar p ⪯ W) <-> pd W.
Proof.
move=> pL; split=> [[lam l0 h]|pW].
  split=> [|v nv]; first exact: Wmat_sym.
  by have := lle_qf v h; rewrite qfZm; apply: lt_le_trans; rewrite mulr_gt0 // pL.2.
have sl a : sym (a *: Lbar p) by apply: symZ; apply: Lbar_sym.
have [dz|d0] := posnP d.
  exists 1; first exact: ltr01.
  apply/lleP => [||v]; [exact: sl|exact: Wmat_sym|].
  have -> : v = 0 by apply/matrixP => i; have := ltn_ord i; rewrite {2}dz.
  by rewrite !qf0.
have [mu mu0 hmu] := pd_lower pW d0; set t := \tr (Lbar p).
have hL v : qf (Lbar p) v <= t * nrm2 v.
  by rewrite -qf_scalar; apply: lle_qf (psd_le_trace (pd_psd pL)).
have tp : 0 <= t.
  have := le_trans ((pd_psd pL).2 _) (hL (delta_mx (Ordinal d0) 0)).
  by rewrite /nrm2 [qf 1%:M _]bf_delta mxE eqxx mulr1.
have t1 : 0 < t + 1 by rewrite ltr_paddl ?ltr01.
exists (mu / (t + 1)); first by rewrite divr_gt0.
apply/lleP => [||v]; [exact: sl|exact: Wmat_sym|].
apply: le_trans (hmu v); rewrite qfZm -mulrA ler_wpmul2l ?(ltW mu0) //.
rewrite mulrC ler_pdivr_mulr // mulrC.
by apply: le_trans (hL v) _; rewrite mulrDl mul1r ler_addl nrm2_ge0.
Qed.
(* So the factor 1 - gamma lambda_min is below 1 exactly when W is PD. *)
Lemma factor_below1 gam lam : pd (Lbar p) -> 0 < gam -> lam_min lam ->
  1 - gam * lam < 1 <-> pd W.
Proof.
move=> pL g0 [hl hm]; rewrite ltr_subl_addr ltr_addl pmulr_rgt0 //.
split=> [l0|/(lam_pos pL)[mu mu0 /hm]]; last exact: lt_le_trans.
by apply/(lam_pos pL); exists lam.
Qed.

(* For claim thm1-linear-exactly: under (14), with L positive definite and every L_i PSD, W is positive definite exactly when E B is *)
Theorem thm1_W_pd_exactly theta : (forall i, psd (Lw p i)) -> pd (Lbar p) -> 0 < theta ->
  Qmat p C ⪯ theta *: W -> pd W <-> pd EB.
Proof. by move=> hL pL t0 h; split=> [|pB]; [exact: W_pd_EB_pd|exact: EB_pd_W_pd h pB]. Qed.

(* CLAIM thm1-linear-exactly: under (14) the factor 1 - gamma lambda_min(W, L) of (16) is below 1 exactly where E B is positive definite *)
Theorem thm1_linear_exactly theta gam lam : (forall i, psd (Lw p i)) -> pd (Lbar p) ->
  0 < theta -> Qmat p C ⪯ theta *: W -> 0 < gam -> lam_min lam ->
  1 - gam * lam < 1 <-> pd EB.
Proof.
move=> hL pL t0 h g0 hl; have f := factor_below1 pL g0 hl.
by split=> [/f.1/(thm1_W_pd_exactly hL pL t0 h)|/(thm1_W_pd_exactly hL pL t0 h)/f.2].
Qed.
End Linear.

(* The same without "every L_i is PSD", over an archimedean field.             *)
(* Let u -> A u with A = I - E B/theta.  Were v^T (E B) v <= 0, then ||A^k v|| *)
(* would not decrease (it is convex in k, and its first step is not down),     *)
(* while ||A^k v||^2_L would go down by a fixed amount in every step.          *)
Section LinearArchi.
Variables (R : archiFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Implicit Types (v : 'cV[R]_d) (theta gam lam : R).
Local Notation EB := (EM (Bhat p C)).
Local Notation W := (Wmat p C).

(* Under (14) a positive definite W makes E B positive definite. *)
Lemma W_pd_EB_pd_archi theta : pd (Lbar p) -> 0 < theta ->
  Qmat p C ⪯ theta *: W -> pd W -> pd EB.
Proof.
move=> pL t0 h pW.
have sB : sym EB by apply: sym_EM => w; apply: Bhat_sym.
split=> // v nv; rewrite ltNge; apply/negP => vB.
have d0 : (0 < d)%N.
  rewrite lt0n; apply: contra nv => /eqP dz; apply/eqP/matrixP => i.
  by have := ltn_ord i; rewrite {2}dz.
have [mu mu0 hmu] := pd_lower pW d0.
pose A x : 'cV[R]_d := x - theta^-1 *: (EB *m x).
pose u k := iter k A v.
have ti : 0 < theta^-1 by rewrite invr_gt0.
have Aself x y : dot (A x) y = dot x (A y).
  by rewrite /dot /A bfBl bfBr bfZl bfZr bf_mull bf_mulr mulmx1 mul1mx sB.
have c1 : nrm2 (u 0%N) <= nrm2 (u 1%N).
  rewrite /u /= /A /nrm2 (qfB _ _ (sym1 R d)) bfZr qfZ -/(nrm2 _) -/(nrm2 (_ *m _)).
  rewrite bf_mulr mul1mx -/(qf EB v) -addrA ler_addl addr_ge0 //.
    by rewrite oppr_ge0 mulrn_wle0 // pmulr_rle0.
  by rewrite mulr_ge0 ?sqr_ge0 ?nrm2_ge0.
have cx k : nrm2 (u k.+1) *+ 2 <= nrm2 (u k.+2) + nrm2 (u k).
  have : 0 <= nrm2 (u k.+2 - u k) by apply: nrm2_ge0.
  rewrite /nrm2 (qfB _ _ (sym1 R d)) -/(dot (u k.+2) (u k)).
  have -> : dot (u k.+2) (u k) = nrm2 (u k.+1) by rewrite [u k.+2]/= Aself.
  by rewrite -/(nrm2 _) addrAC subr_ge0.
have cm k : nrm2 (u k) <= nrm2 (u k.+1).
  elim: k => // k ih; have := cx k; rewrite mulr2n => hc.
  by rewrite -(ler_add2r (nrm2 (u k))); apply: le_trans hc; rewrite ler_add2l.
have c0 k : nrm2 v <= nrm2 (u k).
  by elim: k => // k ih; apply: le_trans (cm k).
have qd k : qf (Lbar p) (u k.+1) <= qf (Lbar p) (u k) - theta^-1 * mu * nrm2 v.
  have m := mean_le (u k) (pd_psd pL) h.
  have : qf (Lbar p) (u k.+1) <= qf (Lbar p) (u k) - theta^-1 * qf W (u k).
    rewrite [u k.+1]/= /A (qfB _ _ (Lbar_sym p)) bfZr qfZ -qf_W -subr_ge0.
    have -> : qf (Lbar p) (u k) - theta^-1 * qf W (u k) - (qf (Lbar p) (u k) -
       theta^-1 * qf W (u k) *+ 2 + theta^-1 ^+ 2 * qf (Lbar p) (EB *m u k)) =
       theta^-1 ^+ 2 * (theta * qf W (u k) - qf (Lbar p) (EB *m u k)).
      by field; rewrite gt_eqF.
    by rewrite mulr_ge0 ?sqr_ge0 // subr_ge0.
  move=> /le_trans; apply; rewrite ler_add2l ler_opp2 -mulrA ler_wpmul2l ?(ltW ti) //.
  by apply: le_trans (hmu (u k)); rewrite ler_wpmul2l ?(ltW mu0).
have qk k : qf (Lbar p) (u k) <= qf (Lbar p) v - k%:R * (theta^-1 * mu * nrm2 v).
  elim: k => [|k ih]; first by rewrite mul0r subr0.
  apply: le_trans (qd k) _; rewrite mulrSr mulrDl mul1r opprD addrA.
  by rewrite ler_add2r.
have s0 : 0 < theta^-1 * mu * nrm2 v by rewrite !mulr_gt0 // (pd1 R d).2.
have b := archi_boundP (divr_ge0 ((pd_psd pL).2 v) (ltW s0)).
set k := Num.bound _ in b; have := le_trans ((pd_psd pL).2 _) (qk k).
by rewrite subr_ge0 -ler_pdivl_mulr // leNgt b.
Qed.

(* For claim thm1-linear-exactly: W is positive definite exactly when E B is, for arbitrary symmetric L_i *)
Theorem thm1_W_pd_exactly_archi theta : pd (Lbar p) -> 0 < theta ->
  Qmat p C ⪯ theta *: W -> pd W <-> pd EB.
Proof.
by move=> pL t0 h; split=> [|pB]; [exact: W_pd_EB_pd_archi h|exact: EB_pd_W_pd h pB].
Qed.
(* For claim thm1-linear-exactly, for arbitrary symmetric L_i. *)
Theorem thm1_linear_exactly_archi theta gam lam : pd (Lbar p) ->
  0 < theta -> Qmat p C ⪯ theta *: W -> 0 < gam -> lam_min p C lam ->
  1 - gam * lam < 1 <-> pd EB.
Proof.
move=> pL t0 h g0 hl; have f := factor_below1 pL g0 hl.
by split=> [/f.1/(thm1_W_pd_exactly_archi pL t0 h)|/(thm1_W_pd_exactly_archi pL t0 h)/f.2].
Qed.
End LinearArchi.

(* One worker, L = Diag(1, 2), and a sketch that never takes coordinate 1.     *)
Section LinearRefuted.
Variable R : realFieldType.
Definition never_problem : problem R 1 2 :=
  Problem (fun _ => 0) (fun _ : 'I_1 => m2_sym 1 0 (2%:R : R)).
Definition never_sketch : sketches (punit R) 1 2 :=
  Sketches (fun (_ : punit R) (_ : 'I_1) => m2_sym 0 0 (1 : R)).

(* Diag(a, b) Diag(a', b') = Diag(a a', b b'). *)
Lemma m2_mul_diag (a b a' b' : R) : m2 a 0 b *m m2 a' 0 b' = m2 (a * a') 0 (b * b').
Proof.
apply/matrixP=> i j; rewrite mxE sum2 !mxE.
by case: (ord2 i) => ->; case: (ord2 j) => -> /=; rewrite ?mulr0 ?mul0r ?addr0 ?add0r.
Qed.
(* Diagonals add up and scale. *)
Lemma m2D (a c b a' c' b' : R) : m2 a c b + m2 a' c' b' = m2 (a + a') (c + c') (b + b').
Proof. by apply/matrixP=> i j; rewrite !mxE; case: ifP => // _; case: ifP. Qed.
(* ... entry by entry. *)
Lemma m2Z (t a c b : R) : t *: m2 a c b = m2 (t * a) (t * c) (t * b).
Proof. by apply/matrixP=> i j; rewrite !mxE; case: ifP => // _; case: ifP. Qed.
(* L = Diag(1, 2), *)
Lemma never_L : Lbar never_problem = m2 1 0 2%:R.
Proof. by rewrite /Lbar avg_cst. Qed.
(* B = Diag(0, 2), *)
Lemma never_B w : Bhat never_problem never_sketch w = m2 0 0 2%:R.
Proof.
rewrite /Bhat (eq_avg (G := fun=> m2 0 0 2%:R)) ?avg_cst // => i /=.
by rewrite !m2_mul_diag !mul0r mul1r mulr1.
Qed.
(* W = Diag(0, 4), *)
Lemma never_W : Wmat never_problem never_sketch = m2 0 0 4%:R.
Proof.
rewrite Wmat_mean never_L (eq_EM never_B) EM_cst !m2_mul_diag m2D m2Z.
by congr m2; [ring|ring|field].
Qed.
(* Q = Diag(0, 8). *)
Lemma never_Q : Qmat never_problem never_sketch = m2 0 0 8%:R.
Proof.
rewrite /Qmat (eq_EM (G := fun=> m2 0 0 8%:R)) ?EM_cst // => w.
by rewrite never_B never_L !m2_mul_diag mulr1 mul0r; congr m2; ring.
Qed.

(* CLAIM thm1-linear: refuted: with one worker, L = Diag(1, 2) and C = Diag(0, 1) all hypotheses of Theorem 1 hold (theta = 2), W is singular, and the factor 1 - gamma lambda is 1 or more for every lambda with lambda L <= W, and 1 for the largest such lambda, which is 0 *)
Theorem thm1_linear_refuted : exists (n d : nat) (p : problem R n d) (P : fprob R)
    (C : sketches P n d) (theta : R),
  [/\ forall i, bw p i = 0, forall i, psd (Lw p i), pd (Lbar p), psd (Wmat p C) &
   [/\ 0 < theta, Qmat p C ⪯ theta *: Wmat p C, lam_min p C 0, ~ pd (Wmat p C) &
    forall gam lam, 0 < gam -> gam <= theta^-1 -> lam *: Lbar p ⪯ Wmat p C -> 1 <= 1 - gam * lam]].
Proof.
exists 1%N, 2%N, never_problem, (punit R), never_sketch, 2%:R.
have pL : pd (m2 1 0 2%:R : 'M[R]_2).
  by apply: m2_pd; rewrite ?ltr01 // expr0n /= mul1r ltr0n.
have pW : psd (m2 0 0 4%:R : 'M[R]_2).
  by apply/m2_psd; split; rewrite ?ler0n // expr0n /= mul0r.
have hm lam : lam *: Lbar never_problem ⪯ Wmat never_problem never_sketch -> lam <= 0.
  move=> /(lle_qf (v2 1 0)); rewrite never_L never_W qfZm !m2_qf !mxE /=.
  by rewrite expr1n expr0n /= !mulr0 !mul0r !mul0rn !addr0 !mulr1.
split; [by []|by move=> i; exact: (pd_psd pL)|by rewrite never_L|by rewrite never_W|].
split=> //; first by rewrite ltr0n.
- rewrite never_Q never_W m2Z !mulr0 -natrM; exact: lle_refl.
- by split=> //; rewrite /lle scale0r subr0 never_W.
- move=> [_ h]; have nv : v2 1 0 != 0 :> 'cV[R]_2.
    by apply/eqP => /matrixP/(_ 0 0)/eqP; rewrite !mxE oner_eq0.
  have := h _ nv; rewrite never_W m2_qf !mxE /= expr0n /=.
  by rewrite !mulr0 !mul0r mul0rn !addr0 ltxx.
move=> gam lam g0 _ /hm l0; rewrite ler_addl oppr_ge0.
by rewrite pmulr_rle0.
Qed.
End LinearRefuted.
