// Equality of trees, and a tree as indented lines for `explain`.
#include "query/node.h"

#include <array>
#include <string_view>

#include "query/canonical.h"

namespace stemma::query {
namespace {

constexpr std::array<std::string_view, 14> kKindNames = {
    "nothing",      "everything", "word",   "phrase", "near",   "adjacent", "pattern",
    "number range", "date range", "all of", "any of", "one of", "without",  "boost"};

std::string_view name_of(NodeKind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }

void append_word(const Word& word, std::string& out) {
  out += word.text;
  out += word.stemmed ? " (stems:" : " (words:";
  for (const std::string& term : word.terms) {
    out += ' ';
    out += term.front();
    out += ':';
    // A field term is name, zero, word: shown as name=word.
    for (const char letter : text_of(term)) out += letter == '\0' ? '=' : letter;
  }
  out += ')';
}

void append_tree(const Node& node, std::size_t depth, std::string& out) {
  out.append(2 * depth, ' ');
  out += name_of(node.kind);
  switch (node.kind) {
    case NodeKind::word:
      out += ' ';
      append_word(node.word, out);
      break;
    case NodeKind::phrase:
      for (const Word& slot : node.slots) {
        out += ' ';
        append_word(slot, out);
      }
      break;
    case NodeKind::pattern:
    case NodeKind::number_range:
    case NodeKind::date_range:
      out += ' ' + to_text(node);
      break;
    case NodeKind::boost:
      out += " by " + number_text(node.factor);
      break;
    default:
      break;
  }
  if (node.window != 0) out += " within " + std::to_string(node.window) + " positions";
  const bool leaf_in_field = node.kind == NodeKind::word || node.kind == NodeKind::phrase;
  if (leaf_in_field && !node.field.empty()) out += " in " + node.field;
  if (leaf_in_field && !node.weighted) out += ", without weight";
  out += '\n';
  for (const Node& child : node.children) append_tree(child, depth + 1, out);
}

}  // namespace

bool operator==(const Node& a, const Node& b) {
  return a.kind == b.kind && a.field == b.field && a.word == b.word && a.slots == b.slots &&
         a.window == b.window && a.pattern == b.pattern && a.pattern_text == b.pattern_text &&
         a.distance == b.distance && a.low == b.low && a.high == b.high && a.dates == b.dates &&
         a.factor == b.factor && a.weighted == b.weighted && a.children == b.children;
}

std::string to_tree_text(const Node& node) {
  std::string out;
  append_tree(node, 0, out);
  return out;
}

}  // namespace stemma::query
