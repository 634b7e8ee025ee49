// A stretch of text as the characters that words are made of, each with its place in the original.
//
// Hidden characters are left out, compatible forms are replaced by what they stand for (ﬁ → f i,
// fullwidth → plain, 𝐛𝐨𝐥𝐝 → bold), and the many apostrophes and hyphens become ' and -. Case and
// look-alike letters stay as they are: whoever folds them must see the original (Н looks like H,
// but н does not look like h).
//
// ZWJ and ZWNJ stay between letters of scripts in which they mean something (Arabic and the Indic
// scripts); elsewhere they are hidden characters like others.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stemma/types.h"
#include "text/character.h"

namespace stemma::text {

struct Character {
  char32_t code = 0;
  ByteRange bytes;            ///< in the original text; shared by all that one ligature stands for
  bool after_hidden = false;  ///< hidden characters were dropped right before
};

struct CharacterReader {
  bool keep_hidden = false;  ///< for the raw form of a word
  std::uint32_t dropped = 0;
  std::uint32_t bad_places = 0;  ///< U+FFFD read in place of bytes that are no UTF-8

  /// Appends the characters of bytes [range.begin, range.end) of `text` to `out`.
  void read(std::string_view text, ByteRange range, std::vector<Character>& out);
};

/// Appends the NFC and case-folded form of `word`.
void append_normal_form(std::span<const Character> word, std::string& out);

}  // namespace stemma::text
