// The formula, written once for reading; TermFrequencyPart in the header is its fast form and must
// equal it bit for bit.
#include "scoring/bm25.h"

namespace stemma::scoring {

double term_weight(const Bm25& bm25, std::uint64_t documents, std::uint64_t document_frequency,
                   double boost) {
  const auto n = static_cast<double>(documents);
  const auto df = static_cast<double>(document_frequency);
  double odds = (n - df + 0.5) / (df + 0.5);
  // A term in more than a third of the documents would weigh nothing or less: Xapian bends the
  // line at 2 so that weights stay positive and their order is kept.
  if (odds < 2) odds = odds * 0.5 + 1;
  return std::log(odds) * boost * (bm25.k1 + 1);
}

double tf_part(const Bm25& bm25, std::uint32_t term_frequency, std::uint32_t length,
               double average_length) {
  const double normalised_length =
      average_length == 0 ? 0.0 : static_cast<double>(length) * (1.0 / average_length);
  const auto tf = static_cast<double>(term_frequency);
  const double denominator = bm25.k1 * (normalised_length * bm25.b + (1 - bm25.b)) + tf;
  return denominator == 0 ? 0.0 : tf / denominator;
}

}  // namespace stemma::scoring
