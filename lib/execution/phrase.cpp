// What differs between a phrase, NEAR and ADJ is one question asked of positions (spans.h); how
// documents are found and scored is the same.
#include "execution/phrase.h"

#include <utility>

namespace stemma::execution {
namespace {

std::vector<TermCursor*> cursors_of(std::vector<Operand>& operands) {
  std::vector<TermCursor*> cursors;
  for (Operand& operand : operands) {
    for (Slot& slot : operand.slots()) cursors.push_back(&slot.word().terms);
  }
  return cursors;
}

}  // namespace

Phrase::Phrase(std::vector<Operand> operands, Arrangement arrangement, std::uint32_t window,
               Interrupt& interrupt)
    : Operator(interrupt),
      operands_(std::move(operands)),
      arrangement_(arrangement),
      window_(window),
      common_(cursors_of(operands_), interrupt) {
  set_doc(common_.first());
}

Ordinal Phrase::next() {
  set_doc(common_.next());
  return doc();
}

Ordinal Phrase::seek(Ordinal target) {
  if (doc() < target) set_doc(common_.seek(target));
  return doc();
}

bool Phrase::matches() {
  if (arrangement_ == Arrangement::one_phrase) return operands_.front().stands();
  std::vector<SpanList> spans;
  spans.reserve(operands_.size());
  for (Operand& operand : operands_) {
    spans.push_back(operand.spans());
    if (spans.back().empty()) return false;
  }
  if (arrangement_ == Arrangement::adjacent) return !chains(spans, window_).empty();
  return stand_near(spans, window_, interrupt());
}

double Phrase::add_score(double sum, double length_part) {
  for (Operand& operand : operands_) {
    for (Slot& slot : operand.slots()) sum = slot.word().add_score(sum, length_part);
  }
  return sum;
}

}  // namespace stemma::execution
