// The public face of the readers.
#include "stemma/read_articles.h"

#include <istream>

#include "articles/files.h"
#include "articles/formats.h"
#include "articles/read_ahead.h"
#include "articles/reading.h"

namespace stemma {

ReadReport read_articles(const std::filesystem::path& path, const ArticleSink& sink,
                         const ReadOptions& options) {
  ReadReport report;
  articles::ReadAhead ahead([&](const ArticleSink& queue) {
    articles::Reading reading(queue, options);
    articles::read_path(path, reading);
    report = std::move(reading.report);
  });
  report.articles = ahead.give_all(sink);
  return report;
}

// In the caller's thread: who waits at a terminal can be interrupted.
ReadReport read_articles_from(std::istream& input, std::string_view name, const ArticleSink& sink,
                              const ReadOptions& options) {
  articles::Reading reading(sink, options);
  articles::StreamSource source(input);
  articles::PeekedSource peeked(source, 4);
  ++reading.report.files;
  articles::read_source(peeked, articles::unnamed_format(peeked.head()), std::string(name),
                        reading);
  return std::move(reading.report);
}

}  // namespace stemma
