// Asking for memory some steps before it is read.
#pragma once

namespace stemma {

/// Asks for the cache line at `address`, without waiting for it.
inline void prefetch(const void* address) {
  __builtin_prefetch(address);
  // GCC 12 takes a function that only prefetches for one without effect and drops calls of it.
  asm volatile("");
}

}  // namespace stemma
