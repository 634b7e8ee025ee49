// One row of four values a step. Every x86-64 processor has SSE2, so nothing is switched on here.
//
// Running sums: a row's own sums come from two shifted adds; what is carried from row to row is
// only the row's total, so the rows' work overlaps and the chain is one add a row.
#include "kernels/bitpack_kernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <cassert>
#include <cstddef>
#include <utility>

#include "kernels/bitpack.h"

namespace stemma::kernels {
namespace {

constexpr unsigned kRows = 32;

template <unsigned kWidth, unsigned kRow>
__m128i row_of(const __m128i* in) {
  constexpr unsigned kBit = kRow * kWidth;
  constexpr unsigned kWord = kBit / 32;
  constexpr unsigned kShift = kBit % 32;
  if constexpr (kWidth == 0) {
    return _mm_setzero_si128();
  } else {
    __m128i row = _mm_srli_epi32(_mm_loadu_si128(in + kWord), kShift);
    if constexpr (kShift + kWidth > 32) {
      row = _mm_or_si128(row, _mm_slli_epi32(_mm_loadu_si128(in + kWord + 1), 32 - kShift));
    }
    if constexpr (kShift + kWidth != 32) {
      row = _mm_and_si128(row, _mm_set1_epi32(static_cast<int>((1ULL << kWidth) - 1)));
    }
    return row;
  }
}

template <unsigned kWidth>
void unpack_width(const __m128i* in, __m128i* out) {
  [&]<unsigned... kRow>(std::integer_sequence<unsigned, kRow...>) {
    (_mm_storeu_si128(out + kRow, row_of<kWidth, kRow>(in)), ...);
  }
  (std::make_integer_sequence<unsigned, kRows>{});
}

template <unsigned kWidth>
void sums_width(const __m128i* in, std::uint32_t start, std::uint32_t step, __m128i* out) {
  __m128i carry = _mm_set1_epi32(static_cast<int>(start));
  const __m128i steps = _mm_set1_epi32(static_cast<int>(step));
  const auto add_row = [&](__m128i row, unsigned index) {
    row = _mm_add_epi32(row, steps);
    row = _mm_add_epi32(row, _mm_slli_si128(row, 4));
    row = _mm_add_epi32(row, _mm_slli_si128(row, 8));
    _mm_storeu_si128(out + index, _mm_add_epi32(carry, row));
    carry = _mm_add_epi32(carry, _mm_shuffle_epi32(row, 0xff));
  };
  [&]<unsigned... kRow>(std::integer_sequence<unsigned, kRow...>) {
    (add_row(row_of<kWidth, kRow>(in), kRow), ...);
  }
  (std::make_integer_sequence<unsigned, kRows>{});
}

// Plain arrays: a vector type loses its attributes as a template argument, and gcc warns of it.
template <unsigned... kWidth>
struct Tables {
  static constexpr void (*kUnpack[])(const __m128i*, __m128i*) = {unpack_width<kWidth>...};
  static constexpr void (*kSums[])(const __m128i*, std::uint32_t, std::uint32_t,
                                   __m128i*) = {sums_width<kWidth>...};
};

template <unsigned... kWidth>
constexpr Tables<kWidth...> tables_for(std::integer_sequence<unsigned, kWidth...>) {
  return {};
}
using All = decltype(tables_for(std::make_integer_sequence<unsigned, kMaxWidth + 1>{}));

}  // namespace

// The casts only name the type that the unaligned load and store instructions take.
void unpack_sse2(const std::uint8_t* in, unsigned width, std::uint32_t* out) {
  assert(width <= kMaxWidth);
  All::kUnpack[width](reinterpret_cast<const __m128i*>(in), reinterpret_cast<__m128i*>(out));
}

void unpack_sums_sse2(const std::uint8_t* in, unsigned width, std::uint32_t start,
                      std::uint32_t step, std::uint32_t* out) {
  assert(width <= kMaxWidth);
  All::kSums[width](reinterpret_cast<const __m128i*>(in), start, step,
                    reinterpret_cast<__m128i*>(out));
}

}  // namespace stemma::kernels

#endif
