// Articles that a merge copies from segment to segment, block by block.
#include <gtest/gtest.h>

#include <random>

#include "base/files.h"
#include "segment_model.h"
#include "stemma/error.h"

namespace stemma::segment {
namespace {

/// Text that shrinks by a quarter at most.
std::string dense_text(std::mt19937& random, std::size_t size) {
  std::string text;
  while (text.size() < size) {
    text.push_back(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ."[random() % 64]);
  }
  return text;
}

Model of_articles(const std::vector<std::string>& articles) {
  Model model = plain_documents(static_cast<Ordinal>(articles.size()));
  for (std::size_t i = 0; i < articles.size(); ++i) model.documents[i].article = articles[i];
  return model;
}

/// A segment of all articles of the sources, copied; without terms.
std::shared_ptr<const Segment> copied(const std::vector<std::shared_ptr<const Segment>>& sources,
                                      const std::filesystem::path& path) {
  SegmentWriter writer(path, {});
  DocId doc = 0;
  for (const auto& source : sources) writer.copy_articles(*source);
  for (const auto& source : sources) {
    for (Ordinal i = 0; i < source->document_count(); ++i) {
      DocumentFacts facts;
      facts.doc = ++doc;
      const std::string key = std::to_string(doc);
      facts.key = key;
      facts.article.reset();
      (void)writer.add_document(facts);
    }
  }
  writer.finish();
  auto segment = Segment::open(path);
  segment->verify();
  return segment;
}

void expect_articles(const Segment& segment, const std::vector<std::string>& expected,
                     std::mt19937& random) {
  ASSERT_EQ(segment.document_count(), expected.size());
  ArticleWalk walk(segment);
  for (Ordinal doc = 0; doc < expected.size(); ++doc) {
    ASSERT_EQ(walk.article(doc), expected[doc]) << doc;
  }
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Ordinal doc = static_cast<Ordinal>(random() % expected.size());
    ASSERT_EQ(segment.article(doc), expected[doc]) << doc;
    ASSERT_EQ(walk.article(doc), expected[doc]) << doc;
  }
}

TEST(CopiedArticles, ComeBackWhateverTheirSizes) {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const Folder folder;
    std::vector<std::string> all;
    std::vector<std::shared_ptr<const Segment>> sources;
    for (std::size_t i = 0; i < 5; ++i) {
      std::vector<std::string> articles;
      const bool large = seed % 10 == 0 && i % 2 == 1;  // enough for a dictionary
      for (std::size_t left = large ? 1'700'000 : random() % 30'000; left > 0;) {
        const std::size_t size = std::min<std::size_t>(left, random() % (large ? 30'000 : 9'000));
        articles.push_back(dense_text(random, size));
        left -= size;
      }
      all.insert(all.end(), articles.begin(), articles.end());
      const std::string name = std::to_string(i) + ".seg";
      sources.push_back(build(of_articles(articles), folder, name));
      // The copy of copies is as good.
      if (i == 2) sources = {copied(sources, folder.in("half.seg"))};
    }
    const auto merged = copied(sources, folder.in("merged.seg"));
    expect_articles(*merged, all, random);
  }
}

TEST(CopiedArticles, AreTheBytesTheyWere) {
  std::mt19937 random(5);
  const Folder folder;
  std::vector<std::string> articles;
  for (int i = 0; i < 400; ++i) articles.push_back(dense_text(random, 5000));
  const auto source = build(of_articles(articles), folder, "a.seg");
  const auto small = build(of_articles({"x", "y"}), folder, "b.seg");
  const auto merged = copied({small, source, small, source}, folder.in("merged.seg"));
  const std::string before = read_file(folder.in("a.seg"));
  const std::string after = read_file(folder.in("merged.seg"));
  // Twice from the middle of the compressed articles, and no more than twice as large.
  const std::string piece = before.substr(1'000'000, 300);
  const std::size_t first = after.find(piece);
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(after.find(piece, first + 1), std::string::npos);
  EXPECT_LT(after.size(), 2 * before.size() + 100'000);
}

TEST(CopiedArticles, MustBeAsManyAsDocuments) {
  const Folder folder;
  const auto source = build(of_articles({"a", "b"}), folder, "a.seg");
  SegmentWriter writer(folder.in("merged.seg"), {});
  writer.copy_articles(*source);
  DocumentFacts facts;
  facts.doc = 1;
  facts.key = "one";
  facts.article.reset();
  (void)writer.add_document(facts);
  EXPECT_THROW(writer.finish(), Error);
}

}  // namespace
}  // namespace stemma::segment
