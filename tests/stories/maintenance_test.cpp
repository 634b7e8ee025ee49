// Statistics add up, and check() finds damage wherever it is.
#include "stemma/maintenance.h"

#include <gtest/gtest.h>

#include "articles/article_codec.h"
#include "base/files.h"
#include "compile/any_article.h"
#include "snapshot/manifest.h"
#include "stemma/error.h"
#include "stemma/index_writer.h"
#include "store/store.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;

class Maintenance : public testing::Test {
 protected:
  void SetUp() override {
    IndexWriter writer = IndexWriter::create(index_);
    SmallRandom random(8);
    for (int i = 0; i < 40; ++i) {
      writer.add(any_article(random, "k" + std::to_string(i)));
      if (i % 20 == 19) writer.commit();
    }
    writer.erase("k3");
    writer.erase("k30");
    writer.commit();
  }
  std::vector<fs::path> files_in(const fs::path& folder) const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
  }
  static void write_over(const fs::path& path, const std::string& bytes) {
    fs::remove(path);
    replace_file(path, bytes);
  }

  TemporaryFolder folder_;
  fs::path index_ = folder_.path() / "index";
};

TEST_F(Maintenance, StatisticsSumToTheBytesOnDisk) {
  const IndexStatistics found = statistics(index_);
  EXPECT_EQ(found.generation, 3U);
  EXPECT_EQ(found.documents, 38U);
  EXPECT_EQ(found.deleted_documents, 2U);
  EXPECT_EQ(found.segments, 2U);
  EXPECT_GT(found.terms, 50U);
  EXPECT_GT(found.postings, found.terms);
  EXPECT_GT(found.average_length, 1);
  std::uint64_t sum = 0;
  for (const PartSize& part : found.parts) sum += part.bytes;
  std::uint64_t disk = 0;
  for (const auto& entry : fs::recursive_directory_iterator(index_)) {
    if (entry.is_regular_file()) disk += entry.file_size();
  }
  EXPECT_EQ(sum, disk);
  std::uint64_t documents = 0;
  for (const auto& language : found.languages) documents += language.second;
  EXPECT_EQ(documents, 38U);
}

TEST_F(Maintenance, CheckCountsWhatItCompared) {
  const CheckReport report = check(index_);
  EXPECT_TRUE(report.damage.empty()) << report.damage.front().message;
  EXPECT_EQ(report.articles, 38U);
  EXPECT_GE(report.files, 5U);
  EXPECT_GT(report.bytes, 10'000U);
}

TEST_F(Maintenance, CheckFindsAFlippedBitInEveryFileOfOurs) {
  std::vector<fs::path> files = files_in(index_ / "segments");
  files.push_back(index_ / "MANIFEST");
  SmallRandom random(9);
  for (const fs::path& file : files) {
    const std::string good = read_file(file);
    for (int i = 0; i < 8; ++i) {
      std::string damaged = good;
      const std::size_t bit = random() % (good.size() * 8);
      damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
      write_over(file, damaged);
      EXPECT_FALSE(check(index_).damage.empty()) << file << " bit " << bit;
    }
    write_over(file, good.substr(0, good.size() / 2));
    EXPECT_FALSE(check(index_).damage.empty()) << file << " cut short";
    fs::remove(file);
    EXPECT_FALSE(check(index_).damage.empty()) << file << " missing";
    replace_file(file, good);
  }
  EXPECT_TRUE(check(index_).damage.empty());
}

TEST_F(Maintenance, CheckFindsAnArticleThatDiffersBetweenTheHalves) {
  auto kept = store::Store::open(index_ / "store-1");
  const std::string manifest = kept.manifest();
  const auto doc = kept.find("k7");
  ASSERT_TRUE(doc);
  // A commit behind Stemma's back: the store is sound in itself.
  kept.erase(*doc);
  kept.commit(manifest);
  { const auto closed = std::move(kept); }
  const CheckReport report = check(index_);
  ASSERT_FALSE(report.damage.empty());
  EXPECT_NE(report.damage.front().hint.find("stemma"), std::string::npos);
}

TEST_F(Maintenance, AnExaminerThatDiesIsDamageOfTheStore) {
  EXPECT_TRUE(check(index_).in_process);
  for (const std::string& end :
       {std::string("kill -SEGV $$"), std::string("printf half"), std::string("exit 3")}) {
    const CheckReport report = check(index_, {.examiner = {"/bin/sh", "-c", end}});
    EXPECT_FALSE(report.in_process);
    ASSERT_EQ(report.damage.size(), 1U) << end;
    EXPECT_EQ(report.damage.front().file, "store-1");
    EXPECT_NE(report.damage.front().hint.find("stemma restore"), std::string::npos);
  }
}

TEST_F(Maintenance, CheckSaysThatThereIsNoIndex) {
  try {
    (void)check(folder_.path() / "none");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::not_found);
  }
  EXPECT_THROW((void)statistics(folder_.path() / "none"), Error);
}

TEST_F(Maintenance, RebuildStopsWhenAskedAndLeavesTheIndexAsItWas) {
  {
    IndexWriter writer = IndexWriter::open(index_);
    for (int i = 0; i < 1200; ++i) {
      Article article;
      article.key = "more" + std::to_string(i);
      article.body = "words";
      writer.add(article);
    }
    writer.commit();
  }
  const std::string manifest = read_file(index_ / "MANIFEST");
  try {
    rebuild(index_, {}, [](std::uint64_t, std::uint64_t) { return false; });
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::cancelled);
  }
  EXPECT_EQ(read_file(index_ / "MANIFEST"), manifest);
  EXPECT_TRUE(check(index_).damage.empty());
}

}  // namespace
}  // namespace stemma
