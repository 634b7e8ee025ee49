// Finds the parts of a list and checks that they lie inside it: once a list, once a block.
#include "segment/posting_list.h"

#include <algorithm>
#include <array>

#include "kernels/scan.h"
#include "segment/packed_array.h"
#include "stemma/error.h"

namespace stemma::segment {
namespace {

constexpr std::uint64_t kTailBytes = 9;  // bytes of all blocks, bound, form, best levels
constexpr std::uint8_t kFormBitmap = 1;
constexpr std::uint8_t kFormByDocument = 2;

std::uint64_t word_at(const std::uint8_t* bitmap, std::size_t index) {
  std::uint64_t word = 0;
  std::memcpy(&word, bitmap + 8 * index, sizeof word);
  return word;
}

}  // namespace

PostingList::PostingList(const Section& postings, const Section& dictionary, const TermInfo& term,
                         bool word_impacts, std::uint32_t document_count)
    : section_(&postings),
      traits_(traits_of(term.layer, word_impacts)),
      documents_(term.document_frequency),
      document_count_(document_count),
      blocks_(blocks_of(term.document_frequency)) {
  if (documents_ == 0) return;
  if (documents_ == 1) {
    open_inline(dictionary, term);
  } else if (documents_ < kBlockSize) {
    open_short(term);
  } else {
    open_long(term);
  }
}

void PostingList::open_inline(const Section& dictionary, const TermInfo& term) {
  const Bytes all = dictionary.read(term.postings_offset, term.postings_bytes);
  ByteReader reader(all, "a posting list");
  only_document_ = reader.varint32();
  if (traits_.impacts) impacts_ = all.data() + (all.size() - reader.left());
  bound_ = reader.u8();
  if (only_document_ >= document_count_ || term.occurrences > UINT32_MAX) {
    corrupt("a posting list of one document");
  }
  only_frequency_ = static_cast<std::uint32_t>(term.occurrences);
  only_positions_ = reader.bytes(reader.left());
  ByteReader positions(only_positions_, "positions of a posting list");
  std::uint64_t position = 0;
  for (; !positions.empty(); ++only_count_) {
    position += positions.varint32();
    if (position > UINT32_MAX) corrupt("positions of a posting list");
  }
}

void PostingList::open_short(const TermInfo& term) {
  const Bytes all = section_->read(term.postings_offset, term.postings_bytes);
  const std::uint64_t facts = 1 + (traits_.impacts ? documents_ : 0);
  if (all.size() < facts) corrupt("a posting list shorter than its impacts");
  bound_ = all.front();
  if (traits_.impacts) impacts_ = all.data() + 1;
  const BlockLayout layout =
      read_layout(all.subspan(static_cast<std::size_t>(facts)), documents_, traits_, Gaps::inside);
  block_bytes_ = {term.postings_offset + facts, layout.bytes};
  position_bytes_ = {block_bytes_.offset + layout.bytes,
                     term.postings_bytes - facts - layout.bytes};
}

void PostingList::open_long(const TermInfo& term) {
  const std::uint64_t begin = term.postings_offset;
  const std::uint64_t end = begin + term.postings_bytes;
  if (term.postings_bytes < kTailBytes || end < begin) corrupt("a posting list without its end");
  ByteReader tail(section_->read(end - kTailBytes, kTailBytes), "a posting list");
  block_bytes_.size = tail.u32();
  bound_ = tail.u8();
  const std::uint8_t form = tail.u8();
  for (std::uint8_t& level : best_) level = tail.u8();
  by_document_ = (form & kFormByDocument) != 0;
  if (form > (kFormBitmap | kFormByDocument) || (by_document_ && !traits_.impacts)) {
    corrupt("the form of a posting list");
  }
  const bool has_bitmap = (form & kFormBitmap) != 0;
  const std::uint64_t bitmap = has_bitmap ? bitmap_bytes(document_count_) : 0;
  const std::uint64_t ranks = has_bitmap ? rank_bytes(document_count_) : 0;
  std::uint64_t impacts = 0;
  if (traits_.impacts) impacts = by_document_ ? document_count_ : documents_;
  const std::uint64_t block_facts = std::uint64_t{blocks_} * (traits_.positions ? 13 : 9);
  const std::uint64_t facts = bitmap + ranks + impacts + block_facts;
  if (term.postings_bytes - kTailBytes < block_bytes_.size ||
      term.postings_bytes - kTailBytes - block_bytes_.size < facts) {
    corrupt("a posting list shorter than its parts");
  }
  block_bytes_.offset = end - kTailBytes - block_bytes_.size;
  position_bytes_ = {begin, block_bytes_.offset - facts - begin};
  const std::uint8_t* at = section_->read(block_bytes_.offset - facts, facts).data();
  if (has_bitmap) {
    bitmap_ = at;
    ranks_ = at + bitmap;
    const std::uint32_t used = document_count_ % 64;
    if (used != 0 && (word_at(bitmap_, document_count_ / 64) >> used) != 0) {
      corrupt("a bitmap beyond the segment");
    }
  }
  at += bitmap + ranks;
  if (traits_.impacts) impacts_ = at;
  at += impacts;
  const std::size_t one = std::size_t{4} * blocks_;
  last_ = at;
  begins_ = last_ + one;
  position_begins_ = begins_ + one;
  bounds_ = traits_.positions ? position_begins_ + one : position_begins_;
}

std::uint8_t PostingList::level_of_best(std::size_t count) const {
  for (std::size_t i = 0; i < kBestCounts.size(); ++i) {
    if (count <= kBestCounts[i]) return best_[i];
  }
  return 0;
}

std::uint32_t PostingList::block_with(std::uint32_t from, Ordinal target) const {
  // Most steps are short: double the distance, then halve it.
  std::uint32_t step = 1;
  std::uint32_t begin = from;
  while (begin < blocks_ && element(last_, begin) < target) {
    from = begin + 1;
    begin = step < blocks_ - begin ? begin + step : blocks_;
    step *= 2;
  }
  std::uint32_t end = begin;
  while (from < end) {
    const std::uint32_t middle = from + (end - from) / 2;
    if (element(last_, middle) < target) {
      from = middle + 1;
    } else {
      end = middle;
    }
  }
  return from;
}

std::uint32_t PostingList::rank(Ordinal doc) const {
  const std::uint32_t stretch = doc / kRankStretch;
  const std::uint32_t before = element(ranks_, stretch) +
                               kernels::scanner().count_range(bitmap_, stretch * kRankStretch, doc);
  return std::min(before, documents_ - 1);
}

void PostingList::rank_all(std::span<const Ordinal> documents, std::uint32_t absent,
                           std::uint32_t* out) const {
  kernels::scanner().rank(bitmap_, ranks_, documents.data(), documents.size(), absent, out);
  // Counts of a damaged list may be anything.
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (out[i] != absent) out[i] = std::min(out[i], documents_ - 1);
  }
}

Extent PostingList::block_extent(std::uint32_t block) const {
  if (!is_long()) return block_bytes_;
  const std::uint64_t begin = element(begins_, block);
  const std::uint64_t end = block + 1 == blocks_ ? block_bytes_.size : element(begins_, block + 1);
  if (begin > end || end > block_bytes_.size) corrupt("the extent of a posting block");
  return {block_bytes_.offset + begin, end - begin};
}

Extent PostingList::positions_extent(std::uint32_t block) const {
  if (!is_long()) return position_bytes_;
  const std::uint64_t begin = element(position_begins_, block);
  const std::uint64_t end =
      block + 1 == blocks_ ? position_bytes_.size : element(position_begins_, block + 1);
  if (begin > end || end > position_bytes_.size) corrupt("the extent of a block's positions");
  return {position_bytes_.offset + begin, end - begin};
}

BlockLayout PostingList::layout(std::uint32_t block) const {
  if (documents_ == 1) {
    BlockLayout only;
    only.size = 1;
    return only;
  }
  const Extent extent = block_extent(block);
  return read_layout(section_->read(extent.offset, extent.size), block_size(block), traits_,
                     bitmap_ == nullptr ? Gaps::inside : Gaps::none);
}

void PostingList::read_documents(std::uint32_t block, const BlockLayout& layout,
                                 BlockNumbers& out) const {
  if (documents_ == 1) {
    out[0] = only_document_;
  } else if (!is_long()) {
    read_any_documents(layout, document_count_, out);
  } else if (bitmap_ != nullptr) {
    read_bitmap_documents(block, out);
  } else {
    const Ordinal last = block_last(block);
    if (last >= document_count_) corrupt("a document beyond the segment");
    segment::read_documents(layout, block == 0 ? UINT32_MAX : block_last(block - 1), last, out);
  }
}

void PostingList::read_bitmap_documents(std::uint32_t block, BlockNumbers& out) const {
  const std::uint32_t begin = block == 0 ? 0 : block_last(block - 1) + 1;
  const Ordinal last = block_last(block);
  if (last >= document_count_ || begin > last) corrupt("a document beyond the segment");
  const std::uint32_t size = block_size(block);
  constexpr std::size_t kRoom = 64;  // the kernel writes behind its result
  std::array<std::uint32_t, kBlockSize + kRoom> found;
  const std::size_t count =
      kernels::scanner().decode_bitmap(bitmap_, begin, last + 1, size, found.data());
  if (count != size || found[size - 1] != last) corrupt("the bitmap of a posting list");
  std::copy_n(found.begin(), size, out.begin());
}

std::uint32_t PostingList::term_frequency(std::uint32_t index) const {
  if (documents_ == 1) return only_frequency_;
  return frequency_at(layout(index / kBlockSize), index % kBlockSize);
}

void PostingList::read_frequencies(const BlockLayout& layout, BlockNumbers& out) const {
  if (documents_ == 1) {
    out[0] = only_frequency_;
  } else {
    segment::read_frequencies(layout, out);
  }
}

void PostingList::read_position_ends(const BlockLayout& layout, BlockNumbers& ends) const {
  if (documents_ == 1) {
    ends[0] = only_count_;
  } else {
    segment::read_position_ends(layout, ends);
  }
}

const std::uint8_t* PostingList::packed_positions(std::uint32_t block, const BlockLayout& layout,
                                                  std::uint32_t count) const {
  const Extent extent = positions_extent(block);
  const std::uint64_t bytes = bits_bytes(count, layout.position_width);
  if (bytes > extent.size) corrupt("the positions of a posting block");
  return section_->read(extent.offset, bytes).data();
}

void PostingList::read_positions(std::uint32_t block, const BlockLayout& layout,
                                 std::uint32_t begin, std::uint32_t end,
                                 std::vector<std::uint32_t>& out) const {
  const std::uint32_t count = end - begin;
  out.resize(count);
  if (count == 0) return;
  if (documents_ == 1) {
    ByteReader reader(only_positions_, "positions of a posting list");
    std::uint32_t position = 0;
    for (std::uint32_t& next : out) next = position += reader.varint32();
    return;
  }
  const unsigned width = layout.position_width;
  const Extent extent = positions_extent(block);
  if (begin > end || bits_bytes(end, width) > extent.size) {
    corrupt("the positions of a posting");
  }
  // Read from the byte of the first bit on, so that only what is needed is touched.
  const std::uint64_t bit = std::uint64_t{begin} * width;
  const std::uint64_t bits = std::uint64_t{count} * width + bit % 8;
  const Bytes bytes = section_->read(extent.offset + bit / 8, (bits + 7) / 8);
  const std::uint64_t mask = low_bits(width);
  std::uint64_t at = bit % 8;
  for (std::uint32_t& next : out) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at / 8, sizeof word);
    next = static_cast<std::uint32_t>((word >> (at % 8)) & mask);
    at += width;
  }
}

}  // namespace stemma::segment
