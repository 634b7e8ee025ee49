// See characters.h. Looking back is bounded: a pile of marks longer than kLongestPile is cut at a
// code point, so hostile text costs no more than honest text.
#include "results/characters.h"

#include "text/utf8.h"

namespace stemma::results {

namespace {

constexpr std::size_t kLongestPile = 64;

bool within(char32_t value, char32_t first, char32_t last) {
  return first <= value && value <= last;
}

bool is_mark(char32_t value) {
  return within(value, 0x0300, 0x036F) || within(value, 0x0483, 0x0489) ||
         within(value, 0x0591, 0x05BD) || within(value, 0x064B, 0x065F) ||
         within(value, 0x0900, 0x0903) || within(value, 0x093A, 0x094F) ||
         within(value, 0x0E31, 0x0E3A) || within(value, 0x0E47, 0x0E4E) ||
         within(value, 0x1AB0, 0x1AFF) || within(value, 0x1DC0, 0x1DFF) || value == 0x200D ||
         within(value, 0x20D0, 0x20FF) || within(value, 0x3099, 0x309A) ||
         within(value, 0xFE00, 0xFE0F) || within(value, 0xFE20, 0xFE2F) ||
         within(value, 0x1F3FB, 0x1F3FF) || within(value, 0xE0020, 0xE007F) ||
         within(value, 0xE0100, 0xE01EF);
}

bool is_regional_indicator(char32_t value) { return within(value, 0x1F1E6, 0x1F1FF); }

char32_t code_at(std::string_view text, std::size_t offset) {
  return text::decode_utf8(text, offset).code;
}

/// The start of the code point that the byte at `offset` belongs to.
std::size_t code_point_start(std::string_view text, std::size_t offset) {
  for (std::size_t back = 0; back < 4 && back <= offset; ++back) {
    const std::size_t start = offset - back;
    const text::DecodedCharacter character = text::decode_utf8(text, start);
    if (character.valid && start + character.size > offset) return start;
  }
  return offset;
}

/// A character may not end just before `offset`, which is a code point boundary.
bool joins_before(std::string_view text, std::size_t offset) {
  const std::size_t previous = code_point_start(text, offset - 1);
  const char32_t left = code_at(text, previous);
  const char32_t right = code_at(text, offset);
  if (left == '\n' || right == '\n') return left == '\r';
  if (is_mark(right) || left == 0x200D) return true;
  if (!is_regional_indicator(left) || !is_regional_indicator(right)) return false;
  // Flags are pairs: count the indicators before.
  std::size_t count = 1;
  for (std::size_t at = previous; at > 0 && count < kLongestPile; ++count) {
    at = code_point_start(text, at - 1);
    if (!is_regional_indicator(code_at(text, at))) break;
  }
  return count % 2 == 1;
}

}  // namespace

std::size_t character_boundary(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return text.size();
  const std::size_t start = code_point_start(text, offset);
  std::size_t at = start;
  for (std::size_t pile = 0; at > 0 && pile < kLongestPile; ++pile) {
    if (!joins_before(text, at)) return at;
    at = code_point_start(text, at - 1);
  }
  return at == 0 ? 0 : start;
}

bool is_space(char32_t value) {
  return value == ' ' || within(value, '\t', '\r') || value == 0x85 ||
         (within(value, 0x2000, 0x200A) && value != 0x2007) || value == 0x2028 || value == 0x2029 ||
         value == 0x3000;
}

}  // namespace stemma::results
