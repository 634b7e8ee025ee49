// Story one: an article goes in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "stemma/article.h"
#include "stemma/types.h"

namespace stemma {

enum class AnalyzerKind {
  standard,  ///< UAX #29 words, folding, stems
  none,      ///< words split at spaces, nothing folded or stemmed: one layer with positions
};

/// Fixed when an index is created and recorded in it.
struct IndexOptions {
  AnalyzerKind analyzer = AnalyzerKind::standard;
  std::string language = "en";  ///< of articles that name none
  std::uint32_t title_weight =
      2;  ///< a title word counts this many times in unprefixed search; 1 to 100
  /// What searches will mostly use. Any others give right answers too, more slowly: the bounds that
  /// spare a search most postings are computed with these.
  Bm25Options bm25 = {};
};

struct WriterOptions {
  std::size_t memory_bytes = 256ULL << 20;  ///< for buffering and merging; at least 1 MiB
  double wait_seconds = 0;                  ///< for another writer to finish
};

enum class AddResult { added, updated, unchanged };

/// The one writer of an index, for one thread at a time. Nothing is visible or durable before
/// commit(); the destructor discards the rest. After a failed change it works again on rollback().
class IndexWriter {
 public:
  /// Makes a new, empty index in `directory` (created, mode 0700; must be empty or absent).
  /// Throws Error{invalid_argument} if one is there.
  static IndexWriter create(const std::filesystem::path& directory, const IndexOptions& index = {},
                            const WriterOptions& options = {});
  /// Opens an index. Throws Error{not_found}, {locked} (the message names the holder),
  /// {wrong_version} (format or analyzer: rebuild), {corrupt}.
  static IndexWriter open(const std::filesystem::path& directory,
                          const WriterOptions& options = {});

  ~IndexWriter();
  IndexWriter(IndexWriter&&) noexcept;
  IndexWriter& operator=(IndexWriter&&) noexcept;

  /// Adds an article, or replaces the one with the same key. An article equal to the stored one
  /// changes nothing. Throws Error{invalid_argument} or {limit} and leaves the index as it was.
  AddResult add(const Article& article);
  /// False if no article has this key.
  bool erase(std::string_view key);
  /// Merges all segments into one as part of the batch; visible after commit(). The order of
  /// documents and all results stay as they are. What is added later makes segments again.
  void merge_all();
  /// Makes all changes since the last commit durable and visible together, and returns the new
  /// generation (the present one if there was no change). When it throws, none of them is visible.
  std::uint64_t commit();
  /// Forgets all changes since the last commit. Till then, after a failure, the writer refuses all.
  void rollback();

  [[nodiscard]] std::uint64_t document_count() const;  ///< committed and pending together
  [[nodiscard]] std::uint64_t generation() const;
  [[nodiscard]] const IndexOptions& index_options() const;

 private:
  struct Impl;
  explicit IndexWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Compiles every segment anew from the store, with this build's analyzer.
/// Calls `progress(done, total)` now and then; false stops with Error{cancelled}, index unchanged.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t total)>;
void rebuild(const std::filesystem::path& directory, const WriterOptions& options = {},
             const Progress& progress = {});

}  // namespace stemma
