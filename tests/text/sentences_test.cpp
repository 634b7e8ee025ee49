// What begins after a gap, by the bytes in it and the words beside it.
#include "text/sentences.h"

#include <gtest/gtest.h>

#include "text/random_text.h"

namespace stemma::text {
namespace {

/// The gap of `text` is what stands between its two | signs.
Start start(std::string text) {
  const std::size_t begin = text.find('|');
  text.erase(begin, 1);
  const std::size_t next = text.find('|');
  text.erase(next, 1);
  return start_after_gap(text, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(next));
}

TEST(Sentences, EndAtTheirSigns) {
  for (const char* text :
       {"one|. |Two", "one|! |Two", "one|? |Two", "one|… |Two", "one|.” |Two", "one|.) “|Two",
        "one|.  |Two", "one|.\n|Two", "one|?!\t|Two", "один|. |Два", "one|. |2", "एक|। |दो",
        "東|。|京", "東|！」|京", "mir|. «|Da"}) {
    EXPECT_NE(start(text), Start::none) << text;
  }
}

TEST(Sentences, DoNotEndElsewhere) {
  for (const char* text : {"one| |two", "one|, |Two", "one|.|Two", "one|: |Two", "one|... |two",
                           "one|?” |he", "Mr|. |Six", "Sen|. |Six", "J|. |Six", "Á|. |Six",
                           "one|\n|Two", "one| – |Two", "один|. |два", "a|||b"}) {
    EXPECT_EQ(start(text), Start::none) << text;
  }
}

TEST(Sentences, EndAfterWordsThatOnlyLookAbbreviated) {
  EXPECT_EQ(start("Mister|. |Six"), Start::sentence);
  EXPECT_EQ(start("so did I|. |Six"), Start::sentence);
  EXPECT_EQ(start("group x|. |Six"), Start::sentence);
  EXPECT_EQ(start("in 5|. |Six"), Start::sentence);
}

TEST(Paragraphs, BeginAfterBlankLinesAndEndedLines) {
  for (const char* text : {"one|\n\n|two", "one|\r\n\r\n|two", "one|.\n|Two", "one|\n \t\n|two",
                           "one|.”\n|Two", "one|\u2029|two", "Mr|.\n|Six", "one|.\n|two"}) {
    EXPECT_EQ(start(text), Start::paragraph) << text;
  }
  for (const char* text : {"one|\n|two", "one|,\n|two", "one|. |Two", "one|\r\n|two"}) {
    EXPECT_NE(start(text), Start::paragraph) << text;
  }
}

TEST(Sentences, NeverFailOnAnyBytes) {
  testing::for_all_seeds(2000, [](std::mt19937& random) {
    const std::string text = testing::any_bytes(random, 30) + "x";
    const std::uint32_t next = testing::below(random, text.size());
    const std::uint32_t begin = testing::below(random, next + 1U);
    static_cast<void>(start_after_gap(text, begin, next));
  });
}

}  // namespace
}  // namespace stemma::text
