// The scalar definition, and the choice among the unpackers.
#include "kernels/bitpack.h"

#include <array>
#include <cassert>
#include <cstring>

#include "kernels/bitpack_kernels.h"

namespace stemma::kernels {
namespace {

constexpr std::size_t kLanes = 4;
constexpr unsigned kWordBits = 32;

constexpr std::uint32_t mask_of(unsigned width) {
  return width == kWordBits ? ~std::uint32_t{0} : (std::uint32_t{1} << width) - 1;
}

void unpack_scalar(const std::uint8_t* in, unsigned width, std::uint32_t* out) {
  for (std::size_t i = 0; i < kPackedValues; ++i)
    out[i] = width == 0 ? 0 : packed_value(in, width, i);
}

void unpack_sums_scalar(const std::uint8_t* in, unsigned width, std::uint32_t start,
                        std::uint32_t step, std::uint32_t* out) {
  unpack_scalar(in, width, out);
  for (std::size_t i = 0; i < kPackedValues; ++i) {
    start += out[i] + step;
    out[i] = start;
  }
}

#if defined(__x86_64__)

constexpr std::array<Unpacker, 3> kUnpackers{{{"scalar", unpack_scalar, unpack_sums_scalar},
                                              {"sse2", unpack_sse2, unpack_sums_sse2},
                                              {"avx2", unpack_avx2, unpack_sums_avx2}}};

std::span<const Unpacker> usable() {
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") != 0;
  return std::span(kUnpackers).first(avx2 ? std::size_t{3} : std::size_t{2});
}

#elif defined(__aarch64__)

constexpr std::array<Unpacker, 2> kUnpackers{
    {{"scalar", unpack_scalar, unpack_sums_scalar}, {"neon", unpack_neon, unpack_sums_neon}}};

std::span<const Unpacker> usable() { return kUnpackers; }

#else

constexpr std::array<Unpacker, 1> kUnpackers{{{"scalar", unpack_scalar, unpack_sums_scalar}}};

std::span<const Unpacker> usable() { return kUnpackers; }

#endif

}  // namespace

void pack(const std::uint32_t* values, unsigned width, std::uint8_t* out) {
  assert(width <= kMaxWidth);
  std::array<std::uint32_t, kLanes * kMaxWidth> words{};
  for (std::size_t i = 0; i < kPackedValues; ++i) {
    assert((values[i] & ~mask_of(width)) == 0);
    if (width == 0) continue;
    const std::size_t bit = i / kLanes * width;
    const std::size_t word = bit / kWordBits;
    const auto shift = static_cast<unsigned>(bit % kWordBits);
    words[kLanes * word + i % kLanes] |= values[i] << shift;
    if (shift + width > kWordBits) {
      words[kLanes * (word + 1) + i % kLanes] |= values[i] >> (kWordBits - shift);
    }
  }
  std::memcpy(out, words.data(), packed_bytes(width));
}

std::span<const Unpacker> unpackers() {
  static const std::span<const Unpacker> kUsable = usable();
  return kUsable;
}

const Unpacker& unpacker() { return unpackers().back(); }

}  // namespace stemma::kernels
