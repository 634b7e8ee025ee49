// A set of documents of one segment as bits, and the operator that walks it.
//
// Patterns, ranges and "everything" match without weight and often in many documents: their lists
// are poured into bits once, after which order and repeats cost nothing.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "execution/operator.h"
#include "segment/posting_cursor.h"

namespace stemma::execution {

class Bitmap {
 public:
  /// Of documents [0, size); empty.
  explicit Bitmap(std::uint32_t size) : words_((size + 63ULL) / 64), size_(size) {}

  /// Documents outside are ignored: a damaged list may hold them.
  void add(Ordinal doc) {
    if (doc < size_) words_[doc / 64] |= std::uint64_t{1} << (doc % 64);
  }

  void fill();
  template <class Unwanted>
  void remove_if(const Unwanted& unwanted);
  [[nodiscard]] bool has(Ordinal doc) const {
    return doc < size_ && ((words_[doc / 64] >> (doc % 64)) & 1U) != 0;
  }
  void remove(Ordinal doc) {
    if (doc < size_) words_[doc / 64] &= ~(std::uint64_t{1} << (doc % 64));
  }
  /// The last member < end, of which there must be one; end is at most the size.
  [[nodiscard]] Ordinal last_before(Ordinal end) const;
  /// Bits behind the last document are 0, and must be left so.
  [[nodiscard]] std::span<std::uint64_t> words() { return words_; }
  [[nodiscard]] std::span<const std::uint64_t> words() const { return words_; }
  /// As kernels::Scanner takes bitmaps.
  [[nodiscard]] const std::uint8_t* bytes() const {
    return reinterpret_cast<const std::uint8_t*>(words_.data());
  }
  /// The first member >= from; kEndOfList if there is none.
  [[nodiscard]] Ordinal first_from(Ordinal from) const;
  [[nodiscard]] std::uint32_t count() const;

 private:
  std::vector<std::uint64_t> words_;
  std::uint32_t size_;
};

template <class Unwanted>
void Bitmap::remove_if(const Unwanted& unwanted) {
  for (std::size_t word = 0; word < words_.size(); ++word) {
    for (std::uint64_t rest = words_[word]; rest != 0; rest &= rest - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(rest));
      if (unwanted(static_cast<Ordinal>(word * 64 + bit))) {
        words_[word] &= ~(std::uint64_t{1} << bit);
      }
    }
  }
}

class Members final : public Operator {
 public:
  Members(Bitmap bitmap, Interrupt& interrupt);

  Ordinal next() override;
  Ordinal seek(Ordinal target) override;
  [[nodiscard]] std::uint64_t cost() const override { return count_; }

 private:
  Bitmap bitmap_;
  std::uint32_t count_;
};

}  // namespace stemma::execution
