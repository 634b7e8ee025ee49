// A small real index in a temporary folder, written segment by segment without the layers above
// execution: what a word's stem or folded form is, is decided here by its letters.
//
//   word "b2"   stem "b", so b1, b2 and b3 share a stem
//   word "é1"   folded form "e1", stem "e"
//
// The first `title` words of a document are its title. Every word counts in its word and its stem
// term, so a document's length is twice its number of words.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/term.h"
#include "scoring/bm25.h"
#include "segment/segment_writer.h"
#include "snapshot/deletion_file.h"
#include "snapshot/manifest.h"
#include "snapshot/snapshot.h"

namespace stemma::testing {

struct SmallDocument {
  std::vector<std::string> words = {};
  std::size_t title = 0;
  std::vector<std::string> source = {};  ///< words of the field `source`
  std::vector<DateInterval> dates = {};
  std::vector<double> prices = {};  ///< column `price`
  bool deleted = false;
};

inline std::string stem_of(const std::string& word) {
  return word.starts_with("é") ? "e" : word.substr(0, 1);
}
inline std::string folded_of(const std::string& word) {
  return word.starts_with("é") ? "e" + word.substr(2) : word;
}

class SmallIndex {
 public:
  /// One segment each inner list; DocIds from 1, with a gap of 3 between segments.
  explicit SmallIndex(const std::vector<std::vector<SmallDocument>>& segments) {
    static std::atomic<unsigned> serial = 0;
    directory_ = std::filesystem::temp_directory_path() /
                 ("stemma-small-" + std::to_string(::getpid()) + "-" + std::to_string(serial++));
    std::filesystem::create_directories(directory_ / snapshot::kSegmentsFolder);
    snapshot::Manifest manifest;
    manifest.generation = 1;
    manifest.uuid = "small";
    snapshot::Deletions deletions;
    for (const auto& documents : segments) {
      if (!documents.empty()) add_segment(documents, manifest, deletions);
    }
    if (!deletions.empty()) {
      manifest.deletion_files.emplace_back("d00000001.del");
      snapshot::write_deletions(directory_ / snapshot::kSegmentsFolder / "d00000001.del",
                                deletions);
    }
    manifest.next_doc_id = next_doc_;
    snapshot::publish_manifest(directory_, manifest);
    snapshot_ = snapshot::Snapshot::open(directory_);
  }
  ~SmallIndex() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }
  SmallIndex(const SmallIndex&) = delete;
  SmallIndex& operator=(const SmallIndex&) = delete;

  [[nodiscard]] const snapshot::Snapshot& snapshot() const { return *snapshot_; }

 private:
  struct TermPosting {
    std::uint32_t frequency = 0;
    std::set<std::uint32_t> positions = {};
  };
  // Of one document, by term key.
  using Terms = std::map<std::string, TermPosting>;

  static Terms terms_of(const SmallDocument& document) {
    Terms terms;
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      const std::string& word = document.words[i];
      const auto position = static_cast<std::uint32_t>(i + 1);
      const auto add = [&](TermLayer layer, const std::string& text) {
        TermPosting& posting = terms[term_key(layer, text)];
        ++posting.frequency;
        if (layer == TermLayer::word || layer == TermLayer::title_word) {
          posting.positions.insert(position);
        }
      };
      add(TermLayer::word, word);
      add(TermLayer::stem, stem_of(word));
      if (i < document.title) add(TermLayer::title_word, word);
      if (i < document.title) add(TermLayer::title_stem, stem_of(word));
    }
    for (std::size_t i = 0; i < document.source.size(); ++i) {
      terms[field_term_key("source", document.source[i])].positions.insert(
          static_cast<std::uint32_t>(i + 1));
    }
    return terms;
  }
  static std::uint32_t length_of(const SmallDocument& document) {
    return static_cast<std::uint32_t>(2 * document.words.size());
  }

  void add_segment(const std::vector<SmallDocument>& documents, snapshot::Manifest& manifest,
                   snapshot::Deletions& deletions) {
    snapshot::SegmentEntry entry;
    entry.file = "s" + std::to_string(10'000'000 + manifest.segments.size()) + ".seg";
    const auto path = directory_ / snapshot::kSegmentsFolder / entry.file;
    segment::SegmentWriter writer(path, settings_of(documents));
    next_doc_ += 3;
    entry.first_doc = next_doc_;
    std::map<std::string, std::map<Ordinal, TermPosting>> postings;
    std::map<std::string, std::set<std::string>> words;
    snapshot::SegmentLoss loss;
    for (const SmallDocument& document : documents) {
      const Ordinal ordinal = add_document(document, writer);
      const Terms terms = terms_of(document);
      for (const auto& [term, posting] : terms) postings[term][ordinal] = posting;
      for (const std::string& word : document.words) {
        words[term_key(TermLayer::stem, stem_of(word))].insert(word);
        if (folded_of(word) != word) {
          words[term_key(TermLayer::folded, folded_of(word))].insert(word);
          postings[term_key(TermLayer::folded, folded_of(word))];
        }
      }
      for (std::size_t i = 0; i < document.title; ++i) {
        words[term_key(TermLayer::title_stem, stem_of(document.words[i]))].insert(
            document.words[i]);
      }
      if (document.deleted) lose(document, ordinal, terms, loss);
    }
    add_columns(documents, writer);
    add_terms(postings, words, documents, writer);
    writer.finish();
    entry.last_doc = next_doc_ - 1;
    entry.documents = static_cast<std::uint32_t>(documents.size());
    entry.bytes = std::filesystem::file_size(path);
    if (!loss.documents.empty()) deletions[entry.file] = loss;
    manifest.segments.push_back(entry);
  }

  // Words have impacts in every second index by its number of documents: both kinds occur.
  static segment::SegmentSettings settings_of(const std::vector<SmallDocument>& documents) {
    segment::SegmentSettings settings;
    double length = 0;
    for (const SmallDocument& document : documents) length += length_of(document);
    settings.impact_reference.average_length = length / static_cast<double>(documents.size());
    settings.word_impacts = documents.size() % 2 == 0;
    return settings;
  }

  Ordinal add_document(const SmallDocument& document, segment::SegmentWriter& writer) {
    const std::string key = "key" + std::to_string(next_doc_);
    segment::DocumentFacts facts;
    facts.doc = next_doc_++;
    facts.key = key;
    facts.length = length_of(document);
    facts.title_length = static_cast<std::uint32_t>(document.title);
    facts.language = "en";
    facts.article = as_bytes(key);
    facts.dates = document.dates;
    return writer.add_document(facts);
  }

  static void lose(const SmallDocument& document, Ordinal ordinal, const Terms& terms,
                   snapshot::SegmentLoss& loss) {
    loss.documents.push_back(ordinal);
    loss.total_length += length_of(document);
    ++loss.languages["en"];
    for (const auto& [term, posting] : terms) {
      ++loss.terms[term].documents;
      loss.terms[term].occurrences += posting.frequency;
    }
  }

  static void add_columns(const std::vector<SmallDocument>& documents,
                          segment::SegmentWriter& writer) {
    for (Ordinal doc = 0; doc < documents.size(); ++doc) {
      for (const double price : documents[doc].prices) writer.add_number("price", {doc, price});
    }
  }

  static void add_terms(const std::map<std::string, std::map<Ordinal, TermPosting>>& postings,
                        const std::map<std::string, std::set<std::string>>& words,
                        const std::vector<SmallDocument>& documents,
                        segment::SegmentWriter& writer) {
    const segment::ImpactReference reference = settings_of(documents).impact_reference;
    for (const auto& [term, list] : postings) {
      writer.begin_term(term);
      for (const auto& [doc, posting] : list) {
        const std::vector<std::uint32_t> positions(posting.positions.begin(),
                                                   posting.positions.end());
        const double part =
            scoring::tf_part({.k1 = reference.k1, .b = reference.b}, posting.frequency,
                             length_of(documents[doc]), reference.average_length);
        const auto impact = static_cast<std::uint8_t>(std::ceil(part * 255));
        writer.add_posting({doc, posting.frequency, impact, positions});
      }
      if (const auto found = words.find(term); found != words.end()) {
        const std::vector<std::string_view> texts(found->second.begin(), found->second.end());
        writer.set_words(texts);
      }
      writer.end_term();
    }
  }

  std::filesystem::path directory_;
  DocId next_doc_ = 1;
  std::shared_ptr<const snapshot::Snapshot> snapshot_;
};

}  // namespace stemma::testing
