// stemma delete: articles out, by key, in one commit.
#include <algorithm>
#include <memory>

#include "command.h"
#include "exit_code.h"
#include "index_place.h"
#include "json_records.h"
#include "progress.h"
#include "query_input.h"
#include "stemma/index_writer.h"

namespace stemma::command {

namespace {

struct DeleteArguments {
  std::vector<std::string> keys;
  WriterOptions writer;
};

/// "-" stands for the lines of standard input.
std::vector<std::string> all_keys(const std::vector<std::string>& given) {
  std::vector<std::string> keys;
  for (const std::string& key : given) {
    if (key != "-") {
      keys.push_back(key);
      continue;
    }
    const std::string input = read_input("-");
    for (std::size_t at = 0; at < input.size();) {
      const std::size_t end = std::min(input.find('\n', at), input.size());
      if (end > at) keys.push_back(input.substr(at, end - at));
      at = end + 1;
    }
  }
  return keys;
}

int run_delete(Console& console, const DeleteArguments& arguments, const CommonOptions& common) {
  IndexWriter writer = IndexWriter::open(index_place(common.directory), arguments.writer);
  std::uint64_t deleted = 0;
  std::vector<std::string> missing;
  for (const std::string& key : all_keys(arguments.keys)) {
    if (writer.erase(key)) {
      ++deleted;
    } else {
      missing.push_back(key);
    }
  }
  const std::uint64_t generation = writer.commit();
  if (common.json) {
    console.out().bytes(delete_record(deleted, missing, generation));
  } else {
    console.out().bytes(count_text(deleted, "article") + " deleted; the index holds " +
                        count_text(writer.document_count()) + "\n");
    for (const std::string& key : missing) {
      console.note(Style::error, "not found", "no article has the key " + key);
    }
  }
  if (missing.empty()) return kDone;
  return deleted == 0 ? kNothing : kPartly;
}

}  // namespace

Command add_delete(CLI::App& parent, CommonOptions& common) {
  auto arguments = std::make_shared<DeleteArguments>();
  CLI::App* app = parent.add_subcommand("delete", "Remove articles by key");
  app->add_option("key", arguments->keys, "Keys; - reads them from standard input, one a line")
      ->type_name("KEY")
      ->required();
  app->add_option("--wait", arguments->writer.wait_seconds,
                  "Seconds to wait for another writer (0)")
      ->type_name("SECONDS")
      ->check(quietly(CLI::NonNegativeNumber));
  add_common_options(*app, common);
  app->footer(std::string("Examples:\n"
                          "  stemma delete wire/0012.txt\n"
                          "  stemma search --ids -n 1000000 source:tass | stemma delete -\n\n") +
              kExitCodeHelp);
  return {app, [arguments, &common](Console& console) {
            return run_delete(console, *arguments, common);
          }};
}

}  // namespace stemma::command
