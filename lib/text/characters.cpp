// Reading characters, and writing a word's normal form. Plain letters take no ICU call: NFC is
// asked for only where a letter of the word may change or combine in it.
#include "text/characters.h"

#include "text/normalize.h"
#include "text/utf8.h"

namespace stemma::text {
namespace {

constexpr char32_t kZeroWidthNonJoiner = 0x200c;
constexpr char32_t kZeroWidthJoiner = 0x200d;

// Printers use many signs for one apostrophe and one hyphen. U+02BB and U+02BC are letters to
// Unicode (Hawaiʻi, Ukrainian пʼять), but readers type an apostrophe for them.
char32_t plain_punctuation(char32_t code) {
  switch (code) {
    case 0x2018:  // ‘
    case 0x2019:  // ’
    case 0x201b:  // ‛
    case 0x02bb:  // ʻ
    case 0x02bc:  // ʼ
      return U'\'';
    case 0x2010:  // hyphen
    case 0x2011:  // non-breaking hyphen
    case 0x2012:  // figure dash
    case 0x2013:  // en dash: 10–13, London–Paris
    case 0x2212:  // minus
      return U'-';
    default:
      return code;
  }
}

bool next_shown_is_joining(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const DecodedCharacter next = decode_utf8(text, at);
    if (!info(next.code).hidden) return info(next.code).joining;
    at += next.size;
  }
  return false;
}

}  // namespace

void CharacterReader::read(std::string_view text, ByteRange range, std::vector<Character>& out) {
  const std::string_view piece = text.substr(0, range.end);
  bool after_hidden = false;
  const auto put = [&](char32_t code, ByteRange bytes) {
    out.push_back({plain_punctuation(code), bytes, after_hidden});
    after_hidden = false;
  };
  const std::size_t first = out.size();
  for (std::uint32_t at = range.begin; at < range.end;) {
    const DecodedCharacter decoded = decode_utf8(piece, at);
    const ByteRange bytes{at, at + decoded.size};
    at = bytes.end;
    if (!decoded.valid) ++bad_places;
    const CharacterInfo& known = info(decoded.code);
    if (known.hidden && !keep_hidden) {
      const bool joiner = decoded.code == kZeroWidthJoiner || decoded.code == kZeroWidthNonJoiner;
      const bool after_joining = out.size() > first && info(out.back().code).joining;
      if (!joiner || !after_joining || !next_shown_is_joining(piece, at)) {
        ++dropped;
        after_hidden = true;
        continue;
      }
    }
    if (!known.compatible) {
      put(decoded.code, bytes);
      continue;
    }
    for (const char32_t code : compatible_form(decoded.code)) {
      if (!info(code).hidden || keep_hidden) put(code, bytes);
    }
  }
}

void append_normal_form(std::span<const Character> word, std::string& out) {
  bool unsafe = false;
  const std::size_t before = out.size();
  for (const Character& character : word) {
    const CharacterInfo& known = info(character.code);
    unsafe = unsafe || known.unsafe;
    append_utf8(out, known.folded);
  }
  if (!unsafe) return;
  // Compose first, fold then: İ written as I and a dot folds as İ does.
  std::u32string codes;
  for (const Character& character : word) codes.push_back(character.code);
  std::u32string folded;
  for (const char32_t code : to_nfc(codes)) folded.push_back(info(code).folded);
  out.resize(before);
  for (const char32_t code : to_nfc(folded)) append_utf8(out, code);
}

}  // namespace stemma::text
