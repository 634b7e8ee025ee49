// Sizes on the command line: 256M, 1G, 1048576.
#pragma once

#include <CLI/CLI.hpp>

namespace stemma::command {

/// Turns a number with an optional K, M, G or T (powers of 1024; "MB" and "MiB" mean the same)
/// into bytes; anything else is a usage error.
[[nodiscard]] CLI::Validator byte_size();

}  // namespace stemma::command
