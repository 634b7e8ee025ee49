// What of a page is the article, and that hostile pages cost no more than others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "articles/formats.h"
#include "articles/html_references.h"
#include "articles/html_tokens.h"
#include "text/utf8.h"

namespace stemma::articles {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string body_of(const std::string& html) { return html_article(html).body; }
std::string title_of(const std::string& html) { return html_article(html).title; }

TEST(Html, SeparatesParagraphsByEmptyLines) {
  EXPECT_EQ(body_of("<p>One\n two</p><p>Three<p>Four<div>Five</div>six"),
            "One two\n\nThree\n\nFour\n\nFive\n\nsix");
}

TEST(Html, JoinsWhatIsInlineAndCollapsesSpaces) {
  EXPECT_EQ(body_of("<p>so<b>ft</b>  <i> and </i>\n<span>hard</span> . <unknown>x</unknown>"),
            "soft and hard . x");
}

TEST(Html, BreaksLinesAtBrAndParagraphsAtTwo) {
  EXPECT_EQ(body_of("a<br>b<br/><br>c<br><br><br><br>d<br>"), "a\nb\n\nc\n\nd");
}

TEST(Html, KeepsSpacesInPre) {
  EXPECT_EQ(body_of("<pre>\n a\r\n  b </pre><p> c  d"), " a\n  b\n\nc d");
}

TEST(Html, SetsTablesInRowsAndColumns) {
  EXPECT_EQ(body_of("<table><tr><th>h<th>i</tr><tr><td> 1 </td><td>2</td></table>x"),
            "h\ti\n1\t2\n\nx");
}

TEST(Html, LeavesOutWhatIsNoText) {
  EXPECT_EQ(body_of("a<script>var p = '<p>x</p>';</script><style>b{}</style><!-- c > d --><svg>"
                    "<title>e</title><text>f</text></svg><noscript>g</noscript><button>h</button>"
                    "<template><article>i</article></template><select><option>j</select>z"),
            "az");
}

TEST(Html, EndsRawTextOnlyAtItsOwnEndTag) {
  EXPECT_EQ(body_of("a<script>'</p></scripts></ script>'</SCRIPT >b"), "ab");
  EXPECT_EQ(body_of("a<script>never closed <p>b"), "a");
  EXPECT_EQ(body_of("a<title>never closed <p>b"), "anever closed\n\nb");
}

TEST(Html, LeavesOutNavigationAndOtherBoilerplate) {
  EXPECT_EQ(body_of("<header>Logo</header><nav>Home</nav><p>Text</p><aside>Ad</aside>"
                    "<footer>Imprint</footer>"),
            "Text");
}

TEST(Html, FallsBackToEverythingWhenNothingElseIsThere) {
  EXPECT_EQ(body_of("<nav>Home<p>All that there is</p>"), "Home\n\nAll that there is");
}

TEST(Html, PrefersArticleToMainToPage) {
  EXPECT_EQ(body_of("<p>Before</p><main><p>Main text</p></main><p>After"), "Main text");
  EXPECT_EQ(body_of("<main>Crumbs<article><header>By X</header><p>Text of it</p></article></main>"),
            "By X\n\nText of it");
}

TEST(Html, TakesTheLargestArticleAmongTeasers) {
  EXPECT_EQ(body_of("<article>The real one, much longer than all teasers are together</article>"
                    "<article>teaser one</article><article>teaser two</article>"),
            "The real one, much longer than all teasers are together");
  EXPECT_EQ(body_of("<article>one</article><article>two</article><article>six</article>"),
            "one\n\ntwo\n\nsix");
}

TEST(Html, IgnoresATinyArticleInALongPage) {
  EXPECT_THAT(body_of("<article>x</article><p>" + std::string(200, 'y') + "</p>"),
              HasSubstr("yyyy"));
}

TEST(Html, ClosesWhatWasLeftOpenInside) {
  EXPECT_EQ(body_of("<article><p>a</p><aside>b</article><p>c</p>"), "a");
  EXPECT_EQ(body_of("<div><nav>b</div></aside></nav>c"), "c");
}

TEST(Html, TakesTheFirstH1OfTheArticleAsTitleOutOfTheBody) {
  const Article article = html_article(
      "<title>Short | Site</title><meta property=og:title content='Social'>"
      "<article><h1>The <i>real</i>\n title</h1><p>Text<h2>Section</h2><p>More</article>");
  EXPECT_EQ(article.title, "The real title");
  EXPECT_EQ(article.body, "Text\n\nSection\n\nMore");
}

TEST(Html, TakesOgTitleThenTitle) {
  EXPECT_EQ(title_of("<title>T | Site</title><meta property='og:title' content='O &amp; P'><p>x"),
            "O & P");
  EXPECT_EQ(title_of("<title> T &ndash;\n U </title><p>x"), "T – U");
}

TEST(Html, CutsTheOutletOffTheTitle) {
  const std::string meta = "<meta property='og:site_name' content='The Bugle'>";
  EXPECT_EQ(title_of("<title>Fish found - The Bugle</title>" + meta), "Fish found");
  EXPECT_EQ(title_of("<title>About The Bugle</title>" + meta), "About The Bugle");
  EXPECT_EQ(title_of("<title>The Bugle</title>" + meta), "The Bugle");
}

TEST(Html, UsesAHeadlineInThePageHeaderIfTheTitleBeginsWithIt) {
  EXPECT_EQ(title_of("<title>Fish found :: Bugle</title><header><h1>Fish found</h1></header>"
                     "<main>Text</main>"),
            "Fish found");
  EXPECT_EQ(title_of("<title>Fish found :: Bugle</title><header><h1>Bugle</h1></header>"
                     "<main>Text</main>"),
            "Fish found :: Bugle");
}

TEST(Html, UsesALeadingHeadingWhenNothingElseNamesThePage) {
  const Article article = html_article("<h3>Heading</h3><p>Text");
  EXPECT_EQ(article.title, "Heading");
  EXPECT_EQ(article.body, "Text");
}

TEST(Html, KeepsAHeadingThatRepeatsNothing) {
  EXPECT_EQ(body_of("<title>Page</title><p>Text<h2>Section</h2>"), "Text\n\nSection");
}

TEST(Html, ReadsWhatTheHeadSays) {
  const Article article = html_article(
      "<HTML LANG='en-GB'><meta name=author content='Ann Lee'><meta property='article:author' "
      "content='https://x.org/ann'><meta name=AUTHOR content='Bo'>"
      "<meta property=article:published_time content=2021-03-04T05:06:07Z>"
      "<meta property='og:site_name' content='Bugle'><link rel=canonical href='/a?x=1&lang=2'>"
      "<meta name=keywords content='a, b'><meta property=article:tag content=t1>"
      "<meta property=article:tag content=t2><p>x");
  EXPECT_EQ(article.lang, "en");
  EXPECT_THAT(article.authors, ElementsAre("Ann Lee", "Bo"));
  EXPECT_EQ(article.date, "2021-03-04T05:06:07Z");
  EXPECT_EQ(article.source, "Bugle");
  EXPECT_EQ(article.url, "/a?x=1&lang=2");
  EXPECT_THAT(article.metadata,
              ElementsAre(MetadataField{"keywords", {"a, b"}}, MetadataField{"tag", {"t1", "t2"}}));
}

TEST(Html, PrefersADateThatIsOne) {
  EXPECT_EQ(html_article("<meta name=date content=yesterday><p><time datetime=2020-01-02>x").date,
            "2020-01-02");
  EXPECT_EQ(html_article("<meta name=date content=yesterday><p>x").date, "yesterday");
}

TEST(Html, SaysNoLanguageRatherThanAWrongOne) {
  EXPECT_EQ(html_article("<html lang=x-unknown>x").lang, "");
  EXPECT_EQ(html_article("<html lang='12'>x").lang, "");
  EXPECT_EQ(html_article("<html xml:lang=de_AT>x").lang, "de");
}

TEST(Html, ReadsXhtml) {
  EXPECT_EQ(body_of("<?xml version='1.0'?><html><head><script src='x'/><title/></head>"
                    "<body><p>a</p><![CDATA[<b>&amp;]]></body></html>"),
            "a\n\n<b>&amp;");
}

TEST(Html, TakesStrayMarkupAsText) {
  EXPECT_EQ(body_of("1 < 2 <3 & 4 &amp 5 &nosuch; <> </> a<b"), "1 < 2 <3 & 4 & 5 &nosuch; <> a");
}

TEST(Html, IgnoresMarkupInsideAttributes) {
  EXPECT_EQ(body_of("<a title='>' href=\"<p>\" x=a>b>c</a>d"), "b>cd");
}

TEST(Html, EndsCommentsAsBrowsersDo) {
  EXPECT_EQ(body_of("a<!-->b<!--->c<!-- > -- > -->d<!--x--!>e<!--!>f-->g<!doctype x>h<?y z>i"),
            "abcdeghi");
  EXPECT_EQ(body_of("a<!-- never closed <p>b"), "a");
}

TEST(HtmlReferences, DecodesNamesAndNumbers) {
  EXPECT_EQ(decode_references("&eacute;&EACUTE;&#233;&#xE9;&#XE9;&apos;&thetasym;&lt"),
            "é&EACUTE;ééé'ϑ<");
  EXPECT_EQ(decode_references("&#128;&#150;&#x81;&#0;&#xD800;&#x110000;&#99999999999;"),
            "€–\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(decode_references("&;&&#;&#x;&copyright;&copy-right&copy"),
            "&;&&#;&#x;&copyright;©-right©");
  EXPECT_EQ(decode_references("?a=1&lang=2&copy;", ReferencePlace::attribute), "?a=1&lang=2©");
}

TEST(HtmlTokens, FindAttributes) {
  const std::string tag = " a = 'x' B=\"y>\" c=z/ d e=&amp; a=2";
  EXPECT_EQ(attribute(tag, "a"), "x");
  EXPECT_EQ(attribute(tag, "b"), "y>");
  EXPECT_EQ(attribute(tag, "c"), "z/");
  EXPECT_EQ(attribute(tag, "d"), "");
  EXPECT_EQ(attribute(tag, "e"), "&");
  EXPECT_EQ(attribute(tag, "f"), std::nullopt);
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string text;
  for (; times > 0; --times) text += piece;
  return text;
}

TEST(Html, SurvivesAnyDepth) {
  for (const std::string tag : {"<div>", "<article>", "<nav>", "<svg>", "<pre>", "<b>", "<h1>"}) {
    EXPECT_LE(body_of(repeated(tag, 100000) + "x").size(), 1U) << tag;
  }
  EXPECT_EQ(body_of(repeated("<aside>", 100000) + "x" + repeated("</aside>", 100000) + "<p>y"),
            "y");
}

TEST(Html, TakesLinearTimeForFloods) {
  // Each would take minutes if anything here were quadratic.
  for (const std::string piece : {"<",
                                  "&",
                                  "&amp;",
                                  "&#",
                                  "<!--",
                                  "<![CDATA[",
                                  "<script>",
                                  "</script",
                                  "<title>",
                                  "<a b=",
                                  "<a \"",
                                  "</",
                                  "<?",
                                  "<nav></x>",
                                  "<p>",
                                  "<textarea>",
                                  "<meta name=a content=b>",
                                  "-->",
                                  "<article>a",
                                  "<svg></aside>",
                                  "\" '"}) {
    const std::string html = repeated(piece, 1'000'000 / piece.size());
    EXPECT_LE(body_of(html).size(), html.size()) << piece;
  }
  std::string attributes = "<meta ";
  for (int i = 0; i < 100000; ++i) attributes += "a" + std::to_string(i) + "=1 ";
  EXPECT_EQ(body_of(attributes + ">x"), "x");
}

TEST(Html, NeverShowsAScriptAndAlwaysGivesUtf8) {
  const std::string pieces[] = {"<p>",    "text",  "<script>", "SECRET",    "</script>",
                                "<!--",   "-->",   "&eacute;", "é",         "<nav>",
                                "</nav>", "<h1>",  "</h1>",    "<article>", "</article>",
                                "<pre>",  "<td>",  "<br>",     "<title>",   "</title>",
                                "&#x80;", "<svg>", "</svg>",   " ",         "\n"};
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random(seed);
    std::string html;
    bool in_script = false;
    for (std::size_t count = random() % 40; count > 0; --count) {
      const std::string& piece = pieces[random() % std::size(pieces)];
      if (piece == "SECRET" && !in_script) continue;
      if (piece == "<!--" || piece == "<title>") continue;
      if (piece == "<script>") in_script = true;
      if (piece == "</script>") in_script = false;
      html += piece;
    }
    const Article article = html_article(html);
    ASSERT_THAT(article.body, Not(HasSubstr("SECRET"))) << "seed " << seed << ": " << html;
    ASSERT_THAT(article.title, Not(HasSubstr("SECRET"))) << "seed " << seed << ": " << html;
    ASSERT_TRUE(text::is_valid_utf8(article.body)) << "seed " << seed;
    if (html.find("<pre>") == std::string::npos) {
      ASSERT_THAT(article.body, Not(HasSubstr("\n\n\n"))) << "seed " << seed << ": " << html;
    }
  }
}

}  // namespace
}  // namespace stemma::articles
