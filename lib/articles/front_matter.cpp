// Line by line; `names_` is the chain of keys that the present line is indented under.
#include "articles/front_matter.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "articles/byte_source.h"
#include "articles/json_text.h"

namespace stemma::articles {
namespace {

constexpr std::size_t kMaxBytes = 64U << 10;
constexpr std::size_t kMaxNesting = 16;

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

struct Scalar {
  std::string text;
  bool quoted = false;
};

/// 'it''s', "a \"b\"", or plain text up to a comment.
Scalar read_scalar(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && text.front() == '"') {
    try {
      return {unescape(text.substr(1)).text, true};
    } catch (const BadInput&) {
      return {std::string(text), true};
    }
  }
  if (text.size() >= 2 && text.front() == '\'') {
    Scalar scalar{{}, true};
    for (std::size_t at = 1; at < text.size(); ++at) {
      if (text[at] == '\'' && text.substr(at, 2) != "''") break;
      if (text[at] == '\'') ++at;
      scalar.text.push_back(text[at]);
    }
    return scalar;
  }
  if (!text.empty() && text.front() == '#') return {};
  return {std::string(trim(text.substr(0, text.find(" #")))), false};
}

/// The items of "a, 'b, c', d".
std::vector<Scalar> split_items(std::string_view text) {
  std::vector<Scalar> items;
  std::size_t begin = 0;
  char quote = '\0';
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char letter = at < text.size() ? text[at] : ',';
    if (quote != '\0' && at < text.size()) {
      if (letter == quote) quote = '\0';
    } else if (letter == '"' || letter == '\'') {
      if (trim(text.substr(begin, at - begin)).empty()) quote = letter;
    } else if (letter == ',') {
      if (Scalar item = read_scalar(text.substr(begin, at - begin)); !item.text.empty()) {
        items.push_back(std::move(item));
      }
      begin = at + 1;
    }
  }
  return items;
}

/// Where the colon after a key stands; npos if the line is no `key: value`.
std::size_t key_length(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return std::string_view::npos;
  const bool ends = colon + 1 == line.size() || line[colon + 1] == ' ' || line[colon + 1] == '\t' ||
                    line[colon + 1] == '\r';
  return ends ? colon : std::string_view::npos;
}

class FrontMatter {
 public:
  FrontMatter(std::vector<std::string_view> lines, Article& article)
      : lines_(std::move(lines)), article_(article) {}

  void read() {
    while (at_ < lines_.size()) read_line();
  }

 private:
  void read_line() {
    const std::string_view line = lines_[at_++];
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view content = trim(line);
    if (content.empty() || content.front() == '#') return;
    if (content == "-" || content.substr(0, 2) == "- ") {
      if (!names_.empty()) add(names_.back().second, read_scalar(content.substr(1)));
      return;
    }
    const std::size_t length = key_length(content);
    if (length == std::string_view::npos) return;
    while (!names_.empty() && names_.back().first >= indent) names_.pop_back();
    if (names_.size() >= kMaxNesting) return;
    const std::string key = read_scalar(content.substr(0, length)).text;
    const std::string name = names_.empty() ? key : names_.back().second + "." + key;
    names_.emplace_back(indent, name);
    read_value(name, trim(content.substr(length + 1)), indent);
  }

  void read_value(const std::string& name, std::string_view value, std::size_t indent) {
    if (value.empty() || value.front() == '#') return;  // a list or nested keys may follow
    if (value.front() == '|' || value.front() == '>') {
      add(name, {read_block(indent, value.front() == '|' ? '\n' : ' '), true});
    } else if (value.front() == '[' && value.find(']') != std::string_view::npos) {
      for (Scalar& item : split_items(value.substr(1, value.rfind(']') - 1))) {
        add(name, std::move(item));
      }
    } else {
      add(name, read_scalar(value));
    }
  }

  /// The lines that are indented deeper than their key.
  std::string read_block(std::size_t indent, char separator) {
    std::string block;
    for (; at_ < lines_.size(); ++at_) {
      const std::string_view line = lines_[at_];
      const std::string_view content = trim(line);
      if (!content.empty() && line.find_first_not_of(' ') <= indent) break;
      if (!block.empty()) block.push_back(separator);
      block.append(content);
    }
    while (!block.empty() && block.back() == separator) block.pop_back();
    return block;
  }

  void add(const std::string& name, Scalar scalar) {
    static const std::array<std::pair<std::string_view, std::string Article::*>, 6> kKnown = {
        {{"id", &Article::key},
         {"title", &Article::title},
         {"date", &Article::date},
         {"source", &Article::source},
         {"url", &Article::url},
         {"lang", &Article::lang}}};
    for (const auto& [known, member] : kKnown) {
      if (name != known) continue;
      article_.*member = std::move(scalar.text);
      return;
    }
    if (name == "author") {
      if (!scalar.text.empty()) article_.authors.push_back(std::move(scalar.text));
      return;
    }
    if (!scalar.quoted && (scalar.text.empty() || scalar.text == "null" || scalar.text == "~")) {
      return;
    }
    std::vector<MetadataField>& fields = article_.metadata;
    auto field = std::find_if(fields.begin(), fields.end(),
                              [&name](const MetadataField& one) { return one.name == name; });
    if (field == fields.end()) field = fields.insert(fields.end(), MetadataField{name, {}});
    field->values.push_back(typed(std::move(scalar)));
  }

  static MetadataValue typed(Scalar scalar) {
    if (scalar.quoted) return std::move(scalar.text);
    if (scalar.text == "true" || scalar.text == "false") return scalar.text == "true";
    const char first = scalar.text.front();
    if ((first >= '0' && first <= '9') || first == '-') {
      try {
        return number_value(scalar.text);
      } catch (const BadInput&) {
        // a date, a version, a range: text
      }
    }
    return std::move(scalar.text);
  }

  std::vector<std::string_view> lines_;
  Article& article_;
  std::size_t at_ = 0;
  std::vector<std::pair<std::size_t, std::string>> names_;  ///< indentation and full name
};

}  // namespace

std::size_t read_front_matter(std::string_view text, Article& article) {
  if (text.substr(0, 3) != "---") return 0;
  const std::vector<std::string_view> lines = split_lines(text.substr(0, kMaxBytes));
  if (trim(lines.front()) != "---") return 0;
  std::size_t length = lines.front().size() + 1;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    length += lines[i].size() + 1;
    if (trim(lines[i]) != "---" && trim(lines[i]) != "...") continue;
    // Between two rules may also stand ordinary text; front matter begins with a key.
    const auto first = std::find_if(lines.begin() + 1, lines.begin() + static_cast<long>(i),
                                    [](std::string_view line) {
                                      const std::string_view content = trim(line);
                                      return !content.empty() && content.front() != '#';
                                    });
    const bool is_empty = first == lines.begin() + static_cast<long>(i);
    if (is_empty || key_length(*first) == std::string_view::npos) return 0;
    FrontMatter({lines.begin() + 1, lines.begin() + static_cast<long>(i)}, article).read();
    return std::min(length, text.size());
  }
  return 0;
}

}  // namespace stemma::articles
