// From an article's text to what is indexed of it.
//
// One token of the text becomes a word term (folded, with a position), where folding changed it a
// raw term at the same position, and one or two stem terms. The query side uses the same code, so
// whatever is written in an article can be typed in a query and found.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/languages.h"
#include "stemma/index_writer.h"
#include "stemma/types.h"

namespace stemma::analysis {

enum class Field : std::uint8_t { title, body };

/// One token. Views point into the AnalyzedText that holds it.
struct Token {
  std::string_view word;  ///< NFC, case-folded, hidden characters dropped, look-alikes folded
  std::string_view
      raw;  ///< NFC, case-folded, look-alikes and hidden characters kept; empty if equal to word
  std::string_view stem;       ///< fold(stem(word))
  std::string_view stem_alt;   ///< fold(stem(fold(word))), empty if equal to stem
  std::string_view folded;     ///< fold(word) (accents off), empty if equal to word
  std::uint32_t position = 0;  ///< from 1; title words first, the body 100 after the last
  ByteRange bytes;             ///< in the original title or body
  Field field = Field::body;
  bool is_whole = false;  ///< the whole of a compound: a word term without count, no stem terms
};

/// Everything that analysis finds in one article, in order of position (a whole before its parts;
/// in unspaced scripts a pair of characters and the first of them share a position, and both
/// count).
struct AnalyzedText {
  std::vector<Token> tokens;
  std::vector<std::uint32_t> sentence_starts;   ///< positions, ascending
  std::vector<std::uint32_t> paragraph_starts;  ///< positions, ascending
  std::uint32_t title_length = 0;               ///< counted words in the title
  std::string language;  ///< canonical name of the language used ("en"); "und" if it has no stemmer
  LanguageId language_id = kNoLanguage;
  /// Look-alike letters folded and hidden characters dropped.
  std::uint32_t folded_letters = 0;
  std::uint32_t dropped_characters = 0;
  std::vector<std::unique_ptr<char[]>> arena;  ///< memory of the views
};

/// One word of a query, analysed in every language given.
struct QueryWord {
  std::string text;  ///< as typed
  /// Word forms to search verbatim: folded, and as typed where that is doubtful. Never empty.
  std::vector<std::string> words;
  /// What `=word` searches, in the word layer and in the raw layer: look-alike letters and inner
  /// hidden characters are kept. For nearly all words it is `words.front()`.
  std::string raw;
  std::vector<std::string> stems;   ///< union over the languages, sorted, no duplicates
  std::vector<std::string> folded;  ///< accent-folded forms of `words` (for patterns)
  ByteRange bytes;                  ///< in the query text handed in
  std::uint32_t slot = 0;           ///< consecutive words have consecutive slots
  bool is_whole = false;  ///< the whole of a compound; its parts follow from the same slot
};

/// Immutable after construction; safe to share between threads.
class Analyzer {
 public:
  /// Throws Error{invalid_argument} for an unknown language.
  explicit Analyzer(const IndexOptions& options);
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  /// Analyses one article. `language` may be empty (the index's default) or unknown (words are kept
  /// and not stemmed).
  [[nodiscard]] AnalyzedText analyze(std::string_view title, std::string_view body,
                                     std::string_view language) const;

  /// In which language analyze() reads an article that says `language`.
  [[nodiscard]] LanguageId language_of(std::string_view language) const;

  /// Analyses a piece of query text: `languages` are those that the index holds (none: the
  /// default). A word of mixed scripts or of look-alikes only is searched in every reading; others
  /// as typed. A whole has no stems: it is a word term only, and its parts follow. Analyzer `none`:
  /// no stems.
  [[nodiscard]] std::vector<QueryWord> analyze_query(
      std::string_view text, const std::vector<std::string>& languages) const;

  /// Words of a metadata value (source, author, …), accents off, without stems; positions from 1.
  /// Parts of compounds only, and single characters of unspaced text; the same for index and query.
  [[nodiscard]] std::vector<std::string> analyze_field(std::string_view text) const;
  /// The same words with their accents: normal forms.
  [[nodiscard]] std::vector<std::string> field_with_accents(std::string_view text) const;

  /// NFC, case-folded, hidden characters dropped; one word with wildcards left in place.
  [[nodiscard]] std::string normalize_pattern(std::string_view pattern) const;

  /// A hash of what this analyzer does: its tables, and its output on a fixed probe text in all
  /// languages and scripts. Equal fingerprints: equal terms.
  [[nodiscard]] std::uint64_t fingerprint() const;
  /// The number that goes with `fingerprint` where it was computed by this very build of Stemma,
  /// ICU and libstemmer; 0 if these cannot be told. Computing a fingerprint takes milliseconds,
  /// this microseconds: whoever kept both need not compute the fingerprint again to know that it is
  /// the same.
  [[nodiscard]] static std::uint64_t build_mark(std::uint64_t fingerprint);

  [[nodiscard]] const IndexOptions& options() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The canonical (ISO 639-1 where there is one) name of a language given by code or English name in
/// any case ("en", "eng", "English", "en-GB"), or empty if there is no stemmer for it.
[[nodiscard]] std::string canonical_language(std::string_view name);
/// All languages with a stemmer, canonical names, sorted.
[[nodiscard]] std::vector<std::string> known_languages();

}  // namespace stemma::analysis
