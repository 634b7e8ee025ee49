// The manifest: which files together are one state of the index.
//
// `MANIFEST` is text: one line of JSON, then a line with its CRC32C. The same text is in the store,
// so that the store's commit decides and `MANIFEST` only publishes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "stemma/index_writer.h"
#include "stemma/types.h"

namespace stemma::snapshot {

struct SegmentEntry {
  std::string file;  ///< name in segments/, "s00000012.seg"
  DocId first_doc = 0;
  DocId last_doc = 0;
  std::uint32_t documents = 0;
  std::uint64_t bytes = 0;
  friend bool operator==(const SegmentEntry&, const SegmentEntry&) = default;
};

struct Manifest {
  std::uint64_t generation = 0;  ///< one more at every commit
  DocId next_doc_id = 1;
  std::uint64_t next_file_number = 1;
  std::string store = "store-1";
  std::string uuid;  ///< of the index, given once
  std::uint64_t analyzer_fingerprint = 0;
  std::uint64_t analyzer_build = 0;  ///< Analyzer::build_mark() of the fingerprint; 0: unknown
  IndexOptions index_options;
  std::vector<SegmentEntry> segments;       ///< ascending DocIds, apart from each other
  std::vector<std::string> deletion_files;  ///< names in segments/, "d00000013.del", oldest first
};

[[nodiscard]] std::string encode(const Manifest& manifest);
/// Throws Error{corrupt}, {wrong_version}.
[[nodiscard]] Manifest decode(std::string_view text);

/// Reads INDEX/MANIFEST. Throws Error{not_found} with a hint if there is no index.
[[nodiscard]] Manifest read_manifest(const std::filesystem::path& directory);
/// Replaces INDEX/MANIFEST atomically and durably.
void publish_manifest(const std::filesystem::path& directory, const Manifest& manifest);

inline constexpr const char* kManifestName = "MANIFEST";
inline constexpr const char* kSegmentsFolder = "segments";
inline constexpr const char* kLockName = "LOCK";

}  // namespace stemma::snapshot
