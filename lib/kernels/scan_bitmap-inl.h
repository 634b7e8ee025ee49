// Bitmaps. Long rows go by vectors; single words go by the processor's own count of bits, which the
// instruction set of the region brings. Compiled once for each instruction set (scan_vector.cpp).
#if defined(STEMMA_SCAN_BITMAP_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef STEMMA_SCAN_BITMAP_INL_H
#undef STEMMA_SCAN_BITMAP_INL_H
#else
#define STEMMA_SCAN_BITMAP_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cassert>
#include <cstring>

#include "kernels/scan.h"
#include "kernels/scan_find-inl.h"

HWY_BEFORE_NAMESPACE();
namespace stemma::kernels::HWY_NAMESPACE {

HWY_INLINE std::uint64_t load_word(const std::uint8_t* bitmap, std::size_t word) {
  std::uint64_t value = 0;
  std::memcpy(&value, bitmap + sizeof value * word, sizeof value);
  return value;
}

/// `common(byte)` is the vector, `common_word(word)` the word of what is counted.
template <class Common, class CommonWord>
HWY_INLINE std::uint64_t count_of(std::size_t words, Common common, CommonWord common_word) {
  const Bytes d;
  const hn::Repartition<std::uint64_t, Bytes> d8;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t bytes = 8 * words / lanes * lanes;
  auto total = hn::Zero(d8);
  for (std::size_t byte = 0; byte < bytes;) {
    // A lane grows by 8 at most: 31 rounds fit into a byte.
    const std::size_t end = std::min(bytes, byte + 31 * lanes);
    auto counts = hn::Zero(d);
    for (; byte < end; byte += lanes) {
      counts = hn::Add(counts, hn::PopulationCount(common(byte)));
    }
    total = hn::Add(total, hn::SumsOf8(counts));
  }
  std::uint64_t bits = hn::GetLane(hn::SumOfLanes(d8, total));
  for (std::size_t word = bytes / 8; word < words; ++word) bits += count_ones(common_word(word));
  return bits;
}

inline std::uint64_t count_and(const std::uint8_t* const* bitmaps, std::size_t n,
                               std::size_t words) {
  assert(n >= 1);
  const Bytes d;
  const auto count = [&](auto size) HWY_ATTR {
    const std::size_t some = size() == 0 ? n : size();
    return count_of(
        words,
        [&](std::size_t byte) HWY_ATTR {
          auto common = hn::LoadU(d, bitmaps[0] + byte);
          for (std::size_t j = 1; j < some; ++j) {
            common = hn::And(common, hn::LoadU(d, bitmaps[j] + byte));
          }
          return common;
        },
        [&](std::size_t word) HWY_ATTR {
          std::uint64_t common = load_word(bitmaps[0], word);
          for (std::size_t j = 1; j < some; ++j) common &= load_word(bitmaps[j], word);
          return common;
        });
  };
  switch (n) {
    case 1:
      return count(std::integral_constant<std::size_t, 1>());
    case 2:
      return count(std::integral_constant<std::size_t, 2>());
    case 3:
      return count(std::integral_constant<std::size_t, 3>());
    default:
      return count(std::integral_constant<std::size_t, 0>());
  }
}

inline std::uint64_t count_bits(const std::uint64_t* words, std::size_t count) {
  const Bytes d;
  const hn::Repartition<std::uint64_t, Bytes> d8;
  return count_of(
      count,
      [&](std::size_t byte) HWY_ATTR { return hn::BitCast(d, hn::LoadU(d8, words + byte / 8)); },
      [&](std::size_t word) HWY_ATTR { return words[word]; });
}

template <class Join, class JoinWord>
HWY_INLINE void join_into(std::uint64_t* target, const std::uint8_t* source, std::size_t words,
                          Join join, JoinWord join_word) {
  const Bytes d;
  const hn::Repartition<std::uint64_t, Bytes> d8;
  const std::size_t lanes = hn::Lanes(d8);
  std::size_t word = 0;
  for (; word + lanes <= words; word += lanes) {
    const auto other = hn::BitCast(d8, hn::LoadU(d, source + 8 * word));
    hn::StoreU(join(hn::LoadU(d8, target + word), other), d8, target + word);
  }
  for (; word < words; ++word) target[word] = join_word(target[word], load_word(source, word));
}

inline void or_into(std::uint64_t* target, const std::uint8_t* source, std::size_t words) {
  join_into(
      target, source, words, [](auto a, auto b) HWY_ATTR { return hn::Or(a, b); },
      [](std::uint64_t a, std::uint64_t b) { return a | b; });
}

inline void and_into(std::uint64_t* target, const std::uint8_t* source, std::size_t words) {
  join_into(
      target, source, words, [](auto a, auto b) HWY_ATTR { return hn::And(a, b); },
      [](std::uint64_t a, std::uint64_t b) { return a & b; });
}

inline void and_not_into(std::uint64_t* target, const std::uint8_t* source, std::size_t words) {
  join_into(
      target, source, words, [](auto a, auto b) HWY_ATTR { return hn::AndNot(b, a); },
      [](std::uint64_t a, std::uint64_t b) { return a & ~b; });
}

HWY_INLINE std::uint32_t bit_at(const std::uint8_t* bitmap, std::uint32_t document) {
  return static_cast<std::uint32_t>(load_word(bitmap, document / 64) >> document % 64) & 1U;
}

// No gather: single loads are plain, and a gather was not measured to be faster.
inline std::size_t probe_bitmap(const std::uint8_t* bitmap, const std::uint32_t* documents,
                                std::size_t count, std::uint32_t* out) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    out[found] = static_cast<std::uint32_t>(i);
    found += bit_at(bitmap, documents[i]);
  }
  return found;
}

inline std::size_t count_in_bitmap(const std::uint8_t* bitmap, const std::uint32_t* documents,
                                   std::size_t count) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < count; ++i) found += bit_at(bitmap, documents[i]);
  return found;
}

inline std::size_t add_to_bitmap(std::uint64_t* bitmap, const std::uint32_t* documents,
                                 std::size_t count) {
  std::size_t present = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t& word = bitmap[documents[i] / 64];
    const auto shift = static_cast<unsigned>(documents[i] % 64);
    present += static_cast<std::size_t>(word >> shift & 1);
    word |= std::uint64_t{1} << shift;
  }
  return count - present;
}

/// The bits of [begin, end) that lie in word `word`, which is one that holds such.
HWY_INLINE std::uint64_t word_within(const std::uint8_t* bitmap, std::uint32_t word,
                                     std::uint32_t begin, std::uint32_t end) {
  std::uint64_t bits = load_word(bitmap, word);
  if (word == begin / 64) bits &= ~std::uint64_t{0} << begin % 64;
  if (word == (end - 1) / 64) bits &= ~std::uint64_t{0} >> (63 - (end - 1) % 64);
  return bits;
}

inline std::size_t decode_bitmap(const std::uint8_t* bitmap, std::uint32_t begin, std::uint32_t end,
                                 std::size_t most, std::uint32_t* out) {
  if (begin >= end) return 0;
  std::uint32_t* next = out;
  const std::uint32_t last = (end - 1) / 64;
  for (std::uint32_t word = begin / 64; word <= last; ++word) {
    if (static_cast<std::size_t>(next - out) >= most) break;
    const std::uint64_t bits = word_within(bitmap, word, begin, end);
    if (bits != 0) next = write_hits(bits, word * 64, next);
  }
  return std::min(most, static_cast<std::size_t>(next - out));
}

inline std::uint32_t count_range(const std::uint8_t* bitmap, std::uint32_t begin,
                                 std::uint32_t end) {
  if (begin >= end) return 0;
  constexpr std::uint64_t kAll = ~std::uint64_t{0};
  const std::size_t first = begin / 64;
  const std::size_t last = (end - 1) / 64;
  const std::uint64_t from = kAll << begin % 64;
  const std::uint64_t to = kAll >> (63 - (end - 1) % 64);
  std::size_t bits = count_ones(load_word(bitmap, first) & from & (first == last ? to : kAll));
  // Up to eight words, as many as a line holds, take the same time: their number is hard to
  // predict.
  std::size_t word = first + 1;
  for (; word < first + 8; ++word) {
    const std::uint64_t within = word < last ? kAll : word == last ? to : 0;
    bits += count_ones(load_word(bitmap, std::min(word, last)) & within);
  }
  for (; word < last; ++word) bits += count_ones(load_word(bitmap, word));
  if (word == last) bits += count_ones(load_word(bitmap, last) & to);
  return static_cast<std::uint32_t>(bits);
}

/// The lowest bits of `bits` at the places set in `places`.
HWY_INLINE std::uint64_t spread_word(std::uint64_t bits, std::uint64_t places) {
#if HWY_ARCH_X86_64 && HWY_TARGET <= HWY_AVX2
  return _pdep_u64(bits, places);
#else
  std::uint64_t spread = 0;
  if (count_ones(places) < 32) {
    for (; places != 0; places &= places - 1, bits >>= 1U) {
      spread |= (bits & 1U) != 0 ? places & (~places + 1) : 0;
    }
    return spread;
  }
  // Makes room for each absent one.
  for (std::uint64_t absent = ~places; absent != 0; absent &= absent - 1) {
    const std::uint64_t below = (absent & (~absent + 1)) - 1;
    bits = (bits & below) | (bits & ~below) << 1U;
  }
  return bits & places;
#endif
}

inline void spread_bits(const std::uint64_t* bits, const std::uint64_t* places, std::size_t words,
                        std::uint64_t* out) {
  std::size_t next = 0;
  for (std::size_t word = 0; word < words; ++word) {
    // Shifted in two steps, as by 64 it would not be.
    const std::uint64_t low = bits[next / 64] >> next % 64;
    const std::uint64_t high =
        places[word] == 0 ? 0 : bits[next / 64 + 1] << 1U << (63 - next % 64);
    out[word] = spread_word(low | high, places[word]);
    next += count_ones(places[word]);
  }
}

// From one document to the next where they share a stretch; bits are counted word by word.
inline void rank(const std::uint8_t* bitmap, const std::uint8_t* stretches,
                 const std::uint32_t* documents, std::size_t count, std::uint32_t absent,
                 std::uint32_t* out) {
  std::uint32_t stretch = 0;
  std::uint32_t before = 0;  // bits before `word`
  std::size_t word = 0;
  std::uint64_t bits = 0;
  bool entered = false;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t doc = documents[i];
    if (!entered || doc / kStretch != stretch) {
      stretch = doc / kStretch;
      std::memcpy(&before, stretches + sizeof before * stretch, sizeof before);
      word = std::size_t{stretch} * (kStretch / 64);
      bits = load_word(bitmap, word);
      entered = true;
    }
    while (word < doc / 64) {
      before += static_cast<std::uint32_t>(count_ones(bits));
      bits = load_word(bitmap, ++word);
    }
    const std::uint64_t below = (std::uint64_t{1} << doc % 64) - 1;
    const std::uint32_t found = before + static_cast<std::uint32_t>(count_ones(bits & below));
    out[i] = (bits >> doc % 64 & 1) != 0 ? found : absent;
  }
}

}  // namespace stemma::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
