// The searches by bounds against the oracle where pruning can go wrong: lists of every form and
// size, equal scores, equal lengths, a list that is all in one place, deleted documents, few and
// many hits wanted. Only flat queries, which are searched that way.
#include <gtest/gtest.h>

#include "execution/execute.h"
#include "execution/flat_query.h"
#include "execution/plan.h"
#include "execution/random.h"
#include "execution/small_index.h"
#include "execution/trees.h"

namespace stemma::execution {
namespace {

using namespace testing;  // NOLINT: builders of trees

/// Words and in how many of 1000 documents they are: rows of impacts, bitmaps, packed lists of many
/// blocks, of one, of one document.
struct Frequency {
  const char* word;
  std::uint32_t per_thousand;
};
constexpr std::array<Frequency, 11> kWords{{{"a1", 950},
                                            {"b1", 500},
                                            {"c1", 300},
                                            {"d1", 200},
                                            {"e1", 100},
                                            {"f1", 70},
                                            {"g1", 55},
                                            {"h1", 45},
                                            {"i1", 30},
                                            {"j1", 8},
                                            {"k1", 1}}};

enum class Shape { mixed, equal_lengths, all_alike, in_one_place };

SmallDocument any_document(Random& random, Shape shape, std::uint32_t place, std::uint32_t size) {
  SmallDocument document;
  for (const Frequency& frequency : kWords) {
    std::uint32_t chance = frequency.per_thousand;
    // Everything common in the first eighth only: elsewhere windows are empty.
    if (shape == Shape::in_one_place) chance = place < size / 8 ? chance : chance / 50;
    if (random.below(1000) >= chance) continue;
    const std::uint32_t times =
        shape == Shape::all_alike || random.one_in(2) ? 1 : 1 + random.below(9);
    document.words.insert(document.words.end(), times, frequency.word);
  }
  const std::size_t length = shape == Shape::mixed || shape == Shape::in_one_place
                                 ? document.words.size() + random.below(40)
                                 : std::max<std::size_t>(document.words.size(), 30);
  while (document.words.size() < length) document.words.emplace_back("z1");
  // Neighbours of every kind, for phrases.
  for (std::size_t i = document.words.size(); i > 1; --i) {
    std::swap(document.words[i - 1], document.words[random.below(i)]);
  }
  if (random.one_in(3)) document.prices.push_back(random.below(20));
  if (random.one_in(4)) document.source = {random.one_in(2) ? "x1" : "y1"};
  return document;
}

Node any_leaf(Random& random) {
  const std::string text = random.pick(kWords).word;
  Node node = random.one_in(3) ? word(stemmed(stem_of(text))) : word(text);
  if (random.one_in(10)) node.weighted = false;
  return random.one_in(8) ? boost(std::move(node), 0.1 + random.below(40)) : node;
}

Node any_flat_query(Random& random) {
  std::vector<Node> leaves;
  for (std::uint32_t i = 1 + random.below(5); i > 0; --i) leaves.push_back(any_leaf(random));
  const bool any = random.one_in(2);
  if (!any && random.one_in(3)) {
    leaves.push_back(phrase({random.pick(kWords).word, random.pick(kWords).word}));
  }
  Node root = join(any ? NodeKind::any_of : NodeKind::all_of, std::move(leaves));
  if (random.one_in(5)) {
    root =
        join(NodeKind::all_of, {std::move(root), number_range("price", 3, 3 + random.below(12))});
  }
  if (random.one_in(5)) {
    query::Word source = verbatim("x1");
    source.terms = {field_term_key("source", "x1")};
    root = join(NodeKind::all_of, {std::move(root), unweighted(word(source))});
  }
  if (random.one_in(4)) root = join(NodeKind::without, {std::move(root), any_leaf(random)});
  return root;
}

void expect_same(const snapshot::Snapshot& snapshot, const Node& root, SearchOptions options,
                 const std::string& where) {
  const Hits pruned = execute(snapshot, root, options);
  options.exhaustive = true;
  ASSERT_EQ(pruned, execute(snapshot, root, options)) << where << " k " << options.k << "\n"
                                                      << plan_text(snapshot, root, options);
}

TEST(Pruning, ChangesNoHitWhateverTheDistribution) {
  const std::vector<std::size_t> ks = {1, 2, 10, 10, 100, 1000, 5000};
  std::size_t flat = 0;
  std::size_t queries = 0;
  for (std::uint32_t seed = 1; seed <= 16; ++seed) {
    Random random(seed);
    const auto shape = static_cast<Shape>(seed % 4);
    // An even number of documents gives words impacts; stems have them always.
    std::vector<std::vector<SmallDocument>> segments{{}};
    if (seed % 3 == 0) segments.emplace_back();
    for (auto& documents : segments) {
      documents.resize(2200 + random.below(1800));
      for (std::uint32_t i = 0; i < documents.size(); ++i) {
        documents[i] = any_document(random, shape, i, static_cast<std::uint32_t>(documents.size()));
        documents[i].deleted = seed % 5 == 0 && random.one_in(7);
      }
    }
    const SmallIndex index(segments);
    for (std::uint32_t i = 0; i < 40; ++i) {
      const Node root = any_flat_query(random);
      SearchOptions options;
      options.k = random.pick(ks);
      options.count = random.one_in(2);
      if (random.one_in(4)) options.offset = random.below(20);
      if (random.one_in(4))
        options.bm25 = {.k1 = random.below(30) * 0.1, .b = random.below(11) * 0.1};
      flat += flatten(make_plan(index.snapshot(), root, options.bm25).root) ? 1U : 0U;
      ++queries;
      expect_same(index.snapshot(), root, options,
                  "seed " + std::to_string(seed) + " query " + std::to_string(i));
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GT(flat * 10, queries * 9) << "few of the queries were searched by bounds";
}

}  // namespace
}  // namespace stemma::execution
