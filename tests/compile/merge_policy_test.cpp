#include "compile/merge_policy.h"

#include <gtest/gtest.h>

#include <numeric>

#include "small_random.h"

namespace stemma::compile {
namespace {

std::vector<MergeCandidate> sizes(const std::vector<std::uint64_t>& documents) {
  std::vector<MergeCandidate> candidates;
  for (const std::uint64_t count : documents) candidates.push_back({count, 0});
  return candidates;
}

TEST(MergePolicy, LeavesFewSegmentsAlone) {
  EXPECT_EQ(choose_merge({}), std::nullopt);
  EXPECT_EQ(choose_merge(sizes({1, 1, 1, 1, 1, 1, 1})), std::nullopt);
  EXPECT_EQ(choose_merge(sizes({100'000, 5, 100'000, 3})), std::nullopt);
}

TEST(MergePolicy, MergesEightOfALevelWithTheSmallerOnesBetween) {
  EXPECT_EQ(choose_merge(sizes({900, 1, 2, 1, 1, 1, 3, 1, 1})), (MergeChoice{1, 9}));
  EXPECT_EQ(choose_merge(sizes({9, 9, 1, 9, 9, 9, 9, 2, 9, 9, 5000})), (MergeChoice{0, 10}));
  EXPECT_EQ(choose_merge(sizes({9, 9, 9, 9, 5000, 9, 9, 9, 9})), std::nullopt)
      << "a larger one stands between";
}

TEST(MergePolicy, RewritesASegmentThatLostAThird) {
  EXPECT_EQ(choose_merge({{30, 10}}), std::nullopt);
  EXPECT_EQ(choose_merge({{50, 0}, {30, 11}}), (MergeChoice{1, 2}));
  EXPECT_EQ(choose_merge({{3, 3}}), (MergeChoice{0, 1}));
}

TEST(MergePolicy, KeepsTheNumberOfSegmentsAndTheRewritingLogarithmic) {
  SmallRandom random(5);
  for (const bool single : {true, false}) {
    std::vector<MergeCandidate> segments;
    std::uint64_t added = 0;
    std::uint64_t rewritten = 0;
    for (int commit = 0; commit < 20'000; ++commit) {
      segments.push_back({single ? 1U : 1U + random() % 20, 0});
      added += segments.back().documents;
      while (const auto choice = choose_merge(segments)) {
        const auto first = segments.begin() + static_cast<std::ptrdiff_t>(choice->first);
        const auto last = segments.begin() + static_cast<std::ptrdiff_t>(choice->last);
        const std::uint64_t sum =
            std::accumulate(first, last, std::uint64_t{0},
                            [](auto total, const auto& one) { return total + one.documents; });
        rewritten += sum;
        *first = {sum, 0};
        segments.erase(first + 1, last);
      }
      ASSERT_LE(segments.size(), 7U * 7U);
    }
    EXPECT_LE(rewritten, 6 * added);
  }
}

}  // namespace
}  // namespace stemma::compile
