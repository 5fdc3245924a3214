(* Quadratic forms, weighted norms and the words symmetric, PSD, PD, Loewner    *)
(* order, over an arbitrary real field.  Everything else rests on this file.   *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Forms.
Variable R : realFieldType.

(* bf M u v = u^T M v, the bilinear form of M. *)
Definition bf m n (M : 'M[R]_(m, n)) (u : 'cV[R]_m) (v : 'cV[R]_n) : R :=
  (u^T *m M *m v) 0 0.

(* qf M v = v^T M v = ||v||^2_M, the weighted squared norm. *)
Definition qf n (M : 'M[R]_n) (v : 'cV[R]_n) : R := bf M v v.

(* The Euclidean inner product and squared norm. *)
Definition dot n (u v : 'cV[R]_n) : R := bf 1%:M u v.
Definition nrm2 n (v : 'cV[R]_n) : R := qf 1%:M v.

Definition sym n (M : 'M[R]_n) : Prop := M^T = M.
Definition psd n (M : 'M[R]_n) : Prop := sym M /\ forall v, 0 <= qf M v.
Definition pd n (M : 'M[R]_n) : Prop :=
  sym M /\ forall v, v != 0 -> 0 < qf M v.

(* The Loewner order: A <= B when B - A is positive semidefinite. *)
Definition lle n (A B : 'M[R]_n) : Prop := psd (B - A).

(* The diagonal part of a matrix. *)
Definition dpart n (M : 'M[R]_n) : 'M[R]_n :=
  \matrix_(i, j) (if i == j then M i i else 0).

End Forms.

Notation "A '⪯' B" := (lle A B) (at level 70, no associativity).

Section Bilinear.
Variable R : realFieldType.
Variables m n : nat.
Implicit Types (M N : 'M[R]_(m, n)) (u : 'cV[R]_m) (v : 'cV[R]_n).

(* The form is additive and homogeneous in each of its three arguments. *)
Lemma bfDl M u u' v : bf M (u + u') v = bf M u v + bf M u' v.
Proof. by rewrite /bf linearD /= !mulmxDl mxE. Qed.
Lemma bfDr M u v v' : bf M u (v + v') = bf M u v + bf M u v'.
Proof. by rewrite /bf mulmxDr mxE. Qed.
Lemma bfDm M N u v : bf (M + N) u v = bf M u v + bf N u v.
Proof. by rewrite /bf mulmxDr mulmxDl mxE. Qed.
Lemma bfZl M a u v : bf M (a *: u) v = a * bf M u v.
Proof. by rewrite /bf linearZ /= -!scalemxAl mxE. Qed.
Lemma bfZr M a u v : bf M u (a *: v) = a * bf M u v.
Proof. by rewrite /bf -scalemxAr mxE. Qed.
Lemma bfZm M a u v : bf (a *: M) u v = a * bf M u v.
Proof. by rewrite /bf -scalemxAr -scalemxAl mxE. Qed.
Lemma bfNl M u v : bf M (- u) v = - bf M u v.
Proof. by rewrite -scaleN1r bfZl mulN1r. Qed.
Lemma bfNr M u v : bf M u (- v) = - bf M u v.
Proof. by rewrite -scaleN1r bfZr mulN1r. Qed.
Lemma bfNm M u v : bf (- M) u v = - bf M u v.
Proof. by rewrite -scaleN1r bfZm mulN1r. Qed.
Lemma bfBl M u u' v : bf M (u - u') v = bf M u v - bf M u' v.
Proof. by rewrite bfDl bfNl. Qed.
Lemma bfBr M u v v' : bf M u (v - v') = bf M u v - bf M u v'.
Proof. by rewrite bfDr bfNr. Qed.
Lemma bfBm M N u v : bf (M - N) u v = bf M u v - bf N u v.
Proof. by rewrite bfDm bfNm. Qed.
Lemma bf0l M v : bf M 0 v = 0.
Proof. by rewrite /bf trmx0 !mul0mx mxE. Qed.
Lemma bf0r M u : bf M u 0 = 0.
Proof. by rewrite /bf mulmx0 mxE. Qed.
Lemma bf0m u v : bf (0 : 'M[R]_(m, n)) u v = 0.
Proof. by rewrite /bf mulmx0 mul0mx mxE. Qed.

(* The form of a sum of matrices, and of sums of vectors, is the sum of the forms. *)
Lemma bf_summ (I : Type) (r : seq I) (P : pred I) (F : I -> 'M[R]_(m, n)) u v :
  bf (\sum_(i <- r | P i) F i) u v = \sum_(i <- r | P i) bf (F i) u v.
Proof.
apply: (big_morph (fun M => bf M u v)) => [M N|]; [exact: bfDm|exact: bf0m].
Qed.
Lemma bf_sumr (I : Type) (r : seq I) (P : pred I) (F : I -> 'cV[R]_n) M u :
  bf M u (\sum_(i <- r | P i) F i) = \sum_(i <- r | P i) bf M u (F i).
Proof.
apply: (big_morph (fun v => bf M u v)) => [v v'|]; [exact: bfDr|exact: bf0r].
Qed.
Lemma bf_suml (I : Type) (r : seq I) (P : pred I) (F : I -> 'cV[R]_m) M v :
  bf M (\sum_(i <- r | P i) F i) v = \sum_(i <- r | P i) bf M (F i) v.
Proof.
apply: (big_morph (fun u => bf M u v)) => [u u'|]; [exact: bfDl|exact: bf0l].
Qed.

(* The form in coordinates. *)
Lemma bfE M u v : bf M u v = \sum_i \sum_j u i 0 * M i j * v j 0.
Proof.
rewrite /bf mxE exchange_big /=; apply: eq_bigr => j _.
rewrite mxE mulr_suml; apply: eq_bigr => i _.
by rewrite mxE.
Qed.

End Bilinear.

Section Transport.
Variable R : realFieldType.

(* A factor moves across the form as its transpose. *)
Lemma bf_mulr m n p (M : 'M[R]_(m, n)) (A : 'M_(n, p)) u v :
  bf M u (A *m v) = bf (M *m A) u v.
Proof. by rewrite /bf !mulmxA. Qed.
(* (A u)^T M v = u^T (A^T M) v. *)
Lemma bf_mull m n p (M : 'M[R]_(m, n)) (A : 'M_(m, p)) u v :
  bf M (A *m u) v = bf (A^T *m M) u v.
Proof. by rewrite /bf trmx_mul !mulmxA. Qed.
(* v^T M^T u = u^T M v, *)
Lemma bf_tr m n (M : 'M[R]_(m, n)) u v : bf M^T v u = bf M u v.
Proof.
rewrite /bf; have -> : v^T *m M^T *m u = (u^T *m M *m v)^T.
  by rewrite !trmx_mul trmxK mulmxA.
by rewrite mxE.
Qed.
(* ... so the form of a symmetric matrix is symmetric. *)
Lemma bfC n (M : 'M[R]_n) u v : sym M -> bf M u v = bf M v u.
Proof. by move=> sM; rewrite -[LHS]bf_tr sM. Qed.

(* v^T M^T v = v^T M v: a form only sees the symmetric part. *)
Lemma qf_tr n (M : 'M[R]_n) v : qf M^T v = qf M v.
Proof. exact: bf_tr. Qed.

(* ||u + v||^2 = ||u||^2 + 2 u^T M v + ||v||^2 for symmetric M, *)
Lemma qfD n (M : 'M[R]_n) u v : sym M ->
  qf M (u + v) = qf M u + bf M u v *+ 2 + qf M v.
Proof.
by move=> sM; rewrite /qf bfDl !bfDr [bf M v u]bfC // mulr2n !addrA.
Qed.
(* ... and ||u - v||^2 = ||u||^2 - 2 u^T M v + ||v||^2. *)
Lemma qfB n (M : 'M[R]_n) u v : sym M ->
  qf M (u - v) = qf M u - bf M u v *+ 2 + qf M v.
Proof.
by move=> sM; rewrite qfD // /qf bfNl !bfNr opprK mulNrn.
Qed.
(* ||a v||^2 = a^2 ||v||^2. *)
Lemma qfZ n (M : 'M[R]_n) a v : qf M (a *: v) = a ^+ 2 * qf M v.
Proof. by rewrite /qf bfZl bfZr mulrA expr2. Qed.
(* ||-v||^2 = ||v||^2. *)
Lemma qfN n (M : 'M[R]_n) v : qf M (- v) = qf M v.
Proof. by rewrite /qf bfNl bfNr opprK. Qed.
(* ||0||^2 = 0. *)
Lemma qf0 n (M : 'M[R]_n) : qf M 0 = 0.
Proof. exact: bf0l. Qed.
(* ||A v||^2_M = v^T (A^T M A) v. *)
Lemma qf_mul n p (M : 'M[R]_n) (A : 'M_(n, p)) v :
  qf M (A *m v) = qf (A^T *m M *m A) v.
Proof. by rewrite /qf bf_mull bf_mulr. Qed.

(* The form is linear in the matrix, *)
Lemma qfZm n (M : 'M[R]_n) a v : qf (a *: M) v = a * qf M v.
Proof. exact: bfZm. Qed.
(* ... additive, *)
Lemma qfDm n (M N : 'M[R]_n) v : qf (M + N) v = qf M v + qf N v.
Proof. exact: bfDm. Qed.
(* ... and that of a I is a ||v||^2. *)
Lemma qf_scalar n a (v : 'cV[R]_n) : qf a%:M v = a * nrm2 v.
Proof. by rewrite -scalemx1 qfZm. Qed.

(* The Euclidean norm in coordinates, and its definiteness. *)
Lemma dotE n (u v : 'cV[R]_n) : dot u v = \sum_i u i 0 * v i 0.
Proof.
rewrite /dot /bf mulmx1 mxE; apply: eq_bigr => i _; by rewrite mxE.
Qed.
(* ||v||^2 = sum v_i^2. *)
Lemma nrm2E n (v : 'cV[R]_n) : nrm2 v = \sum_i v i 0 ^+ 2.
Proof. by rewrite /nrm2 /qf -/(dot v v) dotE; apply: eq_bigr => i _; rewrite expr2. Qed.
(* u^T M v = <u, M v>. *)
Lemma bf_dot m n (M : 'M[R]_(m, n)) u v : bf M u v = dot u (M *m v).
Proof. by rewrite /dot bf_mulr mul1mx. Qed.
(* e_i^T M e_j = M_ij. *)
Lemma bf_delta m n (M : 'M[R]_(m, n)) i j :
  bf M (delta_mx i 0) (delta_mx j 0) = M i j.
Proof.
rewrite bfE (bigD1 i) //= (bigD1 j) //= !mxE !eqxx mul1r mulr1.
rewrite !big1 ?addr0 // => [k nk|k nk].
  by rewrite big1 // => l _; rewrite !mxE (negPf nk) !mul0r.
by rewrite !mxE (negPf nk) mulr0.
Qed.
(* The identity is symmetric, *)
Lemma sym1 n : sym (1%:M : 'M[R]_n). Proof. exact: trmx1. Qed.
(* ... and positive definite: a sum of squares is 0 only when all of them are. *)
Lemma pd1 n : pd (1%:M : 'M[R]_n).
Proof.
split=> [|v nv]; first exact: sym1.
rewrite -/(nrm2 v) nrm2E lt_neqAle eq_sym sumr_ge0 => [|i _]; last exact: sqr_ge0.
rewrite andbT; apply: contra nv => h; apply/eqP/matrixP=> i j.
rewrite ord1 mxE; apply/eqP; rewrite -sqrf_eq0.
have sq k : true -> 0 <= v k 0 ^+ 2 by move=> _; apply: sqr_ge0.
by rewrite (psumr_eq0P sq (eqP h)).
Qed.
(* ||v||^2 >= 0. *)
Lemma nrm2_ge0 n (v : 'cV[R]_n) : 0 <= nrm2 v.
Proof. by rewrite nrm2E; apply: sumr_ge0 => i _; apply: sqr_ge0. Qed.

End Transport.
