// Mechanical changes of a certificate: every number, sign, index, rule name and line order.
#pragma once

#include <functional>
#include <string>

namespace istcheck::mutation {

/// A changed certificate, and what was changed, "line 7: 12 -> 13".
using Visit = std::function<void(const std::string& text, const std::string& change)>;

/// Calls visit for every mutant whose text differs from the certificate's.
void for_every_mutant(const std::string& certificate, const Visit& visit);

}  // namespace istcheck::mutation
