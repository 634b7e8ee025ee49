// The words that a pattern stands for: prefixes, wildcards and edit distance over a sorted
// dictionary.
//
// A pattern is compared with each word as written and with its accent-folded form, so that
// `resum*` finds résumé. Nothing is capped. Prefixes and wildcards read one range of the
// dictionary; edit distance walks it as a tree, keeping one row of the Levenshtein table a letter
// and leaving every branch whose best possible distance is too large already.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "execution/interrupt.h"
#include "query/node.h"
#include "segment/segment.h"

namespace stemma::execution {

/// Receives a word's text (without layer or field) and its list.
using WordVisitor = std::function<void(std::string_view text, const segment::TermInfo&)>;

/// Calls `visit` for every word of `segment` that `pattern` stands for: in no order, and twice for
/// a word that matches both as written and folded.
void for_each_word(const segment::Segment& segment, const query::Node& pattern,
                   Interrupt& interrupt, const WordVisitor& visit);

/// The same for the words whose folded form matches.
void for_each_folded_word(const segment::Segment& segment, const query::Node& pattern,
                          Interrupt& interrupt, const WordVisitor& visit);
/// The same for the words that match as written.
void for_each_written_word(const segment::Segment& segment, const query::Node& pattern,
                           Interrupt& interrupt, const WordVisitor& visit);
/// What the keys of all words of a field begin with.
[[nodiscard]] std::string range_of_field(const std::string& field);

/// Whether `text` matches a wildcard: '*' stands for any run of characters, '?' for one.
[[nodiscard]] bool matches_wildcard(std::string_view pattern, std::string_view text);

}  // namespace stemma::execution
