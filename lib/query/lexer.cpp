// The lexer: one pass, one item at a time, each item being [sign] [field:] [= or ~] value
// [suffixes].
#include "query/lexer.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <system_error>

#include "base/term.h"
#include "text/utf8.h"

namespace stemma::query {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

class Lexer {
 public:
  Lexer(std::string_view text, const FieldNames& fields, Notes& notes)
      : text_(text), fields_(fields), notes_(notes) {}

  std::vector<Token> run() {
    tokens_.reserve(std::min<std::size_t>(text_.size() / 4, 16) + 2);
    while (true) {
      skip_spaces();
      if (at_ == text_.size()) break;
      read_item();
    }
    Token end;
    end.typed = end.value = range(at_, at_);
    tokens_.push_back(std::move(end));
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] text::DecodedCharacter here(std::size_t at) const {
    return text::decode_utf8(text_, at);
  }
  [[nodiscard]] bool ends_word_at(std::size_t at) const {
    return at == text_.size() || ends_word(here(at).code);
  }
  [[nodiscard]] static ByteRange range(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  void skip_spaces() {
    while (at_ < text_.size()) {
      const auto character = here(at_);
      if (!is_space(character.code)) return;
      at_ += character.size;
    }
  }

  void read_item() {
    Token token;
    const std::size_t begin = at_;
    read_sign(token);
    const bool has_field = read_field(token);
    read_modifier(token);
    if (at_ == text_.size() || is_space(here(at_).code) || is_close_bracket(here(at_).code)) {
      if (has_field) {
        field_without_value(token, begin);
      } else if (at_ < text_.size() && is_close_bracket(here(at_).code)) {
        read_close(begin);
      }
      return;  // a lone sign is punctuation
    }
    const char32_t code = here(at_).code;
    if (is_quotation_mark(code)) {
      read_phrase(token, begin);
    } else if (is_open_bracket(code)) {
      token.kind = TokenKind::open;
      token.value = range(at_, at_ + here(at_).size);
      at_ += here(at_).size;
      token.typed = range(begin, at_);
      tokens_.push_back(std::move(token));
    } else {
      read_words(token, begin);
    }
  }

  // A sign counts before a word, at the start of one, and alone: `a-b` and `a - b` have none, and
  // what somebody means by `--a` is anybody's guess (Xapian too skips doubled signs).
  void read_sign(Token& token) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
    if (at_ == begin || at_ == text_.size() || is_space(here(at_).code)) return;
    if (follows_closing_mark(begin)) return;
    if (at_ - begin == 1) {
      token.sign = text_[begin];
    } else {
      notes_.guess(begin, "several signs in a row have no meaning and were left out",
                   "write a single + or - directly before the word");
    }
  }
  // There a sign is punctuation, `(a)-b`, and a star belongs to nothing, `"a b"*`.
  [[nodiscard]] bool follows_closing_mark(std::size_t at) const { return after_mark_ == at; }

  // `name:` where name is a field. The longest name wins: some keys hold colons (`og:title`).
  bool read_field(Token& token) {
    std::size_t found_end = 0;
    std::optional<std::string> found;
    std::size_t at = at_;
    std::size_t first_colon = 0;
    while (at < text_.size() && at - at_ <= kMaxFieldNameBytes) {
      const auto character = here(at);
      if (ends_word(character.code)) break;
      if (character.code == U':' || character.code == U'\uff1a') {
        if (first_colon == 0) first_colon = at;
        if (auto field = fields_.find(text_.substr(at_, at - at_))) {
          found = std::move(field);
          found_end = at + character.size;
        }
      }
      at += character.size;
    }
    if (!found) {
      if (first_colon > at_) note_unknown_field(first_colon);
      return false;
    }
    token.field = std::move(found);
    at_ = found_end;
    return true;
  }

  // Only what looks like a field: letters, then directly a value; not 10:30, http://, std::vector.
  void note_unknown_field(std::size_t colon) {
    const std::string_view name = text_.substr(at_, colon - at_);
    const std::size_t after = colon + here(colon).size;
    if (!notes_.wanted() || !std::all_of(name.begin(), name.end(), is_letter)) return;
    if (after >= text_.size()) return;
    const char32_t next = here(after).code;
    if (is_space(next) || is_close_bracket(next) || next == U':' || next == U'/' || next == U'\\')
      return;
    const auto nearest = fields_.nearest(name);
    notes_.guess(at_, "unknown field `" + std::string(name) + ":`; read as plain words",
                 nearest ? "did you mean `" + *nearest + ":`?"
                         : "put it in quotation marks to search for the text itself");
  }

  void field_without_value(const Token& token, std::size_t begin) {
    notes_.guess(begin, "`" + *token.field + ":` has no value; read as a plain word",
                 "write the value directly after the colon, as in `" + *token.field + ":value`");
    Token word;
    word.kind = TokenKind::words;
    word.sign = token.sign;
    word.text = *token.field;
    word.typed = word.value = range(begin, at_);
    tokens_.push_back(std::move(word));
  }

  void read_modifier(Token& token) {
    if (at_ >= text_.size() || (text_[at_] != '=' && text_[at_] != '~')) return;
    const std::size_t begin = at_;
    while (at_ < text_.size() && (text_[at_] == '=' || text_[at_] == '~')) ++at_;
    if (at_ - begin > 1) return;  // ==, ~~: punctuation
    token.verbatim = text_[begin] == '=';
    token.stemmed = !token.verbatim;
  }

  void read_close(std::size_t begin) {
    Token token;
    token.kind = TokenKind::close;
    token.value = range(at_, at_ + here(at_).size);
    at_ += here(at_).size;
    read_suffixes(token);
    token.typed = range(begin, at_);
    after_mark_ = at_;
    tokens_.push_back(std::move(token));
  }

  void read_phrase(Token& token, std::size_t begin) {
    const std::size_t opening = at_;
    at_ += here(at_).size;
    const std::size_t inside = at_;
    bool closed = false;
    while (at_ < text_.size() && !closed) {
      const auto character = here(at_);
      if (character.code == U'\\' && at_ + 1 < text_.size()) {
        const auto next = here(at_ + 1);
        if (next.code == U'\\' || is_quotation_mark(next.code)) {
          token.text.append(text_.substr(at_ + 1, next.size));
          at_ += 1 + next.size;
          continue;
        }
      }
      closed = is_quotation_mark(character.code);
      if (!closed) token.text.append(text_.substr(at_, character.size));
      at_ += character.size;
    }
    if (!closed) {
      // The inch of `a 5" gun`: the mark follows a digit and has no partner.
      if (opening > 0 && begin == opening && is_digit(text_[opening - 1])) {
        at_ = inside;
        return;
      }
      notes_.guess(opening, "this quotation mark is never closed; the phrase goes on to the end",
                   "close it with a second quotation mark");
    }
    token.kind = TokenKind::phrase;
    token.value = range(inside, at_);
    read_suffixes(token);
    token.typed = range(begin, at_);
    after_mark_ = at_;
    tokens_.push_back(std::move(token));
  }

  // `~3` and `^2` directly after a quotation mark or bracket, in any order.
  void read_suffixes(Token& token) {
    while (at_ < text_.size()) {
      const char mark = text_[at_];
      if (mark != '~' && mark != '^') return;
      std::size_t end = at_ + 1;
      while (end < text_.size() && !ends_word_at(end) && text_[end] != '~' && text_[end] != '^')
        ++end;
      const std::string_view number = text_.substr(at_ + 1, end - at_ - 1);
      if (mark == '~') {
        std::uint32_t slop = 0;
        if (token.kind != TokenKind::phrase || !read_count(number, slop)) return;
        token.slop = slop;
      } else {
        set_boost(token, number, at_);
      }
      at_ = end;
    }
  }

  void read_words(Token& token, std::size_t begin) {
    const std::size_t value = at_;
    while (at_ < text_.size() && !ends_word(here(at_).code)) at_ += here(at_).size;
    std::string_view chunk = text_.substr(value, at_ - value);
    token.kind = TokenKind::words;
    token.typed = range(begin, at_);
    const bool bare = begin == value;
    if (bare && read_operator(token, chunk)) return;
    const std::size_t caret = chunk.rfind('^');
    if (caret != std::string_view::npos && caret > 0 &&
        looks_like_number(chunk.substr(caret + 1))) {
      set_boost(token, chunk.substr(caret + 1), value + caret);
      chunk = chunk.substr(0, caret);
    }
    token.text = chunk;
    token.value = range(value, value + chunk.size());
    if (bare && (chunk == "||" || chunk == "&&" || chunk == "|" || chunk == "!")) {
      notes_.guess(begin, "`" + std::string(chunk) + "` has no meaning here and was left out",
                   "write AND, OR, NOT or XOR in capital letters");
      return;
    }
    if (follows_closing_mark(begin) && chunk.find_first_not_of('*') == std::string_view::npos) {
      notes_.guess(begin, "a `*` after a quotation mark or bracket has no meaning and was left out",
                   "write it directly after a word");
      return;
    }
    tokens_.push_back(std::move(token));
  }

  bool read_operator(Token& token, std::string_view chunk) {
    token.text = chunk;
    token.value = token.typed;
    if (chunk == "AND") {
      token.kind = TokenKind::op_and;
    } else if (chunk == "OR") {
      token.kind = TokenKind::op_or;
    } else if (chunk == "XOR") {
      token.kind = TokenKind::op_xor;
    } else if (chunk == "NOT") {
      token.kind = TokenKind::op_not;
    } else if (!read_distance_operator(token, chunk)) {
      return false;
    }
    tokens_.push_back(std::move(token));
    return true;
  }

  bool read_distance_operator(Token& token, std::string_view chunk) {
    const std::size_t slash = chunk.find('/');
    const std::string_view name = chunk.substr(0, slash);
    if (name != "NEAR" && name != "ADJ") return false;
    if (slash != std::string_view::npos) {
      if (!read_count(chunk.substr(slash + 1), token.distance)) return false;
      if (token.distance == 0) {
        notes_.guess(token.typed.begin,
                     "`" + std::string(chunk) + "` has no meaning; read as words",
                     "the distance is at least 1, as in " + std::string(name) + "/1");
        return false;
      }
    }
    token.kind = name == "NEAR" ? TokenKind::op_near : TokenKind::op_adjacent;
    return true;
  }

  // Digits alone; what is beyond the greatest distance means "anywhere", and so does that.
  static bool read_count(std::string_view digits, std::uint32_t& count) {
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) return false;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (result.ec == std::errc::result_out_of_range) count = kMaxDistance;
    count = std::min(count, kMaxDistance);
    return true;
  }

  static bool looks_like_number(std::string_view text) {
    return !text.empty() && (is_digit(text.front()) || text.front() == '.' || text.front() == '-');
  }

  void set_boost(Token& token, std::string_view number, std::size_t at) {
    double factor = 0;
    const auto result = std::from_chars(number.data(), number.data() + number.size(), factor);
    const bool whole = result.ec == std::errc() && result.ptr == number.data() + number.size();
    if (!whole || !looks_like_number(number) || !(factor >= 0 && factor <= kMaxBoost)) {
      notes_.guess(at, "`^" + std::string(number.substr(0, 40)) + "` is no weight and was left out",
                   "a weight is a number from 0 to 1000000, as in word^2.5");
      return;
    }
    token.boost = factor == 0 ? 0 : factor;  // -0 would print as a number that is not read back
  }

  std::string_view text_;
  const FieldNames& fields_;
  Notes& notes_;
  std::size_t at_ = 0;
  std::size_t after_mark_ = static_cast<std::size_t>(-1);  // where the last closing mark ended
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> lex(std::string_view text, const FieldNames& fields, Notes& notes) {
  return Lexer(text, fields, notes).run();
}

}  // namespace stemma::query
