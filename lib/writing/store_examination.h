// The store held against itself, against MANIFEST and against the segments: what check() needs to
// know of it, as a value that can be handed from one process to another.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "snapshot/manifest.h"
#include "stemma/maintenance.h"

namespace stemma {

struct StoreExamination {
  std::vector<Damage> damage;
  std::uint64_t articles = 0;  ///< compared with the segments
  /// Of the store's last commit; nullopt if it cannot be read.
  std::optional<snapshot::Manifest> committed;
};

/// Never throws for damage. `published` is what MANIFEST says, if that can be read.
[[nodiscard]] StoreExamination examine(const std::filesystem::path& directory,
                                       const std::optional<snapshot::Manifest>& published);

[[nodiscard]] std::string encode(const StoreExamination& examination);
/// Throws Error{corrupt} unless the bytes are whole.
[[nodiscard]] StoreExamination decode_examination(std::string_view bytes);

}  // namespace stemma
