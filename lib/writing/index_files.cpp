#include "writing/index_files.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <random>
#include <system_error>
#include <utility>
#include <vector>

#include "stemma/error.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;
using snapshot::Manifest;

constexpr const char* kFirstStore = "store-1";

std::string numbered(const char* pattern, std::uint64_t number) {
  std::array<char, 40> name{};
  std::snprintf(name.data(), name.size(), pattern, static_cast<unsigned long long>(number));
  return name.data();
}

std::string new_uuid() {
  std::random_device random;
  std::string uuid;
  for (int i = 0; i < 4; ++i) {
    std::array<char, 12> part{};
    std::snprintf(part.data(), part.size(), "%08x", random());
    uuid += part.data();
  }
  return uuid;
}

bool is_store_name(const std::string& name) {
  return name.size() > 6 && name.compare(0, 6, "store-") == 0 &&
         name.find_first_not_of("0123456789", 6) == std::string::npos;
}

/// A store that is being made (new_store.h), or was when its maker died.
bool is_unfinished_store_name(const std::string& name) {
  constexpr std::string_view kEnd = ".tmp";
  return name.size() > kEnd.size() &&
         name.compare(name.size() - kEnd.size(), kEnd.size(), kEnd) == 0 &&
         is_store_name(name.substr(0, name.size() - kEnd.size()));
}

/// sNNNNNNNN.seg, dNNNNNNNN.del, either with .tmp, and sNNNNNNNN.seg.PART.tmp, where a part of a
/// large segment waits for its place: files that only we make.
bool is_segment_folder_name(std::string name) {
  const auto ends_with = [&](std::string_view end) {
    return name.size() > end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
  };
  if (ends_with(".tmp")) {
    name.resize(name.size() - 4);
    if (const auto part = name.find(".seg."); part != std::string::npos) name.resize(part + 4);
  }
  const bool ours =
      (name.front() == 's' && ends_with(".seg")) || (name.front() == 'd' && ends_with(".del"));
  return ours && name.size() > 5 &&
         std::all_of(name.begin() + 1, name.end() - 4, [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> names_in(const fs::path& directory) {
  std::vector<std::string> names;
  with_file_errors([&] {
    for (const auto& entry : fs::directory_iterator(directory)) {
      names.push_back(entry.path().filename().string());
    }
  });
  return names;
}

/// The store to believe when MANIFEST does not say: the newest.
std::optional<std::string> newest_store(const fs::path& directory) {
  std::optional<std::string> newest;
  if (!fs::is_directory(directory)) return newest;
  for (const std::string& name : names_in(directory)) {
    if (!is_store_name(name)) continue;
    const auto key = [](const std::string& text) { return std::pair(text.size(), text); };
    if (!newest || key(*newest) < key(name)) newest = name;
  }
  return newest;
}

[[noreturn]] void no_index(const fs::path& directory) {
  throw Error(Error::Kind::not_found, "no index at " + directory.string(),
              "make one with `stemma index`, or name another with -d DIR");
}

/// What MANIFEST says; nullopt if it is missing or damaged, since the store knows better.
std::optional<Manifest> published_manifest(const fs::path& directory) {
  try {
    return snapshot::read_manifest(directory);
  } catch (const Error& error) {
    if (error.kind() == Error::Kind::not_found || error.kind() == Error::Kind::corrupt) return {};
    throw;
  }
}

void check_both(const Manifest& committed, const std::optional<Manifest>& published,
                const std::string& store) {
  const auto refuse = [](const std::string& what) {
    throw Error(Error::Kind::corrupt, what,
                "`stemma restore` makes the store anew from the segments");
  };
  if (committed.store != store) {
    refuse("store " + store + " says that it is " + committed.store);
  }
  if (!published) return;
  if (committed.uuid != published->uuid) refuse("store and MANIFEST belong to different indexes");
  if (committed.generation < published->generation) {
    refuse("the store is at generation " + std::to_string(committed.generation) +
           ", MANIFEST at the later " + std::to_string(published->generation));
  }
}

/// Whether a directory holds no more than what a creation that was interrupted leaves.
bool is_unfinished(const fs::path& directory) {
  for (const std::string& name : names_in(directory)) {
    if (name != snapshot::kLockName && name != snapshot::kSegmentsFolder && name != kFirstStore) {
      return false;
    }
  }
  const fs::path segments = directory / snapshot::kSegmentsFolder;
  if (fs::exists(segments) && !fs::is_empty(segments)) return false;
  const fs::path first = directory / kFirstStore;
  if (!fs::exists(first)) return true;
  try {
    return store::Store::open(first).manifest().empty();
  } catch (const Error&) {
    // Without its version file no commit was ever made in it.
    return !fs::exists(first / "iamglass");
  }
}

OpenIndex make_files(const fs::path& directory, const IndexOptions& options,
                     std::uint64_t fingerprint, double wait_seconds) {
  if (fs::exists(directory / snapshot::kManifestName)) {
    throw Error(Error::Kind::invalid_argument, "there is an index at " + directory.string(),
                "open it, or name another directory");
  }
  if (fs::exists(directory) && !is_unfinished(directory)) {
    throw Error(Error::Kind::invalid_argument, directory.string() + " is not empty",
                "name a new or empty directory for the index");
  }
  make_durable_directory(directory);
  OpenIndex index;
  index.lock = std::make_unique<FileLock>(directory / snapshot::kLockName, wait_seconds);
  if (fs::exists(directory / snapshot::kManifestName)) {
    throw Error(Error::Kind::invalid_argument, "another writer has just made an index there",
                "open it");
  }
  fs::remove_all(directory / kFirstStore);
  fs::create_directory(directory / snapshot::kSegmentsFolder);
  fs::permissions(directory / snapshot::kSegmentsFolder, fs::perms::owner_all);
  index.manifest.uuid = new_uuid();
  index.manifest.store = kFirstStore;
  index.manifest.index_options = options;
  index.manifest.analyzer_fingerprint = fingerprint;
  index.store = std::make_unique<store::Store>(store::Store::create(directory / kFirstStore));
  index.store->commit(snapshot::encode(index.manifest));
  snapshot::publish_manifest(directory, index.manifest);
  return index;
}

OpenIndex open_files(const fs::path& directory, double wait_seconds) {
  OpenIndex index;
  index.lock = lock_index(directory, wait_seconds);
  const std::optional<Manifest> published = published_manifest(directory);
  const std::string store = published ? published->store : newest_store(directory).value_or("");
  if (store.empty() || (!published && is_unfinished(directory))) no_index(directory);
  if (!fs::is_directory(directory / store)) {
    throw Error(Error::Kind::corrupt, store + ", which MANIFEST names, is missing",
                "`stemma restore` makes the store anew from the segments");
  }
  index.store = std::make_unique<store::Store>(store::Store::open(directory / store));
  const std::string text = index.store->manifest();
  if (text.empty()) {
    if (published) {
      throw Error(Error::Kind::corrupt, "the store holds no manifest, MANIFEST does",
                  "`stemma restore` makes the store anew from the segments");
    }
    no_index(directory);  // a creation that was interrupted
  }
  index.manifest = snapshot::decode(text);
  check_both(index.manifest, published, store);
  if (!published || published->generation != index.manifest.generation) {
    snapshot::publish_manifest(directory, index.manifest);
  } else {
    sync_directory(directory);  // its writer may have died before it did
  }
  fs::create_directory(directory / snapshot::kSegmentsFolder);
  remove_unnamed_files(directory, index.manifest);
  return index;
}

}  // namespace

std::string segment_file_name(std::uint64_t number) { return numbered("s%08llu.seg", number); }
std::string deletion_file_name(std::uint64_t number) { return numbered("d%08llu.del", number); }

std::unique_ptr<FileLock> lock_index(const fs::path& directory, double wait_seconds) {
  with_file_errors([&] {
    if (!fs::exists(directory / snapshot::kManifestName) && !newest_store(directory)) {
      no_index(directory);
    }
  });
  return std::make_unique<FileLock>(directory / snapshot::kLockName, wait_seconds);
}

OpenIndex create_index(const fs::path& directory, const IndexOptions& options,
                       std::uint64_t fingerprint, double wait_seconds) {
  return with_file_errors(
      [&] { return make_files(directory, options, fingerprint, wait_seconds); });
}

OpenIndex open_index(const fs::path& directory, double wait_seconds) {
  return with_file_errors([&] { return open_files(directory, wait_seconds); });
}

void remove_unnamed_files(const fs::path& directory, const Manifest& manifest) noexcept {
  try {
    const auto named = [&](const std::string& name) {
      const auto& deletions = manifest.deletion_files;
      return std::find(deletions.begin(), deletions.end(), name) != deletions.end() ||
             std::any_of(manifest.segments.begin(), manifest.segments.end(),
                         [&](const auto& entry) { return entry.file == name; });
    };
    std::error_code failed;
    const fs::path segments = directory / snapshot::kSegmentsFolder;
    for (const std::string& name : names_in(segments)) {
      if (is_segment_folder_name(name) && !named(name)) fs::remove(segments / name, failed);
    }
    fs::remove(directory / (std::string(snapshot::kManifestName) + ".tmp"), failed);
  } catch (const std::exception&) {
    // They only take space.
  }
  remove_unnamed_stores(directory, manifest);
}

void remove_unnamed_stores(const fs::path& directory, const Manifest& manifest) noexcept {
  try {
    std::error_code failed;
    for (const std::string& name : names_in(directory)) {
      const bool other = is_store_name(name) && name != manifest.store;
      if (other || is_unfinished_store_name(name)) fs::remove_all(directory / name, failed);
    }
  } catch (const std::exception&) {
    return;  // they only take space
  }
}

}  // namespace stemma
