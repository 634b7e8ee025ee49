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

struct ListView;  // where a list's parts lie; segment/ only

/// Movable, not copyable; used by one thread. The segment must outlive it.
class PostingCursor {
 public:
  PostingCursor();  ///< an empty list
  explicit PostingCursor(std::unique_ptr<ListView> list);
  ~PostingCursor();
  PostingCursor(PostingCursor&&) noexcept;
  PostingCursor& operator=(PostingCursor&&) noexcept;

  /// The present document; kEndOfList once exhausted. A fresh cursor stands on its first document.
  [[nodiscard]] Ordinal doc() const { return doc_; }
  /// To the next document; legal when exhausted.
  Ordinal next();
  /// To the first document >= target; target >= doc(), legal when exhausted.
  Ordinal seek(Ordinal target);
  /// Documents in the list.
  [[nodiscard]] std::uint32_t document_frequency() const;

  // Of the present document; doc() must not be kEndOfList.
  [[nodiscard]] std::uint32_t term_frequency();
  [[nodiscard]] std::uint8_t impact();  ///< 255 where the list has none
  /// Ascending; empty where the list has none. Valid until the next call on this cursor.
  [[nodiscard]] std::span<const std::uint32_t> positions();

  // Of the block that holds the present document, without decoding it.
  [[nodiscard]] Ordinal block_last() const;
  [[nodiscard]] std::uint8_t block_bound()
      const;  ///< >= every impact level in the block; 255 if unknown
  /// Moves block facts (not documents) to the block that could hold `target`: after it block_last()
  /// and block_bound() speak of that block. doc() is unchanged until seek().
  void shallow_seek(Ordinal target);

 private:
  Ordinal doc_ = kEndOfList;
  std::unique_ptr<ListView> list_;
};

}  // namespace stemma::segment
