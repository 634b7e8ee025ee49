// Which segments to merge: neighbours only, so that DocIds stay in order.
//
// A segment's level is the logarithm of its live documents to the base kFanIn. kFanIn segments of
// one level with none higher between them become one segment (and take with them the lower ones in
// between), which is of a higher level: so an article is rewritten once a level, and there are
// fewer than kFanIn segments a level. A segment that has lost a
// third of its documents is rewritten alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace stemma::compile {

inline constexpr std::size_t kFanIn = 8;

struct MergeCandidate {
  std::uint64_t documents = 0;  ///< with the deleted
  std::uint64_t deleted = 0;
};

/// Segments [first, last) are to be merged into one.
struct MergeChoice {
  std::size_t first = 0;
  std::size_t last = 0;
  friend bool operator==(const MergeChoice&, const MergeChoice&) = default;
};

/// The next merge, or nullopt if all is in order. Doing what it says until it says nothing ends.
[[nodiscard]] std::optional<MergeChoice> choose_merge(const std::vector<MergeCandidate>& segments);

}  // namespace stemma::compile
