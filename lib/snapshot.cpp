// The public Snapshot: a state of the index, and the analyzer that queries on it are read with.
#include <utility>

#include "snapshot_impl.h"

namespace stemma {

Snapshot Snapshot::open(const std::filesystem::path& directory) {
  auto impl = std::make_shared<Impl>();
  impl->state = snapshot::Snapshot::open(directory);
  const snapshot::Manifest& manifest = impl->state->manifest();
  impl->analyzer = std::make_shared<const analysis::Analyzer>(manifest.index_options);
  if (impl->analyzer->fingerprint() != manifest.analyzer_fingerprint) {
    impl->warning =
        "the index was analysed by another version of stemma or its libraries; some words may not "
        "be found until `stemma rebuild` has run";
  }
  return Snapshot(std::move(impl));
}

std::uint64_t Snapshot::generation() const { return impl_->state->manifest().generation; }

std::uint64_t Snapshot::document_count() const { return impl_->state->collection().documents; }

const IndexOptions& Snapshot::index_options() const {
  return impl_->state->manifest().index_options;
}

std::optional<std::string> Snapshot::analyzer_warning() const { return impl_->warning; }

}  // namespace stemma
