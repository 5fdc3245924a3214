// Memory of numbers.
#pragma once

namespace istcheck {

/// From now on each thread keeps the small blocks that GMP frees and gives them out again. Exact
/// arithmetic makes and drops numbers of a few words without end, which took malloc two fifths of
/// the time. Nothing changes but the time; blocks may be freed by another thread than the one that
/// asked for them, and those of before this call too.
void keep_number_memory();

}  // namespace istcheck
