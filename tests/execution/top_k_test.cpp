// The best k: order, ties, fewer than k, none.
#include "execution/top_k.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "execution/random.h"
#include "execution/ranking.h"

namespace stemma::execution {
namespace {

using Best = TopK<Hit, BetterScore>;

TEST(TopK, KeepsTheLowerDocWhenScoresTie) {
  Best best(2);
  for (const DocId doc : {9U, 3U, 7U, 5U}) best.offer({doc, 1.0});
  EXPECT_EQ(best.take(), (std::vector<Hit>{{3, 1.0}, {5, 1.0}}));
}

TEST(TopK, KeepsAllWhenThereAreFewerThanK) {
  Best best(10);
  best.offer({1, 0.5});
  best.offer({2, 1.5});
  EXPECT_EQ(best.take(), (std::vector<Hit>{{2, 1.5}, {1, 0.5}}));
}

TEST(TopK, OfNothingKeepsNothing) {
  Best best(0);
  EXPECT_FALSE(best.wants({1, 9.0}));
  best.offer({1, 9.0});
  EXPECT_TRUE(best.take().empty());
}

TEST(TopK, EqualsSortingEverything) {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    testing::Random random(seed);
    std::vector<Hit> all(random.below(60));
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i] = {static_cast<DocId>(i), static_cast<double>(random.below(5))};
    }
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random.below(i)]);
    const std::size_t k = 1 + random.below(70);
    Best best(k);
    for (const Hit& hit : all) best.offer(hit);
    std::sort(all.begin(), all.end(), BetterScore());
    all.resize(std::min(all.size(), k));
    ASSERT_EQ(best.take(), all) << "seed " << seed;
  }
}

TEST(HitsToRank, IsThePageAndAllBeforeItButNotMoreThanThereAre) {
  EXPECT_EQ(hits_to_rank({.k = 10, .offset = 5}, 100), 15U);
  EXPECT_EQ(hits_to_rank({.k = 10, .offset = 95}, 100), 100U);
  EXPECT_EQ(hits_to_rank({.k = 10, .offset = 100}, 100), 0U);
  EXPECT_EQ(hits_to_rank({.k = 0, .offset = 5}, 100), 0U);
  EXPECT_EQ(hits_to_rank({.k = 10, .offset = SIZE_MAX}, 100), 0U);
}

TEST(BetterDate, PutsUndatedArticlesLastInBothDirections) {
  const DatedHit old{{1, 0}, true, -10};
  const DatedHit recent{{2, 0}, true, 10};
  const DatedHit undated{{0, 0}, false, 0};
  EXPECT_TRUE(BetterDate<true>()(recent, old));
  EXPECT_TRUE(BetterDate<false>()(old, recent));
  EXPECT_TRUE(BetterDate<true>()(old, undated));
  EXPECT_TRUE(BetterDate<false>()(recent, undated));
  EXPECT_TRUE(BetterDate<true>()({{1, 0}, true, 5}, {{2, 0}, true, 5}));
}

}  // namespace
}  // namespace stemma::execution
