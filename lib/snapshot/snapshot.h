// One consistent state of an index: its segments, less what is deleted, and exact statistics.
//
// Opening reads MANIFEST and maps its files, never the store, and takes no lock. If a named file
// has gone meanwhile, MANIFEST has changed and is read again (bounded).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scoring/bm25.h"
#include "segment/segment.h"
#include "snapshot/deletion_file.h"
#include "snapshot/manifest.h"

namespace stemma::snapshot {

/// A set of ordinals of one segment.
class OrdinalSet {
 public:
  OrdinalSet() = default;
  /// Members must be below `size`, the number of documents in the segment.
  OrdinalSet(std::uint32_t size, const std::vector<Ordinal>& members);
  [[nodiscard]] bool contains(Ordinal doc) const {
    return !words_.empty() && ((words_[doc >> 6U] >> (doc & 63U)) & 1U) != 0;
  }
  void insert(std::uint32_t size, Ordinal member);
  [[nodiscard]] std::uint32_t count() const { return count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }

 private:
  std::vector<std::uint64_t> words_;
  std::uint32_t count_ = 0;
};

/// A segment as one snapshot sees it.
struct SegmentView {
  std::shared_ptr<const segment::Segment> segment;
  std::string file;
  OrdinalSet deleted;
  SegmentLoss loss;  ///< what `deleted` takes from the statistics
};

/// Exact over live documents.
struct TermStatistics {
  std::uint64_t document_frequency = 0;
  std::uint64_t occurrences = 0;
};

/// Where a live document stands.
struct DocumentPlace {
  std::size_t segment = 0;  ///< index into segments()
  Ordinal ordinal = 0;
};

/// Immutable; safe to share between threads.
class Snapshot {
 public:
  static std::shared_ptr<const Snapshot> open(const std::filesystem::path& directory);
  /// Segments by file name.
  using Opened = std::map<std::string, std::shared_ptr<const segment::Segment>, std::less<>>;
  /// The state that `manifest` names, whatever MANIFEST says. What is in `opened` is not opened
  /// again. Throws Error{not_found} if a file is gone.
  static std::shared_ptr<const Snapshot> open(const std::filesystem::path& directory,
                                              const Manifest& manifest, const Opened& opened = {});
  Snapshot() = default;  ///< of an index without documents

  [[nodiscard]] const Manifest& manifest() const { return manifest_; }
  [[nodiscard]] const std::vector<SegmentView>& segments() const { return segments_; }
  [[nodiscard]] const scoring::Collection& collection() const { return collection_; }
  [[nodiscard]] TermStatistics statistics(std::string_view term) const;
  /// The same, and appends what each segment's dictionary says of the term, in order of segments()
  /// (no documents where it is not), so that its lists can be opened without another lookup.
  [[nodiscard]] TermStatistics statistics(std::string_view term,
                                          std::vector<segment::TermInfo>& infos) const;
  /// Canonical names, most documents first, then by name.
  [[nodiscard]] const std::vector<std::pair<std::string, std::uint64_t>>& languages() const {
    return languages_;
  }
  /// nullopt if the document is not here or deleted.
  [[nodiscard]] std::optional<DocumentPlace> find(DocId doc) const;
  [[nodiscard]] std::optional<DocumentPlace> find_key(std::string_view key) const;

 private:
  Manifest manifest_;
  std::vector<SegmentView> segments_;
  scoring::Collection collection_;
  std::vector<std::pair<std::string, std::uint64_t>> languages_;
};

}  // namespace stemma::snapshot
