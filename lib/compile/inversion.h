// Many articles inverted in memory, then written as one segment: the fast form of document_terms().
//
// A term's postings are a list of bytes that grows as articles come in (byte_lists.h). Word lists
// hold one entry an occurrence, count lists one a document. What a word counts follows from its
// position and layer, so it is computed when the list is written out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/analyzer.h"
#include "snapshot/manifest.h"
#include "stemma/article.h"
#include "stemma/types.h"

namespace stemma::compile {

/// The analyzer must outlive it. Not thread-safe.
class Inversion {
 public:
  explicit Inversion(const analysis::Analyzer& analyzer);
  ~Inversion();
  Inversion(Inversion&&) noexcept;
  Inversion& operator=(Inversion&&) noexcept;

  /// DocIds ascend. `encoded` is the article's encoded form. If it throws, nothing was added
  /// (std::bad_alloc aside).
  void add(DocId doc, const Article& article, std::string encoded);
  /// Drops everything, and keeps memory for as much again.
  void clear();
  /// Takes a document back; false if it is not here.
  bool drop(DocId doc);
  /// The encoded article; nullopt if the document is not here.
  [[nodiscard]] std::optional<std::string_view> article(DocId doc) const;

  [[nodiscard]] std::uint32_t document_count() const;  ///< without the dropped
  /// All that is held, the sort at the end included.
  [[nodiscard]] std::size_t memory_bytes() const;

  /// Writes the documents as a durable segment and returns its entry; there must be one. The caller
  /// syncs the folder.
  [[nodiscard]] snapshot::SegmentEntry write(const std::filesystem::path& path) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace stemma::compile
