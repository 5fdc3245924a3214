(* Mean-square stability of a random affine map x+ = A x + a: one exact matrix *)
(* S decides it.                                                               *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Stability.
Variables (R : realFieldType) (d : nat) (P : fprob R).
Variables (A : P -> 'M[R]_d) (a : P -> 'cV[R]_d).

Definition aff_step (k : nat) (w : P) (x : 'cV[R]_d) : 'cV[R]_d := A w *m x + a w.
Definition lin_step (k : nat) (w : P) (x : 'cV[R]_d) : 'cV[R]_d := A w *m x.
(* Two trajectories driven by the same draws. *)
Definition pair_step k w (z : 'cV[R]_d * 'cV[R]_d) := (aff_step k w z.1, aff_step k w z.2).
(* S - E[A^T S A]. *)
Definition gap (S : 'M[R]_d) : 'M[R]_d := S - EM (fun w => (A w)^T *m S *m A w).

(* E||A x||^2_S = ||x||^2_S - ||x||^2_gap. *)
Lemma E_lin S x : E (fun w => qf S (A w *m x)) = qf S x - qf (gap S) x.
Proof.
have e w : qf S (A w *m x) = qf ((A w)^T *m S *m A w) x by rewrite qf_mul.
rewrite (eq_E e) E_qfm.
have -> : qf (gap S) x = qf S x - qf (EM (fun w => (A w)^T *m S *m A w)) x by exact: bfBm.
by rewrite opprB addrC subrK.
Qed.
(* The difference of two images of the affine map is the image of the difference under A. *)
Lemma aff_sub k w x y : aff_step k w x - aff_step k w y = A w *m (x - y).
Proof. by rewrite /aff_step opprD addrACA subrr addr0 -mulmxBr. Qed.

(* One number r < 1 with E||A u||^2_S <= r ||u||^2_S. *)
Lemma contraction_factor S : (0 < d)%N -> pd S -> pd (gap S) ->
  exists r, [/\ 0 <= r, r < 1 & forall x, E (fun w => qf S (A w *m x)) <= r * qf S x].
Proof.
move=> d0 pS pG; have [mu mu0 hmu] := pd_lower pG d0.
pose v : 'cV[R]_d := delta_mx (Ordinal d0) 0.
have nv : v != 0.
  by apply/eqP=> /matrixP/(_ (Ordinal d0) 0)/eqP; rewrite !mxE !eqxx oner_eq0.
have tb x : qf S x <= \tr S * nrm2 x.
  by rewrite -qf_scalar; apply: lle_qf; apply: psd_le_trace (pd_psd pS).
have t0 : 0 < \tr S.
  by have := lt_le_trans (pS.2 v nv) (tb v); rewrite pmulr_lgt0 // (pd1 R d).2.
pose r := 1 - mu / \tr S.
have le x : E (fun w => qf S (A w *m x)) <= r * qf S x.
  rewrite E_lin /r mulrBl mul1r ler_add2l ler_opp2; apply: le_trans (hmu x).
  by rewrite -mulrA ler_pmul2l // mulrC ler_pdivr_mulr // mulrC tb.
exists r; split=> //; last by rewrite /r ltr_subl_addr ltr_addl divr_gt0.
have : 0 <= E (fun w => qf S (A w *m v)) by apply: E_ge0 => w; apply: (pd_psd pS).2.
by move=> /le_trans/(_ (le v)); rewrite pmulr_lge0 // pS.2.
Qed.

(* A positive definite S with positive definite gap: any two trajectories with *)
(* the same draws approach each other geometrically in mean square.            *)
Theorem stable_pair S : (0 < d)%N -> pd S -> pd (gap S) ->
  exists r, [/\ 0 <= r, r < 1 & forall k x0 y0,
    Er pair_step (x0, y0) k (fun z => qf S (z.1 - z.2)) <= r ^+ k * qf S (x0 - y0)].
Proof.
move=> d0 pS pG; have [r [r0 r1 hr]] := contraction_factor d0 pS pG.
exists r; split=> // k x0 y0.
apply: (@geometric_le _ _ _ pair_step (x0, y0) (fun z => qf S (z.1 - z.2))) => // j z.
by under eq_E do rewrite /= aff_sub; apply: hr.
Qed.

(* With a fixed point common to all outcomes the iterates go to it: the        *)
(* distance E||x^k - y||^2_S decays like r^k.                                  *)
Theorem stable_fixed_point S y : (0 < d)%N -> pd S -> pd (gap S) ->
  (forall w, A w *m y + a w = y) ->
  exists r, [/\ 0 <= r, r < 1 & forall k x0,
    Er aff_step x0 k (fun x => qf S (x - y)) <= r ^+ k * qf S (x0 - y)].
Proof.
move=> d0 pS pG hy; have [r [r0 r1 hr]] := contraction_factor d0 pS pG.
exists r; split=> // k x0.
apply: (@geometric_le _ _ _ aff_step x0 (fun x => qf S (x - y))) => // j x.
have e w : qf S (aff_step j w x - y) = qf S (A w *m (x - y)).
  by rewrite -{1}(hy w) -[A w *m y + a w]/(aff_step j w y) aff_sub.
by rewrite (eq_E e); apply: hr.
Qed.

(* |v^T S v| <= (sum of |S_ij|) ||v||^2. *)
Lemma qf_abs_bound (S : 'M[R]_d) v :
  `|qf S v| <= (\sum_i \sum_j `|S i j|) * nrm2 v.
Proof.
rewrite /qf bfE mulr_suml; apply: le_trans (ler_norm_sum _ _ _) _.
apply: ler_sum => i _; rewrite mulr_suml; apply: le_trans (ler_norm_sum _ _ _) _.
apply: ler_sum => j _; rewrite mulrAC normrM [X in _ <= X]mulrC.
apply: ler_wpmul2r => //.
have n2 k : v k 0 ^+ 2 <= nrm2 v.
  by rewrite nrm2E (bigD1 k) //= ler_addl sumr_ge0 // => l _; apply: sqr_ge0.
rewrite normrM -(ler_pmuln2r (ltn0Sn 1)).
apply: le_trans (_ : v i 0 ^+ 2 + v j 0 ^+ 2 <= _); last by rewrite mulr2n ler_add.
rewrite -[v i 0 ^+ 2]real_normK ?num_real // -[v j 0 ^+ 2]real_normK ?num_real //.
rewrite -subr_ge0.
have -> : `|v i 0| ^+ 2 + `|v j 0| ^+ 2 - (`|v i 0| * `|v j 0|) *+ 2 =
  (`|v i 0| - `|v j 0|) ^+ 2 by ring.
exact: sqr_ge0.
Qed.

(* Mean-square stability of the linear part. *)
Definition ms_stable : Prop := forall u eps, 0 < eps ->
  exists k0, forall k, (k0 <= k)%N -> Er lin_step u k (@nrm2 R d) <= eps.

(* Conversely, when the map is stable every symmetric solution of S - E[A^TSA] = I is PD. *)
Theorem stable_solution_pd S : sym S -> gap S = 1%:M -> ms_stable -> pd S.
Proof.
move=> sS hS st; split=> // u nu.
have u0 : 0 < nrm2 u by apply: (pd1 R d).2.
set c := \sum_i \sum_j `|S i j|.
have c0 : 0 <= c by apply: sumr_ge0 => i _; apply: sumr_ge0.
have [k0 hk] : exists k0, forall k, (k0 <= k)%N ->
    Er lin_step u k (@nrm2 R d) <= nrm2 u / (c + 1) / 2%:R.
  by apply: st; rewrite !divr_gt0 ?ltr0n // ltr_paddl.
have := hk k0.+1 (leqnSn _).
have one k x : E (fun w => qf S (lin_step k w x)) = qf S x - 1 * nrm2 x.
  by rewrite mul1r E_lin hS.
have := @telescope_eq _ _ _ lin_step u (qf S) (@nrm2 R d) 1 k0.+1 one.
rewrite mul1r big_ord_recl; set T := \sum_(i < k0) _ => e hs.
have T0 : 0 <= T.
  apply: sumr_ge0 => i _; apply: Er_ge0 => x; exact: (pd_psd (pd1 R d)).2.
have lb : - (c * Er lin_step u k0.+1 (@nrm2 R d)) <= Er lin_step u k0.+1 (qf S).
  rewrite -ErZ -ErN; apply: Er_le => x.
  by have := qf_abs_bound S x; rewrite ler_norml => /andP[].
have -> : qf S u = nrm2 u + T + Er lin_step u k0.+1 (qf S).
  by apply/eqP; rewrite -subr_eq -e.
apply: lt_le_trans (_ : nrm2 u + T - c * (nrm2 u / (c + 1) / 2%:R) <= _).
  rewrite addrAC; apply: ltr_paddr => //; rewrite subr_gt0.
  rewrite mulrA ltr_pdivr_mulr ?ltr0n // mulrA ltr_pdivr_mulr ?ltr_paddl //.
  rewrite mulrC -mulrA ltr_pmul2l //.
  rewrite -subr_gt0; have -> : 2%:R * (c + 1) - c = c + 2%:R by ring.
  by rewrite ltr_paddl // ltr0n.
rewrite ler_add2l; apply: le_trans lb; rewrite ler_opp2.
exact: ler_wpmul2l.
Qed.
End Stability.

(* Powers of a number in [0,1) become small in an archimedean field. *)
Lemma pow_small (R : archiFieldType) (r c eps : R) : 0 <= r -> r < 1 -> 0 < eps ->
  exists k0, forall k, (k0 <= k)%N -> r ^+ k * c <= eps.
Proof.
move=> r0 r1 e0; have [c0|c0] := lerP c 0.
  exists 0%N => k _; apply: le_trans (ltW e0); apply: mulr_ge0_le0 => //.
  exact: exprn_ge0.
pose t := 1 - r; have t0 : 0 < t by rewrite subr_gt0.
have bern k : r ^+ k * (1 + k%:R * t) <= 1.
  elim: k => [|k ih]; first by rewrite mul0r addr0 mulr1 expr0.
  apply: le_trans ih; rewrite exprSr -mulrA; apply: ler_wpmul2l; first exact: exprn_ge0.
  rewrite -subr_ge0 [k.+1%:R]mulrSr.
  have -> : 1 + k%:R * t - r * (1 + (k%:R + 1) * t) = (k%:R + 1) * t ^+ 2 by rewrite /t; ring.
  by rewrite mulr_ge0 ?sqr_ge0 // addr_ge0 ?ler0n ?ler01.
have p0 : 0 < t * eps by rewrite mulr_gt0.
exists (Num.bound (c / (t * eps))) => k hk.
have h1 : c / (t * eps) < k%:R.
  apply: lt_le_trans (archi_boundP _) _; last by rewrite ler_nat.
  by rewrite divr_ge0 // ltW.
have h2 : c <= eps * (1 + k%:R * t).
  move: h1; rewrite ltr_pdivr_mulr // => /ltW h; apply: le_trans h _.
  rewrite mulrDr mulr1 [t * eps]mulrC mulrCA [eps * (_ * t)]mulrCA.
  by rewrite ler_addr ltW.
apply: le_trans (ler_wpmul2l (exprn_ge0 k r0) h2) _.
by rewrite mulrCA ler_pimulr // ltW.
Qed.

(* A symmetric solution S of S - E[A^T S A] = I is PD exactly when the map is stable. *)
Theorem stability_criterion (R : archiFieldType) d (P : fprob R) (A : P -> 'M[R]_d) S :
  sym S -> gap A S = 1%:M -> pd S <-> ms_stable A.
Proof.
move=> sS hS; split=> [pS u eps e0|]; last exact: stable_solution_pd.
have [d0|d0] := posnP d.
  exists 0%N => k _; rewrite (eq_Er _ _ _ (G := fun _ => 0)) ?Er_cst ?ltW // => x.
  rewrite nrm2E big1 // => i _.
  by have := ltn_ord i; rewrite [X in (_ < X)%N]d0.
have pG : pd (gap A S) by rewrite hS; apply: pd1.
have [r [r0 r1 hr]] := contraction_factor d0 pS pG.
have [k0 hk] := pow_small (qf S u) r0 r1 e0.
exists k0 => k /hk le; apply: le_trans le.
apply: le_trans (_ : Er (lin_step A) u k (qf S) <= _).
  apply: Er_le => x; have := E_lin A S x; rewrite hS => h.
  have : 0 <= E (fun w => qf S (A w *m x)) by apply: E_ge0 => w; apply: (pd_psd pS).2.
  by rewrite h subr_ge0.
by apply: geometric_le => // j x; apply: hr.
Qed.
