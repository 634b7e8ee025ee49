// Metadata in a range: the documents one of whose numbers or dates lies there. No score.
#pragma once

#include "execution/bitmap.h"
#include "query/node.h"
#include "segment/segment.h"

namespace stemma::execution {

/// Documents with a number of column `range.field` in [low, high].
[[nodiscard]] Bitmap numbers_in_range(const segment::Segment& segment, const query::Node& range);
/// Documents with a date of column `range.field` (empty: "date") that overlaps `range.dates`.
[[nodiscard]] Bitmap dates_in_range(const segment::Segment& segment, const query::Node& range);

/// The column that a date range asks.
[[nodiscard]] std::string date_column(const query::Node& range);

}  // namespace stemma::execution
