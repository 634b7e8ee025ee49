// The public face of the readers.
#include "stemma/read_articles.h"

#include <istream>

#include "articles/files.h"
#include "articles/formats.h"
#include "articles/reading.h"

namespace stemma {

ReadReport read_articles(const std::filesystem::path& path, const ArticleSink& sink,
                         const ReadOptions& options) {
  articles::Reading reading(sink, options);
  articles::read_path(path, reading);
  return std::move(reading.report);
}

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
