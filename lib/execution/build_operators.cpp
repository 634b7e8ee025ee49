// From plan to operators, for one segment: terms that the segment has not are decided here, so
// that an AND of a missing word costs one dictionary lookup.
#include <optional>
#include <utility>
#include <vector>

#include "execution/all_of.h"
#include "execution/any_of.h"
#include "execution/bitmap.h"
#include "execution/document_set.h"
#include "execution/one_of.h"
#include "execution/phrase.h"
#include "execution/plan.h"
#include "execution/range.h"
#include "execution/term.h"
#include "execution/without.h"

namespace stemma::execution {
namespace {

using query::NodeKind;

class Builder {
 public:
  /// Without `index` the segment's dictionary is asked.
  Builder(const segment::Segment& segment, std::optional<std::size_t> index, Interrupt& interrupt)
      : segment_(segment), index_(index), interrupt_(interrupt) {}

  [[nodiscard]] OperatorPtr build(const PlanNode& plan) const {
    switch (plan.kind) {
      case NodeKind::word:
        return build_word(plan);
      case NodeKind::phrase:
      case NodeKind::near:
      case NodeKind::adjacent:
        return build_phrase(plan);
      case NodeKind::all_of:
        return build_all(plan);
      case NodeKind::any_of:
      case NodeKind::one_of:
        return build_any(plan);
      case NodeKind::without:
        return build_without(plan);
      case NodeKind::everything: {
        Bitmap bitmap(segment_.document_count());
        bitmap.fill();
        return members(std::move(bitmap));
      }
      case NodeKind::pattern:
        return members(documents_of_pattern(*plan.node, segment_, interrupt_));
      case NodeKind::number_range:
        return members(numbers_in_range(segment_, *plan.node));
      case NodeKind::date_range:
        return members(dates_in_range(segment_, *plan.node));
      case NodeKind::nothing:
      case NodeKind::boost:
        break;
    }
    return nullptr;
  }

 private:
  // Null where there is nothing, as for all operators.
  [[nodiscard]] OperatorPtr members(Bitmap bitmap) const {
    auto made = std::make_unique<Members>(std::move(bitmap), interrupt_);
    return made->doc() == kEndOfList ? nullptr : OperatorPtr(std::move(made));
  }

  [[nodiscard]] std::vector<segment::PostingCursor> lists_of(
      const std::vector<std::string>& terms) const {
    std::vector<segment::PostingCursor> lists;
    for (const std::string& term : terms) {
      const auto info = segment_.find(term);
      if (info) lists.push_back(segment_.postings(*info));
    }
    return lists;
  }

  [[nodiscard]] std::vector<segment::PostingCursor> lists_of(const Leaf& leaf) const {
    if (!index_) return lists_of(leaf.word->terms);
    std::vector<segment::PostingCursor> lists;
    for (std::size_t term = 0; term < leaf.word->terms.size(); ++term) {
      const segment::TermInfo& info = leaf.info(term, *index_);
      if (info.document_frequency > 0) lists.push_back(segment_.postings(info));
    }
    return lists;
  }

  // False if the segment has none of the leaf's terms.
  bool add_word(const Leaf& leaf, std::vector<WeightedCursor>& words) const {
    std::vector<segment::PostingCursor> lists = lists_of(leaf);
    if (lists.empty()) return false;
    words.emplace_back(TermCursor(std::move(lists)), leaf.weight, leaf.weighted);
    return true;
  }

  [[nodiscard]] OperatorPtr build_word(const PlanNode& plan) const {
    std::vector<WeightedCursor> words;
    if (!add_word(plan.leaves.front(), words)) return nullptr;
    return std::make_unique<Term>(std::move(words.front()), interrupt_);
  }

  bool add_operand(const PlanNode& plan, std::vector<Operand>& operands) const {
    std::vector<WeightedCursor> words;
    std::vector<Slot> slots;
    for (const Leaf& leaf : plan.leaves) {
      if (!add_word(leaf, words)) return false;
      if (leaf.word->stemmed) {
        slots.emplace_back(std::move(words.back()), lists_of(leaf.words));
      } else {
        slots.emplace_back(std::move(words.back()));
      }
    }
    if (slots.empty()) return false;
    operands.emplace_back(std::move(slots), plan.window);
    return true;
  }

  [[nodiscard]] OperatorPtr build_phrase(const PlanNode& plan) const {
    std::vector<Operand> operands;
    if (plan.kind == NodeKind::phrase) {
      if (!add_operand(plan, operands)) return nullptr;
      return std::make_unique<Phrase>(std::move(operands), Arrangement::one_phrase, plan.window,
                                      interrupt_);
    }
    for (const PlanNode& child : plan.children) {
      if (!add_operand(child, operands)) return nullptr;
    }
    if (operands.empty()) return nullptr;
    const Arrangement arrangement =
        plan.kind == NodeKind::near ? Arrangement::near : Arrangement::adjacent;
    return std::make_unique<Phrase>(std::move(operands), arrangement, plan.window, interrupt_);
  }

  [[nodiscard]] OperatorPtr build_all(const PlanNode& plan) const {
    const bool only_words =
        std::all_of(plan.children.begin(), plan.children.end(),
                    [](const PlanNode& child) { return child.kind == NodeKind::word; });
    if (only_words) {
      std::vector<WeightedCursor> words;
      for (const PlanNode& child : plan.children) {
        if (!add_word(child.leaves.front(), words)) return nullptr;
      }
      return std::make_unique<AllWords>(std::move(words), interrupt_);
    }
    std::vector<OperatorPtr> children;
    for (const PlanNode& child : plan.children) {
      children.push_back(build(child));
      if (!children.back()) return nullptr;
    }
    return std::make_unique<AllOf>(std::move(children), interrupt_);
  }

  [[nodiscard]] OperatorPtr build_any(const PlanNode& plan) const {
    std::vector<OperatorPtr> children;
    for (const PlanNode& child : plan.children) {
      OperatorPtr made = build(child);
      if (made) children.push_back(std::move(made));
    }
    if (children.empty()) return nullptr;
    if (children.size() == 1) return std::move(children.front());
    if (plan.kind == NodeKind::one_of) {
      return std::make_unique<OneOf>(std::move(children), interrupt_);
    }
    return std::make_unique<AnyOf>(std::move(children), interrupt_);
  }

  [[nodiscard]] OperatorPtr build_without(const PlanNode& plan) const {
    OperatorPtr wanted = build(plan.children[0]);
    if (!wanted) return nullptr;
    OperatorPtr unwanted = build(plan.children[1]);
    if (!unwanted) return wanted;
    return std::make_unique<Without>(std::move(wanted), std::move(unwanted), interrupt_);
  }

  const segment::Segment& segment_;
  std::optional<std::size_t> index_;
  Interrupt& interrupt_;
};

}  // namespace

OperatorPtr build_operators(const PlanNode& plan, const segment::Segment& segment,
                            Interrupt& interrupt) {
  return Builder(segment, std::nullopt, interrupt).build(plan);
}

OperatorPtr build_operators(const PlanNode& plan, const snapshot::Snapshot& snapshot,
                            std::size_t index, Interrupt& interrupt) {
  return Builder(*snapshot.segments()[index].segment, index, interrupt).build(plan);
}

}  // namespace stemma::execution
