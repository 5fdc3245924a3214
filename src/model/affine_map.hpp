// The random affine map x⁺ = A x + a of a method, one round of it.
//
// Points are written in homogeneous coordinates (x; 1) of length D = d + 1, so the map is the
// random D × D matrix Â = [A a; 0 1], and gradient noise adds a centred vector with covariance N
// (given the sketch) to the first d coordinates. Â is stored as
//
//     Â = K + Σ_i Σ_t  P_i^{left} G_it P_i^{right}
//
// with a constant K, constant matrices G_it, and P_i the selection of worker i's sketch: its
// moments then follow from the selection law in closed form (dynamics/moments). Maps of higher
// degree in the sketch (several local steps), table sketches and problems with square roots among
// their numbers have no such form and are enumerated.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "exact/rational.hpp"
#include "exact/surd.hpp"
#include "model/problem.hpp"
#include "model/sketch.hpp"

namespace istcheck {

enum class MethodKind {
  gradient,
  sketched_gradient,
  ist,
  one_sided,
  compressed_gradient,
  compressed_iterate,
  compressed_update,
  text  ///< stands as text in a file (docs/semantics.md 17)
};

/// A method as text: what the case says of it, and the file that the case names.
struct MethodText {
  std::string name;       ///< of the method in the file
  std::string file;       ///< as the case names it
  std::string text;       ///< all of the file
  std::string path = {};  ///< where it was read, for messages
};

struct Method {
  MethodKind kind = MethodKind::sketched_gradient;
  int local_steps = 1;                               ///< only `ist` may take more than one
  std::shared_ptr<const MethodText> text = nullptr;  ///< of a kind `text`, and only there
};

/// "sketched-gradient", … as in case files; and back (nothing for an unknown name).
std::string name_of(MethodKind kind);
/// That of a method as text is its own.
std::string name_of(const Method& method);
std::optional<MethodKind> method_named(const std::string& name);
const std::vector<MethodKind>& all_methods();

/// Where a method sketches. Every method of the table is
///     w_i = [C_i] x;   T times  w_i ← w_i − γ [C_i] (L_i w_i − b_i);   x⁺ = (1/n) Σ w_i,
/// with C_i present or absent in the two places, except that without local steps the gradient may
/// be taken at C_i x while x itself is carried on, or the other way round.
struct SketchPlaces {
  bool carry;  ///< the iterate carried on is C_i x, not x
  bool left;   ///< the gradient is sketched
  bool right;  ///< the gradient is taken at C_i x, not at x
};
SketchPlaces places_of(MethodKind kind);

/// √radicand · P^{left} G P^{right}, with P the selection of one worker; G is D × D (d × d for
/// noise). Scales of a sketch are folded into G: C_i L C_i = P_i (Diag(s_i) L Diag(s_i)) P_i.
struct SelectionTerm {
  bool left = false, right = false;
  Integer radicand = 1;  ///< squarefree
  RationalMatrix G;
};

/// One drawn map: Â (D × D) and the covariance N (d × d) of the noise it adds, given the sketch.
template <class S>
struct DrawnMap {
  Matrix<S> A;
  Matrix<S> noise;
};

class RandomAffineMap {
 public:
  Index d() const { return problem_->d(); }
  const Sketch& sketch() const { return sketch_; }

  /// Whether Â is a constant plus a sum of selection terms.
  bool has_terms() const { return has_terms_; }
  const RationalMatrix& constant() const { return constant_; }                     ///< K, D × D
  const std::vector<std::vector<SelectionTerm>>& terms() const { return terms_; }  ///< [worker][t]
  /// Covariances added to x⁺: Σ_i P_i^{left} N_i P_i^{left}, as d × d terms with left == right.
  const std::vector<std::vector<SelectionTerm>>& noise_terms() const { return noise_terms_; }
  bool has_noise() const { return has_noise_; }

  /// All outcomes; memory does not grow with their number. visit returns false to stop.
  template <class S>
  void enumerate(
      const std::function<bool(const Rational& weight, const DrawnMap<S>&)>& visit) const;

  /// One draw given C_1..C_n.
  template <class S>
  DrawnMap<S> draw(const std::vector<Matrix<S>>& C) const;

  friend RandomAffineMap method_map(const Problem&, const Sketch&, const Method&, const Surd&);
  friend RandomAffineMap estimator_map(const Problem&, const Sketch&);

 private:
  RandomAffineMap(const Problem& problem, const Sketch& sketch);
  Sketch sketch_;
  std::shared_ptr<const Problem> problem_;
  Method method_;
  Surd step_;
  bool estimator_ = false;
  bool has_terms_ = false, has_noise_ = false;
  RationalMatrix constant_;
  std::vector<std::vector<SelectionTerm>> terms_, noise_terms_;
};

/// The map of one round of `method` with step size γ = step, of any sign; the table of methods is
/// in docs/manual.md. Throws std::invalid_argument for local_steps < 1, or ≠ 1 where it has no
/// meaning.
RandomAffineMap method_map(const Problem& problem, const Sketch& sketch, const Method& method,
                           const Surd& step);

/// The estimator (26) as a map: g = B̄ x − C̄b with B̄ = (1/n) Σ C_i L_i C_i, C̄b = (1/n) Σ C_i b_i, so
/// Â = [B̄ −C̄b; 0 0]. No noise.
RandomAffineMap estimator_map(const Problem& problem, const Sketch& sketch);

}  // namespace istcheck
