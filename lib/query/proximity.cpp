// Xapian's reading of a chain: `a NEAR/3 b NEAR/5 c` is one condition with the greatest distance
// given (10 if none is), in a window of distance + words - 1 positions. So a NEAR/1 b are
// neighbours.
#include "query/proximity.h"

#include <algorithm>
#include <string>
#include <utility>

#include "query/compose.h"

namespace stemma::query {
namespace {

constexpr std::uint32_t kDefaultDistance = 10;
constexpr std::size_t kMaxAlternatives = 64;

bool is_place(const Node& node) {
  return node.kind == NodeKind::word || node.kind == NodeKind::phrase;
}

/// Positions of title and body are one sequence; those of each other field are their own.
std::string sequence_of(const Node& node) { return node.weighted ? std::string() : node.field; }

/// The words or phrases that an operand stands for; empty if it is something else.
std::vector<Node> places_of(Node operand) {
  std::vector<Node> places;
  if (is_place(operand)) {
    places.push_back(std::move(operand));
  } else if (operand.kind == NodeKind::any_of &&
             std::all_of(operand.children.begin(), operand.children.end(), is_place)) {
    places = std::move(operand.children);
  }
  return places;
}

void strip_weight_and_slop(Node& operand, std::size_t offset, Notes& notes) {
  if (operand.kind == NodeKind::boost) {
    notes.guess(offset, "a weight beside NEAR or ADJ was left out",
                "give it to the whole: (a NEAR/5 b)^2");
    Node child = std::move(operand.children.front());
    operand = std::move(child);
  }
  if (operand.kind == NodeKind::phrase && operand.window != 0) {
    notes.guess(offset, "a phrase beside NEAR or ADJ is exact; its ~ was left out",
                "write \"a b\" NEAR/5 c");
    operand.window = 0;
  }
}

Node one_chain(std::vector<Node> operands, bool ordered, std::uint32_t distance) {
  Node node;
  node.kind = ordered ? NodeKind::adjacent : NodeKind::near;
  std::size_t words = 0;
  for (const Node& operand : operands) {
    words += operand.kind == NodeKind::phrase ? operand.slots.size() : 1;
    node.typed = joined(node.typed, operand.typed);
  }
  node.window = distance + static_cast<std::uint32_t>(words) - 1;
  node.children = std::move(operands);
  return node;
}

/// All ways to take one of each; the last operand changes fastest.
std::vector<std::vector<Node>> combinations(const std::vector<std::vector<Node>>& places) {
  std::vector<std::vector<Node>> chains(1);
  for (const std::vector<Node>& alternatives : places) {
    std::vector<std::vector<Node>> longer;
    for (const std::vector<Node>& chain : chains) {
      for (const Node& alternative : alternatives) {
        longer.push_back(chain);
        longer.back().push_back(alternative);
      }
    }
    chains = std::move(longer);
  }
  return chains;
}

Node one_kind(std::vector<Node> operands, bool ordered, std::uint32_t distance, std::size_t offset,
              Leaves& leaves, Notes& notes) {
  std::vector<std::vector<Node>> places;
  std::size_t count = 1;
  bool placed = true;
  for (Node& operand : operands) {
    strip_weight_and_slop(operand, offset, notes);
    places.push_back(places_of(operand));
    count *= std::min(places.back().size(), kMaxAlternatives + 1);
    placed = placed && count > 0 && count <= kMaxAlternatives;
    if (!placed) break;
    const std::string sequence = sequence_of(places.front().front());
    for (const Node& place : places.back()) placed = placed && sequence_of(place) == sequence;
  }
  std::size_t extra = 0;
  if (placed) {
    for (const auto& alternatives : places) {
      for (const Node& place : alternatives) {
        const std::size_t words = std::max<std::size_t>(place.slots.size(), 1);
        extra += words * (count / alternatives.size() - 1);
      }
    }
  }
  if (!placed || (extra > 0 && !leaves.take(extra, offset))) {
    notes.guess(offset, "NEAR and ADJ join words and phrases only; here all are required, anywhere",
                "write a NEAR/5 \"b c\" or a NEAR/5 (b OR c)");
    return make_all(std::move(operands));
  }
  std::vector<Node> either;
  for (std::vector<Node>& chain : combinations(places)) {
    either.push_back(one_chain(std::move(chain), ordered, distance));
  }
  return make_any(std::move(either));
}

}  // namespace

Node make_proximity(std::vector<Node> operands, const std::vector<Distance>& distances,
                    Leaves& leaves, Notes& notes) {
  std::vector<Node> all;
  for (std::size_t begin = 0; begin < distances.size();) {
    std::size_t end = begin;
    std::uint32_t distance = 0;
    std::vector<Node> run;
    const auto add = [&](const Node& operand) {
      if (operand.kind == NodeKind::nothing) return;
      run.push_back(operand);
    };
    add(operands[begin]);
    for (; end < distances.size() && distances[end].ordered == distances[begin].ordered; ++end) {
      distance = std::max(distance, distances[end].words);
      add(operands[end + 1]);
    }
    if (begin > 0) {
      notes.guess(distances[begin].offset, "NEAR and ADJ in a row are read pair by pair",
                  "put brackets or AND between them: (a NEAR/5 b) AND (b ADJ/5 c)");
      const std::size_t again = std::max<std::size_t>(operands[begin].slots.size(), 1);
      if (!leaves.take(again, distances[begin].offset)) break;
    }
    if (run.size() < 2) {
      notes.guess(distances[begin].offset, "NEAR or ADJ has no word on one side and was left out",
                  "write it between two words: a NEAR/5 b");
      for (Node& operand : run) all.push_back(std::move(operand));
    } else {
      all.push_back(one_kind(std::move(run), distances[begin].ordered,
                             distance == 0 ? kDefaultDistance : distance, distances[begin].offset,
                             leaves, notes));
    }
    begin = end;
  }
  return make_all(std::move(all));
}

}  // namespace stemma::query
