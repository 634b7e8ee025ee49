// The definition of every scan: the plainest loop that says what is meant.
#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "kernels/scan_kernels.h"

namespace stemma::kernels {
namespace {

constexpr std::size_t kWordBits = 64;

std::uint64_t load_word(const std::uint8_t* bitmap, std::size_t word) {
  std::uint64_t value = 0;
  std::memcpy(&value, bitmap + sizeof value * word, sizeof value);
  return value;
}

bool has(const std::uint8_t* bitmap, std::uint32_t document) {
  return (load_word(bitmap, document / kWordBits) >> document % kWordBits & 1) != 0;
}

std::size_t find_between(const std::uint8_t* values, std::size_t count, unsigned least,
                         unsigned below, std::uint32_t base, std::uint32_t* out) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (least <= values[i] && values[i] < below)
      out[found++] = base + static_cast<std::uint32_t>(i);
  }
  return found;
}

std::size_t find_at_least(const std::uint8_t* values, std::size_t count, std::uint8_t least,
                          std::uint32_t base, std::uint32_t* out) {
  return find_between(values, count, least, 256, base, out);
}

std::size_t find_joint(const ByteLists& lists, std::uint32_t begin, std::size_t count,
                       std::uint32_t least, std::uint32_t below, bool all, std::uint32_t* out) {
  assert(1 <= lists.size && lists.size <= 8);
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t sum = 0;
    bool in_all = true;
    for (std::size_t j = 0; j < lists.size; ++j) {
      const std::uint32_t value = lists.lists[j][begin + i];
      sum += lists.weights[j] * value;
      in_all = in_all && value != 0;
    }
    if (least <= sum && sum < below && (in_all || !all)) {
      out[found++] = begin + static_cast<std::uint32_t>(i);
    }
  }
  return found;
}

std::uint64_t count_and(const std::uint8_t* const* bitmaps, std::size_t n, std::size_t words) {
  assert(n >= 1);
  std::uint64_t bits = 0;
  for (std::size_t word = 0; word < words; ++word) {
    std::uint64_t common = load_word(bitmaps[0], word);
    for (std::size_t j = 1; j < n; ++j) common &= load_word(bitmaps[j], word);
    bits += static_cast<std::uint64_t>(std::popcount(common));
  }
  return bits;
}

void or_into(std::uint64_t* target, const std::uint8_t* source, std::size_t words) {
  for (std::size_t word = 0; word < words; ++word) target[word] |= load_word(source, word);
}

void and_into(std::uint64_t* target, const std::uint8_t* source, std::size_t words) {
  for (std::size_t word = 0; word < words; ++word) target[word] &= load_word(source, word);
}

void and_not_into(std::uint64_t* target, const std::uint8_t* source, std::size_t words) {
  for (std::size_t word = 0; word < words; ++word) target[word] &= ~load_word(source, word);
}

std::uint64_t count_bits(const std::uint64_t* words, std::size_t count) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < count; ++i)
    bits += static_cast<std::uint64_t>(std::popcount(words[i]));
  return bits;
}

std::size_t probe_bitmap(const std::uint8_t* bitmap, const std::uint32_t* documents,
                         std::size_t count, std::uint32_t* out) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (has(bitmap, documents[i])) out[found++] = static_cast<std::uint32_t>(i);
  }
  return found;
}

std::size_t count_in_bitmap(const std::uint8_t* bitmap, const std::uint32_t* documents,
                            std::size_t count) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) found += std::size_t{has(bitmap, documents[i])};
  return found;
}

std::size_t add_to_bitmap(std::uint64_t* bitmap, const std::uint32_t* documents,
                          std::size_t count) {
  std::size_t added = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t& word = bitmap[documents[i] / kWordBits];
    const std::uint64_t bit = std::uint64_t{1} << documents[i] % kWordBits;
    added += (word & bit) == 0 ? 1 : 0;
    word |= bit;
  }
  return added;
}

std::size_t decode_bitmap(const std::uint8_t* bitmap, std::uint32_t begin, std::uint32_t end,
                          std::size_t most, std::uint32_t* out) {
  std::size_t found = 0;
  for (std::uint32_t document = begin; document < end && found < most; ++document) {
    if (has(bitmap, document)) out[found++] = document;
  }
  return found;
}

void rank(const std::uint8_t* bitmap, const std::uint8_t* stretches, const std::uint32_t* documents,
          std::size_t count, std::uint32_t absent, std::uint32_t* out) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t stretch = documents[i] / kStretch;
    std::uint32_t before = 0;
    std::memcpy(&before, stretches + sizeof before * stretch, sizeof before);
    for (std::uint32_t doc = stretch * kStretch; doc < documents[i]; ++doc) {
      before += has(bitmap, doc) ? 1U : 0U;
    }
    out[i] = has(bitmap, documents[i]) ? before : absent;
  }
}

std::uint32_t count_range(const std::uint8_t* bitmap, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t found = 0;
  for (std::uint32_t document = begin; document < end; ++document) {
    found += std::uint32_t{has(bitmap, document)};
  }
  return found;
}

/// Calls shared(i, j) for each a[i] + distance == b[j], ascending, until it returns false.
template <class Shared>
void merge(const std::uint32_t* a, std::size_t na, const std::uint32_t* b, std::size_t nb,
           std::uint32_t distance, Shared&& shared) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < na && j < nb) {
    const std::uint32_t value = a[i] + distance;
    if (value == b[j] && !shared(i, j)) return;
    const std::uint32_t other = b[j];
    i += value <= other ? 1 : 0;
    j += other <= value ? 1 : 0;
  }
}

std::size_t intersect(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                      std::size_t nb, std::uint32_t* in_a, std::uint32_t* in_b) {
  std::size_t found = 0;
  merge(a, na, b, nb, 0, [&](std::size_t i, std::size_t j) {
    in_a[found] = static_cast<std::uint32_t>(i);
    in_b[found++] = static_cast<std::uint32_t>(j);
    return true;
  });
  return found;
}

std::size_t count_at_distance(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                              std::size_t nb, std::uint32_t distance) {
  std::size_t found = 0;
  merge(a, na, b, nb, distance, [&](std::size_t, std::size_t) { return ++found != 0; });
  return found;
}

std::size_t count_common(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                         std::size_t nb) {
  return count_at_distance(a, na, b, nb, 0);
}

bool any_at_distance(const std::uint32_t* a, std::size_t na, const std::uint32_t* b, std::size_t nb,
                     std::uint32_t distance) {
  bool any = false;
  merge(a, na, b, nb, distance, [&](std::size_t, std::size_t) { return !(any = true); });
  return any;
}

std::size_t keep_at_distance(std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                             std::size_t nb, std::uint32_t distance) {
  std::size_t kept = 0;
  merge(a, na, b, nb, distance, [&](std::size_t i, std::size_t) {
    a[kept++] = a[i];  // kept <= i: nothing unread is lost
    return true;
  });
  return kept;
}

void spread_bits(const std::uint64_t* bits, const std::uint64_t* places, std::size_t words,
                 std::uint64_t* out) {
  std::size_t next = 0;
  for (std::size_t word = 0; word < words; ++word) {
    out[word] = 0;
    for (std::uint64_t rest = places[word]; rest != 0; rest &= rest - 1, ++next) {
      const bool set = (bits[next / kWordBits] >> next % kWordBits & 1) != 0;
      if (set) out[word] |= rest & (~rest + 1);
    }
  }
}

std::size_t lower_bound_in_block(const std::uint32_t* values, std::size_t count,
                                 std::uint32_t target) {
  assert(count <= 128);
  return static_cast<std::size_t>(std::lower_bound(values, values + count, target) - values);
}

void unpack_bits(const std::uint8_t* bytes, std::uint64_t first_bit, unsigned width,
                 std::size_t count, std::uint32_t* out) {
  assert(width <= 32);
  const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t bit = first_bit + i * width;
    std::uint64_t value = 0;  // 7 + 32 bits at most
    if (width != 0) std::memcpy(&value, bytes + bit / 8, sizeof value);
    out[i] = static_cast<std::uint32_t>(value >> bit % 8 & mask);
  }
}

void bits_between(const std::uint8_t* bytes, unsigned width, std::size_t count, std::uint32_t least,
                  std::uint32_t most, std::uint64_t* out) {
  std::uint32_t numbers[64];
  for (std::size_t begin = 0; begin < count; begin += 64) {
    const std::size_t size = std::min<std::size_t>(64, count - begin);
    unpack_bits(bytes, begin * width, width, size, numbers);
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const bool between = least <= numbers[i] && numbers[i] <= most;
      word |= std::uint64_t{between} << i;
    }
    out[begin / 64] = word;
  }
}

}  // namespace

constexpr Scanner kScalarScanner{
    .name = "scalar",
    .find_at_least = find_at_least,
    .find_between = find_between,
    .find_joint = find_joint,
    .count_and = count_and,
    .or_into = or_into,
    .and_into = and_into,
    .and_not_into = and_not_into,
    .count_bits = count_bits,
    .probe_bitmap = probe_bitmap,
    .count_in_bitmap = count_in_bitmap,
    .spread_bits = spread_bits,
    .add_to_bitmap = add_to_bitmap,
    .decode_bitmap = decode_bitmap,
    .count_range = count_range,
    .rank = rank,
    .intersect = intersect,
    .count_common = count_common,
    .lower_bound_in_block = lower_bound_in_block,
    .unpack_bits = unpack_bits,
    .bits_between = bits_between,
    .any_at_distance = any_at_distance,
    .count_at_distance = count_at_distance,
    .keep_at_distance = keep_at_distance,
};

}  // namespace stemma::kernels
