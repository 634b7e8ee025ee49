// What tests of the query language share: an analyzer, a context, and short ways to parse.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.h"
#include "query/node.h"
#include "query/parser.h"
#include "stemma/error.h"

namespace stemma::query {

struct Index {
  explicit Index(const IndexOptions& options = {},
                 std::vector<std::string> index_languages = {"en"})
      : analyzer(options), languages(std::move(index_languages)) {}

  [[nodiscard]] Parsed parse(std::string_view text, const ParseOptions& options = {}) const {
    return query::parse(text, {analyzer, languages, fields}, options);
  }
  [[nodiscard]] std::string canonical(std::string_view text,
                                      const ParseOptions& options = {}) const {
    return to_text(parse(text, options).root);
  }

  analysis::Analyzer analyzer;
  std::vector<std::string> languages;
  std::vector<std::string> fields = {"year", "price", "og:title", "Breaking", "published"};
};

inline const Index& english() {
  static const Index index;
  return index;
}

/// The canonical text reads back as an equal tree, also when strict, with and without `any`.
inline void expect_round_trip(const Index& index, const Node& root, std::string_view typed) {
  const std::string text = to_text(root);
  for (const bool any : {false, true}) {
    try {
      const Parsed again = index.parse(text, {.any = any, .strict = true});
      EXPECT_TRUE(again.root == root) << "typed: " << typed << "\ncanonical: " << text
                                      << "\nagain: " << to_text(again.root) << "\n"
                                      << to_tree_text(root) << to_tree_text(again.root);
    } catch (const Error& error) {
      ADD_FAILURE() << "typed: " << typed << "\ncanonical: " << text << "\n"
                    << error.what() << " at " << error.offset();
    }
  }
}

}  // namespace stemma::query
