// Sorted arrays, element by element: the place of one in a block, each element of the shorter array
// searched in a much longer one, the plain merge of few. Compiled once for each instruction set
// (scan_vector.cpp).
#if defined(STEMMA_SCAN_SEARCH_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef STEMMA_SCAN_SEARCH_INL_H
#undef STEMMA_SCAN_SEARCH_INL_H
#else
#define STEMMA_SCAN_SEARCH_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cassert>

#include "kernels/scan.h"
#include "kernels/scan_find-inl.h"

HWY_BEFORE_NAMESPACE();
namespace stemma::kernels::HWY_NAMESPACE {

constexpr std::size_t kBlock = hn::MaxLanes(Words());

/// Bit i: whether values[i] >= target; count <= 64.
HWY_INLINE std::uint64_t not_less(const std::uint32_t* values, std::size_t count,
                                  std::uint32_t target) {
  const Words d;
  const auto bound = hn::Set(d, target);
  const auto bits_at = [&](std::size_t i) HWY_ATTR {
    const auto some = hn::LoadU(d, values + i);
    return bits_of(d, hn::Eq(hn::Max(some, bound), some));
  };
  std::uint64_t bits = 0;
  if (count < kBlock) {
    for (std::size_t i = 0; i < count; ++i) bits |= std::uint64_t{values[i] >= target} << i;
    return bits;
  }
  std::size_t i = 0;
  for (; i + kBlock <= count; i += kBlock) bits |= bits_at(i) << i;
  if (i < count) bits |= bits_at(count - kBlock) << (count - kBlock);
  return bits;
}

constexpr std::size_t kWindow = 32;

HWY_INLINE std::size_t lower_bound_in_window(const std::uint32_t* values, std::size_t count,
                                             std::uint32_t target) {
  if (count == kWindow) return kWindow - count_ones(not_less(values, kWindow, target));
  return count - count_ones(not_less(values, count, target));
}

inline std::size_t lower_bound_in_block(const std::uint32_t* values, std::size_t count,
                                        std::uint32_t target) {
  assert(count <= 128);
  if (count == 128) {
    const std::size_t window = std::size_t{values[31] < target} + std::size_t{values[63] < target} +
                               std::size_t{values[95] < target};
    return kWindow * window + lower_bound_in_window(values + kWindow * window, kWindow, target);
  }
  std::size_t window = 0;
  for (std::size_t end = kWindow; end <= count; end += kWindow) {
    window += values[end - 1] < target ? kWindow : 0;
  }
  const std::size_t size = std::min(kWindow, count - window);
  return window + lower_bound_in_window(values + window, size, target);
}

/// The index of the first of values[from] and up that is >= target: galloping, then halving.
HWY_INLINE std::size_t seek(const std::uint32_t* values, std::size_t count, std::size_t from,
                            std::uint32_t target) {
  std::size_t step = kWindow;
  while (count - from >= step && values[from + step - 1] < target) {
    from += step;
    step *= 2;
  }
  std::size_t end = std::min(count, from + step);
  while (end - from > kWindow) {
    const std::size_t middle = from + (end - from) / 2;
    if (values[middle] < target) {
      from = middle + 1;
    } else {
      end = middle;
    }
  }
  return from + lower_bound_in_window(values + from, end - from, target);
}

/// Calls shared(i, j) for each a[i] + distance == b[j], ascending, until it returns false; searches
/// b for each element of a.
template <class Shared>
HWY_INLINE void search_each(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                            std::size_t nb, std::uint32_t distance, Shared shared) {
  std::size_t j = 0;
  for (std::size_t i = 0; i < na; ++i) {
    const std::uint32_t target = a[i] + distance;
    j = seek(b, nb, j, target);
    if (j == nb) return;
    if (b[j] == target && !shared(i, j)) return;
  }
}

/// The same; searches a for each element of b.
template <class Shared>
HWY_INLINE void search_each_back(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                                 std::size_t nb, std::uint32_t distance, Shared shared) {
  std::size_t i = 0;
  for (std::size_t j = 0; j < nb; ++j) {
    if (b[j] < distance) continue;
    const std::uint32_t target = b[j] - distance;
    i = seek(a, na, i, target);
    if (i == na) return;
    if (a[i] == target && !shared(i, j)) return;
  }
}

/// The same, by the plain merge: for so few elements that blocks do not pay.
template <class Shared>
HWY_INLINE void merge_few(const std::uint32_t* a, std::size_t na, const std::uint32_t* b,
                          std::size_t nb, std::uint32_t distance, Shared shared) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < na && j < nb) {
    const std::uint32_t value = a[i] + distance;
    const std::uint32_t other = b[j];
    if (value == other && !shared(i, j)) return;
    i += value <= other ? 1 : 0;
    j += other <= value ? 1 : 0;
  }
}

}  // namespace stemma::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
