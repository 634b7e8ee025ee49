// The Analyzer: chooses the language, lets the tokenizer read, and answers for queries with the
// same code. It holds no state but its options; what is costly is kept per thread (word_forms.cpp)
// or for the whole program (text/character.cpp).
#include "analysis/analyzer.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>

#include "analysis/arena.h"
#include "analysis/fingerprint.h"
#include "analysis/languages.h"
#include "analysis/query_words.h"
#include "analysis/spaced_words.h"
#include "analysis/tokenizer.h"
#include "stemma/error.h"
#include "text/characters.h"
#include "text/normalize.h"

namespace stemma::analysis {
namespace {

constexpr std::string_view kUndetermined = "und";  // ISO 639-2

void check_size(std::string_view text, const char* what) {
  if (text.size() <= std::numeric_limits<std::int32_t>::max()) return;
  throw Error(Error::Kind::limit,
              std::string(what) + " has " + std::to_string(text.size()) +
                  " bytes; at most 2147483647 can be analysed",
              "split it");
}

}  // namespace

struct Analyzer::Impl {
  IndexOptions options;
  LanguageId default_language = kNoLanguage;
  std::once_flag fingerprint_once;
  std::uint64_t fingerprint = 0;

  [[nodiscard]] bool splits_only() const { return options.analyzer == AnalyzerKind::none; }
  /// `form` of each word of a metadata value.
  template <class Form>
  [[nodiscard]] std::vector<std::string> field_words(std::string_view text, const Form& form) const;
};

template <class Form>
std::vector<std::string> Analyzer::Impl::field_words(std::string_view text,
                                                     const Form& form) const {
  check_size(text, "a metadata value");
  std::vector<std::string> words;
  if (splits_only()) {
    for (QueryWord& word : split_query(text)) words.push_back(std::move(word.words.front()));
    return words;
  }
  AnalyzedText result;
  Arena arena(text.size() + 64);
  TokenizerMode mode;
  mode.pairs = false;
  Tokenizer tokenizer(result, arena, kNoLanguage, mode);
  tokenizer.add(Field::body, text, 1);
  tokenizer.resolve_doubtful({}, text);
  for (const Token& token : result.tokens) {
    if (!token.is_whole) words.emplace_back(form(token));
  }
  return words;
}

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

AnalyzedText Analyzer::analyze(std::string_view title, std::string_view body,
                               std::string_view language) const {
  check_size(title, "the title");
  check_size(body, "the body");
  if (impl_->splits_only()) return split_article(title, body);
  const LanguageId id = language.empty() ? impl_->default_language : find_language(language);
  AnalyzedText result;
  result.language = id == kNoLanguage ? kUndetermined : language_table()[id].code;
  // A word of plain text needs its letters once, padded; stems are mostly their beginnings.
  Arena arena(2 * (title.size() + body.size()) + 256);
  result.tokens.reserve((title.size() + body.size()) / 5 + 8);
  Tokenizer tokenizer(result, arena, id, {});
  tokenizer.add(Field::title, title, 1);
  result.title_length =
      static_cast<std::uint32_t>(std::count_if(result.tokens.begin(), result.tokens.end(),
                                               [](const Token& token) { return !token.is_whole; }));
  const std::uint32_t last_of_title = tokenizer.next_position() - 1;
  tokenizer.add(Field::body, body, last_of_title == 0 ? 1 : last_of_title + kTitleGap);
  tokenizer.resolve_doubtful(title, body);
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
  return impl_->field_words(
      text, [](const Token& token) { return token.folded.empty() ? token.word : token.folded; });
}

std::vector<std::string> Analyzer::field_with_accents(std::string_view text) const {
  return impl_->field_words(text, [](const Token& token) { return token.word; });
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
