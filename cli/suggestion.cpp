// See suggestion.h. Optimal string alignment over bytes: option names are ASCII.
#include "suggestion.h"

#include <algorithm>
#include <cstddef>

namespace stemma::command {

namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t changed = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + changed});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view typed,
                                        const std::vector<std::string>& names) {
  if (typed.size() > 64) return std::nullopt;
  std::optional<std::string> best;
  std::size_t best_distance = 1 + typed.size() / 3;
  for (const std::string& name : names) {
    const std::size_t changes = distance(typed, name);
    if (changes < best_distance || (changes == best_distance && !best && changes > 0)) {
      best = name;
      best_distance = changes;
    } else if (!best && typed.size() >= 3 && name.starts_with(typed)) {
      best = name;
    }
  }
  return best;
}

}  // namespace stemma::command
