// What the running code was built from: the build ids that the linker writes into programs and
// libraries, which are hashes of their contents. Finding them takes microseconds.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace stemma {

/// The build ids of the program or library that holds the function at `code`, and of each loaded
/// library whose file name begins with one of `names`, in order of loading, as bytes. nullopt if
/// one of them has no build id, or a name no library.
[[nodiscard]] std::optional<std::string> build_ids(const void* code,
                                                   std::span<const std::string_view> names);

}  // namespace stemma
