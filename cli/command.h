// One subcommand: its options as CLI11 reads them, and what it does. One file each.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "console.h"

namespace stemma::command {

/// Options that every subcommand takes, before or after its name.
struct CommonOptions {
  std::string directory;  ///< -d; empty: see index_place.h
  ColourChoice colour = ColourChoice::automatic;
  bool json = false;
};

struct Command {
  CLI::App* app = nullptr;
  std::function<int(Console&)> run;  ///< returns an exit code; throws Error
};

/// `validator` without its own words in --help, where the option's text says what is allowed.
[[nodiscard]] inline CLI::Validator quietly(CLI::Validator validator) {
  return validator.description("");
}

/// -d, --color, --json.
void add_common_options(CLI::App& app, CommonOptions& common);

// `common` must outlive the command.
Command add_index(CLI::App& parent, CommonOptions& common);
Command add_search(CLI::App& parent, CommonOptions& common);
Command add_show(CLI::App& parent, CommonOptions& common);
Command add_explain(CLI::App& parent, CommonOptions& common);
Command add_delete(CLI::App& parent, CommonOptions& common);
Command add_stats(CLI::App& parent, CommonOptions& common);
Command add_check(CLI::App& parent, CommonOptions& common);
Command add_rebuild(CLI::App& parent, CommonOptions& common);
Command add_compact(CLI::App& parent, CommonOptions& common);
Command add_restore(CLI::App& parent, CommonOptions& common);
Command add_backup(CLI::App& parent, CommonOptions& common);
/// Not listed: what `check` starts to have the store examined in a process of its own.
Command add_examine_store(CLI::App& parent, CommonOptions& common);

}  // namespace stemma::command
