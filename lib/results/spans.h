// Runs of tokens that stand together, and how they join: the positional half of highlighting.
//
// Xapian's meanings: ordered() is OP_PHRASE, unordered() is OP_NEAR, each within a window counted
// from the first to the last position covered. Operands may be runs themselves (phrases) and never
// overlap in one match.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace stemma::results {

/// Positions first to last, held by the tokens [tokens_begin, tokens_end) of SpanList::tokens.
struct Span {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t tokens_begin = 0;
  std::uint32_t tokens_end = 0;
};

/// Spans ascending by `first`, and by `last` too.
struct SpanList {
  std::vector<Span> spans;
  std::vector<std::uint32_t> tokens;

  void add(std::uint32_t first, std::uint32_t last, std::span<const std::uint32_t> members);
  [[nodiscard]] std::span<const std::uint32_t> tokens_of(const Span& span) const;
};

/// What ordered() finds.
struct Joined {
  SpanList spans;                      ///< for each place where a match begins, the shortest
  std::vector<std::uint32_t> members;  ///< tokens used by any match, ascending, no repeats
};

/// One span of each operand, one after the other, all within `window` positions.
[[nodiscard]] Joined ordered(const std::vector<SpanList>& operands, std::uint32_t window);

/// One span of each operand, in any order, none overlapping, all within `window` positions: the
/// tokens used by any such match, ascending, no repeats.
[[nodiscard]] std::vector<std::uint32_t> unordered(const std::vector<SpanList>& operands,
                                                   std::uint32_t window);

}  // namespace stemma::results
