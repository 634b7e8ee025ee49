// Opening one consistent state without a lock.
//
// The writer publishes MANIFEST only after all its files are durable and unlinks files only after
// a newer MANIFEST is out. So a file that has gone proves that MANIFEST has changed: it is read
// again, and only a file missing under an unchanged MANIFEST is damage.
#include "snapshot/snapshot.h"

#include <algorithm>
#include <map>

#include "stemma/error.h"

namespace stemma::snapshot {
namespace {

constexpr int kMostAttempts = 20;

[[noreturn]] void corrupt(const std::string& what) {
  throw Error(Error::Kind::corrupt, what, "compile the segments again with `stemma rebuild`");
}

void check_entry(const SegmentEntry& entry, const segment::Segment& segment) {
  const std::uint32_t documents = segment.document_count();
  if (documents != entry.documents || segment.doc_id(0) != entry.first_doc ||
      segment.doc_id(documents - 1) != entry.last_doc) {
    corrupt("segment " + entry.file + " does not hold the documents that the manifest names");
  }
}

std::shared_ptr<const segment::Segment> segment_of(const std::filesystem::path& directory,
                                                   const SegmentEntry& entry,
                                                   const Snapshot::Opened& opened) {
  const auto known = opened.find(entry.file);
  if (known != opened.end()) return known->second;
  auto segment = segment::Segment::open(directory / kSegmentsFolder / entry.file);
  if (segment->document_count() == 0) corrupt("segment " + entry.file + " is empty");
  check_entry(entry, *segment);
  return segment;
}

/// Losses of the segments in `manifest`; entries of segments that were merged are stale.
Deletions present_deletions(const std::filesystem::path& directory, const Manifest& manifest) {
  Deletions all;
  for (const std::string& file : manifest.deletion_files) {
    Deletions read = read_deletions(directory / kSegmentsFolder / file);
    if (all.empty()) {
      all = std::move(read);
    } else {
      merge_deletions(all, read);
    }
  }
  return all;
}

void check_loss(const SegmentView& view) {
  const auto& loss = view.loss;
  if (!loss.documents.empty() && loss.documents.back() >= view.segment->document_count()) {
    corrupt("a deletion file names document " + std::to_string(loss.documents.back()) +
            " of segment " + view.file + ", which has " +
            std::to_string(view.segment->document_count()));
  }
  if (loss.total_length > view.segment->total_length()) {
    corrupt("deletions of segment " + view.file + " are longer than the segment");
  }
}

/// What the segment has of the term, less what was deleted.
void add_live(TermStatistics& sum, const SegmentView& view, std::string_view term,
              const segment::TermInfo& info) {
  sum.document_frequency += info.document_frequency;
  sum.occurrences += info.occurrences;
  const auto lost = view.loss.terms.find(term);
  if (lost == view.loss.terms.end()) return;
  if (lost->second.documents > info.document_frequency ||
      lost->second.occurrences > info.occurrences) {
    corrupt("deletions take more from a term of segment " + view.file + " than it has");
  }
  sum.document_frequency -= lost->second.documents;
  sum.occurrences -= lost->second.occurrences;
}

}  // namespace

OrdinalSet::OrdinalSet(std::uint32_t size, const std::vector<Ordinal>& members) {
  for (const Ordinal doc : members) insert(size, doc);
}

void OrdinalSet::insert(std::uint32_t size, Ordinal doc) {
  if (words_.empty()) words_.resize((std::size_t{size} + 63) / 64);
  std::uint64_t& word = words_[doc >> 6U];
  const std::uint64_t bit = std::uint64_t{1} << (doc & 63U);
  count_ += (word & bit) == 0 ? 1 : 0;
  word |= bit;
}

std::shared_ptr<const Snapshot> Snapshot::open(const std::filesystem::path& directory) {
  Manifest manifest = read_manifest(directory);
  for (int attempt = 1;; ++attempt) {
    try {
      return open(directory, manifest);
    } catch (const Error& error) {
      if (error.kind() != Error::Kind::not_found) throw;
      Manifest again = read_manifest(directory);
      if (again.generation == manifest.generation) {
        corrupt(std::string("a file that the manifest names is missing: ") + error.what());
      }
      if (attempt == kMostAttempts) {
        throw Error(Error::Kind::io,
                    "the index changed " + std::to_string(attempt) + " times while being opened",
                    "try again");
      }
      manifest = std::move(again);
    }
  }
}

std::shared_ptr<const Snapshot> Snapshot::open(const std::filesystem::path& directory,
                                               const Manifest& manifest, const Opened& opened) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->manifest_ = manifest;
  Deletions deletions = present_deletions(directory, manifest);
  std::map<std::string, std::uint64_t> languages;
  for (const SegmentEntry& entry : manifest.segments) {
    SegmentView view;
    view.segment = segment_of(directory, entry, opened);
    view.file = entry.file;
    if (const auto loss = deletions.find(entry.file); loss != deletions.end()) {
      view.loss = std::move(loss->second);
      check_loss(view);
      view.deleted = OrdinalSet(view.segment->document_count(), view.loss.documents);
    }
    auto& collection = snapshot->collection_;
    collection.documents += view.segment->document_count() - view.loss.documents.size();
    collection.total_length += view.segment->total_length() - view.loss.total_length;
    for (const auto& count : view.segment->languages()) {
      const auto lost = view.loss.languages.find(count.language);
      const std::uint32_t gone = lost == view.loss.languages.end() ? 0 : lost->second;
      if (gone < count.documents) languages[count.language] += count.documents - gone;
    }
    snapshot->segments_.push_back(std::move(view));
  }
  snapshot->languages_.assign(languages.begin(), languages.end());
  std::stable_sort(snapshot->languages_.begin(), snapshot->languages_.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return snapshot;
}

TermStatistics Snapshot::statistics(std::string_view term) const {
  TermStatistics sum;
  for (const SegmentView& view : segments_) {
    if (const auto info = view.segment->find(term)) add_live(sum, view, term, *info);
  }
  return sum;
}

TermStatistics Snapshot::statistics(std::string_view term,
                                    std::vector<segment::TermInfo>& infos) const {
  TermStatistics sum;
  for (const SegmentView& view : segments_) {
    const auto info = view.segment->find(term);
    if (info) add_live(sum, view, term, *info);
    infos.push_back(info.value_or(segment::TermInfo{}));
  }
  return sum;
}

std::optional<DocumentPlace> Snapshot::find(DocId doc) const {
  const auto& entries = manifest_.segments;
  const auto after = std::upper_bound(
      entries.begin(), entries.end(), doc,
      [](DocId wanted, const SegmentEntry& entry) { return wanted < entry.first_doc; });
  if (after == entries.begin()) return std::nullopt;
  const auto index = static_cast<std::size_t>(after - entries.begin()) - 1;
  const auto ordinal = segments_[index].segment->ordinal_of(doc);
  if (!ordinal || segments_[index].deleted.contains(*ordinal)) return std::nullopt;
  return DocumentPlace{index, *ordinal};
}

std::optional<DocumentPlace> Snapshot::find_key(std::string_view key) const {
  for (std::size_t index = segments_.size(); index-- > 0;) {
    const SegmentView& view = segments_[index];
    const auto ordinal = view.segment->find_key(key);
    if (ordinal && !view.deleted.contains(*ordinal)) return DocumentPlace{index, *ordinal};
  }
  return std::nullopt;
}

}  // namespace stemma::snapshot
