// Walked, an OR is a heap; emptied into a window it is one pass over each child, in the order of
// the query, so that sums come out in that order without any merging.
#include "execution/any_of.h"

#include <algorithm>
#include <utility>

namespace stemma::execution {

AnyOf::AnyOf(std::vector<OperatorPtr> children, Interrupt& interrupt)
    : Operator(interrupt), any_(std::move(children)) {
  set_doc(any_.doc());
}

Ordinal AnyOf::next() {
  interrupt().tick();
  set_doc(any_.next());
  return doc();
}

Ordinal AnyOf::seek(Ordinal target) {
  interrupt().tick();
  set_doc(any_.seek(target));
  return doc();
}

void AnyOf::collect(Window& window) {
  Ordinal behind = kEndOfList;
  for (const OperatorPtr& child : any_.children()) {
    child->collect(window);
    behind = std::min(behind, child->doc());
  }
  set_doc(behind);
}

}  // namespace stemma::execution
