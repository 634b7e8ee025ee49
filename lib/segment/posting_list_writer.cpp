// Checks what it is given, cuts it into blocks, lays the parts out.
#include "segment/posting_list_writer.h"

#include <algorithm>
#include <array>
#include <string>

#include "segment/posting_list.h"
#include "stemma/error.h"

namespace stemma::segment {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Error::Kind::invalid_argument, "postings cannot be written: " + message);
}

std::uint32_t checked_offset(std::uint64_t offset) {
  if (offset > UINT32_MAX) {
    throw Error(Error::Kind::limit, "one posting list has more than 4 GiB in one segment",
                "keep segments smaller");
  }
  return static_cast<std::uint32_t>(offset);
}

}  // namespace

void PostingListWriter::begin(LayerTraits traits, std::uint32_t document_count) {
  traits_ = traits;
  document_count_ = document_count;
  block_.clear();
  documents_ = 0;
  occurrences_ = 0;
  before_ = UINT32_MAX;
  block_bound_ = bound_ = 0;
  position_bytes_ = 0;
  blocks_.clear();
  gaps_.clear();
  all_documents_.clear();
  levels_.clear();
  last_.clear();
  block_ends_.clear();
  gap_ends_.clear();
  positions_begin_.clear();
  bounds_.clear();
}

void PostingListWriter::check(const Posting& posting) const {
  if (posting.doc >= document_count_) {
    refuse("document " + std::to_string(posting.doc) + " of " + std::to_string(document_count_));
  }
  const std::uint32_t previous = block_.size == 0 ? before_ : block_.documents[block_.size - 1];
  if (documents_ + block_.size > 0 && posting.doc <= previous) {
    refuse("documents do not ascend");
  }
  if (posting.positions.size() >= (std::size_t{1} << kMaxCountWidth)) {
    refuse("too many positions in one document");
  }
  for (std::size_t i = 1; i < posting.positions.size(); ++i) {
    if (posting.positions[i] <= posting.positions[i - 1]) refuse("positions do not ascend");
  }
}

void PostingListWriter::add(const Posting& posting) {
  check(posting);
  if (block_.size == kBlockSize) flush_block();
  const std::uint32_t i = block_.size++;
  block_.documents[i] = posting.doc;
  block_.frequencies[i] = posting.term_frequency;
  block_.levels[i] = static_cast<char>(posting.impact);
  block_.counts[i] = 0;
  if (traits_.positions) {
    block_.counts[i] = static_cast<std::uint32_t>(posting.positions.size());
    block_.positions.insert(block_.positions.end(), posting.positions.begin(),
                            posting.positions.end());
  }
  occurrences_ += posting.term_frequency;
  block_bound_ = std::max(block_bound_, posting.impact);
}

void PostingListWriter::flush_block() {
  all_documents_.insert(all_documents_.end(), block_.documents.begin(),
                        block_.documents.begin() + block_.size);
  levels_.append(block_.levels.data(), block_.size);
  last_.push_back(block_.documents[block_.size - 1]);
  positions_begin_.push_back(checked_offset(position_bytes_));
  bounds_.push_back(block_bound_);
  positions_.clear();
  write_block(block_, before_, traits_, blocks_, gaps_, positions_);
  block_ends_.push_back(blocks_.size());
  gap_ends_.push_back(gaps_.size());
  out_.append(positions_.view());
  position_bytes_ += positions_.size();
  before_ = last_.back();
  documents_ += block_.size;
  bound_ = std::max(bound_, block_bound_);
  block_bound_ = 0;
  block_.clear();
}

FinishedList PostingListWriter::finish() {
  FinishedList list;
  list.documents = documents_ + block_.size;
  list.occurrences = occurrences_;
  if (list.documents == 0) return list;
  if (list.documents == 1) {
    ByteWriter out;
    list.count = block_.counts[0];
    list.counts_differ = traits_.positions && list.count != block_.frequencies[0];
    out.varint(block_.documents[0]);
    out.u8(block_bound_);
    std::uint32_t previous = 0;
    for (const std::uint32_t position : block_.positions) {
      out.varint(position - previous);
      previous = position;
    }
    list.inline_postings = out.take();
    return list;
  }
  if (list.documents < kBlockSize) {
    finish_short(list);
  } else {
    finish_long(list.bytes);
  }
  return list;
}

void PostingListWriter::finish_short(FinishedList& list) {
  short_list_.clear();
  short_list_.u8(block_bound_);
  if (traits_.impacts) short_list_.bytes({block_.levels.data(), block_.size});
  positions_.clear();
  write_block(block_, before_, traits_, short_list_, gaps_, positions_);
  short_list_.bytes(gaps_.view());
  short_list_.bytes(positions_.view());
  out_.append(short_list_.view());
  list.bytes = short_list_.size();
}

void PostingListWriter::write_bitmap(ByteWriter& out) const {
  std::vector<std::uint64_t> words(static_cast<std::size_t>(bitmap_bytes(document_count_) / 8));
  for (const std::uint32_t doc : all_documents_) {
    words[doc / 64] |= std::uint64_t{1} << (doc % 64);
  }
  for (const std::uint64_t word : words) out.u64(word);
  auto at = all_documents_.begin();
  for (std::uint64_t stretch = 0; stretch < document_count_; stretch += kRankStretch) {
    while (at != all_documents_.end() && *at < stretch) ++at;
    out.u32(static_cast<std::uint32_t>(at - all_documents_.begin()));
  }
}

void PostingListWriter::write_impacts(bool by_document, ByteWriter& out) const {
  if (!by_document) {
    out.bytes(levels_);
    return;
  }
  std::string levels(document_count_, '\0');
  for (std::size_t i = 0; i < levels_.size(); ++i) levels[all_documents_[i]] = levels_[i];
  out.bytes(levels);
}

namespace {

/// The levels that the best kBestCounts postings reach.
std::array<std::uint8_t, kBestCounts.size()> best_levels(std::string_view levels) {
  std::array<std::uint32_t, 256> postings{};
  for (const char level : levels) ++postings[static_cast<std::uint8_t>(level)];
  std::array<std::uint8_t, kBestCounts.size()> best{};
  std::uint32_t reached = 0;
  std::size_t next = 0;
  for (std::size_t level = 255; level > 0; --level) {
    reached += postings[level];
    for (; next < best.size() && reached >= kBestCounts[next]; ++next) {
      best[next] = static_cast<std::uint8_t>(level);
    }
  }
  return best;
}

}  // namespace

void PostingListWriter::finish_long(std::uint64_t& bytes) {
  if (block_.size > 0) flush_block();
  const bool bitmap = std::uint64_t{documents_} * kBitmapRarity >= document_count_;
  const bool by_document = traits_.impacts &&
                           std::uint64_t{documents_} * kByDocumentRarity >= document_count_ &&
                           levels_.find('\0') == std::string::npos;
  ByteWriter facts;
  if (bitmap) write_bitmap(facts);
  if (traits_.impacts) write_impacts(by_document, facts);
  for (const std::uint32_t last : last_) facts.u32(last);
  ByteWriter blocks;
  std::uint64_t block_begin = 0;
  std::uint64_t gap_begin = 0;
  for (std::size_t i = 0; i < last_.size(); ++i) {
    facts.u32(checked_offset(blocks.size()));
    blocks.bytes(blocks_.view().substr(block_begin, block_ends_[i] - block_begin));
    if (!bitmap) blocks.bytes(gaps_.view().substr(gap_begin, gap_ends_[i] - gap_begin));
    block_begin = block_ends_[i];
    gap_begin = gap_ends_[i];
  }
  const std::uint32_t block_bytes = checked_offset(blocks.size());
  if (traits_.positions) {
    for (const std::uint32_t begin : positions_begin_) facts.u32(begin);
  }
  for (const std::uint8_t bound : bounds_) facts.u8(bound);
  blocks.u32(block_bytes);
  blocks.u8(bound_);
  blocks.u8(static_cast<std::uint8_t>((bitmap ? 1 : 0) + (by_document ? 2 : 0)));
  for (const std::uint8_t level : best_levels(levels_)) blocks.u8(level);
  out_.append(facts.view());
  out_.append(blocks.view());
  bytes = position_bytes_ + facts.size() + blocks.size();
}

}  // namespace stemma::segment
