// What an Inversion holds; compile/ only.
//
// A word list is, an occurrence: varint (gap to the last position in this document << 2 | whole of
// a compound << 1 | first in this document), and if it is the first, varint gap to the last
// document. A count list is, a document: varint gap, varint count; the last count is still in the
// term.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compile/byte_lists.h"
#include "compile/document_terms.h"
#include "compile/fields.h"
#include "compile/inversion.h"
#include "compile/term_table.h"

namespace stemma::compile {

struct BufferedDocument {
  DocId doc = 0;
  std::uint32_t length = 0;
  std::uint32_t title_length = 0;
  std::uint32_t title_end = 0;  ///< last position of the title; 0 if it has none
  bool dropped = false;
  std::string key;
  std::string encoded;
  std::string language;
  std::vector<std::uint32_t> sentence_starts;
  std::vector<std::uint32_t> paragraph_starts;
  std::vector<DateInterval> dates;
};

/// The stems and the folded form that a word had last: the same again needs no look-up.
struct WordLinks {
  TermNumber stem = kNoTerm;
  TermNumber stem_alt = kNoTerm;
  TermNumber folded = kNoTerm;
};

struct Inversion::Impl {
  explicit Impl(const analysis::Analyzer& used) : analyzer(&used) {}

  const analysis::Analyzer* analyzer;
  std::vector<BufferedDocument> documents;
  std::uint32_t dropped = 0;
  std::size_t document_bytes = 0;
  TermTable terms;
  ByteLists lists;
  std::vector<WordLinks> links;
  /// (stem or folded form, word), with repeats.
  std::vector<std::pair<TermNumber, TermNumber>> words;
  std::vector<std::uint32_t> hashes;                            ///< of the present document's words
  std::size_t unique_words = 0;                                 ///< after repeats were last removed
  std::vector<std::pair<std::uint32_t, ColumnNumber>> numbers;  ///< by document, in order
  std::vector<std::pair<std::uint32_t, ColumnDate>> column_dates;  ///< the same

  /// Returns what the tokens, or one of them, add to the document's length.
  std::uint32_t add_tokens(std::uint32_t document, const std::vector<analysis::Token>& tokens);
  std::uint32_t add_token(std::uint32_t document, const analysis::Token& token, std::uint32_t hash);
  void prefetch_lists(std::uint32_t hash) const;
  void add_position(TermNumber number, std::uint32_t document, std::uint32_t position, bool whole);
  void add_count(TermNumber number, std::uint32_t document, std::uint32_t count);
  /// The term that `word` leads to, noting the pair unless `cached` is that term.
  TermNumber link(TermNumber cached, TermLayer layer, std::string_view text, TermNumber word);
  void forget_repeated_words();
  [[nodiscard]] const BufferedDocument* find(DocId doc) const;
};

}  // namespace stemma::compile
