// The choice among the scanners.
#include "kernels/scan.h"

#include <vector>

#include "kernels/scan_kernels.h"

namespace stemma::kernels {
namespace {

#if defined(__x86_64__)

bool has(Needs needs) {
  __builtin_cpu_init();
  const bool sse4 = __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
  const bool avx2 = sse4 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
  switch (needs) {
    case Needs::sse4:
      return sse4;
    case Needs::avx2:
      return avx2;
    case Needs::avx512:
      return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
    case Needs::nothing:
      break;
  }
  return true;
}

#else

bool has(Needs needs) { return needs == Needs::nothing; }

#endif

std::vector<Scanner> usable() {
  std::vector<Scanner> all = {kScalarScanner};
  for (const VectorScanner& each : vector_scanners()) {
    if (has(each.needs)) all.push_back(each.scanner);
  }
  return all;
}

}  // namespace

std::span<const Scanner> scanners() {
  static const std::vector<Scanner> kUsable = usable();
  return kUsable;
}

const Scanner& scanner() { return scanners().back(); }

}  // namespace stemma::kernels
