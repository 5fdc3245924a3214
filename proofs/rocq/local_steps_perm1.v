(* T local steps with Perm-1: worker i holds one coordinate a, its T steps     *)
(* multiply it by s^T with s = 1 - gamma n (L_i)_aa, so the mean map, its fixed *)
(* point and its factors are closed forms in T.                                *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting noise.
From Istcheck Require Import perm_expectation own perm_sketch refutations interpolation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Perm1Local.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (gam : R).
Local Notation C := (perm1 R n).
(* The factor of coordinate a at worker i, and the mean of its T-th power over the workers. *)
Definition local_factor i a : R := 1 - gam * (n%:R * Lw p i a a).
Definition mean_factor T a : R := n%:R^-1 * \sum_i local_factor i a ^+ T.
Local Notation s := local_factor.

(* C_i is the diagonal matrix with n at the coordinate of worker i. *)
Lemma perm1_dg pi i : C pi i = dg (fun a => if slot pi a == i then n%:R else 0).
Proof. exact: (perm_own (@id_own n)). Qed.
(* Worker i holds coordinate a exactly when a = pi(i). *)
Lemma slot_at (pi : perms R n) i a : (slot pi a == i) = (a == (pi : {perm 'I_n}) i).
Proof. by rewrite /slot -(inj_eq (@perm_inj _ (pi : {perm 'I_n}))) permKV. Qed.
(* C_i A C_i = n A_aa C_i for the coordinate a of worker i. *)
Lemma perm1_absorb (pi : perms R n) i (A : 'M[R]_n) (a := (pi : {perm 'I_n}) i) :
  C pi i *m A *m C pi i = (n%:R * A a a) *: C pi i.
Proof.
rewrite perm1_dg; apply/matrixP=> k l; rewrite dg_sandwich mxE dgE !slot_at -/a.
have [->|nk] := eqVneq k a; last by rewrite !mul0r; case: eqP => _; rewrite mulr0.
by rewrite (eq_sym a l); have [->|nl] := eqVneq l a; rewrite ?eqxx ?mulr0.
Qed.
(* T steps applied to a multiple of C_i: (I - gamma C_i L_i)^T C_i = s^T C_i. *)
Lemma local_mx_C T (pi : perms R n) i :
  local_mx p C gam T pi i *m C pi i = s i ((pi : {perm 'I_n}) i) ^+ T *: C pi i.
Proof.
elim: T => [|T ih] /=; first by rewrite mul1mx scale1r.
rewrite -mulmxA mulmxBl mul1mx -scalemxAl perm1_absorb scalerA -[X in X - _]scale1r.
by rewrite -scalerBl -/(local_factor _ _) -scalemxAr ih scalerA exprS.
Qed.
(* T steps from 0 end in gamma (1 + s + ... + s^(T-1)) C_i b_i. *)
Lemma local_run_0 T (pi : perms R n) i : local_run p C gam T pi i 0 =
  (gam * \sum_(j < T) s i ((pi : {perm 'I_n}) i) ^+ j) *: (C pi i *m bw p i).
Proof.
elim: T => [|T ih] /=; first by rewrite big_ord0 mulr0 scale0r.
rewrite local_run_affine ih /worker_grad mulmx0 !sub0r mulmxN scalerN opprK.
rewrite -scalemxAr mulmxA local_mx_C -scalemxAl scalerA -scalerDl big_ord_recr /=.
by congr (_ *: _); rewrite mulrDr addrC [gam * _ ^+ T]mulrC.
Qed.
(* A quantity F(i, a) of worker i and its coordinate a, carried by C_i, has the mean F(i, .) on the diagonal. *)
Lemma E_carried (F : 'I_n -> 'I_n -> R) i (A : 'cV[R]_n) a :
  E (fun pi : perms R n => (F i ((pi : {perm 'I_n}) i) *: (C pi i *m A)) a 0) = F i a * A a 0.
Proof.
have n0 : (n%:R : R) != 0 by rewrite pnatr_eq0 -lt0n (leq_trans _ (ltn_ord a)).
rewrite (eq_E (G := fun pi : perms R n =>
   (fun j => if j == i then n%:R * (F i a * A a 0) else 0) (slot pi a))).
  rewrite (E_slot1 (fun j => if j == i then n%:R * (F i a * A a 0) else 0)).
  by rewrite -big_mkcond big_pred1_eq mulKf.
move=> pi; rewrite mxE perm1_dg dg_mulv slot_at.
by case: eqP => [<-|_]; rewrite ?mul0r ?mulr0 // mulrCA.
Qed.

(* The mean map is diagonal: its factors are the means of the s_i^T. *)
Theorem local_mean_A T : EM (ist_A p C gam T) = dg (mean_factor T).
Proof.
have e (x : 'cV[R]_n) : EM (ist_A p C gam T) *m x = dg (mean_factor T) *m x.
  rewrite -EM_mulr; apply/matrixP=> a j; rewrite ord1 EM_E dg_mulv.
  rewrite (eq_E (G := fun pi : perms R n => \sum_i n%:R^-1 *
      (s i ((pi : {perm 'I_n}) i) ^+ T *: (C pi i *m x)) a 0)).
    rewrite E_sum /mean_factor mulr_sumr mulr_suml; apply: eq_bigr => i _.
    by rewrite EZ (E_carried (fun i a => s i a ^+ T)) mulrA.
  move=> pi; rewrite /ist_A -avg_mulr avgE mulr_sumr; apply: eq_bigr => i _.
  by rewrite local_mx_C -scalemxAl.
apply/matrixP=> a b; have /matrixP/(_ a 0) := e (delta_mx b 0).
by rewrite -!colE !mxE.
Qed.
(* The map of a round is diagonal: T steps of its owner multiply a coordinate by s^T. *)
Lemma local_A T pi : ist_A p C gam T pi = dg (fun a => s (slot pi a) a ^+ T).
Proof.
apply/matrixP=> a b; rewrite /ist_A avgE dgE (bigD1 (slot pi a)) //=.
have n0 : (n%:R : R) != 0 by rewrite pnatr_eq0 -lt0n (leq_trans _ (ltn_ord a)).
have at_a : (pi : {perm 'I_n}) (slot pi a) = a by apply/eqP; rewrite eq_sym -slot_at.
rewrite big1 => [|i ni]; rewrite local_mx_C perm1_dg mxE dgE.
  by rewrite addr0 eqxx at_a; case: eqP => _; rewrite ?mulr0 // mulrCA mulVf ?mulr1.
by rewrite [slot pi a == i]eq_sym (negPf ni); case: eqP => _; rewrite mulr0.
Qed.
(* CLAIM local-steps+mean-square: Perm-1 with T local steps: E‖A_T u‖² in a diagonal norm multiplies the coordinates by (1/n) Σ_i (1 − γn(L_i)_aa)^{2T}, so the largest of these is the factor in mean square *)
Theorem local_mean_square T (c : 'I_n -> R) u :
  E (fun pi => qf (dg c) (ist_A p C gam T pi *m u)) =
  qf (dg (fun a => c a * mean_factor (2 * T) a)) u.
Proof.
rewrite qf_dg (eq_E (G := fun pi : perms R n => \sum_a c a * (s (slot pi a) a ^+ (2 * T) * u a 0 ^+ 2))).
  rewrite E_sum; apply: eq_bigr => a _; rewrite EZ.
  by rewrite (E_slot1 (fun i => s i a ^+ (2 * T) * u a 0 ^+ 2)) -mulr_suml /mean_factor !mulrA.
move=> pi; rewrite qf_dg; apply: eq_bigr => a _.
by rewrite local_A dg_mulv exprMn -exprM mulnC.
Qed.
(* The constant part has the mean (1/n) sum_i gamma (1 + s_i + ... + s_i^(T-1)) b_i, entry by entry. *)
Lemma local_mean_a T a : EM (ist_a p C gam T) a 0 =
  n%:R^-1 * \sum_i gam * (\sum_(j < T) s i a ^+ j) * bw p i a 0.
Proof.
rewrite EM_E (eq_E (G := fun pi : perms R n => \sum_i n%:R^-1 *
    ((gam * \sum_(j < T) s i ((pi : {perm 'I_n}) i) ^+ j) *: (C pi i *m bw p i)) a 0)).
  rewrite E_sum mulr_sumr; apply: eq_bigr => i _.
  by rewrite EZ (E_carried (fun i a => gam * \sum_(j < T) s i a ^+ j)).
move=> pi; rewrite /ist_a /ist_step avgE mulr_sumr; apply: eq_bigr => i _.
by rewrite mulmx0 local_run_0.
Qed.

(* CLAIM local-steps-heterogeneous: Perm-1 with T local steps and s_ia = 1 − γn(L_i)_aa: the mean map has the diagonal matrix of the factors (1/n) Σ_i s_ia^T, and where no factor is 1 its fixed point has the entries (1/n) (Σ_i (1 − s_ia^T) b_ia/(L_i)_aa) / Σ_i (1 − s_ia^T) *)
Theorem local_fixed_point T k x : (forall i a, Lw p i a a != 0) -> (forall a, mean_factor T a != 1) ->
  (EM (fun w => ist_step p C gam T k w x) = x) <->
  forall a, x a 0 = n%:R^-1 *
    ((\sum_i (1 - s i a ^+ T) * bw p i a 0 / Lw p i a a) / (\sum_i (1 - s i a ^+ T))).
Proof.
move=> L0 f1.
have mean a : (EM (fun w => ist_step p C gam T k w x) a 0 == x a 0) =
    (x a 0 == n%:R^-1 * ((\sum_i (1 - s i a ^+ T) * bw p i a 0 / Lw p i a a) /
      (\sum_i (1 - s i a ^+ T)))).
  have n0 : (n%:R : R) != 0 by rewrite pnatr_eq0 -lt0n (leq_trans _ (ltn_ord a)).
  have d0 : \sum_i (1 - s i a ^+ T) = n%:R * (1 - mean_factor T a).
    by rewrite sumrB sumr_const card_ord /mean_factor mulrBr mulr1 mulVKf.
  have dn : 1 - mean_factor T a != 0 by rewrite subr_eq0 eq_sym f1.
  have -> : \sum_i (1 - s i a ^+ T) * bw p i a 0 / Lw p i a a =
      n%:R * \sum_i gam * (\sum_(j < T) s i a ^+ j) * bw p i a 0.
    rewrite mulr_sumr; apply: eq_bigr => i _.
    have -> : 1 - s i a ^+ T = gam * (n%:R * Lw p i a a) * \sum_(j < T) s i a ^+ j.
      by rewrite -[LHS]opprB subrX1 -mulNr opprB /local_factor opprB addrC subrK.
    have Ln := L0 i a.
    by move: (Lw p i a a) (\sum_(j < T) _) Ln => l t ln; field.
  rewrite local_steps_mean mxE local_mean_A dg_mulv local_mean_a d0.
  move: (\sum_i gam * _ * _) (mean_factor T a) dn (x a 0) => t f dn y.
  have -> : n%:R^-1 * (n%:R * t / (n%:R * (1 - f))) = n%:R^-1 * t / (1 - f) by field; rewrite n0 dn.
  rewrite -[RHS](inj_eq (mulIf dn)) divfK // -subr_eq0 -[RHS]subr_eq0 -[RHS]oppr_eq0.
  by congr (_ == 0); ring.
split=> [e a|h]; first by apply/eqP; rewrite -mean e.
by apply/matrixP=> a j; rewrite ord1; apply/eqP; rewrite mean -h.
Qed.
(* Equal workers: the fixed point b_a / (n L_aa) does not depend on T.  L_aa = 0 would make the factor 1. *)
Corollary local_fixed_point_homogeneous T k x (L : 'M[R]_n) (b : 'cV[R]_n) :
  (forall i, Lw p i = L) -> (forall i, bw p i = b) -> (forall a, mean_factor T a != 1) ->
  (EM (fun w => ist_step p C gam T k w x) = x) <->
  forall a, x a 0 = n%:R^-1 * (b a 0 / L a a).
Proof.
move=> hL hb f1; rewrite local_fixed_point // => [|i a]; last first.
  rewrite hL; apply: contra_neq (f1 a) => L0; rewrite /mean_factor (eq_bigr (fun=> 1)) => [|j _].
    by rewrite sumr_const card_ord mulVf // pnatr_eq0 -lt0n (leq_trans _ (ltn_ord a)).
  by rewrite /local_factor hL L0 !mulr0 subr0 expr1n.
suff e a : (\sum_i (1 - s i a ^+ T) * bw p i a 0 / Lw p i a a) / (\sum_i (1 - s i a ^+ T)) =
    b a 0 / L a a by split=> h a; rewrite h e.
have n0 : (n%:R : R) != 0 by rewrite pnatr_eq0 -lt0n (leq_trans _ (ltn_ord a)).
rewrite (eq_bigr (fun i => (1 - s i a ^+ T) * (b a 0 / L a a))) => [|i _].
  rewrite -mulr_suml mulrAC mulfV ?mul1r //.
  apply/eqP=> z; have := f1 a; rewrite -subr_eq0 -oppr_eq0 opprB => /eqP; apply.
  apply: (mulfI n0); rewrite mulr0 -[RHS]z sumrB sumr_const card_ord.
  by rewrite /mean_factor mulrBr mulr1 mulVKf.
by rewrite hL hb mulrA.
Qed.
End Perm1Local.

(* Powers of numbers in [0, 1] and their mean. *)
Section Powers.
Variables (R : realFieldType) (n : nat) (s : 'I_n -> R).
Hypothesis (s0 : forall i, 0 <= s i) (s1 : forall i, s i <= 1).

(* The tangent of t -> t^T at m lies below the curve: t^T >= m^T + T m^(T-1) (t - m). *)
Lemma tangent_below (t m : R) T : 0 <= t -> 0 <= m ->
  m ^+ T.+1 + T.+1%:R * m ^+ T * (t - m) <= t ^+ T.+1.
Proof.
move=> t0 m0; elim: T => [|T ih]; first by rewrite !expr0 !expr1 mulr1 mul1r addrC subrK.
rewrite [t ^+ T.+2]exprS; apply: le_trans (ler_wpmul2l t0 ih).
rewrite -subr_ge0.
have -> : t * (m ^+ T.+1 + T.+1%:R * m ^+ T * (t - m)) -
    (m ^+ T.+2 + T.+2%:R * m ^+ T.+1 * (t - m)) = T.+1%:R * m ^+ T * (t - m) ^+ 2.
  by rewrite [m ^+ T.+2]exprS [m ^+ T.+1]exprS -[T.+2]addn1 natrD; ring.
by rewrite mulr_ge0 ?sqr_ge0 // mulr_ge0 ?ler0n ?exprn_ge0.
Qed.

(* CLAIM local-steps-communication: when 0 ≤ 1 − γn(L_i)_aa ≤ 1, the factor of T ≥ 1 local steps in a coordinate is at most that of one step (equal rounds) and at least its T-th power (equal gradient steps); so are the largest factors *)
Theorem equal_rounds T : (0 < T)%N -> n%:R^-1 * (\sum_i s i ^+ T) <= n%:R^-1 * (\sum_i s i).
Proof.
case: T => // T _; apply: ler_wpmul2l; first by rewrite invr_ge0 ler0n.
by apply: ler_sum => i _; rewrite exprS ler_pimulr // exprn_ile1.
Qed.
(* (mean of the s_i)^T <= mean of the s_i^T: sum the tangents at the mean. *)
Theorem equal_steps T : (0 < n)%N -> (n%:R^-1 * (\sum_i s i)) ^+ T <= n%:R^-1 * (\sum_i s i ^+ T).
Proof.
move=> n0; have np : 0 < (n%:R : R) by rewrite ltr0n.
case: T => [|T].
  by rewrite expr0 (eq_bigr (fun=> 1)) // sumr_const card_ord mulVf ?gt_eqF.
set m := n%:R^-1 * _.
have m0 : 0 <= m by rewrite mulr_ge0 ?invr_ge0 ?ler0n ?sumr_ge0.
rewrite mulrC ler_pdivl_mulr // mulrC.
apply: le_trans (ler_sum _ (fun i _ => tangent_below T (s0 i) m0)).
rewrite big_split sumr_const card_ord /= -mulr_sumr sumrB sumr_const card_ord.
have -> : \sum_i s i - m *+ n = 0.
  by rewrite -[m *+ n]mulr_natl /m mulVKf ?gt_eqF // subrr.
by rewrite mulr0 addr0 mulr_natl.
Qed.
End Powers.
(* The two together, for the factors of Perm-1 in coordinate a. *)
Corollary local_equal_communication (R : realFieldType) (n : nat) (p : problem R n n) (gam : R) T a :
  (0 < T)%N -> (forall i, 0 <= local_factor p gam i a <= 1) ->
  mean_factor p gam T a <= mean_factor p gam 1 a /\
  mean_factor p gam 1 a ^+ T <= mean_factor p gam T a.
Proof.
move=> T0 h; have s0 i := andP (h i); have n0 : (0 < n)%N by apply: leq_trans (ltn_ord a).
have e : mean_factor p gam 1 a = n%:R^-1 * \sum_i local_factor p gam i a.
  by rewrite /mean_factor (eq_bigr (fun i => local_factor p gam i a)) // => i _; rewrite expr1.
rewrite e /mean_factor; split; first by apply: equal_rounds T0 => i; case: (s0 i).
by apply: equal_steps n0 => i; case: (s0 i).
Qed.
