// Whole characters of a text that may be anything: where it is safe to cut.
//
// A character here is a code point with the marks that follow it (accents, joiners, variation
// selectors, emoji modifiers, pairs of regional indicators): near enough to UAX #29's grapheme
// clusters that no letter loses its accent. A byte that is no UTF-8 counts as one character.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stemma::results {

struct CodePoint {
  char32_t value = 0;      ///< U+FFFD for a byte that is no UTF-8
  std::uint32_t size = 0;  ///< bytes; 0 only at the end of the text
};

/// The code point that begins at `offset`. Any bytes are safe.
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t offset);

/// The largest boundary between characters that is <= `offset`.
[[nodiscard]] std::size_t character_boundary(std::string_view text, std::size_t offset);

/// White space between words, line ends included, no-break spaces not.
[[nodiscard]] bool is_space(char32_t value);

}  // namespace stemma::results
