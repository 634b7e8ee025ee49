// What is marked in an article, and what is not.
#include "results/highlights.h"

#include <gtest/gtest.h>

#include "reading.h"
#include "text/utf8.h"

namespace stemma::results {
namespace {

std::string body(std::string_view query, std::string_view text) {
  return reading().body(query, text);
}

TEST(Highlights, MarkEveryFormOfAWord) {
  EXPECT_EQ(body("train", "Trains train. Training rain"), "[Trains] [train]. [Training] rain");
}

TEST(Highlights, MarkOneFormOfAVerbatimWord) {
  EXPECT_EQ(body("=train", "Trains train. Training"), "Trains [train]. Training");
}

TEST(Highlights, MarkAPhraseOnlyWhereItStands) {
  EXPECT_EQ(body("\"armoured train\"", "armoured cars, a train, an armoured train, train"),
            "armoured cars, a train, an [armoured] [train], train");
}

TEST(Highlights, DoNotMarkAPhraseInOtherForms) {
  EXPECT_EQ(body("\"armoured train\"", "armoured trains"), "armoured trains");
}

TEST(Highlights, MarkAStemmedPhraseInAllForms) {
  EXPECT_EQ(body("~\"armoured train\"", "armoured trains; trains; armoured; armour trains"),
            "[armoured] [trains]; trains; armoured; [armour] [trains]");
}

TEST(Highlights, MarkASloppyPhraseInOrderAndWithinItsWindow) {
  EXPECT_EQ(body("\"train crew\"~2", "train and its crew. crew train. train a b c crew"),
            "[train] and its [crew]. crew train. train a b c crew");
}

TEST(Highlights, MarkNearInAnyOrder) {
  EXPECT_EQ(body("train NEAR/3 crew", "crew of train one two three crew"),
            "[crew] of [train] one two three crew");
}

TEST(Highlights, MarkAdjacentInOrder) {
  EXPECT_EQ(body("train ADJ/3 crew", "crew of train x crew"), "crew of [train] x [crew]");
}

TEST(Highlights, MarkNearOverPhrases) {
  EXPECT_EQ(
      body("\"armoured train\" NEAR/4 crew", "armoured train and crew; armoured; a train; crew"),
      "[armoured] [train] and [crew]; armoured; a train; crew");
}

TEST(Highlights, OneWordIsNotNearItself) {
  EXPECT_EQ(body("echo NEAR/3 echo", "one echo alone"), "one echo alone");
  EXPECT_EQ(body("echo NEAR/3 echo", "echo echo"), "[echo] [echo]");
}

TEST(Highlights, DoNotMarkWhatIsExcluded) {
  EXPECT_EQ(body("train NOT crew", "train crew"), "[train] crew");
  EXPECT_EQ(body("train -crew", "train crew"), "[train] crew");
}

TEST(Highlights, MarkPatterns) {
  EXPECT_EQ(body("arm*", "armour arms charm \xC3\xA1rmada"),
            "[armour] [arms] charm [\xC3\xA1rmada]");
  EXPECT_EQ(body("w?apon", "weapon wapon"), "[weapon] wapon");
  EXPECT_EQ(body("*mour", "armour mourn"), "[armour] mourn");
  EXPECT_EQ(body("train~1", "trains rain grain tra"), "[trains] [rain] [grain] tra");
}

TEST(Highlights, KeepTheOriginalLetters) {
  EXPECT_EQ(body("resume", "his R\xC3\xA9sum\xC3\xA9 here"), "his [R\xC3\xA9sum\xC3\xA9] here");
  // Cyrillic е inside a Latin word.
  EXPECT_EQ(body("weapons", "many w\xD0\xB5\x61pons found"), "many [w\xD0\xB5\x61pons] found");
  EXPECT_EQ(body("=w\xD0\xB5\x61pons", "many w\xD0\xB5\x61pons and weapons"),
            "many [w\xD0\xB5\x61pons] and weapons");
}

TEST(Highlights, MarkACompoundOnce) {
  EXPECT_EQ(body("co-operation", "their co-operation ended"), "their [co-operation] ended");
  EXPECT_EQ(body("co", "their co-operation ended"), "their [co]-operation ended");
}

TEST(Highlights, StayInTheTitleForTitleClauses) {
  Article article;
  article.title = "Train lost";
  article.body = "The train was lost.";
  const Highlights found = reading().highlights("title:train", article);
  EXPECT_EQ(Reading::marked(article.title, found.title), "[Train] lost");
  EXPECT_TRUE(found.body.empty());
}

TEST(Highlights, MarkTitleAndBodyForUnprefixedWords) {
  Article article;
  article.title = "Train lost";
  article.body = "The train was lost.";
  const Highlights found = reading().highlights("train", article);
  EXPECT_EQ(found.title.size(), 1U);
  EXPECT_EQ(found.body.size(), 1U);
}

TEST(Highlights, FormNoPhraseAcrossTitleAndBody) {
  Article article;
  article.title = "armoured";
  article.body = "train";
  const Highlights found = reading().highlights("\"armoured train\"", article);
  EXPECT_TRUE(found.title.empty());
  EXPECT_TRUE(found.body.empty());
}

TEST(Highlights, IgnoreConditionsOnFields) {
  EXPECT_EQ(body("train source:reuters section:war lang:en date:1916", "reuters war train en 1916"),
            "reuters war [train] en 1916");
}

// Ranges ascend, lie apart, lie inside, and never split a code point.
TEST(Highlights, AreSoundForAnyTextAndQuery) {
  for (unsigned seed = 0; seed < 1500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Article article;
    article.title = any_text(random, random() % 6);
    article.body = any_text(random, random() % 60);
    const std::string query = any_query(random);
    SCOPED_TRACE(query);
    const Highlights found = reading().highlights(query, article);
    const auto check = [](const std::string& text, const std::vector<ByteRange>& ranges) {
      std::vector<bool> boundary(text.size() + 1, false);
      for (std::size_t at = 0; at < text.size(); at += text::decode_utf8(text, at).size) {
        boundary[at] = true;
      }
      boundary[text.size()] = true;
      std::size_t end = 0;
      bool first = true;
      for (const ByteRange& range : ranges) {
        ASSERT_LT(range.begin, range.end);
        ASSERT_LE(range.end, text.size());
        if (!first) {
          ASSERT_GT(range.begin, end);
        }
        ASSERT_TRUE(boundary[range.begin] && boundary[range.end]);
        end = range.end;
        first = false;
      }
    };
    check(article.title, found.title);
    check(article.body, found.body);
  }
}

// A word is marked wherever the analyzer gives a token one of the query word's stems.
TEST(Highlights, MarkExactlyTheTokensOfAWordsStems) {
  const analysis::Analyzer analyzer{IndexOptions{}};
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Article article;
    article.body = any_text(random, 40);
    const Highlights found = reading().highlights("train", article);
    std::vector<ByteRange> expected;
    const analysis::AnalyzedText text = analyzer.analyze("", article.body, "");
    for (const analysis::Token& token : text.tokens) {
      if (!token.is_whole && (token.stem == "train" || token.stem_alt == "train")) {
        expected.push_back(token.bytes);
      }
    }
    ASSERT_EQ(found.body, expected);
  }
}

}  // namespace
}  // namespace stemma::results
