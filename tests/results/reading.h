// What tests of results/ share: queries parsed and articles analysed, without an index.
//
// An empty snapshot is enough: highlights and snippets come from the article itself, and without
// statistics all words weigh the same.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.h"
#include "query/parser.h"
#include "results/highlights.h"
#include "results/snippet.h"
#include "snapshot/snapshot.h"

namespace stemma::results {

class Reading {
 public:
  explicit Reading(const IndexOptions& options = {}) : analyzer_(options) {}

  [[nodiscard]] query::Node parse(std::string_view text) const {
    const query::ParseContext context{analyzer_, languages_, fields_};
    return query::parse(text, context).root;
  }
  [[nodiscard]] Highlights highlights(std::string_view query, const Article& article) const {
    return results::highlights(snapshot_, analyzer_, parse(query), article);
  }
  [[nodiscard]] Snippet snippet(std::string_view query, const Article& article,
                                std::size_t max_bytes) const {
    return results::snippet(snapshot_, analyzer_, parse(query), article, max_bytes);
  }
  /// `text` with [ ] around each range.
  [[nodiscard]] static std::string marked(std::string_view text,
                                          const std::vector<ByteRange>& ranges) {
    std::string out;
    std::size_t at = 0;
    for (const ByteRange& range : ranges) {
      out.append(text.substr(at, range.begin - at)).append("[");
      out.append(text.substr(range.begin, range.end - range.begin)).append("]");
      at = range.end;
    }
    return out.append(text.substr(at));
  }
  /// The body with its matches in brackets.
  [[nodiscard]] std::string body(std::string_view query, std::string_view text) const {
    Article article;
    article.body = text;
    return marked(text, highlights(query, article).body);
  }

 private:
  analysis::Analyzer analyzer_;
  std::vector<std::string> languages_{"de", "en", "ru"};
  std::vector<std::string> fields_{"section"};
  snapshot::Snapshot snapshot_;
};

/// One engine for all tests: an analyzer loads its tables once.
inline const Reading& reading() {
  static const Reading shared;
  return shared;
}

/// Words, look-alikes, marks, hidden and unspaced characters, and bytes that are no UTF-8.
inline std::string any_text(std::mt19937& random, std::size_t pieces) {
  static const std::vector<std::string> kPieces = {"train",
                                                   "trains",
                                                   "armoured",
                                                   "armored",
                                                   "co-operation",
                                                   "U.S.",
                                                   "r\xC3\xA9sum\xC3\xA9",
                                                   "resume",
                                                   "w\xD0\xB5"
                                                   "apons",
                                                   "weapons",
                                                   "\xD1\x85\xD0\xBE\xD1\x80",
                                                   "e\xCC\x81toile",
                                                   "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA",
                                                   "\xE6\x88\x98\xE4\xBA\x89",
                                                   "a\xC2\xADrmoured",
                                                   "\xFF",
                                                   "\xE2\x82",
                                                   "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD",
                                                   ".",
                                                   ",",
                                                   "\n\n",
                                                   "\t",
                                                   "x",
                                                   "the",
                                                   "AT&T",
                                                   "\xE2\x80\xAE",
                                                   std::string(1, '\0'),
                                                   "stra\xC3\x9F"
                                                   "e",
                                                   "C++"};
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) {
    text += kPieces[random() % kPieces.size()];
    if (random() % 5 != 0) text += ' ';
  }
  return text;
}

/// A query over the same words.
inline std::string any_query(std::mt19937& random) {
  static const std::vector<std::string> kQueries = {"train",
                                                    "armoured train",
                                                    "\"armoured train\"",
                                                    "~\"armored trains\"",
                                                    "\"train the\"~3",
                                                    "train NEAR/4 weapons",
                                                    "train ADJ/5 \"the x\"",
                                                    "=weapons",
                                                    "tra*",
                                                    "w?apons",
                                                    "train~1",
                                                    "title:train",
                                                    "train NOT weapons",
                                                    "resume OR \xD1\x85\xD0\xBE\xD1\x80",
                                                    "co-operation",
                                                    "train XOR armoured",
                                                    "(a OR x) train^2",
                                                    "\xE6\x88\x98\xE4\xBA\x89",
                                                    "C++",
                                                    "strasse",
                                                    "x NEAR/3 x",
                                                    "NOT train",
                                                    "U.S."};
  return kQueries[random() % kQueries.size()];
}

}  // namespace stemma::results
