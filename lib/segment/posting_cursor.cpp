// Moving over a list; what is not asked for is not decoded.
#include "segment/posting_cursor.h"

#include <algorithm>
#include <cassert>

#include "segment/posting_list.h"

namespace stemma::segment {

/// The list, and the block that the cursor stands in.
struct PostingCursor::State {
  explicit State(const PostingList& whole) : list(whole) {}

  void enter(std::uint32_t number) {
    block = facts = number;
    layout = list.layout(number);
    list.read_documents(number, layout, documents);
    has_frequencies = has_impacts = has_ends = false;
  }
  [[nodiscard]] Ordinal last_of(std::uint32_t number) const {
    if (number >= list.block_count()) return kEndOfList;
    return list.is_long() ? list.block_last(number) : documents[layout.size - 1];
  }
  [[nodiscard]] std::uint32_t block_with(std::uint32_t from, Ordinal target) const {
    if (list.is_long()) return list.block_with(from, target);
    return from == 0 && target <= last_of(0) ? 0 : 1;
  }
  void read_impacts() {
    const std::uint8_t* levels = list.impacts();
    const bool by_document = list.impacts_by_document();
    if (!by_document) levels += std::size_t{block} * kBlockSize;
    for (std::uint32_t i = 0; i < layout.size; ++i) {
      impacts[i] = levels[by_document ? documents[i] : i];
    }
  }

  PostingList list;
  std::uint32_t block = 0;
  std::uint32_t facts = 0;  // the block that block_last() and block_bound() speak of
  BlockLayout layout;
  bool has_frequencies = false;
  bool has_impacts = false;
  bool has_ends = false;
  BlockNumbers documents;
  BlockNumbers frequencies;
  BlockNumbers impacts;
  BlockNumbers ends;
  std::vector<std::uint32_t> positions;
};

PostingCursor::PostingCursor() = default;
PostingCursor::~PostingCursor() = default;
PostingCursor::PostingCursor(PostingCursor&&) noexcept = default;
PostingCursor& PostingCursor::operator=(PostingCursor&&) noexcept = default;

PostingCursor::PostingCursor(const PostingList& list) {
  if (list.document_frequency() == 0) return;
  state_ = std::make_unique<State>(list);
  documents_ = state_->documents.data();
  enter(0);
}

std::uint32_t PostingCursor::document_frequency() const {
  return state_ == nullptr ? 0 : state_->list.document_frequency();
}

void PostingCursor::end() {
  doc_ = kEndOfList;
  index_ = size_ = 0;
  if (state_ != nullptr) state_->facts = state_->list.block_count();
}

Ordinal PostingCursor::enter(std::uint32_t block) {
  state_->enter(block);
  index_ = 0;
  size_ = state_->layout.size;
  doc_ = documents_[0];
  return doc_;
}

Ordinal PostingCursor::enter_next_block() {
  if (size_ != 0 && state_->block + 1 < state_->list.block_count()) return enter(state_->block + 1);
  end();
  return doc_;
}

Ordinal PostingCursor::seek(Ordinal target) {
  if (size_ == 0) return doc_;
  if (target > documents_[size_ - 1]) {
    if (target == kEndOfList) {
      end();
      return doc_;
    }
    const std::uint32_t block = state_->block_with(state_->block + 1, target);
    if (block >= state_->list.block_count()) {
      end();
      return doc_;
    }
    enter(block);
  }
  state_->facts = state_->block;
  const std::uint32_t* base = documents_ + index_;
  std::uint32_t length = size_ - index_;
  while (length > 1) {
    const std::uint32_t half = length / 2;
    base += base[half - 1] < target ? half : 0;
    length -= half;
  }
  index_ = static_cast<std::uint32_t>(base - documents_);
  doc_ = *base;
  assert(doc_ >= target);
  return doc_;
}

std::uint32_t PostingCursor::term_frequency() { return block_term_frequencies()[index_]; }

std::span<const std::uint32_t> PostingCursor::block_term_frequencies() {
  assert(size_ != 0);
  State& state = *state_;
  if (!state.has_frequencies) {
    state.list.read_frequencies(state.layout, state.frequencies);
    state.has_frequencies = true;
  }
  return {state.frequencies.data(), size_};
}

std::uint8_t PostingCursor::impact() {
  const auto impacts = block_impacts();
  return impacts.empty() ? std::uint8_t{255} : static_cast<std::uint8_t>(impacts[index_]);
}

std::span<const std::uint32_t> PostingCursor::block_impacts() {
  assert(size_ != 0);
  State& state = *state_;
  if (!has_impacts()) return {};
  if (!state.has_impacts) {
    state.read_impacts();
    state.has_impacts = true;
  }
  return {state.impacts.data(), size_};
}

bool PostingCursor::has_positions() const {
  return state_ != nullptr && state_->list.traits().positions;
}
bool PostingCursor::has_impacts() const {
  return state_ != nullptr && state_->list.traits().impacts;
}

std::span<const std::uint32_t> PostingCursor::positions() {
  assert(size_ != 0);
  State& state = *state_;
  if (!state.list.traits().positions) return {};
  if (!state.has_ends) {
    state.list.read_position_ends(state.layout, state.ends);
    state.has_ends = true;
  }
  const std::uint32_t begin = index_ == 0 ? 0 : state.ends[index_ - 1];
  state.list.read_positions(state.block, state.layout, begin, state.ends[index_], state.positions);
  return state.positions;
}

Ordinal PostingCursor::block_last() const {
  return state_ == nullptr ? kEndOfList : state_->last_of(state_->facts);
}

std::uint8_t PostingCursor::block_bound() const {
  if (state_ == nullptr || state_->facts >= state_->list.block_count()) return 0;
  return state_->list.is_long() ? state_->list.block_bounds()[state_->facts] : list_bound();
}

std::uint8_t PostingCursor::list_bound() const {
  return state_ == nullptr ? std::uint8_t{0} : state_->list.bound();
}

void PostingCursor::shallow_seek(Ordinal target) {
  if (size_ == 0) return;
  state_->facts = state_->block_with(state_->facts, target);
}

}  // namespace stemma::segment
