(* Gradient descent with compressed gradients and with compressed iterates     *)
(* (Khaled and Richtarik, arXiv:1909.04716) on a quadratic with mu I <= L <= lam I, *)
(* for every unbiased compressor C with E||C y - y||^2 <= omega ||y||^2.       *)
(* Rand-q is one, with omega = d/q - 1 (sketch_rand.rand_variance).            *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting noise.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Compressed.
Variables (R : realFieldType) (d : nat) (P : fprob R) (C : P -> 'M[R]_d).
Variables (L : 'M[R]_d) (b xs : 'cV[R]_d) (mu lam omega gam : R).
Hypothesis unb : EM C = 1%:M.
Hypothesis (psdL : psd L) (lo : mu%:M ⪯ L) (hi : L ⪯ lam%:M) (Lxs : L *m xs = b).
Hypothesis g0 : 0 <= gam.
Local Notation gradf x := (L *m x - b).

(* grad f(x) = L (x - xs), because L xs = b. *)
Lemma gradf_xs x : gradf x = L *m (x - xs).
Proof. by rewrite mulmxBr Lxs. Qed.
(* mu ||u||^2 <= u^T L u. *)
Lemma lo_qf u : mu * nrm2 u <= qf L u.
Proof. by rewrite -qf_scalar; apply: lle_qf. Qed.

(* An unbiased estimate G of g has E||u - gamma G||^2 = ||u||^2 - 2 gamma <u,g> *)
(* + gamma^2 (E||G - g||^2 + ||g||^2); the compressed gradient is one.          *)
Definition cgd_step (k : nat) (w : P) (x : 'cV[R]_d) : 'cV[R]_d := x - gam *: (C w *m gradf x).
(* One step, exactly: E||x+ - xs||^2 = ||u||^2 - 2 gamma u^T L u + gamma^2 *)
(* (E||C g - g||^2 + ||g||^2), u = x - xs, g = grad f(x). *)
Lemma cgd_round k x : E (fun w => nrm2 (cgd_step k w x - xs)) =
  nrm2 (x - xs) - 2%:R * gam * qf L (x - xs) +
  gam ^+ 2 * (E (fun w => nrm2 (C w *m gradf x - gradf x)) + nrm2 (gradf x)).
Proof.
set u := x - xs; set g := gradf x.
have mg : EM (fun w => C w *m g) = g by rewrite EM_mulr unb mul1mx.
have := bias_variance (fun w => C w *m g) (sym1 R d); rewrite mg => <-.
have e w : nrm2 (cgd_step k w x - xs) =
    nrm2 u - 2%:R * gam * dot u (C w *m g) + gam ^+ 2 * nrm2 (C w *m g).
  rewrite /cgd_step addrAC -/u /nrm2 (qfB _ _ (sym1 R d)) bfZr qfZ -/(dot _ _).
  by move: (dot u _) (qf _ (C w *m g)); move: (qf _ u) => p q r; ring.
rewrite (eq_E e) ED EB E_cst !EZ /dot E_bfr mg.
by rewrite -[bf _ u g]/(dot u g) /g gradf_xs -bf_dot.
Qed.

Hypothesis var : forall y : 'cV[R]_d, E (fun w => nrm2 (C w *m y - y)) <= omega * nrm2 y.

(* CLAIM cgd-contraction: for γ(1+ω)λ ≤ 1 one step of compressed gradient descent has E‖x⁺ − x*‖² ≤ (1 − γμ)‖x − x*‖² *)
Theorem cgd_contraction k x : 0 <= 1 + omega -> gam * ((1 + omega) * lam) <= 1 ->
  E (fun w => nrm2 (cgd_step k w x - xs)) <= (1 - gam * mu) * nrm2 (x - xs).
Proof.
move=> o1 hg; rewrite cgd_round; set u := x - xs.
have q0 : 0 <= qf L u := psdL.2 u.
have g2 : nrm2 (gradf x) <= lam * qf L u by rewrite gradf_xs; apply: psd_sqr_le.
have v2 : E (fun w => nrm2 (C w *m gradf x - gradf x)) + nrm2 (gradf x) <= (1 + omega) * (lam * qf L u).
  apply: le_trans (_ : (1 + omega) * nrm2 (gradf x) <= _); last exact: ler_wpmul2l.
  by rewrite [X in _ <= X]mulrDl mul1r addrC ler_add2l.
have s1 : gam ^+ 2 * (E (fun w => nrm2 (C w *m gradf x - gradf x)) + nrm2 (gradf x)) <= gam * qf L u.
  apply: le_trans (ler_wpmul2l (sqr_ge0 gam) v2) _.
  have -> : gam ^+ 2 * ((1 + omega) * (lam * qf L u)) =
      gam * ((gam * ((1 + omega) * lam)) * qf L u) by ring.
  by apply: ler_wpmul2l => //; apply: ler_pimull.
apply: le_trans (_ : nrm2 u - gam * qf L u <= _).
  apply: le_trans (ler_add (lexx _) s1) _.
  by have -> : nrm2 u - 2%:R * gam * qf L u + gam * qf L u = nrm2 u - gam * qf L u by ring.
rewrite mulrBl mul1r ler_add2l ler_opp2 -mulrA.
exact: ler_wpmul2l g0 _ _ (lo_qf u).
Qed.
(* CLAIM cgd-rate: under the same conditions E‖x^k − x*‖² ≤ (1 − γμ)^k ‖x⁰ − x*‖² *)
Theorem cgd_rate k x0 : 0 <= 1 + omega -> gam * ((1 + omega) * lam) <= 1 ->
  Er cgd_step x0 k (fun x => nrm2 (x - xs)) <= (1 - gam * mu) ^+ k * nrm2 (x0 - xs).
Proof.
move=> o1 hg; apply: (@geometric_nonneg R P _ cgd_step x0 (fun x => nrm2 (x - xs))) => [x|j x].
  exact: nrm2_ge0.
exact: cgd_contraction.
Qed.

(* Compressed iterates: the step x+ = C (x - gamma grad f(x)). *)
Definition gdci_step (k : nat) (w : P) (x : 'cV[R]_d) : 'cV[R]_d := C w *m (x - gam *: gradf x).

(* The distance after the step is that of the gradient step plus the compression error. *)
Lemma gdci_split k x : E (fun w => nrm2 (gdci_step k w x - xs)) =
  nrm2 (x - gam *: gradf x - xs) +
  E (fun w => nrm2 (C w *m (x - gam *: gradf x) - (x - gam *: gradf x))).
Proof.
rewrite /gdci_step; set m := x - _.
have mm : EM (fun w => C w *m m - xs) = m - xs by rewrite EMB EM_cst EM_mulr unb mul1mx.
rewrite (bias_variance (fun w => C w *m m - xs) (sym1 R d)) mm addrC; congr (_ + _).
by apply: eq_E => w; congr (qf _ _); rewrite opprB addrA subrK.
Qed.
(* CLAIM gdci-bias-variance: when E‖Cy − y‖² = ω‖y‖² for every y (Rand-q), one step of compressed iterates from m = x − γ∇f(x) has E‖x⁺ − x*‖² = ‖m − x*‖² + ω‖m‖² *)
Theorem gdci_bias_variance k x :
  (forall y : 'cV[R]_d, E (fun w => nrm2 (C w *m y - y)) = omega * nrm2 y) ->
  E (fun w => nrm2 (gdci_step k w x - xs)) =
  nrm2 (x - gam *: gradf x - xs) + omega * nrm2 (x - gam *: gradf x).
Proof. by move=> v; rewrite gdci_split v. Qed.

(* A gradient step with gamma lambda <= 1 contracts: ||(I - gamma L) u|| <= (1 - gamma mu) ||u||, *)
(* because 0 <= I - gamma L <= (1 - gamma mu) I.                               *)
Lemma gradient_step x : gam * lam <= 1 ->
  nrm2 (x - gam *: gradf x - xs) <= (1 - gam * mu) ^+ 2 * nrm2 (x - xs).
Proof.
move=> gl; set M := 1%:M - gam *: L; set u := x - xs; have [sL _] := psdL.
have -> : x - gam *: gradf x - xs = M *m u.
  by rewrite mulmxBl mul1mx -scalemxAl -gradf_xs addrAC.
have qM v : qf M v = nrm2 v - gam * qf L v by rewrite /M /qf bfBm bfZm.
have sM : sym M by apply: symB; [exact: sym1|exact: symZ].
have pM : psd M.
  split=> // v; rewrite qM subr_ge0.
  apply: le_trans (ler_wpmul2l g0 (lle_qf v hi)) _.
  by rewrite qf_scalar mulrA; apply: ler_pimull => //; apply: nrm2_ge0.
have up v : qf M v <= (1 - gam * mu) * nrm2 v.
  rewrite qM mulrBl mul1r ler_add2l ler_opp2 -mulrA.
  exact: ler_wpmul2l g0 _ _ (lo_qf v).
have hM : M ⪯ (1 - gam * mu)%:M.
  by apply/lleP => [//||v]; [exact: tr_scalar_mx|rewrite qf_scalar].
apply: le_trans (psd_sqr_le u pM hM) _; rewrite expr2 -mulrA.
have [c0|c0] := lerP 0 (1 - gam * mu); first exact: ler_wpmul2l.
have := le_trans (pM.2 u) (up u); rewrite nmulr_rge0 // => n0.
have z : nrm2 u = 0 by apply/eqP; rewrite eq_le n0 nrm2_ge0.
have := le_trans (pM.2 u) (up u); have := up u.
by rewrite z mulr0 => q1 _; have /eqP -> : qf M u == 0 by rewrite eq_le q1 pM.2.
Qed.

Hypothesis o0 : 0 <= omega.
(* CLAIM gdci-neighbourhood: for γλ ≤ 1 one step of compressed iterates has E‖x⁺ − x*‖² ≤ (1 + 2ω)(1 − γμ)²‖x − x*‖² + 2ω‖x*‖² *)
Theorem gdci_neighbourhood k x : gam * lam <= 1 ->
  E (fun w => nrm2 (gdci_step k w x - xs)) <=
  (1 + 2%:R * omega) * (1 - gam * mu) ^+ 2 * nrm2 (x - xs) + 2%:R * omega * nrm2 xs.
Proof.
move=> gl; rewrite gdci_split; set m := x - gam *: _; have h := gradient_step x gl.
have two : nrm2 m <= 2%:R * nrm2 (m - xs) + 2%:R * nrm2 xs.
  rewrite -[in nrm2 m](subrK xs m); have := nrm2_ge0 (m - xs - xs).
  move: (m - xs) => v; rewrite /nrm2 (qfB _ _ (sym1 R d)) (qfD _ _ (sym1 R d)).
  move: (qf _ v) (bf _ _ _) (qf _ xs) => p q r s; rewrite -subr_ge0.
  by have -> : 2%:R * p + 2%:R * r - (p + q *+ 2 + r) = p - q *+ 2 + r by ring.
apply: le_trans (ler_add (lexx _) (var m)) _.
apply: le_trans (ler_add (lexx _) (ler_wpmul2l o0 two)) _.
have -> : nrm2 (m - xs) + omega * (2%:R * nrm2 (m - xs) + 2%:R * nrm2 xs) =
    (1 + 2%:R * omega) * nrm2 (m - xs) + 2%:R * omega * nrm2 xs by ring.
rewrite ler_add2r -mulrA; apply: ler_wpmul2l => //.
by rewrite addr_ge0 ?ler01 ?mulr_ge0 ?ler0n.
Qed.
(* CLAIM gdci-rate: with r = (1 + 2ω)(1 − γμ)², r ≠ 1, and γλ ≤ 1: E‖x^k − x*‖² ≤ r^k ‖x⁰ − x*‖² + (1 − r^k)/(1 − r)·2ω‖x*‖² *)
Theorem gdci_rate k x0 (r := (1 + 2%:R * omega) * (1 - gam * mu) ^+ 2) : gam * lam <= 1 -> r != 1 ->
  Er gdci_step x0 k (fun x => nrm2 (x - xs)) <=
  r ^+ k * nrm2 (x0 - xs) + (1 - r ^+ k) / (1 - r) * (2%:R * omega * nrm2 xs).
Proof.
move=> gl r1; have r0 : 0 <= r by rewrite mulr_ge0 ?sqr_ge0 ?addr_ge0 ?ler01 ?mulr_ge0 ?ler0n.
have := @geometric_sum R P _ gdci_step x0 (fun x => nrm2 (x - xs)) r _ k r0
  (fun j x => gdci_neighbourhood j x gl).
move/le_trans; apply; rewrite ler_add2l mulrC.
have d0 : 1 - r != 0 by rewrite subr_eq0 eq_sym.
have -> : \sum_(j < k) r ^+ j = (1 - r ^+ k) / (1 - r).
  by apply: (mulIf d0); rewrite divfK // -[RHS]opprB subrX1 -mulNr opprB mulrC.
by [].
Qed.

(* CLAIM gdci-not-fixed: x* is a fixed point of compressed iterates; false when E‖Cy − y‖² = ω‖y‖² with ω > 0 and x* ≠ 0: a step from x* has E‖x⁺ − x*‖² = ω‖x*‖² > 0 *)
Theorem gdci_not_fixed k :
  (forall y : 'cV[R]_d, E (fun w => nrm2 (C w *m y - y)) = omega * nrm2 y) ->
  0 < omega -> xs != 0 ->
  E (fun w => nrm2 (gdci_step k w xs - xs)) = omega * nrm2 xs /\ 0 < omega * nrm2 xs.
Proof.
move=> v o1 nx; split; last by rewrite mulr_gt0 // (pd1 R d).2.
by rewrite gdci_bias_variance // Lxs subrr scaler0 subr0 subrr /nrm2 qf0 add0r.
Qed.
End Compressed.
