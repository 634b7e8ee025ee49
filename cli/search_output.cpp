// See search_output.h.
#include "search_output.h"

#include <cstdio>
#include <vector>

#include "progress.h"

namespace stemma::command {

namespace {

void write_snippet(Stream& out, const Snippet& snippet) {
  const std::string_view text = snippet.text;
  if (snippet.starts_inside) out.bytes("… ");
  std::size_t at = 0;
  for (const ByteRange& range : snippet.highlights) {
    out.field(text.substr(at, range.begin - at));
    out.styled(Style::match, text.substr(range.begin, range.end - range.begin));
    at = range.end;
  }
  out.field(text.substr(at));
  if (snippet.ends_inside) out.bytes(" …");
}

}  // namespace

std::string score_text(double score) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.6f", score);
  return buffer;
}

void write_explanation(Stream& out, const Explanation& explanation, const std::string& margin) {
  out.bytes(margin + score_text(explanation.value) + "  ");
  out.field(explanation.name);
  out.bytes("\n");
  for (const Explanation& part : explanation.parts) write_explanation(out, part, margin + "  ");
}

SearchOutput::SearchOutput(Console& console, const Searcher& searcher, Format format, bool explain)
    : console_(console), searcher_(searcher), format_(format), explain_(explain) {}

void SearchOutput::write(SearchHeader header, const Query& query, const Hits& hits,
                         const SearchOptions& options, double seconds) {
  Stream& out = console_.out();
  header.total = hits.total;
  if (format_ == Format::json) out.bytes(header_record(header));
  std::size_t rank = header.offset;
  for (const Hit& hit : hits.hits) {
    ++rank;
    std::optional<Explanation> explanation;
    if (explain_) explanation = searcher_.explain(query, hit.doc, options);
    switch (format_) {
      case Format::human:
        write_human(header, query, hit, rank, explanation);
        break;
      case Format::plain:
        write_plain(hit, explanation);
        break;
      case Format::json:
        out.bytes(hit_record({header.topic, rank, hit.score, searcher_.article(hit.doc),
                              searcher_.snippet(query, hit.doc), explanation}));
        break;
      case Format::trec: {
        char score[64];
        std::snprintf(score, sizeof score, "%.17g", hit.score);
        out.bytes(percent_escaped(header.topic) + " Q0 " + percent_escaped(searcher_.key(hit.doc)) +
                  " " + std::to_string(rank) + " " + score + " stemma\n");
        break;
      }
      case Format::keys:
      case Format::keys0:
        write_key(hit);
        break;
    }
  }
  if (format_ == Format::json) {
    out.bytes(footer_record(header.topic, hits.hits.size(), hits.total, seconds));
  }
  if (format_ == Format::human && !hits.hits.empty()) {
    out.style(Style::dim);
    const std::size_t first = header.offset + 1;
    if (hits.hits.size() < hits.total) {
      out.bytes(count_text(first) + "–" + count_text(rank) + " of ");
    }
    out.bytes(count_text(hits.total, "article") + " in " + duration_text(seconds));
    out.style(Style::plain);
    out.bytes("\n");
  }
}

void SearchOutput::write_human(const SearchHeader& header, const Query& query, const Hit& hit,
                               std::size_t rank, const std::optional<Explanation>& explanation) {
  Stream& out = console_.out();
  const Article article = searcher_.article(hit.doc);
  const Snippet snippet = searcher_.snippet(query, hit.doc);
  const std::string number = std::to_string(rank);
  const std::string margin(number.size() + 2, ' ');
  out.bytes(number + "  ");
  out.styled(Style::title, article.title.empty() ? article.key : article.title);
  out.bytes("\n" + margin);
  out.styled(Style::key, article.key);
  out.style(Style::dim);
  for (const std::string& fact : {article.source, article.date}) {
    if (fact.empty()) continue;
    out.bytes(" · ");
    out.field(fact);
  }
  if (header.sort == "score") {
    char score[64];
    std::snprintf(score, sizeof score, " · %.2f", hit.score);
    out.bytes(score);
  }
  out.style(Style::plain);
  out.bytes("\n");
  if (!snippet.text.empty()) {
    out.bytes(margin);
    write_snippet(out, snippet);
    out.bytes("\n");
  }
  if (explanation) write_explanation(out, *explanation, margin);
  out.bytes("\n");
}

void SearchOutput::write_plain(const Hit& hit, const std::optional<Explanation>& explanation) {
  Stream& out = console_.out();
  const Article article = searcher_.article(hit.doc);
  out.field(article.key);
  out.bytes("\t" + score_text(hit.score) + "\t");
  out.field(article.date);
  out.bytes("\t");
  out.field(article.title);
  out.bytes("\n");
  if (explanation) write_explanation(out, *explanation, "\t");
}

void SearchOutput::write_key(const Hit& hit) {
  Stream& out = console_.out();
  const std::string key = searcher_.key(hit.doc);
  if (format_ == Format::keys0 && !out.is_terminal()) {
    out.bytes(key);
    out.bytes(std::string_view("\0", 1));
  } else {
    out.field(key);
    out.bytes("\n");
  }
}

}  // namespace stemma::command
