// An interval of dates becomes an interval of the packed numbers once, so that most dates are told
// apart by one comparison and never decoded.
#include "execution/range.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <utility>

#include "kernels/scan.h"

namespace stemma::execution {
namespace {

using segment::DateColumn;
using segment::NumberColumn;
using segment::ScaledNumbers;

class NumbersInRange {
 public:
  NumbersInRange(const segment::Segment& segment, const query::Node& range)
      : column_(segment.number_column(range.field)), low_(range.low), high_(range.high) {}

  [[nodiscard]] const segment::ColumnDocuments& documents() const { return column_.documents; }
  [[nodiscard]] bool has(std::uint64_t index) const {
    const double value = column_[index];
    return low_ <= value && value <= high_;
  }
  /// Fills `bits` if no document has two values and that is quicker than has() for each.
  bool fill(Bitmap& /*bits*/) const { return false; }

 private:
  NumberColumn column_;
  double low_;
  double high_;
};

// A date overlaps the wanted interval if it begins at its end or before and ends at its begin or
// behind. Lengths of dates differ little or not at all, so the second question, too, is mostly
// answered by where the date begins: from `sure_` on even the shortest ends late enough, before
// `maybe_` not even the longest does.
class DatesInRange {
 public:
  DatesInRange(const segment::Segment& segment, const query::Node& range)
      : column_(segment.date_column(date_column(range))), wanted_(range.dates) {
    compare_packed_ = cannot_overflow();
    if (!compare_packed_) return;
    const auto least = static_cast<std::int64_t>(column_.firsts.least);
    const std::uint64_t unit = column_.firsts.unit;
    if (wanted_.last < least) return;
    last_ = (static_cast<std::uint64_t>(wanted_.last) - column_.firsts.least) / unit;
    const std::uint64_t shortest = column_.lengths.least;
    const std::uint64_t longest = shortest + column_.lengths.numbers.most() * column_.lengths.unit;
    // The least number whose date ends late enough if it is so long.
    const auto begin = [&](std::uint64_t length) -> std::uint64_t {
      const auto last = static_cast<std::int64_t>(column_.firsts.least + length);
      if (wanted_.first <= last) return 0;
      const std::uint64_t missing =
          static_cast<std::uint64_t>(wanted_.first) - static_cast<std::uint64_t>(last);
      return missing / unit + (missing % unit != 0 ? 1 : 0);
    };
    sure_ = begin(shortest);
    maybe_ = begin(longest);
  }

  [[nodiscard]] const segment::ColumnDocuments& documents() const { return column_.documents; }
  [[nodiscard]] bool has(std::uint64_t index) const {
    if (!compare_packed_) return overlaps(index);
    const std::uint64_t first = column_.firsts.numbers[index];
    if (first > last_ || first < maybe_) return false;
    return first >= sure_ || overlaps(index);
  }
  /// Fills `bits` if no document has two values and that is quicker than has() for each.
  bool fill(Bitmap& bits) const {
    const segment::PackedBits& firsts = column_.firsts.numbers;
    if (!compare_packed_ || !documents().one_at_most() || firsts.width() > 32) return false;
    const std::uint64_t last = std::min(last_, firsts.most());
    if (maybe_ > last) return true;
    const auto size = static_cast<std::size_t>(firsts.size());
    const auto find = [&](std::uint64_t* out) {
      kernels::scanner().bits_between(firsts.bytes(), firsts.width(), size,
                                      static_cast<std::uint32_t>(maybe_),
                                      static_cast<std::uint32_t>(last), out);
    };
    if (documents().one_each()) {
      find(bits.words().data());
    } else {
      std::vector<std::uint64_t> of_values(size / 64 + 2);
      find(of_values.data());
      kernels::scanner().spread_bits(of_values.data(), documents().places().present.data(),
                                     bits.words().size(), bits.words().data());
    }
    if (maybe_ < sure_)
      bits.remove_if([this](Ordinal doc) { return !has(*documents().place_of(doc)); });
    return true;
  }

 private:
  [[nodiscard]] bool overlaps(std::uint64_t index) const {
    const DateInterval date = column_[index];
    return date.first <= wanted_.last && wanted_.first <= date.last;
  }
  // Whether packed numbers of this width compare as the seconds they stand for: always so, unless
  // dates span a good part of 64 bits.
  [[nodiscard]] bool cannot_overflow() const {
    const auto longest = most(column_.lengths);
    const auto latest = most(column_.firsts.numbers.most(), column_.firsts.unit);
    if (!longest || !latest || column_.firsts.unit == 0) return false;
    const std::uint64_t room =
        static_cast<std::uint64_t>(INT64_MAX) - static_cast<std::uint64_t>(column_.firsts.least);
    return *latest <= room && *longest <= room - *latest;
  }
  static std::optional<std::uint64_t> most(std::uint64_t number, std::uint64_t unit) {
    std::uint64_t product = 0;
    if (__builtin_mul_overflow(number, unit, &product)) return std::nullopt;
    return product;
  }
  static std::optional<std::uint64_t> most(const ScaledNumbers& scaled) {
    const auto product = most(scaled.numbers.most(), scaled.unit);
    if (!product || *product > std::numeric_limits<std::uint64_t>::max() - scaled.least) {
      return std::nullopt;
    }
    return *product + scaled.least;
  }

  DateColumn column_;
  DateInterval wanted_;
  bool compare_packed_ = false;
  // Of packed first seconds; nothing is wanted as long as they are so.
  std::uint64_t maybe_ = 1;
  std::uint64_t sure_ = 1;
  std::uint64_t last_ = 0;
};

template <class InRange>
Bitmap bitmap_of(const InRange& range, std::uint32_t documents) {
  Bitmap bits(documents);
  const segment::ColumnDocuments& column = range.documents();
  if (range.fill(bits)) return bits;
  for (std::uint64_t i = 0; i < column.size(); ++i) {
    const std::uint64_t doc = column[i];
    if (doc < documents && range.has(i)) bits.add(static_cast<Ordinal>(doc));
  }
  return bits;
}

template <class InRange>
class RangeCondition final : public Condition {
 public:
  RangeCondition(const segment::Segment& segment, const query::Node& range, bool wanted)
      : range_(segment, range),
        documents_(segment.document_count()),
        wanted_(wanted),
        tests_left_(documents_ / kTestsWorthABitmap) {}

  bool holds(Ordinal doc, std::span<const PostingIndex> /*postings*/) override {
    if (bitmap_) return bitmap_->has(doc) == wanted_;
    if (tests_left_ == 0) return members()->has(doc) == wanted_;
    --tests_left_;
    return has(doc) == wanted_;
  }
  [[nodiscard]] const Bitmap* members() override {
    if (!bitmap_) bitmap_ = bitmap_of(range_, documents_);
    return &*bitmap_;
  }
  [[nodiscard]] bool wants_members() const override { return wanted_; }

 private:
  // The bits of so many documents take as long as the test of one candidate.
  static constexpr std::uint32_t kTestsWorthABitmap = 64;

  [[nodiscard]] bool has(Ordinal doc) {
    const segment::ColumnDocuments& column = range_.documents();
    if (column.one_at_most()) {
      const auto place = column.place_of(doc);
      return place && range_.has(*place);
    }
    at_ = column.first_from(doc, at_);
    for (std::uint64_t i = at_; i < column.size() && column[i] == doc; ++i) {
      if (range_.has(i)) return true;
    }
    return false;
  }

  InRange range_;
  std::uint32_t documents_;
  bool wanted_;
  std::uint32_t tests_left_;
  std::uint64_t at_ = 0;
  std::optional<Bitmap> bitmap_;
};

}  // namespace

std::string date_column(const query::Node& range) {
  return range.field.empty() ? "date" : range.field;
}

Bitmap numbers_in_range(const segment::Segment& segment, const query::Node& range) {
  return bitmap_of(NumbersInRange(segment, range), segment.document_count());
}

Bitmap dates_in_range(const segment::Segment& segment, const query::Node& range) {
  return bitmap_of(DatesInRange(segment, range), segment.document_count());
}

ConditionPtr range_condition(const query::Node& range, bool wanted,
                             const segment::Segment& segment) {
  if (range.kind == query::NodeKind::number_range) {
    return std::make_unique<RangeCondition<NumbersInRange>>(segment, range, wanted);
  }
  return std::make_unique<RangeCondition<DatesInRange>>(segment, range, wanted);
}

}  // namespace stemma::execution
