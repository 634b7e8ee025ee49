// Both directions of the dictionary; the two must be read side by side.
#include "segment/dictionary.h"

#include <algorithm>
#include <limits>

#include "segment/front_coding.h"
#include "stemma/error.h"

namespace stemma::segment {
namespace {

/// The first eight bytes as a number that compares as they do.
std::uint64_t prefix_of(std::string_view term) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    value = value << 8U | (i < term.size() ? static_cast<std::uint8_t>(term[i]) : 0U);
  }
  return value;
}

std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U);
}
std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1));
}

}  // namespace

void DictionaryWriter::add(std::string_view term, const FinishedList& list,
                           std::uint64_t words_bytes) {
  if (terms_ % kTermsPerBlock == 0) {
    flush_block();
    block_postings_ = next_postings_;
    block_words_ = next_words_;
    before_.clear();
    prefixes_.push_back(prefix_of(term));
  }
  write_front_coded(before_, term, keys_);
  before_ = term;
  const bool differ = list.occurrences != list.documents;
  facts_.varint(std::uint64_t{list.documents} * 4 + (differ ? 2 : 0) +
                (list.counts_differ ? 1 : 0));
  if (differ) {
    facts_.varint(zigzag(static_cast<std::int64_t>(list.occurrences - list.documents)));
  }
  if (list.documents == 1) {
    if (list.counts_differ) facts_.varint(list.count);
    facts_.bytes(list.inline_postings);
  } else if (list.documents > 1) {
    facts_.varint(list.bytes);
  }
  if (maps_to_words(layer_of(term))) facts_.varint(words_bytes);
  next_postings_ += list.bytes;
  next_words_ += words_bytes;
  ++terms_;
}

void DictionaryWriter::flush_block() {
  if (keys_.size() == 0) return;
  begins_.push_back(blocks_.size());
  ByteWriter head;
  head.varint(block_postings_);
  head.varint(block_words_);
  head.varint(keys_.size());
  blocks_.append(head.view());
  blocks_.append(keys_.view());
  blocks_.append(facts_.view());
  keys_.clear();
  facts_.clear();
}

void DictionaryWriter::finish(PageOutput& out, ByteWriter& footer) {
  flush_block();
  ByteWriter index;
  const std::uint64_t blocks_bytes = blocks_.size();
  blocks_.drain_to(out);
  footer.varint(blocks_bytes);
  for (const std::uint64_t prefix : prefixes_) index.u64(prefix);
  // The description counts from the index; the section begins with the blocks.
  ByteWriter packed;
  ByteWriter description;
  write_packed(begins_, packed, description);
  ByteReader written(as_bytes(description.view()));
  footer.varint(blocks_bytes + index.size() + written.varint());
  footer.bytes(as_text(written.bytes(written.left())));
  out.append(index.view());
  out.append(packed.view());
}

Dictionary::Dictionary(const Section& section, std::uint64_t terms, bool word_impacts,
                       ByteReader& footer)
    : section_(&section), terms_(terms), word_impacts_(word_impacts) {
  blocks_bytes_ = footer.varint();
  prefixes_offset_ = blocks_bytes_;
  begins_ = PackedArray(section, footer);
  const std::uint64_t blocks = begins_.size();
  if (terms > std::numeric_limits<std::uint64_t>::max() - kTermsPerBlock ||
      blocks != (terms + kTermsPerBlock - 1) / kTermsPerBlock || blocks_bytes_ > section.size() ||
      blocks > (section.size() - blocks_bytes_) / 8) {
    corrupt("the index of its dictionary");
  }
}

/// A block whose terms and facts are read in step.
struct Dictionary::OpenBlock {
  std::uint64_t facts_end = 0;  // in the section
  std::uint64_t size = 0;
  std::uint64_t next_postings = 0;
  std::uint64_t next_words = 0;
  ByteReader keys{{}, "a dictionary block"};
  ByteReader facts{{}, "a dictionary block"};
};

std::uint64_t Dictionary::prefix(std::uint64_t block) const {
  return ByteReader(section_->read(prefixes_offset_ + block * 8, 8)).u64();
}

Dictionary::OpenBlock Dictionary::open_block(std::uint64_t number) const {
  const std::uint64_t begin = begins_[number];
  const std::uint64_t end = number + 1 < begins_.size() ? begins_[number + 1] : blocks_bytes_;
  if (begin > end || end > blocks_bytes_) corrupt("the index of its dictionary");
  ByteReader reader(section_->read(begin, end - begin), "a dictionary block");
  OpenBlock block;
  block.facts_end = end;
  block.size = std::min<std::uint64_t>(kTermsPerBlock, terms_ - number * kTermsPerBlock);
  block.next_postings = reader.varint();
  block.next_words = reader.varint();
  block.keys = ByteReader(reader.bytes(reader.varint()), "a dictionary block");
  block.facts = reader;
  return block;
}

void Dictionary::read_entry(OpenBlock& block, TermLayer layer, TermEntry& entry) const {
  ByteReader& facts = block.facts;
  TermInfo& info = entry.info;
  const std::uint64_t code = facts.varint();
  if (code / 4 >= kEndOfList) corrupt("a document frequency");
  info.layer = layer;
  info.document_frequency = static_cast<std::uint32_t>(code / 4);
  info.occurrences = info.document_frequency;
  if ((code & 2U) != 0) info.occurrences += static_cast<std::uint64_t>(unzigzag(facts.varint()));
  info.postings_offset = block.next_postings;
  info.postings_bytes = 0;
  if (info.document_frequency == 1) {
    std::uint64_t count = (code & 1U) != 0 ? facts.varint() : info.occurrences;
    if (!traits_of(layer, word_impacts_).positions) count = 0;
    info.postings_offset = block.facts_end - facts.left();
    (void)facts.varint();
    (void)facts.u8();
    for (; count > 0; --count) (void)facts.varint();
    info.postings_bytes = block.facts_end - facts.left() - info.postings_offset;
  } else if (info.document_frequency > 1) {
    info.postings_bytes = facts.varint();
    block.next_postings += info.postings_bytes;
  }
  entry.words_offset = block.next_words;
  entry.words_bytes = maps_to_words(layer) ? facts.varint() : 0;
  block.next_words += entry.words_bytes;
}

std::uint64_t Dictionary::block_for(std::string_view term) const {
  const std::uint64_t wanted = prefix_of(term);
  std::uint64_t begin = 0;  // the first block with a prefix >= wanted
  for (std::uint64_t end = begins_.size(); begin < end;) {
    const std::uint64_t middle = begin + (end - begin) / 2;
    if (prefix(middle) < wanted) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  // Among the blocks of this prefix, or of a greater one, the first that begins behind the term.
  std::string first;
  for (std::uint64_t end = begins_.size(); begin < end;) {
    // Few blocks share a prefix, so the search starts small and doubles.
    std::uint64_t step = 1;
    std::uint64_t probe = begin;
    const auto is_behind = [&](std::uint64_t block) {
      const std::uint64_t there = prefix(block);
      if (there != wanted) return there > wanted;
      first.clear();
      OpenBlock open = open_block(block);
      read_front_coded(open.keys, first);
      return std::string_view(first) > term;
    };
    if (is_behind(probe)) break;
    while (probe + step < end && !is_behind(probe + step)) {
      probe += step;
      step *= 2;
    }
    begin = probe + 1;
    end = std::min(end, probe + step);
  }
  return begin == 0 ? 0 : begin - 1;
}

std::optional<TermEntry> Dictionary::find(std::string_view term) const {
  if (begins_.size() == 0 || term.empty() || !is_layer(static_cast<std::uint8_t>(term.front()))) {
    return std::nullopt;
  }
  OpenBlock block = open_block(block_for(term));
  std::string key;
  for (std::uint64_t i = 0; i < block.size; ++i) {
    read_front_coded(block.keys, key);
    const int order = std::string_view(key).compare(term);
    if (order > 0) return std::nullopt;
    if (key.empty() || !is_layer(static_cast<std::uint8_t>(key.front()))) corrupt("a term");
    TermEntry entry;
    read_entry(block, layer_of(key), entry);
    if (order == 0) return entry;
  }
  return std::nullopt;
}

void Dictionary::read_block(std::uint64_t number, Block& out) const {
  OpenBlock block = open_block(number);
  out.terms.resize(static_cast<std::size_t>(block.size));
  out.entries.resize(out.terms.size());
  std::string key;
  for (std::size_t i = 0; i < out.terms.size(); ++i) {
    read_front_coded(block.keys, key);
    if (key.empty() || !is_layer(static_cast<std::uint8_t>(key.front()))) corrupt("a term");
    if (i > 0 && key <= out.terms[i - 1]) corrupt("the order of its dictionary");
    out.terms[i] = key;
    read_entry(block, layer_of(key), out.entries[i]);
  }
}

void Dictionary::check_index(std::uint64_t number, std::string_view first) const {
  if (prefix(number) != prefix_of(first)) corrupt("the index of its dictionary");
}

}  // namespace stemma::segment
