// See topics.h.
#include "topics.h"

#include <algorithm>
#include <unordered_set>

#include "stemma/error.h"

namespace stemma::command {

std::vector<Topic> parse_topics(std::string_view content, const std::string& path) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (content.starts_with(kByteOrderMark)) content.remove_prefix(kByteOrderMark.size());
  std::vector<Topic> topics;
  std::unordered_set<std::string> seen;
  for (std::size_t number = 1; !content.empty(); ++number) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    std::string_view line = content.substr(0, end);
    content.remove_prefix(std::min(end + 1, content.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    const std::string where = path + ":" + std::to_string(number);
    if (tab == std::string_view::npos || tab == 0) {
      throw Error(Error::Kind::invalid_argument,
                  where + ": expected an id, a tab and the topic's text",
                  "one topic a line, as in corpus/topics.tsv");
    }
    std::string id(line.substr(0, tab));
    if (!seen.insert(id).second) {
      throw Error(Error::Kind::invalid_argument, where + ": the id " + id + " came before",
                  "give each topic an id of its own");
    }
    topics.push_back({std::move(id), std::string(line.substr(tab + 1))});
  }
  return topics;
}

}  // namespace stemma::command
