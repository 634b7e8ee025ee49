// Writing an inversion out as a segment: documents in order, then terms in order, each list decoded
// once. Dropped documents get no ordinal and leave no trace: the bytes are those of an inversion
// that never saw them.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.h"
#include "compile/compiled_segment.h"
#include "compile/impact.h"
#include "compile/inversion_impl.h"
#include "segment/segment_writer.h"

namespace stemma::compile {
namespace {

using WordPair = std::pair<TermNumber, TermNumber>;

class InversionWriter {
 public:
  InversionWriter(const BufferedDocument* documents, std::size_t count, const TermTable& terms,
                  const ByteLists& lists, std::uint32_t title_weight)
      : documents_(documents),
        count_(count),
        terms_(terms),
        lists_(lists),
        title_weight_(title_weight) {
    ordinals_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      ordinals_.push_back(documents[i].dropped ? kEndOfList : live_);
      if (documents[i].dropped) continue;
      ++live_;
      lengths_.push_back(documents[i].length);
    }
  }

  [[nodiscard]] const std::vector<std::uint32_t>& lengths() const { return lengths_; }
  [[nodiscard]] Ordinal ordinal(std::uint32_t document) const { return ordinals_[document]; }

  void write_documents(segment::SegmentWriter& out) const {
    for (std::size_t i = 0; i < count_; ++i) {
      const BufferedDocument& document = documents_[i];
      if (document.dropped) continue;
      segment::DocumentFacts facts;
      facts.doc = document.doc;
      facts.key = document.key;
      facts.length = document.length;
      facts.title_length = document.title_length;
      facts.language = document.language;
      facts.article = as_bytes(document.encoded);
      facts.sentence_starts = document.sentence_starts;
      facts.paragraph_starts = document.paragraph_starts;
      facts.dates = document.dates;
      out.add_document(facts);
    }
  }

  /// `pairs` ascend by stem.
  void write_terms(segment::SegmentWriter& out, const segment::ImpactReference& reference,
                   const std::vector<WordPair>& pairs) {
    TermOutput output(out, lengths_, reference);
    for (const TermNumber number : terms_.sorted()) {
      const BufferedTerm& term = terms_[number];
      output.start(term.text());
      switch (term.layer()) {
        case TermLayer::folded:
          output.set_words(words_of(number, pairs));
          break;
        case TermLayer::stem:
        case TermLayer::title_stem:
          write_counts(output, term);
          output.set_words(words_of(number, pairs));
          break;
        default:
          write_positions(output, term);
      }
      output.finish();
    }
  }

 private:
  void write_counts(TermOutput& output, const BufferedTerm& term) const {
    ByteListReader reader(lists_, term.list);
    std::uint32_t document = 0;
    while (!reader.empty()) {
      document += static_cast<std::uint32_t>(reader.varint());
      const std::uint32_t count =
          reader.empty() ? term.last : static_cast<std::uint32_t>(reader.varint());
      if (ordinals_[document - 1] != kEndOfList) output.add(ordinals_[document - 1], count, {});
    }
  }

  /// Calls `visit(document, term frequency)` for each document, with its positions in positions_,
  /// until it returns false.
  template <class Visit>
  void walk_positions(const BufferedTerm& term, Visit visit) {
    ByteListReader reader(lists_, term.list);
    std::uint32_t document = 0;
    std::uint32_t count = 0;
    std::uint32_t position = 0;
    positions_.clear();
    while (!reader.empty()) {
      const std::uint64_t entry = reader.varint();
      if ((entry & 1U) != 0) {
        if (document != 0 && !visit(document - 1, count)) return;
        document += static_cast<std::uint32_t>(reader.varint());
        positions_.clear();
        count = 0;
        position = 0;
      }
      position += static_cast<std::uint32_t>(entry >> 2U);
      if (positions_.empty() || positions_.back() != position) positions_.push_back(position);
      if ((entry & 2U) == 0) count += count_of(term.layer(), documents_[document - 1], position);
    }
    if (document != 0) visit(document - 1, count);
  }

  [[nodiscard]] std::uint32_t count_of(TermLayer layer, const BufferedDocument& document,
                                       std::uint32_t position) const {
    if (layer == TermLayer::word) return position <= document.title_end ? title_weight_ : 1;
    return layer == TermLayer::title_word ? 1 : 0;
  }

  void write_positions(TermOutput& output, const BufferedTerm& term) {
    walk_positions(term, [&](std::uint32_t document, std::uint32_t count) {
      if (ordinals_[document] != kEndOfList) output.add(ordinals_[document], count, positions_);
      return true;
    });
  }

  /// Whether a live document still gives a word to a term that maps to it.
  bool occurs(TermNumber word, TermLayer mapping) {
    const std::string_view text = terms_[word].text().substr(1);
    const bool counted = words_are_counted(mapping);
    bool found = false;
    walk_positions(terms_[terms_.find(words_layer(mapping), text)],
                   [&](std::uint32_t document, std::uint32_t count) {
                     found = ordinals_[document] != kEndOfList && (count > 0 || !counted);
                     return !found;
                   });
    return found;
  }

  std::vector<std::string_view> words_of(TermNumber number, const std::vector<WordPair>& pairs) {
    std::vector<std::string_view> words;
    const TermLayer layer = terms_[number].layer();
    for (auto pair = std::lower_bound(pairs.begin(), pairs.end(), WordPair{number, 0});
         pair != pairs.end() && pair->first == number; ++pair) {
      if (live_ < count_ && !occurs(pair->second, layer)) continue;
      words.push_back(terms_[pair->second].text().substr(1));
    }
    std::sort(words.begin(), words.end());
    return words;
  }

  const BufferedDocument* documents_;
  std::size_t count_;
  const TermTable& terms_;
  const ByteLists& lists_;
  std::uint32_t title_weight_;
  std::vector<Ordinal> ordinals_;  // by document; kEndOfList if dropped
  std::vector<std::uint32_t> lengths_;
  std::vector<std::uint32_t> positions_;
  Ordinal live_ = 0;
};

}  // namespace

snapshot::SegmentEntry Inversion::write(const std::filesystem::path& path) const {
  const Impl& impl = *impl_;
  InversionWriter writer(impl.documents.data(), impl.documents.size(), impl.terms, impl.lists,
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
  std::vector<WordPair> pairs = impl.words;
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  writer.write_terms(out, settings.impact_reference, pairs);
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
