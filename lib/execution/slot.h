// One place of a phrase: which documents can fill it, and at which positions.
//
// A verbatim slot asks its terms for both. A stemmed slot asks its stem terms for documents (and
// for the score), and the words of these stems for positions, which stems do not have.
#pragma once

#include <cstdint>
#include <vector>

#include "execution/spans.h"
#include "execution/term.h"
#include "segment/posting_cursor.h"

namespace stemma::execution {

class Slot {
 public:
  /// Verbatim.
  explicit Slot(WeightedCursor terms) : word_(std::move(terms)) {}
  /// Stemmed, with the lists of the words of its stems.
  Slot(WeightedCursor stems, std::vector<segment::PostingCursor> words)
      : word_(std::move(stems)), words_(std::move(words)), stemmed_(true) {}

  [[nodiscard]] WeightedCursor& word() { return word_; }
  /// Of the document that word().terms stands on. Valid until the next call on this slot.
  [[nodiscard]] Positions positions();

 private:
  WeightedCursor word_;
  std::vector<segment::PostingCursor> words_;
  std::vector<std::uint32_t> merged_;  // reused
  bool stemmed_ = false;
};

/// Slots that stand together: a word (one slot), a phrase, or a phrase within a window.
class Operand {
 public:
  /// `window` as in query::Node.
  Operand(std::vector<Slot> slots, std::uint32_t window);

  [[nodiscard]] std::vector<Slot>& slots() { return slots_; }
  /// Whether it stands anywhere in the present document, which all slots must be on.
  [[nodiscard]] bool stands();
  /// Everywhere it stands.
  [[nodiscard]] SpanList spans();

 private:
  void read_positions();
  [[nodiscard]] SpanList loose_spans() const;

  std::vector<Slot> slots_;
  std::uint32_t window_;
  bool consecutive_;
  std::vector<Positions> positions_;  // reused
  std::vector<std::size_t> at_;       // reused
};

}  // namespace stemma::execution
