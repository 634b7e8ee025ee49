// The scanners of Highway: one source, compiled for each instruction set that the build may meet.
// Only Highway's headers are used, none of its library: the choice is made in scan.cpp by asking
// the processor, as for the other kernels.
//
// foreach_target.h includes this file again for each instruction set, within a region that switches
// it on; what has no such set (plain x86-64) is the scalar definition's.
// Its debug assertions would need its library.
#define HWY_IS_DEBUG_BUILD 0
// Not used here, so not asked for.
#define HWY_DISABLE_PCLMUL_AES
#define HWY_DISABLE_F16C
// SVE's vectors cannot be kept in classes; its processors have NEON.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/scan_vector.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.h.
#include <hwy/highway.h>

#include "kernels/scan_kernels.h"

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
#include "kernels/scan_bitmap-inl.h"
#include "kernels/scan_bits-inl.h"
#include "kernels/scan_find-inl.h"
#include "kernels/scan_join-inl.h"
#include "kernels/scan_search-inl.h"

HWY_BEFORE_NAMESPACE();
namespace stemma::kernels::HWY_NAMESPACE {

constexpr Scanner scanner_named(const char* name) {
  return {
      .name = name,
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
}

}  // namespace stemma::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif

#if HWY_ONCE
namespace stemma::kernels {

std::span<const VectorScanner> vector_scanners() {
  static constexpr VectorScanner kAll[] = {
#if HWY_TARGETS & HWY_NEON
    {Needs::nothing, N_NEON::scanner_named("neon")},
#endif
#if HWY_TARGETS & HWY_SSE4
    {Needs::sse4, N_SSE4::scanner_named("sse4")},
#endif
#if HWY_TARGETS & HWY_AVX2
    {Needs::avx2, N_AVX2::scanner_named("avx2")},
#endif
#if HWY_TARGETS & HWY_AVX3
    {Needs::avx512, N_AVX3::scanner_named("avx512")},
#endif
  };
  return kAll;
}

}  // namespace stemma::kernels
#endif
