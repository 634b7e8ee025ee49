// All that a segment tells, as one text: to compare segments, and to see where they differ.
#pragma once

#include <sstream>
#include <string>

#include "segment/segment.h"

namespace stemma {

inline std::string contents_of(const segment::Segment& segment) {
  std::ostringstream out;
  for (Ordinal doc = 0; doc < segment.document_count(); ++doc) {
    out << "document " << segment.doc_id(doc) << " key " << segment.key(doc) << " length "
        << segment.length(doc) << " title " << segment.title_length(doc) << " sentences";
    for (const auto start : segment.sentence_starts(doc)) out << ' ' << start;
    out << " paragraphs";
    for (const auto start : segment.paragraph_starts(doc)) out << ' ' << start;
    out << " article " << std::hash<std::string>()(segment.article(doc)) << '\n';
  }
  for (const auto& count : segment.languages()) {
    out << "language " << count.language << ' ' << count.documents << '\n';
  }
  for (const std::string& column : segment.column_names()) {
    for (const auto& number : segment.numbers(column)) {
      out << "number " << column << ' ' << number.doc << ' ' << number.value << '\n';
    }
    for (const auto& date : segment.dates(column)) {
      out << "date " << column << ' ' << date.doc << ' ' << date.value.first << ".."
          << date.value.last << '\n';
    }
  }
  auto terms = segment.terms();
  while (terms.next()) {
    const segment::TermInfo info = terms.info();
    const std::string term(terms.term());
    out << "term " << term << " df " << info.document_frequency << " tf " << info.occurrences
        << '\n';
    if (info.document_frequency > 0) {
      auto cursor = segment.postings(info);
      for (; cursor.doc() != kEndOfList; cursor.next()) {
        out << "  " << cursor.doc() << ' ' << cursor.term_frequency() << " i"
            << int{cursor.impact()} << " at";
        for (const auto position : cursor.positions()) out << ' ' << position;
        out << '\n';
      }
    }
    for (const std::string& word : segment.words_of(term)) out << "  word " << word << '\n';
  }
  return out.str();
}

}  // namespace stemma
