// Very many growing lists of bytes in little memory: the postings of an inversion.
//
// A list is a chain of slices in shared blocks; each slice ends with the address of the next, and
// slices double, so a word seen once costs a few bytes and a common word few jumps. (The scheme of
// in-memory inverted indexes since Büttcher, Clarke & Cormack, 2010, chapter 4.)
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/large_block.h"
#include "base/prefetch.h"

namespace stemma::compile {

/// A list's writing end; all zero is an empty list.
struct ByteList {
  std::uint32_t first = 0;  ///< address of its first slice
  std::uint32_t at = 0;     ///< where the next byte goes
  std::uint32_t end = 0;    ///< where the present slice's link stands
  std::uint8_t level = 0;
};

class ByteLists {
 public:
  ByteLists();

  void append(ByteList& list, std::uint8_t byte) {
    if (list.at == list.end) grow(list);
    *address(list.at++) = byte;
  }
  void append_varint(ByteList& list, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) append(list, static_cast<std::uint8_t>(value | 0x80U));
    append(list, static_cast<std::uint8_t>(value));
  }
  /// Asks for the memory of the list's writing end.
  void prefetch_end(const ByteList& list) const {
    if (list.at != 0) prefetch(address(list.at));
  }
  /// Asks for the memory of the list's beginning.
  void prefetch_begin(const ByteList& list) const {
    if (list.at != 0) prefetch(address(list.first));
  }
  [[nodiscard]] std::size_t memory_bytes() const { return used_; }
  /// Keeps its memory.
  void clear() { used_ = kLinkBytes; }

 private:
  friend class ByteListReader;
  static constexpr std::uint32_t kBlockBytes = LargeBlock::kLargePage;
  static constexpr std::uint32_t kLinkBytes = 4;
  /// Bytes of a slice without its link.
  static constexpr std::array<std::uint32_t, 9> kSliceBytes = {8,   16,  32,   64,  128,
                                                               256, 512, 1024, 2048};

  [[nodiscard]] std::uint8_t* address(std::uint32_t at) const {
    return blocks_[at / kBlockBytes].as<std::uint8_t>() + at % kBlockBytes;
  }
  void grow(ByteList& list);
  void add_block(Pages pages) { blocks_.emplace_back(kBlockBytes, pages); }
  [[nodiscard]] std::uint32_t new_slice(std::uint32_t bytes);

  std::vector<LargeBlock> blocks_;
  std::uint32_t used_ = 0;  ///< address of the first free byte
};

/// Reads a list from its beginning.
class ByteListReader {
 public:
  ByteListReader(const ByteLists& lists, const ByteList& list)
      : lists_(lists), at_(list.first), last_(list.at) {
    end_ = list.first + ByteLists::kSliceBytes[0];
  }
  [[nodiscard]] bool empty() const { return at_ == last_; }
  [[nodiscard]] std::uint8_t byte() {
    if (at_ == end_) follow();
    return *lists_.address(at_++);
  }
  [[nodiscard]] std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::uint8_t next = byte();
      value |= static_cast<std::uint64_t>(next & 0x7fU) << shift;
      if (next < 0x80) return value;
    }
  }

 private:
  void follow();
  const ByteLists& lists_;
  std::uint32_t at_;
  std::uint32_t end_;
  std::uint32_t last_;
  std::size_t level_ = 0;
};

}  // namespace stemma::compile
