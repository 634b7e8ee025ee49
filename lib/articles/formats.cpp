// The table. A new format is a new row and a new file.
#include "articles/formats.h"

#include <algorithm>
#include <array>

namespace stemma::articles {
namespace {

constexpr std::array<std::string_view, 2> kTxt = {".txt", ".text"};
constexpr std::array<std::string_view, 2> kMarkdown = {".md", ".markdown"};
constexpr std::array<std::string_view, 3> kHtml = {".html", ".htm", ".xhtml"};
constexpr std::array<std::string_view, 2> kJsonl = {".jsonl", ".ndjson"};

constexpr std::array<Format, 4> kFormats = {{
    {{"txt", ".txt .text", "one article; a short first line that ends no sentence is its title"},
     kTxt,
     read_txt},
    {{"md", ".md .markdown",
      "one article; its first heading is its title; front matter between --- lines is read"},
     kMarkdown,
     read_markdown},
    {{"html", ".html .htm .xhtml",
      "one article: the text of <article>, <main> or the page, without navigation and scripts"},
     kHtml,
     read_html},
    {{"jsonl", ".jsonl .ndjson",
      "one JSON object a line: id, title, body, date, source, author, url, lang; other keys are "
      "metadata"},
     kJsonl,
     read_jsonl},
}};

std::string lower_case(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return lower;
}

/// Removes `ending` if `name` has it.
bool chop(std::string& name, std::string_view ending) {
  if (name.size() < ending.size() ||
      name.compare(name.size() - ending.size(), ending.size(), ending) != 0) {
    return false;
  }
  name.resize(name.size() - ending.size());
  return true;
}

/// Whether the first visible character of text in UTF-8, UTF-16 or UTF-32 is `{`.
bool starts_with_brace(std::string_view head) {
  const std::size_t first =
      head.find_first_not_of(std::string_view(" \t\r\n\0\xEF\xBB\xBF\xFE\xFF", 10));
  return first != std::string_view::npos && head[first] == '{';
}

/// Decompressed bytes: jsonl or text, as they look.
void read_by_look(ByteSource& source, const std::string& path, Reading& reading) {
  static constexpr std::size_t kHeadBytes = 4096;
  PeekedSource peeked(source, kHeadBytes);
  if (peeked.head().empty()) return;
  (starts_with_brace(peeked.head()) ? read_jsonl : read_txt)(peeked, path, reading);
}

constexpr Format kUnnamed = {{}, {}, read_by_look};

}  // namespace

FoundFormat unnamed_format(std::string_view head) { return {&kUnnamed, compression_of(head)}; }

std::optional<FoundFormat> format_of(std::string_view name) {
  std::string rest = lower_case(name);
  FoundFormat found;
  if (chop(rest, ".gz")) {
    found.compression = Compression::gzip;
  } else if (chop(rest, ".zst")) {
    found.compression = Compression::zstd;
  }
  for (const Format& format : kFormats) {
    for (const std::string_view extension : format.extensions) {
      if (!chop(rest, extension)) continue;
      found.format = &format;
      return found;
    }
  }
  return std::nullopt;
}

std::string known_extensions() {
  std::string all;
  for (const Format& format : kFormats) {
    for (const std::string_view extension : format.extensions) {
      all += std::string(extension) + " ";
    }
  }
  return all + "(each also with .gz or .zst)";
}

}  // namespace stemma::articles

namespace stemma {

std::vector<FormatInfo> article_formats() {
  std::vector<FormatInfo> infos;
  infos.reserve(std::size(articles::kFormats));
  for (const articles::Format& format : articles::kFormats) infos.push_back(format.info);
  return infos;
}

}  // namespace stemma
