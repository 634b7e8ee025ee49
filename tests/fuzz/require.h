// What a fuzzer asserts: stops the process, and so keeps the input, when it does not hold.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace stemma {

inline void require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "violated: %s\n", property);
  std::abort();
}

}  // namespace stemma
