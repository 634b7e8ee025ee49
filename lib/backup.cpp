// A copy of the published state while a writer works: segments and deletion files never change, so
// they are copied as they are; the store does, so the copy's is made anew from the segments.
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "base/files.h"
#include "snapshot/deletion_file.h"
#include "stemma/error.h"
#include "stemma/maintenance.h"
#include "writing/index_files.h"
#include "writing/new_store.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;
using snapshot::Manifest;

constexpr const char* kStore = "store-1";

struct SourceFile {
  std::string name;
  MappedFile bytes;
};

/// The files of one state. Mapped, they stay whatever writers unlink.
struct Source {
  Manifest manifest;
  std::vector<SourceFile> files;
};

/// A writer may publish, and unlink what is old, between reading MANIFEST and opening a file: then
/// MANIFEST has changed and is read again.
Source open_source(const fs::path& directory) {
  constexpr int kAttempts = 20;
  for (int attempt = 1;; ++attempt) {
    Source source;
    source.manifest = snapshot::read_manifest(directory);
    try {
      const auto add = [&](const std::string& name) {
        source.files.push_back({name, MappedFile(directory / snapshot::kSegmentsFolder / name)});
      };
      for (const auto& entry : source.manifest.segments) add(entry.file);
      for (const std::string& name : source.manifest.deletion_files) add(name);
      return source;
    } catch (const Error& error) {
      if (error.kind() != Error::Kind::not_found) throw;
      const bool changed =
          snapshot::read_manifest(directory).generation != source.manifest.generation;
      if (changed && attempt < kAttempts) continue;
      throw Error(Error::Kind::corrupt,
                  std::string("a file that the manifest names is missing: ") + error.what(),
                  "compile the segments again with `stemma rebuild`");
    }
  }
}

/// The lock alone does not count: an attempt that failed may have left it.
void refuse_what_is_there(const fs::path& target) {
  bool free = !fs::exists(fs::symlink_status(target));
  if (!free && fs::is_directory(target)) {
    free = true;
    for (const auto& entry : fs::directory_iterator(target)) {
      free = free && entry.path().filename() == snapshot::kLockName;
    }
  }
  if (free) return;
  throw Error(Error::Kind::invalid_argument, target.string() + " is there and not empty",
              "name a new or empty directory for the backup");
}

void copy_files(const Source& source, const fs::path& target) {
  const fs::path folder = target / snapshot::kSegmentsFolder;
  fs::create_directory(folder);
  fs::permissions(folder, fs::perms::owner_all);
  for (const SourceFile& file : source.files) {
    NewFile copy(folder / file.name);
    copy.append(file.bytes.bytes());
    copy.publish();
  }
  sync_directory(folder);
}

void copy(const Source& source, const fs::path& target, const Progress& progress) {
  copy_files(source, target);
  // What was copied is read again, all of it, and makes the store.
  const auto state = snapshot::Snapshot::open(target, source.manifest);
  for (const snapshot::SegmentView& view : state->segments()) view.segment->verify();
  Manifest manifest = source.manifest;
  manifest.store = kStore;
  NewStore store(target, manifest.store);
  if (!put_all(*state, store, [&](std::uint64_t done, std::uint64_t total) {
        return !progress || progress(done, total);
      })) {
    throw Error(Error::Kind::cancelled, "the backup was stopped and removed");
  }
  store.publish(manifest);
  snapshot::publish_manifest(target, manifest);
}

/// In such an order that what the disk refuses to remove is a whole index or none.
void remove_copy(const fs::path& target) noexcept {
  std::error_code failed;
  fs::remove(target / snapshot::kManifestName, failed);
  if (failed) return;
  const fs::path unfinished = target / (std::string(kStore) + ".tmp");
  fs::rename(target / kStore, unfinished, failed);
  if (failed && failed != std::errc::no_such_file_or_directory) return;
  fs::remove_all(unfinished, failed);
  fs::remove_all(target / snapshot::kSegmentsFolder, failed);
  fs::remove(target / (std::string(snapshot::kManifestName) + ".tmp"), failed);
}

}  // namespace

void backup(const fs::path& directory, const fs::path& target, const Progress& progress) {
  const Source source = open_source(directory);
  with_file_errors([&] {
    refuse_what_is_there(target);
    make_durable_directory(target);
    const FileLock lock(target / snapshot::kLockName);
    refuse_what_is_there(target);  // another backup was faster
    try {
      copy(source, target, progress);
    } catch (...) {
      remove_copy(target);
      throw;
    }
  });
}

}  // namespace stemma
