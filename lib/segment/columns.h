// Numbers and dates of documents, by column name, each by ascending document.
//
// Documents are a packed array. Numbers are 64-bit floating point as they are. The first and last
// seconds of dates are mostly days: the first less the least, and the length less the least, each
// divided by what divides them all, so that a date takes some two bytes.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "segment/column_view.h"
#include "segment/packed_array.h"
#include "segment/paged_file.h"
#include "segment/segment.h"

namespace stemma::segment {

class ColumnsWriter {
 public:
  void add(std::string_view column, const NumberValue& value);
  void add(std::string_view column, const DateValue& value);
  /// The columns section and its description.
  [[nodiscard]] ByteWriter arrays(ByteWriter& footer);

 private:
  std::map<std::string, std::vector<NumberValue>, std::less<>> numbers_;
  std::map<std::string, std::vector<DateValue>, std::less<>> dates_;
};

class Columns {
 public:
  Columns() = default;
  Columns(const Section& section, std::uint32_t documents, ByteReader& footer);

  /// Ascending, without repeats.
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] std::vector<NumberValue> numbers(std::string_view column) const;
  [[nodiscard]] std::vector<DateValue> dates(std::string_view column) const;
  /// Without values if there is no such column. Throws Error{corrupt} at a damaged page.
  [[nodiscard]] NumberColumn number_column(std::string_view column) const;
  [[nodiscard]] DateColumn date_column(std::string_view column) const;
  /// The first value of a document in the date column `date`.
  [[nodiscard]] std::optional<DateInterval> date(Ordinal doc) const;
  void verify() const;

 private:
  // Found at the first use of a column, then remembered. Two threads that find it at the same time
  // find the same; one of them throws its own away.
  class RememberedPlaces {
   public:
    RememberedPlaces() = default;
    ~RememberedPlaces() { delete places_.load(); }
    RememberedPlaces(const RememberedPlaces&) = delete;
    RememberedPlaces& operator=(const RememberedPlaces&) = delete;
    /// Null before the first set().
    [[nodiscard]] const ValuePlaces* get() const { return places_.load(std::memory_order_acquire); }
    const ValuePlaces& set(std::unique_ptr<const ValuePlaces> places) {
      const ValuePlaces* before = nullptr;
      if (!places_.compare_exchange_strong(before, places.get())) return *before;
      return *places.release();
    }

   private:
    std::atomic<const ValuePlaces*> places_ = nullptr;
  };
  struct Numbers {
    mutable RememberedPlaces places;
    PackedArray documents;
    std::uint64_t offset = 0;
  };
  struct Dates {
    mutable RememberedPlaces places;
    PackedArray documents;
    PackedArray firsts;
    PackedArray lengths;
    std::uint64_t first_least = 0;
    std::uint64_t first_unit = 1;
    std::uint64_t length_least = 0;
    std::uint64_t length_unit = 1;
    [[nodiscard]] DateInterval operator[](std::uint64_t index) const;
  };
  template <class Column>
  [[nodiscard]] ColumnDocuments documents_of(const Column& column) const;
  [[nodiscard]] Ordinal document(const PackedArray& documents, std::uint64_t index) const;

  const Section* section_ = nullptr;
  std::uint32_t documents_ = 0;
  std::map<std::string, Numbers, std::less<>> numbers_;
  std::map<std::string, Dates, std::less<>> dates_;
};

}  // namespace stemma::segment
