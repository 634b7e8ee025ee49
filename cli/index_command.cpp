// stemma index: articles in. What was added becomes durable and visible at a commit, so an
// interrupted run leaves the index as the last commit left it.
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <system_error>

#include "byte_size.h"
#include "command.h"
#include "exit_code.h"
#include "index_place.h"
#include "interrupt.h"
#include "json_records.h"
#include "progress.h"
#include "stemma/index_writer.h"
#include "stemma/read_articles.h"

namespace stemma::command {

namespace {

namespace fs = std::filesystem;

struct IndexArguments {
  std::vector<std::string> paths;
  IndexOptions index;
  WriterOptions writer;
  std::string language;
  std::uint64_t commit_every = 0;
  ProgressMode progress = ProgressMode::automatic;
  CLI::Option* analyzer_option = nullptr;
  CLI::Option* title_weight_option = nullptr;
};

/// Compressed text expands about this much; only the bar depends on it.
constexpr std::uint64_t kUsualExpansion = 3;
/// Bytes of markup and field names around an article's text, about.
constexpr std::uint64_t kUsualOverhead = 100;

std::uint64_t bytes_of_file(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return 0;
  const fs::path extension = path.extension();
  return extension == ".gz" || extension == ".zst" ? size * kUsualExpansion : size;
}

/// How much there is to read, about; 0 if standard input is among it.
std::uint64_t bytes_to_read(const std::vector<std::string>& paths) {
  std::uint64_t total = 0;
  for (const std::string& path : paths) {
    if (path == "-") return 0;
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      total += bytes_of_file(path);
      continue;
    }
    for (fs::recursive_directory_iterator at(path, error), end; !error && at != end;
         at.increment(error)) {
      std::error_code entry;
      if (at->is_regular_file(entry) && !at->is_symlink(entry)) total += bytes_of_file(at->path());
    }
  }
  return total;
}

void add(ReadReport& sum, const ReadReport& part) {
  sum.files += part.files;
  sum.articles += part.articles;
  sum.bytes += part.bytes;
  sum.skipped_files += part.skipped_files;
  sum.replaced_bytes += part.replaced_bytes;
  sum.failures.insert(sum.failures.end(), part.failures.begin(), part.failures.end());
}

IndexWriter open_existing(const fs::path& directory, const WriterOptions& options) {
  try {
    return IndexWriter::open(directory, options);
  } catch (const Error& error) {
    if (error.kind() != Error::Kind::not_found) throw;
    throw Error(Error::Kind::not_found,
                directory.native() + " holds other things, and no index: nothing was written",
                "name an index, or a new or empty folder, with -d DIR");
  }
}

/// The index to write to: made if it is not there.
IndexWriter open_writer(Console& console, const IndexArguments& arguments,
                        const NewIndexPlace& place) {
  std::error_code error;
  const bool is_new = !fs::exists(place.directory, error) || fs::is_empty(place.directory, error);
  if (is_new) {
    if (place.is_default) {
      console.note(Style::dim, "new index", fs::absolute(place.directory, error).native());
    }
    return IndexWriter::create(place.directory, arguments.index, arguments.writer);
  }
  IndexWriter writer = open_existing(place.directory, arguments.writer);
  const IndexOptions& made = writer.index_options();
  const auto refuse = [](const std::string& option, const std::string& was) {
    return Error(Error::Kind::invalid_argument,
                 option + " was fixed when this index was made: " + was,
                 "leave the option out, or make another index with -d DIR");
  };
  if (!arguments.analyzer_option->empty() && made.analyzer != arguments.index.analyzer) {
    throw refuse("--analyzer", made.analyzer == AnalyzerKind::none ? "none" : "standard");
  }
  if (!arguments.title_weight_option->empty() &&
      made.title_weight != arguments.index.title_weight) {
    throw refuse("--title-weight", std::to_string(made.title_weight));
  }
  return writer;
}

/// Reads all paths into one writer.
class Intake {
 public:
  Intake(Console& console, const IndexArguments& arguments, IndexWriter& writer)
      : console_(console),
        arguments_(arguments),
        writer_(writer),
        progress_(console, arguments.progress, "articles", bytes_to_read(arguments.paths)) {}

  void read_all() {
    for (const std::string& path : arguments_.paths) {
      if (interrupted()) break;
      const ArticleSink sink = [this](Article&& article) { return take(std::move(article)); };
      try {
        add(summary_.report,
            path == "-" ? read_articles_from(std::cin, "-", sink) : read_articles(path, sink));
      } catch (const Error& error) {
        if (error.kind() != Error::Kind::not_found) throw;
        summary_.report.failures.push_back({path, error.what(), error.hint()});
      }
    }
    progress_.finish();
  }

  IndexSummary finish() {
    commit();
    summary_.documents = writer_.document_count();
    summary_.seconds = progress_.seconds();
    return std::move(summary_);
  }
  [[nodiscard]] std::uint64_t pending() const { return pending_; }

 private:
  bool take(Article&& article) {
    const std::string& language = arguments_.language;
    if (article.lang.empty() && !language.empty() && language != writer_.index_options().language) {
      article.lang = language;
    }
    bytes_ += article.title.size() + article.body.size() + kUsualOverhead;
    ++seen_;
    try {
      count(writer_.add(article));
    } catch (const Error& error) {
      // This article cannot go in; the index is as it was, and its neighbours can.
      if (error.kind() != Error::Kind::invalid_argument && error.kind() != Error::Kind::limit) {
        throw;
      }
      summary_.report.failures.push_back({article.key, error.what(), error.hint()});
    }
    progress_.update(seen_, bytes_);
    return !interrupted();
  }

  void count(AddResult result) {
    if (result == AddResult::unchanged) {
      ++summary_.unchanged;
      return;
    }
    ++(result == AddResult::added ? summary_.added : summary_.updated);
    if (++pending_ == arguments_.commit_every) commit();
  }

  // What a line says is durable before the line is out.
  void commit() {
    summary_.generation = writer_.commit();
    pending_ = 0;
    if (arguments_.progress != ProgressMode::json) return;
    const std::uint64_t articles = summary_.added + summary_.updated + summary_.unchanged;
    console_.out().bytes(committed_record(articles, summary_.generation));
    console_.out().flush();
  }

  Console& console_;
  const IndexArguments& arguments_;
  IndexWriter& writer_;
  Progress progress_;
  IndexSummary summary_;
  std::uint64_t bytes_ = 0;
  std::uint64_t seen_ = 0;
  std::uint64_t pending_ = 0;
};

void print_failures(Console& console, const ReadReport& report) {
  if (report.replaced_bytes > 0) {
    console.note(
        Style::warning, "note",
        count_text(report.replaced_bytes, "byte") + " fitted no encoding and became U+FFFD");
  }
  if (report.failures.empty()) return;
  console.note(Style::error, "not indexed", count_text(report.failures.size(), "input"));
  for (const ReadFailure& failure : report.failures) {
    Stream& err = console.err();
    err.bytes("  ");
    err.styled(Style::key, failure.where);
    err.bytes(": ");
    err.field(failure.message);
    if (!failure.hint.empty()) {
      err.bytes(" (");
      err.field(failure.hint);
      err.bytes(")");
    }
    err.bytes("\n");
  }
  console.err().flush();
}

void print_summary(Stream& out, const IndexSummary& summary) {
  const std::uint64_t seen = summary.added + summary.updated + summary.unchanged;
  out.bytes(count_text(seen, "article") + " in " + duration_text(summary.seconds));
  if (summary.seconds > 0.1) {
    const double rate = static_cast<double>(seen) / summary.seconds;
    out.bytes(" (" + count_text(static_cast<std::uint64_t>(rate)) + "/s)");
  }
  out.bytes(": " + count_text(summary.added) + " added, " + count_text(summary.updated) +
            " updated, " + count_text(summary.unchanged) + " unchanged");
  if (summary.report.skipped_files > 0) {
    out.bytes("; " + count_text(summary.report.skipped_files, "file") + " of no known format");
  }
  out.bytes("; the index holds " + count_text(summary.documents) + "\n");
}

int run_index(Console& console, IndexArguments& arguments, const CommonOptions& common) {
  if (!arguments.language.empty()) arguments.index.language = arguments.language;
  const NewIndexPlace place = index_place_to_write(common.directory);
  IndexWriter writer = open_writer(console, arguments, place);
  Intake intake(console, arguments, writer);
  intake.read_all();
  if (interrupted()) {
    const std::uint64_t lost = intake.pending();
    writer.rollback();
    console.note(Style::warning, "interrupted",
                 count_text(lost, "article") + " since the last commit left out",
                 "--commit-every N keeps more; the same command goes on where it stopped");
    return kInterrupted;
  }
  const IndexSummary summary = intake.finish();
  if (common.json) {
    console.out().bytes(index_record(summary));
  } else {
    print_summary(console.out(), summary);
    print_failures(console, summary.report);
  }
  return summary.report.failures.empty() ? kDone : kPartly;
}

std::string formats_help() {
  std::string help = "Formats (folders are read recursively, links are not followed):\n";
  for (const FormatInfo& format : article_formats()) {
    std::string name(format.name);
    name.resize(std::max<std::size_t>(name.size(), 7), ' ');
    std::string extensions(format.extensions);
    extensions.resize(std::max<std::size_t>(extensions.size(), 20), ' ');
    help += "  " + name + " " + extensions + " " + std::string(format.description) + "\n";
  }
  return help;
}

void add_options(CLI::App& app, IndexArguments& arguments) {
  app.add_option("path", arguments.paths,
                 "Files and folders; - is standard input (JSON Lines or one text)")
      ->type_name("PATH")
      ->required();
  app.add_option("--lang", arguments.language,
                 "Language of articles that name none (a new index's default; else en)")
      ->type_name("LANG");
  app.add_option("--memory", arguments.writer.memory_bytes,
                 "Memory for buffering and merging: 256M, 1G")
      ->type_name("SIZE")
      ->transform(byte_size());
  app.add_option("--commit-every", arguments.commit_every,
                 "Commit after every N changed articles, not only at the end")
      ->type_name("N");
  app.add_option("--wait", arguments.writer.wait_seconds, "Seconds to wait for another writer (0)")
      ->type_name("SECONDS")
      ->check(quietly(CLI::NonNegativeNumber));
  static const std::map<std::string, ProgressMode> kModes = {{"auto", ProgressMode::automatic},
                                                             {"json", ProgressMode::json},
                                                             {"none", ProgressMode::none}};
  app.add_option("--progress", arguments.progress,
                 "auto (a bar on a terminal), json (lines on standard error, and one on\n"
                 "standard output for each commit once it is durable) or none")
      ->type_name("HOW")
      ->transform(quietly(CLI::CheckedTransformer(kModes)));
  static const std::map<std::string, AnalyzerKind> kAnalyzers = {
      {"standard", AnalyzerKind::standard}, {"none", AnalyzerKind::none}};
  arguments.analyzer_option =
      app.add_option("--analyzer", arguments.index.analyzer,
                     "New index: standard, or none (words split at spaces, as they are)")
          ->type_name("KIND")
          ->transform(quietly(CLI::CheckedTransformer(kAnalyzers)));
  arguments.title_weight_option =
      app.add_option("--title-weight", arguments.index.title_weight,
                     "New index: a title word counts N times, 1 to 100 (2)")
          ->type_name("N")
          ->check(quietly(CLI::Range(1, 100)));
}

}  // namespace

Command add_index(CLI::App& parent, CommonOptions& common) {
  auto arguments = std::make_shared<IndexArguments>();
  CLI::App* app = parent.add_subcommand("index", "Add articles, or update those already there");
  add_options(*app, *arguments);
  add_common_options(*app, common);
  app->footer(
      "The key of an article is its id, else its path as given; the same key again is an "
      "update.\nEverything is committed at the end; before that nothing is visible.\n\n" +
      formats_help() +
      "\nExamples:\n"
      "  stemma index articles/\n"
      "  stemma index --lang de -d archive.stemma 1916/*.txt\n"
      "  zcat dump.jsonl.gz | stemma index --memory 1G --commit-every 100000 -\n\n" +
      kExitCodeHelp);
  return {app, [arguments, &common](Console& console) {
            return run_index(console, *arguments, common);
          }};
}

}  // namespace stemma::command
