// The query tree: what was typed, analysed, with nothing left to guess.
//
// A tree is a value. It depends on the analyzer and on the languages of the index, not on segments:
// patterns are expanded and stems mapped to words where the postings are (execution/).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/term.h"
#include "stemma/types.h"

namespace stemma::query {

enum class NodeKind {
  nothing,       ///< matches no document
  everything,    ///< matches every document, score 0
  word,          ///< one or more terms that stand for one word: scored as one term
  phrase,        ///< slots at consecutive positions, or within a window
  near,          ///< children (words or phrases) within a window, in any order
  adjacent,      ///< children (words or phrases) within a window, in this order
  pattern,       ///< prefix, wildcard or edit distance: constant score 0
  number_range,  ///< a metadata number in [low, high]; score 0
  date_range,    ///< a date that overlaps [first, last]; score 0
  all_of,        ///< AND: scores add up
  any_of,        ///< OR: scores of the matching children add up
  one_of,        ///< XOR: an odd number of children match; scores of the matching add up
  without,       ///< first child AND NOT second child; score of the first
  boost,         ///< the child, its weights times `factor`
};

enum class PatternKind { prefix, wildcard, edit_distance };

/// One word: terms that stand for it. `terms` are dictionary keys (base/term.h), sorted.
struct Word {
  std::string text;                ///< as typed, normalised; for canonical text and for people
  std::vector<std::string> terms;  ///< stems where `stemmed`, else verbatim words (or raw forms)
  bool stemmed = false;
  bool overlaps_next = false;  ///< in scripts without spaces: the next slot starts inside this word
  friend bool operator==(const Word&, const Word&) = default;
};

struct Node {
  NodeKind kind = NodeKind::nothing;
  ByteRange typed;          ///< where it stood in the query text; ignored by ==
  std::string field;        ///< "", "title", or a metadata field
  Word word;                ///< word
  std::vector<Word> slots;  ///< phrase: one a position. A stemmed slot matches words of its stems
  /// phrase, near, adjacent: all within `window` consecutive positions (0: exactly as many as
  /// slots, in order). For near/adjacent over phrases the window counts from the first to the last
  /// position covered. Xapian's meaning: OP_NEAR and OP_PHRASE with this window size.
  std::uint32_t window = 0;
  PatternKind pattern = PatternKind::prefix;
  /// Folded. Wildcards: '*' any run, '?' one character. Prefixes: without the '*', and empty for
  /// any word of the field.
  std::string pattern_text;
  std::uint32_t distance = 1;  ///< edit_distance
  double low = 0, high = 0;    ///< number_range, inclusive; may be infinite
  DateInterval dates;          ///< date_range
  double factor = 1;           ///< boost
  bool weighted = true;        ///< false: matches without adding to the score (field filters)
  std::vector<Node> children;

  friend bool operator==(const Node& a, const Node& b);
};

/// Canonical text: parsing it (strict) with the same analyzer and languages gives an equal tree.
[[nodiscard]] std::string to_text(const Node& node);
/// The tree, one node a line, indented: for `explain`.
[[nodiscard]] std::string to_tree_text(const Node& node);

}  // namespace stemma::query
