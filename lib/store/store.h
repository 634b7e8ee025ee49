// The book of record: every article whole, its key, and the manifest of the present state.
//
// One Xapian document per article, with its key as the only term; the article itself is user
// metadata under its DocId (zstd with a dictionary once there are enough articles to train one),
// because glass deflates document data a second time. All changes of a commit are one explicit
// Xapian transaction, followed by an fsync of the directory, which Xapian 1.4 leaves out.
// The only folder that knows Xapian; its exceptions (and std::exception) end here, as Error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "stemma/types.h"

namespace stemma::store {

class Store {
 public:
  /// Makes a new store in `directory`, which must not exist; its parent is synced.
  static Store create(const std::filesystem::path& directory);
  /// Opens for writing. The caller holds Stemma's writer lock. Throws Error.
  static Store open(const std::filesystem::path& directory);

  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  /// Pending changes are seen by find(), article() and document_count().
  [[nodiscard]] std::optional<DocId> find(std::string_view key) const;
  /// The encoded article. nullopt if there is none. Throws Error{corrupt} if its hash differs.
  [[nodiscard]] std::optional<std::string> article(DocId doc) const;
  [[nodiscard]] std::string key(DocId doc) const;
  [[nodiscard]] std::uint64_t document_count() const;

  /// The DocId that the next put() gives: one more than any ever given.
  [[nodiscard]] DocId next_doc_id() const;
  /// Stores an article under the next DocId. The key must not be present. Begins the transaction.
  DocId put(std::string_view key, Bytes encoded);
  void erase(DocId doc);
  /// The next put() gives `doc`, which must not be below next_doc_id(): for copies, where DocIds
  /// stay.
  void skip_to(DocId doc);
  /// Articles, deletions and `manifest` together, durable when it returns.
  void commit(std::string_view manifest);
  void rollback();

  /// The manifest of the last commit; empty in a new store.
  [[nodiscard]] std::string manifest() const;

  /// Calls `visit(doc, key, encoded)` for each article in DocId order until it returns false.
  void for_each(const std::function<bool(DocId, std::string_view, Bytes)>& visit) const;

  /// Xapian's own check and a walk over all keys and articles, there and back; one message a fault.
  [[nodiscard]] std::vector<std::string> verify() const;

  struct Impl;  ///< store/ only

 private:
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace stemma::store
