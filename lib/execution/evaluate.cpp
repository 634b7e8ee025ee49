// Reading this file should be enough to know what every operator of the query language means.
#include "execution/evaluate.h"

#include <algorithm>
#include <set>
#include <utility>

#include "execution/naive_pattern.h"
#include "execution/range.h"
#include "stemma/error.h"

namespace stemma::execution {
namespace {

using query::NodeKind;
using SpanSet = std::set<std::pair<std::uint32_t, std::uint32_t>>;  // first, last
using PositionSet = std::set<std::uint32_t>;

class Evaluator {
 public:
  Evaluator(const segment::Segment& segment, Ordinal begin, Ordinal end, Interrupt& interrupt)
      : segment_(segment), begin_(begin), end_(end), interrupt_(interrupt) {}

  [[nodiscard]] Evaluation evaluate(const PlanNode& plan) const {
    Evaluation result = matches_of(plan);
    // A leaf adds to the score only where everything above it matches.
    for (LeafColumn& leaf : result.leaves) {
      for (std::size_t i = 0; i < leaf.counts.size(); ++i) {
        leaf.counts[i] = leaf.counts[i] && result.matches[i];
      }
    }
    return result;
  }

 private:
  [[nodiscard]] Evaluation matches_of(const PlanNode& plan) const {
    Evaluation result(begin_, end_);
    switch (plan.kind) {
      case NodeKind::nothing:
        break;
      case NodeKind::everything:
        result.matches.flip();
        break;
      case NodeKind::word:
        result.matches = add_leaf(plan.leaves.front(), result);
        break;
      case NodeKind::phrase:
        evaluate_phrase(plan, result);
        break;
      case NodeKind::near:
      case NodeKind::adjacent:
        evaluate_near(plan, result);
        break;
      case NodeKind::pattern:
        for (const std::string& word : naive_words(segment_, *plan.node)) {
          read(word, [&](std::size_t i, segment::PostingCursor&) { result.matches[i] = true; });
        }
        break;
      case NodeKind::number_range:
        for (const segment::NumberValue& number : segment_.numbers(plan.node->field)) {
          if (number.value >= plan.node->low && number.value <= plan.node->high) {
            set(number.doc, result);
          }
        }
        break;
      case NodeKind::date_range:
        for (const segment::DateValue& date : segment_.dates(date_column(*plan.node))) {
          const bool before = date.value.last < plan.node->dates.first;
          const bool after = date.value.first > plan.node->dates.last;
          if (!before && !after) set(date.doc, result);
        }
        break;
      case NodeKind::all_of:
      case NodeKind::any_of:
      case NodeKind::one_of:
      case NodeKind::without:
        evaluate_join(plan, result);
        break;
      case NodeKind::boost:
        throw Error(Error::Kind::invalid_argument, "a boost in a plan");
    }
    return result;
  }

  void set(Ordinal doc, Evaluation& result) const {
    if (doc >= begin_ && doc < end_) result.matches[doc - begin_] = true;
  }

  // Calls visit(index, cursor) for each document of the range that has `term`.
  template <class Visit>
  void read(const std::string& term, const Visit& visit) const {
    const auto info = segment_.find(term);
    if (!info) return;
    segment::PostingCursor list = segment_.postings(*info);
    if (list.doc() < begin_) list.seek(begin_);
    for (; list.doc() < end_; list.next()) {
      interrupt_.tick();
      visit(list.doc() - begin_, list);
    }
  }

  // The documents that have the leaf; its column is added if it is weighted.
  std::vector<bool> add_leaf(const Leaf& leaf, Evaluation& result) const {
    LeafColumn column;
    column.leaf = &leaf;
    column.counts.resize(end_ - begin_);
    column.term_frequencies.resize(end_ - begin_);
    for (const std::string& term : leaf.word->terms) {
      read(term, [&](std::size_t i, segment::PostingCursor& list) {
        column.counts[i] = true;
        column.term_frequencies[i] += list.term_frequency();
      });
    }
    std::vector<bool> has = column.counts;
    if (leaf.weighted) result.leaves.push_back(std::move(column));
    return has;
  }

  // Where the leaf's word stands in each document.
  [[nodiscard]] std::vector<PositionSet> positions_of(const Leaf& leaf) const {
    const auto& terms = leaf.word->stemmed ? leaf.words : leaf.word->terms;
    std::vector<PositionSet> positions(end_ - begin_);
    for (const std::string& term : terms) {
      read(term, [&](std::size_t i, segment::PostingCursor& list) {
        const auto here = list.positions();
        positions[i].insert(here.begin(), here.end());
      });
    }
    return positions;
  }

  // Where a word or phrase stands in each document: every way to choose one position a slot,
  // ascending, consecutive or within the window.
  [[nodiscard]] std::vector<SpanSet> spans_of(const PlanNode& plan) const {
    const bool consecutive = plan.window == 0 || plan.window == plan.leaves.size();
    std::vector<SpanSet> spans(end_ - begin_);
    for (std::size_t slot = 0; slot < plan.leaves.size(); ++slot) {
      const std::vector<PositionSet> positions = positions_of(plan.leaves[slot]);
      for (std::size_t i = 0; i < spans.size(); ++i) {
        SpanSet longer;
        for (const std::uint32_t position : positions[i]) {
          if (slot == 0) longer.insert({position, position});
          for (const auto& [first, last] : spans[i]) {
            if (position <= last) continue;
            if (consecutive ? position == last + 1 : position - first < plan.window) {
              longer.insert({first, position});
            }
          }
        }
        spans[i] = std::move(longer);
      }
    }
    if (!consecutive && plan.window < plan.leaves.size()) return std::vector<SpanSet>(spans.size());
    return spans;
  }

  void evaluate_phrase(const PlanNode& plan, Evaluation& result) const {
    std::vector<std::vector<bool>> has;
    for (const Leaf& leaf : plan.leaves) has.push_back(add_leaf(leaf, result));
    const std::vector<SpanSet> spans = spans_of(plan);
    for (std::size_t i = 0; i < result.matches.size(); ++i) {
      result.matches[i] = !spans[i].empty() && std::all_of(has.begin(), has.end(),
                                                           [i](const auto& in) { return in[i]; });
    }
  }

  void evaluate_near(const PlanNode& plan, Evaluation& result) const {
    std::vector<std::vector<bool>> has;
    std::vector<std::vector<SpanSet>> operands;
    for (const PlanNode& operand : plan.children) {
      for (const Leaf& leaf : operand.leaves) has.push_back(add_leaf(leaf, result));
      operands.push_back(spans_of(operand));
    }
    for (std::size_t i = 0; i < result.matches.size(); ++i) {
      if (!std::all_of(has.begin(), has.end(), [i](const auto& in) { return in[i]; })) continue;
      std::vector<const SpanSet*> here;
      here.reserve(operands.size());
      for (const auto& operand : operands) here.push_back(&operand[i]);
      SpanSet chosen;
      result.matches[i] = !here.empty() && arrangement_exists(plan, here, 0, chosen);
    }
  }

  // Whether operands from `at` on can be placed beside those chosen so far.
  bool arrangement_exists(const PlanNode& plan, const std::vector<const SpanSet*>& operands,
                          std::size_t at, SpanSet& chosen) const {
    if (at == operands.size()) return true;
    for (const auto& span : *operands[at]) {
      interrupt_.tick();
      const bool fits = std::all_of(chosen.begin(), chosen.end(), [&](const auto& other) {
        const bool behind = span.first > other.second;
        const bool before = span.second < other.first && plan.kind == NodeKind::near;
        const std::uint32_t first = std::min(span.first, other.first);
        return (behind || before) && std::max(span.second, other.second) - first < plan.window;
      });
      if (!fits || span.second - span.first >= plan.window) continue;
      const auto [place, inserted] = chosen.insert(span);
      const bool exists = arrangement_exists(plan, operands, at + 1, chosen);
      if (inserted) chosen.erase(place);
      if (exists) return true;
    }
    return false;
  }

  void evaluate_join(const PlanNode& plan, Evaluation& result) const {
    std::vector<std::size_t> matching(result.matches.size());
    std::vector<bool> first;
    for (const PlanNode& child : plan.children) {
      Evaluation part = evaluate(child);
      if (&child == &plan.children.front()) first = part.matches;
      for (std::size_t i = 0; i < matching.size(); ++i) matching[i] += part.matches[i] ? 1U : 0U;
      std::move(part.leaves.begin(), part.leaves.end(), std::back_inserter(result.leaves));
    }
    for (std::size_t i = 0; i < matching.size(); ++i) {
      switch (plan.kind) {
        case NodeKind::all_of:
          result.matches[i] = matching[i] == plan.children.size();
          break;
        case NodeKind::any_of:
          result.matches[i] = matching[i] != 0;
          break;
        case NodeKind::one_of:
          result.matches[i] = matching[i] % 2 == 1;
          break;
        default:
          result.matches[i] = first[i] && matching[i] == 1;
          break;  // AND NOT
      }
    }
  }

  const segment::Segment& segment_;
  Ordinal begin_;
  Ordinal end_;
  Interrupt& interrupt_;
};

}  // namespace

Evaluation evaluate(const PlanNode& plan, const segment::Segment& segment, Ordinal begin,
                    Ordinal end, Interrupt& interrupt) {
  return Evaluator(segment, begin, end, interrupt).evaluate(plan);
}

}  // namespace stemma::execution
