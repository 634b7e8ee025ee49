// How nodes are put together, so that one meaning has one tree.
//
// AND inside AND and OR inside OR are flattened (sums of scores do not care), everything excluded
// from one thing is one union, and nothing stands beside something. XOR stays as typed: the plan
// flattens it, as Xapian does, except under a boost, where two matches cancel and add no score.
#pragma once

#include <string>
#include <vector>

#include "query/node.h"

namespace stemma::query {

/// All of the children; `nothing` among them is left out. No child: nothing.
[[nodiscard]] Node make_all(std::vector<Node> children);
/// Any of the children; `nothing` among them is left out. No child: nothing.
[[nodiscard]] Node make_any(std::vector<Node> children);
/// An odd number of the children.
[[nodiscard]] Node make_one(std::vector<Node> children);
/// `base` (everything, if it is nothing) without `excluded`.
[[nodiscard]] Node make_without(Node base, Node excluded);
/// `child` with its weights times `factor`.
[[nodiscard]] Node make_boost(Node child, double factor);
[[nodiscard]] Node make_everything();

/// A condition on fields alone, without weight: it restricts, and never is one alternative among
/// words typed side by side.
[[nodiscard]] bool is_filter(const Node& node);
/// The one field that a filter asks for a value of; empty if there are several, or if it is a range
/// open on one side (`price:>5 price:<9` means both).
[[nodiscard]] std::string filtered_value_of(const Node& node);

/// The span of two nodes' typed text; an empty one counts for nothing.
[[nodiscard]] ByteRange joined(ByteRange a, ByteRange b);

}  // namespace stemma::query
