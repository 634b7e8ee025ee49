// From typed text to tokens: signs, fields, words, phrases, brackets, operators.
//
// The lexer knows how things are written, not what they mean together: it never looks into a word
// (patterns, dates and compounds are read in leaves.cpp) and never pairs operators with operands.
// It reads any bytes; what is no UTF-8 stays inside words, where analysis deals with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/field_names.h"
#include "query/notes.h"
#include "stemma/types.h"

namespace stemma::query {

enum class TokenKind {
  words,   ///< a run of characters without space, quote or bracket
  phrase,  ///< what stood between quotation marks
  open,
  close,
  op_and,
  op_or,
  op_xor,
  op_not,
  op_near,
  op_adjacent,
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  ByteRange typed;        ///< with its signs, field and suffixes
  ByteRange value;        ///< the text alone
  std::string text;       ///< words and phrases, escapes undone; operators as typed
  char sign = 0;          ///< '+', '-' or 0
  bool verbatim = false;  ///< `=` before it
  bool stemmed = false;   ///< `~` before it
  std::optional<std::string> field;
  std::optional<std::uint32_t> slop;  ///< phrase: `~3` after it
  std::optional<double> boost;        ///< `^2` after it; of brackets, on the closing one
  std::uint32_t distance = 0;         ///< NEAR and ADJ: `/5`, 0 if none was given
};

/// The tokens of `text`; the last is `end`. `text` has at most 4 GiB.
[[nodiscard]] std::vector<Token> lex(std::string_view text, const FieldNames& fields, Notes& notes);

/// One token for `explain`.
[[nodiscard]] std::string describe(const Token& token);

/// Unicode's spaces and the control characters of ASCII.
[[nodiscard]] bool is_space(char32_t code);
[[nodiscard]] bool is_open_bracket(char32_t code);
[[nodiscard]] bool is_close_bracket(char32_t code);
/// Straight, typographic and fullwidth double marks; any opens and any closes.
[[nodiscard]] bool is_quotation_mark(char32_t code);
/// A space, quotation mark or bracket: no word goes past it.
[[nodiscard]] bool ends_word(char32_t code);

inline constexpr double kMaxBoost = 1e6;
inline constexpr std::uint32_t kMaxDistance = 1'000'000;

}  // namespace stemma::query
