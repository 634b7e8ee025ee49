// stemma backup: a consistent copy while a writer works.
#include <memory>

#include "command.h"
#include "exit_code.h"
#include "index_place.h"
#include "long_work.h"
#include "stemma/maintenance.h"

namespace stemma::command {

namespace {

struct BackupArguments {
  LongWorkOptions work;
  std::string target;
};

}  // namespace

Command add_backup(CLI::App& parent, CommonOptions& common) {
  auto arguments = std::make_shared<BackupArguments>();
  CLI::App* app = parent.add_subcommand("backup", "Copy the index, also while articles come in");
  app->add_option("target", arguments->target, "A new or empty directory for the copy")
      ->type_name("TARGET")
      ->required();
  add_progress_option(*app, arguments->work);
  add_common_options(*app, common);
  app->footer(
      std::string("The copy is the last committed state, verified while it is made, and an "
                  "index of its own:\n  stemma backup /backups/monday.stemma\n  stemma -d "
                  "/backups/monday.stemma search armoured train\nDo not copy the folder of an "
                  "index by other means while a writer works.\n\n") +
      kExitCodeHelp);
  return {app, [arguments, &common](Console& console) {
            const auto place = index_place(common.directory);
            return run_long_work(console, arguments->work, common, "backup", "copied",
                                 [&](const stemma::Progress& progress) {
                                   backup(place, arguments->target, progress);
                                 });
          }};
}

}  // namespace stemma::command
