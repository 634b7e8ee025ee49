// The unwanted child is asked last: it may be dearer than the wanted one, and is looked at only
// where the wanted one truly matches.
#include "execution/without.h"

#include <utility>

namespace stemma::execution {

Without::Without(OperatorPtr wanted, OperatorPtr unwanted, Interrupt& interrupt)
    : Operator(interrupt), wanted_(std::move(wanted)), unwanted_(std::move(unwanted)) {
  set_doc(wanted_->doc());
}

Ordinal Without::next() {
  set_doc(wanted_->next());
  return doc();
}

Ordinal Without::seek(Ordinal target) {
  set_doc(wanted_->seek(target));
  return doc();
}

bool Without::matches() {
  if (!wanted_->matches()) return false;
  return unwanted_->seek(doc()) != doc() || !unwanted_->matches();
}

}  // namespace stemma::execution
