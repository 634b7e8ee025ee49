// stemma restore: a new store from the segments.
#include <memory>

#include "command.h"
#include "exit_code.h"
#include "index_place.h"
#include "long_work.h"
#include "stemma/maintenance.h"

namespace stemma::command {

Command add_restore(CLI::App& parent, CommonOptions& common) {
  auto options = std::make_shared<LongWorkOptions>();
  CLI::App* app = parent.add_subcommand("restore", "Make the store anew from the segments");
  add_writer_options(*app, *options);
  add_common_options(*app, common);
  app->footer(
      std::string("For an index whose store `stemma check` doubts, or that has lost it. The "
                  "segments hold\nevery article too and are verified first. The old store is "
                  "removed once the new one is\npublished. To go the other way: stemma "
                  "rebuild.\n\n") +
      kExitCodeHelp);
  return {app, [options, &common](Console& console) {
            const auto place = index_place(common.directory);
            return run_long_work(console, *options, common, "restore", "restored",
                                 [&](const stemma::Progress& progress) {
                                   restore(place, options->writer, progress);
                                 });
          }};
}

}  // namespace stemma::command
