// What every article must satisfy before it is handed over, whatever format it came in.
#include "articles/reading.h"

namespace stemma::articles {
namespace {

constexpr std::size_t kMaxKeyBytes = 1024;

}  // namespace

void Reading::give(Article&& article, const std::string& where) {
  const std::uint64_t length = article.title.size() + article.body.size();
  if (article.key.empty()) {
    fail(where, "has an empty key", "give it an id that is not empty, or none: then its place is");
  } else if (article.key.size() > kMaxKeyBytes) {
    fail(where,
         "has a key of " + std::to_string(article.key.size()) + " bytes; at most " +
             std::to_string(kMaxKeyBytes) + " are allowed",
         "give it a shorter id");
  } else if (length > options_.max_article_bytes) {
    fail(where,
         "has " + std::to_string(length) + " bytes of text; at most " +
             std::to_string(options_.max_article_bytes) + " are allowed",
         "split it, or raise the limit for one article");
  } else {
    ++report.articles;
    stopped_ = !sink_(std::move(article));
  }
}

void Reading::fail(const std::string& where, const std::string& message, const std::string& hint) {
  report.failures.push_back({where, message, hint});
}

}  // namespace stemma::articles
