// Each operator on a small real index: which documents, and what they score.
#include <gtest/gtest.h>

#include "execution/execute.h"
#include "execution/small_index.h"
#include "execution/trees.h"
#include "scoring/bm25.h"
#include "stemma/error.h"

namespace stemma::execution {
namespace {

using namespace testing;  // NOLINT: builders of trees
using query::PatternKind;

// Documents by text, as DocId - 3: the n-th document of the only segment is n.
class Operators : public ::testing::Test {
 protected:
  static SmallDocument text(const std::string& words) {
    SmallDocument document;
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = std::min(words.find(' ', at), words.size());
      document.words.push_back(words.substr(at, end - at));
      at = end + 1;
    }
    return document;
  }
  void index(const std::vector<std::string>& texts) {
    std::vector<SmallDocument> documents;
    for (const std::string& words : texts) documents.push_back(text(words));
    index_documents(documents);
  }
  void index_documents(const std::vector<SmallDocument>& documents) {
    index_ = std::make_unique<SmallIndex>(std::vector<std::vector<SmallDocument>>{documents});
  }
  [[nodiscard]] const snapshot::Snapshot& snapshot() const { return index_->snapshot(); }

  // Ascending; both executors must agree.
  std::vector<DocId> matching(const Node& root, SearchOptions options = {}) {
    options.k = 1000;
    const Hits fast = execute(snapshot(), root, options);
    options.exhaustive = true;
    EXPECT_EQ(fast, execute(snapshot(), root, options));
    EXPECT_EQ(fast.total, fast.hits.size());
    std::vector<DocId> docs;
    for (const Hit& hit : fast.hits) docs.push_back(hit.doc - 3);
    std::sort(docs.begin(), docs.end());
    return docs;
  }
  double score(const Node& root, DocId doc) {
    for (const Hit& hit : execute(snapshot(), root, {.k = 1000}).hits) {
      if (hit.doc == doc + 3) return hit.score;
    }
    ADD_FAILURE() << "no hit " << doc;
    return -1;
  }
  // By the formula: one leaf.
  double leaf(std::uint64_t df, std::uint32_t tf, std::uint32_t words, double boost = 1) {
    const auto& collection = snapshot().collection();
    return scoring::term_weight({}, collection.documents, df, boost) *
           scoring::tf_part({}, tf, 2 * words, collection.average_length());
  }

  std::unique_ptr<SmallIndex> index_;
};
using Docs = std::vector<DocId>;

TEST_F(Operators, WordScoresByTheFormula) {
  index({"a1 b1", "a1 a1 a1", "b1"});
  EXPECT_EQ(matching(word("a1")), (Docs{1, 2}));
  EXPECT_EQ(score(word("a1"), 1), leaf(2, 1, 2));
  EXPECT_EQ(score(word("a1"), 2), leaf(2, 3, 3));
  EXPECT_EQ(matching(word("zz")), Docs{});
}

TEST_F(Operators, TermsThatStandForOneWordCountAsOne) {
  index({"a1 a2 c1", "a2", "a1", "c1"});
  query::Word both = verbatim("a1");
  both.terms.push_back(term_key(TermLayer::word, "a2"));
  EXPECT_EQ(matching(word(both)), (Docs{1, 2, 3}));
  EXPECT_EQ(score(word(both), 1), leaf(4, 2, 3)) << "2 + 2 documents, counts 1 + 1";
}

TEST_F(Operators, UnionIsInNoMoreThanEveryDocument) {
  index({"a1 a2 a3", "a1 a2 a3"});
  query::Word all = verbatim("a1");
  all.terms.push_back(term_key(TermLayer::word, "a2"));
  EXPECT_EQ(score(word(all), 1), leaf(2, 2, 3));
}

TEST_F(Operators, AndAddsItsScoresInTheOrderOfTheQuery) {
  index({"a1 b1 c1", "a1 b1", "b1 c1 c1", "a1 b1 c1 c1 c1"});
  const Node abc = join(NodeKind::all_of, {word("b1"), word("a1"), word("c1")});
  EXPECT_EQ(matching(abc), (Docs{1, 4}));
  EXPECT_EQ(score(abc, 4), leaf(4, 1, 5) + leaf(3, 1, 5) + leaf(3, 3, 5));
}

TEST_F(Operators, RepeatedWordCountsTwice) {
  index({"a1 b1", "b1"});
  EXPECT_EQ(score(join(NodeKind::all_of, {word("a1"), word("a1")}), 1),
            leaf(1, 1, 2) + leaf(1, 1, 2));
}

TEST_F(Operators, OrAddsTheScoresOfWhatMatches) {
  index({"a1", "b1", "c1", "a1 b1"});
  const Node either = join(NodeKind::any_of, {word("a1"), word("b1")});
  EXPECT_EQ(matching(either), (Docs{1, 2, 4}));
  EXPECT_EQ(score(either, 1), leaf(2, 1, 1));
  EXPECT_EQ(score(either, 4), leaf(2, 1, 2) + leaf(2, 1, 2));
}

TEST_F(Operators, LeafOfAnAlternativeThatFailsAddsNothing) {
  index({"a1 c1", "a1 b1 c1", "d1"});
  const Node query =
      join(NodeKind::any_of, {join(NodeKind::all_of, {word("a1"), word("b1")}), word("c1")});
  EXPECT_EQ(score(query, 1), leaf(2, 1, 2)) << "c1 alone, though a1 is there";
  EXPECT_EQ(score(query, 2), leaf(2, 1, 3) + leaf(1, 1, 3) + leaf(2, 1, 3));
}

TEST_F(Operators, XorMatchesAnOddNumber) {
  index({"a1", "a1 b1", "a1 b1 c1", "d1"});
  const Node odd = join(NodeKind::one_of, {word("a1"), word("b1"), word("c1")});
  EXPECT_EQ(matching(odd), (Docs{1, 3}));
  EXPECT_EQ(score(odd, 3), leaf(3, 1, 3) + leaf(2, 1, 3) + leaf(1, 1, 3));
}

TEST_F(Operators, XorInsideXorIsOneXorAsInXapianUnlessBoosted) {
  index({"a1 b1 c1", "d1"});
  const Node inner = join(NodeKind::one_of, {word("b1"), word("c1")});
  EXPECT_EQ(score(join(NodeKind::one_of, {word("a1"), inner}), 1),
            leaf(1, 1, 3) + leaf(1, 1, 3) + leaf(1, 1, 3));
  EXPECT_EQ(score(join(NodeKind::one_of, {word("a1"), boost(inner, 2)}), 1), leaf(1, 1, 3));
}

TEST_F(Operators, AndNotScoresTheFirstAlone) {
  index({"a1", "a1 b1", "b1"});
  const Node query = join(NodeKind::without, {word("a1"), word("b1")});
  EXPECT_EQ(matching(query), Docs{1});
  EXPECT_EQ(score(query, 1), leaf(2, 1, 1));
  EXPECT_EQ(matching(join(NodeKind::without, {leafless(NodeKind::everything), word("b1")})),
            Docs{1});
}

TEST_F(Operators, EverythingMatchesWithoutScoreAndNothingNothing) {
  index({"a1", "b1"});
  EXPECT_EQ(matching(leafless(NodeKind::everything)), (Docs{1, 2}));
  EXPECT_EQ(score(leafless(NodeKind::everything), 1), 0);
  EXPECT_EQ(matching(leafless(NodeKind::nothing)), Docs{});
  EXPECT_EQ(matching(join(NodeKind::all_of, {})), Docs{});
  EXPECT_EQ(matching(join(NodeKind::any_of, {})), Docs{});
}

TEST_F(Operators, PhraseNeedsItsWordsInARowAndScoresAsTheirAnd) {
  index({"a1 b1 c1", "b1 a1", "a1 c1 b1", "c1 a1 b1 a1 b1"});
  EXPECT_EQ(matching(phrase({"a1", "b1"})), (Docs{1, 4}));
  EXPECT_EQ(score(phrase({"a1", "b1"}), 4), leaf(4, 2, 5) + leaf(4, 2, 5));
  EXPECT_EQ(matching(phrase({"b1", "b1"})), Docs{});
}

TEST_F(Operators, PhraseSlotTakesAnyOfItsAlternatives) {
  index({"a1 b1", "a2 b1", "a3 b1", "a2 c1 b1"});
  query::Word either = verbatim("a1");
  either.terms.push_back(term_key(TermLayer::word, "a2"));
  EXPECT_EQ(matching(phrase_of({either, verbatim("b1")})), (Docs{1, 2}));
}

TEST_F(Operators, PhraseWithinAWindowKeepsTheOrder) {
  index({"a1 x1 b1", "a1 x1 x1 b1", "b1 x1 a1", "a1 b1"});
  EXPECT_EQ(matching(phrase({"a1", "b1"}, 3)), (Docs{1, 4}));
  EXPECT_EQ(matching(phrase({"a1", "b1"}, 4)), (Docs{1, 2, 4}));
  EXPECT_EQ(matching(phrase({"a1", "b1"}, 1)), Docs{}) << "as Xapian: too narrow for two words";
}

TEST_F(Operators, StemmedPhraseMatchesWordsOfTheStemsAndScoresTheStems) {
  index({"a1 b2", "a3 b1", "a1 c1 b1", "b1 a1", "a2 a1 b1"});
  const Node query = phrase_of({stemmed("a"), stemmed("b")});
  EXPECT_EQ(matching(query), (Docs{1, 2, 5}));
  EXPECT_EQ(score(query, 5), leaf(5, 2, 3) + leaf(5, 1, 3));
}

TEST_F(Operators, PhraseMayMixStemmedAndVerbatimSlots) {
  index({"a1 b1", "a2 b1", "a2 b2"});
  EXPECT_EQ(matching(phrase_of({stemmed("a"), verbatim("b1")})), (Docs{1, 2}));
}

TEST_F(Operators, NearTakesAnyOrderWithinTheWindow) {
  index({"a1 x1 b1", "b1 a1", "a1 x1 x1 b1", "a1"});
  EXPECT_EQ(matching(join(NodeKind::near, {word("a1"), word("b1")}, 3)), (Docs{1, 2}));
  EXPECT_EQ(matching(join(NodeKind::near, {word("a1"), word("a1")}, 9)), Docs{})
      << "two words need two places";
  EXPECT_EQ(matching(join(NodeKind::adjacent, {word("a1"), word("b1")}, 3)), Docs{1});
}

TEST_F(Operators, NearOverPhrasesCountsFromTheFirstToTheLastPosition) {
  index({"a1 b1 x1 c1", "c1 x1 a1 b1", "a1 x1 b1 c1", "a1 b1 x1 x1 c1"});
  const Node ab = phrase({"a1", "b1"});
  EXPECT_EQ(matching(join(NodeKind::near, {ab, word("c1")}, 4)), (Docs{1, 2}));
  EXPECT_EQ(matching(join(NodeKind::near, {ab, word("c1")}, 5)), (Docs{1, 2, 4}));
  EXPECT_EQ(matching(join(NodeKind::adjacent, {ab, word("c1")}, 4)), Docs{1});
  EXPECT_EQ(score(join(NodeKind::near, {ab, word("c1")}, 4), 1),
            score(join(NodeKind::all_of, {word("a1"), word("b1"), word("c1")}), 1));
}

TEST_F(Operators, NearTakesBoostsAndRefusesWhatHasNoPositions) {
  index({"a1 b1"});
  const Node boosted = join(NodeKind::near, {boost(word("a1"), 3), word("b1")}, 2);
  EXPECT_EQ(score(boosted, 1), leaf(1, 1, 2, 3) + leaf(1, 1, 2));
  const Node odd = join(NodeKind::near, {word("a1"), leafless(NodeKind::everything)}, 2);
  EXPECT_THROW((void)execute(snapshot(), odd, {}), Error);
  const Node many = join(NodeKind::near, std::vector<Node>(13, phrase({"a1", "b1"})), 99);
  try {
    (void)execute(snapshot(), many, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::limit);
  }
}

TEST_F(Operators, BoostsMultiplyWeights) {
  index({"a1 b1", "c1"});
  EXPECT_EQ(score(boost(boost(word("a1"), 2), 1.5), 1), leaf(1, 1, 2, 3));
  const Node inner = boost(join(NodeKind::all_of, {word("a1"), boost(word("b1"), 0.5)}), 2);
  EXPECT_EQ(score(inner, 1), leaf(1, 1, 2, 2) + leaf(1, 1, 2, 1));
  EXPECT_EQ(score(boost(word("a1"), 0), 1), 0);
}

TEST_F(Operators, FilterMatchesWithoutAddingToTheScore) {
  SmallDocument first = text("a1 b1");
  first.source = {"new", "york"};
  index_documents({first, text("a1 b1"), text("c1")});
  const Node york =
      unweighted(word(verbatim(std::string("source") + '\0' + "york", TermLayer::field_word)));
  const Node query = join(NodeKind::all_of, {york, word("a1")});
  EXPECT_EQ(matching(query), Docs{1});
  EXPECT_EQ(score(query, 1), leaf(2, 1, 2));
  EXPECT_EQ(score(unweighted(word("a1")), 1), 0);
}

TEST_F(Operators, PatternsMatchWordsAsWrittenAndFolded) {
  index({"é12 x1", "e13", "f12", "é22", "ée"});
  EXPECT_EQ(matching(pattern(PatternKind::prefix, "e1")), (Docs{1, 2}));
  EXPECT_EQ(matching(pattern(PatternKind::prefix, "é")), (Docs{1, 4, 5}));
  EXPECT_EQ(matching(pattern(PatternKind::wildcard, "?12")), (Docs{1, 3}));
  EXPECT_EQ(matching(pattern(PatternKind::wildcard, "*2")), (Docs{1, 3, 4}));
  EXPECT_EQ(matching(pattern(PatternKind::wildcard, "e?2")), (Docs{1, 4}));
  EXPECT_EQ(matching(pattern(PatternKind::edit_distance, "e12", 1)), (Docs{1, 2, 3, 4}));
  EXPECT_EQ(matching(pattern(PatternKind::edit_distance, "é12", 0)), Docs{1});
  EXPECT_EQ(score(pattern(PatternKind::prefix, "e1"), 1), 0);
}

TEST_F(Operators, PatternsStayInTheirField) {
  SmallDocument first = text("é12 b1");
  first.title = 1;
  SmallDocument second = text("b1 é13");
  second.source = {"e1x", "other"};
  index_documents({first, second});
  Node title = pattern(PatternKind::prefix, "e1");
  title.field = "title";
  EXPECT_EQ(matching(title), Docs{1});
  Node source = pattern(PatternKind::prefix, "e1");
  source.field = "source";
  EXPECT_EQ(matching(source), Docs{2});
  source.field = "sour";
  EXPECT_EQ(matching(source), Docs{});
}

TEST_F(Operators, TitleWordsAreALayerOfTheirOwn) {
  SmallDocument first = text("a1 b1 c1");
  first.title = 2;
  SmallDocument second = text("c1 a1 b1");
  second.title = 1;
  index_documents({first, second});
  const TermLayer layer = TermLayer::title_word;
  EXPECT_EQ(matching(phrase_of({verbatim("a1", layer), verbatim("b1", layer)})), Docs{1});
  EXPECT_EQ(matching(phrase_of(
                {stemmed("a", TermLayer::title_stem), stemmed("b", TermLayer::title_stem)})),
            Docs{1});
}

TEST_F(Operators, RangesFindOverlappingDatesAndNumbersInside) {
  std::vector<SmallDocument> documents(4, text("a1"));
  documents[0].dates = {{100, 200}};
  documents[1].dates = {{201, 201}, {-50, -40}};
  documents[2].prices = {3.5, 9};
  documents[3].prices = {4};
  index_documents(documents);
  EXPECT_EQ(matching(date_range({200, 300})), (Docs{1, 2}));
  EXPECT_EQ(matching(date_range({-45, 100})), (Docs{1, 2}));
  EXPECT_EQ(matching(date_range({-39, 99})), Docs{});
  EXPECT_EQ(matching(number_range("price", 3.5, 4)), (Docs{3, 4}));
  EXPECT_EQ(matching(number_range("price", 5, 9)), Docs{3});
  EXPECT_EQ(matching(number_range("size", 0, 9)), Docs{});
}

}  // namespace
}  // namespace stemma::execution
