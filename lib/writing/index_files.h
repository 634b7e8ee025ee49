// The directory of an index, as writers see it:
//
//   LOCK  MANIFEST  store-N/  segments/sNNNNNNNN.seg  segments/dNNNNNNNN.del
//
// The store's commit decides which state is true and MANIFEST publishes it. A crash between the two
// leaves the store one step ahead: whoever opens the index for writing next publishes that state,
// and removes files that no manifest names.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/files.h"
#include "snapshot/manifest.h"
#include "store/store.h"

namespace stemma {

/// An index opened for writing, in the state of the store's last commit, which is published.
struct OpenIndex {
  std::unique_ptr<FileLock> lock;
  std::unique_ptr<store::Store> store;
  snapshot::Manifest manifest;
};

/// Makes the files of an empty index. Throws Error{invalid_argument} if one is there, or anything
/// else than what an interrupted creation leaves.
[[nodiscard]] OpenIndex create_index(const std::filesystem::path& directory,
                                     const IndexOptions& options, std::uint64_t fingerprint,
                                     double wait_seconds);
/// Throws Error{not_found}, {locked}, {wrong_version}, {corrupt}.
[[nodiscard]] OpenIndex open_index(const std::filesystem::path& directory, double wait_seconds);

/// Takes the writer's lock of an index that is there; throws Error{not_found}, {locked}.
[[nodiscard]] std::unique_ptr<FileLock> lock_index(const std::filesystem::path& directory,
                                                   double wait_seconds);

/// Unlinks segments, deletion files, stores and unfinished files that `manifest` does not name.
/// What is not Stemma's stays. Failures are left for the next writer.
void remove_unnamed_files(const std::filesystem::path& directory,
                          const snapshot::Manifest& manifest) noexcept;
/// Of these only the stores, finished or not.
void remove_unnamed_stores(const std::filesystem::path& directory,
                           const snapshot::Manifest& manifest) noexcept;

[[nodiscard]] std::string segment_file_name(std::uint64_t number);
[[nodiscard]] std::string deletion_file_name(std::uint64_t number);

}  // namespace stemma
