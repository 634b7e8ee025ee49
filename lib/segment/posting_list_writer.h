// One posting list on its way into the file.
//
// A list of one document is so short that it stands in the dictionary itself:
//   varint document | u8 bound | positions: varint first, varint distances
// A list of up to 127 documents is one short block:
//   u8 bound | impacts: u8 a posting (only with impacts) | block | its positions
// A longer one is made for skipping and for random access; its positions stream to the file while
// it grows, the rest waits in memory (seven bytes a posting or less, usually):
//   positions of all blocks
//   bitmap: one bit a document, in 64-bit words, then u32 postings before each 512 documents
//           (only if one in 16 documents is in the list)
//   impacts: u8 a posting, or u8 a document, 0 if it is not in the list (one in 4 is, and no
//            impact is 0)
//   u32 last document, u32 begin of the block, u32 begin of its positions (only with positions),
//   u8 bound: four arrays with one element a block
//   blocks
//   u32 bytes of all blocks | u8 bound of the list | u8 form: 1 bitmap + 2 impacts by document
//   | u8 levels that the best 10, 100, 1000 postings reach, 0 if there are fewer
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "segment/page_output.h"
#include "segment/posting_block.h"
#include "segment/segment_writer.h"

namespace stemma::segment {

/// What the dictionary keeps of a finished list.
struct FinishedList {
  std::uint32_t documents = 0;
  std::uint64_t occurrences = 0;
  std::uint64_t bytes = 0;      ///< in the postings section; 0 for one document
  bool counts_differ = false;   ///< one document whose count is not its term frequency
  std::uint32_t count = 0;      ///< one document: its positions
  std::string inline_postings;  ///< one document: the list itself
};

class PostingListWriter {
 public:
  explicit PostingListWriter(PageOutput& out) : out_(out) {}

  void begin(LayerTraits traits, std::uint32_t document_count);
  /// Throws Error{invalid_argument} if documents or positions do not ascend.
  void add(const Posting& posting);
  [[nodiscard]] FinishedList finish();

 private:
  void flush_block();
  void check(const Posting& posting) const;
  void finish_short(FinishedList& list);
  void finish_long(std::uint64_t& bytes);
  void write_bitmap(ByteWriter& out) const;
  void write_impacts(bool by_document, ByteWriter& out) const;

  PageOutput& out_;
  LayerTraits traits_;
  std::uint32_t document_count_ = 0;
  BlockPostings block_;
  std::uint32_t documents_ = 0;
  std::uint64_t occurrences_ = 0;
  std::uint32_t before_ = 0;  // last document of the block before
  std::uint8_t block_bound_ = 0;
  std::uint8_t bound_ = 0;
  std::uint64_t position_bytes_ = 0;
  ByteWriter short_list_;
  ByteWriter positions_;  // of one block
  ByteWriter blocks_;     // without gaps
  ByteWriter gaps_;
  std::vector<std::uint32_t> all_documents_;
  std::string levels_;  // one a posting
  std::vector<std::uint32_t> last_;
  std::vector<std::uint64_t> block_ends_;  // in blocks_
  std::vector<std::uint64_t> gap_ends_;    // in gaps_
  std::vector<std::uint32_t> positions_begin_;
  std::vector<std::uint8_t> bounds_;
};

}  // namespace stemma::segment
