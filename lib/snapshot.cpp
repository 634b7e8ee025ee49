// The public Snapshot: a state of the index, and the analyzer that queries on it are read with.
#include <utility>

#include "snapshot_impl.h"

namespace stemma {

Snapshot Snapshot::open(const std::filesystem::path& directory) {
  auto impl = std::make_shared<Impl>();
  impl->state = snapshot::Snapshot::open(directory);
  const snapshot::Manifest& manifest = impl->state->manifest();
  impl->analyzer = std::make_shared<const analysis::Analyzer>(manifest.index_options);
  return Snapshot(std::move(impl));
}

std::uint64_t Snapshot::generation() const { return impl_->state->manifest().generation; }

std::uint64_t Snapshot::document_count() const { return impl_->state->collection().documents; }

const IndexOptions& Snapshot::index_options() const {
  return impl_->state->manifest().index_options;
}

// A fingerprint takes milliseconds, so it is computed here and not at every open, and only where
// another build than this one wrote the index last.
std::optional<std::string> Snapshot::analyzer_warning() const {
  const snapshot::Manifest& manifest = impl_->state->manifest();
  const std::uint64_t build = analysis::Analyzer::build_mark(manifest.analyzer_fingerprint);
  if (build != 0 && build == manifest.analyzer_build) return std::nullopt;
  if (impl_->analyzer->fingerprint() == manifest.analyzer_fingerprint) return std::nullopt;
  return "the index was analysed by another version of stemma or its libraries; some words may not "
         "be found until `stemma rebuild` has run";
}

}  // namespace stemma
