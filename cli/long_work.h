// What the commands that rewrite the whole index share: their options, progress, and one line about
// what was done.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "command.h"
#include "progress.h"
#include "stemma/index_writer.h"

namespace stemma::command {

struct LongWorkOptions {
  WriterOptions writer;
  ProgressMode progress = ProgressMode::automatic;
};

/// --progress, and for work that writes to the index --memory and --wait.
void add_progress_option(CLI::App& app, LongWorkOptions& options);
void add_writer_options(CLI::App& app, LongWorkOptions& options);

/// Runs `work` under a bar, stops it at Ctrl-C, and says "N articles DONE in TIME" or prints the
/// JSON record of `kind`.
int run_long_work(Console& console, const LongWorkOptions& options, const CommonOptions& common,
                  const std::string& kind, const std::string& done,
                  const std::function<void(const stemma::Progress&)>& work);

}  // namespace stemma::command
