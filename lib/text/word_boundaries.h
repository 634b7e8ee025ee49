// Words by UAX #29 (Unicode text segmentation), as rules over the characters of a stretch of text.
//
// The rules WB5 to WB13b need two characters of context and no dictionary, so they are written out
// here; a test holds them against ICU's BreakIterator. Scripts without spaces (Han, kana, Thai,
// Lao, Khmer, Burmese, …) come out as runs of clusters, a cluster being a letter with its marks:
// what a word is in them is decided in analysis, not here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "text/characters.h"

namespace stemma::text {

struct WordSegment {
  std::uint32_t begin = 0;  ///< index of the first character
  std::uint32_t end = 0;    ///< and one past the last
  bool unspaced = false;    ///< a run of a script without spaces
};

/// Appends the segments that hold a letter or a digit, in order; what lies between is no word.
void find_words(std::span<const Character> characters, std::vector<WordSegment>& out);

}  // namespace stemma::text
