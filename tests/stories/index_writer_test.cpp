// Story one through its public face, on real directories.
#include "stemma/index_writer.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <functional>
#include <set>
#include <thread>

#include "base/files.h"
#include "compile/any_article.h"
#include "snapshot/manifest.h"
#include "snapshot/snapshot.h"
#include "stemma/error.h"
#include "stemma/maintenance.h"
#include "stemma/searcher.h"
#include "store/store.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;

Article article(const std::string& key, const std::string& body) {
  Article made;
  made.key = key;
  made.body = body;
  return made;
}

/// Kind, message and hint of what `action` throws.
Error failure_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(Error::Kind::io, "");
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::uint64_t documents_with(const fs::path& index, const std::string& term) {
  return snapshot::Snapshot::open(index)->statistics(term).document_frequency;
}

class Writing : public testing::Test {
 protected:
  TemporaryFolder folder_;
  fs::path index_ = folder_.path() / "index";
};

TEST_F(Writing, MakesArticlesVisibleAtCommitAndNotBefore) {
  IndexWriter writer = IndexWriter::create(index_);
  EXPECT_EQ(writer.generation(), 0U);
  EXPECT_EQ(writer.add(article("a", "ships")), AddResult::added);
  EXPECT_EQ(writer.document_count(), 1U);
  EXPECT_EQ(Snapshot::open(index_).document_count(), 0U);
  EXPECT_EQ(writer.commit(), 1U);
  EXPECT_EQ(Snapshot::open(index_).document_count(), 1U);
  EXPECT_EQ(Snapshot::open(index_).generation(), 1U);
  EXPECT_EQ(documents_with(index_, "wships"), 1U);
  EXPECT_EQ(writer.commit(), 1U) << "nothing changed";
}

TEST_F(Writing, UpdatesByKeyAndLeavesAnEqualArticleAlone) {
  IndexWriter writer = IndexWriter::create(index_);
  writer.add(article("a", "ships"));
  EXPECT_EQ(writer.add(article("a", "ships")), AddResult::unchanged);
  EXPECT_EQ(writer.add(article("a", "trains")), AddResult::updated);
  writer.commit();
  EXPECT_EQ(writer.add(article("a", "trains")), AddResult::unchanged);
  EXPECT_EQ(writer.commit(), 1U) << "an unchanged article is no change";
  EXPECT_EQ(writer.add(article("a", "planes")), AddResult::updated);
  EXPECT_EQ(writer.add(article("a", "kites")), AddResult::updated);
  EXPECT_EQ(writer.document_count(), 1U);
  writer.commit();
  EXPECT_EQ(documents_with(index_, "wships"), 0U);
  EXPECT_EQ(documents_with(index_, "wtrains"), 0U);
  EXPECT_EQ(documents_with(index_, "wplanes"), 0U);
  EXPECT_EQ(documents_with(index_, "wkites"), 1U);
  { const IndexWriter closed = std::move(writer); }  // check() takes the lock
  EXPECT_TRUE(check(index_).damage.empty());
}

TEST_F(Writing, ErasesWhatIsPendingAndWhatIsPublished) {
  IndexWriter writer = IndexWriter::create(index_);
  EXPECT_FALSE(writer.erase("a"));
  writer.add(article("a", "ships"));
  EXPECT_TRUE(writer.erase("a"));
  EXPECT_FALSE(writer.erase("a"));
  writer.add(article("b", "ships"));
  writer.add(article("c", "trains"));
  writer.commit();
  EXPECT_TRUE(writer.erase("b"));
  EXPECT_FALSE(writer.erase("b"));
  EXPECT_EQ(writer.document_count(), 1U);
  EXPECT_EQ(documents_with(index_, "wships"), 1U);
  writer.commit();
  EXPECT_EQ(documents_with(index_, "wships"), 0U);
  EXPECT_TRUE(writer.erase("c"));
  writer.commit();
  EXPECT_EQ(Snapshot::open(index_).document_count(), 0U);
  EXPECT_TRUE(snapshot::read_manifest(index_).segments.empty());
  EXPECT_TRUE(fs::is_empty(index_ / "segments"));
  { const IndexWriter closed = std::move(writer); }  // check() takes the lock
  EXPECT_TRUE(check(index_).damage.empty());
}

TEST_F(Writing, MergesAllSegmentsIntoOneWithoutChangingAnyHit) {
  IndexWriter writer = IndexWriter::create(index_);
  for (int i = 0; i < 40; ++i) {
    writer.add(article("k" + std::to_string(i), i % 3 == 0 ? "ships trains" : "ships"));
    if (i % 8 == 7) writer.commit();
  }
  writer.erase("k3");
  writer.commit();
  const Searcher before(Snapshot::open(index_));
  ASSERT_GT(snapshot::read_manifest(index_).segments.size(), 1U);
  writer.merge_all();
  EXPECT_EQ(Snapshot::open(index_).generation(), 6U) << "nothing is visible yet";
  EXPECT_EQ(writer.commit(), 7U);
  EXPECT_EQ(snapshot::read_manifest(index_).segments.size(), 1U);
  EXPECT_TRUE(snapshot::read_manifest(index_).deletion_files.empty());
  const Searcher after(Snapshot::open(index_));
  for (const char* text : {"ships", "trains", "ships -trains", "\"ships trains\""}) {
    const SearchOptions all{.k = 100};
    EXPECT_EQ(after.search(after.parse(text).query, all),
              before.search(before.parse(text).query, all))
        << text;
  }
  writer.merge_all();
  EXPECT_EQ(writer.commit(), 7U) << "nothing to merge";
  writer.add(article("pending", "ships"));
  writer.merge_all();
  writer.commit();
  EXPECT_EQ(snapshot::read_manifest(index_).segments.size(), 1U);
  writer.erase("k4");
  writer.merge_all();
  writer.rollback();
  EXPECT_EQ(writer.document_count(), 40U);
  { const IndexWriter closed = std::move(writer); }  // check() takes the lock
  EXPECT_TRUE(check(index_).damage.empty());
}

TEST_F(Writing, RollsBackToTheLastCommit) {
  IndexWriter writer = IndexWriter::create(index_);
  writer.add(article("a", "ships"));
  writer.commit();
  writer.add(article("b", "trains"));
  writer.erase("a");
  writer.rollback();
  EXPECT_EQ(writer.document_count(), 1U);
  EXPECT_EQ(writer.add(article("a", "ships")), AddResult::unchanged);
  EXPECT_FALSE(writer.erase("b"));
  writer.add(article("c", "planes"));
  EXPECT_EQ(writer.commit(), 2U);
  EXPECT_EQ(documents_with(index_, "wtrains"), 0U);
  { const IndexWriter closed = std::move(writer); }  // check() takes the lock
  EXPECT_TRUE(check(index_).damage.empty());
}

TEST_F(Writing, RefusesToCommitAfterARollbackThatFailed) {
  IndexWriter writer = IndexWriter::create(index_);
  for (const char* key : {"a", "b", "c", "d", "e", "f"}) writer.add(article(key, "ships"));
  writer.commit();
  writer.erase("a");
  writer.commit();
  writer.add(article("g", "trains"));
  writer.merge_all();
  const fs::path file = index_ / "segments" / snapshot::read_manifest(index_).deletion_files.at(0);
  fs::rename(file, folder_.path() / "aside");
  EXPECT_EQ(failure_of([&] { writer.rollback(); }).kind(), Error::Kind::corrupt);
  EXPECT_EQ(failure_of([&] { writer.commit(); }).kind(), Error::Kind::io);
  fs::rename(folder_.path() / "aside", file);
  writer.rollback();
  EXPECT_EQ(writer.commit(), 2U);
  EXPECT_EQ(writer.document_count(), 5U);
  { const IndexWriter closed = std::move(writer); }  // check() takes the lock
  EXPECT_TRUE(check(index_).damage.empty());
}

TEST_F(Writing, DiscardsWhatWasNotCommitted) {
  {
    IndexWriter writer = IndexWriter::create(index_);
    writer.add(article("a", "ships"));
    writer.commit();
    writer.add(article("b", "ships"));
    writer.erase("a");
  }
  IndexWriter writer = IndexWriter::open(index_);
  EXPECT_EQ(writer.document_count(), 1U);
  EXPECT_EQ(writer.add(article("a", "ships")), AddResult::unchanged);
}

TEST_F(Writing, StaysWithinASmallBudgetByWritingSegmentsAside) {
  IndexWriter writer = IndexWriter::create(index_, {}, {.memory_bytes = 1U << 20U});
  SmallRandom random(4);
  std::set<std::string> live;
  for (int i = 0; i < 3000; ++i) {
    Article one = any_article(random, "k" + std::to_string(random() % 2500));
    writer.add(one);
    live.insert(one.key);
    if (i % 10 == 0 && writer.erase("k" + std::to_string(i))) live.erase("k" + std::to_string(i));
  }
  EXPECT_EQ(writer.document_count(), live.size());
  EXPECT_FALSE(fs::is_empty(index_ / "segments")) << "nothing was written aside: raise the load";
  EXPECT_EQ(Snapshot::open(index_).document_count(), 0U);
  writer.commit();
  { const IndexWriter closed = std::move(writer); }  // check() takes the lock
  const auto report = check(index_);
  EXPECT_TRUE(report.damage.empty()) << report.damage.front().message;
  EXPECT_EQ(report.articles, live.size());
}

TEST_F(Writing, RefusesABadArticleAndKeepsItsNeighbours) {
  IndexWriter writer = IndexWriter::create(index_);
  writer.add(article("a", "ships"));
  EXPECT_EQ(failure_of([&] { writer.add(article("", "x")); }).kind(),
            Error::Kind::invalid_argument);
  EXPECT_EQ(failure_of([&] { writer.add(article(std::string(5000, 'k'), "x")); }).kind(),
            Error::Kind::limit);
  Article bad = article("m", "x");
  bad.metadata = {{std::string(61, 'n'), {true}}};
  EXPECT_EQ(failure_of([&] { writer.add(bad); }).kind(), Error::Kind::limit);
  bad.metadata = {{std::string("a\0b", 3), {true}}};
  EXPECT_EQ(failure_of([&] { writer.add(bad); }).kind(), Error::Kind::invalid_argument);
  bad.metadata = {{"n", {std::nan("")}}};
  EXPECT_EQ(failure_of([&] { writer.add(bad); }).kind(), Error::Kind::invalid_argument);
  bad.metadata = {{std::string(60, 'n'), {true}}};
  writer.add(bad);
  writer.add(article(std::string(4096, '\0'), "zeros"));
  writer.add(article("z", std::string(5000, 'w') + " " + std::string(300, '\0')));
  writer.commit();
  EXPECT_EQ(Snapshot::open(index_).document_count(), 4U);
  { const IndexWriter closed = std::move(writer); }  // check() takes the lock
  EXPECT_TRUE(check(index_).damage.empty());
}

TEST_F(Writing, RefusesOptionsThatMakeNoSense) {
  const auto kind = [&](const IndexOptions& index, const WriterOptions& options) {
    return failure_of([&] { IndexWriter::create(index_, index, options); }).kind();
  };
  EXPECT_EQ(kind({.title_weight = 0}, {}), Error::Kind::invalid_argument);
  EXPECT_EQ(kind({.title_weight = 101}, {}), Error::Kind::invalid_argument);
  EXPECT_EQ(kind({.language = "klingon"}, {}), Error::Kind::invalid_argument);
  EXPECT_EQ(kind({}, {.memory_bytes = 1000}), Error::Kind::invalid_argument);
  EXPECT_EQ(kind({}, {.wait_seconds = -1}), Error::Kind::invalid_argument);
  EXPECT_FALSE(fs::exists(index_)) << "a refused creation leaves nothing";
}

TEST_F(Writing, SaysThatThereIsNoIndexOrThatThereIsOne) {
  EXPECT_EQ(failure_of([&] { IndexWriter::open(index_); }).kind(), Error::Kind::not_found);
  EXPECT_FALSE(fs::exists(index_));
  EXPECT_EQ(failure_of([&] { (void)Snapshot::open(index_); }).kind(), Error::Kind::not_found);
  fs::create_directory(index_);
  EXPECT_EQ(failure_of([&] { IndexWriter::open(index_); }).kind(), Error::Kind::not_found);
  EXPECT_TRUE(fs::is_empty(index_));
  { IndexWriter::create(index_); }
  const Error again = failure_of([&] { IndexWriter::create(index_); });
  EXPECT_EQ(again.kind(), Error::Kind::invalid_argument);
  EXPECT_TRUE(contains(again.what(), index_.string()));
  fs::create_directory(folder_.path() / "full");
  replace_file(folder_.path() / "full" / "mine.txt", "x");
  EXPECT_EQ(failure_of([&] { IndexWriter::create(folder_.path() / "full"); }).kind(),
            Error::Kind::invalid_argument);
  EXPECT_TRUE(fs::exists(folder_.path() / "full" / "mine.txt"));
}

TEST_F(Writing, NamesTheProcessThatHoldsTheLock) {
  const IndexWriter writer = IndexWriter::create(index_);
  const Error error = failure_of([&] { IndexWriter::open(index_); });
  EXPECT_EQ(error.kind(), Error::Kind::locked);
  EXPECT_TRUE(contains(error.what(), std::to_string(getpid()))) << error.what();
  EXPECT_FALSE(error.hint().empty());
  EXPECT_EQ(failure_of([&] { (void)check(index_); }).kind(), Error::Kind::locked);
  EXPECT_EQ(failure_of([&] { rebuild(index_); }).kind(), Error::Kind::locked);
  EXPECT_EQ(Snapshot::open(index_).document_count(), 0U) << "readers need no lock";
}

TEST_F(Writing, KeepsTheIndexPrivate) {
  IndexWriter writer = IndexWriter::create(index_);
  writer.add(article("a", "ships"));
  writer.commit();
  struct stat status {};
  ASSERT_EQ(stat(index_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(Writing, RefusesAnIndexOfAnotherAnalyzerUntilItIsRebuilt) {
  {
    IndexWriter writer = IndexWriter::create(index_);
    writer.add(article("a", "ships"));
    writer.commit();
  }
  {
    // As an index that another version has written: another fingerprint in both manifests.
    const auto text = read_file(index_ / "MANIFEST");
    snapshot::Manifest manifest = snapshot::decode(text);
    ++manifest.analyzer_fingerprint;
    auto kept = store::Store::open(index_ / manifest.store);
    kept.commit(snapshot::encode(manifest));
    snapshot::publish_manifest(index_, manifest);
  }
  const Error error = failure_of([&] { IndexWriter::open(index_); });
  EXPECT_EQ(error.kind(), Error::Kind::wrong_version);
  EXPECT_TRUE(contains(error.hint(), "stemma rebuild"));
  EXPECT_TRUE(Snapshot::open(index_).analyzer_warning());
  rebuild(index_);
  EXPECT_FALSE(Snapshot::open(index_).analyzer_warning());
  EXPECT_EQ(IndexWriter::open(index_).document_count(), 1U);
}

TEST_F(Writing, NeverDisturbsReaders) {
  IndexWriter writer = IndexWriter::create(index_);
  std::atomic<bool> stop = false;
  std::atomic<int> opened = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        const auto state = snapshot::Snapshot::open(index_);
        // Every commit keeps this: article "n" holds the word that all the others count.
        const std::uint64_t documents = state->collection().documents;
        EXPECT_EQ(state->statistics("wcommon").document_frequency, documents);
        EXPECT_EQ(state->find_key("fixed").has_value(), documents > 0);
        ++opened;
      }
    });
  }
  SmallRandom random(1);
  for (int i = 0; i < 60; ++i) {
    writer.add(article("fixed", "common " + std::to_string(i)));
    for (int j = 0; j < 3; ++j) {
      writer.add(article("k" + std::to_string(random() % 30), "common w" + std::to_string(i)));
    }
    writer.erase("k" + std::to_string(random() % 30));
    writer.commit();
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_GT(opened, 0);
}

}  // namespace
}  // namespace stemma
