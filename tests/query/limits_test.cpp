// Hostile and random text: nothing fails, nothing is slow, every tree reads back.
#include <gmock/gmock.h>

#include <random>

#include "query/canonical.h"
#include "query_fixture.h"
#include "text/utf8.h"

namespace stemma::query {
namespace {

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

std::size_t count_leaves(const Node& node) {
  if (node.kind == NodeKind::everything) return 0;
  std::size_t count = node.children.empty() ? std::max<std::size_t>(node.slots.size(), 1) : 0;
  for (const Node& child : node.children) count += count_leaves(child);
  return count;
}

void expect_bounded(const std::string& typed, const ParseOptions& options = {}) {
  const Parsed parsed = english().parse(typed, options);
  EXPECT_LE(bracket_depth(parsed.root), 256U);
  EXPECT_LE(count_leaves(parsed.root), 1024U);
  EXPECT_LE(to_text(parsed.root).size(), 64U * 1024);
  for (const QueryNote& note : parsed.notes) EXPECT_LE(note.offset, typed.size());
  expect_round_trip(english(), parsed.root, typed.substr(0, 60));
}

TEST(Limits, HoldForHostileText) {
  constexpr std::size_t kMillion = 1'000'000;
  for (const std::string& typed : {
           repeated("(", kMillion),
           repeated(")", kMillion),
           repeated("(", 100'000) + "a" + repeated(")", 100'000),
           repeated("(a AND (b OR ", 50'000),
           repeated("(a XOR ", 30'000),
           repeated("(a OR b XOR c NOT ", 250),
           repeated("(a OR b) NEAR (c OR d) OR ", 250),
           repeated("NOT ", 100'000) + "a",
           repeated("-(", 30'000) + "a",
           repeated("a NOT ", 30'000),
           repeated("a OR ", 30'000),
           repeated("a NEAR/2 ", 30'000),
           repeated("(a OR b) NEAR ", 5'000),
           repeated("\"", 50'000),
           repeated("\"a\" ", 50'000),
           repeated("a.", 50'000),
           repeated("x:y ", 50'000),
           repeated("title:(", 20'000),
           repeated("*", 100'000),
           repeated("?a*", 30'000),
           repeated("a^2", 30'000),
           repeated("北", 30'000),
           repeated("C++ ", 20'000),
           repeated("((a^2)^2 XOR ", 10'000),
           repeated("\xff\xfe", 40'000),
           std::string(10'000'000, 'w'),
           std::string(100'000, '\0'),
           repeated("\"" + std::string(150, 'w') + "\" ", 1'000),
           repeated("published:1916-03 ", 4'000),
       }) {
    expect_bounded(typed);
  }
}

TEST(Limits, AreToldAndAreErrorsWhenStrict) {
  const struct {
    std::string typed;
    const char* message;
  } cases[] = {{std::string(70'000, 'a'), "too long"},
               {repeated("a ", 1'025), "1024 words"},
               {repeated("(", 300) + "a" + repeated(")", 300), "too deep"}};
  for (const auto& [typed, message] : cases) {
    const Parsed parsed = english().parse(typed);
    ASSERT_EQ(parsed.notes.size(), 1U);
    EXPECT_THAT(parsed.notes[0].message, testing::HasSubstr(message));
    try {
      (void)english().parse(typed, {.strict = true});
      ADD_FAILURE() << message;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), Error::Kind::limit);
    }
  }
  EXPECT_EQ(english().parse(repeated("a ", 1'024)).root.children.size(), 1'024U);
  EXPECT_TRUE(english().parse(repeated("a ", 1'024)).notes.empty());
  EXPECT_EQ(english().parse(repeated("a ", 5'000)).root.children.size(), 1'024U);
  EXPECT_EQ(english().parse(repeated("a ", 5'000), {.plain = true}).root.children.size(), 1'024U);
  EXPECT_EQ(english().canonical(repeated("(", 300) + "a" + repeated(")", 300)), "a");
}

TEST(Limits, CutAtAWholeCharacter) {
  const std::string typed = std::string(64 * 1024 - 1, ' ') + "\u00e9";
  const Parsed parsed = english().parse(typed);
  EXPECT_EQ(parsed.root.kind, NodeKind::nothing);
  ASSERT_EQ(parsed.notes.size(), 1U);
  EXPECT_EQ(parsed.notes[0].offset, 64U * 1024 - 1);
}

/// Pieces of the language and of the world.
const std::vector<std::string> kPieces = {"a",
                                          "b",
                                          "Ships",
                                          "co-operation",
                                          "O'Neill",
                                          "U.S.",
                                          "C++",
                                          "AT&T",
                                          "#tag",
                                          "122mm",
                                          "10-13",
                                          "AND",
                                          "OR",
                                          "XOR",
                                          "NOT",
                                          "NEAR",
                                          "NEAR/3",
                                          "ADJ/2",
                                          "and",
                                          "or",
                                          "(",
                                          ")",
                                          "(",
                                          ")",
                                          "\"",
                                          "\"",
                                          "~\"",
                                          "\"~3",
                                          "\"a b\"",
                                          "~",
                                          "=",
                                          "+",
                                          "-",
                                          "*",
                                          "?",
                                          "^2",
                                          "^0.5",
                                          "^",
                                          "~1",
                                          "~2",
                                          "title:",
                                          "source:",
                                          "author:",
                                          "lang:de",
                                          "date:1916",
                                          "date:..1917",
                                          "date:>1916-03",
                                          "date:",
                                          "year:1999",
                                          "year:1999..2003",
                                          "price:>5",
                                          "price:5..10",
                                          "price:-5",
                                          "og:title:x",
                                          "tilte:x",
                                          "Breaking:true",
                                          "published:1916-03",
                                          "url:http://a.b/c",
                                          "war*",
                                          "wo?d",
                                          "*ord",
                                          "word~1",
                                          "=word",
                                          "w\u0435apons",
                                          "=w\u0435apons",
                                          "\u0445\u043e\u0440",
                                          "weap\u00adons",
                                          "=weap\u00adons",
                                          "北京大学",
                                          "ประเทศไทย",
                                          "ああ",
                                          "résumé",
                                          "Straße",
                                          "\u201c",
                                          "\u201d",
                                          "\u00ab",
                                          "\uff08",
                                          "\uff09",
                                          "\u3000",
                                          ",",
                                          ".",
                                          ";",
                                          ":",
                                          "/",
                                          "\\",
                                          "&&",
                                          "||",
                                          "!",
                                          "--",
                                          "\xff",
                                          "\xe2\x80",
                                          std::string(1, '\0'),
                                          "\u200b",
                                          "e\u0301",
                                          "İ",
                                          "ﬁ",
                                          "①",
                                          "\u212a",
                                          "''",
                                          "_x_",
                                          "@name",
                                          "१२३",
                                          "שלום",
                                          "ʼ",
                                          "·",
                                          "col·legi",
                                          "http://a.b?c*d"};

/// The pieces in any order.
std::string token_soup(std::mt19937& random) {
  std::string text;
  const auto any_below = [&random](std::size_t bound) { return random() % bound; };
  for (std::size_t left = 1 + any_below(12); left > 0; --left) {
    text += kPieces[any_below(kPieces.size())];
    if (any_below(3) > 0) text += ' ';
  }
  return text;
}

TEST(RandomText, NeverFailsAndReadsBack) {
  const Index none({.analyzer = AnalyzerKind::none}, {});
  const Index many({}, {"en", "de", "fr", "ru"});
  for (unsigned seed = 0; seed < 2500 && !testing::Test::HasFailure(); ++seed) {
    std::mt19937 random(seed);
    const std::string typed = token_soup(random);
    const Index& index = seed % 8 == 0 ? none : seed % 8 == 1 ? many : english();
    const ParseOptions options{.any = seed % 3 == 0, .plain = seed % 11 == 0};
    const Parsed parsed = index.parse(typed, options);
    for (const QueryNote& note : parsed.notes) EXPECT_LE(note.offset, typed.size());
    expect_round_trip(index, parsed.root, "seed " + std::to_string(seed) + ": " + typed);
    EXPECT_TRUE(text::is_valid_utf8(typed) ? text::is_valid_utf8(to_text(parsed.root)) : true);
  }
}

TEST(RandomText, StrictParsingAgreesWhereItSucceeds) {
  for (unsigned seed = 0; seed < 800; ++seed) {
    std::mt19937 random(seed);
    const std::string typed = token_soup(random);
    const Parsed lenient = english().parse(typed);
    try {
      const Parsed strict = english().parse(typed, {.strict = true});
      EXPECT_TRUE(strict.root == lenient.root) << typed;
    } catch (const Error& error) {
      EXPECT_FALSE(lenient.notes.empty()) << typed;
      EXPECT_LE(error.offset(), typed.size());
      EXPECT_EQ(error.what(), lenient.notes.empty() ? "" : [&] {
        for (const QueryNote& note : lenient.notes) {
          if (note.offset == error.offset() && note.message == error.what()) return note.message;
        }
        return std::string();
      }()) << typed;
    }
  }
}

}  // namespace
}  // namespace stemma::query
