// What an article's metadata becomes: words of fields, and values of columns. One definition for
// document_terms() and for inversion.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/analyzer.h"
#include "compile/document_terms.h"
#include "stemma/article.h"

namespace stemma::compile {

struct Fields {
  /// Positions by term key (layer field_word), both ascending.
  std::map<std::string, std::vector<std::uint32_t>> words;
  std::vector<ColumnNumber> numbers;
  std::vector<ColumnDate> column_dates;
  std::vector<DateInterval> dates;  ///< column `date`: the article's own first
};

/// `language` is what analysis found: `lang:` finds it, and the article's own spelling of it.
[[nodiscard]] Fields fields_of(const Article& article, const std::string& language,
                               const analysis::Analyzer& analyzer);

}  // namespace stemma::compile
