(* Finite probability spaces, expectation of numbers and of matrices, products *)
(* of spaces, and expectation over k independent rounds of a random step.      *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* A finite probability space: a finite type with weights >= 0 of sum 1. *)
Record fprob (R : realFieldType) := Fprob {
  outcome :> finType;
  weight : outcome -> R;
  weight_ge0 : forall w, 0 <= weight w;
  weight_sum : \sum_w weight w = 1 }.

Section Expectation.
Variables (R : realFieldType) (P : fprob R).

(* Expectation of a number and of a matrix. *)
Definition E (F : P -> R) : R := \sum_w weight w * F w.
Definition EM m n (F : P -> 'M[R]_(m, n)) : 'M[R]_(m, n) :=
  \sum_w weight w *: F w.

(* Expectation is linear and monotone, and does not change constants. *)
Lemma eq_E F G : F =1 G -> E F = E G.
Proof. by move=> h; apply: eq_bigr => w _; rewrite h. Qed.
(* E a = a. *)
Lemma E_cst a : E (fun _ => a) = a.
Proof. by rewrite /E -mulr_suml weight_sum mul1r. Qed.
(* E(F + G) = E F + E G. *)
Lemma ED F G : E (fun w => F w + G w) = E F + E G.
Proof. by rewrite /E -big_split; apply: eq_bigr => w _; rewrite mulrDr. Qed.
(* E(a F) = a E F, *)
Lemma EZ a F : E (fun w => a * F w) = a * E F.
Proof. by rewrite /E mulr_sumr; apply: eq_bigr => w _; rewrite mulrCA. Qed.
(* ... also from the right. *)
Lemma EZr a F : E (fun w => F w * a) = E F * a.
Proof. by rewrite mulrC -EZ; apply: eq_E => w; rewrite mulrC. Qed.
(* E(-F) = -E F. *)
Lemma EN F : E (fun w => - F w) = - E F.
Proof. by rewrite -mulN1r -EZ; apply: eq_E => w; rewrite mulN1r. Qed.
(* E(F - G) = E F - E G. *)
Lemma EB F G : E (fun w => F w - G w) = E F - E G.
Proof. by rewrite ED EN. Qed.
(* E(k F) = k E F for a whole number k. *)
Lemma EMn F k : E (fun w => F w *+ k) = E F *+ k.
Proof. by rewrite -mulr_natl -EZ; apply: eq_E => w; rewrite mulr_natl. Qed.
(* F <= G gives E F <= E G, *)
Lemma E_le F G : (forall w, F w <= G w) -> E F <= E G.
Proof.
by move=> h; apply: ler_sum => w _; rewrite ler_wpmul2l ?weight_ge0.
Qed.
(* ... and F >= 0 gives E F >= 0. *)
Lemma E_ge0 F : (forall w, 0 <= F w) -> 0 <= E F.
Proof. by move=> h; rewrite -(E_cst 0); apply: E_le. Qed.
(* The expectation of a finite sum is the sum of the expectations. *)
Lemma E_sum (I : finType) (F : I -> P -> R) :
  E (fun w => \sum_i F i w) = \sum_i E (F i).
Proof.
by rewrite /E exchange_big /=; apply: eq_bigr => w _; rewrite mulr_sumr.
Qed.

(* The same for matrices. *)
Lemma eq_EM m n (F G : P -> 'M[R]_(m, n)) : F =1 G -> EM F = EM G.
Proof. by move=> h; apply: eq_bigr => w _; rewrite h. Qed.
Lemma EM_cst m n (A : 'M[R]_(m, n)) : EM (fun _ => A) = A.
Proof. by rewrite /EM -scaler_suml weight_sum scale1r. Qed.
Lemma EMD m n (F G : P -> 'M[R]_(m, n)) :
  EM (fun w => F w + G w) = EM F + EM G.
Proof. by rewrite /EM -big_split; apply: eq_bigr => w _; rewrite scalerDr. Qed.
Lemma EMZ m n a (F : P -> 'M[R]_(m, n)) : EM (fun w => a *: F w) = a *: EM F.
Proof.
by rewrite /EM scaler_sumr; apply: eq_bigr => w _; rewrite !scalerA mulrC.
Qed.
Lemma EMN m n (F : P -> 'M[R]_(m, n)) : EM (fun w => - F w) = - EM F.
Proof. by rewrite -scaleN1r -EMZ; apply: eq_EM => w; rewrite scaleN1r. Qed.
Lemma EMB m n (F G : P -> 'M[R]_(m, n)) :
  EM (fun w => F w - G w) = EM F - EM G.
Proof. by rewrite EMD EMN. Qed.
Lemma EM_mull m n p (A : 'M[R]_(p, m)) (F : P -> 'M[R]_(m, n)) :
  EM (fun w => A *m F w) = A *m EM F.
Proof. by rewrite /EM mulmx_sumr; apply: eq_bigr => w _; rewrite scalemxAr. Qed.
Lemma EM_mulr m n p (F : P -> 'M[R]_(m, n)) (A : 'M[R]_(n, p)) :
  EM (fun w => F w *m A) = EM F *m A.
Proof. by rewrite /EM mulmx_suml; apply: eq_bigr => w _; rewrite scalemxAl. Qed.
Lemma EM_sum (I : finType) m n (F : I -> P -> 'M[R]_(m, n)) :
  EM (fun w => \sum_i F i w) = \sum_i EM (F i).
Proof.
by rewrite /EM exchange_big /=; apply: eq_bigr => w _; rewrite scaler_sumr.
Qed.
(* The entries of the expectation are the expectations of the entries. *)
Lemma EM_E m n (F : P -> 'M[R]_(m, n)) i j : EM F i j = E (fun w => F w i j).
Proof. by rewrite /EM summxE; apply: eq_bigr => w _; rewrite mxE. Qed.
(* E commutes with the transpose, *)
Lemma EM_tr m n (F : P -> 'M[R]_(m, n)) : EM (fun w => (F w)^T) = (EM F)^T.
Proof. by apply/matrixP=> i j; rewrite mxE !EM_E; apply: eq_E => w; rewrite mxE. Qed.
(* ... so the mean of symmetric matrices is symmetric. *)
Lemma sym_EM n (F : P -> 'M[R]_n) : (forall w, sym (F w)) -> sym (EM F).
Proof. by move=> h; rewrite /sym -EM_tr; apply: eq_EM => w; rewrite h. Qed.

(* Expectation commutes with the forms. *)
Lemma E_bfm m n (F : P -> 'M[R]_(m, n)) u v :
  E (fun w => bf (F w) u v) = bf (EM F) u v.
Proof. by rewrite /EM bf_summ; apply: eq_bigr => w _; rewrite bfZm. Qed.
(* E(v^T F v) = v^T (E F) v. *)
Lemma E_qfm n (F : P -> 'M[R]_n) v : E (fun w => qf (F w) v) = qf (EM F) v.
Proof. exact: E_bfm. Qed.
(* E(u^T M F) = u^T M (E F), *)
Lemma E_bfr m n (M : 'M[R]_(m, n)) u (F : P -> 'cV[R]_n) :
  E (fun w => bf M u (F w)) = bf M u (EM F).
Proof. by rewrite /EM bf_sumr; apply: eq_bigr => w _; rewrite bfZr. Qed.
(* ... and E(F^T M v) = (E F)^T M v. *)
Lemma E_bfl m n (M : 'M[R]_(m, n)) v (F : P -> 'cV[R]_m) :
  E (fun w => bf M (F w) v) = bf M (EM F) v.
Proof. by rewrite /EM bf_suml; apply: eq_bigr => w _; rewrite bfZl. Qed.
(* The mean of PSD matrices is PSD. *)
Lemma psd_EM n (F : P -> 'M[R]_n) : (forall w, psd (F w)) -> psd (EM F).
Proof.
move=> h; apply: psd_sum => w _; apply: psdZ (h w); exact: weight_ge0.
Qed.

(* The expectation of matrices is monotone in the Loewner order. *)
Lemma EM_le n (F G : P -> 'M[R]_n) : (forall w, F w ⪯ G w) -> EM F ⪯ EM G.
Proof. by move=> h; rewrite /lle -EMB; apply: psd_EM. Qed.

(* CLAIM bias-variance: for every random vector g, E‖g‖² = E‖g − E g‖² + ‖E g‖² (here in every weighted norm ‖·‖_M) *)
Theorem bias_variance n (M : 'M[R]_n) (g : P -> 'cV[R]_n) : sym M ->
  E (fun w => qf M (g w)) = E (fun w => qf M (g w - EM g)) + qf M (EM g).
Proof.
move=> sM; have -> : E (fun w => qf M (g w - EM g)) =
    E (fun w => qf M (g w) - bf M (g w) (EM g) *+ 2 + qf M (EM g)).
  by apply: eq_E => w; rewrite qfB.
by rewrite ED EB EMn E_cst E_bfl /qf; ring.
Qed.

(* Jensen: ||E g||^2 <= E||g||^2 in a PSD norm. *)
Lemma jensen n (M : 'M[R]_n) (g : P -> 'cV[R]_n) : psd M ->
  qf M (EM g) <= E (fun w => qf M (g w)).
Proof.
case=> sM hM; rewrite (bias_variance _ sM) ler_addr.
by apply: E_ge0 => w; apply: hM.
Qed.

End Expectation.

(* The one-point space and the product of two spaces. *)
Section Product.
Variable R : realFieldType.

(* The weight 1 is not negative, *)
Lemma punit_ge0 (w : unit) : 0 <= (1 : R). Proof. exact: ler01. Qed.
(* ... and all weights sum to 1. *)
Lemma punit_sum : \sum_(w : unit) (1 : R) = 1.
Proof. by rewrite (big_pred1 tt) // => -[]. Qed.
Definition punit : fprob R := Fprob punit_ge0 punit_sum.

Variables P Q : fprob R.
Definition pw (w : (P * Q)%type) : R := weight w.1 * weight w.2.
(* A product of weights is not negative, *)
Lemma pw_ge0 w : 0 <= pw w.
Proof. by rewrite mulr_ge0 ?weight_ge0. Qed.
(* ... and the products sum to 1. *)
Lemma pw_sum : \sum_w pw w = 1.
Proof.
rewrite -(pair_bigA _ (fun a b => weight a * weight b)) /=.
rewrite (eq_bigr (fun a => weight a)) ?weight_sum // => a _.
by rewrite -mulr_sumr weight_sum mulr1.
Qed.
Definition pprod : fprob R := Fprob pw_ge0 pw_sum.

(* Independence: the expectation over the product is the iterated one. *)
Lemma E_prod (F : pprod -> R) : E F = E (fun a => E (fun b => F (a, b))).
Proof.
transitivity (\sum_(p : P * Q) weight p.1 * weight p.2 * F (p.1, p.2)).
  by apply: eq_bigr => -[a b] _.
rewrite -(pair_bigA _ (fun a b => weight a * weight b * F (a, b))) /=.
apply: eq_bigr => a _; rewrite mulr_sumr; apply: eq_bigr => b _.
by rewrite mulrA.
Qed.
End Product.

(* The uniform space on a non-empty finite type. *)
Section Uniform.
Variables (R : realFieldType) (T : finType) (t0 : T).
(* There is an outcome, *)
Lemma unif_card : (0 < #|T|)%N. Proof. by apply/card_gt0P; exists t0. Qed.
(* ... its weight 1/N is not negative, *)
Lemma unif_ge0 (w : T) : 0 <= (#|T|%:R^-1 : R).
Proof. by rewrite invr_ge0 ler0n. Qed.
(* ... and N of them sum to 1. *)
Lemma unif_sum : \sum_(w : T) (#|T|%:R^-1 : R) = 1.
Proof.
rewrite sumr_const -[_ *+ _]mulr_natl mulfV //.
by rewrite pnatr_eq0 -lt0n unif_card.
Qed.
Definition uniform : fprob R := Fprob unif_ge0 unif_sum.
(* E F = (1/N) sum F. *)
Lemma E_uniform (F : T -> R) : @E R uniform F = #|T|%:R^-1 * \sum_w F w.
Proof. by rewrite /E -mulr_sumr. Qed.
End Uniform.

(* Iterates of a random step: x^{k+1} = step_k(w_k, x^k) with w_0, w_1, ...    *)
(* independent draws from P.  Er k F is E F(x^k), started at x0; the last      *)
(* round is averaged first (conditional expectation given x^k).                *)
Section Rounds.
Variables (R : realFieldType) (P : fprob R) (X : Type).
Variables (step : nat -> P -> X -> X) (x0 : X).

Fixpoint Er (k : nat) (F : X -> R) : R :=
  if k is k'.+1 then Er k' (fun x => E (fun w => F (step k' w x))) else F x0.

(* E F(x^k) depends on the values of F only, *)
Lemma eq_Er k F G : F =1 G -> Er k F = Er k G.
Proof.
elim: k F G => /= [|k ih] F G h; first exact: h.
by apply: ih => x; apply: eq_E => w; apply: h.
Qed.
(* is a for the constant a, *)
Lemma Er_cst k a : Er k (fun _ => a) = a.
Proof.
by elim: k => //= k ih; rewrite -[RHS]ih; apply: eq_Er => x; rewrite E_cst.
Qed.
(* additive, *)
Lemma ErD k F G : Er k (fun x => F x + G x) = Er k F + Er k G.
Proof.
elim: k F G => //= k ih F G; rewrite -ih.
by apply: eq_Er => x; rewrite ED.
Qed.
(* homogeneous, *)
Lemma ErZ k a F : Er k (fun x => a * F x) = a * Er k F.
Proof.
by elim: k F => //= k ih F; rewrite -ih; apply: eq_Er => x; rewrite EZ.
Qed.
(* odd, *)
Lemma ErN k F : Er k (fun x => - F x) = - Er k F.
Proof. by rewrite -mulN1r -ErZ; apply: eq_Er => w; rewrite mulN1r. Qed.
(* E(F - G) = E F - E G, *)
Lemma ErB k F G : Er k (fun x => F x - G x) = Er k F - Er k G.
Proof. by rewrite ErD ErN. Qed.
(* E(n F) = n E F for a whole number n, *)
Lemma ErMn k F n : Er k (fun x => F x *+ n) = Er k F *+ n.
Proof. by rewrite -mulr_natl -ErZ; apply: eq_Er => w; rewrite mulr_natl. Qed.
(* passes through finite sums, *)
Lemma Er_sum k (I : finType) (F : I -> X -> R) :
  Er k (fun x => \sum_i F i x) = \sum_i Er k (F i).
Proof.
elim: k F => //= k ih F; rewrite -ih.
by apply: eq_Er => x; rewrite E_sum.
Qed.
(* is monotone, *)
Lemma Er_le k F G : (forall x, F x <= G x) -> Er k F <= Er k G.
Proof.
elim: k F G => /= [|k ih] F G h; first exact: h.
by apply: ih => x; apply: E_le => w; apply: h.
Qed.
(* and not negative for F >= 0. *)
Lemma Er_ge0 k F : (forall x, 0 <= F x) -> 0 <= Er k F.
Proof. by move=> h; rewrite -(Er_cst k 0); apply: Er_le. Qed.

(* The space of k independent draws, the iterate as a function of the draws,   *)
(* and the proof that Er is the expectation over that space.                   *)
Fixpoint draws (k : nat) : fprob R :=
  if k is k'.+1 then pprod (draws k') P else punit R.
Fixpoint iterate (k : nat) : draws k -> X :=
  match k return draws k -> X with
  | 0 => fun _ => x0
  | k'.+1 => fun w : pprod (draws k') P => step k' w.2 (iterate w.1)
  end.
(* E F(x^k) is the expectation of F over the space of k draws. *)
Theorem Er_draws k F : Er k F = E (fun w : draws k => F (iterate w)).
Proof.
elim: k F => [|k ih] F /=; first by rewrite E_cst.
by rewrite ih E_prod.
Qed.

End Rounds.

Section MeanIterate.
Variables (R : realFieldType) (P : fprob R) (d : nat).
Variables (step : nat -> P -> 'cV[R]_d -> 'cV[R]_d) (x0 : 'cV[R]_d).

(* E x^k, entry by entry. *)
Definition mean_iterate (k : nat) : 'cV[R]_d :=
  \col_i Er step x0 k (fun x => x i 0).

(* E x^k is the expectation of the iterate over k draws. *)
Lemma mean_draws k : mean_iterate k = EM (fun w : draws P k => iterate step x0 w).
Proof.
apply/matrixP=> i j; rewrite ord1 EM_E mxE.
exact: (Er_draws step x0 k (fun x => x i 0)).
Qed.
(* A linear functional of the iterate only sees its mean. *)
Lemma Er_bf k n (M : 'M[R]_(n, d)) u :
  Er step x0 k (bf M u) = bf M u (mean_iterate k).
Proof. by rewrite Er_draws E_bfr -mean_draws. Qed.
(* An affine mean step gives an affine recursion of the mean. *)
Lemma mean_affine k (A : 'M[R]_d) a :
  (forall x, EM (fun w => step k w x) = A *m x + a) ->
  mean_iterate k.+1 = A *m mean_iterate k + a.
Proof.
move=> h; apply/matrixP=> i j; rewrite ord1 mxE /=.
have -> : Er step x0 k (fun x => E (fun w => step k w x i 0)) =
          Er step x0 k (fun x : 'cV_d => \sum_l A i l * x l 0 + a i 0).
  by apply: eq_Er => x; rewrite -EM_E h !mxE.
rewrite ErD Er_cst Er_sum !mxE; congr (_ + _); apply: eq_bigr => l _.
by rewrite ErZ mxE.
Qed.
(* E x^0 = x^0. *)
Lemma mean_iterate0 : mean_iterate 0 = x0.
Proof. by apply/matrixP=> i j; rewrite mxE ord1. Qed.
End MeanIterate.
