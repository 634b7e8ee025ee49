// Compaction: one commit like any other, in which both halves are written anew.
//
// The new store comes with its manifest inside and gets its name before MANIFEST names it, so a
// crash leaves either the old state, whose next writer removes the rest, or the new one.
#include <utility>

#include "base/files.h"
#include "stemma/error.h"
#include "stemma/maintenance.h"
#include "writing/compiled_segments.h"
#include "writing/index_files.h"
#include "writing/new_store.h"
#include "writing/writer_options.h"

namespace stemma {
namespace {

void write_anew(const std::filesystem::path& directory, const WriterOptions& options,
                const Progress& progress) {
  OpenIndex index = open_index(directory, options.wait_seconds);
  bool publishing = false;
  try {
    CompiledSegments segments(directory, index.manifest);
    snapshot::Manifest next = index.manifest;
    ++next.generation;
    next.store = next_store_name(index.manifest.store);
    NewStore store(directory, next.store);
    if (!put_all(*index.store, store, [&](std::uint64_t done, std::uint64_t total) {
          return !progress || progress(done, total);
        })) {
      throw Error(Error::Kind::cancelled, "compacting was stopped; the index is as it was");
    }
    segments.merge_all();
    segments.write_losses();
    segments.name_files(next);
    store.publish(next);
    publishing = true;
    snapshot::publish_manifest(directory, next);
    index.manifest = std::move(next);
  } catch (...) {
    // Whether MANIFEST was replaced is not known if that failed: the next writer looks.
    if (!publishing) remove_unnamed_files(directory, index.manifest);
    throw;
  }
  index.store.reset();
  remove_unnamed_files(directory, index.manifest);
}

}  // namespace

void compact(const std::filesystem::path& directory, const WriterOptions& options,
             const Progress& progress) {
  check_options(options);
  with_file_errors([&] { write_anew(directory, options, progress); });
}

}  // namespace stemma
