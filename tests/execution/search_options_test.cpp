// Pages, sorting, counting, limits, stopping; scores taken apart; plans and expansions in words.
#include <gtest/gtest.h>

#include <limits>

#include "execution/execute.h"
#include "execution/field_names.h"
#include "execution/random_trees.h"
#include "execution/small_index.h"
#include "execution/trees.h"
#include "stemma/error.h"

namespace stemma::execution {
namespace {

using namespace testing;  // NOLINT: builders of trees
using query::PatternKind;

std::vector<SmallDocument> same_documents(std::size_t count) {
  std::vector<SmallDocument> documents(count);
  for (SmallDocument& document : documents) document.words = {"a1"};
  return documents;
}

std::vector<DocId> docs(const Hits& hits) {
  std::vector<DocId> found;
  for (const Hit& hit : hits.hits) found.push_back(hit.doc);
  return found;
}

Error::Kind kind_of(const snapshot::Snapshot& snapshot, const Node& root,
                    const SearchOptions& options) {
  try {
    (void)execute(snapshot, root, options);
  } catch (const Error& error) {
    return error.kind();
  }
  ADD_FAILURE() << "no error";
  return Error::Kind::io;
}

TEST(Search, OrdersEqualScoresByDocIdOverSegments) {
  const SmallIndex index({same_documents(2), same_documents(2)});
  EXPECT_EQ(docs(execute(index.snapshot(), word("a1"), {.k = 3})), (std::vector<DocId>{4, 5, 9}));
}

TEST(Search, PagesJoinToTheWholeList) {
  Random random(3);
  std::vector<SmallDocument> documents(100);
  for (SmallDocument& document : documents) document = any_document(random);
  const SmallIndex index({documents});
  const Node root = join(NodeKind::any_of, {word("a1"), word("b2"), word("g1")});
  const Hits all = execute(index.snapshot(), root, {.k = 1000});
  std::vector<Hit> joined;
  for (std::size_t offset = 0;; offset += 7) {
    const Hits page = execute(index.snapshot(), root, {.k = 7, .offset = offset});
    EXPECT_EQ(page.total, all.total);
    if (page.hits.empty()) break;
    joined.insert(joined.end(), page.hits.begin(), page.hits.end());
  }
  EXPECT_EQ(joined, all.hits);
  EXPECT_GT(joined.size(), 14U);
}

TEST(Search, SortsByDateWithUndatedArticlesLast) {
  std::vector<SmallDocument> documents = same_documents(4);
  documents[0].dates = {{10, 10}};
  documents[2].dates = {{-5, 100}, {90, 90}};
  documents[3].dates = {{10, 50}};
  const SmallIndex index({documents});
  const auto sorted = [&](SortBy sort) {
    return docs(execute(index.snapshot(), word("a1"), {.sort = sort}));
  };
  EXPECT_EQ(sorted(SortBy::date_newest), (std::vector<DocId>{4, 7, 6, 5}));
  EXPECT_EQ(sorted(SortBy::date_oldest), (std::vector<DocId>{6, 4, 7, 5}));
}

TEST(Search, CountsOnlyWhenAsked) {
  const SmallIndex index({same_documents(30)});
  EXPECT_EQ(execute(index.snapshot(), word("a1"), {.k = 5}).total, 30U);
  const Hits uncounted = execute(index.snapshot(), word("a1"), {.k = 5, .count = false});
  EXPECT_EQ(uncounted.total, 0U);
  EXPECT_EQ(uncounted.hits.size(), 5U);
}

TEST(Search, OfAnEmptyIndexFindsNothing) {
  const SmallIndex index(std::vector<std::vector<SmallDocument>>{});
  EXPECT_EQ(execute(index.snapshot(), word("a1"), {}), Hits{});
  EXPECT_EQ(execute(index.snapshot(), leafless(NodeKind::everything), {}), Hits{});
}

TEST(Search, RefusesOptionsOutOfBounds) {
  const SmallIndex index({same_documents(1)});
  const auto& snapshot = index.snapshot();
  EXPECT_EQ(kind_of(snapshot, word("a1"), {.k = 1'000'001}), Error::Kind::limit);
  EXPECT_EQ(kind_of(snapshot, word("a1"), {.bm25 = {.k1 = -1}}), Error::Kind::invalid_argument);
  EXPECT_EQ(kind_of(snapshot, word("a1"), {.bm25 = {.b = 1.5}}), Error::Kind::invalid_argument);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(kind_of(snapshot, word("a1"), {.bm25 = {.b = nan}}), Error::Kind::invalid_argument);
  EXPECT_EQ(execute(snapshot, word("a1"), {.k = 1'000'000, .offset = SIZE_MAX}).hits.size(), 0U);
}

TEST(Search, StopsWhenItsCallerSaysSo) {
  const SmallIndex index({same_documents(20'000)});
  int polls = 0;
  const auto cancel_late = [&polls] { return ++polls > 2; };
  for (const bool exhaustive : {false, true}) {
    polls = 0;
    SearchOptions options{.exhaustive = exhaustive, .cancelled = cancel_late};
    EXPECT_EQ(kind_of(index.snapshot(), word("a1"), options), Error::Kind::cancelled);
    EXPECT_EQ(polls, 3);
  }
}

TEST(Search, StopsAtItsDeadline) {
  const SmallIndex index({same_documents(5000)});
  EXPECT_EQ(kind_of(index.snapshot(), word("a1"), {.deadline_seconds = 1e-9}),
            Error::Kind::cancelled);
  EXPECT_EQ(execute(index.snapshot(), word("a1"), {.deadline_seconds = 1e300}).total, 5000U);
}

TEST(ScoreParts, AddUpToTheHitsScoreBitForBit) {
  for (std::uint32_t seed = 1; seed <= 15; ++seed) {
    Random random(seed);
    std::vector<std::vector<SmallDocument>> segments(2);
    for (auto& documents : segments) {
      documents.resize(40);
      for (SmallDocument& document : documents) document = any_document(random);
    }
    const SmallIndex index(segments);
    for (int i = 0; i < 20; ++i) {
      const Node root = RandomTree(random).any();
      const Hits hits = execute(index.snapshot(), root, {.k = 1000});
      std::size_t matching = 0;
      for (DocId doc = 0; doc < 100; ++doc) {
        matching += score_parts(index.snapshot(), root, doc, {}).has_value() ? 1U : 0U;
      }
      ASSERT_EQ(matching, hits.total) << "seed " << seed << " query " << i;
      for (const Hit& hit : hits.hits) {
        const auto parts = score_parts(index.snapshot(), root, hit.doc, {});
        ASSERT_TRUE(parts.has_value()) << "seed " << seed << " query " << i;
        ASSERT_EQ(parts->total, hit.score) << "seed " << seed << " query " << i;
        double sum = 0;
        for (const LeafScore& leaf : parts->leaves) sum += leaf.score;
        ASSERT_EQ(sum, hit.score);
      }
    }
  }
}

TEST(ScoreParts, NameEachLeafInTheOrderOfTheQuery) {
  std::vector<SmallDocument> documents = same_documents(2);
  documents[0].words = {"b1", "a1", "a2"};
  const SmallIndex index({documents});
  const Node root = join(NodeKind::all_of, {word("b1"), boost(word(stemmed("a")), 2)});
  const auto parts = score_parts(index.snapshot(), root, 4, {});
  ASSERT_TRUE(parts.has_value());
  ASSERT_EQ(parts->leaves.size(), 2U);
  EXPECT_EQ(parts->leaves[0].document_frequency, 1U);
  EXPECT_EQ(parts->leaves[1].document_frequency, 2U);
  EXPECT_EQ(parts->leaves[1].term_frequency, 2U);
  EXPECT_EQ(parts->length, 6U);
  EXPECT_EQ(parts->average_length, 4.0);
}

TEST(Expand, ListsTheLiveWordsOfAPatternOrStem) {
  std::vector<SmallDocument> documents(3);
  documents[0].words = {"a1", "é1", "b1"};
  documents[1].words = {"a2", "e1"};
  documents[2].words = {"a3", "é3"};
  documents[2].deleted = true;
  const SmallIndex index({documents});
  const auto words = [&](const Node& leaf, std::size_t limit = 0) {
    return expand(index.snapshot(), leaf, limit).words;
  };
  using Words = std::vector<std::string>;
  EXPECT_EQ(words(pattern(PatternKind::prefix, "a")), (Words{"a1", "a2"}));
  EXPECT_EQ(words(pattern(PatternKind::prefix, "e")), (Words{"e1", "é1"}));
  EXPECT_EQ(words(word(stemmed("a"))), (Words{"a1", "a2"}));
  EXPECT_EQ(words(word("b1")), Words{"b1"});
  EXPECT_EQ(words(word("zz")), Words{});
  EXPECT_EQ(words(pattern(PatternKind::prefix, "a"), 1), Words{"a1"});
  EXPECT_EQ(expand(index.snapshot(), pattern(PatternKind::prefix, "a"), 1).total, 2U);
}

TEST(PlanText, ShowsOperatorsFrequenciesAndExpandedWords) {
  std::vector<SmallDocument> documents = same_documents(3);
  documents[0].words = {"a1", "a2", "b1"};
  const SmallIndex index({documents});
  const Node root =
      join(NodeKind::all_of, {phrase({"a1", "b1"}), pattern(PatternKind::prefix, "a")});
  const std::string text = plan_text(index.snapshot(), root, {});
  EXPECT_NE(text.find("all of: at most 1 document\n"), std::string::npos) << text;
  EXPECT_NE(text.find(": in 3 documents, weight "), std::string::npos) << text;
  EXPECT_NE(text.find(": 2 words\n"), std::string::npos) << text;
}

TEST(FieldNames, AreThoseOfWordsNumbersAndDates) {
  std::vector<SmallDocument> documents = same_documents(2);
  documents[0].source = {"new", "york"};
  documents[0].prices = {1};
  const SmallIndex index({documents, same_documents(1)});
  EXPECT_EQ(field_names(index.snapshot()), (std::vector<std::string>{"price", "source"}));
  documents[1].dates = {{1, 2}};
  const SmallIndex dated({documents});
  EXPECT_EQ(field_names(dated.snapshot()), (std::vector<std::string>{"date", "price", "source"}));
}

}  // namespace
}  // namespace stemma::execution
