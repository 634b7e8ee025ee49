// Numbers of a few bits, four to a half: a byte shuffle brings the bytes of each number into its
// lane, and a shift by its own number of bits does the rest. Eight numbers of `width` bits take
// `width` whole bytes, so shuffle and shifts are the same in every round. Compiled once for each
// instruction set (scan_vector.cpp).
#if defined(STEMMA_SCAN_BITS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef STEMMA_SCAN_BITS_INL_H
#undef STEMMA_SCAN_BITS_INL_H
#else
#define STEMMA_SCAN_BITS_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cassert>
#include <cstring>

#include "kernels/scan.h"

HWY_BEFORE_NAMESPACE();
namespace stemma::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Four = hn::CappedTag<std::uint32_t, 4>;

/// Four numbers of the eight bytes from `offset` on, the first at bit `bit` < 8.
class FourNumbers {
 public:
  HWY_INLINE FourNumbers(std::size_t offset, unsigned bit, unsigned width) : offset_(offset) {
    const Four d;
    const auto bits = hn::Add(hn::Mul(hn::Iota(d, 0), hn::Set(d, width)), hn::Set(d, bit));
    bytes_ = hn::Add(hn::Mul(hn::ShiftRight<3>(bits), hn::Set(d, 0x0101'0101U)),
                     hn::Set(d, 0x0302'0100U));
    shifts_ = hn::And(bits, hn::Set(d, 7U));
    mask_ = hn::Set(d, (1U << width) - 1);
  }

  HWY_INLINE void write(const std::uint8_t* bytes, std::uint32_t* out) const {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes + offset_, sizeof word);
    const Four d;
    const auto words = hn::BitCast(d, hn::Set(hn::Repartition<std::uint64_t, Four>(), word));
    const auto lanes = hn::TableLookupBytes(words, bytes_);
    hn::StoreU(hn::And(hn::Shr(lanes, shifts_), mask_), d, out);
  }

 private:
  std::size_t offset_;
  hn::Vec<Four> bytes_;
  hn::Vec<Four> shifts_;
  hn::Vec<Four> mask_;
};

inline void unpack_bits(const std::uint8_t* bytes, std::uint64_t first_bit, unsigned width,
                        std::size_t count, std::uint32_t* out) {
  assert(width <= 32);
  constexpr unsigned kWidest = 14;    // 7 + 4 * 14 bits fit into eight bytes
  constexpr std::size_t kFewest = 4;  // below, one by one is faster (measured)
  bytes += first_bit / 8;
  auto bit = static_cast<unsigned>(first_bit % 8);
  if (width == 0) {
    std::fill_n(out, count, 0U);
    return;
  }
  if (width > kWidest || count < kFewest) {
    const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t at = bit + i * width;
      std::uint64_t word = 0;
      std::memcpy(&word, bytes + at / 8, sizeof word);
      out[i] = static_cast<std::uint32_t>(word >> at % 8 & mask);
    }
    return;
  }
  const unsigned middle = bit + 4 * width;
  const FourNumbers first(0, bit, width);
  const FourNumbers second(middle / 8, middle % 8, width);
  // The second four are read only where one of them is wanted: no byte beyond the padding is read.
  for (; count > 4; bytes += width, out += 8) {
    first.write(bytes, out);
    second.write(bytes, out + 4);
    if (count <= 8) return;
    count -= 8;
  }
  if (count > 0) first.write(bytes, out);
}

/// Four numbers of at most 25 bits of the sixteen bytes from `offset` on, the first at bit
/// `bit` <= 4.
class FourBetween {
 public:
  static constexpr unsigned kWidest = 25;  // a number and the bits before it fit into a lane

  HWY_INLINE FourBetween(std::size_t offset, unsigned bit, unsigned width, std::uint32_t least,
                         std::uint32_t most)
      : offset_(offset) {
    const Four d;
    const auto bits = hn::Add(hn::Mul(hn::Iota(d, 0), hn::Set(d, width)), hn::Set(d, bit));
    bytes_ = hn::Add(hn::Mul(hn::ShiftRight<3>(bits), hn::Set(d, 0x0101'0101U)),
                     hn::Set(d, 0x0302'0100U));
    shifts_ = hn::And(bits, hn::Set(d, 7U));
    mask_ = hn::Set(d, (1U << width) - 1);
    least_ = hn::Set(d, least);
    distance_ = hn::Set(d, most - least);
  }

  /// A bit a number.
  HWY_INLINE std::uint64_t of(const std::uint8_t* bytes) const {
    const Four d;
    const hn::Repartition<std::uint8_t, Four> d8;
    const auto words = hn::BitCast(d, hn::LoadU(d8, bytes + offset_));
    const auto lanes = hn::TableLookupBytes(words, bytes_);
    const auto numbers = hn::And(hn::Shr(lanes, shifts_), mask_);
    const auto above = hn::Sub(numbers, least_);
    std::uint8_t found[8] = {};
    hn::StoreMaskBits(d, hn::Eq(hn::Min(above, distance_), above), found);
    return found[0];
  }

 private:
  std::size_t offset_;
  hn::Vec<Four> bytes_;
  hn::Vec<Four> shifts_;
  hn::Vec<Four> mask_;
  hn::Vec<Four> least_;
  hn::Vec<Four> distance_;
};

inline std::uint64_t between_one_by_one(const std::uint8_t* bytes, unsigned width,
                                        std::size_t begin, std::size_t count, std::uint32_t least,
                                        std::uint32_t most) {
  const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t at = (begin + i) * width;
    std::uint64_t word = 0;
    if (width != 0) std::memcpy(&word, bytes + at / 8, sizeof word);
    const std::uint64_t number = word >> at % 8 & mask;
    found |= std::uint64_t{least <= number && number <= most} << i;
  }
  return found;
}

inline void bits_between(const std::uint8_t* bytes, unsigned width, std::size_t count,
                         std::uint32_t least, std::uint32_t most, std::uint64_t* out) {
  assert(width <= 32);
  std::size_t begin = 0;
  if (1 <= width && width <= FourBetween::kWidest && least <= most) {
    const FourBetween first(0, 0, width, least, most);
    const FourBetween second(width / 2, 4 * width % 8, width, least, most);
    // A word's numbers are 8 * width bytes; the loads may pass them by less than sixteen, which
    // must lie within the numbers and the padding.
    const std::size_t readable = (count * width + 7) / 8 + 8;
    for (; begin + 64 <= count && begin / 8 * width + 8 * width + 16 <= readable; begin += 64) {
      const std::uint8_t* at = bytes + begin / 8 * width;
      std::uint64_t word = 0;
      for (unsigned shift = 0; shift < 64; shift += 8, at += width) {
        word |= (first.of(at) | second.of(at) << 4U) << shift;
      }
      out[begin / 64] = word;
    }
  }
  for (; begin < count; begin += 64) {
    out[begin / 64] = between_one_by_one(bytes, width, begin,
                                         std::min<std::size_t>(64, count - begin), least, most);
  }
}

}  // namespace stemma::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
