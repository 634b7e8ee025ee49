// The scanners by instruction set; scan.cpp chooses among them.
#pragma once

#include <span>

#include "kernels/scan.h"

namespace stemma::kernels {

extern const Scanner kScalarScanner;

/// What the processor must have.
enum class Needs { nothing, sse4, avx2, avx512 };

struct VectorScanner {
  Needs needs;
  Scanner scanner;
};

/// Those that this build has, the fastest last.
[[nodiscard]] std::span<const VectorScanner> vector_scanners();

}  // namespace stemma::kernels
