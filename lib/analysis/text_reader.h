// Reading article after article for an index: the words as Analyzer::analyze() gives them, without
// their forms, in memory that is used again. A batch meets the same words over and over and keeps
// what it learned of them, so it asks for the forms of each once.
#pragma once

#include <string_view>

#include "analysis/analyzer.h"
#include "analysis/arena.h"
#include "analysis/tokenizer.h"
#include "analysis/word_forms.h"

namespace stemma::analysis {

/// The analyzer must outlive it. Not thread-safe.
class TextReader {
 public:
  explicit TextReader(const Analyzer& analyzer);
  TextReader(const TextReader&) = delete;
  TextReader& operator=(const TextReader&) = delete;

  /// The tokens' stem, stem_alt and folded are empty. Lives until the next read().
  const AnalyzedText& read(std::string_view title, std::string_view body,
                           std::string_view language);
  /// The forms of a token's word in the language of the article; live until the next read().
  [[nodiscard]] WordForms forms(std::string_view word);
  /// WordForms::folded alone.
  [[nodiscard]] std::string_view folded(std::string_view word);

 private:
  const Analyzer& analyzer_;
  AnalyzedText text_;
  Arena arena_;
  Tokenizer tokenizer_;
};

}  // namespace stemma::analysis
