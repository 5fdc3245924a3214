(* Perm sketches for every n and d (Szlendak et al.): d coordinates dealt to n  *)
(* workers as evenly as possible, all even deals equally likely, C_i = n times  *)
(* the projection on the coordinates of worker i.  This covers d = qn, d with a *)
(* remainder, and n > d, where some workers get nothing.  The other sketch for  *)
(* n > d deals workers to coordinates: worker i keeps one coordinate, times d.  *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting own.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* Even deals of k items to m boxes: the loads differ by at most one.          *)
Section Deals.
Variables (k m : nat).
Definition load (o : {ffun 'I_k -> 'I_m}) (i : 'I_m) : nat := #|[pred a | o a == i]|.
Definition even (o : {ffun 'I_k -> 'I_m}) : bool :=
  [forall i, forall j, (load o i <= (load o j).+1)%N].
Definition deals := {o : {ffun 'I_k -> 'I_m} | even o}.
Hypothesis m0 : (0 < m)%N.

(* There is one: item a goes to box a mod m, whose load is k/m or k/m + 1.     *)
Definition round_robin : {ffun 'I_k -> 'I_m} := [ffun a : 'I_k => Ordinal (ltn_pmod a m0)].
(* Among 0, ..., l-1 the numbers with remainder i modulo m are l/m, and one more when i < l mod m. *)
Lemma mod_count l (i : nat) : (i < m)%N ->
  (\sum_(a < l) (a %% m == i : nat) = l %/ m + (i < l %% m))%N.
Proof.
move=> im; elim: l => [|l ih]; first by rewrite big_ord0 div0n mod0n.
rewrite big_ord_recr /= ih divnS // modnS; have lm := ltn_pmod l m0.
case: ifP => [dv|_]; last by rewrite add0n -addnA; congr (_ + _)%N; rewrite ltnS; case: ltngtP.
have e : (l %% m).+1 = m.
  apply/eqP; rewrite eqn_leq lm dvdn_leq //.
  by rewrite /dvdn -addn1 modnDml addn1.
rewrite ltn0 addn0 -addnA [RHS]addnC; congr (_ + _)%N.
by move: im; rewrite -[X in (_ < X)%N]e ltnS; case: ltngtP.
Qed.
(* Dealing in turn gives every worker k/m coordinates or one more. *)
Lemma round_robin_even : even round_robin.
Proof.
have ld i : load round_robin i = (k %/ m + (i < k %% m))%N.
  rewrite -(mod_count k (ltn_ord i)) /load -sum1_card big_mkcond; apply: eq_bigr => a _.
  by rewrite inE ffunE -val_eqE /=; case: eqP.
apply/forallP=> i; apply/forallP=> j; rewrite !ld -addnS leq_add2l.
by case: (_ < _)%N.
Qed.
Definition deal0 : deals := exist even _ round_robin_even.

(* Renaming the boxes maps even deals to even deals.                           *)
Definition rename_ffun (t : {perm 'I_m}) (o : {ffun 'I_k -> 'I_m}) : {ffun 'I_k -> 'I_m} :=
  [ffun a => t (o a)].
(* Renaming the workers keeps a deal even, *)
Lemma rename_even t (o : deals) : even (rename_ffun t (val o)).
Proof.
have ld i : load (rename_ffun t (val o)) i = load (val o) ((t^-1)%g i).
  apply: eq_card => a; rewrite !inE ffunE -(inj_eq (@perm_inj _ (t^-1)%g)) permK.
  by [].
apply/forallP=> i; apply/forallP=> j; rewrite !ld.
by have /forallP/(_ ((t^-1)%g i))/forallP/(_ ((t^-1)%g j)) := valP o.
Qed.
Definition rename t (o : deals) : deals := exist even _ (rename_even t o).
(* ... and two different deals different. *)
Lemma rename_inj t : injective (rename t).
Proof.
move=> o1 o2 /(congr1 val) /= /ffunP h; apply: val_inj; apply/ffunP=> a.
by have := h a; rewrite !ffunE => /perm_inj.
Qed.

Variable R : realFieldType.
Definition even_deals : fprob R := uniform R deal0.
(* Every item lies in every box with probability 1/m.                          *)
Lemma E_deal (a : 'I_k) (i : 'I_m) x :
  @E R even_deals (fun o => if val (o : deals) a == i then x else 0) = m%:R^-1 * x.
Proof.
set e := fun i => @E R even_deals (fun o => if val (o : deals) a == i then x else 0).
have inv j : e j = e i.
  rewrite /e !E_uniform; congr (_ * _).
  rewrite (reindex_inj (@rename_inj (tperm i j))); apply: eq_bigr => o _ /=.
  by rewrite ffunE -{2}(tpermL i j) (inj_eq (@perm_inj _ _)).
have mn : (m%:R : R) != 0 by rewrite pnatr_eq0 -lt0n.
have tot : \sum_j e j = x.
  rewrite -E_sum -[RHS](E_cst even_deals); apply: eq_E => o.
  by rewrite -big_mkcond big_pred1_eq || rewrite (bigD1 (val (o : deals) a)) //= eqxx big1 ?addr0 // => j;
    rewrite eq_sym => /negPf ->.
apply: (mulfI mn); rewrite mulVKf // -[RHS]tot (eq_bigr _ (fun j _ => inv j)).
by rewrite sumr_const card_ord mulr_natl.
Qed.
End Deals.

(* Coordinates dealt to workers: C_i = n times the projection on i's coordinates. *)
Section EvenPerm.
Variables (R : realFieldType) (n d : nat).
Hypothesis n0 : (0 < n)%N.
Local Notation P := (even_deals d n0 R).
Definition even_sketch (o : P) (i : 'I_n) : 'M[R]_d :=
  own_sketch (fun a => val (o : deals d n) a) (fun _ _ => n%:R) i.
(* The sketch is diagonal, hence symmetric. *)
Lemma even_sketch_sym o i : sym (even_sketch o i).
Proof. exact: dg_sym. Qed.
Definition even_perm : sketches P n d := Sketches even_sketch_sym.
Let nn : (n%:R : R) != 0. Proof. by rewrite pnatr_eq0 -lt0n. Qed.

(* CLAIM perm-unbiased+every-size: Perm sketches for every n ≥ 1 and d (even deals, with remainder or n > d): unbiased, E‖C_i x − x‖² = (n−1)‖x‖², and (1/n) Σ C_i = I for every outcome, so (6) equals (2) *)
Theorem even_unbiased i : EM (fun o => even_perm o i) = 1%:M.
Proof.
apply/matrixP=> a b; rewrite EM_E.
rewrite (eq_E (P := P) (G := fun o => if val (o : deals d n) a == i then (a == b)%:R * n%:R else 0)).
  by rewrite E_deal mxE mulrC -mulrA mulfV // mulr1.
by move=> o; rewrite /= dgE; case: (a == b); case: ifP; rewrite ?mul1r ?mul0r.
Qed.
(* E||C_i x - x||^2 = (n-1) ||x||^2. *)
Theorem even_omega i (x : 'cV[R]_d) :
  @E R P (fun o => nrm2 (even_perm o i *m x - x)) = (n%:R - 1) * nrm2 x.
Proof.
rewrite nrm2E mulr_sumr.
rewrite (eq_E (P := P) (G := fun o => \sum_a ((if val (o : deals d n) a == i
    then n%:R * (n%:R - 2%:R) * x a 0 ^+ 2 else 0) + x a 0 ^+ 2))).
  rewrite E_sum; apply: eq_bigr => a _; rewrite ED E_cst E_deal.
  by move: (x a 0) => y; field.
move=> o; rewrite nrm2E; apply: eq_bigr => a _.
have -> : (even_perm o i *m x - x) a 0 =
    (if val (o : deals d n) a == i then n%:R else 0) * x a 0 - x a 0.
  by rewrite mxE dg_mulv [(- x) a 0]mxE.
by move: (x a 0) => y; case: ifP => _; ring.
Qed.
(* (1/n) sum C_i = I for every deal, *)
Theorem even_reconstruction o : avg (even_perm o) = 1%:M.
Proof.
rewrite own_avg; apply/matrixP=> a b; rewrite dgE mxE.
by case: eqP => // _; rewrite mulVf.
Qed.
(* ... so Algorithm 1 with one local step is the update (2). *)
Corollary even_local_step (p : problem R n d) o gam k x :
  avg (fun i => even_perm o i *m x - gam *: (even_perm o i *m worker_grad p i (even_perm o i *m x)))
  = step p even_perm gam k o x.
Proof. by rewrite avgB avgZ avg_mulr even_reconstruction mul1mx. Qed.
End EvenPerm.

(* Workers dealt to coordinates (n > d): C_i = d e_a e_a^T, a the coordinate of i. *)
Section ManyWorkers.
Variables (R : realFieldType) (n d : nat).
Hypothesis (n0 : (0 < n)%N) (d0 : (0 < d)%N).
Local Notation P := (even_deals n d0 R).
Definition seat_sketch (o : P) (i : 'I_n) : 'M[R]_d :=
  dg (fun a => if val (o : deals n d) i == a then d%:R else 0).
(* The sketch is diagonal, hence symmetric. *)
Lemma seat_sketch_sym o i : sym (seat_sketch o i).
Proof. exact: dg_sym. Qed.
Definition seats : sketches P n d := Sketches seat_sketch_sym.
Let dn : (d%:R : R) != 0. Proof. by rewrite pnatr_eq0 -lt0n. Qed.
Let nn : (n%:R : R) != 0. Proof. by rewrite pnatr_eq0 -lt0n. Qed.

(* CLAIM perm-unbiased+many-workers: n > d, workers dealt to coordinates, C_i = d e_a e_aᵀ: unbiased; (1/n) Σ C_i = I for an outcome exactly when d divides n *)
Theorem seats_unbiased i : EM (fun o => seats o i) = 1%:M.
Proof.
apply/matrixP=> a b; rewrite EM_E.
rewrite (eq_E (P := P) (G := fun o => if val (o : deals n d) i == a then (a == b)%:R * d%:R else 0)).
  by rewrite E_deal mxE mulrC -mulrA mulfV // mulr1.
by move=> o; rewrite /= dgE; case: (a == b); case: ifP; rewrite ?mul1r ?mul0r.
Qed.
(* The average sketch has the entries d/n times the number of workers at the coordinate. *)
Lemma seats_avg o : avg (seats o) = dg (fun a => d%:R / n%:R * (load (val (o : deals n d)) a)%:R).
Proof.
apply/matrixP=> a b; rewrite avgE dgE; have [<-|nab] := eqVneq a b; last first.
  by rewrite big1 ?mulr0 // => i _; rewrite dgE (negPf nab).
rewrite (eq_bigr (fun i => if val (o : deals n d) i == a then d%:R else 0)); last first.
  by move=> i _; rewrite dgE eqxx.
rewrite -big_mkcond sumr_const -[d%:R *+ _]mulr_natr mulrA [n%:R^-1 * _]mulrC.
by congr (_ * _%:R); apply: eq_card => i; rewrite !inE.
Qed.
(* So it is I for every deal exactly when d divides n. *)
Theorem seats_reconstruction o : avg (seats o) = 1%:M <-> (d %| n)%N.
Proof.
have tot : (\sum_a load (val (o : deals n d)) a = n)%N.
  rewrite -[RHS]card_ord -sum1_card (partition_big (val (o : deals n d)) predT) //=.
  by apply: eq_bigr => a _; rewrite sum1_card; apply: eq_card => i; rewrite !inE.
rewrite seats_avg; split=> [h|dvd].
  have ld a : load (val (o : deals n d)) a = load (val (o : deals n d)) (Ordinal d0).
    have e b : d%:R / n%:R * (load (val (o : deals n d)) b)%:R = 1 :> R.
      by have /matrixP/(_ b b) := h; rewrite dgE mxE eqxx.
    apply/eqP; rewrite -(eqr_nat R); apply/eqP.
    by apply: (mulfI (mulf_neq0 dn (invr_neq0 nn))); rewrite !e.
  by rewrite -tot (eq_bigr _ (fun a _ => ld a)) sum_nat_const card_ord dvdn_mulr.
have ld a : load (val (o : deals n d)) a = (n %/ d)%N.
  have ev := valP (o : deals n d).
  have le b c : (load (val (o : deals n d)) b <= (load (val (o : deals n d)) c).+1)%N.
    by have /forallP/(_ b)/forallP/(_ c) := ev.
  set l := load _ in le tot *.
  apply/eqP; rewrite eqn_leq; apply/andP; split; rewrite leqNgt; apply/negP => lt.
    (* a load above the mean: all others are at least the mean *)
    have : (\sum_(b < d) (n %/ d) < \sum_b l b)%N.
      rewrite [X in (X < _)%N](bigD1 a) //= [X in (_ < X)%N](bigD1 a) //= -addSn.
      by apply: leq_add => //; apply: leq_sum => b _; rewrite -ltnS (leq_trans lt).
    by rewrite sum_nat_const card_ord tot mulnC divnK // ltnn.
  have : (\sum_b l b < \sum_(b < d) (n %/ d))%N.
    rewrite [X in (X < _)%N](bigD1 a) //= [X in (_ < X)%N](bigD1 a) //= -addSn.
    by apply: leq_add => //; apply: leq_sum => b _; apply: leq_trans (le b a) _.
  by rewrite sum_nat_const card_ord tot mulnC divnK // ltnn.
apply/matrixP=> a b; rewrite dgE mxE ld; case: eqP => //= _; rewrite mulr1n.
have nE : (n%:R : R) = d%:R * (n %/ d)%:R by rewrite -natrM mulnC divnK.
have q0 : ((n %/ d)%:R : R) != 0 by move: nn; rewrite nE mulf_eq0 negb_or => /andP[].
by rewrite nE; move: dn q0 => u v; field; rewrite u v.
Qed.
End ManyWorkers.
