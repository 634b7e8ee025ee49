// What a Store holds; store/ only.
//
// Metadata keys: "A" + DocId (big-endian, so that they sort) one article; "D" + number one zstd
// dictionary (u64 hash, bytes); "N" the next DocId; "M" the manifest. One document per article,
// with one term: "K" + key, or for a long key "H" + its hash, which several articles may share.
#pragma once

#include <xapian.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "store/record_codec.h"
#include "store/store.h"
#include "store/xapian_errors.h"

namespace stemma::store {

inline constexpr const char* kNextDocKey = "N";
inline constexpr const char* kManifestKey = "M";

[[nodiscard]] std::string article_key(DocId doc);
/// The DocId of an article_key(). Throws Error{corrupt} if it is none.
[[nodiscard]] DocId doc_of(const std::string& article_key);
[[nodiscard]] std::string dictionary_key(std::uint32_t number);
/// The term under which a key is found.
[[nodiscard]] std::string key_term(std::string_view key);

struct Store::Impl {
  std::filesystem::path directory;
  std::optional<Xapian::WritableDatabase>
      database;  // empty after a failure that could not be mended
  RecordCodec codec;
  DocId next_doc = 1;
  bool in_transaction = false;

  /// The handle; throws Error{io} if a failure closed it.
  Xapian::WritableDatabase& handle();
  /// Opens and reads what the last commit left. If it throws, there is no handle.
  void load();
  void begin();
  /// After a failed change nothing is known of the handle: drop it and start from the last commit.
  void reopen_after_failure() noexcept;
  void train_dictionary();
  [[nodiscard]] std::optional<DocId> find(std::string_view key);
  /// Runs a change; if it fails, the whole transaction is given up.
  template <class Change>
  void change(const char* doing, Change&& action) {
    try {
      translated(directory, doing, action);
    } catch (...) {
      reopen_after_failure();
      throw;
    }
  }
};

}  // namespace stemma::store
