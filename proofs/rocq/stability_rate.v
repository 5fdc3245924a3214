(* Rates for a random affine map x+ = A x + a with E[A^T S A] <= rho S: two runs *)
(* with the same draws, and the mean, converge like rho^k; the distance to the *)
(* fixed point of the mean does so up to the noise, which need not vanish.     *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting stability.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rate.
Variables (R : realFieldType) (d : nat) (P : fprob R).
Variables (A : P -> 'M[R]_d) (a : P -> 'cV[R]_d) (S : 'M[R]_d) (rho : R).
Hypothesis (pS : psd S) (rho0 : 0 <= rho).
Hypothesis contract : EM (fun w => (A w)^T *m S *m A w) ⪯ rho *: S.

(* One round: E||A u||^2_S <= rho ||u||^2_S. *)
Lemma rate_round u : E (fun w => qf S (A w *m u)) <= rho * qf S u.
Proof.
have := lle_qf u contract; rewrite qfZm -E_qfm.
by rewrite (eq_E (G := fun w => qf S (A w *m u))) // => w; rewrite qf_mul.
Qed.
(* Two runs with the same draws: E||x^k - y^k||^2_S <= rho^k ||x^0 - y^0||^2_S. *)
Theorem pair_rate k x0 y0 :
  Er (pair_step A a) (x0, y0) k (fun z => qf S (z.1 - z.2)) <= rho ^+ k * qf S (x0 - y0).
Proof.
apply: (@geometric_le _ _ _ (pair_step A a) (x0, y0) (fun z => qf S (z.1 - z.2))) => // j z.
by under eq_E do rewrite /= aff_sub; apply: rate_round.
Qed.
(* The mean: ||E x^k - y||^2_S <= rho^k ||x^0 - y||^2_S for the fixed point y of the mean. *)
Theorem mean_rate k x0 y : EM A *m y + EM a = y ->
  qf S (mean_iterate (aff_step A a) x0 k - y) <= rho ^+ k * qf S (x0 - y).
Proof.
move=> hy; elim: k => [|k ih]; first by rewrite mean_iterate0 expr0 mul1r.
have -> : mean_iterate (aff_step A a) x0 k.+1 - y = EM A *m (mean_iterate (aff_step A a) x0 k - y).
  rewrite (@mean_affine _ _ _ (aff_step A a) x0 k (EM A) (EM a)) => [|x]; last by rewrite EMD EM_mulr.
  by rewrite -{1}hy mulmxBr opprD addrACA subrr addr0.
rewrite -EM_mulr; apply: le_trans (jensen _ pS) _; apply: le_trans (rate_round _) _.
by rewrite exprS -mulrA; apply: ler_wpmul2l.
Qed.
(* Any map: E||x^k - y||^2_S <= r^k ||x^0 - y||^2_S + (1 + 1/eta) V (1 + r + ... + r^(k-1)), where *)
(* r = (1 + eta) rho and V = E||A y + a - y||^2_S is the noise at y.           *)
Theorem noisy_rate k x0 y eta (r := (1 + eta) * rho) : 0 < eta ->
  Er (aff_step A a) x0 k (fun x => qf S (x - y)) <= r ^+ k * qf S (x0 - y) +
  (1 + eta^-1) * E (fun w => qf S (A w *m y + a w - y)) * \sum_(j < k) r ^+ j.
Proof.
move=> e0; have [sS _] := pS; have r0 : 0 <= r by rewrite mulr_ge0 // addr_ge0 ?ler01 // ltW.
apply: (@geometric_sum _ _ _ (aff_step A a) x0 (fun x => qf S (x - y))) => // j x.
apply: le_trans (_ : E (fun w => (1 + eta) * qf S (A w *m (x - y)) +
    (1 + eta^-1) * qf S (A w *m y + a w - y)) <= _).
  apply: E_le => w; set u := A w *m (x - y); set v := A w *m y + a w - y.
  have -> : aff_step A a j w x - y = u + v.
    by rewrite /aff_step /u /v mulmxBr !addrA subrK.
  rewrite (qfD _ _ sS) -subr_ge0; have := fenchel_young u v pS e0; rewrite -subr_ge0.
  move: (qf S u) (bf S u v) (qf S v) (eta^-1) => p q s t.
  by have -> : (1 + eta) * p + (1 + t) * s - (p + q *+ 2 + s) = eta * p + t * s - q *+ 2 by ring.
rewrite ED !EZ ler_add2r /r -mulrA; apply: ler_wpmul2l (rate_round _).
by rewrite addr_ge0 ?ler01 // ltW.
Qed.
End Rate.

(* The rate in numbers: if S - E[A^T S A] >= mu I and S <= t I then rho = 1 - mu/t is a rate. *)
Theorem rate_of_gap (R : realFieldType) (d : nat) (P : fprob R) (A : P -> 'M[R]_d) (S : 'M[R]_d) mu t :
  psd S -> 0 <= mu -> 0 < t -> mu%:M ⪯ gap A S -> S ⪯ t%:M ->
  EM (fun w => (A w)^T *m S *m A w) ⪯ (1 - mu / t) *: S.
Proof.
move=> pS mu0 t0 hg hS; have [sS _] := pS.
apply/lleP => [||v]; [by apply: sym_EM => w; apply: sym_congr|exact: symZ|].
rewrite qfZm mulrBl mul1r; have := lle_qf v hg; rewrite qf_scalar => h.
have -> : qf (EM (fun w => (A w)^T *m S *m A w)) v = qf S v - qf (gap A S) v.
  by rewrite /gap [qf (S - _) v]bfBm opprB addrC subrK.
rewrite ler_add2l ler_opp2; apply: le_trans h.
have := lle_qf v hS; rewrite qf_scalar => h.
by rewrite mulrAC -mulrA ler_wpmul2l // ler_pdivr_mulr // mulrC.
Qed.

(* The noise need not vanish: x+ = +1 or -1 with probability 1/2 each has A = 0, S = I with *)
(* S - E[A^T S A] = I, the mean fixed point 0, and E||x^k - 0||^2 = 1 for every k >= 1.     *)
Section NoiseStays.
Variable R : realFieldType.
Local Notation P := (uniform R true).
Definition sign_A (w : P) : 'M[R]_1 := 0.
Definition sign_a (w : P) : 'cV[R]_1 := const_mx (if w then 1 else -1).
(* CLAIM beyond-5+noise: a stable map has E‖x^k − x^∞‖² → 0 for the fixed point x^∞ of its mean: false when there is noise; x⁺ = ±1 with probability ½ each is stable with x^∞ = 0, and E‖x^k − x^∞‖² = 1 for every k ≥ 1 *)
Theorem noise_stays k x0 :
  [/\ gap sign_A 1%:M = 1%:M, forall y, (EM sign_A *m y + EM sign_a = y) <-> y = 0 &
      Er (aff_step sign_A sign_a) x0 k.+1 (fun x => nrm2 (x - 0)) = 1].
Proof.
have zA : EM sign_A = 0 by rewrite (eq_EM (G := fun=> 0)) ?EM_cst.
have za : EM sign_a = 0.
  apply/matrixP=> i j; rewrite EM_E E_uniform card_bool big_bool !mxE /=.
  by rewrite subrr mulr0.
split.
- by rewrite /gap (eq_EM (G := fun=> 0)) ?EM_cst ?subr0 // => w; rewrite mulmx0.
- by move=> y; rewrite zA za mul0mx addr0; split=> ->.
rewrite -[RHS](Er_cst (aff_step sign_A sign_a) x0 k) /=; apply: eq_Er => x.
rewrite (eq_E (G := fun=> 1)) ?E_cst // => w.
rewrite subr0 /aff_step mul0mx add0r nrm2E big_ord1 mxE.
by case: w; rewrite ?expr1n // sqrrN expr1n.
Qed.
End NoiseStays.
