// Does a token match a prefix, a wildcard or an edit distance? The same question that execution/
// asks the dictionary, asked of one token, so that showing one article expands no vocabulary.
#pragma once

#include <string>
#include <string_view>

#include "analysis/analyzer.h"
#include "query/node.h"

namespace stemma::results {

class PatternMatcher {
 public:
  explicit PatternMatcher(const query::Node& pattern);
  [[nodiscard]] bool matches(const analysis::Token& token) const;
  /// Only words of the title count.
  [[nodiscard]] bool title_only() const { return title_only_; }

 private:
  [[nodiscard]] bool matches_form(std::string_view form) const;
  query::PatternKind kind_;
  std::string text_;
  std::u32string points_;  ///< of `text_`, for edit distance
  std::string prefix_;     ///< bytes that every match begins with
  std::size_t distance_;
  bool title_only_;
};

}  // namespace stemma::results
