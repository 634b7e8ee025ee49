// Every bracket gets its partner before parsing starts, so that parsing may trust them.
#pragma once

#include <cstddef>
#include <vector>

#include "query/lexer.h"
#include "query/notes.h"

namespace stemma::query {

/// The tokens with brackets paired and nested at most `max_depth` deep: closing ones without
/// partner and pairs that lie deeper are left out, missing closing ones are put at the end.
[[nodiscard]] std::vector<Token> pair_brackets(std::vector<Token> tokens, std::size_t max_depth,
                                               Notes& notes);

/// The index after the operand (a word, a phrase or a pair of brackets) that starts at `at`.
[[nodiscard]] std::size_t after_operand(const std::vector<Token>& tokens, std::size_t at);

}  // namespace stemma::query
