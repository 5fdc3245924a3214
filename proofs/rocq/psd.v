(* Positive semidefinite and positive definite matrices, the laws of the       *)
(* Loewner order, Cauchy-Schwarz and Fenchel-Young in weighted norms.          *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Export forms.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Positive.
Variables (R : realFieldType) (n : nat).
Implicit Types (A B M : 'M[R]_n) (u v : 'cV[R]_n) (a t : R).

(* Symmetric, PSD and PD matrices form cones. *)
Lemma symD A B : sym A -> sym B -> sym (A + B).
Proof. by rewrite /sym linearD /= => -> ->. Qed.
Lemma symN A : sym A -> sym (- A).
Proof. by rewrite /sym linearN /= => ->. Qed.
Lemma symB A B : sym A -> sym B -> sym (A - B).
Proof. by move=> sA sB; apply: symD => //; apply: symN. Qed.
Lemma symZ a A : sym A -> sym (a *: A).
Proof. by rewrite /sym linearZ /= => ->. Qed.
Lemma sym0 : sym (0 : 'M[R]_n). Proof. exact: trmx0. Qed.
(* A sum of symmetric matrices is symmetric. *)
Lemma sym_sum (I : Type) (r : seq I) (P : pred I) (F : I -> 'M[R]_n) :
  (forall i, P i -> sym (F i)) -> sym (\sum_(i <- r | P i) F i).
Proof.
by move=> h; rewrite /sym linear_sum /=; apply: eq_bigr => i /h.
Qed.
(* A^T M A is symmetric for symmetric M, *)
Lemma sym_congr p M (A : 'M[R]_(n, p)) : sym M -> sym (A^T *m M *m A).
Proof. by move=> sM; rewrite /sym !trmx_mul trmxK sM mulmxA. Qed.
(* ... and so is A M A for symmetric A and M. *)
Lemma sym_sandwich M A : sym A -> sym M -> sym (A *m M *m A).
Proof. by move=> sA sM; rewrite /sym !trmx_mul sA sM mulmxA. Qed.
(* Conversely, a matrix of the shape LB + BL is symmetric for symmetric L, B. *)
Lemma sym_jordan A B : sym A -> sym B -> sym (A *m B + B *m A).
Proof. by move=> sA sB; rewrite /sym linearD /= !trmx_mul sA sB addrC. Qed.
(* PD implies PSD. *)
Lemma pd_psd M : pd M -> psd M.
Proof.
case=> sM h; split=> // v; have [->|/h/ltW //] := eqVneq v 0.
by rewrite qf0.
Qed.
(* 0 is PSD. *)
Lemma psd0 : psd (0 : 'M[R]_n).
Proof. by split=> [|v]; [exact: sym0|rewrite /qf bf0m]. Qed.
(* PSD + PSD is PSD. *)
Lemma psdD A B : psd A -> psd B -> psd (A + B).
Proof.
case=> sA hA [sB hB]; split=> [|v]; first exact: symD.
by rewrite /qf bfDm addr_ge0 ?hA ?hB.
Qed.
(* A non-negative multiple of a PSD matrix is PSD, *)
Lemma psdZ a A : 0 <= a -> psd A -> psd (a *: A).
Proof.
move=> a0 [sA hA]; split=> [|v]; first exact: symZ.
by rewrite /qf bfZm mulr_ge0 ?hA.
Qed.
(* ... and a positive multiple of a PD matrix is PD. *)
Lemma pdZ a A : 0 < a -> pd A -> pd (a *: A).
Proof.
move=> a0 [sA hA]; split=> [|v nv]; first exact: symZ.
by rewrite /qf bfZm mulr_gt0 ?hA.
Qed.
(* PD + PSD is PD. *)
Lemma pdD A B : pd A -> psd B -> pd (A + B).
Proof.
case=> sA hA [sB hB]; split=> [|v nv]; first exact: symD.
by rewrite /qf bfDm ltr_paddr ?hA ?hB.
Qed.
(* A sum of PSD matrices is PSD. *)
Lemma psd_sum (I : Type) (r : seq I) (P : pred I) (F : I -> 'M[R]_n) :
  (forall i, P i -> psd (F i)) -> psd (\sum_(i <- r | P i) F i).
Proof. by move=> h; elim/big_rec: _ => [|i x /h]; [exact: psd0|exact: psdD]. Qed.
(* A^T M A is PSD for PSD M, *)
Lemma psd_congr p M (A : 'M[R]_(n, p)) : psd M -> psd (A^T *m M *m A).
Proof.
by case=> sM hM; split=> [|v]; [exact: sym_congr|rewrite -qf_mul].
Qed.
(* ... and so is A M A for symmetric A. *)
Lemma psd_sandwich M A : sym A -> psd M -> psd (A *m M *m A).
Proof. by move=> sA /(psd_congr A); rewrite sA. Qed.

(* Loewner order through quadratic forms. *)
Lemma lleP A B : sym A -> sym B ->
  (A ⪯ B) <-> (forall v, qf A v <= qf B v).
Proof.
move=> sA sB; split=> [[_ h] v|h]; first by rewrite -subr_ge0 -bfBm; apply: h.
by split=> [|v]; [exact: symB|rewrite /qf bfBm subr_ge0; apply: h].
Qed.
(* A <= B gives v^T A v <= v^T B v. *)
Lemma lle_qf A B v : A ⪯ B -> qf A v <= qf B v.
Proof. by case=> _ /(_ v); rewrite /qf bfBm subr_ge0. Qed.
(* It is reflexive, transitive and antisymmetric. *)
Lemma lle_refl A : A ⪯ A.
Proof. by rewrite /lle subrr; apply: psd0. Qed.
(* It is transitive: add the two differences. *)
Lemma lle_trans A B C : A ⪯ B -> B ⪯ C -> A ⪯ C.
Proof.
move=> h1 h2; have := psdD h1 h2; rewrite /lle.
by have -> : B - A + (C - B) = C - A by rewrite addrC addrA subrK.
Qed.
(* M and -M PSD force M = 0: all values of the form are 0, and they determine a symmetric matrix. *)
Lemma psd_eq0 A : psd A -> psd (- A) -> A = 0.
Proof.
case=> sA h1 [_ h2].
have z v : qf A v = 0.
  by apply/eqP; rewrite eq_le h1 andbT -oppr_ge0 -bfNm; apply: h2.
apply/matrixP=> i j; rewrite mxE -(bf_delta A i j).
have := z (delta_mx i 0 + delta_mx j 0); rewrite qfD // !z addr0 add0r.
by move/eqP; rewrite mulrn_eq0 => /eqP.
Qed.
(* So the order is antisymmetric. *)
Lemma lle_anti A B : A ⪯ B -> B ⪯ A -> A = B.
Proof.
move=> h1 h2; apply/eqP; rewrite eq_sym -subr_eq0; apply/eqP.
by apply: psd_eq0 => //; rewrite opprB.
Qed.
(* A <= B gives C^T A C <= C^T B C. *)
Lemma lle_congr p A B (C : 'M[R]_(n, p)) :
  A ⪯ B -> (C^T *m A *m C) ⪯ (C^T *m B *m C).
Proof.
by move=> /(psd_congr C); rewrite /lle mulmxBr mulmxBl.
Qed.

(* Inequalities add up, *)
Lemma lleD A B A' B' : A ⪯ B -> A' ⪯ B' -> (A + A') ⪯ (B + B').
Proof. by move=> h h'; rewrite /lle opprD addrACA; apply: psdD. Qed.
(* ... and scale by non-negative numbers. *)
Lemma lleZ t A B : 0 <= t -> A ⪯ B -> (t *: A) ⪯ (t *: B).
Proof. by move=> t0 h; rewrite /lle -scalerBr; apply: psdZ. Qed.

(* Cauchy-Schwarz in a weighted norm: (u^T M v)^2 <= ||u||^2_M ||v||^2_M. *)
Theorem cauchy_schwarz M u v : psd M -> bf M u v ^+ 2 <= qf M u * qf M v.
Proof.
case=> sM hM; set a := qf M u; set b := bf M u v; set c := qf M v.
have key t s : 0 <= t ^+ 2 * a + t * s * b *+ 2 + s ^+ 2 * c.
  have := hM (t *: u + s *: v); rewrite qfD // !qfZ bfZl bfZr mulrA.
  by [].
have a0 : 0 <= a by apply: hM.
have c0 : 0 <= c by apply: hM.
have [cz|nc] := eqVneq c 0.
  rewrite cz mulr0; have [->|nb] := eqVneq b 0; first by rewrite expr0n.
  have := key 1 (- (a + 1) / b); rewrite cz mulr0 addr0 expr1n !mul1r.
  rewrite divfK // mulNrn mulr2n.
  have -> : a - (a + 1 + (a + 1)) = - (a + 1 + 1) by ring.
  by rewrite oppr_ge0 => h; have := lt_le_trans (ltr_paddl a0 ltr01) (ler_paddr ler01 (lexx (a + 1)));
    rewrite ltNge h.
have cp : 0 < c by rewrite lt_neqAle eq_sym nc.
have := key c (- b).
have -> : c ^+ 2 * a + c * - b * b *+ 2 + (- b) ^+ 2 * c = c * (a * c - b ^+ 2).
  by ring.
by rewrite pmulr_rge0 // subr_ge0.
Qed.

(* Fenchel-Young in a weighted norm: 2 u^T M v <= t ||u||^2_M + ||v||^2_M / t. *)
Theorem fenchel_young M u v t : psd M -> 0 < t ->
  bf M u v *+ 2 <= t * qf M u + t^-1 * qf M v.
Proof.
case=> sM hM t0; rewrite -subr_ge0.
have /(mulr_ge0 (ltW (_ : 0 < t^-1))) := hM (t *: u - v).
rewrite invr_gt0 => /(_ t0); rewrite qfB // qfZ bfZl.
suff -> : t^-1 * (t ^+ 2 * qf M u - t * bf M u v *+ 2 + qf M v) =
          t * qf M u + t^-1 * qf M v - bf M u v *+ 2 by [].
by field; rewrite gt_eqF.
Qed.

(* A positive definite matrix is invertible, and its inverse is PD. *)
Lemma pd_unit M : pd M -> M \in unitmx.
Proof.
case=> sM hM; rewrite -row_free_unit -kermx_eq0; apply/eqP/row_matrixP=> i.
rewrite row0; set r := row i _.
have r0 : r *m M = 0 by rewrite /r -row_mul mulmx_ker row0.
apply/eqP; rewrite -[r == 0](inj_eq (can_inj (@trmxK _ _ _))) trmx0.
apply/negPn/negP => /hM; rewrite /qf /bf trmxK r0 mul0mx mxE ltxx.
by [].
Qed.
(* The inverse of a symmetric matrix is symmetric. *)
Lemma sym_inv M : sym M -> sym (invmx M).
Proof. by rewrite /sym trmx_inv => ->. Qed.
(* v^T M^-1 v is the form of M at M^-1 v. *)
Lemma pd_inv M : pd M -> pd (invmx M).
Proof.
move=> pM; have uM := pd_unit pM; case: (pM) => sM hM.
split=> [|v nv]; first exact: sym_inv.
have -> : qf (invmx M) v = qf M (invmx M *m v).
  by rewrite qf_mul (sym_inv sM) mulVmx // mul1mx.
apply: hM; apply: contra nv => /eqP h.
by rewrite -[v]mul1mx -(mulmxV uM) -mulmxA h mulmx0.
Qed.

(* Fenchel-Young between a norm and its dual:                                  *)
(* 2 <u, v> <= t ||u||^2_M + ||v||^2_{M^-1} / t.                               *)
Theorem fenchel_young_dual M u v t : pd M -> 0 < t ->
  dot u v *+ 2 <= t * qf M u + t^-1 * qf (invmx M) v.
Proof.
move=> pM t0; have uM := pd_unit pM; have [sM _] := pM.
have := @fenchel_young M u (invmx M *m v) t (pd_psd pM) t0.
rewrite bf_mulr mulmxV // qf_mul (sym_inv sM) mulVmx // mul1mx.
by [].
Qed.

(* The inverse reverses the order: with u = B^-1 v, Fenchel-Young and A <= B give *)
(* 2 v^T B^-1 v = 2 <u, v> <= u^T A u + v^T A^-1 v <= v^T B^-1 v + v^T A^-1 v. *)
Theorem lle_inv A B : pd A -> A ⪯ B -> invmx B ⪯ invmx A.
Proof.
move=> pA h; have pB : pd B by rewrite -(subrK A B) addrC; apply: pdD.
apply/lleP => [||v]; [by apply: (pd_inv pB).1|by apply: (pd_inv pA).1|].
set u := invmx B *m v; have h2 := fenchel_young_dual u v pA ltr01.
have e1 : qf B u = qf (invmx B) v by rewrite /u qf_mul (sym_inv pB.1) mulVmx ?pd_unit // mul1mx.
have e2 : dot u v = qf (invmx B) v by rewrite /dot /u bf_mull mulmx1 (sym_inv pB.1).
have h1 := lle_qf u h; rewrite e1 in h1; rewrite invr1 !mul1r e2 mulr2n in h2.
by rewrite -(ler_add2l (qf (invmx B) v)); apply: le_trans h2 _; rewrite ler_add2r.
Qed.

(* If 0 <= B <= lam I then ||B v||^2 <= lam v^T B v, i.e. B^2 <= lam B. *)
Lemma psd_sqr_le B lam v : psd B -> B ⪯ lam%:M ->
  nrm2 (B *m v) <= lam * qf B v.
Proof.
move=> pB hB; have [sB hB0] := pB.
have e : nrm2 (B *m v) = bf B v (B *m v).
  by rewrite /nrm2 /qf bf_mull mulmx1 sB.
have cs := cauchy_schwarz v (B *m v) pB; rewrite -e in cs.
have ub := lle_qf (B *m v) hB.
rewrite -[lam%:M]scalemx1 [X in _ <= X]/qf bfZm -/(qf _ _) -/(nrm2 _) in ub.
have n0 : 0 <= nrm2 (B *m v) by apply: (pd_psd (pd1 R n)).2.
have [z|nz] := eqVneq (nrm2 (B *m v)) 0.
  have [lam0|lam0] := lerP 0 lam; first by rewrite z mulr_ge0.
  have := lle_qf v hB.
  rewrite -[lam%:M]scalemx1 [X in _ <= X -> _]/qf bfZm -/(qf _ _) -/(nrm2 _) => h.
  have n1 : 0 <= nrm2 v by apply: (pd_psd (pd1 R n)).2.
  have : qf B v <= 0 by apply: le_trans h _; rewrite mulr_le0_ge0 // ltW.
  by move=> b0; rewrite z; apply: mulr_le0 => //; apply: ltW.
have np : 0 < nrm2 (B *m v) by rewrite lt_neqAle eq_sym nz.
rewrite -(ler_pmul2r np) -expr2; apply: le_trans cs _.
rewrite [X in _ <= X * _]mulrC -mulrA; apply: ler_wpmul2l => //.
Qed.

(* A PD matrix below lam I has its inverse above lam^-1 I:                     *)
(* ||v||^2 <= lam ||v||^2_{M^-1}.                                             *)
Lemma inv_lower M lam v : pd M -> M ⪯ lam%:M ->
  nrm2 v <= lam * qf (invmx M) v.
Proof.
move=> pM hM; have := psd_sqr_le (invmx M *m v) (pd_psd pM) hM.
rewrite mulmxA mulmxV ?pd_unit // mul1mx; have [sM _] := pM.
by rewrite qf_mul (sym_inv sM) mulVmx ?pd_unit // mul1mx.
Qed.

(* The trace bounds a PSD matrix: M <= tr(M) I. *)
Lemma psd_le_trace M : psd M -> M ⪯ (\tr M)%:M.
Proof.
move=> pM; have [sM hM] := pM.
apply/lleP => //; first by rewrite /sym tr_scalar_mx.
move=> v; rewrite -[(\tr M)%:M]scalemx1 [X in _ <= X]/qf bfZm -/(qf _ _) -/(nrm2 _).
have [z|nz] := eqVneq (qf M v) 0.
  rewrite z mulr_ge0 //; last exact: (pd_psd (pd1 R n)).2.
  by apply: sumr_ge0 => i _; rewrite -bf_delta; apply: hM.
have qp : 0 < qf M v by rewrite lt_neqAle eq_sym nz hM.
have s1 : nrm2 (M *m v) <= \tr M * qf M v.
  rewrite nrm2E mulr_suml; apply: ler_sum => i _.
  have := cauchy_schwarz (delta_mx i 0) v pM.
  rewrite [qf M (delta_mx _ _)]bf_delta.
  suff -> : bf M (delta_mx i 0) v = (M *m v) i 0 by [].
  rewrite bf_dot dotE (bigD1 i) //= big1 => [|j /negPf nj].
    by rewrite !mxE !eqxx mul1r addr0.
  by rewrite !mxE nj mul0r.
have := cauchy_schwarz v (M *m v) (pd_psd (pd1 R n)).
rewrite -[bf 1%:M v (M *m v)]/(dot v (M *m v)) -bf_dot -/(qf M v) => cs.
rewrite -(ler_pmul2r qp) -expr2; apply: le_trans cs _.
rewrite -/(nrm2 _) -/(nrm2 _) mulrC.
apply: le_trans (ler_wpmul2r _ s1) _; first exact: (pd_psd (pd1 R n)).2.
by rewrite mulrAC.
Qed.

(* A PD matrix dominates a positive multiple of the identity. *)
Lemma pd_lower M : pd M -> (0 < n)%N ->
  exists2 mu, 0 < mu & forall v, mu * nrm2 v <= qf M v.
Proof.
move=> pM n0; have pI := pd_inv pM; set t := \tr (invmx M).
have t0 : 0 < t.
  pose i0 := Ordinal n0; rewrite /t /mxtrace (bigD1 i0) //=.
  apply: ltr_paddr; last first.
    rewrite -[X in 0 < X](bf_delta (invmx M)); apply: pI.2.
    apply/eqP=> /matrixP/(_ i0 0); rewrite !mxE !eqxx => /eqP.
    by rewrite oner_eq0.
  apply: sumr_ge0 => i _; rewrite -[X in 0 <= X](bf_delta (invmx M)).
  exact: (pd_psd pI).2.
exists t^-1 => [|v]; first by rewrite invr_gt0.
have := inv_lower v pI (psd_le_trace (pd_psd pI)); rewrite invmxK -/t => h.
by rewrite mulrC ler_pdivr_mulr // mulrC.
Qed.

End Positive.
