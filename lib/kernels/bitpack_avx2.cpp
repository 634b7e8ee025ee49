// Two rows of four values a step: the lower half of a register is the even row, the upper half the
// odd one, each shifted by its own number of bits. Layout and sums are as in bitpack_sse2.cpp.
//
// All headers come before the region that switches AVX2 on, so that no function shared with other
// files is compiled with it.
#include "kernels/bitpack_kernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <cassert>
#include <cstddef>
#include <utility>

#include "kernels/bitpack.h"

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

namespace stemma::kernels {
namespace {

constexpr unsigned kPairs = 16;

/// Word `low` of the four lanes in the lower half, word `high` in the upper.
template <unsigned kLow, unsigned kHigh>
__m256i words(const __m128i* in) {
  if constexpr (kLow == kHigh) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128(in + kLow));
  } else if constexpr (kLow + 1 == kHigh) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in + kLow));
  } else {
    return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(in + kLow)),
                                   _mm_loadu_si128(in + kHigh), 1);
  }
}

template <unsigned kWidth, unsigned kPair>
__m256i pair_of(const __m128i* in) {
  if constexpr (kWidth == 0) {
    return _mm256_setzero_si256();
  } else {
    constexpr unsigned kBit0 = 2 * kPair * kWidth;
    constexpr unsigned kBit1 = kBit0 + kWidth;
    constexpr unsigned kWord0 = kBit0 / 32;
    constexpr unsigned kWord1 = kBit1 / 32;
    constexpr int kShift0 = kBit0 % 32;
    constexpr int kShift1 = kBit1 % 32;
    const __m256i shifts =
        _mm256_setr_epi32(kShift0, kShift0, kShift0, kShift0, kShift1, kShift1, kShift1, kShift1);
    __m256i pair = _mm256_srlv_epi32(words<kWord0, kWord1>(in), shifts);
    if constexpr (kShift0 + kWidth > 32 || kShift1 + kWidth > 32) {
      // A half that does not spill takes bits at or above its width, which the mask removes; the
      // word it takes them from must only lie inside the block.
      constexpr unsigned kLast = kWidth - 1;
      constexpr unsigned kNext0 = kWord0 < kLast ? kWord0 + 1 : kLast;
      constexpr unsigned kNext1 = kWord1 < kLast ? kWord1 + 1 : kLast;
      const __m256i back = _mm256_sub_epi32(_mm256_set1_epi32(32), shifts);
      pair = _mm256_or_si256(pair, _mm256_sllv_epi32(words<kNext0, kNext1>(in), back));
    }
    return _mm256_and_si256(pair, _mm256_set1_epi32(static_cast<int>((1ULL << kWidth) - 1)));
  }
}

template <unsigned kWidth>
void unpack_width(const __m128i* in, __m256i* out) {
  [&]<unsigned... kPair>(std::integer_sequence<unsigned, kPair...>) {
    (_mm256_storeu_si256(out + kPair, pair_of<kWidth, kPair>(in)), ...);
  }
  (std::make_integer_sequence<unsigned, kPairs>{});
}

template <unsigned kWidth>
void sums_width(const __m128i* in, std::uint32_t start, std::uint32_t step, __m256i* out) {
  __m256i carry = _mm256_set1_epi32(static_cast<int>(start));
  const __m256i steps = _mm256_set1_epi32(static_cast<int>(step));
  const __m256i last = _mm256_set1_epi32(7);
  // Inline at any cost: gcc thinks sixteen copies too many, and a call takes as long as a pair.
  const auto add_pair = [&](__m256i pair, unsigned index) __attribute__((always_inline)) {
    pair = _mm256_add_epi32(pair, steps);
    pair = _mm256_add_epi32(pair, _mm256_slli_si256(pair, 4));
    pair = _mm256_add_epi32(pair, _mm256_slli_si256(pair, 8));
    // The even row's total goes to all of the odd row.
    const __m256i totals = _mm256_shuffle_epi32(pair, 0xff);
    pair = _mm256_add_epi32(pair, _mm256_permute2x128_si256(totals, totals, 0x08));
    _mm256_storeu_si256(out + index, _mm256_add_epi32(carry, pair));
    carry = _mm256_add_epi32(carry, _mm256_permutevar8x32_epi32(pair, last));
  };
  [&]<unsigned... kPair>(std::integer_sequence<unsigned, kPair...>) {
    (add_pair(pair_of<kWidth, kPair>(in), kPair), ...);
  }
  (std::make_integer_sequence<unsigned, kPairs>{});
}

// Plain arrays: a vector type loses its attributes as a template argument, and gcc warns of it.
template <unsigned... kWidth>
struct Tables {
  static constexpr void (*kUnpack[])(const __m128i*, __m256i*) = {unpack_width<kWidth>...};
  static constexpr void (*kSums[])(const __m128i*, std::uint32_t, std::uint32_t,
                                   __m256i*) = {sums_width<kWidth>...};
};

template <unsigned... kWidth>
constexpr Tables<kWidth...> tables_for(std::integer_sequence<unsigned, kWidth...>) {
  return {};
}
using All = decltype(tables_for(std::make_integer_sequence<unsigned, kMaxWidth + 1>{}));

}  // namespace

void unpack_avx2(const std::uint8_t* in, unsigned width, std::uint32_t* out) {
  assert(width <= kMaxWidth);
  All::kUnpack[width](reinterpret_cast<const __m128i*>(in), reinterpret_cast<__m256i*>(out));
}

void unpack_sums_avx2(const std::uint8_t* in, unsigned width, std::uint32_t start,
                      std::uint32_t step, std::uint32_t* out) {
  assert(width <= kMaxWidth);
  All::kSums[width](reinterpret_cast<const __m128i*>(in), start, step,
                    reinterpret_cast<__m256i*>(out));
}

}  // namespace stemma::kernels

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
