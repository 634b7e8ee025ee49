// A store made anew beside the present one: of a compaction, a restoration, a backup.
//
// It is filled and committed under a name that no one takes for a store, and gets its name, synced,
// before any manifest names it. Nothing of the old store is copied but the articles, so nothing of
// deleted ones can come along, neither in free blocks nor in the compression's dictionary.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "snapshot/manifest.h"
#include "snapshot/snapshot.h"
#include "store/store.h"

namespace stemma {

class NewStore {
 public:
  /// `directory` / `name` must not exist; a rest of an interrupted attempt is removed.
  NewStore(const std::filesystem::path& directory, const std::string& name);
  /// Removes what was not published.
  ~NewStore();
  NewStore(const NewStore&) = delete;
  NewStore& operator=(const NewStore&) = delete;

  /// DocIds ascend.
  void put(DocId doc, std::string_view key, Bytes encoded);
  /// Commits with the manifest's next DocId, and gives the store its name, durably. The manifest
  /// must name it.
  void publish(const snapshot::Manifest& manifest);

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  std::unique_ptr<store::Store> store_;
};

/// Told how many of how many articles are done; false stops the work.
using Report = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// Every living article of a snapshot, in DocId order; false if `report` stopped it.
[[nodiscard]] bool put_all(const snapshot::Snapshot& state, NewStore& store, const Report& report);
/// The same from another store, each article held against its hash.
[[nodiscard]] bool put_all(const store::Store& from, NewStore& store, const Report& report);

/// The name of the store after `store` ("store-7" of "store-6").
[[nodiscard]] std::string next_store_name(const std::string& store);

}  // namespace stemma
