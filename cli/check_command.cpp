// stemma check: is every byte as it was written?
//
// The store is examined by a process of its own, this program started again: a damaged glass
// database can crash whoever reads it.
#include <memory>

#include "command.h"
#include "exit_code.h"
#include "index_place.h"
#include "json_records.h"
#include "progress.h"
#include "stemma/maintenance.h"

namespace stemma::command {

namespace {

constexpr char kExamineStore[] = "examine-store";

int run_check(Console& console, const CommonOptions& common) {
  const std::filesystem::path place = index_place(common.directory);
  const CheckReport report = check(place, {.examiner = {"/proc/self/exe", kExamineStore}});
  if (common.json) {
    console.out().bytes(check_record(place, report));
    return report.damage.empty() ? kDone : kDamaged;
  }
  if (report.damage.empty()) {
    console.out().bytes("sound: " + count_text(report.files, "file") + ", " +
                        bytes_text(report.bytes) + ", " + count_text(report.articles, "article") +
                        " the same in both halves\n");
    return kDone;
  }
  for (const Damage& damage : report.damage) {
    console.note(Style::error, "damaged", damage.file + ": " + damage.message, damage.hint);
  }
  return kDamaged;
}

}  // namespace

Command add_check(CLI::App& parent, CommonOptions& common) {
  CLI::App* app = parent.add_subcommand("check", "Verify every byte of the index");
  add_common_options(*app, common);
  app->footer(
      std::string("Reads every page of every file, compares both copies of every article, "
                  "and runs\nXapian's own check on the store, in a process of its own. Needs "
                  "the writer's lock;\nchanges nothing. A damaged store is made anew by "
                  "`stemma restore`, damaged segments by\n`stemma rebuild`.\n\n") +
      kExitCodeHelp);
  return {app, [&common](Console& console) { return run_check(console, common); }};
}

Command add_examine_store(CLI::App& parent, CommonOptions& /*common*/) {
  auto directory = std::make_shared<std::string>();
  CLI::App* app = parent.add_subcommand(kExamineStore, "For `stemma check`");
  app->group("");  // not in --help
  app->add_option("directory", *directory, "The index")->required();
  return {app, [directory](Console& console) {
            console.out().bytes(examine_store(*directory));
            return kDone;
          }};
}

}  // namespace stemma::command
