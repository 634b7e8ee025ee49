// From typed text to a tree. Never fails on typed text: what cannot be meant as typed is read as
// plain words, and a note says so. docs/QUERIES.md is the language for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.h"
#include "query/node.h"
#include "stemma/searcher.h"

namespace stemma::query {

/// What the parser knows of the index.
struct ParseContext {
  const analysis::Analyzer& analyzer;
  const std::vector<std::string>& languages;  ///< canonical names that the index holds
  /// Names of metadata fields (for `name:` recognition); known fields title, source, author, lang,
  /// url, date are always recognised. A word before ':' that is none of these is no field.
  const std::vector<std::string>& fields;
  bool tokens_wanted = true;  ///< whether Parsed::tokens is filled
};

struct Parsed {
  Node root;
  std::vector<QueryNote> notes;
  std::vector<std::string> tokens;  ///< the lexer's reading, for `explain`
};

/// Limits: 64 KiB of text, 1,024 clauses, depth 256: past them the text is cut with a note
/// (Error{bad_query} or {limit} if strict).
[[nodiscard]] Parsed parse(std::string_view text, const ParseContext& context,
                           const ParseOptions& options = {});

}  // namespace stemma::query
