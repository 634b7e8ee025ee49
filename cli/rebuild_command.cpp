// stemma rebuild: compile every segment anew from the store.
#include <memory>

#include "command.h"
#include "exit_code.h"
#include "index_place.h"
#include "long_work.h"

namespace stemma::command {

Command add_rebuild(CLI::App& parent, CommonOptions& common) {
  auto options = std::make_shared<LongWorkOptions>();
  CLI::App* app = parent.add_subcommand("rebuild", "Compile the index anew from its articles");
  add_writer_options(*app, *options);
  add_common_options(*app, common);
  app->footer(std::string("For an index of an older format or analyzer, or with damaged segments. "
                          "Searches go\non with the old segments until the new ones are "
                          "published.\n\n") +
              kExitCodeHelp);
  return {app, [options, &common](Console& console) {
            const auto place = index_place(common.directory);
            return run_long_work(console, *options, common, "rebuild", "compiled anew",
                                 [&](const stemma::Progress& progress) {
                                   rebuild(place, options->writer, progress);
                                 });
          }};
}

}  // namespace stemma::command
