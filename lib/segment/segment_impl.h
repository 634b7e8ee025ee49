// The parts of an open segment, for the files of this folder.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "segment/articles.h"
#include "segment/columns.h"
#include "segment/dictionary.h"
#include "segment/documents.h"
#include "segment/paged_file.h"
#include "segment/segment.h"

namespace stemma::segment {

struct Segment::Impl {
  explicit Impl(const std::filesystem::path& path);
  Impl(Bytes bytes, std::string name);

  [[nodiscard]] const Section& section(SectionId id) const {
    return sections[static_cast<std::size_t>(id)];
  }
  void check(Ordinal doc) const {
    if (doc >= document_count) corrupt("a document beyond the segment");
  }

  PagedFile file;
  std::array<Extent, kSections> extents;
  std::array<Section, kSections> sections;
  std::uint32_t document_count = 0;
  std::uint32_t shortest_length = 0;
  std::uint64_t total_length = 0;
  std::uint64_t posting_count = 0;
  std::uint64_t fingerprint = 0;
  ImpactReference impact_reference;
  bool word_impacts = false;
  std::vector<LanguageCount> languages;
  Documents documents;
  Articles articles;
  Dictionary dictionary;
  Columns columns;

 private:
  void read_footer();
};

}  // namespace stemma::segment
