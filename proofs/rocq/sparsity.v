(* Sparsity (4.3): the condition omega <= c (mu/lambda)^2 of the earlier        *)
(* analysis needs omega <= c on every instance, while Theorem 1's condition     *)
(* (14) holds for Perm-1 at every n, that is at every omega = n - 1.            *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1.
From Istcheck Require Import perm_expectation own perm_sketch refutations perm1_rates.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Sparsity.
Variables (R : realFieldType) (d : nat) (L : 'M[R]_d) (mu lam : R).
Hypothesis (d0 : (0 < d)%N) (mu0 : 0 < mu).
Hypothesis (lo : mu%:M ⪯ L) (hi : L ⪯ lam%:M).

Lemma mu_le_lam : mu <= lam.
Proof.
pose v : 'cV[R]_d := delta_mx (Ordinal d0) 0.
have v1 : nrm2 v = 1 by rewrite /nrm2 [qf _ _]bf_delta mxE eqxx.
by have := lle_qf v (lle_trans lo hi); rewrite !qf_scalar v1 !mulr1.
Qed.
(* CLAIM any-omega: the earlier condition ω ≤ c(μ/λ)² forces ω ≤ c, so with c = 1 no Perm sketch with n ≥ 3 satisfies it; Theorem 1's (14) holds with θ = n for Perm-1 on every positive definite L with unit diagonal, for every n (ω = n − 1), though not on every instance (Remark 1) *)
Theorem earlier_condition omega c : 0 <= c -> omega <= c * (mu / lam) ^+ 2 -> omega <= c.
Proof.
move=> c0 /le_trans; apply; rewrite ler_pimulr //; apply: exprn_ile1.
  by rewrite divr_ge0 ?(ltW mu0) // (le_trans (ltW mu0)) ?mu_le_lam.
by rewrite ler_pdivr_mulr ?(lt_le_trans mu0) ?mu_le_lam // mul1r mu_le_lam.
Qed.
Corollary earlier_condition_perm n : (3 <= n)%N -> ~ (n%:R - 1 <= (mu / lam) ^+ 2).
Proof.
move=> n3; rewrite -[X in _ <= X]mul1r => /(earlier_condition ler01).
by rewrite ler_subl_addr -[1 + 1]/(2%:R) ler_nat leqNgt n3.
Qed.
End Sparsity.

Theorem thm1_every_omega (R : realFieldType) (n : nat) (p : problem R n n) (L : 'M[R]_n) :
  (forall i, Lw p i = L) -> (0 < n)%N -> (forall a, L a a = 1) -> pd L ->
  (forall i x, @E R (perms R n) (fun pi => nrm2 (perm1 R n pi i *m x - x)) = (n%:R - 1) * nrm2 x) /\
  Qmat p (perm1 R n) ⪯ n%:R *: Wmat p (perm1 R n).
Proof.
move=> hom n0 d1 pL; split=> [i x|]; first exact: (perm_omega (@id_balanced n)).
by have [_ _ Q] := homogeneous_theta hom n0 d1 pL; apply/Q.
Qed.
