// What tests say about analysed text: tokens as short strings, and terms on both sides.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.h"

namespace stemma::testing {

inline const analysis::Analyzer& english() {
  static const analysis::Analyzer analyzer{IndexOptions{}};
  return analyzer;
}

/// "1:[don't] 1:don 2:t": position, and the word, in brackets if it is a whole.
inline std::string tokens_of(const analysis::AnalyzedText& text) {
  std::string out;
  for (const analysis::Token& token : text.tokens) {
    if (!out.empty()) out += ' ';
    out += std::to_string(token.position) + ":";
    out += token.is_whole ? "[" + std::string(token.word) + "]" : std::string(token.word);
  }
  return out;
}
inline std::string tokens_of(std::string_view body) {
  return tokens_of(english().analyze("", body, ""));
}

inline std::set<std::string> index_stems(std::string_view body, std::string_view language) {
  std::set<std::string> stems;
  const analysis::AnalyzedText text = english().analyze("", body, language);
  for (const analysis::Token& token : text.tokens) {
    if (!token.stem.empty()) stems.emplace(token.stem);
    if (!token.stem_alt.empty()) stems.emplace(token.stem_alt);
  }
  return stems;
}

/// Would an unprefixed search for the words of `query` find an article with this body? Every
/// counted word of the query must have a stem in it.
inline bool finds(std::string_view query, std::string_view body, std::string_view language) {
  const std::set<std::string> stems = index_stems(body, language);
  const auto words = english().analyze_query(query, {std::string(language)});
  return !words.empty() &&
         std::all_of(words.begin(), words.end(), [&](const analysis::QueryWord& word) {
           return word.is_whole ||
                  std::any_of(word.stems.begin(), word.stems.end(),
                              [&](const std::string& stem) { return stems.count(stem) > 0; });
         });
}

/// Would a verbatim search for the whole `query`, one word or compound, find it?
inline bool finds_verbatim(std::string_view query, std::string_view body) {
  std::set<std::string> words;
  const analysis::AnalyzedText text = english().analyze("", body, "");
  for (const analysis::Token& token : text.tokens) words.emplace(token.word);
  const auto query_words = english().analyze_query(query, {"en"});
  return !query_words.empty() &&
         std::any_of(query_words.front().words.begin(), query_words.front().words.end(),
                     [&](const std::string& word) { return words.count(word) > 0; });
}

}  // namespace stemma::testing
