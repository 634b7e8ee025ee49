// Packed and spread bits: every scanner equals the definition, at every width and length.
#include <bit>

#include "kernels/scan_testing.h"

namespace stemma::kernels {
namespace {

using ScanBits = Scanners;

TEST_P(ScanBits, SpreadBits) {
  for (std::size_t size = 0; size <= 200; ++size) {
    std::vector<std::uint64_t> places(size);
    std::size_t wanted = 0;
    for (auto& word : places) {  // empty, sparse, dense, full
      const std::uint64_t some = random();
      const std::uint64_t kinds[] = {0, some & random() & random(), some | random(), ~0ULL};
      word = kinds[random() % 4];
      wanted += static_cast<std::size_t>(std::popcount(word));
    }
    std::vector<std::uint64_t> bits(wanted / 64 + 2);
    for (auto& word : bits) word = random();
    const auto spread = [&](const Scanner& scan) {
      std::vector<std::uint64_t> out(size + 1, kGuard);
      scan.spread_bits(bits.data(), places.data(), size, out.data());
      return out;
    };
    ASSERT_EQ(spread(tested), spread(scalar)) << size;
    std::size_t next = 0;
    for (std::size_t place = 0; place < 64 * size; ++place) {
      const bool there = (places[place / 64] >> place % 64 & 1U) != 0;
      const bool expected = there && (bits[next / 64] >> next % 64 & 1U) != 0;
      ASSERT_EQ((spread(scalar)[place / 64] >> place % 64 & 1U) != 0, expected) << place;
      next += there ? 1 : 0;
      if (place > 640) break;
    }
  }
}

TEST_P(ScanBits, UnpackBits) {
  for (unsigned width = 0; width <= 32; ++width) {
    for (std::size_t count = 0; count <= 300; ++count) {
      const std::uint64_t first_bit = random() % 200;
      const std::uint64_t bits = width * count;
      const std::size_t needed = bits == 0 ? 0 : (first_bit + bits + 7) / 8 + 8;
      std::vector<std::uint8_t> bytes(needed);
      for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
      const Exact exact(bytes, random() % 64);
      const auto unpacked = [&](const Scanner& scan) {
        return written(count + 8, [&](std::uint32_t* out) {
          scan.unpack_bits(exact.data(), first_bit, width, count, out);
          return count;
        });
      };
      ASSERT_EQ(unpacked(tested), unpacked(scalar)) << count << " of " << width << " bits";
    }
  }
}

TEST_P(ScanBits, BitsBetween) {
  for (unsigned width = 0; width <= 32; ++width) {
    for (std::size_t count = 0; count <= 300; count += 1 + random() % 3) {
      std::vector<std::uint8_t> bytes(width * count == 0 ? 0 : (width * count + 7) / 8 + 8);
      for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
      const Exact exact(bytes, random() % 64);
      const std::uint64_t limit = std::uint64_t{1} << width;
      const auto least = static_cast<std::uint32_t>(random() % limit);
      const auto most = static_cast<std::uint32_t>(random() % 4 == 0 ? random() : random() % limit);
      const auto between = [&](const Scanner& scan) {
        std::vector<std::uint64_t> words((count + 63) / 64, 0x5555);
        scan.bits_between(exact.data(), width, count, least, most, words.data());
        return words;
      };
      ASSERT_EQ(between(tested), between(scalar)) << count << " of " << width << " bits";
      std::vector<std::uint32_t> numbers(count + 8);
      scalar.unpack_bits(exact.data(), 0, width, count, numbers.data());
      for (std::size_t i = 0; i < count; ++i) {
        const bool expected = least <= numbers[i] && numbers[i] <= most;
        ASSERT_EQ(between(scalar)[i / 64] >> i % 64 & 1U, std::uint64_t{expected});
      }
    }
  }
}

STEMMA_TEST_SCANNERS(ScanBits);

}  // namespace
}  // namespace stemma::kernels
