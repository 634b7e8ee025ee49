// NEAR and ADJ: operands and distances to one node.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "query/leaves.h"
#include "query/node.h"
#include "query/notes.h"

namespace stemma::query {

/// One operator between two operands.
struct Distance {
  bool ordered = false;     ///< ADJ
  std::uint32_t words = 0;  ///< `/n`, 0 if none was given
  std::size_t offset = 0;
};

/// `distances[i]` stands between operands i and i+1. Operands may be words, phrases and unions of
/// them (`a NEAR (b OR c)` is `a NEAR b OR a NEAR c`); others are only required, with a note.
[[nodiscard]] Node make_proximity(std::vector<Node> operands,
                                  const std::vector<Distance>& distances, Leaves& leaves,
                                  Notes& notes);

}  // namespace stemma::query
