(* Perm-q: d coordinates, a uniform permutation pi, slots owned by n workers,  *)
(* q slots each; C_i = n sum over the slots j of worker i of e_{pi_j}e_{pi_j}^T. *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1 perm_expectation own.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* The paper's blocks: slot j belongs to worker j / q, and each worker has q.  *)
Lemma block_proof n q (j : 'I_(n * q)) : (j %/ q < n)%N.
Proof. by case: q j => [|q] j; [case: j => j; rewrite muln0|rewrite ltn_divLR]. Qed.
Definition block n q (j : 'I_(n * q)) : 'I_n := Ordinal (block_proof j).
Definition balanced n d q (own : 'I_d -> 'I_n) : Prop :=
  forall i, #|[pred j | own j == i]| = q.
(* The paper's assignment of the slots gives each worker q of them. *)
Lemma block_balanced n q : balanced q (@block n q).
Proof.
move=> i; case: q => [|q].
  by apply: eq_card0 => j; exfalso; move: (leq_ltn_trans (leq0n j) (ltn_ord j)); rewrite muln0.
have pos (r : 'I_q.+1) : (i * q.+1 + r < n * q.+1)%N.
  by apply: leq_trans (leq_mul (ltn_ord i) (leqnn q.+1)); rewrite mulSn addnC ltn_add2r.
pose f (r : 'I_q.+1) := Ordinal (pos r).
have fI : injective f by move=> r1 r2 /(congr1 val)/= /addnI e; apply: val_inj.
rewrite -[RHS](card_ord q.+1) -(card_image fI predT); apply: eq_card => j; rewrite !inE.
apply/eqP/imageP => [e|[r _ ->]]; last first.
  by apply: val_inj; rewrite /= divnMDl // divn_small ?addn0.
exists (Ordinal (ltn_pmod j (ltn0Sn q))) => //; apply: val_inj => /=.
by rewrite -e /= -divn_eq.
Qed.

Section PermQ.
Variables (R : realFieldType) (n d q : nat) (own : 'I_d -> 'I_n).
Hypothesis bal : balanced q own.
Local Notation P := (perms R d).
Definition rho : R := (q%:R - 1) / (d%:R - 1).

(* q slots for each of n workers make d = n q. *)
Lemma perm_dE : d = (n * q)%N.
Proof.
rewrite -[LHS]card_ord -sum1_card (partition_big own predT) //=.
rewrite (eq_bigr (fun _ => q)) => [|i _]; first by rewrite sum_nat_const card_ord.
by rewrite sum1_card -[RHS](bal i); apply: eq_card => j; rewrite !inE.
Qed.

(* The sketch as printed, and as a diagonal matrix. *)
Definition perm_sketch (pi : P) (i : 'I_n) : 'M[R]_d :=
  n%:R *: \sum_(j | own j == i) delta_mx ((pi : {perm 'I_d}) j) ((pi : {perm 'I_d}) j).
(* Entry a is kept by the owner of its slot: the two ways to write the sketch agree. *)
Lemma perm_own (pi : P) i :
  perm_sketch pi i = own_sketch (fun a => own (slot pi a)) (fun _ _ => n%:R) i.
Proof.
apply/matrixP=> a b; rewrite dgE mxE summxE.
have e j : delta_mx ((pi : {perm 'I_d}) j) ((pi : {perm 'I_d}) j) a b =
    (if (a == b) && (j == slot pi a) then 1 else 0) :> R.
  have -> : (j == slot pi a) = (a == (pi : {perm 'I_d}) j).
    by rewrite /slot eq_sym -(inj_eq (@perm_inj _ (pi : {perm 'I_d}))) permKV.
  rewrite mxE; have [<-|nab] := eqVneq a b; first by rewrite andbb; case: eqP.
  case: eqP => [<-|_] //=; by rewrite eq_sym (negPf nab).
rewrite (eq_bigr _ (fun j _ => e j)).
have [_|nab] /= := eqVneq a b; last by rewrite big1 ?mulr0.
rewrite big_mkcond (bigD1 (slot pi a)) //= eqxx big1 ?addr0.
  by case: ifP; rewrite ?mulr1 ?mulr0.
by move=> j /negPf ->; case: ifP.
Qed.
(* The sketch is diagonal, hence symmetric. *)
Lemma perm_sym pi i : sym (perm_sketch pi i).
Proof. by rewrite perm_own; apply: own_sketch_sym. Qed.
Definition permq : sketches P n d := Sketches perm_sym.

(* With a coordinate d is not 0, *)
Lemma d_neq0 (a : 'I_d) : (d%:R : R) != 0.
Proof. by rewrite pnatr_eq0 -lt0n (leq_trans _ (ltn_ord a)). Qed.
(* ... nor are n and q. *)
Lemma n_q_neq0 (a : 'I_d) : ((n%:R : R) != 0) * ((q%:R : R) != 0).
Proof.
by have := d_neq0 a; rewrite perm_dE natrM mulf_eq0 negb_or => /andP[-> ->].
Qed.
(* d = n q as numbers. *)
Lemma d_nq : (d%:R : R) = n%:R * q%:R. Proof. by rewrite perm_dE natrM. Qed.

(* Number of slots of worker i, and of the other slots of worker i. *)
Lemma count1 i x : \sum_j (if own j == i then x else 0) = q%:R * x :> R.
Proof. by rewrite -big_mkcond sumr_const bal mulr_natl. Qed.
(* Ordered pairs of different slots of worker i: q (q-1). *)
Lemma count2 i x : \sum_j \sum_(k | k != j)
  (if (own j == i) && (own k == i) then x else 0) = q%:R * (q%:R - 1) * x :> R.
Proof.
rewrite -mulrA -(count1 i); apply: eq_bigr => j _.
case oj: (own j == i) => /=; last by rewrite big1.
have := count1 i x; rewrite (bigD1 j) //= oj mulrBl mul1r => <-.
by rewrite addrAC subrr add0r.
Qed.

(* CLAIM perm-unbiased: each Perm-q sketch is unbiased, E C_i = I, and E‖C_i x − x‖² = ω‖x‖² with ω = n − 1 exactly *)
Theorem perm_unbiased i : EM (fun pi => permq pi i) = 1%:M.
Proof.
apply/matrixP=> a b; rewrite EM_E.
rewrite (eq_E (P := P) (G := fun pi =>
   (fun j => if own j == i then (a == b)%:R * n%:R else 0) (slot pi a))).
  rewrite (E_slot1 (fun j => if own j == i then (a == b)%:R * n%:R else 0)).
  rewrite count1 mxE d_nq; have [n0 q0] := n_q_neq0 a.
  by case: (a == b); rewrite /= ?mul0r ?mulr0 // mul1r [q%:R * _]mulrC mulVf // mulf_neq0.
move=> pi; rewrite /= perm_own dgE.
by case: eqP => _; case: ifP; rewrite ?mul0r ?mul1r.
Qed.
(* E||C_i x - x||^2 = (n-1) ||x||^2. *)
Theorem perm_omega i (x : 'cV[R]_d) :
  @E R P (fun pi => nrm2 (permq pi i *m x - x)) = (n%:R - 1) * nrm2 x.
Proof.
rewrite nrm2E mulr_sumr.
rewrite (eq_E (P := P) (G := fun pi => \sum_a
    (fun j => (if own j == i then n%:R * (n%:R - 2%:R) else 0) * x a 0 ^+ 2
       + x a 0 ^+ 2) (slot pi a))).
  rewrite E_sum; apply: eq_bigr => a _.
  rewrite (E_slot1 (fun j => (if own j == i then n%:R * (n%:R - 2%:R) else 0) * x a 0 ^+ 2
       + x a 0 ^+ 2)) big_split /= sumr_const card_ord -mulr_suml count1 d_nq.
  have [n0 q0] := n_q_neq0 a.
  rewrite -[X in _ + X]mulr_natl d_nq; field.
  by rewrite n0 q0.
move=> pi; rewrite nrm2E; apply: eq_bigr => a _.
have -> : (permq pi i *m x - x) a 0 =
    (if own (slot pi a) == i then n%:R else 0) * x a 0 - x a 0.
  by rewrite [permq pi i]/= perm_own mxE dg_mulv [(- x) a 0]mxE.
by case: ifP => _; ring.
Qed.

(* CLAIM perm-reconstruction: (1/n) Σ C_i = I for every outcome of Perm-q, so (6) equals (2) *)
Theorem perm_reconstruction pi : avg (permq pi) = 1%:M.
Proof.
rewrite (eq_avg (perm_own pi)) own_avg; apply/matrixP=> a b; rewrite dgE mxE.
by case: eqP => // _; rewrite mulVf // (n_q_neq0 a).
Qed.
(* One local step of Algorithm 1 is therefore the update (2). *)
Corollary perm_local_step (p : problem R n d) pi gam k x :
  avg (fun i => permq pi i *m x - gam *: (permq pi i *m worker_grad p i (permq pi i *m x)))
  = step p permq gam k pi x.
Proof.
by rewrite avgB avgZ avg_mulr perm_reconstruction mul1mx.
Qed.

(* E[C_i A C_i] = n (Diag A + rho (A - Diag A)), rho = (q-1)/(d-1). *)
Theorem perm_sandwich i (A : 'M[R]_d) :
  EM (fun pi => permq pi i *m A *m permq pi i) =
  n%:R *: (dpart A + rho *: (A - dpart A)).
Proof.
apply/matrixP=> a b; rewrite EM_E.
have e pi : (permq pi i *m A *m permq pi i) a b =
    (fun j k => if (own j == i) && (own k == i) then n%:R ^+ 2 * A a b else 0)
      (slot pi a) (slot pi b).
  rewrite [permq pi i]/= perm_own own_sandwich.
  by case: ifP => _; rewrite ?mul0r // expr2.
rewrite (eq_E e); have [n0 q0] := n_q_neq0 a.
have [<-|nab] := eqVneq a b.
  rewrite (eq_E (P := P) (G := fun pi => (fun j => if own j == i then n%:R ^+ 2 * A a a else 0) (slot pi a))).
    rewrite (E_slot1 (fun j => if own j == i then n%:R ^+ 2 * A a a else 0)) count1 d_nq.
    have -> : (n%:R *: (dpart A + rho *: (A - dpart A))) a a = n%:R * A a a.
      by rewrite !mxE eqxx /= subrr mulr0 addr0.
    by move: (A a a) => y; field; rewrite n0 q0.
  by move=> pi /=; rewrite andbb.
rewrite (@E_slot2 _ _ (fun j k => if (own j == i) && (own k == i) then n%:R ^+ 2 * A a b else 0)) //.
rewrite count2.
have -> : (n%:R *: (dpart A + rho *: (A - dpart A))) a b = n%:R * (rho * A a b).
  by rewrite !mxE (negPf nab) add0r subr0.
rewrite /rho.
have d1 : (d%:R - 1 : R) != 0.
  rewrite subr_eq0 -[1]/(1%:R) eqr_nat; apply: contraNneq nab => e1.
  by move: a b {e}; rewrite e1 => a b; rewrite !ord1.
move: d1 n0 q0; rewrite d_nq.
move: (A a b) (n%:R : R) (q%:R : R) => y t u d1 n0 q0; field.
by rewrite n0 q0 d1.
Qed.

Variable p : problem R n d.

(* CLAIM beyond-1: Perm-q: E B̄ = n(D̄ + ρ(L̄ − D̄)), ρ = (q−1)/(d−1), and with (2) the mean fixed point is x^∞ = (1/n)(D̄ + ρ(L̄ − D̄))⁻¹ b̄ *)
Theorem perm_EB : EM (Bhat p permq) = n%:R *: (Dbar p + rho *: (Lbar p - Dbar p)).
Proof.
rewrite /Bhat EM_avg (eq_avg (fun i => perm_sandwich i (Lw p i))) avgZ avgD avgZ avgB.
by [].
Qed.
(* E Cb = bbar. *)
Lemma perm_ECb : EM (Cb p permq) = bbar p.
Proof.
rewrite /Cb EM_avg; apply: eq_avg => i.
by rewrite EM_mulr perm_unbiased mul1mx.
Qed.
(* The fixed point of the mean solves n (D + rho (L - D)) x = bbar. *)
Theorem perm_fixed_point gam x : gam != 0 -> (0 < d)%N ->
  Dbar p + rho *: (Lbar p - Dbar p) \in unitmx ->
  (EM (fun pi => step p permq gam 0 pi x) = x) <->
  x = n%:R^-1 *: (invmx (Dbar p + rho *: (Lbar p - Dbar p)) *m bbar p).
Proof.
move=> g0 d0 uB; have [n0 _] := n_q_neq0 (Ordinal d0).
set B := Dbar p + _ in uB *.
have -> : EM (fun pi => step p permq gam 0 pi x) =
    x - gam *: (n%:R *: (B *m x) - bbar p).
  rewrite /step (eq_EM (G := fun pi => x - gam *: (Bhat p permq pi *m x - Cb p permq pi))).
    by rewrite EMB EM_cst EMZ EMB EM_mulr perm_EB perm_ECb -scalemxAl.
  by move=> pi; rewrite estE.
split=> [/eqP|->].
  rewrite -subr_eq0 addrC addrA addNr add0r oppr_eq0 scaler_eq0 (negPf g0) /=.
  rewrite subr_eq0 => /eqP <-; rewrite -scalemxAr mulmxA mulVmx // mul1mx.
  by rewrite scalerA mulVf // scale1r.
rewrite -scalemxAr mulmxA mulmxV // mul1mx scalerA mulfV // scale1r.
by rewrite subrr scaler0 subr0.
Qed.

End PermQ.
