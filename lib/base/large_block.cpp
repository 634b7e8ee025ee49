#include "base/large_block.h"

#include <sys/mman.h>

#include <new>

namespace stemma {

// Mapped by hand: only so is it aligned, and given back to the system at once.
LargeBlock::LargeBlock(std::size_t bytes, Pages pages) : bytes_(bytes) {
  if (bytes == 0) return;
  const bool aligned = pages == Pages::large;
  const std::size_t mapped = bytes + (aligned ? kLargePage : 0);
  void* const begin =
      mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (begin == MAP_FAILED) throw std::bad_alloc();
  data_ = begin;
  if (!aligned) return;
  const std::size_t before =
      (kLargePage - reinterpret_cast<std::uintptr_t>(begin) % kLargePage) % kLargePage;
  data_ = static_cast<std::byte*>(begin) + before;
  constexpr std::size_t kSmallPage = 4096;
  const std::size_t behind = (before + bytes + kSmallPage - 1) / kSmallPage * kSmallPage;
  if (before > 0) munmap(begin, before);
  if (behind < mapped) munmap(static_cast<std::byte*>(begin) + behind, mapped - behind);
  madvise(data_, bytes, MADV_HUGEPAGE);  // a system without them goes on with usual pages
}

LargeBlock::~LargeBlock() {
  if (data_ != nullptr) munmap(data_, bytes_);
}

}  // namespace stemma
