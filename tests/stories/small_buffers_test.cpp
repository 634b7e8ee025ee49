// A writer with so little memory that segments are written and merged beside it all the time: the
// index is the one that a writer with plenty makes.
#include <gtest/gtest.h>

#include <algorithm>

#include "compile/any_article.h"
#include "stemma/index_writer.h"
#include "stemma/maintenance.h"
#include "stemma/searcher.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

constexpr unsigned kKeys = 700;

/// Adds, updates and erases, so that many changes meet documents that are just being written or
/// merged.
void work(IndexWriter& writer) {
  SmallRandom random(77);
  for (unsigned i = 0; i < 2400; ++i) {
    const std::string key = "k" + std::to_string(random() % kKeys);
    if (random() % 5 == 0) {
      (void)writer.erase(key);
      continue;
    }
    Article article = any_article(random, key);
    for (unsigned word = 0; word < 40; ++word) {
      article.body += " rare" + std::to_string(random() % 100'000);
    }
    writer.add(article);
    if (i % 1000 == 999) writer.commit();
  }
  writer.commit();
}

struct Contents {
  std::vector<std::pair<std::string, double>> hits;  // by key
  std::uint64_t documents = 0;
};

Contents contents_of(const std::filesystem::path& index) {
  const Searcher searcher(Snapshot::open(index));
  SearchOptions options;
  options.k = kKeys;
  options.count = true;
  Contents contents;
  contents.documents = searcher.snapshot().document_count();
  for (const char* query : {"ships OR harbour OR rare77", "\"the harbour\"", "*"}) {
    const Hits found = searcher.search(searcher.parse(query).query, options);
    for (const Hit& hit : found.hits) contents.hits.emplace_back(searcher.key(hit.doc), hit.score);
  }
  return contents;
}

std::vector<std::string> segments_of(const std::filesystem::path& index) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(index / "segments")) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(SmallBuffers, MakeTheSameIndex) {
  const TemporaryFolder folder;
  const auto small = folder.path() / "small";
  const auto again = folder.path() / "again";
  const auto large = folder.path() / "large";
  {
    IndexWriter writer = IndexWriter::create(small, {}, {.memory_bytes = 1U << 20U});
    work(writer);
  }
  {
    IndexWriter writer = IndexWriter::create(again, {}, {.memory_bytes = 1U << 20U});
    work(writer);
  }
  {
    IndexWriter writer = IndexWriter::create(large);
    work(writer);
  }
  const Contents expected = contents_of(large);
  const Contents found = contents_of(small);
  EXPECT_GT(expected.documents, 300U);
  EXPECT_EQ(found.documents, expected.documents);
  EXPECT_EQ(found.hits, expected.hits);
  EXPECT_TRUE(check(small).damage.empty());
  // Buffers were handed over and segments merged all along, and not by chance.
  EXPECT_GT(segments_of(small).back(), "s00000012.seg");
  EXPECT_EQ(segments_of(small), segments_of(again));
}

TEST(SmallBuffers, ARollbackForgetsWhatIsBeingWritten) {
  const TemporaryFolder folder;
  const auto index = folder.path() / "index";
  IndexWriter writer = IndexWriter::create(index, {}, {.memory_bytes = 1U << 20U});
  work(writer);
  const Contents before = contents_of(index);
  SmallRandom random(78);
  for (unsigned i = 0; i < 700; ++i) {
    writer.add(any_article(random, "lost" + std::to_string(i)));
    (void)writer.erase("k" + std::to_string(i % kKeys));
  }
  writer.rollback();
  EXPECT_EQ(contents_of(index).hits, before.hits);
  EXPECT_EQ(writer.document_count(), before.documents);
  writer.add(any_article(random, "kept"));
  writer.commit();
  { const IndexWriter closed = std::move(writer); }
  EXPECT_TRUE(check(index).damage.empty());
}

}  // namespace
}  // namespace stemma
