// Random documents and query trees over a small vocabulary, so that words meet: stems of three
// words each, an accented one, common and rare words, every operator.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "execution/random.h"
#include "execution/small_index.h"
#include "execution/trees.h"

namespace stemma::testing {

inline const std::vector<std::string>& vocabulary() {
  static const std::vector<std::string> words = {"a1", "a2", "a3", "b1", "b2", "b3", "c1",
                                                 "c2", "d1", "d2", "é1", "e1", "é2", "f1",
                                                 "f2", "g1", "g2", "h1", "i1", "j1"};
  return words;
}

/// Earlier words of the vocabulary are commoner.
inline const std::string& any_word(Random& random) {
  const std::uint32_t limit = 1 + random.below(vocabulary().size());
  return vocabulary()[random.below(limit)];
}

inline SmallDocument any_document(Random& random) {
  SmallDocument document;
  const std::uint32_t length = random.one_in(20) ? 0 : 1 + random.below(random.one_in(5) ? 60 : 12);
  for (std::uint32_t i = 0; i < length; ++i) document.words.push_back(any_word(random));
  document.title = random.below(std::size_t{length} + 1);
  if (random.one_in(3)) document.source = {any_word(random), any_word(random)};
  while (random.one_in(2)) {
    const auto first = static_cast<std::int64_t>(random.below(100)) - 50;
    document.dates.push_back({first, first + random.below(10)});
  }
  if (random.one_in(3)) document.prices.push_back(random.below(20));
  return document;
}

class RandomTree {
 public:
  explicit RandomTree(Random& random) : random_(random) {}

  Node any(std::uint32_t depth = 3) {
    Node node = depth == 0 || random_.one_in(3) ? leaf() : inner(depth - 1);
    if (random_.one_in(8)) node.weighted = false;
    return node;
  }

 private:
  query::Word any_slot(bool stems) {
    query::Word slot = stems ? stemmed(stem_of(any_word(random_))) : verbatim(any_word(random_));
    if (random_.one_in(4)) {
      const query::Word other =
          stems ? stemmed(stem_of(any_word(random_))) : verbatim(any_word(random_));
      if (other.terms != slot.terms) slot.terms.push_back(other.terms.front());
      std::sort(slot.terms.begin(), slot.terms.end());
    }
    if (random_.one_in(40)) slot.terms = {"wmissing"};
    return slot;
  }
  Node any_phrase() {
    std::vector<query::Word> slots(1 + random_.below(3));
    const bool stems = random_.one_in(3);
    for (query::Word& slot : slots) slot = any_slot(stems);
    return phrase_of(std::move(slots), random_.one_in(3) ? random_.below(7) : 0);
  }
  Node any_pattern() {
    std::string text = any_word(random_);
    switch (random_.below(5)) {
      case 0:
        return pattern(query::PatternKind::prefix, text.substr(0, 1));
      case 1:
        return pattern(query::PatternKind::prefix, "");
      case 2:
        return pattern(query::PatternKind::wildcard, "?" + text.substr(text.size() - 1));
      case 3:
        return pattern(query::PatternKind::wildcard, "*" + text.substr(1));
      default:
        return pattern(query::PatternKind::edit_distance, text, random_.below(3));
    }
  }
  Node leaf() {
    switch (random_.below(12)) {
      case 0:
        return any_pattern();
      case 1: {
        const auto first = static_cast<std::int64_t>(random_.below(100)) - 50;
        return date_range({first, first + random_.below(40)});
      }
      case 2:
        return number_range("price", random_.below(20), random_.below(20));
      case 3:
        return any_phrase();
      case 4:
        return any_phrase();
      case 5:
        return random_.one_in(3) ? leafless(NodeKind::everything) : any_phrase();
      default:
        return word(any_slot(random_.one_in(2)));
    }
  }
  Node near() {
    std::vector<Node> operands(2 + random_.below(2));
    for (Node& operand : operands) {
      operand = random_.one_in(3) ? any_phrase() : word(any_slot(random_.one_in(4)));
    }
    const NodeKind kind = random_.one_in(2) ? NodeKind::near : NodeKind::adjacent;
    return join(kind, std::move(operands), random_.below(9));
  }
  Node inner(std::uint32_t depth) {
    std::vector<Node> children(1 + random_.below(4));
    for (Node& child : children) child = any(depth);
    switch (random_.below(7)) {
      case 0:
        return join(NodeKind::one_of, std::move(children));
      case 1:
        return join(NodeKind::without, {any(depth), any(depth)});
      case 2:
        return near();
      case 3:
        return boost(any(depth), random_.below(5) * 0.37);
      case 4:
      case 5:
        return join(NodeKind::any_of, std::move(children));
      default:
        return join(NodeKind::all_of, std::move(children));
    }
  }

  Random& random_;
};

}  // namespace stemma::testing
