// Sorted arrays. Arrays of like size are joined a block of eight against a block of eight, all
// pairs at once, without a branch in the choice of the next block (Lemire, Boytsov & Kurz 2016,
// "SIMD compression and the intersection of sorted integers"); in a much longer one each element of
// the shorter is searched. Compiled once for each instruction set (scan_vector.cpp).
#if defined(STEMMA_SCAN_JOIN_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef STEMMA_SCAN_JOIN_INL_H
#undef STEMMA_SCAN_JOIN_INL_H
#else
#define STEMMA_SCAN_JOIN_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "kernels/scan.h"
#include "kernels/scan_find-inl.h"
#include "kernels/scan_search-inl.h"

HWY_BEFORE_NAMESPACE();
namespace stemma::kernels::HWY_NAMESPACE {

/// The longer array has this many times the shorter one's elements: search (not swept).
constexpr std::size_t kMuchLonger = 16;
/// Both together have at most so many elements: blocks should not pay (not swept).
constexpr std::size_t kFewTogether = 8;

using WordVector = hn::Vec<Words>;

/// first + i for each bit i set, one after the other; writes a whole block.
HWY_INLINE void write_numbers(std::size_t first, std::uint64_t bits, std::uint32_t* out) {
  const Words d;
  const auto base = hn::Set(d, static_cast<std::uint32_t>(first));
  hn::StoreU(hn::Add(base, lanes_set(bits)), d, out);
}

/// The lanes of the bits set, one after the other; writes a whole block.
HWY_INLINE void write_lanes(WordVector lanes, std::uint64_t bits, std::uint32_t* out) {
  const Words d;
  hn::StoreU(hn::TableLookupLanes(lanes, hn::IndicesFromVec(d, lanes_set(bits))), d, out);
}

/// An array as blocks: the last one, if it is not full, is a copy filled up with the last element.
class Blocks {
 public:
  HWY_INLINE Blocks(const std::uint32_t* values, std::size_t count)
      : values_(values), full_(count / kBlock * kBlock), rest_(count - full_) {
    if (rest_ == 0) return;
    const Words d;
    if (full_ == 0) {
      for (std::size_t i = 0; i < kBlock; ++i) last_[i] = values[std::min(i, count - 1)];
      return;
    }
    const auto lanes = hn::Min(hn::Iota(d, static_cast<std::uint32_t>(kBlock - rest_)),
                               hn::Set(d, static_cast<std::uint32_t>(kBlock - 1)));
    const auto end = hn::LoadU(d, values + count - kBlock);
    hn::Store(hn::TableLookupLanes(end, hn::IndicesFromVec(d, lanes)), d, last_);
  }

  HWY_INLINE const std::uint32_t* at(std::size_t i) const {
    return i < full_ ? values_ + i : last_;
  }
  /// The lanes of block i that are elements.
  HWY_INLINE std::uint64_t lanes(std::size_t i) const {
    return (std::uint64_t{1} << (i < full_ ? kBlock : rest_)) - 1;
  }

 private:
  const std::uint32_t* values_;
  std::size_t full_;
  std::size_t rest_;
  alignas(64) std::uint32_t last_[kBlock];
};

/// Bit i: whether lane i is one of the block's.
HWY_INLINE std::uint64_t lanes_in(WordVector lanes, const std::uint32_t* block) {
  const Words d;
  auto found = hn::Eq(lanes, hn::Set(d, block[0]));
  for (std::size_t k = 1; k < kBlock; ++k) {
    found = hn::Or(found, hn::Eq(lanes, hn::Set(d, block[k])));
  }
  return bits_of(d, found);
}

/// Calls shared(i, j, lanes) for blocks i of a and j of b where elements of a, plus the distance,
/// are in b: those of `lanes`. Until it returns false. Each element of a is told once, ascending.
template <class Shared>
HWY_INLINE void join_blocks(const Blocks& a, std::size_t na, const Blocks& b, std::size_t nb,
                            std::uint32_t distance, Shared shared) {
  const Words d;
  const auto shift = hn::Set(d, distance);
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < na && j < nb) {
    const std::uint32_t* const block_a = a.at(i);
    const std::uint32_t* const block_b = b.at(j);
    const std::uint64_t lanes =
        lanes_in(hn::Add(hn::LoadU(d, block_a), shift), block_b) & a.lanes(i);
    if (!shared(i, j, lanes)) return;
    const std::uint32_t last_a = block_a[kBlock - 1] + distance;
    const std::uint32_t last_b = block_b[kBlock - 1];
    i += last_a <= last_b ? kBlock : 0;
    j += last_b <= last_a ? kBlock : 0;
  }
}

/// The `count` first lanes are the values; 1 <= count <= kBlock, and nothing behind them is read.
HWY_INLINE WordVector load_short(const std::uint32_t* values, std::size_t count) {
  const Words d;
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
  return hn::MaskedLoad(hn::FirstN(d, count), d, values);
#else
  // Highway's masked load would read all lanes here, and on SSE at round addresses only.
  alignas(64) std::uint32_t lanes[kBlock];
  for (std::size_t i = 0; i < kBlock; ++i) lanes[i] = values[std::min(i, count - 1)];
  return hn::Load(d, lanes);
#endif
}

/// Bit i: whether a[i] + distance is in b. Neither is empty or longer than a block, and how short
/// they are changes no branch.
HWY_INLINE std::uint64_t join_short(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                                    std::size_t nb, std::uint32_t distance) {
  const Words d;
  const auto shifted = hn::Add(load_short(a, na), hn::Set(d, distance));
  auto found = hn::Eq(shifted, hn::Set(d, b[0]));
  for (std::size_t k = 1; k < kBlock; ++k) {
    found = hn::Or(found, hn::Eq(shifted, hn::Set(d, b[std::min(k, nb - 1)])));
  }
  return bits_of(d, found) & ((std::uint64_t{1} << na) - 1);
}

HWY_INLINE bool are_short(std::size_t na, std::size_t nb) {
  return na - 1 < kBlock && nb - 1 < kBlock;  // 0 - 1 is long
}

/// How two arrays are best joined.
enum class Way { merge, search_b, search_a, blocks };

HWY_INLINE Way way_for(std::size_t na, std::size_t nb) {
  if (na + nb <= kFewTogether) return Way::merge;
  if (na <= nb / kMuchLonger) return Way::search_b;
  if (nb <= na / kMuchLonger) return Way::search_a;
  return Way::blocks;
}

inline std::size_t intersect(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                             std::size_t nb, std::uint32_t* in_a, std::uint32_t* in_b) {
  std::size_t found = 0;
  const auto write = [&](std::size_t i, std::size_t j) {
    in_a[found] = static_cast<std::uint32_t>(i);
    in_b[found++] = static_cast<std::uint32_t>(j);
    return true;
  };
  switch (way_for(na, nb)) {
    case Way::merge:
      merge_few(a, na, b, nb, 0, write);
      return found;
    case Way::search_b:
      search_each(a, na, b, nb, 0, write);
      return found;
    case Way::search_a:
      search_each_back(a, na, b, nb, 0, write);
      return found;
    case Way::blocks:
      break;
  }
  const Words d;
  const Blocks blocks_a(a, na);
  const Blocks blocks_b(b, nb);
  // Which blocks share something is hard to predict, so it is noted without a branch, and the
  // indexes are found afterwards.
  struct Met {
    std::size_t i;
    std::size_t j;
    std::uint64_t lanes;
  };
  constexpr std::size_t kMets = 64;
  Met mets[kMets];
  std::size_t noted = 0;
  const auto write_noted = [&] {
    for (std::size_t k = 0; k < noted; ++k) {
      const auto [i, j, lanes] = mets[k];
      const auto block_b = hn::LoadU(d, blocks_b.at(j));
      // Lanes that only fill a block up come after all others, and are written behind the result.
      const std::uint64_t lanes_b = lanes_in(block_b, blocks_a.at(i));
      write_numbers(i, lanes, in_a + found);
      write_numbers(j, lanes_b, in_b + found);
      found += count_ones(lanes);
    }
    noted = 0;
  };
  join_blocks(blocks_a, na, blocks_b, nb, 0,
              [&](std::size_t i, std::size_t j, std::uint64_t lanes) {
                mets[noted] = {i, j, lanes};
                noted += std::size_t{lanes != 0};
                if (noted == kMets) write_noted();
                return true;
              });
  write_noted();
  return found;
}

/// Calls one(i, j) for each pair until it returns false, or blocks(a, b) where that is best.
template <class One, class InBlocks>
HWY_INLINE void join_at_distance(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                                 std::size_t nb, std::uint32_t distance, One one, InBlocks blocks) {
  switch (way_for(na, nb)) {
    case Way::merge:
      return merge_few(a, na, b, nb, distance, one);
    case Way::search_b:
      return search_each(a, na, b, nb, distance, one);
    case Way::search_a:
      return search_each_back(a, na, b, nb, distance, one);
    case Way::blocks:
      break;
  }
  blocks(Blocks(a, na), Blocks(b, nb));
}

inline std::size_t count_at_distance(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                                     std::size_t nb, std::uint32_t distance) {
  std::size_t found = 0;
  join_at_distance(
      a, na, b, nb, distance, [&](std::size_t, std::size_t) { return ++found != 0; },
      [&](const Blocks& blocks_a, const Blocks& blocks_b) {
        join_blocks(blocks_a, na, blocks_b, nb, distance,
                    [&](std::size_t, std::size_t, std::uint64_t lanes) {
                      found += count_ones(lanes);
                      return true;
                    });
      });
  return found;
}

inline std::size_t count_common(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                                std::size_t nb) {
  return count_at_distance(a, na, b, nb, 0);
}

inline bool any_at_distance(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                            std::size_t nb, std::uint32_t distance) {
  if (are_short(na, nb)) return join_short(a, na, b, nb, distance) != 0;
  bool any = false;
  join_at_distance(
      a, na, b, nb, distance, [&](std::size_t, std::size_t) { return !(any = true); },
      [&](const Blocks& blocks_a, const Blocks& blocks_b) {
        join_blocks(blocks_a, na, blocks_b, nb, distance,
                    [&](std::size_t, std::size_t, std::uint64_t lanes) {
                      any = lanes != 0;
                      return !any;
                    });
      });
  return any;
}

/// keep_at_distance by blocks. A block of a may meet several of b, so what is kept of it must not
/// yet be written over it: a part of a at a time is kept aside.
HWY_INLINE std::size_t keep_by_blocks(std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                                      std::size_t nb, std::uint32_t distance) {
  constexpr std::size_t kPart = 256;
  std::uint32_t part[kPart + kBlock];
  const Words d;
  std::size_t kept = 0;
  for (std::size_t begin = 0; begin < na; begin += kPart) {
    const std::size_t size = std::min(kPart, na - begin);
    const Blocks blocks(a + begin, size);
    std::size_t found = 0;
    std::size_t reached = 0;
    join_blocks(blocks, size, Blocks(b, nb), nb, distance,
                [&](std::size_t i, std::size_t j, std::uint64_t lanes) {
                  write_lanes(hn::LoadU(d, blocks.at(i)), lanes, part + found);
                  found += count_ones(lanes);
                  reached = j;
                  return true;
                });
    // kept + found <= begin + size; whole blocks are written where there is room for them.
    std::size_t k = 0;
    for (; k + kBlock <= found; k += kBlock) hn::StoreU(hn::LoadU(d, part + k), d, a + kept + k);
    for (; k < found; ++k) a[kept + k] = part[k];
    kept += found;
    b += reached;
    nb -= reached;
  }
  return kept;
}

inline std::size_t keep_at_distance(std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                                    std::size_t nb, std::uint32_t distance) {
  std::size_t kept = 0;
  if (are_short(na, nb)) {
    for (auto bits = join_short(a, na, b, nb, distance); bits != 0; bits &= bits - 1) {
      a[kept++] = a[std::countr_zero(bits)];
    }
    return kept;
  }
  const auto keep = [&](std::size_t i, std::size_t) {
    a[kept++] = a[i];
    return true;
  };
  switch (way_for(na, nb)) {
    case Way::merge:
      merge_few(a, na, b, nb, distance, keep);
      return kept;
    case Way::search_b:
      search_each(a, na, b, nb, distance, keep);
      return kept;
    case Way::search_a:
      search_each_back(a, na, b, nb, distance, keep);
      return kept;
    case Way::blocks:
      break;
  }
  return keep_by_blocks(a, na, b, nb, distance);
}

}  // namespace stemma::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
