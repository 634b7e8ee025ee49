// Normalised construction of nodes.
#include "query/compose.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace stemma::query {
namespace {

Node group_of(NodeKind kind, std::vector<Node> children) {
  Node group;
  group.kind = kind;
  for (const Node& child : children) group.typed = joined(group.typed, child.typed);
  group.children = std::move(children);
  return group;
}

Node make_group(NodeKind kind, std::vector<Node> children) {
  if (children.size() == 1) return std::move(children.front());
  const auto stays = [kind](const Node& child) {
    return child.kind != NodeKind::nothing && (child.kind != kind || kind == NodeKind::one_of);
  };
  if (!children.empty() && std::all_of(children.begin(), children.end(), stays)) {
    return group_of(kind, std::move(children));
  }
  std::vector<Node> kept;
  kept.reserve(children.size());
  for (Node& child : children) {
    if (child.kind == NodeKind::nothing) continue;
    if (child.kind == kind && kind != NodeKind::one_of) {
      std::move(child.children.begin(), child.children.end(), std::back_inserter(kept));
    } else {
      kept.push_back(std::move(child));
    }
  }
  if (kept.empty()) return {};
  if (kept.size() == 1) return std::move(kept.front());
  return group_of(kind, std::move(kept));
}

bool is_half_open(const Node& node) {
  if (node.kind == NodeKind::number_range) return std::isinf(node.low) || std::isinf(node.high);
  if (node.kind == NodeKind::date_range) {
    return node.dates.first == std::numeric_limits<std::int64_t>::min() ||
           node.dates.last == std::numeric_limits<std::int64_t>::max();
  }
  return false;
}

}  // namespace

ByteRange joined(ByteRange a, ByteRange b) {
  if (a.begin == a.end) return b;
  if (b.begin == b.end) return a;
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

Node make_all(std::vector<Node> children) {
  return make_group(NodeKind::all_of, std::move(children));
}

Node make_any(std::vector<Node> children) {
  return make_group(NodeKind::any_of, std::move(children));
}

Node make_one(std::vector<Node> children) {
  return make_group(NodeKind::one_of, std::move(children));
}

Node make_everything() {
  Node node;
  node.kind = NodeKind::everything;
  return node;
}

Node make_without(Node base, Node excluded) {
  if (excluded.kind == NodeKind::nothing) return base;
  if (base.kind == NodeKind::nothing) base = make_everything();
  if (base.kind == NodeKind::without) {
    Node earlier = std::move(base.children[1]);
    std::vector<Node> both;
    both.push_back(std::move(earlier));
    both.push_back(std::move(excluded));
    excluded = make_any(std::move(both));
    Node inner = std::move(base.children[0]);
    base = std::move(inner);
  }
  Node node;
  node.kind = NodeKind::without;
  node.typed = joined(base.typed, excluded.typed);
  node.children.push_back(std::move(base));
  node.children.push_back(std::move(excluded));
  return node;
}

Node make_boost(Node child, double factor) {
  if (factor == 1 || child.kind == NodeKind::nothing) return child;
  Node node;
  node.kind = NodeKind::boost;
  node.typed = child.typed;
  node.factor = factor;
  node.children.push_back(std::move(child));
  return node;
}

bool is_filter(const Node& node) {
  switch (node.kind) {
    case NodeKind::nothing:
    case NodeKind::everything:
      return false;
    case NodeKind::word:
    case NodeKind::phrase:
      return !node.weighted;
    case NodeKind::pattern:
      return !node.field.empty() && node.field != "title";
    case NodeKind::number_range:
    case NodeKind::date_range:
      return true;
    default:
      return std::all_of(node.children.begin(), node.children.end(), is_filter);
  }
}

std::string filtered_value_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::word:
    case NodeKind::phrase:
    case NodeKind::pattern:
    case NodeKind::number_range:
      return is_half_open(node) ? std::string() : node.field;
    case NodeKind::date_range:
      if (is_half_open(node)) return {};
      return node.field;
    case NodeKind::any_of: {
      std::string field = filtered_value_of(node.children.front());
      for (const Node& child : node.children) {
        if (filtered_value_of(child) != field) return {};
      }
      return field;
    }
    default:
      return {};
  }
}

}  // namespace stemma::query
