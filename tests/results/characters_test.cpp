// Where a text may be cut.
#include "results/characters.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "reading.h"

namespace stemma::results {
namespace {

TEST(Characters, StayWholeAroundMarksJoinersAndFlags) {
  const std::string accent = "e\xCC\x81x";
  EXPECT_EQ(character_boundary(accent, 1), 0U);
  EXPECT_EQ(character_boundary(accent, 2), 0U);
  EXPECT_EQ(character_boundary(accent, 3), 3U);
  const std::string thumb = "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD!";
  EXPECT_EQ(character_boundary(thumb, 4), 0U);
  EXPECT_EQ(character_boundary(thumb, 8), 8U);
  const std::string flags = "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7";
  EXPECT_EQ(character_boundary(flags, 4), 0U);
  EXPECT_EQ(character_boundary(flags, 8), 8U);
  EXPECT_EQ(character_boundary(flags, 12), 8U);
  const std::string family = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7.";
  EXPECT_EQ(character_boundary(family, 7), 0U);
  EXPECT_EQ(character_boundary(family, 11), 11U);
}

TEST(Characters, KeepLineEndsTogether) {
  EXPECT_EQ(character_boundary("a\r\nb", 2), 1U);
  EXPECT_EQ(character_boundary("a\r\nb", 3), 3U);
}

TEST(Characters, BoundariesOfAnyBytesAreStableAndNeverLater) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string text = any_text(random, 1 + random() % 10);
    for (int i = 0; i < 4 && !text.empty(); ++i) {
      text[random() % text.size()] = static_cast<char>(random());
    }
    for (std::size_t at = 0; at <= text.size() + 2; ++at) {
      const std::size_t boundary = character_boundary(text, at);
      ASSERT_LE(boundary, at);
      ASSERT_EQ(character_boundary(text, boundary), boundary);
    }
  }
}

TEST(Characters, LongPilesOfMarksAreCut) {
  std::string pile = "e";
  for (int i = 0; i < 100000; ++i) pile += "\xCC\x81";
  EXPECT_GT(character_boundary(pile, pile.size() - 2), 0U);
}

}  // namespace
}  // namespace stemma::results
