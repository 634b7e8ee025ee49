// One pass with a counter: which brackets are kept is known when each is met, since a pair is too
// deep by its opening bracket.
#include "query/brackets.h"

#include <algorithm>
#include <string>
#include <utility>

namespace stemma::query {
namespace {

bool is_bracket(const Token& token) {
  return token.kind == TokenKind::open || token.kind == TokenKind::close;
}

}  // namespace

std::vector<Token> pair_brackets(std::vector<Token> tokens, std::size_t max_depth, Notes& notes) {
  if (std::none_of(tokens.begin(), tokens.end(), is_bracket)) return tokens;
  std::vector<Token> kept;
  kept.reserve(tokens.size());
  std::vector<std::size_t> open;  // where the kept open brackets stand in the text
  std::size_t too_deep = 0;
  bool noted_depth = false;
  for (Token& token : tokens) {
    if (token.kind == TokenKind::open) {
      if (open.size() >= max_depth) {
        if (!noted_depth) {
          notes.limit(token.typed.begin,
                      "brackets are nested too deep; the inner ones were left out",
                      "nest them at most " + std::to_string(max_depth) + " deep");
        }
        noted_depth = true;
        ++too_deep;
        continue;
      }
      open.push_back(token.typed.begin);
    } else if (token.kind == TokenKind::close) {
      if (too_deep > 0) {
        --too_deep;
        continue;
      }
      if (open.empty()) {
        notes.guess(token.value.begin, "this closing bracket has no partner and was left out",
                    "write ( before it, or put the text in quotation marks");
        continue;
      }
      open.pop_back();
    } else if (token.kind == TokenKind::end) {
      for (; !open.empty(); open.pop_back()) {
        notes.guess(open.back(), "this bracket is never closed; it goes on to the end",
                    "close it with )");
        Token close;
        close.kind = TokenKind::close;
        close.typed = close.value = token.typed;
        kept.push_back(std::move(close));
      }
    }
    kept.push_back(std::move(token));
  }
  return kept;
}

std::size_t after_operand(const std::vector<Token>& tokens, std::size_t at) {
  if (tokens[at].kind != TokenKind::open) return at + 1;
  std::size_t depth = 0;
  for (; tokens[at].kind != TokenKind::end; ++at) {
    if (tokens[at].kind == TokenKind::open) ++depth;
    if (tokens[at].kind == TokenKind::close && --depth == 0) return at + 1;
  }
  return at;
}

}  // namespace stemma::query
