// Which metadata fields the articles of a snapshot have: what the parser may read as `name:`.
#pragma once

#include <string>
#include <vector>

#include "snapshot/snapshot.h"

namespace stemma::execution {

/// Ascending, no repeats: fields with words and fields with numbers or dates.
[[nodiscard]] std::vector<std::string> field_names(const snapshot::Snapshot& snapshot);

}  // namespace stemma::execution
