// The loops of retrieval over impacts (a byte a document), bitmaps (a bit a document) and sorted
// arrays of documents or positions: search, count, join.
//
// A Scanner is one instruction set's form of all of them; the first of scanners() is the
// definition, and the others equal it on every input. The calls are short, often a few nanoseconds,
// so a caller looks scanner() up once and keeps the reference.
//
// A bitmap is a row of 64-bit words of little-endian bytes at any address (a mapped file): document
// d is bit d mod 64 of word d / 64. Whole words are read, but only such as the call is about.
// Where nothing else is said, no byte behind an input is read. "Room" is what the caller gives at
// an output: elements behind the result, up to the room, may be overwritten by anything. Outputs
// overlap no input and not each other.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace stemma::kernels {

static_assert(std::endian::native == std::endian::little, "the words of files are little endian");

/// Rows of impacts of some lists, each with its weight: 1 <= size <= 8, and the sum of 255 * weight
/// is below 65536.
struct ByteLists {
  const std::uint8_t* const* lists;
  const std::uint16_t* weights;
  std::size_t size;
};

/// Documents between two counts that stand beside a bitmap.
inline constexpr std::uint32_t kStretch = 512;

struct Scanner {
  const char* name;

  /// Writes base + i for each values[i] >= least, ascending; returns how many. Room: count + 32.
  std::size_t (*find_at_least)(const std::uint8_t* values, std::size_t count, std::uint8_t least,
                               std::uint32_t base, std::uint32_t* out);
  /// The same for least <= values[i] < below; 256 is below for all. Room: count + 32.
  std::size_t (*find_between)(const std::uint8_t* values, std::size_t count, unsigned least,
                              unsigned below, std::uint32_t base, std::uint32_t* out);
  /// Writes the documents d of begin to begin + count - 1 where the sum of weights[j] * lists[j][d]
  /// is at least `least` and less than `below` and, if `all`, every lists[j][d] is not 0;
  /// ascending; returns how many. Room: count + 32.
  std::size_t (*find_joint)(const ByteLists& lists, std::uint32_t begin, std::size_t count,
                            std::uint32_t least, std::uint32_t below, bool all, std::uint32_t* out);

  /// How many bits are set in each of the n >= 1 bitmaps of `words` words.
  std::uint64_t (*count_and)(const std::uint8_t* const* bitmaps, std::size_t n, std::size_t words);
  /// target |= source.
  void (*or_into)(std::uint64_t* target, const std::uint8_t* source, std::size_t words);
  /// target &= source.
  void (*and_into)(std::uint64_t* target, const std::uint8_t* source, std::size_t words);
  /// target &= ~source.
  void (*and_not_into)(std::uint64_t* target, const std::uint8_t* source, std::size_t words);
  /// How many bits are set.
  std::uint64_t (*count_bits)(const std::uint64_t* words, std::size_t count);

  /// Writes the index in `documents` of each whose bit is set, ascending; returns how many.
  /// Reads no other words than those of the documents. Room: count + 16.
  std::size_t (*probe_bitmap)(const std::uint8_t* bitmap, const std::uint32_t* documents,
                              std::size_t count, std::uint32_t* out);
  /// How many of the documents have their bit set; reads only their words.
  std::size_t (*count_in_bitmap)(const std::uint8_t* bitmap, const std::uint32_t* documents,
                                 std::size_t count);
  /// For each bit set in `places`, in order, the next of `bits` at the same place of `out`; other
  /// bits of `out` are 0. Writes `words` words. `bits` has the bits wanted and a word behind them.
  void (*spread_bits)(const std::uint64_t* bits, const std::uint64_t* places, std::size_t words,
                      std::uint64_t* out);
  /// Sets the bits of the documents; returns how many were not set before.
  std::size_t (*add_to_bitmap)(std::uint64_t* bitmap, const std::uint32_t* documents,
                               std::size_t count);
  /// Writes the first `most` documents of begin to end - 1, ascending; returns how many there are
  /// of these. Room: most + 64.
  std::size_t (*decode_bitmap)(const std::uint8_t* bitmap, std::uint32_t begin, std::uint32_t end,
                               std::size_t most, std::uint32_t* out);
  /// How many documents of begin to end - 1 the bitmap has; begin <= end.
  std::uint32_t (*count_range)(const std::uint8_t* bitmap, std::uint32_t begin, std::uint32_t end);
  /// For each of `count` ascending documents that the bitmap has: how many of its documents come
  /// before; `absent` for those that it has not. `stretches` are 32-bit numbers at any address: the
  /// documents before each multiple of kStretch. Reads the words of a document's stretch up to it.
  void (*rank)(const std::uint8_t* bitmap, const std::uint8_t* stretches,
               const std::uint32_t* documents, std::size_t count, std::uint32_t absent,
               std::uint32_t* out);

  /// Writes, for each element that two strictly ascending arrays share, its index in a and its
  /// index in b, ascending; returns how many. Rooms: min(na, nb) + 16.
  std::size_t (*intersect)(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                           std::size_t nb, std::uint32_t* in_a, std::uint32_t* in_b);
  /// How many elements two strictly ascending arrays share.
  std::size_t (*count_common)(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                              std::size_t nb);
  /// The index of the first of `count` <= 128 strictly ascending values that is >= target, or
  /// count.
  std::size_t (*lower_bound_in_block)(const std::uint32_t* values, std::size_t count,
                                      std::uint32_t target);

  /// Writes `count` numbers of `width` <= 32 bits that stand one after the other: number i is bits
  /// first_bit + i * width and up of the bytes read as one little-endian number. May read 8 bytes
  /// behind the last that holds such a bit, if there is one. Room: count + 8.
  void (*unpack_bits)(const std::uint8_t* bytes, std::uint64_t first_bit, unsigned width,
                      std::size_t count, std::uint32_t* out);
  /// Sets bit i of `out` if number i, as unpack_bits() from bit 0 would write it, is at least
  /// `least` and at most `most`, for `count` numbers; writes whole words, the bits behind are 0.
  void (*bits_between)(const std::uint8_t* bytes, unsigned width, std::size_t count,
                       std::uint32_t least, std::uint32_t most, std::uint64_t* out);

  // Positions: strictly ascending, below 2^31, as is distance.

  /// Whether some a[i] + distance is in b.
  bool (*any_at_distance)(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                          std::size_t nb, std::uint32_t distance);
  /// How many a[i] + distance are in b.
  std::size_t (*count_at_distance)(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                                   std::size_t nb, std::uint32_t distance);
  /// Keeps in a, in their order, those a[i] for which a[i] + distance is in b; returns how many.
  /// What stands behind them in a is anything.
  std::size_t (*keep_at_distance)(std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                                  std::size_t nb, std::uint32_t distance);
};

/// Those that this machine can run: the definition first, the fastest last.
[[nodiscard]] std::span<const Scanner> scanners();
/// The fastest.
[[nodiscard]] const Scanner& scanner();

}  // namespace stemma::kernels
