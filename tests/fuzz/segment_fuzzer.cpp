// A segment of any bytes. Checksums are made right first, so that what lies behind them is reached.
//
// Property: nothing but Error{corrupt} or Error{wrong_version} is thrown; cursors ascend and stay
// below the number of documents; what verify() accepts can be read to its end, every term and every
// document of it is found. The bytes lie on the heap: the sanitizer sees any read beyond them.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "segment/exercise.h"
#include "segment/mend.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string mended(reinterpret_cast<const char*>(data), size);
  stemma::segment::mend(mended);
  const std::vector<std::uint8_t> bytes(mended.begin(), mended.end());
  stemma::segment::exercise(bytes);
  return 0;
}
