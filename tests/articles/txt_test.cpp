// The title rule of plain text, and that the rest stays byte for byte.
#include <gtest/gtest.h>

#include <string>

#include "articles/formats.h"

namespace stemma::articles {
namespace {

std::string title_of(const std::string& text) { return txt_article(text).title; }

TEST(Txt, TakesAShortFirstLineAsTitleOutOfTheBody) {
  const Article article =
      txt_article("Kim to visit Putin\n\nThe first paragraph.\n\nThe second.\n");
  EXPECT_EQ(article.title, "Kim to visit Putin");
  EXPECT_EQ(article.body, "The first paragraph.\n\nThe second.\n");
}

TEST(Txt, NeedsNoEmptyLineBehindTheTitle) {
  const Article article = txt_article("Title\nBody");
  EXPECT_EQ(article.title, "Title");
  EXPECT_EQ(article.body, "Body");
}

TEST(Txt, LeavesALineThatEndsASentenceInTheBody) {
  for (const std::string end :
       {".", "!", "?", "…", ".”", "!\"", "?’", ".)", "。", ".\")", "...\u00bb"}) {
    const std::string text = "He said so" + end + "\n\nMore.";
    EXPECT_EQ(title_of(text), "") << end;
    EXPECT_EQ(txt_article(text).body, text) << end;
  }
}

TEST(Txt, TakesALineThatEndsOtherwise) {
  for (const std::string line : {"Talks: what we know:", "One, two,", "Talks with ‘friend’",
                                 "Prices up 3%", "No. 5", "The end -", "Was it (again)"}) {
    EXPECT_EQ(title_of(line + "\n\nMore."), line);
  }
}

TEST(Txt, CountsCharactersNotBytes) {
  std::string exactly;
  for (int i = 0; i < 120; ++i) exactly += "é";
  EXPECT_EQ(title_of(exactly + "\nMore"), exactly);
  EXPECT_EQ(title_of(exactly + "é\nMore"), "");
}

TEST(Txt, TakesNoTitleThatNothingFollows) {
  for (const std::string text : {"Only a line", "Only a line\n", "Only a line\n\n \t\r\n"}) {
    EXPECT_EQ(title_of(text), "") << text;
    EXPECT_EQ(txt_article(text).body, text);
  }
}

TEST(Txt, SkipsEmptyLinesBeforeAndAfterTheTitle) {
  const Article article = txt_article("\n \r\n\t Title \r\n \n\n  Indented.\r\n");
  EXPECT_EQ(article.title, "Title");
  EXPECT_EQ(article.body, "  Indented.\r\n");
}

TEST(Txt, KeepsABodyWithoutTitleByteForByte) {
  const std::string text = "\n\n  A sentence.\r\n\r\nAnother\ttab.\n\n\n";
  EXPECT_EQ(txt_article(text).body, text);
}

TEST(Txt, ReadsNothingFromNothing) {
  for (const std::string text : {"", "\n", " "}) {
    EXPECT_EQ(title_of(text), "");
    EXPECT_EQ(txt_article(text).body, text);
  }
}

TEST(Txt, AcceptsOldMacLineEnds) {
  const Article article = txt_article("Title\rBody.\rMore.");
  EXPECT_EQ(article.title, "Title");
  EXPECT_EQ(article.body, "Body.\rMore.");
}

}  // namespace
}  // namespace stemma::articles
