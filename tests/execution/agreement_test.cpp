// The default executor against the oracle: the same hits, the same bits, on random indexes and
// queries of every operator.
#include <gtest/gtest.h>

#include "execution/execute.h"
#include "execution/random_trees.h"
#include "execution/small_index.h"
#include "execution/trees.h"
#include "stemma/error.h"

namespace stemma::execution {
namespace {

using namespace testing;  // NOLINT: builders of trees

void expect_agreement(const snapshot::Snapshot& snapshot, const Node& root, SearchOptions options,
                      const std::string& where) {
  const Hits fast = execute(snapshot, root, options);
  options.exhaustive = true;
  ASSERT_EQ(fast, execute(snapshot, root, options))
      << where << "\nk " << options.k << " offset " << options.offset << "\n"
      << plan_text(snapshot, root, options);
}

SearchOptions any_options(Random& random) {
  SearchOptions options;
  const std::vector<std::size_t> ks = {0, 1, 2, 5, 10, 100, 1000};
  options.k = random.pick(ks);
  if (random.one_in(4)) options.offset = random.below(30);
  if (random.one_in(4)) options.sort = random.one_in(2) ? SortBy::date_newest : SortBy::date_oldest;
  options.count = !random.one_in(4);
  if (random.one_in(3)) options.bm25 = {.k1 = random.below(30) * 0.1, .b = random.below(11) * 0.1};
  return options;
}

TEST(Executors, AgreeOnRandomIndexesAndQueries) {
  const std::vector<std::uint32_t> sizes = {1, 2, 20, 127, 128, 129, 255, 256, 257};
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    Random random(seed);
    std::vector<std::vector<SmallDocument>> segments(1 + random.below(3));
    const std::uint32_t deleted_one_in = 2 + random.below(10);
    for (auto& documents : segments) {
      documents.resize(random.pick(sizes));
      for (SmallDocument& document : documents) {
        document = any_document(random);
        document.deleted = seed % 2 == 0 && random.one_in(deleted_one_in);
      }
    }
    const SmallIndex index(segments);
    for (int i = 0; i < 50; ++i) {
      const Node root = RandomTree(random).any();
      expect_agreement(index.snapshot(), root, any_options(random),
                       "seed " + std::to_string(seed) + " query " + std::to_string(i));
      if (HasFatalFailure()) return;
    }
  }
}

// Lists that end at block edges, with documents in every, every second and every last place.
TEST(Executors, AgreeAtBlockEdges) {
  for (const std::uint32_t size : {127U, 128U, 129U, 255U, 256U, 257U}) {
    std::vector<SmallDocument> documents(size + 3);
    for (std::uint32_t i = 0; i < documents.size(); ++i) {
      auto& words = documents[i].words;
      words = {"x1"};
      if (i < size) words.emplace_back("a1");
      if (i % 2 == 1) words.emplace_back("b1");
      if (i + 1 == size) words.emplace_back("c1");
      if (i == size) words.emplace_back("d1");
    }
    const SmallIndex index({documents});
    const std::vector<Node> queries = {word("a1"),
                                       join(NodeKind::all_of, {word("a1"), word("b1")}),
                                       join(NodeKind::all_of, {word("a1"), word("c1")}),
                                       join(NodeKind::all_of, {word("a1"), word("d1")}),
                                       join(NodeKind::any_of, {word("a1"), word("d1")}),
                                       join(NodeKind::one_of, {word("a1"), word("b1"), word("x1")}),
                                       join(NodeKind::without, {word("x1"), word("a1")}),
                                       phrase({"a1", "b1"}),
                                       phrase({"x1", "a1"})};
    for (const Node& root : queries) {
      for (const std::size_t k : {1U, 10U, 1000U}) {
        expect_agreement(index.snapshot(), root, {.k = k}, "size " + std::to_string(size));
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(Executors, AgreeAcrossWindows) {
  Random random(7);
  std::vector<SmallDocument> documents(2 * 4096 + 5);
  for (std::uint32_t i = 0; i < documents.size(); ++i) {
    auto& words = documents[i].words;
    if (random.one_in(2)) words.emplace_back("a1");
    if (random.one_in(50)) words.emplace_back("b1");
    if (i == 4095 || i == 4096 || i == 8191 || i == 8192) words = {"c1", "a1"};
    documents[i].deleted = i % 4096 == 0 && i != 0;
  }
  const SmallIndex index({documents});
  const Node ab = join(NodeKind::any_of, {word("a1"), word("b1"), word("c1")});
  for (const Node& root :
       {ab, join(NodeKind::all_of, {word("a1"), word("c1")}), word("c1"), word("a1"),
        join(NodeKind::all_of, {ab, word("c1")}), join(NodeKind::without, {ab, word("b1")})}) {
    expect_agreement(index.snapshot(), root, {.k = 20}, "windows");
    expect_agreement(index.snapshot(), root, {.k = 0}, "windows, count only");
    expect_agreement(index.snapshot(), root, {.k = 20'000}, "windows, all");
  }
}

TEST(Executors, OrGoesOnWhenItsLastWordHasEnded) {
  std::vector<SmallDocument> documents(3 * 4096);
  for (const std::uint32_t doc : {3U, 5000U, 9000U}) documents[doc].words = {"a1"};
  documents[3].words.emplace_back("b1");
  const SmallIndex index({documents});
  const Node either = join(NodeKind::any_of, {word("a1"), word("b1")});
  EXPECT_EQ(execute(index.snapshot(), either, {}).total, 3U);
  expect_agreement(index.snapshot(), either, {}, "last word ends first");
}

TEST(Executors, OrOfManyWordsInsideAnAndIsTheSame) {
  Random random(11);
  std::vector<SmallDocument> documents(300);
  for (SmallDocument& document : documents) document = any_document(random);
  const SmallIndex index({documents});
  std::vector<Node> words;
  for (int i = 0; i < 60; ++i) words.push_back(word(any_word(random)));
  const Node many = join(NodeKind::any_of, words);
  expect_agreement(index.snapshot(), join(NodeKind::all_of, {many, word("a1")}), {.k = 400}, "and");
  expect_agreement(index.snapshot(), join(NodeKind::one_of, {many, word("a1"), word("b1")}),
                   {.k = 400}, "xor");
}

TEST(Executors, DeletedDocumentsNeitherMatchNorCount) {
  std::vector<SmallDocument> documents(3);
  for (SmallDocument& document : documents) document.words = {"a1", "b1"};
  documents[1].deleted = true;
  const SmallIndex index({documents});
  const Hits hits = execute(index.snapshot(), word("a1"), {});
  EXPECT_EQ(hits.total, 2U);
  ASSERT_EQ(hits.hits.size(), 2U);
  EXPECT_EQ(hits.hits[0].doc, 4U);
  EXPECT_EQ(hits.hits[1].doc, 6U);
  EXPECT_EQ(execute(index.snapshot(), word("a1"), {.k = 0}).total, 2U);
  EXPECT_EQ(score_parts(index.snapshot(), word("a1"), 5, {}), std::nullopt);
}

}  // namespace
}  // namespace stemma::execution
