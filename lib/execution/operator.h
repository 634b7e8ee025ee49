// An operator walks the documents of one segment that may match one part of a query.
//
// Two steps, so that cheap tests come before dear ones: next() and seek() stop at *candidates*,
// matches() decides whether the present one truly matches (a phrase reads positions only there).
// An AND therefore aligns all its children before any of them reads a position. Virtual at this
// seam; the loops inside operators run over values.
//
// Calls in order: after next() or seek() at most one matches(), and add_score() only where it was
// true. A tree is either walked by next()/seek() or emptied window by window by collect(). Used by
// one thread. A fresh operator stands on its first candidate.
#pragma once

#include <cstdint>
#include <memory>

#include "execution/interrupt.h"
#include "execution/window.h"
#include "stemma/types.h"

namespace stemma::execution {

class Operator {
 public:
  explicit Operator(Interrupt& interrupt) : interrupt_(interrupt) {}
  virtual ~Operator() = default;
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  /// The present candidate; kEndOfList once exhausted.
  [[nodiscard]] Ordinal doc() const { return doc_; }
  /// To the next candidate; legal when exhausted.
  virtual Ordinal next() = 0;
  /// To the first candidate >= target; stays where it is if that is there already.
  virtual Ordinal seek(Ordinal target) = 0;
  /// Whether the present candidate matches.
  [[nodiscard]] virtual bool matches() { return true; }
  /// `sum` with the scores of the leaves that match here added one by one, in the query's order.
  [[nodiscard]] virtual double add_score(double sum, double /*length_part*/) { return sum; }
  /// Adds every match inside the window and moves to the first candidate behind it.
  virtual void collect(Window& window);
  /// Candidates at most.
  [[nodiscard]] virtual std::uint64_t cost() const = 0;

 protected:
  [[nodiscard]] Interrupt& interrupt() const { return interrupt_; }
  void set_doc(Ordinal doc) { doc_ = doc; }

 private:
  Ordinal doc_ = kEndOfList;
  Interrupt& interrupt_;
};

/// Null: this part of the query matches nothing in this segment.
using OperatorPtr = std::unique_ptr<Operator>;

}  // namespace stemma::execution
