// Text that is read without lexer and parser means what it means to them.
#include "query/simple_text.h"

#include <gtest/gtest.h>

#include "query_fixture.h"
#include "small_random.h"

namespace stemma::query {
namespace {

void expect_same(const Node& direct, const Node& general, const std::string& typed) {
  ASSERT_TRUE(direct == general) << typed << "\n" << to_tree_text(direct) << to_tree_text(general);
  ASSERT_EQ(direct.typed.begin, general.typed.begin) << typed;
  ASSERT_EQ(direct.typed.end, general.typed.end) << typed;
  for (std::size_t i = 0; i < direct.children.size(); ++i) {
    expect_same(direct.children[i], general.children[i], typed);
  }
}

std::string random_piece(SmallRandom& random) {
  static constexpr const char* kPieces[] = {
      "ferries",
      "Ferries",
      "RETURNED",
      "a",
      "B",
      "c",
      "x86",
      "86x",
      "2023",
      "OR",
      "OR",
      "OR",
      "or",
      "not",
      "xor",
      "AND",
      "NOT",
      "XOR",
      "NEAR",
      "ADJ",
      "near",
      "Or",
      "and",
      "I",
      "U",
      "S",
      "caf\xc3\xa9",
      "-a",
      "+b",
      "C++",
      "a.b",
      "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbc",
      "year",
      "year:5",
      "(",
      ")",
      "\"",
      "a*",
      "b~",
      "\t",
      "o",
      "zero\0",
      "resumes",
      "organisations",
      "incomprehensibilities",
      "pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicros"};
  // Mostly of the first few: text that both can read.
  const std::size_t kinds = random() % 4 == 0 ? std::size(kPieces) : 12;
  std::string piece = kPieces[random() % kinds];
  if (random() % 16 == 0) {
    piece.clear();
    for (auto size = 1 + random() % 70; size > 0; --size) {
      piece += "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[random() % 62];
    }
  }
  return piece;
}

std::string random_text(SmallRandom& random) {
  const bool phrase = random() % 3 == 0;
  std::string text(random() % 3, ' ');
  if (phrase) text += '"';
  text += std::string(random() % 2, ' ');
  for (auto pieces = random() % (random() % 20 == 0 ? 40 : 7); pieces > 0; --pieces) {
    text += random_piece(random);
    if (pieces > 1 || random() % 4 == 0) text += std::string(1 + random() % 2, ' ');
  }
  if (phrase && random() % 10 != 0) text += '"';
  return text + std::string(random() % 3, ' ');
}

// With tokens wanted for `explain`, parse() goes the long way.
TEST(SimpleText, MeansWhatTheParserSays) {
  IndexOptions none;
  none.analyzer = AnalyzerKind::none;
  const Index indexes[] = {Index(), Index({}, {"de", "en", "fr"}), Index({}, {}), Index(none),
                           Index({}, {"xx"})};
  std::size_t simple = 0;
  for (std::uint32_t seed = 0; seed < 20'000; ++seed) {
    SmallRandom random(seed);
    const std::string typed = random_text(random);
    const Index& index = indexes[seed % std::size(indexes)];
    const ParseOptions options{.any = random() % 2 == 0, .strict = random() % 2 == 0};
    const ParseContext context{index.analyzer, index.languages, index.fields};
    const auto direct = read_simple(typed, context, options);
    if (!direct) continue;
    ++simple;
    const Parsed general = parse(typed, context, options);
    ASSERT_TRUE(general.notes.empty()) << seed << " " << typed << ": " << general.notes[0].message;
    expect_same(*direct, general.root, typed);
    const Parsed found =
        parse(typed, {index.analyzer, index.languages, index.fields, false}, options);
    expect_same(found.root, general.root, typed);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(simple, 5'000U);
}

TEST(SimpleText, IsWhatIsMostlyTyped) {
  const ParseContext context{english().analyzer, english().languages, english().fields};
  for (const char* typed : {"ferries", "ferries returned", " Ferries  returned ", "\"a b\"",
                            "\"ferries\"", "a OR b", "a b OR c", "1984", "\"a OR b\""}) {
    EXPECT_TRUE(read_simple(typed, context, {})) << typed;
  }
}

TEST(SimpleText, IsNothingThatANoteIsMadeOf) {
  const ParseContext context{english().analyzer, english().languages, english().fields};
  for (const char* typed :
       {"",     " ",       "\"",        "\"\"",   "\" \"",  "\"a",         "a\"",     "OR",
        "a OR", "OR a",    "a OR OR b", "A OR B", "a or b", "a NOT b",     "a AND b", "a NEAR b",
        "a\"b", "\"a\" b", "\"a\"b\"",  "a:b",    "a*",     "caf\xc3\xa9", "86x",     "a-b",
        "a\tb"}) {
    EXPECT_FALSE(read_simple(typed, context, {})) << typed;
  }
}

}  // namespace
}  // namespace stemma::query
