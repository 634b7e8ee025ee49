#include "compile/byte_lists.h"

#include <algorithm>

namespace stemma::compile {

ByteLists::ByteLists() {
  // A small inversion takes what it touches; one that fills a block will fill more.
  add_block(Pages::usual);
  // Address 0 is no list, so that a ByteList of zeros is an empty one.
  used_ = kLinkBytes;
}

std::uint32_t ByteLists::new_slice(std::uint32_t bytes) {
  const std::uint32_t left = kBlockBytes - used_ % kBlockBytes;
  if (left < bytes + kLinkBytes) used_ += left;
  if (used_ / kBlockBytes == blocks_.size()) add_block(Pages::large);
  const std::uint32_t slice = used_;
  used_ += bytes + kLinkBytes;
  return slice;
}

void ByteLists::grow(ByteList& list) {
  const bool fresh = list.end == 0;
  if (!fresh)
    list.level =
        static_cast<std::uint8_t>(std::min<std::size_t>(list.level + 1U, kSliceBytes.size() - 1));
  const std::uint32_t bytes = kSliceBytes[list.level];
  const std::uint32_t slice = new_slice(bytes);
  if (fresh) {
    list.first = slice;
  } else {
    std::memcpy(address(list.end), &slice, sizeof slice);
  }
  list.at = slice;
  list.end = slice + bytes;
}

void ByteListReader::follow() {
  std::uint32_t slice = 0;
  std::memcpy(&slice, lists_.address(end_), sizeof slice);
  level_ = std::min(level_ + 1, ByteLists::kSliceBytes.size() - 1);
  at_ = slice;
  end_ = slice + ByteLists::kSliceBytes[level_];
}

}  // namespace stemma::compile
