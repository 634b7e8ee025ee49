// Finds the parts of a list and checks that they lie inside it: once a list, once a block.
#include "segment/list_view.h"

#include <cstring>

#include "stemma/error.h"

namespace stemma::segment {
namespace {

constexpr std::uint64_t kTailBytes = 5;  // bytes of all blocks, bound

std::uint32_t element(const std::uint8_t* array, std::uint32_t index) {
  std::uint32_t value = 0;
  std::memcpy(&value, array + std::size_t{4} * index, sizeof value);
  return value;
}

}  // namespace

std::unique_ptr<ListView> ListView::open(const Section& postings, const Section& dictionary,
                                         const TermInfo& term, bool word_impacts,
                                         std::uint32_t document_count) {
  auto list = std::make_unique<ListView>();
  list->section = &postings;
  list->traits = traits_of(term.layer, word_impacts);
  list->documents = term.document_frequency;
  list->document_count = document_count;
  if (term.document_frequency == 1) {
    list->open_inline(dictionary, term);
  } else if (term.document_frequency < kBlockSize) {
    list->open_short(term);
  } else {
    list->open_long(term);
  }
  return list;
}

void ListView::open_inline(const Section& dictionary, const TermInfo& term) {
  ByteReader reader(dictionary.read(term.postings_offset, term.postings_bytes), "a posting list");
  numbers_of_documents[0] = reader.varint32();
  bound = reader.u8();
  if (numbers_of_documents[0] >= document_count || term.occurrences > UINT32_MAX) {
    corrupt("a posting list of one document");
  }
  std::uint64_t position = 0;
  while (!reader.empty()) {
    position += reader.varint32();
    if (position > UINT32_MAX) corrupt("positions of a posting list");
    positions.push_back(static_cast<std::uint32_t>(position));
  }
  frequencies[0] = static_cast<std::uint32_t>(term.occurrences);
  impacts[0] = bound;
  ends[0] = static_cast<std::uint32_t>(positions.size());
  layout.size = 1;
  has_frequencies = has_impacts = has_ends = true;
}

void ListView::open_short(const TermInfo& term) {
  const Bytes all = section->read(term.postings_offset, term.postings_bytes);
  if (all.empty()) corrupt("a posting list without bytes");
  bound = all.front();
  layout = read_layout(all.subspan(1), documents, traits);
  const std::uint64_t before = 1 + layout.bytes;
  block_positions_begin = term.postings_offset + before;
  block_positions_bytes = term.postings_bytes - before;
  read_any_documents(layout, document_count, numbers_of_documents);
}

void ListView::open_long(const TermInfo& term) {
  blocks = blocks_of(documents);
  const std::uint64_t begin = term.postings_offset;
  const std::uint64_t end = begin + term.postings_bytes;
  const std::uint64_t facts_bytes = std::uint64_t{blocks} * (traits.positions ? 13 : 9);
  if (term.postings_bytes < kTailBytes + facts_bytes || end < begin) {
    corrupt("a posting list shorter than its block facts");
  }
  ByteReader tail(section->read(end - kTailBytes, kTailBytes), "a posting list");
  blocks_bytes = tail.u32();
  bound = tail.u8();
  if (blocks_bytes > term.postings_bytes - kTailBytes - facts_bytes) {
    corrupt("a posting list shorter than its blocks");
  }
  blocks_begin = end - kTailBytes - blocks_bytes;
  positions_begin = begin;
  positions_bytes = blocks_begin - facts_bytes - begin;
  const Bytes arrays = section->read(blocks_begin - facts_bytes, facts_bytes);
  const std::size_t one = std::size_t{4} * blocks;
  last = arrays.data();
  begins = last + one;
  position_begins = begins + one;
  bounds = traits.positions ? position_begins + one : position_begins;
}

Ordinal ListView::last_of(std::uint32_t number) const {
  if (blocks == 0) return number == 0 ? numbers_of_documents[layout.size - 1] : kEndOfList;
  return number < blocks ? element(last, number) : kEndOfList;
}

std::uint8_t ListView::bound_of(std::uint32_t number) const {
  if (blocks == 0) return number == 0 ? bound : 0;
  return number < blocks ? bounds[number] : 0;
}

std::uint32_t ListView::block_with(std::uint32_t from, Ordinal target) const {
  if (blocks == 0) return from == 0 && target <= last_of(0) ? 0 : 1;
  // Most steps are short: double the distance, then halve it.
  std::uint32_t step = 1;
  std::uint32_t begin = from;
  while (begin < blocks && element(last, begin) < target) {
    from = begin + 1;
    begin = step < blocks - begin ? begin + step : blocks;
    step *= 2;
  }
  std::uint32_t end = begin;
  while (from < end) {
    const std::uint32_t middle = from + (end - from) / 2;
    if (element(last, middle) < target) {
      from = middle + 1;
    } else {
      end = middle;
    }
  }
  return from;
}

void ListView::enter(std::uint32_t number) {
  block = number;
  facts = number;
  const bool is_last = number + 1 == blocks;
  const std::uint64_t begin = element(begins, number);
  const std::uint64_t end = is_last ? blocks_bytes : element(begins, number + 1);
  if (begin > end || end > blocks_bytes) corrupt("the extent of a posting block");
  const std::uint32_t size = is_last ? documents - number * kBlockSize : kBlockSize;
  layout = read_layout(section->read(blocks_begin + begin, end - begin), size, traits);
  has_frequencies = has_impacts = has_ends = false;
  const std::uint32_t last_here = element(last, number);
  if (last_here >= document_count) corrupt("a document beyond the segment");
  read_documents(layout, number == 0 ? UINT32_MAX : element(last, number - 1), last_here,
                 numbers_of_documents);
  if (!traits.positions) return;
  const std::uint64_t first = element(position_begins, number);
  const std::uint64_t behind = is_last ? positions_bytes : element(position_begins, number + 1);
  if (first > behind || behind > positions_bytes) corrupt("the extent of a block's positions");
  block_positions_begin = positions_begin + first;
  block_positions_bytes = behind - first;
}

}  // namespace stemma::segment
