// A cursor over one posting list of one segment.
//
// Postings come in blocks of 128, bit-packed; the facts of each block (last ordinal, bound, where
// it lies) stand in arrays of their own, so that seek() skips without reading what it skips. A
// block's documents are decoded when the cursor enters it, its frequencies, impacts and positions
// only when they are asked for.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "stemma/types.h"

namespace stemma::segment {

inline constexpr std::uint32_t kBlockSize = 128;

class PostingList;

/// Movable, not copyable; used by one thread. The segment must outlive it.
class PostingCursor {
 public:
  PostingCursor();  ///< an empty list
  explicit PostingCursor(const PostingList& list);
  ~PostingCursor();
  PostingCursor(PostingCursor&&) noexcept;
  PostingCursor& operator=(PostingCursor&&) noexcept;

  /// The present document; kEndOfList once exhausted. A fresh cursor stands on its first document.
  [[nodiscard]] Ordinal doc() const { return doc_; }
  /// To the next document; legal when exhausted.
  Ordinal next() {
    if (index_ + 1 < size_) {
      doc_ = documents_[++index_];
      return doc_;
    }
    return enter_next_block();
  }
  /// To the first document >= target; target >= doc(), legal when exhausted.
  Ordinal seek(Ordinal target);
  /// Documents in the list.
  [[nodiscard]] std::uint32_t document_frequency() const;

  // Of the present document; doc() must not be kEndOfList.
  [[nodiscard]] std::uint32_t term_frequency();
  [[nodiscard]] std::uint8_t impact();  ///< 255 where the list has none
  /// Ascending; empty where the list has none. Valid until the next call on this cursor.
  [[nodiscard]] std::span<const std::uint32_t> positions();
  [[nodiscard]] bool has_positions() const;
  [[nodiscard]] bool has_impacts() const;

  // The present block as a whole, from its first document; valid until the cursor leaves it.
  [[nodiscard]] std::span<const std::uint32_t> block_documents() const {
    return {documents_, size_};
  }
  [[nodiscard]] std::span<const std::uint32_t> block_term_frequencies();
  /// Impacts as 32-bit numbers; empty where the list has none.
  [[nodiscard]] std::span<const std::uint32_t> block_impacts();
  /// To the first document of the next block; legal when exhausted.
  Ordinal next_block() { return enter_next_block(); }

  // Block facts: of the block that holds the present document, or that shallow_seek() went to.
  // No block is decoded for them. Behind the last block: kEndOfList and 0.
  [[nodiscard]] Ordinal block_last() const;
  /// >= every impact level in the block.
  [[nodiscard]] std::uint8_t block_bound() const;
  /// Moves block facts (not documents) to the block that could hold `target`: after it block_last()
  /// and block_bound() speak of that block, until next() enters another block or seek() is called.
  /// doc() is unchanged.
  void shallow_seek(Ordinal target);
  /// >= every impact level in the list.
  [[nodiscard]] std::uint8_t list_bound() const;

 private:
  Ordinal enter(std::uint32_t block);
  Ordinal enter_next_block();
  void end();

  Ordinal doc_ = kEndOfList;
  std::uint32_t index_ = 0;  // of doc_ in the block
  std::uint32_t size_ = 0;   // of the block; 0 once exhausted
  const std::uint32_t* documents_ = nullptr;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stemma::segment
