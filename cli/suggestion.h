// "Did you mean?": the nearest of a few known names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stemma::command {

/// The name with the fewest changed letters (swaps count once), if that is few for its length.
[[nodiscard]] std::optional<std::string> nearest_name(std::string_view typed,
                                                      const std::vector<std::string>& names);

}  // namespace stemma::command
