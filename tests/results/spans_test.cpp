// Joins of positions, held against trying everything.
#include "results/spans.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>
#include <string>

namespace stemma::results {
namespace {

/// Operands whose spans are `length` positions long; token = its operand's number * 1000 +
/// position.
SpanList list_of(const std::set<std::uint32_t>& starts, std::uint32_t length,
                 std::uint32_t operand) {
  SpanList list;
  for (const std::uint32_t start : starts) {
    const std::uint32_t token = operand * 1000 + start;
    list.add(start, start + length - 1, std::span(&token, 1));
  }
  return list;
}

/// Tokens of every choice of one span each that `accepts`.
std::vector<std::uint32_t> by_trying_everything(
    const std::vector<SpanList>& operands,
    const std::function<bool(const std::vector<Span>&)>& accepts) {
  std::set<std::uint32_t> members;
  std::vector<Span> chosen;
  const std::function<void()> choose = [&] {
    if (chosen.size() == operands.size()) {
      if (!accepts(chosen)) return;
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        for (const std::uint32_t token : operands[i].tokens_of(chosen[i])) members.insert(token);
      }
      return;
    }
    for (const Span& span : operands[chosen.size()].spans) {
      chosen.push_back(span);
      choose();
      chosen.pop_back();
    }
  };
  choose();
  return {members.begin(), members.end()};
}

bool within_window(const std::vector<Span>& spans, std::uint32_t window) {
  std::uint32_t first = spans.front().first;
  std::uint32_t last = spans.front().last;
  for (const Span& span : spans) {
    first = std::min(first, span.first);
    last = std::max(last, span.last);
  }
  return last - first < window;
}

bool in_order(const std::vector<Span>& spans) {
  for (std::size_t i = 1; i < spans.size(); ++i) {
    if (spans[i].first <= spans[i - 1].last) return false;
  }
  return true;
}

bool apart(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(),
            [](const Span& a, const Span& b) { return a.first < b.first; });
  return in_order(spans);
}

std::vector<SpanList> any_operands(std::mt19937& random) {
  std::vector<SpanList> operands;
  const std::size_t count = 1 + random() % 4;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::set<std::uint32_t> starts;
    const std::size_t places = random() % 7;
    for (std::size_t j = 0; j < places; ++j) {
      starts.insert(1 + static_cast<std::uint32_t>(random() % 16));
    }
    operands.push_back(list_of(starts, 1 + static_cast<std::uint32_t>(random() % 3), i));
  }
  return operands;
}

TEST(Spans, OrderedFindsExactlyTheMembersOfEveryChain) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto operands = any_operands(random);
    const auto window = static_cast<std::uint32_t>(1 + random() % 10);
    ASSERT_EQ(ordered(operands, window).members,
              by_trying_everything(operands, [&](const std::vector<Span>& spans) {
                return in_order(spans) && within_window(spans, window);
              }));
  }
}

TEST(Spans, UnorderedFindsExactlyTheMembersOfEveryArrangement) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto operands = any_operands(random);
    const auto window = static_cast<std::uint32_t>(1 + random() % 10);
    ASSERT_EQ(unordered(operands, window),
              by_trying_everything(operands, [&](const std::vector<Span>& spans) {
                return apart(spans) && within_window(spans, window);
              }));
  }
}

TEST(Spans, OrderedGivesTheShortestSpanFromEachStart) {
  const std::vector<SpanList> operands = {list_of({1, 2, 9}, 1, 0), list_of({4, 5}, 1, 1)};
  const Joined joined = ordered(operands, 4);
  ASSERT_EQ(joined.spans.spans.size(), 2U);
  EXPECT_EQ(joined.spans.spans[0].first, 1U);
  EXPECT_EQ(joined.spans.spans[0].last, 4U);
  EXPECT_EQ(joined.spans.spans[1].first, 2U);
  EXPECT_EQ(joined.spans.spans[1].last, 4U);
}

TEST(Spans, UnorderedEndsSoonOverVeryWideWindows) {
  std::set<std::uint32_t> everywhere;
  for (std::uint32_t i = 1; i < 4000; ++i) everywhere.insert(i);
  const std::vector<SpanList> operands(8, list_of(everywhere, 1, 0));
  EXPECT_FALSE(unordered(operands, 1'000'000).empty());
}

}  // namespace
}  // namespace stemma::results
