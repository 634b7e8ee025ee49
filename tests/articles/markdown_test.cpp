// Markdown: the text without its marks, the title out of the body, the front matter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "articles/byte_source.h"
#include "articles/formats.h"

namespace stemma::articles {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Markdown, TakesTheLeadingHeadingAsTitleOutOfTheBody) {
  for (const std::string heading :
       {"# A *title*", "### A title ###", "A title\n=======", "A title\n---"}) {
    const Article article = markdown_article(heading + "\n\nText.\n");
    EXPECT_EQ(article.title, "A title") << heading;
    EXPECT_EQ(article.body, "Text.") << heading;
  }
}

TEST(Markdown, TakesALaterH1ButNoLaterSection) {
  EXPECT_EQ(markdown_article("Teaser.\n\n# Title\n\nText.").title, "Title");
  EXPECT_EQ(markdown_article("Teaser.\n\n# Title\n\nText.").body, "Teaser.\n\nText.");
  EXPECT_EQ(markdown_article("Text.\n\n## Section\n\nMore.").title, "");
  EXPECT_EQ(markdown_article("Text.\n\n## Section\n\nMore.").body, "Text.\n\nSection\n\nMore.");
  EXPECT_EQ(markdown_article("## First\n\n# Second").title, "First");
}

TEST(Markdown, TakesNoFirstLineForATitle) {
  EXPECT_EQ(markdown_article("A line\n\nText.").title, "");
}

TEST(Markdown, KeepsTheTextWithoutItsMarks) {
  EXPECT_EQ(markdown_article("Some **bold**, `code`, [a link](http://x \"t\"), ![alt](p.png), "
                             "&eacute; &amp; \\* ~~old~~ <b>tag</b>.\nSoft\nbreak  \nhard.")
                .body,
            "Some bold, code, a link, alt, é & * old tag.\nSoft\nbreak\nhard.");
}

TEST(Markdown, SeparatesBlocks) {
  EXPECT_EQ(
      markdown_article("- a\n- b\n\n  c\n\n> quote\n\n```\ncode\n\nmore\n```\n\n* * *\n\nend").body,
      "a\n\nb\n\nc\n\nquote\n\ncode\n\nmore\n\nend");
  EXPECT_EQ(markdown_article("|h|i|\n|---|---|\n|1|2|\n|3|4|\n\nx").body, "h\ti\n1\t2\n3\t4\n\nx");
}

TEST(Markdown, ReadsHtmlBlocksAsHtml) {
  EXPECT_EQ(markdown_article("a\n\n<div>\n<script>bad()</script>in &amp; side</div>\n\n"
                             "<!-- note -->\n\n<nav>menu</nav>\n\nb")
                .body,
            "a\n\nin & side\n\nb");
}

TEST(Markdown, ReplacesNul) {
  EXPECT_EQ(markdown_article(std::string_view("a\0b", 3)).body, "a\uFFFDb");
}

TEST(Markdown, ReadsFrontMatter) {
  const Article article = markdown_article(
      "---\n# comment\nid: k-1\ntitle: \"A \\\"quoted\\\" title\"\ndate: 1916-03\n"
      "author:\n  - Ann Lee\n  - 'O''Neill'\nsource: AP # the agency\nlang: en\nurl: http://x/y#z\n"
      "tags: [a, 'b, c', 3, true]\ndraft: false\nn: -1.5\nversion: 1.2.3\nnothing: null\nquoted: "
      "\"7\"\nplace:\n  city: Rome\n  geo:\n    lat: 1\n  country: IT\nnote: |\n  one\n\n    two\n"
      "folded: >\n  three\n  four\nafter: x\n---\n\nText.\n");
  EXPECT_EQ(article.key, "k-1");
  EXPECT_EQ(article.title, "A \"quoted\" title");
  EXPECT_EQ(article.date, "1916-03");
  EXPECT_THAT(article.authors, ElementsAre("Ann Lee", "O'Neill"));
  EXPECT_EQ(article.source, "AP");
  EXPECT_EQ(article.lang, "en");
  EXPECT_EQ(article.url, "http://x/y#z");
  EXPECT_EQ(article.body, "Text.");
  EXPECT_THAT(
      article.metadata,
      ElementsAre(MetadataField{"tags", {"a", "b, c", 3.0, true}}, MetadataField{"draft", {false}},
                  MetadataField{"n", {-1.5}}, MetadataField{"version", {"1.2.3"}},
                  MetadataField{"quoted", {"7"}}, MetadataField{"place.city", {"Rome"}},
                  MetadataField{"place.geo.lat", {1.0}}, MetadataField{"place.country", {"IT"}},
                  MetadataField{"note", {"one\n\ntwo"}}, MetadataField{"folded", {"three four"}},
                  MetadataField{"after", {"x"}}));
}

TEST(Markdown, PrefersTheFrontMattersTitleAndDropsItsRepetition) {
  const Article article = markdown_article("---\ntitle: T\n---\n# Other\n\nText.\n\n## T\n\nMore.");
  EXPECT_EQ(article.title, "T");
  EXPECT_EQ(article.body, "Other\n\nText.\n\nMore.");
  EXPECT_EQ(markdown_article("---\ntitle:\n---\n# H\n\nText.").title, "H");
}

TEST(Markdown, TakesARuleForNoFrontMatter) {
  EXPECT_EQ(markdown_article("---\nJust text.\n\n---\n\nMore.").body, "Just text.\n\nMore.");
  EXPECT_EQ(markdown_article("---\nkey: never closed\n").body, "key: never closed");
  EXPECT_EQ(markdown_article("----\na: b\n----\n").metadata.size(), 0U);
  EXPECT_EQ(markdown_article("---").body, "");
}

TEST(Markdown, NeverFailsOnStrangeFrontMatter) {
  const Article article = markdown_article(
      "---\r\na: [unclosed, \"q\r\n- item without key\r\n: x\r\nb: \"unclosed\r\nc:   \r\n"
      "plain line\r\n\t- d\r\ne: 'x\r\n---\r\nText.");
  EXPECT_EQ(article.body, "Text.");
}

TEST(Markdown, SurvivesAnyDepthAndFloods) {
  for (const std::string piece : {"> ", "- ", "[", "*", "`", "<div>", "![", "*a **b ", "&", "|a"}) {
    std::string text;
    while (text.size() < 300'000) text += piece;
    EXPECT_LE(markdown_article(text + "\n\nend").body.size(), text.size() + 20) << piece;
  }
}

}  // namespace
}  // namespace stemma::articles
