// Every record that --json prints: one line each, `"v":1` and a `"type"` first.
//
// A line is valid UTF-8 whatever an article holds, and safe on a terminal: controls, DEL, C1, bidi
// controls and U+2028/9 are written as \uXXXX. Ranges are [begin, end) in bytes of the UTF-8 of the
// string beside them. Within version 1 fields may be added, never changed or taken away.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stemma/maintenance.h"
#include "stemma/read_articles.h"
#include "stemma/searcher.h"

namespace stemma::command {

/// Before the hits of one query.
struct SearchHeader {
  std::string topic;  ///< empty: a single query
  std::string query;
  std::string understood;
  std::vector<QueryNote> notes;
  std::uint64_t generation = 0;
  std::uint64_t documents = 0;
  std::uint64_t total = 0;
  std::size_t offset = 0;
  std::string sort;
};

[[nodiscard]] std::string header_record(const SearchHeader& header);

struct HitRecord {
  std::string topic;
  std::size_t rank = 0;
  double score = 0;
  Article article;  ///< its body is not printed
  Snippet snippet;
  std::optional<Explanation> explanation;
};

[[nodiscard]] std::string hit_record(const HitRecord& hit);
[[nodiscard]] std::string footer_record(const std::string& topic, std::size_t hits,
                                        std::uint64_t total, double seconds);
[[nodiscard]] std::string count_record(std::string_view query, std::string_view understood,
                                       std::uint64_t total);
[[nodiscard]] std::string article_record(const Article& article, const Highlights& highlights);
[[nodiscard]] std::string query_record(std::string_view query, std::string_view understood,
                                       const std::vector<QueryNote>& notes, std::string_view text);
[[nodiscard]] std::string explanation_record(std::string_view key,
                                             const std::optional<Explanation>& explanation);

/// What `index` did.
struct IndexSummary {
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t documents = 0;
  std::uint64_t generation = 0;
  double seconds = 0;
  ReadReport report;
};

[[nodiscard]] std::string index_record(const IndexSummary& summary);
[[nodiscard]] std::string delete_record(std::uint64_t deleted,
                                        const std::vector<std::string>& missing,
                                        std::uint64_t generation);
[[nodiscard]] std::string statistics_record(const std::filesystem::path& directory,
                                            const IndexStatistics& statistics);
[[nodiscard]] std::string check_record(const std::filesystem::path& directory,
                                       const CheckReport& report);
/// Of `rebuild`, `compact`, `restore` and `backup`.
[[nodiscard]] std::string long_work_record(const std::string& kind, std::uint64_t documents,
                                           double seconds);
/// What `index --progress=json` prints once a commit is durable: the articles of the input that are
/// in the index now, and its generation.
[[nodiscard]] std::string committed_record(std::uint64_t articles, std::uint64_t generation);
[[nodiscard]] std::string progress_record(const std::string& items, std::uint64_t count,
                                          std::uint64_t done, std::uint64_t total, double seconds);

}  // namespace stemma::command
