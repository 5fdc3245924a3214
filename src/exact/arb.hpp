// Arb, wherever it is: inside of FLINT since version 3, a library beside FLINT before (Debian 12).
#pragma once

// Before FLINT 3 Arb's headers come after FLINT's, whose types they use.
#include <flint/fmpq_poly.h>
#if __has_include(<flint/arb.h>)
#include <flint/acb.h>
#include <flint/arb_fmpz_poly.h>
#include <flint/arb_mat.h>
#include <flint/arb_poly.h>
#define ISTCHECK_ARB_VERSION "inside of it"
#else
#include <acb.h>
#include <arb_fmpz_poly.h>
#include <arb_mat.h>
#include <arb_poly.h>
#define ISTCHECK_ARB_VERSION arb_version
#endif
