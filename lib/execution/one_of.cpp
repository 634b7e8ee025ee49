// Candidates are those of an OR; whether the number of matching children is odd is known only when
// each has been asked.
#include "execution/one_of.h"

#include <utility>

namespace stemma::execution {

OneOf::OneOf(std::vector<OperatorPtr> children, Interrupt& interrupt)
    : Operator(interrupt), any_(std::move(children)) {
  set_doc(any_.doc());
}

Ordinal OneOf::next() {
  interrupt().tick();
  set_doc(any_.next());
  return doc();
}

Ordinal OneOf::seek(Ordinal target) {
  interrupt().tick();
  set_doc(any_.seek(target));
  return doc();
}

}  // namespace stemma::execution
