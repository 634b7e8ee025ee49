// Accented words are found by their plain spelling and back, in every language with a stemmer.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analysis/analysis_text.h"
#include "analysis/languages.h"
#include "analysis/word_forms.h"
#include "text/normalize.h"
#include "text/random_text.h"
#include "text/utf8.h"

namespace stemma::analysis {
namespace {

using testing::finds;

/// Common words of many languages.
const std::vector<std::string> kCommonWords = {"résumé",
                                               "résumés",
                                               "naïveté",
                                               "garçons",
                                               "élèves",
                                               "œuvres",
                                               "Straße",
                                               "Mädchen",
                                               "häufigkeiten",
                                               "größere",
                                               "año",
                                               "niñas",
                                               "corazón",
                                               "canções",
                                               "informações",
                                               "città",
                                               "perché",
                                               "smørrebrød",
                                               "kærlighed",
                                               "ångström",
                                               "flickörna",
                                               "yötä",
                                               "työntekijöiden",
                                               "házakban",
                                               "gyűlölet",
                                               "çocuklarımız",
                                               "ığdır",
                                               "şehirler",
                                               "acțiunile",
                                               "țărilor",
                                               "łódź",
                                               "żółtych",
                                               "đački",
                                               "školama",
                                               "ñandú",
                                               "þing",
                                               "ðegn",
                                               "ſeveral",
                                               "æsir",
                                               "mhíniú",
                                               "bhéarfaidh",
                                               "cavallería",
                                               "preguntàvem",
                                               "žmonėmis",
                                               "knygų",
                                               "ελευθερία",
                                               "ανθρώπους",
                                               "προϊόντα",
                                               "ёлками",
                                               "перевёл",
                                               "أحمد",
                                               "إلى",
                                               "كُتُب",
                                               "שָׁלוֹם"};

/// Words with accents: the common ones, and random ones with the endings that stemmers look for.
std::vector<std::string> accented_words() {
  std::vector<std::string> words = kCommonWords;
  const std::u32string letters = U"aeioubcdghklmnrst";
  const std::u32string accented = U"áàâäãåéèêëíìîïóòôöõøúùûüñçßæœłđðþışğžščřůőűāēīūąęėų";
  const std::vector<std::string> endings = {"",      "s",     "es",   "ing",  "ed",    "ées",
                                            "ément", "ações", "ção",  "ität", "ungen", "heten",
                                            "arna",  "ään",   "ción", "ità",  "ések",  "lardı",
                                            "ului",  "ės",    "ość",  "ème",  "ösa"};
  std::mt19937 random(7);
  for (int i = 0; i < 1500; ++i) {
    std::string word;
    for (std::uint32_t j = testing::below(random, 6) + 2; j > 0; --j) {
      const auto& from = testing::below(random, 3) == 0 ? accented : letters;
      text::append_utf8(word, from[testing::below(random, from.size())]);
    }
    words.push_back(word + endings[testing::below(random, endings.size())]);
  }
  return words;
}

TEST(Accents, NeverSeparateAWordFromItsPlainSpellingInAnyLanguage) {
  const std::vector<std::string> words = accented_words();
  std::vector<std::string> languages = known_languages();
  languages.emplace_back("und");
  std::size_t accented = 0;
  for (const std::string& word : words) {
    const std::string plain = text::fold(word);
    if (plain == word) continue;
    ++accented;
    for (const std::string& language : languages) {
      ASSERT_TRUE(finds(plain, word, language)) << plain << " in " << word << ", " << language;
      ASSERT_TRUE(finds(word, plain, language)) << word << " in " << plain << ", " << language;
      ASSERT_TRUE(finds(word, word, language)) << word << ", " << language;
    }
  }
  EXPECT_GT(accented, 1000U);
}

TEST(Accents, GiveOneStemWhereTheyChangeNothing) {
  const AnalyzedText text = testing::english().analyze("", "plain words Résumé", "");
  EXPECT_EQ(text.tokens[0].stem_alt, "");
  EXPECT_EQ(text.tokens[0].folded, "");
  EXPECT_EQ(text.tokens[2].stem, "resume");
  EXPECT_EQ(text.tokens[2].stem_alt, "resum");
  EXPECT_EQ(text.tokens[2].folded, "resume");
}

TEST(WordForms, AreTheSameFromTheCacheInAnyOrder) {
  // More words than the cache holds in one pair; each is asked for again and again.
  testing::for_all_seeds(20, [](std::mt19937& random) {
    const auto languages = static_cast<std::uint32_t>(language_table().size());
    Arena arena(1024);
    for (int i = 0; i < 2000; ++i) {
      const std::string word = testing::any_text(random, U"aeisngédя", 5);
      if (word.empty()) continue;
      const auto language = static_cast<LanguageId>(testing::below(random, languages));
      const WordForms forms = forms_of(arena.copy_padded(word), language, arena);
      const std::string stem = text::fold(snowball_stem(word, language));
      const std::string folded = text::fold(word);
      const std::string alt = text::fold(snowball_stem(folded, language));
      ASSERT_EQ(forms.stem, stem.empty() ? folded : stem) << word;
      ASSERT_EQ(forms.folded, folded == word ? "" : folded) << word;
      ASSERT_EQ(forms.stem_alt, folded == word || alt == forms.stem ? "" : alt) << word;
    }
  });
}

TEST(WordForms, StemmersKeepNoMemoryOfOtherWords) {
  const std::vector<std::string> words = accented_words();
  for (std::size_t id = 0; id < language_table().size(); ++id) {
    const auto language = static_cast<LanguageId>(id);
    std::vector<std::string> forward;
    for (std::size_t i = 0; i < 200; ++i) forward.push_back(snowball_stem(words[i], language));
    for (std::size_t i = 200; i-- > 0;) {
      ASSERT_EQ(snowball_stem(words[i], language), forward[i])
          << words[i] << " " << language_table()[id].code;
    }
  }
}

TEST(Languages, AnswerToManyNames) {
  for (const char* name : {"en", "EN", "eng", "English", "en-GB", "en_US"}) {
    EXPECT_EQ(canonical_language(name), "en") << name;
  }
  EXPECT_EQ(canonical_language("nb"), "no");
  EXPECT_EQ(canonical_language("ger"), "de");
  EXPECT_EQ(canonical_language("pt-BR"), "pt");
  for (const char* name : {"", "-", "zh", "english language", "e", "porter"}) {
    EXPECT_EQ(canonical_language(name), "") << name;
  }
}

TEST(Languages, AreSortedAndAllHaveAStemmer) {
  const std::vector<std::string> codes = known_languages();
  EXPECT_TRUE(std::is_sorted(codes.begin(), codes.end()));
  EXPECT_EQ(codes.size(), 28U);
  for (std::size_t id = 0; id < codes.size(); ++id) {
    EXPECT_EQ(find_language(codes[id]), id);
    EXPECT_FALSE(snowball_stem("word", static_cast<LanguageId>(id)).empty());
  }
}

}  // namespace
}  // namespace stemma::analysis
