// One leaf of a flat query in one segment: its list, and what its impacts are worth in bounds.
//
// Candidates are documents with a bound on the score that they may still reach. A leaf proposes
// them (propose(), block by block, only postings whose impact is high enough) or tests those that
// another leaf proposed (require(), add()). Bitmaps are probed; packed lists are decoded block by
// block and intersected, each block at most once for candidates in ascending order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "execution/plan.h"
#include "kernels/scan.h"
#include "segment/posting_list.h"

namespace stemma::execution {

/// Kernels may write this many elements behind their results, or behind a block's.
inline constexpr std::size_t kKernelRoom = 320;

/// Ascending documents with bounds of what has been added up for them.
struct Candidates {
  static constexpr std::size_t kCapacity = 1024;
  std::size_t size = 0;
  std::array<std::uint32_t, kCapacity + kKernelRoom> docs;
  std::array<std::uint32_t, kCapacity + kKernelRoom> bounds;
};

/// Where a document stands in a list; kNoPosting if it does not.
using PostingIndex = std::uint32_t;
inline constexpr PostingIndex kNoPosting = std::numeric_limits<std::uint32_t>::max();

/// Impact levels [least, below); 256 is below for all.
struct LevelRange {
  std::uint32_t least = 0;
  std::uint32_t below = 256;
};

class LeafList {
 public:
  /// `unit` as in ImpactScale.
  LeafList(const segment::PostingList& list, const Leaf& leaf, std::uint32_t unit);

  [[nodiscard]] const segment::PostingList& list() const { return list_; }
  [[nodiscard]] const Leaf& leaf() const { return *leaf_; }
  [[nodiscard]] std::uint32_t documents() const { return list_.document_frequency(); }
  [[nodiscard]] std::uint32_t unit() const { return unit_; }
  /// What this leaf can add to a bound at most.
  [[nodiscard]] std::uint32_t most() const { return unit_ * list_.bound(); }
  /// The bound of one posting.
  [[nodiscard]] std::uint32_t bound(Ordinal doc, PostingIndex posting) const {
    return unit_ * level(doc, posting);
  }
  [[nodiscard]] bool by_document() const { return list_.impacts_by_document(); }

  [[nodiscard]] PostingIndex find(Ordinal doc);
  [[nodiscard]] std::uint32_t term_frequency(PostingIndex posting);

  /// Candidates in ascending order: appends those of the list's next blocks until `out` cannot take
  /// a block more; false once there are none. Levels are asked for anew at each block.
  template <class Levels>
  bool propose(const Levels& levels, Candidates& out);
  /// Back to the first block for another propose().
  void restart() { next_block_ = 0; }

  /// Keeps the candidates that the list has and whose bound with it and `rest` reaches `threshold`.
  void require(Candidates& candidates, std::uint32_t rest, std::uint32_t threshold);
  /// The same without bounds.
  void require(Candidates& candidates);
  /// Keeps those whose bound, with this list where it has them and `rest`, reaches `threshold`.
  void add(Candidates& candidates, std::uint32_t rest, std::uint32_t threshold);
  /// Where each candidate stands in the list, kNoPosting if it does not.
  void find_all(const Candidates& candidates, PostingIndex* out);
  /// Drops the candidates that the list has.
  void exclude(Candidates& candidates);

 private:
  // Calls visit(i, posting) for each candidate that the list has.
  template <class Visit>
  void match(const Candidates& candidates, const Visit& visit);
  void skip_blocks(std::uint32_t least);
  void propose_block(std::uint32_t block, LevelRange levels, Candidates& out);
  void propose_row(std::uint32_t block, LevelRange levels, Candidates& out);
  [[nodiscard]] std::uint32_t level(Ordinal doc, PostingIndex posting) const {
    if (list_.impacts() == nullptr) return list_.bound();
    return list_.impacts()[list_.impacts_by_document() ? doc : posting];
  }
  bool load_block_of(Ordinal doc);
  void load(std::uint32_t block);
  [[nodiscard]] Ordinal loaded_last() const { return documents_[loaded_size_ - 1]; }

  segment::PostingList list_;
  const Leaf* leaf_;
  std::uint32_t unit_;
  const kernels::Scanner* scan_;
  std::uint32_t next_block_ = 0;  // of propose()
  std::uint32_t loaded_ = kNoPosting;
  std::uint32_t loaded_size_ = 0;
  segment::BlockNumbers documents_;  // of the loaded block
  std::uint32_t counted_ = kNoPosting;
  segment::BlockLayout counts_;  // of the block that term_frequency() read last
};

template <class Levels>
bool LeafList::propose(const Levels& levels, Candidates& out) {
  while (next_block_ < list_.block_count()) {
    if (out.size + segment::kBlockSize > Candidates::kCapacity) return true;
    const LevelRange wanted = levels();
    if (list_.is_long() && wanted.least > 0) {
      // Past the blocks whose bounds are too low, without looking at their postings.
      skip_blocks(wanted.least);
      if (next_block_ == list_.block_count()) return false;
    }
    propose_block(next_block_++, wanted, out);
  }
  return false;
}

}  // namespace stemma::execution
