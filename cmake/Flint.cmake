# FLINT and Arb. Since version 3 FLINT contains Arb, and then there is no library to look for;
# src/exact/arb.hpp decides between the headers by the same sign.
find_library(FLINT_LIBRARY flint REQUIRED)
find_path(ISTCHECK_ARB_IN_FLINT flint/arb.h)
if(ISTCHECK_ARB_IN_FLINT)
  set(ARB_LIBRARY "")
else()
  find_library(ARB_LIBRARY NAMES flint-arb arb REQUIRED)
endif()
mark_as_advanced(FLINT_LIBRARY ISTCHECK_ARB_IN_FLINT ARB_LIBRARY)
