// The plan in words, one node a line, children indented: what `explain` shows.
#include <cstdio>

#include "execution/document_set.h"
#include "execution/execute.h"
#include "execution/flat_query.h"
#include "execution/plan.h"

namespace stemma::execution {
namespace {

using query::NodeKind;

std::string title_of(const PlanNode& plan) {
  switch (plan.kind) {
    case NodeKind::nothing:
      return "nothing";
    case NodeKind::everything:
      return "every document";
    case NodeKind::word:
      return "word";
    case NodeKind::phrase:
      return "phrase";
    case NodeKind::near:
      return "near, in any order";
    case NodeKind::adjacent:
      return "near, in this order";
    case NodeKind::pattern:
      return "pattern";
    case NodeKind::number_range:
      return "number range";
    case NodeKind::date_range:
      return "date range";
    case NodeKind::all_of:
      return "all of";
    case NodeKind::any_of:
      return "any of";
    case NodeKind::one_of:
      return "an odd number of";
    case NodeKind::without:
      return "the first without the second";
    case NodeKind::boost:
      break;
  }
  return "";
}

std::string count_of(std::uint64_t number, const std::string& one) {
  return std::to_string(number) + " " + one + (number == 1 ? "" : "s");
}

std::string line_of(const Leaf& leaf) {
  std::string line = leaf_name(leaf) + ": in " + count_of(leaf.document_frequency, "document");
  if (leaf.word->terms.size() > 1) {
    line += ", " + std::to_string(leaf.word->terms.size()) + " terms counted as one";
  }
  if (!leaf.weighted) return line + ", no weight";
  char weight[32];
  std::snprintf(weight, sizeof weight, "%.4f", leaf.weight);
  return line + ", weight " + weight;
}

void write(const snapshot::Snapshot& snapshot, const PlanNode& plan, std::size_t depth,
           std::string& text) {
  const std::string indent(2 * depth, ' ');
  text += indent;
  if (plan.kind == NodeKind::word) {
    text += "word " + line_of(plan.leaves.front()) + "\n";
    return;
  }
  text += title_of(plan);
  if (plan.kind == NodeKind::pattern || plan.kind == NodeKind::number_range ||
      plan.kind == NodeKind::date_range) {
    text += " " + query::to_text(*plan.node);
  }
  if (plan.kind == NodeKind::pattern) {
    text += ": " + count_of(expand(snapshot, *plan.node, 1).total, "word");
  } else {
    if (plan.window != 0) text += ", within " + count_of(plan.window, "position");
    text += ": at most " + count_of(plan.at_most, "document");
  }
  text += "\n";
  for (const Leaf& leaf : plan.leaves) text += indent + "  word " + line_of(leaf) + "\n";
  for (const PlanNode& child : plan.children) write(snapshot, child, depth + 1, text);
}

// Which of the three answers it where hits are ranked by score.
const char* executor_of(const PlanNode& plan) {
  if (flatten(plan)) return "bounds on impacts";
  if (is_document_set(plan)) return "sets of documents";
  return "walking operators, since a weighted part stands inside an operator of another kind";
}

}  // namespace

std::string plan_text(const snapshot::Snapshot& snapshot, const query::Node& root,
                      const SearchOptions& options) {
  const Plan plan = make_plan(snapshot, root, options.bm25);
  std::string text;
  write(snapshot, plan.root, 0, text);
  return text + "executor: " + executor_of(plan.root) + "\n";
}

}  // namespace stemma::execution
