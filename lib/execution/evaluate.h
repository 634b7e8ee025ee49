// The oracle: what a query means, written as plainly as it can be said.
//
// Every node becomes one truth value a document, by the definition of its operator and nothing
// clever: full lists, all positions, every arrangement tried, patterns compared with every word.
// It shares the plan's weights with the fast executor, and none of its operators. score_parts()
// uses it too, for a range of one document.
#pragma once

#include <cstdint>
#include <vector>

#include "execution/plan.h"
#include "scoring/bm25.h"

namespace stemma::execution {

/// A weighted leaf over a range of documents.
struct LeafColumn {
  const Leaf* leaf = nullptr;
  std::vector<std::uint32_t> term_frequencies;
  std::vector<bool> counts;  ///< the leaf and every operator above it match
};

/// Index 0 is document `begin`.
struct Evaluation {
  Evaluation(Ordinal first, Ordinal behind) : begin(first), end(behind), matches(behind - first) {}
  Ordinal begin;
  Ordinal end;
  std::vector<bool> matches;
  std::vector<LeafColumn> leaves;  ///< in the order of the query
};

/// Documents [begin, end) of the segment, deleted ones too.
[[nodiscard]] Evaluation evaluate(const PlanNode& plan, const segment::Segment& segment,
                                  Ordinal begin, Ordinal end, Interrupt& interrupt);

}  // namespace stemma::execution
