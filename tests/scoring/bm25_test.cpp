// BM25: hand-computed values, the bend at common terms, and the fast form against the formula.
#include "scoring/bm25.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace stemma::scoring {
namespace {

TEST(Bm25, WeighsARareTermByTheLogOfItsOdds) {
  // 100 documents, 4 with the term: (100 - 4 + 0.5) / 4.5.
  EXPECT_DOUBLE_EQ(term_weight({.k1 = 1.2, .b = 0.9}, 100, 4), std::log(96.5 / 4.5) * 2.2);
}

TEST(Bm25, KeepsTheWeightOfAVeryCommonTermPositive) {
  const Bm25 bm25;
  double before = term_weight(bm25, 1000, 1);
  for (std::uint64_t df = 2; df <= 1000; ++df) {
    const double weight = term_weight(bm25, 1000, df);
    EXPECT_GT(weight, 0) << df;
    EXPECT_LT(weight, before) << df;
    before = weight;
  }
}

TEST(Bm25, BendsTheOddsBelowTwo) {
  // 10 documents, 5 with the term: odds 1, bent to 1.5.
  EXPECT_EQ(term_weight({.k1 = 0, .b = 0}, 10, 5), std::log(1.5));
}

TEST(Bm25, MultipliesABoostBeforeK1AsXapianDoes) {
  const Bm25 bm25{.k1 = 1.7, .b = 0.3};
  EXPECT_EQ(term_weight(bm25, 100, 4, 0.3), std::log(96.5 / 4.5) * 0.3 * (1.7 + 1));
  EXPECT_EQ(term_weight(bm25, 100, 4, 0), 0);
}

TEST(Bm25, SaturatesWithTermFrequencyAndPunishesLength) {
  const Bm25 bm25;
  EXPECT_LT(tf_part(bm25, 1, 100, 100), tf_part(bm25, 2, 100, 100));
  EXPECT_GT(tf_part(bm25, 1, 50, 100), tf_part(bm25, 1, 100, 100));
  EXPECT_LT(tf_part(bm25, 1'000'000, 100, 100), 1);
  EXPECT_DOUBLE_EQ(tf_part({.k1 = 2, .b = 0.5}, 3, 200, 100), 3 / (2 * (2 * 0.5 + 0.5) + 3));
}

TEST(Bm25, GivesNothingForATermWithoutCount) {
  EXPECT_EQ(tf_part({}, 0, 10, 10), 0);
  EXPECT_EQ(tf_part({.k1 = 0, .b = 0}, 0, 10, 10), 0) << "0/0";
  EXPECT_EQ(tf_part({}, 0, 0, 0), 0) << "an index of empty documents";
}

TEST(Bm25, CountsAUnionAtMostAsEveryDocument) {
  EXPECT_EQ(union_document_frequency(10, 7), 7U);
  EXPECT_EQ(union_document_frequency(10, 10), 10U);
  EXPECT_EQ(union_document_frequency(10, 13), 10U);
}

TEST(Bm25, FastFormHasTheBitsOfTheFormula) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> k1(0, 3);
  std::uniform_real_distribution<double> b(0, 1);
  std::uniform_real_distribution<double> average(0.5, 900);
  for (int round = 0; round < 20'000; ++round) {
    const Bm25 bm25{.k1 = k1(random), .b = b(random)};
    const double average_length = round % 50 == 0 ? 0 : average(random);
    const auto tf = static_cast<std::uint32_t>(random() % 50);
    const auto length = static_cast<std::uint32_t>(random() % 2000);
    const TermFrequencyPart fast(bm25, average_length);
    ASSERT_EQ(TermFrequencyPart::value(fast.length_part(length), tf),
              tf_part(bm25, tf, length, average_length))
        << "k1 " << bm25.k1 << " b " << bm25.b << " tf " << tf << " length " << length;
  }
}

}  // namespace
}  // namespace stemma::scoring
