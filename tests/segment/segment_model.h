// What a segment should hold, as plain maps, and the writer fed from them.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/term.h"
#include "segment/format.h"
#include "segment/segment.h"
#include "segment/segment_writer.h"

namespace stemma::segment {

struct ModelPosting {
  std::uint32_t term_frequency = 0;
  std::uint8_t impact = 0;
  std::vector<std::uint32_t> positions;
};

struct ModelTerm {
  std::map<Ordinal, ModelPosting> postings;
  std::vector<std::string> words;
};

struct ModelDocument {
  DocId id = 0;
  std::string key;
  std::uint32_t length = 0;
  std::uint32_t title_length = 0;
  std::string language = "en";
  std::string article;
  std::vector<std::uint32_t> sentences;
  std::vector<std::uint32_t> paragraphs;
  std::vector<DateInterval> dates;
};

struct Model {
  SegmentSettings settings;
  std::vector<ModelDocument> documents;
  std::map<std::string, ModelTerm> terms;
  std::map<std::string, std::vector<NumberValue>> numbers;
  std::map<std::string, std::vector<DateValue>> dates;
};

/// A folder that goes with its owner.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "stemma-segment-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::filesystem::path in(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline void write(const Model& model, const std::filesystem::path& path) {
  SegmentWriter writer(path, model.settings);
  for (const ModelDocument& document : model.documents) {
    writer.add_document({.doc = document.id,
                         .key = document.key,
                         .length = document.length,
                         .title_length = document.title_length,
                         .language = document.language,
                         .article = as_bytes(document.article),
                         .sentence_starts = document.sentences,
                         .paragraph_starts = document.paragraphs,
                         .dates = document.dates});
  }
  for (const auto& [column, values] : model.numbers) {
    for (const NumberValue& value : values) writer.add_number(column, value);
  }
  for (const auto& [column, values] : model.dates) {
    for (const DateValue& value : values) writer.add_date(column, value);
  }
  for (const auto& [term, entry] : model.terms) {
    writer.begin_term(term);
    for (const auto& [doc, posting] : entry.postings) {
      writer.add_posting({.doc = doc,
                          .term_frequency = posting.term_frequency,
                          .impact = posting.impact,
                          .positions = posting.positions});
    }
    if (!entry.words.empty()) {
      const std::vector<std::string_view> words(entry.words.begin(), entry.words.end());
      writer.set_words(words);
    }
    writer.end_term();
  }
  writer.finish();
}

inline std::shared_ptr<const Segment> build(const Model& model, const Folder& folder,
                                            const std::string& name = "a.seg") {
  write(model, folder.in(name));
  return Segment::open(folder.in(name));
}

/// `count` documents with little in them.
inline Model plain_documents(std::uint32_t count) {
  Model model;
  for (std::uint32_t i = 0; i < count; ++i) {
    ModelDocument document;
    document.id = i + 1;
    document.key = "k" + std::to_string(i);
    document.length = 1;
    document.article = "a" + std::to_string(i);
    model.documents.push_back(document);
  }
  return model;
}

/// Numbers of which small ones are frequent and large ones occur.
inline std::uint32_t skewed(std::mt19937& random, unsigned most_bits) {
  return static_cast<std::uint32_t>(random()) & ((std::uint32_t{1} << random() % most_bits) - 1);
}

inline std::vector<std::uint32_t> ascending(std::mt19937& random, std::size_t count,
                                            unsigned gap_bits) {
  std::vector<std::uint32_t> numbers(count);
  std::uint32_t last = 0;
  for (auto& number : numbers) number = last += 1 + skewed(random, gap_bits);
  return numbers;
}

inline ModelPosting any_posting(std::mt19937& random, TermLayer layer) {
  ModelPosting posting;
  const bool with_positions = layer != TermLayer::stem && layer != TermLayer::title_stem;
  const std::size_t count = random() % 8 == 0 ? random() % 40 : 1 + random() % 2;
  if (with_positions) posting.positions = ascending(random, count, 12);
  posting.term_frequency = static_cast<std::uint32_t>(count);
  if (random() % 16 == 0) posting.term_frequency = skewed(random, 20);
  if (layer == TermLayer::raw || layer == TermLayer::field_word) posting.term_frequency = 0;
  posting.impact = static_cast<std::uint8_t>(random());
  return posting;
}

/// A term in `frequency` of the documents.
inline ModelTerm any_term(std::mt19937& random, TermLayer layer, std::uint32_t frequency,
                          std::uint32_t documents) {
  ModelTerm term;
  // Impacts of 0 forbid one form of a list, so they must not be everywhere.
  const std::uint8_t least_impact = random() % 2 == 0 ? 1 : 0;
  for (std::uint32_t doc = 0, left = frequency; doc < documents && left > 0; ++doc) {
    // Chosen so that exactly `frequency` come out.
    if (random() % (documents - doc) < left) {
      ModelPosting& posting = term.postings[doc] = any_posting(random, layer);
      posting.impact = std::max(posting.impact, least_impact);
      --left;
    }
  }
  return term;
}

/// Some of everything; `scale` is the number of documents.
inline Model any_model(std::mt19937& random, std::uint32_t scale) {
  Model model;
  model.settings.analyzer_fingerprint = random();
  model.settings.word_impacts = random() % 2 == 0;
  DocId id = 0;
  for (std::uint32_t i = 0; i < scale; ++i) {
    ModelDocument document;
    document.id = id += 1 + (random() % 4 == 0 ? skewed(random, 8) : 0);
    document.key = "path/" + std::to_string(random() % 10) + "/" + std::to_string(i);
    document.length = skewed(random, 14);
    document.title_length = skewed(random, 5);
    document.language = random() % 3 == 0 ? "de" : "en";
    document.article = std::string(skewed(random, 14), static_cast<char>('a' + i % 26));
    for (char& letter : document.article) {
      if (random() % 4 == 0) letter = static_cast<char>(random());
    }
    document.sentences = ascending(random, skewed(random, 6), 5);
    document.paragraphs = ascending(random, skewed(random, 3), 8);
    for (auto n = random() % 3; n > 0; --n) {
      const auto first = static_cast<std::int64_t>(random() % 40'000) * 86'400 - 2'000'000'000;
      document.dates.push_back({first, first + 86'399});
    }
    if (random() % 5 == 0) {
      model.numbers["size"].push_back({i, static_cast<double>(random()) / 7});
      model.dates["seen"].push_back({i, {-static_cast<std::int64_t>(random()), INT64_MAX}});
    }
    model.documents.push_back(document);
  }
  constexpr TermLayer kLayers[] = {
      TermLayer::stem,       TermLayer::word,       TermLayer::raw,   TermLayer::field_word,
      TermLayer::title_stem, TermLayer::title_word, TermLayer::folded};
  for (int i = 0; i < 60; ++i) {
    const TermLayer layer = kLayers[random() % std::size(kLayers)];
    std::string text;
    for (std::size_t n = 1 + random() % 6; n > 0; --n)
      text += static_cast<char>('a' + random() % 3);
    if (random() % 10 == 0) text += std::string(random() % 100, 'z');
    const std::uint32_t frequency = layer == TermLayer::folded ? 0
                                    : random() % 3 == 0
                                        ? static_cast<std::uint32_t>(random()) % (scale + 1)
                                        : std::min(scale, skewed(random, 8));
    ModelTerm& term = model.terms[term_key(layer, text)];
    term = any_term(random, layer, frequency, scale);
    if (maps_to_words(layer)) {
      std::map<std::string, bool> words;
      for (std::size_t n = random() % 5; n > 0; --n) {
        words[text.substr(0, random() % (text.size() + 1)) + std::to_string(random() % 50)] = true;
      }
      for (const auto& [word, unused] : words) term.words.push_back(word);
    }
  }
  return model;
}

}  // namespace stemma::segment
