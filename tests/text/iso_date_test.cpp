// Dates as intervals: parts, edges of the calendar, zones, and the way back.
#include "text/iso_date.h"

#include <gtest/gtest.h>

#include "text/random_text.h"

namespace stemma::text {
namespace {

using testing::below;
using testing::for_all_seeds;

constexpr std::int64_t kDay = 86'400;

TEST(IsoDate, ReadsPartsAsIntervals) {
  EXPECT_EQ(parse_iso_date("1970"), (DateInterval{0, 365 * kDay - 1}));
  EXPECT_EQ(parse_iso_date("1970-01"), (DateInterval{0, 31 * kDay - 1}));
  EXPECT_EQ(parse_iso_date("1970-01-02"), (DateInterval{kDay, 2 * kDay - 1}));
  EXPECT_EQ(parse_iso_date("1970-01-01T00:01"), (DateInterval{60, 119}));
  EXPECT_EQ(parse_iso_date("1970-01-01 00:01"), (DateInterval{60, 119}));
  EXPECT_EQ(parse_iso_date("1970-01-01T00:00:07"), (DateInterval{7, 7}));
  EXPECT_EQ(parse_iso_date("1970-01-01T00:00:07.999Z"), (DateInterval{7, 7}));
}

TEST(IsoDate, ReadsYearsFarAway) {
  EXPECT_EQ(parse_iso_date("1916-03"), (DateInterval{-1'698'969'600, -1'696'291'201}));
  EXPECT_EQ(parse_iso_date("1583-01-01")->first, -12'212'553'600);
  EXPECT_EQ(parse_iso_date("0001-01-01")->first, -62'135'596'800);
  EXPECT_EQ(parse_iso_date("-0044-03-15")->first, -63'549'360'000);
  EXPECT_TRUE(parse_iso_date("+12000").has_value());
  EXPECT_TRUE(parse_iso_date("-999999").has_value());
  EXPECT_TRUE(parse_iso_date("9999-12-31T23:59:59Z").has_value());
}

TEST(IsoDate, MovesZonesToUtc) {
  EXPECT_EQ(parse_iso_date("1970-01-01T02:00:00+02:00"), (DateInterval{0, 0}));
  EXPECT_EQ(parse_iso_date("1970-01-01T02:00:00+0200"), (DateInterval{0, 0}));
  EXPECT_EQ(parse_iso_date("1969-12-31T19:00-05"), (DateInterval{0, 59}));
  EXPECT_EQ(parse_iso_date("1970-01-01T24:00Z"), (DateInterval{kDay, kDay + 59}));
}

TEST(IsoDate, KnowsTheCalendar) {
  EXPECT_TRUE(parse_iso_date("2000-02-29").has_value());
  EXPECT_TRUE(parse_iso_date("2024-02-29").has_value());
  EXPECT_FALSE(parse_iso_date("1900-02-29").has_value());
  EXPECT_FALSE(parse_iso_date("2023-02-29").has_value());
  EXPECT_FALSE(parse_iso_date("2023-04-31").has_value());
}

TEST(IsoDate, RefusesWhatIsNoDate) {
  for (const char* text : {"",
                           "-",
                           "+",
                           "19",
                           "191",
                           "19167",
                           "1916-",
                           "1916-3",
                           "1916-13",
                           "1916-00",
                           "1916-03-00",
                           "1916-03-32",
                           "1916-02-30",
                           "1916-03-05T",
                           "1916-03-05T1",
                           "1916-03-05T10",
                           "1916-03-05T25:00",
                           "1916-03-05T10:60",
                           "1916-03-05T10:20:61",
                           "1916-03-05T10:20:30.",
                           "1916-03-05T10:20+",
                           "1916-03-05T10:20+25:00",
                           "1916-03-05T10:20+02:",
                           "1916-03-05T10:20:30ZZ",
                           "1916-03-05T24:00:01",
                           "1916/03/05",
                           "March 1916",
                           "1916-03-05x",
                           " 1916",
                           "1916 ",
                           "+1234567",
                           "-044",
                           "１９１６",
                           "1916-03-05T24:01"}) {
    EXPECT_FALSE(parse_iso_date(text).has_value()) << text;
  }
}

TEST(IsoDate, CallsFullWhatHasADay) {
  EXPECT_FALSE(is_full_iso_date("1916"));
  EXPECT_FALSE(is_full_iso_date("1916-03"));
  EXPECT_TRUE(is_full_iso_date("1916-03-05"));
  EXPECT_TRUE(is_full_iso_date("1916-03-05T10:20Z"));
  EXPECT_FALSE(is_full_iso_date("1916-03-35"));
}

TEST(IsoDate, WritesTheShortestTextOfAnInterval) {
  for (const char* text :
       {"1916", "1916-03", "1916-03-05", "1916-03-05T10:20Z", "1916-03-05T10:20:30Z", "-0044",
        "-0044-03-15", "+12000", "0000-02-29", "+12000-01-01T00:00:00Z"}) {
    EXPECT_EQ(to_iso_text(*parse_iso_date(text)), text);
  }
  EXPECT_EQ(to_iso_text({0, 2 * kDay - 1}), "1970-01-01T00:00:00Z..1970-01-02T23:59:59Z");
  EXPECT_EQ(to_iso_text({0, 3'600}), "1970-01-01T00:00:00Z..1970-01-01T01:00:00Z");
}

TEST(IsoDate, SurvivesExtremeSeconds) {
  EXPECT_FALSE(to_iso_text({INT64_MIN, INT64_MIN}).empty());
  EXPECT_FALSE(to_iso_text({INT64_MIN, INT64_MAX}).empty());
}

TEST(IsoDate, ReadsBackEverySecondThatItWrites) {
  for_all_seeds(3000, [](std::mt19937& random) {
    const auto range = static_cast<std::int64_t>(1) << (10 + below(random, 34));
    const std::int64_t second =
        static_cast<std::int64_t>(random() * 0x1'0000'0000ULL + random()) % range;
    ASSERT_EQ(parse_iso_date(to_iso_text({second, second})), (DateInterval{second, second}));
    // Days follow each other without gap, in both directions from 1970.
    const std::int64_t midnight = second - ((second % kDay) + kDay) % kDay;
    const std::string day = to_iso_text({midnight, midnight + kDay - 1});
    ASSERT_EQ(parse_iso_date(day), (DateInterval{midnight, midnight + kDay - 1})) << day;
    ASSERT_TRUE(is_full_iso_date(day)) << day;
  });
}

TEST(IsoDate, NeverFailsOnAnyText) {
  for_all_seeds(3000, [](std::mt19937& random) {
    const std::string text = testing::any_text(random, U"0123456789-+:TZ. ", 24);
    const auto interval = parse_iso_date(text);
    if (!interval) return;
    ASSERT_LE(interval->first, interval->last) << text;
    ASSERT_EQ(parse_iso_date(to_iso_text(*interval)), interval) << text;
  });
}

}  // namespace
}  // namespace stemma::text
