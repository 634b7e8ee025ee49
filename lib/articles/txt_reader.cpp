// Plain text: the whole file is one article, its text kept byte for byte (after decoding).
//
// The first line that is not blank is the title if it has at most 120 characters, ends no sentence
// and is followed by more text. A sentence ends with . ! ? or … (or its full-width form), closing
// quotes and brackets after it not counted; a colon, a comma or a dash ends none. The title line
// and the blank lines around it leave the body.
#include <array>

#include "articles/formats.h"

namespace stemma::articles {
namespace {

constexpr std::size_t kMaxTitleCharacters = 120;
constexpr std::string_view kBlanks = " \t\r\n\f\v";

constexpr std::array<std::string_view, 12> kClosers = {"\"", "'", ")", "]", "}",  "”",
                                                       "’",  "»", "›", "“", "」", "』"};
constexpr std::array<std::string_view, 7> kSentenceEnds = {".", "!", "?", "…", "。", "！", "？"};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

template <std::size_t size>
std::string_view end_among(std::string_view text,
                           const std::array<std::string_view, size>& choices) {
  for (const std::string_view choice : choices) {
    if (ends_with(text, choice)) return choice;
  }
  return {};
}

bool ends_sentence(std::string_view line) {
  for (std::string_view closer = end_among(line, kClosers); !closer.empty();
       closer = end_among(line, kClosers)) {
    line.remove_suffix(closer.size());
  }
  return !end_among(line, kSentenceEnds).empty();
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) {
    if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80) ++count;
  }
  return count;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Where the line with the byte at `inside` starts.
std::size_t line_start(std::string_view text, std::size_t inside) {
  const std::size_t newline = text.substr(0, inside).find_last_of("\r\n");
  return newline == std::string_view::npos ? 0 : newline + 1;
}

}  // namespace

Article txt_article(std::string text) {
  Article article;
  const std::string_view all = text;
  const std::size_t first = all.find_first_not_of(kBlanks);
  const std::size_t line_end =
      first == std::string_view::npos ? std::string_view::npos : all.find_first_of("\r\n", first);
  const std::size_t more = line_end == std::string_view::npos
                               ? std::string_view::npos
                               : all.find_first_not_of(kBlanks, line_end);
  if (more != std::string_view::npos) {
    const std::string_view line = trim(all.substr(first, line_end - first));
    if (count_characters(line) <= kMaxTitleCharacters && !ends_sentence(line)) {
      article.title = line;
      text.erase(0, line_start(all, more));
    }
  }
  article.body = std::move(text);
  return article;
}

void read_txt(ByteSource& source, const std::string& path, Reading& reading) {
  text::Decoded decoded = text::to_utf8(read_whole(source, reading.options().max_article_bytes));
  reading.report.replaced_bytes += decoded.replaced_bytes;
  Article article = txt_article(std::move(decoded.text));
  article.key = path;
  reading.give(std::move(article), path);
}

}  // namespace stemma::articles
