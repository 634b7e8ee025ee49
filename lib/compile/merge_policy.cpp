#include "compile/merge_policy.h"

#include <algorithm>

namespace stemma::compile {
namespace {

unsigned level_of(const MergeCandidate& segment) {
  unsigned level = 0;
  for (std::uint64_t live = segment.documents - segment.deleted; live >= kFanIn; live /= kFanIn) {
    ++level;
  }
  return level;
}

}  // namespace

std::optional<MergeChoice> choose_merge(const std::vector<MergeCandidate>& segments) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].deleted * 3 > segments[i].documents) return MergeChoice{i, i + 1};
  }
  std::vector<unsigned> levels;
  levels.reserve(segments.size());
  for (const MergeCandidate& segment : segments) levels.push_back(level_of(segment));
  const unsigned highest = levels.empty() ? 0 : *std::max_element(levels.begin(), levels.end());
  for (unsigned level = 0; level <= highest; ++level) {
    std::size_t first = 0;
    std::size_t of_this_level = 0;
    for (std::size_t i = 0; i <= levels.size(); ++i) {
      if (i < levels.size() && levels[i] <= level) {
        of_this_level += levels[i] == level ? 1U : 0U;
        continue;
      }
      if (of_this_level >= kFanIn) return MergeChoice{first, i};
      first = i + 1;
      of_this_level = 0;
    }
  }
  return std::nullopt;
}

}  // namespace stemma::compile
