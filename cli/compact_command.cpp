// stemma compact: leave nothing of what was deleted or replaced.
#include <memory>

#include "command.h"
#include "exit_code.h"
#include "index_place.h"
#include "long_work.h"
#include "stemma/maintenance.h"

namespace stemma::command {

Command add_compact(CLI::App& parent, CommonOptions& common) {
  auto options = std::make_shared<LongWorkOptions>();
  CLI::App* app = parent.add_subcommand("compact", "Write the index anew without what was deleted");
  add_writer_options(*app, *options);
  add_common_options(*app, common);
  app->footer(std::string("Deleted articles and old versions are found by no search at once, but "
                          "their text stays\nin the files until they are rewritten. After this it "
                          "is in no file of the index any more.\nNeeds free space of the size of "
                          "the index. Searches go on meanwhile, and open snapshots\nkeep the files "
                          "they have until they are closed.\n\n") +
              kExitCodeHelp);
  return {app, [options, &common](Console& console) {
            const auto place = index_place(common.directory);
            return run_long_work(console, *options, common, "compact", "written anew",
                                 [&](const stemma::Progress& progress) {
                                   compact(place, options->writer, progress);
                                 });
          }};
}

}  // namespace stemma::command
