// Looking after an index: what it holds, and whether every byte is as it was written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "stemma/searcher.h"

namespace stemma {

/// Bytes of one part of the index (postings, positions, articles, store, …).
struct PartSize {
  std::string name;
  std::uint64_t bytes = 0;
};

struct IndexStatistics {
  std::uint64_t generation = 0;
  std::uint64_t documents = 0;
  std::uint64_t deleted_documents = 0;  ///< still in segments
  std::uint64_t segments = 0;
  std::uint64_t terms = 0;      ///< summed over segments
  std::uint64_t postings = 0;   ///< summed over segments
  double average_length = 0;    ///< term counts per document
  std::vector<PartSize> parts;  ///< in file order; sums to the bytes on disk
  std::vector<std::pair<std::string, std::uint64_t>> languages;  ///< documents by language
};

/// Reads headers and folder sizes, not the postings.
[[nodiscard]] IndexStatistics statistics(const std::filesystem::path& directory);

struct Damage {
  std::string file;
  std::string message;
  std::string hint;
};

struct CheckReport {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t articles = 0;  ///< compared, byte for byte, between store and segments
  std::vector<Damage> damage;  ///< empty: all is well
};

/// Verifies every page of every file, compares both copies of every article, and runs Xapian's own
/// check on the store in this process. Takes the writer's lock. Never throws for damage.
[[nodiscard]] CheckReport check(const std::filesystem::path& directory);

}  // namespace stemma
