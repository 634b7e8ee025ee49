// What the statistics of a segment lose with one document: its article is analysed again, because a
// segment has no list of terms by document.
#pragma once

#include "analysis/analyzer.h"
#include "base/bytes.h"
#include "snapshot/deletion_file.h"
#include "stemma/types.h"

namespace stemma::compile {

/// Adds document `doc`, whose encoded article is `article`. `loss.documents` is in order of calls:
/// sort it when all are in. `analyzer` must be the one that the segment was compiled with.
void lose_document(snapshot::SegmentLoss& loss, Ordinal doc, Bytes article,
                   const analysis::Analyzer& analyzer);

}  // namespace stemma::compile
