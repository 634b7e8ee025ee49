#include "execution/condition.h"

#include <algorithm>
#include <utility>

#include "kernels/scan.h"

namespace stemma::execution {
namespace {

class OperatorCondition final : public Condition {
 public:
  OperatorCondition(const PlanNode& plan, bool wanted, const segment::Segment& segment,
                    Interrupt& interrupt)
      : plan_(plan), wanted_(wanted), segment_(segment), interrupt_(interrupt) {}

  bool holds(Ordinal doc, std::span<const PostingIndex> /*postings*/) override {
    if (!built_ || doc <= last_) {
      operators_ = build_operators(plan_, segment_, interrupt_);
      built_ = true;
    }
    last_ = doc;
    const bool matches = operators_ && operators_->seek(doc) == doc && operators_->matches();
    return matches == wanted_;
  }

 private:
  const PlanNode& plan_;
  bool wanted_;
  const segment::Segment& segment_;
  Interrupt& interrupt_;
  bool built_ = false;
  Ordinal last_ = 0;
  OperatorPtr operators_;
};

// The positions of one slot, and where they begin in the block that was read last.
class SlotPositions {
 public:
  explicit SlotPositions(const segment::PostingList& list) : list_(list) {}

  [[nodiscard]] std::span<const std::uint32_t> read(PostingIndex posting) {
    const std::uint32_t begin = begin_of(posting);
    const std::uint32_t end = ends_[posting % segment::kBlockSize];
    list_.read_positions(block_, layout_, begin, end, positions_);
    return positions_;
  }
  [[nodiscard]] std::uint32_t count(PostingIndex posting) {
    const std::uint32_t begin = begin_of(posting);
    return ends_[posting % segment::kBlockSize] - begin;
  }

 private:
  std::uint32_t begin_of(PostingIndex posting) {
    const std::uint32_t block = posting / segment::kBlockSize;
    if (block != block_) {
      block_ = kNoPosting;
      layout_ = list_.layout(block);
      list_.read_position_ends(layout_, ends_);
      block_ = block;
    }
    const std::uint32_t at = posting % segment::kBlockSize;
    return at == 0 ? 0 : ends_[at - 1];
  }

  const segment::PostingList& list_;
  std::uint32_t block_ = kNoPosting;
  segment::BlockLayout layout_;
  segment::BlockNumbers ends_;
  std::vector<std::uint32_t> positions_;
};

// The slot with the fewest positions says where the phrase may begin; the others take away.
class PhraseCondition final : public Condition {
 public:
  PhraseCondition(std::span<LeafList> lists, std::size_t first, std::size_t size)
      : first_(first), scan_(kernels::scanner()), order_(size) {
    slots_.reserve(size);
    for (std::size_t i = 0; i < size; ++i) slots_.emplace_back(lists[first + i].list());
  }

  bool holds(Ordinal /*doc*/, std::span<const PostingIndex> postings) override {
    const auto here = postings.subspan(first_, slots_.size());
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      order_[i] = {slots_[i].count(here[i]), static_cast<std::uint32_t>(i)};
    }
    std::sort(order_.begin(), order_.end());
    const std::uint32_t lead = order_[0].second;
    starts_.clear();
    for (const std::uint32_t position : slots_[lead].read(here[lead])) {
      if (position >= lead) starts_.push_back(position - lead);
    }
    std::size_t left = starts_.size();
    for (std::size_t i = 1; i < order_.size() && left > 0; ++i) {
      const std::uint32_t slot = order_[i].second;
      const auto positions = slots_[slot].read(here[slot]);
      left = scan_.keep_at_distance(starts_.data(), left, positions.data(), positions.size(), slot);
    }
    return left > 0;
  }

 private:
  std::size_t first_;
  const kernels::Scanner& scan_;
  std::vector<SlotPositions> slots_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order_;  // number of positions, slot
  std::vector<std::uint32_t> starts_;
};

}  // namespace

ConditionPtr operator_condition(const PlanNode& plan, bool wanted, const segment::Segment& segment,
                                Interrupt& interrupt) {
  return std::make_unique<OperatorCondition>(plan, wanted, segment, interrupt);
}

ConditionPtr phrase_condition(std::span<LeafList> lists, std::size_t first, std::size_t size) {
  for (const LeafList& list : lists.subspan(first, size)) {
    if (list.leaf().word->stemmed || !list.list().traits().positions) return nullptr;
  }
  return std::make_unique<PhraseCondition>(lists, first, size);
}

}  // namespace stemma::execution
