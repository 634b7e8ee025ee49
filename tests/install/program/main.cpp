// A user's program: one article in, one hit out. Exit code 0 if the hit is the article.
#include <stemma/stemma.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto writer = stemma::IndexWriter::create(argv[1]);
  stemma::Article article;
  article.key = "first";
  article.title = "Ferry returns";
  article.body = "The ferries returned to the island on Monday.";
  writer.add(article);
  writer.commit();

  const stemma::Searcher searcher(stemma::Snapshot::open(argv[1]));
  const auto hits = searcher.search(searcher.parse("returning ferry").query);
  if (hits.total != 1 || searcher.key(hits.hits.at(0).doc) != "first") return 1;
  std::cout << searcher.key(hits.hits[0].doc) << '\n';
  return 0;
}
