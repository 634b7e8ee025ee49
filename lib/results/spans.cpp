// See spans.h. Both joins try each place where a match may begin. For ordered(), the earliest chain
// from there and the latest chain that still ends in the window frame every chain between them, so
// the spans that take part are ranges: no chain is enumerated.
#include "results/spans.h"

#include <algorithm>
#include <cassert>

namespace stemma::results {

namespace {

/// Steps that unordered() may take in all: NEAR over a window of thousands of repeated words would
/// be quadratic. Past it, further places are left without highlight.
constexpr std::uint64_t kMaxSteps = 4'000'000;

std::uint64_t window_end(std::uint32_t first, std::uint32_t window) {
  return std::uint64_t{first} + std::max(window, 1U) - 1;
}

void sort_unique(std::vector<std::uint32_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// Counts how often each span of one operand takes part, by differences.
class Participation {
 public:
  explicit Participation(const SpanList& list) : list_(list), change_(list.spans.size() + 1, 0) {}
  /// Spans [begin, end] take part.
  void mark(std::size_t begin, std::size_t end) {
    ++change_[begin];
    --change_[end + 1];
  }
  void append_members(std::vector<std::uint32_t>& members) const {
    std::int64_t open = 0;
    for (std::size_t i = 0; i < list_.spans.size(); ++i) {
      open += change_[i];
      if (open == 0) continue;
      const auto tokens = list_.tokens_of(list_.spans[i]);
      members.insert(members.end(), tokens.begin(), tokens.end());
    }
  }

 private:
  const SpanList& list_;
  std::vector<std::int64_t> change_;
};

using Spans = std::vector<Span>;

/// The first span that begins after `position`.
std::size_t first_after(const Spans& spans, std::uint64_t position) {
  return static_cast<std::size_t>(
      std::upper_bound(spans.begin(), spans.end(), position,
                       [](std::uint64_t value, const Span& span) { return value < span.first; }) -
      spans.begin());
}

/// One past the last span that ends before `position`.
std::size_t end_before(const Spans& spans, std::uint64_t position) {
  return static_cast<std::size_t>(
      std::lower_bound(spans.begin(), spans.end(), position,
                       [](const Span& span, std::uint64_t value) { return span.last < value; }) -
      spans.begin());
}

/// The search of unordered() inside one window: operand by operand, backtracking.
class Window {
 public:
  Window(const std::vector<SpanList>& operands, std::uint64_t& steps)
      : operands_(operands),
        steps_(steps),
        begin_(operands.size()),
        end_(operands.size()),
        chosen_(operands.size()) {}

  /// False if some operand has no span in [first, last].
  bool set(std::uint32_t first, std::uint64_t last) {
    for (std::size_t i = 0; i < operands_.size(); ++i) {
      const Spans& spans = operands_[i].spans;
      begin_[i] = first == 0 ? 0 : first_after(spans, first - 1);
      end_[i] = end_before(spans, last + 1);
      if (begin_[i] >= end_[i]) return false;
    }
    return true;
  }
  [[nodiscard]] std::size_t begin(std::size_t operand) const { return begin_[operand]; }
  [[nodiscard]] std::size_t end(std::size_t operand) const { return end_[operand]; }
  [[nodiscard]] const Span& chosen(std::size_t operand) const {
    return operands_[operand].spans[chosen_[operand]];
  }

  /// A choice without overlaps in which `operand` takes its span `index`.
  bool choose_with(std::size_t operand, std::size_t index) {
    chosen_[operand] = index;
    return choose(0, operand);
  }

 private:
  bool choose(std::size_t operand, std::size_t fixed) {
    if (operand == operands_.size()) return true;
    if (operand == fixed) return choose(operand + 1, fixed);
    for (std::size_t i = begin_[operand]; i < end_[operand] && steps_ < kMaxSteps; ++i) {
      ++steps_;
      chosen_[operand] = i;
      if (apart(operand, fixed) && choose(operand + 1, fixed)) return true;
    }
    return false;
  }
  bool apart(std::size_t operand, std::size_t fixed) const {
    const Span& mine = chosen(operand);
    const auto meets = [&](std::size_t other) {
      return chosen(other).first <= mine.last && mine.first <= chosen(other).last;
    };
    for (std::size_t other = 0; other < operand; ++other) {
      if (meets(other)) return false;
    }
    return fixed < operand || !meets(fixed);
  }

  const std::vector<SpanList>& operands_;
  std::uint64_t& steps_;
  std::vector<std::size_t> begin_;
  std::vector<std::size_t> end_;
  std::vector<std::size_t> chosen_;
};

}  // namespace

void SpanList::add(std::uint32_t first, std::uint32_t last,
                   std::span<const std::uint32_t> members) {
  assert(spans.empty() || spans.back().first <= first);
  const auto begin = static_cast<std::uint32_t>(tokens.size());
  tokens.insert(tokens.end(), members.begin(), members.end());
  spans.push_back({first, last, begin, static_cast<std::uint32_t>(tokens.size())});
}

std::span<const std::uint32_t> SpanList::tokens_of(const Span& span) const {
  return std::span(tokens).subspan(span.tokens_begin, span.tokens_end - span.tokens_begin);
}

Joined ordered(const std::vector<SpanList>& operands, std::uint32_t window) {
  Joined joined;
  const std::size_t count = operands.size();
  if (count == 0) return joined;
  std::vector<Participation> part(operands.begin(), operands.end());
  std::vector<std::size_t> earliest(count);
  for (std::size_t start = 0; start < operands[0].spans.size(); ++start) {
    const Span& head = operands[0].spans[start];
    const std::uint64_t limit = window_end(head.first, window);
    earliest[0] = start;
    std::uint64_t last = head.last;
    for (std::size_t i = 1; i < count && last <= limit; ++i) {
      earliest[i] = first_after(operands[i].spans, last);
      const bool found = earliest[i] < operands[i].spans.size();
      last = found ? operands[i].spans[earliest[i]].last : limit + 1;
    }
    if (last > limit) continue;

    std::vector<std::uint32_t> chain;
    for (std::size_t i = 0; i < count; ++i) {
      const auto tokens = operands[i].tokens_of(operands[i].spans[earliest[i]]);
      chain.insert(chain.end(), tokens.begin(), tokens.end());
    }
    joined.spans.add(head.first, static_cast<std::uint32_t>(last), chain);

    std::uint64_t before = limit + 1;
    for (std::size_t i = count; i-- > 1;) {
      const std::size_t latest = end_before(operands[i].spans, before) - 1;
      part[i].mark(earliest[i], latest);
      before = operands[i].spans[latest].first;
    }
    part[0].mark(start, start);
  }
  for (const Participation& operand : part) operand.append_members(joined.members);
  sort_unique(joined.members);
  return joined;
}

std::vector<std::uint32_t> unordered(const std::vector<SpanList>& operands, std::uint32_t window) {
  std::vector<std::uint32_t> members;
  std::uint64_t steps = 0;
  std::vector<std::uint32_t> starts;
  std::vector<std::vector<char>> taken;
  for (const SpanList& operand : operands) {
    for (const Span& span : operand.spans) starts.push_back(span.first);
    taken.emplace_back(operand.spans.size(), '\0');
  }
  sort_unique(starts);
  Window view(operands, steps);
  for (const std::uint32_t start : starts) {
    if (!view.set(start, window_end(start, window))) continue;
    for (std::size_t operand = 0; operand < operands.size(); ++operand) {
      for (std::size_t i = view.begin(operand); i < view.end(operand); ++i) {
        if (++steps > kMaxSteps) break;
        if (taken[operand][i] != 0 || !view.choose_with(operand, i)) continue;
        taken[operand][i] = 1;
        const auto tokens = operands[operand].tokens_of(operands[operand].spans[i]);
        members.insert(members.end(), tokens.begin(), tokens.end());
      }
    }
  }
  sort_unique(members);
  return members;
}

}  // namespace stemma::results
