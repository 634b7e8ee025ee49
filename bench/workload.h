// What the benchmarks measure on: articles, a Stemma index of them, the same terms in an ordinary
// Xapian database, and queries of each class that occur in the articles.
//
// Everything is fixed by a seed. The articles come from $STEMMA_BENCH_CORPUS (a file or folder that
// read_articles knows; default: corpus/articles), at most $STEMMA_BENCH_ARTICLES of them (default
// 20,000). Both indexes lie in a temporary folder that goes with the process.
#pragma once

#include <xapian.h>

#include <filesystem>
#include <string>
#include <vector>

#include "stemma/stemma.h"
#include "temporary_folder.h"

namespace stemma::bench {

[[nodiscard]] const std::vector<Article>& articles();
[[nodiscard]] std::size_t text_bytes();  ///< titles and bodies of articles()

/// Adds all articles to a new index in `directory` and commits.
void index_articles(const std::filesystem::path& directory);

struct QueryClass {
  std::string name;
  std::vector<std::string> queries;  ///< in the query language
};

/// Classes: common, rare, and2, and3, and5, or2, or3, or5, phrase2, phrase3, phrase5, prefix.
[[nodiscard]] const std::vector<QueryClass>& query_classes();

/// One searcher on one index of articles(), and the Xapian database of the same terms.
struct Engines {
  TemporaryFolder folder;
  Searcher searcher;
  Xapian::Database xapian;
  Engines();
};
[[nodiscard]] const Engines& engines();

/// The same query for Xapian: words, AND, OR and phrases only.
[[nodiscard]] Xapian::Query to_xapian(const Query& query);

}  // namespace stemma::bench
