// Prefixes, wildcards and edit distance: ship*  *ip  s?ip  ship~1.
//
// A `*` or `?` makes a pattern only inside one word of plain letters and signs; elsewhere, and
// where a question ends in `?`, it is punctuation. So `Who is she?` asks for three words.
#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "query/compose.h"
#include "query/leaves.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace stemma::query {
namespace {

constexpr std::uint32_t kMaxEdits = 2;
constexpr std::string_view kSigns = "'-._&";  // that words may hold

bool is_wildcard(char letter) { return letter == '*' || letter == '?'; }
bool may_make_pattern(char letter) { return is_wildcard(letter) || letter == '~'; }
bool is_word_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || static_cast<unsigned char>(letter) >= 0x80;
}

/// One word, perhaps with wildcards: what the lexer and this file read again in the same way.
bool is_pattern_text(std::string_view text) {
  bool has_letter = false;
  for (const char letter : text) {
    has_letter = has_letter || is_word_letter(letter);
    if (!is_word_letter(letter) && !is_wildcard(letter) &&
        kSigns.find(letter) == std::string_view::npos) {
      return false;
    }
  }
  if (!has_letter || text.front() == '-' || text.back() == '?' || text.size() > kMaxWordBytes) {
    return false;
  }
  for (std::size_t at = 0; at < text.size();) {
    const auto character = text::decode_utf8(text, at);
    if (ends_word(character.code) || character.code == U'\uff1a') return false;
    at += character.size;
  }
  return true;
}

/// Of a pattern with a wildcard: its only one is a `*` at the end.
bool is_prefix(std::string_view pattern) {
  return pattern.find_first_of("*?") == pattern.size() - 1 && pattern.back() == '*';
}

std::string without_question_marks(std::string_view text) {
  while (!text.empty() && text.back() == '?') text.remove_suffix(1);
  return std::string(text);
}

/// `**` is `*`, and `*?` is `?*`: one way to write one pattern.
std::string tidy_wildcards(std::string_view text) {
  std::string tidy;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_wildcard(text[at])) {
      tidy += text[at++];
      continue;
    }
    bool any = false;
    for (; at < text.size() && is_wildcard(text[at]); ++at) {
      if (text[at] == '*') any = true;
      if (text[at] == '?') tidy += '?';
    }
    if (any) tidy += '*';
  }
  return tidy;
}

/// `word~1` or `word~` at the end: the length of that ending, 0 if there is none.
std::size_t edit_suffix(std::string_view text, std::uint32_t& edits) {
  const std::size_t tilde = text.rfind('~');
  if (tilde == std::string_view::npos || tilde == 0) return 0;
  const std::string_view digits = text.substr(tilde + 1);
  edits = 1;
  if (!digits.empty()) {
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), edits);
    if (result.ptr != digits.data() + digits.size()) return 0;
    if (result.ec != std::errc()) edits = kMaxEdits + 1;
  }
  return text.size() - tilde;
}

}  // namespace

Node Leaves::make_pattern(PatternKind kind, const std::string& text, const std::string& field) {
  Node node;
  node.kind = NodeKind::pattern;
  node.field = field;
  node.pattern = kind;
  node.pattern_text = text;
  node.weighted = false;
  return node;
}

Node Leaves::read_pattern(const Token& token, const std::string& field, bool& is_pattern) {
  const std::string& typed = token.text;
  is_pattern = std::any_of(typed.begin(), typed.end(), may_make_pattern);
  if (!is_pattern) return {};
  if (!typed.empty() && typed.find_first_not_of('*') == std::string::npos) {
    if (!take(1, token.typed.begin)) return {};
    return field.empty() ? make_everything() : make_pattern(PatternKind::prefix, "", field);
  }
  std::uint32_t edits = 0;
  const std::size_t suffix = edit_suffix(typed, edits);
  const std::string text =
      without_question_marks(std::string_view(typed).substr(0, typed.size() - suffix));
  const bool wild = std::any_of(text.begin(), text.end(), is_wildcard);
  if (!wild && suffix > 0 && edits == 0 && (field.empty() || field == "title")) {
    notes_.guess(token.typed.begin, "~0 lets nothing differ; read as the word itself",
                 "write =word");
    return read_words(token, text, field, Mode::verbatim);
  }
  is_pattern = wild || suffix > 0;
  if (!is_pattern) {
    if (typed.back() == '?' && notes_.wanted()) {
      notes_.remark(token.typed.begin, "a `?` at the end of a word is punctuation",
                    "write word* for any ending");
    }
    return {};
  }
  std::string normal = tidy_wildcards(context_.analyzer.normalize_pattern(text));
  const bool keeps_accents = field.empty() || field == "title" ||
                             context_.analyzer.options().analyzer == AnalyzerKind::none;
  if (!keeps_accents) normal = text::fold(normal);  // as words of fields are
  normal = without_question_marks(normal);
  // A `?` before hidden characters at the end is the end, too.
  is_pattern = suffix > 0 || std::any_of(normal.begin(), normal.end(), is_wildcard);
  if (!is_pattern) return {};
  if (!is_pattern_text(normal)) {
    is_pattern = false;
    if (normal.find("//") == std::string::npos) {
      notes_.guess(token.typed.begin, "this is no single word, so *, ? and ~ in it are punctuation",
                   "write patterns of letters and digits, as in word* or wo?d");
    }
    return {};
  }
  if (!take(1, token.typed.begin)) return {};
  if (std::any_of(normal.begin(), normal.end(), is_wildcard)) {
    if (suffix > 0) {
      notes_.guess(token.typed.begin, "a pattern with * or ? takes no ~; the ~ was left out",
                   "write either word* or word~1");
    }
    if (!is_prefix(normal)) return make_pattern(PatternKind::wildcard, normal, field);
    return make_pattern(PatternKind::prefix, normal.substr(0, normal.size() - 1), field);
  }
  if (edits > kMaxEdits) {
    notes_.guess(token.typed.begin, "at most 2 letters may differ; read as ~2", "write word~2");
    edits = kMaxEdits;
  }
  Node node = make_pattern(PatternKind::edit_distance, normal, field);
  node.distance = edits;
  return node;
}

}  // namespace stemma::query
