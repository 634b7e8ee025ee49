// A ByteReader for the short numbers of a dictionary: two pointers, and one comparison for a number
// of one byte.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "segment/format.h"

namespace stemma::segment {

/// Walks over bytes that it does not own and never past them: Error{corrupt} instead.
class FastReader {
 public:
  FastReader() = default;
  explicit FastReader(Bytes bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  [[nodiscard]] std::uint64_t varint() {
    if (at_ != end_ && *at_ < 0x80) return *at_++;
    if (left() >= 2 && at_[1] < 0x80) {
      const std::uint64_t value = (at_[0] & 0x7fU) | static_cast<std::uint64_t>(at_[1]) << 7U;
      at_ += 2;
      return value;
    }
    ByteReader rest({at_, end_}, "a dictionary block");
    const std::uint64_t value = rest.varint();
    at_ = end_ - rest.left();
    return value;
  }
  /// Over `count` varints of any length.
  void skip_varints(std::uint64_t count) {
    while (count > 0) {
      if (at_ == end_) corrupt("a dictionary block");
      count -= *at_++ < 0x80 ? 1U : 0U;
    }
  }
  [[nodiscard]] Bytes bytes(std::uint64_t count) {
    if (count > left()) corrupt("a dictionary block");
    const Bytes head(at_, static_cast<std::size_t>(count));
    at_ += count;
    return head;
  }
  [[nodiscard]] std::uint64_t left() const { return static_cast<std::uint64_t>(end_ - at_); }

 private:
  const std::uint8_t* at_ = nullptr;
  const std::uint8_t* end_ = nullptr;
};

}  // namespace stemma::segment
