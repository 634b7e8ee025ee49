// Patterns over dictionaries of many blocks, with lists of every length: first documents, counts
// and conditions against the oracle.
#include "execution/document_set.h"

#include <gtest/gtest.h>

#include "execution/execute.h"
#include "execution/random.h"
#include "execution/small_index.h"
#include "execution/trees.h"

namespace stemma::execution {
namespace {

using namespace testing;  // NOLINT: builders of trees
using query::PatternKind;

// Words of one or two letters and a number: the lower the number, the commoner the word.
const std::vector<std::string>& heads() {
  static const std::vector<std::string> all = {"a", "ab", "abc", "b", "é", "e", "z"};
  return all;
}

std::string any_of_many_words(Random& random) {
  std::uint32_t limit = 2;
  while (limit < 3000 && !random.one_in(4)) limit *= 3;
  return random.pick(heads()) + std::to_string(random.below(limit));
}

std::vector<std::vector<SmallDocument>> any_segments(Random& random) {
  const std::vector<std::uint32_t> sizes = {1, 60, 130, 700, 3000};
  std::vector<std::vector<SmallDocument>> segments(1 + random.below(2));
  const bool deletions = random.one_in(2);
  for (auto& documents : segments) {
    documents.resize(random.pick(sizes));
    for (SmallDocument& document : documents) {
      for (std::uint32_t i = random.below(9); i > 0; --i) {
        document.words.push_back(any_of_many_words(random));
      }
      document.title = random.below(document.words.size() + 1);
      if (random.one_in(9)) document.source = {any_of_many_words(random)};
      if (!random.one_in(3)) document.dates = {{random.below(50), 60}};
      document.deleted = deletions && random.one_in(3);
    }
  }
  return segments;
}

Node any_set(Random& random, std::uint32_t depth) {
  if (depth > 0 && random.one_in(3)) {
    const std::vector<NodeKind> kinds = {NodeKind::all_of, NodeKind::any_of, NodeKind::one_of,
                                         NodeKind::without};
    return join(random.pick(kinds), {any_set(random, depth - 1), any_set(random, depth - 1)});
  }
  const std::string text = any_of_many_words(random);
  switch (random.below(8)) {
    case 0:
      return leafless(NodeKind::everything);
    case 1:
      return date_range({random.below(40), random.below(80)});
    case 2:
      return unweighted(word(text));
    case 3:
      return pattern(PatternKind::wildcard,
                     random.pick(heads()) + "*" + text.substr(text.size() - 1));
    case 4: {
      Node node = pattern(PatternKind::prefix, text.substr(0, 2));
      node.field = random.one_in(2) ? "title" : "source";
      return node;
    }
    default:
      return pattern(PatternKind::prefix, text.substr(0, random.below(text.size() + 1)));
  }
}

TEST(DocumentSets, AreWhatTheOracleSays) {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    Random random(seed);
    const SmallIndex index(any_segments(random));
    for (int i = 0; i < 40; ++i) {
      const Node set = any_set(random, 2);
      // Alone, and as a condition on words.
      Node root = set;
      const Node words =
          random.one_in(2) ? word("a0") : join(NodeKind::any_of, {word("a1"), word("b0")});
      if (random.one_in(3)) root = join(NodeKind::all_of, {words, set});
      if (random.one_in(6)) root = join(NodeKind::without, {words, set});
      SearchOptions options;
      const std::vector<std::size_t> ks = {0, 1, 2, 10, 100, 5000};
      options.k = random.pick(ks);
      options.count = random.one_in(2);
      if (random.one_in(4)) options.offset = random.below(20);
      const Hits fast = execute(index.snapshot(), root, options);
      options.exhaustive = true;
      ASSERT_EQ(fast, execute(index.snapshot(), root, options))
          << "seed " << seed << " query " << i << " k " << options.k << " offset " << options.offset
          << "\n"
          << plan_text(index.snapshot(), root, options);
    }
  }
}

}  // namespace
}  // namespace stemma::execution
