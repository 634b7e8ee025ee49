// Reads everything that a segment of foreign bytes offers.
//
// Each part may throw Error{corrupt} or {wrong_version}, nothing else. What is promised of any
// bytes is checked: cursors ascend and stay below the number of documents, iterators ascend. What
// passes verify() must moreover be consistent. A broken promise throws std::logic_error.
#pragma once

#include <random>
#include <stdexcept>
#include <string>

#include "segment/posting_list.h"
#include "segment/segment.h"
#include "stemma/error.h"

namespace stemma::segment {

inline void promise(bool kept, const char* what) {
  if (!kept) throw std::logic_error(what);
}

/// False if `action` found damage.
template <class Action>
bool survives(const Action& action) {
  try {
    action();
    return true;
  } catch (const Error& error) {
    promise(error.kind() == Error::Kind::corrupt || error.kind() == Error::Kind::wrong_version,
            "an error of the wrong kind");
    return false;
  }
}

inline void exercise_cursor(const Segment& segment, const TermInfo& info, std::mt19937& random) {
  PostingCursor cursor = segment.postings(info);
  std::uint64_t least = 0;
  for (std::uint64_t steps = 0; cursor.doc() != kEndOfList; ++steps) {
    promise(cursor.doc() >= least, "a cursor went back");
    promise(cursor.doc() < segment.document_count(), "a cursor left the segment");
    (void)cursor.term_frequency();
    (void)cursor.impact();
    (void)cursor.positions();
    (void)cursor.block_bound();
    promise(cursor.block_documents().size() == cursor.block_term_frequencies().size(),
            "a block of two sizes");
    least = std::uint64_t{cursor.doc()} + 1;
    const auto far = static_cast<Ordinal>(
        std::min<std::uint64_t>(least + random() % segment.document_count(), kEndOfList));
    switch (random() % 8) {
      case 0:
        cursor.shallow_seek(far);
        (void)cursor.block_last();
        (void)cursor.block_bound();
        break;
      case 1:
        cursor.seek(far);
        promise(cursor.doc() >= far, "a seek fell short");
        break;
      case 2:
        cursor.next_block();
        break;
      default:
        break;
    }
    if (cursor.doc() < least) cursor.next();
  }
}

/// Random access to what a list claims to have.
inline void exercise_list(const Segment& segment, const TermInfo& info, std::mt19937& random) {
  const PostingList list = segment.list(info);
  if (list.document_frequency() == 0) return;
  for (int i = 0; i < 8; ++i) {
    const auto doc = static_cast<Ordinal>(random() % segment.document_count());
    if (list.bitmap() != nullptr) {
      promise(list.rank(doc) < list.document_frequency(), "a rank beyond the list");
      (void)list.bitmap_has(doc);
    }
    if (list.impacts() != nullptr) {
      const std::size_t impacts =
          list.impacts_by_document() ? segment.document_count() : list.document_frequency();
      [[maybe_unused]] const volatile std::uint8_t read = list.impacts()[random() % impacts];
    }
    (void)list.term_frequency(static_cast<std::uint32_t>(random() % list.document_frequency()));
  }
}

inline void exercise_terms(const Segment& segment, std::mt19937& random, bool verified) {
  TermIterator terms = segment.terms();
  std::string before;
  while (terms.next()) {
    const std::string term(terms.term());
    promise(term > before || !verified, "terms do not ascend");
    before = term;
    const TermInfo info = terms.info();
    const bool read = survives([&] { exercise_cursor(segment, info, random); }) &&
                      survives([&] { exercise_list(segment, info, random); });
    promise(read || !verified, "verify() missed a damaged list");
    (void)survives([&] { (void)segment.words_of(term); });
    const auto found = segment.find(term);
    promise((found && found->document_frequency == info.document_frequency) || !verified,
            "verify() missed a term that cannot be found");
  }
}

inline void exercise_documents(const Segment& segment, bool verified) {
  for (Ordinal doc = 0; doc < segment.document_count(); ++doc) {
    const bool read = survives([&] {
      const DocId id = segment.doc_id(doc);
      const bool finds = segment.ordinal_of(id) == doc && segment.find_key(segment.key(doc));
      promise(finds || !verified, "verify() missed a document that cannot be found");
      (void)segment.length(doc);
      promise(segment.lengths()[doc] == segment.length(doc), "two lengths of one document");
      (void)segment.title_length(doc);
      (void)segment.article(doc);
      (void)segment.sentence_starts(doc);
      (void)segment.paragraph_starts(doc);
      (void)segment.date(doc);
    });
    promise(read || !verified, "verify() missed a damaged document");
  }
}

/// `bytes` must outlive the call.
inline void exercise(Bytes bytes) {
  std::mt19937 random(1);
  (void)survives([&] {
    const auto segment = Segment::over(bytes, "bytes");
    const bool verified = survives([&] { segment->verify(); });
    (void)survives([&] { exercise_terms(*segment, random, verified); });
    exercise_documents(*segment, verified);
    for (const auto& name : segment->column_names()) {
      (void)survives([&] { (void)segment->numbers(name); });
      (void)survives([&] { (void)segment->dates(name); });
    }
  });
}

}  // namespace stemma::segment
