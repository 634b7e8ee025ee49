// Ranges over columns of every shape against the definition: one document after the other, every
// value looked at.
#include "execution/range.h"

#include <gtest/gtest.h>

#include <limits>

#include "execution/random.h"
#include "execution/small_index.h"
#include "execution/trees.h"

namespace stemma::execution {
namespace {

using namespace testing;  // NOLINT: builders of trees

constexpr std::int64_t kDay = 86'400;

// How many values a document has, and of what kind they are.
struct Shape {
  std::uint32_t least_values = 0;
  std::uint32_t most_values = 3;
  std::int64_t unit = 1;
  std::int64_t origin = 0;
  std::uint32_t spread = 100;  // in units
  std::uint32_t longest = 10;  // in units, beside one less a second
  bool extremes = false;
};

DateInterval any_dates(Random& random, const Shape& shape) {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  if (shape.extremes && random.one_in(4)) {
    const std::vector<DateInterval> all = {{kLeast, kLeast}, {kMost, kMost}, {kLeast, kMost},
                                           {kLeast, 0},      {0, kMost},     {-1, kMost - 1}};
    return random.pick(all);
  }
  const std::int64_t first = shape.origin + shape.unit * random.below(shape.spread);
  return {first, first + shape.unit * (1 + random.below(shape.longest)) - 1};
}

Shape any_shape(Random& random) {
  const std::vector<Shape> shapes = {
      {},
      {.least_values = 1, .most_values = 1},
      {.least_values = 1, .most_values = 1, .unit = kDay, .longest = 1},
      {.least_values = 1, .most_values = 1, .unit = kDay, .origin = -90'000 * kDay},
      {.least_values = 0, .most_values = 1, .unit = kDay, .spread = 30'000},
      {.least_values = 1, .most_values = 2, .unit = 3600, .spread = 3},
      {.least_values = 1, .most_values = 1, .spread = 1, .longest = 1},
      {.least_values = 1, .most_values = 1, .extremes = true},
      {.least_values = 0, .most_values = 3, .extremes = true}};
  return random.pick(shapes);
}

std::vector<SmallDocument> any_documents(Random& random, const Shape& shape) {
  const std::vector<std::uint32_t> sizes = {1, 2, 63, 64, 65, 128, 200, 700};
  std::vector<SmallDocument> documents(random.pick(sizes));
  for (SmallDocument& document : documents) {
    document.words = {"a1"};
    const std::uint32_t values = random.between(shape.least_values, shape.most_values);
    for (std::uint32_t i = 0; i < values; ++i) {
      document.dates.push_back(any_dates(random, shape));
      document.prices.push_back((random.below(400) - 200.0) / 8);
    }
  }
  return documents;
}

bool is_in(const query::Node& range, const SmallDocument& document) {
  if (range.kind == NodeKind::number_range) {
    return std::any_of(document.prices.begin(), document.prices.end(),
                       [&](double price) { return range.low <= price && price <= range.high; });
  }
  return std::any_of(document.dates.begin(), document.dates.end(), [&](const DateInterval& date) {
    return date.first <= range.dates.last && range.dates.first <= date.last;
  });
}

void expect_definition(const segment::Segment& segment, const query::Node& range,
                       const std::vector<SmallDocument>& documents, Random& random) {
  const Bitmap bits = range.kind == NodeKind::number_range ? numbers_in_range(segment, range)
                                                           : dates_in_range(segment, range);
  std::uint32_t count = 0;
  const bool wanted = random.one_in(2);
  const ConditionPtr condition = range_condition(range, wanted, segment);
  const bool shuffled = random.one_in(2);
  for (Ordinal doc = 0; doc < documents.size(); ++doc) {
    const bool expected = is_in(range, documents[doc]);
    count += expected ? 1 : 0;
    ASSERT_EQ(bits.has(doc), expected) << "document " << doc;
    const Ordinal any = shuffled ? random.below(documents.size()) : doc;
    ASSERT_EQ(condition->holds(any, {}), is_in(range, documents[any]) == wanted)
        << "condition, document " << any;
  }
  ASSERT_EQ(bits.count(), count) << "bits beyond the last document";
}

TEST(Range, EqualsItsDefinition) {
  for (std::uint32_t seed = 1; seed <= 120; ++seed) {
    Random random(seed);
    const Shape shape = any_shape(random);
    const std::vector<SmallDocument> documents = any_documents(random, shape);
    const SmallIndex index({documents});
    const segment::Segment& segment = *index.snapshot().segments().front().segment;
    for (int i = 0; i < 40; ++i) {
      DateInterval wanted = any_dates(random, shape);
      // Ends that meet the ends of dates, and miss them by a second; also the wrong way round.
      if (random.one_in(2)) wanted.first = any_dates(random, shape).last;
      if (random.one_in(2)) wanted.last = any_dates(random, shape).first;
      if (random.one_in(4) && wanted.first > std::numeric_limits<std::int64_t>::min()) {
        --wanted.first;
      }
      if (random.one_in(4) && wanted.last < std::numeric_limits<std::int64_t>::max()) {
        ++wanted.last;
      }
      expect_definition(segment, date_range(wanted), documents, random);
      const double low = (random.below(400) - 200.0) / 8;
      expect_definition(segment, number_range("price", low, low + random.below(20) - 2), documents,
                        random);
      expect_definition(segment, number_range("none", -1e9, 1e9),
                        std::vector<SmallDocument>(documents.size()), random);
      if (HasFatalFailure()) FAIL() << "seed " << seed << ", range " << i;
    }
  }
}

}  // namespace
}  // namespace stemma::execution
