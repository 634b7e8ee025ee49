// Which words before a colon are fields.
//
// title, source, author, lang, url and date always are; the rest are the metadata fields that the
// index holds. A name is found as written first, then without regard to case.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace stemma::query {

class FieldNames {
 public:
  explicit FieldNames(const std::vector<std::string>& metadata);

  /// The field's own spelling, if `typed` names one.
  [[nodiscard]] std::optional<std::string> find(std::string_view typed) const;
  /// The nearest name within two slips of the keyboard, if there is one.
  [[nodiscard]] std::optional<std::string> nearest(std::string_view typed) const;
  /// Neither title nor one of source, author, lang, url, date.
  [[nodiscard]] static bool is_metadata(std::string_view field);

 private:
  std::unordered_set<std::string> exact_;
  std::unordered_map<std::string, std::string> lower_;  // lower case → own spelling
};

/// Insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b`, in bytes;
/// `limit` + 1 if more than `limit` are needed.
[[nodiscard]] std::size_t slips_between(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace stemma::query
