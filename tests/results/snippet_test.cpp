// Which piece of an article is shown, and how it is cut.
#include "results/snippet.h"

#include <gtest/gtest.h>

#include "reading.h"
#include "results/characters.h"

namespace stemma::results {
namespace {

Article article_of(std::string body) {
  Article article;
  article.body = std::move(body);
  return article;
}

std::string filler(std::size_t words) {
  std::string text;
  for (std::size_t i = 0; i < words; ++i) text += "filler" + std::to_string(i % 10) + " ";
  return text;
}

std::string shown(std::string_view query, const Article& article, std::size_t max_bytes) {
  const Snippet snippet = reading().snippet(query, article, max_bytes);
  return Reading::marked(snippet.text, snippet.highlights);
}

TEST(Snippet, IsTheBeginningWithoutAMatch) {
  const Snippet snippet = reading().snippet("absent", article_of("One two three."), 100);
  EXPECT_EQ(snippet.text, "One two three.");
  EXPECT_TRUE(snippet.highlights.empty());
  EXPECT_FALSE(snippet.starts_inside);
  EXPECT_FALSE(snippet.ends_inside);
}

TEST(Snippet, IsTheBeginningWhenOnlyTheTitleMatches) {
  Article article = article_of("One two three. " + filler(100));
  article.title = "Train";
  EXPECT_EQ(reading().snippet("train", article, 30).text.substr(0, 14), "One two three.");
}

TEST(Snippet, HoldsTheMatchAndSaysWhatIsAround) {
  const Article article = article_of(filler(50) + "the train came. " + filler(50));
  const Snippet snippet = reading().snippet("train", article, 60);
  EXPECT_TRUE(snippet.starts_inside);
  EXPECT_TRUE(snippet.ends_inside);
  ASSERT_EQ(snippet.highlights.size(), 1U);
  const ByteRange range = snippet.highlights.front();
  EXPECT_EQ(snippet.text.substr(range.begin, range.end - range.begin), "train");
}

TEST(Snippet, PrefersTheWindowWithMoreDistinctClauses) {
  const Article article =
      article_of("train train train train. " + filler(60) + "a train with its crew. " + filler(60));
  EXPECT_NE(shown("train crew", article, 80).find("[train] with its [crew]"), std::string::npos);
}

TEST(Snippet, PrefersWordsThatStandTogether) {
  const Article article = article_of("armoured cars beside one train. " + filler(60) +
                                     "an armoured train. " + filler(60));
  EXPECT_NE(shown("armoured train", article, 80).find("[armoured] [train]"), std::string::npos);
}

TEST(Snippet, PrefersAPhraseToItsWords) {
  const Article article =
      article_of("crew crew crew and more. " + filler(60) + "an armoured train. " + filler(60));
  EXPECT_NE(shown("\"armoured train\" OR crew", article, 80).find("[armoured] [train]"),
            std::string::npos);
}

TEST(Snippet, TakesTheFirstOfEquals) {
  const Article article = article_of("a train one. " + filler(60) + "a train two. " + filler(60));
  EXPECT_EQ(shown("train", article, 80).substr(0, 13), "a [train] one");
}

TEST(Snippet, BeginsWithTheSentenceIfItIsNear) {
  const Article article = article_of(filler(50) + "end. Then the train came here. " + filler(50));
  EXPECT_EQ(shown("train", article, 80).substr(0, 16), "Then the [train]");
}

TEST(Snippet, EndsBetweenWords) {
  const Article article = article_of("the train " + filler(50));
  for (std::size_t max_bytes = 12; max_bytes < 80; ++max_bytes) {
    const std::string text = reading().snippet("train", article, max_bytes).text;
    const char after = article.body[text.size()];
    EXPECT_TRUE(after == ' ' || text.size() + 9 > max_bytes) << text;
  }
}

TEST(Snippet, UsesTheRoomBeforeAMatchAtTheEnd) {
  const Article article = article_of(filler(50) + "train");
  const Snippet snippet = reading().snippet("train", article, 100);
  EXPECT_GT(snippet.text.size(), 80U);
  EXPECT_FALSE(snippet.ends_inside);
}

TEST(Snippet, CutsAWordLongerThanItself) {
  const Article article = article_of("x " + std::string(300, 'a') + " y");
  const Snippet snippet = reading().snippet("aaa*", article, 20);
  EXPECT_EQ(snippet.text, std::string(20, 'a'));
  EXPECT_EQ(snippet.highlights, (std::vector<ByteRange>{{0, 20}}));
}

TEST(Snippet, KeepsALetterWithItsAccent) {
  // e + combining acute: 3 bytes that stay together.
  std::string text;
  for (int i = 0; i < 20; ++i) text += "e\xCC\x81";
  for (std::size_t max_bytes = 1; max_bytes < 40; ++max_bytes) {
    EXPECT_EQ(reading().snippet("absent", article_of(text), max_bytes).text.size() % 3, 0U);
  }
}

TEST(Snippet, LeavesWhiteSpaceAroundTheBodyUncounted) {
  const Snippet snippet = reading().snippet("two", article_of("\n\n One two.\n "), 100);
  EXPECT_EQ(snippet.text, "One two.");
  EXPECT_FALSE(snippet.starts_inside);
  EXPECT_FALSE(snippet.ends_inside);
}

TEST(Snippet, OfNothingIsEmpty) {
  EXPECT_EQ(reading().snippet("train", article_of(""), 100).text, "");
  EXPECT_EQ(reading().snippet("train", article_of("train"), 0).text, "");
  EXPECT_EQ(reading().snippet("train", article_of(" \n\n "), 100).text, "");
}

// Any text, any query, any size: a piece of the body, small enough, cut at characters, with the
// same words marked as in the whole.
TEST(Snippet, IsSoundForAnyTextAndQuery) {
  for (unsigned seed = 0; seed < 1500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Article article = article_of(any_text(random, random() % 120));
    article.title = any_text(random, random() % 4);
    const std::string query = any_query(random);
    const std::size_t max_bytes = random() % 200;
    SCOPED_TRACE(query);
    const Snippet snippet = reading().snippet(query, article, max_bytes);
    ASSERT_LE(snippet.text.size(), max_bytes);
    const std::string& body = article.body;
    const Highlights all = reading().highlights(query, article);

    // Somewhere in the body this very text stands, with these very marks.
    bool stands = false;
    for (std::size_t at = body.find(snippet.text); !stands && at != std::string::npos;
         at = body.find(snippet.text, at + 1)) {
      if (character_boundary(body, at) != at) continue;
      const std::size_t end = at + snippet.text.size();
      if (character_boundary(body, end) != end && !snippet.text.empty()) continue;
      std::vector<ByteRange> expected;
      for (const ByteRange& range : all.body) {
        const std::size_t from = std::max<std::size_t>(range.begin, at);
        const std::size_t to = std::min<std::size_t>(range.end, end);
        if (from < to) {
          expected.push_back(
              {static_cast<std::uint32_t>(from - at), static_cast<std::uint32_t>(to - at)});
        }
      }
      stands = expected == snippet.highlights;
      if (at >= body.size()) break;
    }
    ASSERT_TRUE(stands) << snippet.text;
    if (!all.body.empty() && max_bytes >= 40) {
      ASSERT_FALSE(snippet.highlights.empty());
    }
  }
}

}  // namespace
}  // namespace stemma::results
