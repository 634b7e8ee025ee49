// See pattern_match.h. A pattern is folded; a word matches by its folded form or as it is.
#include "results/pattern_match.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "execution/pattern.h"
#include "text/utf8.h"

namespace stemma::results {

namespace {

std::u32string code_points(std::string_view text) {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) {
    const text::DecodedCharacter next = text::decode_utf8(text, at);
    points.push_back(next.code);
    at += next.size;
  }
  return points;
}

/// Levenshtein's distance (insert, delete, replace) is at most `limit`: one row at a time.
bool within_distance(const std::u32string& a, const std::u32string& b, std::size_t limit) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > limit) return false;
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
    if (*std::min_element(row.begin(), row.end()) > limit) return false;
  }
  return row.back() <= limit;
}

}  // namespace

PatternMatcher::PatternMatcher(const query::Node& pattern)
    : kind_(pattern.pattern),
      text_(pattern.pattern_text),
      distance_(pattern.distance),
      title_only_(pattern.field == "title") {
  if (kind_ == query::PatternKind::edit_distance) points_ = code_points(text_);
  if (kind_ == query::PatternKind::prefix) prefix_ = pattern.pattern_text;
  if (kind_ == query::PatternKind::wildcard) {
    prefix_ = pattern.pattern_text.substr(0, pattern.pattern_text.find_first_of("*?"));
  }
}

bool PatternMatcher::matches(const analysis::Token& token) const {
  return matches_form(token.word) || (!token.folded.empty() && matches_form(token.folded));
}

bool PatternMatcher::matches_form(std::string_view form) const {
  if (!form.starts_with(prefix_)) return false;
  switch (kind_) {
    case query::PatternKind::prefix:
      return true;
    case query::PatternKind::wildcard:
      return execution::matches_wildcard(text_, form);
    case query::PatternKind::edit_distance:
      return within_distance(points_, code_points(form), distance_);
  }
  return false;
}

}  // namespace stemma::results
