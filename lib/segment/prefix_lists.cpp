#include "segment/prefix_lists.h"

#include <algorithm>

#include "segment/fast_reader.h"
#include "segment/paged_file.h"
#include "segment/segment_impl.h"

namespace stemma::segment {

std::string behind_prefix(std::string_view prefix) {
  std::string key(prefix);
  while (!key.empty() && static_cast<unsigned char>(key.back()) == 0xFF) key.pop_back();
  if (!key.empty()) key.back() = static_cast<char>(static_cast<unsigned char>(key.back()) + 1);
  return key;
}

// What PostingList and read_layout() check of a short list, in one go: that its gaps lie inside.
ShortList read_short_list(const Section& postings, const TermInfo& term, LayerTraits traits) {
  constexpr unsigned kCountsApart = 0x40;
  const std::uint64_t size = term.document_frequency;
  FastReader reader(postings.read(term.postings_offset, term.postings_bytes));
  (void)reader.bytes(1 + (traits.impacts ? size : 0));
  const unsigned head = reader.bytes(1)[0];
  const unsigned count_width = (head & kCountsApart) != 0 ? reader.bytes(1)[0] & 0x7fU : 0U;
  if (traits.positions) (void)reader.bytes(1);
  (void)reader.bytes(bits_bytes(size, head & 0x3fU) + bits_bytes(size, count_width));
  ShortList list;
  list.size = term.document_frequency;
  list.width = reader.bytes(1)[0];
  if (list.width > 32) corrupt("the width of a posting block");
  list.gaps = reader.bytes(bits_bytes(size, list.width)).data();
  return list;
}

PrefixLists::PrefixLists(const Segment& segment, std::string_view prefix)
    : dictionary_(&segment.impl_->dictionary), prefix_(prefix) {
  const std::uint64_t blocks = dictionary_->block_count();
  first_ = dictionary_->block_for(prefix);
  const std::string behind = behind_prefix(prefix);
  last_ = behind.empty() ? blocks : dictionary_->block_for(behind);
  // A damaged index may say anything.
  last_ = blocks == 0 ? 0 : std::min(last_, blocks - 1);
  block_ = blocks == 0 ? 1 : first_;
}

bool PrefixLists::next() {
  if (block_ > last_) return false;
  if (block_ == first_ || block_ == last_) {
    dictionary_->read_lists_at_edge(block_, prefix_, lists_);
  } else {
    dictionary_->read_lists(block_, layer_of(prefix_), lists_);
  }
  ++block_;
  return true;
}

}  // namespace stemma::segment
