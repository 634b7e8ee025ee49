// Moving over a list; what is not asked for is not decoded.
#include "segment/posting_cursor.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "segment/list_view.h"
#include "segment/packed_array.h"

namespace stemma::segment {

PostingCursor::PostingCursor() = default;
PostingCursor::~PostingCursor() = default;
PostingCursor::PostingCursor(PostingCursor&&) noexcept = default;
PostingCursor& PostingCursor::operator=(PostingCursor&&) noexcept = default;

PostingCursor::PostingCursor(std::unique_ptr<ListView> list) : list_(std::move(list)) {
  documents_ = list_->numbers_of_documents.data();
  if (list_->blocks > 0) {
    enter(0);
  } else {
    size_ = list_->layout.size;
    doc_ = documents_[0];
  }
}

std::uint32_t PostingCursor::document_frequency() const {
  return list_ == nullptr ? 0 : list_->documents;
}

void PostingCursor::end() {
  doc_ = kEndOfList;
  index_ = size_ = 0;
  if (list_ != nullptr) list_->facts = std::max(list_->blocks, 1U);
}

Ordinal PostingCursor::enter(std::uint32_t block) {
  list_->enter(block);
  index_ = 0;
  size_ = list_->layout.size;
  doc_ = documents_[0];
  return doc_;
}

Ordinal PostingCursor::enter_next_block() {
  if (size_ != 0 && list_->block + 1 < list_->blocks) return enter(list_->block + 1);
  end();
  return doc_;
}

Ordinal PostingCursor::seek(Ordinal target) {
  if (size_ == 0) return doc_;
  if (target > documents_[size_ - 1]) {
    if (target == kEndOfList) {
      end();
      return doc_;
    }
    const std::uint32_t block = list_->block_with(list_->block + 1, target);
    if (block >= list_->blocks) {
      end();
      return doc_;
    }
    enter(block);
  }
  list_->facts = list_->block;
  const std::uint32_t* base = documents_ + index_;
  std::uint32_t length = size_ - index_;
  while (length > 1) {
    const std::uint32_t half = length / 2;
    base += base[half - 1] < target ? half : 0;
    length -= half;
  }
  index_ = static_cast<std::uint32_t>(base - documents_);
  doc_ = *base;
  assert(doc_ >= target);
  return doc_;
}

std::uint32_t PostingCursor::term_frequency() { return block_term_frequencies()[index_]; }

std::span<const std::uint32_t> PostingCursor::block_term_frequencies() {
  assert(size_ != 0);
  if (!list_->has_frequencies) {
    read_frequencies(list_->layout, list_->frequencies);
    list_->has_frequencies = true;
  }
  return {list_->frequencies.data(), size_};
}

std::uint8_t PostingCursor::impact() {
  const auto impacts = block_impacts();
  return impacts.empty() ? std::uint8_t{255} : static_cast<std::uint8_t>(impacts[index_]);
}

std::span<const std::uint32_t> PostingCursor::block_impacts() {
  assert(size_ != 0);
  if (!list_->traits.impacts) return {};
  if (!list_->has_impacts) {
    read_impacts(list_->layout, list_->impacts);
    list_->has_impacts = true;
  }
  return {list_->impacts.data(), size_};
}

bool PostingCursor::has_positions() const { return list_ != nullptr && list_->traits.positions; }
bool PostingCursor::has_impacts() const { return list_ != nullptr && list_->traits.impacts; }

std::span<const std::uint32_t> PostingCursor::positions() {
  assert(size_ != 0);
  ListView& list = *list_;
  if (!list.traits.positions) return {};
  const unsigned width = list.layout.position_width;
  if (!list.has_ends) {
    read_position_ends(list.layout, list.ends);
    if (bits_bytes(list.ends[size_ - 1], width) > list.block_positions_bytes) {
      corrupt("positions beyond their block");
    }
    list.has_ends = true;
  }
  if (list.documents == 1) return list.positions;
  const std::uint32_t begin = index_ == 0 ? 0 : list.ends[index_ - 1];
  const std::uint32_t count = list.ends[index_] - begin;
  list.positions.resize(count);
  if (count == 0) return list.positions;
  // Read from the byte of the first bit on, so that only what is needed is touched.
  const std::uint64_t bit = std::uint64_t{begin} * width;
  const std::uint64_t bits = std::uint64_t{count} * width + bit % 8;
  const Bytes bytes = list.section->read(list.block_positions_begin + bit / 8, (bits + 7) / 8);
  const std::uint64_t mask = low_bits(width);
  std::uint64_t at = bit % 8;
  for (std::uint32_t i = 0; i < count; ++i, at += width) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at / 8, sizeof word);
    list.positions[i] = static_cast<std::uint32_t>((word >> (at % 8)) & mask);
  }
  return list.positions;
}

Ordinal PostingCursor::block_last() const {
  return list_ == nullptr ? kEndOfList : list_->last_of(list_->facts);
}

std::uint8_t PostingCursor::block_bound() const {
  return list_ == nullptr ? std::uint8_t{0} : list_->bound_of(list_->facts);
}

std::uint8_t PostingCursor::list_bound() const {
  return list_ == nullptr ? std::uint8_t{0} : list_->bound;
}

void PostingCursor::shallow_seek(Ordinal target) {
  if (size_ == 0) return;
  list_->facts = list_->block_with(list_->facts, target);
}

}  // namespace stemma::segment
