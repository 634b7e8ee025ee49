// Metadata in a range: the documents one of whose numbers or dates lies there. No score.
//
// Two ways to ask: one document after the other, which costs a few nanoseconds each, or all of them
// at once as bits, which costs less than a nanosecond each. A filter on candidates begins with the
// first and turns to the second once it has been asked often.
#pragma once

#include <string>

#include "execution/bitmap.h"
#include "execution/condition.h"
#include "query/node.h"
#include "segment/segment.h"

namespace stemma::execution {

/// Documents with a number of column `range.field` in [low, high].
[[nodiscard]] Bitmap numbers_in_range(const segment::Segment& segment, const query::Node& range);
/// Documents with a date of column `range.field` (empty: "date") that overlaps `range.dates`.
[[nodiscard]] Bitmap dates_in_range(const segment::Segment& segment, const query::Node& range);

/// The document is, or is not, in a number_range or date_range. Segment and node must outlive it.
[[nodiscard]] ConditionPtr range_condition(const query::Node& range, bool wanted,
                                           const segment::Segment& segment);

/// The column that a date range asks.
[[nodiscard]] std::string date_column(const query::Node& range);

}  // namespace stemma::execution
