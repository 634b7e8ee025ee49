// The segments of an index as its writer has them: the published ones, those written aside since,
// and what the documents of both have lost. Nothing here is visible before a manifest names it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.h"
#include "compile/inversion.h"
#include "compile/merge_policy.h"
#include "segment/segment.h"
#include "snapshot/deletion_file.h"
#include "snapshot/manifest.h"
#include "snapshot/snapshot.h"

namespace stemma {

/// Neighbouring segments that are to become one. Holds all that it needs: it may run in another
/// thread while segments are added.
class SegmentMerge {
 public:
  /// nullopt if none of their documents is left.
  [[nodiscard]] std::optional<snapshot::SegmentEntry> run() const;
  [[nodiscard]] bool has(std::string_view file) const;

 private:
  friend class CompiledSegments;
  std::filesystem::path path_;
  std::vector<std::string> files_;
  std::vector<std::shared_ptr<const segment::Segment>> segments_;
  std::vector<snapshot::OrdinalSet> deleted_;
};

class CompiledSegments {
 public:
  /// The state that `manifest` names. Segments that `reuse` has open are not opened again.
  CompiledSegments(std::filesystem::path directory, const snapshot::Manifest& manifest,
                   const CompiledSegments* reuse = nullptr);
  /// None: for compiling everything anew.
  CompiledSegments(std::filesystem::path directory, std::uint64_t next_file_number)
      : directory_(std::move(directory)), next_file_number_(next_file_number) {}

  [[nodiscard]] std::optional<snapshot::DocumentPlace> find_key(std::string_view key) const;
  [[nodiscard]] std::string article(const snapshot::DocumentPlace& place) const;
  [[nodiscard]] DocId doc_id(const snapshot::DocumentPlace& place) const;
  [[nodiscard]] const std::string& file(const snapshot::DocumentPlace& place) const {
    return segments_[place.segment].entry.file;
  }
  /// Marks a document as gone and notes what the statistics lose.
  void erase(const snapshot::DocumentPlace& place, const analysis::Analyzer& analyzer);

  /// Where the next segment goes; never the same twice.
  [[nodiscard]] std::filesystem::path next_path();
  /// Takes a segment in that was written to a next_path(), after all others.
  void add(const snapshot::SegmentEntry& entry);
  /// A merge that the policy wants; nullopt if all is in order. Nothing changes yet.
  [[nodiscard]] std::optional<SegmentMerge> wanted_merge();
  /// Puts what a merge made in the place of its inputs, of which no document was erased meanwhile.
  void replace(const SegmentMerge& merge, const std::optional<snapshot::SegmentEntry>& merged);
  /// Merges until the policy is content, and drops segments without documents.
  void merge_as_needed();
  /// One segment at most, and none of its documents deleted.
  [[nodiscard]] bool is_merged() const;
  /// Merges until is_merged().
  void merge_all();
  /// Writes what was lost since the last publication, merged with older deletion files of its size.
  void write_losses();
  /// Syncs the folder and enters the files into `manifest`.
  void name_files(snapshot::Manifest& manifest) const;
  /// What was written is published now.
  void mark_published();

 private:
  struct Compiled {
    snapshot::SegmentEntry entry;
    std::shared_ptr<const segment::Segment> segment;
    snapshot::OrdinalSet deleted;
  };
  struct DeletionFile {
    std::string name;
    std::uint64_t bytes = 0;
    std::set<std::string, std::less<>> segments;
  };

  [[nodiscard]] std::filesystem::path path_of(const std::string& name) const;
  [[nodiscard]] bool has(std::string_view file) const;
  [[nodiscard]] SegmentMerge merge_of(const compile::MergeChoice& choice);
  void append(std::vector<Compiled>::iterator where, const snapshot::SegmentEntry& entry);
  void forget_stale(snapshot::Deletions& deletions) const;

  std::filesystem::path directory_;
  std::uint64_t next_file_number_ = 1;
  std::vector<Compiled> segments_;
  std::vector<DeletionFile> deletion_files_;  ///< oldest first
  snapshot::Deletions losses_;                ///< since the last publication
};

}  // namespace stemma
