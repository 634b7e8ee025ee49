// stemma show: whole articles, with the matches of a query marked.
#include <memory>

#include "command.h"
#include "exit_code.h"
#include "json_records.h"
#include "query_input.h"
#include "stemma/searcher.h"

namespace stemma::command {

namespace {

struct ShowArguments {
  std::vector<std::string> keys;
  std::string query;
  ParseOptions parse;
};

void write_marked(Stream& out, std::string_view text, const std::vector<ByteRange>& ranges,
                  Style around) {
  std::size_t at = 0;
  for (const ByteRange& range : ranges) {
    out.text(text.substr(at, range.begin - at));
    out.style(Style::match);
    out.text(text.substr(range.begin, range.end - range.begin));
    out.style(Style::plain);
    if (around != Style::plain) out.style(around);
    at = range.end;
  }
  out.text(text.substr(at));
}

void write_fact(Stream& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out.style(Style::dim);
  out.field(name);
  out.bytes(": ");
  out.style(Style::plain);
  out.field(value);
  out.bytes("\n");
}

std::string value_text(const MetadataValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.15g", std::get<double>(value));
  return buffer;
}

void write_article(Stream& out, const Article& article, const Highlights& highlights) {
  if (!article.title.empty()) {
    out.style(Style::title);
    write_marked(out, article.title, highlights.title, Style::title);
    out.style(Style::plain);
    out.bytes("\n");
  }
  write_fact(out, "key", article.key);
  write_fact(out, "date", article.date);
  write_fact(out, "source", article.source);
  for (const std::string& author : article.authors) write_fact(out, "author", author);
  write_fact(out, "url", article.url);
  write_fact(out, "lang", article.lang);
  for (const MetadataField& field : article.metadata) {
    for (const MetadataValue& value : field.values) {
      write_fact(out, field.name, value_text(value));
    }
  }
  out.bytes("\n");
  write_marked(out, article.body, highlights.body, Style::plain);
  if (!article.body.ends_with('\n')) out.bytes("\n");
}

int run_show(Console& console, const ShowArguments& arguments, const CommonOptions& common) {
  const Searcher searcher(open_snapshot(console, common.directory));
  const ParsedQuery parsed = parse_query(searcher, arguments.query, arguments.parse);
  print_notes(console, arguments.query, parsed.notes);
  std::size_t shown = 0;
  std::size_t missing = 0;
  for (const std::string& key : arguments.keys) {
    const auto doc = searcher.find(key);
    if (!doc) {
      ++missing;
      console.note(Style::error, "not found", "no article has the key " + key,
                   "`stemma search --ids WORDS` prints keys");
      continue;
    }
    const Article article = searcher.article(*doc);
    Highlights highlights;
    if (!arguments.query.empty()) highlights = searcher.highlights(parsed.query, *doc);
    if (common.json) {
      console.out().bytes(article_record(article, highlights));
    } else {
      if (shown > 0) console.out().bytes("\n");
      write_article(console.out(), article, highlights);
    }
    ++shown;
  }
  if (missing == 0) return kDone;
  return shown == 0 ? kNothing : kPartly;
}

}  // namespace

Command add_show(CLI::App& parent, CommonOptions& common) {
  auto arguments = std::make_shared<ShowArguments>();
  CLI::App* app = parent.add_subcommand("show", "Print whole articles, matches marked in colour");
  app->add_option("key", arguments->keys, "Keys of the articles")->type_name("KEY")->required();
  app->add_option("-q,--query", arguments->query, "Mark what this query matches")
      ->type_name("QUERY");
  app->add_flag("--any", arguments->parse.any, "Any of the words of QUERY instead of all");
  app->add_flag("--strict", arguments->parse.strict, "A doubtful QUERY is an error, not a note");
  add_common_options(*app, common);
  app->footer(std::string("--json prints the article with the names that `stemma index` reads, "
                          "and\nthe matches as ranges of bytes.\n\n"
                          "Examples:\n"
                          "  stemma show wire/0012.txt -q 'armoured train'\n"
                          "  stemma show --json wire/0012.txt | jq .article > copy.jsonl\n\n") +
              kExitCodeHelp);
  return {app,
          [arguments, &common](Console& console) { return run_show(console, *arguments, common); }};
}

}  // namespace stemma::command
