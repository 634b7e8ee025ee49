// The query as the person at the keyboard gave it: words on the command line, a file, or standard
// input, which need no quoting for the shell.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "console.h"
#include "stemma/searcher.h"

namespace stemma::command {

struct QueryOptions {
  std::vector<std::string> words;  ///< joined with spaces; a single "-" is standard input
  std::string file;                ///< -f
  ParseOptions parse;
};

/// QUERY…, -f, --any, --strict, --plain.
void add_query_options(CLI::App& app, QueryOptions& options);

/// Notes on standard error when the shell seems to have taken quotes away.
/// Throws Error{invalid_argument} if there is no query or more than one.
[[nodiscard]] std::string query_text(Console& console, const QueryOptions& options);

/// Parses; a strict error shows the place with a caret.
[[nodiscard]] ParsedQuery parse_query(const Searcher& searcher, const std::string& text,
                                      const ParseOptions& options);

/// Everything readable from a file or, for "-", standard input. Throws Error{invalid_argument}.
[[nodiscard]] std::string read_input(const std::string& path);

/// What is doubtful about a query, on standard error, with a caret under the place.
void print_notes(Console& console, const std::string& query, const std::vector<QueryNote>& notes);

/// The line of `query` around `offset`, and a caret below it; empty if there is no such place.
[[nodiscard]] std::string caret_text(std::string_view query, std::size_t offset);

/// The index that `directory` names, with a warning if another analyzer made it.
[[nodiscard]] Snapshot open_snapshot(Console& console, const std::string& directory);

/// Query syntax in a dozen lines, for --help.
extern const char* const kQueryHelp;

}  // namespace stemma::command
