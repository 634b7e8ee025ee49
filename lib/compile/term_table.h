// The terms of an inversion: a hash table from term key to a dense number.
//
// Words come in no order, so each look-up waits for memory. A term is therefore one cache line with
// all that an occurrence of it needs: its key, unless that is long, the state of its list, and the
// number of its stem.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "base/large_block.h"
#include "base/prefetch.h"
#include "base/term.h"
#include "compile/byte_lists.h"

namespace stemma::compile {

using TermNumber = std::uint32_t;
inline constexpr TermNumber kNoTerm = 0xffff'ffff;

/// One term and the end of its list of postings.
struct alignas(64) BufferedTerm {
  static constexpr std::size_t kOwnBytes = 24;
  /// No language has this number: the word's forms are not known yet.
  static constexpr std::uint8_t kNoForms = 0xfe;

  std::array<char, kOwnBytes> own{};  ///< the key and zeros if it fits, else its address
  std::uint32_t key_bytes = 0;
  std::uint32_t document = 0;     ///< last one, plus 1; 0: none
  std::uint32_t last = 0;         ///< last position, or count so far, in `document`
  TermNumber stem = kNoTerm;      ///< of a word in `language`
  TermNumber stem_alt = kNoTerm;  ///< its second stem there
  ByteList list;
  std::uint8_t language = kNoForms;

  [[nodiscard]] const char* key() const {
    if (key_bytes <= kOwnBytes) return own.data();
    const char* far = nullptr;
    std::memcpy(&far, own.data(), sizeof far);
    return far;
  }
  [[nodiscard]] std::string_view text() const { return {key(), key_bytes}; }
  [[nodiscard]] TermLayer layer() const { return static_cast<TermLayer>(*key()); }
};
static_assert(sizeof(BufferedTerm) == 64);

class TermTable {
 public:
  TermTable();

  /// The number of the term, new if need be.
  TermNumber intern(TermLayer layer, std::string_view text) {
    return intern(layer, text, hash(layer, text));
  }
  TermNumber intern(std::string_view key) {
    return intern(static_cast<TermLayer>(key.front()), key.substr(1));
  }
  /// intern() with a hash from hash(); between the two, prefetch_slot() and, a while later,
  /// prefetch_term() ask for the memory that it will read, without waiting for it.
  TermNumber intern(TermLayer layer, std::string_view text, std::uint32_t hash);
  /// The same where the number is likely `guess`, or kNoTerm.
  TermNumber intern(TermLayer layer, std::string_view text, std::uint32_t hash, TermNumber guess) {
    if (guess != kNoTerm && has_key((*this)[guess], layer, text)) return guess;
    return intern(layer, text, hash);
  }
  [[nodiscard]] static std::uint32_t hash(TermLayer layer, std::string_view text);
  void prefetch_slot(std::uint32_t hash) const { prefetch(slots() + (hash & mask_)); }
  /// The number of the term if it is likely there.
  [[nodiscard]] TermNumber prefetch_term(std::uint32_t hash) const {
    const Slot& slot = slots()[hash & mask_];
    if (slot.hash != hash || slot.next_number == 0) return kNoTerm;
    prefetch(&(*this)[slot.next_number - 1]);
    return slot.next_number - 1;
  }

  /// kNoTerm if it was never interned.
  [[nodiscard]] TermNumber find(TermLayer layer, std::string_view text) const;
  /// References stay.
  [[nodiscard]] BufferedTerm& operator[](TermNumber number) const {
    return terms_[number / kTermsPerBlock].as<BufferedTerm>()[number % kTermsPerBlock];
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// All terms in byte order of their keys.
  [[nodiscard]] std::vector<TermNumber> sorted() const;
  [[nodiscard]] std::size_t memory_bytes() const;
  /// Keeps most of its memory.
  void clear();

 private:
  static constexpr std::size_t kTermsPerBlock = LargeBlock::kLargePage / sizeof(BufferedTerm);
  static constexpr std::size_t kKeyBlockBytes = 1U << 16U;
  struct Slot {
    std::uint32_t next_number;  // of the term, plus 1; 0: empty
    std::uint32_t hash;         // of the term: most other terms are told apart by it
  };

  [[nodiscard]] static bool has_key(const BufferedTerm& term, TermLayer layer,
                                    std::string_view text);
  [[nodiscard]] Slot* slots() const { return slots_.as<Slot>(); }
  /// The slot that holds the term, or the empty one where it belongs.
  [[nodiscard]] Slot* slot_of(std::uint32_t hash, TermLayer layer, std::string_view text) const;
  void keep_key(BufferedTerm& term, TermLayer layer, std::string_view text);
  [[nodiscard]] char* room_for_key(std::size_t bytes);
  void grow();

  std::vector<LargeBlock> terms_;
  std::size_t size_ = 0;
  LargeBlock slots_;  ///< open addressing; a power of two, at most half full
  std::size_t mask_ = 0;
  std::vector<std::unique_ptr<char[]>> key_blocks_;  ///< of long keys
  std::size_t key_block_left_ = 0;
  std::size_t key_bytes_ = 0;
};

}  // namespace stemma::compile
