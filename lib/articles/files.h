// Opening what the user named and what folders hold, without being led astray.
//
// Inside a folder symbolic links are never followed, nothing but regular files is opened (a FIFO
// would block, a device may do anything), no folder is entered twice, and no other file system is
// entered unasked. Names that start with a dot are left alone.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "articles/formats.h"
#include "articles/reading.h"

namespace stemma::articles {

/// Reads a file or a folder. Throws Error{not_found} if there is nothing at `path`.
void read_path(const std::filesystem::path& path, Reading& reading);

/// Reads all of `source` in the format that was found, through its decompressor; what is wrong
/// with it is reported for `path`, which is also the key.
void read_source(ByteSource& source, const FoundFormat& found, const std::string& path,
                 Reading& reading);

/// A path as a key: without "." components and doubled slashes; a byte that is not UTF-8 becomes
/// \xHH, so that different names stay different.
[[nodiscard]] std::string path_key(std::string_view path);

}  // namespace stemma::articles
