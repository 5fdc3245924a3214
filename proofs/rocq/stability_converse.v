(* The converse of the stability criterion: when the map is mean-square stable, *)
(* a positive definite S with positive definite S - E[A^T S A] exists (a finite *)
(* sum, over any real field), and S - E[A^T S A] = I has exactly one solution   *)
(* (over an archimedean field).  So one linear solve decides stability.         *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting stability.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Pull.
Variables (R : realFieldType) (d : nat) (P : fprob R) (A : P -> 'M[R]_d).

(* The operator M |-> E[A^T M A] and its powers. *)
Definition pull (M : 'M[R]_d) : 'M[R]_d := EM (fun w => (A w)^T *m M *m A w).
Definition pulls k M := iter k pull M.

(* Two trajectories with the same draws, without the constant terms. *)
Definition lin_pair (k : nat) w (z : 'cV[R]_d * 'cV[R]_d) := (A w *m z.1, A w *m z.2).

(* gap M = M - E[A^T M A]. *)
Lemma gapE M : gap A M = M - pull M. Proof. by []. Qed.
(* E (A u)^T M (A v) = u^T E[A^T M A] v. *)
Lemma pull_bf M u v : E (fun w => bf M (A w *m u) (A w *m v)) = bf (pull M) u v.
Proof. by rewrite -E_bfm; apply: eq_E => w; rewrite bf_mull bf_mulr. Qed.
(* E <x^k, M y^k> for two trajectories from u and v is <u, T^k(M) v>. *)
Lemma Er_pulls k M u v :
  Er lin_pair (u, v) k (fun z => bf M z.1 z.2) = bf (pulls k M) u v.
Proof.
elim: k M => //= k ih M; rewrite -[pull (pulls k M)]/(pulls k.+1 M) /pulls iterSr -/(pulls k _).
by rewrite -ih; apply: eq_Er => z; rewrite -pull_bf.
Qed.
(* The first of the two runs is a run, *)
Lemma Er_first k u v F : Er lin_pair (u, v) k (fun z => F z.1) = Er (lin_step A) u k F.
Proof. by elim: k F => //= k ih F; rewrite -ih. Qed.
(* ... and so is the second. *)
Lemma Er_second k u v F : Er lin_pair (u, v) k (fun z => F z.2) = Er (lin_step A) v k F.
Proof. by elim: k F => //= k ih F; rewrite -ih. Qed.
(* E||x^k||^2_M is the form of the k-th image of M. *)
Lemma Er_qf k M u : Er (lin_step A) u k (qf M) = qf (pulls k M) u.
Proof.
elim: k M => //= k ih M; rewrite -[pull (pulls k M)]/(pulls k.+1 M) /pulls iterSr -/(pulls k _).
by rewrite -ih; apply: eq_Er => x; rewrite /qf -pull_bf.
Qed.

(* M -> E[A^T M A] keeps matrices PSD, *)
Lemma pull_psd M : psd M -> psd (pull M).
Proof. by move=> pM; apply: psd_EM => w; apply: psd_congr. Qed.
(* ... and so do its powers; *)
Lemma pulls_psd k M : psd M -> psd (pulls k M).
Proof. by move=> pM; elim: k => //= k; apply: pull_psd. Qed.
(* it is additive, *)
Lemma pullD M N : pull (M + N) = pull M + pull N.
Proof. by rewrite /pull -EMD; apply: eq_EM => w; rewrite mulmxDr mulmxDl. Qed.
(* ... also over finite sums. *)
Lemma pull_sum (I : finType) (F : I -> 'M[R]_d) : pull (\sum_i F i) = \sum_i pull (F i).
Proof.
rewrite /pull -EM_sum; apply: eq_EM => w.
by rewrite mulmx_sumr mulmx_suml.
Qed.
(* The gap of the transpose is the transpose of the gap. *)
Lemma gap_tr M : gap A M^T = (gap A M)^T.
Proof.
rewrite !gapE linearB /= /pull -EM_tr; congr (_ - _); apply: eq_EM => w.
by rewrite !trmx_mul trmxK mulmxA.
Qed.

(* S = sum_{k<N} T^k(I) has S - T(S) = I - T^N(I). *)
Definition partial_sum N : 'M[R]_d := \sum_(k < N) pulls k 1%:M.
(* The sum telescopes: its gap is I minus the N-th image of I. *)
Lemma gap_partial N : gap A (partial_sum N) = 1%:M - pulls N 1%:M.
Proof.
rewrite gapE /partial_sum pull_sum; elim: N => [|N ih]; first by rewrite !big_ord0 !subrr.
by rewrite !big_ord_recr /= opprD addrACA ih addrA subrK.
Qed.

(* If N rounds contract the squared norm in expectation, S is PD with PD gap.  *)
Theorem rounds_give_solution N r : (0 < N)%N -> r < 1 ->
  (forall u, Er (lin_step A) u N (@nrm2 R d) <= r * nrm2 u) ->
  pd (partial_sum N) /\ pd (gap A (partial_sum N)).
Proof.
move=> N0 r1 h; have p1 := pd_psd (pd1 R d); split.
  case: N N0 {h} => // N _; rewrite /partial_sum big_ord_recl /=.
  by apply: pdD (pd1 R d) _; apply: psd_sum => k _; apply: (pulls_psd (bump 0 k) p1).
rewrite gap_partial; split=> [|u nu].
  by apply: symB; [exact: sym1|exact: (pulls_psd N p1).1].
rewrite /qf bfBm -!/(qf _ _) -Er_qf subr_gt0; apply: le_lt_trans (h u) _.
by rewrite gtr_pmull // (pd1 R d).2.
Qed.

(* Stability on every vector gives N rounds that halve the norm of all of them: *)
(* T^N(I) <= tr(T^N(I)) I, and the trace is a sum over the basis.              *)
Theorem stable_rounds : ms_stable A ->
  exists2 N, (0 < N)%N & forall u, Er (lin_step A) u N (@nrm2 R d) <= 2%:R^-1 * nrm2 u.
Proof.
move=> st; pose eps : R := (2%:R * d.+1%:R)^-1.
have e0 : 0 < eps by rewrite invr_gt0 mulr_gt0 ?ltr0n.
have [f hf] := fin_all_exists (fun a : 'I_d => st (delta_mx a 0) eps e0).
pose N := (\max_a f a).+1; exists N => // u.
have psdN := pulls_psd N (pd_psd (pd1 R d)).
rewrite -[@nrm2 R d]/(qf 1%:M) Er_qf.
apply: le_trans (lle_qf u (psd_le_trace psdN)) _; rewrite qf_scalar.
apply: ler_wpmul2r; first exact: (pd_psd (pd1 R d)).2.
apply: le_trans (_ : \sum_(a < d) eps <= _).
  apply: ler_sum => a _; rewrite -bf_delta -[bf _ _ _]/(qf _ _) -Er_qf.
  apply: hf; apply: leqW; exact: (leq_bigmax a).
rewrite sumr_const card_ord -[eps *+ _]mulr_natl /eps invfM mulrCA ler_pimulr ?invr_ge0 ?ler0n //.
by rewrite ler_pdivr_mulr ?ltr0n // mul1r ler_nat.
Qed.

(* |<x, M y>| <= (sum |M_ij|)(||x||^2 + ||y||^2). *)
Lemma bf_abs_bound (M : 'M[R]_d) x y :
  `|bf M x y| <= (\sum_i \sum_j `|M i j|) * (nrm2 x + nrm2 y).
Proof.
rewrite bfE mulr_suml; apply: le_trans (ler_norm_sum _ _ _) _.
apply: ler_sum => i _; rewrite mulr_suml; apply: le_trans (ler_norm_sum _ _ _) _.
apply: ler_sum => j _; rewrite mulrAC normrM [X in _ <= X]mulrC; apply: ler_wpmul2r => //.
have n2 (z : 'cV[R]_d) k : z k 0 ^+ 2 <= nrm2 z.
  by rewrite nrm2E (bigD1 k) //= ler_addl sumr_ge0 // => l _; apply: sqr_ge0.
apply: le_trans (ler_add (n2 x i) (n2 y j)).
rewrite -[x i 0 ^+ 2]real_normK ?num_real // -[y j 0 ^+ 2]real_normK ?num_real // normrM.
set s := `|x i 0|; set t := `|y j 0|.
have st : 0 <= s * t by rewrite mulr_ge0 ?normr_ge0.
rewrite -subr_ge0; have -> : s ^+ 2 + t ^+ 2 - s * t = (s - t) ^+ 2 + s * t by ring.
by rewrite addr_ge0 ?sqr_ge0.
Qed.

(* A stable map fixes no matrix but 0: M = T(M) implies M = 0. *)
Lemma stable_gap_inj M : ms_stable A -> gap A M = 0 -> M = 0.
Proof.
move=> st /eqP; rewrite gapE subr_eq0 => /eqP fix_.
have fixk k : pulls k M = M by elim: k => //= k ->.
apply/matrixP=> i j; rewrite mxE -(bf_delta M i j).
set u := delta_mx i 0; set v := delta_mx j 0; set c := \sum_i \sum_j `|M i j|.
have c0 : 0 <= c by apply: sumr_ge0 => k _; apply: sumr_ge0.
apply/eqP; rewrite -normr_eq0 eq_le normr_ge0 andbT; apply/ler_addgt0Pr => eps e0; rewrite add0r.
pose de : R := eps / (c *+ 2 + 1).
have cp : 0 < c *+ 2 + 1 by rewrite ltr_paddl // mulrn_wge0.
have d0 : 0 < de by rewrite divr_gt0.
have [k1 h1] := st u de d0; have [k2 h2] := st v de d0.
pose k := maxn k1 k2; rewrite -(fixk k) -Er_pulls.
have nb : `|Er lin_pair (u, v) k (fun z => bf M z.1 z.2)| <=
    c * (Er (lin_step A) u k (@nrm2 R d) + Er (lin_step A) v k (@nrm2 R d)).
  rewrite -(Er_first k u v) -(Er_second k u v) -ErD -ErZ ler_norml -ErN.
  by apply/andP; split; apply: Er_le => z; have := bf_abs_bound M z.1 z.2;
    rewrite ler_norml => /andP[].
apply: le_trans nb _.
apply: le_trans (_ : c * (de + de) <= _).
  by apply: ler_wpmul2l => //; rewrite ler_add ?h1 ?h2 ?leq_maxl ?leq_maxr.
have -> : c * (de + de) = c *+ 2 / (c *+ 2 + 1) * eps.
  by rewrite /de -mulr2n mulrnAr -mulrnAl mulrCA mulrC.
by rewrite ler_pimull ?(ltW e0) // ler_pdivr_mulr // mul1r ler_addl ler01.
Qed.

(* The linear system S - T(S) = I, as a matrix acting on vectorised matrices.  *)
Lemma gap_is_linear : linear (gap A : 'M[R]_d -> 'M[R]_d).
Proof.
move=> a M N; rewrite !gapE pullD scalerBr opprD addrACA; congr (_ - _ + _).
by rewrite /pull -EMZ; apply: eq_EM => w; rewrite -scalemxAr -scalemxAl.
Qed.
Canonical gap_linear := Linear gap_is_linear.
(* M -> gap M is a linear map without kernel, so the equation has exactly one solution. *)
Theorem stable_unique_solution : ms_stable A -> exists S, forall S', gap A S' = 1%:M <-> S' = S.
Proof.
move=> st; pose G := lin_mx (gap A : 'M[R]_d -> 'M[R]_d).
have uG : G \in unitmx.
  rewrite -row_free_unit -kermx_eq0; apply/eqP/row_matrixP=> i; rewrite row0.
  set w := row i _; have w0 : w *m G = 0 by rewrite -row_mul mulmx_ker row0.
  apply: (can_inj vec_mxK); rewrite linear0; apply: (stable_gap_inj st).
  by apply: (can_inj mxvecK); rewrite linear0 -mul_rV_lin.
exists (vec_mx (mxvec 1%:M *m invmx G)) => S'; split=> [h|->].
  apply: (can_inj mxvecK); rewrite vec_mxK -h -mul_vec_lin mulmxK //.
by apply: (can_inj mxvecK); rewrite -mul_rV_lin mulmxKV.
Qed.
End Pull.

Section Decision.
Variables (R : archiFieldType) (d : nat) (P : fprob R) (A : P -> 'M[R]_d).

(* CLAIM beyond-5: mean-square stability of x⁺ = Ax + a is decided by one exact linear solve: E‖A_k⋯A_1 u‖² → 0 for every u exactly when P − E[AᵀPA] = I has one and only one solution P and this P is positive definite; equivalently when some positive definite P has P − E[AᵀPA] positive definite; if P ⪯ tI and P − E[AᵀPA] ⪰ μI the rate is 1 − μ/t *)
Theorem stability_decided :
  ms_stable A <-> exists2 S, (forall S', gap A S' = 1%:M <-> S' = S) & pd S.
Proof.
split=> [st|[S hS pS]]; last first.
  have gS : gap A S = 1%:M by apply/hS.
  by apply/(stability_criterion pS.1 gS).
have [S hS] := stable_unique_solution st; have gS : gap A S = 1%:M by apply/hS.
exists S => //; apply: (stable_solution_pd _ gS st).
by apply/hS; rewrite gap_tr gS trmx1.
Qed.
(* Some positive definite S with positive definite gap is enough, and necessary. *)
Theorem stability_lyapunov : ms_stable A <-> exists2 S, pd S & pd (gap A S).
Proof.
split=> [st|[S pS pG] u eps e0].
  have [N N0 hN] := stable_rounds st.
  have h1 : 2%:R^-1 < 1 :> R by rewrite invf_lt1 ?ltr0n // ltr1n.
  by have [? ?] := rounds_give_solution N0 h1 hN; exists (partial_sum A N).
have [d0|d0] := posnP d.
  exists 0%N => k _; rewrite (eq_Er _ _ _ (G := fun _ => 0)) ?Er_cst ?ltW // => x.
  by rewrite nrm2E big1 // => i _; have := ltn_ord i; rewrite [X in (_ < X)%N]d0.
have [r [r0 r1 hr]] := contraction_factor d0 pS pG.
have [mu mu0 hmu] := pd_lower pS d0.
have [k0 hk] := pow_small (qf S u) r0 r1 (mulr_gt0 mu0 e0).
exists k0 => k /hk le; rewrite -(ler_pmul2l mu0); apply: le_trans le.
apply: le_trans (_ : Er (lin_step A) u k (qf S) <= _).
  by rewrite -ErZ; apply: Er_le.
by apply: geometric_le => // j x; apply: hr.
Qed.
End Decision.
