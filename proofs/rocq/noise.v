(* Gradient noise, local steps, and fixed points that are not fixed.           *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting averaging section4.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Noise.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P Q : fprob R) (C : sketches P n d) (xi : P -> Q -> 'cV[R]_d).
Hypothesis pL : pd (Lbar p).
Hypothesis BI : forall w, Bhat p C w = 1%:M.
(* xi w z is the aggregated noise (1/n) sum_i C_i xi_i, of mean 0 given w. *)
Hypothesis xi0 : forall w, EM (xi w) = 0.
Local Notation PQ := (pprod P Q).

Definition noisy_target (z : PQ) : 'cV[R]_d := Cb p C z.1 - xi z.1 z.2.
Definition noise_var : R := E (fun w => E (fun z => qf (Lbar p) (xi w z))).
Definition noisy_step gam (k : nat) (z : PQ) x : 'cV[R]_d :=
  x - gam *: (est p C z.1 x + xi z.1 z.2).

(* The noisy step is a step of averaging.v towards Cb - xi. *)
Lemma noisy_av gam k z x : noisy_step gam k z x = av_step noisy_target (fun _ => gam) k z x.
Proof. by rewrite /noisy_step /av_step /noisy_target estE BI mul1mx opprD opprK addrA. Qed.
(* Its mean target is that of the method without noise, *)
Lemma noisy_mean : av_mean noisy_target = xinf p C.
Proof.
apply/matrixP=> i j; rewrite /av_mean /xinf !EM_E E_prod; apply: eq_E => w.
have -> : E (fun b => noisy_target (w, b) i j) = EM (fun b => Cb p C w - xi w b) i j.
  by rewrite EM_E.
by rewrite EMB EM_cst xi0 subr0.
Qed.
(* ... and its variance is sigma^2 plus that of the noise, because xi has mean 0 given the sketch. *)
Lemma noisy_var : av_var noisy_target (Lbar p) = variance p C + noise_var.
Proof.
rewrite /av_var noisy_mean E_prod /variance /noise_var -ED; apply: eq_E => w.
have sL := Lbar_sym p; set u := Cb p C w - xinf p C.
rewrite (eq_E (G := fun z => qf (Lbar p) u - bf (Lbar p) u (xi w z) *+ 2 + qf (Lbar p) (xi w z))).
  by rewrite ED EB E_cst EMn E_bfr xi0 bf0r mul0rn subr0.
by move=> z; rewrite /noisy_target /= addrAC (qfB u _ sL).
Qed.

(* Noise whose aggregate has variance <= delta^2 in the norm of L adds gamma delta^2. *)
Theorem noisy_theorem2 gam delta2 x0 K : noise_var <= delta2 ->
  0 < gam -> gam <= 1 -> (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er (noisy_step gam) x0 k (err p)) <=
  2%:R * (obj p x0 - Er (noisy_step gam) x0 K (obj p)) / (gam * K%:R)
  + qf (Lbar p) (bias p C) + gam * variance p C + gam * delta2.
Proof.
move=> hd g0 g1 K0; have sL := Lbar_sym p.
have rw k F : Er (noisy_step gam) x0 k F = Er (av_step noisy_target (fun _ => gam)) x0 k F.
  elim: k F => //= k ih F; rewrite -ih; apply: eq_Er => x; apply: eq_E => z.
  by rewrite noisy_av.
have := @av_sharp_identity R d PQ noisy_target (Lbar p) (xstar p) x0 sL gam K (lt0r_neq0 g0) K0.
rewrite noisy_var /av_bias noisy_mean -/(bias p C).
under eq_bigr do rewrite -rw -(eq_Er _ _ _ (errE pL)).
rewrite -rw -(eq_Er _ _ _ (errE pL)) -(errE pL).
have -> : (err p x0 - Er (noisy_step gam) x0 K (err p)) / (gam * K%:R) =
  2%:R * (obj p x0 - Er (noisy_step gam) x0 K (obj p)) / (gam * K%:R).
  have -> : Er (noisy_step gam) x0 K (obj p) =
      2%:R^-1 * Er (noisy_step gam) x0 K (err p) + obj p (xstar p).
    by rewrite (eq_Er _ _ _ (obj_err pL)) ErD ErZ Er_cst.
  rewrite (obj_err pL x0); congr (_ / _).
  by move: (err p x0) (Er _ _ _ _) (obj _ _) => u v y; field.
move=> ->; rewrite ler_subl_addr; apply: ler_paddr.
  rewrite !mulr_ge0 ?subr_ge0 ?invr_ge0 ?ler0n //; apply: sumr_ge0 => k _.
  by apply: Er_ge0 => x; apply: (pd_psd pL).2.
by rewrite [gam * (_ + noise_var)]mulrDr addrA ler_add2l ler_pmul2l.
Qed.
End Noise.

Section Local.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d) (gam : R).

(* T local steps of worker i from C_i x, then the average of the workers. *)
Fixpoint local_run T (w : P) (i : 'I_n) (y : 'cV[R]_d) : 'cV[R]_d :=
  if T is T'.+1 then local_run T' w i (y - gam *: (C w i *m worker_grad p i y)) else y.
Definition ist_step T (k : nat) w x : 'cV[R]_d :=
  avg (fun i => local_run T w i (C w i *m x)).
Fixpoint local_mx T (w : P) (i : 'I_n) : 'M[R]_d :=
  if T is T'.+1 then local_mx T' w i *m (1%:M - gam *: (C w i *m Lw p i)) else 1%:M.
Definition ist_A T w : 'M[R]_d := avg (fun i => local_mx T w i *m C w i).
Definition ist_a T w : 'cV[R]_d := ist_step T 0 w 0.

(* T local steps are affine in their start. *)
Lemma local_run_affine T w i y : local_run T w i y = local_mx T w i *m y + local_run T w i 0.
Proof.
elim: T y => [|T ih] y /=; first by rewrite mul1mx addr0.
rewrite ih [in RHS]ih addrA -mulmxA -mulmxDr; congr (_ *m _ + _).
rewrite /worker_grad !mulmxBr mulmx0 !scalerBr mulmxBl mul1mx -scalemxAl mulmxA mulmx0.
by rewrite scaler0 !sub0r !opprB opprK addrA addrAC.
Qed.

(* CLAIM local-steps: T local steps are a random affine map x⁺ = A_T x + a_T with A_T = (1/n) Σ (I − γC_iL_i)^T C_i, so E x⁺ = (E A_T) x + E a_T and a fixed point of the mean solves (I − E A_T) x = E a_T; for Perm-1 E A_T is diagonal with the factors (1/n) Σ_i (1 − γn(L_i)_aa)^T, and with equal workers the fixed point b_a/(nL_aa) does not depend on T *)
Theorem local_steps_affine T k w x : ist_step T k w x = ist_A T w *m x + ist_a T w.
Proof.
rewrite /ist_step /ist_A /ist_a -avg_mulr -avgD; apply: eq_avg => i.
by rewrite local_run_affine mulmx0 -mulmxA.
Qed.
(* E x+ = (E A_T) x + E a_T. *)
Theorem local_steps_mean T k x :
  EM (fun w => ist_step T k w x) = EM (ist_A T) *m x + EM (ist_a T).
Proof. by rewrite (eq_EM (fun w => local_steps_affine T k w x)) EMD EM_mulr. Qed.
(* Where I - E A_T is invertible the mean has the one fixed point (I - E A_T)^-1 E a_T. *)
Theorem local_steps_fixed_point T k x : 1%:M - EM (ist_A T) \in unitmx ->
  (EM (fun w => ist_step T k w x) = x) <-> x = invmx (1%:M - EM (ist_A T)) *m EM (ist_a T).
Proof.
move=> u; rewrite local_steps_mean; split=> [e|->].
  rewrite -{1}[x](mulKmx u) mulmxBl mul1mx; congr (_ *m _).
  by apply/eqP; rewrite subr_eq addrC e.
set y := invmx _ *m _; have : (1%:M - EM (ist_A T)) *m y = EM (ist_a T) by rewrite mulKVmx.
by rewrite mulmxBl mul1mx => /eqP; rewrite subr_eq addrC => /eqP <-.
Qed.
End Local.

(* x* need not be a fixed point: one worker, d = 1, L = b = 1 and C = 0 or 2.  *)
Section NotFixed.
Variables (R : realFieldType).
Local Notation c w := (if w then 2%:R else 0 : R).
Definition coin : fprob R := uniform R true.
Definition coin_problem : problem R 1 1 :=
  Problem (fun _ => const_mx 1) (fun _ : 'I_1 => sym1 R 1).
(* A multiple of I is symmetric. *)
Lemma coin_sym (w : bool) (i : 'I_1) : sym ((c w)%:M : 'M[R]_1).
Proof. exact: tr_scalar_mx. Qed.
Definition coin_sketch : sketches coin 1 1 := Sketches (P := coin) coin_sym.

(* CLAIM ist-not-fixed: x* is not a fixed point of compressed-iterate or IST steps in general: n = d = 1, L = b = 1, x* = 1, C = 0 or 2 with probability ½ each *)
Theorem coin_moves gam k : gam != 0 ->
  let xs := const_mx 1 : 'cV[R]_1 in
  [/\ grad coin_problem xs = 0,
      xs - gam *: (grad coin_problem ((c true)%:M *m xs)) != xs &
      step coin_problem coin_sketch gam k true xs != xs].
Proof.
move=> g0 xs.
have h2 : (2%:R : R) != 0 by rewrite pnatr_eq0.
have gr x : grad coin_problem x = x - const_mx 1.
  by rewrite gradE /Lbar /bbar !avg_cst //= mul1mx.
split; first by rewrite gr subrr.
  rewrite gr mul_scalar_mx; apply/eqP => /matrixP/(_ 0 0)/eqP; rewrite !mxE.
  rewrite -subr_eq0 addrAC subrr add0r oppr_eq0 mulr1 mulf_eq0 (negPf g0) /=.
  by rewrite subr_eq0 -[1]/(1%:R) eqr_nat.
rewrite /step estE /Bhat /Cb !(avg_def, big_ord_recl, big_ord0) /= !addr0 invr1 !scale1r.
rewrite mulmx1 -scalar_mxM !mul_scalar_mx.
apply/eqP => /matrixP/(_ 0 0)/eqP; rewrite !mxE !mulr1.
rewrite -subr_eq0 addrAC subrr add0r oppr_eq0 mulf_eq0 (negPf g0) /=.
by rewrite -natrM subr_eq0 eqr_nat.
Qed.
End NotFixed.
