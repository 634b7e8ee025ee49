// What analysis must know of a code point, looked up in one step.
//
// ICU answers each question in a call of its own; a word needs six answers a letter. So the answers
// are kept in pages of 256 code points, each filled from ICU when it is first touched (atomically:
// any thread may come first). A program that reads English fills two pages and pays nothing more.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace stemma::text {

/// Word_Break of UAX #29, as far as words depend on it (CLDR root: the colon joins nothing).
enum class WordBreak : std::uint8_t {
  other,
  letter,
  hebrew_letter,
  numeric,
  extend_num_let,
  mid_letter,
  mid_num,
  mid_num_let,
  single_quote,
  double_quote,
  extend,  ///< Extend, Format and ZWJ: belongs to what stands before
};

/// The scripts that have letters which look like those of another one; all others are `other`.
/// `phonetic` are Latin letters made for sounds (ɑ, ɡ, ᴏ), which some use to hide Latin words.
enum class Script : std::uint8_t {
  none,
  latin,
  greek,
  cyrillic,
  armenian,
  cherokee,
  phonetic,
  other
};

struct CharacterInfo {
  char32_t folded = 0;  ///< simple case folding; İ → i, since no reader tells them apart in a query
  WordBreak word_break = WordBreak::other;
  Script script = Script::none;  ///< of letters only
  bool hidden : 1 = false;  ///< drawn as nothing: soft hyphen, zero width, bidi controls, selectors
  bool unspaced : 1 =
      false;  ///< of a script written without spaces: Han, kana, Thai, Lao, Khmer, …
  bool joining : 1 = false;  ///< of a script in which ZWJ and ZWNJ change a word's shape
  bool compatible : 1 =
      false;  ///< another way to write other characters: fullwidth, ligature, bold, …
  bool unsafe : 1 = false;  ///< may be changed or may interact in NFC
  bool lower : 1 = false;
  bool upper : 1 = false;
  bool look_alike : 1 = false;  ///< of another script than Latin, and looks like a Latin letter
};

struct CharacterPage {
  CharacterInfo characters[256];
};

extern std::atomic<const CharacterPage*> character_pages[0x1100];
[[nodiscard]] const CharacterPage& fill_character_page(std::uint32_t page);

/// `code` must be at most U+10FFFF.
[[nodiscard]] inline const CharacterInfo& info(char32_t code) {
  const CharacterPage* page = character_pages[code >> 8].load(std::memory_order_acquire);
  if (page == nullptr) page = &fill_character_page(static_cast<std::uint32_t>(code >> 8));
  return page->characters[code & 0xff];
}

/// What a `compatible` character stands for ("ﬁ" → "fi"), by NFKC.
[[nodiscard]] std::u32string compatible_form(char32_t code);

}  // namespace stemma::text
