// Which words before a colon are fields.
//
// title, source, author, lang, url and date always are; the rest are the metadata fields that the
// index holds. A name is found as written first, then without regard to case.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stemma::query {

class FieldNames {
 public:
  /// `metadata` must outlive it.
  explicit FieldNames(const std::vector<std::string>& metadata) : metadata_(metadata) {}

  /// The field's own spelling, if `typed` names one.
  [[nodiscard]] std::optional<std::string> find(std::string_view typed) const;
  /// The nearest name within two slips of the keyboard, if there is one.
  [[nodiscard]] std::optional<std::string> nearest(std::string_view typed) const;
  /// Neither title nor one of source, author, lang, url, date.
  [[nodiscard]] static bool is_metadata(std::string_view field);

 private:
  [[nodiscard]] std::vector<std::string_view> all() const;  // the known ones first

  const std::vector<std::string>& metadata_;
};

/// Insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b`, in bytes;
/// `limit` + 1 if more than `limit` are needed.
[[nodiscard]] std::size_t slips_between(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace stemma::query
