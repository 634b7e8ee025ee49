// stemma rebuild: compile every segment anew from the store.
#include <map>
#include <memory>

#include "byte_size.h"
#include "command.h"
#include "exit_code.h"
#include "index_place.h"
#include "interrupt.h"
#include "json_records.h"
#include "progress.h"
#include "stemma/index_writer.h"

namespace stemma::command {

namespace {

struct RebuildArguments {
  WriterOptions writer;
  ProgressMode progress = ProgressMode::automatic;
};

int run_rebuild(Console& console, const RebuildArguments& arguments, const CommonOptions& common) {
  const std::filesystem::path place = index_place(common.directory);
  std::unique_ptr<Progress> progress;
  std::uint64_t all = 0;
  const auto start = std::chrono::steady_clock::now();
  rebuild(place, arguments.writer, [&](std::uint64_t done, std::uint64_t total) {
    if (!progress || all != total) {
      progress = std::make_unique<Progress>(console, arguments.progress, "articles", total);
      all = total;
    }
    progress->update(done, done);
    return !interrupted();
  });
  progress.reset();
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (common.json) {
    console.out().bytes(rebuild_record(all, seconds));
  } else {
    console.out().bytes(count_text(all, "article") + " compiled anew in " + duration_text(seconds) +
                        "\n");
  }
  return kDone;
}

}  // namespace

Command add_rebuild(CLI::App& parent, CommonOptions& common) {
  auto arguments = std::make_shared<RebuildArguments>();
  CLI::App* app = parent.add_subcommand("rebuild", "Compile the index anew from its articles");
  app->add_option("--memory", arguments->writer.memory_bytes,
                  "Memory for buffering and merging: 256M, 1G")
      ->type_name("SIZE")
      ->transform(byte_size());
  app->add_option("--wait", arguments->writer.wait_seconds,
                  "Seconds to wait for another writer (0)")
      ->type_name("SECONDS")
      ->check(quietly(CLI::NonNegativeNumber));
  static const std::map<std::string, ProgressMode> kModes = {{"auto", ProgressMode::automatic},
                                                             {"json", ProgressMode::json},
                                                             {"none", ProgressMode::none}};
  app->add_option("--progress", arguments->progress,
                  "auto (a bar on a terminal), json (lines on standard error) or none")
      ->type_name("HOW")
      ->transform(quietly(CLI::CheckedTransformer(kModes)));
  add_common_options(*app, common);
  app->footer(std::string("For an index of an older format or analyzer, or with damaged segments. "
                          "Searches go\non with the old segments until the new ones are "
                          "published.\n\n") +
              kExitCodeHelp);
  return {app, [arguments, &common](Console& console) {
            return run_rebuild(console, *arguments, common);
          }};
}

}  // namespace stemma::command
