// An array of numbers of one width (0 to 64 bits) that is read in place, any element at once.
//
// Element i is bits [i * width, (i + 1) * width) of the bytes read as one little-endian number.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "segment/packed_view.h"
#include "segment/paged_file.h"

namespace stemma::segment {

[[nodiscard]] inline std::uint64_t low_bits(unsigned width) {
  return width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}

/// Element `index` of `width` <= 56 bits; reads up to kReadPadding bytes past the last element.
[[nodiscard]] inline std::uint64_t bits_at(const std::uint8_t* bytes, std::uint64_t index,
                                           unsigned width) {
  const std::uint64_t bit = index * width;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes + bit / 8, sizeof word);
  return (word >> (bit % 8)) & low_bits(width);
}

/// Bytes that `count` elements take.
[[nodiscard]] constexpr std::uint64_t bits_bytes(std::uint64_t count, unsigned width) {
  return (count * width + 7) / 8;
}

/// Appends elements to bytes.
class BitWriter {
 public:
  explicit BitWriter(ByteWriter& out) : out_(out) {}
  /// `value` must be below 2^width.
  void put(std::uint64_t value, unsigned width) {
    if (width == 0) return;
    partial_ |= value << filled_;
    if (filled_ + width < 64) {
      filled_ += width;
      return;
    }
    out_.u64(partial_);
    partial_ = filled_ == 0 ? 0 : value >> (64 - filled_);
    filled_ = filled_ + width - 64;
  }
  /// To the next whole byte.
  void flush() {
    for (unsigned done = 0; done < filled_; done += 8) {
      out_.u8(static_cast<std::uint8_t>(partial_ >> done));
    }
    partial_ = 0;
    filled_ = 0;
  }

 private:
  ByteWriter& out_;
  std::uint64_t partial_ = 0;
  unsigned filled_ = 0;
};

class PackedArray {
 public:
  PackedArray() = default;
  /// Reads the description that describe_packed() wrote; the elements lie in `section`.
  PackedArray(const Section& section, ByteReader& description) : section_(&section) {
    offset_ = description.varint();
    count_ = description.varint();
    width_ = description.u8();
    if (width_ > 64 || count_ > (std::uint64_t{1} << 48U)) corrupt("a packed array");
    const std::uint64_t bytes = bits_bytes(count_, width_);
    if (offset_ > section.size() || bytes > section.size() - offset_) corrupt("a packed array");
  }

  [[nodiscard]] std::uint64_t size() const { return count_; }
  [[nodiscard]] unsigned width() const { return width_; }
  [[nodiscard]] std::uint64_t operator[](std::uint64_t index) const {
    if (index >= count_) corrupt("an index beyond a packed array");
    if (width_ == 0) return 0;
    const std::uint64_t bit = index * width_;
    const std::uint64_t shift = bit % 8;
    const std::uint64_t need = (shift + width_ + 7) / 8;
    const Bytes bytes = section_->read(offset_ + bit / 8, need);
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    word >>= shift;
    if (need > 8) word |= static_cast<std::uint64_t>(bytes[8]) << (64 - shift);
    return word & low_bits(width_);
  }
  /// Asks for the memory of an element, without waiting for it.
  void prefetch(std::uint64_t index) const {
    if (index < count_) section_->prefetch(offset_ + index * width_ / 8);
  }
  /// All elements, verified now, to be read without further checks. Throws Error{corrupt} at a
  /// damaged page and if elements are wider than Number or 56 bits.
  template <class Number>
  [[nodiscard]] PackedView<Number> view() const {
    if (width_ > std::min<std::size_t>(sizeof(Number) * 8, 56)) corrupt("the width of an array");
    if (section_ == nullptr) return {};
    const Bytes bytes = section_->read(offset_, bits_bytes(count_, width_));
    return {bytes.data(), count_, width_};
  }
  /// The same for elements of any width.
  [[nodiscard]] PackedBits bits() const {
    if (section_ == nullptr) return {};
    return {section_->read(offset_, bits_bytes(count_, width_)).data(), count_, width_};
  }
  /// The first index in [begin, end) whose element is >= value, if elements ascend; end if none.
  [[nodiscard]] std::uint64_t lower_bound(std::uint64_t value, std::uint64_t begin,
                                          std::uint64_t end) const {
    while (begin < end) {
      const std::uint64_t middle = begin + (end - begin) / 2;
      if ((*this)[middle] < value) {
        begin = middle + 1;
      } else {
        end = middle;
      }
    }
    return begin;
  }

 private:
  const Section* section_ = nullptr;
  std::uint64_t offset_ = 0;
  std::uint64_t count_ = 0;
  unsigned width_ = 0;
};

/// Appends the elements to `section` and their description to `footer`. With a `least_width` of 1
/// the number of elements cannot be claimed without bytes. `before`: bytes of the section that were
/// written already and are not in `section`.
template <class Number>
void write_packed(const std::vector<Number>& values, ByteWriter& section, ByteWriter& footer,
                  unsigned least_width = 0, std::uint64_t before = 0) {
  std::uint64_t all = 0;
  for (const Number value : values) all |= value;
  const unsigned width = std::max(static_cast<unsigned>(std::bit_width(all)), least_width);
  footer.varint(before + section.size());
  footer.varint(values.size());
  footer.u8(static_cast<std::uint8_t>(width));
  BitWriter bits(section);
  for (const Number value : values) bits.put(value, width);
  bits.flush();
}

}  // namespace stemma::segment
