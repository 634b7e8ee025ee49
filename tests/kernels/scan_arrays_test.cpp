// Sorted arrays: every scanner equals the definition, at every length.
#include "kernels/scan_testing.h"

namespace stemma::kernels {
namespace {

using ScanArrays = Scanners;

TEST_P(ScanArrays, IntersectSortedArrays) {
  for (std::size_t na = 0; na <= 300; ++na) {
    for (int round = 0; round < 20; ++round) {
      // Of like size, or one much longer; dense, so that most are shared, or not.
      const std::size_t nb = round % 4 == 0 ? random() % 5000 : random() % 300;
      const auto end = static_cast<std::uint32_t>(std::max(na, nb)) << random() % 5;
      const bool high = random() % 4 == 0;
      auto a = any_ascending(random, na, end);
      auto b = any_ascending(random, nb, end);
      if (high) {  // up to 2^32 - 1: no comparison may be of signed numbers
        for (auto& value : a) value = ~std::uint32_t{0} - 2 * end + value * 2;
        for (auto& value : b) value = ~std::uint32_t{0} - 2 * end + value * 2;
      }
      const auto common = [&](const Scanner& scan) {
        Numbers in_a;
        auto in_b = written(std::min(a.size(), b.size()) + 16, [&](std::uint32_t* out_b) {
          in_a = written(std::min(a.size(), b.size()) + 16, [&](std::uint32_t* out_a) {
            return scan.intersect(a.data(), a.size(), b.data(), b.size(), out_a, out_b);
          });
          return in_a.size();
        });
        return std::pair(in_a, in_b);
      };
      ASSERT_EQ(common(tested), common(scalar)) << na << " and " << nb;
      std::swap(a, b);
      ASSERT_EQ(common(tested), common(scalar)) << nb << " and " << na;
      ASSERT_EQ(tested.count_common(a.data(), a.size(), b.data(), b.size()),
                scalar.count_common(a.data(), a.size(), b.data(), b.size()));
    }
  }
}

TEST_P(ScanArrays, JoinPositionsAtADistance) {
  for (std::size_t na = 0; na <= 300; ++na) {
    for (int round = 0; round < 20; ++round) {
      const std::size_t nb = round % 4 == 0 ? random() % 5000 : random() % 300;
      const auto end = static_cast<std::uint32_t>(std::max(na, nb)) << random() % 5;
      auto a = any_ascending(random, na, end);
      auto b = any_ascending(random, nb, end);
      if (random() % 2 == 0) std::swap(a, b);
      const auto distance =
          static_cast<std::uint32_t>(random() % 4 == 0 ? random() % 0x8000'0000U : random() % 20);
      const auto kept = [&](const Scanner& scan) {
        Numbers out = a;
        out.push_back(kGuard);
        const std::size_t count =
            scan.keep_at_distance(out.data(), a.size(), b.data(), b.size(), distance);
        EXPECT_EQ(out.back(), kGuard);
        out.resize(count);
        return out;
      };
      ASSERT_EQ(kept(tested), kept(scalar)) << a.size() << " and " << b.size();
      ASSERT_EQ(tested.any_at_distance(a.data(), a.size(), b.data(), b.size(), distance),
                scalar.any_at_distance(a.data(), a.size(), b.data(), b.size(), distance));
      ASSERT_EQ(tested.count_at_distance(a.data(), a.size(), b.data(), b.size(), distance),
                scalar.count_at_distance(a.data(), a.size(), b.data(), b.size(), distance));
    }
  }
}

// A vector's load may want whole vectors at round addresses; positions stand where they stand.
TEST_P(ScanArrays, JoinFewPositionsWhereverTheyStand) {
  for (std::size_t na = 1; na <= 17; ++na) {
    for (std::size_t nb = 1; nb <= 17; ++nb) {
      const Numbers a = any_ascending(random, na, 20);
      const Numbers b = any_ascending(random, nb, 20);
      for (std::size_t before = 0; before < 4; ++before) {
        Numbers memory(before + a.size());
        const auto restored = [&] {
          std::copy(a.begin(), a.end(), memory.data() + before);
          return memory.data() + before;
        };
        const auto kept = [&](const Scanner& scan) {
          std::uint32_t* const values = restored();
          return Numbers(values,
                         values + scan.keep_at_distance(values, a.size(), b.data(), b.size(), 1));
        };
        ASSERT_EQ(kept(tested), kept(scalar)) << na << " and " << nb << ", " << before;
        ASSERT_EQ(tested.any_at_distance(restored(), a.size(), b.data(), b.size(), 1),
                  scalar.any_at_distance(restored(), a.size(), b.data(), b.size(), 1));
      }
    }
  }
}

TEST_P(ScanArrays, FindTheLowerBoundInABlock) {
  for (std::size_t count = 0; count <= 128; ++count) {
    auto values = any_ascending(random, count, 1000);
    const std::uint32_t high = count % 3 == 0 ? 0xffff'fc00 : 0;
    for (auto& value : values) value += high;
    for (std::uint32_t target = 0; target < 1024; ++target) {
      ASSERT_EQ(tested.lower_bound_in_block(values.data(), count, high + target),
                scalar.lower_bound_in_block(values.data(), count, high + target))
          << count << " values, " << high + target;
    }
  }
}

STEMMA_TEST_SCANNERS(ScanArrays);

}  // namespace
}  // namespace stemma::kernels
