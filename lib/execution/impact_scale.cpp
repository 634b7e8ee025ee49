// The factor: (k1 (1 - b + b l / avg) + tf) with the reference's parameters, divided by the same
// with the query's. For a given tf it is monotone in l, for a given l it goes monotonically to 1 as
// tf grows, so its extremes are at tf = 1 with the shortest and an endless document, and 1.
#include "execution/impact_scale.h"

#include <algorithm>
#include <cmath>

namespace stemma::execution {
namespace {

constexpr double kLevels = 255;
// Far more than rounding can add to or take from a product of a few doubles.
constexpr double kSlack = 1e-9;

// k1 (1 - b + b l / avg) as a line in l.
struct LengthPart {
  double constant;
  double slope;
  LengthPart(double k1, double b, double average)
      : constant(k1 * (1 - b)), slope(average == 0 ? 0 : k1 * b / average) {}
  [[nodiscard]] double at(double length) const { return constant + slope * length; }
};

}  // namespace

ImpactScale::ImpactScale(const segment::Segment& segment, const scoring::Bm25& bm25,
                         double average_length, double total_weight) {
  const segment::ImpactReference& reference = segment.impact_reference();
  const LengthPart then(reference.k1, reference.b, reference.average_length);
  const LengthPart now(bm25.k1, bm25.b, average_length);
  const double shortest = segment.shortest_length();
  const double at_shortest = (then.at(shortest) + 1) / (now.at(shortest) + 1);
  // No slope now: the tf-part is at most 1 whatever the level says, and level 1 is the least.
  const double at_endless = now.slope > 0 ? then.slope / now.slope : kLevels;
  const double down = now.slope > 0 ? at_endless : 0;
  growth_ = std::max({1.0, at_shortest, at_endless}) * (1 + kSlack);
  shrink_ = std::min({1.0, at_shortest, down}) * (1 - kSlack);
  scale_ = total_weight > 0 ? static_cast<double>(kMost) / (total_weight * growth_) : 1;
}

std::uint32_t ImpactScale::unit(double weight) const {
  return static_cast<std::uint32_t>(std::ceil(weight * growth_ * scale_ / kLevels));
}

std::uint32_t ImpactScale::threshold(double score) const {
  const double fixed = std::floor(score * scale_) - 2;
  if (!(fixed > 0)) return 0;
  return static_cast<std::uint32_t>(std::min(fixed, 2.0 * kMost));
}

double ImpactScale::least_score(double weight, std::uint8_t level) const {
  if (level <= 1) return 0;
  return weight * (level - 1) / kLevels * shrink_;
}

}  // namespace stemma::execution
