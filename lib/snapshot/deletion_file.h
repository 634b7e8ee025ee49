// A deletion file: for each segment it touches, the documents that are gone and, for each of their
// terms, how much its document frequency falls. Immutable, checksummed, exact.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "stemma/types.h"

namespace stemma::snapshot {

/// What one term loses in one segment.
struct TermLoss {
  std::uint32_t documents = 0;
  std::uint64_t occurrences = 0;
};

/// What one segment loses.
struct SegmentLoss {
  std::vector<Ordinal> documents;                      ///< ascending
  std::uint64_t total_length = 0;                      ///< of those documents
  std::map<std::string, TermLoss, std::less<>> terms;  ///< by term key
  std::map<std::string, std::uint32_t, std::less<>> languages;
};

/// By the segment's file name.
using Deletions = std::map<std::string, SegmentLoss, std::less<>>;

/// Writes, fsyncs, reads back and verifies; the caller syncs the folder.
void write_deletions(const std::filesystem::path& path, const Deletions& deletions);
/// Throws Error{corrupt}, {not_found}, {wrong_version}.
[[nodiscard]] Deletions read_deletions(const std::filesystem::path& path);
/// Adds `more` to `into`; a document may not be deleted twice.
void merge_deletions(Deletions& into, const Deletions& more);

}  // namespace stemma::snapshot
