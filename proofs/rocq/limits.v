(* Limits of sequences of numbers. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting stability.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* The numbers a_0, a_1, ... tend to l. *)
Definition tends (R : realFieldType) (a : nat -> R) (l : R) : Prop :=
  forall eps, 0 < eps -> exists k0, forall k, (k0 <= k)%N -> `|a k - l| <= eps.

(* They tend to one number only. *)
Lemma tends_unique (R : realFieldType) (a : nat -> R) l l' :
  tends a l -> tends a l' -> l = l'.
Proof.
move=> h h'; apply/eqP; apply: contraT => n.
have d0 : 0 < `|l - l'| by rewrite normr_gt0 subr_eq0.
have e0 : 0 < `|l - l'| / 4%:R by rewrite divr_gt0 ?ltr0n.
have [k hk] := h _ e0; have [k' hk'] := h' _ e0.
have h1 := hk _ (leq_maxl k k'); have h2 := hk' _ (leq_maxr k k').
have : `|l - l'| <= `|l - l'| / 4%:R + `|l - l'| / 4%:R.
  apply: le_trans (ler_dist_add (a (maxn k k')) l l') _.
  by apply: ler_add => //; rewrite distrC.
rewrite -subr_ge0; have -> : `|l - l'| / 4%:R + `|l - l'| / 4%:R - `|l - l'| = - (`|l - l'| / 2%:R).
  by move: `|_| => y; field.
by rewrite oppr_ge0 leNgt divr_gt0 ?ltr0n.
Qed.

(* What is at most r^k c away, for some r < 1, tends. *)
Lemma tends_geometric (R : archiFieldType) (a : nat -> R) l r c : 0 <= r -> r < 1 ->
  (forall k, `|a k - l| <= r ^+ k * c) -> tends a l.
Proof.
move=> r0 r1 h eps e0; have [k0 hk] := pow_small c r0 r1 e0.
by exists k0 => k /hk; apply: le_trans.
Qed.

(* Limits add up over finitely many sequences. *)
Lemma tends_sum (R : realFieldType) n (s : 'I_n -> nat -> R) (l : 'I_n -> R) :
  (forall j, tends (s j) (l j)) -> tends (fun k => \sum_j s j k) (\sum_j l j).
Proof.
move=> h eps e0; pose eps' := eps / n.+1%:R.
have e1 : 0 < eps' by rewrite divr_gt0 ?ltr0n.
have [f hf] := fin_all_exists (fun j => h j eps' e1).
exists (\max_j f j) => k hk; rewrite -sumrB; apply: le_trans (ler_norm_sum _ _ _) _.
apply: le_trans (_ : \sum_(j < n) eps' <= _).
  by apply: ler_sum => j _; apply: hf; apply: leq_trans hk; apply: (leq_bigmax j).
rewrite sumr_const card_ord -mulr_natl /eps' mulrCA ler_pimulr ?(ltW e0) //.
by rewrite ler_pdivr_mulr ?ltr0n // mul1r ler_nat.
Qed.
