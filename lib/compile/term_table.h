// The terms of an inversion: a hash table from term key to a dense number, with the keys in blocks.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/term.h"
#include "compile/byte_lists.h"

namespace stemma::compile {

using TermNumber = std::uint32_t;
inline constexpr TermNumber kNoTerm = 0xffff'ffff;

/// One term and the end of its list of postings.
struct BufferedTerm {
  const char* key = nullptr;
  std::uint32_t key_bytes = 0;
  std::uint32_t document = 0;  ///< last one, plus 1; 0: none
  std::uint32_t last = 0;      ///< last position, or count so far, in `document`
  std::uint32_t links = 0;     ///< of a word: where its stems are noted, plus 1; 0: nowhere
  ByteList list;
  [[nodiscard]] std::string_view text() const { return {key, key_bytes}; }
  [[nodiscard]] TermLayer layer() const { return static_cast<TermLayer>(*key); }
};

class TermTable {
 public:
  TermTable() { clear(); }

  /// The number of the term, new if need be. References to terms end here.
  TermNumber intern(TermLayer layer, std::string_view text);
  TermNumber intern(std::string_view key) {
    return intern(static_cast<TermLayer>(key.front()), key.substr(1));
  }
  /// intern() with a hash from hash(); between the two, prefetch_slot() and, a while later,
  /// prefetch_term() ask for the memory that it will read, without waiting for it.
  TermNumber intern(TermLayer layer, std::string_view text, std::uint32_t hash);
  [[nodiscard]] static std::uint32_t hash(TermLayer layer, std::string_view text);
  void prefetch_slot(std::uint32_t hash) const {
    __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }
  /// The number of the term if it is likely there.
  TermNumber prefetch_term(std::uint32_t hash) const {
    const Slot& slot = slots_[hash & (slots_.size() - 1)];
    if (slot.number != kNoTerm) __builtin_prefetch(&terms_[slot.number]);
    return slot.number;
  }

  /// kNoTerm if it was never interned.
  [[nodiscard]] TermNumber find(TermLayer layer, std::string_view text) const;
  [[nodiscard]] BufferedTerm& operator[](TermNumber number) { return terms_[number]; }
  [[nodiscard]] const BufferedTerm& operator[](TermNumber number) const { return terms_[number]; }
  [[nodiscard]] std::size_t size() const { return terms_.size(); }
  /// All terms in byte order of their keys.
  [[nodiscard]] std::vector<TermNumber> sorted() const;
  [[nodiscard]] std::size_t memory_bytes() const;
  void clear();

 private:
  static constexpr std::size_t kBlockBytes = 1U << 18U;
  struct Slot {
    TermNumber number = kNoTerm;
    std::uint32_t hash = 0;  // of the term: most other terms are told apart by it
  };

  /// The slot that holds the term, or the empty one where it belongs.
  [[nodiscard]] std::size_t slot_of(std::uint32_t hash, TermLayer layer,
                                    std::string_view text) const;
  [[nodiscard]] const char* keep(TermLayer layer, std::string_view text);
  void grow();

  std::vector<BufferedTerm> terms_;
  std::vector<Slot> slots_;  ///< open addressing; a power of two, at most half full
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_left_ = 0;
  std::size_t block_bytes_ = 0;
};

}  // namespace stemma::compile
