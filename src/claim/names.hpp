// The names that every claim can use, as enumerations (docs/semantics.md 3.1, 3.2, 6). A walker
// over claims switches over them without `default`, so that the compiler names the walker that
// forgot one.
#pragma once

#include <string>

// Also where a program is compiled without -Wall.
#pragma GCC diagnostic error "-Wswitch"

namespace istcheck::claim {

/// A name that stands alone: Lbar. `none`: a name that the claim binds, or no name.
enum class Constant : unsigned char {
  none,
#define CONSTANT(name, ...) name,
#include "claim/names.def"
};

/// A name with an index in brackets: L[i], x[k].
enum class Indexed : unsigned char {
  none,
#define INDEXED(name, ...) name,
#define ITERATE(name, ...) name,
#include "claim/names.def"
};

/// A function: trace(A), f[i](x).
enum class Function : unsigned char {
  none,
#define FUNCTION(name, ...) name,
#define METHOD_FUNCTION(name, ...) name,
#define CHOICE(name, ...) name,
#include "claim/names.def"
};

/// What runs over indices and has a value: sum(i in … : …).
enum class Fold : unsigned char {
  none,
#define FOLD(name, ...) name,
#include "claim/names.def"
};

/// What an index runs over: numbers low..high, or one of these.
enum class Domain : unsigned char {
  range,
#define DOMAIN(name, ...) name,
#include "claim/names.def"
};

#define WORD(name, spelling) inline constexpr const char* name = spelling;
#include "claim/names.def"

// By spelling alone; `none` (for a domain `range`) when it is no such name.
Constant constant_named(const std::string& name);
Indexed indexed_named(const std::string& name);
Function function_named(const std::string& name);
Fold fold_named(const std::string& name);
Domain domain_named(const std::string& name);
/// One of those that only methods as text have.
bool is_of_method(Function name);

// As it is written; "" for `none` and `range`.
const char* to_text(Constant name);
const char* to_text(Indexed name);
const char* to_text(Function name);
const char* to_text(Fold name);
const char* to_text(Domain name);

}  // namespace istcheck::claim
