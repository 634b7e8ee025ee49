// Each half of an index made anew: compact(), restore() and backup().
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <thread>

#include "base/files.h"
#include "compile/any_article.h"
#include "stemma/error.h"
#include "stemma/maintenance.h"
#include "stemma/searcher.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;

constexpr int kArticles = 60;

Error failure_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(Error::Kind::io, "");
}

/// Every article by key, as a reader sees them.
std::map<std::string, std::string> articles_of(const fs::path& index) {
  std::map<std::string, std::string> all;
  const Searcher searcher(Snapshot::open(index));
  SearchOptions options;
  options.k = 10'000;
  for (const Hit& hit : searcher.search(searcher.parse("*").query, options).hits) {
    const Article article = searcher.article(hit.doc);
    all[article.key] = article.title + "\n" + article.body;
  }
  return all;
}

Hits hits_of(const fs::path& index, const std::string& query) {
  const Searcher searcher(Snapshot::open(index));
  return searcher.search(searcher.parse(query).query);
}

void expect_sound(const fs::path& index) {
  const CheckReport report = check(index);
  EXPECT_TRUE(report.damage.empty())
      << report.damage.front().file << ": " << report.damage.front().message;
  EXPECT_EQ(report.articles, articles_of(index).size());
}

bool any_file_holds(const fs::path& index, const std::string& text) {
  for (const auto& entry : fs::recursive_directory_iterator(index)) {
    if (!entry.is_regular_file()) continue;
    if (read_file(entry.path()).find(text) != std::string::npos) return true;
  }
  return false;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    names.push_back(fs::relative(entry.path(), folder).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Several segments, updates, and deletions in both halves.
class TwoHalves : public testing::Test {
 protected:
  void SetUp() override {
    SmallRandom random(21);
    IndexWriter writer = IndexWriter::create(index_);
    for (int i = 0; i < kArticles; ++i) {
      writer.add(any_article(random, "k" + std::to_string(i)));
      if (i % 20 == 19) writer.commit();
    }
    Article secret;
    secret.key = "secret-key";
    secret.body = "quibblefrotz stands here and nowhere else";
    writer.add(secret);
    writer.commit();
    writer.erase("secret-key");
    writer.erase("k3");
    writer.add(any_article(random, "k30"));
    writer.commit();
    articles_ = articles_of(index_);
    hits_ = hits_of(index_, "ships OR harbour OR the");
  }
  void expect_the_same(const fs::path& index) {
    EXPECT_EQ(articles_of(index), articles_);
    EXPECT_EQ(hits_of(index, "ships OR harbour OR the"), hits_);
    expect_sound(index);
  }
  /// Goes on where it was: the next DocId is a new one.
  void expect_that_it_goes_on(const fs::path& index) {
    DocId last = 0;
    {
      const Searcher searcher(Snapshot::open(index));
      last = *searcher.find("k30");
    }
    IndexWriter writer = IndexWriter::open(index);
    Article article;
    article.key = "k30";
    article.body = "changed again";
    EXPECT_EQ(writer.add(article), AddResult::updated);
    writer.commit();
    const Searcher searcher(Snapshot::open(index));
    EXPECT_EQ(searcher.find("k30"), last + 1);
  }

  TemporaryFolder folder_;
  fs::path index_ = folder_.path() / "index";
  std::map<std::string, std::string> articles_;
  Hits hits_;
};

TEST_F(TwoHalves, CompactLeavesNothingOfWhatWasDeleted) {
  ASSERT_EQ(articles_.size(), kArticles - 1U);
  EXPECT_TRUE(any_file_holds(index_, "quibblefrotz"));
  EXPECT_TRUE(any_file_holds(index_, "secret-key"));
  const std::uint64_t before = statistics(index_).generation;
  compact(index_);
  EXPECT_FALSE(any_file_holds(index_, "quibblefrotz"));
  EXPECT_FALSE(any_file_holds(index_, "secret-key"));
  const IndexStatistics found = statistics(index_);
  EXPECT_EQ(found.generation, before + 1);
  EXPECT_EQ(found.segments, 1U);
  EXPECT_EQ(found.deleted_documents, 0U);
  EXPECT_FALSE(fs::exists(index_ / "store-1"));
  expect_the_same(index_);
  expect_that_it_goes_on(index_);
  compact(index_);
  EXPECT_TRUE(fs::exists(index_ / "store-3"));
  expect_sound(index_);
}

TEST_F(TwoHalves, CompactOfAnEmptyIndexIsOne) {
  const fs::path empty = folder_.path() / "empty";
  { const IndexWriter writer = IndexWriter::create(empty); }
  compact(empty);
  expect_sound(empty);
  EXPECT_TRUE(articles_of(empty).empty());
}

TEST_F(TwoHalves, WorkThatIsStoppedOrFailsLeavesTheIndexAsItWas) {
  // Enough that progress is asked in the middle.
  {
    IndexWriter writer = IndexWriter::open(index_);
    Article article;
    for (int i = 0; i < 1100; ++i) {
      article.key = "many" + std::to_string(i);
      article.body = "one of many";
      writer.add(article);
    }
    writer.commit();
  }
  const auto names = names_in(index_);
  const auto stop = [](std::uint64_t, std::uint64_t) { return false; };
  EXPECT_EQ(failure_of([&] { compact(index_, {}, stop); }).kind(), Error::Kind::cancelled);
  EXPECT_EQ(names_in(index_), names);
  EXPECT_EQ(failure_of([&] { restore(index_, {}, stop); }).kind(), Error::Kind::cancelled);
  EXPECT_EQ(names_in(index_), names);
  const fs::path copy = folder_.path() / "copy";
  EXPECT_EQ(failure_of([&] { backup(index_, copy, stop); }).kind(), Error::Kind::cancelled);
  EXPECT_EQ(std::distance(fs::directory_iterator(copy), {}), 1) << "more than the lock";
  backup(index_, copy);  // into what the failure left
  expect_sound(copy);
  expect_sound(index_);
}

TEST_F(TwoHalves, AStoreThatIsGoneIsRestored) {
  fs::remove_all(index_ / "store-1");
  EXPECT_THROW(IndexWriter::open(index_), Error);
  restore(index_);
  expect_the_same(index_);
  expect_that_it_goes_on(index_);
}

TEST_F(TwoHalves, ADamagedStoreIsReplacedNotRepaired) {
  for (const auto& entry : fs::directory_iterator(index_ / "store-1")) {
    std::string bytes = read_file(entry.path());
    std::fill(bytes.begin(), bytes.end(), '\x55');
    fs::remove(entry.path());
    replace_file(entry.path(), bytes);
  }
  EXPECT_FALSE(check(index_).damage.empty());
  restore(index_);
  EXPECT_FALSE(fs::exists(index_ / "store-1"));
  expect_the_same(index_);
}

TEST_F(TwoHalves, RestoreRefusesDamagedSegments) {
  const fs::path segment = fs::directory_iterator(index_ / "segments")->path();
  std::string bytes = read_file(segment);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  fs::remove(segment);
  replace_file(segment, bytes);
  const auto names = names_in(index_);
  const Error error = failure_of([&] { restore(index_); });
  EXPECT_EQ(error.kind(), Error::Kind::corrupt);
  EXPECT_NE(error.hint().find("rebuild"), std::string::npos);
  EXPECT_EQ(names_in(index_), names);
  rebuild(index_);
  expect_the_same(index_);
}

TEST_F(TwoHalves, RestoreFirstMakesRoomByWhatAFailedOneLeft) {
  const auto stores = [&] {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(index_)) {
      const std::string name = entry.path().filename();
      if (name.rfind("store-", 0) == 0) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
  };
  const std::vector<std::string> before = stores();
  ASSERT_EQ(before.size(), 1U);
  fs::copy(index_ / before.front(), index_ / "store-7");
  fs::copy(index_ / before.front(), index_ / "store-8.tmp");
  std::vector<std::string> meanwhile;
  restore(index_, {}, [&](std::uint64_t, std::uint64_t) {
    meanwhile = stores();
    return true;
  });
  EXPECT_EQ(meanwhile, (std::vector<std::string>{before.front(), "store-2.tmp"}));
  expect_the_same(index_);
}

TEST_F(TwoHalves, RestoreNeedsTheManifest) {
  fs::remove(index_ / "MANIFEST");
  EXPECT_EQ(failure_of([&] { restore(index_); }).kind(), Error::Kind::corrupt);
  rebuild(index_);  // the store has it too
  expect_the_same(index_);
}

TEST_F(TwoHalves, ABackupIsAnIndexOfItsOwn) {
  const fs::path copy = folder_.path() / "backups" / "monday";
  backup(index_, copy);
  EXPECT_EQ(fs::status(copy).permissions(), fs::perms::owner_all);
  expect_the_same(copy);
  expect_that_it_goes_on(copy);
  expect_the_same(index_);  // what is added to the copy stays there
  const Error error = failure_of([&] { backup(index_, copy); });
  EXPECT_EQ(error.kind(), Error::Kind::invalid_argument);
  EXPECT_NE(std::string(error.what()).find("not empty"), std::string::npos);
  EXPECT_EQ(failure_of([&] { backup(folder_.path(), folder_.path() / "none"); }).kind(),
            Error::Kind::not_found);
  EXPECT_FALSE(fs::exists(folder_.path() / "none"));
}

TEST_F(TwoHalves, ABackupTouchesNothingOfAnother) {
  const fs::path copy = folder_.path() / "copy";
  fs::create_directory(copy);
  {
    const FileLock other(copy / "LOCK");
    EXPECT_EQ(failure_of([&] { backup(index_, copy); }).kind(), Error::Kind::locked);
    EXPECT_TRUE(fs::exists(copy / "LOCK"));
  }
  backup(index_, copy);  // the other one has given up
  expect_the_same(copy);
}

// Every commit adds the same number of articles, so a copy of a mixture would be seen.
TEST_F(TwoHalves, ABackupTakesOneCommitWhileAWriterWorks) {
  constexpr std::size_t kPerCommit = 7;
  std::atomic<bool> done = false;
  std::thread writing([&] {
    IndexWriter writer = IndexWriter::open(index_);
    for (std::size_t commit = 0; commit < 40; ++commit) {
      for (std::size_t i = 0; i < kPerCommit; ++i) {
        Article article;
        article.key = "c" + std::to_string(commit) + "-" + std::to_string(i);
        article.body = "written while a backup is made";
        writer.add(article);
      }
      writer.commit();
    }
    done = true;
  });
  std::size_t backups = 0;
  while (!done || backups == 0) {
    const fs::path copy = folder_.path() / ("copy" + std::to_string(backups++));
    backup(index_, copy);
    EXPECT_EQ((articles_of(copy).size() - articles_.size()) % kPerCommit, 0U);
    expect_sound(copy);
    fs::remove_all(copy);
  }
  writing.join();
  expect_sound(index_);
}

}  // namespace
}  // namespace stemma
