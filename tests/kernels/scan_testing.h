// Random inputs and exact rooms for the tests of the scanners: inputs are exactly as long as they
// must be, outputs end in a guard.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "kernels/scan.h"

namespace stemma::kernels {

inline void PrintTo(const Scanner& scan, std::ostream* out) { *out << scan.name; }

using Numbers = std::vector<std::uint32_t>;

inline constexpr std::uint32_t kGuard = 0xdead'beef;

/// Bytes that end where their memory ends, at an address of any alignment.
class Exact {
 public:
  Exact(const std::vector<std::uint8_t>& bytes, std::size_t alignment)
      : memory_(alignment + bytes.size()), begin_(memory_.data() + alignment) {
    if (!bytes.empty()) std::memcpy(begin_, bytes.data(), bytes.size());
  }
  [[nodiscard]] const std::uint8_t* data() const { return begin_; }

 private:
  std::vector<std::uint8_t> memory_;
  std::uint8_t* begin_;
};

/// What `write` writes into a room of `room` elements; the guard behind stays.
template <class Write>
Numbers written(std::size_t room, Write write) {
  Numbers out(room + 1, kGuard);
  const std::size_t count = write(out.data());
  EXPECT_EQ(out.back(), kGuard);
  EXPECT_LE(count, room);
  out.resize(count);
  return out;
}

/// Impacts of a kind: few, ends of the range, one value, any.
inline std::vector<std::uint8_t> any_impacts(std::mt19937& random, std::size_t count) {
  std::vector<std::uint8_t> values(count);
  const auto kind = random() % 4;
  const auto common = static_cast<std::uint8_t>(random());
  for (auto& value : values) {
    const auto any = static_cast<std::uint8_t>(random());
    value = kind == 0   ? (random() % 16 == 0 ? any : std::uint8_t{0})
            : kind == 1 ? (any % 2 == 0 ? std::uint8_t{0} : std::uint8_t{255})
            : kind == 2 ? common
                        : any;
  }
  return values;
}

inline std::vector<std::uint8_t> any_bitmap(std::mt19937& random, std::size_t words) {
  std::vector<std::uint8_t> bytes(8 * words);
  const auto kind = random() % 4;
  for (auto& byte : bytes) {
    const auto any = static_cast<std::uint8_t>(random());
    byte = kind == 0   ? (random() % 16 == 0 ? any : std::uint8_t{0})
           : kind == 1 ? std::uint8_t{255}
           : kind == 2 ? static_cast<std::uint8_t>(any | random())
                       : any;
  }
  return bytes;
}

/// Strictly ascending, below `end` if that leaves room.
inline Numbers any_ascending(std::mt19937& random, std::size_t count, std::uint32_t end) {
  std::set<std::uint32_t> all;
  end = std::max(end, static_cast<std::uint32_t>(count));
  if (count * 2 > end) {
    Numbers every(end);
    std::iota(every.begin(), every.end(), 0U);
    std::shuffle(every.begin(), every.end(), random);
    every.resize(count);
    std::sort(every.begin(), every.end());
    return every;
  }
  while (all.size() < count) all.insert(static_cast<std::uint32_t>(random()) % end);
  return {all.begin(), all.end()};
}

inline std::vector<std::uint64_t> words_of(const std::vector<std::uint8_t>& bytes) {
  std::vector<std::uint64_t> words(bytes.size() / 8);
  if (!words.empty()) std::memcpy(words.data(), bytes.data(), bytes.size());
  return words;
}

/// The scanners beside the definition, each a test of its own, by name.
class Scanners : public testing::TestWithParam<Scanner> {
 protected:
  const Scanner& scalar = scanners().front();
  const Scanner& tested = GetParam();
  std::mt19937 random{11};
};

/// For each scanner beside the definition.
#define STEMMA_TEST_SCANNERS(suite)                                         \
  INSTANTIATE_TEST_SUITE_P(                                                 \
      Scan, suite, testing::ValuesIn(scanners().begin(), scanners().end()), \
      [](const testing::TestParamInfo<Scanner>& each) { return std::string(each.param.name); })

}  // namespace stemma::kernels
