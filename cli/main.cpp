// The stemma command: finds the subcommand, runs it, and turns what it throws into words and an
// exit code. Nothing else in the process prints or exits.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "command.h"
#include "exit_code.h"
#include "interrupt.h"
#include "query_input.h"
#include "stemma/error.h"
#include "suggestion.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): unistd.h has it with GNU only

namespace stemma::command {

namespace {

constexpr char kIntroduction[] =
    "Stemma finds articles: by word, by stem, by phrase, by field, by date.\n";

constexpr char kFooter[] =
    "Start here:\n"
    "  stemma index articles/            reads txt, md, html and jsonl into ./.stemma\n"
    "  stemma search armoured train      finds them, best first\n"
    "  stemma search '\"armoured train\"'  exactly these words\n"
    "  stemma COMMAND --help             options, query language, examples\n\n"
    "The index is -d DIR, else $STEMMA_INDEX, else the nearest .stemma in this folder or above.\n"
    "Colour: --color, NO_COLOR, CLICOLOR_FORCE, TERM=dumb.\n\n";

/// Xapian reads settings from the environment that would change how the store is written.
void clear_xapian_environment() {
  std::vector<std::string> names;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (text.starts_with("XAPIAN_")) names.push_back(text.substr(0, text.find('=')));
  }
  for (const std::string& name : names) ::unsetenv(name.c_str());
}

ExitCode exit_code_of(const Error& error) {
  switch (error.kind()) {
    case Error::Kind::not_found:
    case Error::Kind::wrong_version:
      return kNoIndex;
    case Error::Kind::invalid_argument:
    case Error::Kind::bad_query:
    case Error::Kind::limit:
      return kUsage;
    case Error::Kind::locked:
      return kLocked;
    case Error::Kind::corrupt:
      return kDamaged;
    case Error::Kind::cancelled:
      return interrupted() ? kInterrupted : kRefused;
    case Error::Kind::io:
      return kRefused;
  }
  return kRefused;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

/// What was probably meant by the first argument that is no option, or no command.
std::string usage_hint(const CLI::App& app, const CLI::App* chosen, bool is_extra,
                       const std::vector<std::string>& arguments) {
  std::string help =
      chosen == nullptr ? "stemma --help" : "stemma " + chosen->get_name() + " --help";
  std::vector<std::string> known = option_names(app);
  if (chosen != nullptr) {
    const auto more = option_names(*chosen);
    known.insert(known.end(), more.begin(), more.end());
  }
  for (const std::string& argument : arguments) {
    if (argument == "--") break;
    if (argument.starts_with("--")) {
      const std::string name = argument.substr(0, argument.find('='));
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      if (const auto near = nearest_name(name, known)) {
        return "did you mean " + *near + "? `" + help + "` lists all options";
      }
    } else if (is_extra && argument.starts_with('-') && argument.size() > 1 && chosen != nullptr &&
               (chosen->get_name() == "search" || chosen->get_name() == "explain")) {
      if (chosen->get_option_no_throw(argument.substr(0, 2)) == nullptr) {
        return "a query that begins with '-' goes after --: stemma " + chosen->get_name() + " -- " +
               argument;
      }
    } else if (chosen == nullptr && !argument.starts_with('-')) {
      std::vector<std::string> commands;
      for (const CLI::App* command : app.get_subcommands({})) {
        commands.push_back(command->get_name());
      }
      if (const auto near = nearest_name(argument, commands)) {
        return "did you mean `stemma " + *near + "`?";
      }
      return "to search for it: stemma search " + argument;
    }
  }
  return help;
}

/// What is wrong, in words that name what was typed.
std::string usage_message(const CLI::ParseError& error, const CLI::App* chosen,
                          const std::vector<std::string>& arguments) {
  if (chosen == nullptr) {
    const auto word = std::find_if(arguments.begin(), arguments.end(), [](const std::string& each) {
      return !each.empty() && each.front() != '-';
    });
    if (word != arguments.end()) return "there is no command \"" + *word + "\"";
    return "a command is missing";
  }
  return error.what();
}

class CommandLine {
 public:
  CommandLine() : app_(kIntroduction, "stemma") {
    app_.footer(std::string(kFooter) + kQueryHelp + "\n" + kExitCodeHelp);
    app_.set_version_flag("--version", std::string("stemma ") + STEMMA_VERSION,
                          "Print the version and exit");
    app_.get_formatter()->column_width(26);
    app_.require_subcommand(1);
    add_common_options(app_, common_);
    for (const auto add :
         {add_index, add_search, add_show, add_explain, add_delete, add_stats, add_check,
          add_backup, add_compact, add_rebuild, add_restore, add_examine_store}) {
      commands_.push_back(add(app_, common_));
    }
  }

  int run(Console& console, const std::vector<std::string>& arguments) {
    try {
      std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
      app_.parse(reversed);
    } catch (const CLI::CallForHelp&) {
      console.out().bytes(selected() == nullptr ? app_.help() : selected()->help("stemma"));
      return kDone;
    } catch (const CLI::CallForVersion&) {
      console.out().bytes(std::string("stemma ") + STEMMA_VERSION + "\n");
      return kDone;
    } catch (const CLI::ParseError& error) {
      if (arguments.empty()) {
        console.err().bytes(app_.help());
      } else {
        console.note(
            Style::error, "stemma", usage_message(error, selected(), arguments),
            usage_hint(app_, selected(),
                       error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError),
                       arguments));
      }
      return kUsage;
    }
    console.set_colour(common_.colour);
    for (const Command& command : commands_) {
      if (command.app->parsed()) return command.run(console);
    }
    return kUsage;
  }

 private:
  [[nodiscard]] const CLI::App* selected() const {
    for (const Command& command : commands_) {
      if (command.app->parsed()) return command.app;
    }
    return nullptr;
  }

  CLI::App app_;
  CommonOptions common_;
  std::vector<Command> commands_;
};

int run(Console& console, const std::vector<std::string>& arguments) {
  try {
    const int code = CommandLine().run(console, arguments);
    console.out().flush();
    console.err().flush();
    return code;
  } catch (const Error& error) {
    if (error.kind() == Error::Kind::cancelled && interrupted()) {
      console.note(Style::warning, "interrupted", error.what());
    } else {
      console.note(Style::error, "stemma", error.what(), error.hint());
    }
    return exit_code_of(error);
  } catch (const std::bad_alloc&) {
    console.note(Style::error, "stemma", "out of memory", "a smaller --memory or -n");
    return kRefused;
  }
}

}  // namespace

void add_common_options(CLI::App& app, CommonOptions& common) {
  app.add_option("-d,--directory", common.directory, "The index")->type_name("DIR");
  static const std::map<std::string, ColourChoice> kChoices = {{"auto", ColourChoice::automatic},
                                                               {"always", ColourChoice::always},
                                                               {"never", ColourChoice::never}};
  app.add_option("--color,--colour", common.colour, "auto, always or never")
      ->type_name("WHEN")
      ->transform(quietly(CLI::CheckedTransformer(kChoices)));
  app.add_flag("--json", common.json, "Machine-readable: JSON Lines on standard output");
}

}  // namespace stemma::command

int main(int argc, char** argv) {
  using stemma::command::Style;
  stemma::command::clear_xapian_environment();
  stemma::command::watch_interrupts();
  stemma::command::Console console;
  try {
    return stemma::command::run(console,
                                std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
  } catch (const stemma::command::PipeClosed&) {
    return stemma::command::kDone;
  } catch (const std::exception& error) {
    try {
      console.note(Style::error, "stemma", std::string("unexpected: ") + error.what(),
                   "please report this with the command that caused it");
    } catch (const stemma::command::PipeClosed&) {
      return stemma::command::kRefused;
    } catch (const stemma::Error&) {
      return stemma::command::kRefused;
    }
    return stemma::command::kRefused;
  }
}
