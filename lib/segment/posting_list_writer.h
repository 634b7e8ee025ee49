// One posting list on its way into the file.
//
// A list of one document is so short that it stands in the dictionary itself:
//   varint document | u8 bound | positions: varint first, varint distances
// A list of up to 127 documents is one short block:
//   u8 bound | block | its positions
// A longer one is made for skipping; its positions stream to the file while it grows, the rest
// waits in memory (two bytes a posting or less, usually):
//   positions of all blocks
//   u32 last document, u32 begin of the block, u32 begin of its positions (only with positions),
//   u8 bound: four arrays with one element a block
//   blocks
//   u32 bytes of all blocks | u8 bound of the list
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
  void finish_long(std::uint64_t& bytes);

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
  ByteWriter positions_;  // of one block
  ByteWriter blocks_;
  std::vector<std::uint32_t> last_;
  std::vector<std::uint32_t> begin_;
  std::vector<std::uint32_t> positions_begin_;
  std::vector<std::uint8_t> bounds_;
};

}  // namespace stemma::segment
