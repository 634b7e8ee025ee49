// On any bytes, every scanner gives what the definition gives, and none reads or writes beyond what
// it may. The first byte chooses the call, the next eight are its numbers, the others its input.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "fuzz/require.h"
#include "kernels/scan.h"

namespace stemma {
namespace {

using kernels::Scanner;
using Bytes = std::vector<std::uint8_t>;
using Numbers = std::vector<std::uint32_t>;

struct Input {
  std::uint32_t first;
  std::uint32_t second;
  Bytes bytes;  // exactly as long as it is: a byte read beyond is seen

  /// Sorted numbers from the differences that the bytes from `begin` to `end` are.
  [[nodiscard]] Numbers ascending(std::size_t begin, std::size_t end) const {
    Numbers all;
    std::uint32_t value = 0;
    for (std::size_t i = begin; i < end; ++i) all.push_back(value += 1U + bytes[i] % 100);
    return all;
  }
};

/// What the call writes; `room` elements and no more are there for it.
template <class Write>
Numbers written(std::size_t room, Write write) {
  Numbers out(room);
  out.resize(write(out.data()));
  return out;
}

/// Calls answer(scanner) for each, and holds them against the first.
template <class Answer>
void same(const char* property, Answer answer) {
  const auto expected = answer(kernels::scanners().front());
  for (const Scanner& scan : kernels::scanners()) require(answer(scan) == expected, property);
}

void impacts(const Input& in) {
  const std::size_t count = in.bytes.size();
  same("find_at_least", [&](const Scanner& scan) {
    return written(count + 32, [&](std::uint32_t* out) {
      return scan.find_at_least(in.bytes.data(), count, static_cast<std::uint8_t>(in.first),
                                in.second, out);
    });
  });
  same("find_between", [&](const Scanner& scan) {
    return written(count + 32, [&](std::uint32_t* out) {
      return scan.find_between(in.bytes.data(), count, in.first % 300, in.first / 300 % 300,
                               in.second, out);
    });
  });
  const std::size_t size = 1 + in.first % 8;
  const std::size_t row = count / size;
  std::vector<Bytes> rows;
  std::vector<const std::uint8_t*> lists;
  std::vector<std::uint16_t> weights;
  for (std::size_t j = 0; j < size; ++j) {
    const auto begin = in.bytes.begin() + static_cast<std::ptrdiff_t>(j * row);
    rows.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(row));
    weights.push_back(static_cast<std::uint16_t>((in.first >> j) % (257 / size + 1)));
  }
  for (const Bytes& each : rows) lists.push_back(each.data());
  const auto begin = static_cast<std::uint32_t>(in.second % (row + 1));
  same("find_joint", [&](const Scanner& scan) {
    return written(row - begin + 32, [&](std::uint32_t* out) {
      return scan.find_joint({lists.data(), weights.data(), size}, begin, row - begin,
                             in.second >> 16U, in.first >> 8U, (in.first & 128U) != 0, out);
    });
  });
}

void bitmaps(const Input& in) {
  const std::size_t words = in.bytes.size() / 16;
  const Bytes row(in.bytes.begin(), in.bytes.begin() + static_cast<std::ptrdiff_t>(8 * words));
  const Bytes other(in.bytes.end() - static_cast<std::ptrdiff_t>(8 * words), in.bytes.end());
  const std::uint8_t* const both[] = {row.data(), other.data()};
  std::vector<std::uint64_t> target(words);
  if (words != 0) std::memcpy(target.data(), other.data(), 8 * words);
  same("count_and", [&](const Scanner& scan) { return scan.count_and(both, 2, words); });
  same("count_bits", [&](const Scanner& scan) { return scan.count_bits(target.data(), words); });
  for (const auto join : {&Scanner::or_into, &Scanner::and_into, &Scanner::and_not_into}) {
    same("a join of bitmaps", [&](const Scanner& scan) {
      auto joined = target;
      (scan.*join)(joined.data(), row.data(), words);
      return joined;
    });
  }
  auto bits = target;
  bits.resize(words + 2);
  std::vector<std::uint64_t> places(words);
  if (words != 0) std::memcpy(places.data(), row.data(), 8 * words);
  same("spread_bits", [&](const Scanner& scan) {
    std::vector<std::uint64_t> out(words);
    scan.spread_bits(bits.data(), places.data(), words, out.data());
    return out;
  });
  const auto end = static_cast<std::uint32_t>(in.first % (64 * words + 1));
  const std::uint32_t begin = in.second % (end + 1);
  same("count_range",
       [&](const Scanner& scan) { return scan.count_range(row.data(), begin, end); });
  const std::size_t most = in.first >> 24U;
  same("decode_bitmap", [&](const Scanner& scan) {
    return written(most + 64, [&](std::uint32_t* out) {
      return scan.decode_bitmap(row.data(), begin, end, most, out);
    });
  });
  Numbers documents = in.ascending(0, in.bytes.size());
  documents.erase(std::lower_bound(documents.begin(), documents.end(), 64 * words),
                  documents.end());
  same("probe_bitmap", [&](const Scanner& scan) {
    return written(documents.size() + 16, [&](std::uint32_t* out) {
      return scan.probe_bitmap(row.data(), documents.data(), documents.size(), out);
    });
  });
  same("count_in_bitmap", [&](const Scanner& scan) {
    return scan.count_in_bitmap(row.data(), documents.data(), documents.size());
  });
  same("add_to_bitmap", [&](const Scanner& scan) {
    auto filled = target;
    filled.push_back(scan.add_to_bitmap(filled.data(), documents.data(), documents.size()));
    return filled;
  });
}

void arrays(const Input& in) {
  const std::size_t cut = in.bytes.empty() ? 0 : in.first % in.bytes.size();
  const Numbers a = in.ascending(0, cut);
  const Numbers b = in.ascending(cut, in.bytes.size());
  same("intersect", [&](const Scanner& scan) {
    Numbers in_a;
    const std::size_t room = std::min(a.size(), b.size()) + 16;
    Numbers all = written(room, [&](std::uint32_t* out_b) {
      in_a = written(room, [&](std::uint32_t* out_a) {
        return scan.intersect(a.data(), a.size(), b.data(), b.size(), out_a, out_b);
      });
      return in_a.size();
    });
    all.insert(all.end(), in_a.begin(), in_a.end());
    return all;
  });
  same("count_common", [&](const Scanner& scan) {
    return scan.count_common(a.data(), a.size(), b.data(), b.size());
  });
  const std::uint32_t distance = in.second % 2 == 0 ? in.second % 64 : in.second >> 1U;
  same("any_at_distance", [&](const Scanner& scan) {
    return scan.any_at_distance(a.data(), a.size(), b.data(), b.size(), distance);
  });
  same("count_at_distance", [&](const Scanner& scan) {
    return scan.count_at_distance(a.data(), a.size(), b.data(), b.size(), distance);
  });
  same("keep_at_distance", [&](const Scanner& scan) {
    Numbers kept = a;
    kept.resize(scan.keep_at_distance(kept.data(), a.size(), b.data(), b.size(), distance));
    return kept;
  });
  same("lower_bound_in_block", [&](const Scanner& scan) {
    return scan.lower_bound_in_block(a.data(), std::min(a.size(), std::size_t{128}),
                                     in.second % 8192);
  });
}

void bits(const Input& in) {
  const unsigned width = in.first % 33;
  const std::uint64_t first_bit = in.second % 64;
  const std::size_t size = in.bytes.size();
  if (size < 16) return;  // eight for the first bit, eight of padding
  const std::size_t most = width == 0 ? 300 : (8 * (size - 8) - first_bit) / width;
  // The end of the bytes is the end of the padding only for the largest count.
  const std::size_t count = in.second % 128 < 64 ? most : in.second / 128 % (most + 1);
  same("unpack_bits", [&](const Scanner& scan) {
    return written(count + 8, [&](std::uint32_t* out) {
      scan.unpack_bits(in.bytes.data(), first_bit, width, count, out);
      return count;
    });
  });
}

}  // namespace
}  // namespace stemma

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stemma;  // NOLINT: the one function of this file
  if (size < 9) return 0;
  Input in{0, 0, Bytes(data + 9, data + size)};
  std::memcpy(&in.first, data + 1, sizeof in.first);
  std::memcpy(&in.second, data + 5, sizeof in.second);
  constexpr void (*kCalls[])(const Input&) = {impacts, bitmaps, arrays, bits};
  kCalls[data[0] % 4](in);
  return 0;
}
