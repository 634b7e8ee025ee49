#include "base/folder_size.h"

#include <system_error>

namespace stemma {

namespace fs = std::filesystem;

std::uint64_t bytes_below(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_directory(path, failed)) {
    const std::uint64_t bytes = fs::file_size(path, failed);
    return failed ? 0 : bytes;
  }
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (!entry.is_regular_file(failed)) continue;
    const std::uint64_t size = entry.file_size(failed);
    if (!failed) bytes += size;
  }
  return bytes;
}

}  // namespace stemma
