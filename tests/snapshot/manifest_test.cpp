#include "snapshot/manifest.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>

#include "base/bytes.h"
#include "kernels/crc32c.h"
#include "stemma/error.h"
#include "temporary_folder.h"

namespace stemma::snapshot {
namespace {

Manifest any_manifest() {
  Manifest manifest;
  manifest.generation = 41;
  manifest.next_doc_id = 1000;
  manifest.next_file_number = 17;
  manifest.store = "store-2";
  manifest.uuid = "0123456789abcdef0123456789abcdef";
  manifest.analyzer_fingerprint = 0xfedc'ba98'7654'3210ULL;
  manifest.analyzer_build = 0x0123'4567'89ab'cdefULL;
  manifest.index_options = {AnalyzerKind::none, "de", 7};
  manifest.segments = {{"s00000003.seg", 1, 400, 390, 123'456'789'012ULL},
                       {"s00000009.seg", 401, 999, 2, 77}};
  manifest.deletion_files = {"d00000004.del", "d00000016.del"};
  return manifest;
}

void expect_equal(const Manifest& a, const Manifest& b) {
  EXPECT_EQ(encode(a), encode(b));
  EXPECT_EQ(a.segments, b.segments);
  EXPECT_EQ(a.deletion_files, b.deletion_files);
  EXPECT_EQ(a.analyzer_fingerprint, b.analyzer_fingerprint);
  EXPECT_EQ(a.analyzer_build, b.analyzer_build);
  EXPECT_EQ(a.index_options.title_weight, b.index_options.title_weight);
}

Error::Kind kind_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error::Kind::io;
}

/// A manifest whose checksum is right and whose text is not.
std::string forged(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  text.resize(text.find('\n') + 1);
  char sum[32];
  std::snprintf(sum, sizeof sum, "crc32c %08x\n", kernels::crc32c(as_bytes(text)));
  return text + sum;
}

TEST(Manifest, ReadsBackWhatItWrote) {
  expect_equal(decode(encode(any_manifest())), any_manifest());
  expect_equal(decode(encode(Manifest())), Manifest());
}

TEST(Manifest, IsTwoLinesOfText) {
  const std::string text = encode(any_manifest());
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_EQ(text.front(), '{');
}

TEST(Manifest, KnowsEveryFlippedBitAndEveryTruncation) {
  const std::string text = encode(any_manifest());
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string damaged = text;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_EQ(kind_of([&] { (void)decode(damaged); }), Error::Kind::corrupt) << "bit " << bit;
  }
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_EQ(kind_of([&] { (void)decode(text.substr(0, size)); }), Error::Kind::corrupt);
  }
  EXPECT_EQ(kind_of([&] { (void)decode(text + "x"); }), Error::Kind::corrupt);
}

TEST(Manifest, RefusesAnotherFormatAndSaysSo) {
  const std::string other = forged(encode(any_manifest()), "\"format\":1", "\"format\":2");
  EXPECT_EQ(kind_of([&] { (void)decode(other); }), Error::Kind::wrong_version);
}

TEST(Manifest, RefusesNonsenseUnderARightChecksum) {
  const std::string text = encode(any_manifest());
  const std::vector<std::pair<std::string, std::string>> forgeries = {
      {"s00000003.seg", "../passwd"},
      {"s00000003.seg", ".hidden"},
      {"s00000003.seg", ""},
      {"store-2", "/etc"},
      {"\"first_doc\":401", "\"first_doc\":400"},              // overlaps the one before
      {"\"first_doc\":1,", "\"first_doc\":0,"},                // no document has DocId 0
      {"\"last_doc\":999", "\"last_doc\":1000"},               // not given yet
      {"\"documents\":390", "\"documents\":401"},              // more than DocIds
      {"\"documents\":390", "\"documents\":0"},                // an empty segment is not published
      {"\"generation\":41", "\"generation\":-41"},             // negative
      {"\"generation\":41", "\"generation\":\"41\""},          // a text
      {"\"next_doc_id\":1000", "\"next_doc_id\":9999999999"},  // more than 32 bits
      {"fedcba9876543210", "fedcba987654321x"},
      {"\"none\"", "\"other\""},
      {"\"segments\":", "\"pieces\":"},
      {"{\"format\"", "[\"format\""},
  };
  for (const auto& [from, to] : forgeries) {
    const std::string forgery = forged(text, from, to);
    EXPECT_EQ(kind_of([&] { (void)decode(forgery); }), Error::Kind::corrupt)
        << from << " -> " << to;
  }
}

TEST(Manifest, OfAnIndexFromBeforeBuildsWereNamedReadsAsUnknown) {
  const std::string before = forged(encode(any_manifest()), ",\"build\":\"0123456789abcdef\"", "");
  EXPECT_EQ(decode(before).analyzer_build, 0U);
  EXPECT_EQ(decode(before).analyzer_fingerprint, any_manifest().analyzer_fingerprint);
}

TEST(Manifest, IsPublishedAndReadFromItsPlace) {
  const TemporaryFolder folder;
  publish_manifest(folder.path(), any_manifest());
  expect_equal(read_manifest(folder.path()), any_manifest());
  Manifest next = any_manifest();
  ++next.generation;
  publish_manifest(folder.path(), next);
  EXPECT_EQ(read_manifest(folder.path()).generation, 42U);
}

TEST(Manifest, SaysThatThereIsNoIndexAndWhatToDo) {
  const TemporaryFolder folder;
  try {
    (void)read_manifest(folder.path());
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), Error::Kind::not_found);
    EXPECT_NE(std::string(error.what()).find(folder.path().string()), std::string::npos);
    EXPECT_NE(error.hint().find("stemma index"), std::string::npos);
  }
}

}  // namespace
}  // namespace stemma::snapshot
