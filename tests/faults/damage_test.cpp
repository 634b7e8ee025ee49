// Damage anywhere in the directory of an index, in the store too, where nothing but Xapian's own
// structures guard what is no article of ours: bits are flipped and files cut. Then
//   searching gives the right results or an Error: never others, no crash, no hang;
//   check() reports the damage (or dies of it: it runs in a process of its own here), or else the
//   damage is harmless: every article is there as it was committed, by the store and by the
//   writer, and all can be changed and checked again.
// One kind of damage is found only then: the version file says of a table that holds nothing that a
// block is free, or none, and Xapian misses the block once that table is written anew.
//
// STEMMA_FLIPS sets the number of flips, STEMMA_SEED which.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "base/files.h"
#include "child_process.h"
#include "compile/any_article.h"
#include "stemma/index_writer.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;

constexpr int kError = 5;

std::uint32_t setting(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10));
}

class Damaged : public testing::Test {
 protected:
  struct Counts {
    unsigned damages = 0;
    unsigned reported = 0;
    unsigned check_died = 0;
    unsigned harmless = 0;
    unsigned found_later = 0;  ///< of these
    unsigned search_refused = 0;
  };

  void SetUp() override {
    {
      IndexWriter writer = IndexWriter::create(good_);
      SmallRandom random(12);
      for (int i = 0; i < 240; ++i) {
        writer.add(any_article(random, "key of article " + std::to_string(i), {i % 5 == 0}));
        if (i % 80 == 79) writer.commit();
      }
      for (int i = 0; i < 240; i += 17) writer.erase("key of article " + std::to_string(i));
      writer.add(any_article(random, std::string(900, 'k')));  // a key that is stored as a hash
      writer.commit();
    }
    for (const auto& entry : fs::recursive_directory_iterator(good_)) {
      if (entry.is_regular_file() && entry.file_size() > 0) {
        files_.push_back(fs::relative(entry.path(), good_));
      }
    }
    std::sort(files_.begin(), files_.end());
    restore();
    found_ = read("search").output;
    ASSERT_EQ(read("check").exit_code(), 0);
    articles_ = read("articles").output;
    ASSERT_EQ(read("change").exit_code(), 0) << "the sound index";
    ASSERT_GT(found_.size(), 10U);
    ASSERT_GT(articles_.size(), 10U);
  }

  ChildProcess read(const char* how) { return run_program({INDEX_READER, how, index_.string()}); }
  void restore() {
    fs::remove_all(index_);
    fs::copy(good_, index_, fs::copy_options::recursive);
  }
  void write(const fs::path& file, const std::string& bytes) {
    fs::remove(index_ / file);
    NewFile damaged(index_ / file);
    damaged.append(bytes);
    damaged.publish();
  }

  /// `index_` was damaged in one place of this file.
  void judge(const fs::path& file, const std::string& how) {
    SCOPED_TRACE(file.string() + ": " + how);
    ++counts_.damages;
    const ChildProcess searched = read("search");
    if (searched.exit_code() == kError) {
      ++counts_.search_refused;
    } else {
      EXPECT_EQ(searched.exit_code(), 0) << "searching ended with status " << searched.status;
      EXPECT_EQ(searched.output, found_) << "other results";
    }
    const ChildProcess checked = read("check");
    ASSERT_NE(checked.signal(), SIGALRM) << "check() hangs";
    ASSERT_NE(checked.signal(), SIGXCPU) << "check() hangs";
    if (checked.exit_code() == 1 || checked.exit_code() == kError) {
      ++counts_.reported;
    } else if (checked.exit_code() != 0) {
      ++counts_.check_died;
    } else {
      ++counts_.harmless;
      ++harmless_in_[file.string()];
      EXPECT_EQ(searched.output, found_) << "check() finds nothing";
      EXPECT_EQ(read("articles").output, articles_) << "check() finds nothing";
      const ChildProcess changed = read("change");
      if (is_a_lost_block(changed)) {
        ++counts_.found_later;
      } else {
        EXPECT_EQ(changed.exit_code(), 0) << "check() finds nothing; then: " << changed.output;
      }
    }
  }
  static bool is_a_lost_block(const ChildProcess& changed) {
    const std::string& said = changed.output;
    return changed.exit_code() == 1 && std::count(said.begin(), said.end(), '\n') == 1 &&
           said.find("missing from the free list") != std::string::npos;
  }
  void print(const char* what) const {
    std::printf(
        "%u %s in %zu files: %u reported by check(), %u it died of, %u harmless (%u found later); "
        "%u searches refused\n",
        counts_.damages, what, files_.size(), counts_.reported, counts_.check_died,
        counts_.harmless, counts_.found_later, counts_.search_refused);
    for (const auto& [file, count] : harmless_in_) {
      std::printf("  harmless in %s: %u\n", file.c_str(), count);
    }
  }

  TemporaryFolder folder_;
  fs::path good_ = folder_.path() / "good";
  fs::path index_ = folder_.path() / "index";
  std::vector<fs::path> files_;  ///< below the index, without empty ones
  std::string found_;
  std::string articles_;
  Counts counts_;
  std::map<std::string, unsigned> harmless_in_;
};

/// Much of a store is free space; `written` is for where there is more than zeros.
std::size_t any_bit(SmallRandom& random, const std::string& bytes, bool written) {
  std::size_t bit = 0;
  int tries = 0;
  do {
    bit = random() % (bytes.size() * 8);
  } while (written && bytes[bit / 8] == '\0' && ++tries < 100'000);
  return bit;
}

TEST_F(Damaged, ByAFlippedBitIsReportedOrHarmless) {
  const std::uint32_t flips = setting("STEMMA_FLIPS", 400);
  const std::uint32_t seed = setting("STEMMA_SEED", 1);
  SmallRandom random(seed);
  for (std::uint32_t i = 0; i < flips; ++i) {
    const fs::path& file = files_[i % files_.size()];
    restore();
    std::string bytes = read_file(index_ / file);
    const std::size_t bit = any_bit(random, bytes, i / files_.size() % 2 == 0);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    write(file, bytes);
    judge(file, "bit " + std::to_string(bit % 8) + " of byte " + std::to_string(bit / 8));
    if (testing::Test::HasFatalFailure()) break;
  }
  EXPECT_GT(counts_.reported, 0U);
  EXPECT_EQ(counts_.damages, flips);
  print("flips");
}

TEST_F(Damaged, ByACutIsReportedOrHarmless) {
  SmallRandom random(setting("STEMMA_SEED", 1));
  for (const fs::path& file : files_) {
    const std::string bytes = read_file(good_ / file);
    for (const std::size_t size :
         {std::size_t{0}, bytes.size() / 2, bytes.size() - 1, random() % bytes.size()}) {
      restore();
      write(file, bytes.substr(0, size));
      judge(file, "cut to " + std::to_string(size) + " bytes");
    }
    restore();
    fs::remove(index_ / file);
    judge(file, "removed");
    if (testing::Test::HasFatalFailure()) break;
  }
  EXPECT_GT(counts_.reported, 0U);
  print("cuts");
}

}  // namespace
}  // namespace stemma
