// Words made of words: what is found as a whole, and what as its parts.
//
// A UAX #29 word is cut into parts, and words with one joining sign between them are put together.
// The whole and each part are findable; parts take consecutive positions and are counted, the whole
// stands at the first part's position and is not. Signs are written in one way (’ is ', – is -).
//
// | written            | whole              | parts                   | by |
// |--------------------|--------------------|-------------------------|-------------------------------------|
// | don't, O’Neill     | don't, o'neill     | don t, o neill          | ' between Latin letters |
// | п’ять              | (one word)         | п'ять                   | ' is a letter outside Latin
// | | co-operation       | co-operation       | co operation            | - between any words | |
// PYONGYANG-North    | pyongyang-north    | pyongyang north         | - | | 10-13, 10–13       |
// 10-13              | 10 13                   | -                                   | | 122mm,
// 1990s, 20th | 122mm, 1990s, 20th | 122 mm, 1990 s, 20 th   | a number, then letters alone | |
// MP3, H1N1, B-52    | mp3, h1n1 (words); b-52 | — ; b 52           | letters first stay one word |
// | U.S., p.m., J.K.   | u.s, p.m, j.k      | us, pm, jk              | single letters and dots:
// one part   | | U.S.-led           | u.s.-led           | us led                  | | | Ph.D.,
// example.com | ph.d, example.com  | ph d, example com       | . between letters | | 3.14,
// 1,000, 1.2.3 | (one word)         | 3.14, 1,000, 1.2.3      | UAX #29 | | 10:30              |
// 10:30              | 10 30                   | : between digits                    | | AT&T, R&D
// | at&t, r&d          | at t, r d               | &                                   | | and/or,
// 24/7       | and/or, 24/7       | and or, 24 7            | /                                   |
// | jo.doe@c-d.org     | jo.doe@c-d.org     | jo doe c d org          | @ and the above | |
// snake_case         | snake_case         | snake case              | _ (leading and trailing ones
// go)    | | C++, C#, A+        | c++, c#, a+        | c, c, a                 | + ++ # after a
// word                 | | #MeToo, @name      | #metoo, @name      | metoo, name             | # @
// before a word                   | | col·legi           | (one word)         | col·legi | UAX #29;
// fold() drops the dot       | | war—and, and--or   | (two words)        | war, and | no join: a
// dash, two signs          |
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "text/characters.h"
#include "text/word_boundaries.h"

namespace stemma::analysis {

/// Indexes of characters.
struct CompoundPart {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool initials = false;  ///< letters and dots, to be written without dots
};

struct Compound {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool has_whole = false;  ///< false: the one part is all there is
  std::vector<CompoundPart> parts;
};

/// Reads the compound that starts with segments[at], which must not be unspaced, into `out` and
/// returns the index of the segment after it.
[[nodiscard]] std::size_t read_compound(std::span<const text::Character> characters,
                                        std::span<const text::WordSegment> segments, std::size_t at,
                                        Compound& out);

/// A character that stands inside initials without being part of the word.
inline constexpr char32_t kInitialsDot = U'.';

}  // namespace stemma::analysis
