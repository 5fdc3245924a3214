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
(* x y + a, reduced unless the product is zero. *)
Definition add_product (x y a : Q) : Q :=
  match Qnum x, Qnum y with Z0, _ | _, Z0 => a | _, _ => Qred (x * y + a) end.
Fixpoint dot (u v : vec) : Q :=
  match u, v with x :: u', y :: v' => add_product x y (dot u' v') | _, _ => 0 end.

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
  fold_right (fun wo acc => add_product (fst wo) (f (snd wo)) acc) 0 l.
Definition EM {A : Type} (l : law A) (f : A -> mat) : mat :=
  msum_list (map (fun wo => mscale (fst wo) (f (snd wo))) l).
Definition surely {A : Type} (l : law A) (P : A -> Prop) : Prop := Forall (fun wo => P (snd wo)) l.
Definition is_law {A : Type} (l : law A) : Prop :=
  Forall (fun wo => 0 < fst wo) l /\ E l (fun _ => 1) == 1.

(* The sketches C_1..C_n of one round. *)
Definition outcome := list mat.
(* The maps of k rounds from round r on: each is one of step r o, with the weight of the outcome o.  A map is made once
   and used in every history, so what step r o computes before it is given a point is computed once. *)
Definition rounds {A : Type} (l : law A) (step : nat -> A -> mat -> mat) (k r : nat)
    : list (law (mat -> mat)) :=
  map (fun t => map (fun wo => let F := step t (snd wo) in (fst wo, F)) l) (seq r k).
Fixpoint over {B : Type} (mean : law (mat -> mat) -> ((mat -> mat) -> B) -> B)
    (maps : list (law (mat -> mat))) (x : mat) (F : mat -> B) : B :=
  match maps with [] => F x | l :: rest => mean l (fun m => over mean rest (m x) F) end.
(* E of F(x^k), where x^(r+1) = step r o x^r with a fresh outcome o in every round r. *)
Definition after {A : Type} (l : law A) (step : nat -> A -> mat -> mat) (k r : nat) (x : mat)
    (F : mat -> Q) : Q := over E (rounds l step k r) x F.
Definition afterM {A : Type} (l : law A) (step : nat -> A -> mat -> mat) (k r : nat) (x : mat)
    (F : mat -> mat) : mat := over EM (rounds l step k r) x F.

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

(* ---- Stability ---- *)
Definition mv (M : mat) (v : vec) : vec := map (fun row => dot row v) M.
(* E of F(M_k ... M_1 v), the M_i drawn independently. *)
Fixpoint mean_after {A : Type} (l : law A) (M : A -> mat) (k : nat) (v : vec) (F : vec -> Q) : Q :=
  match k with O => F v | S k' => E l (fun o => mean_after l M k' (mv (M o) v) F) end.
(* E ||x^k||^2 <= C c^k ||x^0||^2 for all k and x^0 with one C and one c < 1.  In words of the claim
   language, rho_square < 1: the spectral radius of S |-> E[M S M'] (rocq/stability.v). *)
Definition mean_square_stable {A : Type} (l : law A) (M : A -> mat) (size : Q) : Prop :=
  exists C c, 0 <= c /\ c < 1 /\ forall k v, length v = nat_of size ->
    mean_after l M k v (fun w => dot w w) <= C * qpow_nat c k * dot v v.
(* P - E[M' P M] = I *)
Definition is_lyapunov {A : Type} (l : law A) (M : A -> mat) (P : mat) : Prop :=
  symmetric P /\
  meq (msub P (EM l (fun o => mmul (transpose (M o)) (mmul P (M o))))) (ident (count P)).

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
(* No t > 0 has Q <= t W. *)
Definition no_factor (Q W : mat) : Prop := forall t, (0 < t)%Q -> ~ loewner Q (mscale t W).
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
Lemma add_product_correct x y a : add_product x y a == x * y + a.
Proof.
  unfold add_product; destruct x as [[|m|m] p], y as [[|k|k] q]; cbn [Qnum]; try apply Qred_correct;
    unfold Qeq; cbn; rewrite ?Z.mul_0_r; nia.
Qed.
Lemma dot_cons x u y v : dot (x :: u) (y :: v) == x * y + dot u v.
Proof. apply add_product_correct. Qed.
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
(* Where W is singular the direction that is found may be one along which W is zero: the unit vectors are tried, too. *)
Definition least_factor_test (Q W : mat) (t : QArith_base.Q) : bool :=
  square_bool Q && (square_bool W && (Nat.eqb (length Q) (length W) &&
  (psd_test false (msub (mscale t W) Q) &&
   (found (along Q W t) (direction false (length W) (msub (mscale t W) Q)) ||
    existsb (fun j => along Q W t (unit_at j (length W))) (seq 0 (length W)))))).
Lemma dec_is_least_factor Q W t :
  Decides (is_least_factor Q W t) (least_factor_test Q W t) false.
Proof.
  constructor; [|discriminate]; unfold least_factor_test, is_least_factor.
  rewrite !andb_true_iff, !square_bool_iff, Nat.eqb_eq; intros (sQ & sW & len & pos & some).
  apply psd_test_sound in pos; repeat split; auto.
  assert (one : exists v, along Q W t v = true).
  { apply orb_true_iff in some; destruct some as [some|some].
    - unfold found in some; destruct (direction _ _ _) as [v|]; [now exists v|discriminate].
    - apply existsb_exists in some; destruct some as (j & _ & some); now exists (unit_at j (length W)). }
  destruct one as [v flat].
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

(* A vector with v' Q v >= 0 > v' W v. *)
Definition against (Q W : mat) (v : vec) : bool :=
  Nat.eqb (length v) (length W) && (Qle_bool 0 (qform Q v) && qlt_bool (qform W v) 0).
Lemma dec_no_factor Q W : Decides (no_factor Q W)
  (square_bool Q && (square_bool W && (Nat.eqb (length Q) (length W) &&
   found (against Q W) (direction true (length W) W)))) false.
Proof.
  constructor; [|discriminate]; unfold found; rewrite !andb_true_iff, !square_bool_iff, Nat.eqb_eq.
  intros (sQ & sW & len & neg); destruct (direction _ _ _) as [v|]; [|discriminate].
  unfold against in neg; rewrite !andb_true_iff, Nat.eqb_eq, Qle_bool_iff, qlt_bool_true in neg.
  destruct neg as (lv & posQ & negW); intros t t0 small.
  assert (cQ : sized (length W) Q) by (rewrite <- len; now apply sized_square).
  pose proof (sized_mscale t _ _ (sized_square W sW)) as cW.
  assert (lm : length v = length (msub (mscale t W) Q)).
  { unfold msub; rewrite zip_with_length; [exact (eq_trans lv (eq_sym len))|].
    unfold mscale; rewrite map_length; exact (eq_sym len). }
  specialize (small v lm); rewrite (qform_msub _ _ _ _ cW cQ lv), qform_mscale in small.
  nra.
Qed.

(* ---- Factorisations and witnesses that a certificate gives ---- *)
(* M = L D L' with L unit lower triangular, as the list of the pivots, each with the rest of its
   column of L: the first pivot d and column (1; r) add d (1; r) (1; r)'. *)
Definition factorisation := list (Q * vec).
Fixpoint unschur (d : Q) (r c : vec) (R : mat) : mat :=
  match c, R with
  | ci :: c', row :: R' =>
      let t := qmul d ci in
      (t :: zip_with (fun x y => Qred (x + t * y)) row r) :: unschur d r c' R'
  | _, _ => []
  end.
Fixpoint rebuilt (l : factorisation) : mat :=
  match l with
  | [] => []
  | (d, r) :: l' => (d :: map (qmul d) r) :: unschur d r r (rebuilt l')
  end.
Fixpoint right_sizes (l : factorisation) : bool :=
  match l with [] => true | (_, r) :: l' => Nat.eqb (length r) (length l') && right_sizes l' end.
Definition factor_test (strict : bool) (M : mat) (l : factorisation) : bool :=
  right_sizes l && (meq_bool M (rebuilt l) &&
  forallb (fun dr => if strict then qlt_bool 0 (fst dr) else Qle_bool 0 (fst dr)) l).

Fixpoint squares (l : factorisation) (v : vec) : Q :=
  match l, v with
  | (d, r) :: l', x :: w => d * ((x + dot r w) * (x + dot r w)) + squares l' w
  | _, _ => 0
  end.
Lemma unschur_length d r c R : length c = length R -> length (unschur d r c R) = length R.
Proof.
  revert R; induction c as [|ci c IH]; intros [|row R] len; cbn in *; try discriminate; auto.
Qed.
Lemma sized_rebuilt l : right_sizes l = true -> sized (length l) (rebuilt l).
Proof.
  induction l as [|[d r] l IH]; cbn [right_sizes rebuilt length];
    [intros _; split; [reflexivity | constructor]|].
  rewrite andb_true_iff, Nat.eqb_eq; intros [lr rs]; destruct (IH rs) as [lM rows].
  assert (len : length r = length (rebuilt l)) by (etransitivity; [exact lr | exact (eq_sym lM)]).
  split; [cbn; rewrite unschur_length by exact len; exact (f_equal S lM)|].
  constructor; [cbn; rewrite map_length; exact (f_equal S lr)|].
  assert (general : forall c, length c = length (rebuilt l) ->
    Forall (fun row => length row = S (length l)) (unschur d r c (rebuilt l))).
  { clear len lM IH; induction rows as [|row R rn rows IHr]; intros [|ci c] len; cbn in *;
      try discriminate; [constructor|].
    constructor; [cbn; rewrite zip_with_length; [exact (f_equal S lr)|]|].
    - exact (eq_trans rn (eq_sym lr)).
    - apply IHr; exact (eq_add_S _ _ len). }
  exact (general r len).
Qed.
Lemma unschur_form d r c R u x w : length c = length R ->
  Forall (fun row => length row = length r) R ->
  dot u (map (fun row => dot row (x :: w)) (unschur d r c R)) ==
  d * (x + dot r w) * dot u c + dot u (map (fun row => dot row w) R).
Proof.
  intros len rows; revert c u len; induction rows as [|row R rn rows IH]; intros [|ci c] [|y u] len;
    cbn [unschur map]; rewrite ?dot_nil; try (cbn; ring); try discriminate.
  injection len as len; rewrite !dot_cons, (IH c u len), (dot_comm _ w).
  rewrite (dot_zip (fun a b => Qred (a + qmul d ci * b)) w row r (qmul d ci) rn).
  - unfold qmul; rewrite Qred_correct, (dot_comm w row), (dot_comm w r); ring.
  - intros a b; apply Qred_correct.
Qed.
Lemma qform_rebuilt l v : right_sizes l = true -> length v = length l ->
  qform (rebuilt l) v == squares l v.
Proof.
  revert v; induction l as [|[d r] l IH]; intros [|x w] rs lv; cbn in lv; try discriminate;
    [reflexivity|].
  injection lv as lv; cbn [right_sizes] in rs; rewrite andb_true_iff, Nat.eqb_eq in rs.
  destruct rs as [lr rs]; destruct (sized_rebuilt l rs) as [lM rows].
  unfold qform; cbn [rebuilt map squares]; rewrite !dot_cons, unschur_form.
  - rewrite <- (IH w rs lv); unfold qform; rewrite dot_scale, (dot_comm w r); ring.
  - etransitivity; [exact lr | exact (eq_sym lM)].
  - revert rows; apply Forall_impl; intros row e; exact (eq_trans e (eq_sym lr)).
Qed.
Lemma squares_nonneg l v : forallb (fun dr => Qle_bool 0 (fst dr)) l = true -> 0 <= squares l v.
Proof.
  revert v; induction l as [|[d r] l IH]; intros [|x w]; cbn [forallb squares]; try lra.
  rewrite andb_true_iff, Qle_bool_iff; intros [d0 rest]; cbn in d0; specialize (IH w rest).
  pose proof (sq_nonneg (x + dot r w)); nra.
Qed.
Lemma squares_pos l v : right_sizes l = true -> length v = length l ->
  forallb (fun dr => qlt_bool 0 (fst dr)) l = true -> ~ is_zero v -> 0 < squares l v.
Proof.
  revert v; induction l as [|[d r] l IH]; intros [|x w] rs lv; cbn in lv; try discriminate;
    [intros _ H; destruct H; constructor|].
  injection lv as lv; cbn [right_sizes forallb squares] in *.
  rewrite !andb_true_iff, qlt_bool_true in *; destruct rs as [_ rs]; intros [d0 ds] nz; cbn in d0.
  assert (rest : 0 <= squares l w).
  { apply squares_nonneg; rewrite forallb_forall in *; intros y yl; specialize (ds y yl).
    rewrite qlt_bool_true in ds; apply Qle_bool_iff; lra. }
  pose proof (sq_nonneg (x + dot r w)) as sq.
  destruct (forallb (fun y => Qeq_bool y 0) w) eqn:zw.
  - assert (w0 : Forall (fun y => y == 0) w).
    { rewrite forallb_forall in zw; apply Forall_forall; intros y yw; apply Qeq_bool_iff, zw, yw. }
    assert (x0 : ~ x == 0) by (intros e; apply nz; now constructor).
    assert (e : x + dot r w == x) by (rewrite dot_comm, (zero_dot w r w0); ring).
    rewrite e in *; assert (0 < x * x) by (destruct (Q_dec x 0) as [[h|h]|h]; [nra|nra|contradiction]).
    nra.
  - assert (nw : ~ is_zero w).
    { intros w0; rewrite <- not_true_iff_false in zw; apply zw.
      rewrite forallb_forall; unfold is_zero in w0; rewrite Forall_forall in w0.
      intros y yw; apply Qeq_bool_iff, w0, yw. }
    specialize (IH w rs lv ds nw); nra.
Qed.
Lemma qform_meq A B v : meq A B -> qform A v == qform B v.
Proof.
  intros AB; unfold qform; generalize v at 1 3 as u.
  induction AB as [|r s A B rs AB IH]; intros [|z u]; try reflexivity.
  cbn [map]; rewrite !dot_cons, IH, (dot_comm r), (dot_comm s), (dot_eq v r s rs); reflexivity.
Qed.
Lemma Forall2_same_length {A B} (R : A -> B -> Prop) u v : Forall2 R u v -> length u = length v.
Proof. induction 1; cbn; congruence. Qed.
Lemma factor_sound strict M l v : factor_test strict M l = true -> length v = length M ->
  0 <= qform M v /\ (strict = true -> ~ is_zero v -> 0 < qform M v).
Proof.
  unfold factor_test; rewrite !andb_true_iff, meq_bool_iff; intros (rs & same & pivots) lv.
  assert (len : length v = length l).
  { destruct (sized_rebuilt l rs) as [lR _].
    exact (eq_trans lv (eq_trans (Forall2_same_length _ _ _ same) lR)). }
  rewrite (qform_meq M _ v same), (qform_rebuilt l v rs len); split.
  - apply squares_nonneg; rewrite forallb_forall in *; intros y yl; specialize (pivots y yl).
    destruct strict; [rewrite qlt_bool_true in pivots; apply Qle_bool_iff; lra | exact pivots].
  - intros -> nz; now apply squares_pos.
Qed.

(* What a certificate shows before it is used inside a statement. *)
Lemma shown (P : Prop) : P -> Decides P true false.
Proof. constructor; [auto | discriminate]. Qed.
Lemma refuted (P : Prop) : ~ P -> Decides P false true.
Proof. constructor; [discriminate | auto]. Qed.
Lemma by_factor A B l : factor_test false (msub B A) l = true -> Decides (loewner A B) true false.
Proof. intros H; apply shown; intros v lv; now apply (factor_sound _ _ _ v H). Qed.
Lemma by_factor_lt A B l :
  factor_test true (msub B A) l = true -> Decides (loewner_lt A B) true false.
Proof. intros H; apply shown; intros v lv nz; now apply (factor_sound _ _ _ v H). Qed.
Lemma by_witness A B v : refutes_psd (msub B A) v = true -> Decides (loewner A B) false true.
Proof. intros H; apply refuted, (refutes_psd_sound _ _ H). Qed.
Lemma by_witness_lt A B v : refutes_pd (msub B A) v = true -> Decides (loewner_lt A B) false true.
Proof. intros H; apply refuted, (refutes_pd_sound _ _ H). Qed.

(* ---- Stability in mean square, by the Lyapunov matrix ---- *)
Section Means.
Context {A : Type} (l : law A) (positive : Forall (fun wo => 0 < fst wo) l).
Lemma E_cons w o r (f : A -> Q) : E ((w, o) :: r) f == w * f o + E r f.
Proof. apply add_product_correct. Qed.
Lemma E_le (f g : A -> Q) : Forall (fun wo => f (snd wo) <= g (snd wo)) l -> E l f <= E l g.
Proof.
  intros fg; induction l as [|[w o] r IH]; [apply Qle_refl|]; rewrite !E_cons.
  inversion_clear positive as [|? ? w0 ws]; inversion_clear fg as [|? ? fo fs]; cbn in *.
  specialize (IH ws fs); nra.
Qed.
Lemma E_ext (f g : A -> Q) : (forall o, f o == g o) -> E l f == E l g.
Proof.
  intros fg; clear positive; induction l as [|[w o] r IH]; [reflexivity|].
  now rewrite !E_cons, IH, fg.
Qed.
Lemma E_scale t (f : A -> Q) : E l (fun o => t * f o) == t * E l f.
Proof.
  clear positive; induction l as [|[w o] r IH]; [cbn; ring|]; rewrite !E_cons, IH; ring.
Qed.
End Means.

Fixpoint eye (n : nat) : mat :=
  match n with O => [] | S n' => (1 :: zeros n') :: map (cons 0) (eye n') end.
Lemma eye_length n : length (eye n) = n.
Proof. induction n as [|n IH]; cbn; [reflexivity | rewrite map_length; exact (f_equal S IH)]. Qed.
Lemma sized_eye n : sized n (eye n).
Proof.
  split; [apply eye_length|]; induction n as [|n IH]; cbn; constructor.
  - cbn; unfold zeros; now rewrite repeat_length.
  - apply Forall_map; revert IH; apply Forall_impl; intros row e; exact (f_equal S e).
Qed.
Lemma qform_eye n v : length v = n -> qform (eye n) v == dot v v.
Proof.
  revert v; induction n as [|n IH]; intros [|x w] lv; cbn in lv; try discriminate; [reflexivity|].
  injection lv as lv; cbn [eye]; rewrite qform_split.
  - replace (rest_columns (map (cons 0) (eye n))) with (eye n)
      by (unfold rest_columns; rewrite map_map; symmetry; apply map_id).
    rewrite IH by exact lv; rewrite dot_cons, zero_dot; [ring|].
    apply Forall_forall; intros y yz; apply repeat_spec in yz; subst; reflexivity.
  - unfold first_column; rewrite map_map; cbn [hd]; unfold zeros.
    assert (general : forall X : mat, Forall2 Qeq (map (fun _ => 0) X) (repeat 0 (length X))).
    { induction X as [|r X IHX]; cbn; constructor; [reflexivity | exact IHX]. }
    specialize (general (eye n)); rewrite eye_length in general; exact general.
Qed.

Lemma mv_length M v : length (mv M v) = length M.
Proof. apply map_length. Qed.
Lemma nth_seq_id (b : vec) : map (fun j => nth j b 0) (seq 0 (length b)) = b.
Proof.
  induction b as [|x b IH]; [reflexivity|]; cbn [length seq map nth]; f_equal.
  rewrite <- seq_shift, map_map; exact IH.
Qed.
Lemma dot_map_zip (s : list nat) (f g : nat -> Q) (y : Q) v :
  dot (map (fun j => add_product y (f j) (g j)) s) v == y * dot (map f s) v + dot (map g s) v.
Proof.
  revert v; induction s as [|j s IH]; intros [|x v]; try (cbn; ring).
  cbn [map]; rewrite !dot_cons, add_product_correct, IH; ring.
Qed.
(* u' (B v) through the columns of B, which have numbers 0 .. m-1. *)
Lemma dot_columns m B u v : Forall (fun row => length row = m) B -> length v = m ->
  dot (map (fun j => dot u (map (fun row => nth j row 0) B)) (seq 0 m)) v == dot u (mv B v).
Proof.
  intros rows lv; revert u; induction rows as [|b B lb rows IH]; intros u.
  - cbn [map mv]; rewrite dot_nil.
    apply zero_dot, Forall_map, Forall_forall; intros j _; now destruct u.
  - destruct u as [|y u].
    + cbn [mv map dot]; apply zero_dot, Forall_map, Forall_forall; reflexivity.
    + cbn [mv map]; rewrite dot_cons, <- (IH u).
      transitivity (dot (map (fun j => add_product y (nth j b 0)
        (dot u (map (fun row => nth j row 0) B))) (seq 0 m)) v); [reflexivity|].
      rewrite dot_map_zip; subst m; rewrite nth_seq_id; reflexivity.
Qed.

Lemma Forall2_map {A} (f g : A -> Q) (s : list A) :
  (forall j, f j == g j) -> Forall2 Qeq (map f s) (map g s).
Proof. intros fg; induction s; cbn; constructor; auto. Qed.
Lemma qpow_nonneg c k : 0 <= c -> 0 <= qpow_nat c k.
Proof.
  intros c0; induction k as [|k IH]; cbn [qpow_nat]; [lra|].
  unfold qmul; rewrite Qred_correct; nra.
Qed.
Lemma width_sized n M : sized n M -> width M = n.
Proof.
  intros [len rows]; unfold width; destruct rows as [|r M rn rows]; [exact len | exact rn].
Qed.
Lemma sized_transpose n M : sized n M -> sized n (transpose M).
Proof.
  intros sM; unfold transpose; rewrite (width_sized n M sM); destruct sM as [len rows].
  split; [now rewrite map_length, seq_length|].
  apply Forall_map, Forall_forall; intros j _; now rewrite map_length.
Qed.
Lemma sized_mmul n M B : sized n M -> sized n B -> sized n (mmul M B).
Proof.
  intros [len rows] sB; unfold mmul; split; [now rewrite map_length|].
  apply Forall_map, Forall_forall; intros row _; rewrite map_length.
  apply (sized_transpose n B sB).
Qed.
Lemma mv_mmul n M B v : sized n M -> sized n B -> length v = n ->
  Forall2 Qeq (mv (mmul M B) v) (mv M (mv B v)).
Proof.
  intros _ sB lv; unfold mv at 1 2, mmul, transpose; rewrite (width_sized n B sB), map_map.
  destruct sB as [_ rows]; induction M as [|row M IH]; cbn [map]; constructor; [|exact IH].
  rewrite map_map; apply (dot_columns n B row v rows lv).
Qed.
Lemma qform_dot M v : qform M v = dot v (mv M v).
Proof. reflexivity. Qed.
Lemma qform_pull n M P v : sized n M -> sized n P -> length v = n ->
  qform (mmul (transpose M) (mmul P M)) v == qform P (mv M v).
Proof.
  intros sM sP lv; rewrite !qform_dot.
  rewrite (dot_eq v _ _ (mv_mmul n _ _ v (sized_transpose n M sM) (sized_mmul n P M sP sM) lv)).
  set (z := mv (mmul P M) v).
  transitivity (dot z (mv M v)).
  - rewrite <- (dot_columns n M z v (proj2 sM) lv), (dot_comm _ v).
    unfold mv at 1, transpose; rewrite (width_sized n M sM), map_map.
    apply dot_eq, Forall2_map; intros j; apply dot_comm.
  - rewrite dot_comm; apply dot_eq, (mv_mmul n P M v sP sM lv).
Qed.

Lemma sized_madd n M B : sized n M -> sized n B -> sized n (madd M B).
Proof.
  intros [lM rM] [lB rB]; unfold madd; split.
  - rewrite zip_with_length; [exact lB | exact (eq_trans lM (eq_sym lB))].
  - assert (len : length M = length B) by exact (eq_trans lM (eq_sym lB)); clear lM lB.
    revert B rB len; induction rM as [|r M rn rM IH]; intros [|s B] rB len; cbn; try discriminate;
      constructor; inversion_clear rB as [|? ? sn rB'].
    + rewrite zip_with_length; [exact sn | exact (eq_trans rn (eq_sym sn))].
    + apply IH; [exact rB' | now injection len].
Qed.
Lemma qform_madd n M B v : sized n M -> sized n B -> length v = n ->
  qform (madd M B) v == qform M v + qform B v.
Proof.
  intros sM sB lv; unfold madd; rewrite (qform_zip qadd M B v 1 n sM sB lv); [ring|].
  intros x y; unfold qadd; rewrite Qred_correct; ring.
Qed.
Lemma sized_msub n M B : sized n M -> sized n B -> length (msub M B) = n.
Proof.
  intros [lM _] [lB _]; unfold msub.
  rewrite zip_with_length; [exact lB | exact (eq_trans lM (eq_sym lB))].
Qed.
Lemma qform_EM {A} (l : law A) (f : A -> mat) n v : l <> [] ->
  Forall (fun wo => sized n (f (snd wo))) l -> length v = n ->
  sized n (EM l f) /\ qform (EM l f) v == E l (fun o => qform (f o) v).
Proof.
  intros some sizes lv; destruct sizes as [|[w o] l so sizes]; [congruence|]; clear some.
  unfold EM; cbn [map msum_list fst snd]; cbn in so.
  assert (general : forall acc, sized n acc ->
    let total := fold_left madd (map (fun wo => mscale (fst wo) (f (snd wo))) l) acc in
    sized n total /\ qform total v == qform acc v + E l (fun o => qform (f o) v)).
  { induction sizes as [|[u p] l sp sizes IH]; intros acc sa; cbn [map fold_left].
    - split; [exact sa | cbn; ring].
    - cbn in sp; pose proof (sized_mscale u n (f p) sp) as su.
      destruct (IH _ (sized_madd n _ _ sa su)) as [h1 h2]; split; [exact h1|].
      rewrite h2, (qform_madd n _ _ v sa su lv), E_cons; cbn [fst snd]; rewrite qform_mscale; ring. }
  destruct (general _ (sized_mscale w n (f o) so)) as [h1 h2]; split; [exact h1|].
  rewrite h2, E_cons, qform_mscale; reflexivity.
Qed.

Section Lyapunov.
Context {A : Type} (l : law A) (M : A -> mat) (n : nat).
Context (some : l <> []) (positive : Forall (fun wo => 0 < fst wo) l)
        (sizes : Forall (fun wo => sized n (M (snd wo))) l).
Definition pulled (P : mat) : mat := EM l (fun o => mmul (transpose (M o)) (mmul P (M o))).
Lemma pulled_sized P : sized n P -> sized n (pulled P).
Proof.
  intros sP; apply (qform_EM l _ n (zeros n)); [exact some | | apply repeat_length].
  revert sizes; apply Forall_impl; intros [w o] so; cbn in *.
  apply sized_mmul; [now apply sized_transpose | now apply sized_mmul].
Qed.
Lemma qform_pulled P v : sized n P -> length v = n ->
  qform (pulled P) v == E l (fun o => qform P (mv (M o) v)).
Proof.
  intros sP lv; unfold pulled.
  assert (each : Forall (fun wo => sized n (mmul (transpose (M (snd wo))) (mmul P (M (snd wo))))) l).
  { revert sizes; apply Forall_impl; intros [w o] so; cbn in *.
    apply sized_mmul; [now apply sized_transpose | now apply sized_mmul]. }
  destruct (qform_EM l (fun o => mmul (transpose (M o)) (mmul P (M o))) n v some each lv) as [_ e].
  rewrite e; clear e each some positive.
  induction sizes as [|[w o] r so sizes' IH]; [reflexivity|].
  rewrite !E_cons, (IH sizes'); cbn in so.
  now rewrite (qform_pull n (M o) P v so sP lv).
Qed.

Lemma mean_after_le (F G : vec -> Q) : (forall v, length v = n -> F v <= G v) ->
  forall k v, length v = n -> mean_after l M k v F <= mean_after l M k v G.
Proof.
  intros FG; induction k as [|k IH]; intros v lv; cbn [mean_after]; [now apply FG|].
  apply E_le; [exact positive|]; revert sizes; apply Forall_impl; intros [w o] so; cbn in *.
  apply IH; rewrite mv_length; apply so.
Qed.
Lemma mean_after_scale t (F : vec -> Q) k v :
  mean_after l M k v (fun w => t * F w) == t * mean_after l M k v F.
Proof.
  revert v; induction k as [|k IH]; intros v; cbn [mean_after]; [reflexivity|].
  rewrite <- E_scale; apply E_ext; intros o; apply IH.
Qed.
(* E[A' P A] <= c P bounds E q(x^k) by c^k q(x^0), q the form of P. *)
Lemma mean_after_bound P c k v : sized n P -> 0 <= c ->
  (forall w, length w = n -> qform (pulled P) w <= c * qform P w) -> length v = n ->
  mean_after l M k v (qform P) <= qpow_nat c k * qform P v.
Proof.
  intros sP c0 shrinks; revert v; induction k as [|k IH]; intros v lv; cbn [mean_after qpow_nat].
  - lra.
  - unfold qmul; rewrite Qred_correct.
    apply Qle_trans with (E l (fun o => qpow_nat c k * qform P (mv (M o) v))).
    + apply E_le; [exact positive|]; revert sizes; apply Forall_impl; intros [w o] so; cbn in *.
      apply IH; rewrite mv_length; apply so.
    + rewrite E_scale, <- (qform_pulled P v sP lv).
      specialize (shrinks v lv); pose proof (qpow_nonneg c k c0); nra.
Qed.
End Lyapunov.

Definition sized_bool (n : nat) (M : mat) : bool :=
  Nat.eqb (length M) n && forallb (fun row => Nat.eqb (length row) n) M.
Lemma sized_bool_iff n M : sized_bool n M = true <-> sized n M.
Proof.
  unfold sized_bool, sized; rewrite andb_true_iff, Nat.eqb_eq, forallb_forall, Forall_forall.
  split; intros [len rows]; (split; [exact len|]); intros row R; apply Nat.eqb_eq, rows, R.
Qed.
Definition law_test {A} (l : law A) (M : A -> mat) (n : nat) : bool :=
  match l with [] => false | _ => true end &&
  (forallb (fun wo => qlt_bool 0 (fst wo)) l && forallb (fun wo => sized_bool n (M (snd wo))) l).
Lemma law_test_ok {A} (l : law A) M n : law_test l M n = true ->
  l <> [] /\ Forall (fun wo => 0 < fst wo) l /\ Forall (fun wo => sized n (M (snd wo))) l.
Proof.
  unfold law_test; rewrite !andb_true_iff, !forallb_forall; intros (some & pos & sz); repeat split.
  - destruct l; congruence.
  - apply Forall_forall; intros wo i; apply qlt_bool_true, pos, i.
  - apply Forall_forall; intros wo i; apply sized_bool_iff, sz, i.
Qed.

(* P with I <= P <= C I and E[A' P A] <= c P. *)
Definition stable_test {A} (l : law A) (M : A -> mat) (size : Q) (P : mat) (C c : Q) : bool :=
  let n := nat_of size in
  law_test l M n && (sized_bool n P && (Qle_bool 0 c && (qlt_bool c 1 &&
  (psd_test false (msub P (eye n)) && (psd_test false (msub (mscale C (eye n)) P) &&
   psd_test false (msub (mscale c P) (pulled l M P))))))).
Lemma by_lyapunov {A} (l : law A) M size P C c : stable_test l M size P C c = true ->
  Decides (mean_square_stable l M size) true false.
Proof.
  unfold stable_test; rewrite !andb_true_iff, sized_bool_iff, Qle_bool_iff, qlt_bool_true.
  set (n := nat_of size); intros (ok & sP & c0 & c1 & low & high & shrinks); apply shown.
  destruct (law_test_ok l M n ok) as (some & pos & sizes).
  apply psd_test_sound in low, high, shrinks.
  pose proof (sized_eye n) as sI; pose proof (sized_mscale C n _ sI) as sC.
  pose proof (sized_mscale c n P sP) as sc; pose proof (pulled_sized l M n some sizes P sP) as sS.
  exists C, c; repeat split; auto; intros k v lv.
  assert (below : forall w, length w = n -> dot w w <= qform P w).
  { intros w lw; specialize (low w); rewrite (sized_msub n P _ sP sI) in low; specialize (low lw).
    rewrite (qform_msub P _ w n sP sI lw), (qform_eye n w lw) in low; lra. }
  assert (above : qform P v <= C * dot v v).
  { specialize (high v); rewrite (sized_msub n _ P sC sP) in high; specialize (high lv).
    rewrite (qform_msub _ P v n sC sP lv), qform_mscale, (qform_eye n v lv) in high; lra. }
  assert (bound : forall w, length w = n -> qform (pulled l M P) w <= c * qform P w).
  { intros w lw; specialize (shrinks w); rewrite (sized_msub n _ _ sc sS) in shrinks.
    specialize (shrinks lw); rewrite (qform_msub _ _ w n sc sS lw), qform_mscale in shrinks; lra. }
  apply Qle_trans with (mean_after l M k v (qform P));
    [apply (mean_after_le l M n pos sizes _ _ below k v lv)|].
  pose proof (mean_after_bound l M n some pos sizes P c k v sP c0 bound lv).
  pose proof (qpow_nonneg c k c0); nra.
Qed.

Lemma bernoulli c k : 0 <= c -> c < 1 ->
  qpow_nat c k * (1 + inject_Z (Z.of_nat k) * (1 - c)) <= 1.
Proof.
  intros c0 c1; induction k as [|k IH]; [change (inject_Z (Z.of_nat 0)) with 0; cbn [qpow_nat]; lra|].
  rewrite Nat2Z.inj_succ, <- Z.add_1_r, inject_Z_plus; change (inject_Z 1) with 1.
  cbn [qpow_nat]; unfold qmul; rewrite Qred_correct.
  assert (k0 : 0 <= inject_Z (Z.of_nat k)).
  { change 0 with (inject_Z 0); rewrite <- Zle_Qle; lia. }
  set (t := inject_Z (Z.of_nat k)) in *; pose proof (qpow_nonneg c k c0) as p0.
  set (p := qpow_nat c k) in *.
  assert (step : c * (1 + (t + 1) * (1 - c)) <= 1 + t * (1 - c)).
  { setoid_replace (c * (1 + (t + 1) * (1 - c)))
      with (1 + t * (1 - c) - (t + 1) * ((1 - c) * (1 - c))) by ring.
    assert (0 <= (1 - c) * (1 - c)) by nra; nra. }
  nra.
Qed.
Lemma pow_small c e : 0 <= c -> c < 1 -> 0 < e -> exists k, qpow_nat c k < e.
Proof.
  intros c0 c1 e0; set (x := / (e * (1 - c))).
  assert (d0 : 0 < e * (1 - c)) by nra.
  exists (Z.to_nat (Qceiling x)); set (k := Z.to_nat (Qceiling x)).
  assert (xk : x <= inject_Z (Z.of_nat k)).
  { apply Qle_trans with (inject_Z (Qceiling x)); [apply Qle_ceiling|].
    rewrite <- Zle_Qle; unfold k; lia. }
  pose proof (bernoulli c k c0 c1) as b; pose proof (qpow_nonneg c k c0) as p0.
  set (p := qpow_nat c k) in *; set (t := inject_Z (Z.of_nat k)) in *.
  assert (one : 1 <= t * (1 - c) * e).
  { assert (e1 : x * (e * (1 - c)) == 1) by (unfold x; field; nra).
    assert (le : x * (e * (1 - c)) <= t * (e * (1 - c))) by (apply Qmult_le_compat_r; lra).
    setoid_replace (t * (1 - c) * e) with (t * (e * (1 - c))) by ring; lra. }
  destruct (Qlt_le_dec p e) as [h|h]; [exact h|]; nra.
Qed.

(* P with E[A' P A] <= P >= - t I and v' P v < 0: then E x_k' P x_k stays below v' P v < 0. *)
Definition unstable_test {A} (l : law A) (M : A -> mat) (size : Q) (P : mat) (t : Q) (v : vec)
    : bool :=
  let n := nat_of size in
  law_test l M n && (sized_bool n P && (Qle_bool 0 t && (Nat.eqb (length v) n &&
  (qlt_bool (qform P v) 0 && (psd_test false (madd (mscale t (eye n)) P) &&
   psd_test false (msub P (pulled l M P))))))).
Lemma by_growth {A} (l : law A) M size P t v : unstable_test l M size P t v = true ->
  Decides (mean_square_stable l M size) false true.
Proof.
  unfold unstable_test; rewrite !andb_true_iff, sized_bool_iff, Qle_bool_iff, qlt_bool_true.
  rewrite Nat.eqb_eq; set (n := nat_of size).
  intros (ok & sP & t0 & lv & neg & low & shrinks); apply refuted; intros (C & c & c0 & c1 & stable).
  destruct (law_test_ok l M n ok) as (some & pos & sizes).
  apply psd_test_sound in low, shrinks.
  pose proof (sized_eye n) as sI; pose proof (sized_mscale t n _ sI) as st.
  pose proof (pulled_sized l M n some sizes P sP) as sS.
  assert (below : forall w, length w = n -> - t * dot w w <= qform P w).
  { intros w lw; specialize (low w); destruct (sized_madd n _ _ st sP) as [lm _].
    rewrite lm in low; specialize (low lw).
    rewrite (qform_madd n _ P w st sP lw), qform_mscale, (qform_eye n w lw) in low; lra. }
  assert (bound : forall w, length w = n -> qform (pulled l M P) w <= 1 * qform P w).
  { intros w lw; specialize (shrinks w); rewrite (sized_msub n _ _ sP sS) in shrinks.
    specialize (shrinks lw); rewrite (qform_msub _ _ w n sP sS lw) in shrinks; lra. }
  assert (p1 : forall k, qpow_nat 1 k == 1).
  { induction k as [|k IH]; [reflexivity|]; cbn [qpow_nat]; unfold qmul.
    rewrite Qred_correct, IH; reflexivity. }
  assert (every_k : forall k, - qform P v <= t * C * dot v v * qpow_nat c k).
  { intros k; pose proof (mean_after_bound l M n some pos sizes P 1 k v sP ltac:(lra) bound lv) as up.
    rewrite p1 in up; pose proof (mean_after_le l M n pos sizes _ _ below k v lv) as down.
    rewrite (mean_after_scale l M) in down.
    pose proof (stable k v lv) as small; nra. }
  set (K := t * C * dot v v) in *; set (q := - qform P v) in *.
  assert (q0 : 0 < q) by (unfold q; lra).
  assert (K0 : 0 < K) by (specialize (every_k O); cbn in every_k; lra).
  assert (e0 : 0 < q / K) by (apply Qlt_shift_div_l; lra).
  destruct (pow_small c (q / K) c0 c1 e0) as [k small]; specialize (every_k k).
  apply (Qmult_lt_l _ _ K K0) in small.
  assert (K * (q / K) == q) by (field; lra); lra.
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
Definition dec_is_lyapunov {A} (l : law A) M P
  (H : Decides (symmetric P /\
    meq (msub P (EM l (fun o => mmul (transpose (M o)) (mmul P (M o))))) (ident (count P))) y n) :
  Decides (is_lyapunov l M P) y n := H.
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
  dec_psd dec_pd dec_is_least_factor dec_no_factor dec_bool
  dec_Forall2_root dec_symmetric dec_is_inverse dec_is_solution dec_is_root
  dec_is_diagonal_root dec_is_lambda_max dec_is_lambda_min dec_is_law : cert.
(* After the factorisations and witnesses that a certificate gives. *)
#[export] Hint Resolve dec_loewner dec_loewner_lt dec_is_lyapunov | 10 : cert.
