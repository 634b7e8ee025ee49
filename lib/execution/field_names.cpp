// The dictionary holds name + '\0' + word for every word of a field; one seek a field jumps over
// its words.
#include "execution/field_names.h"

#include <set>

namespace stemma::execution {
namespace {

void add_fields_with_words(const segment::Segment& segment, std::set<std::string>& names) {
  segment::TermIterator terms = segment.terms(term_key(TermLayer::field_word, ""));
  bool more = terms.next();
  while (more) {
    const std::string name(text_of(terms.term().substr(0, terms.term().find('\0'))));
    // '\1' follows '\0': the first key behind every word of this field.
    const std::string behind = term_key(TermLayer::field_word, name) + '\1';
    names.insert(name);
    more = terms.seek(behind) && layer_of(terms.term()) == TermLayer::field_word;
  }
}

}  // namespace

std::vector<std::string> field_names(const snapshot::Snapshot& snapshot) {
  std::set<std::string> names;
  for (const snapshot::SegmentView& view : snapshot.segments()) {
    add_fields_with_words(*view.segment, names);
    for (std::string& column : view.segment->column_names()) names.insert(std::move(column));
  }
  return {names.begin(), names.end()};
}

}  // namespace stemma::execution
