// Most of what is typed needs no parser: a few words, one phrase, words with OR between them.
//
// Such text is told by one look at its bytes and read at once. Whatever else there is (a sign, a
// byte above 127, any other operator, a word that a note would be about) is left to the lexer and
// the parser, which are the definition: tests compare both on text that both can read.
#pragma once

#include <optional>
#include <string_view>

#include "query/node.h"
#include "query/parser.h"

namespace stemma::query {

/// The tree of simple text, for which parse() would make no note; nullopt for other text.
[[nodiscard]] std::optional<Node> read_simple(std::string_view text, const ParseContext& context,
                                              const ParseOptions& options);

}  // namespace stemma::query
