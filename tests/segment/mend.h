// Makes the checksums of damaged segment bytes right again, so that what lies behind them is
// tested: the reader must be safe on any bytes, not only on those that pass.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>

#include "kernels/crc32c.h"
#include "segment/format.h"

namespace stemma::segment {

/// Leaves bytes alone whose trailer makes no sense.
inline void mend(std::string& bytes) {
  if (bytes.size() < kHeadBytes + kTrailerBytes) return;
  char* const trailer = bytes.data() + bytes.size() - kTrailerBytes;
  std::uint64_t table = 0;
  std::memcpy(&table, trailer + 8, sizeof table);
  const std::uint64_t before = bytes.size() - kTrailerBytes;
  if (table > before) return;
  for (std::uint64_t page = 0; page * kPageBytes < table; ++page) {
    const std::uint64_t begin = page * kPageBytes;
    const std::uint64_t size = std::min<std::uint64_t>(kPageBytes, table - begin);
    const std::uint32_t crc = kernels::crc32c(as_bytes(bytes).subspan(begin, size));
    if (table + page * 4 + 4 <= before) std::memcpy(bytes.data() + table + page * 4, &crc, 4);
  }
  const std::uint32_t crc = kernels::crc32c(as_bytes(bytes).subspan(table, before - table + 20));
  std::memcpy(trailer + 20, &crc, sizeof crc);
}

}  // namespace stemma::segment
