// Both forms align by Conjunction (the rarest leads) and score in the order of the query, which is
// why the children keep that order and Conjunction sorts pointers of its own.
#include "execution/all_of.h"

#include <algorithm>
#include <utility>

namespace stemma::execution {
namespace {

std::vector<TermCursor*> cursors_of(std::vector<WeightedCursor>& words) {
  std::vector<TermCursor*> cursors;
  cursors.reserve(words.size());
  for (WeightedCursor& word : words) cursors.push_back(&word.terms);
  return cursors;
}

std::vector<Operator*> pointers_to(const std::vector<OperatorPtr>& children) {
  std::vector<Operator*> pointers;
  pointers.reserve(children.size());
  for (const OperatorPtr& child : children) pointers.push_back(child.get());
  return pointers;
}

}  // namespace

AllWords::AllWords(std::vector<WeightedCursor> words, Interrupt& interrupt)
    : Operator(interrupt), words_(std::move(words)), common_(cursors_of(words_), interrupt) {
  set_doc(common_.first());
}

Ordinal AllWords::next() {
  set_doc(common_.next());
  return doc();
}

Ordinal AllWords::seek(Ordinal target) {
  if (doc() < target) set_doc(common_.seek(target));
  return doc();
}

double AllWords::add_score(double sum, double length_part) {
  for (WeightedCursor& word : words_) sum = word.add_score(sum, length_part);
  return sum;
}

void AllWords::collect(Window& window) {
  const auto score = [this](double sum, double length_part) {
    return AllWords::add_score(sum, length_part);
  };
  Ordinal at = AllWords::seek(window.begin());
  for (; at < window.end(); at = common_.next()) window.add(at, score);
  set_doc(at);
}

AllOf::AllOf(std::vector<OperatorPtr> children, Interrupt& interrupt)
    : Operator(interrupt),
      children_(std::move(children)),
      common_(pointers_to(children_), interrupt) {
  set_doc(common_.first());
}

Ordinal AllOf::next() {
  set_doc(common_.next());
  return doc();
}

Ordinal AllOf::seek(Ordinal target) {
  if (doc() < target) set_doc(common_.seek(target));
  return doc();
}

bool AllOf::matches() {
  return std::all_of(children_.begin(), children_.end(),
                     [](const OperatorPtr& child) { return child->matches(); });
}

double AllOf::add_score(double sum, double length_part) {
  for (const OperatorPtr& child : children_) sum = child->add_score(sum, length_part);
  return sum;
}

}  // namespace stemma::execution
