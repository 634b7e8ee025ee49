// Which words a leaf stands for in the whole snapshot. Segments keep the words of deleted documents
// until they are merged; those are left out, so that the answer depends on the live articles only.
#include <set>

#include "execution/execute.h"
#include "execution/pattern.h"

namespace stemma::execution {
namespace {

using query::Node;
using query::NodeKind;

// The layer, with field, in which a leaf's words stand.
std::string word_range(const Node& leaf) {
  if (leaf.field.empty()) return term_key(TermLayer::word, "");
  if (leaf.field == "title") return term_key(TermLayer::title_word, "");
  return field_term_key(leaf.field, "");
}

void add_words_of(const query::Word& word, const segment::Segment& segment,
                  std::set<std::string>& words) {
  for (const std::string& term : word.terms) {
    for (std::string& text : segment.words_of(term)) words.insert(std::move(text));
  }
}

}  // namespace

Expansion expand(const snapshot::Snapshot& snapshot, const Node& leaf, std::size_t limit) {
  const SearchOptions options;
  Interrupt interrupt(options);
  const std::string range = word_range(leaf);
  std::set<std::string> words;
  for (const snapshot::SegmentView& view : snapshot.segments()) {
    if (leaf.kind == NodeKind::pattern) {
      for_each_word(
          *view.segment, leaf, interrupt,
          [&words](std::string_view text, const segment::TermInfo&) { words.emplace(text); });
    } else if (leaf.kind == NodeKind::word && leaf.word.stemmed) {
      add_words_of(leaf.word, *view.segment, words);
    } else if (leaf.kind == NodeKind::word) {
      // Verbatim: the dictionary's own texts, without layer and field.
      for (const std::string& term : leaf.word.terms) {
        if (view.segment->find(term)) {
          words.insert(term.starts_with(range) ? term.substr(range.size()) : term.substr(1));
        }
      }
    }
  }
  Expansion found;
  for (const std::string& word : words) {
    const bool raw = leaf.kind == NodeKind::word && !leaf.word.stemmed;
    if (!raw && snapshot.statistics(range + word).document_frequency == 0) continue;
    ++found.total;
    if (limit == 0 || found.words.size() < limit) found.words.push_back(word);
  }
  return found;
}

}  // namespace stemma::execution
