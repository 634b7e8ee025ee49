// One block of up to 128 postings as bytes.
//
//   u8   width of term frequencies; +128: one is subtracted; +64: counts of positions stand apart
//   u8   only if they do: width of the counts, +128: one is subtracted
//   u8   only with positions: their width
//   frequencies, counts
//   u8   width of document gaps; a gap is the distance to the document before, less one
//   gaps
// Full blocks are packed in the lanes of kernels/bitpack.h, shorter ones one number after the other
// (segment/packed_array.h). A list whose documents are a bitmap has no gaps nor their width.
// Impacts and positions stand elsewhere: impacts as bytes, positions all of the block, absolute.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "segment/format.h"
#include "segment/posting_cursor.h"

namespace stemma::segment {

/// The postings that wait to become a block.
struct BlockPostings {
  std::uint32_t size = 0;
  std::array<std::uint32_t, kBlockSize> documents{};
  std::array<std::uint32_t, kBlockSize> frequencies{};
  std::array<std::uint32_t, kBlockSize> counts{};  ///< of positions
  std::array<char, kBlockSize> levels{};           ///< impacts
  std::vector<std::uint32_t> positions;

  void clear() {
    size = 0;
    positions.clear();
  }
};

/// Appends the block without gaps to `out`, the gaps to `gap_bytes` and the positions to
/// `position_bytes`. `before` is the document before the first, 2^32 - 1 if there is none.
void write_block(const BlockPostings& postings, std::uint32_t before, LayerTraits traits,
                 ByteWriter& out, ByteWriter& gap_bytes, ByteWriter& position_bytes);

/// Where the parts of a block lie; all inside the bytes that were handed in.
struct BlockLayout {
  std::uint32_t size = 0;
  std::uint8_t gap_width = 0;
  std::uint8_t frequency_width = 0;
  std::uint8_t frequency_base = 0;
  bool counts_apart = false;
  std::uint8_t count_width = 0;
  std::uint8_t count_base = 0;
  std::uint8_t position_width = 0;
  const std::uint8_t* gaps = nullptr;
  const std::uint8_t* frequencies = nullptr;
  const std::uint8_t* counts = nullptr;
  std::size_t bytes = 0;  ///< of the block
};

/// Whether a block holds the gaps of its documents.
enum class Gaps { inside, none };

/// Throws Error{corrupt} unless the block fits into `bytes`.
[[nodiscard]] BlockLayout read_layout(Bytes bytes, std::uint32_t size, LayerTraits traits,
                                      Gaps gaps);

using BlockNumbers = std::array<std::uint32_t, kBlockSize>;

/// Documents, ascending. Throws Error{corrupt} unless
/// they ascend from `before` to `last`.
void read_documents(const BlockLayout& layout, std::uint32_t before, std::uint32_t last,
                    BlockNumbers& documents);
/// As read_documents() for a list of one block, whose last document stands nowhere else: it only
/// has to be below `limit`.
void read_any_documents(const BlockLayout& layout, std::uint32_t limit, BlockNumbers& documents);
void read_frequencies(const BlockLayout& layout, BlockNumbers& frequencies);
/// ends[i] is the number of positions of the first i + 1 documents.
void read_position_ends(const BlockLayout& layout, BlockNumbers& ends);
/// The term frequency of one posting, the others left packed.
[[nodiscard]] std::uint32_t frequency_at(const BlockLayout& layout, std::uint32_t index);

}  // namespace stemma::segment
