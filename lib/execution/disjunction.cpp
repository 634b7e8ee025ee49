// A binary heap by hand: std::push_heap has no "the top has changed", which is all that is needed.
#include "execution/disjunction.h"

#include <algorithm>
#include <utility>

namespace stemma::execution {

Disjunction::Disjunction(std::vector<OperatorPtr> children) : children_(std::move(children)) {
  heap_.reserve(children_.size());
  for (std::uint32_t i = 0; i < children_.size(); ++i) heap_.push_back({children_[i]->doc(), i});
  std::sort(heap_.begin(), heap_.end(),
            [](const Entry& a, const Entry& b) { return a.doc < b.doc; });
}

void Disjunction::sink_top() {
  const Entry sinking = heap_.front();
  std::size_t place = 0;
  for (;;) {
    std::size_t below = 2 * place + 1;
    if (below >= heap_.size()) break;
    if (below + 1 < heap_.size() && heap_[below + 1].doc < heap_[below].doc) ++below;
    if (heap_[below].doc >= sinking.doc) break;
    heap_[place] = heap_[below];
    place = below;
  }
  heap_[place] = sinking;
}

void Disjunction::move_top(Ordinal doc) {
  heap_.front().doc = doc;
  sink_top();
}

Ordinal Disjunction::next() {
  const Ordinal left = doc();
  while (doc() == left && left != kEndOfList) move_top(children_[heap_.front().child]->next());
  return doc();
}

Ordinal Disjunction::seek(Ordinal target) {
  while (doc() < target) move_top(children_[heap_.front().child]->seek(target));
  return doc();
}

std::size_t Disjunction::verify() {
  matched_.clear();
  visit_.assign(1, 0);
  while (!visit_.empty()) {
    const std::uint32_t place = visit_.back();
    visit_.pop_back();
    if (place >= heap_.size() || heap_[place].doc != doc()) continue;
    const std::uint32_t child = heap_[place].child;
    if (children_[child]->matches()) matched_.push_back(child);
    visit_.push_back(2 * place + 1);
    visit_.push_back(2 * place + 2);
  }
  std::sort(matched_.begin(), matched_.end());
  return matched_.size();
}

double Disjunction::add_score(double sum, double length_part) const {
  for (const std::uint32_t child : matched_) sum = children_[child]->add_score(sum, length_part);
  return sum;
}

std::uint64_t Disjunction::cost() const {
  std::uint64_t sum = 0;
  for (const OperatorPtr& child : children_) sum += child->cost();
  return sum;
}

}  // namespace stemma::execution
