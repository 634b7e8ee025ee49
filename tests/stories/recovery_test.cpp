// What the next writer makes of an index that was left in the middle: the states between the steps
// of a commit are made by putting files of the state before and the state after together.
#include <gtest/gtest.h>

#include <functional>

#include "base/files.h"
#include "snapshot/manifest.h"
#include "snapshot/snapshot.h"
#include "stemma/error.h"
#include "stemma/index_writer.h"
#include "stemma/maintenance.h"
#include "store/store.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;

Error failure_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(Error::Kind::io, "");
}

void copy_folder(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

/// An index before and after a commit that adds, updates, deletes and merges.
class BetweenTheSteps : public testing::Test {
 protected:
  void SetUp() override {
    IndexWriter writer = IndexWriter::create(index_);
    for (int i = 0; i < 7; ++i) {
      put(writer, "a" + std::to_string(i), "before");
      writer.commit();
    }
    put(writer, "b0", "before");
    put(writer, "b1", "before");
    put(writer, "b2", "before");
    put(writer, "b3", "before");
    put(writer, "b4", "before");
    put(writer, "b5", "before");
    put(writer, "b6", "before");
    put(writer, "b7", "before");
    writer.commit();
    copy_folder(index_, before_);
    writer.erase("a0");
    writer.erase("b0");
    put(writer, "b1", "after");
    put(writer, "c", "after");
    writer.commit();
    copy_folder(index_, after_);
  }

  static void put(IndexWriter& writer, const std::string& key, const std::string& body) {
    Article article;
    article.key = key;
    article.body = body;
    writer.add(article);
  }
  /// The index holds exactly the state before (15 documents) or after (14), and works.
  void expect_state(bool after) {
    {
      IndexWriter writer = IndexWriter::open(index_);
      EXPECT_EQ(writer.document_count(), after ? 14U : 15U);
      EXPECT_EQ(writer.generation(), after ? 9U : 8U);
    }
    const auto state = snapshot::Snapshot::open(index_);
    EXPECT_EQ(state->find_key("c").has_value(), after);
    EXPECT_EQ(state->find_key("a0").has_value(), !after);
    EXPECT_EQ(state->statistics("wafter").document_frequency, after ? 2U : 0U);
    const CheckReport report = check(index_);
    EXPECT_TRUE(report.damage.empty()) << report.damage.front().message;
    std::size_t files = 0;
    for (const auto& file : fs::directory_iterator(index_ / "segments")) {
      ++files;
      EXPECT_NE(file.path().extension(), ".tmp");
    }
    EXPECT_EQ(files, state->manifest().segments.size() + state->manifest().deletion_files.size());
    IndexWriter writer = IndexWriter::open(index_);
    put(writer, "later", "works");
    writer.commit();
    EXPECT_EQ(snapshot::Snapshot::open(index_)->statistics("wworks").document_frequency, 1U);
  }
  /// Adds the segment folder of the state after to the state before.
  void add_new_segments() {
    copy_folder(before_, index_);
    for (const auto& file : fs::directory_iterator(after_ / "segments")) {
      fs::copy(file.path(), index_ / "segments" / file.path().filename(),
               fs::copy_options::skip_existing);
    }
  }

  TemporaryFolder folder_;
  fs::path index_ = folder_.path() / "index";
  fs::path before_ = folder_.path() / "before";
  fs::path after_ = folder_.path() / "after";
};

TEST_F(BetweenTheSteps, UnfinishedFilesAreRemoved) {
  copy_folder(before_, index_);
  replace_file(index_ / "segments" / "s00000099.seg.tmp", "half");
  replace_file(index_ / "segments" / "s00000099.seg.dictionary.tmp", "half of a large one");
  replace_file(index_ / "segments" / "d00000098.del.tmp", "");
  replace_file(index_ / "MANIFEST.tmp", "half");
  expect_state(false);
  EXPECT_FALSE(fs::exists(index_ / "MANIFEST.tmp"));
}

TEST_F(BetweenTheSteps, SegmentsWithoutAManifestAreRemoved) {
  add_new_segments();
  expect_state(false);
}

TEST_F(BetweenTheSteps, AStoreOneStepAheadIsPublished) {
  add_new_segments();
  copy_folder(after_ / "store-1", index_ / "store-1");
  EXPECT_EQ(snapshot::Snapshot::open(index_)->manifest().generation, 8U)
      << "readers need no writer";
  EXPECT_TRUE(check(index_).damage.empty()) << "an interrupted commit is no damage";
  expect_state(true);
}

TEST_F(BetweenTheSteps, OldFilesThatWereNotUnlinkedAreRemoved) {
  copy_folder(after_, index_);
  for (const auto& file : fs::directory_iterator(before_ / "segments")) {
    fs::copy(file.path(), index_ / "segments" / file.path().filename(),
             fs::copy_options::skip_existing);
  }
  expect_state(true);
}

TEST_F(BetweenTheSteps, AMissingOrDamagedManifestIsWrittenAgainFromTheStore) {
  for (const std::string& text : {std::string(), std::string("{\"format\":1}\nnonsense")}) {
    copy_folder(after_, index_);
    fs::remove(index_ / "MANIFEST");
    if (!text.empty()) replace_file(index_ / "MANIFEST", text);
    EXPECT_THROW((void)snapshot::Snapshot::open(index_), Error);
    EXPECT_FALSE(check(index_).damage.empty());
    expect_state(true);
  }
}

TEST_F(BetweenTheSteps, FilesOfOthersAreLeftAlone) {
  copy_folder(after_, index_);
  for (const char* name : {"segments/notes.txt", "segments/s1.seg.bak", "notes.txt"}) {
    replace_file(index_ / name, "mine");
  }
  { IndexWriter::open(index_); }
  for (const char* name : {"segments/notes.txt", "segments/s1.seg.bak", "notes.txt"}) {
    EXPECT_TRUE(fs::exists(index_ / name)) << name;
  }
}

TEST_F(BetweenTheSteps, AStoreFromBeforeIsRefused) {
  copy_folder(after_, index_);
  copy_folder(before_ / "store-1", index_ / "store-1");
  const Error error = failure_of([&] { IndexWriter::open(index_); });
  EXPECT_EQ(error.kind(), Error::Kind::corrupt);
  EXPECT_FALSE(check(index_).damage.empty());
}

TEST_F(BetweenTheSteps, AStoreOfAnotherIndexIsRefused) {
  const fs::path other = folder_.path() / "other";
  {
    IndexWriter writer = IndexWriter::create(other);
    for (int i = 0; i < 20; ++i) {
      put(writer, "x", std::to_string(i));
      writer.commit();
    }
  }
  copy_folder(other / "store-1", index_ / "store-1");
  EXPECT_EQ(failure_of([&] { IndexWriter::open(index_); }).kind(), Error::Kind::corrupt);
  EXPECT_FALSE(check(index_).damage.empty());
}

TEST_F(BetweenTheSteps, AMissingStoreIsNamed) {
  fs::remove_all(index_ / "store-1");
  const Error error = failure_of([&] { IndexWriter::open(index_); });
  EXPECT_EQ(error.kind(), Error::Kind::corrupt);
  EXPECT_NE(error.hint().find("stemma restore"), std::string::npos);
  EXPECT_FALSE(check(index_).damage.empty());
  EXPECT_EQ(snapshot::Snapshot::open(index_)->collection().documents, 14U)
      << "reading goes on without the store";
}

TEST_F(BetweenTheSteps, AMissingSegmentIsDamageThatRebuildMends) {
  fs::remove(index_ / "segments" / snapshot::read_manifest(index_).segments.front().file);
  const Error error = failure_of([&] { (void)snapshot::Snapshot::open(index_); });
  EXPECT_EQ(error.kind(), Error::Kind::corrupt);
  EXPECT_NE(error.hint().find("stemma rebuild"), std::string::npos);
  EXPECT_EQ(failure_of([&] { IndexWriter::open(index_); }).kind(), Error::Kind::corrupt);
  EXPECT_FALSE(check(index_).damage.empty());
  rebuild(index_);
  EXPECT_TRUE(check(index_).damage.empty());
  EXPECT_EQ(snapshot::Snapshot::open(index_)->collection().documents, 14U);
}

TEST(Creation, ThatWasInterruptedCanBeStartedAgain) {
  const TemporaryFolder folder;
  const fs::path index = folder.path() / "index";
  const auto state = [&](int step) {
    fs::remove_all(index);
    fs::create_directory(index);
    if (step >= 1) replace_file(index / "LOCK", "1\n");
    if (step >= 2) fs::create_directory(index / "segments");
    if (step >= 3) {
      store::Store::create(index / "store-1");
    }
    if (step >= 4) fs::remove(index / "store-1" / "iamglass");  // which Xapian makes last
  };
  for (int step = 0; step <= 4; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    state(step);
    EXPECT_EQ(failure_of([&] { IndexWriter::open(index); }).kind(), Error::Kind::not_found);
    state(step);
    IndexWriter writer = IndexWriter::create(index);
    Article article;
    article.key = "a";
    writer.add(article);
    EXPECT_EQ(writer.commit(), 1U);
  }
}

}  // namespace
}  // namespace stemma
