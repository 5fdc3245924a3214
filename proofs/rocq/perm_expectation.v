(* Expectation over a uniform permutation: the law of one preimage and of two. *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GroupScope GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Definition perms (R : realFieldType) d : fprob R := uniform R (1%g : {perm 'I_d}).

(* The place of coordinate a: the slot j with pi j = a. *)
Definition slot d (s : {perm 'I_d}) (a : 'I_d) : 'I_d := (s^-1)%g a.

(* Two coordinates have two slots. *)
Lemma slot_inj d (s : {perm 'I_d}) : injective (slot s).
Proof. exact: perm_inj. Qed.

Section PermExpectation.
Variables (R : realFieldType) (d : nat).
Local Notation P := (perms R d).

(* Renaming the coordinates does not change the law. *)
Lemma E_rename (G : {perm 'I_d} -> R) (t : {perm 'I_d}) :
  @E R P G = @E R P (fun s => G (s * t)%g).
Proof.
by rewrite !E_uniform; congr (_ * _); rewrite (reindex_inj (mulIg t)).
Qed.
(* Renaming coordinates by t moves the slot of a to t(a). *)
Lemma slot_mul (s t : {perm 'I_d}) a : slot (s * t)%g (t a) = slot s a.
Proof. by rewrite /slot invMg permM permK. Qed.

(* One preimage is uniform: E F(pi^-1 a) is the mean of F. *)
Theorem E_slot1 (F : 'I_d -> R) a :
  @E R P (fun s => F (slot s a)) = d%:R^-1 * \sum_j F j.
Proof.
set e := fun a => @E R P (fun s => F (slot s a)).
have inv b : e b = e a.
  rewrite /e (E_rename _ (tperm a b)); apply: eq_E => s.
  by have := slot_mul s (tperm a b) a; rewrite tpermL => ->.
have tot : \sum_b e b = \sum_j F j.
  rewrite -E_sum -[RHS](E_cst P); apply: eq_E => s.
  by rewrite [RHS](reindex_inj (@slot_inj d s)).
rewrite -tot (eq_bigr _ (fun b _ => inv b)) sumr_const card_ord.
rewrite -[X in _ * X]mulr_natl mulrA mulVf ?mul1r //.
by rewrite pnatr_eq0 -lt0n (leq_trans _ (ltn_ord a)).
Qed.

(* Two different preimages are a uniform ordered pair of different slots. *)
Theorem E_slot2 (F : 'I_d -> 'I_d -> R) a b : a != b ->
  @E R P (fun s => F (slot s a) (slot s b)) =
  (d%:R * (d%:R - 1))^-1 * \sum_j \sum_(k | k != j) F j k.
Proof.
move=> nab; set e := fun a b => @E R P (fun s => F (slot s a) (slot s b)).
have ren (t : {perm 'I_d}) a' b' : e (t a') (t b') = e a' b'.
  by rewrite /e (E_rename _ t); apply: eq_E => s; rewrite !slot_mul.
have inv a' b' : b' != a' -> e a' b' = e a b.
  move=> n'; set t1 := tperm a a'; set t2 := tperm (t1 b) b'.
  have ha : (t1 * t2)%g a = a'.
    rewrite permM tpermL tpermD //.
    by rewrite -(tpermL a a') (inj_eq perm_inj) eq_sym.
  have hb : (t1 * t2)%g b = b' by rewrite permM tpermL.
  by rewrite -ha -hb ren.
have tot : \sum_a' \sum_(b' | b' != a') e a' b' = \sum_j \sum_(k | k != j) F j k.
  transitivity (@E R P (fun s => \sum_a' \sum_(b' | b' != a') F (slot s a') (slot s b'))).
    rewrite E_sum; apply: eq_bigr => a' _.
    rewrite (eq_E (P := P) (G := fun s => \sum_b' (if b' != a' then F (slot s a') (slot s b') else 0))).
      rewrite E_sum big_mkcond /=; apply: eq_bigr => b' _.
      by case: ifP => // _; rewrite E_cst.
    by move=> s; rewrite big_mkcond.
  rewrite -[RHS](E_cst P); apply: eq_E => s.
  rewrite [RHS](reindex_inj (@slot_inj d s)); apply: eq_bigr => a' _.
  rewrite [RHS](reindex_inj (@slot_inj d s)); apply: eq_bigl => b' /=.
  by rewrite (inj_eq (@slot_inj d s)).
have dp : (0 < d)%N by rewrite (leq_trans _ (ltn_ord a)).
have d0 : (d%:R : R) != 0 by rewrite pnatr_eq0 -lt0n.
have card (j : 'I_d) x : \sum_(k | k != j) x = (d%:R - 1) * x :> R.
  rewrite sumr_const cardC1 card_ord -[LHS]mulr_natl -subn1 natrB //.
have d1 : (d%:R - 1 : R) != 0.
  rewrite subr_eq0 -[1]/(1%:R) eqr_nat; apply: contraNneq nab => e1.
  by move: a b {inv}; rewrite e1 => a b; rewrite !ord1.
rewrite -tot (eq_bigr (fun _ => (d%:R - 1) * e a b)) => [|a' _].
  have -> : \sum_(i < d) (d%:R - 1) * e a b = d%:R * ((d%:R - 1) * e a b).
    by rewrite sumr_const card_ord mulr_natl.
  rewrite -[LHS]/(e a b); move: (e a b) => y.
  by rewrite (mulrA d%:R) mulKf // mulf_neq0.
by rewrite (eq_bigr _ (inv a')) card.
Qed.

End PermExpectation.
