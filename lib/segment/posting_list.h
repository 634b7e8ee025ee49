// One posting list laid open: where its parts lie, and random access to all of them.
//
// Postings stand in blocks of 128. What a block holds is packed; what tells whether a block is
// worth reading (last ordinal, bound) stands in arrays of its own. The documents of a list that has
// one in sixteen of the segment's documents or more are a bitmap, with the number of postings
// before each 512 documents beside it, so that membership is one bit and a posting's number a few
// counted bits. Impacts are plain bytes, so that a search passes over 32 of them with one
// comparison: one a posting, or, in a list that has a quarter of the documents, one a document, 0
// where it has none.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "kernels/scan.h"
#include "segment/paged_file.h"
#include "segment/posting_block.h"
#include "segment/segment.h"

namespace stemma::segment {

/// Postings before a document are counted from the last multiple of this.
inline constexpr std::uint32_t kRankStretch = kernels::kStretch;

/// A list has a bitmap if it has one in so many documents, ...
inline constexpr std::uint32_t kBitmapRarity = 16;
/// ... and impacts by document if it has one in so many (and no impact is 0).
inline constexpr std::uint32_t kByDocumentRarity = 4;

/// Bytes of the bitmap over `documents`: whole 64-bit words.
[[nodiscard]] constexpr std::uint64_t bitmap_bytes(std::uint64_t documents) {
  return (documents + 63) / 64 * 8;
}
[[nodiscard]] constexpr std::uint64_t rank_bytes(std::uint64_t documents) {
  return (documents + kRankStretch - 1) / kRankStretch * 4;
}

/// Levels that the best 10, 100 and 1000 postings of a list reach.
inline constexpr std::array<std::uint32_t, 3> kBestCounts{10, 100, 1000};

/// A view: the segment must outlive it. Extents are checked when it is opened, a block's when the
/// block is read.
class PostingList {
 public:
  PostingList() = default;  ///< empty
  /// Throws Error{corrupt} if the parts of the list do not fit.
  PostingList(const Section& postings, const Section& dictionary, const TermInfo& term,
              bool word_impacts, std::uint32_t document_count);

  [[nodiscard]] std::uint32_t document_frequency() const { return documents_; }
  /// Of the segment.
  [[nodiscard]] std::uint32_t document_count() const { return document_count_; }
  [[nodiscard]] std::uint32_t block_count() const { return blocks_; }
  [[nodiscard]] std::uint32_t block_size(std::uint32_t block) const {
    return block + 1 < blocks_ ? kBlockSize : documents_ - block * kBlockSize;
  }
  /// Whether there are block_last() and block_bounds(): lists of 128 and more.
  [[nodiscard]] bool is_long() const { return last_ != nullptr; }
  [[nodiscard]] LayerTraits traits() const { return traits_; }

  /// The last document of a block of a long list.
  [[nodiscard]] Ordinal block_last(std::uint32_t block) const { return element(last_, block); }
  /// The first block at or behind `from` whose last document is >= target; block_count() if none.
  /// Of a long list.
  [[nodiscard]] std::uint32_t block_with(std::uint32_t from, Ordinal target) const;
  /// >= every impact in the block, one a block; of a long list.
  [[nodiscard]] const std::uint8_t* block_bounds() const { return bounds_; }
  /// >= every impact.
  [[nodiscard]] std::uint8_t bound() const { return bound_; }
  /// A level that at least `count` postings reach; 0 if that is not known.
  [[nodiscard]] std::uint8_t level_of_best(std::size_t count) const;

  /// Null if documents are packed.
  [[nodiscard]] const std::uint8_t* bitmap() const { return bitmap_; }
  /// Of a list with bitmap: postings before `doc`; always below document_frequency().
  [[nodiscard]] std::uint32_t rank(Ordinal doc) const;
  /// The same for ascending documents, `absent` for those that the list has not.
  void rank_all(std::span<const Ordinal> documents, std::uint32_t absent, std::uint32_t* out) const;
  [[nodiscard]] bool bitmap_has(Ordinal doc) const {
    return ((bitmap_[doc / 8] >> (doc % 8)) & 1U) != 0;
  }
  /// One a posting, or one a document; null if the list has none.
  [[nodiscard]] const std::uint8_t* impacts() const { return impacts_; }
  [[nodiscard]] bool impacts_by_document() const { return by_document_; }

  /// Throws Error{corrupt} if the block does not fit.
  [[nodiscard]] BlockLayout layout(std::uint32_t block) const;
  void read_documents(std::uint32_t block, const BlockLayout& layout, BlockNumbers& out) const;
  /// Of posting `index`.
  [[nodiscard]] std::uint32_t term_frequency(std::uint32_t index) const;
  void read_frequencies(const BlockLayout& layout, BlockNumbers& out) const;
  /// See segment::read_position_ends().
  void read_position_ends(const BlockLayout& layout, BlockNumbers& ends) const;
  /// The packed positions of a block of a list of two documents or more, and kReadPadding bytes
  /// behind them; throws Error{corrupt} unless there are `count` positions.
  [[nodiscard]] const std::uint8_t* packed_positions(std::uint32_t block, const BlockLayout& layout,
                                                     std::uint32_t count) const;
  /// Positions [begin, end) of a block, counted from its first.
  void read_positions(std::uint32_t block, const BlockLayout& layout, std::uint32_t begin,
                      std::uint32_t end, std::vector<std::uint32_t>& out) const;

 private:
  static std::uint32_t element(const std::uint8_t* array, std::uint32_t index) {
    std::uint32_t value = 0;
    std::memcpy(&value, array + std::size_t{4} * index, sizeof value);
    return value;
  }
  void open_inline(const Section& dictionary, const TermInfo& term);
  void open_short(const TermInfo& term);
  void open_long(const TermInfo& term);
  [[nodiscard]] Extent block_extent(std::uint32_t block) const;
  [[nodiscard]] Extent positions_extent(std::uint32_t block) const;
  void read_bitmap_documents(std::uint32_t block, BlockNumbers& out) const;

  const Section* section_ = nullptr;
  LayerTraits traits_;
  std::uint32_t documents_ = 0;
  std::uint32_t document_count_ = 0;  // of the segment
  std::uint32_t blocks_ = 0;
  std::uint8_t bound_ = 255;
  bool by_document_ = false;
  std::array<std::uint8_t, kBestCounts.size()> best_{};
  const std::uint8_t* last_ = nullptr;
  const std::uint8_t* begins_ = nullptr;
  const std::uint8_t* position_begins_ = nullptr;
  const std::uint8_t* bounds_ = nullptr;
  const std::uint8_t* bitmap_ = nullptr;
  const std::uint8_t* ranks_ = nullptr;
  const std::uint8_t* impacts_ = nullptr;
  Extent block_bytes_;     // in the section
  Extent position_bytes_;  // in the section

  // A list of one document stands in the dictionary.
  Ordinal only_document_ = 0;
  std::uint32_t only_frequency_ = 0;
  std::uint32_t only_count_ = 0;
  Bytes only_positions_;
};

}  // namespace stemma::segment
