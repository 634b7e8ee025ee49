// The scanners by instruction set; scan.cpp chooses among them.
#pragma once

#include "kernels/scan.h"

namespace stemma::kernels {

extern const Scanner kScalarScanner;

}  // namespace stemma::kernels
