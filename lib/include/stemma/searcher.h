// Story two: a query goes in, hits come out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stemma/article.h"
#include "stemma/index_writer.h"
#include "stemma/types.h"

namespace stemma {

namespace query {
struct Node;
}

/// Something doubtful about a typed query, for the person who typed it.
struct QueryNote {
  std::size_t offset = 0;  ///< byte in the query text
  std::string message;
  std::string hint;
};

/// A parsed query: an immutable value, cheap to copy, safe to share between threads.
class Query {
 public:
  explicit Query(std::shared_ptr<const query::Node> root) : root_(std::move(root)) {}
  [[nodiscard]] const query::Node& root() const { return *root_; }
  /// The query in canonical text; parsing it again gives an equal query.
  [[nodiscard]] std::string to_string() const;

 private:
  std::shared_ptr<const query::Node> root_;
};

struct ParsedQuery {
  Query query;
  std::vector<QueryNote> notes;
};

struct ParseOptions {
  bool any = false;     ///< words typed side by side: any of them, instead of all
  bool strict = false;  ///< throw Error{bad_query} where lenient parsing would guess and note
  bool plain = false;   ///< plain words only: no operator, field or quote has a meaning
};

enum class SortBy { score, date_newest, date_oldest };

struct SearchOptions {
  std::size_t k = 10;      ///< hits wanted; at most 1,000,000
  std::size_t offset = 0;  ///< hits to leave out before them
  SortBy sort = SortBy::score;
  bool count = true;  ///< count all matches exactly
  Bm25Options bm25 = {};
  bool exhaustive = false;               ///< score every match (the oracle); same answer, slower
  double deadline_seconds = 0;           ///< 0: none; past it Error{cancelled}
  std::function<bool()> cancelled = {};  ///< polled now and then; true stops with Error{cancelled}
};

struct Hit {
  DocId doc = 0;
  double score = 0;
  friend bool operator==(const Hit&, const Hit&) = default;
};

struct Hits {
  std::vector<Hit> hits;    ///< best first; equal scores by lower DocId
  std::uint64_t total = 0;  ///< all matches, exact; 0 if not counted
  friend bool operator==(const Hits&, const Hits&) = default;
};

/// A piece of an article around its best matches.
struct Snippet {
  std::string text;                   ///< cut from the original bytes at whole characters
  std::vector<ByteRange> highlights;  ///< in `text`, ascending, apart from each other
  bool starts_inside = false;         ///< something stands before it
  bool ends_inside = false;           ///< something stands after it
};

/// Matches of a query in one article, as bytes of the original title and body.
struct Highlights {
  std::vector<ByteRange> title;
  std::vector<ByteRange> body;
};

/// A score as a sum of named parts: `value` is the sum of the parts' values, in their order.
struct Explanation {
  std::string name;
  double value = 0;
  std::vector<Explanation> parts;
};

/// One consistent state of an index, pinned: whatever writers do, it stays as it was.
/// Cheap to copy, safe to share between threads. Opening takes no lock.
class Snapshot {
 public:
  /// Throws Error{not_found}, {wrong_version}, {corrupt}, {io}.
  static Snapshot open(const std::filesystem::path& directory);

  [[nodiscard]] std::uint64_t generation() const;
  [[nodiscard]] std::uint64_t document_count() const;
  [[nodiscard]] const IndexOptions& index_options() const;
  /// Set when the index was analysed by another analyzer than this build's; searching goes on.
  /// Takes milliseconds the first time if another build wrote the index, microseconds otherwise.
  [[nodiscard]] std::optional<std::string> analyzer_warning() const;

  struct Impl;
  explicit Snapshot(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  [[nodiscard]] const Impl& impl() const { return *impl_; }

 private:
  std::shared_ptr<const Impl> impl_;
};

/// Answers queries on one snapshot. Safe to share between threads.
class Searcher {
 public:
  explicit Searcher(Snapshot snapshot);
  ~Searcher();
  Searcher(Searcher&&) noexcept;
  Searcher& operator=(Searcher&&) noexcept;

  /// Never fails on typed text unless `options.strict`.
  [[nodiscard]] ParsedQuery parse(std::string_view text, const ParseOptions& options = {}) const;
  /// The best `options.k` documents, highest score first, ties by lower DocId. Scores are BM25
  /// (Robertson & Zaragoza 2009), the same bits on every kernel and executor.
  /// Throws Error{corrupt} at a damaged block, {cancelled}, {limit}.
  [[nodiscard]] Hits search(const Query& query, const SearchOptions& options = {}) const;

  [[nodiscard]] std::string key(DocId doc) const;
  [[nodiscard]] Article article(DocId doc) const;
  [[nodiscard]] std::optional<DocId> find(std::string_view key) const;

  [[nodiscard]] Snippet snippet(const Query& query, DocId doc, std::size_t max_bytes = 240) const;
  [[nodiscard]] Highlights highlights(const Query& query, DocId doc) const;
  /// Why `doc` has its score; nullopt if it does not match.
  [[nodiscard]] std::optional<Explanation> explain(const Query& query, DocId doc,
                                                   const SearchOptions& options = {}) const;
  /// How the query was read, step by step: tokens, tree, canonical text, plan, frequencies, notes.
  /// Text for people; its layout may change.
  [[nodiscard]] std::string explain_query(std::string_view text,
                                          const ParseOptions& options = {}) const;

  [[nodiscard]] const Snapshot& snapshot() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace stemma
