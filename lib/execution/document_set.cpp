#include "execution/document_set.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <utility>

#include "execution/pattern.h"
#include "execution/range.h"
#include "kernels/scan.h"
#include "segment/posting_list.h"
#include "segment/prefix_lists.h"

namespace stemma::execution {
namespace {

using query::NodeKind;
using segment::TermInfo;

/// All documents of the lists that are poured in.
class AllDocuments {
 public:
  explicit AllDocuments(std::uint32_t documents) : bits_(documents), scan_(kernels::scanner()) {}

  [[nodiscard]] bool wants(Ordinal /*doc*/) const { return true; }
  void add(Ordinal doc) { bits_.add(doc); }
  void add_bitmap(const std::uint8_t* bitmap) {
    scan_.or_into(bits_.words().data(), bitmap, bits_.words().size());
  }
  /// Below the number of documents.
  void add_block(std::span<const std::uint32_t> documents) {
    scan_.add_to_bitmap(bits_.words().data(), documents.data(), documents.size());
  }
  [[nodiscard]] Bitmap take() { return std::move(bits_); }

 private:
  Bitmap bits_;
  const kernels::Scanner& scan_;
};

/// The first k live documents of the lists that are poured in. k > 0.
class FirstDocuments {
 public:
  FirstDocuments(const snapshot::SegmentView& view, std::size_t k)
      : view_(view),
        bits_(view.segment->document_count()),
        k_(k),
        limit_(view.segment->document_count()) {}

  /// Not for a document behind the k first of those that were added.
  [[nodiscard]] bool wants(Ordinal doc) const { return doc < limit_; }
  void add(Ordinal doc) {
    if (!wants(doc) || bits_.has(doc) || view_.deleted.contains(doc)) return;
    bits_.add(doc);
    if (size_ < k_) {
      // The last of exactly k is wanted, what follows it is not.
      if (++size_ == k_) limit_ = bits_.last_before(limit_) + 1;
      return;
    }
    bits_.remove(limit_ - 1);
    limit_ = bits_.last_before(limit_ - 1) + 1;
  }
  void add_bitmap(const std::uint8_t* bitmap) {
    for (Ordinal begin = 0; begin < limit_; begin += 64) {
      std::uint64_t rest = 0;
      std::memcpy(&rest, bitmap + begin / 8, sizeof rest);
      for (; rest != 0; rest &= rest - 1) {
        const Ordinal doc = begin + static_cast<Ordinal>(std::countr_zero(rest));
        if (!wants(doc)) return;
        add(doc);
      }
    }
  }
  void add_block(std::span<const std::uint32_t> documents) {
    for (const std::uint32_t doc : documents) {
      if (!wants(doc)) return;
      add(doc);
    }
  }
  [[nodiscard]] const Bitmap& bits() const { return bits_; }

 private:
  const snapshot::SegmentView& view_;
  Bitmap bits_;
  std::size_t k_;
  std::size_t size_ = 0;
  Ordinal limit_;  // once there are k: one behind the last
};

template <class Documents>
class Pouring {
 public:
  Pouring(const segment::Segment& segment, Interrupt& interrupt, Documents& documents)
      : segment_(segment), interrupt_(interrupt), documents_(documents) {}

  void pour(const query::Node& pattern) {
    const auto visit = [this](std::string_view, const TermInfo& info) { pour_list(info); };
    if (pattern.pattern == query::PatternKind::prefix) {
      segment::PrefixLists lists(segment_, range_of_field(pattern.field) + pattern.pattern_text);
      while (lists.next()) {
        interrupt_.spend(segment::kTermsPerBlock);
        for (const Ordinal doc : lists.single_documents()) {
          if (documents_.wants(doc)) documents_.add(doc);
        }
        for (const TermInfo& info : lists.lists()) pour_list(info);
      }
    } else {
      for_each_written_word(segment_, pattern, interrupt_, visit);
    }
    for_each_folded_word(segment_, pattern, interrupt_, visit);
  }

  void pour_list(const TermInfo& info) {
    if (info.document_frequency > 1 && info.document_frequency < segment::kBlockSize) {
      interrupt_.spend(info.document_frequency);
      segment_.short_list(info).for_each([this](Ordinal doc) {
        if (!documents_.wants(doc)) return false;
        documents_.add(doc);
        return true;
      });
      return;
    }
    const segment::PostingList list = segment_.list(info);
    if (list.bitmap() != nullptr) {
      documents_.add_bitmap(list.bitmap());
      return;
    }
    segment::BlockNumbers numbers;
    for (std::uint32_t block = 0; block < list.block_count(); ++block) {
      if (block > 0 && !documents_.wants(list.block_last(block - 1))) return;
      const segment::BlockLayout layout = list.layout(block);
      list.read_documents(block, layout, numbers);
      interrupt_.spend(layout.size);
      documents_.add_block(std::span(numbers).first(layout.size));
    }
  }

 private:
  const segment::Segment& segment_;
  Interrupt& interrupt_;
  Documents& documents_;
};

class SetBuilder {
 public:
  SetBuilder(const segment::Segment& segment, Interrupt& interrupt)
      : segment_(segment), interrupt_(interrupt) {}

  [[nodiscard]] Bitmap build(const PlanNode& plan) const {
    switch (plan.kind) {
      case NodeKind::everything: {
        Bitmap all(segment_.document_count());
        all.fill();
        return all;
      }
      case NodeKind::pattern:
        return documents_of_pattern(*plan.node, segment_, interrupt_);
      case NodeKind::number_range:
        return numbers_in_range(segment_, *plan.node);
      case NodeKind::date_range:
        return dates_in_range(segment_, *plan.node);
      case NodeKind::word:
        return build_word(plan);
      case NodeKind::all_of:
      case NodeKind::any_of:
      case NodeKind::one_of:
      case NodeKind::without:
        return build_join(plan);
      default:
        break;
    }
    return Bitmap(segment_.document_count());
  }

 private:
  [[nodiscard]] Bitmap build_word(const PlanNode& plan) const {
    AllDocuments all(segment_.document_count());
    Pouring<AllDocuments> pouring(segment_, interrupt_, all);
    for (const std::string& term : plan.leaves.front().word->terms) {
      const auto info = segment_.find(term);
      if (info && info->document_frequency > 0) pouring.pour_list(*info);
    }
    return all.take();
  }

  [[nodiscard]] Bitmap build_join(const PlanNode& plan) const {
    const kernels::Scanner& scan = kernels::scanner();
    Bitmap bits = build(plan.children.front());
    const std::span<std::uint64_t> words = bits.words();
    for (std::size_t i = 1; i < plan.children.size(); ++i) {
      const Bitmap other = build(plan.children[i]);
      switch (plan.kind) {
        case NodeKind::all_of:
          scan.and_into(words.data(), other.bytes(), words.size());
          break;
        case NodeKind::any_of:
          scan.or_into(words.data(), other.bytes(), words.size());
          break;
        case NodeKind::without:
          scan.and_not_into(words.data(), other.bytes(), words.size());
          break;
        default:  // one_of: an odd number of them
          for (std::size_t w = 0; w < words.size(); ++w) words[w] ^= other.words()[w];
          break;
      }
    }
    return bits;
  }

  const segment::Segment& segment_;
  Interrupt& interrupt_;
};

class SetCondition final : public Condition {
 public:
  SetCondition(const PlanNode& plan, bool wanted, const segment::Segment& segment,
               Interrupt& interrupt)
      : plan_(plan), wanted_(wanted), segment_(segment), interrupt_(interrupt) {}

  bool holds(Ordinal doc, std::span<const PostingIndex> /*postings*/) override {
    return members()->has(doc) == wanted_;
  }
  [[nodiscard]] const Bitmap* members() override {
    if (!bits_) bits_ = documents_of(plan_, segment_, interrupt_);
    return &*bits_;
  }
  [[nodiscard]] bool wants_members() const override { return wanted_; }

 private:
  const PlanNode& plan_;
  bool wanted_;
  const segment::Segment& segment_;
  Interrupt& interrupt_;
  std::optional<Bitmap> bits_;
};

// The first documents first, until no more are wanted: every score is 0.
void offer_first(const Bitmap& bits, const segment::Segment& segment, Ranking::ByScore& best) {
  for (Ordinal doc = bits.first_from(0); doc != kEndOfList; doc = bits.first_from(doc + 1)) {
    if (best.full()) return;
    best.offer({segment.doc_id(doc), 0.0});
  }
}

}  // namespace

bool is_document_set(const PlanNode& plan) {
  switch (plan.kind) {
    case NodeKind::everything:
    case NodeKind::pattern:
    case NodeKind::number_range:
    case NodeKind::date_range:
      return true;
    case NodeKind::word:
      return !plan.leaves.front().weighted;
    case NodeKind::all_of:
    case NodeKind::any_of:
    case NodeKind::one_of:
    case NodeKind::without:
      return !plan.children.empty() &&
             std::all_of(plan.children.begin(), plan.children.end(), is_document_set);
    default:
      break;
  }
  return false;
}

Bitmap documents_of(const PlanNode& plan, const segment::Segment& segment, Interrupt& interrupt) {
  return SetBuilder(segment, interrupt).build(plan);
}

Bitmap documents_of_pattern(const query::Node& pattern, const segment::Segment& segment,
                            Interrupt& interrupt) {
  AllDocuments all(segment.document_count());
  Pouring<AllDocuments>(segment, interrupt, all).pour(pattern);
  return all.take();
}

void rank_set(const PlanNode& plan, const snapshot::SegmentView& view, bool count,
              Interrupt& interrupt, Ranking& ranking) {
  const segment::Segment& segment = *view.segment;
  Ranking::ByScore& best = *ranking.by_score();
  // DocIds ascend from segment to segment and all scores are 0: what comes later is worse.
  const bool complete = best.full();
  if (complete && !count) return;
  if (!count && plan.kind == NodeKind::pattern) {
    FirstDocuments first(view, best.capacity());
    Pouring<FirstDocuments>(segment, interrupt, first).pour(*plan.node);
    offer_first(first.bits(), segment, best);
    return;
  }
  Bitmap bits = documents_of(plan, segment, interrupt);
  for (const Ordinal doc : view.loss.documents) bits.remove(doc);
  if (count) ranking.add_total(bits.count());
  if (!complete) offer_first(bits, segment, best);
}

ConditionPtr set_condition(const PlanNode& plan, bool wanted, const segment::Segment& segment,
                           Interrupt& interrupt) {
  return std::make_unique<SetCondition>(plan, wanted, segment, interrupt);
}

}  // namespace stemma::execution
