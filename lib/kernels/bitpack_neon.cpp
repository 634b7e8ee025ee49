// One row of four values a step, as in bitpack_sse2.cpp. Every 64-bit Arm processor has NEON, so
// nothing is switched on here.
#include "kernels/bitpack_kernels.h"

#if defined(__aarch64__)

#include <arm_neon.h>

#include <cassert>
#include <cstddef>
#include <utility>

#include "kernels/bitpack.h"

namespace stemma::kernels {
namespace {

constexpr unsigned kRows = 32;

uint32x4_t word_at(const std::uint8_t* in, unsigned word) {
  return vreinterpretq_u32_u8(vld1q_u8(in + std::size_t{16} * word));
}

template <unsigned kWidth, unsigned kRow>
uint32x4_t row_of(const std::uint8_t* in) {
  constexpr unsigned kBit = kRow * kWidth;
  constexpr unsigned kWord = kBit / 32;
  constexpr unsigned kShift = kBit % 32;
  if constexpr (kWidth == 0) {
    return vdupq_n_u32(0);
  } else {
    uint32x4_t row = word_at(in, kWord);
    // The instruction shifts by 1 at least.
    if constexpr (kShift != 0) row = vshrq_n_u32(row, kShift);
    if constexpr (kShift + kWidth > 32) {
      row = vorrq_u32(row, vshlq_n_u32(word_at(in, kWord + 1), 32 - kShift));
    }
    if constexpr (kShift + kWidth != 32) {
      row = vandq_u32(row, vdupq_n_u32(static_cast<std::uint32_t>((1ULL << kWidth) - 1)));
    }
    return row;
  }
}

template <unsigned kWidth>
void unpack_width(const std::uint8_t* in, std::uint32_t* out) {
  [&]<unsigned... kRow>(std::integer_sequence<unsigned, kRow...>) {
    (vst1q_u32(out + std::size_t{4} * kRow, row_of<kWidth, kRow>(in)), ...);
  }
  (std::make_integer_sequence<unsigned, kRows>{});
}

template <unsigned kWidth>
void sums_width(const std::uint8_t* in, std::uint32_t start, std::uint32_t step,
                std::uint32_t* out) {
  const uint32x4_t zero = vdupq_n_u32(0);
  const uint32x4_t steps = vdupq_n_u32(step);
  uint32x4_t carry = vdupq_n_u32(start);
  const auto add_row = [&](uint32x4_t row, unsigned index) {
    row = vaddq_u32(row, steps);
    row = vaddq_u32(row, vextq_u32(zero, row, 3));
    row = vaddq_u32(row, vextq_u32(zero, row, 2));
    vst1q_u32(out + std::size_t{4} * index, vaddq_u32(carry, row));
    carry = vaddq_u32(carry, vdupq_laneq_u32(row, 3));
  };
  [&]<unsigned... kRow>(std::integer_sequence<unsigned, kRow...>) {
    (add_row(row_of<kWidth, kRow>(in), kRow), ...);
  }
  (std::make_integer_sequence<unsigned, kRows>{});
}

template <unsigned... kWidth>
struct Tables {
  static constexpr void (*kUnpack[])(const std::uint8_t*,
                                     std::uint32_t*) = {unpack_width<kWidth>...};
  static constexpr void (*kSums[])(const std::uint8_t*, std::uint32_t, std::uint32_t,
                                   std::uint32_t*) = {sums_width<kWidth>...};
};

template <unsigned... kWidth>
constexpr Tables<kWidth...> tables_for(std::integer_sequence<unsigned, kWidth...>) {
  return {};
}
using All = decltype(tables_for(std::make_integer_sequence<unsigned, kMaxWidth + 1>{}));

}  // namespace

void unpack_neon(const std::uint8_t* in, unsigned width, std::uint32_t* out) {
  assert(width <= kMaxWidth);
  All::kUnpack[width](in, out);
}

void unpack_sums_neon(const std::uint8_t* in, unsigned width, std::uint32_t start,
                      std::uint32_t step, std::uint32_t* out) {
  assert(width <= kMaxWidth);
  All::kSums[width](in, start, step, out);
}

}  // namespace stemma::kernels

#endif
