// The logical model, read off single articles.
#include "compile/document_terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/term.h"

namespace stemma::compile {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

DocumentTerms terms_of(const Article& article, const IndexOptions& options = {}) {
  return document_terms(article, analysis::Analyzer(options));
}

const DocumentTerm* find(const DocumentTerms& terms, const std::string& key) {
  const auto place = std::find_if(terms.terms.begin(), terms.terms.end(),
                                  [&](const DocumentTerm& term) { return term.term == key; });
  return place == terms.terms.end() ? nullptr : &*place;
}

std::uint32_t frequency(const DocumentTerms& terms, const std::string& key) {
  const DocumentTerm* term = find(terms, key);
  return term == nullptr ? 0 : term->term_frequency;
}

std::vector<std::uint32_t> positions(const DocumentTerms& terms, const std::string& key) {
  const DocumentTerm* term = find(terms, key);
  return term == nullptr ? std::vector<std::uint32_t>{} : term->positions;
}

Article titled(const std::string& title, const std::string& body) {
  Article article;
  article.key = "k";
  article.title = title;
  article.body = body;
  return article;
}

TEST(DocumentTerms, GivesWordsPositionsAndStemsCounts) {
  const DocumentTerms terms = terms_of(titled("", "ships ship Ships"));
  EXPECT_EQ(frequency(terms, "wships"), 2U);
  EXPECT_EQ(frequency(terms, "wship"), 1U);
  EXPECT_THAT(positions(terms, "wships"), SizeIs(2));
  EXPECT_EQ(frequency(terms, "sship"), 3U);
  EXPECT_THAT(positions(terms, "sship"), IsEmpty());
}

TEST(DocumentTerms, CountsATitleWordMoreInUnprefixedTermsOnly) {
  const DocumentTerms terms = terms_of(titled("ships", "ships"), {.title_weight = 5});
  EXPECT_EQ(frequency(terms, "wships"), 6U);
  EXPECT_EQ(frequency(terms, "sship"), 6U);
  EXPECT_EQ(frequency(terms, "Wships"), 1U);
  EXPECT_EQ(frequency(terms, "Sship"), 1U);
  EXPECT_EQ(terms.title_length, 1U);
}

TEST(DocumentTerms, PutsTheBodyAHundredAfterTheTitle) {
  const DocumentTerms terms = terms_of(titled("red ships", "sail"));
  EXPECT_THAT(positions(terms, "wred"), ElementsAre(1));
  EXPECT_THAT(positions(terms, "wships"), ElementsAre(2));
  EXPECT_THAT(positions(terms, "wsail"), ElementsAre(102));
  EXPECT_THAT(positions(terms, "Wsail"), IsEmpty());
}

TEST(DocumentTerms, HasTheSumOfAllCountsAsLength) {
  const Article article = titled("red ships", "the ships sail");
  const DocumentTerms terms = terms_of(article);
  std::uint32_t sum = 0;
  for (const DocumentTerm& term : terms.terms) sum += term.term_frequency;
  EXPECT_EQ(terms.length, sum);
  EXPECT_GT(terms.length, 0U);
}

TEST(DocumentTerms, AscendByKeyWithoutRepeats) {
  const DocumentTerms terms = terms_of(titled("co-operation of AT&T", "résumé Résumé the the"));
  EXPECT_TRUE(std::is_sorted(terms.terms.begin(), terms.terms.end(),
                             [](const auto& a, const auto& b) { return a.term <= b.term; }));
  for (const DocumentTerm& term : terms.terms) {
    EXPECT_TRUE(std::is_sorted(term.positions.begin(), term.positions.end(), [](auto a, auto b) {
      return a <= b;
    })) << term.term;
  }
}

TEST(DocumentTerms, KeepsTheWholeOfACompoundWithoutCount) {
  const DocumentTerms terms = terms_of(titled("", "co-operation"));
  ASSERT_NE(find(terms, "wco-operation"), nullptr);
  EXPECT_EQ(frequency(terms, "wco-operation"), 0U);
  EXPECT_THAT(positions(terms, "wco-operation"), SizeIs(1));
  EXPECT_EQ(positions(terms, "wco"), positions(terms, "wco-operation"));
  EXPECT_EQ(frequency(terms, "woperation"), 1U);
}

TEST(DocumentTerms, MapsStemsAndFoldedFormsToWords) {
  const DocumentTerms terms = terms_of(titled("", "ships résumé"));
  const auto has = [&](const std::string& key, const std::string& word) {
    return std::find(terms.words.begin(), terms.words.end(), std::pair(key, word)) !=
           terms.words.end();
  };
  EXPECT_TRUE(has("sship", "ships"));
  EXPECT_TRUE(has("fresume", "résumé"));
  EXPECT_TRUE(std::is_sorted(terms.words.begin(), terms.words.end()));
}

TEST(DocumentTerms, MakesMetadataFindableWithoutChangingTheLength) {
  Article article = titled("", "ships");
  const std::uint32_t length = terms_of(article).length;
  article.source = "Evening Post";
  article.url = "https://Post.example/a-b";
  article.authors = {"Ann Lee", "Bo"};
  article.metadata = {{"section", {std::string("front page"), true}}, {"pages", {2.5}}};
  const DocumentTerms terms = terms_of(article);
  EXPECT_EQ(terms.length, length);
  EXPECT_THAT(positions(terms, field_term_key("source", "post")), ElementsAre(2));
  EXPECT_THAT(positions(terms, field_term_key("url", "https")), ElementsAre(1));
  EXPECT_THAT(positions(terms, field_term_key("url", "post")), ElementsAre(2));
  EXPECT_THAT(positions(terms, field_term_key("url", "b")), ElementsAre(5));
  EXPECT_THAT(positions(terms, field_term_key("author", "lee")), ElementsAre(2));
  EXPECT_THAT(positions(terms, field_term_key("author", "bo")), ElementsAre(102));
  EXPECT_THAT(positions(terms, field_term_key("section", "true")), ElementsAre(102));
  EXPECT_NE(find(terms, field_term_key("lang", "en")), nullptr);
  ASSERT_THAT(terms.numbers, SizeIs(1));
  EXPECT_EQ(terms.numbers[0].column, "pages");
  EXPECT_EQ(terms.numbers[0].value, 2.5);
  for (const DocumentTerm& term : terms.terms) {
    if (layer_of(term.term) == TermLayer::field_word) {
      EXPECT_EQ(term.term_frequency, 0U);
    }
  }
}

TEST(DocumentTerms, TakesDatesFromTheArticleAndFromFullIsoTexts) {
  Article article = titled("", "x");
  article.date = "1916-03";
  article.metadata = {{"printed", {std::string("1916-03-05"), std::string("1916")}}};
  const DocumentTerms terms = terms_of(article);
  ASSERT_THAT(terms.dates, SizeIs(1));
  EXPECT_EQ(terms.dates[0].last - terms.dates[0].first + 1, 31 * 86400);
  ASSERT_THAT(terms.column_dates, SizeIs(1)) << "1916 alone is a number or a word, no full date";
  EXPECT_EQ(terms.column_dates[0].column, "printed");
  article.date = "yesterday";
  EXPECT_THAT(terms_of(article).dates, IsEmpty());
}

TEST(DocumentTerms, OfAnAnalyzerThatDoesNothingAreTheWordsAlone) {
  const DocumentTerms terms = terms_of(titled("", "Ships SAIL Ships"), {AnalyzerKind::none});
  EXPECT_EQ(frequency(terms, "wShips"), 2U);
  EXPECT_EQ(frequency(terms, "wSAIL"), 1U);
  EXPECT_EQ(terms.length, 3U);
  EXPECT_THAT(terms.words, IsEmpty());
}

}  // namespace
}  // namespace stemma::compile
