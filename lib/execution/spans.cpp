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

// Gives each operand a position of its own, moving others to other positions where that helps.
// Iterative: a query may have a thousand operands, and recursion would be as deep.
class Matching {
 public:
  /// `positions`: every position that `choices` hold, ascending.
  Matching(const Choices& choices, Positions positions, Interrupt& interrupt)
      : choices_(choices),
        positions_(positions),
        interrupt_(interrupt),
        owner_(positions.size(), kNobody) {}

  bool place(std::size_t operand) { return take_free(operand) || displace(operand); }

 private:
  std::size_t place_of(const Span& span) {
    interrupt_.tick();
    const auto found = std::lower_bound(positions_.begin(), positions_.end(), span.first);
    return static_cast<std::size_t>(found - positions_.begin());
  }

  bool take_free(std::size_t operand) {
    for (const Span& span : choices_[operand]) {
      const std::size_t place = place_of(span);
      if (owner_[place] != kNobody) continue;
      owner_[place] = operand;
      return true;
    }
    return false;
  }

  // Breadth first: `reached_by_` remembers which operand first wanted each place.
  bool displace(std::size_t operand) {
    reached_by_.assign(positions_.size(), kNobody);
    std::vector<std::size_t> queue{operand};
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const std::size_t asking = queue[head];
      for (const Span& span : choices_[asking]) {
        const std::size_t place = place_of(span);
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

  // The one who reached `place` takes it and leaves its own to the one who reached that, and so on
  // back to the operand that had none.
  void hand_over(std::size_t place) {
    std::vector<std::size_t> place_of_owner(choices_.size(), kNobody);
    for (std::size_t i = 0; i < owner_.size(); ++i) {
      if (owner_[i] != kNobody) place_of_owner[owner_[i]] = i;
    }
    while (place != kNobody) {
      const std::size_t taker = reached_by_[place];
      owner_[place] = taker;
      place = place_of_owner[taker];
    }
  }

  const Choices& choices_;
  Positions positions_;
  Interrupt& interrupt_;
  std::vector<std::size_t> owner_;
  std::vector<std::size_t> reached_by_;
};

bool distinct_positions_exist(const Choices& choices, Positions positions, Interrupt& interrupt) {
  if (positions.size() < choices.size()) return false;
  Matching matching(choices, positions, interrupt);
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

// Every position where a span begins, ascending, no repeats.
std::vector<std::uint32_t> starts_of(const std::vector<SpanList>& operands) {
  std::vector<std::uint32_t> starts;
  for (const SpanList& spans : operands) {
    for (const Span& span : spans) starts.push_back(span.first);
  }
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  return starts;
}

// The part of `starts` in [low, end).
Positions between(Positions starts, std::uint32_t low, std::uint64_t end) {
  const auto first = std::lower_bound(starts.begin(), starts.end(), low);
  return {first, std::lower_bound(first, starts.end(), end)};
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
  std::vector<std::uint32_t> starts;  // made when first needed
  for (std::uint32_t lowest = 0; lowest_start(operands, at, lowest);) {
    interrupt.tick();
    const std::uint64_t end = std::uint64_t{lowest} + window;
    if (choices_before(operands, at, end, choices)) {
      if (first_choices_apart(choices, chosen)) return true;
      if (!words_only) {
        if (separate_spans_exist(choices)) return true;
      } else {
        if (starts.empty()) starts = starts_of(operands);
        const Positions inside = between(starts, lowest, end);
        if (distinct_positions_exist(choices, inside, interrupt)) return true;
      }
    }
    for (std::size_t i = 0; i < operands.size(); ++i) {
      if (operands[i][at[i]].first == lowest) ++at[i];
    }
  }
  return false;
}

}  // namespace stemma::execution
