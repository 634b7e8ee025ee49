// Files on a real file system: what is published stands, what is not leaves nothing behind.
#include "base/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "stemma/error.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  Files() {
    std::string name = (fs::temp_directory_path() / "stemma-files-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Files() override { fs::remove_all(folder_); }
  [[nodiscard]] fs::path in(const char* name) const { return folder_ / name; }
  fs::path folder_;
};

Error::Kind kind_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_FALSE(std::string(error.what()).empty());
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error::Kind::cancelled;
}

TEST_F(Files, ReplacingShowsTheNewBytesAndLeavesNoTemporary) {
  replace_file(in("a"), "one");
  replace_file(in("a"), "two, longer");
  EXPECT_EQ(read_file(in("a")), "two, longer");
  EXPECT_FALSE(fs::exists(in("a.tmp")));
}

TEST_F(Files, AnUnpublishedFileDisappears) {
  {
    NewFile file(in("a"));
    file.append(std::string_view("half"));
    EXPECT_EQ(file.size(), 4U);
    EXPECT_TRUE(fs::exists(file.temporary_path()));
  }
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(Files, ANewFileMayReplaceALeftoverOfACrash) {
  std::ofstream(in("a.tmp")) << "left over, and longer than what follows";
  NewFile file(in("a"));
  file.append(std::string_view("new"));
  file.publish();
  EXPECT_EQ(read_file(in("a")), "new");
}

TEST_F(Files, SyncedBytesCanBeReadBeforePublishing) {
  NewFile file(in("a"));
  std::string expected;
  for (int i = 0; i < 100; ++i) {
    const std::string piece(static_cast<std::size_t>(i) * 997U, static_cast<char>('a' + i % 26));
    file.append(piece);
    expected += piece;
  }
  const std::string large(std::size_t{1} << 20U, 'L');  // more than the buffer holds
  file.append(large);
  expected += large;
  file.sync();
  EXPECT_EQ(read_file(file.temporary_path()), expected);
  EXPECT_EQ(file.size(), expected.size());
  file.append(std::string_view("!"));
  file.publish();
  EXPECT_EQ(read_file(in("a")), expected + "!");
}

TEST_F(Files, ANewFileIsPrivateToItsOwner) {
  replace_file(in("a"), "secret");
  struct stat facts {};
  ASSERT_EQ(::stat(in("a").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
}

TEST_F(Files, AMappingOutlivesTheNameOfItsFile) {
  replace_file(in("a"), "bytes");
  MappedFile file(in("a"));
  fs::remove(in("a"));
  EXPECT_EQ(as_text(file.bytes()), "bytes");
  const MappedFile moved(std::move(file));
  EXPECT_EQ(as_text(moved.bytes()), "bytes");
  EXPECT_TRUE(file.bytes().empty());  // NOLINT(bugprone-use-after-move): moved-from is empty
}

TEST_F(Files, AnEmptyFileMapsToNoBytes) {
  replace_file(in("a"), "");
  EXPECT_TRUE(MappedFile(in("a")).bytes().empty());
  EXPECT_EQ(read_file(in("a")), "");
}

TEST_F(Files, WhatIsNotThereIsNotFound) {
  replace_file(in("a"), "");
  EXPECT_EQ(kind_of([&] { MappedFile file(in("none")); }), Error::Kind::not_found);
  EXPECT_EQ(kind_of([&] { (void)read_file(in("none")); }), Error::Kind::not_found);
  EXPECT_EQ(kind_of([&] { (void)read_file(in("a") / "below"); }), Error::Kind::not_found);
}

TEST_F(Files, OnlyRegularFilesAreRead) {
  ASSERT_EQ(::mkfifo(in("pipe").c_str(), 0600), 0);
  EXPECT_EQ(kind_of([&] { (void)read_file(in("pipe")); }), Error::Kind::io);
  EXPECT_EQ(kind_of([&] { MappedFile file(in("pipe")); }), Error::Kind::io);
  EXPECT_EQ(kind_of([&] { (void)read_file(folder_); }), Error::Kind::io);
}

TEST_F(Files, ReadingStopsAtTheLimit) {
  replace_file(in("a"), "12345");
  EXPECT_EQ(read_file(in("a"), 5), "12345");
  EXPECT_EQ(kind_of([&] { (void)read_file(in("a"), 4); }), Error::Kind::limit);
}

TEST_F(Files, WritingWhereThereIsNoFolderNamesTheFileAndTheReason) {
  try {
    replace_file(in("none") / "a", "x");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::io);
    EXPECT_THAT(error.what(), testing::HasSubstr("none/a"));
    EXPECT_THAT(error.what(), testing::HasSubstr("No such file or directory"));
  }
}

TEST_F(Files, ASecondLockIsRefusedAndNamesTheHolder) {
  const FileLock lock(in("LOCK"));
  try {
    const FileLock second(in("LOCK"), 0.02);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::locked);
    EXPECT_THAT(error.what(), testing::HasSubstr("process " + std::to_string(::getpid())));
  }
}

TEST_F(Files, AReleasedLockCanBeTakenAgainAndTheFileStays) {
  { const FileLock lock(in("LOCK")); }
  EXPECT_TRUE(fs::exists(in("LOCK")));
  EXPECT_NO_THROW(FileLock(in("LOCK")));
}

TEST_F(Files, AWaitingWriterGetsTheLockWhenTheHolderLetsGo) {
  auto first = std::make_unique<FileLock>(in("LOCK"));
  std::thread waiting([&] { EXPECT_NO_THROW(FileLock(in("LOCK"), 30)); });
  first.reset();
  waiting.join();
}

TEST_F(Files, TheLockOfAKilledProcessIsFree) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const FileLock lock(in("LOCK"));
    [[maybe_unused]] const auto sent = ::write(ready[1], "x", 1);
    ::pause();
  }
  char signal = 0;
  ASSERT_EQ(::read(ready[0], &signal, 1), 1);
  EXPECT_EQ(kind_of([&] { FileLock lock(in("LOCK")); }), Error::Kind::locked);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_NO_THROW(FileLock(in("LOCK")));
  ::close(ready[0]);
  ::close(ready[1]);
}

}  // namespace
}  // namespace stemma
