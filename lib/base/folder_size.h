// How much a file, or all files below a folder, take.
#pragma once

#include <cstdint>
#include <filesystem>

namespace stemma {

/// Bytes of the regular files at or below `path`; what cannot be looked at counts as nothing.
[[nodiscard]] std::uint64_t bytes_below(const std::filesystem::path& path);

}  // namespace stemma
