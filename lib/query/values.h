// Numbers and spans of time as typed after `field:`.
#pragma once

#include <optional>
#include <string_view>

#include "stemma/types.h"

namespace stemma::query {

/// Decimal, finite; digits first, or a minus sign, or a point.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

struct NumberRange {
  double low = 0;
  double high = 0;
};

/// "5..10", "5..", "..10", ">5", ">=5", "<5", "<=5". One number alone is none.
[[nodiscard]] std::optional<NumberRange> parse_number_range(std::string_view text);
/// The same with dates; an open end is the first or last second that there is. ".." is all time.
[[nodiscard]] std::optional<DateInterval> parse_date_range(std::string_view text);

}  // namespace stemma::query
