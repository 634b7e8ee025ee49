// What a public Snapshot holds; shared with lib/searcher.cpp.
#pragma once

#include <memory>

#include "analysis/analyzer.h"
#include "snapshot/snapshot.h"
#include "stemma/searcher.h"

namespace stemma {

struct Snapshot::Impl {
  std::shared_ptr<const snapshot::Snapshot> state;
  std::shared_ptr<const analysis::Analyzer> analyzer;
};

}  // namespace stemma
