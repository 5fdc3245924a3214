(* Rational vectors and matrices as lists, expectations over a weighted list of outcomes, and tests
   that decide statements about them by computation.  Certificates written by `istcheck certify
   --rocq` import this file and nothing else; it needs only Coq's standard library.

   Part 1 defines what the statements of a certificate mean; a reader has to trust it.
   Part 2 proves the tests sound; nobody has to read it. *)
From Coq Require Import QArith Qabs Qround Qreduction ZArith List Bool Lia Lqa Setoid Morphisms.
Import ListNotations.
Local Open Scope Q_scope.

(* ================ Part 1: what the statements mean ================ *)

(* ---- Scalars.  Every result is reduced; x / 0 = 0 as in the standard library. ---- *)
Definition qadd (x y : Q) : Q := Qred (x + y).
Definition qsub (x y : Q) : Q := Qred (x - y).
Definition qmul (x y : Q) : Q := Qred (x * y).
Definition qdiv (x y : Q) : Q := Qred (x / y).
Definition qneg (x : Q) : Q := Qred (- x).
Definition qlt_bool (x y : Q) : bool := negb (Qle_bool y x).
Definition qmin (x y : Q) : Q := if Qle_bool x y then x else y.
Definition qmax (x y : Q) : Q := if Qle_bool x y then y else x.
Definition qabs (x : Q) : Q := if Qle_bool 0 x then x else qneg x.
(* The whole number x as a natural number. *)
Definition nat_of (x : Q) : nat := Z.to_nat (Qfloor x).
Fixpoint qpow_nat (x : Q) (k : nat) : Q :=
  match k with O => 1 | S k' => qmul x (qpow_nat x k') end.
(* x to the power of the whole number k. *)
Definition qpow (x k : Q) : Q :=
  if Qle_bool 0 k then qpow_nat x (nat_of k) else qdiv 1 (qpow_nat x (nat_of (qneg k))).

(* ---- Ranges of whole numbers, both ends included. ---- *)
Definition range (low high : Q) : list Q :=
  map (fun k => Qred (low + inject_Z (Z.of_nat k))) (seq 0 (nat_of (high - low + 1))).
(* The i-th element, from 1. *)
Definition pick {A : Type} (i : Q) (l : list A) (otherwise : A) : A :=
  nth (Nat.pred (nat_of i)) l otherwise.

(* ---- Folds over a list of indices. ---- *)
Definition qsum (l : list Q) (f : Q -> Q) : Q := fold_right (fun i acc => qadd (f i) acc) 0 l.
Definition count {A : Type} (l : list A) : Q := inject_Z (Z.of_nat (length l)).
Definition qmean (l : list Q) (f : Q -> Q) : Q := qdiv (qsum l f) (count l).
Definition qfold1 (g : Q -> Q -> Q) (l : list Q) : Q :=
  match l with [] => 0 | x :: r => fold_left g r x end.
Definition qleast (l : list Q) (f : Q -> Q) : Q := qfold1 qmin (map f l).
Definition qgreatest (l : list Q) (f : Q -> Q) : Q := qfold1 qmax (map f l).

(* ---- Vectors and matrices: lists, lists of rows.  A column is a matrix with rows of length 1. ---- *)
Definition vec := list Q.
Definition mat := list vec.

Fixpoint zip_with {A : Type} (f : A -> A -> A) (u v : list A) : list A :=
  match u, v with x :: u', y :: v' => f x y :: zip_with f u' v' | _, _ => [] end.
Fixpoint dot (u v : vec) : Q :=
  match u, v with x :: u', y :: v' => Qred (x * y + dot u' v') | _, _ => 0 end.

Definition column (v : vec) : mat := map (fun x => [x]) v.
Definition madd : mat -> mat -> mat := zip_with (zip_with qadd).
Definition msub : mat -> mat -> mat := zip_with (zip_with qsub).
Definition mscale (t : Q) (M : mat) : mat := map (map (qmul t)) M.
Definition mneg (M : mat) : mat := mscale (-1) M.
Definition entry (M : mat) (i j : Q) : Q := pick j (pick i M []) 0.
Definition only (M : mat) : Q := hd 0 (hd [] M).  (* of a 1 x 1 matrix *)
Definition width (M : mat) : nat := length (hd [] M).
Definition transpose (M : mat) : mat :=
  map (fun j => map (fun row => nth j row 0) M) (seq 0 (width M)).
Definition mmul (A B : mat) : mat :=
  let columns := transpose B in map (fun row => map (dot row) columns) A.
Definition build (rows columns : list Q) (f : Q -> Q -> Q) : mat :=
  map (fun i => map (f i) columns) rows.
Definition Diag_of (v : vec) : mat :=
  let k := seq 0 (length v) in
  map (fun i => map (fun j => if Nat.eqb i j then nth i v 0 else 0) k) k.
Definition main_diagonal (M : mat) : vec :=
  map (fun i => nth i (nth i M []) 0) (seq 0 (length M)).
Definition diagonal_part (M : mat) : mat := Diag_of (main_diagonal M).
Definition ident (size : Q) : mat := Diag_of (repeat 1 (nat_of size)).
Definition unit_column (size i : Q) : mat :=
  build (range 1 size) [1] (fun j _ => if Qeq_bool i j then 1 else 0).
Definition ones_column (size : Q) : mat := column (repeat 1 (nat_of size)).
Definition zero_like (M : mat) : mat := map (map (fun _ => 0)) M.
(* The diagonal matrix of a column, and the diagonal of a matrix as a column. *)
Definition Diag (v : mat) : mat := Diag_of (map (hd 0) v).
Definition diag_column (M : mat) : mat := column (main_diagonal M).
Definition trace (M : mat) : Q := fold_right qadd 0 (main_diagonal M).
Definition sym (M : mat) : mat := mscale (1 # 2) (madd M (transpose M)).
Fixpoint mpow_nat (M : mat) (k : nat) : mat :=
  match k with O => ident (count M) | S k' => mmul M (mpow_nat M k') end.
Definition mpow (M : mat) (k : Q) : mat := mpow_nat M (nat_of k).
(* ||v||^2 and v' M v for a column v. *)
Definition sqnorm (v : mat) : Q := only (mmul (transpose v) v).
Definition sqnorm_in (M v : mat) : Q := only (mmul (transpose v) (mmul M v)).
Definition msum_list (l : list mat) : mat :=
  match l with [] => [] | M :: r => fold_left madd r M end.
Definition msum (l : list Q) (f : Q -> mat) : mat := msum_list (map f l).
Definition mmean (l : list Q) (f : Q -> mat) : mat := mscale (qdiv 1 (count l)) (msum l f).

(* The least multiple of s > 0 that is at least x. *)
Definition round_up (x s : Q) : Q := qmul (inject_Z (Qceiling (x / s))) s.
(* The determinant, by the first column. *)
Fixpoint without {A : Type} (i : nat) (l : list A) : list A :=
  match l, i with [], _ => [] | _ :: r, O => r | x :: r, S i' => x :: without i' r end.
Fixpoint det_of (k : nat) (M : mat) : Q :=
  match k with
  | O => 1
  | S k' =>
      fold_right (fun i acc =>
        let minor := det_of k' (map (@tl Q) (without i M)) in
        let term := qmul (hd 0 (nth i M [])) minor in
        if Nat.even i then qadd acc term else qsub acc term) 0 (seq 0 (length M))
  end.
Definition det (M : mat) : Q := det_of (length M) M.
(* The matrix of the linear part of an affine map of columns with `size` entries. *)
Definition linear_part (size : Q) (map_of : mat -> mat) : mat :=
  let zero := map_of (zero_like (ones_column size)) in
  transpose (map (fun j => map (hd 0) (msub (map_of (unit_column size j)) zero)) (range 1 size)).

(* ---- Chance.  A law lists every outcome with its weight. ---- *)
Definition law (A : Type) := list (Q * A).
Definition E {A : Type} (l : law A) (f : A -> Q) : Q :=
  fold_right (fun wo acc => Qred (fst wo * f (snd wo) + acc)) 0 l.
Definition EM {A : Type} (l : law A) (f : A -> mat) : mat :=
  msum_list (map (fun wo => mscale (fst wo) (f (snd wo))) l).
Definition surely {A : Type} (l : law A) (P : A -> Prop) : Prop := Forall (fun wo => P (snd wo)) l.
Definition is_law {A : Type} (l : law A) : Prop :=
  Forall (fun wo => 0 < fst wo) l /\ E l (fun _ => 1) == 1.

(* The sketches C_1..C_n of one round. *)
Definition outcome := list mat.
(* E of F(x^k), where x^(r+1) = step r o x^r with a fresh outcome o in every round r. *)
Fixpoint after {A : Type} (l : law A) (step : nat -> A -> mat -> mat) (k r : nat) (x : mat)
    (F : mat -> Q) : Q :=
  match k with O => F x | S k' => E l (fun o => after l step k' (S r) (step r o x) F) end.
Fixpoint afterM {A : Type} (l : law A) (step : nat -> A -> mat -> mat) (k r : nat) (x : mat)
    (F : mat -> mat) : mat :=
  match k with O => F x | S k' => EM l (fun o => afterM l step k' (S r) (step r o x) F) end.

(* ---- Statements ---- *)
(* v' M v *)
Definition qform (M : mat) (v : vec) : Q := dot v (map (fun row => dot row v) M).
Definition is_zero (v : vec) : Prop := Forall (fun x => x == 0) v.
Definition psd (M : mat) : Prop := forall v, length v = length M -> 0 <= qform M v.
Definition pd (M : mat) : Prop := forall v, length v = length M -> ~ is_zero v -> 0 < qform M v.
Definition meq : mat -> mat -> Prop := Forall2 (Forall2 Qeq).
Definition square (M : mat) : Prop := Forall (fun row => length row = length M) M.
Definition symmetric (M : mat) : Prop := square M /\ meq M (transpose M).
(* The Loewner order, for matrices of one size. *)
Definition loewner (A B : mat) : Prop := psd (msub B A).
Definition loewner_lt (A B : mat) : Prop := pd (msub B A).
Definition every (l : list Q) (P : Q -> Prop) : Prop := Forall P l.
Definition some (l : list Q) (P : Q -> Prop) : Prop := Exists P l.

(* ---- Functions whose results are only used together with a statement that says what they are:
   is_inverse A (inverse A), is_root x (root x).  Nothing else is assumed about them. ---- *)
Definition root (x : Q) : Q :=
  let r := Qred x in Z.sqrt (Qnum r) # Z.to_pos (Z.sqrt (Zpos (Qden r))).
Definition diagonal_root (M : mat) : mat := Diag_of (map root (main_diagonal M)).
(* Gauss and Jordan on the rows (row of A | row of I); the first row with a non-zero head is the
   pivot, `done` are the rows that have been one. *)
Fixpoint take_pivot (rows : mat) : option (vec * mat) :=
  match rows with
  | [] => None
  | r :: rest =>
      if Qeq_bool (hd 0 r) 0
      then option_map (fun pr => (fst pr, r :: snd pr)) (take_pivot rest)
      else Some (r, rest)
  end.
Definition less_pivot (p r : vec) : vec :=
  zip_with (fun x y => Qred (x - hd 0 r * y)) (tl r) (tl p).
Fixpoint gauss_jordan (k : nat) (rows finished : mat) : mat :=
  match k with
  | O => rev finished
  | S k' =>
      match take_pivot rows with
      | None => []
      | Some (r, rest) =>
          let p := map (fun x => qdiv x (hd 0 r)) r in
          gauss_jordan k' (map (less_pivot p) rest) (tl p :: map (less_pivot p) finished)
      end
  end.
Definition inverse (A : mat) : mat :=
  gauss_jordan (length A) (map (fun ab => fst ab ++ snd ab) (combine A (ident (count A)))) [].

(* What is meant by the value of an inverse, of a root, of an extreme eigenvalue. *)
Definition is_inverse (A X : mat) : Prop := square A /\ square X /\ meq (mmul A X) (ident (count A)).
Definition is_solution (A x b : mat) : Prop := meq (mmul A x) b.
Definition is_root (x r : Q) : Prop := 0 <= r /\ r * r == x.
Definition is_diagonal_root (M R : mat) : Prop :=
  meq M (diagonal_part M) /\ meq R (diagonal_part R) /\
  Forall2 is_root (main_diagonal M) (main_diagonal R).
(* The least t with Q <= t W in the Loewner order. *)
Definition is_least_factor (Q W : mat) (t : QArith_base.Q) : Prop :=
  square Q /\ square W /\ length Q = length W /\
  loewner Q (mscale t W) /\ forall s, (s < t)%Q -> ~ loewner Q (mscale s W).
Definition is_lambda_max (A B : mat) (r : Q) : Prop :=
  pd B /\ psd (msub (mscale r B) A) /\ ~ pd (msub (mscale r B) A).
Definition is_lambda_min (A B : mat) (r : Q) : Prop :=
  pd B /\ psd (msub A (mscale r B)) /\ ~ pd (msub A (mscale r B)).

Declare Scope cert_scope.
Delimit Scope cert_scope with cert.
Notation "x + y" := (qadd x y) : cert_scope.
Notation "x - y" := (qsub x y) : cert_scope.
Notation "x * y" := (qmul x y) : cert_scope.
Notation "x / y" := (qdiv x y) : cert_scope.
Notation "- x" := (qneg x) : cert_scope.
Notation "A +m B" := (madd A B) (at level 50, left associativity) : cert_scope.
Notation "A -m B" := (msub A B) (at level 50, left associativity) : cert_scope.
Notation "A *m B" := (mmul A B) (at level 40, left associativity) : cert_scope.
Notation "t *: A" := (mscale t A) (at level 40, left associativity) : cert_scope.

(* ================ Part 2: tests, with proofs that they are sound ================ *)

(* Definitions are not unfolded in the search for a test. *)
Create HintDb cert discriminated.
#[export] Hint Constants Opaque : cert.
#[export] Hint Transparent law outcome vec mat : cert.

(* yes = true proves P, no = true refutes it; both false: not decided. *)
Class Decides (P : Prop) (yes no : bool) := {
  yes_ok : yes = true -> P;
  no_ok : no = true -> ~ P
}.

Lemma proved_by (P : Prop) (yes no : bool) : Decides P yes no -> yes = true -> P.
Proof. intros H; apply yes_ok. Qed.
Lemma refuted_by (P : Prop) (yes no : bool) : Decides P yes no -> no = true -> ~ P.
Proof. intros H; apply no_ok. Qed.

(* Proves a statement, or its negation, by computing its test. *)
Ltac by_computing :=
  eapply proved_by; [typeclasses eauto with cert nocore | vm_cast_no_check (eq_refl true)].

(* ---- Scalars and logic ---- *)
Lemma qlt_bool_true x y : qlt_bool x y = true <-> x < y.
Proof.
  unfold qlt_bool; rewrite negb_true_iff, <- not_true_iff_false, Qle_bool_iff.
  split; intro H; [apply Qnot_le_lt, H | now apply Qlt_not_le].
Qed.

Section Logic.
Local Ltac start := constructor; rewrite ?negb_true_iff, ?orb_true_iff, ?andb_true_iff.

Lemma dec_eq x y : Decides (x == y) (Qeq_bool x y) (negb (Qeq_bool x y)).
Proof. start; rewrite <- ?not_true_iff_false, Qeq_bool_iff; auto. Qed.
Lemma dec_le x y : Decides (x <= y) (Qle_bool x y) (qlt_bool y x).
Proof. start; [apply Qle_bool_iff | rewrite qlt_bool_true; apply Qlt_not_le]. Qed.
Lemma dec_lt x y : Decides (x < y) (qlt_bool x y) (Qle_bool y x).
Proof. start; [apply qlt_bool_true | rewrite Qle_bool_iff; apply Qle_not_lt]. Qed.

Context (P Q : Prop) (p p' q q' : bool) (HP : Decides P p p') (HQ : Decides Q q q').
Lemma dec_and : Decides (P /\ Q) (p && q) (p' || q').
Proof. destruct HP, HQ; start; tauto. Qed.
Lemma dec_or : Decides (P \/ Q) (p || q) (p' && q').
Proof. destruct HP, HQ; start; tauto. Qed.
Lemma dec_not : Decides (~ P) p' p.
Proof. destruct HP; start; tauto. Qed.
Lemma dec_implies : Decides (P -> Q) (p' || q) (p && q').
Proof. destruct HP, HQ; start; tauto. Qed.
Lemma dec_iff : Decides (P <-> Q) (p && q || p' && q') (p && q' || p' && q).
Proof. destruct HP, HQ; start; tauto. Qed.
End Logic.
Lemma dec_True : Decides True true false.
Proof. constructor; auto; discriminate. Qed.
Lemma dec_False : Decides False false true.
Proof. constructor; auto; discriminate. Qed.

Section Lists.
Context {A : Type} (P : A -> Prop) (p p' : A -> bool) (H : forall x, Decides (P x) (p x) (p' x)).
Lemma dec_Forall l : Decides (Forall P l) (forallb p l) (existsb p' l).
Proof.
  constructor.
  - rewrite forallb_forall, Forall_forall; intros all x xl; apply (proved_by _ _ _ (H x)); auto.
  - rewrite existsb_exists, Forall_forall; intros [x [xl px]] all.
    now apply (refuted_by _ _ _ (H x)) in px; auto.
Qed.
Lemma dec_Exists l : Decides (Exists P l) (existsb p l) (forallb p' l).
Proof.
  constructor.
  - rewrite existsb_exists, Exists_exists; intros [x [xl px]]; exists x; split; auto.
    now apply (proved_by _ _ _ (H x)).
  - rewrite forallb_forall, Exists_exists; intros all [x [xl px]].
    now apply (refuted_by _ _ _ (H x)) in px; auto.
Qed.
End Lists.
Definition dec_every P p p' (H : forall x, Decides (P x) (p x) (p' x)) l :
  Decides (every l P) (forallb p l) (existsb p' l) := dec_Forall P p p' H l.
Definition dec_some P p p' (H : forall x, Decides (P x) (p x) (p' x)) l :
  Decides (some l P) (existsb p l) (forallb p' l) := dec_Exists P p p' H l.
Lemma dec_surely {A} (P : A -> Prop) p p' (H : forall x, Decides (P x) (p x) (p' x))
  (l : law A) : Decides (surely l P) (forallb (fun wo => p (snd wo)) l)
                        (existsb (fun wo => p' (snd wo)) l).
Proof. apply (dec_Forall (fun wo => P (snd wo))); intros x; apply H. Qed.

(* ---- Equality of matrices ---- *)
Fixpoint all2 {A : Type} (f : A -> A -> bool) (u v : list A) : bool :=
  match u, v with
  | [], [] => true
  | x :: u', y :: v' => f x y && all2 f u' v'
  | _, _ => false
  end.
Lemma all2_iff {A : Type} (f : A -> A -> bool) (R : A -> A -> Prop) :
  (forall x y, f x y = true <-> R x y) -> forall u v, all2 f u v = true <-> Forall2 R u v.
Proof.
  intros fR; induction u as [|x u IH]; intros [|y v]; cbn; split; intro H;
    try discriminate; try inversion H; subst; auto.
  - apply andb_true_iff in H as [h1 h2]; constructor; [now apply fR | now apply IH].
  - apply andb_true_iff; split; [now apply fR | now apply IH].
Qed.
Definition veq_bool : vec -> vec -> bool := all2 Qeq_bool.
Definition meq_bool : mat -> mat -> bool := all2 veq_bool.
Lemma veq_bool_iff u v : veq_bool u v = true <-> Forall2 Qeq u v.
Proof. apply all2_iff; intros x y; apply Qeq_bool_iff. Qed.
Lemma meq_bool_iff A B : meq_bool A B = true <-> meq A B.
Proof. apply all2_iff, veq_bool_iff. Qed.
Lemma dec_complete (P : Prop) (b : bool) : (b = true <-> P) -> Decides P b (negb b).
Proof.
  intros [G H]; constructor; [exact G|]; intros no p; rewrite (H p) in no; discriminate.
Qed.
Lemma dec_meq A B : Decides (meq A B) (meq_bool A B) (negb (meq_bool A B)).
Proof. apply dec_complete, meq_bool_iff. Qed.

Definition square_bool (M : mat) : bool :=
  let n := length M in forallb (fun row => Nat.eqb (length row) n) M.
Lemma square_bool_iff M : square_bool M = true <-> square M.
Proof.
  unfold square_bool, square; rewrite forallb_forall, Forall_forall.
  split; intros H row R; apply Nat.eqb_eq, H, R.
Qed.
Lemma dec_square M : Decides (square M) (square_bool M) (negb (square_bool M)).
Proof. apply dec_complete, square_bool_iff. Qed.

(* ---- Definiteness, by symmetric elimination ---- *)
Lemma dot_cons x u y v : dot (x :: u) (y :: v) == x * y + dot u v.
Proof. apply Qred_correct. Qed.
Lemma dot_nil u : dot u [] = 0.
Proof. now destruct u. Qed.
Lemma dot_comm u v : dot u v == dot v u.
Proof.
  revert v; induction u as [|x u IH]; intros [|y v]; try reflexivity.
  rewrite !dot_cons, IH; ring.
Qed.
Lemma dot_eq u v w : Forall2 Qeq v w -> dot u v == dot u w.
Proof.
  intros H; revert u; induction H as [|x y v w xy vw IH]; intros [|z u]; try reflexivity.
  rewrite !dot_cons, xy, IH; reflexivity.
Qed.

Definition first_column (M : mat) : vec := map (hd 0) M.
Definition rest_columns (M : mat) : mat := map (@tl Q) M.
(* R - (1/a) c b' *)
Fixpoint schur (a : Q) (b c : vec) (R : mat) : mat :=
  match c, R with
  | ci :: c', r :: R' =>
      let t := Qred (ci / a) in zip_with (fun x y => Qred (x - t * y)) r b :: schur a b c' R'
  | _, _ => []
  end.
(* M is positive (semi)definite when all pivots are; `n` is the number of rows. *)
Fixpoint eliminate (strict : bool) (n : nat) (M : mat) : bool :=
  match n, M with
  | O, [] => true
  | S n', (a :: b) :: rows =>
      let c := first_column rows in
      let R := rest_columns rows in
      veq_bool c b &&
      match a ?= 0 with
      | Gt => eliminate strict n' (schur a b c R)
      | Eq => negb strict && forallb (fun x => Qeq_bool x 0) b && eliminate strict n' R
      | Lt => false
      end
  | _, _ => false
  end.

Lemma columns_split x w rows u :
  dot u (map (fun r => dot r (x :: w)) rows)
  == x * dot u (first_column rows) + dot u (map (fun r => dot r w) (rest_columns rows)).
Proof.
  revert u; induction rows as [|r rows IH]; intros [|y u]; cbn [first_column rest_columns map];
    rewrite ?dot_nil; try (cbn; ring).
  fold (first_column rows); fold (rest_columns rows).
  rewrite !dot_cons, IH.
  destruct r as [|z r]; cbn [hd tl]; [cbn; ring|]; rewrite dot_cons; ring.
Qed.

Lemma qform_split a b rows x w :
  Forall2 Qeq (first_column rows) b ->
  qform ((a :: b) :: rows) (x :: w) ==
  a * x * x + (2 # 1) * x * dot b w + qform (rest_columns rows) w.
Proof.
  intros sym; unfold qform; cbn [map]; rewrite !dot_cons, columns_split, (dot_eq w _ _ sym).
  rewrite (dot_comm w b); ring.
Qed.

Lemma dot_schur_row t r b w : length r = length b ->
  dot (zip_with (fun x y => Qred (x - t * y)) r b) w == dot r w - t * dot b w.
Proof.
  revert b w; induction r as [|x r IH]; intros [|y b] [|z w] len; cbn [zip_with];
    rewrite ?dot_nil; try (cbn; ring); try discriminate.
  rewrite !dot_cons, Qred_correct, IH; [ring | now injection len].
Qed.

Lemma qform_schur a b c R u w : ~ a == 0 -> length c = length R ->
  Forall (fun r => length r = length b) R ->
  dot u (map (fun r => dot r w) (schur a b c R))
  == dot u (map (fun r => dot r w) R) - dot u c * dot b w / a.
Proof.
  intros a0; revert c u; induction R as [|r R IH]; intros [|ci c] [|y u] len sizes;
    cbn [schur map]; rewrite ?dot_nil; try (cbn; field; exact a0); try discriminate.
  inversion_clear sizes as [|? ? rb sizes']; injection len as len.
  rewrite !dot_cons, IH, dot_schur_row, Qred_correct by assumption; field; exact a0.
Qed.

Definition sized (n : nat) (M : mat) : Prop :=
  length M = n /\ Forall (fun row => length row = n) M.

Lemma zip_with_length {A} (f : A -> A -> A) u v : length u = length v ->
  length (zip_with f u v) = length v.
Proof. revert v; induction u as [|x u IH]; intros [|y v] H; cbn; auto; discriminate. Qed.

Lemma sized_rest n a b rows : sized (S n) ((a :: b) :: rows) ->
  length b = n /\ length (first_column rows) = n /\ sized n (rest_columns rows).
Proof.
  intros [len rowlen]; cbn in len; injection len as len.
  inversion_clear rowlen as [|? ? lb others]; cbn in lb; injection lb as lb.
  unfold sized, first_column, rest_columns; rewrite !map_length; repeat split; auto.
  apply Forall_map; revert others; apply Forall_impl; intros [|x r] H; [discriminate | now injection H].
Qed.
Lemma sized_schur n a b c R : length b = n -> length c = n -> sized n R -> sized n (schur a b c R).
Proof.
  intros lb lc [lR rows]; unfold sized.
  assert (len : length c = length R) by congruence; clear lc.
  enough (length (schur a b c R) = length R /\
          Forall (fun r => length r = n) (schur a b c R)) by intuition congruence.
  clear lR; revert c len; induction rows as [|r R rn rows IH]; intros [|ci c] len;
    cbn [schur]; try discriminate; [split; auto|].
  injection len as len; destruct (IH c len) as [h1 h2]; split; [cbn; congruence|].
  constructor; auto; rewrite zip_with_length; congruence.
Qed.

Lemma zero_dot b w : Forall (fun x => x == 0) b -> dot b w == 0.
Proof.
  intros H; revert w; induction H as [|x b x0 _ IH]; intros [|y w]; try reflexivity.
  rewrite dot_cons, IH, x0; ring.
Qed.

Lemma sq_nonneg (x : Q) : 0 <= x * x.
Proof. destruct (Qlt_le_dec x 0); nra. Qed.

Lemma complete_square a x s q : 0 < a -> a * x * x + (2 # 1) * x * s + q ==
  (x + s / a) * (x + s / a) * a + (q - s * s / a).
Proof. intros; field; lra. Qed.

Lemma eliminate_sound strict n M v : sized n M -> length v = n -> eliminate strict n M = true ->
  0 <= qform M v /\ (strict = true -> ~ is_zero v -> 0 < qform M v).
Proof.
  revert M v; induction n as [|n IH]; intros M v sM lv.
  - destruct M as [|row M]; [|discriminate]; intros _; destruct v as [|x v]; [|discriminate].
    split; [cbn; lra | intros _ H; destruct H; constructor].
  - destruct M as [|[|a b] rows]; try discriminate.
    destruct v as [|x w]; [discriminate|]; injection lv as lw; cbn [eliminate].
    destruct (sized_rest _ _ _ _ sM) as (lb & lc & sR).
    rewrite andb_true_iff, veq_bool_iff; intros [sym test].
    rewrite (qform_split a b rows x w sym).
    destruct (a ?= 0) eqn:cmp; [| discriminate |].
    + apply Qeq_alt in cmp; rewrite !andb_true_iff in test; destruct test as [[ns zb] rest].
      assert (b0 : dot b w == 0).
      { apply zero_dot; rewrite forallb_forall in zb; apply Forall_forall; intros y yb.
        apply Qeq_bool_iff, zb, yb. }
      destruct (IH _ w sR lw rest) as [pos _]; rewrite cmp, b0; split; [lra|].
      intros ->; discriminate.
    + apply Qgt_alt in cmp.
      destruct (IH _ w (sized_schur n a b (first_column rows) _ lb lc sR) lw test) as [pos spos].
      assert (form : qform (schur a b (first_column rows) (rest_columns rows)) w ==
                     qform (rest_columns rows) w - dot b w * dot b w / a).
      { destruct sR as [lR rR]; unfold qform at 1; rewrite qform_schur; [| lra | exact (eq_trans lc (eq_sym lR)) |].
        - rewrite (dot_eq w _ _ sym), (dot_comm w b); reflexivity.
        - rewrite lb; exact rR. }
      rewrite form in pos, spos; rewrite (complete_square a x (dot b w)) by assumption.
      pose proof (sq_nonneg (x + dot b w / a)) as sq.
      assert (0 <= (x + dot b w / a) * (x + dot b w / a) * a) by nra.
      split; [lra|]; intros st nz.
      destruct (Qeq_bool x 0 && forallb (fun y => Qeq_bool y 0) w) eqn:zero.
      * exfalso; apply nz; apply andb_true_iff in zero as [zx zw].
        constructor; [now apply Qeq_bool_iff|]; rewrite forallb_forall in zw.
        apply Forall_forall; intros y yw; apply Qeq_bool_iff, zw, yw.
      * destruct (forallb (fun y => Qeq_bool y 0) w) eqn:zw.
        -- assert (w0 : Forall (fun y => y == 0) w).
           { rewrite forallb_forall in zw; apply Forall_forall; intros y yw.
             apply Qeq_bool_iff, zw, yw. }
           assert (bw : dot b w == 0) by (rewrite dot_comm; now apply zero_dot).
           rewrite andb_true_r in zero.
           assert (nx : ~ x == 0).
           { rewrite <- Qeq_bool_iff, zero; discriminate. }
           assert (0 < x * x) by (destruct (Q_dec x 0) as [[h|h]|h]; [nra|nra|contradiction]).
           assert (e : x + dot b w / a == x) by (rewrite bw; field; lra).
           rewrite e; nra.
        -- assert (nw : ~ is_zero w).
           { intros w0; rewrite <- not_true_iff_false in zw; apply zw.
             rewrite forallb_forall; unfold is_zero in w0; rewrite Forall_forall in w0.
             intros y yw; apply Qeq_bool_iff, w0, yw. }
           specialize (spos st nw); lra.
Qed.

Definition psd_test (strict : bool) (M : mat) : bool :=
  square_bool M && eliminate strict (length M) M.
Lemma sized_square M : square M -> sized (length M) M.
Proof. split; auto. Qed.
Lemma psd_test_sound M : psd_test false M = true -> psd M.
Proof.
  unfold psd_test; rewrite andb_true_iff, square_bool_iff; intros [sq test] v lv.
  now apply (eliminate_sound false (length M) M v (sized_square M sq) lv test).
Qed.
Lemma pd_test_sound M : psd_test true M = true -> pd M.
Proof.
  unfold psd_test; rewrite andb_true_iff, square_bool_iff; intros [sq test] v lv nz.
  now apply (eliminate_sound true (length M) M v (sized_square M sq) lv test).
Qed.

(* A vector v with v' M v < 0, or with strict = false v' M v <= 0 and v <> 0, if elimination shows
   one.  Nothing is proved about this search: what it finds is checked. *)
Definition zeros (n : nat) : vec := repeat 0 n.
Fixpoint unit_at (j n : nat) : vec :=
  match n with O => [] | S n' => match j with O => 1 :: zeros n' | S j' => 0 :: unit_at j' n' end end.
Fixpoint first_nonzero (b : vec) : option nat :=
  match b with
  | [] => None
  | x :: b' => if Qeq_bool x 0 then option_map S (first_nonzero b') else Some O
  end.
Fixpoint direction (strict : bool) (n : nat) (M : mat) : option vec :=
  match n, M with
  | S n', (a :: b) :: rows =>
      let c := first_column rows in
      let R := rest_columns rows in
      match a ?= 0 with
      | Lt => Some (1 :: zeros n')
      | Gt => option_map (fun w => Qred (- dot b w / a) :: w)
                         (direction strict n' (schur a b c R))
      | Eq => if negb strict then Some (1 :: zeros n')
              else match first_nonzero b with
                   | Some j => let r := nth j (nth j R []) 0 in
                               Some (Qred (- (r + 1) / ((2 # 1) * nth j b 0)) :: unit_at j n')
                   | None => option_map (cons 0) (direction strict n' R)
                   end
      end
  | _, _ => None
  end.
Definition nonzero_bool (v : vec) : bool := existsb (fun x => negb (Qeq_bool x 0)) v.
Definition refutes_psd (M : mat) (v : vec) : bool :=
  Nat.eqb (length v) (length M) && qlt_bool (qform M v) 0.
Definition refutes_pd (M : mat) (v : vec) : bool :=
  Nat.eqb (length v) (length M) && (nonzero_bool v && Qle_bool (qform M v) 0).
Definition found (test : vec -> bool) (v : option vec) : bool :=
  match v with Some v => test v | None => false end.
Lemma refutes_psd_sound M v : refutes_psd M v = true -> ~ psd M.
Proof.
  unfold refutes_psd; rewrite andb_true_iff, Nat.eqb_eq, qlt_bool_true; intros [lv neg] H.
  specialize (H v lv); lra.
Qed.
Lemma refutes_pd_sound M v : refutes_pd M v = true -> ~ pd M.
Proof.
  unfold refutes_pd; rewrite !andb_true_iff, Nat.eqb_eq, Qle_bool_iff; intros [lv [nz neg]] H.
  assert (nv : ~ is_zero v).
  { unfold nonzero_bool, is_zero in *; rewrite existsb_exists in nz; destruct nz as [x [xv x0]].
    rewrite Forall_forall; intros z; specialize (z x xv); apply Qeq_bool_iff in z.
    rewrite z in x0; discriminate. }
  specialize (H v lv nv); lra.
Qed.
Definition psd_no (M : mat) : bool := found (refutes_psd M) (direction true (length M) M).
Definition pd_no (M : mat) : bool := found (refutes_pd M) (direction false (length M) M).

Lemma dec_psd M : Decides (psd M) (psd_test false M) (psd_no M).
Proof.
  constructor; [apply psd_test_sound|]; unfold psd_no, found.
  destruct (direction true (length M) M) as [v|]; [apply refutes_psd_sound | discriminate].
Qed.
Lemma dec_pd M : Decides (pd M) (psd_test true M) (pd_no M).
Proof.
  constructor; [apply pd_test_sound|]; unfold pd_no, found.
  destruct (direction false (length M) M) as [v|]; [apply refutes_pd_sound | discriminate].
Qed.
Definition dec_loewner A B : Decides (loewner A B) (psd_test false (msub B A))
  (psd_no (msub B A)) := dec_psd (msub B A).
Definition dec_loewner_lt A B : Decides (loewner_lt A B) (psd_test true (msub B A))
  (pd_no (msub B A)) := dec_pd (msub B A).

(* ---- The least factor ---- *)
Lemma dot_zip f u v w (t : Q) : length v = length w ->
  (forall x y, f x y == x + t * y) -> dot u (zip_with f v w) == dot u v + t * dot u w.
Proof.
  intros len fxy; revert u w len; induction v as [|x v IH]; intros [|z u] [|y w] len;
    cbn [zip_with]; rewrite ?dot_nil; try (cbn; ring); try discriminate.
  rewrite !dot_cons, fxy, IH by now injection len.
  ring.
Qed.
Lemma qform_zip f A B v (t : Q) n : sized n A -> sized n B -> length v = n ->
  (forall x y, f x y == x + t * y) ->
  qform (zip_with (zip_with f) A B) v == qform A v + t * qform B v.
Proof.
  intros [lA rA] [lB rB] lv fxy; unfold qform.
  enough (general : forall u, dot u (map (fun row => dot row v) (zip_with (zip_with f) A B)) ==
    dot u (map (fun row => dot row v) A) + t * dot u (map (fun row => dot row v) B)) by apply general.
  assert (len : length A = length B) by (transitivity n; auto); clear lA lB.
  revert B rB len; induction rA as [|r A rn rA IH]; intros [|s B] rB len u;
    cbn [zip_with map]; rewrite ?dot_nil; try (cbn; ring); try discriminate.
  destruct u as [|z u]; [cbn; ring|].
  inversion_clear rB as [|? ? sn rB']; injection len as len.
  rewrite !dot_cons, (IH B rB' len), (dot_comm _ v), (dot_zip f v r s t), (dot_comm v r),
    (dot_comm v s); [ring | congruence | exact fxy].
Qed.
Lemma qform_msub A B v n : sized n A -> sized n B -> length v = n ->
  qform (msub A B) v == qform A v - qform B v.
Proof.
  intros sA sB lv; unfold msub; rewrite (qform_zip qsub A B v (-1) n sA sB lv); [ring|].
  intros x y; unfold qsub; rewrite Qred_correct; ring.
Qed.
Lemma dot_scale t u v : dot (map (qmul t) u) v == t * dot u v.
Proof.
  revert v; induction u as [|x u IH]; intros [|y v]; try (cbn; ring).
  cbn [map]; rewrite !dot_cons, IH; unfold qmul; rewrite Qred_correct; ring.
Qed.
Lemma qform_mscale t A v : qform (mscale t A) v == t * qform A v.
Proof.
  unfold qform, mscale; rewrite map_map; generalize v at 1 3 as u.
  induction A as [|r A IH]; intros [|z u]; try (cbn; ring).
  cbn [map]; rewrite !dot_cons, IH, dot_scale; ring.
Qed.
Lemma sized_mscale t n A : sized n A -> sized n (mscale t A).
Proof.
  intros [lA rA]; split; unfold mscale; [now rewrite map_length|].
  apply Forall_map; revert rA; apply Forall_impl; intros r; now rewrite map_length.
Qed.

(* A vector along which Q = t W and W is positive shows that no smaller t will do. *)
Definition along (Q W : mat) (t : QArith_base.Q) (v : vec) : bool :=
  Nat.eqb (length v) (length W) && (Qle_bool (qform (msub (mscale t W) Q) v) 0 && qlt_bool 0 (qform W v)).
Definition least_factor_test (Q W : mat) (t : QArith_base.Q) : bool :=
  square_bool Q && (square_bool W && (Nat.eqb (length Q) (length W) &&
  (psd_test false (msub (mscale t W) Q) &&
   found (along Q W t) (direction false (length W) (msub (mscale t W) Q))))).
Lemma dec_is_least_factor Q W t :
  Decides (is_least_factor Q W t) (least_factor_test Q W t) false.
Proof.
  constructor; [|discriminate]; unfold least_factor_test, is_least_factor, found.
  rewrite !andb_true_iff, !square_bool_iff, Nat.eqb_eq; intros (sQ & sW & len & pos & flat).
  apply psd_test_sound in pos; repeat split; auto.
  destruct (direction _ _ _) as [v|]; [|discriminate].
  unfold along in flat; rewrite !andb_true_iff, Nat.eqb_eq, Qle_bool_iff, qlt_bool_true in flat.
  destruct flat as (lv & zero & wpos); intros s st small.
  assert (cQ : sized (length W) Q) by (rewrite <- len; now apply sized_square).
  pose proof (sized_square W sW) as cW.
  rewrite (qform_msub _ _ _ _ (sized_mscale t _ _ cW) cQ lv), qform_mscale in zero.
  assert (lm : length v = length (msub (mscale s W) Q)).
  { unfold msub; rewrite zip_with_length; [exact (eq_trans lv (eq_sym len))|].
    unfold mscale; rewrite map_length; exact (eq_sym len). }
  specialize (small v lm).
  rewrite (qform_msub _ _ _ _ (sized_mscale s _ _ cW) cQ lv), qform_mscale in small.
  nra.
Qed.

(* ---- Definitions that are looked through ---- *)
Lemma dec_bool (b c : bool) : Decides (b = c) (eqb b c) (negb (eqb b c)).
Proof. apply dec_complete, eqb_true_iff. Qed.
Lemma dec_Forall2_root u v :
  Decides (Forall2 is_root u v)
    (all2 (fun x r => Qle_bool 0 r && Qeq_bool (r * r) x) u v) false.
Proof.
  constructor; [|discriminate]; apply all2_iff; intros x r; unfold is_root.
  rewrite andb_true_iff, Qle_bool_iff, Qeq_bool_iff; tauto.
Qed.
Section Unfold.
Context (y n : bool).
Definition dec_symmetric M (H : Decides (square M /\ meq M (transpose M)) y n) :
  Decides (symmetric M) y n := H.
Definition dec_is_inverse A X
  (H : Decides (square A /\ square X /\ meq (mmul A X) (ident (count A))) y n) :
  Decides (is_inverse A X) y n := H.
Definition dec_is_solution A x b (H : Decides (meq (mmul A x) b) y n) :
  Decides (is_solution A x b) y n := H.
Definition dec_is_root x r (H : Decides (0 <= r /\ r * r == x) y n) :
  Decides (is_root x r) y n := H.
Definition dec_is_diagonal_root M R
  (H : Decides (meq M (diagonal_part M) /\ meq R (diagonal_part R) /\
                Forall2 is_root (main_diagonal M) (main_diagonal R)) y n) :
  Decides (is_diagonal_root M R) y n := H.
Definition dec_is_lambda_max A B r
  (H : Decides (pd B /\ psd (msub (mscale r B) A) /\ ~ pd (msub (mscale r B) A)) y n) :
  Decides (is_lambda_max A B r) y n := H.
Definition dec_is_lambda_min A B r
  (H : Decides (pd B /\ psd (msub A (mscale r B)) /\ ~ pd (msub A (mscale r B))) y n) :
  Decides (is_lambda_min A B r) y n := H.
Definition dec_is_law {A} (l : law A)
  (H : Decides (Forall (fun wo => 0 < fst wo) l /\ E l (fun _ => 1) == 1) y n) :
  Decides (is_law l) y n := H.
End Unfold.

#[export] Hint Resolve dec_eq dec_le dec_lt dec_and dec_or dec_not dec_implies dec_iff dec_True
  dec_False dec_Forall dec_Exists dec_every dec_some dec_surely dec_meq dec_square
  dec_psd dec_pd dec_loewner dec_loewner_lt dec_is_least_factor dec_bool
  dec_Forall2_root dec_symmetric dec_is_inverse dec_is_solution dec_is_root
  dec_is_diagonal_root dec_is_lambda_max dec_is_lambda_min dec_is_law : cert.
