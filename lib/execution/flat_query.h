// The shape that the fast executor answers: words that must all match, or any of them, and
// conditions on the documents that do.
//
// Most queries have this shape: words, an OR of words, phrases and NEAR (their words must all
// match, the arrangement is a condition), each with filters and with NOT. What has another shape,
// such as a weighted OR inside an AND, is answered by walking operators (operator.h); `explain`
// says so.
#pragma once

#include <optional>
#include <vector>

#include "execution/plan.h"

namespace stemma::execution {

struct FlatQuery {
  bool any = false;                 ///< any of the leaves, else all of them
  std::vector<const Leaf*> leaves;  ///< in the order of the query; weighted or not
  /// phrase, near, adjacent over some of the leaves
  std::vector<const PlanNode*> arrangements;
  std::vector<const PlanNode*> required;  ///< parts without weight
  std::vector<const PlanNode*> excluded;
};

/// nullopt if the plan has another shape. Points into the plan.
[[nodiscard]] std::optional<FlatQuery> flatten(const PlanNode& plan);

}  // namespace stemma::execution
