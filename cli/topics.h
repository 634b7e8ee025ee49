// A file of topics: many queries at once, for evaluation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stemma::command {

struct Topic {
  std::string id;
  std::string text;
};

/// One topic a line: id, a tab, the text. Empty lines and lines that begin with '#' are left out.
/// Throws Error{invalid_argument}, naming `path` and the line, for a line without a tab and for an
/// id that came before.
[[nodiscard]] std::vector<Topic> parse_topics(std::string_view content, const std::string& path);

}  // namespace stemma::command
