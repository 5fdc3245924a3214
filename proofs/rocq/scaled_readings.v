(* Two readings of (23), and the one-step claim (25) for both updates.         *)
(* The printed [L_i^{-1/2}]_aa is the diagonal entry of the inverse of the     *)
(* matrix square root S of L_i; with it E[C L C] >= I, with equality exactly   *)
(* when S is diagonal.                                                         *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1.
From Istcheck Require Import perm_expectation own scaled refutations.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section AnyScaling.
Variables (R : realFieldType) (n : nat) (r : R) (s : 'I_n -> 'I_n -> R).
Hypothesis rE : r ^+ 2 = n%:R.

(* For any scalings, E[C_i A C_i] is diagonal with entries s_i(a)^2 A_aa.      *)
Theorem scaled_sandwich i (A : 'M[R]_n) :
  EM (fun pi => scaled r s pi i *m A *m scaled r s pi i) =
  dg (fun a => s i a ^+ 2 * A a a).
Proof.
apply/matrixP=> a b; rewrite EM_E dgE.
rewrite (eq_E (P := perms R n) (G := fun pi => (fun j => if (a == b) && (j == i)
   then n%:R * (s i a ^+ 2 * A a a) else 0) (slot pi a))).
  rewrite (E_slot1 (fun j => if (a == b) && (j == i) then _ else 0)).
  rewrite (bigD1 i) //= eqxx andbT big1 => [|j /negPf ->]; last by rewrite andbF.
  by rewrite addr0; case: (a == b); rewrite ?mulr0 // mulKf // (n_neq0 R a).
move=> pi; rewrite [scaled r s _]/= scaled_own own_sandwich.
have [->|nab] /= := eqVneq a b.
  by rewrite andbb; case: ifP => _; rewrite ?mul0r // -rE; ring.
case: eqP => [e1|_] /=; last by rewrite mul0r.
case: eqP => [e2|_] /=; last by rewrite mul0r.
by move: nab; rewrite -(inj_eq (@slot_inj _ pi)) e1 e2 eqxx.
Qed.
End AnyScaling.

Section RootReading.
Variables (R : realFieldType) (n : nat) (r : R) (S : 'I_n -> 'M[R]_n).
Hypothesis (rE : r ^+ 2 = n%:R) (pS : forall i, pd (S i)).
(* L_i = S_i^2, and the scaling that (23) prints. *)
Definition root_scaling (i a : 'I_n) : R := invmx (S i) a a.

(* (S^2)_aa = S_aa^2 + the sum of the other squares of the row. *)
Lemma root_entry i a : (S i *m S i) a a = S i a a ^+ 2 + \sum_(b | b != a) S i a b ^+ 2.
Proof.
rewrite mxE (bigD1 a) //= -expr2; congr (_ + _); apply: eq_bigr => b _.
by rewrite -[in X in _ * X](pS i).1 mxE expr2.
Qed.
(* Cauchy-Schwarz between e_a and S^-1 e_a in the norm of S: 1 <= S_aa (S^-1)_aa. *)
Lemma root_cs i a : 1 <= S i a a * root_scaling i a.
Proof.
have uS := pd_unit (pS i); have [sS _] := pS i.
have := cauchy_schwarz (delta_mx a 0) (invmx (S i) *m delta_mx a 0) (pd_psd (pS i)).
rewrite bf_mulr mulmxV // bf_delta mxE eqxx expr1n.
rewrite [qf _ (delta_mx a 0)]bf_delta qf_mul (sym_inv sS) mulVmx // mul1mx.
by rewrite [qf _ (delta_mx a 0)]bf_delta.
Qed.
(* (S^-1)_aa S_aa >= 1 for positive definite S, by Cauchy-Schwarz, *)
Lemma root_sq i a : 1 <= root_scaling i a ^+ 2 * S i a a ^+ 2.
Proof. by rewrite -exprMn mulrC; apply: exprn_ege1; apply: root_cs. Qed.

(* CLAIM scaled-mean: E[C̃_i L_i C̃_i] = I for the reading C̃_i = √n [D_i^{−½}]_{π_iπ_i} e_{π_i}e_{π_i}ᵀ; for the printed reading [L_i^{−½}]_{π_iπ_i} every diagonal entry is ≥ 1, and it is I exactly when L_i^{½} is diagonal *)
Theorem root_reading_mean i :
  EM (fun pi => scaled r root_scaling pi i *m (S i *m S i) *m scaled r root_scaling pi i) =
  dg (fun a => root_scaling i a ^+ 2 * (S i *m S i) a a).
Proof. exact: scaled_sandwich. Qed.
(* ... so every diagonal entry of the mean is at least 1. *)
Theorem root_reading_ge1 i a : 1 <= root_scaling i a ^+ 2 * (S i *m S i) a a.
Proof.
apply: le_trans (root_sq i a) _; apply: ler_wpmul2l; first exact: sqr_ge0.
by rewrite root_entry ler_addl sumr_ge0 // => b _; apply: sqr_ge0.
Qed.
(* The mean is I exactly when every root S_i is diagonal. *)
Theorem root_reading_exact i :
  EM (fun pi => scaled r root_scaling pi i *m (S i *m S i) *m scaled r root_scaling pi i) = 1%:M
  <-> (forall a b, a != b -> S i a b = 0).
Proof.
rewrite root_reading_mean; split=> [/matrixP h a b nab|h].
  have : root_scaling i a ^+ 2 * (S i *m S i) a a = 1.
    by have := h a a; rewrite dgE eqxx => ->; rewrite mxE eqxx.
  rewrite root_entry mulrDr => e.
  have sq c : c != a -> 0 <= S i a c ^+ 2 by move=> _; apply: sqr_ge0.
  have t0 : 0 < root_scaling i a ^+ 2.
    rewrite exprn_even_gt0 //=; apply: contraTneq (root_sq i a) => ->.
    by rewrite expr0n /= mul0r -ltNge ltr01.
  have z : \sum_(c | c != a) S i a c ^+ 2 = 0.
    apply/eqP; rewrite eq_le sumr_ge0 // andbT -(pmulr_rle0 _ t0).
    by have := root_sq i a; rewrite -[X in X <= _]e ger_addl.
  have nba : b != a by rewrite eq_sym.
  by have /eqP := psumr_eq0P sq z nba; rewrite sqrf_eq0 => /eqP.
apply/matrixP=> a b; rewrite dgE [1%:M a b]mxE; case: eqP => // _.
rewrite root_entry big1 ?addr0 => [|c nc]; last by rewrite h ?expr0n // eq_sym.
have := congr1 (fun M : 'M[R]_n => M a a) (mulmxV (pd_unit (pS i))).
rewrite mxE (bigD1 a) //= big1 ?addr0 => [|c nc]; last by rewrite h ?mul0r // eq_sym.
by rewrite -exprMn mulrC mxE eqxx => ->; rewrite expr1n.
Qed.
End RootReading.

(* An instance by computation: n = 2, L = [[5,4],[4,5]] = [[2,1],[1,2]]^2,     *)
(* L^{-1/2} = [[2,-1],[-1,2]]/3, and E[C L C] = (20/9) I.                      *)
Theorem root_reading_instance (R : realFieldType) (r : R) : r ^+ 2 = 2%:R ->
  let S := fun _ : 'I_2 => m2 (2%:R : R) 1 2%:R in
  [/\ pd (S 0), S 0 *m S 0 = m2 5%:R 4%:R 5%:R &
      EM (fun pi => scaled r (root_scaling S) pi 0 *m (S 0 *m S 0) *m
                    scaled r (root_scaling S) pi 0) = (20%:R / 9%:R)%:M].
Proof.
move=> rE S.
have pS : pd (S 0) by apply: m2_pd; rewrite ?ltr0n // expr1n -natrM ltr1n.
have SS : S 0 *m S 0 = m2 5%:R 4%:R 5%:R.
  apply/matrixP=> i j; rewrite mxE sum2 !mxE.
  by case: (ord2 i) => ->; case: (ord2 j) => -> /=; ring.
have iS : invmx (S 0) = m2 (2%:R / 3%:R) (- 3%:R^-1) (2%:R / 3%:R).
  have e : S 0 *m m2 (2%:R / 3%:R) (- 3%:R^-1) (2%:R / 3%:R) = 1%:M.
    apply/matrixP=> i j; rewrite mxE sum2 !mxE.
    by case: (ord2 i) => ->; case: (ord2 j) => -> /=; field.
  by rewrite -[RHS](mulKmx (pd_unit pS)) e mulmx1.
split=> //; rewrite root_reading_mean // SS; apply/matrixP=> a b; rewrite dgE mxE.
rewrite /root_scaling iS !mxE eqxx /=.
by case: eqP => // _; case: (ord2 a) => -> /=; rewrite mulr1n; field.
Qed.

Section OneStep.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (r : R) (s : 'I_n -> 'I_n -> R).
Hypothesis (rE : r ^+ 2 = n%:R) (sE : forall i a, s i a ^+ 2 * Lw p i a a = 1).
Hypothesis b0 : forall i, bw p i = 0.
Local Notation C := (scaled r s).

(* Algorithm 1 with one local step, (6). *)
Definition alg1_step gam (k : nat) (pi : perms R n) (x : 'cV[R]_n) : 'cV[R]_n :=
  avg (fun i => C pi i *m x - gam *: (C pi i *m worker_grad p i (C pi i *m x))).

(* With gamma = 1 and b_i = 0 Algorithm 1 multiplies by the average sketch minus I. *)
Lemma alg1_scaled k pi x : alg1_step 1 k pi x = (avg (C pi) - 1%:M) *m x.
Proof.
rewrite /alg1_step avgB avgZ avg_mulr -/(est p C pi x) est0 // scaled_B //.
by rewrite mul1mx scale1r mulmxBl mul1mx.
Qed.

(* CLAIM one-step: b_i = 0, γ = 1: the update (2) with scaled sketches reaches x* = 0 in one iteration for every outcome; Algorithm 1 (6) does so exactly when every (L_i)_aa = 1/n, and with L_i = I, n ≥ 2, it never reaches it *)
Theorem alg1_one_step : 0 < r -> (forall i a, 0 < s i a) ->
  (forall pi x, alg1_step 1 0 pi x = 0) <-> (forall i a, Lw p i a a = n%:R^-1).
Proof.
move=> r0 s0; rewrite -(scaled_reconstruction rE sE r0 s0); split=> h pi => [|x].
  apply/eqP; rewrite -subr_eq0; apply/eqP/matrixP=> a b.
  have := h pi (delta_mx b 0); rewrite alg1_scaled -colE => /matrixP/(_ a 0).
  by rewrite mxE [RHS]mxE => ->; rewrite mxE.
by rewrite alg1_scaled h subrr mul0mx.
Qed.
End OneStep.

Section OneStepIdentity.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (r : R).
Hypothesis (rE : r ^+ 2 = n%:R) (n2 : (2 <= n)%N).
Hypothesis (hI : forall i, Lw p i = 1%:M) (b0 : forall i, bw p i = 0).
Local Notation one := (fun _ _ : 'I_n => (1 : R)).

(* The scaling 1 fits L_i = I. *)
Lemma one_sE1 i a : one i a ^+ 2 * Lw p i a a = 1.
Proof. by rewrite hI mxE eqxx expr1n mulr1. Qed.
(* With L_i = I every outcome of (6) multiplies x by 1/r - 1 = 1/sqrt n - 1.   *)
Lemma alg1_identity_step k pi x : alg1_step p r one 1 k pi x = (r^-1 - 1) *: x.
Proof.
rewrite (alg1_scaled rE one_sE1) // scalerBl scale1r mulmxBl mul1mx; congr (_ - _).
rewrite scaled_avg; apply/matrixP=> a j; rewrite ord1 dg_mulv !mxE mulr1 -rE.
by congr (_ * _); field; apply: r_neq0 rE a.
Qed.
(* On L_i = I the error is (1/sqrt n - 1)^(2k) ||x^0||^2, *)
Theorem alg1_never x0 k :
  Er (alg1_step p r one 1) x0 k (@nrm2 R n) = (r^-1 - 1) ^+ (2 * k) * nrm2 x0.
Proof.
elim: k => [|k ih]; first by rewrite muln0 expr0 mul1r.
rewrite /= mulnS exprD -mulrA -ih -ErZ; apply: eq_Er => x.
rewrite (eq_E (G := fun _ => (r^-1 - 1) ^+ 2 * nrm2 x)) ?E_cst // => pi.
by rewrite alg1_identity_step /nrm2 qfZ.
Qed.
(* ... which is never 0 for n >= 2. *)
Theorem alg1_never_zero x0 k : x0 != 0 -> 0 < Er (alg1_step p r one 1) x0 k (@nrm2 R n).
Proof.
move=> nx; rewrite alg1_never mulr_gt0 ?(pd1 R n).2 // exprM exprn_gt0 //.
rewrite exprn_even_gt0 //= subr_eq0 invr_eq1.
apply/eqP => r1; move/eqP: rE; rewrite r1 expr1n -[1]/(1%:R) eqr_nat => /eqP e.
by move: n2; rewrite -e.
Qed.
End OneStepIdentity.
