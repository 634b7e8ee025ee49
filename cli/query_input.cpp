// See query_input.h.
#include "query_input.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "index_place.h"
#include "stemma/error.h"

namespace stemma::command {

const char* const kQueryHelp =
    "Query language (docs/QUERIES.md has all of it; nothing typed is an error without --strict):\n"
    "  armoured train       both words, in any form (armoured, trains); --any: either\n"
    "  \"armoured train\"     exactly these words, in this order; ~\"...\" in any form\n"
    "  \"train crew\"~3       within 3 words; a NEAR/5 b, a ADJ/3 b (in this order)\n"
    "  a AND b, a OR b, a NOT b, a XOR b, +a, -a, ( )\n"
    "  =Train               this word only, not its other forms\n"
    "  train*  wo?d  *ord   prefix and wildcards; word~1 one letter changed\n"
    "  title:flood  source:reuters  author:\"a name\"  lang:de  date:1916-03..1917\n"
    "  flood^2              counts twice\n"
    "Quote for the shell: stemma search '\"armoured train\"'. A query that begins with '-' goes\n"
    "after `--`, or comes from standard input: echo '-train crew' | stemma search -\n";

namespace {

/// The shell took quotes away if one argument of several holds a space.
bool lost_its_quotes(const std::vector<std::string>& words) {
  return words.size() > 1 && std::any_of(words.begin(), words.end(), [](const std::string& word) {
           return word.find(' ') != std::string::npos &&
                  word.find_first_of("\"()") == std::string::npos;
         });
}

std::string without_line_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

}  // namespace

void add_query_options(CLI::App& app, QueryOptions& options) {
  app.add_option("query", options.words, "The query; - reads it from standard input")
      ->type_name("QUERY");
  app.add_option("-f,--file", options.file, "Read the query from FILE")->type_name("FILE");
  app.add_flag("--any", options.parse.any, "Any of the words instead of all");
  app.add_flag("--strict", options.parse.strict, "A doubtful query is an error, not a note");
  app.add_flag("--plain", options.parse.plain, "Plain words: no operator or quote has a meaning");
}

std::string read_input(const std::string& path) {
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  const auto fail = [&] {
    return Error(Error::Kind::invalid_argument,
                 "cannot read " + path + ": " + std::strerror(errno));
  };
  if (file == nullptr) throw fail();
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> closing(
      path == "-" ? nullptr : file, [](std::FILE* f) { return std::fclose(f); });
  std::string text;
  char buffer[1 << 14];
  std::size_t got = 0;
  while ((got = std::fread(buffer, 1, sizeof buffer, file)) > 0) text.append(buffer, got);
  if (std::ferror(file) != 0) throw fail();
  return text;
}

std::string query_text(Console& console, const QueryOptions& options) {
  if (!options.file.empty()) {
    if (!options.words.empty()) {
      throw Error(Error::Kind::invalid_argument, "the query is given twice: as words and with -f",
                  "leave one of them out");
    }
    return without_line_end(read_input(options.file));
  }
  if (options.words.empty()) {
    throw Error(Error::Kind::invalid_argument, "there is no query",
                "stemma search WORDS; `stemma search --help` shows the query language");
  }
  if (options.words.size() == 1 && options.words.front() == "-") {
    return without_line_end(read_input("-"));
  }
  if (!options.parse.plain && lost_its_quotes(options.words)) {
    console.note(Style::warning, "note", "the shell took the quotes away: these are plain words",
                 "single quotes outside keep a phrase together: '\"armoured train\" letters'");
  }
  std::string text;
  for (const std::string& word : options.words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

std::string caret_text(std::string_view query, std::size_t offset) {
  if (offset > query.size()) return {};
  std::size_t begin = query.substr(0, offset).rfind('\n');
  begin = begin == std::string_view::npos ? 0 : begin + 1;
  const std::size_t end = std::min(query.find('\n', offset), query.size());
  constexpr std::size_t kContext = 60;
  if (offset - begin > kContext) begin = offset - kContext;
  // Continuation bytes belong to the character before.
  while (begin < offset && (static_cast<unsigned char>(query[begin]) & 0xC0U) == 0x80) ++begin;
  const std::string before = printable(query.substr(begin, offset - begin), Lines::join);
  std::size_t stop = std::min(end, offset + kContext);
  while (stop < end && (static_cast<unsigned char>(query[stop]) & 0xC0U) == 0x80) ++stop;
  const std::string after = printable(query.substr(offset, stop - offset), Lines::join);
  const auto columns = std::count_if(before.begin(), before.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
  });
  return "  " + before + after + "\n  " + std::string(static_cast<std::size_t>(columns), ' ') + "^";
}

ParsedQuery parse_query(const Searcher& searcher, const std::string& text,
                        const ParseOptions& options) {
  try {
    return searcher.parse(text, options);
  } catch (const Error& error) {
    const std::string caret = caret_text(text, error.offset());
    if (caret.empty()) throw;
    throw Error(error.kind(), std::string(error.what()) + "\n" + caret, error.hint(),
                error.offset());
  }
}

void print_notes(Console& console, const std::string& query, const std::vector<QueryNote>& notes) {
  for (const QueryNote& note : notes) {
    const std::string caret = caret_text(query, note.offset);
    console.note(Style::warning, "note", note.message + (caret.empty() ? "" : "\n" + caret),
                 note.hint);
  }
}

Snapshot open_snapshot(Console& console, const std::string& directory) {
  Snapshot snapshot = Snapshot::open(index_place(directory));
  if (const auto warning = snapshot.analyzer_warning()) {
    console.note(Style::warning, "warning", *warning, "stemma rebuild");
  }
  return snapshot;
}

}  // namespace stemma::command
