// Impacts and bitmaps: every scanner equals the definition, at every length and address.
#include "kernels/scan_testing.h"

namespace stemma::kernels {
namespace {

using ScanDocuments = Scanners;

TEST_P(ScanDocuments, FindImpacts) {
  for (std::size_t count = 0; count <= 300; ++count) {
    for (std::size_t alignment = 0; alignment < 64; ++alignment) {
      const auto values = any_impacts(random, count);
      const Exact exact(values, alignment);
      const auto base = static_cast<std::uint32_t>(random());
      const auto least =
          static_cast<std::uint8_t>(random() % 3 == 0 ? random() % 2 * 255 : random());
      const auto low = static_cast<unsigned>(random() % 258);
      const auto below = random() % 2 == 0 ? 256U : static_cast<unsigned>(random() % 300);
      const auto at_least = [&](const Scanner& scan) {
        return written(count + 32, [&](std::uint32_t* out) {
          return scan.find_at_least(exact.data(), count, least, base, out);
        });
      };
      const auto between = [&](const Scanner& scan) {
        return written(count + 32, [&](std::uint32_t* out) {
          return scan.find_between(exact.data(), count, low, below, base, out);
        });
      };
      ASSERT_EQ(at_least(tested), at_least(scalar)) << count << " from " << alignment;
      ASSERT_EQ(between(tested), between(scalar)) << count << " from " << alignment;
    }
  }
}

TEST_P(ScanDocuments, FindJointImpacts) {
  for (std::size_t count = 0; count <= 300; ++count) {
    for (std::size_t size = 1; size <= 8; ++size) {
      const auto begin = static_cast<std::uint32_t>(random() % 70);
      std::vector<Exact> rows;
      std::vector<const std::uint8_t*> lists;
      std::vector<std::uint16_t> weights;
      for (std::size_t j = 0; j < size; ++j) {
        rows.emplace_back(any_impacts(random, begin + count), random() % 64);
        // 257 * 255 = 65535: the largest sum there may be.
        const auto most = static_cast<std::uint32_t>(257 / size);
        weights.push_back(static_cast<std::uint16_t>(random() % 2 == 0 ? most : random() % most));
      }
      for (const Exact& row : rows) lists.push_back(row.data());
      const auto least = static_cast<std::uint32_t>(random() % 3 == 0 ? 0 : random() % 66'000);
      const auto below = random() % 2 == 0 ? 70'000 : static_cast<std::uint32_t>(random() % 66'000);
      const bool all = random() % 2 == 0;
      const auto joint = [&](const Scanner& scan) {
        return written(count + 32, [&](std::uint32_t* out) {
          return scan.find_joint({lists.data(), weights.data(), size}, begin, count, least, below,
                                 all, out);
        });
      };
      ASSERT_EQ(joint(tested), joint(scalar)) << count << " documents, " << size << " lists";
    }
  }
}

TEST_P(ScanDocuments, JoinAndCountBitmaps) {
  for (std::size_t words = 0; words <= 300; ++words) {
    for (std::size_t round = 0; round < 8; ++round) {
      std::vector<Exact> rows;
      std::vector<const std::uint8_t*> bitmaps;
      const std::size_t n = 1 + random() % 5;
      for (std::size_t j = 0; j < n; ++j)
        rows.emplace_back(any_bitmap(random, words), random() % 64);
      for (const Exact& row : rows) bitmaps.push_back(row.data());
      ASSERT_EQ(tested.count_and(bitmaps.data(), n, words),
                scalar.count_and(bitmaps.data(), n, words));

      const auto target = words_of(any_bitmap(random, words));
      ASSERT_EQ(tested.count_bits(target.data(), words), scalar.count_bits(target.data(), words));
      for (const auto join : {&Scanner::or_into, &Scanner::and_into, &Scanner::and_not_into}) {
        auto expected = target;
        auto found = target;
        (scalar.*join)(expected.data(), bitmaps[0], words);
        (tested.*join)(found.data(), bitmaps[0], words);
        ASSERT_EQ(found, expected) << words;
      }
    }
  }
}

TEST_P(ScanDocuments, CountLongBitmaps) {  // beyond what one byte of a vector's lanes can count
  std::vector<std::uint8_t> bytes(8 * 5000, 0xff);
  const std::uint8_t* const bitmap = bytes.data();
  EXPECT_EQ(tested.count_and(&bitmap, 1, 5000), 320'000U);
  EXPECT_EQ(tested.count_bits(words_of(bytes).data(), 5000), 320'000U);
}

TEST_P(ScanDocuments, ProbeAndFillBitmaps) {
  for (std::size_t count = 0; count <= 300; ++count) {
    for (int round = 0; round < 4; ++round) {
      const auto documents =
          any_ascending(random, count, 1 + static_cast<std::uint32_t>(random() % 4000));
      const std::size_t words = count == 0 ? 0 : documents.back() / 64 + 1;
      const auto bytes = any_bitmap(random, words);
      const Exact bitmap(bytes, random() % 64);
      const auto probed = [&](const Scanner& scan) {
        return written(count + 16, [&](std::uint32_t* out) {
          return scan.probe_bitmap(bitmap.data(), documents.data(), count, out);
        });
      };
      ASSERT_EQ(probed(tested), probed(scalar)) << count;
      ASSERT_EQ(tested.count_in_bitmap(bitmap.data(), documents.data(), count),
                scalar.count_in_bitmap(bitmap.data(), documents.data(), count));
      auto expected = words_of(bytes);
      auto found = expected;
      ASSERT_EQ(tested.add_to_bitmap(found.data(), documents.data(), count),
                scalar.add_to_bitmap(expected.data(), documents.data(), count));
      ASSERT_EQ(found, expected);
    }
  }
}

TEST_P(ScanDocuments, DecodeAndCountRangesOfBitmaps) {
  for (int round = 0; round < 20'000; ++round) {
    const auto words = 1 + static_cast<std::uint32_t>(random() % 20);
    const Exact bitmap(any_bitmap(random, words), random() % 64);
    const auto begin = static_cast<std::uint32_t>(random() % (64 * words + 1));
    const auto end = begin + static_cast<std::uint32_t>(random() % (64 * words + 1 - begin));
    const std::size_t most = random() % 200;
    const auto decoded = [&](const Scanner& scan) {
      return written(most + 64, [&](std::uint32_t* out) {
        return scan.decode_bitmap(bitmap.data(), begin, end, most, out);
      });
    };
    ASSERT_EQ(decoded(tested), decoded(scalar)) << begin << " to " << end << ", " << most;
    ASSERT_EQ(tested.count_range(bitmap.data(), begin, end),
              scalar.count_range(bitmap.data(), begin, end))
        << begin << " to " << end;
  }
}

TEST_P(ScanDocuments, RankDocumentsInABitmap) {
  for (std::size_t size = 0; size <= 300; ++size) {
    const std::uint32_t end = 64 * (1 + static_cast<std::uint32_t>(random() % 60));
    std::vector<std::uint8_t> bitmap(end / 8 + 1);
    const std::uint32_t rarity = 1 + static_cast<std::uint32_t>(random() % 20);
    std::vector<std::uint32_t> before;
    std::uint32_t bits = 0;
    for (std::uint32_t doc = 0; doc < end; ++doc) {
      if (doc % kStretch == 0) before.push_back(bits);
      if (random() % rarity != 0) continue;
      bitmap[1 + doc / 8] = static_cast<std::uint8_t>(bitmap[1 + doc / 8] | 1U << doc % 8);
      ++bits;
    }
    const auto documents = any_ascending(random, std::min<std::size_t>(size, end), end);
    std::vector<std::uint32_t> wanted(documents.size());
    std::vector<std::uint32_t> got(documents.size());
    const auto* const stretches = reinterpret_cast<const std::uint8_t*>(before.data());
    scalar.rank(bitmap.data() + 1, stretches, documents.data(), documents.size(), 7, wanted.data());
    tested.rank(bitmap.data() + 1, stretches, documents.data(), documents.size(), 7, got.data());
    ASSERT_EQ(got, wanted) << size;
  }
}

STEMMA_TEST_SCANNERS(ScanDocuments);

}  // namespace
}  // namespace stemma::kernels
