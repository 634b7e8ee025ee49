// crash_writer INDEX NUMBER: adds, updates and erases articles, commits now and then, for ever.
//
// After each commit it prints "generation number" and flushes: from then on the commit is
// acknowledged. Articles follow from a counter that begins at NUMBER, so the test can say what must
// be there: key "k<n mod 50>" holds version n, and every 7th number erases its key instead.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "stemma/index_writer.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string index = argv[1];
  auto number = std::strtoull(argv[2], nullptr, 10);
  stemma::IndexWriter writer =
      stemma::IndexWriter::open(index, {.memory_bytes = 1U << 20U, .wait_seconds = 5});
  for (;;) {
    // Batches of 1 to 40 changes; the numbers go on where the last acknowledged commit ended.
    const auto batch = 1 + (number * 2654435761U >> 8U) % 40;
    for (unsigned i = 0; i < batch; ++i) {
      ++number;
      const std::string key = "k" + std::to_string(number % 50);
      if (number % 7 == 0) {
        writer.erase(key);
        continue;
      }
      stemma::Article article;
      article.key = key;
      article.title = "Version " + std::to_string(number);
      article.body = "common words of version v" + std::to_string(number);
      for (unsigned j = 0; j < number % 60; ++j) article.body += " filler" + std::to_string(j);
      writer.add(article);
    }
    const auto generation = writer.commit();
    std::printf("%llu %llu\n", static_cast<unsigned long long>(generation),
                static_cast<unsigned long long>(number));
    std::fflush(stdout);
  }
}
