// What a single word, compound, phrase, pattern or value becomes. Canonical text is expected, and
// each is read back strictly; terms are looked at where the text does not show them.
#include <gmock/gmock.h>

#include <cmath>

#include "base/term.h"
#include "query/values.h"
#include "query_fixture.h"

namespace stemma::query {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Reading {
  const char* typed;
  const char* canonical;
};

void expect_readings(const std::vector<Reading>& readings, const ParseOptions& options = {}) {
  for (const auto& [typed, canonical] : readings) {
    const Parsed parsed = english().parse(typed, options);
    EXPECT_EQ(to_text(parsed.root), canonical) << "typed: " << typed;
    expect_round_trip(english(), parsed.root, typed);
  }
}

std::vector<std::string> messages(std::string_view typed) {
  std::vector<std::string> all;
  for (const QueryNote& note : english().parse(typed).notes) all.push_back(note.message);
  return all;
}

TEST(Words, AreStemmedUnlessQuoted) {
  const Node root = english().parse("Ships \"Ships\" =Ships").root;
  ASSERT_EQ(root.children.size(), 3U);
  EXPECT_THAT(root.children[0].word.terms, ElementsAre("sship"));
  EXPECT_TRUE(root.children[0].word.stemmed);
  EXPECT_THAT(root.children[1].word.terms, ElementsAre("wships"));
  EXPECT_FALSE(root.children[1].word.stemmed);
  EXPECT_THAT(root.children[2].word.terms, ElementsAre("rships", "wships"));
  EXPECT_EQ(to_text(root), "ships AND \"ships\" AND =ships");
}

TEST(Words, AreStemmedInEveryLanguageOfTheIndex) {
  const Index index({}, {"en", "de", "fr"});
  const Node root = index.parse("häuser").root;
  EXPECT_THAT(root.word.terms, testing::Contains("shaus"));
  EXPECT_GE(root.word.terms.size(), 2U);
  expect_round_trip(index, root, "häuser");
}

TEST(Words, MadeOfWordsBecomeThePhraseOfTheirParts) {
  expect_readings({
      {"co-operation", "~\"co operation\""},
      {"O'Neill", "~\"o neill\""},
      {"O\u2019Neill", "~\"o neill\""},
      {"don't", "~\"don t\""},
      {"AT&T", "~\"at t\""},
      {"U.S.", "us"},
      {"122mm", "~\"122 mm\""},
      {"10-13", "~\"10 13\""},
      {"10:30", "~\"10 30\""},
      {"PYONGYANG-North", "~\"pyongyang north\""},
      {"john.doe@example.com", "~\"john doe example com\""},
      {"#MeToo", "metoo"},
      {"C++", "\"c++\" AND c"},
      {"c#", "\"c#\" AND c"},
      {"3.14", "~\"3.14\""},
      {"std::vector", "~\"std vector\""},
      {"a,b", "a AND b"},
      {"a+b;c", "a AND b AND c"},
      {"http://example.org/war", "~\"http example org war\""},
  });
}

TEST(Words, MadeOfWordsAreVerbatimPhrasesInQuotes) {
  expect_readings({
      {"\"co-operation treaty\"", "\"co operation treaty\""},
      {"\"O'Neill\"", "\"o neill\""},
      {"\"AT&T shares\"", "\"at t shares\""},
      {"\"the U.S. Army\"", "\"the us army\""},
      {"\"C++ code\"", "\"c++ code\""},
      {"\"C++\"", "\"c++\""},
      {"~\"C++ code\"", "~\"c code\""},
      {"=co-operation", "=co-operation"},
      {"=O'Neill", "=o'neill"},
      {"=C++", "=c++"},
      {"=U.S.", "=u.s"},
      {"=\"two words\"", "\"two words\""},
      {"=a\\b", "\"a b\""},
      {"=a-b\\c", "\"a b c\""},
      {"C++\\x", "~\"c x\""},
  });
}

TEST(Words, OfLookAlikesAreSearchedInEveryReading) {
  const Node mixed = english().parse("w\u0435apons").root;
  EXPECT_THAT(mixed.word.terms, testing::Contains("sweapon"));
  const Node quoted = english().parse("\"w\u0435apons\"").root;
  EXPECT_THAT(quoted.word.terms, testing::Contains("wweapons"));
  const Node choir = english().parse("\"\u0445\u043e\u0440\"").root;
  EXPECT_THAT(choir.word.terms, ElementsAre("wxop", "w\u0445\u043e\u0440"));
  expect_round_trip(english(), choir, "хор");
  // Doubtful in small letters only.
  expect_round_trip(english(), english().parse("\u0540").root, "Հ");
  EXPECT_EQ(english().canonical("\u041c\u043e\u0441\u043a\u0432\u0430"),
            "\u043c\u043e\u0441\u043a\u0432\u0430");
}

TEST(Words, AfterAnEqualsSignKeepTheirLetters) {
  const Node exact = english().parse("=w\u0435apons").root;
  EXPECT_THAT(exact.word.terms, ElementsAre("rw\u0435apons", "ww\u0435apons"));
  const Node hidden = english().parse("=weap\u00adons").root;
  EXPECT_THAT(hidden.word.terms, ElementsAre("rweap\u00adons", "wweap\u00adons"));
  EXPECT_THAT(english().parse("weap\u00adons").root.word.terms, ElementsAre("sweapon"));
  for (const Node& root : {exact, hidden}) expect_round_trip(english(), root, "exact");
}

TEST(Words, OfScriptsWithoutSpacesOverlap) {
  const Node root = english().parse("北京大学").root;
  ASSERT_EQ(root.kind, NodeKind::phrase);
  std::vector<std::string> slots;
  for (const Word& slot : root.slots) slots.push_back(slot.text);
  EXPECT_THAT(slots, ElementsAre("北京", "京大", "大学", "学"));
  EXPECT_EQ(to_text(root), "~\"北京大学\"");
  expect_readings({{"\"ああ あ\"", "\"ああ あ\""},
                   {"\"北京 大学 NBA\"", "\"北京 大学 nba\""},
                   {"ああああ", "~\"ああああ\""}});
  EXPECT_EQ(english().canonical("北京 大", {.plain = true}), "~\"北京\" AND 大");
}

TEST(Words, OfTheTitleHaveLayersOfTheirOwn) {
  EXPECT_THAT(english().parse("title:Ships").root.word.terms, ElementsAre("Sship"));
  EXPECT_THAT(english().parse("title:\"Ships\"").root.word.terms, ElementsAre("Wships"));
  EXPECT_THAT(english().parse("title:=Ships").root.word.terms, ElementsAre("Rships", "Wships"));
  EXPECT_TRUE(english().parse("title:Ships").root.weighted);
  expect_readings({{"title:(a OR \"b c\")", "title:a OR title:\"b c\""},
                   {"Title:war*", "title:war*"},
                   {"title:(a source:b c)", "title:a AND title:c AND source:\"b\""},
                   {"title:~\"a b\"", "title:~\"a b\""},
                   {"title:*", "title:*"}});
}

TEST(Phrases, MayBeStemmedOrLoose) {
  const Node stemmed = english().parse("~\"Ships sailed\"").root;
  ASSERT_EQ(stemmed.slots.size(), 2U);
  EXPECT_THAT(stemmed.slots[1].terms, ElementsAre("ssail"));
  EXPECT_TRUE(stemmed.slots[1].stemmed);
  EXPECT_EQ(english().parse("\"a b c\"").root.window, 0U);
  EXPECT_EQ(english().parse("\"a b c\"~2").root.window, 5U);
  expect_readings(
      {{"\"a b\"~3^2", "\"a b\"~3^2"},
       {"\"a b\"^2~3", "\"a b\"~3^2"},
       {"\"a b\"~0", "\"a b\""},
       {"\"a\"~3", "\"a\""},
       {"~\"a\"", "a"},
       {"\u201ca b\u201d \u201ec d\u201c \u00abe f\u00bb", "\"a b\" AND \"c d\" AND \"e f\""},
       {"\"a \\\"b\\\" c\"", "\"a b c\""},
       {"a 5\" gun", "a AND 5 AND gun"}});
}

TEST(Patterns, AreOneWordWithWildcards) {
  expect_readings({{"War*", "war*"},
                   {"*ord", "*ord"},
                   {"wo?d", "wo?d"},
                   {"w**d*?x", "w*d?*x"},
                   {"Word~", "word~1"},
                   {"word~2", "word~2"},
                   {"co-op*", "co-op*"},
                   {"author:smith*", "author:smith*"},
                   {"author:*", "author:*"},
                   {"*", "*"},
                   {"* NOT a", "NOT a"},
                   {"who is she?", "who AND is AND she"},
                   {"word~0", "\"word\""},
                   {"word~9", "word~2"},
                   {"a(b*c", "a AND b*c"},
                   {"x=y*", "x AND y"},
                   {"\"wor* war\"", "\"wor war\""},
                   {"\"a b\"*", "\"a b\""}});
  const Node prefix = english().parse("Ships*").root;
  EXPECT_EQ(prefix.pattern, PatternKind::prefix);
  EXPECT_EQ(prefix.pattern_text, "ships");
  EXPECT_FALSE(prefix.weighted);
  EXPECT_EQ(english().parse("s*s*").root.pattern, PatternKind::wildcard);
  EXPECT_EQ(english().parse("ship~2").root.distance, 2U);
}

TEST(Fields, AreConditionsWithoutWeight) {
  const Node source = english().parse("source:\"New York\"").root;
  EXPECT_EQ(source.kind, NodeKind::phrase);
  EXPECT_EQ(source.slots[0].terms[0], field_term_key("source", "new"));
  EXPECT_FALSE(source.weighted);
  expect_readings({{"source:Reuters", "source:\"reuters\""},
                   {"SOURCE:Reuters", "source:\"reuters\""},
                   {"lang:German", "lang:\"de\""},
                   {"lang:en-GB", "lang:\"en\""},
                   {"breaking:TRUE", "Breaking:\"true\""},
                   {"og:title:foo", "og:title:\"foo\""},
                   {"url:http://example.org/a", "url:\"http example org a\""},
                   {"year:5.0", "year:\"5.0\""},
                   {"year:\xcf"
                    "03",
                    "year:\"03\""},
                   {"price:-5", "price:-5..-5"},
                   {"price:1e30", "price:1e+30..1e+30"},
                   {"source:R\u00e9su*", "source:resu*"},
                   {"author:\"Fran\u00e7ois O'Neill\"", "author:\"francois o neill\""}});
  EXPECT_THAT(english().parse("year:5.0").root.word.terms,
              ElementsAre(field_term_key("year", "5"), field_term_key("year", "5.0")));
}

TEST(Fields, TakeRangesOfNumbers) {
  expect_readings(
      {{"price:5..10", "price:5..10"},
       {"price:5..", "price:5.."},
       {"price:..10.5", "price:..10.5"},
       {"price:>5", "price:>5"},
       {"price:>=5", "price:5.."},
       {"price:<5", "price:<5"},
       {"price:<=5", "price:..5"},
       {"price:-1e300..0", "price:-1e+300..0"},
       {"price:10..5", "price:5..10"},
       {"year:1999..2003", "year:1999.0..2003.0 OR year:1999-01-01..2003-12-31"},
       {"year:1999.0..2003", "year:1999.0..2003.0"},
       {"year:>1999", "year:>1999.0 OR year:2000-01-01.."},
       {"year:1999", "year:\"1999\" OR year:1999-01-01..1999-12-31"},
       {"year:\"1999\"", "year:\"1999\""},
       {"published:1916-03", "published:\"1916 03\" OR published:1916-03-01..1916-03-31"},
       {"price:a..b", "price:\"a b\""},
       {"price:5..10, war", "war AND price:5..10"}});
  const Node range = english().parse("price:>5").root;
  EXPECT_GT(range.low, 5);
  EXPECT_LT(range.low, 5.000001);
  EXPECT_TRUE(std::isinf(range.high));
  EXPECT_FALSE(range.weighted);
}

TEST(Fields, TakeDates) {
  expect_readings({{"date:1916", "date:1916"},
                   {"date:1916-03..1917", "date:1916-03..1917"},
                   {"date:1916-03-05", "date:1916-03-05"},
                   {"date:..1917", "date:..1917"},
                   {"date:1916..", "date:1916.."},
                   {"date:>1916-03", "date:1916-04.."},
                   {"date:>=1916-03", "date:1916-03.."},
                   {"date:<1916-03", "date:..1916-02"},
                   {"date:1917..1916", "date:1916..1917"},
                   {"date:\"1916-03-05 10:20\"", "date:1916-03-05T10:20Z"},
                   {"date:-0044..0100", "date:-0044..0100"},
                   {"date:(1916 OR 1918) war", "war AND (date:1916 OR date:1918)"},
                   {"date:1916. war", "war AND date:1916"},
                   {"date:*", "date:.."},
                   {"date:yesterday", "yesterday"}});
  EXPECT_EQ(english().parse("date:1970-01-01").root.dates, (DateInterval{0, 86399}));
}

TEST(Fields, UnknownOnesAreWordsWithAHint) {
  const Parsed parsed = english().parse("tilte:war");
  EXPECT_EQ(to_text(parsed.root), "~\"tilte war\"");
  ASSERT_EQ(parsed.notes.size(), 1U);
  EXPECT_EQ(parsed.notes[0].hint, "did you mean `title:`?");
  EXPECT_THAT(messages("http://example.org 10:30 std::vector note: this"), IsEmpty());
  EXPECT_EQ(english().parse("soruce:x").notes.at(0).hint, "did you mean `source:`?");
  EXPECT_THAT(english().parse("qqqqq:x").notes.at(0).hint, testing::HasSubstr("quotation marks"));
}

TEST(Fields, WithoutValueAreWords) {
  for (const char* typed : {"title:", "title: ", "(title:)", "title:~", "source:..."}) {
    EXPECT_EQ(messages(typed).size(), 1U) << typed;
  }
  EXPECT_EQ(english().canonical("title: war"), "title AND war");
}

TEST(Plain, ReadsEveryCharacterAsText) {
  const ParseOptions plain{.plain = true};
  expect_readings({{"NOT (a OR \"b c\") -d title:e f* g~1",
                    "not AND a AND or AND b AND c AND d AND "
                    "title AND e AND f AND g AND 1"},
                   {"co-operation C++ U.S.", "co AND operation AND c AND us"}},
                  plain);
  expect_readings({{"a b", "a OR b"}}, {.any = true, .plain = true});
  EXPECT_THAT(english().parse("a( AND \"", plain).notes, IsEmpty());
}

TEST(AnalyzerNone, KeepsWordsAsTheyAre) {
  const Index index({.analyzer = AnalyzerKind::none}, {});
  const Node root = index.parse("Ships co-operation \"C++ AND\"").root;
  EXPECT_EQ(to_text(root), "\"Ships\" AND \"co-operation\" AND \"C++ AND\"");
  EXPECT_THAT(root.children[0].word.terms, ElementsAre("wShips"));
  for (const char* typed :
       {"Ships", "=Ships", "a NEAR/3 AND", "x\\y", "Wor*", "Wor~1", "title:X"}) {
    expect_round_trip(index, index.parse(typed).root, typed);
  }
  const Node plain = index.parse("a\"b (c) \\ \u201cd", {.plain = true}).root;
  EXPECT_THAT(plain.children[0].word.terms, ElementsAre("wa\"b"));
  expect_round_trip(index, plain, "plain");
}

TEST(Words, AreNotMarksOnASign) {
  expect_readings({{"__\u0360__or", "or"}, {"x_\u0360", "x"}, {"\u0360", ""}});
}

// Without its accent Cyrillic ё is a letter that looks like a Latin one, and would be read so.
TEST(Values, KeepAccentsThatAnalysisNeedsToReadThemAgain) {
  expect_readings({{"source:j\u0451b", "source:\"j\u0451b\""},
                   {"source:\"Jj\u0451 caf\u00e9\"", "source:\"jj\u0451 caf\u00e9\""},
                   {"source:caf\u00e9", "source:\"cafe\""},
                   {"source:\u0451\u043b\u043a\u0430", "source:\"\u0435\u043b\u043a\u0430\""}});
}

TEST(Values, ReadNumbersWhole) {
  EXPECT_EQ(parse_number("5"), 5);
  EXPECT_EQ(parse_number("-.5e1"), -5);
  for (const char* none : {"", "5x", "inf", "nan", "0x10", "1e999", "+5", "-", "."}) {
    EXPECT_FALSE(parse_number(none)) << none;
  }
}

}  // namespace
}  // namespace stemma::query
