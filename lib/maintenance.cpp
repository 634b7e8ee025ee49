// Looking at an index from outside: what it holds, and whether both copies of every article agree.
//
// check() goes from what needs least trust to what needs most: manifests, then each file by its own
// checksums, then the store by itself, then store and segments against each other. Damage in one
// place does not hide damage in another: each step reports and goes on.
#include "stemma/maintenance.h"

#include <algorithm>
#include <functional>
#include <new>
#include <optional>
#include <system_error>
#include <utility>

#include "snapshot/deletion_file.h"
#include "snapshot/manifest.h"
#include "snapshot/snapshot.h"
#include "stemma/error.h"
#include "store/store.h"
#include "writing/index_files.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;
using snapshot::Manifest;

constexpr const char* kStoreHint =
    "restore the whole index directory from one backup, or index the articles anew";

std::uint64_t bytes_below(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_directory(path, failed)) {
    const std::uint64_t bytes = fs::file_size(path, failed);
    return failed ? 0 : bytes;
  }
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (!entry.is_regular_file(failed)) continue;
    const std::uint64_t size = entry.file_size(failed);
    if (!failed) bytes += size;
  }
  return bytes;
}

class Checker {
 public:
  explicit Checker(const fs::path& directory) : directory_(directory) {}

  CheckReport run() {
    const auto lock = lock_index(directory_, 0);
    attempt(snapshot::kManifestName, [&] {
      published_ = snapshot::read_manifest(directory_);
      count(directory_ / snapshot::kManifestName);
    });
    const std::string store = published_ ? published_->store : "store-1";
    attempt(store, [&] { check_store(store); });
    const std::optional<Manifest>& state = committed_ ? committed_ : published_;
    if (state) check_state(*state);
    return std::move(report_);
  }

 private:
  void attempt(const std::string& file, const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& error) {
      report_.damage.push_back({file, error.what(), error.hint()});
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& error) {
      report_.damage.push_back({file, error.what(), ""});
    }
  }
  void damage(const std::string& file, const std::string& message, const std::string& hint) {
    report_.damage.push_back({file, message, hint});
  }
  void count(const fs::path& path) {
    ++report_.files;
    report_.bytes += bytes_below(path);
  }

  void check_store(const std::string& name) {
    const fs::path path = directory_ / name;
    if (fs::is_directory(path)) {
      for (const auto& entry : fs::directory_iterator(path)) count(entry.path());
    }
    store_.emplace(store::Store::open(path));
    for (const std::string& fault : store_->verify()) {
      damage(name, fault, kStoreHint);
    }
    committed_ = snapshot::decode(store_->manifest());
    if (committed_->next_doc_id != store_->next_doc_id()) {
      damage(name, "the next DocId differs from the manifest's", kStoreHint);
    }
    // One step ahead is what a crash may leave; the next writer publishes it.
    if (published_ &&
        (committed_->uuid != published_->uuid || committed_->generation < published_->generation ||
         committed_->generation > published_->generation + 1 ||
         (committed_->generation == published_->generation &&
          snapshot::encode(*committed_) != snapshot::encode(*published_)))) {
      damage(name, "the manifest in the store and MANIFEST do not belong together", kStoreHint);
    }
  }

  void check_state(const Manifest& state) {
    const char* hint = "compile the segments again with `stemma rebuild`";
    const fs::path folder = directory_ / snapshot::kSegmentsFolder;
    for (const snapshot::SegmentEntry& entry : state.segments) {
      attempt(entry.file, [&] {
        count(folder / entry.file);
        const auto segment = segment::Segment::open(folder / entry.file);
        segment->verify();
        if (segment->analyzer_fingerprint() != state.analyzer_fingerprint) {
          damage(entry.file, "was compiled with another analyzer than the manifest says", hint);
        }
        if (bytes_below(folder / entry.file) != entry.bytes) {
          damage(entry.file, "has another size than the manifest says", hint);
        }
      });
    }
    for (const std::string& file : state.deletion_files) {
      attempt(file, [&] {
        count(folder / file);
        (void)snapshot::read_deletions(folder / file);
      });
    }
    if (store_) {
      attempt("segments", [&] { compare(*snapshot::Snapshot::open(directory_, state)); });
    }
  }

  void compare(const snapshot::Snapshot& segments) {
    const char* hint = "run `stemma rebuild` if the store is sound, else go back to a backup";
    store_->for_each([&](DocId doc, std::string_view key, Bytes encoded) {
      const std::string name = "article " + std::to_string(doc);
      const auto place = segments.find(doc);
      if (!place) {
        damage("segments", name + " is in the store and in no segment", hint);
        return true;
      }
      const auto& segment = *segments.segments()[place->segment].segment;
      const auto by_key = segments.find_key(key);
      if (segment.key(place->ordinal) != key || !by_key || by_key->segment != place->segment ||
          by_key->ordinal != place->ordinal) {
        damage("segments", name + " has another key in its segment than in the store", hint);
      }
      if (segment.article(place->ordinal) != as_text(encoded)) {
        damage("segments", name + " differs between segment and store", hint);
      }
      ++report_.articles;
      return true;
    });
    if (segments.collection().documents != store_->document_count()) {
      damage("segments",
             std::to_string(segments.collection().documents) + " documents in segments, " +
                 std::to_string(store_->document_count()) + " articles in the store",
             hint);
    }
  }

  const fs::path& directory_;
  CheckReport report_;
  std::optional<Manifest> published_;
  std::optional<Manifest> committed_;
  std::optional<store::Store> store_;
};

/// Sections of all segments added up, in file order.
std::vector<PartSize> section_sizes(const snapshot::Snapshot& state) {
  std::vector<PartSize> parts;
  for (const snapshot::SegmentView& view : state.segments()) {
    for (const auto& [name, bytes] : view.segment->section_sizes()) {
      const auto part =
          std::find_if(parts.begin(), parts.end(),
                       [&wanted = name](const PartSize& known) { return known.name == wanted; });
      if (part == parts.end()) {
        parts.push_back({name, bytes});
      } else {
        part->bytes += bytes;
      }
    }
  }
  return parts;
}

}  // namespace

IndexStatistics statistics(const fs::path& directory) {
  const auto state = snapshot::Snapshot::open(directory);
  const Manifest& manifest = state->manifest();
  IndexStatistics result;
  result.generation = manifest.generation;
  result.documents = state->collection().documents;
  result.average_length = state->collection().average_length();
  result.segments = state->segments().size();
  result.languages = state->languages();
  for (const snapshot::SegmentView& view : state->segments()) {
    result.deleted_documents += view.deleted.count();
    result.terms += view.segment->term_count();
    result.postings += view.segment->posting_count();
  }
  result.parts = section_sizes(*state);
  std::uint64_t deletions = 0;
  for (const std::string& file : manifest.deletion_files) {
    deletions += bytes_below(directory / snapshot::kSegmentsFolder / file);
  }
  result.parts.push_back({"deletions", deletions});
  result.parts.push_back({"manifest", bytes_below(directory / snapshot::kManifestName)});
  result.parts.push_back({"store", bytes_below(directory / manifest.store)});
  std::uint64_t known = 0;
  for (const PartSize& part : result.parts) known += part.bytes;
  // The lock, and files that readers still hold or a crash has left.
  const std::uint64_t all = bytes_below(directory);
  result.parts.push_back({"other", all > known ? all - known : 0});
  return result;
}

CheckReport check(const fs::path& directory) { return Checker(directory).run(); }

}  // namespace stemma
