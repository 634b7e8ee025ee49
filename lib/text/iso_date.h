// ISO 8601 dates, whole or in part, as intervals of UTC seconds (proleptic Gregorian calendar).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stemma/types.h"

namespace stemma::text {

/// "1916", "1916-03", "1916-03-05", "1916-03-05T10:20", "…T10:20:30[.5][Z|+02:00]"; a space may
/// stand for the T; "-0044" and "+12000" are years too. A part is an interval: "1916-03" is all of
/// March. nullopt if it is no date (a 13th month, 30 February).
[[nodiscard]] std::optional<DateInterval> parse_iso_date(std::string_view text);

/// A date with at least a year, a month and a day: what makes a metadata text a date as well.
[[nodiscard]] bool is_full_iso_date(std::string_view text);

/// The shortest ISO 8601 text that `parse_iso_date` reads back as the same interval, or
/// "first..last" if there is none.
[[nodiscard]] std::string to_iso_text(const DateInterval& interval);

}  // namespace stemma::text
