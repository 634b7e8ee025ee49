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

#include "analysis/text_reader.h"
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
  std::uint32_t sentences = 0;  ///< where its part of each of the DocumentLists ends
  std::uint32_t paragraphs = 0;
  std::uint32_t dates = 0;
  bool dropped = false;
  std::string key;
  std::string encoded;
  std::string language;
};

/// What documents have any number of, one document after the other.
struct DocumentLists {
  std::vector<std::uint32_t> sentence_starts;
  std::vector<std::uint32_t> paragraph_starts;
  std::vector<DateInterval> dates;
};

struct Inversion::Impl {
  explicit Impl(const analysis::Analyzer& used) : analyzer(&used), reader(used) {}

  const analysis::Analyzer* analyzer;
  analysis::TextReader reader;
  std::vector<BufferedDocument> documents;
  std::uint32_t dropped = 0;
  std::size_t document_bytes = 0;
  DocumentLists document_lists;
  TermTable terms;
  ByteLists lists;
  /// (stem or folded form, word), with repeats.
  std::vector<std::pair<TermNumber, TermNumber>> words;
  std::size_t unique_words = 0;                                 ///< after repeats were last removed
  std::vector<std::pair<std::uint32_t, ColumnNumber>> numbers;  ///< by document, in order
  std::vector<std::pair<std::uint32_t, ColumnDate>> column_dates;  ///< the same

  // Of the document that is being added:
  struct Ahead {
    std::uint32_t hash;
    TermNumber number;  ///< likely
  };
  std::vector<Ahead> ahead;  ///< by token
  std::uint32_t document = 0;
  analysis::LanguageId language = analysis::kNoLanguage;

  /// Return what the tokens, or one of them, add to the document's length.
  std::uint32_t add_tokens(const std::vector<analysis::Token>& tokens);
  std::uint32_t add_token(const analysis::Token& token, const Ahead& found);
  void prefetch_list(TermNumber word) const;
  void prefetch_stem_list(TermNumber word) const;
  std::uint32_t add_title_token(const analysis::Token& token, TermNumber word);
  void add_position(BufferedTerm& term, std::uint32_t position, bool whole);
  void add_count(BufferedTerm& term, std::uint32_t count);
  /// Finds and notes the forms of a word in the document's language.
  void learn_forms(TermNumber word, std::string_view text);
  /// Only its folded form: the whole of a compound has no stems.
  void learn_folded(TermNumber word, std::string_view text);
  /// The term that `word` leads to, noting the pair.
  TermNumber link(TermLayer layer, std::string_view text, TermNumber word);
  void forget_repeated_words();
  [[nodiscard]] const BufferedDocument* find(DocId doc) const;
};

}  // namespace stemma::compile
