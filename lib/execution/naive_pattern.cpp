// Text becomes a list of characters, and each kind of pattern is its textbook table.
#include "execution/naive_pattern.h"

#include <algorithm>
#include <vector>

namespace stemma::execution {
namespace {

using Characters = std::vector<std::string>;

Characters characters_of(std::string_view text) {
  Characters characters;
  for (const char byte : text) {
    const bool continues = (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
    if (characters.empty() || !continues) characters.emplace_back();
    characters.back().push_back(byte);
  }
  return characters;
}

bool wildcard_match(const Characters& pattern, const Characters& text) {
  // matched[j]: the pattern so far matches the first j characters.
  std::vector<bool> matched(text.size() + 1);
  matched[0] = true;
  for (const std::string& wanted : pattern) {
    std::vector<bool> longer(text.size() + 1);
    for (std::size_t j = 0; j <= text.size(); ++j) {
      if (wanted == "*") {
        longer[j] = matched[j] || (j > 0 && longer[j - 1]);
      } else {
        longer[j] = j > 0 && matched[j - 1] && (wanted == "?" || wanted == text[j - 1]);
      }
    }
    matched = longer;
  }
  return matched.back();
}

std::size_t edit_distance(const Characters& a, const Characters& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1,
                              table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
    }
  }
  return table[a.size()][b.size()];
}

}  // namespace

bool naive_match(const query::Node& pattern, std::string_view text) {
  switch (pattern.pattern) {
    case query::PatternKind::prefix:
      return text.substr(0, pattern.pattern_text.size()) == pattern.pattern_text;
    case query::PatternKind::wildcard:
      return wildcard_match(characters_of(pattern.pattern_text), characters_of(text));
    case query::PatternKind::edit_distance:
      break;
  }
  return edit_distance(characters_of(pattern.pattern_text), characters_of(text)) <=
         pattern.distance;
}

std::set<std::string> naive_words(const segment::Segment& segment, const query::Node& pattern) {
  std::string range = term_key(TermLayer::word, "");
  if (pattern.field == "title") range = term_key(TermLayer::title_word, "");
  if (!pattern.field.empty() && pattern.field != "title") range = field_term_key(pattern.field, "");
  std::set<std::string> words;
  segment::TermIterator terms = segment.terms();
  while (terms.next()) {
    const std::string key(terms.term());
    if (key.starts_with(range) && naive_match(pattern, key.substr(range.size()))) words.insert(key);
    if (layer_of(key) == TermLayer::folded && naive_match(pattern, text_of(key))) {
      for (const std::string& word : segment.words_of(key)) {
        if (segment.find(range + word)) words.insert(range + word);
      }
    }
  }
  return words;
}

}  // namespace stemma::execution
