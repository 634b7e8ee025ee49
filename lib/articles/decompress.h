// gzip and zstd, streaming, without trust: memory is bounded by the decompressor's window, and
// output that outgrows its input beyond reason (a decompression bomb) ends the file.
#pragma once

#include <cstdint>
#include <memory>

#include "articles/byte_source.h"

namespace stemma::articles {

enum class Compression { none, gzip, zstd };

/// The decompressed bytes of `inner`, which must outlive the result. Reads joined streams (several
/// gzip members, several zstd frames) as one. Reading throws BadInput for damaged or truncated
/// input, and once more than 1 MiB came out and the output is more than `max_expansion` times the
/// input read for it.
[[nodiscard]] std::unique_ptr<ByteSource> decompressed(Compression compression, ByteSource& inner,
                                                       std::uint64_t max_expansion);

/// By the first bytes, for input without a name.
[[nodiscard]] Compression compression_of(std::string_view head);

}  // namespace stemma::articles
