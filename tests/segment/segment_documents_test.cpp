// Documents, articles and columns at their edges.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "segment_model.h"
#include "stemma/error.h"

namespace stemma::segment {
namespace {

TEST(SegmentDocuments, NoneIsASegmentToo) {
  const Folder folder;
  const auto segment = build({}, folder);
  segment->verify();
  EXPECT_EQ(segment->document_count(), 0U);
  EXPECT_EQ(segment->shortest_length(), 0U);
  EXPECT_FALSE(segment->find_key(""));
  EXPECT_FALSE(segment->ordinal_of(0));
  EXPECT_TRUE(segment->languages().empty());
  EXPECT_THROW((void)segment->article(0), Error);
  EXPECT_THROW((void)segment->key(0), Error);
  EXPECT_THROW((void)segment->doc_id(0), Error);
}

TEST(SegmentDocuments, IdsMayLieFarApart) {
  Model model = plain_documents(3);
  model.documents[1].id = 1'000'000;
  model.documents[2].id = kEndOfList - 1;
  const Folder folder;
  const auto segment = build(model, folder);
  segment->verify();
  EXPECT_EQ(segment->doc_id(2), kEndOfList - 1);
  EXPECT_EQ(segment->ordinal_of(1'000'000), 1U);
  EXPECT_EQ(segment->ordinal_of(999'999), std::nullopt);
  EXPECT_EQ(segment->ordinal_of(kEndOfList - 1), 2U);
}

TEST(SegmentDocuments, TheLatestOfEqualKeysIsFound) {
  Model model = plain_documents(4);
  model.documents[1].key = model.documents[3].key = "same";
  model.documents[0].key = "";
  const Folder folder;
  const auto segment = build(model, folder);
  EXPECT_EQ(segment->find_key("same"), 3U);
  EXPECT_EQ(segment->find_key(""), 0U);
}

TEST(SegmentDocuments, SectionsAddUpToTheFile) {
  std::mt19937 random(41);
  const Folder folder;
  const auto segment = build(any_model(random, 300), folder);
  std::uint64_t sum = 0;
  std::vector<std::string> names;
  for (const auto& [name, bytes] : segment->section_sizes()) {
    sum += bytes;
    names.push_back(name);
  }
  EXPECT_EQ(sum, std::filesystem::file_size(folder.in("a.seg")));
  EXPECT_THAT(names, testing::UnorderedElementsAre("head", "articles", "postings", "dictionary",
                                                   "words", "documents", "keys", "starts",
                                                   "columns", "footer", "checksums"));
}

TEST(SegmentDocuments, ArticlesOfAllSizesComeBackWithADictionary) {
  std::mt19937 random(42);
  Model model = plain_documents(3000);
  const std::string words[] = {"the ", "ship ", "sailed ", "north ", "again ", "and ", "\n"};
  for (auto& document : model.documents) {
    document.article.clear();
    const auto length = random() % 100 == 0 ? random() % 40'000 : random() % 2000;
    while (document.article.size() < length) {
      document.article += words[random() % std::size(words)];
      document.article += static_cast<char>('a' + random() % 26);
    }
  }
  model.documents[1700].article.assign(3'000'000, 'x');  // shrinks a thousandfold
  model.documents[2999].article.clear();
  const Folder folder;
  const auto segment = build(model, folder);
  for (Ordinal doc = 0; doc < 3000; ++doc) {
    ASSERT_EQ(segment->article(doc), model.documents[doc].article) << doc;
  }
  segment->verify();
}

TEST(SegmentDocuments, LanguagesAreCounted) {
  Model model = plain_documents(3);
  model.documents[1].language = "de";
  const Folder folder;
  const auto segment = build(model, folder);
  ASSERT_EQ(segment->languages().size(), 2U);
  EXPECT_EQ(segment->languages()[0].language, "de");
  EXPECT_EQ(segment->languages()[0].documents, 1U);
  EXPECT_EQ(segment->languages()[1].documents, 2U);
}

TEST(SegmentColumns, ExtremeNumbersComeBack) {
  using Limits = std::numeric_limits<double>;
  Model model = plain_documents(9);
  const double values[] = {-0.0, Limits::infinity(), Limits::denorm_min(), -Limits::max(), 0.1};
  for (const double value : values) model.numbers["n"].push_back({3, value});
  model.numbers["n"].push_back({8, Limits::quiet_NaN()});
  const Folder folder;
  const auto segment = build(model, folder);
  const auto found = segment->numbers("n");
  ASSERT_EQ(found.size(), 6U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(found[i].value, values[i]);
    EXPECT_EQ(std::signbit(found[i].value), std::signbit(values[i]));
  }
  EXPECT_TRUE(std::isnan(found[5].value));
}

TEST(SegmentColumns, ExtremeDatesComeBack) {
  Model model = plain_documents(9);
  const std::vector<DateInterval> dates{
      {INT64_MIN, INT64_MAX}, {0, 0}, {INT64_MAX, INT64_MAX}, {INT64_MIN, INT64_MIN}, {-1, 86'398}};
  model.documents[4].dates = dates;
  model.documents[7].dates = {dates[4]};
  const Folder folder;
  const auto segment = build(model, folder);
  segment->verify();
  const auto found = segment->dates("date");
  ASSERT_EQ(found.size(), 6U);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(found[i].value, dates[i]);
  EXPECT_EQ(segment->date(4), dates[0]);
  EXPECT_EQ(segment->date(7), dates[4]);
  EXPECT_EQ(segment->date(5), std::nullopt);
}

TEST(SegmentColumns, ValuesAreOrderedByDocumentWhateverTheOrderOfTheCalls) {
  const Folder folder;
  SegmentWriter writer(folder.in("a.seg"), {});
  for (DocId doc = 1; doc < 4; ++doc) writer.add_document({.doc = doc});
  writer.add_number("b", {2, 1});
  writer.add_number("b", {0, 2});
  writer.add_number("b", {2, 3});
  writer.add_date("a", {1, {5, 6}});
  writer.add_date("b", {0, {5, 6}});
  writer.finish();
  const auto segment = Segment::open(folder.in("a.seg"));
  EXPECT_THAT(segment->column_names(), testing::ElementsAre("a", "b"));
  const auto found = segment->numbers("b");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].value, 2);
  EXPECT_EQ(found[1].value, 1);
  EXPECT_EQ(found[2].value, 3);
}

}  // namespace
}  // namespace stemma::segment
