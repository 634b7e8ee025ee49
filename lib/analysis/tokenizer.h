// One pass over a title or body: text in, tokens with positions out.
//
// Most words of most archives are ASCII letters between spaces: they are read by a table of 128
// bytes and lower-cased in place. Whatever is not so plain (a sign that may join, a byte above 127)
// goes, up to the next white space, through the full rules: characters, UAX #29, compounds. Both
// ways must give the same tokens; tests compare them with `always_full_rules`.
//
// In scripts without spaces every character (with its marks) is a word and so is every two
// neighbours, at the position of the first: any piece of such text is found by what is in it, with
// no dictionary that could cut the query otherwise than the article. A query asks for the pairs,
// and for the last character alone.
//
// Words of look-alike letters need to know their neighbours: resolve_doubtful() decides on them
// when the whole article has been read (tokenizer_resolve.cpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.h"
#include "analysis/arena.h"
#include "analysis/compounds.h"
#include "analysis/languages.h"
#include "text/characters.h"
#include "text/look_alikes.h"
#include "text/word_boundaries.h"

namespace stemma::analysis {

/// The body starts this far after the last word of the title, so that no phrase spans both.
inline constexpr std::uint32_t kTitleGap = 100;

struct TokenizerMode {
  bool stems = true;              ///< fill in stem, stem_alt and folded
  bool single_characters = true;  ///< of unspaced text, also where a pair begins
  bool pairs = true;              ///< of unspaced text
  bool always_full_rules = false;
};

/// Throws Error{limit} if offsets into the text would not fit; `what` names it.
void check_size(std::string_view text, const char* what);

class Tokenizer {
 public:
  Tokenizer(AnalyzedText& result, Arena& arena, TokenizerMode mode)
      : result_(result), arena_(arena), mode_(mode) {}

  /// All of an article: fills in everything but the memory of the views. `result` must hold nothing
  /// yet.
  void read_article(std::string_view title, std::string_view body, LanguageId language);

  /// Appends the tokens of `text`; the first one stands at `position`.
  void add(Field field, std::string_view text, std::uint32_t position);
  /// The position after the last token.
  [[nodiscard]] std::uint32_t next_position() const { return position_; }

  /// Folds look-alike letters as the whole article suggests and fills in raw forms.
  void resolve_doubtful(std::string_view title, std::string_view body);

 private:
  void read_plain_word(std::size_t begin, std::size_t end);
  std::size_t read_by_full_rules(std::size_t begin);
  void add_compound();
  void add_unspaced(const text::WordSegment& run);
  void add_part(const CompoundPart& part);
  void add_whole();
  void begin_word(std::uint32_t begin);
  Token& push(std::string_view word, ByteRange bytes, bool is_whole);
  void add_forms(std::size_t first_token);
  void set_forms(Token& token);
  void note_doubts(std::span<const text::Character> word);
  [[nodiscard]] std::string_view normal_form(std::span<const text::Character> word);

  void read_again(const Token& token, std::string_view field_text, bool keep_hidden);
  void resolve_token(Token& token, std::string_view field_text,
                     std::span<const text::LookAlikeFold> folds,
                     std::span<const text::Script> scripts);

  AnalyzedText& result_;
  Arena& arena_;
  TokenizerMode mode_;
  LanguageId language_ = kNoLanguage;
  Field field_ = Field::body;
  std::string_view text_;
  std::uint32_t position_ = 1;
  std::uint32_t last_end_ = 0;  // of the last word, in text_
  bool at_field_start_ = true;
  bool any_look_alike_ = false;
  std::vector<std::uint32_t> with_hidden_;  // tokens that lost hidden characters
  text::CharacterReader reader_;
  std::vector<text::Character> characters_;
  std::vector<text::WordSegment> segments_;
  Compound compound_;
  std::string buffer_;
};

}  // namespace stemma::analysis
