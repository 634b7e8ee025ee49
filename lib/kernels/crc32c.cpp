// The table form takes eight bytes a step ("slicing by 8", Kounavis & Berry 2008). The processor's
// crc32 instruction has a latency of three cycles, so three streams run side by side; their CRCs
// are joined by a table that tells what a CRC becomes after a stream's length of zero bytes.
#include "kernels/crc32c.h"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace stemma::kernels {
namespace {

constexpr std::uint32_t kPolynomial = 0x82f6'3b78;  // reflected

using Table = std::array<std::array<std::uint32_t, 256>, 8>;

/// table[k][b]: what byte b adds to the CRC when k more bytes follow.
constexpr Table make_table() {
  Table table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? kPolynomial : 0);
    table[0][byte] = crc;
  }
  for (std::size_t k = 1; k < 8; ++k) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = table[k - 1][byte];
      table[k][byte] = (before >> 8U) ^ table[0][before & 0xffU];
    }
  }
  return table;
}

constexpr Table kTable = make_table();

std::uint64_t load64(const std::uint8_t* from) {
  std::uint64_t value = 0;
  std::memcpy(&value, from, sizeof value);
  return value;
}

std::uint32_t by_table(Bytes bytes, std::uint32_t crc) {
  const std::uint8_t* at = bytes.data();
  std::size_t left = bytes.size();
  crc = ~crc;
  for (; left >= 8; at += 8, left -= 8) {
    const std::uint64_t word = load64(at) ^ crc;
    crc = 0;
    for (unsigned k = 0; k < 8; ++k) crc ^= kTable[7 - k][(word >> (8 * k)) & 0xffU];
  }
  for (; left > 0; ++at, --left) crc = (crc >> 8U) ^ kTable[0][(crc ^ *at) & 0xffU];
  return ~crc;
}

#if defined(__x86_64__)

constexpr std::size_t kStream = 1024;  // bytes of one of the three streams

using ShiftTable = std::array<std::array<std::uint32_t, 256>, 4>;

/// table[k][b]: what byte k of a CRC register becomes after kStream zero bytes.
constexpr ShiftTable make_shift_table() {
  ShiftTable table{};
  std::array<std::uint32_t, 32> of_bit{};
  for (std::uint32_t bit = 0; bit < 32; ++bit) {
    std::uint32_t crc = std::uint32_t{1} << bit;
    for (std::size_t i = 0; i < kStream; ++i) crc = (crc >> 8U) ^ kTable[0][crc & 0xffU];
    of_bit[bit] = crc;
  }
  for (std::size_t k = 0; k < 4; ++k) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      for (std::size_t bit = 0; bit < 8; ++bit) {
        if (((byte >> bit) & 1U) != 0) table[k][byte] ^= of_bit[8 * k + bit];
      }
    }
  }
  return table;
}

const ShiftTable kShift = make_shift_table();

std::uint32_t after_stream(std::uint32_t crc) {
  return kShift[0][crc & 0xffU] ^ kShift[1][(crc >> 8U) & 0xffU] ^ kShift[2][(crc >> 16U) & 0xffU] ^
         kShift[3][crc >> 24U];
}

__attribute__((target("sse4.2"))) std::uint32_t by_sse42(Bytes bytes, std::uint32_t crc) {
  const std::uint8_t* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t a = ~crc;
  for (; left >= 3 * kStream; at += 3 * kStream, left -= 3 * kStream) {
    std::uint64_t b = 0;
    std::uint64_t c = 0;
    for (std::size_t i = 0; i < kStream; i += 8) {
      a = _mm_crc32_u64(a, load64(at + i));
      b = _mm_crc32_u64(b, load64(at + kStream + i));
      c = _mm_crc32_u64(c, load64(at + 2 * kStream + i));
    }
    a = after_stream(after_stream(static_cast<std::uint32_t>(a)) ^ static_cast<std::uint32_t>(b)) ^
        c;
  }
  for (; left >= 8; at += 8, left -= 8) a = _mm_crc32_u64(a, load64(at));
  auto low = static_cast<std::uint32_t>(a);
  for (; left > 0; ++at, --left) low = _mm_crc32_u8(low, *at);
  return ~low;
}

bool has_sse42() {
  __builtin_cpu_init();
  return __builtin_cpu_supports("sse4.2") != 0;
}

constexpr std::array<Crc32cKernel, 2> kKernels{{{"table", by_table}, {"sse4.2", by_sse42}}};

std::span<const Crc32cKernel> usable() {
  return std::span(kKernels).first(has_sse42() ? std::size_t{2} : std::size_t{1});
}

#else

constexpr std::array<Crc32cKernel, 1> kKernels{{{"table", by_table}}};

std::span<const Crc32cKernel> usable() { return kKernels; }

#endif

}  // namespace

std::span<const Crc32cKernel> crc32c_kernels() {
  static const std::span<const Crc32cKernel> kUsable = usable();
  return kUsable;
}

std::uint32_t crc32c(Bytes bytes, std::uint32_t crc) {
  return crc32c_kernels().back().run(bytes, crc);
}

}  // namespace stemma::kernels
