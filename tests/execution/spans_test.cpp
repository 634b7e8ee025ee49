// Positions and spans against every arrangement there is, over small universes that share
// positions.
#include "execution/spans.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "execution/random.h"
#include "stemma/error.h"

namespace stemma::execution {
namespace {

using testing::Random;

Interrupt& never() {
  static const SearchOptions options;
  static Interrupt interrupt(options);
  return interrupt;
}

SpanList singles(const std::vector<std::uint32_t>& positions) {
  SpanList spans;
  for (const std::uint32_t position : positions) spans.push_back({position, position});
  return spans;
}

std::vector<std::uint32_t> starts_of(const std::vector<std::vector<std::uint32_t>>& slots) {
  const std::vector<Positions> views(slots.begin(), slots.end());
  std::vector<std::size_t> at;
  std::vector<std::uint32_t> starts;
  for_each_consecutive(views, at, [&](std::uint32_t start) {
    starts.push_back(start);
    return false;
  });
  return starts;
}

// Any choice of one span an operand that `fits` accepts.
bool some_choice(const std::vector<SpanList>& operands,
                 const std::function<bool(const std::vector<Span>&)>& fits) {
  std::vector<Span> chosen;
  const std::function<bool(std::size_t)> choose = [&](std::size_t at) {
    if (at == operands.size()) return fits(chosen);
    return std::any_of(operands[at].begin(), operands[at].end(), [&](const Span& span) {
      chosen.push_back(span);
      const bool found = choose(at + 1);
      chosen.pop_back();
      return found;
    });
  };
  return choose(0);
}

bool inside(const std::vector<Span>& spans, std::uint32_t window) {
  std::uint32_t first = spans[0].first;
  std::uint32_t last = 0;
  for (const Span& span : spans) {
    first = std::min(first, span.first);
    last = std::max(last, span.last);
  }
  return last - first < window;
}

bool apart(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](auto& a, auto& b) { return a.first < b.first; });
  for (std::size_t i = 1; i < spans.size(); ++i) {
    if (spans[i].first <= spans[i - 1].last) return false;
  }
  return true;
}

bool in_order(const std::vector<Span>& spans) {
  for (std::size_t i = 1; i < spans.size(); ++i) {
    if (spans[i].first <= spans[i - 1].last) return false;
  }
  return true;
}

// Spans of one length each (phrases) or of growing ends (loose phrases).
SpanList any_spans(Random& random, bool words) {
  SpanList spans;
  const std::uint32_t length = words ? 0 : random.below(3);
  std::uint32_t least = 0;
  for (std::uint32_t first = 1; first < 15; ++first) {
    if (!random.one_in(3)) continue;
    least = std::max(least, first + length + (words ? 0 : random.below(2)));
    spans.push_back({first, words ? first : least});
  }
  return spans;
}

TEST(Spans, FindConsecutivePositions) {
  EXPECT_EQ(starts_of({{1, 4, 9}, {2, 5, 11}, {3, 6, 12}}), (std::vector<std::uint32_t>{1, 4}));
  EXPECT_EQ(starts_of({{1, 4}, {}}), std::vector<std::uint32_t>{});
  EXPECT_EQ(starts_of({{7}}), std::vector<std::uint32_t>{7});
}

TEST(Spans, FindConsecutivePositionsOfARepeatedWord) {
  EXPECT_EQ(starts_of({{1, 2, 3, 5}, {1, 2, 3, 5}}), (std::vector<std::uint32_t>{1, 2}));
}

TEST(Spans, DoNotWrapAroundAtTheEndsOfTheNumbers) {
  EXPECT_EQ(starts_of({{5}, {0}}), std::vector<std::uint32_t>{});
  EXPECT_EQ(starts_of({{0xffff'ffffU}, {0, 1}}), std::vector<std::uint32_t>{});
  EXPECT_TRUE(stand_near({singles({0xffff'fffeU}), singles({0xffff'ffffU})}, 2, never()));
  EXPECT_FALSE(stand_near({singles({0}), singles({0xffff'ffffU})}, 0xffff'ffffU, never()));
}

TEST(Spans, ConsecutiveEqualsEveryChoice) {
  for (std::uint32_t seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    std::vector<std::vector<std::uint32_t>> slots(1 + random.below(4));
    for (auto& slot : slots) {
      for (std::uint32_t p = 0; p < 12; ++p) {
        if (random.one_in(2)) slot.push_back(p);
      }
    }
    std::vector<std::uint32_t> expected;
    for (std::uint32_t start = 0; start < 12; ++start) {
      bool all = true;
      for (std::uint32_t i = 0; i < slots.size(); ++i) {
        all = all && std::binary_search(slots[i].begin(), slots[i].end(), start + i);
      }
      if (all) expected.push_back(start);
    }
    ASSERT_EQ(starts_of(slots), expected) << "seed " << seed;
  }
}

TEST(Spans, ChainsEqualEveryChoice) {
  for (std::uint32_t seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    std::vector<SpanList> operands(1 + random.below(4));
    for (SpanList& spans : operands) spans = any_spans(random, seed % 2 == 0);
    const std::uint32_t window = random.below(12);
    for (const Span& head : operands[0]) {
      std::vector<SpanList> from_head = operands;
      from_head[0] = {head};
      const bool expected = some_choice(from_head, [&](const std::vector<Span>& spans) {
        return in_order(spans) && inside(spans, window);
      });
      const SpanList found = chains(operands, window);
      const bool has = std::any_of(found.begin(), found.end(),
                                   [&](const Span& span) { return span.first == head.first; });
      ASSERT_EQ(has, expected) << "seed " << seed << " head " << head.first;
    }
  }
}

TEST(Spans, ChainsAreTheShortestFromEachStart) {
  const SpanList found = chains({singles({1, 5}), singles({2, 3, 8})}, 10);
  EXPECT_EQ(found, (SpanList{{1, 2}, {5, 8}}));
}

TEST(Spans, NearEqualsEveryChoice) {
  for (std::uint32_t seed = 0; seed < 6000; ++seed) {
    Random random(seed);
    std::vector<SpanList> operands(1 + random.below(4));
    for (SpanList& spans : operands) spans = any_spans(random, seed % 2 == 0);
    if (random.one_in(3)) operands.push_back(operands[0]);  // a word repeated in the query
    const std::uint32_t window = random.below(10);
    const bool expected = some_choice(operands, [&](const std::vector<Span>& spans) {
      return apart(spans) && inside(spans, window);
    });
    ASSERT_EQ(stand_near(operands, window, never()), expected) << "seed " << seed;
  }
}

TEST(Spans, NearGivesEachWordAPositionOfItsOwn) {
  EXPECT_FALSE(stand_near({singles({5}), singles({5})}, 10, never()));
  // 5 must go to the second word; the first has 6 to give way to.
  EXPECT_TRUE(stand_near({singles({5, 6}), singles({5})}, 2, never()));
}

TEST(Spans, NearOfAThousandEqualWordsEndsSoon) {
  std::vector<std::uint32_t> positions;
  for (std::uint32_t p = 1; p < 1000; ++p) positions.push_back(p);
  const std::vector<SpanList> operands(1000, singles(positions));
  EXPECT_FALSE(stand_near(operands, 999, never()));
  EXPECT_FALSE(stand_near(operands, 5000, never()));
}

TEST(Spans, NearOfPhrasesDoesNotLetThemOverlap) {
  const SpanList today = singles({2});
  const SpanList russia_today{{1, 2}};
  EXPECT_FALSE(stand_near({today, russia_today}, 5, never()));
  EXPECT_TRUE(stand_near({singles({2, 4}), russia_today}, 5, never()));
}

TEST(Spans, NearCanBeInterrupted) {
  SearchOptions options;
  options.cancelled = [] { return true; };
  Interrupt interrupt(options);
  std::vector<std::uint32_t> odd;
  std::vector<std::uint32_t> far;
  for (std::uint32_t p = 1; p < 20'000; p += 2) odd.push_back(p);
  for (std::uint32_t p = 2; p < 20'000; p += 2) far.push_back(p + 100'000);
  try {
    (void)stand_near({singles(odd), singles(far)}, 3, interrupt);
    FAIL() << "not interrupted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::cancelled);
  }
}

}  // namespace
}  // namespace stemma::execution
