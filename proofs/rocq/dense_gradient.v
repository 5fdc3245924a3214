(* Without the second sketch the gradient at compressed weights may be dense,  *)
(* and the compressed iterates x+ = x - gamma (1/n) sum_i grad f_i(C_i x) on    *)
(* quadratics.  The logistic loss log(1 + e^{-y <x, w>}) has the gradient      *)
(* -y / (1 + e^{y <x, w>}) x; of the exponential only e^0 = 1 is used, so      *)
(* `ex` below is any function with ex 0 = 1.                                   *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Logistic.
Variables (R : realFieldType) (d : nat) (ex : R -> R) (y : R) (x : 'cV[R]_d).
Hypothesis ex0 : ex 0 = 1.
Definition logistic_grad (w : 'cV[R]_d) : 'cV[R]_d := (- (y / (1 + ex (y * dot x w)))) *: x.

(* CLAIM dense-gradient: logistic loss at w = 0: for every sketch C the gradient at Cw is −(y/2)x, with no zero entry when x has none, while C∇f(Cw) is 0 wherever C has a zero row; compressed iterates are, in the mean, gradient descent on quadratics *)
Theorem logistic_at_zero (C : 'M[R]_d) : logistic_grad (C *m 0) = (- (y / 2%:R)) *: x.
Proof. by rewrite /logistic_grad mulmx0 /dot bf0r mulr0 ex0. Qed.
(* At w = 0 the gradient is -(y/2) x whatever was kept: no entry is 0 when none of the data is. *)
Theorem logistic_dense (C : 'M[R]_d) : y != 0 -> (forall a, x a 0 != 0) ->
  forall a, logistic_grad (C *m 0) a 0 != 0.
Proof.
move=> ny nx a; rewrite logistic_at_zero mxE mulf_neq0 // oppr_eq0 mulf_neq0 //.
by rewrite invr_eq0 pnatr_eq0.
Qed.
(* The second sketch restores the zeros, whatever the weights. *)
Theorem second_sketch_sparse (C : 'M[R]_d) w a : row a C = 0 ->
  (C *m logistic_grad (C *m w)) a 0 = 0.
Proof.
move=> r0; rewrite mxE big1 // => b _.
by have /matrixP/(_ 0 b) := r0; rewrite !mxE => ->; rewrite mul0r.
Qed.
End Logistic.

Section CompressedIterate.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d) (gam : R).
Hypothesis unb : forall i, EM (fun w => C w i) = 1%:M.
Definition compressed_iterate (w : P) (x : 'cV[R]_d) : 'cV[R]_d :=
  x - gam *: avg (fun i => worker_grad p i (C w i *m x)).

(* It is a random affine map with A = I - gamma (1/n) sum_i L_i C_i and a fixed a. *)
Theorem compressed_iterate_affine w x :
  compressed_iterate w x = (1%:M - gam *: avg (fun i => Lw p i *m C w i)) *m x + gam *: bbar p.
Proof.
rewrite /compressed_iterate /worker_grad avgB -/(bbar p) mulmxBl mul1mx -scalemxAl -avg_mulr.
rewrite scalerBr opprB addrA addrAC; congr (_ - _ *: _ + _).
by apply: eq_avg => i; rewrite mulmxA.
Qed.
(* In the mean it is a step of gradient descent, so x* is its only mean fixed point. *)
Theorem compressed_iterate_mean x : EM (fun w => compressed_iterate w x) = x - gam *: grad p x.
Proof.
rewrite /compressed_iterate EMB EM_cst EMZ EM_avg; congr (_ - _ *: _); apply: eq_avg => i.
by rewrite /worker_grad EMB EM_cst EM_mull EM_mulr unb mul1mx.
Qed.
(* The fixed point of the mean of compressed iterates is the minimizer. *)
Theorem compressed_iterate_fixed_point x : pd (Lbar p) -> gam != 0 ->
  (EM (fun w => compressed_iterate w x) = x) <-> x = xstar p.
Proof. by move=> pL g0; rewrite compressed_iterate_mean; exact: gradient_step_fixed. Qed.
End CompressedIterate.
