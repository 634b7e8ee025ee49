// Writing an inversion out as a segment: documents in order, then terms in order, each list decoded
// once. Dropped documents get no ordinal and leave no trace: the bytes are those of an inversion
// that never saw them.
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/prefetch.h"
#include "compile/compiled_segment.h"
#include "compile/impact.h"
#include "compile/inversion_impl.h"
#include "segment/segment_writer.h"

namespace stemma::compile {
namespace {

/// Where a stem or folded form stands in order (upper half), and where one of its words does.
using WordPair = std::uint64_t;
constexpr WordPair kPlaceMask = 0xffff'ffff;

class InversionWriter {
 public:
  InversionWriter(const std::vector<BufferedDocument>& documents, const DocumentLists& of_documents,
                  const TermTable& terms, const ByteLists& lists, std::uint32_t title_weight)
      : documents_(documents),
        of_documents_(of_documents),
        terms_(terms),
        lists_(lists),
        title_weight_(title_weight) {
    places_.reserve(documents.size());
    for (const BufferedDocument& document : documents) {
      places_.push_back({document.dropped ? kEndOfList : live_, document.title_end});
      if (document.dropped) continue;
      ++live_;
      lengths_.push_back(document.length);
    }
  }

  [[nodiscard]] const std::vector<std::uint32_t>& lengths() const { return lengths_; }
  [[nodiscard]] Ordinal ordinal(std::uint32_t document) const { return places_[document].ordinal; }

  void write_documents(segment::SegmentWriter& out) const {
    std::uint32_t sentences = 0;
    std::uint32_t paragraphs = 0;
    std::uint32_t dates = 0;
    for (const BufferedDocument& document : documents_) {
      segment::DocumentFacts facts;
      facts.doc = document.doc;
      facts.key = document.key;
      facts.length = document.length;
      facts.title_length = document.title_length;
      facts.language = document.language;
      facts.article = as_bytes(document.encoded);
      facts.sentence_starts = part(of_documents_.sentence_starts, sentences, document.sentences);
      facts.paragraph_starts =
          part(of_documents_.paragraph_starts, paragraphs, document.paragraphs);
      facts.dates = part(of_documents_.dates, dates, document.dates);
      if (!document.dropped) out.add_document(facts);
    }
  }

  void write_terms(segment::SegmentWriter& out, const segment::ImpactReference& reference,
                   const std::vector<std::pair<TermNumber, TermNumber>>& words) {
    TermOutput output(out, lengths_, reference);
    const std::vector<TermNumber> order = terms_.sorted();
    const std::vector<WordPair> pairs = in_order(words, order);
    auto pair = pairs.begin();
    for (std::size_t at = 0; at < order.size(); ++at) {
      look_ahead(order, at);
      const BufferedTerm& term = terms_[order[at]];
      output.start(term.text());
      switch (term.layer()) {
        case TermLayer::folded:
          output.set_words(words_of(at, order, pair, pairs.end()));
          break;
        case TermLayer::stem:
        case TermLayer::title_stem:
          write_counts(output, term);
          output.set_words(words_of(at, order, pair, pairs.end()));
          break;
        default:
          write_positions(output, term);
      }
      output.finish();
    }
  }

 private:
  /// Where a document went.
  struct Place {
    Ordinal ordinal;  // kEndOfList if it was dropped
    std::uint32_t title_end;
  };

  /// `all` from `begin` to `end`, which becomes the next begin.
  template <class T>
  static std::span<const T> part(const std::vector<T>& all, std::uint32_t& begin,
                                 std::uint32_t end) {
    const std::uint32_t first = std::exchange(begin, end);
    return std::span(all).subspan(first, end - first);
  }

  /// In order of their text, terms and lists lie all over memory: asked for some terms ahead.
  void look_ahead(const std::vector<TermNumber>& order, std::size_t at) const {
    constexpr std::size_t kToTerm = 24;
    constexpr std::size_t kToList = 12;
    if (at + kToTerm < order.size()) prefetch(&terms_[order[at + kToTerm]]);
    if (at + kToList < order.size()) lists_.prefetch_begin(terms_[order[at + kToList]].list);
  }

  /// Pairs of numbers as pairs of places in `order`, ascending, without repeats.
  static std::vector<WordPair> in_order(const std::vector<std::pair<TermNumber, TermNumber>>& words,
                                        const std::vector<TermNumber>& order) {
    std::vector<std::uint32_t> places(order.size());
    for (std::uint32_t at = 0; at < order.size(); ++at) places[order[at]] = at;
    std::vector<WordPair> pairs;
    pairs.reserve(words.size());
    for (const auto& [stem, word] : words) {
      pairs.push_back(WordPair{places[stem]} << 32U | places[word]);
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
  }

  void write_counts(TermOutput& output, const BufferedTerm& term) const {
    ByteListReader reader(lists_, term.list);
    std::uint32_t document = 0;
    while (!reader.empty()) {
      document += static_cast<std::uint32_t>(reader.varint());
      const std::uint32_t count =
          reader.empty() ? term.last : static_cast<std::uint32_t>(reader.varint());
      const Ordinal ordinal = places_[document - 1].ordinal;
      if (ordinal != kEndOfList) output.add(ordinal, count, {});
    }
  }

  /// Calls `visit(ordinal, term frequency)` for each document, with its positions in positions_,
  /// until it returns false.
  template <class Visit>
  void walk_positions(const BufferedTerm& term, Visit visit) {
    const std::uint32_t in_title = term.layer() == TermLayer::word ? title_weight_ : 1;
    const std::uint32_t in_body = term.layer() == TermLayer::word ? 1 : 0;
    const bool counted = in_body > 0 || term.layer() == TermLayer::title_word;
    ByteListReader reader(lists_, term.list);
    std::uint32_t document = 0;
    std::uint32_t count = 0;
    std::uint32_t position = 0;
    Place place{};
    positions_.clear();
    while (!reader.empty()) {
      const std::uint64_t entry = reader.varint();
      if ((entry & 1U) != 0) {
        if (document != 0 && !visit(place.ordinal, count)) return;
        document += static_cast<std::uint32_t>(reader.varint());
        place = places_[document - 1];
        positions_.clear();
        count = 0;
        position = 0;
      }
      position += static_cast<std::uint32_t>(entry >> 2U);
      if (positions_.empty() || positions_.back() != position) positions_.push_back(position);
      const bool whole = (entry & 2U) != 0;
      if (counted && !whole) count += position <= place.title_end ? in_title : in_body;
    }
    if (document != 0) visit(place.ordinal, count);
  }

  void write_positions(TermOutput& output, const BufferedTerm& term) {
    walk_positions(term, [&](Ordinal ordinal, std::uint32_t count) {
      if (ordinal != kEndOfList) output.add(ordinal, count, positions_);
      return true;
    });
  }

  /// Whether a live document still gives a word to a term that maps to it.
  bool occurs(TermNumber word, TermLayer mapping) {
    const std::string_view text = terms_[word].text().substr(1);
    const bool counted = words_are_counted(mapping);
    bool found = false;
    walk_positions(terms_[terms_.find(words_layer(mapping), text)],
                   [&](Ordinal ordinal, std::uint32_t count) {
                     found = ordinal != kEndOfList && (count > 0 || !counted);
                     return !found;
                   });
    return found;
  }

  /// The words of the term at `place`, in order; `pair` is the first of its pairs and goes on to
  /// the next term's.
  std::span<const std::string_view> words_of(std::size_t place,
                                             const std::vector<TermNumber>& order,
                                             std::vector<WordPair>::const_iterator& pair,
                                             std::vector<WordPair>::const_iterator end) {
    words_.clear();
    const TermLayer layer = terms_[order[place]].layer();
    for (; pair != end && *pair >> 32U == place; ++pair) {
      if (end - pair > 16) prefetch(&terms_[order[pair[16] & kPlaceMask]]);
      const TermNumber word = order[*pair & kPlaceMask];
      if (live_ < documents_.size() && !occurs(word, layer)) continue;
      words_.push_back(terms_[word].text().substr(1));
    }
    return words_;
  }

  const std::vector<BufferedDocument>& documents_;
  const DocumentLists& of_documents_;
  const TermTable& terms_;
  const ByteLists& lists_;
  std::uint32_t title_weight_;
  std::vector<Place> places_;  // by document
  std::vector<std::uint32_t> lengths_;
  std::vector<std::uint32_t> positions_;
  std::vector<std::string_view> words_;
  Ordinal live_ = 0;
};

}  // namespace

snapshot::SegmentEntry Inversion::write(const std::filesystem::path& path) const {
  const Impl& impl = *impl_;
  InversionWriter writer(impl.documents, impl.document_lists, impl.terms, impl.lists,
                         impl.analyzer->options().title_weight);
  segment::SegmentSettings settings;
  settings.analyzer_fingerprint = impl.analyzer->fingerprint();
  const Bm25Options& bm25 = impl.analyzer->options().bm25;
  settings.impact_reference = impact_reference(writer.lengths(), {.k1 = bm25.k1, .b = bm25.b});
  // Without stems ranked search runs on words.
  settings.word_impacts = impl.analyzer->options().analyzer == AnalyzerKind::none;
  segment::SegmentWriter out(path, settings);
  writer.write_documents(out);
  for (const auto& [document, number] : impl.numbers) {
    const Ordinal doc = writer.ordinal(document);
    if (doc != kEndOfList) out.add_number(number.column, {doc, number.value});
  }
  for (const auto& [document, date] : impl.column_dates) {
    const Ordinal doc = writer.ordinal(document);
    if (doc != kEndOfList) out.add_date(date.column, {doc, date.value});
  }
  writer.write_terms(out, settings.impact_reference, impl.words);
  out.finish();

  snapshot::SegmentEntry entry;
  entry.file = path.filename().string();
  const auto live = [](const BufferedDocument& document) { return !document.dropped; };
  entry.first_doc = std::find_if(impl.documents.begin(), impl.documents.end(), live)->doc;
  entry.last_doc = std::find_if(impl.documents.rbegin(), impl.documents.rend(), live)->doc;
  entry.documents = document_count();
  entry.bytes = size_of_file(path);
  return entry;
}

}  // namespace stemma::compile
