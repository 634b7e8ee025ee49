// Accents off. Marks are recognised after NFD, per script of the letter that carries them.
#include "text/normalize.h"

#include <unicode/unorm2.h>

#include <algorithm>
#include <array>

#include "text/character.h"
#include "text/icu_text.h"
#include "text/utf8.h"

namespace stemma::text {
namespace {

struct Replacement {
  char32_t letter = 0;
  const char* typed = "";
};

// Small letters that have no decomposition, by code point; what readers without them type.
constexpr std::array kReplacements = {
    Replacement{0x00b7, ""},    // · in Catalan col·legi
    Replacement{0x00df, "ss"},  // ß
    Replacement{0x00e6, "ae"},  // æ
    Replacement{0x00f0, "d"},   // ð
    Replacement{0x00f8, "o"},   // ø
    Replacement{0x00fe, "th"},  // þ
    Replacement{0x0111, "d"},   // đ
    Replacement{0x0127, "h"},   // ħ
    Replacement{0x0131, "i"},   // ı
    Replacement{0x0133, "ij"},  // ĳ
    Replacement{0x0138, "k"},   // ĸ
    Replacement{0x0140, "l"},   // ŀ
    Replacement{0x0142, "l"},   // ł
    Replacement{0x0149, "n"},   // ŉ
    Replacement{0x014b, "n"},   // ŋ
    Replacement{0x0153, "oe"},  // œ
    Replacement{0x0167, "t"},   // ŧ
    Replacement{0x017f, "s"},   // ſ
    Replacement{0x0180, "b"},   // ƀ
    Replacement{0x0188, "c"},   // ƈ
    Replacement{0x0192, "f"},   // ƒ
    Replacement{0x0199, "k"},   // ƙ
    Replacement{0x019a, "l"},   // ƚ
    Replacement{0x01a5, "p"},   // ƥ
    Replacement{0x01ad, "t"},   // ƭ
    Replacement{0x01b4, "y"},   // ƴ
    Replacement{0x01b6, "z"},   // ƶ
    Replacement{0x01dd, "e"},   // ǝ
    Replacement{0x01e5, "g"},   // ǥ
    Replacement{0x0237, "j"},   // ȷ
    Replacement{0x023c, "c"},   // ȼ
    Replacement{0x0247, "e"},   // ɇ
    Replacement{0x0249, "j"},   // ɉ
    Replacement{0x024d, "r"},   // ɍ
    Replacement{0x024f, "y"},   // ɏ
    Replacement{0x0253, "b"},   // ɓ
    Replacement{0x0254, "o"},   // ɔ
    Replacement{0x0256, "d"},   // ɖ
    Replacement{0x0257, "d"},   // ɗ
    Replacement{0x0259, "e"},   // ə
    Replacement{0x025b, "e"},   // ɛ
    Replacement{0x0260, "g"},   // ɠ
    Replacement{0x0268, "i"},   // ɨ
    Replacement{0x0272, "n"},   // ɲ
    Replacement{0x0289, "u"},   // ʉ
    Replacement{0x05f3, ""},    // geresh
    Replacement{0x05f4, ""},    // gershayim
    Replacement{0x0640, ""},    // tatweel
    Replacement{0x200c, ""},    // ZWNJ
    Replacement{0x200d, ""},    // ZWJ
};

const UNormalizer2* nfc() {
  UErrorCode status = U_ZERO_ERROR;
  return unorm2_getNFCInstance(&status);
}
const UNormalizer2* nfd() {
  UErrorCode status = U_ZERO_ERROR;
  return unorm2_getNFDInstance(&status);
}

bool between(char32_t code, char32_t first, char32_t last) { return code >= first && code <= last; }

// The marks that all European scripts share.
bool is_common_mark(char32_t code) {
  return between(code, 0x300, 0x36f) || between(code, 0x1ab0, 0x1aff) ||
         between(code, 0x1dc0, 0x1dff) || between(code, 0x20d0, 0x20ff) ||
         between(code, 0xfe20, 0xfe2f);
}
bool is_hebrew_point(char32_t code) {
  return between(code, 0x591, 0x5bd) || code == 0x5bf || code == 0x5c1 || code == 0x5c2 ||
         code == 0x5c4 || code == 0x5c5 || code == 0x5c7;
}
bool is_arabic_vowel(char32_t code) {
  return between(code, 0x64b, 0x652) || code == 0x670 || between(code, 0x6d6, 0x6dc) ||
         between(code, 0x6df, 0x6e4) || between(code, 0x6e7, 0x6e8) || between(code, 0x6ea, 0x6ed);
}

// On Cyrillic letters a mark makes another letter (й, ї, ў, ѓ, ќ, ӓ …), but for ё and stress.
bool is_cyrillic_accent(char32_t letter, char32_t mark) {
  constexpr char32_t kGrave = 0x300, kAcute = 0x301, kDiaeresis = 0x308;
  constexpr char32_t kIe = 0x435, kGhe = 0x433, kKa = 0x43a;
  if (between(mark, 0x483, 0x487)) return true;  // titlo and its like
  if (mark == kGrave) return true;
  if (mark == kAcute) return letter != kGhe && letter != kKa;
  return mark == kDiaeresis && letter == kIe;
}

bool is_dropped_mark(char32_t letter, char32_t mark) {
  constexpr char32_t kAlef = 0x627;
  if (info(letter).script == Script::cyrillic) return is_cyrillic_accent(letter, mark);
  if (is_common_mark(mark) || is_hebrew_point(mark) || is_arabic_vowel(mark)) return true;
  return letter == kAlef && between(mark, 0x653, 0x655);
}

const Replacement* replacement_of(char32_t code) {
  const auto* at = std::lower_bound(
      kReplacements.begin(), kReplacements.end(), code,
      [](const Replacement& entry, char32_t wanted) { return entry.letter < wanted; });
  return at != kReplacements.end() && at->letter == code ? at : nullptr;
}

std::u32string decoded(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCharacter next = decode_utf8(text, at);
    out.push_back(next.code);
    at += next.size;
  }
  return out;
}

std::string encoded(std::u32string_view text) {
  std::string out;
  for (const char32_t code : text) append_utf8(out, code);
  return out;
}

}  // namespace

std::u32string to_nfc(std::u32string_view word) { return normalized_by_icu(nfc(), word); }
std::string to_nfc(std::string_view word) { return encoded(to_nfc(decoded(word))); }

std::string fold(std::string_view word) {
  if (is_ascii(word)) {
    std::string lower(word);
    for (char& byte : lower) {
      if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
    }
    return lower;
  }
  std::u32string lower = decoded(word);
  for (char32_t& code : lower) code = info(code).folded;
  std::u32string kept;
  char32_t letter = 0;
  for (const char32_t original : normalized_by_icu(nfd(), lower)) {
    const bool mark = info(original).word_break == WordBreak::extend;
    // A decomposed letter may have a capital in it; a mark (iota subscript) may fold to a letter.
    const char32_t code = mark ? original : info(original).folded;
    if (const Replacement* replacement = replacement_of(code)) {
      for (const char* byte = replacement->typed; *byte != '\0'; ++byte) {
        letter = static_cast<char32_t>(*byte);
        kept.push_back(letter);
      }
    } else if (!mark) {
      letter = code;
      kept.push_back(code);
    } else if (!is_dropped_mark(letter, code)) {
      kept.push_back(code);
    }
  }
  return encoded(to_nfc(kept));
}

std::string folding_table() {
  std::string lines;
  for (const Replacement& entry : kReplacements) {
    append_utf8(lines, entry.letter);
    lines += std::string("\t") + entry.typed + "\n";
  }
  return lines;
}

}  // namespace stemma::text
