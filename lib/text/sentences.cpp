#include "text/sentences.h"

#include <algorithm>
#include <array>

#include "text/character.h"
#include "text/utf8.h"

namespace stemma::text {
namespace {

// Words that are followed by a full stop within a sentence more often than at its end.
constexpr std::array<std::string_view, 46> kAbbreviations = {
    "adm",    "apr", "aug", "ave",  "brig", "bros", "capt", "cf",  "col", "cpl",  "dec", "dr",
    "feb",    "fig", "gen", "gov",  "hon",  "jan",  "jr",   "jul", "jun", "lt",   "maj", "mar",
    "messrs", "mme", "mr",  "mrs",  "ms",   "mt",   "nov",  "oct", "pp",  "prof", "pvt", "rep",
    "reps",   "rev", "sen", "sens", "sep",  "sept", "sgt",  "sr",  "st",  "vs"};
static_assert(std::is_sorted(kAbbreviations.begin(), kAbbreviations.end()));

bool is_letter_or_digit(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || static_cast<std::uint8_t>(byte) >= 0x80;
}

/// The word that ends at `end` is an initial (J.) or an abbreviation.
bool is_abbreviated(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < 8 && is_letter_or_digit(text[begin - 1])) --begin;
  const std::string_view word = text.substr(begin, end - begin);
  if (word.empty() || word.size() > 6) return false;
  std::array<char, 8> lower{};
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (static_cast<std::uint8_t>(word[i]) >= 0x80) {
      return decode_utf8(word, 0).size == word.size();  // one letter
    }
    lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? static_cast<char>(word[i] + 32) : word[i];
  }
  if (word.size() == 1) return (word[0] >= 'A' && word[0] <= 'Z') && word[0] != 'I';
  return std::binary_search(kAbbreviations.begin(), kAbbreviations.end(),
                            std::string_view(lower.data(), word.size()));
}

bool is_dense_terminator(char32_t code) {  // needs no space after it
  return code == 0x3002 || code == 0xff01 || code == 0xff1f || code == 0xff61 || code == 0xff0e;
}
bool is_other_terminator(char32_t code) {
  return code == '!' || code == '?' || code == 0x2026 || code == 0x203d || code == 0x203c ||
         code == 0x061f || code == 0x06d4 || code == 0x0964 || code == 0x0965 || code == 0x0589 ||
         code == 0x104b || code == 0x1362;
}
bool is_blank(char32_t code) {
  return code == ' ' || code == '\t' || code == '\r' || code == 0xa0 || code == 0x3000 ||
         (code >= 0x2000 && code <= 0x200b);
}

/// Reads the gap once, left to right.
struct Gap {
  bool full_stop = false;   // the last terminator is a plain full stop right after the word
  bool terminated = false;  // a terminator was seen and no word since
  bool sentence = false;    // and white space after it, or it needs none
  bool dense = false;
  bool blank_line = false;
  bool line_ended_sentence = false;
  bool at_line_start = false;  // only blanks since a newline

  void take(char32_t code, bool first) {
    if (code == '\n' || code == 0x2028) {
      blank_line = blank_line || at_line_start;
      line_ended_sentence = line_ended_sentence || terminated;
      sentence = sentence || terminated;
      at_line_start = true;
    } else if (code == 0x2029) {
      blank_line = true;
    } else if (is_blank(code)) {
      sentence = sentence || terminated;
    } else {
      at_line_start = false;
      if (code == '.' || is_other_terminator(code) || is_dense_terminator(code)) {
        full_stop = code == '.' && first;
        terminated = true;
        dense = dense || is_dense_terminator(code);
      }
    }
  }
};

}  // namespace

Start start_after_gap(std::string_view text, std::uint32_t gap_begin, std::uint32_t next) {
  if (next - gap_begin == 1 && text[gap_begin] == ' ') return Start::none;
  Gap gap;
  for (std::uint32_t at = gap_begin; at < next;) {
    const DecodedCharacter decoded = decode_utf8(text, at);
    gap.take(decoded.code, at == gap_begin);
    at += decoded.size;
  }
  if (gap.blank_line) return Start::paragraph;
  if (!gap.sentence && !gap.dense) return Start::none;
  if (gap.line_ended_sentence) return Start::paragraph;
  if (gap.dense) return Start::sentence;
  if (info(decode_utf8(text, next).code).lower) return Start::none;
  if (gap.full_stop && is_abbreviated(text, gap_begin)) return Start::none;
  return Start::sentence;
}

}  // namespace stemma::text
