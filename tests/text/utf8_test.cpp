// UTF-8 decoding against the standard's own rule, on chosen and on random bytes.
#include "text/utf8.h"

#include <gtest/gtest.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "text/random_text.h"

namespace stemma::text {
namespace {

using testing::any_bytes;
using testing::below;
using testing::for_all_seeds;

std::size_t bad_places(std::string_view bytes) { return repair_utf8(bytes).bad_places; }

TEST(Utf8, ReadsEveryCodePointThatItWrites) {
  for (char32_t code = 0; code <= 0x10ffff; code += code < 0x3000 || code > 0x10fff0 ? 1 : 7) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    std::string bytes;
    append_utf8(bytes, code);
    const DecodedCharacter decoded = decode_utf8(bytes, 0);
    ASSERT_TRUE(decoded.valid);
    ASSERT_EQ(decoded.code, code);
    ASSERT_EQ(decoded.size, bytes.size());
  }
}

TEST(Utf8, WritesAReplacementForWhatIsNoCodePoint) {
  for (const char32_t code : {char32_t{0xd800}, char32_t{0xdfff}, char32_t{0x110000}}) {
    std::string bytes;
    append_utf8(bytes, code);
    EXPECT_EQ(bytes, "\xef\xbf\xbd");
  }
}

TEST(Utf8, CountsOneBadPlacePerMaximalSubpart) {
  EXPECT_EQ(bad_places("plain"), 0U);
  EXPECT_EQ(bad_places("\xff"), 1U);
  EXPECT_EQ(bad_places("\xc0\x80"), 2U);              // overlong: no byte can begin one
  EXPECT_EQ(bad_places("\xe2\x80"), 1U);              // cut off
  EXPECT_EQ(bad_places("\xe2\x80z"), 1U);             // cut off by a letter
  EXPECT_EQ(bad_places("\xed\xa0\x80"), 3U);          // a surrogate
  EXPECT_EQ(bad_places("\xf0\x9f\x98\xf0\x9f"), 2U);  // two beginnings
  EXPECT_EQ(bad_places("\xf5\x80\x80\x80"), 4U);      // beyond U+10FFFF
  // The example of Unicode 15, table 3-8.
  EXPECT_EQ(bad_places("\x61\xf1\x80\x80\xe1\x80\xc2\x62\x80\x63\x80\xbf\x64"), 6U);
}

TEST(Utf8, RepairsToValidTextAndLeavesValidTextAlone) {
  for_all_seeds(2000, [](std::mt19937& random) {
    const std::string bytes = any_bytes(random, 40);
    const RepairedText once = repair_utf8(bytes);
    ASSERT_TRUE(is_valid_utf8(once.text));
    ASSERT_EQ(is_valid_utf8(bytes), once.bad_places == 0);
    ASSERT_EQ(repair_utf8(once.text).text, once.text);
    ASSERT_TRUE(once.bad_places > 0 || once.text == bytes);
  });
}

TEST(Utf8, AgreesWithIcuOnAnyBytes) {
  for_all_seeds(2000, [](std::mt19937& random) {
    const std::string bytes = any_bytes(random, 24);
    const auto* raw = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const auto length = static_cast<std::int32_t>(bytes.size());
    for (std::int32_t at = 0; at < length;) {
      const DecodedCharacter ours = decode_utf8(bytes, static_cast<std::size_t>(at));
      const std::int32_t our_end = at + static_cast<std::int32_t>(ours.size);
      UChar32 theirs = 0;
      U8_NEXT(raw, at, length, theirs);
      ASSERT_EQ(ours.valid, theirs >= 0);
      ASSERT_EQ(ours.code, theirs >= 0 ? static_cast<char32_t>(theirs) : kReplacement);
      ASSERT_EQ(at, our_end);
    }
  });
}

TEST(Utf8, CutsAtACodePoint) {
  EXPECT_EQ(cut_utf8("aé", 2), "a");
  EXPECT_EQ(cut_utf8("aé", 3), "aé");
  EXPECT_EQ(cut_utf8("😀", 3), "");
  EXPECT_EQ(cut_utf8("", 0), "");
  EXPECT_EQ(cut_utf8("\x80\x80\x80\x80\x80\x80", 5).size(), 5U);  // no UTF-8: cut anywhere
  for_all_seeds(300, [](std::mt19937& random) {
    const std::string text = testing::any_text(random, U"aé€😀", 12);
    const std::size_t limit = below(random, text.size() + 2);
    const std::string_view cut = cut_utf8(text, limit);
    ASSERT_LE(cut.size(), limit);
    ASSERT_TRUE(is_valid_utf8(cut));
    ASSERT_TRUE(cut.size() == text.size() || limit - cut.size() < 4);
  });
}

TEST(Utf8, TellsAsciiAtEveryLengthAndPlace) {
  for (std::size_t size = 0; size < 20; ++size) {
    EXPECT_TRUE(is_ascii(std::string(size, '\x7f')));
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'a');
      text[at] = '\x80';
      EXPECT_FALSE(is_ascii(text));
    }
  }
}

}  // namespace
}  // namespace stemma::text
