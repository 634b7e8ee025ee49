// Walking skips 64 documents at a step where there is none.
#include "execution/bitmap.h"

#include <bit>
#include <cassert>
#include <utility>

#include "kernels/scan.h"

namespace stemma::execution {

void Bitmap::fill() {
  for (std::uint64_t& word : words_) word = ~std::uint64_t{0};
  if (size_ % 64 != 0) words_.back() = (std::uint64_t{1} << (size_ % 64)) - 1;
}

Ordinal Bitmap::first_from(Ordinal from) const {
  if (from >= size_) return kEndOfList;
  std::size_t at = from / 64;
  std::uint64_t word = words_[at] & (~std::uint64_t{0} << (from % 64));
  while (word == 0) {
    if (++at == words_.size()) return kEndOfList;
    word = words_[at];
  }
  return static_cast<Ordinal>(at * 64 + static_cast<std::size_t>(std::countr_zero(word)));
}

Ordinal Bitmap::last_before(Ordinal end) const {
  assert(end > 0 && end <= size_);
  std::size_t at = (end - 1) / 64;
  std::uint64_t word = words_[at] & (~std::uint64_t{0} >> (63 - (end - 1) % 64));
  while (word == 0) word = words_[--at];
  return static_cast<Ordinal>(at * 64 + 63 - static_cast<std::size_t>(std::countl_zero(word)));
}

std::uint32_t Bitmap::count() const {
  return static_cast<std::uint32_t>(kernels::scanner().count_bits(words_.data(), words_.size()));
}

Members::Members(Bitmap bitmap, Interrupt& interrupt)
    : Operator(interrupt), bitmap_(std::move(bitmap)), count_(bitmap_.count()) {
  set_doc(bitmap_.first_from(0));
}

Ordinal Members::next() {
  if (doc() != kEndOfList) set_doc(bitmap_.first_from(doc() + 1));
  return doc();
}

Ordinal Members::seek(Ordinal target) {
  if (doc() < target) set_doc(bitmap_.first_from(target));
  return doc();
}

}  // namespace stemma::execution
