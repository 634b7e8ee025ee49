// See explanation.h. Numbers are written so that a reader can redo the sum by hand.
#include "results/explanation.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "execution/execute.h"

namespace stemma::results {

namespace {

using query::Node;
using query::NodeKind;

constexpr std::size_t kWordsShown = 12;

std::string fixed(double value, int digits) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  return buffer;
}

std::string documents(std::uint64_t count, std::uint64_t of) {
  return "in " + std::to_string(count) + " of " + std::to_string(of) +
         (of == 1 ? " article" : " articles");
}

std::string times(std::uint32_t count) {
  if (count == 1) return "once";
  if (count == 2) return "twice";
  return std::to_string(count) + " times";
}

void heading(std::string& out, const char* name) {
  out += name;
  out += '\n';
}

void line(std::string& out, std::string_view text) {
  out += "  ";
  out += text;
  out += '\n';
}

void indented(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    line(out, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// Every word and pattern of the tree, those under NOT too: what the statistics are about.
void collect_leaves(const Node& node, std::vector<Node>& leaves) {
  if (node.kind == NodeKind::word || node.kind == NodeKind::pattern) leaves.push_back(node);
  for (const query::Word& slot : node.slots) {
    Node leaf;
    leaf.kind = NodeKind::word;
    leaf.field = node.field;
    leaf.word = slot;
    leaves.push_back(std::move(leaf));
  }
  for (const Node& child : node.children) collect_leaves(child, leaves);
}

std::string list_of(const std::vector<std::string>& words, std::uint64_t total) {
  std::string list;
  for (const std::string& word : words) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  if (total > words.size()) {
    list += ", and " + std::to_string(total - words.size()) + " more";
  }
  return list;
}

std::string frequency_line(const snapshot::Snapshot& snapshot, const Node& leaf) {
  const std::uint64_t all = snapshot.collection().documents;
  std::string text = query::to_text(leaf) + ": ";
  if (leaf.kind == NodeKind::word) {
    std::uint64_t sum = 0;
    for (const std::string& term : leaf.word.terms) {
      sum += snapshot.statistics(term).document_frequency;
    }
    const bool several = leaf.word.terms.size() > 1;
    text += (several ? "at most " : "") + documents(std::min(sum, all), all);
    if (!leaf.word.stemmed) return text;
  }
  const execution::Expansion expansion = execution::expand(snapshot, leaf, kWordsShown);
  if (expansion.total == 0) return text + (leaf.kind == NodeKind::pattern ? "no word" : "");
  text += leaf.kind == NodeKind::word ? "; as " : "";
  text += std::to_string(expansion.total) + (expansion.total == 1 ? " word: " : " words: ");
  return text + list_of(expansion.words, expansion.total);
}

}  // namespace

std::optional<Explanation> explain(const snapshot::Snapshot& snapshot, const Node& root, DocId doc,
                                   const SearchOptions& options) {
  const std::optional<execution::ScoreParts> parts =
      execution::score_parts(snapshot, root, doc, options);
  if (!parts) return std::nullopt;
  const std::uint64_t all = snapshot.collection().documents;
  Explanation explanation;
  explanation.name = "score, the sum of " + std::to_string(parts->leaves.size()) +
                     (parts->leaves.size() == 1 ? " part" : " parts") + "; length " +
                     std::to_string(parts->length) + ", average " + fixed(parts->average_length, 1);
  explanation.value = parts->total;
  for (const execution::LeafScore& leaf : parts->leaves) {
    std::string name = leaf.name + ": ";
    if (leaf.term_frequency == 0) {
      name += "absent";
    } else {
      name += times(leaf.term_frequency) + "; rarity " + fixed(leaf.weight, 6) + " (" +
              documents(leaf.document_frequency, all) + ") x frequency " + fixed(leaf.tf_part, 6);
    }
    explanation.parts.push_back({std::move(name), leaf.score, {}});
  }
  return explanation;
}

std::string explain_query_text(const snapshot::Snapshot& snapshot,
                               const query::ParseContext& context, std::string_view text,
                               const ParseOptions& options, const SearchOptions& search) {
  const query::Parsed parsed = query::parse(text, context, options);
  std::string out;
  heading(out, "Tokens, as the text was read");
  if (parsed.tokens.empty()) line(out, "(none)");
  for (const std::string& token : parsed.tokens) line(out, token);
  heading(out, "Tree, as it is meant");
  indented(out, query::to_tree_text(parsed.root));
  heading(out, "Canonical text");
  line(out, query::to_text(parsed.root));
  heading(out, "Plan");
  indented(out, execution::plan_text(snapshot, parsed.root, search));

  std::vector<Node> leaves;
  collect_leaves(parsed.root, leaves);
  heading(out, "Words");
  if (leaves.empty()) line(out, "(none)");
  for (const Node& leaf : leaves) line(out, frequency_line(snapshot, leaf));

  heading(out, "Notes");
  if (parsed.notes.empty()) line(out, "(none: read as typed)");
  for (const QueryNote& note : parsed.notes) {
    line(out, "at byte " + std::to_string(note.offset) + ": " + note.message);
    if (!note.hint.empty()) line(out, "  " + note.hint);
  }
  return out;
}

}  // namespace stemma::results
