#include "long_work.h"

#include <chrono>
#include <map>
#include <memory>

#include "byte_size.h"
#include "exit_code.h"
#include "interrupt.h"
#include "json_records.h"

namespace stemma::command {

void add_progress_option(CLI::App& app, LongWorkOptions& options) {
  static const std::map<std::string, ProgressMode> kModes = {{"auto", ProgressMode::automatic},
                                                             {"json", ProgressMode::json},
                                                             {"none", ProgressMode::none}};
  app.add_option("--progress", options.progress,
                 "auto (a bar on a terminal), json (lines on standard error) or none")
      ->type_name("HOW")
      ->transform(quietly(CLI::CheckedTransformer(kModes)));
}

void add_writer_options(CLI::App& app, LongWorkOptions& options) {
  app.add_option("--memory", options.writer.memory_bytes,
                 "Memory for buffering and merging: 256M, 1G")
      ->type_name("SIZE")
      ->transform(byte_size());
  app.add_option("--wait", options.writer.wait_seconds, "Seconds to wait for another writer (0)")
      ->type_name("SECONDS")
      ->check(quietly(CLI::NonNegativeNumber));
  add_progress_option(app, options);
}

int run_long_work(Console& console, const LongWorkOptions& options, const CommonOptions& common,
                  const std::string& kind, const std::string& done,
                  const std::function<void(const stemma::Progress&)>& work) {
  std::unique_ptr<Progress> progress;
  std::uint64_t all = 0;
  const auto start = std::chrono::steady_clock::now();
  work([&](std::uint64_t count, std::uint64_t total) {
    if (!progress || all != total) {
      progress = std::make_unique<Progress>(console, options.progress, "articles", total);
      all = total;
    }
    progress->update(count, count);
    return !interrupted();
  });
  progress.reset();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (common.json) {
    console.out().bytes(long_work_record(kind, all, seconds));
  } else {
    console.out().bytes(count_text(all, "article") + " " + done + " in " + duration_text(seconds) +
                        "\n");
  }
  return kDone;
}

}  // namespace stemma::command
