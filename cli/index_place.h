// Which index a command speaks to: -d DIR, else $STEMMA_INDEX, else the nearest `.stemma` in this
// folder or one above it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace stemma::command {

/// Throws Error{not_found} when there is none to be named.
[[nodiscard]] std::filesystem::path index_place(const std::string& asked);

/// As index_place(), but `./.stemma` (which need not exist) when there is none.
struct NewIndexPlace {
  std::filesystem::path directory;
  bool is_default = false;  ///< nobody asked for this place: say where it is
};
[[nodiscard]] NewIndexPlace index_place_to_write(const std::string& asked);

}  // namespace stemma::command
