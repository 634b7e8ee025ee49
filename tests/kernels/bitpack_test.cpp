// Every unpacker equals the scalar definition at every width, and undoes pack().
#include "kernels/bitpack.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <random>
#include <vector>

namespace stemma::kernels {
namespace {

using Values = std::array<std::uint32_t, kPackedValues>;

Values any_values(std::mt19937& random, unsigned width) {
  Values values{};
  const std::uint32_t mask = width == 32 ? 0xffff'ffffU : (std::uint32_t{1} << width) - 1;
  for (auto& value : values) {
    // Ends of the range often, so that a lost or leaked bit shows.
    const auto kind = random() % 4;
    value = (kind == 0 ? 0U : kind == 1 ? ~0U : static_cast<std::uint32_t>(random())) & mask;
  }
  return values;
}

/// Exactly as long as promised, at an odd address: the sanitizers see any byte read beyond.
std::vector<std::uint8_t> packed(const Values& values, unsigned width) {
  std::vector<std::uint8_t> bytes(packed_bytes(width) + 1);
  pack(values.data(), width, bytes.data() + 1);
  bytes.shrink_to_fit();
  return bytes;
}

TEST(Bitpack, EveryUnpackerUndoesPackAtEveryWidth) {
  std::mt19937 random(3);
  for (unsigned width = 0; width <= kMaxWidth; ++width) {
    for (int round = 0; round < 20; ++round) {
      const Values values = any_values(random, width);
      const auto bytes = packed(values, width);
      for (const Unpacker& kernel : unpackers()) {
        Values out{};
        kernel.unpack(bytes.data() + 1, width, out.data());
        ASSERT_EQ(out, values) << kernel.name << " width " << width;
      }
    }
  }
}

TEST(Bitpack, EveryUnpackerGivesTheSameSumsAtEveryWidth) {
  std::mt19937 random(4);
  for (unsigned width = 0; width <= kMaxWidth; ++width) {
    for (const std::uint32_t step : {0U, 1U, 0xffff'fff0U}) {
      const Values values = any_values(random, width);
      const auto bytes = packed(values, width);
      const auto start = static_cast<std::uint32_t>(random());
      Values expected{};
      std::uint32_t sum = start;
      for (std::size_t i = 0; i < values.size(); ++i) expected[i] = sum += values[i] + step;
      for (const Unpacker& kernel : unpackers()) {
        Values out{};
        kernel.unpack_sums(bytes.data() + 1, width, start, step, out.data());
        ASSERT_EQ(out, expected) << kernel.name << " width " << width;
      }
    }
  }
}

TEST(Bitpack, AnyBytesUnpackAlike) {
  std::mt19937 random(5);
  for (unsigned width = 0; width <= kMaxWidth; ++width) {
    std::vector<std::uint8_t> bytes(packed_bytes(width));
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    Values expected{};
    unpackers().front().unpack(bytes.data(), width, expected.data());
    for (const Unpacker& kernel : unpackers()) {
      Values out{};
      kernel.unpack(bytes.data(), width, out.data());
      ASSERT_EQ(out, expected) << kernel.name << " width " << width;
    }
  }
}

TEST(Bitpack, TheLayoutIsTheDocumentedOne) {
  // Width 5: value 6 is in lane 2, row 1, so in bits 5 to 9 of the word at byte 8.
  Values values{};
  values[6] = 0b10011;
  std::array<std::uint8_t, 80> bytes{};
  pack(values.data(), 5, bytes.data());
  std::uint32_t word = 0;
  std::memcpy(&word, bytes.data() + 8, sizeof word);
  EXPECT_EQ(word, 0b10011U << 5U);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i < 8 || i >= 12) {
      EXPECT_EQ(bytes[i], 0) << i;
    }
  }
}

}  // namespace
}  // namespace stemma::kernels
