#include "base/large_block.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace stemma {
namespace {

TEST(LargeBlock, HoldsZerosAndIsAlignedForLargePages) {
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{4096}, LargeBlock::kLargePage,
                                  3 * LargeBlock::kLargePage + 5}) {
    for (int round = 0; round < 3; ++round) {
      const LargeBlock block(bytes, Pages::large);
      auto* const data = block.as<std::uint8_t>();
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(data) % LargeBlock::kLargePage, 0U);
      EXPECT_EQ(block.size(), bytes);
      EXPECT_TRUE(std::all_of(data, data + bytes, [](std::uint8_t byte) { return byte == 0; }));
      std::fill(data, data + bytes, std::uint8_t{0xff});  // the next one must be zeros again
    }
  }
}

TEST(LargeBlock, MovesWithWhatItHolds) {
  LargeBlock first(100, Pages::usual);
  first.as<char>()[99] = 'x';
  LargeBlock second = std::move(first);
  EXPECT_EQ(first.size(), 0U);  // NOLINT(bugprone-use-after-move): empty, it says
  EXPECT_EQ(second.as<char>()[99], 'x');
  LargeBlock third(5, Pages::large);
  third = std::move(second);
  EXPECT_EQ(third.as<char>()[99], 'x');
  EXPECT_EQ(LargeBlock(0, Pages::large).size(), 0U);
}

}  // namespace
}  // namespace stemma
