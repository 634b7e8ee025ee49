// CRC32C (Castagnoli, RFC 3720): the checksum of every page and file of ours.
//
// The table form is the definition. Hardware forms are chosen once, by what the processor says, and
// must equal it; tests run each.
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.h"

namespace stemma::kernels {

/// The CRC32C of what `crc` stands for followed by `bytes`; 0 stands for nothing.
[[nodiscard]] std::uint32_t crc32c(Bytes bytes, std::uint32_t crc = 0);

struct Crc32cKernel {
  const char* name;
  std::uint32_t (*run)(Bytes bytes, std::uint32_t crc);
};

/// Those that this machine can run: the definition first, the one that crc32c() uses last.
[[nodiscard]] std::span<const Crc32cKernel> crc32c_kernels();

}  // namespace stemma::kernels
