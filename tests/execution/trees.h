// Query trees by hand, without parser: trees.h words are small_index.h words.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/term.h"
#include "query/node.h"

namespace stemma::testing {

using query::Node;
using query::NodeKind;

inline query::Word verbatim(const std::string& text, TermLayer layer = TermLayer::word) {
  query::Word word;
  word.text = text;
  word.terms = {term_key(layer, text)};
  return word;
}
inline query::Word stemmed(const std::string& stem, TermLayer layer = TermLayer::stem) {
  query::Word word = verbatim(stem, layer);
  word.stemmed = true;
  return word;
}
inline Node word(query::Word of) {
  Node node;
  node.kind = NodeKind::word;
  node.word = std::move(of);
  return node;
}
inline Node word(const std::string& text) { return word(verbatim(text)); }
inline Node phrase_of(std::vector<query::Word> slots, std::uint32_t window = 0) {
  Node node;
  node.kind = NodeKind::phrase;
  node.slots = std::move(slots);
  node.window = window;
  return node;
}
inline Node phrase(const std::vector<std::string>& texts, std::uint32_t window = 0) {
  std::vector<query::Word> slots;
  for (const std::string& text : texts) slots.push_back(verbatim(text));
  return phrase_of(std::move(slots), window);
}
inline Node join(NodeKind kind, std::vector<Node> children, std::uint32_t window = 0) {
  Node node;
  node.kind = kind;
  node.children = std::move(children);
  node.window = window;
  return node;
}
inline Node leafless(NodeKind kind) { return join(kind, {}); }
inline Node boost(Node child, double factor) {
  Node node = join(NodeKind::boost, {std::move(child)});
  node.factor = factor;
  return node;
}
inline Node pattern(query::PatternKind kind, const std::string& text, std::uint32_t distance = 1) {
  Node node;
  node.kind = NodeKind::pattern;
  node.pattern = kind;
  node.pattern_text = text;
  node.distance = distance;
  node.weighted = false;
  return node;
}
inline Node date_range(DateInterval dates) {
  Node node;
  node.kind = NodeKind::date_range;
  node.dates = dates;
  node.weighted = false;
  return node;
}
inline Node number_range(const std::string& field, double low, double high) {
  Node node;
  node.kind = NodeKind::number_range;
  node.field = field;
  node.low = low;
  node.high = high;
  node.weighted = false;
  return node;
}
inline Node unweighted(Node node) {
  node.weighted = false;
  return node;
}

}  // namespace stemma::testing
