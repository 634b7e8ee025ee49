// What an index holds, by its headers and the sizes of its files.
#include <algorithm>
#include <system_error>

#include "base/folder_size.h"
#include "snapshot/manifest.h"
#include "snapshot/snapshot.h"
#include "stemma/maintenance.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;
using snapshot::Manifest;

/// Sections of all segments added up, in file order.
std::vector<PartSize> section_sizes(const snapshot::Snapshot& state) {
  std::vector<PartSize> parts;
  for (const snapshot::SegmentView& view : state.segments()) {
    for (const auto& [name, bytes] : view.segment->section_sizes()) {
      const auto part =
          std::find_if(parts.begin(), parts.end(),
                       [&wanted = name](const PartSize& known) { return known.name == wanted; });
      if (part == parts.end()) {
        parts.push_back({name, bytes});
      } else {
        part->bytes += bytes;
      }
    }
  }
  return parts;
}

}  // namespace

IndexStatistics statistics(const fs::path& directory) {
  const auto state = snapshot::Snapshot::open(directory);
  const Manifest& manifest = state->manifest();
  IndexStatistics result;
  result.generation = manifest.generation;
  result.documents = state->collection().documents;
  result.average_length = state->collection().average_length();
  result.segments = state->segments().size();
  result.languages = state->languages();
  for (const snapshot::SegmentView& view : state->segments()) {
    result.deleted_documents += view.deleted.count();
    result.terms += view.segment->term_count();
    result.postings += view.segment->posting_count();
  }
  result.parts = section_sizes(*state);
  std::uint64_t deletions = 0;
  for (const std::string& file : manifest.deletion_files) {
    deletions += bytes_below(directory / snapshot::kSegmentsFolder / file);
  }
  result.parts.push_back({"deletions", deletions});
  result.parts.push_back({"manifest", bytes_below(directory / snapshot::kManifestName)});
  result.parts.push_back({"store", bytes_below(directory / manifest.store)});
  std::uint64_t known = 0;
  for (const PartSize& part : result.parts) known += part.bytes;
  // The lock, and files that readers still hold or a crash has left.
  const std::uint64_t all = bytes_below(directory);
  result.parts.push_back({"other", all > known ? all - known : 0});
  return result;
}

}  // namespace stemma
