// Checks what it is given, cuts it into blocks, lays the parts out.
#include "segment/posting_list_writer.h"

#include <algorithm>
#include <string>

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
  last_.clear();
  begin_.clear();
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
  block_.impacts[i] = posting.impact;
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
  last_.push_back(block_.documents[block_.size - 1]);
  begin_.push_back(checked_offset(blocks_.size()));
  positions_begin_.push_back(checked_offset(position_bytes_));
  bounds_.push_back(block_bound_);
  positions_.clear();
  write_block(block_, before_, traits_, blocks_, positions_);
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
    blocks_.u8(block_bound_);
    positions_.clear();
    write_block(block_, before_, traits_, blocks_, positions_);
    list.bytes = blocks_.size() + positions_.size();
    out_.append(blocks_.view());
    out_.append(positions_.view());
    return list;
  }
  finish_long(list.bytes);
  return list;
}

void PostingListWriter::finish_long(std::uint64_t& bytes) {
  if (block_.size > 0) flush_block();
  const std::uint32_t block_bytes = checked_offset(blocks_.size());
  ByteWriter facts;
  for (const std::uint32_t last : last_) facts.u32(last);
  for (const std::uint32_t begin : begin_) facts.u32(begin);
  if (traits_.positions) {
    for (const std::uint32_t begin : positions_begin_) facts.u32(begin);
  }
  for (const std::uint8_t bound : bounds_) facts.u8(bound);
  blocks_.u32(block_bytes);
  blocks_.u8(bound_);
  out_.append(facts.view());
  out_.append(blocks_.view());
  bytes = position_bytes_ + facts.size() + blocks_.size();
}

}  // namespace stemma::segment
