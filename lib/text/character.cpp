// Fills pages of CharacterInfo from ICU's C interface.
#include "text/character.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#include <memory>

#include "stemma/error.h"
#include "text/icu_text.h"
#include "text/look_alikes.h"
#include "text/normalize.h"

namespace stemma::text {
namespace {

UChar32 icu(char32_t code) { return static_cast<UChar32>(code); }

WordBreak word_break_of(char32_t code) {
  // CLDR's root rules take the colon out of MidLetter: "EU:s" is one word in Swedish only.
  if (code == ':' || code == 0xfe55 || code == 0xff1a) return WordBreak::other;
  switch (u_getIntPropertyValue(icu(code), UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER:
      return WordBreak::letter;
    case U_WB_HEBREW_LETTER:
      return WordBreak::hebrew_letter;
    case U_WB_NUMERIC:
      return WordBreak::numeric;
    case U_WB_EXTENDNUMLET:
      return WordBreak::extend_num_let;
    case U_WB_MIDLETTER:
      return WordBreak::mid_letter;
    case U_WB_MIDNUM:
      return WordBreak::mid_num;
    case U_WB_MIDNUMLET:
      return WordBreak::mid_num_let;
    case U_WB_SINGLE_QUOTE:
      return WordBreak::single_quote;
    case U_WB_DOUBLE_QUOTE:
      return WordBreak::double_quote;
    case U_WB_EXTEND:
    case U_WB_FORMAT:
    case U_WB_ZWJ:
      return WordBreak::extend;
    default:
      return WordBreak::other;
  }
}

Script script_of(char32_t code) {
  if (!u_isalpha(icu(code))) return Script::none;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(icu(code), &status)) {
    case USCRIPT_LATIN:
      // IPA and the phonetic extensions; ɑ and ɡ stand in the first, ᴏ in the second.
      if ((code >= 0x250 && code <= 0x2af) || (code >= 0x1d00 && code <= 0x1dbf)) {
        return Script::phonetic;
      }
      return Script::latin;
    case USCRIPT_GREEK:
      return Script::greek;
    case USCRIPT_CYRILLIC:
      return Script::cyrillic;
    case USCRIPT_ARMENIAN:
      return Script::armenian;
    case USCRIPT_CHEROKEE:
      return Script::cherokee;
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
      return Script::none;
    default:
      return Script::other;
  }
}

bool is_unspaced(char32_t code) {
  if (word_break_of(code) == WordBreak::extend) return false;
  if (u_getIntPropertyValue(icu(code), UCHAR_WORD_BREAK) == U_WB_KATAKANA) return true;
  // Complex context: Thai, Lao, Khmer, Burmese, Tai scripts, Ahom. Their digits are like any
  // digits.
  if (u_getIntPropertyValue(icu(code), UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return true;
  if (u_hasBinaryProperty(icu(code), UCHAR_IDEOGRAPHIC)) return true;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(icu(code), &status);
  return (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_HAN) &&
         u_isalnum(icu(code));
}

bool is_joining(char32_t code) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(icu(code), &status)) {
    case USCRIPT_ARABIC:
    case USCRIPT_SYRIAC:
    case USCRIPT_MANDAIC:
    case USCRIPT_NKO:
    case USCRIPT_MONGOLIAN:
    case USCRIPT_DEVANAGARI:
    case USCRIPT_BENGALI:
    case USCRIPT_GURMUKHI:
    case USCRIPT_GUJARATI:
    case USCRIPT_ORIYA:
    case USCRIPT_TAMIL:
    case USCRIPT_TELUGU:
    case USCRIPT_KANNADA:
    case USCRIPT_MALAYALAM:
    case USCRIPT_SINHALA:
      return true;
    default:
      return false;
  }
}

bool only_letters_and_digits(std::u32string_view text) {
  for (const char32_t code : text) {
    const bool mark = (U_GET_GC_MASK(icu(code)) & U_GC_M_MASK) != 0;
    if (!u_isalnum(icu(code)) && !mark) return false;
    // ㏺ would be two words, 27 and 日, in one place that cannot be told apart.
    if (text.size() > 1 && is_unspaced(code)) return false;
  }
  return !text.empty();
}

// What NFKC replaces and search wants replaced. Not: fractions (5½ is not 51/2), superscript digits
// and ™ (a footnote mark must not change the word before it), forms with spaces in them, and Thai
// and Lao AM (a cluster of its own).
bool is_compatible(char32_t code) {
  if (u_getIntPropertyValue(icu(code), UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return false;
  switch (u_getIntPropertyValue(icu(code), UCHAR_DECOMPOSITION_TYPE)) {
    case U_DT_CANONICAL: {  // ϓ is ϒ with an accent, and ϒ is another way to write Υ
      const std::u32string_view self(&code, 1);
      const std::u32string form = compatible_form(code);
      return form != to_nfc(self) && only_letters_and_digits(form);
    }
    case U_DT_NONE:
    case U_DT_FRACTION:
    case U_DT_NOBREAK:
      return false;
    case U_DT_WIDE:
    case U_DT_NARROW:
    case U_DT_SMALL:
      return code != 0x3000;  // the ideographic space
    case U_DT_SUPER:
      return u_isalpha(icu(code)) && only_letters_and_digits(compatible_form(code));
    default:
      return only_letters_and_digits(compatible_form(code));
  }
}

bool is_hidden(char32_t code) {
  return u_hasBinaryProperty(icu(code), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         (code >= 0xfff9 && code <= 0xfffb);  // interlinear annotation
}

CharacterInfo info_from_icu(char32_t code) {
  constexpr char32_t kCapitalDottedI = 0x130;
  CharacterInfo result;
  result.folded = code == kCapitalDottedI
                      ? U'i'
                      : static_cast<char32_t>(u_foldCase(icu(code), U_FOLD_CASE_DEFAULT));
  result.word_break = word_break_of(code);
  result.script = script_of(code);
  result.hidden = is_hidden(code);
  result.unspaced = is_unspaced(code);
  result.joining = is_joining(code);
  result.compatible = is_compatible(code);
  result.unsafe = u_getIntPropertyValue(icu(code), UCHAR_NFC_QUICK_CHECK) != UNORM_YES ||
                  u_getCombiningClass(icu(code)) != 0 ||
                  u_getIntPropertyValue(icu(result.folded), UCHAR_NFC_QUICK_CHECK) != UNORM_YES;
  result.lower = u_islower(icu(code)) != 0;
  result.upper = u_isupper(icu(code)) != 0;
  result.look_alike = latin_double(code) != code;
  return result;
}

}  // namespace

std::atomic<const CharacterPage*> character_pages[0x1100];

const CharacterPage& fill_character_page(std::uint32_t page) {
  auto fresh = std::make_unique<CharacterPage>();
  for (std::uint32_t low = 0; low < 256; ++low) {
    fresh->characters[low] = info_from_icu(static_cast<char32_t>((page << 8) | low));
  }
  // Pages live as long as the program: a second thread that came at the same time drops its copy.
  const CharacterPage* expected = nullptr;
  if (character_pages[page].compare_exchange_strong(expected, fresh.get(),
                                                    std::memory_order_acq_rel)) {
    return *fresh.release();
  }
  return *expected;
}

std::u32string compatible_form(char32_t code) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfkc = unorm2_getNFKCInstance(&status);
  return normalized_by_icu(nfkc, std::u32string_view(&code, 1));
}

}  // namespace stemma::text
