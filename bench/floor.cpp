#include "floor.h"

#include <algorithm>
#include <set>
#include <utility>

#include "kernels/scan.h"

namespace stemma::bench {
namespace {

constexpr std::size_t kRoom = 320;  // behind what kernels write

/// The lists of the words, in order; false if one is not one list.
bool take_words(const snapshot::Snapshot& snapshot, const query::Node& node,
                std::vector<segment::PostingList>& lists) {
  const auto add = [&](const query::Word& word) {
    std::size_t found = 0;
    for (const std::string& term : word.terms) {
      std::vector<segment::TermInfo> infos;
      (void)snapshot.statistics(term, infos);
      if (infos.front().document_frequency == 0) continue;
      lists.push_back(snapshot.segments().front().segment->list(infos.front()));
      ++found;
    }
    return found == 1;
  };
  switch (node.kind) {
    case query::NodeKind::word:
      return add(node.word);
    case query::NodeKind::phrase:
      return std::all_of(node.slots.begin(), node.slots.end(), add);
    case query::NodeKind::all_of:
    case query::NodeKind::any_of:
      return std::all_of(node.children.begin(), node.children.end(), [&](const query::Node& child) {
        return take_words(snapshot, child, lists);
      });
    default:
      return false;
  }
}

std::uint64_t packed_bytes(std::uint64_t numbers, unsigned width) {
  return (numbers * width + 7) / 8;
}

}  // namespace

std::unique_ptr<Floor> Floor::of(const snapshot::Snapshot& snapshot, const query::Node& root,
                                 Question question) {
  std::vector<segment::PostingList> lists;
  if (snapshot.segments().size() != 1 || !take_words(snapshot, root, lists)) return nullptr;
  return std::unique_ptr<Floor>(new Floor(std::move(lists), root.kind, question));
}

Floor::Floor(std::vector<segment::PostingList> lists, query::NodeKind kind, Question question)
    : question_(question),
      any_(kind == query::NodeKind::any_of),
      phrase_(kind == query::NodeKind::phrase),
      lists_(std::move(lists)) {
  words_.resize((lists_.front().document_count() + 63ULL) / 64);
  for (const auto& list : lists_) {
    found_.resize(std::max<std::size_t>(found_.size(), list.document_frequency() + kRoom));
  }
  also_found_.resize(found_.size());
  if (any_ || lists_.size() == 1) {
    prepare_any();
  } else {
    prepare_all();
  }
}

void Floor::prepare_any() {
  for (const auto& list : lists_) {
    Step step;
    step.list = list;
    if (question_ == Question::best && list.impacts() != nullptr) {
      bytes_ += list.impacts_by_document() ? list.document_count() : list.document_frequency();
    } else if (question_ == Question::count && lists_.size() > 1) {
      (void)prepare_first(step);
    }
    steps_.push_back(std::move(step));
  }
}

void Floor::prepare_all() {
  for (const auto& list : lists_) {
    steps_.emplace_back();
    steps_.back().list = list;
  }
  std::stable_sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) {
    return a.list.document_frequency() < b.list.document_frequency();
  });
  bitmaps_only_ = !phrase_ && question_ == Question::count &&
                  std::all_of(lists_.begin(), lists_.end(),
                              [](const auto& list) { return list.bitmap() != nullptr; });
  if (bitmaps_only_) {
    bytes_ += words_.size() * 8 * lists_.size();
    return;
  }
  Numbers documents = prepare_first(steps_.front());
  for (std::size_t i = 1; i < steps_.size(); ++i) documents = prepare_next(steps_[i], documents);
  if (phrase_) prepare_positions(documents);
}

/// All documents of a list.
Floor::Numbers Floor::prepare_first(Step& step) {
  const segment::PostingList& list = step.list;
  Numbers documents;
  for (std::uint32_t i = 0; i < list.block_count(); ++i) {
    const Block block{i, list.layout(i), 0, 0};
    read_block(list, block);
    documents.insert(documents.end(), documents_.begin(), documents_.begin() + block.layout.size);
    if (list.bitmap() == nullptr) {
      bytes_ += packed_bytes(block.layout.size, block.layout.gap_width);
      step.blocks.push_back(block);
    }
  }
  if (list.bitmap() != nullptr) bytes_ += words_.size() * 8;
  return documents;
}

/// Those of the candidates that a list has.
Floor::Numbers Floor::prepare_next(Step& step, const Numbers& candidates) {
  const segment::PostingList& list = step.list;
  step.candidates = candidates;
  step.candidates.resize(candidates.size() + kRoom);
  Numbers kept;
  if (list.bitmap() != nullptr) {
    std::set<std::uint32_t> words;
    for (const std::uint32_t doc : candidates) {
      words.insert(doc / 64);
      if (list.bitmap_has(doc)) kept.push_back(doc);
    }
    bytes_ += words.size() * 8;
    return kept;
  }
  std::size_t begin = 0;
  for (std::uint32_t i = 0; i < list.block_count() && begin < candidates.size(); ++i) {
    Block block{i, list.layout(i), begin, 0};
    read_block(list, block);
    const auto documents = documents_.begin();
    const auto last = documents[block.layout.size - 1];
    while (begin < candidates.size() && candidates[begin] <= last) {
      if (std::binary_search(documents, documents + block.layout.size, candidates[begin])) {
        kept.push_back(candidates[begin]);
      }
      ++begin;
    }
    block.size = begin - block.begin;
    if (block.size == 0) continue;
    bytes_ += packed_bytes(block.layout.size, block.layout.gap_width);
    step.blocks.push_back(block);
  }
  return kept;
}

void Floor::prepare_positions(const Numbers& documents) {
  std::uint32_t most = 0;
  for (const std::uint32_t doc : documents) {
    for (const auto& list : lists_) {
      std::uint32_t posting = 0;
      if (list.bitmap() != nullptr) {
        posting = list.rank(doc);
      } else {
        const std::uint32_t block = list.is_long() ? list.block_with(0, doc) : 0;
        read_block(list, {block, list.layout(block), 0, 0});
        const auto at = std::find(documents_.begin(), documents_.end(), doc);
        posting = block * segment::kBlockSize + static_cast<std::uint32_t>(at - documents_.begin());
      }
      const std::uint32_t block = posting / segment::kBlockSize;
      const auto layout = list.layout(block);
      segment::BlockNumbers ends;
      list.read_position_ends(layout, ends);
      const std::uint32_t at = posting % segment::kBlockSize;
      const std::uint32_t first = at == 0 ? 0 : ends[at - 1];
      Positions here{nullptr,
                     std::uint64_t{first} * layout.position_width,
                     layout.position_width,
                     ends[at] - first,
                     {}};
      if (list.document_frequency() == 1) {
        list.read_positions(0, layout, 0, here.count, here.only);
      } else {
        here.packed = list.packed_positions(block, layout, ends[layout.size - 1]);
      }
      positions_.push_back(std::move(here));
      bytes_ += packed_bytes(positions_.back().count, layout.position_width);
      most = std::max(most, positions_.back().count);
    }
  }
  starts_.resize(most + kRoom);
  found_.resize(std::max<std::size_t>(found_.size(), most + kRoom));
}

void Floor::read_block(const segment::PostingList& list, const Block& block) {
  list.read_documents(block.block, block.layout, documents_);
}

std::uint64_t Floor::run() {
  if (any_ || lists_.size() == 1) {
    if (question_ == Question::best) return run_impacts();
    return lists_.size() == 1 ? lists_.front().document_frequency() : run_any();
  }
  const std::uint64_t documents = run_all();
  return phrase_ ? run_positions() : documents;
}

std::uint64_t Floor::run_impacts() {
  const auto& scan = kernels::scanner();
  std::uint64_t found = 0;
  for (const auto& list : lists_) {
    if (list.impacts() == nullptr) continue;
    const std::size_t size =
        list.impacts_by_document() ? list.document_count() : list.document_frequency();
    for (std::size_t begin = 0; begin < size; begin += 2048) {
      found += scan.find_between(list.impacts() + begin, std::min<std::size_t>(2048, size - begin),
                                 255, 256, 0, found_.data());
    }
  }
  return found;
}

std::uint64_t Floor::run_any() {
  const auto& scan = kernels::scanner();
  std::fill(words_.begin(), words_.end(), 0);
  for (const Step& step : steps_) {
    if (step.list.bitmap() != nullptr) {
      scan.or_into(words_.data(), step.list.bitmap(), words_.size());
      continue;
    }
    for (const Block& block : step.blocks) {
      read_block(step.list, block);
      scan.add_to_bitmap(words_.data(), documents_.data(), block.layout.size);
    }
  }
  return scan.count_bits(words_.data(), words_.size());
}

std::uint64_t Floor::run_all() {
  const auto& scan = kernels::scanner();
  if (bitmaps_only_) {
    std::vector<const std::uint8_t*> bitmaps;
    for (const auto& list : lists_) bitmaps.push_back(list.bitmap());
    return scan.count_and(bitmaps.data(), bitmaps.size(), words_.size());
  }
  const Step& first = steps_.front();
  for (const Block& block : first.blocks) read_block(first.list, block);
  if (first.list.bitmap() != nullptr) {
    (void)scan.decode_bitmap(first.list.bitmap(), 0, first.list.document_count(),
                             found_.size() - kRoom, found_.data());
  }
  std::uint64_t found = 0;
  for (std::size_t i = 1; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    const std::size_t candidates = step.candidates.size() - kRoom;
    found = 0;
    if (step.list.bitmap() != nullptr) {
      found =
          scan.probe_bitmap(step.list.bitmap(), step.candidates.data(), candidates, found_.data());
    }
    for (const Block& block : step.blocks) {
      read_block(step.list, block);
      found += scan.intersect(step.candidates.data() + block.begin, block.size, documents_.data(),
                              block.layout.size, found_.data(), also_found_.data());
    }
  }
  return found;
}

std::uint64_t Floor::run_positions() {
  const auto& scan = kernels::scanner();
  std::uint64_t documents = 0;
  const auto unpack = [&](const Positions& positions, Numbers& out) {
    if (positions.packed == nullptr) {
      std::copy(positions.only.begin(), positions.only.end(), out.begin());
      return;
    }
    scan.unpack_bits(positions.packed, positions.first_bit, positions.width, positions.count,
                     out.data());
  };
  for (std::size_t at = 0; at < positions_.size(); at += lists_.size()) {
    unpack(positions_[at], starts_);
    std::size_t left = positions_[at].count;
    for (std::size_t slot = 1; slot < lists_.size() && left > 0; ++slot) {
      const Positions& others = positions_[at + slot];
      unpack(others, found_);
      left = scan.keep_at_distance(starts_.data(), left, found_.data(), others.count,
                                   static_cast<std::uint32_t>(slot));
    }
    documents += left > 0 ? 1U : 0U;
  }
  return documents;
}

}  // namespace stemma::bench
