(* The setting of the paper: quadratic workers f_i(x) = x^T L_i x / 2 - b_i^T x, *)
(* their average, random sketches, the estimator g and the step x - gamma g.   *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* The average (1/n) sum_i F_i of n matrices. *)
Fact avg_key : unit. Proof. exact: tt. Qed.
Definition avg (R : realFieldType) n p q (F : 'I_n -> 'M[R]_(p, q)) : 'M[R]_(p, q) :=
  locked_with avg_key (n%:R^-1 *: \sum_i F i).
(* avg F = (1/n) sum F_i. *)
Lemma avg_def (R : realFieldType) n p q (F : 'I_n -> 'M[R]_(p, q)) :
  avg F = n%:R^-1 *: \sum_i F i.
Proof. by rewrite /avg unlock. Qed.

Section Avg.
Variables (R : realFieldType) (n p q : nat).
Implicit Types F G : 'I_n -> 'M[R]_(p, q).
(* The average depends on the values only, *)
Lemma eq_avg F G : F =1 G -> avg F = avg G.
Proof. by move=> h; rewrite !avg_def; congr (_ *: _); apply: eq_bigr => i _. Qed.
(* is additive, *)
Lemma avgD F G : avg (fun i => F i + G i) = avg F + avg G.
Proof. by rewrite !avg_def big_split scalerDr. Qed.
(* homogeneous, *)
Lemma avgZ a F : avg (fun i => a *: F i) = a *: avg F.
Proof. by rewrite !avg_def -scaler_sumr !scalerA mulrC. Qed.
(* odd, *)
Lemma avgN F : avg (fun i => - F i) = - avg F.
Proof. by rewrite -scaleN1r -avgZ; apply: eq_avg => i; rewrite scaleN1r. Qed.
(* passes through differences, *)
Lemma avgB F G : avg (fun i => F i - G i) = avg F - avg G.
Proof. by rewrite avgD avgN. Qed.
(* and is A for n > 0 copies of A. *)
Lemma avg_cst A : (0 < n)%N -> avg (fun _ : 'I_n => A : 'M[R]_(p, q)) = A.
Proof.
move=> n0; rewrite !avg_def sumr_const card_ord -scaler_nat scalerA mulVf ?scale1r //.
by rewrite pnatr_eq0 -lt0n.
Qed.
(* Its entries are the averages of the entries. *)
Lemma avgE F i j : avg F i j = n%:R^-1 * \sum_k F k i j.
Proof. by rewrite avg_def mxE summxE. Qed.
(* The expectation of an average is the average of the expectations. *)
Lemma EM_avg (P : fprob R) (F : P -> 'I_n -> 'M[R]_(p, q)) :
  EM (fun w => avg (F w)) = avg (fun i => EM (fun w => F w i)).
Proof.
rewrite avg_def -EM_sum -EMZ; apply: eq_EM => w; exact: avg_def.
Qed.
End Avg.
(* A fixed factor leaves the average, on the left *)
Lemma avg_mull (R : realFieldType) n p q r (A : 'M[R]_(r, p)) (F : 'I_n -> 'M[R]_(p, q)) :
  avg (fun i => A *m F i) = A *m avg F.
Proof. by rewrite !avg_def -mulmx_sumr scalemxAr. Qed.
(* ... and on the right. *)
Lemma avg_mulr (R : realFieldType) n p q r (F : 'I_n -> 'M[R]_(p, q)) (A : 'M[R]_(q, r)) :
  avg (fun i => F i *m A) = avg F *m A.
Proof. by rewrite !avg_def -mulmx_suml scalemxAl. Qed.
(* An average of symmetric matrices is symmetric, *)
Lemma sym_avg (R : realFieldType) n d (F : 'I_n -> 'M[R]_d) :
  (forall i, sym (F i)) -> sym (avg F).
Proof. by move=> h; rewrite avg_def; apply: symZ; apply: sym_sum => i _. Qed.
(* ... and one of PSD matrices is PSD. *)
Lemma psd_avg (R : realFieldType) n d (F : 'I_n -> 'M[R]_d) :
  (forall i, psd (F i)) -> psd (avg F).
Proof.
by move=> h; rewrite avg_def; apply: psdZ; [rewrite invr_ge0 ler0n|apply: psd_sum => i _].
Qed.

(* A problem: one symmetric matrix and one vector per worker. *)
Record problem (R : realFieldType) (n d : nat) := Problem {
  Lw : 'I_n -> 'M[R]_d;
  bw : 'I_n -> 'cV[R]_d;
  Lw_sym : forall i, sym (Lw i) }.

(* Sketches: n symmetric matrices per outcome. *)
Record sketches (R : realFieldType) (P : fprob R) (n d : nat) := Sketches {
  Cw :> P -> 'I_n -> 'M[R]_d;
  Cw_sym : forall w i, sym (Cw w i) }.

Section Objective.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Implicit Types x v : 'cV[R]_d.

Definition Lbar : 'M[R]_d := avg (Lw p).
Definition bbar : 'cV[R]_d := avg (bw p).
Definition Dbar : 'M[R]_d := avg (fun i => dpart (Lw p i)).
Definition worker_obj i x : R := 2%:R^-1 * qf (Lw p i) x - dot (bw p i) x.
Definition worker_grad i x : 'cV[R]_d := Lw p i *m x - bw p i.
Definition obj x : R := n%:R^-1 * \sum_i worker_obj i x.
Definition grad x : 'cV[R]_d := avg (fun i => worker_grad i x).
Definition xstar : 'cV[R]_d := invmx Lbar *m bbar.

(* L is symmetric. *)
Lemma Lbar_sym : sym Lbar.
Proof. by apply: sym_avg => i; apply: Lw_sym. Qed.
(* f(x) = x^T L x / 2 - b^T x. *)
Lemma objE x : obj x = 2%:R^-1 * qf Lbar x - dot bbar x.
Proof.
rewrite /obj /Lbar /bbar !avg_def /qf bfZm bf_summ [dot _ _]bfZl bf_suml.
rewrite sumrB mulrBr; congr (_ - _).
by rewrite mulrCA -mulr_sumr.
Qed.
(* grad f(x) = L x - b. *)
Lemma gradE x : grad x = Lbar *m x - bbar.
Proof. by rewrite /grad /Lbar /bbar avgB avg_mulr. Qed.
(* grad is the gradient: f(x+v) = f(x) + <grad x, v> + ||v||^2_L / 2. *)
Lemma obj_taylor x v :
  obj (x + v) = obj x + dot (grad x) v + 2%:R^-1 * qf Lbar v.
Proof.
rewrite !objE gradE (qfD _ _ Lbar_sym) /dot bfDr bfBl.
have -> : bf 1%:M (Lbar *m x) v = bf Lbar x v.
  by rewrite bf_mull mulmx1 Lbar_sym.
by rewrite mulr2n; field.
Qed.
Hypothesis pdL : pd Lbar.
(* L xs = b, because a positive definite L is invertible, *)
Lemma Lbar_xstar : Lbar *m xstar = bbar.
Proof. by rewrite mulmxA mulmxV ?pd_unit // mul1mx. Qed.
(* ... so grad f(x) = L (x - xs). *)
Lemma grad_xstar x : grad x = Lbar *m (x - xstar).
Proof. by rewrite gradE mulmxBr Lbar_xstar. Qed.
(* A step of gradient descent leaves the minimizer where it is, and no other point. *)
Lemma gradient_step_fixed gam x : gam != 0 -> x - gam *: grad x = x <-> x = xstar.
Proof.
move=> g0; rewrite grad_xstar; split=> [/eqP|->]; last by rewrite subrr mulmx0 scaler0 subr0.
rewrite -subr_eq0 addrC addrA addNr add0r oppr_eq0 scaler_eq0 (negPf g0) /= => /eqP h.
have := congr1 (mulmx (invmx Lbar)) h; rewrite mulmxA mulVmx ?pd_unit // mul1mx mulmx0.
by move/eqP; rewrite subr_eq0 => /eqP.
Qed.
(* xstar is the minimizer: f(x) = ||x - xstar||^2_L / 2 + f(xstar). *)
Lemma obj_xstar x : obj x = 2%:R^-1 * qf Lbar (x - xstar) + obj xstar.
Proof.
rewrite -{1}[x](subrK xstar) addrC obj_taylor grad_xstar subrr mulmx0.
by rewrite /dot bf0l addr0 addrC.
Qed.
(* ||grad f(x)||^2 in the norm of L^-1 is ||x - x*||^2 in the norm of L. *)
Lemma grad_dual x : qf (invmx Lbar) (grad x) = qf Lbar (x - xstar).
Proof.
by rewrite grad_xstar qf_mul Lbar_sym mulmxV ?pd_unit // mul1mx.
Qed.
End Objective.

Section Method.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Implicit Types (w : P) (x : 'cV[R]_d) (gam : R).

(* The estimator (5), (13), (26) and its two parts B x - Cb. *)
Definition est w x : 'cV[R]_d :=
  avg (fun i => C w i *m worker_grad p i (C w i *m x)).
Definition Bhat w : 'M[R]_d := avg (fun i => C w i *m Lw p i *m C w i).
Definition Cb w : 'cV[R]_d := avg (fun i => C w i *m bw p i).
(* g(x) = B x - Cb. *)
Lemma estE w x : est w x = Bhat w *m x - Cb w.
Proof.
rewrite /est /Bhat /Cb -avg_mulr -avgB; apply: eq_avg => i.
by rewrite /worker_grad mulmxBr !mulmxA.
Qed.

(* The update (2): x+ = x - gamma g. *)
Definition step gam (k : nat) w x : 'cV[R]_d := x - gam *: est w x.

(* The matrices of Theorem 1: W = E[L B + B L]/2 and Q = E[B L B]. *)
Definition Wmat : 'M[R]_d :=
  2%:R^-1 *: EM (fun w => Lbar p *m Bhat w + Bhat w *m Lbar p).
Definition Qmat : 'M[R]_d := EM (fun w => Bhat w *m Lbar p *m Bhat w).

(* B is symmetric, *)
Lemma Bhat_sym w : sym (Bhat w).
Proof.
apply: sym_avg => i; apply: sym_sandwich; [exact: Cw_sym|exact: Lw_sym].
Qed.
(* ... and PSD when every L_i is. *)
Lemma Bhat_psd w : (forall i, psd (Lw p i)) -> psd (Bhat w).
Proof.
move=> h; apply: psd_avg => i.
by apply: psd_sandwich; [exact: Cw_sym|exact: h].
Qed.
(* W is symmetric, *)
Lemma Wmat_sym : sym Wmat.
Proof.
apply: symZ; apply: sym_EM => w.
by apply: sym_jordan; [exact: Lbar_sym|exact: Bhat_sym].
Qed.
(* Q is symmetric, *)
Lemma Qmat_sym : sym Qmat.
Proof.
apply: sym_EM => w; apply: sym_sandwich; [exact: Bhat_sym|exact: Lbar_sym].
Qed.
(* ... and PSD when L is. *)
Lemma Qmat_psd : psd (Lbar p) -> psd Qmat.
Proof.
by move=> h; apply: psd_EM => w; apply: psd_sandwich => //; apply: Bhat_sym.
Qed.
(* W only sees the mean of B: W = (L E B + E B L)/2. *)
Lemma Wmat_mean :
  Wmat = 2%:R^-1 *: (Lbar p *m EM Bhat + EM Bhat *m Lbar p).
Proof. by rewrite /Wmat EMD EM_mull EM_mulr. Qed.
End Method.

(* Two ways in which a one-step inequality passes to K rounds. *)
Section Telescope.
Variables (R : realFieldType) (P : fprob R) (X : Type).
Variables (st : nat -> P -> X -> X) (x0 : X).

(* If E Phi(x+) <= Phi(x) - c G(x) then c sum_k E G(x^k) <= Phi(x0) - E Phi(x^K). *)
Lemma telescope_le (Phi G : X -> R) c K :
  (forall k x, E (fun w => Phi (st k w x)) <= Phi x - c * G x) ->
  c * (\sum_(k < K) Er st x0 k G) <= Phi x0 - Er st x0 K Phi.
Proof.
move=> h; elim: K => [|K ih]; first by rewrite big_ord0 mulr0 /= subrr.
rewrite big_ord_recr mulrDr /=.
have := Er_le st x0 K (h K); rewrite ErB ErZ => h1.
apply: le_trans (ler_add ih (_ : _ <= Er st x0 K Phi - Er st x0 K.+1 Phi)) _.
  by rewrite ler_subr_addl -ler_subr_addr.
by rewrite addrA subrK.
Qed.
(* The same with equalities. *)
Lemma telescope_eq (Phi G : X -> R) c K :
  (forall k x, E (fun w => Phi (st k w x)) = Phi x - c * G x) ->
  c * (\sum_(k < K) Er st x0 k G) = Phi x0 - Er st x0 K Phi.
Proof.
move=> h; elim: K => [|K ih]; first by rewrite big_ord0 mulr0 /= subrr.
rewrite big_ord_recr mulrDr /= ih.
have -> : Er st x0 K (fun x => E (fun w => Phi (st K w x))) =
    Er st x0 K Phi - c * Er st x0 K G.
  by rewrite -ErZ -ErB; apply: eq_Er.
by rewrite opprB [_ - Er _ _ _ _ in RHS]addrC; ring.
Qed.
(* If E Phi(x+) <= r Phi(x) with r >= 0 then E Phi(x^k) <= r^k Phi(x0). *)
Lemma geometric_le (Phi : X -> R) r k : 0 <= r ->
  (forall k x, E (fun w => Phi (st k w x)) <= r * Phi x) ->
  Er st x0 k Phi <= r ^+ k * Phi x0.
Proof.
move=> r0 h; elim: k => [|k ih] /=; first by rewrite expr0 mul1r.
apply: le_trans (Er_le st x0 k (h k)) _.
by rewrite ErZ exprS -mulrA ler_wpmul2l.
Qed.
(* If E Phi(x+) <= r Phi(x) + e with r >= 0, then                              *)
(* E Phi(x^k) <= r^k Phi(x0) + e (1 + r + ... + r^(k-1)).                      *)
Lemma geometric_sum (Phi : X -> R) r e k : 0 <= r ->
  (forall k x, E (fun w => Phi (st k w x)) <= r * Phi x + e) ->
  Er st x0 k Phi <= r ^+ k * Phi x0 + e * \sum_(j < k) r ^+ j.
Proof.
move=> r0 h; elim: k => [|k ih] /=; first by rewrite expr0 mul1r big_ord0 mulr0 addr0.
apply: le_trans (Er_le st x0 k (h k)) _; rewrite ErD ErZ Er_cst.
rewrite big_ord_recl expr0 (eq_bigr (fun j : 'I_k => r * r ^+ j)) => [|j _]; last by rewrite -exprS.
rewrite -mulr_sumr [e * _]mulrDr mulr1 [e + _]addrC addrA ler_add2r.
apply: le_trans (ler_wpmul2l r0 ih) _; rewrite mulrDr exprS -mulrA.
by rewrite [r * (e * _)]mulrCA.
Qed.
(* For Phi >= 0 the sign of r needs no hypothesis. *)
Lemma geometric_nonneg (Phi : X -> R) r k : (forall x, 0 <= Phi x) ->
  (forall k x, E (fun w => Phi (st k w x)) <= r * Phi x) ->
  Er st x0 k Phi <= r ^+ k * Phi x0.
Proof.
move=> Phi0 h; have [r0|r0] := lerP 0 r; first exact: geometric_le.
have z x : Phi x = 0.
  have : 0 <= E (fun w => Phi (st 0 w x)) by apply: E_ge0.
  move=> /le_trans/(_ (h 0%N x)); rewrite nmulr_rge0 // => l0.
  by apply/eqP; rewrite eq_le l0 Phi0.
by rewrite (eq_Er _ _ _ z) Er_cst z mulr0.
Qed.
End Telescope.
