// The simplest operator. collect() is the loop that a ranked OR spends its time in: no virtual call
// for a posting.
#include "execution/term.h"

#include <utility>

namespace stemma::execution {

Term::Term(WeightedCursor word, Interrupt& interrupt)
    : Operator(interrupt), word_(std::move(word)) {
  set_doc(word_.terms.doc());
}

Ordinal Term::next() {
  set_doc(word_.terms.next());
  return doc();
}

Ordinal Term::seek(Ordinal target) {
  set_doc(word_.terms.seek(target));
  return doc();
}

double Term::add_score(double sum, double length_part) { return word_.add_score(sum, length_part); }

void Term::collect(Window& window) {
  TermCursor& terms = word_.terms;
  const auto score = [this](double sum, double length_part) {
    return word_.add_score(sum, length_part);
  };
  for (Ordinal at = terms.seek(window.begin()); at < window.end(); at = terms.next()) {
    interrupt().tick();
    window.add(at, score);
  }
  set_doc(terms.doc());
}

}  // namespace stemma::execution
