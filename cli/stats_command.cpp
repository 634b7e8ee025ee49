// stemma stats: what an index holds, and bytes per part.
#include <cstdio>

#include "command.h"
#include "exit_code.h"
#include "index_place.h"
#include "json_records.h"
#include "progress.h"
#include "stemma/maintenance.h"

namespace stemma::command {

namespace {

constexpr std::size_t kNameWidth = 22;

/// One row: a name, then a value flush right.
void write_row(Stream& out, const std::string& name, const std::string& value,
               const std::string& after = {}) {
  constexpr std::size_t kValueWidth = 16;
  const std::string safe = printable(name, Lines::join);
  const std::size_t used = std::min(safe.size(), kNameWidth);
  out.field(safe);
  out.bytes(std::string(kNameWidth - used, ' '));
  out.bytes(std::string(kValueWidth - std::min(value.size(), kValueWidth), ' '));
  out.field(value);
  out.bytes(after + "\n");
}

std::string share(std::uint64_t part, std::uint64_t whole) {
  char buffer[32];
  const double percent =
      whole == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
  std::snprintf(buffer, sizeof buffer, "  %5.1f%%", percent);
  return buffer;
}

int run_stats(Console& console, const CommonOptions& common) {
  const std::filesystem::path place = index_place(common.directory);
  const IndexStatistics statistics = stemma::statistics(place);
  Stream& out = console.out();
  if (common.json) {
    out.bytes(statistics_record(place, statistics));
    return kDone;
  }
  out.styled(Style::title, place.native());
  out.bytes("\n");
  write_row(out, "articles", count_text(statistics.documents));
  write_row(out, "generation", count_text(statistics.generation));
  write_row(out, "segments", count_text(statistics.segments));
  write_row(out, "deleted, not yet merged", count_text(statistics.deleted_documents));
  write_row(out, "terms", count_text(statistics.terms));
  write_row(out, "postings", count_text(statistics.postings));
  char average[64];
  std::snprintf(average, sizeof average, "%.1f", statistics.average_length);
  write_row(out, "average length", average, "  term counts an article");
  out.styled(Style::title, "languages");
  out.bytes("\n");
  for (const auto& [language, documents] : statistics.languages) {
    write_row(out, "  " + language, count_text(documents));
  }
  std::uint64_t sum = 0;
  for (const PartSize& part : statistics.parts) sum += part.bytes;
  out.styled(Style::title, "bytes");
  out.bytes("\n");
  for (const PartSize& part : statistics.parts) {
    write_row(out, "  " + part.name, count_text(part.bytes), share(part.bytes, sum));
  }
  write_row(out, "  all", count_text(sum), share(sum, sum));
  return kDone;
}

}  // namespace

Command add_stats(CLI::App& parent, CommonOptions& common) {
  CLI::App* app = parent.add_subcommand("stats", "Show what the index holds, and bytes per part");
  add_common_options(*app, common);
  app->footer(kExitCodeHelp);
  return {app, [&common](Console& console) { return run_stats(console, common); }};
}

}  // namespace stemma::command
