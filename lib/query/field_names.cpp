// Recognition of field names, and "did you mean" by restricted Damerau–Levenshtein distance.
#include "query/field_names.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/term.h"

namespace stemma::query {
namespace {

constexpr std::array<std::string_view, 6> kKnownFields = {"title", "source", "author",
                                                          "lang",  "url",    "date"};

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

}  // namespace

std::vector<std::string_view> FieldNames::all() const {
  std::vector<std::string_view> names(kKnownFields.begin(), kKnownFields.end());
  for (const std::string& name : metadata_) {
    if (!name.empty() && name.size() <= kMaxFieldNameBytes) names.push_back(name);
  }
  return names;
}

// There are few fields, and few queries that name one: they are read through, not kept in maps.
std::optional<std::string> FieldNames::find(std::string_view typed) const {
  if (typed.empty() || typed.size() > kMaxFieldNameBytes) return std::nullopt;
  const std::vector<std::string_view> names = all();
  if (std::find(names.begin(), names.end(), typed) != names.end()) return std::string(typed);
  const std::string lower = lower_ascii(typed);
  const auto same = std::find_if(names.begin(), names.end(), [&](std::string_view name) {
    return name.size() == lower.size() && lower_ascii(name) == lower;
  });
  if (same == names.end()) return std::nullopt;
  return std::string(*same);
}

std::optional<std::string> FieldNames::nearest(std::string_view typed) const {
  const std::string name = lower_ascii(typed);
  if (name.size() > kMaxFieldNameBytes) return std::nullopt;
  const std::size_t allowed = name.size() < 3 ? 0 : name.size() < 5 ? 1 : 2;
  std::optional<std::string> best;
  std::size_t best_slips = allowed + 1;
  std::unordered_set<std::string> seen;  // of spellings that differ in case the first one counts
  for (const std::string_view own : all()) {
    const std::string lower = lower_ascii(own);
    if (!seen.insert(lower).second) continue;
    const std::size_t slips = slips_between(name, lower, allowed);
    // Ties go to the first in the alphabet.
    if (slips < best_slips || (slips == best_slips && best && own < *best)) {
      best = own;
      best_slips = slips;
    }
  }
  return best;
}

bool FieldNames::is_metadata(std::string_view field) {
  return !field.empty() &&
         std::find(kKnownFields.begin(), kKnownFields.end(), field) == kKnownFields.end();
}

std::size_t slips_between(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], limit + 1);
}

}  // namespace stemma::query
