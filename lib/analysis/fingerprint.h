// What an analyzer does, as one number, so that an index is never written by two that differ.
#pragma once

#include <cstdint>

#include "stemma/index_writer.h"

namespace stemma::analysis {

class Analyzer;

/// FNV-1a over the tables of folding and the output of `analyzer` on a fixed text in every language
/// and script. A library update that changes none of it changes no fingerprint.
[[nodiscard]] std::uint64_t fingerprint_of(const Analyzer& analyzer);

/// See Analyzer::build_mark().
[[nodiscard]] std::uint64_t build_mark_of(std::uint64_t fingerprint);

}  // namespace stemma::analysis
