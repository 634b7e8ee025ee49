// Damage: every flipped bit and every cut is found; bytes whose checksums were made right again
// are read without harm; other versions are refused with the way out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "base/files.h"
#include "exercise.h"
#include "mend.h"
#include "segment_model.h"

namespace stemma::segment {
namespace {

/// A small segment that has some of everything: short, long and single-document lists.
std::string small_segment(std::uint32_t documents) {
  std::mt19937 random(7);
  Model model = plain_documents(documents);
  model.documents[0].dates = {{0, 86'399}};
  model.documents[1].sentences = {1, 9};
  model.numbers["n"] = {{0, 1.5}};
  for (const char* key : {"mfx", "sab", "sabc", "wab", "wabcdefghijklmnopqrstuvwxyz"}) {
    model.terms[key] = any_term(random, layer_of(key), documents / 2, documents);
  }
  model.terms["sone"] = any_term(random, TermLayer::stem, 1, documents);
  model.terms["wone"] = any_term(random, TermLayer::word, 1, documents);
  model.terms["wall"] = any_term(random, TermLayer::word, documents, documents);
  model.terms["sall"] = any_term(random, TermLayer::stem, documents, documents);
  model.terms["sab"].words = {"ab", "abs"};
  model.terms["fab"].words = {"\xc3\xa4z"};
  const Folder folder;
  write(model, folder.in("a.seg"));
  return read_file(folder.in("a.seg"));
}

bool is_detected(const std::string& bytes) {
  try {
    Segment::over(as_bytes(bytes), "bytes")->verify();
  } catch (const Error& error) {
    return error.kind() == Error::Kind::corrupt || error.kind() == Error::Kind::wrong_version;
  }
  return false;
}

TEST(SegmentDamage, EverySingleFlippedBitIsFound) {
  std::string bytes = small_segment(130);
  ASSERT_FALSE(is_detected(bytes));
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    ASSERT_TRUE(is_detected(bytes)) << "bit " << bit % 8 << " of byte " << bit / 8;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
  }
}

// Seeds of another format would be refused at their head, and the fuzzer would see no more of them.
TEST(SegmentDamage, TheFuzzerBeginsWithSoundSegments) {
  std::size_t seeds = 0;
  const std::filesystem::path folder = STEMMA_SOURCE_DIR "/tests/fuzz/seeds/segment";
  for (const auto& seed : std::filesystem::directory_iterator(folder)) {
    EXPECT_FALSE(is_detected(read_file(seed.path()))) << seed.path();
    ++seeds;
  }
  EXPECT_GE(seeds, 5U);
}

TEST(SegmentDamage, EveryCutAndEveryAddedByteIsFound) {
  const std::string bytes = small_segment(130);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_TRUE(is_detected(bytes.substr(0, size))) << size;
  }
  EXPECT_TRUE(is_detected(bytes + '\0'));
  EXPECT_TRUE(is_detected(bytes + bytes));
}

TEST(SegmentDamage, BytesWithMendedChecksumsDoNoHarm) {
  const std::string sound = small_segment(300);
  std::string again = sound;
  mend(again);
  ASSERT_EQ(again, sound);
  for (unsigned seed = 0; seed < 600; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string bytes = sound;
    for (auto flips = 1 + random() % 4; flips > 0; --flips) {
      // The footer is near the end; it steers everything, so half of the damage goes there.
      const std::size_t back =
          random() % 2 == 0 ? bytes.size() : std::min<std::size_t>(400, bytes.size());
      const std::size_t at = bytes.size() - 1 - random() % back;
      constexpr unsigned char kTelling[] = {0, 1, 0x7f, 0x80, 0xff};
      bytes[at] = random() % 2 == 0 ? static_cast<char>(random())
                                    : static_cast<char>(kTelling[random() % 5]);
    }
    mend(bytes);
    ASSERT_NO_THROW(exercise(as_bytes(bytes)));
  }
}

TEST(SegmentDamage, OnlyTouchedPagesAreRead) {
  std::mt19937 random(8);
  Model model = plain_documents(3);
  for (auto& document : model.documents) {
    document.article.resize(200'000);
    for (char& byte : document.article) byte = static_cast<char>(random());
  }
  model.terms["wab"] = any_term(random, TermLayer::word, 3, 3);
  const Folder folder;
  write(model, folder.in("a.seg"));
  std::string bytes = read_file(folder.in("a.seg"));
  bytes[300'000] = static_cast<char>(bytes[300'000] ^ 4);  // in the second article
  const auto segment = Segment::over(as_bytes(bytes), "damaged.seg");
  EXPECT_EQ(segment->postings(*segment->find("wab")).document_frequency(), 3U);
  EXPECT_EQ(segment->article(0), model.documents[0].article);
  EXPECT_EQ(segment->article(2), model.documents[2].article);
  try {
    (void)segment->article(1);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::corrupt);
    EXPECT_THAT(error.what(), testing::HasSubstr("'damaged.seg'"));
    EXPECT_THAT(error.what(), testing::HasSubstr("page 4"));
    EXPECT_THAT(error.hint(), testing::HasSubstr("stemma rebuild"));
  }
  EXPECT_THROW((void)segment->article(1), Error) << "a damaged page stays damaged";
}

TEST(SegmentDamage, OtherVersionsAreRefusedWithTheWayOut) {
  std::string bytes = small_segment(3);
  for (const char version : {'\0', '\x01', '\x7f'}) {
    bytes[8] = version;
    mend(bytes);
    try {
      (void)Segment::over(as_bytes(bytes), "other.seg");
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), Error::Kind::wrong_version);
      EXPECT_THAT(error.what(), testing::HasSubstr("format " + std::to_string(int{version})));
      EXPECT_THAT(error.hint(), testing::HasSubstr("stemma rebuild"));
    }
  }
}

TEST(SegmentDamage, AFileThatIsNoSegmentIsRefused) {
  const Folder folder;
  EXPECT_TRUE(is_detected(""));
  EXPECT_TRUE(is_detected(std::string(100, 'x')));
  std::ofstream(folder.in("a")) << "";
  EXPECT_THROW((void)Segment::open(folder.in("a")), Error);
  EXPECT_THROW((void)Segment::open(folder.in("none")), Error);
}

}  // namespace
}  // namespace stemma::segment
