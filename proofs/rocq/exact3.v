(* Claims whose parts are several theorems, each stated whole by one theorem.  *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting averaging section4 theorem1 stability limits.
From Istcheck Require Import perm_expectation own perm_sketch scaled sketch_rand refutations.
From Istcheck Require Import homogeneous perm1_rates noise noise_workers loewner17 preconditioning.
From Istcheck Require Import dense_gradient sparsity interpolation local_steps_perm1.
From Istcheck Require Import convergence1 convergence2 exact2 remaining.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* For claim rand-unbiased. *)
Theorem rand_unbiased_variance (R : realFieldType) (d q : nat) (q0 : (0 < q)%N) (qd : (q <= d)%N)
    (x : 'cV[R]_d) :
  EM (fun S : randq R qd => rand_sketch S *m x) = x /\
  E (fun S : randq R qd => nrm2 (rand_sketch S *m x - x)) <= (d%:R / q%:R - 1) * nrm2 x.
Proof. by rewrite rand_variance ?rand_unbiased. Qed.
(* For claim rand-unbiased-equality; equal forms for every x are equal matrices. *)
Theorem rand_mean_variance (R : realFieldType) (d q : nat) (q0 : (0 < q)%N) (qd : (q <= d)%N) :
  EM (fun S : randq R qd => rand_sketch S) = 1%:M /\
  forall x, E (fun S : randq R qd => nrm2 (rand_sketch S *m x - x)) = (d%:R / q%:R - 1) * nrm2 x.
Proof. by split=> [|x]; [exact: rand_EM|exact: rand_variance]. Qed.

Section PermQ.
Variables (R : realFieldType) (n d q : nat) (own : 'I_d -> 'I_n).
Hypothesis bal : balanced q own.
Local Notation P := (perms R d).
Local Notation C := (permq R own).
(* For claim perm-unbiased. *)
Theorem perm_mean_variance i : EM (fun pi : P => C pi i) = 1%:M /\
  forall x, E (fun pi : P => nrm2 (C pi i *m x - x)) = (n%:R - 1) * nrm2 x.
Proof. by split=> [|x]; [exact: (perm_unbiased R bal)|exact: (perm_omega bal)]. Qed.
(* For claim perm-reconstruction. *)
Theorem perm_average_step (p : problem R n d) (pi : P) gam k x : avg (C pi) = 1%:M /\
  avg (fun i => C pi i *m x - gam *: (C pi i *m worker_grad p i (C pi i *m x))) = step p C gam k pi x.
Proof. by split; [exact: perm_reconstruction bal pi|exact: perm_local_step]. Qed.
(* For claim permq-mean. *)
Theorem perm_mean_solution (p : problem R n d) (M := Dbar p + rho R d q *: (Lbar p - Dbar p)) :
  EM (Bhat p C) = n%:R *: M /\
  ((0 < d)%N -> M \in unitmx -> invmx (EM (Bhat p C)) *m EM (Cb p C) = n%:R^-1 *: (invmx M *m bbar p)).
Proof.
have e : EM (Bhat p C) = n%:R *: M by exact: perm_EB.
split=> // d0 uM; have [n0 _] := n_q_neq0 R bal (Ordinal d0).
rewrite e (perm_ECb bal) invmxZ ?unitmxZ ?unitfE // -scalemxAl.
by [].
Qed.
End PermQ.

(* For claim affine-bias-repaired. *)
Theorem compressed_unbiased (R : realFieldType) d (P : fprob R) (C : P -> 'M[R]_d) (L : 'M[R]_d)
    (b x : 'cV[R]_d) :
  EM C = 1%:M ->
  EM (fun w => L *m (C w *m x) - b) = L *m x - b /\ EM (fun w => C w *m (L *m x - b)) = L *m x - b.
Proof. by move=> u; split; [exact: compressed_iterate_unbiased|exact: compressed_gradient_unbiased]. Qed.

(* For claim dense-gradient-logistic. *)
Theorem logistic_gradient (R : realFieldType) d (ex : R -> R) y (x : 'cV[R]_d) (C : 'M[R]_d) :
  ex 0 = 1 -> y != 0 -> (forall a, x a 0 != 0) ->
  logistic_grad ex y x (C *m 0) = (- (y / 2%:R)) *: x /\
  forall a, ((- (y / 2%:R)) *: x) a 0 != 0.
Proof.
move=> e0 ny nx; have e := logistic_at_zero y x e0 C; split=> // a.
by rewrite -e; exact: logistic_dense.
Qed.

(* For claim descent-change. *)
Theorem descent_change (R : realFieldType) n d (p : problem R n d) (P : fprob R) (C : sketches P n d)
    gam y : (forall i, bw p i = 0) ->
  E (fun w => dot (grad p y) (est p C w y)) = qf (Wmat p C) y /\
  E (fun w => obj p (y - gam *: est p C w y)) - obj p y =
    gam ^+ 2 / 2%:R * E (fun w => qf (Lbar p) (est p C w y)) - gam * qf (Wmat p C) y.
Proof. by move=> b0; split; [exact: no_descent_inner|exact: no_descent_change]. Qed.

(* For claim identity-theta. *)
Theorem identity_W_theta (R : realFieldType) n d (p : problem R n d) theta : pd (Lbar p) ->
  Wmat p (id_sketches R n d) = Lbar p *m Lbar p /\
  (Qmat p (id_sketches R n d) ⪯ theta *: Wmat p (id_sketches R n d) <-> Lbar p ⪯ theta%:M).
Proof. by move=> pL; split; [exact: identity_W|exact: identity_theta]. Qed.

(* For claim precondition-diagonal. *)
Theorem precondition_diagonal (R : realFieldType) d (L : 'M[R]_d) (s : 'I_d -> R) :
  (forall a, s a ^+ 2 * L a a = 1) -> pd L -> pd (Ltilde L s) /\ forall a, Ltilde L s a a = 1.
Proof. by move=> sE pL; split; [exact: Ltilde_pd|exact: unit_diagonal]. Qed.

(* Bounds above of M are bounds below of its inverse, so the extreme eigenvalues are reciprocal: *)
(* 0 <= ||v - Mv/lam||^2 <= ||v||^2 - v'Mv/lam where I/lam <= M^-1. *)
Lemma inv_bounds (R : realFieldType) d (M : 'M[R]_d) lam : pd M -> 0 < lam ->
  (lam^-1)%:M ⪯ invmx M <-> M ⪯ lam%:M.
Proof.
move=> pM l0; have ss a : sym (a%:M : 'M[R]_d) by exact: tr_scalar_mx.
split=> h; apply/lleP => [||v].
- exact: pM.1.
- exact: ss.
- have := lle_qf (M *m v) h; rewrite !qf_scalar qf_mul pM.1 mulmxV ?pd_unit // mul1mx => hv.
  have := nrm2_ge0 (v - lam^-1 *: (M *m v)); rewrite /nrm2 (qfB _ _ (sym1 R d)) bfZr qfZ -!/(nrm2 _).
  rewrite bf_mulr mul1mx -/(qf M v) expr2 -mulrA => h0.
  have h1 : lam^-1 * (lam^-1 * nrm2 (M *m v)) <= lam^-1 * qf M v.
    by rewrite ler_wpmul2l // invr_ge0 ltW.
  have := le_trans h0 (ler_add (lexx _) h1).
  rewrite -[X in _ - X + _]mulr_natl -addrA [2%:R * _]mulr_natl mulr2n opprD -addrA addNr addr0.
  by rewrite subr_ge0 mulrC ler_pdivr_mulr // mulrC.
- exact: ss.
- exact: sym_inv pM.1.
by rewrite qf_scalar mulrC ler_pdivr_mulr // mulrC; exact: inv_lower.
Qed.
(* For claim homogeneous-chain-repaired: mu = lambda_min(L^-1), lam = lambda_max(L), and mu = 1/lam. *)
Theorem homogeneous_chain (R : realFieldType) n (p : problem R n n) (L : 'M[R]_n) mu lam g :
  (forall i, Lw p i = L) -> (0 < n)%N -> (forall a, L a a = 1) -> pd L -> 0 < mu -> 0 < lam ->
  (mu%:M ⪯ invmx L -> n%:R * mu * nrm2 g <= qf (invmx L *m Wmat p (perm1 R n) *m invmx L) g) /\
  ((lam^-1)%:M ⪯ invmx L <-> L ⪯ lam%:M).
Proof.
move=> hom n0 d1 pL m0 l0; split; last exact: inv_bounds.
move=> hm; have h : L ⪯ (mu^-1)%:M by apply/(inv_bounds pL); rewrite ?invr_gt0 ?invrK.
have m1 : 0 < mu^-1 by rewrite invr_gt0.
by have := homogeneous_chain_repaired hom n0 d1 pL g m1 h; rewrite invrK.
Qed.

(* For claim remark1-nonempty: with u = sqrt a and v = sqrt b, *)
(* sqrt(ab) - 2ab/(a+b) = uv (u - v)^2/(u^2 + v^2). *)
Theorem harmonic_below_geometric (R : rcfType) (a b : R) : 0 < a -> 0 < b ->
  2%:R * a * b / (a + b) < Num.sqrt (a * b) <-> a != b.
Proof.
move=> a0 b0; rewrite sqrtrM ?ltW //; set u := Num.sqrt a; set v := Num.sqrt b.
have u0 : 0 < u by rewrite sqrtr_gt0.
have v0 : 0 < v by rewrite sqrtr_gt0.
have ea : a = u ^+ 2 by rewrite sqr_sqrtr ?ltW.
have eb : b = v ^+ 2 by rewrite sqr_sqrtr ?ltW.
have s0 : 0 < u ^+ 2 + v ^+ 2 by rewrite -ea -eb addr_gt0.
rewrite ea eb -subr_gt0.
have -> : u * v - 2%:R * u ^+ 2 * v ^+ 2 / (u ^+ 2 + v ^+ 2) = u * v / (u ^+ 2 + v ^+ 2) * (u - v) ^+ 2.
  by field; rewrite gt_eqF.
have c0 : 0 < u * v / (u ^+ 2 + v ^+ 2) by rewrite divr_gt0 ?mulr_gt0.
rewrite (pmulr_rgt0 _ c0) exprn_even_gt0 //= subr_eq0 (@eqr_expn2 R 2) //; exact: ltW.
Qed.

(* For claim perm1-loewner-converse (refuted), theta = 4. *)
Theorem loewner_converse_refuted (R : realFieldType) (p := het R) :
  [/\ pd (Lbar p),
      2%:R *: (Dbar p *m Lbar p *m Dbar p) ⪯ 4%:R *: (2%:R^-1 *: (Lbar p *m Dbar p + Dbar p *m Lbar p)) &
      ~ Qmat p (perm1 R 2) ⪯ 4%:R *: Wmat p (perm1 R 2)].
Proof.
have pL : pd (Lbar p) by rewrite het_Lbar -scalemx1; apply: pdZ (pd1 R 2); rewrite ltr0n.
have nx : (delta_mx 0 0 : 'cV[R]_2) != 0.
  by apply/eqP=> /matrixP/(_ 0 0)/eqP; rewrite !mxE !eqxx oner_eq0.
have [h17 hl hx] := loewner_heterogeneous_refuted nx.
split=> //; first by rewrite scalerA.
move=> h14; have g0 : 0 < (4%:R^-1 : R) by rewrite invr_gt0 ltr0n.
have t0 : 0 < (4%:R : R) by rewrite ltr0n.
have b0 i : bw p i = 0 by [].
have := thm1_iterates b0 g0 t0 (lexx _) pL h14 (delta_mx 0 0) 1 hl.
have -> : xstar p = 0 by rewrite /xstar bbar0 // mulmx0.
rewrite subr0 (eq_Er _ _ _ (G := qf (Lbar p))) => [|x]; last by rewrite subr0.
by move=> /(lt_le_trans hx); rewrite ltxx.
Qed.

(* The theta of (14) have no least one where W is not PSD. *)
Section Theta.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Local Notation W := (Wmat p C).
Local Notation Q := (Qmat p C).
(* Some theta satisfies (14), and none below some number does: over the reals there is then a least *)
(* one, because (14) is a set of weak inequalities a <= theta b. *)
Definition has_theta_min : Prop :=
  exists2 theta, Q ⪯ theta *: W & exists lo, forall t, Q ⪯ t *: W -> lo <= t.
(* A theta < 0 with (14) leaves no bound: W is then negative, and every smaller t satisfies (14) too. *)
Lemma theta_min_ge0 theta : psd (Lbar p) -> Q ⪯ theta *: W ->
  (exists lo, forall t, Q ⪯ t *: W -> lo <= t) -> 0 <= theta.
Proof.
move=> pL h [lo hlo]; rewrite leNgt; apply/negP => t0.
have W0 v : qf W v <= 0.
  have := le_trans ((Qmat_psd C pL).2 v) (lle_qf v h); rewrite qfZm.
  by rewrite nmulr_rge0.
have := hlo (lo - 1); rewrite ler_addl oppr_ge0 ler10 => hl; apply: notF; apply: hl.
apply/lleP => [||v]; [exact: Qmat_sym|by apply: symZ; exact: Wmat_sym|].
apply: le_trans (lle_qf v h) _; rewrite (qfZm _ theta) (qfZm _ (lo - 1)) ler_wnmul2r //.
by apply: le_trans (hlo _ h); rewrite ger_addl oppr_le0 ler01.
Qed.
(* For claim thm1-redundant-none. *)
Theorem no_theta_min : pd (Lbar p) -> ~ psd W -> ~ has_theta_min.
Proof.
move=> pL nW [theta h b]; have := theta_min_ge0 (pd_psd pL) h b.
rewrite le_eqVlt => /orP[/eqP e|t0]; last exact: (no_theta (pd_psd pL) nW t0 h).
apply: nW; split=> [|v]; first exact: Wmat_sym.
have := mean_le v (pd_psd pL) h; rewrite -e mul0r => m.
suff z : EM (Bhat p C) *m v = 0 by rewrite qf_W z bf0r.
by apply/eqP/negPn/negP => nz; have := lt_le_trans (pL.2 _ nz) m; rewrite ltxx.
Qed.
(* For claim any-omega-exactly. *)
Theorem theta_min_exactly : (0 < d)%N -> pd (Lbar p) -> pd (EM (Bhat p C)) -> has_theta_min <-> pd W.
Proof.
move=> d0 pL pB; have pLs := pd_psd pL; split=> [[theta h b]|pW].
  apply/(theta_exists d0 pL pB); exists theta => //; rewrite lt_neqAle (theta_min_ge0 pLs h b) andbT.
  apply/negP => /eqP e; pose v : 'cV[R]_d := delta_mx (Ordinal d0) 0.
  have nv : v != 0 by apply/eqP=> /matrixP/(_ (Ordinal d0) 0)/eqP; rewrite !mxE !eqxx oner_eq0.
  have := mean_le v pLs h; rewrite -e mul0r leNgt => /negP; apply; apply: pL.2.
  apply: contra nv => /eqP z; apply/eqP.
  by rewrite -[v](mulKmx (pd_unit pB)) z mulmx0.
have [theta t0 h] := (theta_exists d0 pL pB).2 pW; exists theta => //; exists 0 => t ht.
pose v : 'cV[R]_d := delta_mx (Ordinal d0) 0.
have nv : v != 0 by apply/eqP=> /matrixP/(_ (Ordinal d0) 0)/eqP; rewrite !mxE !eqxx oner_eq0.
have := le_trans ((Qmat_psd C pLs).2 v) (lle_qf v ht); rewrite qfZm pmulr_lge0 //.
exact: pW.2.
Qed.
End Theta.
(* For claim any-omega (refuted): two equal workers in the plane, Perm-1; for all a != b. *)
Theorem no_theta_min_instance (R : realFieldType) (a b : R) : 0 < a -> 0 < b -> a != b ->
  exists c, let p := hom2 (m2_sym a c b) in pd (Lbar p) /\ ~ has_theta_min p (perm1 R 2).
Proof.
move=> a0 b0 ab; have [c [pc nW]] := (remark1_nonempty a0 b0).2 ab.
have e : Lbar (hom2 (m2_sym a c b)) = m2 a c b by rewrite /Lbar avg_cst.
by exists c; split; rewrite ?e //; apply: no_theta_min; rewrite ?e.
Qed.

(* Equal workers, Perm-1: sketched gradients and Algorithm 1 with one local step. *)
Section Perm1Stable.
Variables (R : archiFieldType) (n : nat) (p : problem R n n) (L : 'M[R]_n) (gam : R) (m : 'I_n).
Hypotheses (hom : forall i, Lw p i = L) (pL : pd L) (hm : forall a, L a a <= L m m).
Local Notation A := (fun pi : perms R n => 1%:M - gam *: Bhat p (perm1 R n) pi).
(* For claim interpolation-divergence-exactly. *)
Theorem perm1_both_stable : 0 < gam ->
  (ms_stable A <-> gam < 2%:R / (n%:R * L m m)) /\
  (ms_stable (ist_A p (perm1 R n) gam 1) <-> gam < 2%:R / (n%:R * L m m)).
Proof.
move=> g0; split; first exact: perm1_stable_max.
rewrite perm1_ist_stable_exactly //; split=> [h|h a]; first exact: h.
by have /(perm1_stable_exactly hom pL g0) := (perm1_stable_max hom pL g0 hm).2 h; apply.
Qed.
(* For claim interpolation-small-steps (refuted). *)
Theorem perm1_small_steps : 0 < gam -> gam <= 1 / (n%:R * L m m) ->
  ms_stable A /\ ms_stable (ist_A p (perm1 R n) gam 1).
Proof.
move=> g0 h; have n0 : 0 < (n%:R : R) by rewrite ltr0n (leq_trans _ (ltn_ord m)).
suff h2 : gam < 2%:R / (n%:R * L m m).
  by split; [apply/(perm1_both_stable g0).1|apply/(perm1_both_stable g0).2].
by apply: le_lt_trans h _; rewrite ltr_pmul2r ?ltr1n // invr_gt0 mulr_gt0 ?pd_diag.
Qed.
End Perm1Stable.

(* The scaled Perm-1 sketches. *)
Section Scaled.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (r : R) (s : 'I_n -> 'I_n -> R).
Hypothesis (rE : r ^+ 2 = n%:R) (sE : forall i a, s i a ^+ 2 * Lw p i a a = 1).
Local Notation C := (scaled r s).
Local Notation u := (avg (fun i => dg (s i) *m bw p i)).
(* For claim mean-recursion: noise of mean 0 leaves the means as they are. *)
Theorem noisy_mean_recursion (Q : fprob R) (xi : 'I_n -> Q -> 'cV[R]_n) gam x0 k :
  (forall i, EM (xi i) = 0) ->
  mean_iterate (noisy_step p C (aggregate C xi) gam) x0 k =
  (1 - gam) ^+ k *: x0 + (1 - (1 - gam) ^+ k) *: (r^-1 *: u).
Proof.
move=> xi0; have B := scaled_B rE sE; have m := aggregate_mean C xi0.
set st := noisy_step _ _ _ _; set av := av_step (noisy_target p C (aggregate C xi)) (fun=> gam).
have rw F : Er st x0 k F = Er av x0 k F.
  elim: k F => //= j ih F; rewrite -ih; apply: eq_Er => x; apply: eq_E => z.
  by rewrite /st /av (noisy_av _ B).
have -> : mean_iterate st x0 k = mean_iterate av x0 k.
  by apply/matrixP=> i j; rewrite mxE [RHS]mxE rw.
have := av_mean_iterate (noisy_target p C (aggregate C xi)) x0 (fun=> gam) k.
rewrite prodr_const card_ord (noisy_mean p C m) => /eqP; rewrite subr_eq => /eqP ->.
by rewrite /xinf scaled_mean_Cb // scalerBr scalerBl scale1r addrAC addrA.
Qed.
(* For claim fixed-point-coincides-exactly: x is the fixed point of the mean map. *)
Theorem scaled_fixed_point_exactly gam x : gam != 0 -> pd (Lbar p) ->
  EM (fun pi => step p C gam 0 pi x) = x ->
  (x = xstar p <-> Lbar p *m u = r *: bbar p) /\
  (x = xstar p <-> invmx (Lbar p) *m bbar p - r^-1 *: u = 0).
Proof.
move=> g0 pL /(scaled_fixed_point rE sE _ g0) ->; split.
  rewrite (scaled_fixed_point_minimizer s rE pL) -scalemxAr.
  case: (posnP n) => [z|n0].
    have e0 (M N : 'cV[R]_n) : M = N by apply/matrixP=> a; have := ltn_ord a; rewrite {2}z.
    by split=> _; exact: e0.
  have nz := r0 rE n0.
  by split=> [<-|->]; rewrite scalerA ?mulfV ?mulVf // scale1r.
by rewrite /xstar; split=> [->|/eqP]; rewrite ?subrr // subr_eq0 => /eqP.
Qed.
(* For claim noisy-gradients-aggregated. *)
Theorem noisy_aggregated (Q : fprob R) (xi : 'I_n -> Q -> 'cV[R]_n) gam x0 K
    (st := noisy_step p C (aggregate C xi) gam) (h := invmx (Lbar p) *m bbar p - r^-1 *: u) :
  (forall i, EM (xi i) = 0) ->
  (forall i j (M : 'M[R]_n), i != j -> E (fun z => bf M (xi i z) (xi j z)) = 0) ->
  pd (Lbar p) -> 0 < gam -> gam <= 1 -> (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er st x0 k (err p)) <=
  2%:R * (obj p x0 - Er st x0 K (obj p)) / (gam * K%:R)
  + qf (Lbar p) h + gam * variance p C + gam * trace_delta2 p C xi.
Proof.
move=> xi0 unc pL g0 g1 K0; rewrite /h -(scaled_bias p s rE).
have v : noise_var p (aggregate C xi) <= trace_delta2 p C xi by rewrite trace_noise_var.
exact: (noisy_theorem2 pL (scaled_B rE sE) (aggregate_mean C xi0) x0 v g0 g1 K0).
Qed.
End Scaled.

(* For claim exact-limit. *)
Theorem exact_limit (R : archiFieldType) n (p : problem R n n) (r : R) (s : 'I_n -> 'I_n -> R) gam x0
    (C := scaled r s) (h := invmx (Lbar p) *m bbar p - r^-1 *: avg (fun i => dg (s i) *m bw p i)) :
  r ^+ 2 = n%:R -> (forall i a, s i a ^+ 2 * Lw p i a a = 1) -> pd (Lbar p) -> 0 < gam -> gam < 2%:R ->
  tends (fun k => Er (step p C gam) x0 k (err p))
    (qf (Lbar p) h + variance p C * gam / (2%:R - gam)).
Proof.
move=> rE sE pL g0 g2; rewrite /h -(scaled_bias p s rE).
exact: (error_tends pL (scaled_B rE sE)).
Qed.

(* For claim homogeneous-exact. *)
Theorem homogeneous_deterministic (R : realFieldType) n (p : problem R n n) (L : 'M[R]_n)
    (bt : 'cV[R]_n) (r gam : R) (C := scaled r (fun _ _ : 'I_n => 1)) :
  r ^+ 2 = n%:R -> (0 < n)%N -> (forall i, Lw p i = L) -> (forall i, bw p i = bt) ->
  (forall a, L a a = 1) -> gam != 0 ->
  [/\ forall pi x, est p C pi x = EM (fun pi => est p C pi x),
      E (fun pi => nrm2 (Cb p C pi - EM (Cb p C))) = 0 &
      forall x, EM (fun pi => step p C gam 0 pi x) = x <-> x = r^-1 *: bbar p].
Proof.
move=> rE n0 hL hb d1 g0; have [e _ x] := homogeneous_exact rE n0 hL hb d1.
split=> [pi y||y].
- by rewrite e (eq_EM (G := fun=> y - r^-1 *: bt)) ?EM_cst // => w; rewrite e.
- rewrite (eq_E (G := fun=> 0)) ?E_cst // => pi.
  by rewrite -/(xinf p C) x (Cb_h rE n0 hb) subrr /nrm2 qf0.
by rewrite (fixed_point (scaled_B rE (one_sE hL d1)) _ g0) x (bbar_h n0 hb).
Qed.

(* For claim thm2-constant-step: where all b_i are 0 neither bias nor variance is left. *)
Theorem constant_step_exactly (R : realFieldType) n d (p : problem R n d) (P : fprob R)
    (C : sketches P n d) gam x0 :
  (forall i, bw p i = 0) -> pd (Lbar p) -> (forall w, Bhat p C w = 1%:M) -> x0 != 0 -> 0 < gam ->
  gam <= 1 <-> err p x0 <= 2%:R * (obj p x0 - Er (step p C gam) x0 1 (obj p)) / gam.
Proof.
move=> b0 pL B nx g0; have x0E : xinf p C = 0.
  by rewrite /xinf (eq_EM (G := fun=> 0)) ?EM_cst // => w; rewrite Cb0.
have v0 : variance p C = 0.
  by rewrite /variance (eq_E (G := fun=> 0)) ?E_cst // => w; rewrite Cb0 // x0E subrr qf0.
have h0 : qf (Lbar p) (bias p C) = 0 by rewrite bias_interpolation // qf0.
have m : mean_err p C gam x0 1 = err p x0 by rewrite /mean_err big_ord1 invr1 mul1r.
have o : obj_drop p C gam x0 1 = 2%:R * (obj p x0 - Er (step p C gam) x0 1 (obj p)) / gam.
  by rewrite /obj_drop mulr1.
split=> [g1|]; last first.
  apply: contraTT; rewrite -!ltNge => g1.
  have := sharp_fails_above_one pL B g1 (x0 := x0); rewrite x0E nx v0 h0 mulr0 !addr0 m o; exact.
have hv x : E (fun w => qf (Lbar p) (est p C w x - EM (fun w => est p C w x))) <= 0.
  by rewrite (est_variance B) v0.
by have := sharp_theorem2 pL B x0 hv g0 g1 (ltn0Sn 0); rewrite h0 mulr0 !addr0 m o.
Qed.

(* Gradient noise at the workers: the bound of Theorem 2 at one start and one K, with kappa before ||h||^2. *)
Section NoisyBound.
Variable R : realFieldType.
Definition worker_bound_at n d (p : problem R n d) (P Q : fprob R) (C : sketches P n d)
    (xi : 'I_n -> Q -> 'cV[R]_d) kappa gam delta2 x0 K : Prop :=
  K%:R^-1 * (\sum_(k < K) Er (noisy_step p C (aggregate C xi) gam) x0 k (err p)) <=
  2%:R * (obj p x0 - Er (noisy_step p C (aggregate C xi) gam) x0 K (obj p)) / (gam * K%:R)
  + kappa * qf (Lbar p) (bias p C) + gam * variance p C + gam * delta2.
(* Where b = 0 it holds at the start 0 = xinf for K = 1 only with the variance of the aggregate. *)
Lemma worker_bound_at_least n d (p : problem R n d) (P Q : fprob R) (C : sketches P n d)
    (xi : 'I_n -> Q -> 'cV[R]_d) kappa gam delta2 : pd (Lbar p) -> (forall w, Bhat p C w = 1%:M) ->
  (forall i, EM (xi i) = 0) -> (forall i, bw p i = 0) -> 0 < gam ->
  worker_bound_at p C xi kappa gam delta2 0 1 -> noise_var p (aggregate C xi) <= delta2.
Proof.
move=> pL B xi0 b0 g0; rewrite /worker_bound_at big_ord1 invr1 mul1r.
have x0 : xinf p C = 0 by rewrite /xinf (eq_EM (G := fun=> 0)) ?EM_cst // => w; rewrite Cb0.
rewrite -{1 2 3}x0 bias_interpolation // qf0 mulr0 => h.
by apply: (noise_least pL B (aggregate_mean C xi0) g0); rewrite bias_interpolation // qf0.
Qed.
Local Notation coin_noise v := (sign_noise 0 v).
(* For claim noisy-gradients (refuted): L_1 = I/9, L_2 = I and noise +-e_1 at worker 1. *)
Theorem noisy_gradients_refuted kappa gam (r : R) : 0 < gam -> r ^+ 2 = 2%:R ->
  ~ worker_bound_at (ninth R) (scaled r (fun i _ : 'I_2 => if i == 0 then 3%:R else 1))
      (coin_noise (delta_mx 0 0 : 'cV[R]_2)) kappa gam 1 0 1.
Proof.
move=> g0 rE; have [B pL _ v] := worker_norm_euclid rE.
move=> /(worker_bound_at_least pL B (sign_mean 0 _) (fun=> erefl) g0); rewrite v leNgt.
by rewrite ltr_pdivl_mulr ?ltr0n // mul1r ltr_nat.
Qed.
(* For claim noisy-gradients-worker-norm (refuted): n = d = 1, L = 1/4. *)
Theorem noisy_worker_norm_at_one kappa gam (p := scalar_problem (4%:R^-1 : R))
    (xi := coin_noise (const_mx 1 : 'cV[R]_1)) : 0 < gam ->
  ~ worker_bound_at p (scaled 1 (fun _ _ : 'I_1 => 2%:R)) xi kappa gam
      (@E R (coin R) (fun z => qf (Lbar p) (xi 0 z))) 0 1.
Proof.
move=> g0; have c2 : (2%:R : R) ^+ 2 * 4%:R^-1 = 1 by field.
have l0 : 0 < (4%:R^-1 : R) by rewrite invr_gt0 ltr0n.
have rE1 : (1 : R) ^+ 2 = 1%:R by rewrite expr1n.
move=> /(worker_bound_at_least (scalar_pd l0) (scaled_B rE1 (scalar_sE c2)) (sign_mean 0 _) (fun=> erefl) g0).
rewrite scalar_noise_var // sign_qf eqxx scalar_Lbar qf_scalar one_nrm2 mulr1 leNgt.
by rewrite invf_lt1 ?ltr0n // ltr1n.
Qed.
(* For claim noisy-gradients-euclidean (refuted): n = d = 1, L = 4. *)
Theorem noisy_euclidean_at_one kappa gam (p := scalar_problem (4%:R : R))
    (C := scaled (1 : R) (fun _ _ : 'I_1 => 2%:R^-1)) (xi := coin_noise (const_mx 1 : 'cV[R]_1)) :
  0 < gam -> ~ worker_bound_at p C xi kappa gam
      (E (fun w => @E R (coin R) (fun z => nrm2 (aggregate C xi w z)))) 0 1.
Proof.
move=> g0; have c2 : (2%:R^-1 : R) ^+ 2 * 4%:R = 1 by field.
have l0 : 0 < (4%:R : R) by rewrite ltr0n.
have rE1 : (1 : R) ^+ 2 = 1%:R by rewrite expr1n.
move=> /(worker_bound_at_least (scalar_pd l0) (scaled_B rE1 (scalar_sE c2)) (sign_mean 0 _) (fun=> erefl) g0).
rewrite scalar_noise_var //.
have nv : noise_var p (aggregate C xi) =
    4%:R * E (fun w => @E R (coin R) (fun z => nrm2 (aggregate C xi w z))).
  rewrite /noise_var -EZ; apply: eq_E => w; rewrite -EZ; apply: eq_E => z.
  by rewrite scalar_Lbar qf_scalar.
rewrite scalar_noise_var // in nv; move: nv; set e := E _ => nv h.
have : 4%:R * 1 <= 4%:R * e by rewrite ler_pmul2l.
by rewrite -nv mulr1 leNgt ltr1n.
Qed.
End NoisyBound.

(* Diagonal matrices with equal entries. *)
Lemma eq_dg (R : realFieldType) d (c c' : 'I_d -> R) : c =1 c' -> dg c = dg c'.
Proof. by move=> e; apply/matrixP=> a b; rewrite !dgE e. Qed.
Lemma eq_qf_dg (R : realFieldType) d (c c' : 'I_d -> R) y : c =1 c' -> qf (dg c) y = qf (dg c') y.
Proof. by move=> /eq_dg ->. Qed.

(* Perm-1 with T local steps. *)
Section LocalSteps.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (gam : R) (T : nat).
Local Notation C := (perm1 R n).
(* Two runs with the same draw differ by the linear part, whose factors in mean square are those of 2T steps. *)
Lemma local_difference k y : E (fun pi => nrm2 (ist_step p C gam T k pi y - ist_step p C gam T k pi 0)) =
  qf (dg (mean_factor p gam (2 * T))) y.
Proof.
rewrite (eq_E (G := fun pi => qf (dg (fun=> 1)) (ist_A p C gam T pi *m y))) => [|pi].
  by rewrite local_mean_square; apply: eq_qf_dg => a; rewrite mul1r.
by rewrite !local_steps_affine mulmx0 add0r addrK dg1.
Qed.
(* For claim local-steps-heterogeneous. *)
Theorem local_steps_heterogeneous : (forall i a, Lw p i a a != 0) -> (forall a, mean_factor p gam T a != 1) ->
  [/\ forall k x, EM (fun pi => ist_step p C gam T k pi x) = x <->
        forall a, x a 0 = n%:R^-1 * ((\sum_i (1 - local_factor p gam i a ^+ T) * bw p i a 0 / Lw p i a a) /
          (\sum_i (1 - local_factor p gam i a ^+ T))),
      EM (ist_A p C gam T) = dg (mean_factor p gam T) &
      forall k y, E (fun pi => nrm2 (ist_step p C gam T k pi y - ist_step p C gam T k pi 0)) =
        qf (dg (mean_factor p gam (2 * T))) y].
Proof.
move=> L0 f1; split=> [k x||k y]; [exact: local_fixed_point|exact: local_mean_A|exact: local_difference].
Qed.
(* With equal workers the mean of the factors is one of them. *)
Lemma mean_factor_equal (L : 'M[R]_n) k a : (forall i, Lw p i = L) ->
  mean_factor p gam k a = (1 - gam * (n%:R * L a a)) ^+ k.
Proof.
move=> hL; rewrite /mean_factor (eq_bigr (fun=> (1 - gam * (n%:R * L a a)) ^+ k)) => [|i _].
  by rewrite sumr_const card_ord -[X in _ * X = _]mulr_natl mulKf // pnatr_eq0 -lt0n (leq_trans _ (ltn_ord a)).
by rewrite /local_factor hL.
Qed.
(* For claim local-steps. *)
Theorem local_steps_homogeneous (L : 'M[R]_n) (b : 'cV[R]_n) :
  (forall i, Lw p i = L) -> (forall i, bw p i = b) -> (forall a, (1 - gam * (n%:R * L a a)) ^+ T != 1) ->
  [/\ forall k x, EM (fun pi => ist_step p C gam T k pi x) = x <-> forall a, x a 0 = n%:R^-1 * (b a 0 / L a a),
      EM (ist_A p C gam T) = dg (fun a => (1 - gam * (n%:R * L a a)) ^+ T) &
      forall k y, E (fun pi => nrm2 (ist_step p C gam T k pi y - ist_step p C gam T k pi 0)) =
        qf (dg (fun a => (1 - gam * (n%:R * L a a)) ^+ (2 * T))) y].
Proof.
move=> hL hb f1; have f a : mean_factor p gam T a != 1 by rewrite (mean_factor_equal _ _ hL).
split=> [k x||k y]; first exact: local_fixed_point_homogeneous.
  by rewrite local_mean_A; apply: eq_dg => a; exact: mean_factor_equal.
by rewrite local_difference; apply: eq_qf_dg => a; exact: mean_factor_equal.
Qed.
(* For claim local-steps-communication: the mean map is diagonal, with its largest factor at m, and at m1 for one step. *)
Theorem local_largest_factors (m m1 : 'I_n) : (0 < T)%N ->
  (forall i a, 0 <= local_factor p gam i a <= 1) ->
  (forall a, `|mean_factor p gam T a| <= `|mean_factor p gam T m|) ->
  (forall a, mean_factor p gam 1 a <= mean_factor p gam 1 m1) ->
  [/\ EM (ist_A p C gam T) = dg (mean_factor p gam T),
      `|mean_factor p gam T m| <= mean_factor p gam 1 m1 &
      mean_factor p gam 1 m1 ^+ T <= `|mean_factor p gam T m|].
Proof.
move=> T0 h hm h1; split; first exact: local_mean_A.
  have [e _] := local_equal_communication T0 (fun i => h i m).
  rewrite ger0_norm ?(le_trans e) // mulr_ge0 ?invr_ge0 ?ler0n // sumr_ge0 // => i _.
  by have /andP[s0 _] := h i m; exact: exprn_ge0.
have [_ e] := local_equal_communication T0 (fun i => h i m1).
exact: le_trans e (le_trans (ler_norm _) (hm m1)).
Qed.
End LocalSteps.
