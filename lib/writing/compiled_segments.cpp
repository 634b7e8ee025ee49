#include "writing/compiled_segments.h"

#include <algorithm>
#include <utility>

#include "base/files.h"
#include "compile/losses.h"
#include "compile/merge.h"
#include "stemma/error.h"
#include "writing/index_files.h"

namespace stemma {

using snapshot::DocumentPlace;

CompiledSegments::CompiledSegments(std::filesystem::path directory,
                                   const snapshot::Manifest& manifest,
                                   const CompiledSegments* reuse)
    : directory_(std::move(directory)), next_file_number_(manifest.next_file_number) {
  snapshot::Snapshot::Opened opened;
  if (reuse != nullptr) {
    for (const Compiled& compiled : reuse->segments_) {
      opened.emplace(compiled.entry.file, compiled.segment);
    }
  }
  std::shared_ptr<const snapshot::Snapshot> state;
  try {
    state = snapshot::Snapshot::open(directory_, manifest, opened);
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::not_found) throw;
    throw Error(Error::Kind::corrupt,
                std::string("a file that the manifest names is missing: ") + error.what(),
                "compile the segments again with `stemma rebuild`");
  }
  for (std::size_t i = 0; i < manifest.segments.size(); ++i) {
    const snapshot::SegmentView& view = state->segments()[i];
    segments_.push_back({manifest.segments[i], view.segment, view.deleted});
  }
  for (const std::string& name : manifest.deletion_files) {
    DeletionFile file;
    file.name = name;
    file.bytes = size_of_file(path_of(name));
    for (const auto& loss : snapshot::read_deletions(path_of(name))) {
      file.segments.insert(loss.first);
    }
    deletion_files_.push_back(std::move(file));
  }
}

std::filesystem::path CompiledSegments::path_of(const std::string& name) const {
  return directory_ / snapshot::kSegmentsFolder / name;
}

bool CompiledSegments::has(std::string_view file) const {
  return std::any_of(segments_.begin(), segments_.end(),
                     [&](const Compiled& compiled) { return compiled.entry.file == file; });
}

std::optional<DocumentPlace> CompiledSegments::find_key(std::string_view key) const {
  for (std::size_t i = segments_.size(); i-- > 0;) {
    const auto ordinal = segments_[i].segment->find_key(key);
    if (ordinal && !segments_[i].deleted.contains(*ordinal)) return DocumentPlace{i, *ordinal};
  }
  return std::nullopt;
}

std::string CompiledSegments::article(const DocumentPlace& place) const {
  return segments_[place.segment].segment->article(place.ordinal);
}

DocId CompiledSegments::doc_id(const DocumentPlace& place) const {
  return segments_[place.segment].segment->doc_id(place.ordinal);
}

void CompiledSegments::erase(const DocumentPlace& place, const analysis::Analyzer& analyzer) {
  Compiled& compiled = segments_[place.segment];
  const std::string article = compiled.segment->article(place.ordinal);
  compile::lose_document(losses_[compiled.entry.file], place.ordinal, as_bytes(article), analyzer);
  compiled.deleted.insert(compiled.segment->document_count(), place.ordinal);
}

void CompiledSegments::append(std::vector<Compiled>::iterator where,
                              const snapshot::SegmentEntry& entry) {
  segments_.insert(where, {entry, segment::Segment::open(path_of(entry.file)), {}});
}

std::filesystem::path CompiledSegments::next_path() {
  return path_of(segment_file_name(next_file_number_++));
}

void CompiledSegments::add(const snapshot::SegmentEntry& entry) { append(segments_.end(), entry); }

std::optional<snapshot::SegmentEntry> SegmentMerge::run() const {
  std::vector<compile::MergeInput> inputs;
  std::uint64_t live = 0;
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    inputs.push_back({segments_[i], &deleted_[i]});
    live += segments_[i]->document_count() - deleted_[i].count();
  }
  if (live == 0) return std::nullopt;
  return compile::merge_segments(path_, inputs);
}

bool SegmentMerge::has(std::string_view file) const {
  return std::find(files_.begin(), files_.end(), file) != files_.end();
}

SegmentMerge CompiledSegments::merge_of(const compile::MergeChoice& choice) {
  SegmentMerge merge;
  merge.path_ = next_path();
  for (std::size_t i = choice.first; i < choice.last; ++i) {
    merge.files_.push_back(segments_[i].entry.file);
    merge.segments_.push_back(segments_[i].segment);
    merge.deleted_.push_back(segments_[i].deleted);
  }
  return merge;
}

void CompiledSegments::replace(const SegmentMerge& merge,
                               const std::optional<snapshot::SegmentEntry>& merged) {
  const auto is_input = [&](const Compiled& compiled) { return merge.has(compiled.entry.file); };
  const auto first = std::find_if(segments_.begin(), segments_.end(), is_input);
  const auto last = std::find_if_not(first, segments_.end(), is_input);
  const auto where = segments_.erase(first, last);
  if (merged) append(where, *merged);
}

std::optional<SegmentMerge> CompiledSegments::wanted_merge() {
  std::vector<compile::MergeCandidate> candidates;
  for (const Compiled& compiled : segments_) {
    candidates.push_back({compiled.entry.documents, compiled.deleted.count()});
  }
  const auto choice = compile::choose_merge(candidates);
  if (!choice) return std::nullopt;
  return merge_of(*choice);
}

void CompiledSegments::merge_as_needed() {
  while (const auto merge = wanted_merge()) replace(*merge, merge->run());
}

bool CompiledSegments::is_merged() const {
  return segments_.empty() || (segments_.size() == 1 && segments_.front().deleted.count() == 0);
}

void CompiledSegments::merge_all() {
  if (is_merged()) return;
  const SegmentMerge merge = merge_of({0, segments_.size()});
  replace(merge, merge.run());
}

/// A segment that was merged has left its deleted documents behind.
void CompiledSegments::forget_stale(snapshot::Deletions& deletions) const {
  for (auto loss = deletions.begin(); loss != deletions.end();) {
    loss = has(loss->first) ? std::next(loss) : deletions.erase(loss);
  }
}

void CompiledSegments::write_losses() {
  const auto stale = [this](const DeletionFile& file) {
    return std::none_of(file.segments.begin(), file.segments.end(),
                        [this](const std::string& name) { return has(name); });
  };
  deletion_files_.erase(std::remove_if(deletion_files_.begin(), deletion_files_.end(), stale),
                        deletion_files_.end());
  forget_stale(losses_);
  if (losses_.empty()) return;
  std::uint64_t bytes = 0;
  for (auto& [name, loss] : losses_) {
    std::sort(loss.documents.begin(), loss.documents.end());
    for (const auto& term : loss.terms) bytes += term.first.size() + 4;
  }
  // Each file is at least twice the size of the next, so there are few and each loss is rewritten
  // few times.
  while (!deletion_files_.empty() && deletion_files_.back().bytes < 2 * bytes) {
    snapshot::Deletions older = snapshot::read_deletions(path_of(deletion_files_.back().name));
    forget_stale(older);
    bytes += deletion_files_.back().bytes;
    snapshot::merge_deletions(losses_, older);
    deletion_files_.pop_back();
  }
  DeletionFile file;
  file.name = deletion_file_name(next_file_number_++);
  snapshot::write_deletions(path_of(file.name), losses_);
  file.bytes = size_of_file(path_of(file.name));
  for (const auto& loss : losses_) file.segments.insert(loss.first);
  deletion_files_.push_back(std::move(file));
}

void CompiledSegments::name_files(snapshot::Manifest& manifest) const {
  sync_directory(directory_ / snapshot::kSegmentsFolder);
  manifest.next_file_number = next_file_number_;
  manifest.segments.clear();
  for (const Compiled& compiled : segments_) manifest.segments.push_back(compiled.entry);
  manifest.deletion_files.clear();
  for (const DeletionFile& file : deletion_files_) manifest.deletion_files.push_back(file.name);
}

void CompiledSegments::mark_published() { losses_.clear(); }

}  // namespace stemma
