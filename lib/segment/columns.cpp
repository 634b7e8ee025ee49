// Both directions of the columns; the two must be read side by side.
#include "segment/columns.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "stemma/error.h"

namespace stemma::segment {
namespace {

constexpr const char* kDateColumn = "date";

/// Values as (value - least) / unit.
struct Scaled {
  std::uint64_t least = 0;
  std::uint64_t unit = 1;
  std::vector<std::uint64_t> values;

  /// Differences are taken modulo 2^64, so that any two seconds of a 64-bit clock have one.
  Scaled(std::vector<std::uint64_t> numbers, std::uint64_t least_number)
      : least(least_number), values(std::move(numbers)) {
    std::uint64_t divisor = 0;
    for (std::uint64_t& value : values) divisor = std::gcd(divisor, value -= least);
    unit = std::max<std::uint64_t>(divisor, 1);
    for (std::uint64_t& value : values) value /= unit;
  }
};

template <class Value>
std::vector<std::uint32_t> sorted_documents(std::vector<Value>& values) {
  std::stable_sort(values.begin(), values.end(),
                   [](const Value& a, const Value& b) { return a.doc < b.doc; });
  std::vector<std::uint32_t> documents;
  documents.reserve(values.size());
  for (const Value& value : values) documents.push_back(value.doc);
  return documents;
}

void write_scaled(const Scaled& scaled, ByteWriter& section, ByteWriter& footer) {
  footer.u64(scaled.least);
  footer.varint(scaled.unit);
  write_packed(scaled.values, section, footer);
}

void write_dates(const std::vector<DateValue>& dates, ByteWriter& section, ByteWriter& footer) {
  std::vector<std::uint64_t> firsts;
  std::vector<std::uint64_t> lengths;
  std::int64_t first_least = INT64_MAX;
  for (const DateValue& date : dates) {
    firsts.push_back(static_cast<std::uint64_t>(date.value.first));
    lengths.push_back(static_cast<std::uint64_t>(date.value.last) - firsts.back());
    first_least = std::min(first_least, date.value.first);
  }
  const std::uint64_t length_least = *std::min_element(lengths.begin(), lengths.end());
  write_scaled(Scaled(std::move(firsts), static_cast<std::uint64_t>(first_least)), section, footer);
  write_scaled(Scaled(std::move(lengths), length_least), section, footer);
}

}  // namespace

void ColumnsWriter::add(std::string_view column, const NumberValue& value) {
  numbers_[std::string(column)].push_back(value);
}

void ColumnsWriter::add(std::string_view column, const DateValue& value) {
  if (value.value.last < value.value.first) {
    throw Error(Error::Kind::invalid_argument,
                "a date in column '" + std::string(column) + "' ends before it begins");
  }
  dates_[std::string(column)].push_back(value);
}

ByteWriter ColumnsWriter::arrays(ByteWriter& footer) {
  ByteWriter section;
  footer.varint(numbers_.size());
  for (auto& [name, values] : numbers_) {
    footer.text(name);
    write_packed(sorted_documents(values), section, footer, 1);
    footer.varint(section.size());
    for (const NumberValue& value : values) section.f64(value.value);
  }
  footer.varint(dates_.size());
  for (auto& [name, values] : dates_) {
    footer.text(name);
    write_packed(sorted_documents(values), section, footer, 1);
    write_dates(values, section, footer);
  }
  return section;
}

Columns::Columns(const Section& section, std::uint32_t documents, ByteReader& footer)
    : section_(&section), documents_(documents) {
  for (std::uint64_t count = footer.varint(); count > 0; --count) {
    std::string name(footer.text());
    Numbers& column = numbers_[std::move(name)];
    column.documents = PackedArray(section, footer);
    column.offset = footer.varint();
    if (column.offset > section.size() ||
        column.documents.size() > (section.size() - column.offset) / 8) {
      corrupt("a column of numbers");
    }
  }
  for (std::uint64_t count = footer.varint(); count > 0; --count) {
    std::string name(footer.text());
    Dates& column = dates_[std::move(name)];
    column.documents = PackedArray(section, footer);
    column.first_least = footer.u64();
    column.first_unit = footer.varint();
    column.firsts = PackedArray(section, footer);
    column.length_least = footer.u64();
    column.length_unit = footer.varint();
    column.lengths = PackedArray(section, footer);
    if (column.documents.width() == 0 || column.firsts.size() != column.documents.size() ||
        column.lengths.size() != column.documents.size()) {
      corrupt("a column of dates");
    }
  }
}

DateInterval Columns::Dates::operator[](std::uint64_t index) const {
  const std::uint64_t first = first_least + firsts[index] * first_unit;
  const std::uint64_t last = first + length_least + lengths[index] * length_unit;
  return {.first = static_cast<std::int64_t>(first), .last = static_cast<std::int64_t>(last)};
}

Ordinal Columns::document(const PackedArray& documents, std::uint64_t index) const {
  const std::uint64_t doc = documents[index];
  if (doc >= documents_) corrupt("a column value beyond the last document");
  return static_cast<Ordinal>(doc);
}

std::vector<std::string> Columns::names() const {
  std::vector<std::string> names;
  for (const auto& [name, column] : numbers_) names.push_back(name);
  for (const auto& [name, column] : dates_) names.push_back(name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<NumberValue> Columns::numbers(std::string_view column) const {
  std::vector<NumberValue> values;
  const auto found = numbers_.find(column);
  if (found == numbers_.end()) return values;
  const Numbers& numbers = found->second;
  const std::uint64_t count = numbers.documents.size();
  ByteReader reader(section_->read(numbers.offset, count * 8), "a column of numbers");
  values.reserve(static_cast<std::size_t>(count));
  for (std::uint64_t i = 0; i < count; ++i) {
    values.push_back({.doc = document(numbers.documents, i), .value = reader.f64()});
  }
  return values;
}

std::vector<DateValue> Columns::dates(std::string_view column) const {
  std::vector<DateValue> values;
  const auto found = dates_.find(column);
  if (found == dates_.end()) return values;
  const Dates& dates = found->second;
  for (std::uint64_t i = 0; i < dates.documents.size(); ++i) {
    values.push_back({.doc = document(dates.documents, i), .value = dates[i]});
  }
  return values;
}

template <class Column>
ColumnDocuments Columns::documents_of(const Column& column) const {
  const PackedBits values = column.documents.bits();
  if (const ValuePlaces* known = column.places.get()) return {values, *known};
  auto places = std::make_unique<ValuePlaces>();
  places->present.resize((documents_ + 63ULL) / 64);
  std::uint64_t next = 0;  // the least document that may follow
  std::uint64_t i = 0;
  for (; i < values.size() && values[i] >= next && values[i] < documents_; ++i) {
    const std::uint64_t doc = values[i];
    places->present[doc / 64] |= std::uint64_t{1} << (doc % 64);
    next = doc + 1;
  }
  if (i == values.size() && i == documents_) {
    places->shape = ValuePlaces::Shape::one_each;
    places->present = {};
  } else if (i == values.size()) {
    places->shape = ValuePlaces::Shape::one_at_most;
    std::uint32_t before = 0;
    for (const std::uint64_t word : places->present) {
      places->before.push_back(before);
      before += static_cast<std::uint32_t>(std::popcount(word));
    }
  } else {
    places->present = {};
  }
  return {values, column.places.set(std::move(places))};
}

NumberColumn Columns::number_column(std::string_view column) const {
  const auto found = numbers_.find(column);
  if (found == numbers_.end()) return {};
  const Numbers& numbers = found->second;
  NumberColumn view;
  view.documents = documents_of(numbers);
  view.values = section_->read(numbers.offset, view.documents.size() * 8).data();
  return view;
}

DateColumn Columns::date_column(std::string_view column) const {
  const auto found = dates_.find(column);
  if (found == dates_.end()) return {};
  const Dates& dates = found->second;
  DateColumn view;
  view.documents = documents_of(dates);
  view.firsts = {dates.firsts.bits(), dates.first_least, dates.first_unit};
  view.lengths = {dates.lengths.bits(), dates.length_least, dates.length_unit};
  return view;
}

std::optional<DateInterval> Columns::date(Ordinal doc) const {
  const auto found = dates_.find(std::string_view(kDateColumn));
  if (found == dates_.end()) return std::nullopt;
  const Dates& dates = found->second;
  const std::uint64_t index = dates.documents.lower_bound(doc, 0, dates.documents.size());
  if (index == dates.documents.size() || dates.documents[index] != doc) return std::nullopt;
  return dates[index];
}

void Columns::verify() const {
  for (const auto& [name, column] : numbers_) {
    const auto values = numbers(name);
    for (std::size_t i = 1; i < values.size(); ++i) {
      if (values[i].doc < values[i - 1].doc) corrupt("the order of a column");
    }
  }
  for (const auto& [name, column] : dates_) {
    const auto values = dates(name);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].value.last < values[i].value.first)
        corrupt("a date that ends before it begins");
      if (i > 0 && values[i].doc < values[i - 1].doc) corrupt("the order of a column");
    }
  }
}

}  // namespace stemma::segment
