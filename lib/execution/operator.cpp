// The way any operator empties itself into a window; the ones that can do better override it.
#include "execution/operator.h"

namespace stemma::execution {

void Operator::collect(Window& window) {
  const auto score = [this](double sum, double length_part) { return add_score(sum, length_part); };
  for (Ordinal doc = seek(window.begin()); doc < window.end(); doc = next()) {
    interrupt_.tick();
    if (matches()) window.add(doc, score);
  }
}

}  // namespace stemma::execution
