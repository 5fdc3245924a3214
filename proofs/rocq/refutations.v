(* Explicit instances, over every real field, for printed statements that are  *)
(* false, and the exact shape of Remark 1.                                     *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1 section4.
From Istcheck Require Import perm_expectation own perm_sketch scaled.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Two.
Variable R : realFieldType.

(* The matrix [[a, c], [c, b]]. *)
Definition m2 (a c b : R) : 'M[R]_2 :=
  \matrix_(i, j) (if i != j then c else if i == 0 then a else b).
(* [[a, c], [c, b]] is symmetric. *)
Lemma m2_sym a c b : sym (m2 a c b).
Proof. by apply/matrixP=> i j; rewrite !mxE eq_sym; case: eqP => // ->. Qed.
(* A sum over two workers. *)
Lemma sum2 (V : zmodType) (F : 'I_2 -> V) : \sum_i F i = F 0 + F 1.
Proof. by rewrite !big_ord_recl big_ord0 addr0; congr (F _ + F _); apply: val_inj. Qed.
(* u^T M v = a u_0 v_0 + c (u_0 v_1 + u_1 v_0) + b u_1 v_1, *)
Lemma m2_bf a c b u v : bf (m2 a c b) u v =
  u 0 0 * (a * v 0 0) + u 0 0 * (c * v 1 0) + u 1 0 * (c * v 0 0) + u 1 0 * (b * v 1 0).
Proof. by rewrite bfE !sum2 !mxE /= !mulrA !addrA. Qed.
(* ... and v^T M v = a v_0^2 + 2 c v_0 v_1 + b v_1^2. *)
Lemma m2_qf a c b v :
  qf (m2 a c b) v = a * v 0 0 ^+ 2 + (c * v 0 0 * v 1 0) *+ 2 + b * v 1 0 ^+ 2.
Proof.
by rewrite /qf m2_bf; move: (v 0 0) (v 1 0) => x y; ring.
Qed.
(* Equal matrices have equal entries. *)
Lemma m2_eq a c b a' c' b' : m2 a c b = m2 a' c' b' -> [/\ a = a', c = c' & b = b'].
Proof.
move=> /matrixP h; split; first by have := h 0 0; rewrite !mxE.
  by have := h 0 1; rewrite !mxE.
by have := h 1 1; rewrite !mxE.
Qed.
Definition v2 (x y : R) : 'cV[R]_2 := \col_i (if i == 0 then x else y).

(* [[a,c],[c,b]] is PSD exactly when a, b >= 0 and c^2 <= ab. *)
Lemma m2_psd a c b : psd (m2 a c b) <-> [/\ 0 <= a, 0 <= b & c ^+ 2 <= a * b].
Proof.
split=> [[_ h]|[a0 b0 cab]].
  have e x y : 0 <= a * x ^+ 2 + (c * x * y) *+ 2 + b * y ^+ 2.
    by have := h (v2 x y); rewrite m2_qf !mxE.
  have a0 : 0 <= a by have := e 1 0; rewrite expr1n expr0n !mulr0 mul0rn !addr0 mulr1.
  have b0 : 0 <= b by have := e 0 1; rewrite expr1n expr0n !mulr0 mul0r mul0rn !add0r mulr1.
  have := cauchy_schwarz (v2 1 0) (v2 0 1) (conj (m2_sym a c b) h).
  rewrite !m2_qf m2_bf !mxE /= => cs; split=> //; move: cs.
  have -> : 1 * (a * 0) + 1 * (c * 1) + 0 * (c * 0) + 0 * (b * 1) = c by ring.
  have -> : (a * 1 ^+ 2 + c * 1 * 0 *+ 2 + b * 0 ^+ 2) *
     (a * 0 ^+ 2 + c * 0 * 1 *+ 2 + b * 1 ^+ 2) = a * b by ring.
  by [].
split=> [|v]; first exact: m2_sym.
rewrite m2_qf; set x := v 0 0; set y := v 1 0.
have [a1|] := eqVneq a 0.
  have c0 : c = 0.
    by apply/eqP; rewrite -sqrf_eq0 eq_le sqr_ge0 andbT (le_trans cab) // a1 mul0r.
  by rewrite a1 c0 !mul0r mul0rn !add0r mulr_ge0 ?sqr_ge0.
move=> na; have ap : 0 < a by rewrite lt_neqAle eq_sym na.
rewrite -(pmulr_rge0 _ ap).
have -> : a * (a * x ^+ 2 + c * x * y *+ 2 + b * y ^+ 2) =
  (a * x + c * y) ^+ 2 + (a * b - c ^+ 2) * y ^+ 2 by ring.
by rewrite addr_ge0 ?sqr_ge0 // mulr_ge0 ?sqr_ge0 ?subr_ge0.
Qed.
(* It is PD when a > 0 and c^2 < ab. *)
Lemma m2_pd a c b : 0 < a -> c ^+ 2 < a * b -> pd (m2 a c b).
Proof.
move=> ap cab; split=> [|v nv]; first exact: m2_sym.
rewrite m2_qf; set x := v 0 0; set y := v 1 0.
rewrite -(pmulr_rgt0 _ ap).
have -> : a * (a * x ^+ 2 + c * x * y *+ 2 + b * y ^+ 2) =
  (a * x + c * y) ^+ 2 + (a * b - c ^+ 2) * y ^+ 2 by ring.
have [y0|ny] := eqVneq y 0; last first.
  rewrite ltr_paddl ?sqr_ge0 // mulr_gt0 ?subr_gt0 //.
  by rewrite lt_neqAle eq_sym sqrf_eq0 ny sqr_ge0.
have nx : x != 0.
  apply: contra nv => /eqP x0; apply/eqP/matrixP=> i j; rewrite ord1 mxE.
  have [-> //|->] : i = 0 \/ i = 1; last exact: y0.
  by case: i => -[|[|//]] hk; [left|right]; apply: val_inj.
rewrite y0 !mulr0 expr0n /= mulr0 !addr0 exprn_even_gt0 //=.
by rewrite mulf_neq0 // gt_eqF.
Qed.

(* Homogeneous Perm-1 with n = d = 2 on L = [[a,c],[c,b]], b_i = 0. *)
Definition hom2 (L : 'M[R]_2) (sL : sym L) : problem R 2 2 :=
  Problem (fun _ => 0) (fun _ : 'I_2 => sL).
Definition id_own (n : nat) (i : 'I_n) : 'I_n := i.
(* One slot for each worker. *)
Lemma id_balanced n : balanced 1 (@id_own n).
Proof. by move=> i; rewrite -(card1 i); apply: eq_card => j; rewrite !inE. Qed.
Definition perm1 n : sketches (perms R n) n n := permq R (@id_own n).

(* B for Perm-1, entry by entry: n (L_{owner of a})_aa on the diagonal. *)
Lemma perm1_B n (p : problem R n n) pi :
  Bhat p (perm1 n) pi = dg (fun a => n%:R * Lw p (slot pi a) a a).
Proof.
apply/matrixP=> a b; rewrite dgE /Bhat.
have -> : avg (fun i => perm1 n pi i *m Lw p i *m perm1 n pi i) =
    avg (fun i => own_sketch (slot pi) (fun _ _ => n%:R) i *m Lw p i *m
                  own_sketch (slot pi) (fun _ _ => n%:R) i).
  by apply: eq_avg => i; rewrite -(perm_own (@id_own n)).
rewrite own_B (inj_eq (@slot_inj _ pi)); case: eqP => // ->.
have n0 : (n%:R : R) != 0 by rewrite pnatr_eq0 -lt0n (leq_trans _ (ltn_ord b)).
by rewrite -mulrA mulKf.
Qed.
(* There are two indices below 2. *)
Lemma ord2 (i : 'I_2) : i = 0 \/ i = 1.
Proof. by case: i => -[|[|//]] hk; [left|right]; apply: val_inj. Qed.
(* W = [[2 a^2, c (a+b)], [c (a+b), 2 b^2]]. *)
Lemma hom2_W a c b :
  Wmat (hom2 (m2_sym a c b)) (perm1 2) = m2 (2%:R * a ^+ 2) (c * (a + b)) (2%:R * b ^+ 2).
Proof.
have L2 : Lbar (hom2 (m2_sym a c b)) = m2 a c b by rewrite /Lbar avg_cst.
rewrite Wmat_mean L2.
have -> : EM (Bhat (hom2 (m2_sym a c b)) (perm1 2)) = dg (fun i => 2%:R * m2 a c b i i).
  by rewrite (eq_EM (G := fun _ => dg (fun i => 2%:R * m2 a c b i i))) ?EM_cst // => pi; rewrite perm1_B.
apply/matrixP=> i j; rewrite mxE [X in _ * X = _]mxE mul_dg dg_mul !mxE !eqxx /=.
by case: (ord2 i) => ->; case: (ord2 j) => -> /=; field.
Qed.

(* CLAIM remark1-value: (19) printed: W̄ = [[a², c(a+b)/2],[c(a+b)/2, b²]]; the true W̄ is twice that, [[2a², c(a+b)],[c(a+b), 2b²]] *)
Theorem remark1_value_refuted a c b : a != 0 ->
  Wmat (hom2 (m2_sym a c b)) (perm1 2) != m2 (a ^+ 2) (c * (a + b) / 2%:R) (b ^+ 2).
Proof.
move=> na; rewrite hom2_W; apply/eqP => /m2_eq[/eqP h _ _]; move: h.
rewrite -subr_eq0.
have -> : 2%:R * a ^+ 2 - a ^+ 2 = a ^+ 2 by ring.
by rewrite sqrf_eq0 (negPf na).
Qed.
(* So W is twice the printed matrix. *)
Theorem remark1_value_repaired a c b :
  Wmat (hom2 (m2_sym a c b)) (perm1 2) =
  2%:R *: m2 (a ^+ 2) (c * (a + b) / 2%:R) (b ^+ 2).
Proof.
rewrite hom2_W; apply/matrixP=> i j; rewrite !mxE.
by case: (ord2 i) => ->; case: (ord2 j) => -> /=; field.
Qed.

(* CLAIM remark1-sign: for a, b > 0 the matrix (19) is not PSD exactly when |c| > 2ab/(a+b), and a positive definite L with such a c exists exactly when a ≠ b *)
Theorem remark1_sign a c b : 0 < a -> 0 < b ->
  psd (Wmat (hom2 (m2_sym a c b)) (perm1 2)) <-> `|c| <= 2%:R * a * b / (a + b).
Proof.
move=> a0 b0; have s0 : 0 < a + b by rewrite addr_gt0.
have t0 : 0 <= 2%:R * a ^+ 2 by rewrite mulr_ge0 ?sqr_ge0 ?ler0n.
have u0 : 0 <= 2%:R * b ^+ 2 by rewrite mulr_ge0 ?sqr_ge0 ?ler0n.
have m0 : 0 <= 2%:R * a * b by rewrite !mulr_ge0 ?ler0n ?ltW.
rewrite hom2_W; rewrite ler_pdivl_mulr //.
have e : ((c * (a + b)) ^+ 2 <= 2%:R * a ^+ 2 * (2%:R * b ^+ 2)) =
         (`|c| * (a + b) <= 2%:R * a * b).
  have -> : 2%:R * a ^+ 2 * (2%:R * b ^+ 2) = (2%:R * a * b) ^+ 2 by ring.
  rewrite -[(c * _) ^+ 2]real_normK ?num_real // normrM (ger0_norm (ltW s0)).
  rewrite ler_pexpn2r // ?nnegrE //.
  by rewrite mulr_ge0 // ltW.
rewrite -e; split=> [/m2_psd[_ _ //]|h]; exact/m2_psd.
Qed.
(* In particular it is not PSD for c > 2ab/(a+b). *)
Theorem remark1_printed_sign a c b : 0 < a -> 0 < b ->
  2%:R * a * b / (a + b) < c -> ~ psd (Wmat (hom2 (m2_sym a c b)) (perm1 2)).
Proof.
move=> a0 b0 h /(remark1_sign _ a0 b0) h2.
by have := le_lt_trans (le_trans (ler_norm c) h2) h; rewrite ltxx.
Qed.
(* Some c has c^2 < ab and |c| > 2ab/(a+b) exactly when a and b differ. *)
Theorem remark1_nonempty a b : 0 < a -> 0 < b ->
  (exists c, pd (m2 a c b) /\ ~ psd (Wmat (hom2 (m2_sym a c b)) (perm1 2))) <-> a != b.
Proof.
move=> a0 b0; have s0 : 0 < a + b by rewrite addr_gt0.
have ab0 : 0 < a * b by rewrite mulr_gt0.
split=> [[c [pc nW]]|nab].
  apply/eqP => e; apply: nW; apply/(remark1_sign _ a0 b0).
  have [_ _] := (m2_psd a c b).1 (pd_psd pc); rewrite -e -expr2 => c2.
  have -> : 2%:R * a * a / (a + a) = a.
    rewrite -[a + a]mulr2n -[a *+ 2]mulr_natl mulrAC mulfV ?mul1r //.
    by rewrite mulf_neq0 ?pnatr_eq0 // gt_eqF.
  have n2 : `|c| ^+ 2 <= a ^+ 2 by rewrite real_normK ?num_real.
  by rewrite -(@ler_pexpn2r _ 2) // ?nnegrE ?(ltW a0).
have d0 : 0 < (a + b) ^+ 2 + 4%:R * (a * b) by rewrite addr_gt0 ?exprn_gt0 ?mulr_gt0 ?ltr0n.
have q0 : 0 < (a - b) ^+ 2 by rewrite exprn_even_gt0 //= subr_eq0.
pose c := 4%:R * (a * b) * (a + b) / ((a + b) ^+ 2 + 4%:R * (a * b)).
have cd : c * ((a + b) ^+ 2 + 4%:R * (a * b)) = 4%:R * (a * b) * (a + b).
  by rewrite /c divfK // gt_eqF.
exists c; split.
  apply: m2_pd => //; rewrite -(ltr_pmul2r (exprn_gt0 2 d0)) -exprMn cd -subr_gt0.
  have -> : a * b * ((a + b) ^+ 2 + 4%:R * (a * b)) ^+ 2 - (4%:R * (a * b) * (a + b)) ^+ 2
    = a * b * ((a - b) ^+ 2) ^+ 2 by ring.
  by rewrite mulr_gt0 // exprn_gt0.
apply: remark1_printed_sign => //; rewrite ltr_pdivr_mulr //.
rewrite -(ltr_pmul2r d0) [X in _ < X]mulrAC cd -subr_gt0.
have -> : 4%:R * (a * b) * (a + b) * (a + b) - 2%:R * a * b * ((a + b) ^+ 2 + 4%:R * (a * b))
  = 2%:R * (a * b) * (a - b) ^+ 2 by ring.
by rewrite mulr_gt0 // mulr_gt0 // ltr0n.
Qed.

(* Remark 1 in numbers: L = [[1, 19/10], [19/10, 4]] is positive definite, and v^T W v = -12 at v = (-4, 1). *)
Theorem remark1_instance : let c : R := 19%:R / 10%:R in let v := v2 (- 4%:R) 1 in
  pd (m2 1 c 4%:R) /\ qf (Wmat (hom2 (m2_sym 1 c 4%:R)) (perm1 2)) v = - 12%:R.
Proof.
move=> c v; split.
  apply: m2_pd; first exact: ltr01.
  by rewrite mul1r /c expr_div_n ltr_pdivr_mulr ?exprn_gt0 ?ltr0n // -!natrX -natrM ltr_nat.
by rewrite hom2_W m2_qf !mxE /= /c; field.
Qed.

(* CLAIM perm1-mean: Perm-1, n = d: E B̄ = nD̄ holds; printed on the way (1/n) Σ n² E[C_i L_i C_i] = (1/n) Σ n Diag(L_i) fails by the factor n² whenever n ≥ 2 and D̄ ≠ 0, and holds with the projections C_i/n *)
Theorem perm1_mean n (p : problem R n n) : EM (Bhat p (perm1 n)) = n%:R *: Dbar p.
Proof.
rewrite (perm_EB (@id_balanced n)) /rho subrr mul0r scale0r addr0.
by [].
Qed.
(* The printed line has the factor n^3 on one side and n on the other. *)
Theorem perm1_mean_printed n (p : problem R n n) : (2 <= n)%N -> Dbar p != 0 ->
  avg (fun i => n%:R ^+ 2 *: EM (fun pi => perm1 n pi i *m Lw p i *m perm1 n pi i)) <>
  avg (fun i => n%:R *: dpart (Lw p i)).
Proof.
move=> n2 nD; rewrite !avgZ.
have -> : avg (fun i => EM (fun pi => perm1 n pi i *m Lw p i *m perm1 n pi i)) = n%:R *: Dbar p.
  by rewrite -perm1_mean /Bhat EM_avg.
move/eqP; rewrite -subr_eq0 scalerA -scalerBl scaler_eq0 (negPf nD) orbF -exprSr.
have n0 : (n%:R : R) != 0 by rewrite pnatr_eq0 -lt0n (leq_trans _ n2).
have -> : n%:R ^+ 3 - n%:R = n%:R * ((n%:R - 1) * (n%:R + 1)) :> R by ring.
have n1 : (n%:R - 1 : R) != 0 by rewrite subr_eq0 -[1]/(1%:R) eqr_nat gtn_eqF.
have n3 : (n%:R + 1 : R) != 0 by rewrite -mulrSr pnatr_eq0.
by rewrite !mulf_eq0 (negPf n0) (negPf n1) (negPf n3).
Qed.
(* With the projections C_i / n in the place of the C_i the printed line is true. *)
Theorem perm1_mean_projections n (p : problem R n n) : (0 < n)%N ->
  avg (fun i => n%:R ^+ 2 *: EM (fun pi =>
    (n%:R^-1 *: perm1 n pi i) *m Lw p i *m (n%:R^-1 *: perm1 n pi i))) =
  avg (fun i => n%:R *: dpart (Lw p i)).
Proof.
move=> n0; apply: eq_avg => i; have nn : (n%:R : R) != 0 by rewrite pnatr_eq0 -lt0n.
rewrite (eq_EM (G := fun pi => n%:R^-1 ^+ 2 *: (perm1 n pi i *m Lw p i *m perm1 n pi i))).
  rewrite EMZ scalerA -exprMn mulfV // expr1n scale1r (perm_sandwich (@id_balanced n)).
  by rewrite /rho subrr mul0r scale0r addr0.
by move=> pi; rewrite -scalemxAr -!scalemxAl scalerA expr2.
Qed.

(* CLAIM thm2-constant: the factor of ‖h‖²_L̄ can be 1 and no smaller, and γ can be anything in (0,1] and no larger: for γ > 1 the bound fails on every instance with x⁰ ≠ x^∞ (K = 1, exact variance) *)
Definition one_dim : problem R 1 1 :=
  Problem (fun _ => const_mx 4%:R) (fun _ : 'I_1 => tr_scalar_mx 1 (4%:R : R)).
Local Notation half := (fun _ _ : 'I_1 => (2%:R^-1 : R)).
(* The root of 1, *)
Lemma one_rE : (1 : R) ^+ 2 = 1%:R. Proof. by rewrite expr1n. Qed.
(* ... and (1/2)^2 4 = 1, so the scaling 1/2 fits. *)
Lemma one_sE i a : half i a ^+ 2 * Lw one_dim i a a = 1.
Proof. by rewrite /= mxE eqxx mulr1n; field. Qed.
(* L = 4, *)
Lemma one_L : Lbar one_dim = 4%:R%:M. Proof. by rewrite /Lbar avg_cst. Qed.
(* ... positive definite; *)
Lemma one_pd : pd (Lbar one_dim).
Proof. by rewrite one_L -scalemx1; apply: pdZ (pd1 R 1); rewrite ltr0n. Qed.
(* Cb = (1/2) 4 = 2, *)
Lemma one_Cb pi : Cb one_dim (scaled 1 half) pi = const_mx 2%:R.
Proof.
apply/matrixP=> a j; rewrite !ord1 scaled_Cb_entry !mxE invr1 !mul1r.
by rewrite (natrM R 2 2) mulKf // pnatr_eq0.
Qed.
(* ... so the fixed point is 2, *)
Lemma one_xinf : xinf one_dim (scaled 1 half) = const_mx 2%:R.
Proof. by rewrite /xinf (eq_EM one_Cb) EM_cst. Qed.
(* ... without variance, *)
Lemma one_var : variance one_dim (scaled 1 half) = 0.
Proof.
rewrite /variance (eq_E (G := fun _ => 0)) ?E_cst // => pi.
by rewrite one_Cb one_xinf subrr qf0.
Qed.
(* ... and the minimizer is 1. *)
Lemma one_xstar : xstar one_dim = const_mx 1.
Proof.
have e : Lbar one_dim *m const_mx 1 = bbar one_dim.
  rewrite one_L mul_scalar_mx /bbar avg_cst //.
  by apply/matrixP=> i j; rewrite !mxE mulr1.
by rewrite /xstar -e mulmxA mulVmx ?mul1mx // pd_unit //; apply: one_pd.
Qed.
(* On this instance the bound of the sharp Theorem 2 holds with the factor *)
(* kappa of ||h||^2 only if kappa >= 1. *)
Theorem factor_one_optimal gam K kappa : gam != 0 -> (0 < K)%N ->
  let p := one_dim in let C := scaled (1 : R) half in
  mean_err p C gam (xinf p C) K <= obj_drop p C gam (xinf p C) K
    + kappa * qf (Lbar p) (bias p C) + gam * variance p C ->
  1 <= kappa.
Proof.
move=> g0 K0 p C; apply: constant_one_optimal => //.
- exact: one_pd.
- exact: (scaled_B one_rE one_sE).
- exact: one_var.
rewrite /bias one_xinf one_xstar; apply/eqP => /matrixP/(_ 0 0)/eqP.
rewrite !mxE subr_eq0 -[1]/(1%:R) eqr_nat.
by [].
Qed.
(* The fixed point differs from the minimizer: 2 against 1. *)
Theorem fixed_point_differs : xinf one_dim (scaled (1 : R) half) != xstar one_dim.
Proof.
rewrite one_xinf one_xstar; apply/eqP => /matrixP/(_ 0 0)/eqP.
by rewrite !mxE -[1]/(1%:R) eqr_nat.
Qed.
End Two.
