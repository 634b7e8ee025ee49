#include "execution/condition.h"

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

// The positions of one slot. Where they begin in its block is found once a block; a block that is
// asked for again is unpacked as a whole, which costs less than many small pieces.
class SlotPositions {
 public:
  explicit SlotPositions(const segment::PostingList& list) : list_(list) {}

  /// To a posting; how many positions it has.
  std::uint32_t move_to(PostingIndex posting) {
    // Impacts and bitmap of a damaged list may disagree.
    if (posting >= list_.document_frequency()) segment::corrupt("a list without its posting");
    const std::uint32_t block = posting / segment::kBlockSize;
    if (block != block_) enter(block);
    const std::uint32_t at = posting % segment::kBlockSize;
    begin_ = at == 0 ? 0 : ends_[at - 1];
    return count_ = ends_[at] - begin_;
  }
  /// Of that posting; valid until it is moved.
  [[nodiscard]] std::span<const std::uint32_t> read(const kernels::Scanner& scan) {
    if (list_.document_frequency() == 1) {
      list_.read_positions(0, layout_, 0, count_, positions_);
      return positions_;
    }
    if (whole_) return {positions_.data() + begin_, count_};
    const std::uint32_t all = ends_[layout_.size - 1];
    whole_ = asked_++ > 0 && all <= kMostWhole;
    const std::uint32_t first = whole_ ? 0 : begin_;
    const std::uint32_t size = whole_ ? all : count_;
    if (positions_.size() < size + kKernelRoom)
      positions_.resize(std::size_t{2} * size + kKernelRoom);
    scan.unpack_bits(packed_, std::uint64_t{first} * layout_.position_width, layout_.position_width,
                     size, positions_.data());
    return {positions_.data() + (whole_ ? begin_ : 0), count_};
  }

 private:
  static constexpr std::uint32_t kMostWhole = 1U << 14U;  // 64 KiB of positions

  void enter(std::uint32_t block) {
    block_ = kNoPosting;  // should what follows throw
    layout_ = list_.layout(block);
    list_.read_position_ends(layout_, ends_);
    if (list_.document_frequency() > 1) {
      packed_ = list_.packed_positions(block, layout_, ends_[layout_.size - 1]);
    }
    asked_ = 0;
    whole_ = false;
    block_ = block;
  }

  const segment::PostingList& list_;
  std::uint32_t block_ = kNoPosting;
  segment::BlockLayout layout_;
  const std::uint8_t* packed_ = nullptr;  // positions of the block
  segment::BlockNumbers ends_;
  std::uint32_t begin_ = 0;
  std::uint32_t count_ = 0;
  std::uint32_t asked_ = 0;
  bool whole_ = false;                    // positions_ holds the block
  std::vector<std::uint32_t> positions_;  // of the posting, or of the block
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
    if (slots_.size() == 2) return pair_stands(here[0], here[1]);
    // By number of positions; a few slots are sorted fastest by insertion.
    for (std::uint32_t i = 0; i < slots_.size(); ++i) {
      const std::pair<std::uint32_t, std::uint32_t> slot{slots_[i].move_to(here[i]), i};
      std::size_t place = i;
      for (; place > 0 && slot < order_[place - 1]; --place) order_[place] = order_[place - 1];
      order_[place] = slot;
    }
    // Positions become the places where the phrase would begin.
    const std::uint32_t lead = order_[0].second;
    const auto positions = slots_[lead].read(scan_);
    if (starts_.size() < positions.size()) starts_.resize(2 * positions.size());
    std::size_t left = 0;
    for (const std::uint32_t position : positions) {
      starts_[left] = position - lead;
      left += position >= lead ? 1 : 0;
    }
    for (std::size_t i = 1; i < order_.size() && left > 0; ++i) {
      const std::uint32_t slot = order_[i].second;
      const auto others = slots_[slot].read(scan_);
      left = scan_.keep_at_distance(starts_.data(), left, others.data(), others.size(), slot);
    }
    return left > 0;
  }

 private:
  bool pair_stands(PostingIndex first, PostingIndex second) {
    slots_[0].move_to(first);
    slots_[1].move_to(second);
    const auto a = slots_[0].read(scan_);
    const auto b = slots_[1].read(scan_);
    return scan_.any_at_distance(a.data(), a.size(), b.data(), b.size(), 1);
  }

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
