// The oracle as a search: every match scored by the formula as it is written, all sorted, the page
// cut out. Same answer as the default executor, bit for bit, without its ideas.
#pragma once

#include "execution/plan.h"
#include "snapshot/snapshot.h"
#include "stemma/searcher.h"

namespace stemma::execution {

[[nodiscard]] Hits exhaustive_search(const snapshot::Snapshot& snapshot, const Plan& plan,
                                     const SearchOptions& options, Interrupt& interrupt);

}  // namespace stemma::execution
