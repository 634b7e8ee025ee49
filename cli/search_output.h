// What hits look like: for people, for other programs line by line, as JSON Lines, as a TREC run.
#pragma once

#include <memory>
#include <string>

#include "console.h"
#include "json_records.h"
#include "stemma/searcher.h"

namespace stemma::command {

enum class Format {
  human,  ///< a few lines a hit, with a snippet
  plain,  ///< one line a hit: key, score, date, title; tabs between
  json,   ///< JSON Lines: header, hits, footer
  trec,   ///< topic Q0 key rank score stemma
  keys,   ///< keys alone, one a line
  keys0,  ///< keys alone, a NUL byte after each
};

/// Writes the answer of one query.
class SearchOutput {
 public:
  SearchOutput(Console& console, const Searcher& searcher, Format format, bool explain);

  /// The answer of `query`; `header` has all but what `hits` knows.
  void write(SearchHeader header, const Query& query, const Hits& hits,
             const SearchOptions& options, double seconds);

 private:
  void write_human(const SearchHeader& header, const Query& query, const Hit& hit, std::size_t rank,
                   const std::optional<Explanation>& explanation);
  void write_plain(const Hit& hit, const std::optional<Explanation>& explanation);
  void write_key(const Hit& hit);

  Console& console_;
  const Searcher& searcher_;
  Format format_;
  bool explain_;
};

/// A score as people read it, and as one column: six decimals.
[[nodiscard]] std::string score_text(double score);

/// An explanation as an indented tree, one part a line, each line behind `margin`.
void write_explanation(Stream& out, const Explanation& explanation, const std::string& margin);

}  // namespace stemma::command
