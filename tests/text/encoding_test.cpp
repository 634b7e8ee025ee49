// Real byte sequences of many encodings, and the promise that nothing is refused.
#include "text/encoding.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <random>
#include <string>
#include <vector>

#include "stemma/error.h"
#include "text/utf8.h"

namespace stemma::text {
namespace {

std::string encoded(const std::string& utf8, const char* encoding) {
  std::string bytes(utf8.size() * 4 + 16, '\0');
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t length =
      ucnv_convert(encoding, "UTF-8", bytes.data(), static_cast<std::int32_t>(bytes.size()),
                   utf8.data(), static_cast<std::int32_t>(utf8.size()), &status);
  EXPECT_TRUE(U_SUCCESS(status)) << encoding;
  bytes.resize(static_cast<std::size_t>(length));
  return bytes;
}

const std::string kFrench =
    "Les élèves sont allés à l'école où leurs professeurs préférés les attendaient déjà. Après le "
    "déjeuner, la forêt était très belle; ça ne s'oublie pas.";
const std::string kRussian =
    "Поезд отправился утром из города и прибыл к вечеру. На вокзале его встречали журналисты и "
    "любопытные, которые хотели увидеть гостя своими глазами.";
const std::string kJapanese =
    "列車は朝に町を出発し、夕方に到着しました。駅では記者たちが客を待っていました。"
    "カメラの前で彼は手を振りました。";

TEST(Encoding, MovesUtf8Through) {
  const Decoded decoded = to_utf8(kFrench + kRussian + kJapanese + "😀");
  EXPECT_EQ(decoded.text, kFrench + kRussian + kJapanese + "😀");
  EXPECT_EQ(decoded.replaced_bytes, 0U);
}

TEST(Encoding, DropsAByteOrderMark) {
  EXPECT_EQ(to_utf8("\xEF\xBB\xBFtext").text, "text");
  EXPECT_EQ(to_utf8("\xEF\xBB\xBF").text, "");
  EXPECT_EQ(to_utf8("\xEF\xBB\xBF\xFF!").text, "\uFFFD!");
}

TEST(Encoding, ObeysUtf16AndUtf32Marks) {
  const std::string text = "Zug, поезд, 列車, 😀";
  EXPECT_EQ(to_utf8("\xFF\xFE" + encoded(text, "UTF-16LE")).text, text);
  EXPECT_EQ(to_utf8("\xFE\xFF" + encoded(text, "UTF-16BE")).text, text);
  EXPECT_EQ(to_utf8(std::string("\xFF\xFE\0\0", 4) + encoded(text, "UTF-32LE")).text, text);
  EXPECT_EQ(to_utf8(std::string("\0\0\xFE\xFF", 4) + encoded(text, "UTF-32BE")).text, text);
}

TEST(Encoding, ReplacesHalfPairsAndHalfUnitsOfUtf16) {
  const Decoded decoded = to_utf8(std::string("\xFF\xFE\x3D\xD8g\0\0\xDEx", 9));
  EXPECT_EQ(decoded.text, "\uFFFDg\uFFFD\uFFFD");
  EXPECT_EQ(decoded.replaced_bytes, 5U);
}

TEST(Encoding, DetectsWhatIsNotUtf8) {
  for (const char* encoding : {"ISO-8859-1", "windows-1252"}) {
    EXPECT_EQ(to_utf8(encoded(kFrench, encoding)).text, kFrench) << encoding;
  }
  for (const char* encoding : {"windows-1251", "KOI8-R", "ISO-8859-5"}) {
    EXPECT_EQ(to_utf8(encoded(kRussian, encoding)).text, kRussian) << encoding;
  }
  for (const char* encoding : {"Shift_JIS", "EUC-JP"}) {
    EXPECT_EQ(to_utf8(encoded(kJapanese, encoding)).text, kJapanese) << encoding;
  }
}

TEST(Encoding, ReadsLatin1AsWindows1252) {
  EXPECT_EQ(to_utf8("\x93quoted\x94 \x96 \x80 5", "ISO-8859-1").text, "“quoted” – € 5");
}

TEST(Encoding, CountsWhatFitsNotEvenWindows1252) {
  const Decoded decoded = to_utf8("a\x81\x90z", "windows-1252");
  EXPECT_EQ(decoded.text, "a\uFFFD\uFFFDz");
  EXPECT_EQ(decoded.replaced_bytes, 2U);
}

TEST(Encoding, BelievesADeclarationOnlyWhereUtf8DoesNotFit) {
  EXPECT_EQ(to_utf8("naïve", "windows-1251").text, "naïve");
  EXPECT_EQ(to_utf8("\xEF\xE0", "windows-1251").text, "па");
  EXPECT_EQ(to_utf8("caf\xE9", "no-such-encoding").text, to_utf8("caf\xE9").text);
  EXPECT_EQ(to_utf8("caf\xE9", "utf-16").text, to_utf8("caf\xE9").text);
}

TEST(Encoding, KeepsDamagedUtf8AsUtf8) {
  const Decoded decoded = to_utf8(kRussian + "\xC3(" + kRussian + "\xE2\x82" + kFrench + "\xFF");
  EXPECT_EQ(decoded.text, kRussian + "\uFFFD(" + kRussian + "\uFFFD" + kFrench + "\uFFFD");
  EXPECT_EQ(decoded.replaced_bytes, 4U);
}

TEST(Encoding, GivesValidUtf8ForAnyBytesAndIsIdempotent) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    std::string bytes(random() % 60, '\0');
    const bool mostly_ascii = random() % 2 == 0;
    for (char& byte : bytes) {
      byte = static_cast<char>(mostly_ascii && random() % 8 != 0 ? 'a' + random() % 26 : random());
    }
    const Decoded decoded = to_utf8(bytes);
    ASSERT_TRUE(is_valid_utf8(decoded.text)) << "seed " << seed;
    ASSERT_LE(decoded.replaced_bytes, bytes.size()) << "seed " << seed;
    const bool has_mark = byte_order_mark(decoded.text).length_bytes != 0;
    const Decoded again = to_utf8(decoded.text);
    ASSERT_EQ(again.replaced_bytes, 0U) << "seed " << seed;
    if (!has_mark) {
      ASSERT_EQ(again.text, decoded.text) << "seed " << seed;
    }
    if (is_valid_utf8(bytes) && byte_order_mark(bytes).length_bytes == 0) {
      ASSERT_EQ(decoded.text, bytes) << "seed " << seed;
    }
  }
}

TEST(Encoding, DecodesAStreamAsTheWholeWhereverItIsCut) {
  for (const char* encoding : {"UTF-16LE", "UTF-16BE", "Shift_JIS", "windows-1251"}) {
    const std::string text = std::string(encoding) == "windows-1251" ? kRussian : kJapanese;
    const std::string bytes = encoded(text, encoding);
    for (std::size_t piece = 1; piece < 9; ++piece) {
      StreamDecoder decoder(encoding);
      std::string decoded;
      for (std::size_t at = 0; at < bytes.size(); at += piece) {
        decoded += decoder.decode(std::string_view(bytes).substr(at, piece), false);
      }
      decoded += decoder.decode({}, true);
      EXPECT_EQ(decoded, text) << encoding << " in pieces of " << piece;
      EXPECT_EQ(decoder.replaced_bytes(), 0U);
    }
  }
}

TEST(Encoding, DecodesPairsAcrossItsOwnBuffer) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += i % 3 == 0 ? "x" : "😀";
  EXPECT_EQ(to_utf8("\xFF\xFE" + encoded(text, "UTF-16LE")).text, text);
}

TEST(Encoding, RefusesUnknownNamesInStreams) {
  EXPECT_THROW(StreamDecoder("no-such-encoding"), Error);
  EXPECT_THROW(StreamDecoder(""), Error);
}

TEST(Encoding, EscapesOnlyBadBytes) {
  EXPECT_EQ(escape_bad_bytes("na\xEFve/naïve"), "na\\xEFve/naïve");
  EXPECT_EQ(escape_bad_bytes("\xE2\x82"), "\\xE2\\x82");
  EXPECT_EQ(escape_bad_bytes(""), "");
}

}  // namespace
}  // namespace stemma::text
