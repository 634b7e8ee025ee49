// Lists with impacts by document, looked at together, 32 documents at a time.
//
// Passes over the segment: first for sums of weighted impacts so high that hardly more than the
// wanted number of documents has them (a sample of the first documents tells), which makes the
// threshold high; then, step by step, for all that the threshold still allows.
#include <algorithm>
#include <array>

#include "execution/flat_search.h"

namespace stemma::execution {
namespace {

constexpr std::uint32_t kSample = 8192;
constexpr std::uint32_t kStretch = 2048;

// As the kernel takes them: 16-bit weights, `divisor` units of a bound each.
struct Rows {
  static constexpr std::size_t kMost = 8;
  std::array<const std::uint8_t*, kMost> lists{};
  std::array<std::uint32_t, kMost> units{};
  std::array<std::uint16_t, kMost> weights{};
  std::size_t size = 0;
  std::uint32_t divisor = 1;
  std::uint32_t most = 0;  // of a sum of weighted levels

  void add(const LeafList& list) {
    units[size] = list.unit();
    lists[size++] = list.list().impacts();
  }
  void set_weights() {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < size; ++i) sum += std::uint64_t{units[i]} * 255;
    // Rounding upward adds less than 255 a list: 63,000 + 8 * 255 < 65,536.
    divisor = static_cast<std::uint32_t>(sum / 63'000 + 1);
    for (std::size_t i = 0; i < size; ++i) {
      // At least 1, so that a sum of 0 says that no list has the document.
      weights[i] = static_cast<std::uint16_t>(std::max((units[i] + divisor - 1) / divisor, 1U));
      most += weights[i] * 255U;
    }
  }
  [[nodiscard]] std::uint32_t bound(Ordinal doc) const {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < size; ++i) sum += lists[i][doc] * units[i];
    return sum;
  }
};

}  // namespace

class FlatSearch::RowSearch {
 public:
  RowSearch(FlatSearch& search, std::size_t turn, TopK<Hit, BetterScore>& hits)
      : search_(search), turn_(turn), hits_(hits), documents_(search.segment_.document_count()) {
    for (std::size_t i = turn; i < search_.order_.size(); ++i) {
      const LeafList& list = search_.lists_[search_.order_[i]];
      if (list.by_document() && rows_.size < Rows::kMost) {
        rows_.add(list);
      } else {
        others_.push_back(i);
        rest_ += list.most();
      }
    }
    rows_.set_weights();
    candidates_.size = 0;
  }

  void run() {
    std::uint32_t below = rows_.most + 1;
    if (search_.rest_[turn_] == 0) {  // no weights: one pass, in the order of documents
      pass(0, below);
      return;
    }
    const double share = search_.filtered_share();
    if (share <= 0) return;
    auto wanted = static_cast<std::uint64_t>(static_cast<double>(hits_.capacity() * 2 + 8) / share);
    while (below > least_sum()) {
      const std::uint32_t low = wanted < documents_ / 4 ? sum_of_best(wanted, below) : 0;
      if (low >= below) return;
      pass(low, below);
      if (low == 0) return;
      below = low;
      wanted *= 16;
    }
  }

 private:
  // What a document's sum must reach.
  [[nodiscard]] std::uint32_t least_sum() const {
    const std::uint32_t threshold = search_.threshold_;
    return std::max(threshold <= rest_ ? 0 : (threshold - rest_) / rows_.divisor, 1U);
  }

  [[nodiscard]] std::size_t find(std::uint32_t begin, std::uint32_t size, std::uint32_t least,
                                 std::uint32_t below, std::uint32_t* out) const {
    const kernels::ByteLists lists{rows_.lists.data(), rows_.weights.data(), rows_.size};
    return kernels::scanner().find_joint(lists, begin, size, least, below, !search_.query_.any,
                                         out);
  }

  // A sum that about `wanted` documents reach.
  [[nodiscard]] std::uint32_t sum_of_best(std::uint64_t wanted, std::uint32_t below) const {
    const std::uint32_t sample = std::min(documents_, kSample);
    std::array<std::uint32_t, kSample + kKernelRoom> scratch;
    std::uint32_t low = least_sum();
    std::uint32_t high = below;
    const std::uint64_t target = wanted * sample / documents_ + 1;
    while (high > low && high - low > rows_.most / 64 + 1) {
      const std::uint32_t middle = low + (high - low) / 2;
      if (find(0, sample, middle, below, scratch.data()) >= target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  // Every document whose sum is in [low, below) and not ruled out meanwhile.
  void pass(std::uint32_t low, std::uint32_t below) {
    std::array<std::uint32_t, kStretch + kKernelRoom> found;
    for (std::uint32_t begin = 0; begin < documents_ && !search_.finished(hits_);
         begin += kStretch) {
      const std::uint32_t least = std::max(low, least_sum());
      if (least >= below) break;
      const std::uint32_t size = std::min(kStretch, documents_ - begin);
      const std::size_t count = find(begin, size, least, below, found.data());
      search_.interrupt_.spend(size / 16);
      for (std::size_t i = 0; i < count; ++i) {
        candidates_.docs[candidates_.size++] = found[i];
        if (candidates_.size == Candidates::kCapacity) flush();
      }
    }
    flush();
  }

  void flush() {
    search_.drop_filtered(candidates_);
    for (std::size_t i = 0; i < candidates_.size; ++i) {
      candidates_.bounds[i] = rows_.bound(candidates_.docs[i]);
    }
    std::uint32_t left = rest_;
    for (const std::size_t place : others_) {
      LeafList& list = search_.lists_[search_.order_[place]];
      left -= list.most();
      if (search_.query_.any) {
        list.add(candidates_, left, search_.threshold_);
      } else {
        list.require(candidates_, left, search_.threshold_);
      }
    }
    search_.finish(candidates_, turn_, hits_);
    candidates_.size = 0;
  }

  FlatSearch& search_;
  std::size_t turn_;
  TopK<Hit, BetterScore>& hits_;
  std::uint32_t documents_;
  Rows rows_;
  std::vector<std::size_t> others_;  // places in order_
  std::uint32_t rest_ = 0;           // what these can add
  Candidates candidates_;
};

void FlatSearch::best_of_rows(std::size_t turn, TopK<Hit, BetterScore>& hits) {
  RowSearch(*this, turn, hits).run();
}

}  // namespace stemma::execution
