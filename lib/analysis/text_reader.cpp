#include "analysis/text_reader.h"

#include "analysis/spaced_words.h"

namespace stemma::analysis {
namespace {

constexpr std::size_t kFirstArenaBytes = 16384;

TokenizerMode without_forms() {
  TokenizerMode mode;
  mode.stems = false;
  return mode;
}

}  // namespace

TextReader::TextReader(const Analyzer& analyzer)
    : analyzer_(analyzer), arena_(kFirstArenaBytes), tokenizer_(text_, arena_, without_forms()) {}

const AnalyzedText& TextReader::read(std::string_view title, std::string_view body,
                                     std::string_view language) {
  if (analyzer_.options().analyzer == AnalyzerKind::none) {
    text_ = analyzer_.analyze(title, body, language);
    return text_;
  }
  constexpr std::size_t kMostTokensKept = std::size_t{1} << 15U;
  if (text_.tokens.capacity() > kMostTokensKept) text_ = AnalyzedText();
  text_.tokens.clear();
  text_.sentence_starts.clear();
  text_.paragraph_starts.clear();
  text_.folded_letters = text_.dropped_characters = 0;
  arena_.reset(2 * (title.size() + body.size()) + kFirstArenaBytes);
  tokenizer_.read_article(title, body, analyzer_.language_of(language));
  return text_;
}

WordForms TextReader::forms(std::string_view word) {
  if (analyzer_.options().analyzer == AnalyzerKind::none) return {};
  return forms_of(arena_.copy_padded(word), text_.language_id, arena_);
}

std::string_view TextReader::folded(std::string_view word) {
  if (analyzer_.options().analyzer == AnalyzerKind::none) return {};
  return arena_.copy(folded_of(word));
}

}  // namespace stemma::analysis
