(* Gradient noise at the workers: worker i returns grad f_i + xi_i, and the    *)
(* server sees (1/n) sum_i C_i xi_i.  What Theorem 2 gains is exactly gamma    *)
(* times E||(1/n) sum_i C_i xi_i||^2 in the norm of L, which for uncorrelated  *)
(* workers is (1/n^2) sum_i E||xi_i||^2 in the norm of E[C_i L C_i].           *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting averaging theorem1 section4 noise.
From Istcheck Require Import perm_expectation own scaled scaled_readings interpolation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* Two finite expectations can be exchanged. *)
Lemma E_exchange (R : realFieldType) (P Q : fprob R) (F : P -> Q -> R) :
  E (fun w => E (F w)) = E (fun z => E (fun w => F w z)).
Proof.
rewrite /E; under eq_bigr do rewrite mulr_sumr; rewrite exchange_big /=.
apply: eq_bigr => z _; rewrite mulr_sumr; apply: eq_bigr => w _; exact: mulrCA.
Qed.

Section WorkerNoise.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P Q : fprob R) (C : sketches P n d) (xi : 'I_n -> Q -> 'cV[R]_d).
(* Unbiased, and uncorrelated between workers. *)
Hypothesis xi0 : forall i, EM (xi i) = 0.
Hypothesis unc : forall i j (M : 'M[R]_d), i != j -> E (fun z => bf M (xi i z) (xi j z)) = 0.
Definition aggregate (w : P) (z : Q) : 'cV[R]_d := avg (fun i => C w i *m xi i z).

(* The aggregate of noises of mean 0 has mean 0. *)
Lemma aggregate_mean w : EM (aggregate w) = 0.
Proof.
rewrite /aggregate EM_avg (eq_avg (G := fun _ => 0)) => [|i]; last by rewrite EM_mull xi0 mulmx0.
by rewrite avg_def big1 ?scaler0.
Qed.

(* The variance of the aggregate, worker by worker. *)
Theorem worker_noise_var : noise_var p aggregate =
  n%:R^-1 ^+ 2 * \sum_i E (fun z => qf (EM (fun w => C w i *m Lbar p *m C w i)) (xi i z)).
Proof.
have e w : E (fun z => qf (Lbar p) (aggregate w z)) =
    n%:R^-1 ^+ 2 * \sum_i E (fun z => qf (C w i *m Lbar p *m C w i) (xi i z)).
  rewrite -E_sum -EZ.
  have -> : E (fun z => qf (Lbar p) (aggregate w z)) = n%:R^-1 ^+ 2 *
      \sum_i \sum_j E (fun z => bf (C w i *m Lbar p *m C w j) (xi i z) (xi j z)).
    under eq_bigr do rewrite -E_sum; rewrite -E_sum -EZ; apply: eq_E => z.
    rewrite /aggregate avg_def qfZ; congr (_ * _); rewrite /qf bf_suml; apply: eq_bigr => i _.
    rewrite bf_sumr; apply: eq_bigr => j _.
    by rewrite bf_mull bf_mulr Cw_sym.
  rewrite EZ E_sum; congr (_ * _); apply: eq_bigr => i _.
  by rewrite (bigD1 i) //= big1 ?addr0 // => j nj; rewrite unc // eq_sym.
rewrite /noise_var (eq_E e) EZ E_sum; congr (_ * _); apply: eq_bigr => i _.
rewrite E_exchange; apply: eq_E => z; exact: E_qfm.
Qed.

(* CLAIM noisy-gradients: unbiased worker noise ξ_i adds γ·E‖(1/n) Σ C_iξ_i‖²_L̄ to the bound of (sharp) Theorem 2, no less, and this is (1/n²) Σ_i E‖ξ_i‖²_{E[C_iL̄C_i]} for uncorrelated workers; the reading "γδ² with δ² the variance at the worker" is false in the norm of L̄ and in the Euclidean norm, whatever factor stands before ‖h‖²_L̄, so for the printed bound too *)
Theorem worker_noise_theorem2 gam delta2 x0 K : pd (Lbar p) -> (forall w, Bhat p C w = 1%:M) ->
  n%:R^-1 ^+ 2 * (\sum_i E (fun z => qf (EM (fun w => C w i *m Lbar p *m C w i)) (xi i z))) <= delta2 ->
  0 < gam -> gam <= 1 -> (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er (noisy_step p C aggregate gam) x0 k (err p)) <=
  2%:R * (obj p x0 - Er (noisy_step p C aggregate gam) x0 K (obj p)) / (gam * K%:R)
  + qf (Lbar p) (bias p C) + gam * variance p C + gam * delta2.
Proof.
move=> pL BI; rewrite -worker_noise_var => hd.
exact: (noisy_theorem2 pL BI aggregate_mean).
Qed.
End WorkerNoise.

(* Tightness: started at xinf with K = 1 the bound holds only for delta2 at     *)
(* least the aggregated variance, whatever gamma and the factor of ||h||^2 = 0 is. *)
Section Tight.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P Q : fprob R) (C : sketches P n d) (xi : P -> Q -> 'cV[R]_d).
Hypothesis (pL : pd (Lbar p)) (BI : forall w, Bhat p C w = 1%:M).
Hypothesis xi0 : forall w, EM (xi w) = 0.
(* From x^0 = x^inf and with K = 1 the bound with the exact variance of the noise is an equality, *)
Theorem noise_tight gam : gam != 0 ->
  Er (noisy_step p C xi gam) (xinf p C) 0 (err p) =
  2%:R * (obj p (xinf p C) - Er (noisy_step p C xi gam) (xinf p C) 1 (obj p)) / (gam * 1%:R)
  + qf (Lbar p) (bias p C) + gam * variance p C + gam * noise_var p xi.
Proof.
move=> g0; have sL := Lbar_sym p.
have e0 : err p (xinf p C) = qf (Lbar p) (bias p C).
  by rewrite (errE pL) -qfN opprB.
have e1 : E (fun z : pprod P Q => err p (noisy_step p C xi gam 0 z (xinf p C))) =
    qf (Lbar p) (bias p C) + gam ^+ 2 * (variance p C + noise_var p xi).
  rewrite -(noisy_var p C xi0) -e0 (errE pL).
  have := @av_round R d (pprod P Q) (noisy_target p C xi) (Lbar p) sL
    (fun _ => gam) 0 (xinf p C) (xstar p).
  rewrite (noisy_mean p C xi0) subrr scaler0 add0r => <-.
  by apply: eq_E => z; rewrite (errE pL) noisy_av.
have o1 : Er (noisy_step p C xi gam) (xinf p C) 1 (obj p) =
    2%:R^-1 * (qf (Lbar p) (bias p C) + gam ^+ 2 * (variance p C + noise_var p xi)) + obj p (xstar p).
  rewrite -e1 (eq_Er _ _ _ (obj_err pL)) ErD ErZ Er_cst.
  by [].
rewrite o1 [Er _ _ 0 _]/= (obj_err pL (xinf p C)) e0.
move: (qf _ _) (variance _ _) (noise_var _ _) (obj _ _) => u v y t.
by field.
Qed.
(* ... so no smaller delta^2 will do. *)
Corollary noise_least gam delta2 : 0 < gam ->
  Er (noisy_step p C xi gam) (xinf p C) 0 (err p) <=
  2%:R * (obj p (xinf p C) - Er (noisy_step p C xi gam) (xinf p C) 1 (obj p)) / (gam * 1%:R)
  + qf (Lbar p) (bias p C) + gam * variance p C + gam * delta2 ->
  noise_var p xi <= delta2.
Proof. by move=> g0; rewrite (noise_tight (lt0r_neq0 g0)) ler_add2l ler_pmul2l. Qed.
End Tight.

(* One noisy worker with a fair sign: xi_i0 = +v or -v. *)
Section OneNoisy.
Variables (R : realFieldType) (n d : nat) (i0 : 'I_n) (v : 'cV[R]_d).
Definition sign_noise (i : 'I_n) (z : coin R) : 'cV[R]_d :=
  if i == i0 then (if z then v else - v) else 0.
(* The expectation over a coin is the mean of two values. *)
Lemma coin_E (F : bool -> R) : @E R (coin R) F = 2%:R^-1 * (F true + F false).
Proof. by rewrite E_uniform card_bool big_bool. Qed.
(* The noise +v or -v of one worker has mean 0, *)
Lemma sign_mean i : EM (sign_noise i) = 0.
Proof.
apply/matrixP=> a b; rewrite EM_E coin_E /sign_noise [RHS]mxE.
by case: eqP => _; rewrite !mxE ?subrr ?addr0 mulr0.
Qed.
(* ... is uncorrelated with that of the other workers, which have none, *)
Lemma sign_unc i j (M : 'M[R]_d) : i != j ->
  @E R (coin R) (fun z => bf M (sign_noise i z) (sign_noise j z)) = 0.
Proof.
move=> nij; rewrite coin_E /sign_noise; have [e|_] := eqVneq i i0.
  by rewrite -e [j == i]eq_sym (negPf nij) !bf0r addr0 mulr0.
by rewrite !bf0l addr0 mulr0.
Qed.
(* ... and has the second moment ||v||^2_M. *)
Lemma sign_qf i (M : 'M[R]_d) :
  @E R (coin R) (fun z => qf M (sign_noise i z)) = if i == i0 then qf M v else 0.
Proof.
rewrite coin_E /sign_noise; case: eqP => _; last by rewrite !qf0 addr0 mulr0.
by rewrite qfN; field.
Qed.
End OneNoisy.

(* Scaled Perm-1: worker i's noise counts in the norm of D_i^{-1} Diag(L).     *)
Section Scaled.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (r : R) (s : 'I_n -> 'I_n -> R).
Hypothesis (rE : r ^+ 2 = n%:R) (sE : forall i a, s i a ^+ 2 * Lw p i a a = 1).
(* Scaled Perm-1: the variance after aggregation is (1/n^2) sum_i E sum_a (L_aa / (L_i)_aa) xi_ia^2. *)
Theorem scaled_noise_var (Q : fprob R) (xi : 'I_n -> Q -> 'cV[R]_n) :
  (forall i j (M : 'M[R]_n), i != j -> E (fun z => bf M (xi i z) (xi j z)) = 0) ->
  noise_var p (aggregate (scaled r s) xi) = n%:R^-1 ^+ 2 *
    \sum_i E (fun z => \sum_a (Lw p i a a)^-1 * Lbar p a a * xi i z a 0 ^+ 2).
Proof.
move=> unc; rewrite (worker_noise_var p (scaled r s) unc); congr (_ * _).
apply: eq_bigr => i _; apply: eq_E => z; rewrite scaled_sandwich // qf_dg.
apply: eq_bigr => a _; congr (_ * _ * _).
have nz : Lw p i a a != 0 by apply: contra_eq_neq (sE i a) => ->; rewrite mulr0 eq_sym oner_neq0.
by apply: (mulIf nz); rewrite sE mulVf.
Qed.
(* Equal L_i with unit diagonal: variance <= delta^2 at each worker, Euclidean, *)
(* adds at most gamma delta^2 / n.                                             *)
Theorem homogeneous_noise_var (Q : fprob R) (xi : 'I_n -> Q -> 'cV[R]_n) delta2 :
  (forall i j (M : 'M[R]_n), i != j -> E (fun z => bf M (xi i z) (xi j z)) = 0) ->
  (forall i a, Lw p i a a = 1) -> (forall i, E (fun z => nrm2 (xi i z)) <= delta2) -> (0 < n)%N ->
  noise_var p (aggregate (scaled r s) xi) <= delta2 / n%:R.
Proof.
move=> unc d1 hd n0; rewrite scaled_noise_var //.
have np : 0 < (n%:R : R) by rewrite ltr0n.
have L1 a : Lbar p a a = 1.
  rewrite avgE (eq_bigr (fun _ => 1)) // sumr_const card_ord mulVf //.
  by rewrite gt_eqF.
apply: le_trans (_ : n%:R^-1 ^+ 2 * (\sum_(i < n) delta2) <= _).
  apply: ler_wpmul2l; first exact: sqr_ge0.
  apply: ler_sum => i _; apply: le_trans (hd i); apply: E_le => z; rewrite nrm2E.
  by apply: ler_sum => a _; rewrite L1 d1 invr1 !mul1r.
rewrite sumr_const card_ord -[delta2 *+ _]mulr_natl.
have -> : n%:R^-1 ^+ 2 * (n%:R * delta2) = delta2 / n%:R by field; rewrite gt_eqF.
exact: lexx.
Qed.
End Scaled.

(* Two refutations of "delta^2 at the worker adds gamma delta^2".              *)
Section Readings.
Variable R : realFieldType.
(* n = d = 1, L = 1/4: in the norm of L the worker's variance is 1/4, the      *)
(* aggregate's is 1.                                                           *)
Definition quarter : problem R 1 1 :=
  Problem (fun _ => 0) (fun _ : 'I_1 => tr_scalar_mx 1 (4%:R^-1 : R)).
(* An instance with B = I in which the variance at the worker in the norm of *)
(* L is 1/4 and that of the aggregate is 1. *)
Theorem worker_norm_L : let xi := sign_noise 0 (const_mx 1 : 'cV[R]_1) in
  let C := scaled (1 : R) (fun _ _ : 'I_1 => 2%:R) in
  [/\ forall w, Bhat quarter C w = 1%:M, pd (Lbar quarter),
      @E R (coin R) (fun z => qf (Lbar quarter) (xi 0 z)) = 4%:R^-1 &
      noise_var quarter (aggregate C xi) = 1].
Proof.
move=> xi C; have L4 : Lbar quarter = 4%:R^-1%:M by rewrite /Lbar avg_cst.
have rE : (1 : R) ^+ 2 = 1%:R by rewrite expr1n.
have sE (i a : 'I_1) : (2%:R : R) ^+ 2 * Lw quarter i a a = 1.
  by rewrite /= mxE !ord1 eqxx mulr1n; field.
have n1 : nrm2 (const_mx 1 : 'cV[R]_1) = 1 by rewrite nrm2E big_ord1 mxE expr1n.
split; first exact: (scaled_B rE sE).
- by rewrite L4 -scalemx1; apply: pdZ (pd1 R 1); rewrite invr_gt0 ltr0n.
- by rewrite sign_qf eqxx L4 qf_scalar n1 mulr1.
rewrite (worker_noise_var quarter C (sign_unc 0 _)) big_ord1 sign_qf eqxx.
rewrite scaled_sandwich // qf_dg big_ord1 L4 !mxE eqxx /= mulr1n invr1 !expr1n mul1r mulr1.
by field.
Qed.
(* n = d = 2, L_1 = I/9, L_2 = I, noise of variance 1 at worker 1 only: the    *)
(* aggregate's variance is 5/4 > 1.                                            *)
Definition ninth_L (i : 'I_2) : R := if i == 0 then 9%:R^-1 else 1.
Definition ninth : problem R 2 2 :=
  Problem (fun _ => 0) (fun i : 'I_2 => tr_scalar_mx 2 (ninth_L i)).
(* An instance with B = I in which the squared Euclidean norm at the worker *)
(* is 1 and the variance of the aggregate is 5/4. *)
Theorem worker_norm_euclid (r : R) : r ^+ 2 = 2%:R ->
  let xi := sign_noise 0 (delta_mx 0 0 : 'cV[R]_2) in
  let C := scaled r (fun i _ : 'I_2 => if i == 0 then 3%:R else 1) in
  [/\ forall w, Bhat ninth C w = 1%:M, pd (Lbar ninth),
      forall i, @E R (coin R) (fun z => nrm2 (xi i z)) <= 1 &
      noise_var ninth (aggregate C xi) = 5%:R / 4%:R].
Proof.
move=> rE xi C.
have L5 : Lbar ninth = (5%:R / 9%:R)%:M.
  rewrite /Lbar avg_def !big_ord_recl big_ord0 addr0 /= -raddfD /= scale_scalar_mx.
  by congr _%:M; rewrite /ninth_L /=; field.
have sE (i a : 'I_2) : (if i == 0 then 3%:R else 1 : R) ^+ 2 * Lw ninth i a a = 1.
  by rewrite /= mxE eqxx mulr1n /ninth_L; case: eqP => _; field.
have n1 : nrm2 (delta_mx 0 0 : 'cV[R]_2) = 1 by rewrite /nrm2 [qf _ _]bf_delta mxE eqxx.
split; first exact: (scaled_B rE sE).
- by rewrite L5 -scalemx1; apply: pdZ (pd1 R 2); rewrite divr_gt0 ?ltr0n.
- by move=> i; rewrite sign_qf -/(nrm2 _) n1; case: eqP; rewrite ?ler01.
rewrite (worker_noise_var ninth C (sign_unc 0 _)) (bigD1 ord0) //= big1 ?addr0 => [|i ni].
  rewrite sign_qf eqxx scaled_sandwich // L5 [qf _ _]bf_delta dgE eqxx mxE eqxx mulr1n.
  by field.
by rewrite sign_qf (negPf ni).
Qed.

(* The bound with the worker's variance delta^2 in place of the aggregate's; kappa stands before ||h||^2, *)
(* so kappa = 1 is the sharp Theorem 2 and kappa = 2 (1 - gamma)/beta + gamma the printed one.           *)
Definition worker_bound n d (p : problem R n d) (P Q : fprob R) (C : sketches P n d)
    (xi : 'I_n -> Q -> 'cV[R]_d) kappa gam delta2 : Prop := forall x0 K, (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er (noisy_step p C (aggregate C xi) gam) x0 k (err p)) <=
  2%:R * (obj p x0 - Er (noisy_step p C (aggregate C xi) gam) x0 K (obj p)) / (gam * K%:R)
  + kappa * qf (Lbar p) (bias p C) + gam * variance p C + gam * delta2.
(* Where every b_i is 0 there is no bias. *)
Lemma bias_interpolation n d (p : problem R n d) (P : fprob R) (C : sketches P n d) :
  (forall i, bw p i = 0) -> bias p C = 0.
Proof.
move=> b0; rewrite /bias /xstar /xinf (eq_EM (G := fun=> 0)) => [|w].
  rewrite EM_cst subr0 /bbar avg_def big1 ?scaler0 ?mulmx0 // => i _; exact: b0.
by rewrite /Cb avg_def big1 ?scaler0 // => i _; rewrite b0 mulmx0.
Qed.
(* If the bound holds with delta^2 for all starts and K, and b = 0, then delta^2 is at *)
(* least the variance of the aggregate, whatever stands before ||h||^2. *)
Lemma worker_bound_least n d (p : problem R n d) (P Q : fprob R) (C : sketches P n d)
    (xi : 'I_n -> Q -> 'cV[R]_d) kappa gam delta2 : pd (Lbar p) -> (forall w, Bhat p C w = 1%:M) ->
  (forall i, EM (xi i) = 0) -> (forall i, bw p i = 0) -> 0 < gam ->
  worker_bound p C xi kappa gam delta2 -> noise_var p (aggregate C xi) <= delta2.
Proof.
move=> pL BI xi0 b0 g0 /(_ (xinf p C) 1%N isT); rewrite big_ord1 invr1 mul1r => h.
apply: (noise_least pL BI (aggregate_mean C xi0) g0); move: h.
by rewrite bias_interpolation // qf0 mulr0.
Qed.
(* So on the two instances the bound with the variance at the worker is false, in either norm, *)
(* for the printed Theorem 2 as for the sharp one. *)
Theorem worker_reading_refuted kappa gam (r : R) : 0 < gam -> r ^+ 2 = 2%:R ->
  ~ worker_bound quarter (scaled (1 : R) (fun _ _ : 'I_1 => 2%:R))
      (sign_noise 0 (const_mx 1 : 'cV[R]_1)) kappa gam 4%:R^-1 /\
  ~ worker_bound ninth (scaled r (fun i _ : 'I_2 => if i == 0 then 3%:R else 1))
      (sign_noise 0 (delta_mx 0 0 : 'cV[R]_2)) kappa gam 1.
Proof.
move=> g0 rE; have [B1 p1 _ v1] := worker_norm_L; have [B2 p2 _ v2] := worker_norm_euclid rE.
split=> h.
  have := worker_bound_least p1 B1 (sign_mean 0 _) (fun=> erefl) g0 h; rewrite v1 leNgt.
  by rewrite invf_lt1 ?ltr0n // ltr1n.
have := worker_bound_least p2 B2 (sign_mean 0 _) (fun=> erefl) g0 h; rewrite v2 leNgt.
by rewrite ltr_pdivl_mulr ?ltr0n // mul1r ltr_nat.
Qed.
End Readings.
