#include "compile/losses.h"

#include <utility>

#include "articles/article_codec.h"
#include "compile/document_terms.h"

namespace stemma::compile {

void lose_document(snapshot::SegmentLoss& loss, Ordinal doc, Bytes article,
                   const analysis::Analyzer& analyzer) {
  const DocumentTerms lost = document_terms(articles::decode(article), analyzer);
  loss.documents.push_back(doc);
  loss.total_length += lost.length;
  ++loss.languages[lost.language];
  for (const DocumentTerm& term : lost.terms) {
    snapshot::TermLoss& sum = loss.terms[term.term];
    ++sum.documents;
    sum.occurrences += term.term_frequency;
  }
}

}  // namespace stemma::compile
