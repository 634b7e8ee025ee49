// What one pass over a stretch of documents finds: which match, and their scores so far.
//
// A root operator adds its matches to a window of 4096 documents instead of handing them over one
// by one. An OR thereby becomes one pass over each list, and because lists are added in the order
// of the query's leaves, every sum is built in that order. Counting is counting bits.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "scoring/bm25.h"
#include "segment/segment.h"
#include "stemma/types.h"

namespace stemma::execution {

inline constexpr std::uint32_t kWindowSize = 4096;

class Window {
 public:
  /// Without `scored`, only matches are kept. The segment must outlive the window.
  Window(const segment::Segment& segment, const scoring::TermFrequencyPart& tf_part, bool scored)
      : segment_(segment), tf_part_(tf_part), scored_(scored) {}

  /// Empties it and moves it to [begin, end), at most kWindowSize documents.
  void move_to(Ordinal begin, Ordinal end) {
    begin_ = begin;
    end_ = end;
    matches_.fill(0);
  }
  [[nodiscard]] Ordinal begin() const { return begin_; }
  [[nodiscard]] Ordinal end() const { return end_; }
  [[nodiscard]] bool scored() const { return scored_; }

  /// A match without score. `doc` must lie inside, here and below.
  void add(Ordinal doc) { touch(doc - begin_); }
  /// A match with what `add_score(sum, length_part)` makes of its sum.
  template <class AddScore>
  void add(Ordinal doc, const AddScore& add_score) {
    const std::uint32_t place = doc - begin_;
    touch(place);
    if (scored_) sums_[place] = add_score(sums_[place], length_parts_[place]);
  }

  /// Calls visit(doc, score) for each match in ascending order.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::uint32_t word = 0; word < kWords; ++word) {
      for (std::uint64_t rest = matches_[word]; rest != 0; rest &= rest - 1) {
        const std::uint32_t place =
            word * kWordBits + static_cast<std::uint32_t>(std::countr_zero(rest));
        visit(begin_ + place, scored_ ? sums_[place] : 0.0);
      }
    }
  }
  [[nodiscard]] std::uint32_t count() const {
    std::uint32_t sum = 0;
    for (const std::uint64_t word : matches_)
      sum += static_cast<std::uint32_t>(std::popcount(word));
    return sum;
  }

 private:
  static constexpr std::uint32_t kWordBits = 64;
  static constexpr std::uint32_t kWords = kWindowSize / kWordBits;

  // Sums and lengths are set at the first touch, so that moving the window clears only bits.
  void touch(std::uint32_t place) {
    std::uint64_t& word = matches_[place / kWordBits];
    const std::uint64_t bit = std::uint64_t{1} << (place % kWordBits);
    if ((word & bit) != 0) return;
    word |= bit;
    if (!scored_) return;
    sums_[place] = 0;
    length_parts_[place] = tf_part_.length_part(segment_.length(begin_ + place));
  }

  const segment::Segment& segment_;
  const scoring::TermFrequencyPart& tf_part_;
  bool scored_;
  Ordinal begin_ = 0;
  Ordinal end_ = 0;
  std::array<std::uint64_t, kWords> matches_{};
  std::array<double, kWindowSize> sums_;
  std::array<double, kWindowSize> length_parts_;
};

}  // namespace stemma::execution
