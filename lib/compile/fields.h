// What an article's metadata becomes: words of fields, and values of columns. One definition for
// document_terms() and for inversion.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "analysis/analyzer.h"
#include "compile/document_terms.h"
#include "stemma/article.h"

namespace stemma::compile {

struct Fields {
  struct Word {
    std::string key;  ///< of the term (layer field_word)
    std::uint32_t position = 0;
    friend bool operator<(const Word& a, const Word& b) {
      return std::tie(a.key, a.position) < std::tie(b.key, b.position);
    }
  };
  std::vector<Word> words;  ///< ascending
  std::vector<ColumnNumber> numbers;
  std::vector<ColumnDate> column_dates;
  std::vector<DateInterval> dates;  ///< column `date`: the article's own first
};

/// `language` is what analysis found: `lang:` finds it, and the article's own spelling of it.
[[nodiscard]] Fields fields_of(const Article& article, const std::string& language,
                               const analysis::Analyzer& analyzer);

}  // namespace stemma::compile
