// A column is read from end to end: values stand by document, and a filter that keeps few is rare.
#include "execution/range.h"

namespace stemma::execution {

std::string date_column(const query::Node& range) {
  return range.field.empty() ? "date" : range.field;
}

Bitmap numbers_in_range(const segment::Segment& segment, const query::Node& range) {
  Bitmap found(segment.document_count());
  for (const segment::NumberValue& number : segment.numbers(range.field)) {
    if (range.low <= number.value && number.value <= range.high) found.add(number.doc);
  }
  return found;
}

Bitmap dates_in_range(const segment::Segment& segment, const query::Node& range) {
  Bitmap found(segment.document_count());
  for (const segment::DateValue& date : segment.dates(date_column(range))) {
    if (date.value.first <= range.dates.last && range.dates.first <= date.value.last) {
      found.add(date.doc);
    }
  }
  return found;
}

}  // namespace stemma::execution
