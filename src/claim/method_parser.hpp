// A method's text to its statements. Private to the parsers.
#pragma once

#include "claim/expression_parser.hpp"
#include "claim/method.hpp"

namespace istcheck::claim {

/// thm2-sharp: names and numbers joined by '-' without blanks.
std::string hyphenated(TokenStream& in, const char* what);

/// Reads what follows the word `method`, with the names that the file has defined before. Throws
/// ClaimError.
Method parse_method(TokenStream& in, std::shared_ptr<const Source> source, Place place,
                    const Abbreviations& defined);

}  // namespace istcheck::claim
