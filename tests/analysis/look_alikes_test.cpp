// Look-alike letters in articles and queries: hidden English is found, real Russian, Ukrainian,
// Bulgarian, Serbian and Greek stays what it is.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "analysis/analysis_text.h"
#include "text/look_alikes.h"
#include "text/random_text.h"
#include "text/utf8.h"

namespace stemma::analysis {
namespace {

using testing::english;
using testing::finds;
using testing::tokens_of;

// Written for this test; full of short words made of look-alikes alone.
constexpr std::string_view kGenuine[] = {
    // Russian
    "В среду утром хор из Самары приехал в наш город. Они пели о море, о весне и о том, как с горы "
    "сошёл снег. Все, кто пришёл, сидели тихо, а потом долго хлопали. Он сказал: «Мы ехали сюда "
    "два "
    "дня, с нами были и дети». Её сосед, сухой старик, рассмеялся. На сцене стоял один рояль. То, "
    "что "
    "случилось в 1945 году, они помнят до сих пор. Не все остались на ужин. ТАСС сообщил об этом в "
    "тот же вечер. У меня есть Хор Турецкого на старой кассете, а у него — ноты. Теперь о погоде: "
    "с "
    "утра морось, а к вечеру — туман. Ах, как хороша роса! Сосна у реки скрипела, и сорока не "
    "спала.",
    // Ukrainian
    "У суботу біля річки зібралися всі сусіди. Вони приїхали з сусіднього села і привезли сир, "
    "хліб "
    "та яблука. Він і вона сіли поруч, а їхні діти бігали по траві. П’ять хвилин потому пішов дощ. "
    "Ніхто не образився, бо в хаті було тепло. Оса сіла на сир, і всі засміялися. Це було у 1998 "
    "році, "
    "але й досі про те свято розповідають. У нас є ще й новини про врожай: вівса мало, а кукурудзи "
    "вистачить. Хор співав до ночі.",
    // Bulgarian
    "Вчера в София се проведе среща на учителите. Те говориха за новите книги и за времето, което "
    "децата прекарват пред екрана. Една от тях каза, че с повече търпение всичко се оправя. Хората "
    "в залата се смееха. Сега остава само да се намерят пари. А какво ще стане с хора на "
    "пенсионерите? "
    "Той пее всяка неделя в 10 часа. Ето и още нещо: в парка има нова пейка, до нея расте бор.",
    // Serbian
    "Јуче је у Новом Саду отворена изложба старих слика. Она је рекла да јој је драго што су сви "
    "дошли. Он је стајао по страни и ћутао. Сат је откуцао пет, а онда се хор огласио са спрата. "
    "Ту "
    "су били и гости из Осијека. Осам људи је остало до касно. Не зна се ко ће доћи сутра, али се "
    "прича да ће бити и музике. То је све за сада, а о томе ћемо још писати.",
    // Greek
    "Το πρωί ο δήμαρχος μίλησε με τους κατοίκους για το νερό και τα έργα. Όλοι ήταν ήσυχοι, αν και "
    "η "
    "ώρα είχε περάσει. Ο γιος του, που σπουδάζει στην Πάτρα, ήρθε με το τρένο. Η ΕΕ έδωσε τα "
    "χρήματα, "
    "το ΝΑΤΟ όχι. Και τώρα τι; Αυτό ρωτούν οι νέοι. Το βράδυ έπεσε βροχή, και ο άνεμος έφερε "
    "μυρωδιά "
    "από πεύκο. Αν όλα πάνε καλά, σε δύο χρόνια το νησί θα έχει νέα λιμάνι και ένα σχολείο ακόμα.",
};

constexpr std::string_view kEnglish =
    "The report came out on Monday and was read by many people in the town. Nobody at the mill had "
    "known about it before. The letter that the visitor read aloud said this: ";

std::uint32_t counted(const AnalyzedText& text) {
  return static_cast<std::uint32_t>(std::count_if(
      text.tokens.begin(), text.tokens.end(), [](const Token& token) { return !token.is_whole; }));
}
std::string changed_words(const AnalyzedText& text) {
  std::string out;
  for (const Token& token : text.tokens) {
    if (!token.raw.empty()) out += std::string(token.raw) + " → " + std::string(token.word) + ", ";
  }
  return out;
}
std::uint32_t changed(const AnalyzedText& text) {
  return static_cast<std::uint32_t>(std::count_if(text.tokens.begin(), text.tokens.end(),
                                                  [](const Token& t) { return !t.raw.empty(); }));
}

TEST(GenuineText, StaysAloneAndQuotedInEnglish) {
  std::uint32_t words = 0;
  std::uint32_t folded = 0;
  std::string which;
  for (const std::string_view passage : kGenuine) {
    const std::string quoted = std::string(kEnglish) + "“" + std::string(passage) +
                               "” Then all went home, said the report.";
    for (const std::string& body : {std::string(passage), quoted}) {
      const AnalyzedText text = english().analyze("", body, "");
      words += counted(text);
      folded += changed(text);
      which += changed_words(text);
    }
    // Sentence by sentence in long English articles.
    for (std::size_t at = 0; at < passage.size();) {
      const std::size_t end = std::min(passage.find(". ", at), passage.size() - 1) + 1;
      std::string body;
      for (int i = 0; i < 5; ++i) body += kEnglish;
      body += "“" + std::string(passage.substr(at, end - at)) + "” And so on.";
      const AnalyzedText text = english().analyze("", body, "");
      folded += changed(text);
      words += counted(english().analyze("", passage.substr(at, end - at), ""));
      which += changed_words(text);
      at = end;
    }
  }
  EXPECT_GT(words, 1000U);
  EXPECT_LE(folded * 1000, words) << folded << " of " << words << ": " << which;
}

TEST(HiddenText, IsFoundWhicheverShareOfItsLettersIsReplaced) {
  // Letters of kEnglish are replaced with probability 10 to 100 %, from the Cyrillic part of the
  // table.
  const std::string clean = tokens_of(kEnglish);
  testing::for_all_seeds(200, [&](std::mt19937& random) {
    const std::uint32_t percent = 10 * (1 + testing::below(random, 10));
    std::string body;
    for (const char byte : kEnglish) {
      char32_t code = static_cast<std::uint8_t>(byte);
      for (const text::LookAlikePair& pair : text::look_alike_table()) {
        if (pair.latin == code && text::info(pair.foreign).script == text::Script::cyrillic &&
            testing::below(random, 100) < percent) {
          code = pair.foreign;
          break;
        }
      }
      text::append_utf8(body, code);
    }
    ASSERT_EQ(tokens_of(body), clean) << percent;
  });
}

TEST(HiddenText, KeepsPlaceStemAndRawForm) {
  const AnalyzedText text = english().analyze("Mееt", "thе wеapons-talks", "");
  EXPECT_EQ(tokens_of(text), "1:meet 101:the 102:[weapons-talks] 102:weapons 103:talks");
  EXPECT_EQ(text.tokens[0].raw, "mееt");
  EXPECT_EQ(text.tokens[2].raw, "wеapons-talks");
  EXPECT_EQ(text.tokens[3].raw, "wеapons");
  EXPECT_EQ(text.tokens[3].stem, "weapon");
  EXPECT_EQ(text.tokens[4].raw, "");
  EXPECT_EQ(text.folded_letters, 4U);
}

TEST(HiddenText, AsksNeighboursOfItsOwnSentenceOnly) {
  const std::string before = "Long English text that they read there. ";
  EXPECT_EQ(english().analyze("", before + "Жди! Сосоа went.", "").folded_letters, 5U);
  EXPECT_EQ(english().analyze("", before + "Жди, сосоа went.", "").folded_letters, 0U);
}

TEST(HiddenText, FoldsCapitalsBeforeCase) {
  // Н is drawn like H, small н not like h.
  EXPECT_EQ(tokens_of("the Нouse and ТНE ВANK"), "1:the 2:house 3:and 4:the 5:bank");
}

TEST(PlainAscii, IsNeverChanged) {
  testing::for_all_seeds(500, [](std::mt19937& random) {
    std::string body;
    for (int i = 0; i < 60; ++i) {
      body.push_back(static_cast<char>(
          testing::below(random, 2) == 0 ? 'a' + static_cast<int>(testing::below(random, 26))
                                         : 0x20 + static_cast<int>(testing::below(random, 0x5f))));
    }
    const AnalyzedText text = english().analyze("", body, "");
    ASSERT_EQ(text.folded_letters + text.dropped_characters + changed(text), 0U) << body;
  });
}

TEST(DoubtfulQuery, IsSearchedFoldedAndAsTyped) {
  using Words = std::vector<std::string>;
  const auto words_of = [](std::string_view query) {
    return english().analyze_query(query, {"en", "ru"}).front().words;
  };
  EXPECT_EQ(words_of("хор"), (Words{"xop", "хор"}));
  EXPECT_EQ(words_of("wеapons"), (Words{"weapons", "wеapons"}));
  EXPECT_EQ(words_of("Mосква"), (Words{"москва", "mосква"}));
  EXPECT_EQ(words_of("weapons"), (Words{"weapons"}));
  EXPECT_EQ(words_of("peace"), (Words{"peace"}));
  EXPECT_EQ(words_of("Москва"), (Words{"москва"}));
  EXPECT_EQ(words_of("Яndex"), (Words{"яndex"}));
  // Both ways are open.
  EXPECT_EQ(words_of("еyе"), (Words{"eye", "еуе", "еyе"}));
  // A compound: the whole in the readings of its parts.
  EXPECT_EQ(words_of("wеapons-talks"), (Words{"weapons-talks", "wеapons-talks"}));
  EXPECT_EQ(english().analyze_query("wеapons", {"en"}).front().raw, "wеapons");
}

TEST(DoubtfulQuery, FindsWhatItsLettersSayAndWhatTheyHide) {
  EXPECT_TRUE(finds("хор", "Вчера хор пел в саду", "ru"));
  EXPECT_TRUE(finds("wеapons", "the weapons talks", "en"));
  EXPECT_TRUE(finds("weapons", "the wеapons talks", "en"));
  EXPECT_TRUE(finds("wеapons", "the wеapons talks", "en"));
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Seeds, AreReadAsTheEnglishTheyAre) {
  const std::filesystem::path folder =
      std::filesystem::path(STEMMA_SOURCE_DIR).parent_path() / "shared" / "data" / "seeds";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no seed articles in " << folder;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    ++files;
    const std::string body = file_text(entry.path());
    const AnalyzedText text = english().analyze("", body, "en");
    EXPECT_TRUE(finds("letters", body, "en")) << entry.path();
    EXPECT_TRUE(finds("artillery", body, "en")) << entry.path();
    const bool disguised = entry.path().filename().string().rfind("001", 0) == 0;
    EXPECT_EQ(changed(text) > 0, disguised) << entry.path();
    for (const Token& token : text.tokens) EXPECT_TRUE(text::is_ascii(token.word)) << token.word;
    if (!disguised) continue;
    const auto meet = std::find_if(text.tokens.begin(), text.tokens.end(),
                                   [](const Token& token) { return token.raw == "mееt"; });
    ASSERT_NE(meet, text.tokens.end());
    EXPECT_EQ(meet->word, "meet");
  }
  EXPECT_EQ(files, 5U);
}

}  // namespace
}  // namespace stemma::analysis
