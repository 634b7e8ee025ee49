#include "writing/writer_options.h"

#include <cmath>

#include <string>

#include "stemma/error.h"

namespace stemma {

void check_options(const WriterOptions& options) {
  constexpr std::size_t kLeastMemory = 1U << 20U;
  if (options.memory_bytes < kLeastMemory) {
    throw Error(Error::Kind::invalid_argument,
                "a memory budget of " + std::to_string(options.memory_bytes) +
                    " bytes; at least 1 MiB is needed",
                "give more memory; 256 MiB is the default");
  }
  if (!(options.wait_seconds >= 0)) {
    throw Error(Error::Kind::invalid_argument, "the time to wait for a writer is negative",
                "0 does not wait");
  }
}

void check_options(const IndexOptions& options) {
  constexpr std::uint32_t kMostTitleWeight = 100;
  if (options.title_weight < 1 || options.title_weight > kMostTitleWeight) {
    throw Error(Error::Kind::invalid_argument,
                "title weight " + std::to_string(options.title_weight) + "; 1 to 100 are allowed",
                "2 is the default");
  }
  if (!std::isfinite(options.bm25.k1) || options.bm25.k1 < 0 ||
      !(options.bm25.b >= 0 && options.bm25.b <= 1)) {
    throw Error(Error::Kind::invalid_argument,
                "an index needs BM25 with k1 >= 0 and 0 <= b <= 1, got k1 = " +
                    std::to_string(options.bm25.k1) + ", b = " + std::to_string(options.bm25.b),
                "1.2 and 0.9 are the defaults");
  }
}

}  // namespace stemma
