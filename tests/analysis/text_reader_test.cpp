// TextReader is Analyzer::analyze() in two steps: both must say the same of every article, whatever
// was read before.
#include "analysis/text_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "analysis/analysis_text.h"
#include "text/random_text.h"

namespace stemma::analysis {
namespace {

using testing::any_text;
using testing::english;
using testing::for_all_seeds;

void expect_same(TextReader& reader, const Analyzer& analyzer, const std::string& title,
                 const std::string& body, const std::string& language) {
  const AnalyzedText whole = analyzer.analyze(title, body, language);
  const AnalyzedText& text = reader.read(title, body, language);
  EXPECT_EQ(text.language, whole.language);
  EXPECT_EQ(text.title_length, whole.title_length);
  EXPECT_EQ(text.sentence_starts, whole.sentence_starts);
  EXPECT_EQ(text.paragraph_starts, whole.paragraph_starts);
  EXPECT_EQ(text.folded_letters, whole.folded_letters);
  EXPECT_EQ(text.dropped_characters, whole.dropped_characters);
  ASSERT_EQ(text.tokens.size(), whole.tokens.size());
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    const Token& expected = whole.tokens[i];
    EXPECT_EQ(token.word, expected.word);
    EXPECT_EQ(token.raw, expected.raw);
    EXPECT_EQ(token.position, expected.position);
    EXPECT_EQ(token.bytes, expected.bytes);
    EXPECT_EQ(token.field, expected.field);
    EXPECT_EQ(token.is_whole, expected.is_whole);
    EXPECT_TRUE(token.stem.empty() && token.stem_alt.empty() && token.folded.empty());
    EXPECT_EQ(reader.folded(token.word), expected.folded);
    if (token.is_whole) continue;
    const WordForms forms = reader.forms(token.word);
    EXPECT_EQ(forms.stem, expected.stem);
    EXPECT_EQ(forms.stem_alt, expected.stem_alt);
    EXPECT_EQ(forms.folded, expected.folded);
  }
}

TEST(TextReader, SaysWhatTheAnalyzerSays) {
  TextReader reader(english());
  for_all_seeds(1500, [&](std::mt19937& random) {
    constexpr const char* kLanguages[] = {"", "fr", "ru", "tlh"};
    const std::string title = any_text(random, U"ae s'é.я", 12);
    // Up to a length that makes it give its memory back.
    const std::size_t length = random() % 64 == 0 ? 9000 : 60;
    const std::string body = any_text(random, U"aеs ing.'-é’ \u00ad\u200bя東ไ#1\u0301ﬁ", length);
    expect_same(reader, english(), title, body, kLanguages[random() % 4]);
  });
}

TEST(TextReader, KeepsNothingOfALongArticle) {
  TextReader reader(english());
  std::string words;
  for (int i = 0; i < 60'000; ++i) words += "word" + std::to_string(i % 977) + " ";
  expect_same(reader, english(), "Ends. Here", words, "");
  expect_same(reader, english(), "", "short", "fr");
  expect_same(reader, english(), "Ends. Here", words, "");
}

TEST(TextReader, HasNoFormsWithoutAnAnalyzer) {
  const Analyzer none{IndexOptions{.analyzer = AnalyzerKind::none}};
  TextReader reader(none);
  expect_same(reader, none, "A Tïtle", "Don't\tU.S.\n東京", "en");
  EXPECT_TRUE(reader.forms("Tïtles").stem.empty());
}

}  // namespace
}  // namespace stemma::analysis
