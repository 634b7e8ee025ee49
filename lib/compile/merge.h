// Neighbouring segments become one: order is kept, deleted documents leave no trace.
//
// The result has the bytes of a fresh compile of the surviving articles, with two exceptions. Full
// blocks of articles are copied as they are from a segment that has lost no document, with their
// dictionary. And in an index of several languages a word that is left, but no longer in the
// language in which it had one of its stems, keeps that entry in the map from stems to words.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "segment/segment.h"
#include "snapshot/manifest.h"
#include "snapshot/snapshot.h"

namespace stemma::compile {

struct MergeInput {
  std::shared_ptr<const segment::Segment> segment;
  const snapshot::OrdinalSet* deleted = nullptr;  ///< must outlive the call
};

/// Writes a durable segment; the caller syncs the folder. The inputs are in DocId order, of one
/// analyzer, and have a live document between them. Throws Error{corrupt} at a damaged input.
[[nodiscard]] snapshot::SegmentEntry merge_segments(const std::filesystem::path& path,
                                                    std::span<const MergeInput> inputs);

}  // namespace stemma::compile
