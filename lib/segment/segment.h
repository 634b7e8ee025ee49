// A segment: an immutable, checksummed, memory-mapped run of compiled articles. Reading side.
//
// Documents are numbered densely by Ordinal in DocId order. Everything a searcher needs is here:
// dictionary, postings, positions, lengths, columns, keys and the articles themselves. Each page of
// 64 KiB is verified once per mapping, on first touch; header, section table and dictionary root at
// open(). Knows no scorer: impacts and bounds are opaque levels, 0 to 255, that compile/ hands in.
// docs/FORMAT.md draws the bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/term.h"
#include "segment/column_view.h"
#include "segment/packed_view.h"
#include "segment/posting_cursor.h"
#include "stemma/types.h"

namespace stemma::segment {

/// What the dictionary says of one term in one segment.
struct TermInfo {
  std::uint32_t document_frequency = 0;
  std::uint64_t occurrences = 0;      ///< sum of term frequencies
  std::uint64_t postings_offset = 0;  ///< where the list lies; opaque to callers
  std::uint64_t postings_bytes = 0;   ///< what it takes there, positions included
  TermLayer layer = TermLayer::word;
};

/// Impacts were computed with these; another k1, b or average length scales the bounds.
struct ImpactReference {
  double k1 = 1.2;
  double b = 0.9;
  double average_length = 0;
};

/// Documents of one language in the segment.
struct LanguageCount {
  std::string language;
  std::uint32_t documents = 0;
};

/// One value of a number or date column.
struct NumberValue {
  Ordinal doc = 0;
  double value = 0;
};
struct DateValue {
  Ordinal doc = 0;
  DateInterval value;
};

class PostingList;
struct ShortList;

/// Walks terms in byte order of their keys (base/term.h), all that begin with a prefix.
class TermIterator;

/// Thread-safe: all functions are const and share nothing but verified-page marks.
class Segment {
 public:
  /// Maps and checks the header. Throws Error{not_found}, {wrong_version}, {corrupt}.
  static std::shared_ptr<const Segment> open(const std::filesystem::path& path);
  /// Over bytes in memory, which must outlive the segment.
  static std::shared_ptr<const Segment> over(Bytes bytes, std::string name);
  ~Segment();
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;

  [[nodiscard]] std::uint32_t document_count() const;
  [[nodiscard]] std::uint64_t total_length() const;  ///< sum of document lengths
  [[nodiscard]] std::uint64_t term_count() const;
  [[nodiscard]] std::uint64_t posting_count() const;
  [[nodiscard]] std::uint64_t analyzer_fingerprint() const;
  [[nodiscard]] const ImpactReference& impact_reference() const;
  [[nodiscard]] bool word_impacts() const;  ///< SegmentSettings::word_impacts
  [[nodiscard]] const std::vector<LanguageCount>& languages() const;
  /// Bytes of each section, by name, in file order; they sum to the file's size.
  [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> section_sizes() const;

  // Documents. An ordinal must be below document_count().
  [[nodiscard]] DocId doc_id(Ordinal doc) const;
  [[nodiscard]] std::optional<Ordinal> ordinal_of(DocId doc) const;
  [[nodiscard]] std::uint32_t length(Ordinal doc) const;  ///< sum of term counts
  /// The same for loops: verifies the pages of all lengths, once a mapping, then only reads.
  [[nodiscard]] Lengths lengths() const;
  [[nodiscard]] std::uint32_t title_length(Ordinal doc) const;  ///< words
  [[nodiscard]] std::string_view key(Ordinal doc) const;        ///< lives as long as the segment
  [[nodiscard]] std::optional<Ordinal> find_key(std::string_view key) const;
  [[nodiscard]] std::string article(Ordinal doc) const;  ///< encoded, as handed to the writer
  [[nodiscard]] std::vector<std::uint32_t> sentence_starts(Ordinal doc) const;
  [[nodiscard]] std::vector<std::uint32_t> paragraph_starts(Ordinal doc) const;
  /// Smallest and shortest lengths help bounds: the least document length here.
  [[nodiscard]] std::uint32_t shortest_length() const;

  // Terms.
  [[nodiscard]] std::optional<TermInfo> find(std::string_view term) const;
  [[nodiscard]] PostingCursor postings(const TermInfo& term) const;
  /// The same list for random access (segment/posting_list.h).
  [[nodiscard]] PostingList list(const TermInfo& term) const;
  /// The same list, of 2 to 127 documents, without anything but these (segment/prefix_lists.h).
  [[nodiscard]] ShortList short_list(const TermInfo& term) const;
  [[nodiscard]] TermIterator terms(std::string_view prefix = {}) const;
  /// For a stem, title_stem or folded key: the words (texts without layer byte, byte order) that
  /// were seen with it. Empty if there are none.
  [[nodiscard]] std::vector<std::string> words_of(std::string_view term) const;

  // Columns: values by ascending document; empty if there is no such column.
  [[nodiscard]] std::vector<std::string> column_names() const;
  [[nodiscard]] std::vector<NumberValue> numbers(std::string_view column) const;
  [[nodiscard]] std::vector<DateValue> dates(std::string_view column) const;
  /// The same to be read in place, any value at once.
  [[nodiscard]] NumberColumn number_column(std::string_view column) const;
  [[nodiscard]] DateColumn date_column(std::string_view column) const;
  /// The first date of a document in column `date`, for sorting.
  [[nodiscard]] std::optional<DateInterval> date(Ordinal doc) const;

  /// Reads every page and every structure; throws Error{corrupt} at the first fault.
  void verify() const;
  /// Only the pages' checksums.
  void verify_pages() const;

 private:
  friend class TermIterator;
  friend class PrefixLists;
  friend class ArticleWalk;
  friend class SegmentWriter;
  struct Impl;
  explicit Segment(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The segment must outlive the iterator. Views are valid until the next call of next().
class TermIterator {
 public:
  TermIterator(const Segment& segment, std::string_view prefix);
  ~TermIterator();
  TermIterator(TermIterator&&) noexcept;
  TermIterator& operator=(TermIterator&&) noexcept;

  /// False at the end; must be called before the first term.
  bool next();
  /// The first term with a key >= `term` (never backwards); false at the end.
  bool seek(std::string_view term);
  [[nodiscard]] std::string_view term() const;  ///< with layer byte
  [[nodiscard]] const TermInfo& info() const;
  /// Segment::words_of() of the term, without a search.
  [[nodiscard]] std::vector<std::string> words() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Segment::article() for many, fast in ascending order: keeps the block that it decoded last. The
/// segment must outlive it. Not thread-safe.
class ArticleWalk {
 public:
  explicit ArticleWalk(const Segment& segment);
  ~ArticleWalk();
  ArticleWalk(const ArticleWalk&) = delete;
  ArticleWalk& operator=(const ArticleWalk&) = delete;

  /// Valid until the next call.
  [[nodiscard]] std::string_view article(Ordinal doc);

 private:
  struct Block;
  const Segment& segment_;
  std::unique_ptr<Block> block_;
};

}  // namespace stemma::segment
