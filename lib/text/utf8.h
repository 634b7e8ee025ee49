// UTF-8 as it comes: any bytes are read, none is trusted.
//
// A byte sequence that is no code point is read as U+FFFD, once per *maximal subpart* (Unicode 15,
// section 3.9): the longest piece that could still have begun one, or else a single byte. So every
// decoder that follows the standard counts the same number of bad places, and a cursor over any
// bytes always advances and never leaves its text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stemma::text {

inline constexpr char32_t kReplacement = 0xfffd;

struct DecodedCharacter {
  char32_t code = kReplacement;
  std::uint32_t size = 1;  ///< bytes used, 1 to 4
  bool valid = false;      ///< false: `code` is U+FFFD in place of bytes that are no code point
};

/// decode_utf8() where the byte is not ASCII.
[[nodiscard]] DecodedCharacter decode_beyond_ascii(std::string_view text, std::size_t at);

/// The code point that starts at byte `at`, which must be inside `text`.
[[nodiscard]] inline DecodedCharacter decode_utf8(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1, true};
  return decode_beyond_ascii(text, at);
}

/// Appends one code point; what is none (a surrogate, above U+10FFFF) becomes U+FFFD.
void append_utf8(std::string& out, char32_t code);

struct RepairedText {
  std::string text;            ///< valid UTF-8
  std::size_t bad_places = 0;  ///< how many U+FFFD were put in
};
/// Replaces what is no UTF-8 by U+FFFD, once per maximal subpart.
[[nodiscard]] RepairedText repair_utf8(std::string_view text);

[[nodiscard]] bool is_valid_utf8(std::string_view text);
[[nodiscard]] bool is_ascii(std::string_view text);

/// The longest prefix of at most `max_bytes` bytes that ends at a code point.
[[nodiscard]] std::string_view cut_utf8(std::string_view text, std::size_t max_bytes);

}  // namespace stemma::text
