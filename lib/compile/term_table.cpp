#include "compile/term_table.h"

#include <algorithm>
#include <bit>
#include <new>
#include <utility>

namespace stemma::compile {
namespace {

constexpr std::size_t kFirstSlots = 1U << 12U;

template <class T>
std::uint64_t load(const char* from) {
  T value = 0;
  std::memcpy(&value, from, sizeof value);
  return value;
}

/// The last bytes of a text, one to eight, as a number; their count is not told.
std::uint64_t last_bytes(const char* begin, std::size_t size) {
  if (size >= 8) return load<std::uint64_t>(begin + size - 8);
  if (size >= 4) return load<std::uint32_t>(begin) | load<std::uint32_t>(begin + size - 4) << 32U;
  if (size >= 2) return load<std::uint16_t>(begin) | load<std::uint16_t>(begin + size - 2) << 32U;
  return static_cast<std::uint8_t>(*begin);
}

bool equal(const char* a, const char* b, std::size_t size) {
  if (size == 0) return true;
  for (std::size_t at = 0; at + 8 < size; at += 8) {
    if (load<std::uint64_t>(a + at) != load<std::uint64_t>(b + at)) return false;
  }
  return last_bytes(a, size) == last_bytes(b, size);
}

/// The first eight bytes, zeros behind a shorter key, as a number that compares as the bytes do.
std::uint64_t leading_bytes(const BufferedTerm& term) {
  std::uint64_t value = load<std::uint64_t>(term.key());
  if constexpr (std::endian::native == std::endian::little) value = __builtin_bswap64(value);
  return value;
}

}  // namespace

// Multiply and fold, eight bytes at a time; good enough for words, and not for enemies: a table of
// one batch only slows down if somebody collides it.
std::uint32_t TermTable::hash(TermLayer layer, std::string_view text) {
  constexpr std::uint64_t kFactor = 0x9e37'79b9'7f4a'7c15ULL;
  std::uint64_t mixed = (static_cast<std::uint64_t>(layer) + text.size() * 257) * kFactor;
  if (!text.empty()) {
    for (std::size_t at = 0; at + 8 < text.size(); at += 8) {
      mixed = std::rotl((mixed ^ load<std::uint64_t>(text.data() + at)) * kFactor, 29);
    }
    mixed = (mixed ^ last_bytes(text.data(), text.size())) * kFactor;
  }
  mixed ^= mixed >> 32U;
  mixed *= kFactor;
  return static_cast<std::uint32_t>(mixed >> 32U);
}

TermTable::TermTable() : slots_(kFirstSlots * sizeof(Slot), Pages::usual), mask_(kFirstSlots - 1) {}

void TermTable::clear() {
  size_ = 0;
  std::memset(slots_.as<Slot>(), 0, slots_.size());
  key_blocks_.clear();
  key_block_left_ = 0;
  key_bytes_ = 0;
}

bool TermTable::has_key(const BufferedTerm& term, TermLayer layer, std::string_view text) {
  if (term.key_bytes != text.size() + 1) return false;
  const char* const key = term.key();
  return *key == static_cast<char>(layer) && equal(key + 1, text.data(), text.size());
}

TermTable::Slot* TermTable::slot_of(std::uint32_t hash, TermLayer layer,
                                    std::string_view text) const {
  for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
    Slot* const slot = slots() + at;
    if (slot->next_number == 0) return slot;
    if (slot->hash != hash) continue;
    if (has_key((*this)[slot->next_number - 1], layer, text)) return slot;
  }
}

TermNumber TermTable::find(TermLayer layer, std::string_view text) const {
  const std::uint32_t next = slot_of(hash(layer, text), layer, text)->next_number;
  return next == 0 ? kNoTerm : next - 1;
}

TermNumber TermTable::intern(TermLayer layer, std::string_view text, std::uint32_t hash) {
  Slot* const slot = slot_of(hash, layer, text);
  if (slot->next_number != 0) return slot->next_number - 1;
  const auto number = static_cast<TermNumber>(size_);
  if (size_ == terms_.size() * kTermsPerBlock) {
    const Pages pages = size_ == 0 ? Pages::usual : Pages::large;
    terms_.emplace_back(LargeBlock::kLargePage, pages);
  }
  keep_key(*new (&(*this)[number]) BufferedTerm, layer, text);
  ++size_;
  *slot = {number + 1, hash};
  if (size_ * 2 > mask_) grow();
  return number;
}

void TermTable::keep_key(BufferedTerm& term, TermLayer layer, std::string_view text) {
  const std::size_t bytes = text.size() + 1;
  char* key = term.own.data();
  if (bytes > BufferedTerm::kOwnBytes) {
    key = room_for_key(bytes);
    std::memcpy(term.own.data(), &key, sizeof key);
  }
  key[0] = static_cast<char>(layer);
  if (!text.empty()) std::memcpy(key + 1, text.data(), text.size());
  term.key_bytes = static_cast<std::uint32_t>(bytes);
}

char* TermTable::room_for_key(std::size_t bytes) {
  if (key_block_left_ < bytes) {
    const std::size_t block = std::max(kKeyBlockBytes, bytes);
    key_blocks_.push_back(std::make_unique<char[]>(block));
    key_block_left_ = block;
    key_bytes_ += block;
  }
  // Blocks are filled from their end; a key is one run of bytes all the same.
  key_block_left_ -= bytes;
  return key_blocks_.back().get() + key_block_left_;
}

void TermTable::grow() {
  const std::size_t count = 2 * (mask_ + 1);
  const std::size_t bytes = count * sizeof(Slot);
  const LargeBlock before(std::move(slots_));
  slots_ = LargeBlock(bytes, bytes < LargeBlock::kLargePage ? Pages::usual : Pages::large);
  mask_ = count - 1;
  for (std::size_t i = 0; i < count / 2; ++i) {
    const Slot& term = before.as<Slot>()[i];
    if (term.next_number == 0) continue;
    std::size_t at = term.hash & mask_;
    while (slots()[at].next_number != 0) at = (at + 1) & mask_;
    slots()[at] = term;
  }
}

std::vector<TermNumber> TermTable::sorted() const {
  // Nearly all comparisons are settled by the leading bytes, without touching the keys.
  std::vector<std::pair<std::uint64_t, TermNumber>> order;
  order.reserve(size_);
  for (TermNumber number = 0; number < size_; ++number) {
    order.emplace_back(leading_bytes((*this)[number]), number);
  }
  std::sort(order.begin(), order.end(), [this](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first
                              : (*this)[a.second].text() < (*this)[b.second].text();
  });
  std::vector<TermNumber> numbers;
  numbers.reserve(order.size());
  for (const auto& entry : order) numbers.push_back(entry.second);
  return numbers;
}

std::size_t TermTable::memory_bytes() const {
  return size_ * sizeof(BufferedTerm) + slots_.size() + key_bytes_;
}

}  // namespace stemma::compile
