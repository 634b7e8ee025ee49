// The Analyzer: chooses the language, lets the tokenizer read, and answers for queries with the
// same code. It holds no state but its options; what is costly is kept per thread (word_forms.cpp)
// or for the whole program (text/character.cpp).
#include "analysis/analyzer.h"

#include <mutex>
#include <utility>

#include "analysis/arena.h"
#include "analysis/fingerprint.h"
#include "analysis/languages.h"
#include "analysis/query_words.h"
#include "analysis/spaced_words.h"
#include "analysis/tokenizer.h"
#include "analysis/word_forms.h"
#include "stemma/error.h"
#include "text/characters.h"
#include "text/normalize.h"

namespace stemma::analysis {

struct Analyzer::Impl {
  IndexOptions options;
  LanguageId default_language = kNoLanguage;
  std::once_flag fingerprint_once;
  std::uint64_t fingerprint = 0;

  [[nodiscard]] bool splits_only() const { return options.analyzer == AnalyzerKind::none; }
};

Analyzer::Analyzer(const IndexOptions& options) : impl_(std::make_unique<Impl>()) {
  impl_->options = options;
  impl_->default_language = find_language(options.language);
  if (impl_->default_language == kNoLanguage) {
    std::string known;
    for (const std::string& code : known_languages()) known += " " + code;
    throw Error(Error::Kind::invalid_argument,
                "no stemmer for the language \"" + options.language + "\"", "one of:" + known);
  }
}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

LanguageId Analyzer::language_of(std::string_view language) const {
  return language.empty() ? impl_->default_language : find_language(language);
}

AnalyzedText Analyzer::analyze(std::string_view title, std::string_view body,
                               std::string_view language) const {
  if (impl_->splits_only()) {
    check_size(title, "the title");
    check_size(body, "the body");
    return split_article(title, body);
  }
  AnalyzedText result;
  // A word of plain text needs its letters once, padded; stems are mostly their beginnings.
  Arena arena(2 * (title.size() + body.size()) + 256);
  Tokenizer tokenizer(result, arena, {});
  tokenizer.read_article(title, body, language_of(language));
  result.arena = arena.take_blocks();
  return result;
}

std::vector<QueryWord> Analyzer::analyze_query(std::string_view text,
                                               const std::vector<std::string>& languages) const {
  check_size(text, "the query");
  if (impl_->splits_only()) return split_query(text);
  return query_words(text, query_languages(*this, languages));
}

std::vector<std::string> Analyzer::analyze_field(std::string_view text) const {
  std::vector<std::string> words = field_with_accents(text);
  if (impl_->splits_only()) return words;
  for (std::string& word : words) {
    std::string folded = folded_of(word);
    if (!folded.empty()) word = std::move(folded);
  }
  return words;
}

std::vector<std::string> Analyzer::field_with_accents(std::string_view text) const {
  check_size(text, "a metadata value");
  std::vector<std::string> words;
  if (impl_->splits_only()) {
    for (QueryWord& word : split_query(text)) words.push_back(std::move(word.words.front()));
    return words;
  }
  AnalyzedText result;
  Arena arena(text.size() + 64);
  TokenizerMode mode;
  mode.pairs = false;
  mode.stems = false;
  Tokenizer tokenizer(result, arena, mode);
  tokenizer.add(Field::body, text, 1);
  tokenizer.resolve_doubtful({}, text);
  for (const Token& token : result.tokens) {
    if (!token.is_whole) words.emplace_back(token.word);
  }
  return words;
}

std::string Analyzer::normalize_pattern(std::string_view pattern) const {
  check_size(pattern, "a pattern");
  if (impl_->splits_only()) return std::string(pattern);
  std::vector<text::Character> characters;
  text::CharacterReader reader;
  reader.read(pattern, {0, static_cast<std::uint32_t>(pattern.size())}, characters);
  std::string normal;
  text::append_normal_form(characters, normal);
  return normal;
}

std::uint64_t Analyzer::fingerprint() const {
  std::call_once(impl_->fingerprint_once, [this] { impl_->fingerprint = fingerprint_of(*this); });
  return impl_->fingerprint;
}

std::uint64_t Analyzer::build_mark(std::uint64_t fingerprint) { return build_mark_of(fingerprint); }

const IndexOptions& Analyzer::options() const { return impl_->options; }

}  // namespace stemma::analysis
