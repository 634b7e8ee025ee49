#include "compile/term_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace stemma::compile {
namespace {

constexpr std::size_t kFirstSlots = 1U << 12U;

/// The first eight bytes as a number that compares as the bytes do.
std::uint64_t leading_bytes(const BufferedTerm& term) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    value = value << 8U |
            (i < term.key_bytes ? static_cast<std::uint8_t>(term.key[i]) : std::uint8_t{0});
  }
  return value;
}

}  // namespace

// Multiply and fold, eight bytes at a time; good enough for words, and not for enemies: a table of
// one batch only slows down if somebody collides it.
std::uint32_t TermTable::hash(TermLayer layer, std::string_view text) {
  constexpr std::uint64_t kFactor = 0x9e37'79b9'7f4a'7c15ULL;
  std::uint64_t mixed = (static_cast<std::uint64_t>(layer) + text.size() * 257) * kFactor;
  while (text.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    mixed = std::rotl((mixed ^ word) * kFactor, 29);
    text.remove_prefix(8);
  }
  std::uint64_t rest = 0;
  if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
  mixed = (mixed ^ rest) * kFactor;
  mixed ^= mixed >> 32U;
  mixed *= kFactor;
  return static_cast<std::uint32_t>(mixed >> 32U);
}

void TermTable::clear() {
  terms_ = {};
  slots_.assign(kFirstSlots, {});
  slots_.shrink_to_fit();
  blocks_.clear();
  block_left_ = 0;
  block_bytes_ = 0;
}

std::size_t TermTable::slot_of(std::uint32_t hash, TermLayer layer, std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot].number != kNoTerm; slot = (slot + 1) & mask) {
    if (slots_[slot].hash != hash) continue;
    const BufferedTerm& term = terms_[slots_[slot].number];
    if (term.key_bytes == text.size() + 1 && term.layer() == layer &&
        std::memcmp(term.key + 1, text.data(), text.size()) == 0) {
      break;
    }
  }
  return slot;
}

TermNumber TermTable::find(TermLayer layer, std::string_view text) const {
  return slots_[slot_of(hash(layer, text), layer, text)].number;
}

TermNumber TermTable::intern(TermLayer layer, std::string_view text) {
  return intern(layer, text, hash(layer, text));
}

TermNumber TermTable::intern(TermLayer layer, std::string_view text, std::uint32_t hash) {
  const std::size_t slot = slot_of(hash, layer, text);
  if (slots_[slot].number != kNoTerm) return slots_[slot].number;
  BufferedTerm term;
  term.key = keep(layer, text);
  term.key_bytes = static_cast<std::uint32_t>(text.size() + 1);
  const auto number = static_cast<TermNumber>(terms_.size());
  terms_.push_back(term);
  slots_[slot] = {number, hash};
  if (terms_.size() * 2 > slots_.size()) grow();
  return number;
}

const char* TermTable::keep(TermLayer layer, std::string_view text) {
  const std::size_t bytes = text.size() + 1;
  if (block_left_ < bytes) {
    const std::size_t block = std::max(kBlockBytes, bytes);
    blocks_.push_back(std::make_unique<char[]>(block));
    block_left_ = block;
    block_bytes_ += block;
  }
  // Blocks are filled from their end; a key is one run of bytes all the same.
  block_left_ -= bytes;
  char* key = blocks_.back().get() + block_left_;
  key[0] = static_cast<char>(layer);
  if (!text.empty()) std::memcpy(key + 1, text.data(), text.size());
  return key;
}

void TermTable::grow() {
  std::vector<Slot> before(slots_.size() * 2);
  before.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& term : before) {
    if (term.number == kNoTerm) continue;
    std::size_t slot = term.hash & mask;
    while (slots_[slot].number != kNoTerm) slot = (slot + 1) & mask;
    slots_[slot] = term;
  }
}

std::vector<TermNumber> TermTable::sorted() const {
  // Nearly all comparisons are settled by the leading bytes, without touching the keys.
  std::vector<std::pair<std::uint64_t, TermNumber>> order;
  order.reserve(terms_.size());
  for (TermNumber number = 0; number < terms_.size(); ++number) {
    order.emplace_back(leading_bytes(terms_[number]), number);
  }
  std::sort(order.begin(), order.end(), [this](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first
                              : terms_[a.second].text() < terms_[b.second].text();
  });
  std::vector<TermNumber> numbers;
  numbers.reserve(order.size());
  for (const auto& entry : order) numbers.push_back(entry.second);
  return numbers;
}

std::size_t TermTable::memory_bytes() const {
  return terms_.capacity() * sizeof(BufferedTerm) + slots_.capacity() * sizeof(Slot) + block_bytes_;
}

}  // namespace stemma::compile
