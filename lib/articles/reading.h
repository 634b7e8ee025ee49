// One call of read_articles: where articles go, what is allowed, and what will be reported.
#pragma once

#include <string>

#include "articles/byte_source.h"
#include "stemma/read_articles.h"

namespace stemma::articles {

class Reading {
 public:
  /// Both must outlive this.
  Reading(const ArticleSink& sink, const ReadOptions& options) : sink_(sink), options_(options) {}

  /// Hands an article to the sink, or reports why it is refused (`where`: file, or file and line).
  /// Throws what the sink throws.
  void give(Article&& article, const std::string& where);
  void fail(const std::string& where, const std::string& message, const std::string& hint);
  /// The sink wants no more.
  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] const ReadOptions& options() const { return options_; }

  ReadReport report;

 private:
  const ArticleSink& sink_;
  const ReadOptions& options_;
  bool stopped_ = false;
};

}  // namespace stemma::articles
