// Dates as intervals. Days are counted by the civil-calendar formula on years that begin in March,
// so that the leap day comes last and needs no table.
#include "text/iso_date.h"

#include <array>
#include <cstdint>
#include <cstdlib>

namespace stemma::text {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kMaxYear = 999'999;

// A period of 400 years has 146,097 days; March-based years put leap days at the end.
constexpr std::int64_t days_from_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
  const std::int64_t shifted_year = month <= 2 ? year - 1 : year;
  const std::int64_t era = (shifted_year >= 0 ? shifted_year : shifted_year - 399) / 400;
  const std::int64_t year_of_era = shifted_year - era * 400;
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719'468;
}
static_assert(days_from_civil(1970, 1, 1) == 0 && days_from_civil(2000, 3, 1) == 11'017);

struct CivilDate {
  std::int64_t year = 0;
  std::int64_t month = 1;
  std::int64_t day = 1;
};

constexpr CivilDate civil_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t day_of_era = days - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

constexpr bool is_leap(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
constexpr std::int64_t days_in_month(std::int64_t year, std::int64_t month) {
  constexpr std::array<std::int64_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

/// Takes pieces off the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  bool skip(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// Exactly `digits` digits in [low, high].
  std::optional<std::int64_t> number(std::size_t digits, std::int64_t low, std::int64_t high) {
    if (rest_.size() < digits) return std::nullopt;
    std::int64_t value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(digits);
    if (value < low || value > high) return std::nullopt;
    return value;
  }
  [[nodiscard]] std::size_t digits_ahead() const {
    std::size_t count = 0;
    while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') ++count;
    return count;
  }
  void drop(std::size_t count) { rest_.remove_prefix(count); }

 private:
  std::string_view rest_;
};

/// "1916", "-0044", "+12000": four digits, or a sign and four to six.
std::optional<std::int64_t> parse_year(Scanner& scanner) {
  const bool negative = scanner.skip('-');
  const bool is_signed = negative || scanner.skip('+');
  const std::size_t digits = is_signed ? scanner.digits_ahead() : 4;
  if (digits < 4 || digits > 6) return std::nullopt;
  const auto year = scanner.number(digits, 0, kMaxYear);
  if (!year) return std::nullopt;
  return negative ? -*year : *year;
}

/// What follows a time: "", "Z", "+02:00", "+0200", "+02". Seconds east of Greenwich.
std::optional<std::int64_t> parse_zone(Scanner& scanner) {
  if (scanner.done()) return 0;
  if (scanner.skip('Z') || scanner.skip('z')) return 0;
  const bool west = scanner.skip('-');
  if (!west && !scanner.skip('+')) return std::nullopt;
  const auto hours = scanner.number(2, 0, 23);
  if (!hours) return std::nullopt;
  std::int64_t minutes = 0;
  if (scanner.skip(':') || !scanner.done()) {
    const auto given = scanner.number(2, 0, 59);
    if (!given) return std::nullopt;
    minutes = *given;
  }
  const std::int64_t offset = *hours * 3'600 + minutes * 60;
  return west ? -offset : offset;
}

/// The time of day after the T, as an interval of `day`, which starts at `midnight`.
std::optional<DateInterval> parse_time(Scanner& scanner, std::int64_t midnight) {
  const auto hour = scanner.number(2, 0, 24);
  if (!hour || !scanner.skip(':')) return std::nullopt;
  const auto minute = scanner.number(2, 0, 59);
  if (!minute) return std::nullopt;
  std::int64_t first = midnight + *hour * 3'600 + *minute * 60;
  std::int64_t length = 60;
  std::int64_t second_of_minute = 0;
  if (scanner.skip(':')) {
    const auto second = scanner.number(2, 0, 60);  // 60: a leap second, counted as the next minute
    if (!second) return std::nullopt;
    second_of_minute = *second;
    length = 1;
    if (scanner.skip('.') || scanner.skip(',')) {
      const std::size_t digits = scanner.digits_ahead();
      if (digits == 0) return std::nullopt;
      scanner.drop(digits);
    }
  }
  if (*hour == 24 && (*minute > 0 || second_of_minute > 0)) return std::nullopt;
  const auto zone = parse_zone(scanner);
  if (!zone || !scanner.done()) return std::nullopt;
  first += second_of_minute - *zone;
  return DateInterval{first, first + length - 1};
}

DateInterval days_interval(std::int64_t first_day, std::int64_t days) {
  return {first_day * kSecondsPerDay, (first_day + days) * kSecondsPerDay - 1};
}

struct ParsedDate {
  DateInterval interval;
  bool has_day = false;
};

std::optional<ParsedDate> parse(std::string_view text) {
  Scanner scanner(text);
  const auto year = parse_year(scanner);
  if (!year) return std::nullopt;
  if (scanner.done()) {
    return ParsedDate{days_interval(days_from_civil(*year, 1, 1), is_leap(*year) ? 366 : 365)};
  }
  if (!scanner.skip('-')) return std::nullopt;
  const auto month = scanner.number(2, 1, 12);
  if (!month) return std::nullopt;
  const std::int64_t month_days = days_in_month(*year, *month);
  if (scanner.done()) {
    return ParsedDate{days_interval(days_from_civil(*year, *month, 1), month_days)};
  }
  if (!scanner.skip('-')) return std::nullopt;
  const auto day = scanner.number(2, 1, month_days);
  if (!day) return std::nullopt;
  const std::int64_t first_day = days_from_civil(*year, *month, *day);
  if (scanner.done()) return ParsedDate{days_interval(first_day, 1), true};
  if (!scanner.skip('T') && !scanner.skip('t') && !scanner.skip(' ')) return std::nullopt;
  const auto time = parse_time(scanner, first_day * kSecondsPerDay);
  if (!time) return std::nullopt;
  return ParsedDate{*time, true};
}

std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}
std::string year_text(std::int64_t year) {
  if (year < 0) return "-" + padded(-year, 4);
  return (year > 9'999 ? "+" : "") + padded(year, 4);
}

/// "1916-03-05T10:20:30Z" of one second.
std::string second_text(std::int64_t second) {
  const std::int64_t days = second / kSecondsPerDay - (second % kSecondsPerDay < 0 ? 1 : 0);
  const std::int64_t rest = second - days * kSecondsPerDay;
  const CivilDate date = civil_from_days(days);
  return year_text(date.year) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T" +
         padded(rest / 3'600, 2) + ":" + padded(rest / 60 % 60, 2) + ":" + padded(rest % 60, 2) +
         "Z";
}

}  // namespace

std::optional<DateInterval> parse_iso_date(std::string_view text) {
  const auto parsed = parse(text);
  if (!parsed) return std::nullopt;
  return parsed->interval;
}

bool is_full_iso_date(std::string_view text) {
  const auto parsed = parse(text);
  return parsed && parsed->has_day;
}

std::string to_iso_text(const DateInterval& interval) {
  // Each shorter text is a prefix of the full one: year, month, day, minute (with its Z), second.
  std::string full = second_text(interval.first);
  const std::size_t sign = full.front() == '-' || full.front() == '+' ? 1 : 0;
  const std::size_t year = full.find('-', sign);
  for (const std::size_t length : {year, year + 3, year + 6}) {
    std::string shorter = full.substr(0, length);
    if (parse_iso_date(shorter) == interval) return shorter;
  }
  std::string minute = full.substr(0, year + 12) + "Z";
  if (parse_iso_date(minute) == interval) return minute;
  if (interval.first == interval.last) return full;
  return full + ".." + second_text(interval.last);
}

}  // namespace stemma::text
