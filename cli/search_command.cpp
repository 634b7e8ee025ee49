// stemma search: from a query, or a file of topics, to hits.
#include <chrono>
#include <cmath>
#include <map>
#include <memory>

#include "command.h"
#include "exit_code.h"
#include "interrupt.h"
#include "query_input.h"
#include "search_output.h"
#include "stemma/searcher.h"
#include "topics.h"

namespace stemma::command {

namespace {

constexpr char kHelp[] =
    "Output: on a terminal a few lines a hit. In a pipe one line a hit, with tabs between\n"
    "  key, score, date (may be empty) and title; line ends and tabs in a field are spaces.\n"
    "  --json: a header record (the query as understood, generation, exact total), one record\n"
    "  a hit, a footer; every record has \"v\":1 and a \"type\".\n"
    "  --topics FILE --format trec: a TREC run, `topic Q0 key rank score stemma`, ranks from 1;\n"
    "  in keys white space, controls and % are written %XX.\n"
    "Notes, warnings and errors go to standard error.\n\n"
    "Examples:\n"
    "  stemma search armoured train\n"
    "  stemma search '\"armoured train\" NOT title:letters' -n 20 --sort -date\n"
    "  stemma search --any --json flood river | jq -r 'select(.type==\"hit\").key'\n"
    "  stemma search --topics corpus/topics.tsv --format trec --any > run.txt\n";

constexpr std::size_t kDefaultHits = 10;
constexpr std::size_t kDefaultTopicHits = 1000;

struct SearchArguments {
  QueryOptions query;
  std::size_t hits = kDefaultHits;
  std::size_t offset = 0;
  std::string sort = "score";
  std::string format;
  std::string topics;
  std::string topics_syntax = "plain";
  bool count = false;
  bool keys = false;
  bool keys0 = false;
  bool explain = false;
  double k1 = Bm25Options{}.k1;
  double b = Bm25Options{}.b;
  double timeout = 0;
  CLI::Option* hits_option = nullptr;
};

void add_options(CLI::App& app, SearchArguments& arguments) {
  add_query_options(app, arguments.query);
  arguments.hits_option =
      app.add_option("-n,--hits", arguments.hits, "Hits wanted (10; with --topics 1000)")
          ->type_name("N")
          ->check(quietly(CLI::Range(0, 1000000)));
  app.add_option("--offset", arguments.offset, "Hits to leave out before them")
      ->type_name("N")
      ->check(quietly(CLI::Range(0, 1000000)));
  app.add_option("--sort", arguments.sort, "score, date (oldest first) or -date (newest first)")
      ->type_name("ORDER")
      ->check(quietly(CLI::IsMember({"score", "date", "-date"})));
  app.add_flag("--count", arguments.count, "Print the exact number of matching articles only");
  app.add_flag("--ids", arguments.keys, "Print keys only, one a line");
  app.add_flag("-0", arguments.keys0, "Print keys only, exact bytes, a NUL after each (xargs -0)");
  app.add_flag("--explain", arguments.explain, "Under each hit, its score as a sum of parts");
  app.add_option("--format", arguments.format,
                 "human, plain, json or trec (default: human on a terminal, else plain)")
      ->type_name("FORMAT")
      ->check(quietly(CLI::IsMember({"human", "plain", "json", "trec"})));
  app.add_option("--topics", arguments.topics,
                 "Answer every topic of FILE (lines of id, tab, text); - is standard input")
      ->type_name("FILE");
  app.add_option("--topics-syntax", arguments.topics_syntax,
                 "plain: a topic is plain words (default); query: it is a query")
      ->type_name("HOW")
      ->check(quietly(CLI::IsMember({"plain", "query"})));
  app.add_option("--timeout", arguments.timeout, "Give up after this many seconds")
      ->type_name("SECONDS")
      ->check(quietly(CLI::NonNegativeNumber));
  app.add_option("--k1", arguments.k1, "BM25: saturation of repeated words (1.2)")
      ->type_name("X")
      ->check(quietly(CLI::NonNegativeNumber));
  app.add_option("--b", arguments.b, "BM25: weight of the article's length, 0 to 1 (0.9)")
      ->type_name("X")
      ->check(quietly(CLI::Range(0.0, 1.0)));
}

SearchOptions search_options(const SearchArguments& arguments) {
  SearchOptions options;
  options.k = arguments.count ? 0 : arguments.hits;
  if (!arguments.topics.empty() && arguments.hits_option->empty()) options.k = kDefaultTopicHits;
  options.offset = arguments.offset;
  options.sort = arguments.sort == "score"  ? SortBy::score
                 : arguments.sort == "date" ? SortBy::date_oldest
                                            : SortBy::date_newest;
  options.bm25 = {arguments.k1, arguments.b};
  options.deadline_seconds = arguments.timeout;
  options.cancelled = interrupted;
  return options;
}

Format chosen_format(Console& console, const SearchArguments& arguments, bool json) {
  const auto refuse = [](const std::string& message, const std::string& hint) {
    return Error(Error::Kind::invalid_argument, message, hint);
  };
  const bool topics = !arguments.topics.empty();
  std::string name = arguments.format;
  if (json) {
    if (!name.empty() && name != "json") throw refuse("--json and --format " + name, "choose one");
    name = "json";
  }
  if (arguments.keys || arguments.keys0) {
    if (!name.empty()) throw refuse("keys alone and --format " + name, "choose one");
    return arguments.keys0 ? Format::keys0 : Format::keys;
  }
  if (name.empty() && topics) name = "trec";
  if (name.empty()) name = console.out().is_terminal() ? "human" : "plain";
  if (name == "trec" && !topics) {
    throw refuse("a TREC run needs topics with ids", "--topics FILE --format trec");
  }
  if (topics && name != "trec" && name != "json") {
    throw refuse("topics can be answered as trec or json, not " + name, "--format trec");
  }
  static const std::map<std::string, Format> kFormats = {{"human", Format::human},
                                                         {"plain", Format::plain},
                                                         {"json", Format::json},
                                                         {"trec", Format::trec}};
  return kFormats.at(name);
}

class Clock {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

SearchHeader header_of(const Searcher& searcher, const std::string& text, const ParsedQuery& parsed,
                       const SearchArguments& arguments) {
  SearchHeader header;
  header.query = text;
  header.understood = parsed.query.to_string();
  header.notes = parsed.notes;
  header.generation = searcher.snapshot().generation();
  header.documents = searcher.snapshot().document_count();
  header.offset = arguments.offset;
  header.sort = arguments.sort;
  return header;
}

/// Nothing matched: say so, and whether fewer words would have.
void say_nothing_found(Console& console, const Searcher& searcher, const std::string& text,
                       const ParsedQuery& parsed, const SearchArguments& arguments) {
  const std::string understood = parsed.query.to_string();
  std::string hint = "`stemma explain` shows how the query was read";
  if (!arguments.query.parse.any) {
    ParseOptions any = arguments.query.parse;
    any.any = true;
    any.strict = false;
    SearchOptions options = search_options(arguments);
    options.k = 0;
    const std::uint64_t some = searcher.search(searcher.parse(text, any).query, options).total;
    if (some > 0) {
      hint = "--any: " + std::to_string(some) + (some == 1 ? " article has" : " articles have") +
             " some of the words";
    }
  }
  console.note(Style::dim, "nothing found",
               understood.empty() ? "there is no word to look for" : understood, hint);
}

int run_query(Console& console, const SearchArguments& arguments, const CommonOptions& common) {
  const Format format = chosen_format(console, arguments, common.json);
  const std::string text = query_text(console, arguments.query);
  const Searcher searcher(open_snapshot(console, common.directory));
  const Clock clock;
  const ParsedQuery parsed = parse_query(searcher, text, arguments.query.parse);
  const SearchOptions options = search_options(arguments);
  const Hits hits = searcher.search(parsed.query, options);
  const double seconds = clock.seconds();
  if (format != Format::json) print_notes(console, text, parsed.notes);
  Stream& out = console.out();
  if (arguments.count) {
    if (format == Format::json) {
      out.bytes(count_record(text, parsed.query.to_string(), hits.total));
    } else {
      out.bytes(std::to_string(hits.total) + "\n");
    }
    return hits.total > 0 ? kDone : kNothing;
  }
  SearchOutput output(console, searcher, format, arguments.explain);
  output.write(header_of(searcher, text, parsed, arguments), parsed.query, hits, options, seconds);
  if (!hits.hits.empty()) return kDone;
  if (format != Format::json) {
    if (hits.total == 0) {
      say_nothing_found(console, searcher, text, parsed, arguments);
    } else if (options.k > 0) {
      console.note(Style::dim, "nothing here",
                   "the list ends after " + std::to_string(hits.total) + ", before --offset " +
                       std::to_string(arguments.offset));
    }
  }
  return kNothing;
}

int run_topics(Console& console, const SearchArguments& arguments, const CommonOptions& common) {
  const Format format = chosen_format(console, arguments, common.json);
  if (!arguments.query.words.empty() || !arguments.query.file.empty() || arguments.count) {
    throw Error(Error::Kind::invalid_argument, "--topics brings its own queries",
                "leave the query and --count out");
  }
  const auto topics = parse_topics(read_input(arguments.topics), arguments.topics);
  const Searcher searcher(open_snapshot(console, common.directory));
  ParseOptions parse = arguments.query.parse;
  if (arguments.topics_syntax == "plain") parse.plain = true;
  const SearchOptions options = search_options(arguments);
  SearchOutput output(console, searcher, format, arguments.explain);
  std::uint64_t found = 0;
  for (const Topic& topic : topics) {
    const Clock clock;
    const ParsedQuery parsed = parse_query(searcher, topic.text, parse);
    const Hits hits = searcher.search(parsed.query, options);
    SearchHeader header = header_of(searcher, topic.text, parsed, arguments);
    header.topic = topic.id;
    output.write(std::move(header), parsed.query, hits, options, clock.seconds());
    found += hits.hits.size();
  }
  return found > 0 ? kDone : kNothing;
}

}  // namespace

Command add_search(CLI::App& parent, CommonOptions& common) {
  auto arguments = std::make_shared<SearchArguments>();
  CLI::App* app = parent.add_subcommand("search", "Find articles, best first");
  app->footer(std::string(kHelp) + "\n" + kQueryHelp + "\n" + kExitCodeHelp);
  add_options(*app, *arguments);
  add_common_options(*app, common);
  return {app, [arguments, &common](Console& console) {
            return arguments->topics.empty() ? run_query(console, *arguments, common)
                                             : run_topics(console, *arguments, common);
          }};
}

}  // namespace stemma::command
