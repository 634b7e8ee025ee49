// Search over impacts, 64 documents a step: comparisons become one 64-bit word of hits, and hits
// become documents. Compiled once for each instruction set (scan_vector.cpp), so no #pragma once.
#if defined(STEMMA_SCAN_FIND_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef STEMMA_SCAN_FIND_INL_H
#undef STEMMA_SCAN_FIND_INL_H
#else
#define STEMMA_SCAN_FIND_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "kernels/scan.h"
#include "kernels/scan_kernels.h"

HWY_BEFORE_NAMESPACE();
namespace stemma::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::ScalableTag<std::uint8_t>;
using Halves = hn::ScalableTag<std::uint16_t>;
/// At most eight lanes: compressing wider ones takes larger tables and gains nothing here.
using Words = hn::CappedTag<std::uint32_t, 8>;

constexpr std::size_t kStep = 64;
/// So many hits of a step are written one by one; more, by groups (measured).
constexpr std::size_t kFew = 12;

HWY_INLINE std::size_t count_ones(std::uint64_t word) {
  return static_cast<std::size_t>(__builtin_popcountll(word));
}

/// Bit i is lane i of the mask.
template <class D, class Mask>
HWY_INLINE std::uint64_t bits_of(D d, Mask mask) {
  // Read as wide as it is written: else the processor waits for the write.
  constexpr std::size_t kLanes = hn::MaxLanes(D());
  using Bits = std::conditional_t<
      kLanes <= 8, std::uint8_t,
      std::conditional_t<kLanes == 16, std::uint16_t,
                         std::conditional_t<kLanes == 32, std::uint32_t, std::uint64_t>>>;
  std::uint8_t bytes[8] = {};
  hn::StoreMaskBits(d, mask, bytes);
  Bits bits = 0;
  std::memcpy(&bits, bytes, sizeof bits);
  return bits;
}

/// The numbers of the bits set in `bits`, which has one for each lane of Words; then anything.
HWY_INLINE hn::Vec<Words> lanes_set(std::uint64_t bits) {
  const hn::Rebind<std::uint8_t, Words> bytes;
  return hn::PromoteTo(Words(), hn::LoadU(bytes, kBitsSet.of[bits]));
}

/// Writes base + i for each set bit i; returns where the next goes. Writes up to 32 elements
/// behind.
HWY_INLINE std::uint32_t* write_hits(std::uint64_t hits, std::uint32_t base, std::uint32_t* out) {
  const std::size_t count = count_ones(hits);
  if (count <= kFew) {
    // Four a round, wanted or not: the number of rounds is easier to predict than that of hits.
    for (std::size_t written = 0; written < count; written += 4) {
      for (std::size_t k = written; k < written + 4; ++k) {
        out[k] = base + static_cast<std::uint32_t>(std::countr_zero(hits));
        hits &= hits - 1;
      }
    }
    return out + count;
  }
  const Words d;
  constexpr std::size_t kLanes = hn::MaxLanes(Words());
  for (std::size_t k = 0; k < kStep; k += kLanes) {
    const std::uint64_t group = hits >> k & ((1U << kLanes) - 1);
    const auto first = hn::Set(d, base + static_cast<std::uint32_t>(k));
    hn::StoreU(hn::Add(first, lanes_set(group)), d, out);
    out += count_ones(group);
  }
  return out;
}

/// Copies count < 64 bytes without reading others, by two pieces that overlap.
HWY_INLINE void copy_short(const std::uint8_t* from, std::size_t count, std::uint8_t* to) {
  const auto copy_ends = [&](auto size) {
    std::memcpy(to, from, size());
    std::memcpy(to + count - size(), from + count - size(), size());
  };
  if (count >= 32) {
    copy_ends(std::integral_constant<std::size_t, 32>());
  } else if (count >= 16) {
    copy_ends(std::integral_constant<std::size_t, 16>());
  } else if (count >= 8) {
    copy_ends(std::integral_constant<std::size_t, 8>());
  } else {
    for (std::size_t i = 0; i < count; ++i) to[i] = from[i];
  }
}

/// The hits among 64 values, of those vectors that `hit` says.
template <class Hit>
HWY_INLINE std::uint64_t hits_of_step(const std::uint8_t* values, Hit hit) {
  const Bytes d;
  std::uint64_t hits = 0;
  for (std::size_t k = 0; k < kStep; k += hn::Lanes(d)) {
    hits |= bits_of(d, hit(hn::LoadU(d, values + k))) << k;
  }
  return hits;
}

template <class Hit>
HWY_INLINE std::size_t find(const std::uint8_t* values, std::size_t count, std::uint32_t base,
                            std::uint32_t* out, Hit hit) {
  std::uint32_t* next = out;
  std::size_t i = 0;
  for (; i + kStep <= count; i += kStep) {
    const std::uint64_t hits = hits_of_step(values + i, hit);
    if (hits != 0) next = write_hits(hits, base + static_cast<std::uint32_t>(i), next);
  }
  const std::size_t rest = count - i;
  if (rest != 0) {
    std::uint64_t hits = 0;
    if (count >= kStep) {
      hits = hits_of_step(values + count - kStep, hit) >> (kStep - rest);
    } else {
      alignas(64) std::uint8_t copy[kStep] = {};
      copy_short(values, count, copy);
      hits = hits_of_step(copy, hit) & ((std::uint64_t{1} << rest) - 1);
    }
    if (hits != 0) next = write_hits(hits, base + static_cast<std::uint32_t>(i), next);
  }
  return static_cast<std::size_t>(next - out);
}

inline std::size_t find_at_least(const std::uint8_t* values, std::size_t count, std::uint8_t least,
                                 std::uint32_t base, std::uint32_t* out) {
  const auto bound = hn::Set(Bytes(), least);
  return find(values, count, base, out,
              [&](auto some) HWY_ATTR { return hn::Eq(hn::Max(some, bound), some); });
}

inline std::size_t find_between(const std::uint8_t* values, std::size_t count, unsigned least,
                                unsigned below, std::uint32_t base, std::uint32_t* out) {
  below = std::min(below, 256U);
  if (least >= below) return 0;
  // least <= v < below where v - least, which wraps, is at most the span.
  const auto start = hn::Set(Bytes(), static_cast<std::uint8_t>(least));
  const auto span = hn::Set(Bytes(), static_cast<std::uint8_t>(below - 1 - least));
  return find(values, count, base, out, [&](auto some) HWY_ATTR {
    const auto above = hn::Sub(some, start);
    return hn::Eq(hn::Min(above, span), above);
  });
}

/// The sums of a vector of documents stand in two of half as many lanes, of the even documents and
/// of the odd ones: no lane moves, neither to widen the impacts nor to join the results.
template <bool kAll>
HWY_INLINE std::uint64_t joint_hits(const ByteLists& lists, std::size_t first, std::uint16_t least,
                                    std::uint16_t span) {
  const Bytes d;
  const Halves d2;
  const auto low_byte = hn::Set(d2, std::uint16_t{255});
  std::uint64_t hits = 0;
  for (std::size_t k = 0; k < kStep; k += hn::Lanes(d)) {
    auto even = hn::Zero(d2);
    auto odd = hn::Zero(d2);
    auto smallest = hn::Set(d, std::uint8_t{255});
    for (std::size_t j = 0; j < lists.size; ++j) {
      const auto some = hn::LoadU(d, lists.lists[j] + first + k);
      const auto pairs = hn::BitCast(d2, some);
      const auto weight = hn::Set(d2, lists.weights[j]);
      even = hn::Add(even, hn::Mul(hn::And(pairs, low_byte), weight));
      odd = hn::Add(odd, hn::Mul(hn::ShiftRight<8>(pairs), weight));
      if constexpr (kAll) smallest = hn::Min(smallest, some);
    }
    const auto within = [&](auto sums) HWY_ATTR {
      const auto above = hn::Sub(sums, hn::Set(d2, least));
      const auto inside = hn::Eq(hn::Min(above, hn::Set(d2, span)), above);
      return hn::BitCast(d, hn::VecFromMask(d2, inside));
    };
    auto hit = hn::OddEven(within(odd), within(even));
    if constexpr (kAll) {
      hit = hn::AndNot(hn::VecFromMask(d, hn::Eq(smallest, hn::Zero(d))), hit);
    }
    hits |= bits_of(d, hn::MaskFromVec(hit)) << k;
  }
  return hits;
}

template <bool kAll>
HWY_INLINE std::size_t find_joint_of(const ByteLists& lists, std::uint32_t begin, std::size_t count,
                                     std::uint16_t least, std::uint16_t span, std::uint32_t* out) {
  std::uint32_t* next = out;
  std::size_t i = 0;
  for (; i + kStep <= count; i += kStep) {
    const std::uint64_t hits = joint_hits<kAll>(lists, begin + i, least, span);
    if (hits != 0) next = write_hits(hits, begin + static_cast<std::uint32_t>(i), next);
  }
  const std::size_t rest = count - i;
  if (rest != 0) {
    std::uint64_t hits = 0;
    if (count >= kStep) {
      hits = joint_hits<kAll>(lists, begin + count - kStep, least, span) >> (kStep - rest);
    } else {
      alignas(64) std::uint8_t copies[8][kStep] = {};
      const std::uint8_t* rows[8] = {};
      for (std::size_t j = 0; j < lists.size; ++j) {
        copy_short(lists.lists[j] + begin, count, copies[j]);
        rows[j] = copies[j];
      }
      hits = joint_hits<kAll>({rows, lists.weights, lists.size}, 0, least, span) &
             ((std::uint64_t{1} << rest) - 1);
    }
    if (hits != 0) next = write_hits(hits, begin + static_cast<std::uint32_t>(i), next);
  }
  return static_cast<std::size_t>(next - out);
}

inline std::size_t find_joint(const ByteLists& lists, std::uint32_t begin, std::size_t count,
                              std::uint32_t least, std::uint32_t below, bool all,
                              std::uint32_t* out) {
  assert(1 <= lists.size && lists.size <= 8);
  below = std::min(below, std::uint32_t{65536});
  if (least >= below) return 0;
  const auto start = static_cast<std::uint16_t>(least);
  const auto span = static_cast<std::uint16_t>(below - 1 - least);
  return all ? find_joint_of<true>(lists, begin, count, start, span, out)
             : find_joint_of<false>(lists, begin, count, start, span, out);
}

}  // namespace stemma::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
