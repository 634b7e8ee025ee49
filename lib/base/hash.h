// The one hash function of our files: xxHash64, seed 0, which is the same on every machine.
#pragma once

#include <xxhash.h>

#include <cstdint>

#include "base/bytes.h"

namespace stemma {

[[nodiscard]] inline std::uint64_t hash64(Bytes bytes) {
  return XXH64(bytes.data(), bytes.size(), 0);
}

}  // namespace stemma
