#include "analysis/spaced_words.h"

#include <utility>

#include "analysis/arena.h"
#include "analysis/tokenizer.h"
#include "base/term.h"
#include "text/utf8.h"

namespace stemma::analysis {
namespace {

bool is_blank(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

template <class Visit>
void for_spaced_words(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && !is_blank(text[at])) ++at;
    visit(text::cut_utf8(text.substr(begin, at - begin), kMaxWordBytes),
          ByteRange{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
  }
}

}  // namespace

AnalyzedText split_article(std::string_view title, std::string_view body) {
  AnalyzedText result;
  Arena arena(title.size() + body.size() + 16);
  std::uint32_t position = 1;
  const auto add = [&](Field field, std::string_view text) {
    for_spaced_words(text, [&](std::string_view word, ByteRange bytes) {
      Token& token = result.tokens.emplace_back();
      token.word = arena.copy(word);
      token.position = position++;
      token.bytes = bytes;
      token.field = field;
    });
  };
  add(Field::title, title);
  result.title_length = static_cast<std::uint32_t>(result.tokens.size());
  if (position > 1) position += kTitleGap - 1;
  add(Field::body, body);
  result.language = "und";
  result.arena = arena.take_blocks();
  return result;
}

std::vector<QueryWord> split_query(std::string_view text) {
  std::vector<QueryWord> words;
  for_spaced_words(text, [&](std::string_view word, ByteRange bytes) {
    QueryWord& query = words.emplace_back();
    query.slot = static_cast<std::uint32_t>(words.size() - 1);
    query.text = word;
    query.raw = word;
    query.words.emplace_back(word);
    query.folded.emplace_back(word);
    query.bytes = bytes;
  });
  return words;
}

}  // namespace stemma::analysis
