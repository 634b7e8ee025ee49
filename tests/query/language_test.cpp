// How words stand together: lists, operators, brackets, proximity; and what is said about doubts.
#include <gmock/gmock.h>

#include "query_fixture.h"

namespace stemma::query {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
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

std::size_t strict_offset(std::string_view typed) {
  try {
    (void)english().parse(typed, {.strict = true});
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::bad_query) << typed;
    EXPECT_FALSE(error.hint().empty()) << typed;
    return error.offset();
  }
  return Error::kNoOffset;
}

TEST(Operators, BindNotAndXorOrWithListsTightest) {
  expect_readings({{"a b c", "a AND b AND c"},
                   {"a OR b AND c", "a OR (b AND c)"},
                   {"a XOR b AND c", "a XOR (b AND c)"},
                   {"a OR b XOR c", "a OR (b XOR c)"},
                   {"a AND b NOT c", "a AND b NOT c"},
                   {"a NOT b AND c", "a AND c NOT b"},
                   {"a OR b NOT c", "a OR (b NOT c)"},
                   {"a NOT b c", "a NOT (b AND c)"},
                   {"a OR b c OR d", "a OR (b AND c) OR d"},
                   {"a AND NOT b", "a NOT b"},
                   {"a OR NOT b", "a OR (NOT b)"},
                   {"NOT a", "NOT a"},
                   {"NOT a b", "NOT (a AND b)"},
                   {"NOT (NOT a)", "NOT (NOT a)"},
                   {"(a NOT b) NOT c", "a NOT b NOT c"},
                   {"a NOT (b OR c)", "a NOT b NOT c"},
                   {"(a NOT b) AND c", "(a NOT b) AND c"},
                   {"a XOR (b XOR c)", "a XOR (b XOR c)"},
                   {"a OR (b OR c)", "a OR b OR c"},
                   {"and or not xor near", "and AND or AND not AND xor AND near"}});
}

TEST(Operators, HaveSignsInLists) {
  expect_readings({{"a -b c", "a AND c NOT b"},
                   {"+a b", "a AND b"},
                   {"-a", "NOT a"},
                   {"-a -b", "NOT a NOT b"},
                   {"a -(b c)", "a NOT (b AND c)"},
                   {"a -\"b c\"", "a NOT \"b c\""},
                   {"a - b + c", "a AND b AND c"},
                   {"a-b", "~\"a b\""},
                   {"(a)-b", "a AND b"},
                   {"--a", "a"},
                   {"a OR -b c", "a OR (c NOT b)"},
                   {"-source:x a", "a NOT source:\"x\""}});
  expect_readings({{"a b", "a OR b"},
                   {"+a b c", "a AND (b OR c OR *)"},
                   {"+a +b c -d", "a AND b AND (c OR *) NOT d"},
                   {"a AND b c", "a AND (b OR c)"},
                   {"a b NOT c d", "(a OR b) NOT c NOT d"},
                   {"a source:x date:1916 b", "(a OR b) AND source:\"x\" AND date:1916"},
                   {"-a b", "b NOT a"},
                   {"co-operation treaty", "~\"co operation\" OR treaty"},
                   {"a,b", "a OR b"},
                   {"C++", "\"c++\" AND c"}},
                  {.any = true});
}

TEST(Operators, GiveWeights) {
  expect_readings({{"word^2", "word^2"},
                   {"word^1", "word"},
                   {"(a b)^.5 c", "(a AND b)^0.5 AND c"},
                   {"(a^2)^3", "(a^2)^3"},
                   {"title:a^2", "title:a^2"},
                   {"war*^2", "war*^2"},
                   {"a^0", "a^0"},
                   {"^2", "2"},
                   {"a^-0", "a^0"},
                   {"a^-1", "a"},
                   {"a^1e9", "a"}});
  EXPECT_EQ(english().parse("a^2.5").root.factor, 2.5);
}

TEST(Filters, OfOneFieldSideBySideAreAlternatives) {
  expect_readings({{"source:a source:b war", "war AND (source:\"a\" OR source:\"b\")"},
                   {"source:a AND source:b", "source:\"a\" AND source:\"b\""},
                   {"+source:a +source:b", "source:\"a\" AND source:\"b\""},
                   {"source:a author:b", "source:\"a\" AND author:\"b\""},
                   {"price:>1 price:<5", "price:>1 AND price:<5"},
                   {"date:1916.. date:..1917", "date:1916.. AND date:..1917"},
                   {"date:1916 date:1918", "date:1916 OR date:1918"},
                   {"title:a title:b", "title:a AND title:b"}});
}

TEST(Proximity, HasXapiansWindows) {
  EXPECT_EQ(english().parse("a NEAR/3 b").root.window, 4U);
  EXPECT_EQ(english().parse("a NEAR b").root.window, 11U);
  EXPECT_EQ(english().parse("a ADJ/1 b").root.window, 2U);
  EXPECT_EQ(english().parse("a NEAR/3 b NEAR/5 c").root.window, 7U);
  EXPECT_EQ(english().parse("a NEAR/3 b NEAR c").root.window, 5U);
  EXPECT_EQ(english().parse("a NEAR/1 \"b c\"").root.window, 3U);
  EXPECT_THAT(english().parse("Ships NEAR b").root.children[0].word.terms, ElementsAre("wships"));
  EXPECT_THAT(english().parse("~Ships NEAR b").root.children[0].word.terms, ElementsAre("sship"));
}

TEST(Proximity, JoinsWordsPhrasesAndUnionsOfThem) {
  expect_readings(
      {{"a NEAR/3 b", "a NEAR/3 b"},
       {"a b ADJ/3 c d", "a AND (b ADJ/3 c) AND d"},
       {"\"a b\" NEAR/5 \"c d\"", "\"a b\" NEAR/5 \"c d\""},
       {"a NEAR/3 (b OR c)", "(a NEAR/3 b) OR (a NEAR/3 c)"},
       {"(a OR b) ADJ/2 (c OR d)", "(a ADJ/2 c) OR (a ADJ/2 d) OR (b ADJ/2 c) OR (b ADJ/2 d)"},
       {"~(a NEAR/5 \"b c\")", "~a NEAR/5 ~\"b c\""},
       {"co-operation NEAR/3 treaty", "\"co operation\" NEAR/3 treaty"},
       {"title:(a NEAR/3 b)", "title:a NEAR/3 title:b"},
       {"title:a NEAR/3 b", "title:a NEAR/3 b"},
       {"source:a NEAR/3 source:b", "source:a NEAR/3 source:b"},
       {"source:a NEAR/3 b", "source:\"a\" AND \"b\""},
       {"a NEAR/3 b ADJ/2 c", "(a NEAR/3 b) AND (b ADJ/2 c)"},
       {"a NEAR/3 (b c)", "\"a\" AND \"b\" AND \"c\""},
       {"a NEAR/3 wor*", "\"a\" AND wor*"},
       {"a NEAR/3 b^2", "a NEAR/3 b"},
       {"a NEAR/3 \"b c\"~2", "a NEAR/3 \"b c\""},
       {"a NEAR/3 C++", "a NEAR/3 \"c++\""},
       {"a NEAR/3 =B", "a NEAR/3 =b"},
       {"a NEAR/3 AND", "a AND ~\"near 3\""},
       {"a NEAR/0 b", "a AND ~\"near 0\" AND b"},
       {"NEAR a", "near AND a"},
       {"a NEAR -b", "a AND near NOT b"},
       {"a NEAR/3 ()", "\"a\""},
       {"a NEARBY b", "a AND nearby AND b"}});
}

TEST(Notes, TellWhatHasNoMeaning) {
  const struct {
    const char* typed;
    std::size_t offset;
    const char* canonical;
  } doubts[] = {
      {"a AND", 2, "a"},
      {"AND a", 0, "a"},
      {"a OR", 2, "a"},
      {"OR a", 0, "a"},
      {"a XOR", 2, "a"},
      {"XOR a", 0, "a"},
      {"a NOT", 2, "a"},
      {"a AND AND b", 6, "a AND b"},
      {"a OR AND b", 5, "a OR b"},
      {"a OR OR b", 2, "a OR b"},
      {"a NOT AND b", 6, "a NOT b"},
      {"NOT NOT a", 4, "a"},
      {"AND OR", 0, "and AND or"},
      {"\"a b", 0, "\"a b\""},
      {"x \u201ca b", 2, "x AND \"a b\""},
      {"a \"\" b", 2, "a AND b"},
      {"a () b", 2, "a AND b"},
      {"a (b", 2, "a AND b"},
      {"a) b", 1, "a AND b"},
      {"(a))", 3, "a"},
      {"a && b", 2, "a AND b"},
      {"tilte:a", 0, "~\"tilte a\""},
      {"a title: b", 2, "a AND title AND b"},
      {"a date:soon", 7, "a AND soon"},
      {"price:5..x", 6, "price:\"5 x\""},
      {"date:1917..1916", 0, "date:1916..1917"},
      {"a^x1 b^2x", 6, "a AND x1 AND b"},
      {"a NEAR/0 b", 2, "a AND ~\"near 0\" AND b"},
      {"a ++b", 2, "a AND b"},
      {"x=y*", 0, "x AND y"},
  };
  for (const auto& [typed, offset, canonical] : doubts) {
    const Parsed parsed = english().parse(typed);
    EXPECT_EQ(to_text(parsed.root), canonical) << typed;
    ASSERT_FALSE(parsed.notes.empty()) << typed;
    EXPECT_EQ(parsed.notes[0].offset, offset) << typed << ": " << parsed.notes[0].message;
    EXPECT_EQ(strict_offset(typed), offset) << typed;
    expect_round_trip(english(), parsed.root, typed);
  }
}

TEST(Notes, RemarkOnWhatIsLegalButDoubtful) {
  const auto only_note = [](const char* typed) {
    const Parsed parsed = english().parse(typed, {.strict = true});
    EXPECT_EQ(parsed.notes.size(), 1U) << typed;
    return parsed.notes.empty() ? std::string() : parsed.notes[0].message;
  };
  EXPECT_THAT(only_note("a NOT b c"), HasSubstr("all of them"));
  EXPECT_THAT(only_note("cats or dogs"), HasSubstr("small letters"));
  EXPECT_THAT(only_note("CATS AND DOGS"), HasSubstr("capital letters"));
  EXPECT_THAT(only_note("source:a source:b"), HasSubstr("any of them"));
  EXPECT_THAT(only_note("lang:klingon"), HasSubstr("klingon"));
  EXPECT_THAT(only_note("who is she?"), HasSubstr("punctuation"));
}

TEST(Notes, AreNotTakenWithoutDoubt) {
  for (const char* typed :
       {"", "  ", "a", "Cats and dogs", "\"to be or not to be\"", "a AND b OR c", "NOT (a b)",
        "a NOT b", "x - y", "O'Neill, J. & Co.", "http://a.b/c?d=e", "10:30", "a -b c", "5\" gun",
        "war (1914)", "date:1916 source:x", "(a OR b) NEAR/3 c", "!!! ???a", "~ = ^ ..."}) {
    EXPECT_THAT(english().parse(typed, {.strict = true}).notes, IsEmpty()) << typed;
  }
}

TEST(Tokens, AreShownAsRead) {
  EXPECT_THAT(
      english().parse("-title:~\"a b\"~3^2 OR (x)").tokens,
      ElementsAre("phrase \"a b\", excluded, in title, stemmed, within 3 more words, weight 2",
                  "operator OR", "open bracket", "words \"x\"", "close bracket"));
}

TEST(Trees, AreShownLineByLine) {
  EXPECT_EQ(to_tree_text(english().parse("Ships \"a b\"~3 source:x year:5.. -war*").root),
            "without\n"
            "  all of\n"
            "    word ships (stems: s:ship)\n"
            "    phrase a (words: w:a) b (words: w:b) within 5 positions\n"
            "    word x (words: m:source=x) in source, without weight\n"
            "    number range year:5..\n"
            "  pattern war*\n");
}

TEST(Trees, KnowWhereTheyWereTyped) {
  const Node root = english().parse("  one (two OR \"three x\") ").root;
  EXPECT_EQ(root.typed, (ByteRange{2, 23}));
  EXPECT_EQ(root.children[1].children[1].typed, (ByteRange{14, 23}));
}

}  // namespace
}  // namespace stemma::query
