(* Rand-q: C = (d/q) sum over a in S of e_a e_a^T, S a uniform q-subset.       *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation perm_expectation own.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section RandQ.
Variables (R : realFieldType) (d q : nat).
Hypothesis (q0 : (0 < q)%N) (qd : (q <= d)%N).

(* The q-subsets, with equal weights. *)
Definition qsets := {S : {set 'I_d} | #|S| == q}.
(* The first q coordinates are a q-subset. *)
Lemma qsets_inhab : #|[set j : 'I_d | (j < q)%N]| == q.
Proof.
rewrite -sum1_card (eq_bigl (fun j : 'I_d => (j < q)%N)) => [|j]; last by rewrite inE.
by rewrite -(big_ord_widen _ (fun _ => 1%N) qd) sum1_card card_ord.
Qed.
Definition qset0 : qsets := exist (fun S : {set 'I_d} => #|S| == q) _ qsets_inhab.
Definition randq : fprob R := uniform R qset0.
Definition rand_sketch (S : randq) : 'M[R]_d :=
  (d%:R / q%:R) *: \sum_(a in val (S : qsets)) delta_mx a a.
(* The sketch is the diagonal matrix with d/q at the kept coordinates. *)
Lemma rand_dg (S : randq) :
  rand_sketch S = dg (fun a => if a \in val (S : qsets) then d%:R / q%:R else 0).
Proof.
apply/matrixP=> a b; rewrite dgE mxE summxE.
have [<-|nab] := eqVneq a b; last first.
  rewrite big1 ?mulr0 // => j _; rewrite mxE.
  by case: eqP => [<-|_] //=; rewrite eq_sym (negPf nab).
rewrite big_mkcond (bigD1 a) //= big1 ?addr0 => [|j nj].
  by rewrite mxE eqxx /=; case: ifP; rewrite ?mulr1 ?mulr0.
by case: ifP => // _; rewrite mxE eq_sym (negPf nj).
Qed.

(* A permutation of the coordinates maps q-subsets to q-subsets. *)
Lemma move_proof (t : {perm 'I_d}) (S : qsets) : #|t @: val S| == q.
Proof. by rewrite card_imset ?(valP S) //; apply: perm_inj. Qed.
Definition move t (S : qsets) : qsets := exist (fun S : {set 'I_d} => #|S| == q) _ (move_proof t S).
(* ... and different subsets to different ones. *)
Lemma move_inj t : injective (move t).
Proof.
move=> S1 S2 /(congr1 val) /= e; apply: val_inj => /=.
exact: (imset_inj (@perm_inj _ t)).
Qed.

(* Every coordinate is kept with probability q/d. *)
Lemma E_in (a : 'I_d) x :
  @E R randq (fun S => if a \in val (S : qsets) then x else 0) = q%:R / d%:R * x.
Proof.
set e := fun a => @E R randq (fun S => if a \in val (S : qsets) then x else 0).
have inv b : e b = e a.
  rewrite /e !E_uniform; congr (_ * _).
  rewrite (reindex_inj (@move_inj (tperm a b))); apply: eq_bigr => S _ /=.
  by rewrite -{1}(tpermL a b) (mem_imset _ _ (@perm_inj _ _)).
have d0 : (d%:R : R) != 0 by rewrite pnatr_eq0 -lt0n (leq_trans q0).
have tot : \sum_b e b = q%:R * x.
  rewrite -E_sum -[RHS](E_cst randq); apply: eq_E => S.
  by rewrite -big_mkcond sumr_const (eqP (valP (S : qsets))) mulr_natl.
rewrite -[LHS]/(e a); apply: (mulfI d0).
rewrite mulrA mulrCA mulfV // mulr1 -tot (eq_bigr _ (fun b _ => inv b)).
by rewrite sumr_const card_ord mulr_natl.
Qed.

(* CLAIM rand-unbiased: Rand-q: E C x = x and E‖Cx − x‖² = ω‖x‖² with ω = d/q − 1 exactly *)
Theorem rand_unbiased (x : 'cV[R]_d) : EM (fun S => rand_sketch S *m x) = x.
Proof.
have d0 : (d%:R : R) != 0 by rewrite pnatr_eq0 -lt0n (leq_trans q0).
have q1 : (q%:R : R) != 0 by rewrite pnatr_eq0 -lt0n.
apply/matrixP=> a j; rewrite ord1 EM_E.
rewrite (eq_E (G := fun S : randq => if a \in val (S : qsets) then d%:R / q%:R * x a 0 else 0)).
  by rewrite E_in mulrA; move: (x a 0) => y; field; rewrite d0 q1.
by move=> S; rewrite rand_dg dg_mulv; case: ifP => _; rewrite ?mul0r.
Qed.
(* E||C x - x||^2 = (d/q - 1) ||x||^2. *)
Theorem rand_variance (x : 'cV[R]_d) :
  @E R randq (fun S => nrm2 (rand_sketch S *m x - x)) = (d%:R / q%:R - 1) * nrm2 x.
Proof.
have d0 : (d%:R : R) != 0 by rewrite pnatr_eq0 -lt0n (leq_trans q0).
have q1 : (q%:R : R) != 0 by rewrite pnatr_eq0 -lt0n.
rewrite nrm2E mulr_sumr.
rewrite (eq_E (G := fun S : randq => \sum_a ((if a \in val (S : qsets)
   then (d%:R / q%:R) * (d%:R / q%:R - 2%:R) * x a 0 ^+ 2 else 0) + x a 0 ^+ 2))).
  rewrite E_sum; apply: eq_bigr => a _; rewrite ED E_cst E_in.
  by move: (x a 0) => y; field; rewrite d0 q1.
move=> S; rewrite nrm2E; apply: eq_bigr => a _.
rewrite rand_dg mxE dg_mulv [(- x) a 0]mxE.
by move: (x a 0) => y; case: ifP => _; ring.
Qed.
End RandQ.
