// Blocks of 128 numbers, each of the same width of 0 to 32 bits.
//
// Four lanes side by side (Lemire & Boytsov 2015, "Decoding billions of integers per second"):
// value i stands in lane i mod 4; a lane is 32 values of `width` bits, lowest bits first, in
// `width` 32-bit words; word j of lane l lies at byte 16 j + 4 l. So a block takes 16 * width bytes
// and a vector register holds one word of every lane. The scalar form is the definition.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace stemma::kernels {

inline constexpr std::size_t kPackedValues = 128;
inline constexpr unsigned kMaxWidth = 32;

[[nodiscard]] constexpr std::size_t packed_bytes(unsigned width) { return std::size_t{16} * width; }
/// Bits that `value` needs.
[[nodiscard]] constexpr unsigned width_of(std::uint32_t value) {
  return static_cast<unsigned>(std::bit_width(value));
}

/// Value `index` of a block, the others left packed; 1 <= width <= 32.
[[nodiscard]] inline std::uint32_t packed_value(const std::uint8_t* in, unsigned width,
                                                std::size_t index) {
  const std::size_t bit = index / 4 * width;
  const std::uint8_t* at = in + bit / 32 * 16 + index % 4 * 4;
  const auto shift = static_cast<unsigned>(bit % 32);
  std::uint32_t word = 0;
  std::memcpy(&word, at, sizeof word);
  std::uint32_t value = word >> shift;
  if (shift + width > 32) {
    std::memcpy(&word, at + 16, sizeof word);
    value |= word << (32 - shift);
  }
  return width == 32 ? value : value & ((std::uint32_t{1} << width) - 1);
}

/// Reads 128 values below 2^width, writes packed_bytes(width) bytes.
void pack(const std::uint32_t* values, unsigned width, std::uint8_t* out);

/// Reads packed_bytes(width) bytes and no more, writes 128 values. Preconditions: width <= 32;
/// nothing about alignment.
struct Unpacker {
  const char* name;
  void (*unpack)(const std::uint8_t* in, unsigned width, std::uint32_t* out);
  /// Running sums: out[i] = start + (i + 1) * step + the first i + 1 values, modulo 2^32.
  void (*unpack_sums)(const std::uint8_t* in, unsigned width, std::uint32_t start,
                      std::uint32_t step, std::uint32_t* out);
};

/// Those that this machine can run: the definition first, the fastest last.
[[nodiscard]] std::span<const Unpacker> unpackers();
/// The fastest.
[[nodiscard]] const Unpacker& unpacker();

}  // namespace stemma::kernels
