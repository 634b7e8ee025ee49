// The simulated disk keeps what was synced, and of the rest any part.
#include "crash/simulated_disk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace stemma::disk {
namespace {

using Kind = Operation::Kind;

/// "a" with `old`, all of it safe.
SimulatedDisk disk_with(const std::string& old) {
  SimulatedDisk disk;
  disk.apply({.kind = Kind::open, .handle = 1, .name = ""});
  disk.apply({.kind = Kind::open, .handle = 2, .offset = 1, .name = "a"});
  disk.apply({.kind = Kind::write, .handle = 2, .text = old});
  disk.apply({.kind = Kind::sync, .handle = 2});
  disk.apply({.kind = Kind::sync, .handle = 1});
  return disk;
}

/// How many of many cuts leave what `is_so` says.
int count(const SimulatedDisk& disk, const std::function<bool(const Image&)>& is_so) {
  int found = 0;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    found += is_so(disk.after({Cut::Names::some, Cut::Data::some, 512, seed})) ? 1 : 0;
  }
  return found;
}

TEST(SimulatedDisk, KeepsWhatWasSynced) {
  const SimulatedDisk disk = disk_with("old");
  EXPECT_EQ(disk.now().files.at("a"), "old");
  EXPECT_EQ(count(disk, [&](const Image& image) { return image == disk.now(); }), 200);
  EXPECT_EQ(disk.after({Cut::Names::none, Cut::Data::none}), disk.now());
}

TEST(SimulatedDisk, LosesANameWhoseFolderWasNotSyncedThoughTheFileWas) {
  SimulatedDisk disk = disk_with("old");
  disk.apply({.kind = Kind::open, .handle = 3, .offset = 1, .name = "a.tmp"});
  disk.apply({.kind = Kind::write, .handle = 3, .text = "new"});
  disk.apply({.kind = Kind::sync, .handle = 3});
  disk.apply({.kind = Kind::rename, .name = "a.tmp", .text = "a"});
  EXPECT_EQ(disk.now().files, (std::map<std::string, std::string>{{"a", "new"}}));
  const auto has = [](const char* bytes) {
    return [bytes](const Image& image) { return image.files.at("a") == bytes; };
  };
  EXPECT_GT(count(disk, has("old")), 0);
  EXPECT_GT(count(disk, has("new")), 0);
  EXPECT_EQ(count(disk, has("old")) + count(disk, has("new")), 200) << "a rename is atomic";
  disk.apply({.kind = Kind::sync, .handle = 1});
  EXPECT_EQ(count(disk, has("new")), 200);
}

TEST(SimulatedDisk, TearsAWriteAtSectorsOnly) {
  SimulatedDisk disk = disk_with(std::string(2048, 'o'));
  disk.apply({.kind = Kind::write, .handle = 2, .offset = 256, .text = std::string(1024, 'n')});
  std::set<std::string> seen;
  count(disk, [&](const Image& image) {
    const std::string& bytes = image.files.at("a");
    EXPECT_EQ(bytes.size(), 2048U);
    std::string ends;
    for (const std::size_t at : {255U, 256U, 511U, 512U, 1023U, 1024U, 1279U, 1280U}) {
      ends += bytes[at];
    }
    EXPECT_EQ(ends.substr(1, 1), ends.substr(2, 1)) << "inside of a sector";
    EXPECT_EQ(ends.substr(3, 1), ends.substr(4, 1));
    EXPECT_EQ(ends.substr(5, 1), ends.substr(6, 1));
    seen.insert(ends);
    return true;
  });
  EXPECT_EQ(seen.size(), 8U) << "each of three sectors, old or new";
}

TEST(SimulatedDisk, MayKeepTheSizeOfALostWrite) {
  SimulatedDisk disk = disk_with("old");
  disk.apply({.kind = Kind::write, .handle = 2, .offset = 3, .text = "new"});
  const auto has = [](const std::string& bytes) {
    return [bytes](const Image& image) { return image.files.at("a") == bytes; };
  };
  EXPECT_GT(count(disk, has("old")), 0);
  EXPECT_GT(count(disk, has("oldnew")), 0);
  EXPECT_GT(count(disk, has(std::string("old\0\0\0", 6))), 0);
}

TEST(SimulatedDisk, BringsBackWhatWasRemoved) {
  SimulatedDisk disk = disk_with("old");
  disk.apply({.kind = Kind::remove, .name = "a"});
  EXPECT_TRUE(disk.now().files.empty());
  const int back = count(disk, [](const Image& image) { return image.files.contains("a"); });
  EXPECT_GT(back, 0);
  EXPECT_LT(back, 200);
}

}  // namespace
}  // namespace stemma::disk
