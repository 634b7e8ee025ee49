// Posting lists at the edges of blocks and of numbers.
#include "segment/posting_cursor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "segment/posting_block.h"
#include "segment_model.h"
#include "stemma/error.h"

namespace stemma::segment {
namespace {

using testing::ElementsAreArray;

TEST(PostingCursor, AnEmptyListIsAtItsEnd) {
  PostingCursor cursor;
  EXPECT_EQ(cursor.doc(), kEndOfList);
  EXPECT_EQ(cursor.next(), kEndOfList);
  EXPECT_EQ(cursor.seek(5), kEndOfList);
  EXPECT_EQ(cursor.next_block(), kEndOfList);
  EXPECT_EQ(cursor.document_frequency(), 0U);
  EXPECT_EQ(cursor.block_last(), kEndOfList);
  EXPECT_EQ(cursor.block_bound(), 0);
  EXPECT_EQ(cursor.list_bound(), 0);
  EXPECT_FALSE(cursor.has_positions());
  cursor.shallow_seek(5);
}

TEST(PostingCursor, EveryEdgeOfABlockIsReached) {
  std::mt19937 random(21);
  constexpr std::uint32_t kDocuments = 1000;
  constexpr std::uint32_t kSizes[] = {0, 1, 2, 127, 128, 129, 255, 256, 257, 383, 384, 385, 1000};
  Model model = plain_documents(kDocuments);
  for (const std::uint32_t size : kSizes) {
    for (const TermLayer layer : {TermLayer::stem, TermLayer::word}) {
      model.terms[term_key(layer, std::to_string(size))] =
          any_term(random, layer, size, kDocuments);
    }
  }
  const Folder folder;
  const auto segment = build(model, folder);
  segment->verify();
  for (const auto& [key, term] : model.terms) {
    SCOPED_TRACE(key);
    std::vector<Ordinal> documents;
    for (const auto& [doc, posting] : term.postings) documents.push_back(doc);
    std::vector<Ordinal> seen;
    for (PostingCursor at = segment->postings(*segment->find(key)); at.doc() != kEndOfList;
         at.next()) {
      seen.push_back(at.doc());
    }
    EXPECT_EQ(seen, documents);
    std::vector<Ordinal> by_block;
    for (PostingCursor at = segment->postings(*segment->find(key)); at.doc() != kEndOfList;
         at.next_block()) {
      EXPECT_EQ(at.block_last(), at.block_documents().back());
      by_block.insert(by_block.end(), at.block_documents().begin(), at.block_documents().end());
    }
    EXPECT_EQ(by_block, documents);
    for (std::size_t i = 0; i < documents.size(); ++i) {
      // A fresh cursor that goes straight there, also from one before.
      PostingCursor cursor = segment->postings(*segment->find(key));
      const Ordinal target = documents[i] - (i > 0 && documents[i - 1] + 1 < documents[i] ? 1 : 0);
      ASSERT_EQ(cursor.seek(target), documents[i]);
      ASSERT_EQ(cursor.seek(documents[i]), documents[i]);
      const ModelPosting& posting = term.postings.at(documents[i]);
      ASSERT_EQ(cursor.term_frequency(), posting.term_frequency);
      ASSERT_THAT(cursor.positions(), ElementsAreArray(posting.positions));
      ASSERT_EQ(cursor.next(), i + 1 < documents.size() ? documents[i + 1] : kEndOfList);
    }
    PostingCursor behind = segment->postings(*segment->find(key));
    EXPECT_EQ(behind.seek(documents.empty() ? 0 : documents.back() + 1), kEndOfList);
  }
}

TEST(PostingCursor, LargeNumbersComeBack) {
  Model model = plain_documents(300);
  ModelTerm& term = model.terms["wbig"];
  for (Ordinal doc = 0; doc < 300; ++doc) {
    term.postings[doc] = {.term_frequency = UINT32_MAX - doc,
                          .impact = 255,
                          .positions = {doc, UINT32_MAX - 1, UINT32_MAX}};
  }
  term.postings[150].positions.clear();
  term.postings[151].term_frequency = 0;
  const Folder folder;
  const auto segment = build(model, folder);
  segment->verify();
  const auto info = segment->find("wbig");
  EXPECT_GT(info->occurrences, std::uint64_t{UINT32_MAX} * 298);
  PostingCursor cursor = segment->postings(*info);
  for (const auto& [doc, posting] : term.postings) {
    ASSERT_EQ(cursor.seek(doc), doc);
    ASSERT_EQ(cursor.term_frequency(), posting.term_frequency);
    ASSERT_THAT(cursor.positions(), ElementsAreArray(posting.positions));
  }
}

std::string written_block(const BlockPostings& block) {
  ByteWriter bytes;
  ByteWriter gaps;
  ByteWriter positions;
  write_block(block, UINT32_MAX, {}, bytes, gaps, positions);
  return std::string(bytes.view()) + std::string(gaps.view());
}

TEST(PostingCursor, DocumentsFarApartComeBack) {
  // Gaps of more than 24 bits take another path; a segment of so many documents would be slow to
  // make, so the block is tested alone.
  BlockPostings block;
  std::vector<std::uint32_t> expected;
  for (std::uint32_t i = 0; i < 60; ++i) {
    expected.push_back(i * 34'000'000 + i * i);
    block.documents[block.size] = expected.back();
    block.frequencies[block.size++] = 1;
  }
  const std::string padded = written_block(block) + std::string(kReadPadding, '\0');
  const BlockLayout layout = read_layout(as_bytes(padded), block.size, {}, Gaps::inside);
  EXPECT_EQ(layout.bytes, padded.size() - kReadPadding);
  BlockNumbers documents{};
  read_documents(layout, UINT32_MAX, expected.back(), documents);
  EXPECT_TRUE(std::equal(expected.begin(), expected.end(), documents.begin()));
  EXPECT_THROW(read_documents(layout, UINT32_MAX, expected.back() - 1, documents), Error);
}

TEST(PostingCursor, GapsThatWrapAroundAreRefused) {
  BlockPostings block;
  for (const std::uint32_t doc : {100U, 50U, 200U}) {
    block.documents[block.size] = doc;
    block.frequencies[block.size++] = 1;
  }
  const std::string padded = written_block(block) + std::string(kReadPadding, '\0');
  const BlockLayout layout = read_layout(as_bytes(padded), block.size, {}, Gaps::inside);
  BlockNumbers documents{};
  EXPECT_THROW(read_documents(layout, UINT32_MAX, 200, documents), Error);
  EXPECT_THROW(read_any_documents(layout, 1000, documents), Error);
}

TEST(PostingCursor, RepeatedCallsInAnyOrderAgree) {
  std::mt19937 random(22);
  Model model = plain_documents(500);
  model.settings.word_impacts = true;
  model.terms["wab"] = any_term(random, TermLayer::word, 400, 500);
  const Folder folder;
  const auto segment = build(model, folder);
  PostingCursor cursor = segment->postings(*segment->find("wab"));
  for (const auto& [doc, posting] : model.terms["wab"].postings) {
    for (int round = 0; round < 4; ++round) {
      switch (random() % 3) {
        case 0:
          ASSERT_EQ(cursor.impact(), posting.impact);
          break;
        case 1:
          ASSERT_THAT(cursor.positions(), ElementsAreArray(posting.positions));
          break;
        default:
          ASSERT_EQ(cursor.term_frequency(), posting.term_frequency);
      }
    }
    cursor.next();
  }
}

TEST(PostingCursor, ShallowSeekLeavesTheDocumentAlone) {
  std::mt19937 random(23);
  Model model = plain_documents(1000);
  model.terms["sab"] = any_term(random, TermLayer::stem, 1000, 1000);
  const Folder folder;
  const auto segment = build(model, folder);
  PostingCursor cursor = segment->postings(*segment->find("sab"));
  EXPECT_EQ(cursor.block_last(), 127U);
  cursor.shallow_seek(600);
  EXPECT_EQ(cursor.block_last(), 639U);
  EXPECT_EQ(cursor.doc(), 0U);
  EXPECT_EQ(cursor.next(), 1U);
  EXPECT_EQ(cursor.seek(128), 128U);
  EXPECT_EQ(cursor.block_last(), 255U);
  cursor.shallow_seek(1000);
  EXPECT_EQ(cursor.block_last(), kEndOfList);
  EXPECT_EQ(cursor.doc(), 128U);
  EXPECT_EQ(cursor.seek(999), 999U);
}

TEST(PostingCursor, RareTermsTakeFewBytes) {
  Model model = plain_documents(3);
  const auto size_with = [&](std::uint32_t terms) {
    for (std::uint32_t i = 0; i < terms; ++i) {
      model.terms["w" + std::to_string(100'000 + i)].postings[1] = {
          .term_frequency = 1, .impact = 9, .positions = {7}};
    }
    const Folder folder;
    write(model, folder.in("a.seg"));
    return std::filesystem::file_size(folder.in("a.seg"));
  };
  // Key 2 to 3, facts 1, document 1, bound 1, position 1, index 0.6.
  EXPECT_LT(size_with(11'000) - size_with(1000), 10'000 * 8);
}

}  // namespace
}  // namespace stemma::segment
