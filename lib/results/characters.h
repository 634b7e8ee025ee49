// Whole characters of a text that may be anything: where it is safe to cut.
//
// A character here is a code point with the marks that follow it (accents, joiners, variation
// selectors, emoji modifiers, pairs of regional indicators): near enough to UAX #29's grapheme
// clusters that no letter loses its accent. A byte that is no UTF-8 counts as one character.
#pragma once

#include <cstddef>
#include <string_view>

namespace stemma::results {

/// The largest boundary between characters that is <= `offset`.
[[nodiscard]] std::size_t character_boundary(std::string_view text, std::size_t offset);

/// White space between words, line ends included, no-break spaces not.
[[nodiscard]] bool is_space(char32_t value);

}  // namespace stemma::results
