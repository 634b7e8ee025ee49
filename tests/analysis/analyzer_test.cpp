// The whole of analysis: positions, layers, offsets, the two ways of the tokenizer, and safety.
#include "analysis/analyzer.h"

#include <gtest/gtest.h>

#include <thread>

#include "analysis/analysis_text.h"
#include "analysis/arena.h"
#include "analysis/tokenizer.h"
#include "base/term.h"
#include "stemma/error.h"
#include "text/normalize.h"
#include "text/random_text.h"
#include "text/utf8.h"

namespace stemma::analysis {
namespace {

using testing::any_bytes;
using testing::any_text;
using testing::english;
using testing::for_all_seeds;
using testing::tokens_of;

using Positions = std::vector<std::uint32_t>;

/// Everything that analysis says, as one text.
std::string everything(const AnalyzedText& text) {
  std::string out;
  for (const Token& token : text.tokens) {
    for (const std::string_view part :
         {token.word, token.raw, token.stem, token.stem_alt, token.folded}) {
      out += std::string(part) + "|";
    }
    out += std::to_string(token.position) + " " + std::to_string(token.bytes.begin) + "-" +
           std::to_string(token.bytes.end) + (token.is_whole ? " whole" : "") +
           (token.field == Field::title ? " title\n" : "\n");
  }
  for (const std::uint32_t start : text.sentence_starts) out += "s" + std::to_string(start) + " ";
  for (const std::uint32_t start : text.paragraph_starts) out += "p" + std::to_string(start) + " ";
  return out;
}

std::string by_tokenizer(std::string_view body, bool always_full_rules) {
  AnalyzedText result;
  Arena arena(64);
  TokenizerMode mode;
  mode.always_full_rules = always_full_rules;
  Tokenizer tokenizer(result, arena, mode);
  tokenizer.read_article({}, body, 5);
  const std::string all = everything(result);
  return all;
}

TEST(Analyzer, StartsTheBodyHundredAfterTheTitle) {
  const AnalyzedText text = english().analyze("Two words", "then more", "");
  EXPECT_EQ(tokens_of(text), "1:two 2:words 102:then 103:more");
  EXPECT_EQ(text.title_length, 2U);
  EXPECT_EQ(text.tokens[1].field, Field::title);
  EXPECT_EQ(text.tokens[2].field, Field::body);
}

TEST(Analyzer, StartsTheBodyAtOneWithoutATitle) {
  EXPECT_EQ(tokens_of(english().analyze("", "then", "")), "1:then");
  EXPECT_EQ(tokens_of(english().analyze(" — ", "then", "")), "1:then");
}

TEST(Analyzer, CountsWholesInNoLength) {
  EXPECT_EQ(english().analyze("AT&T don't", "", "").title_length, 4U);
}

TEST(Analyzer, GivesStemsOfTheArticlesLanguage) {
  EXPECT_EQ(english().analyze("", "generously", "").tokens[0].stem, "generous");
  EXPECT_EQ(english().analyze("", "chanteuses", "fr").tokens[0].stem, "chanteux");
  EXPECT_EQ(english().analyze("", "книгами", "Russian").tokens[0].stem, "книг");
  EXPECT_EQ(english().analyze("", "running", "").language, "en");
  EXPECT_EQ(english().analyze("", "running", "de-AT").language, "de");
}

TEST(Analyzer, KeepsWordsOfUnknownLanguages) {
  const AnalyzedText text = english().analyze("", "running Éé", "tlh");
  EXPECT_EQ(text.language, "und");
  EXPECT_EQ(text.tokens[0].stem, "running");
  EXPECT_EQ(text.tokens[1].stem, "ee");
  EXPECT_EQ(text.tokens[1].folded, "ee");
}

TEST(Analyzer, RefusesAnUnknownDefaultLanguage) {
  IndexOptions options;
  options.language = "tlh";
  try {
    const Analyzer analyzer(options);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::invalid_argument);
    EXPECT_NE(error.hint().find("en"), std::string::npos);
  }
}

TEST(Analyzer, CutsLongWordsAlikeOnBothSides) {
  for (const std::string& word : {std::string(500, 'a'), [] {
                                    std::string out = "a";
                                    for (int i = 0; i < 300; ++i) out += "é";
                                    return out;
                                  }()}) {
    const AnalyzedText text = english().analyze("", word, "");
    ASSERT_EQ(text.tokens.size(), 1U);
    EXPECT_LE(text.tokens[0].word.size(), kMaxWordBytes);
    EXPECT_TRUE(text::is_valid_utf8(text.tokens[0].word));
    EXPECT_EQ(english().analyze_query(word, {"en"})[0].words.front(), text.tokens[0].word);
  }
}

TEST(Analyzer, BoundsTheCostOfTextWithoutSpaces) {
  // Each is one chunk without white space, some one word; the look-alike makes all be read twice.
  std::string joined;
  std::string marks = "mееt e";
  std::string unspaced;
  for (int i = 0; i < 40'000; ++i) {
    joined += "a-";
    marks += "\u0301";
    unspaced += i % 50 == 49 ? "。" : "京";
  }
  const std::string hidden = "mееt w" + [] {
    std::string out;
    for (int i = 0; i < 3'000; ++i) out += "\u200b";
    return out;
  }() + "ord";
  const std::string plain = "mееt " + std::string(200'000, 'a');
  EXPECT_EQ(english().analyze("", joined, "").tokens.back().position, 40'000U);
  EXPECT_EQ(english().analyze("", marks, "").tokens.size(), 2U);
  EXPECT_EQ(english().analyze("", plain, "").tokens[1].word.size(), kMaxWordBytes);
  EXPECT_EQ(tokens_of(hidden), "1:meet 2:word");
  // No pair is lost where the text was cut: each run of 49 has 48 pairs and 49 characters.
  EXPECT_EQ(english().analyze("", unspaced, "").tokens.size(), 800U * 97U);
}

TEST(Analyzer, FindsSentencesAndParagraphs) {
  const AnalyzedText text = english().analyze(
      "A title",
      "One two. Three four? \"Five!\" he said. Mr. Six. E.g. seven…\n\nEight\nnine.\nTen.", "");
  // he said: no start in small letters. Mr.: no end. E.g.: initials.
  EXPECT_EQ(text.sentence_starts, (Positions{1, 102, 104, 106, 109, 111, 113, 115}));
  EXPECT_EQ(text.paragraph_starts, (Positions{1, 102, 113, 115}));
}

TEST(Analyzer, ReadsPlainAndFullRulesAlike) {
  for_all_seeds(6000, [](std::mt19937& random) {
    const std::string text = random() % 2 == 0
                                 ? any_text(random, U"abXY019  '.,;:-&/@#+_\"(!\n\t", 24)
                                 : any_text(random, U"aB1 .'-_#+@&’é“—\u00ad\u0301я", 16);
    ASSERT_EQ(by_tokenizer(text, false), by_tokenizer(text, true)) << text;
  });
}

TEST(Analyzer, GivesRangesThatSpellTheWordOnAnyBytes) {
  for_all_seeds(4000, [](std::mt19937& random) {
    const std::string body = random() % 2 == 0
                                 ? any_bytes(random, 60)
                                 : any_text(random, U"aе.'-é’ \u00ad\u200bя東ไ#1\u0301ﬁ", 30);
    const AnalyzedText text = english().analyze("", body, "");
    std::uint32_t last = 1;
    for (const Token& token : text.tokens) {
      ASSERT_LT(token.bytes.begin, token.bytes.end);
      ASSERT_LE(token.bytes.end, body.size());
      ASSERT_FALSE(token.word.empty());
      ASSERT_TRUE(text::is_valid_utf8(token.word));
      ASSERT_GE(token.position, last);
      last = token.position;
      const std::string piece = body.substr(token.bytes.begin, token.bytes.end - token.bytes.begin);
      // Cut at code points: no piece of a good one is lost at either end.
      ASSERT_TRUE(text::decode_utf8(piece, 0).valid);
      if (token.bytes.end < body.size()) {
        const auto joined = text::repair_utf8(body).bad_places;
        ASSERT_EQ(text::repair_utf8(body.substr(0, token.bytes.end)).bad_places +
                      text::repair_utf8(body.substr(token.bytes.end)).bad_places,
                  joined);
      }
      // Read alone it is the same word, as typed in a query.
      const std::string expected(token.raw.empty() ? token.word : token.raw);
      bool spelled = false;
      for (const QueryWord& word : english().analyze_query(piece, {"en"})) {
        spelled = spelled || word.raw == expected || word.words.front() == token.word;
      }
      // A character that begins a pair is in it; pairs are asked for by two.
      ASSERT_TRUE(spelled) << piece << " is not " << expected;
    }
  });
}

TEST(Analyzer, FindsEveryPieceOfUnspacedText) {
  const std::string article = "東京都に住むタワー";
  const std::u32string letters = U"東京都に住むタワー";
  for (std::size_t begin = 0; begin < letters.size(); ++begin) {
    for (std::size_t size = 1; begin + size <= letters.size(); ++size) {
      std::string piece;
      for (const char32_t code : letters.substr(begin, size)) text::append_utf8(piece, code);
      ASSERT_TRUE(testing::finds(piece, article, "und")) << piece;
    }
  }
  EXPECT_FALSE(testing::finds("京東", article, "und"));
  EXPECT_TRUE(testing::finds("ไทย", "ภาษาไทยง่าย", "und"));
}

TEST(Analyzer, PlacesPairsSoThatAQueryIsAPhrase) {
  EXPECT_EQ(tokens_of("東京都2"), "1:東京 1:東 2:京都 2:京 3:都 4:2");
  const auto words = english().analyze_query("東京都2", {"en"});
  ASSERT_EQ(words.size(), 4U);
  for (std::uint32_t i = 0; i < 4; ++i) EXPECT_EQ(words[i].slot, i);
  EXPECT_EQ(words[2].words, std::vector<std::string>{"都"});
}

TEST(Analyzer, HidesAndSplitsNoWordByHiddenCharacters) {
  const std::u32string hidden =
      U"\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u202e\u2066\u2069\u034f\ufe0f";
  const std::u32string word = U"Weapons";
  for (const char32_t sign : hidden) {
    for (std::size_t at = 0; at <= word.size(); ++at) {
      std::string written;
      for (std::size_t i = 0; i <= word.size(); ++i) {
        if (i == at) text::append_utf8(written, sign);
        if (i < word.size()) text::append_utf8(written, word[i]);
      }
      const AnalyzedText text = english().analyze("", "the " + written + " talks", "");
      ASSERT_EQ(tokens_of(text), "1:the 2:weapons 3:talks");
      EXPECT_EQ(text.dropped_characters, 1U);
      EXPECT_EQ(text.tokens[1].raw.empty(), at == 0 || at == word.size());
      EXPECT_EQ(text.tokens[1].stem, "weapon");
      EXPECT_TRUE(testing::finds_verbatim(written, "weapons"));
    }
  }
}

TEST(Analyzer, NormalizesPatternsAndKeepsWildcards) {
  EXPECT_EQ(english().normalize_pattern("RÉS*"), "rés*");
  EXPECT_EQ(english().normalize_pattern("wo?d\u00ads"), "wo?ds");
  EXPECT_EQ(english().normalize_pattern("O’N*"), "o'n*");
  EXPECT_EQ(english().normalize_pattern(""), "");
}

TEST(Analyzer, ReadsFieldsWithoutAccentsAndWithoutWholes) {
  EXPECT_EQ(english().analyze_field("García-Márquez, G."),
            (std::vector<std::string>{"garcia", "marquez", "g"}));
  EXPECT_EQ(english().analyze_field("東京"), (std::vector<std::string>{"東", "京"}));
  EXPECT_TRUE(english().analyze_field("").empty());
}

TEST(Analyzer, UnitesTheStemsOfAllLanguages) {
  const auto words = english().analyze_query("Résumés", {"en", "fr", "zz"});
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].words, std::vector<std::string>{"résumés"});
  EXPECT_EQ(words[0].raw, "résumés");
  EXPECT_EQ(words[0].folded, std::vector<std::string>{"resumes"});
  EXPECT_TRUE(std::is_sorted(words[0].stems.begin(), words[0].stems.end()));
  EXPECT_GE(words[0].stems.size(), 2U);
  EXPECT_EQ(english().analyze_query("running", {})[0].stems, std::vector<std::string>{"run"});
}

TEST(Analyzer, AnswersTheSameFromManyThreads) {
  const std::string body =
      "Running résumés weаpons 東京 AT&T don't книгами " + std::string(2000, 'x');
  const std::string expected = everything(english().analyze("Title", body, ""));
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 50; ++round) {
        wrong[i] += everything(english().analyze("Title", body, "")) == expected ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(AnalyzerNone, SplitsAtAsciiSpaceAndChangesNothing) {
  IndexOptions options;
  options.analyzer = AnalyzerKind::none;
  const Analyzer none(options);
  const AnalyzedText text = none.analyze("A Tïtle", "Don't\tU.S.\n東京 x\u00a0y", "en");
  EXPECT_EQ(tokens_of(text), "1:A 2:Tïtle 102:Don't 103:U.S. 104:東京 105:x\u00a0y");
  EXPECT_EQ(text.title_length, 2U);
  for (const Token& token : text.tokens) {
    EXPECT_TRUE(token.stem.empty() && token.raw.empty() && token.folded.empty());
  }
  EXPECT_EQ(tokens_of(none.analyze("", "x", "")), "1:x");
  const auto words = none.analyze_query(" Don't  go", {"en"});
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].words, std::vector<std::string>{"Don't"});
  EXPECT_EQ(words[1].slot, 1U);
  EXPECT_EQ(words[1].bytes, (ByteRange{8, 10}));
  EXPECT_TRUE(words[0].stems.empty());
  EXPECT_EQ(none.normalize_pattern("AbC*"), "AbC*");
  EXPECT_EQ(none.analyze_field("A b"), (std::vector<std::string>{"A", "b"}));
}

TEST(Fingerprint, IsTheSameForTheSameOptionsOnly) {
  IndexOptions german;
  german.language = "de";
  IndexOptions none;
  none.analyzer = AnalyzerKind::none;
  EXPECT_EQ(english().fingerprint(), Analyzer(IndexOptions{}).fingerprint());
  EXPECT_NE(english().fingerprint(), Analyzer(german).fingerprint());
  EXPECT_NE(english().fingerprint(), Analyzer(none).fingerprint());
  IndexOptions spelled;
  spelled.language = "English";
  EXPECT_EQ(english().fingerprint(), Analyzer(spelled).fingerprint());
}

TEST(Fingerprint, IsMarkedWithTheBuildThatComputedIt) {
  EXPECT_NE(Analyzer::build_mark(7), 0U) << "this build cannot be told";
  EXPECT_EQ(Analyzer::build_mark(7), Analyzer::build_mark(7));
  EXPECT_NE(Analyzer::build_mark(7), Analyzer::build_mark(8));
}

}  // namespace
}  // namespace stemma::analysis
