// Merging walks the dictionaries of all inputs at once, in order of the terms, and strings their
// lists together: the inputs are in DocId order, so no posting is ever compared with another.
#include "compile/merge.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/files.h"
#include "compile/compiled_segment.h"
#include "segment/format.h"
#include "segment/segment_writer.h"
#include "stemma/error.h"

namespace stemma::compile {
namespace {

using segment::PostingCursor;
using segment::Segment;
using segment::TermIterator;

/// One input with the numbers that its documents get.
struct Source {
  const Segment* segment = nullptr;
  std::vector<Ordinal> ordinals;  // by old ordinal; kEndOfList if deleted
  bool any_deleted = false;
};

/// The language of each document. A segment counts languages and does not list them, but the first
/// word of field `lang` is what analysis found (fields.h).
std::vector<std::string_view> document_languages(const Segment& segment) {
  const auto& languages = segment.languages();
  if (languages.size() == 1) {
    return std::vector<std::string_view>(segment.document_count(), languages.front().language);
  }
  std::vector<std::string_view> found(segment.document_count());
  for (const segment::LanguageCount& count : languages) {
    const auto info = segment.find(field_term_key("lang", count.language));
    if (!info) continue;
    PostingCursor cursor = segment.postings(*info);
    for (; cursor.doc() < found.size(); cursor.next()) {
      const auto positions = cursor.positions();
      if (!positions.empty() && positions.front() == 1) found[cursor.doc()] = count.language;
    }
  }
  return found;
}

class Merger {
 public:
  explicit Merger(std::span<const MergeInput> inputs) {
    for (const MergeInput& input : inputs) {
      Source source;
      source.segment = input.segment.get();
      const std::uint32_t documents = source.segment->document_count();
      source.ordinals.reserve(documents);
      for (Ordinal doc = 0; doc < documents; ++doc) {
        if (input.deleted->contains(doc)) {
          source.ordinals.push_back(kEndOfList);
          source.any_deleted = any_deleted_ = true;
          continue;
        }
        source.ordinals.push_back(static_cast<Ordinal>(lengths_.size()));
        lengths_.push_back(source.segment->length(doc));
        const DocId doc_id = source.segment->doc_id(doc);
        if (lengths_.size() == 1) entry_.first_doc = doc_id;
        entry_.last_doc = doc_id;
      }
      sources_.push_back(std::move(source));
    }
  }

  snapshot::SegmentEntry write(const std::filesystem::path& path) {
    segment::SegmentSettings settings;
    settings.analyzer_fingerprint = sources_.front().segment->analyzer_fingerprint();
    const segment::ImpactReference& before = sources_.front().segment->impact_reference();
    settings.impact_reference = impact_reference(lengths_, {.k1 = before.k1, .b = before.b});
    settings.word_impacts = sources_.front().segment->word_impacts();
    segment::SegmentWriter out(path, settings);
    for (const Source& source : sources_) write_documents(source, out);
    for (const Source& source : sources_) write_columns(source, out);
    write_terms(out, settings.impact_reference);
    out.finish();
    entry_.file = path.filename().string();
    entry_.documents = static_cast<std::uint32_t>(lengths_.size());
    entry_.bytes = size_of_file(path);
    return entry_;
  }

 private:
  static constexpr const char* kDateColumn = "date";

  static void write_documents(const Source& source, segment::SegmentWriter& out) {
    const Segment& segment = *source.segment;
    const std::vector<segment::DateValue> dates = segment.dates(kDateColumn);
    const std::vector<std::string_view> languages = document_languages(segment);
    auto date = dates.begin();
    std::vector<DateInterval> own_dates;
    segment::ArticleWalk articles(segment);
    // The text of a deleted article must not live on in a block or a dictionary.
    const bool copied = !source.any_deleted;
    if (copied) out.copy_articles(segment);
    for (Ordinal doc = 0; doc < segment.document_count(); ++doc) {
      own_dates.clear();
      for (; date != dates.end() && date->doc == doc; ++date) own_dates.push_back(date->value);
      if (source.ordinals[doc] == kEndOfList) continue;
      const auto sentence_starts = segment.sentence_starts(doc);
      const auto paragraph_starts = segment.paragraph_starts(doc);
      segment::DocumentFacts facts;
      facts.doc = segment.doc_id(doc);
      facts.key = segment.key(doc);
      facts.length = segment.length(doc);
      facts.title_length = segment.title_length(doc);
      facts.language = languages[doc];
      facts.article =
          copied ? std::optional<Bytes>() : std::optional(as_bytes(articles.article(doc)));
      facts.sentence_starts = sentence_starts;
      facts.paragraph_starts = paragraph_starts;
      facts.dates = own_dates;
      out.add_document(facts);
    }
  }

  static void write_columns(const Source& source, segment::SegmentWriter& out) {
    for (const std::string& column : source.segment->column_names()) {
      for (const auto& number : source.segment->numbers(column)) {
        const Ordinal doc = source.ordinals[number.doc];
        if (doc != kEndOfList) out.add_number(column, {doc, number.value});
      }
      if (column == kDateColumn) continue;  // came with the documents
      for (const auto& date : source.segment->dates(column)) {
        const Ordinal doc = source.ordinals[date.doc];
        if (doc != kEndOfList) out.add_date(column, {doc, date.value});
      }
    }
  }

  /// The dictionary of one source, at its present term.
  struct Walk {
    TermIterator terms;
    std::size_t source;
  };

  void write_terms(segment::SegmentWriter& out, const segment::ImpactReference& reference) {
    std::vector<Walk> walks;  // a heap: the least term first, and of one term the first source
    const auto later = [](const Walk& a, const Walk& b) {
      const int order = a.terms.term().compare(b.terms.term());
      return order != 0 ? order > 0 : a.source > b.source;
    };
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      Walk walk{sources_[i].segment->terms(), i};
      if (walk.terms.next()) walks.push_back(std::move(walk));
    }
    std::make_heap(walks.begin(), walks.end(), later);
    TermOutput output(out, lengths_, reference);
    std::string term;
    while (!walks.empty()) {
      term.assign(walks.front().terms.term());
      output.start(term);
      words_.clear();
      const bool has_words = segment::maps_to_words(layer_of(term));
      while (!walks.empty() && walks.front().terms.term() == term) {
        std::pop_heap(walks.begin(), walks.end(), later);
        TermIterator& terms = walks.back().terms;
        append_postings(sources_[walks.back().source], terms.info(), output);
        if (has_words) append_words(terms.words());
        if (terms.next()) {
          std::push_heap(walks.begin(), walks.end(), later);
        } else {
          walks.pop_back();
        }
      }
      if (has_words) write_words(layer_of(term), output);
      output.finish();
    }
  }

  void append_words(std::vector<std::string>&& words) {
    if (words_.empty()) {
      words_ = std::move(words);
      return;
    }
    std::move(words.begin(), words.end(), std::back_inserter(words_));
    words_sorted_ = false;
  }

  static void append_postings(const Source& source, const segment::TermInfo& info,
                              TermOutput& output) {
    if (info.document_frequency == 0) return;  // a folded form
    PostingCursor cursor = source.segment->postings(info);
    for (; cursor.doc() != kEndOfList; cursor.next()) {
      if (cursor.doc() >= source.ordinals.size()) {
        throw Error(Error::Kind::corrupt, "a posting names a document beyond its segment",
                    "compile the segments again with `stemma rebuild`");
      }
      const Ordinal doc = source.ordinals[cursor.doc()];
      if (doc != kEndOfList) output.add(doc, cursor.term_frequency(), cursor.positions());
    }
  }

  void write_words(TermLayer layer, TermOutput& output) {
    if (!words_sorted_) {
      std::sort(words_.begin(), words_.end());
      words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
      words_sorted_ = true;
    }
    std::vector<std::string_view> left;
    for (const std::string& word : words_) {
      if (!any_deleted_ || occurs(word, layer)) left.push_back(word);
    }
    output.set_words(left);
  }

  /// Whether a surviving document still gives a word to a term that maps to it.
  bool occurs(const std::string& word, TermLayer mapping) {
    const std::string term = term_key(words_layer(mapping), word);
    const bool counted = words_are_counted(mapping);
    return std::any_of(sources_.begin(), sources_.end(), [&](const Source& source) {
      const auto info = source.segment->find(term);
      if (!info) return false;
      PostingCursor cursor = source.segment->postings(*info);
      for (; cursor.doc() != kEndOfList; cursor.next()) {
        if (cursor.doc() < source.ordinals.size() && source.ordinals[cursor.doc()] != kEndOfList &&
            (!counted || cursor.term_frequency() > 0)) {
          return true;
        }
      }
      return false;
    });
  }

  std::vector<Source> sources_;
  std::vector<std::uint32_t> lengths_;  // of surviving documents
  bool any_deleted_ = false;
  snapshot::SegmentEntry entry_;
  std::vector<std::string> words_;  // of the present term
  bool words_sorted_ = true;
};

}  // namespace

snapshot::SegmentEntry merge_segments(const std::filesystem::path& path,
                                      std::span<const MergeInput> inputs) {
  return Merger(inputs).write(path);
}

}  // namespace stemma::compile
