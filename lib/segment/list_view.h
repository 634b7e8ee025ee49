// One posting list being read: where its parts lie, and the block that the cursor stands in.
#pragma once

#include <cstdint>
#include <vector>

#include "segment/paged_file.h"
#include "segment/posting_block.h"
#include "segment/segment.h"

namespace stemma::segment {

/// Block facts and extents are checked when they are read; see docs/FORMAT.md.
struct ListView {
  // Of the list.
  const Section* section = nullptr;
  LayerTraits traits;
  std::uint32_t documents = 0;
  std::uint32_t document_count = 0;  // of the segment
  std::uint32_t blocks = 0;          // 0: there are no block facts, the list is one short block
  std::uint8_t bound = 255;          // of the list
  const std::uint8_t* last = nullptr;
  const std::uint8_t* begins = nullptr;
  const std::uint8_t* position_begins = nullptr;
  const std::uint8_t* bounds = nullptr;
  std::uint64_t blocks_begin = 0;  // in the section
  std::uint64_t blocks_bytes = 0;
  std::uint64_t positions_begin = 0;
  std::uint64_t positions_bytes = 0;

  // Of the present block.
  std::uint32_t block = 0;
  std::uint32_t facts = 0;  // the block that block_last() and block_bound() speak of
  BlockLayout layout;
  bool has_frequencies = false;
  bool has_impacts = false;
  bool has_ends = false;
  std::uint64_t block_positions_begin = 0;  // in the section
  std::uint64_t block_positions_bytes = 0;
  BlockNumbers numbers_of_documents;
  BlockNumbers frequencies;
  BlockNumbers impacts;
  BlockNumbers ends;
  std::vector<std::uint32_t> positions;

  /// Over the list of `term`; throws Error{corrupt} if its parts do not fit.
  static std::unique_ptr<ListView> open(const Section& postings, const Section& dictionary,
                                        const TermInfo& term, bool word_impacts,
                                        std::uint32_t document_count);

  [[nodiscard]] Ordinal last_of(std::uint32_t number) const;
  [[nodiscard]] std::uint8_t bound_of(std::uint32_t number) const;
  /// The first block at or behind `from` whose last document is >= target; `blocks` if none.
  [[nodiscard]] std::uint32_t block_with(std::uint32_t from, Ordinal target) const;
  void enter(std::uint32_t number);

 private:
  void open_inline(const Section& dictionary, const TermInfo& term);
  void open_short(const TermInfo& term);
  void open_long(const TermInfo& term);
};

}  // namespace stemma::segment
