// Look-alike letters: the table, what one word says, and decisions in their run.
#include "text/look_alikes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "text/random_text.h"

namespace stemma::text {
namespace {

std::vector<Character> characters_of(std::u32string_view word) {
  std::vector<Character> characters;
  for (const char32_t code : word) characters.push_back({code, {}});
  return characters;
}

/// Words separated by spaces; a word after a full stop starts a sentence.
std::vector<LookAlikeFold> decide(std::u32string_view text) {
  std::vector<WordScripts> words;
  bool starts = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(U' '), text.size());
    std::u32string_view word = text.substr(0, end);
    const bool ends = word.back() == U'.';
    if (ends) word.remove_suffix(1);
    words.push_back(scripts_of(characters_of(word)));
    words.back().starts_sentence = starts;
    starts = ends;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return decide_look_alikes(words);
}

/// The decision on the word at `at`.
LookAlikeFold decide_at(std::u32string_view text, std::size_t at) { return decide(text)[at]; }

constexpr auto kKeep = LookAlikeFold::keep;
constexpr auto kLatin = LookAlikeFold::to_latin;
constexpr auto kForeign = LookAlikeFold::to_foreign;

TEST(LookAlikes, TableIsSortedAndAboutLettersOfOneCase) {
  const auto table = look_alike_table();
  EXPECT_GE(table.size(), 90U);
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_TRUE(i == 0 || table[i - 1].foreign < table[i].foreign);
    EXPECT_TRUE(info(table[i].foreign).look_alike);
    EXPECT_EQ(info(table[i].latin).script, Script::latin);
    EXPECT_LT(table[i].latin, 0x80U);
    const Script script = info(table[i].foreign).script;
    EXPECT_NE(script, Script::latin);
    EXPECT_NE(script, Script::none);
    // Cherokee capitals and Cyrillic palochka aside, case is kept.
    if (script != Script::cherokee) {
      EXPECT_EQ(info(table[i].foreign).upper, info(table[i].latin).upper)
          << std::hex << static_cast<std::uint32_t>(table[i].foreign);
    }
  }
}

TEST(LookAlikes, DoublesOfLatinLettersAreTheirOwnDoubles) {
  for (const Script script : {Script::cyrillic, Script::greek}) {
    std::size_t pairs = 0;
    for (char32_t code = 'A'; code <= 'z'; ++code) {
      const char32_t foreign = foreign_double(code, script);
      if (foreign == code) continue;
      ++pairs;
      EXPECT_EQ(latin_double(foreign), code);
      EXPECT_EQ(info(foreign).script, script);
    }
    EXPECT_GE(pairs, 20U);
  }
}

TEST(LookAlikes, FoldsEachPairInEachPlaceOfALatinWord) {
  for (const LookAlikePair& pair : look_alike_table()) {
    for (std::size_t at = 0; at < 4; ++at) {
      std::u32string word = U"drmk";  // no letter with a double
      word[at] = pair.foreign;
      EXPECT_EQ(decide_at(U"the " + word + U" talks", 1), kLatin)
          << std::hex << static_cast<std::uint32_t>(pair.foreign) << " at " << at;
      EXPECT_EQ(decide_at(word, 0), kLatin) << std::hex << static_cast<std::uint32_t>(pair.foreign);
      EXPECT_EQ(folded_look_alike(pair.foreign, kLatin, info(pair.foreign).script), pair.latin);
    }
  }
}

TEST(LookAlikes, LeavesPlainWordsOfEveryScript) {
  for (const std::u32string_view text :
       {U"weapons", U"Москва", U"хор поёт", U"και το νερό", U"ընկեր օր", U"ᎠᏂᏴᏫᏯ", U"שלום", U"CEO",
        U"Яndex", U"123"}) {
    for (const LookAlikeFold fold : decide(text)) EXPECT_EQ(fold, kKeep);
  }
}

TEST(LookAlikes, GoesWhereAllLettersCanGo) {
  EXPECT_EQ(decide_at(U"Mосква", 0), kForeign);  // Latin M, the rest Cyrillic
  EXPECT_EQ(decide_at(U"Рutin", 0), kLatin);     // Cyrillic Р
  EXPECT_EQ(decide_at(U"это Рutin сказал", 1), kLatin);
  EXPECT_EQ(decide_at(U"the Mосква talks", 1), kForeign);
}

TEST(LookAlikes, LetsNeighboursDecideWhenBothWaysAreOpen) {
  EXPECT_EQ(decide_at(U"they еyе them", 1), kLatin);
  EXPECT_EQ(decide_at(U"они хopа ждут", 1), kForeign);
  // Another sentence is no neighbour, the document is.
  EXPECT_EQ(decide_at(U"Они ждут. xор. Давно лежит", 2), kForeign);
  EXPECT_EQ(decide_at(U"They read. xор. Then think", 2), kLatin);
}

TEST(LookAlikes, FoldsAWholeWordOnlyInLatinDocumentsAndLatinRuns) {
  EXPECT_EQ(decide_at(U"drink some сосоа today", 2), kLatin);
  EXPECT_EQ(decide_at(U"пьём какао сосоа сегодня", 2), kKeep);
  EXPECT_EQ(decide_at(U"Жди меня дома. сосоа. Потом пойдём", 3), kKeep);  // the document decides
  // A Russian quotation: the neighbour has letters without doubles.
  EXPECT_EQ(decide_at(U"he said хор поёт loudly to them", 2), kKeep);
  EXPECT_EQ(decide_at(U"he said с 1941 года loudly to them", 2), kKeep);
  // Three neighbours on each side count, a fourth does not, nor one in another sentence.
  EXPECT_EQ(decide_at(U"long English text here жди ас ас ас to them", 5), kKeep);
  EXPECT_EQ(decide_at(U"long English text here жди ас ас ас to them", 7), kKeep);
  EXPECT_EQ(decide_at(U"long English text here жди ас ас ас ас to them", 8), kLatin);
  EXPECT_EQ(decide_at(U"long English text they read жди. ас went to them", 6), kLatin);
}

TEST(LookAlikes, CountsTellingLettersOnly) {
  // Every a, c, e, i, o, p, s, x, y is Cyrillic: fewer than half of the letters are Latin.
  EXPECT_EQ(decide_at(U"thе реасе рrосеѕѕ іѕ а ѕhоw", 1), kLatin);
}

TEST(LookAlikes, LeavesGreekOfScience) {
  EXPECT_EQ(decide_at(U"the IFNα level", 1), kKeep);
  EXPECT_EQ(decide_at(U"the TNF α level", 2), kKeep);
  EXPECT_EQ(decide_at(U"frequency ν is low", 1), kKeep);
  EXPECT_EQ(decide_at(U"this is Α test", 2), kLatin);
  EXPECT_EQ(decide_at(U"the gοοd level", 1), kLatin);
}

TEST(LookAlikes, LeavesPhoneticsAlone) {
  EXPECT_EQ(decide_at(U"said as ɑ in English", 2), kKeep);
  EXPECT_EQ(decide_at(U"said ɡɑːdən in English", 1), kKeep);  // ə has no double
  EXPECT_EQ(decide_at(U"the ɡold price", 1), kLatin);
}

TEST(LookAlikes, FoldsSeveralForeignScriptsToLatinOnly) {
  EXPECT_EQ(decide_at(U"the gοоd level", 1), kLatin);  // Greek and Cyrillic o
  EXPECT_EQ(decide_at(U"ходит gοоd рядом", 1), kLatin);
  EXPECT_FALSE(scripts_of(characters_of(U"аοa")).can_be_foreign());
}

TEST(LookAlikes, NeverFailsOnAnyWords) {
  testing::for_all_seeds(1000, [](std::mt19937& random) {
    std::vector<WordScripts> words;
    const std::size_t size = testing::below(random, 8);
    static constexpr std::u32string_view kLetters = U"aebАаежοπԱօɑɡ1שĳ";
    for (std::size_t i = 0; i < size; ++i) {
      std::u32string word;
      for (std::size_t j = testing::below(random, 4) + 1; j > 0; --j) {
        word.push_back(kLetters[testing::below(random, kLetters.size())]);
      }
      words.push_back(scripts_of(characters_of(word)));
      words.back().starts_sentence = testing::below(random, 3) == 0;
    }
    const auto folds = decide_look_alikes(words);
    ASSERT_EQ(folds.size(), words.size());
    for (std::size_t i = 0; i < size; ++i) {
      ASSERT_TRUE(folds[i] != kLatin || words[i].can_be_latin());
      ASSERT_TRUE(folds[i] != kForeign || (words[i].can_be_foreign() && words[i].mixed()));
    }
  });
}

}  // namespace
}  // namespace stemma::text
