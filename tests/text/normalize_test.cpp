// Accent folding: the table, the scripts in which marks are letters, and its algebra.
#include "text/normalize.h"

#include <gtest/gtest.h>

#include <set>

#include "text/characters.h"
#include "text/random_text.h"
#include "text/utf8.h"

namespace stemma::text {
namespace {

using testing::any_text;
using testing::for_all_seeds;

std::string normal_form(std::string_view text) {
  std::vector<Character> characters;
  CharacterReader reader;
  reader.read(text, {0, static_cast<std::uint32_t>(text.size())}, characters);
  std::string out;
  append_normal_form(characters, out);
  return out;
}

TEST(Fold, TakesAccentsOffAsReadersDo) {
  const std::pair<const char*, const char*> cases[] = {{"résumé", "resume"},
                                                       {"straße", "strasse"},
                                                       {"smørrebrød", "smorrebrod"},
                                                       {"łódź", "lodz"},
                                                       {"œuvre", "oeuvre"},
                                                       {"æsir", "aesir"},
                                                       {"ſeven", "seven"},
                                                       {"đak", "dak"},
                                                       {"ðegn", "degn"},
                                                       {"þing", "thing"},
                                                       {"ılık", "ilik"},
                                                       {"ħaġar", "hagar"},
                                                       {"ŋ", "n"},
                                                       {"phở", "pho"},
                                                       {"ǿ", "o"},
                                                       {"ǽ", "ae"},
                                                       {"ño", "no"},
                                                       {"ç", "c"},
                                                       {"col·legi", "collegi"},
                                                       {"ŀ", "l"},
                                                       {"ə", "e"},
                                                       {"e\u0301", "e"},
                                                       {"å", "a"},
                                                       {"ș", "s"},
                                                       {"ήλιος", "ηλιοσ"},
                                                       {"ᾳ", "α"},
                                                       {"ΐ", "ι"},
                                                       {"ёлка", "елка"},
                                                       {"за\u0301мок", "замок"},
                                                       {"ѐ", "е"},
                                                       {"שָׁלוֹם", "שלום"},
                                                       {"צה״ל", "צהל"},
                                                       {"كُتُب", "كتب"},
                                                       {"أحمد", "احمد"},
                                                       {"إلى", "الى"},
                                                       {"العـربية", "العربية"},
                                                       {"می\u200cخواهم", "میخواهم"},
                                                       {"ascii", "ascii"},
                                                       {"", ""}};
  for (const auto& [word, folded] : cases) EXPECT_EQ(fold(word), folded) << word;
}

TEST(Fold, LeavesMarksThatAreLetters) {
  for (const char* word : {"йога", "їжак", "ўзор", "ѓавол", "ќе", "हिन्दी", "தமிழ்", "ไทย", "がぎぐ",
                           "カナ", "한국어", "བོད", "မြန်မာ", "বাংলা", "ղեկ"}) {
    EXPECT_EQ(fold(word), to_nfc(word)) << word;
  }
  EXPECT_EQ(fold("и\u0306"), "й");
}

TEST(Fold, IsIdempotentOnEveryCharacter) {
  for (char32_t code = 0x20; code < 0x1f000; ++code) {
    if (code >= 0xac00 && code < 0xe000) continue;  // Hangul, surrogates
    std::string text;
    append_utf8(text, code);
    const std::string once = fold(text);
    ASSERT_EQ(fold(once), once) << std::hex << static_cast<std::uint32_t>(code);
    const std::string word = fold(normal_form(text));
    ASSERT_EQ(fold(normal_form(word)), word) << std::hex << static_cast<std::uint32_t>(code);
  }
}

TEST(Fold, IsIdempotentOnAnyWord) {
  for_all_seeds(2000, [](std::mt19937& random) {
    const std::string word = any_text(
        random, U"aeАеиαιΐكاשßİı\u0300\u0301\u0308\u0306\u0345\u0654\u05b7\u093cकが\u3099·ſ", 8);
    const std::string once = fold(word);
    ASSERT_EQ(fold(once), once) << word;
    ASSERT_TRUE(is_valid_utf8(once));
  });
}

TEST(NormalForm, IsStableOnEveryCharacter) {
  for (char32_t code = 0x20; code < 0x1f000; ++code) {
    if (code >= 0xac00 && code < 0xe000) continue;
    std::string text;
    append_utf8(text, code);
    const std::string once = normal_form(text);
    ASSERT_EQ(normal_form(once), once) << std::hex << static_cast<std::uint32_t>(code);
  }
}

TEST(NormalForm, IsTheSameForAllWaysToWriteOneWord) {
  EXPECT_EQ(normal_form("RE\u0301SUME\u0301"), normal_form("résumé"));
  EXPECT_EQ(normal_form("ＦＵＬＬ"), "full");
  EXPECT_EQ(normal_form("𝐛𝐨𝐥𝐝"), "bold");
  EXPECT_EQ(normal_form("ﬁﬂ"), "fifl");
  EXPECT_EQ(normal_form("H₂O"), "h2o");
  EXPECT_EQ(normal_form("Ⅳ"), "iv");
  EXPECT_EQ(normal_form("co\u00adop"), "coop");
  EXPECT_EQ(normal_form("\u202eabc\u202c\ufeff"), "abc");
  EXPECT_EQ(normal_form("O’Neill"), "o'neill");
  EXPECT_EQ(normal_form("10–13"), "10-13");
  EXPECT_EQ(normal_form("ｶﾞ"), "ガ");
  EXPECT_EQ(normal_form("İstanbul"), "istanbul");
  EXPECT_EQ(normal_form("STRASSE"), "strasse");
  EXPECT_EQ(normal_form("STRAẞE"), "straße");
  EXPECT_EQ(normal_form("ΟΔΟΣ"), normal_form("οδος"));
}

TEST(NormalForm, KeepsWhatNfkcWouldSpoil) {
  EXPECT_EQ(normal_form("5½"), "5½");
  EXPECT_EQ(normal_form("word²"), "word²");
  EXPECT_EQ(normal_form("Word™"), "word™");
}

TEST(NormalForm, KeepsJoinersOnlyWhereTheyMeanSomething) {
  EXPECT_EQ(normal_form("a\u200cb"), "ab");
  EXPECT_EQ(normal_form("a\u200db"), "ab");
  EXPECT_EQ(normal_form("می\u200cخواهم"), "می\u200cخواهم");
  EXPECT_EQ(normal_form("क्\u200dष"), "क्\u200dष");
  EXPECT_EQ(normal_form("می\u200c"), "می");
  EXPECT_EQ(normal_form("می\u200c\u200bخ"), "می\u200cخ");
}

TEST(CharacterReader, CountsAndPlacesWhatItDropsAndRepairs) {
  std::vector<Character> characters;
  CharacterReader reader;
  const std::string text =
      "a\u00ad\u200bb\xff"
      "c";
  reader.read(text, {0, static_cast<std::uint32_t>(text.size())}, characters);
  EXPECT_EQ(reader.dropped, 2U);
  EXPECT_EQ(reader.bad_places, 1U);
  ASSERT_EQ(characters.size(), 4U);
  EXPECT_TRUE(characters[1].after_hidden);
  EXPECT_EQ(characters[1].bytes, (ByteRange{6, 7}));
  EXPECT_EQ(characters[2].code, kReplacement);
  EXPECT_EQ(characters[2].bytes, (ByteRange{7, 8}));
}

TEST(FoldingTable, HasNoLetterTwice) {
  const std::string table = folding_table();
  std::set<std::string> seen;
  for (std::size_t at = 0; at < table.size();) {
    const std::size_t end = table.find('\t', at);
    EXPECT_TRUE(seen.insert(table.substr(at, end - at)).second) << table.substr(at, end - at);
    at = table.find('\n', end) + 1;
  }
  EXPECT_GT(seen.size(), 40U);
}

}  // namespace
}  // namespace stemma::text
