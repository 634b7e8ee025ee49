// Looking after an index: what it holds, and whether every byte is as it was written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "stemma/index_writer.h"
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

/// Leaves nothing of deleted articles and of old versions, in neither half: one segment without
/// deleted documents, and a new store with the living articles, published together. Results stay as
/// they are. Needs room for a second copy while it works; readers go on with the files they have.
/// Takes the writer's lock. `progress` as for rebuild(); stopped or failed, the index is unchanged.
void compact(const std::filesystem::path& directory, const WriterOptions& options = {},
             const Progress& progress = {});

/// Makes the store anew from the segments, which hold every article too: for a store that check()
/// doubts or that is gone. The old one is removed once the new one is published. Throws
/// Error{corrupt} if a segment or MANIFEST is damaged: then the store must be sound (rebuild()).
/// Takes the writer's lock; otherwise as compact().
void restore(const std::filesystem::path& directory, const WriterOptions& options = {},
             const Progress& progress = {});

/// Copies the last published state to `target`, a new or empty directory, as an index of its own.
/// Takes no lock: a writer may go on meanwhile. Every copied page is verified, and the copy's store
/// is made anew from the articles in the segments. If it throws, `target` holds no index and may be
/// named again, unless the disk does not let it remove what it made.
void backup(const std::filesystem::path& directory, const std::filesystem::path& target,
            const Progress& progress = {});

struct Damage {
  std::string file;
  std::string message;
  std::string hint;
};

struct CheckOptions {
  /// A program that examines the store in a process of its own, with its first arguments: a damaged
  /// glass database can crash whoever reads it. The index directory is appended; the program calls
  /// examine_store() and writes what it returns to its standard output. Empty: this process does
  /// it.
  std::vector<std::string> examiner;
};

struct CheckReport {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t articles = 0;  ///< compared, byte for byte, between store and segments
  bool in_process = false;     ///< the store was examined by this process
  std::vector<Damage> damage;  ///< empty: all is well
};

/// Verifies every page of every file, proves that articles, keys, manifest and next DocId of the
/// store are what was committed (by content hashes, there and back, and by comparison with the
/// segments), and runs Xapian's own check. Takes the writer's lock. Never throws for damage.
[[nodiscard]] CheckReport check(const std::filesystem::path& directory,
                                const CheckOptions& options = {});

/// What CheckOptions::examiner has to say of the store: bytes for check(), of no other meaning.
/// Takes no lock of Stemma's, as check() holds it.
[[nodiscard]] std::string examine_store(const std::filesystem::path& directory);

}  // namespace stemma
