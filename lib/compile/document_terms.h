// Which terms an article has: the one definition of the logical model, used by inversion, by
// deletion statistics and by the tests that build an ordinary Xapian database from the same terms.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.h"
#include "stemma/article.h"

namespace stemma::compile {

/// One term of one document. Positions ascending, without repeats.
struct DocumentTerm {
  std::string term;  ///< key with layer byte (base/term.h)
  std::uint32_t term_frequency = 0;
  std::vector<std::uint32_t> positions;
};

struct ColumnNumber {
  std::string column;
  double value = 0;
};
struct ColumnDate {
  std::string column;
  DateInterval value;
};

/// All that is compiled of one article.
struct DocumentTerms {
  std::vector<DocumentTerm> terms;  ///< ascending by key
  std::uint32_t length = 0;         ///< sum of term frequencies
  std::uint32_t title_length = 0;
  std::string language;
  std::vector<std::uint32_t> sentence_starts;
  std::vector<std::uint32_t> paragraph_starts;
  std::vector<DateInterval> dates;  ///< of the article itself; empty if it has none that parses
  std::vector<ColumnNumber> numbers;
  std::vector<ColumnDate> column_dates;
  /// (stem, title_stem or folded key, word text) pairs, ascending, no repeats.
  std::vector<std::pair<std::string, std::string>> words;
};

/// Title words count `title_weight` times in `word` and `stem` layers, once in `title_*` layers.
/// source, author, lang and text metadata become field_word terms with positions from 1 and count 0
/// (values of one field 100 apart); truth values the words "true" and "false"; a number is a column
/// value and the field_word of its shortest decimal text; a metadata text that is a full ISO date
/// is a date column value as well.
[[nodiscard]] DocumentTerms document_terms(const Article& article,
                                           const analysis::Analyzer& analyzer);

}  // namespace stemma::compile
