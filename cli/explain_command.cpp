// stemma explain: how a query was read, and why an article has its score.
#include <memory>

#include "command.h"
#include "exit_code.h"
#include "json_records.h"
#include "query_input.h"
#include "search_output.h"
#include "stemma/searcher.h"

namespace stemma::command {

namespace {

struct ExplainArguments {
  QueryOptions query;
  std::vector<std::string> keys;
};

int explain_scores(Console& console, const Searcher& searcher, const Query& query,
                   const std::vector<std::string>& keys, bool json) {
  int code = kDone;
  Stream& out = console.out();
  for (const std::string& key : keys) {
    const auto doc = searcher.find(key);
    if (!doc) {
      console.note(Style::error, "not found", "no article has the key " + key);
      code = kNothing;
      continue;
    }
    const auto explanation = searcher.explain(query, *doc);
    if (!explanation) code = kNothing;
    if (json) {
      out.bytes(explanation_record(key, explanation));
      continue;
    }
    out.styled(Style::key, key);
    out.bytes("\n");
    if (explanation) {
      write_explanation(out, *explanation, "  ");
    } else {
      out.bytes("  does not match\n");
    }
  }
  return code;
}

int run_explain(Console& console, const ExplainArguments& arguments, const CommonOptions& common) {
  const std::string text = query_text(console, arguments.query);
  const Searcher searcher(open_snapshot(console, common.directory));
  const ParsedQuery parsed = parse_query(searcher, text, arguments.query.parse);
  const std::string reading = searcher.explain_query(text, arguments.query.parse);
  if (common.json) {
    console.out().bytes(query_record(text, parsed.query.to_string(), parsed.notes, reading));
  } else {
    console.out().text(reading);
    if (!arguments.keys.empty()) console.out().bytes("Score\n");
  }
  return explain_scores(console, searcher, parsed.query, arguments.keys, common.json);
}

}  // namespace

Command add_explain(CLI::App& parent, CommonOptions& common) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* app = parent.add_subcommand("explain", "Show how a query is read, step by step");
  add_query_options(*app, arguments->query);
  app->add_option("-k,--key", arguments->keys,
                  "Also show why the article KEY has its score; may be given again")
      ->type_name("KEY")
      ->expected(1)
      ->take_all();
  add_common_options(*app, common);
  app->footer(std::string("Prints tokens, tree, canonical text, plan, document frequencies, the "
                          "words that\npatterns and stems stand for, and notes on anything "
                          "doubtful.\n\n"
                          "Examples:\n"
                          "  stemma explain 'armo*red train NOT title:letters'\n"
                          "  stemma explain flood --key wire/0012.txt\n\n") +
              kQueryHelp + "\n" + kExitCodeHelp);
  return {app, [arguments, &common](Console& console) {
            return run_explain(console, *arguments, common);
          }};
}

}  // namespace stemma::command
