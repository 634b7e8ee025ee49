// What the lexer goes by: spaces, quotation marks, brackets; and tokens as text for `explain`.
#include <charconv>
#include <string>

#include "query/lexer.h"

namespace stemma::query {

bool is_space(char32_t code) {
  return code <= 0x20 || code == 0x7f || code == 0x85 || code == 0xa0 || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 || code == 0x202f ||
         code == 0x205f || code == 0x3000;
}

bool is_open_bracket(char32_t code) { return code == U'(' || code == U'\uff08'; }
bool is_close_bracket(char32_t code) { return code == U')' || code == U'\uff09'; }
// Any of them opens and any closes: people mix them, and word processors do it for them.
bool is_quotation_mark(char32_t code) {
  switch (code) {
    case U'"':
    case U'\u00ab':  // «
    case U'\u00bb':  // »
    case U'\u201c':  // “
    case U'\u201d':  // ”
    case U'\u201e':  // „
    case U'\u201f':
    case U'\u300c':  // 「
    case U'\u300d':  // 」
    case U'\uff02':
      return true;
    default:
      return false;
  }
}

bool ends_word(char32_t code) {
  return is_space(code) || is_quotation_mark(code) || is_open_bracket(code) ||
         is_close_bracket(code);
}

std::string describe(const Token& token) {
  std::string out;
  switch (token.kind) {
    case TokenKind::words:
      out = "words ";
      break;
    case TokenKind::phrase:
      out = "phrase ";
      break;
    case TokenKind::open:
      out = "open bracket";
      break;
    case TokenKind::close:
      out = "close bracket";
      break;
    case TokenKind::end:
      return "end";
    default:
      return "operator " + token.text;
  }
  if (token.kind == TokenKind::words || token.kind == TokenKind::phrase) {
    out += "\"" + token.text + "\"";
  }
  if (token.sign == '+') out += ", required";
  if (token.sign == '-') out += ", excluded";
  if (token.field) out += ", in " + *token.field;
  if (token.verbatim) out += ", verbatim";
  if (token.stemmed) out += ", stemmed";
  if (token.slop) out += ", within " + std::to_string(*token.slop) + " more words";
  if (token.boost) {
    char number[32];
    const auto result = std::to_chars(number, number + sizeof number, *token.boost);
    out += ", weight " + std::string(number, result.ptr);
  }
  return out;
}

}  // namespace stemma::query
