(* The random map behind Section 4.  When B = I for every outcome, the method  *)
(* is x+ = x - gamma_k (x - c_w): a step towards a random point c_w.  Here M is *)
(* any symmetric matrix, m = E c, xs any reference point, h = xs - m, and       *)
(* s2 = E||c - m||^2_M.  Step sizes may depend on k.                            *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Averaging.
Variables (R : realFieldType) (d : nat) (P : fprob R) (c : P -> 'cV[R]_d).
Variables (M : 'M[R]_d) (xs x0 : 'cV[R]_d).
Hypothesis sM : sym M.
Implicit Types (x y : 'cV[R]_d) (gam : nat -> R) (g : R).

Definition av_step gam k (w : P) x : 'cV[R]_d := x - gam k *: (x - c w).
Definition av_mean : 'cV[R]_d := EM c.
Definition av_bias : 'cV[R]_d := xs - av_mean.
Definition av_var : R := E (fun w => qf M (c w - av_mean)).
Local Notation m := av_mean.
Local Notation h := av_bias.
Local Notation s2 := av_var.

(* The variance is not negative. *)
Lemma av_var_ge0 : psd M -> 0 <= s2.
Proof. by case=> _ hM; apply: E_ge0 => w; apply: hM. Qed.

(* A centred perturbation adds its variance. *)
Lemma E_shift a g :
  E (fun w => qf M (a + g *: (c w - m))) = qf M a + g ^+ 2 * s2.
Proof.
rewrite (eq_E (G := fun w =>
   qf M a + g * bf M a (c w - m) *+ 2 + g ^+ 2 * qf M (c w - m))); last first.
  by move=> w; rewrite (qfD a _ sM) bfZr qfZ.
rewrite ED ED E_cst EMn !EZ E_bfr EMB EM_cst /m subrr bf0r mulr0 mul0rn addr0.
by [].
Qed.

(* One round, seen from any point y. *)
Lemma av_round gam k x y :
  E (fun w => qf M (av_step gam k w x - y)) =
  qf M ((1 - gam k) *: (x - m) + (m - y)) + gam k ^+ 2 * s2.
Proof.
rewrite -E_shift; apply: eq_E => w; congr (qf M _).
apply/matrixP=> i j; rewrite /av_step !mxE; ring.
Qed.

(* The mean of one round is affine, with fixed point m. *)
Lemma av_mean_step gam k x :
  EM (fun w => av_step gam k w x) = (1 - gam k)%:M *m x + gam k *: m.
Proof.
rewrite /av_step (eq_EM (G := fun w => (x - gam k *: x) + gam k *: c w)).
  rewrite EMD EM_cst EMZ mul_scalar_mx scalerBl scale1r.
  by [].
by move=> w; rewrite scalerBr opprB addrA addrAC.
Qed.

(* E x^k - m = prod_{j<k} (1 - gamma_j) (x^0 - m), for every schedule. *)
Theorem av_mean_iterate gam k :
  mean_iterate (av_step gam) x0 k - m = (\prod_(j < k) (1 - gam j)) *: (x0 - m).
Proof.
elim: k => [|k ih]; first by rewrite mean_iterate0 big_ord0 scale1r.
rewrite (mean_affine x0 (av_mean_step gam k)) big_ord_recr /= mulrC -scalerA -ih.
by rewrite mul_scalar_mx scalerBr [(1 - gam k) *: m]scalerBl scale1r opprB addrA.
Qed.

(* Jensen for the whole trajectory: the error never falls below that of E x^k. *)
Theorem av_error_ge_bias gam k : psd M ->
  qf M ((\prod_(j < k) (1 - gam j)) *: (x0 - m) - h) <=
  Er (av_step gam) x0 k (fun x => qf M (x - xs)).
Proof.
move=> pM; rewrite -av_mean_iterate.
have -> : mean_iterate (av_step gam) x0 k - m - h =
    EM (fun w : draws P k => iterate (av_step gam) x0 w - xs).
  rewrite EMB EM_cst mean_draws /h opprB addrA.
  by rewrite [_ - m + m]subrK.
by rewrite (Er_draws _ _ k); apply: jensen.
Qed.

(* The variance around m: v_{k+1} = (1 - gamma_k)^2 v_k + gamma_k^2 s2. *)
Lemma av_spread gam k :
  Er (av_step gam) x0 k.+1 (fun x => qf M (x - m)) =
  (1 - gam k) ^+ 2 * Er (av_step gam) x0 k (fun x => qf M (x - m)) + gam k ^+ 2 * s2.
Proof.
rewrite /= -ErZ -[X in _ + X](Er_cst (av_step gam) x0 k) -ErD.
by apply: eq_Er => x; rewrite av_round subrr addr0 qfZ.
Qed.

(* The error splits: E||x - xs||^2 = E||x - m||^2 - 2 <E x - m, h> + ||h||^2. *)
Lemma av_error_split gam k :
  Er (av_step gam) x0 k (fun x => qf M (x - xs)) =
  Er (av_step gam) x0 k (fun x => qf M (x - m))
  - (\prod_(j < k) (1 - gam j)) * bf M (x0 - m) h *+ 2 + qf M h.
Proof.
have e x : qf M (x - xs) = qf M (x - m) - (bf M h x - bf M h m) *+ 2 + qf M h.
  have -> : x - xs = (x - m) - h by rewrite /h opprB addrA subrK.
  by rewrite (qfB _ _ sM) (bfC _ _ sM) bfBr.
rewrite (eq_Er _ _ _ e) ErD ErB ErMn ErB !Er_cst (@Er_bf _ _ _ (av_step gam)).
by rewrite -bfBr av_mean_iterate bfZr [bf M h (x0 - m)]bfC.
Qed.

(* With step 1/(k+1) the iterate is a plain average and the variance is s2/k;  *)
(* the bias stays: E||x^k - xs||^2 = s2/k + ||h||^2 for every k >= 1.           *)
Theorem av_decay k : (0 < k)%N ->
  Er (av_step (fun j => j.+1%:R^-1)) x0 k (fun x => qf M (x - xs)) =
  s2 / k%:R + qf M h.
Proof.
case: k => // k _; rewrite av_error_split.
have -> : \prod_(j < k.+1) (1 - j.+1%:R^-1) = 0 :> R.
  by rewrite big_ord_recl /= invr1 subrr mul0r.
rewrite mul0r mul0rn subr0; congr (_ + _).
elim: k => [|k ih].
  by rewrite av_spread /= invr1 subrr expr0n /= mul0r add0r expr1n mul1r mulr1.
rewrite av_spread ih.
have k1 : (k.+1%:R : R) != 0 by rewrite pnatr_eq0.
have k2 : (k.+2%:R : R) != 0 by rewrite pnatr_eq0.
have e : (k.+2%:R : R) = k.+1%:R + 1 by rewrite [LHS]mulrSr.
rewrite e in k2 *; move: k1 k2; set t : R := k.+1%:R => k1 k2.
by field; rewrite k1 k2.
Qed.

Section Constant.
Variable g : R.
Local Notation st := (av_step (fun _ => g)).

(* The one-round identity behind the sharp Theorem 2:                          *)
(* E e(x+) = e(x) - g (e(x) - ||h||^2 - g s2 + (1 - g) ||x - m||^2_M).          *)
Lemma av_descent k x : E (fun w => qf M (st k w x - xs)) =
  qf M (x - xs) - g * (qf M (x - xs) - qf M h - g * s2 + (1 - g) * qf M (x - m)).
Proof.
rewrite av_round.
have -> : (1 - g) *: (x - m) + (m - xs) = (1 - g) *: (x - m) - h.
  by rewrite /h opprB.
have -> : x - xs = (x - m) - h by rewrite /h opprB addrA subrK.
set u := x - m; rewrite (qfB (_ *: u) _ sM) (qfB u h sM) qfZ bfZl.
by move: (qf M u) (qf M h) (bf M u h) => a b e; ring.
Qed.

(* Summed over K rounds: an identity, valid for every step size.               *)
Theorem av_sharp_identity K : g != 0 -> (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er st x0 k (fun x => qf M (x - xs))) =
  (qf M (x0 - xs) - Er st x0 K (fun x => qf M (x - xs))) / (g * K%:R)
  + qf M h + g * s2
  - (1 - g) * (K%:R^-1 * (\sum_(k < K) Er st x0 k (fun x => qf M (x - m)))).
Proof.
move=> g0 K0; have k0 : (K%:R : R) != 0 by rewrite pnatr_eq0 -lt0n.
have := @telescope_eq _ _ _ st x0 (fun x => qf M (x - xs))
  (fun x => qf M (x - xs) - qf M h - g * s2 + (1 - g) * qf M (x - m)) g K av_descent.
under eq_bigr do rewrite ErD ErZ ErB ErB !Er_cst.
rewrite big_split /= -mulr_sumr !sumrB !sumr_const card_ord => <-.
set S1 := \sum_(i < K) _; set S2 := \sum_(i < K) _.
by move: S1 S2 (qf M h) s2 => S1 S2 a b; field; rewrite g0 k0.
Qed.

(* E||x^k - m||^2 in closed form. *)
Lemma av_spread_const k : 2%:R - g != 0 -> 
  Er st x0 k (fun x => qf M (x - m)) =
  (1 - g) ^+ (2 * k) * (qf M (x0 - m) - g * s2 / (2%:R - g)) + g * s2 / (2%:R - g).
Proof.
move=> g2; elim: k => [|k ih]; first by rewrite muln0 expr0 mul1r subrK.
rewrite av_spread ih mulnS exprD.
by field.
Qed.

(* The exact error for every k; its limit is ||h||^2 + g s2 / (2 - g).         *)
Theorem av_error_exact k : 2%:R - g != 0 ->
  Er st x0 k (fun x => qf M (x - xs)) =
  (qf M h + g * s2 / (2%:R - g))
  + (1 - g) ^+ (2 * k) * (qf M (x0 - m) - g * s2 / (2%:R - g))
  - (1 - g) ^+ k * bf M (x0 - m) h *+ 2.
Proof.
move=> g2; rewrite av_error_split av_spread_const //.
rewrite prodr_const card_ord; ring.
Qed.

(* ... hence the distance to the limit is at most |1 - g|^k times a constant.  *)
Theorem av_error_rate k : 0 < g -> g < 2%:R ->
  `| Er st x0 k (fun x => qf M (x - xs)) - (qf M h + g * s2 / (2%:R - g)) | <=
  `|1 - g| ^+ k * (`|qf M (x0 - m) - g * s2 / (2%:R - g)| + `|bf M (x0 - m) h| *+ 2).
Proof.
move=> g0 g2; rewrite av_error_exact; last by rewrite subr_eq0 eq_sym lt_eqF.
set a := qf M (x0 - m) - _; set b := bf _ _ _; set l := qf M h + _.
have -> : l + (1 - g) ^+ (2 * k) * a - (1 - g) ^+ k * b *+ 2 - l =
  (1 - g) ^+ (2 * k) * a - (1 - g) ^+ k * b *+ 2 by ring.
apply: le_trans (ler_norm_sub _ _) _.
rewrite normrMn !normrM !normrX mulrDr mulrnAr ler_add2r mul2n -addnn exprD.
rewrite -mulrA; apply: ler_wpmul2l; first exact: exprn_ge0.
rewrite ler_pimull // exprn_ile1 // ler_norml.
rewrite ler_subr_addl -ler_subr_addr opprK -[1 + 1]/2%:R (ltW g2) /=.
by rewrite ler_subl_addr ler_addl ltW.
Qed.

End Constant.
End Averaging.
