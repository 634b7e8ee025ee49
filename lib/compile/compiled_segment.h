// What inversion and merging share in writing a segment, so that both give the same bytes for the
// same articles.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compile/impact.h"
#include "segment/segment_writer.h"

namespace stemma::compile {

/// Impacts refer to the average length of the segment's own documents.
[[nodiscard]] inline segment::ImpactReference impact_reference(
    const std::vector<std::uint32_t>& lengths, const scoring::Bm25& bm25) {
  scoring::Collection collection;
  collection.documents = lengths.size();
  for (const std::uint32_t length : lengths) collection.total_length += length;
  return {bm25.k1, bm25.b, collection.average_length()};
}

// A stem maps to the words that gave it in some document of the segment. When documents go, a word
// leaves the map if none is left that has it where the stem came from: as a title word for the stem
// of a title, and counted, since the whole of a compound gives no stem. A folded form comes from
// every word.

/// The layer whose postings tell whether a word of `mapping`'s terms is still there.
[[nodiscard]] inline TermLayer words_layer(TermLayer mapping) {
  return mapping == TermLayer::title_stem ? TermLayer::title_word : TermLayer::word;
}
[[nodiscard]] inline bool words_are_counted(TermLayer mapping) {
  return mapping != TermLayer::folded;
}

/// Writes terms to a segment; a term without postings and words is left out.
class TermOutput {
 public:
  /// `lengths` by ordinal; it and `out` must outlive this.
  TermOutput(segment::SegmentWriter& out, const std::vector<std::uint32_t>& lengths,
             const segment::ImpactReference& reference)
      : out_(out),
        lengths_(lengths),
        impacts_({.k1 = reference.k1, .b = reference.b}, reference.average_length) {}

  void start(std::string_view term) {
    term_ = term;
    begun_ = false;
  }
  void add(Ordinal doc, std::uint32_t term_frequency, std::span<const std::uint32_t> positions) {
    begin();
    segment::Posting posting;
    posting.doc = doc;
    posting.term_frequency = term_frequency;
    posting.impact = impacts_.of(term_frequency, lengths_[doc]);
    posting.positions = positions;
    out_.add_posting(posting);
  }
  /// After the postings. A stem that no document has any more has no words either.
  void set_words(std::span<const std::string_view> words) {
    const bool folded = layer_of(term_) == TermLayer::folded;
    if (words.empty() || (!folded && !begun_)) return;
    begin();
    out_.set_words(words);
  }
  void finish() {
    if (begun_) out_.end_term();
  }

 private:
  void begin() {
    if (begun_) return;
    out_.begin_term(term_);
    begun_ = true;
  }

  segment::SegmentWriter& out_;
  const std::vector<std::uint32_t>& lengths_;
  Impacts impacts_;
  std::string_view term_;
  bool begun_ = false;
};

}  // namespace stemma::compile
