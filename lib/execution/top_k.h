// The best k of many, in order.
//
// A heap with the worst of the kept on top. What comes in is compared with that one first; nearly
// everything is turned away there. The order is total, so the result does not depend on the order
// of arrival.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace stemma::execution {

/// `Before` is a strict total order: before(a, b) if a is the better one.
template <class Entry, class Before>
class TopK {
 public:
  explicit TopK(std::size_t k) : k_(k) {}

  [[nodiscard]] std::size_t capacity() const { return k_; }
  [[nodiscard]] bool full() const { return heap_.size() == k_; }
  /// The worst of the kept; there must be one.
  [[nodiscard]] const Entry& worst() const { return heap_.front(); }

  /// Whether offer(entry) would keep it.
  [[nodiscard]] bool wants(const Entry& entry) const {
    return heap_.size() < k_ || (k_ != 0 && before_(entry, heap_.front()));
  }
  void offer(const Entry& entry) {
    if (!wants(entry)) return;
    if (heap_.size() == k_) {
      std::pop_heap(heap_.begin(), heap_.end(), before_);
      heap_.back() = entry;
    } else {
      heap_.push_back(entry);
    }
    std::push_heap(heap_.begin(), heap_.end(), before_);
  }
  /// Best first; empties it.
  [[nodiscard]] std::vector<Entry> take() {
    std::sort_heap(heap_.begin(), heap_.end(), before_);
    return std::move(heap_);
  }

 private:
  std::size_t k_;
  Before before_;
  std::vector<Entry> heap_;
};

}  // namespace stemma::execution
