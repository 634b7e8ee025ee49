// The store made anew from the segments. The old one is not even opened: it may be damaged in ways
// that crash whoever reads it.
#include <utility>

#include "base/files.h"
#include "stemma/error.h"
#include "stemma/maintenance.h"
#include "writing/index_files.h"
#include "writing/new_store.h"
#include "writing/writer_options.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;

snapshot::Manifest published(const fs::path& directory) {
  try {
    return snapshot::read_manifest(directory);
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::not_found && error.kind() != Error::Kind::corrupt) throw;
    throw Error(
        Error::Kind::corrupt,
        std::string("MANIFEST, which says what the segments hold, cannot be read: ") + error.what(),
        "if the store is sound, `stemma rebuild` makes all else anew");
  }
}

void make_store(const fs::path& directory, const WriterOptions& options, const Progress& progress) {
  const auto lock = lock_index(directory, options.wait_seconds);
  snapshot::Manifest next = published(directory);
  const auto state = snapshot::Snapshot::open(directory, next);
  for (const snapshot::SegmentView& view : state->segments()) view.segment->verify();
  // What an attempt that failed at its end has left takes the room that this one needs.
  sync_directory(directory);
  remove_unnamed_stores(directory, next);
  ++next.generation;
  do {
    next.store = next_store_name(next.store);
  } while (fs::exists(fs::symlink_status(directory / next.store)));
  NewStore store(directory, next.store);
  if (!put_all(*state, store, [&](std::uint64_t done, std::uint64_t total) {
        return !progress || progress(done, total);
      })) {
    throw Error(Error::Kind::cancelled, "restoring was stopped; the index is as it was");
  }
  store.publish(next);
  snapshot::publish_manifest(directory, next);
  remove_unnamed_files(directory, next);
}

}  // namespace

void restore(const fs::path& directory, const WriterOptions& options, const Progress& progress) {
  check_options(options);
  with_file_errors([&] { make_store(directory, options, progress); });
}

}  // namespace stemma
