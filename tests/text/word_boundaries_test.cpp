// Our rules of UAX #29 against ICU's BreakIterator, on random text of the alphabets that the rules
// name, and the exceptions we make on purpose.
#include "text/word_boundaries.h"

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>

#include "text/random_text.h"
#include "text/utf8.h"

namespace stemma::text {
namespace {

using testing::any_text;
using testing::for_all_seeds;

std::vector<Character> plain_characters(std::string_view text) {
  std::vector<Character> characters;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCharacter decoded = decode_utf8(text, at);
    const auto begin = static_cast<std::uint32_t>(at);
    characters.push_back({decoded.code, {begin, begin + decoded.size}});
    at += decoded.size;
  }
  return characters;
}

std::vector<std::string> our_words(std::string_view text) {
  const std::vector<Character> characters = plain_characters(text);
  std::vector<WordSegment> segments;
  find_words(characters, segments);
  std::vector<std::string> words;
  for (const WordSegment& segment : segments) {
    const std::uint32_t begin = characters[segment.begin].bytes.begin;
    words.emplace_back(text.substr(begin, characters[segment.end - 1].bytes.end - begin));
  }
  return words;
}

std::vector<std::string> icu_words(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  const auto utf16 = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  iterator->setText(utf16);
  std::vector<std::string> words;
  std::int32_t begin = iterator->first();
  for (std::int32_t end = iterator->next(); end != icu::BreakIterator::DONE;
       begin = end, end = iterator->next()) {
    const icu::UnicodeString piece = utf16.tempSubStringBetween(begin, end);
    bool is_word = false;
    for (std::int32_t i = 0; i < piece.length(); i = piece.moveIndex32(i, 1)) {
      const std::int32_t kind = u_getIntPropertyValue(piece.char32At(i), UCHAR_WORD_BREAK);
      is_word =
          is_word || kind == U_WB_ALETTER || kind == U_WB_HEBREW_LETTER || kind == U_WB_NUMERIC;
    }
    std::string bytes;
    if (is_word) words.push_back(piece.toUTF8String(bytes));
  }
  return words;
}

// ICU 72 differs from UAX #29 in two places, left out of the alphabets: it joins words at "@"
// (taken back in later versions) and sets Hangul apart from other letters.
void expect_icu_words(std::u32string_view alphabet) {
  for_all_seeds(1500, [&](std::mt19937& random) {
    const std::string text = any_text(random, alphabet, 14);
    ASSERT_EQ(our_words(text), icu_words(text)) << text;
  });
}

TEST(WordBoundaries, EqualIcusOnAscii) { expect_icu_words(U"ab Z09'.,;:_-\"&/\n+#"); }
TEST(WordBoundaries, EqualIcusOnLatinAndTypography) {
  expect_icu_words(U"aéßŁ1 ’‘“”—–·…'.:,\u00a0€ªº");
}
TEST(WordBoundaries, EqualIcusOnHebrew) { expect_icu_words(U"שלa1 '\"״׳.־"); }
TEST(WordBoundaries, EqualIcusOnMarksAndFormats) {
  expect_icu_words(U"aя1'. \u0301\u0308\u00ad\u2060_\u0663\u066b");
}
TEST(WordBoundaries, EqualIcusOnManyScripts) { expect_icu_words(U"жЖαΩհكकिণ்ქአᎠᏣ١۲० .'_"); }
TEST(WordBoundaries, EqualIcusOnTheBasicPlaneOutsideDictionaryScripts) {
  for_all_seeds(1500, [](std::mt19937& random) {
    std::u32string alphabet = U"a1 '.";
    for (int i = 0; i < 12; ++i) alphabet.push_back(testing::below(random, 0x2e80));
    std::erase_if(alphabet, [](char32_t code) {
      const auto kind = u_getIntPropertyValue(static_cast<UChar32>(code), UCHAR_WORD_BREAK);
      return info(code).unspaced || code == '@' || (code >= 0x1100 && code < 0x1200) ||
             kind == U_WB_ZWJ || kind == U_WB_REGIONAL_INDICATOR ||
             (code >= 0xd800 && code < 0xe000) ||
             u_getIntPropertyValue(static_cast<UChar32>(code), UCHAR_LINE_BREAK) ==
                 U_LB_COMPLEX_CONTEXT;
    });
    const std::string text = any_text(random, alphabet, 20);
    ASSERT_EQ(our_words(text), icu_words(text)) << text;
  });
}

TEST(WordBoundaries, KeepsUnspacedScriptsAsRuns) {
  const std::vector<Character> characters = plain_characters("ab東京タワーcd ไทย");
  std::vector<WordSegment> segments;
  find_words(characters, segments);
  ASSERT_EQ(segments.size(), 4U);
  EXPECT_FALSE(segments[0].unspaced);
  EXPECT_TRUE(segments[1].unspaced);
  EXPECT_EQ(segments[1].end - segments[1].begin, 5U);
  EXPECT_FALSE(segments[2].unspaced);
  EXPECT_TRUE(segments[3].unspaced);
}

TEST(WordBoundaries, TreatsDigitsOfUnspacedScriptsAsDigits) {
  EXPECT_EQ(our_words("๑๒๓"), std::vector<std::string>{"๑๒๓"});
}

TEST(WordBoundaries, FindsNoWordInSigns) {
  EXPECT_TRUE(our_words("").empty());
  EXPECT_TRUE(our_words("... ___ — \u0301 ☃ 😀").empty());
}

}  // namespace
}  // namespace stemma::text
