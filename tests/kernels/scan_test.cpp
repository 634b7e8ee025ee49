// Every scanner equals the definition, at every length and address, and reads and writes no more
// than promised: inputs are exactly as long as they must be, outputs end in a guard.
#include "kernels/scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace stemma::kernels {

void PrintTo(const Scanner& scan, std::ostream* out) { *out << scan.name; }

namespace {

using Numbers = std::vector<std::uint32_t>;

constexpr std::uint32_t kGuard = 0xdead'beef;

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
std::vector<std::uint8_t> any_impacts(std::mt19937& random, std::size_t count) {
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

std::vector<std::uint8_t> any_bitmap(std::mt19937& random, std::size_t words) {
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
Numbers any_ascending(std::mt19937& random, std::size_t count, std::uint32_t end) {
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

std::vector<std::uint64_t> words_of(const std::vector<std::uint8_t>& bytes) {
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

TEST_P(Scanners, FindImpacts) {
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

TEST_P(Scanners, FindJointImpacts) {
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

TEST_P(Scanners, JoinAndCountBitmaps) {
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

TEST_P(Scanners, CountLongBitmaps) {  // beyond what one byte of a vector's lanes can count
  std::vector<std::uint8_t> bytes(8 * 5000, 0xff);
  const std::uint8_t* const bitmap = bytes.data();
  EXPECT_EQ(tested.count_and(&bitmap, 1, 5000), 320'000U);
  EXPECT_EQ(tested.count_bits(words_of(bytes).data(), 5000), 320'000U);
}

TEST_P(Scanners, ProbeAndFillBitmaps) {
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

TEST_P(Scanners, DecodeAndCountRangesOfBitmaps) {
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

TEST_P(Scanners, RankDocumentsInABitmap) {
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

TEST_P(Scanners, IntersectSortedArrays) {
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

TEST_P(Scanners, JoinPositionsAtADistance) {
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

TEST_P(Scanners, FindTheLowerBoundInABlock) {
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

TEST_P(Scanners, UnpackBits) {
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

TEST_P(Scanners, BitsBetween) {
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

INSTANTIATE_TEST_SUITE_P(Scan, Scanners, testing::ValuesIn(scanners().begin(), scanners().end()),
                         [](const testing::TestParamInfo<Scanner>& each) {
                           return std::string(each.param.name);
                         });

}  // namespace
}  // namespace stemma::kernels
