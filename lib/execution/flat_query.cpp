#include "execution/flat_query.h"

#include <algorithm>

namespace stemma::execution {
namespace {

using query::NodeKind;

bool weightless(const PlanNode& plan) {
  switch (plan.kind) {
    case NodeKind::number_range:
    case NodeKind::date_range:
    case NodeKind::pattern:
      return true;
    default:
      break;
  }
  const auto unweighted = [](const Leaf& leaf) { return !leaf.weighted; };
  return std::all_of(plan.leaves.begin(), plan.leaves.end(), unweighted) &&
         std::all_of(plan.children.begin(), plan.children.end(), weightless) &&
         plan.kind != NodeKind::everything && plan.kind != NodeKind::nothing;
}

void take_leaves(const PlanNode& plan, FlatQuery& flat) {
  for (const Leaf& leaf : plan.leaves) flat.leaves.push_back(&leaf);
  for (const PlanNode& child : plan.children) take_leaves(child, flat);
}

/// Adds a part that must match; false if it has another shape.
bool require(const PlanNode& plan, FlatQuery& flat) {
  switch (plan.kind) {
    case NodeKind::word:
      flat.leaves.push_back(&plan.leaves.front());
      return true;
    case NodeKind::phrase:
    case NodeKind::near:
    case NodeKind::adjacent: {
      const std::size_t before = flat.leaves.size();
      take_leaves(plan, flat);
      flat.arrangements.push_back(&plan);
      return flat.leaves.size() > before;
    }
    case NodeKind::all_of:
      return std::all_of(plan.children.begin(), plan.children.end(),
                         [&flat](const PlanNode& child) { return require(child, flat); });
    case NodeKind::without:
      flat.excluded.push_back(&plan.children[1]);
      return require(plan.children[0], flat);
    default:
      break;
  }
  if (!weightless(plan)) return false;
  flat.required.push_back(&plan);
  return true;
}

bool is_any_of_words(const PlanNode& plan) {
  return plan.kind == NodeKind::any_of &&
         std::all_of(plan.children.begin(), plan.children.end(),
                     [](const PlanNode& child) { return child.kind == NodeKind::word; });
}

/// An OR of words under filters and NOT.
bool take_any(const PlanNode& plan, FlatQuery& flat) {
  if (is_any_of_words(plan)) {
    if (flat.any) return false;
    flat.any = true;
    take_leaves(plan, flat);
    return true;
  }
  if (plan.kind == NodeKind::without) {
    flat.excluded.push_back(&plan.children[1]);
    return take_any(plan.children[0], flat);
  }
  if (plan.kind == NodeKind::all_of) {
    return std::all_of(plan.children.begin(), plan.children.end(),
                       [&flat](const PlanNode& child) { return take_any(child, flat); });
  }
  if (!weightless(plan)) return false;
  flat.required.push_back(&plan);
  return true;
}

}  // namespace

std::optional<FlatQuery> flatten(const PlanNode& plan) {
  FlatQuery all;
  if (require(plan, all) && !all.leaves.empty()) return all;
  FlatQuery any;
  if (take_any(plan, any) && any.any) return any;
  return std::nullopt;
}

}  // namespace stemma::execution
