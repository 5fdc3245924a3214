#include "claim/same_sides.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "claim/printer.hpp"
#include "exact/integer.hpp"

namespace istcheck::claim {
namespace {

constexpr int kMostNormalParts = 5'000;
constexpr long kMostExponent = 64;

/// More parts than are compared.
struct PastLimit {};

/// An expression in a form in which equal ones have equal texts.
struct Normal {
  std::string text;
  std::optional<Rational> number;
  bool chance = false;  ///< draws or iterates occur outside of E
};

Normal normal_number(const Rational& value) { return {to_string(value), value, false}; }

bool is_number(const Normal& a, int value) { return a.number && *a.number == value; }

class Normalizer {
 public:
  Normalizer(const Claim& claim, const std::map<std::string, Value>& variables)
      : claim_(claim), variables_(variables) {}

  bool same(const Expr& e) {
    switch (e.op) {
      case Op::relation: {
        std::vector<Normal> sides;
        for (const auto& arg : e.args) sides.push_back(normal(*arg));
        return std::adjacent_find(sides.begin(), sides.end(), [](const auto& a, const auto& b) {
                 return a.number || b.number || a.text != b.text;
               }) == sides.end();
      }
      case Op::land:
        return std::all_of(e.args.begin(), e.args.end(), [&](const auto& a) { return same(*a); });
      case Op::implies:
        return same(*e.args[1]);
      case Op::quantifier:
        return e.name == "forall" && same(*e.args[0]);
      case Op::surely:
        return same(*e.args[0]);
      case Op::at_member:
        return same(*e.args[1]);
      case Op::name:
        return same(*definition(e.name).value);
      default:
        return false;
    }
  }

 private:
  const Claim& claim_;
  const std::map<std::string, Value>& variables_;
  int parts_ = 0;

  const Definition& definition(const std::string& name) const {
    return *std::find_if(claim_.definitions.begin(), claim_.definitions.end(),
                         [&](const Definition& d) { return d.name == name; });
  }

  Normal normal(const Expr& e) {
    if (++parts_ > kMostNormalParts) throw PastLimit();
    switch (e.op) {
      case Op::number:
        return normal_number(e.value);
      case Op::name:
        return name(e);
      case Op::index:
        if (e.indexed == Indexed::x) return iterate(e);
        break;
      case Op::neg:
      case Op::add:
      case Op::sub:
        return sum(e);
      case Op::mul:
        return product(e);
      case Op::div: {
        const Normal a = normal(*e.args[0]), b = normal(*e.args[1]);
        if (a.number && b.number && !b.number->is_zero())
          return normal_number(Rational(*a.number / *b.number));
        return is_number(b, 1)
                   ? a
                   : Normal{"(" + a.text + ")/(" + b.text + ")", {}, a.chance || b.chance};
      }
      case Op::pow: {
        const Normal a = normal(*e.args[0]), k = normal(*e.args[1]);
        if (is_number(k, 0) && e.type.shape == Shape::scalar) return normal_number(1);
        if (is_number(k, 1)) return a;
        if (a.number && k.number && denominator(*k.number) == 1 && *k.number > 0 &&
            *k.number <= kMostExponent)
          return normal_number(power(*a.number, static_cast<long>(numerator(*k.number))));
        return {"(" + a.text + ")^(" + k.text + ")", {}, a.chance};
      }
      case Op::expect: {
        const Normal a = normal(*e.args[0]);
        return a.chance ? Normal{"E[" + a.text + "]", {}, false} : a;
      }
      case Op::choose:
        if (const auto yes = decided(*e.args[0])) return normal(*e.args[*yes ? 1 : 2]);
        break;
      case Op::fold:
        if (e.fold == Fold::sum && e.type.shape == Shape::scalar && empty(e))
          return normal_number(0);
        break;
      default:
        break;
    }
    return other(e);
  }

  static Rational power(const Rational& a, long k) {
    Rational result = 1;
    for (; k > 0; --k) result *= a;
    return result;
  }

  Normal name(const Expr& e) {
    if (e.meaning == Meaning::definition) return normal(*definition(e.name).value);
    if (e.meaning == Meaning::variable) {
      const auto v = std::find_if(claim_.variables.begin(), claim_.variables.end(),
                                  [&](const Variable& one) { return one.name == e.name; });
      const auto value = variables_.find(e.name);
      if (v != claim_.variables.end() && v->kind == Kind::integer && value != variables_.end()) {
        const auto* s = std::get_if<Scalar>(&value->second);
        if (s != nullptr && s->is_rational()) return normal_number(s->rational());
      }
    }
    return {e.name, {}, e.type.random};
  }

  Normal iterate(const Expr& e) {
    const Normal k = normal(*e.args[0]);
    if (is_number(k, 0)) return {"x0", {}, false};
    return {"x[" + k.text + "]", {}, true};
  }

  /// Terms and their signs in the order of their texts.
  void terms(const Expr& e, bool minus, std::vector<std::string>& texts, Rational& constant,
             bool& chance) {
    if (e.op == Op::add || e.op == Op::sub) {
      terms(*e.args[0], minus, texts, constant, chance);
      return terms(*e.args[1], minus != (e.op == Op::sub), texts, constant, chance);
    }
    if (e.op == Op::neg) return terms(*e.args[0], !minus, texts, constant, chance);
    const Normal a = normal(e);
    chance = chance || a.chance;
    if (a.number) {
      constant += minus ? Rational(-*a.number) : *a.number;
    } else {
      texts.push_back((minus ? "-" : "+") + a.text);
    }
  }

  Normal sum(const Expr& e) {
    std::vector<std::string> texts;
    Rational constant = 0;
    bool chance = false;
    terms(e, false, texts, constant, chance);
    if (texts.empty()) return normal_number(constant);
    if (!constant.is_zero()) texts.push_back("+" + to_string(constant));
    std::sort(texts.begin(), texts.end());
    if (texts.size() == 1 && texts[0][0] == '+') return {texts[0].substr(1), {}, chance};
    std::string text = "(";
    for (const auto& t : texts) text += t;
    return {text + ")", {}, chance};
  }

  /// Factors that are numbers come first, in the order of their texts; matrices keep their order.
  void factors(const Expr& e, std::vector<std::string>& scalars, std::vector<std::string>& matrices,
               Rational& constant, bool& chance) {
    const bool inner =
        e.op == Op::mul && e.type.shape == Shape::scalar && e.args[0]->type.shape == Shape::matrix;
    if (e.op == Op::mul && !inner) {
      for (const auto& arg : e.args) factors(*arg, scalars, matrices, constant, chance);
      return;
    }
    const Normal a = inner ? product_of_matrices(e) : normal(e);
    chance = chance || a.chance;
    if (a.number) {
      constant *= *a.number;
    } else {
      (e.type.shape == Shape::scalar ? scalars : matrices).push_back(a.text);
    }
  }

  Normal product_of_matrices(const Expr& e) {
    std::vector<std::string> scalars, matrices;
    Rational constant = 1;
    bool chance = false;
    for (const auto& arg : e.args) factors(*arg, scalars, matrices, constant, chance);
    return assembled(constant, scalars, matrices, chance);
  }

  Normal product(const Expr& e) {
    std::vector<std::string> scalars, matrices;
    Rational constant = 1;
    bool chance = false;
    factors(e, scalars, matrices, constant, chance);
    return assembled(constant, scalars, matrices, chance);
  }

  static Normal assembled(const Rational& constant, std::vector<std::string>& scalars,
                          const std::vector<std::string>& matrices, bool chance) {
    if (constant.is_zero())
      return {"0", matrices.empty() ? std::optional(constant) : std::nullopt, chance};
    if (scalars.empty() && matrices.empty()) return normal_number(constant);
    std::sort(scalars.begin(), scalars.end());
    std::string text = constant == 1 ? "" : to_string(constant);
    for (const std::vector<std::string>* list : {&std::as_const(scalars), &matrices})
      for (const auto& f : *list) text += (text.empty() ? "" : "*") + f;
    return {text, {}, chance};
  }

  std::optional<bool> decided(const Expr& e) {
    if (e.op != Op::relation || e.args.size() != 2) return std::nullopt;
    const Normal a = normal(*e.args[0]), b = normal(*e.args[1]);
    if (!a.number || !b.number) return std::nullopt;
    switch (e.relations[0]) {
      case Relation::eq:
        return *a.number == *b.number;
      case Relation::ne:
        return *a.number != *b.number;
      case Relation::lt:
        return *a.number < *b.number;
      case Relation::le:
        return *a.number <= *b.number;
      case Relation::gt:
        return *a.number > *b.number;
      case Relation::ge:
        return *a.number >= *b.number;
      default:
        return std::nullopt;
    }
  }

  bool empty(const Expr& e) {
    const Binder& b = e.binders[0];
    if (b.domain != Domain::range) return false;
    const Normal low = normal(*b.low), high = normal(*b.high);
    return low.number && high.number && *high.number < *low.number;
  }

  /// Any other construct by its parts.
  Normal other(const Expr& e) {
    Normal result{std::to_string(static_cast<int>(e.op)) + e.name + "(", {}, e.type.random};
    for (const Relation r : e.relations) result.text += to_text(r);
    for (const auto& b : e.binders) {
      result.text += b.name + ":" + std::to_string(static_cast<int>(b.domain));
      if (b.kind)
        result.text += to_text(*b.kind);
      else if (b.domain == Domain::range)
        result.text += normal(*b.low).text + ".." + normal(*b.high).text;
      result.text += ",";
    }
    for (const auto& arg : e.args) {
      const Normal a = normal(*arg);
      result.text += a.text + ",";
      result.chance = result.chance || a.chance;
    }
    result.text += ")";
    return result;
  }
};

}  // namespace

bool same_sides(const Expr& statement, const Claim& claim,
                const std::map<std::string, Value>& variables) try {
  return Normalizer(claim, variables).same(statement);
} catch (const PastLimit&) {
  return false;
}

}  // namespace istcheck::claim
