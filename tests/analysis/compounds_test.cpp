// The table of tricky words, and that article and query side read it alike.
#include "analysis/compounds.h"

#include <gtest/gtest.h>

#include "analysis/analysis_text.h"

namespace stemma::analysis {
namespace {

using testing::english;
using testing::finds;
using testing::finds_verbatim;
using testing::tokens_of;

const std::pair<const char*, const char*> kTable[] = {
    {"don't", "1:[don't] 1:don 2:t"},
    {"O’Neill", "1:[o'neill] 1:o 2:neill"},
    {"п’ять", "1:п'ять"},
    {"co-operation", "1:[co-operation] 1:co 2:operation"},
    {"PYONGYANG-North", "1:[pyongyang-north] 1:pyongyang 2:north"},
    {"10-13", "1:[10-13] 1:10 2:13"},
    {"10–13", "1:[10-13] 1:10 2:13"},
    {"122mm", "1:[122mm] 1:122 2:mm"},
    {"5.5km", "1:[5.5km] 1:5.5 2:km"},
    {"1990s", "1:[1990s] 1:1990 2:s"},
    {"20th", "1:[20th] 1:20 2:th"},
    {"MP3", "1:mp3"},
    {"H1N1", "1:h1n1"},
    {"4x4", "1:4x4"},
    {"B-52", "1:[b-52] 1:b 2:52"},
    {"U.S.", "1:[u.s] 1:us"},
    {"the U.S. army", "1:the 2:[u.s] 2:us 3:army"},
    {"U.S.-led", "1:[u.s.-led] 1:us 2:led"},
    {"p.m.", "1:[p.m] 1:pm"},
    {"J.K. Rowling", "1:[j.k] 1:jk 2:rowling"},
    {"A. Smith", "1:a 2:smith"},
    {"Ph.D.", "1:[ph.d] 1:ph 2:d"},
    {"example.com.", "1:[example.com] 1:example 2:com"},
    {"3.14 1,000 1.2.3", "1:3.14 2:1,000 3:1.2.3"},
    {"10:30", "1:[10:30] 1:10 2:30"},
    {"a:b", "1:a 2:b"},
    {"AT&T", "1:[at&t] 1:at 2:t"},
    {"R&D", "1:[r&d] 1:r 2:d"},
    {"and/or", "1:[and/or] 1:and 2:or"},
    {"24/7", "1:[24/7] 1:24 2:7"},
    {"jo.doe@c-d.org", "1:[jo.doe@c-d.org] 1:jo 2:doe 3:c 4:d 5:org"},
    {"snake_case", "1:[snake_case] 1:snake 2:case"},
    {"_stress_", "1:stress"},
    {"__init__", "1:init"},
    {"a_\u0301_b", "1:[a_\u0301_b] 1:a 2:b"},
    {"_\u0301\u0301_or", "1:or"},
    {"a\u0327_b", "1:[a\u0327_b] 1:a\u0327 2:b"},
    {"C++", "1:[c++] 1:c"},
    {"C++, C#.", "1:[c++] 1:c 2:[c#] 2:c"},
    {"A+", "1:[a+] 1:a"},
    {"A+B", "1:a 2:b"},
    {"x+++", "1:x"},
    {"#MeToo", "1:[#metoo] 1:metoo"},
    {"(#MeToo)", "1:[#metoo] 1:metoo"},
    {"##x", "1:[#x] 1:x"},
    {"@name", "1:[@name] 1:name"},
    {"#1", "1:[#1] 1:1"},
    {"col·legi", "1:col·legi"},
    {"war—and", "1:war 2:and"},
    {"and--or", "1:and 2:or"},
    {"rock'n'roll", "1:[rock'n'roll] 1:rock 2:n 3:roll"},
    {"l'Équipe", "1:[l'équipe] 1:l 2:équipe"},
    {"‘to meet’", "1:to 2:meet"},
    {"dogs' tail", "1:dogs 2:tail"},
    {"Putin’s", "1:[putin's] 1:putin 2:s"},
    {"צה\"ל", "1:צה\"ל"},
    {"end.Next", "1:[end.next] 1:end 2:next"},
    {"https://a.bc/d", "1:https 2:[a.bc/d] 2:a 3:bc 4:d"},
    {"!?… — ", ""},
    {"", ""},
};

TEST(Compounds, FollowTheTable) {
  for (const auto& [written, tokens] : kTable) {
    EXPECT_EQ(tokens_of(written), tokens) << written;
  }
}

TEST(Compounds, AreFoundAsWholesAndByTheirParts) {
  for (const char* written :
       {"don't", "O'Neill", "co-operation", "U.S.", "AT&T", "122mm", "10-13", "PYONGYANG-North",
        "jo.doe@c-d.org", "C++", "#MeToo", "U.S.-led", "24/7", "snake_case", "Ph.D.", "10:30"}) {
    const std::string article = std::string("Before ") + written + ", after.";
    EXPECT_TRUE(finds_verbatim(written, article)) << written;
    EXPECT_TRUE(finds(written, article, "en")) << written;
    for (const QueryWord& part : english().analyze_query(written, {"en"})) {
      EXPECT_TRUE(finds_verbatim(part.words.front(), article)) << written << " " << part.text;
    }
  }
}

TEST(Compounds, AreFoundInEveryTypography) {
  EXPECT_TRUE(finds_verbatim("O'Neill", "O’Neill"));
  EXPECT_TRUE(finds_verbatim("O’Neill", "O'Neill"));
  EXPECT_TRUE(finds_verbatim("10-13", "10–13"));
  EXPECT_TRUE(finds_verbatim("co‑operation", "co-operation"));
  EXPECT_TRUE(finds("122 mm", "a 122mm shell", "en"));
  EXPECT_TRUE(finds("122mm", "a 122 mm shell", "en"));
  EXPECT_TRUE(finds("US", "the U.S. army", "en"));
  EXPECT_TRUE(finds("U.S.", "the US army", "en"));
  EXPECT_TRUE(finds("п'ять", "п’ять", "und"));
}

TEST(Compounds, HaveNoWholeThatNobodyTypes) {
  std::string path = "a";
  for (int i = 0; i < 20; ++i) path += "/b";
  EXPECT_EQ(tokens_of(path).find('['), std::string::npos);
  const std::string long_whole = std::string(100, 'x') + "-" + std::string(100, 'y');
  EXPECT_EQ(tokens_of(long_whole).find('['), std::string::npos);
}

TEST(Compounds, StandWhereTheyAreWritten) {
  const AnalyzedText text = english().analyze("", "see #AT&T-style, ok", "");
  ASSERT_EQ(text.tokens.size(), 6U);
  EXPECT_EQ(text.tokens[1].bytes, (ByteRange{4, 15}));
  EXPECT_EQ(text.tokens[2].bytes, (ByteRange{5, 7}));
  EXPECT_EQ(text.tokens[4].bytes, (ByteRange{10, 15}));
}

}  // namespace
}  // namespace stemma::analysis
