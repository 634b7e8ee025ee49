// A segment: writing side. Documents first, in DocId order, then terms in byte order of their keys.
//
// The same calls always give the same bytes. Memory stays bounded: postings and articles stream to
// the file; only per-document facts and the dictionary's block index are held.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "segment/segment.h"

namespace stemma::segment {

/// Everything of one document that is not a posting.
struct DocumentFacts {
  DocId doc = 0;
  std::string_view key = {};
  std::uint32_t length = 0;
  std::uint32_t title_length = 0;
  std::string_view language = {};
  /// Encoded; nullopt if it comes, or came, with copy_articles().
  std::optional<Bytes> article = Bytes();
  std::span<const std::uint32_t> sentence_starts = {};
  std::span<const std::uint32_t> paragraph_starts = {};
  std::span<const DateInterval> dates = {};  ///< column `date`
};

struct Posting {
  Ordinal doc = 0;
  std::uint32_t term_frequency = 0;
  std::uint8_t impact = 0;  ///< kept per posting in stem layers (see word_impacts), a bound in all
  std::span<const std::uint32_t> positions = {};  ///< ascending; kept in the layers that have them
};

struct SegmentSettings {
  std::uint64_t analyzer_fingerprint = 0;
  ImpactReference impact_reference;
  /// Word layers keep impacts too: for an index without stems, whose ranked search runs on words.
  bool word_impacts = false;
  int compression_level = 3;  ///< of zstd, for the articles
};

class SegmentWriter {
 public:
  /// Writes aside; finish() makes the file durable under `path` and verifies it.
  SegmentWriter(const std::filesystem::path& path, const SegmentSettings& settings);
  ~SegmentWriter();

  /// Ascending DocIds. Returns the document's ordinal.
  Ordinal add_document(const DocumentFacts& facts);
  /// The articles of all documents of `source`, which are added in their order and without them;
  /// much faster. None may be deleted.
  void copy_articles(const Segment& source);
  /// Column values, any order; after add_document of their documents.
  void add_number(std::string_view column, const NumberValue& value);
  void add_date(std::string_view column, const DateValue& value);

  /// After the last document: terms ascending, each with ascending postings.
  void begin_term(std::string_view term);
  void add_posting(const Posting& posting);
  void end_term();
  /// A folded-form entry, or the words of a stem: texts without layer byte, ascending. Called
  /// between begin_term and end_term; a folded term has words only.
  void set_words(std::span<const std::string_view> words);

  /// Completes, fsyncs, reads the file again and verifies every checksum, renames. The caller syncs
  /// the folder.
  void finish();
  [[nodiscard]] std::uint64_t bytes_written() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace stemma::segment
