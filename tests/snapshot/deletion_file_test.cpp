#include "snapshot/deletion_file.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "small_random.h"
#include "stemma/error.h"
#include "temporary_folder.h"

namespace stemma::snapshot {
namespace {

bool same(const SegmentLoss& a, const SegmentLoss& b) {
  const auto same_term = [](const auto& x, const auto& y) {
    return x.first == y.first && x.second.documents == y.second.documents &&
           x.second.occurrences == y.second.occurrences;
  };
  return a.documents == b.documents && a.total_length == b.total_length &&
         a.languages == b.languages &&
         std::equal(a.terms.begin(), a.terms.end(), b.terms.begin(), b.terms.end(), same_term);
}

bool same(const Deletions& a, const Deletions& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.first == y.first && same(x.second, y.second);
  });
}

Deletions any_deletions(SmallRandom& random) {
  Deletions deletions;
  for (unsigned segment = random() % 4; segment > 0; --segment) {
    SegmentLoss& loss = deletions["s" + std::to_string(random() % 9) + ".seg"];
    loss = {};
    Ordinal doc = random() % 3;
    for (unsigned count = random() % 300; count > 0; --count) {
      loss.documents.push_back(doc);
      doc += 1 + (random() % 5 == 0 ? random() % 100'000 : 0U);
    }
    loss.total_length = random() * 5ULL;
    loss.languages["en"] = random();
    if (random() % 2 == 0) loss.languages["de"] = 1;
    for (unsigned count = random() % 300; count > 0; --count) {
      std::string term(1, 'w');
      for (unsigned letter = random() % 6; letter > 0; --letter) {
        term.push_back(static_cast<char>("ab\0\xff"[random() % 4]));
      }
      loss.terms[term] = {static_cast<std::uint32_t>(random()), random() * 7ULL};
    }
  }
  return deletions;
}

TEST(DeletionFile, ReadsBackWhatItWrote) {
  const TemporaryFolder folder;
  for (unsigned seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallRandom random(seed);
    const Deletions deletions = any_deletions(random);
    const auto path = folder.path() / ("d" + std::to_string(seed));
    write_deletions(path, deletions);
    EXPECT_TRUE(same(read_deletions(path), deletions));
  }
}

TEST(DeletionFile, KnowsEveryFlippedBitAndEveryTruncation) {
  const TemporaryFolder folder;
  Deletions deletions;
  deletions["s1.seg"] = {
      {0, 7, 900}, 55, {{"sabc", {1, 2}}, {"sabd", {3, 4}}, {"w", {1, 1}}}, {{"en", 3}}};
  const auto path = folder.path() / "d";
  write_deletions(path, deletions);
  const std::string good = read_file(path);
  const auto refused = [&](const std::string& bytes) {
    std::filesystem::remove(path);
    NewFile file(path);
    file.append(bytes);
    file.publish();
    try {
      (void)read_deletions(path);
    } catch (const Error& error) {
      return error.kind() == Error::Kind::corrupt;
    }
    return false;
  };
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string damaged = good;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_TRUE(refused(damaged)) << "bit " << bit;
  }
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_TRUE(refused(good.substr(0, size))) << "size " << size;
  }
  EXPECT_TRUE(refused(good + "x"));
}

TEST(DeletionFile, SaysWhenItIsMissing) {
  const TemporaryFolder folder;
  try {
    (void)read_deletions(folder.path() / "none");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::not_found);
  }
}

TEST(MergeDeletions, AddsDocumentsAndStatistics) {
  Deletions into;
  into["a"] = {{1, 5}, 10, {{"sx", {1, 2}}, {"sy", {1, 1}}}, {{"en", 2}}};
  Deletions more;
  more["a"] = {{0, 3}, 7, {{"sx", {2, 3}}, {"sz", {1, 1}}}, {{"de", 1}, {"en", 1}}};
  more["b"] = {{9}, 1, {}, {{"fr", 1}}};
  merge_deletions(into, more);
  Deletions expected;
  expected["a"] = {
      {0, 1, 3, 5}, 17, {{"sx", {3, 5}}, {"sy", {1, 1}}, {"sz", {1, 1}}}, {{"de", 1}, {"en", 3}}};
  expected["b"] = {{9}, 1, {}, {{"fr", 1}}};
  EXPECT_TRUE(same(into, expected));
}

TEST(MergeDeletions, RefusesADocumentDeletedTwice) {
  Deletions into;
  into["a"].documents = {1, 5};
  Deletions more;
  more["a"].documents = {5};
  EXPECT_THROW(merge_deletions(into, more), Error);
}

}  // namespace
}  // namespace stemma::snapshot
