// From tree to plan: one visit a node, top down for boosts and weights, bottom up for estimates.
#include "execution/plan.h"

#include <algorithm>
#include <set>
#include <utility>

#include "execution/spans.h"
#include "stemma/error.h"

namespace stemma::execution {
namespace {

using query::Node;
using query::NodeKind;

// What a node inherits from those above it.
struct Above {
  double factor = 1;
  bool weighted = true;
};

class Planner {
 public:
  Planner(const snapshot::Snapshot& snapshot, const scoring::Bm25& bm25)
      : snapshot_(snapshot), bm25_(bm25), documents_(snapshot.collection().documents) {}

  [[nodiscard]] PlanNode plan(const Node& node, Above above) const {
    above.weighted = above.weighted && node.weighted;
    switch (node.kind) {
      case NodeKind::word:
        return plan_word(node, above);
      case NodeKind::phrase:
        return plan_phrase(node, above);
      case NodeKind::near:
      case NodeKind::adjacent:
        return plan_near(node, above);
      case NodeKind::all_of:
      case NodeKind::any_of:
      case NodeKind::one_of:
        return plan_join(node, above);
      case NodeKind::without:
        return plan_without(node, above);
      case NodeKind::boost:
        if (node.children.size() != 1) throw malformed("a boost of one child");
        return plan_boost(node, above);
      case NodeKind::everything:
      case NodeKind::pattern:
      case NodeKind::number_range:
      case NodeKind::date_range:
        return simple(node, documents_);
      case NodeKind::nothing:
        break;
    }
    return simple(node, 0);
  }

 private:
  static Error malformed(const std::string& expected) {
    return Error(Error::Kind::invalid_argument, "malformed query tree: expected " + expected);
  }
  static PlanNode simple(const Node& node, std::uint64_t at_most) {
    PlanNode made;
    made.kind = node.kind;
    made.node = &node;
    made.window = node.window;
    made.at_most = at_most;
    return made;
  }

  [[nodiscard]] Leaf leaf(const query::Word& word, const Node& node, const Above& above) const {
    Leaf made;
    made.infos.reserve(word.terms.size() * snapshot_.segments().size());
    std::uint64_t sum = 0;
    for (const std::string& term : word.terms) {
      sum += snapshot_.statistics(term, made.infos).document_frequency;
    }
    made.word = &word;
    made.node = &node;
    made.document_frequency = scoring::union_document_frequency(documents_, sum);
    made.weighted = above.weighted;
    if (above.weighted) {
      made.weight = scoring::term_weight(bm25_, documents_, made.document_frequency, above.factor);
    }
    return made;
  }

  // A slot needs positions, which stems have not: the words that they stand for have.
  void find_words(Leaf& slot) const {
    if (!slot.word->stemmed) return;
    std::set<std::string> keys;
    for (const std::string& stem : slot.word->terms) {
      const TermLayer layer =
          layer_of(stem) == TermLayer::title_stem ? TermLayer::title_word : TermLayer::word;
      for (const snapshot::SegmentView& view : snapshot_.segments()) {
        for (const std::string& text : view.segment->words_of(stem)) {
          keys.insert(term_key(layer, text));
        }
      }
    }
    slot.words.assign(keys.begin(), keys.end());
  }

  [[nodiscard]] PlanNode plan_word(const Node& node, const Above& above) const {
    PlanNode made = simple(node, 0);
    made.leaves.push_back(leaf(node.word, node, above));
    made.at_most = made.leaves.front().document_frequency;
    return made;
  }

  [[nodiscard]] PlanNode plan_phrase(const Node& node, const Above& above) const {
    PlanNode made = simple(node, node.slots.empty() ? 0 : documents_);
    made.leaves.reserve(node.slots.size());
    for (const query::Word& slot : node.slots) {
      made.leaves.push_back(leaf(slot, node, above));
      find_words(made.leaves.back());
      made.at_most = std::min(made.at_most, made.leaves.back().document_frequency);
    }
    return made;
  }

  [[nodiscard]] PlanNode plan_near(const Node& node, const Above& above) const {
    PlanNode made = simple(node, node.children.empty() ? 0 : documents_);
    std::size_t slots = 0;
    bool phrases = false;
    for (const Node& child : node.children) {
      made.children.push_back(plan(child, above));
      PlanNode& operand = made.children.back();
      if (operand.kind != NodeKind::word && operand.kind != NodeKind::phrase) {
        throw malformed("words and phrases under NEAR and ADJ");
      }
      if (operand.kind == NodeKind::word) find_words(operand.leaves.front());
      phrases = phrases || operand.leaves.size() > 1;
      slots += operand.leaves.size();
      made.at_most = std::min(made.at_most, operand.at_most);
    }
    if (made.window == 0) made.window = static_cast<std::uint32_t>(slots);
    if (node.kind == NodeKind::near && phrases && node.children.size() > kMaxNearPhrases) {
      throw Error(Error::Kind::limit,
                  "NEAR over phrases takes at most " + std::to_string(kMaxNearPhrases) +
                      " operands, got " + std::to_string(node.children.size()),
                  "use ADJ, or fewer phrases");
    }
    return made;
  }

  [[nodiscard]] PlanNode plan_join(const Node& node, const Above& above) const {
    PlanNode made = simple(node, 0);
    made.children.reserve(node.children.size());
    const bool all = node.kind == NodeKind::all_of;
    for (const Node& child : node.children) {
      PlanNode part = plan(child, above);
      // Children of children in place of the child: an AND in an AND, an OR in an OR, an XOR in an
      // XOR. Only the last can be told from its nested form: a XOR (b XOR c) scores all three where
      // all three match, though b XOR c alone would not match there. That is Xapian's meaning, and
      // so is that a boosted bracket stays one.
      const bool keep = node.kind == NodeKind::one_of && part.scaled;
      if (part.kind == node.kind && !keep) {
        std::move(part.children.begin(), part.children.end(), std::back_inserter(made.children));
      } else {
        made.children.push_back(std::move(part));
      }
    }
    if (made.children.size() == 1) return std::move(made.children.front());
    std::uint64_t sum = 0;
    std::uint64_t least = documents_;
    for (const PlanNode& part : made.children) {
      sum += part.at_most;
      least = std::min(least, part.at_most);
    }
    if (made.children.empty()) {
      made.kind = NodeKind::nothing;
    } else {
      made.at_most = all ? least : std::min(sum, documents_);
    }
    return made;
  }

  [[nodiscard]] PlanNode plan_boost(const Node& node, const Above& above) const {
    if (node.children.size() != 1) throw malformed("a boost of one child");
    PlanNode made = plan(node.children.front(), {above.factor * node.factor, above.weighted});
    made.scaled = true;
    return made;
  }

  [[nodiscard]] PlanNode plan_without(const Node& node, const Above& above) const {
    if (node.children.size() != 2) throw malformed("two children under AND NOT");
    PlanNode made = simple(node, 0);
    made.children.push_back(plan(node.children[0], above));
    made.children.push_back(plan(node.children[1], {above.factor, false}));
    made.at_most = made.children.front().at_most;
    return made;
  }

  const snapshot::Snapshot& snapshot_;
  const scoring::Bm25& bm25_;
  std::uint64_t documents_;
};

}  // namespace

Plan make_plan(const snapshot::Snapshot& snapshot, const Node& root, const Bm25Options& options) {
  const scoring::Bm25 bm25{.k1 = options.k1, .b = options.b};
  const scoring::Collection& collection = snapshot.collection();
  return {Planner(snapshot, bm25).plan(root, {}), bm25, collection,
          scoring::TermFrequencyPart(bm25, collection.average_length())};
}

std::string leaf_name(const Leaf& leaf) {
  Node word;
  word.kind = NodeKind::word;
  word.field = leaf.node->field;
  word.word = *leaf.word;
  return query::to_text(word);
}

}  // namespace stemma::execution
