// Positions to spans: where phrases stand in one document, and whether they stand near each other.
//
// Pure functions over sorted positions; no postings here. The meanings are Xapian's OP_PHRASE
// (strictly ascending positions) and OP_NEAR (distinct positions in any order), all within `window`
// positions counted from the first to the last; over phrases, spans that do not overlap take the
// place of positions. NEAR is exact: where several words share positions, Xapian's greedy walk can
// miss an arrangement that this finds (docs/QUERIES.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "execution/interrupt.h"

namespace stemma::execution {

/// First and last position covered.
struct Span {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

/// Ascending by `first`, and by `last` too.
using SpanList = std::vector<Span>;
/// Ascending, no repeats.
using Positions = std::span<const std::uint32_t>;

/// Calls visit(start) for each start such that slots[i] holds start + i for every i, ascending,
/// until it returns true. `at` is scratch.
template <class Visit>
void for_each_consecutive(const std::vector<Positions>& slots, std::vector<std::size_t>& at,
                          const Visit& visit) {
  // The slot with fewest positions proposes; the others only walk forward.
  std::size_t lead = 0;
  for (std::size_t i = 1; i < slots.size(); ++i) {
    if (slots[i].size() < slots[lead].size()) lead = i;
  }
  at.assign(slots.size(), 0);
  for (const std::uint32_t position : slots[lead]) {
    if (position < lead) continue;
    const auto start = position - static_cast<std::uint32_t>(lead);
    bool everywhere = true;
    for (std::size_t i = 0; everywhere && i < slots.size(); ++i) {
      const std::uint64_t wanted = std::uint64_t{start} + i;
      std::size_t& place = at[i];
      while (place < slots[i].size() && slots[i][place] < wanted) ++place;
      if (place == slots[i].size()) return;
      everywhere = slots[i][place] == wanted;
    }
    if (everywhere && visit(start)) return;
  }
}

/// For each span of operands[0], the shortest chain of one span of each operand, each behind the
/// one before, if it fits the window.
[[nodiscard]] SpanList chains(const std::vector<SpanList>& operands, std::uint32_t window);

/// Whether there is one span of each operand, no two overlapping, all within the window.
/// Unless all spans are single positions there may be at most kMaxNearPhrases operands.
[[nodiscard]] bool stand_near(const std::vector<SpanList>& operands, std::uint32_t window,
                              Interrupt& interrupt);

/// Deciding non-overlap of longer spans is hard in general: tables of 2^operands.
inline constexpr std::size_t kMaxNearPhrases = 12;

}  // namespace stemma::execution
