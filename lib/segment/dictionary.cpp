// Both directions of the dictionary; the two must be read side by side.
#include "segment/dictionary.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>

#include "segment/fast_reader.h"
#include "segment/front_coding.h"
#include "stemma/error.h"

namespace stemma::segment {
namespace {

// 16 KiB: what is left of the search of 90,000 blocks then lies in six cache lines.
constexpr std::size_t kMostTop = 2048;
constexpr std::uint64_t kLineBytes = 64;
constexpr std::uint64_t kMostLines = 8;

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

/// A key as it stands in a block (front_coding.h).
struct FrontCoded {
  std::size_t shared = 0;
  std::string_view added;
};

/// `before` is the length of the key before. A key without shared bytes begins with a layer.
FrontCoded read_key(FastReader& reader, std::size_t before) {
  const std::uint8_t lengths = reader.bytes(1)[0];
  std::uint64_t shared = lengths >> 4U;
  std::uint64_t added = lengths & 15U;
  if (shared == 15) shared += std::min<std::uint64_t>(reader.varint(), kMaxTermBytes);
  if (added == 15) added += std::min<std::uint64_t>(reader.varint(), kMaxTermBytes);
  if (shared > before || shared + added > kMaxTermBytes) corrupt("a front-coded text");
  const std::string_view text = as_text(reader.bytes(added));
  if (shared == 0 && (text.empty() || !is_layer(static_cast<std::uint8_t>(text.front())))) {
    corrupt("a term");
  }
  return {static_cast<std::size_t>(shared), text};
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
  write_packed(begins_, index, footer, 0, blocks_bytes);
  out.append(index.view());
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
  top_size_ = std::min<std::uint64_t>(std::bit_ceil(blocks), kMostTop);
  top_ = std::make_unique<std::atomic<std::uint64_t>[]>(top_size_);
}

/// A block whose terms and facts are read in step.
struct Dictionary::OpenBlock {
  std::uint64_t facts_end = 0;  // in the section
  std::uint64_t size = 0;
  std::uint64_t next_postings = 0;
  std::uint64_t next_words = 0;
  FastReader keys;
  FastReader facts;
};

// One page check a probe costs nothing beside the load that the next probe waits for, and a search
// then verifies the pages that it visits, not the whole index.
std::uint64_t Dictionary::prefix(std::uint64_t block) const {
  std::uint64_t value = 0;
  std::memcpy(&value, section_->inside(prefixes_offset_ + block * 8, 8), sizeof value);
  return value;
}

Dictionary::OpenBlock Dictionary::open_block(std::uint64_t number) const {
  const std::uint64_t begin = begins_[number];
  const std::uint64_t end = number + 1 < begins_.size() ? begins_[number + 1] : blocks_bytes_;
  if (begin > end || end > blocks_bytes_) corrupt("the index of its dictionary");
  FastReader reader(section_->read(begin, end - begin));
  OpenBlock block;
  block.facts_end = end;
  block.size = std::min<std::uint64_t>(kTermsPerBlock, terms_ - number * kTermsPerBlock);
  block.next_postings = reader.varint();
  block.next_words = reader.varint();
  const std::uint64_t keys_bytes = reader.varint();
  block.keys = FastReader(reader.bytes(keys_bytes));
  block.facts = reader;
  return block;
}

void Dictionary::read_entry(OpenBlock& block, TermLayer layer, TermEntry& entry) const {
  FastReader& facts = block.facts;
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
    facts.skip_varints(1);
    (void)facts.bytes(1);
    facts.skip_varints(count);
    info.postings_bytes = block.facts_end - facts.left() - info.postings_offset;
  } else if (info.document_frequency > 1) {
    info.postings_bytes = facts.varint();
    block.next_postings += info.postings_bytes;
  }
  entry.words_offset = block.next_words;
  entry.words_bytes = maps_to_words(layer) ? facts.varint() : 0;
  block.next_words += entry.words_bytes;
}

std::string_view Dictionary::first_term(std::uint64_t number) const {
  FastReader keys = open_block(number).keys;
  return read_key(keys, 0).added;
}

// The first block with a prefix >= wanted is in [begin, begin + left]. Products and sums instead of
// an if: the processor cannot guess which half it will be.
std::uint64_t Dictionary::first_not_before(std::uint64_t wanted) const {
  std::uint64_t begin = 0;
  std::uint64_t left = begins_.size();
  for (std::size_t node = 1; left > 1 && node < top_size_;) {
    const std::uint64_t half = left / 2;
    std::uint64_t there = top_[node].load(std::memory_order_relaxed);
    if (there == 0) {
      there = prefix(begin + half - 1);
      top_[node].store(there, std::memory_order_relaxed);
    }
    const auto before = static_cast<std::uint64_t>(there < wanted);
    begin += half * before;
    node = 2 * node + before;
    left -= half;
  }
  if (left == 0) return begin;
  const std::uint8_t* const rest = section_->inside(prefixes_offset_ + begin * 8, left * 8);
  const auto is_before = [&](std::uint64_t at) {
    std::uint64_t there = 0;
    std::memcpy(&there, rest + at * 8, sizeof there);
    return static_cast<std::uint64_t>(there < wanted);
  };
  // All lines that the probes may need, and where the block will be said to begin, at once.
  for (std::uint64_t byte = 0; byte < std::min(left * 8, kMostLines * kLineBytes);
       byte += kLineBytes) {
    __builtin_prefetch(rest + byte);
  }
  begins_.prefetch(begin);
  std::uint64_t at = 0;
  while (left > 1) {
    const std::uint64_t half = left / 2;
    at += half * is_before(at + half - 1);
    left -= half;
  }
  return begin + at + is_before(at);
}

std::uint64_t Dictionary::block_for(std::string_view term) const {
  const std::uint64_t wanted = prefix_of(term);
  const std::uint64_t blocks = begins_.size();
  std::uint64_t begin = first_not_before(wanted);
  // Among the blocks of this prefix, or of a greater one, the first that begins behind the term.
  for (std::uint64_t end = blocks; begin < end;) {
    // Few blocks share a prefix, so the search starts small and doubles.
    std::uint64_t step = 1;
    std::uint64_t probe = begin;
    const auto is_behind = [&](std::uint64_t block) {
      const std::uint64_t there = prefix(block);
      return there != wanted ? there > wanted : first_term(block) > term;
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

TermEntry Dictionary::entry(OpenBlock& block, std::span<const TermLayer> layers) const {
  TermEntry entry;
  for (const TermLayer layer : layers) read_entry(block, layer, entry);
  return entry;
}

// Keys are compared where they lie. While they stand before the term, a key that shares more with
// the key before than that shares with the term differs from the term by the same byte.
std::optional<TermEntry> Dictionary::find(std::string_view term) const {
  if (begins_.size() == 0 || term.empty() || !is_layer(static_cast<std::uint8_t>(term.front()))) {
    return std::nullopt;
  }
  OpenBlock block = open_block(block_for(term));
  std::array<TermLayer, kTermsPerBlock> layers;
  std::size_t length = 0;   // of the key before
  std::size_t matched = 0;  // bytes that it has in common with the term
  for (std::size_t i = 0; i < block.size; ++i) {
    const FrontCoded key = read_key(block.keys, length);
    length = key.shared + key.added.size();
    layers[i] = key.shared > 0 ? layers[i - 1] : layer_of(key.added);
    if (key.shared > matched) continue;
    const std::string_view rest = term.substr(key.shared);
    const auto same = static_cast<std::size_t>(
        std::mismatch(rest.begin(), rest.end(), key.added.begin(), key.added.end()).first -
        rest.begin());
    matched = key.shared + same;
    if (same == key.added.size()) {
      if (same == rest.size()) return entry(block, std::span(layers).first(i + 1));
    } else if (same == rest.size() || key.added.substr(same, 1) > rest.substr(same, 1)) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

void Dictionary::read_block(std::uint64_t number, Block& out) const {
  OpenBlock block = open_block(number);
  out.terms.resize(static_cast<std::size_t>(block.size));
  out.entries.resize(out.terms.size());
  std::string key;
  for (std::size_t i = 0; i < out.terms.size(); ++i) {
    const FrontCoded next = read_key(block.keys, key.size());
    key.resize(next.shared);
    key += next.added;
    if (i > 0 && key <= out.terms[i - 1]) corrupt("the order of its dictionary");
    out.terms[i] = key;
    read_entry(block, layer_of(key), out.entries[i]);
  }
}

// read_entry() less what is known of a list of one once its document is.
void Dictionary::read_list(OpenBlock& block, TermLayer layer, Lists& out) const {
  FastReader& facts = block.facts;
  const std::uint64_t code = facts.varint();
  if (code / 4 >= kEndOfList) corrupt("a document frequency");
  const auto documents = static_cast<std::uint32_t>(code / 4);
  std::uint64_t occurrences = documents;
  if ((code & 2U) != 0) occurrences += static_cast<std::uint64_t>(unzigzag(facts.varint()));
  if (documents == 1) {
    std::uint64_t count = (code & 1U) != 0 ? facts.varint() : occurrences;
    if (!traits_of(layer, word_impacts_).positions) count = 0;
    const std::uint64_t doc = facts.varint();
    if (doc >= kEndOfList) corrupt("a posting list of one document");
    out.singles[out.single_count++] = static_cast<Ordinal>(doc);
    (void)facts.bytes(1);
    facts.skip_varints(count);
  } else if (documents > 1) {
    TermInfo& info = out.longer[out.longer_count++];
    info.document_frequency = documents;
    info.occurrences = occurrences;
    info.postings_offset = block.next_postings;
    info.postings_bytes = facts.varint();
    info.layer = layer;
    block.next_postings += info.postings_bytes;
  }
  if (maps_to_words(layer)) (void)facts.varint();
}

void Dictionary::read_lists(std::uint64_t number, TermLayer layer, Lists& out) const {
  out.single_count = 0;
  out.longer_count = 0;
  OpenBlock block = open_block(number);
  for (std::uint64_t i = 0; i < block.size; ++i) read_list(block, layer, out);
}

void Dictionary::read_lists_at_edge(std::uint64_t number, std::string_view prefix,
                                    Lists& out) const {
  out.single_count = 0;
  out.longer_count = 0;
  OpenBlock block = open_block(number);
  std::string key;
  TermEntry ignored;
  for (std::uint64_t i = 0; i < block.size; ++i) {
    const FrontCoded next = read_key(block.keys, key.size());
    key.resize(next.shared);
    key += next.added;
    if (key.starts_with(prefix)) {
      read_list(block, layer_of(key), out);
    } else if (key > prefix) {
      return;
    } else {
      read_entry(block, layer_of(key), ignored);
    }
  }
}

void Dictionary::check_index(std::uint64_t number, std::string_view first) const {
  if (prefix(number) != prefix_of(first)) corrupt("the index of its dictionary");
}

}  // namespace stemma::segment
