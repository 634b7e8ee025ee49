// NEAR in three steps, each dearer and rarer than the one before. A sweep moves the lowest start
// upward and asks whether every operand has a span between it and the window's end; then whether
// the first such spans happen to be apart; only then whether any choice is: bipartite matching for
// words (Kuhn 1955), earliest end by subset for phrases.
#include "execution/spans.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>

namespace stemma::execution {
namespace {

constexpr std::size_t kNobody = std::numeric_limits<std::size_t>::max();

// The spans of each operand that lie inside the present window.
using Choices = std::vector<std::span<const Span>>;

// Gives `operand` a position of its own, moving others to other positions where that helps.
// Iterative: a query may have a thousand operands, and recursion would be as deep.
class Matching {
 public:
  explicit Matching(const Choices& choices) : choices_(choices) {
    for (const auto& spans : choices) {
      for (const Span& span : spans) positions_.push_back(span.first);
    }
    std::sort(positions_.begin(), positions_.end());
    positions_.erase(std::unique(positions_.begin(), positions_.end()), positions_.end());
    owner_.assign(positions_.size(), kNobody);
  }

  // Breadth first: `reached_by_` remembers which operand first wanted each place.
  bool place(std::size_t operand) {
    reached_by_.assign(positions_.size(), kNobody);
    place_of_.assign(choices_.size(), kNobody);
    for (std::size_t i = 0; i < owner_.size(); ++i) {
      if (owner_[i] != kNobody) place_of_[owner_[i]] = i;
    }
    std::vector<std::size_t> queue{operand};
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const std::size_t asking = queue[head];
      for (const Span& span : choices_[asking]) {
        const auto found = std::lower_bound(positions_.begin(), positions_.end(), span.first);
        const auto place = static_cast<std::size_t>(found - positions_.begin());
        if (reached_by_[place] != kNobody) continue;
        reached_by_[place] = asking;
        if (owner_[place] == kNobody) {
          hand_over(place);
          return true;
        }
        queue.push_back(owner_[place]);
      }
    }
    return false;
  }

 private:
  void hand_over(std::size_t place) {
    while (place != kNobody) {
      const std::size_t taker = reached_by_[place];
      const std::size_t left = place_of_[taker];
      owner_[place] = taker;
      place = left;
    }
  }

  const Choices& choices_;
  std::vector<std::uint32_t> positions_;
  std::vector<std::size_t> owner_;
  std::vector<std::size_t> reached_by_;
  std::vector<std::size_t> place_of_;
};

bool distinct_positions_exist(const Choices& choices) {
  Matching matching(choices);
  for (std::size_t operand = 0; operand < choices.size(); ++operand) {
    if (!matching.place(operand)) return false;
  }
  return true;
}

// ends[subset]: the earliest position by which one span of each operand of `subset` can lie behind
// the other. Placing the one that ends last last is no restriction.
bool separate_spans_exist(const Choices& choices) {
  assert(choices.size() <= kMaxNearPhrases);
  constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();
  const std::size_t all = (std::size_t{1} << choices.size()) - 1;
  std::vector<std::uint64_t> ends(all + 1, kNever);  // one more than the last position covered
  ends[0] = 0;
  for (std::size_t subset = 0; subset < all; ++subset) {
    if (ends[subset] == kNever) continue;
    for (std::size_t operand = 0; operand < choices.size(); ++operand) {
      const std::size_t bit = std::size_t{1} << operand;
      if ((subset & bit) != 0) continue;
      const auto& spans = choices[operand];
      const auto next =
          std::lower_bound(spans.begin(), spans.end(), ends[subset],
                           [](const Span& span, std::uint64_t from) { return span.first < from; });
      if (next == spans.end()) continue;
      ends[subset | bit] = std::min(ends[subset | bit], std::uint64_t{next->last} + 1);
    }
  }
  return ends[all] != kNever;
}

// Whether the first span of each operand happens to lie apart from the others.
bool first_choices_apart(const Choices& choices, std::vector<Span>& chosen) {
  chosen.clear();
  for (const auto& spans : choices) chosen.push_back(spans.front());
  std::sort(chosen.begin(), chosen.end(),
            [](const Span& a, const Span& b) { return a.first < b.first; });
  for (std::size_t i = 1; i < chosen.size(); ++i) {
    if (chosen[i].first <= chosen[i - 1].last) return false;
  }
  return true;
}

bool all_single_positions(const std::vector<SpanList>& operands) {
  return std::all_of(operands.begin(), operands.end(), [](const SpanList& spans) {
    return std::all_of(spans.begin(), spans.end(),
                       [](const Span& span) { return span.first == span.last; });
  });
}

// The lowest start that any operand still has; false once one has no span left.
bool lowest_start(const std::vector<SpanList>& operands, const std::vector<std::size_t>& at,
                  std::uint32_t& lowest) {
  lowest = std::numeric_limits<std::uint32_t>::max();
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (at[i] == operands[i].size()) return false;
    lowest = std::min(lowest, operands[i][at[i]].first);
  }
  return true;
}

// Spans from `at` on that end before `end`, for each operand; false if one has none.
bool choices_before(const std::vector<SpanList>& operands, const std::vector<std::size_t>& at,
                    std::uint64_t end, Choices& choices) {
  choices.clear();
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const SpanList& spans = operands[i];
    if (spans[at[i]].last >= end) return false;
  }
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const SpanList& spans = operands[i];
    const auto begin = spans.begin() + static_cast<std::ptrdiff_t>(at[i]);
    const auto behind = std::partition_point(begin, spans.end(),
                                             [end](const Span& span) { return span.last < end; });
    choices.emplace_back(begin, behind);
  }
  return true;
}

}  // namespace

SpanList chains(const std::vector<SpanList>& operands, std::uint32_t window) {
  SpanList found;
  if (operands.empty()) return found;
  std::vector<std::size_t> at(operands.size(), 0);
  for (const Span& head : operands[0]) {
    std::uint32_t last = head.last;
    for (std::size_t i = 1; i < operands.size(); ++i) {
      std::size_t& place = at[i];
      while (place < operands[i].size() && operands[i][place].first <= last) ++place;
      if (place == operands[i].size()) return found;
      last = operands[i][place].last;
    }
    if (last - head.first < window) found.push_back({head.first, last});
  }
  return found;
}

bool stand_near(const std::vector<SpanList>& operands, std::uint32_t window, Interrupt& interrupt) {
  if (operands.empty()) return false;
  const bool words_only = all_single_positions(operands);
  std::vector<std::size_t> at(operands.size(), 0);
  Choices choices;
  std::vector<Span> chosen;
  for (std::uint32_t lowest = 0; lowest_start(operands, at, lowest);) {
    interrupt.tick();
    if (choices_before(operands, at, std::uint64_t{lowest} + window, choices)) {
      if (first_choices_apart(choices, chosen)) return true;
      if (words_only ? distinct_positions_exist(choices) : separate_spans_exist(choices)) {
        return true;
      }
    }
    for (std::size_t i = 0; i < operands.size(); ++i) {
      if (operands[i][at[i]].first == lowest) ++at[i];
    }
  }
  return false;
}

}  // namespace stemma::execution
