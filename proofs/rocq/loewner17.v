(* (14) leads to (17), as printed. Our converse of it is false for unequal L_i: *)
(* with L_1 = diag(3,1), L_2 = diag(1,3) the condition of (17) holds for theta = *)
(* 4, yet (14) fails for it and the rate (16) too.                             *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1.
From Istcheck Require Import perm_expectation own perm_sketch refutations perm1_rates.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Hetero.
Variable R : realFieldType.
Definition het_L (i : 'I_2) : 'M[R]_2 := dg (fun a => if i == a then 3%:R else 1).
(* The L_i are diagonal, hence symmetric, *)
Lemma het_sym i : sym (het_L i). Proof. exact: dg_sym. Qed.
Definition het : problem R 2 2 := Problem (fun _ => 0) het_sym.
Local Notation C := (perm1 R 2).

(* ... with the mean 2 I, *)
Lemma het_Lbar : Lbar het = 2%:R%:M.
Proof.
apply/matrixP=> a b; rewrite avgE sum2 !dgE mxE.
case: (ord2 a) => ->; case: (ord2 b) => -> /=; rewrite ?addr0 ?mulr0 //.
  by rewrite mulr1n; field.
by rewrite mulr1n; field.
Qed.
(* ... which is also the mean of their diagonals. *)
Lemma het_Dbar : Dbar het = 2%:R%:M.
Proof.
rewrite -het_Lbar; apply: eq_avg => i; apply/matrixP=> a b.
by rewrite mxE /= /het_L !dgE; case: eqP => [->|]; rewrite ?eqxx.
Qed.
(* For every outcome the step with gamma = 1/4 multiplies each coordinate by 1/2 or -1/2. *)
Lemma het_step k pi x : nrm2 (step het C 4%:R^-1 k pi x) = 4%:R^-1 * nrm2 x.
Proof.
rewrite !nrm2E mulr_sumr; apply: eq_bigr => a _.
have e : step het C 4%:R^-1 k pi x a 0 =
    x a 0 - 4%:R^-1 * (2%:R * (if slot pi a == a then 3%:R else 1) * x a 0).
  rewrite /step est0 // perm1_B mxE [X in _ + X = _]mxE [X in _ - X = _]mxE dg_mulv.
  by rewrite /= /het_L dgE eqxx.
by rewrite e; move: (x a 0) => y; case: ifP => _; field.
Qed.
(* theta = 4 satisfies (17) and lambda = 4 satisfies lambda L <= W, but the     *)
(* bound (16) with gamma = 1/theta, which is 0 here, fails for every x^0 != 0.  *)
Theorem loewner_heterogeneous_refuted x0 : x0 != 0 ->
  [/\ 2%:R *: (Dbar het *m Lbar het *m Dbar het) ⪯
        (4%:R / 2%:R) *: (Lbar het *m Dbar het + Dbar het *m Lbar het),
      4%:R *: Lbar het ⪯ Wmat het C &
      (1 - 4%:R^-1 * 4%:R) ^+ 1 * qf (Lbar het) x0 <
        Er (step het C 4%:R^-1) x0 1 (qf (Lbar het))].
Proof.
move=> nx; have n4 : (4%:R : R) != 0 by rewrite pnatr_eq0.
split.
- rewrite het_Dbar het_Lbar -!scalar_mxM -raddfD /= !scale_scalar_mx.
  have -> : 2%:R * (2%:R * 2%:R * 2%:R) = 4%:R / 2%:R * (2%:R * 2%:R + 2%:R * 2%:R) :> R by field.
  exact: lle_refl.
- rewrite Wmat_mean (perm1_mean het) het_Dbar het_Lbar.
  rewrite !scale_scalar_mx -!scalar_mxM -raddfD /= !scale_scalar_mx.
  have -> : 2%:R^-1 * (2%:R * (2%:R * 2%:R) + 2%:R * 2%:R * 2%:R) = 4%:R * 2%:R :> R by field.
  exact: lle_refl.
rewrite mulVf // subrr expr1 mul0r /= het_Lbar.
rewrite (eq_E (G := fun _ => 2%:R * (4%:R^-1 * nrm2 x0))) => [|pi]; last by rewrite qf_scalar het_step.
by rewrite E_cst !mulr_gt0 ?invr_gt0 ?ltr0n // (pd1 R 2).2.
Qed.
End Hetero.

(* (14) leads to (17) for any workers: the mean of B L B is at least that of the mean of B. *)
Section Printed.
Variables (R : realFieldType) (n : nat) (p : problem R n n).
Local Notation C := (perm1 R n).
Local Notation L := (Lbar p).
Local Notation D := (Dbar p).
Hypothesis (n0 : (0 < n)%N) (pL : psd L).

(* E[(B - E B) L (B - E B)] is E[B L B] - (E B) L (E B), and is PSD. *)
Lemma mean_below : (EM (Bhat p C) *m L *m EM (Bhat p C)) ⪯ Qmat p C.
Proof.
set M := EM (Bhat p C).
have sM : sym M by apply: sym_EM => w; apply: Bhat_sym.
have h : psd (EM (fun w => (Bhat p C w - M) *m L *m (Bhat p C w - M))).
  by apply: psd_EM => w; apply: psd_sandwich => //; apply: symB => //; apply: Bhat_sym.
move: h; rewrite /lle.
rewrite (eq_EM (G := fun w => Bhat p C w *m L *m Bhat p C w - Bhat p C w *m (L *m M)
                              - (M *m L) *m Bhat p C w + M *m L *m M)) => [|w].
  by rewrite EMD EMB EMB EM_mulr EM_mull EM_cst -/M -/(Qmat p C) !mulmxA subrK.
by rewrite !(mulmxBl, mulmxBr) !mulmxA opprB addrA addrAC -!addrA; congr (_ + _);
   rewrite addrCA.
Qed.

(* CLAIM perm1-loewner: (14) leads to (17), whatever the workers: E[B̄L̄B̄] ⪰ n² D̄L̄D̄, so that E[B̄L̄B̄] ⪯ θW̄ gives nD̄L̄D̄ ⪯ (θ/2)(L̄D̄ + D̄L̄) *)
Theorem loewner_implied theta :
  (n%:R *: (n%:R *: (D *m L *m D)) ⪯ Qmat p C) /\
  ((Qmat p C ⪯ theta *: Wmat p C) ->
   n%:R *: (D *m L *m D) ⪯ (theta / 2%:R) *: (L *m D + D *m L)).
Proof.
have below : (n%:R *: (n%:R *: (D *m L *m D))) ⪯ Qmat p C.
  have := mean_below; rewrite (perm1_mean p).
  by rewrite -!scalemxAl -scalemxAr.
split=> // h; have np : 0 < (n%:R : R) by rewrite ltr0n.
apply/(lle_scale _ _ np); apply: lle_trans below _.
have -> : n%:R *: ((theta / 2%:R) *: (L *m D + D *m L)) = theta *: Wmat p C; last exact: h.
rewrite Wmat_mean (perm1_mean p) -scalemxAr -scalemxAl -scalerDr !scalerA.
by congr (_ *: _); ring.
Qed.
End Printed.
