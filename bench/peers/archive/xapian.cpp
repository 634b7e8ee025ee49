// The archive of ../tantivy/src/archive.rs in Xapian alone, as its users build one: TermGenerator
// with English stems and positions, the article as document data. `peer_archive_xapian ARTICLES
// DIRECTORY` reads lines of key, title and body, and prints the seconds to the commit.
#include <xapian.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

namespace {

void archive(const std::string& articles, const std::string& directory) {
  const auto start = std::chrono::steady_clock::now();
  Xapian::WritableDatabase database(directory, Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
  Xapian::TermGenerator generator;
  generator.set_stemmer(Xapian::Stem("english"));
  std::ifstream in(articles);
  for (std::string line; std::getline(in, line);) {
    const std::size_t title = line.find('\t') + 1;
    const std::size_t body = line.find('\t', title) + 1;
    const std::string key = line.substr(0, title - 1);
    Xapian::Document document;
    generator.set_document(document);
    generator.index_text(line.substr(title, body - 1 - title));
    generator.increase_termpos();
    generator.index_text(line.substr(body));
    document.set_data(line);
    // Keys may be longer than a term of Xapian's.
    const std::string term = "Q" + key.substr(0, 200);
    document.add_boolean_term(term);
    database.add_document(document);
  }
  database.commit();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf("committed %.2f\nmerged %.2f\narticles %u\n", took.count(), took.count(),
              database.get_doccount());
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  try {
    archive(arguments[1], arguments[2]);
  } catch (const Xapian::Error& error) {
    std::cerr << error.get_description() << '\n';
    return 1;
  }
  return 0;
}
