// crash_writer INDEX NUMBER: adds, updates and erases articles, commits, merges, compacts, compiles
// and restores anew, for ever.
//
// Before each change of the index it prints "begin commit" or "begin other" (of which no article is
// changed), and after it "done GENERATION NUMBER", flushed: from then on it is acknowledged.
// Articles follow from a counter that begins at NUMBER, so the test can say what must be there: key
// "k<n mod 50>" holds version n, and every 7th number erases its key instead.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "stemma/index_writer.h"
#include "stemma/maintenance.h"

namespace {

using Number = unsigned long long;

stemma::WriterOptions options() { return {.memory_bytes = 1U << 20U, .wait_seconds = 5}; }

void say(const char* what) {
  std::puts(what);
  std::fflush(stdout);
}

void acknowledge(Number generation, Number number) {
  std::printf("done %llu %llu\n", generation, number);
  std::fflush(stdout);
}

/// One batch of 1 to 40 changes; the numbers go on where the last acknowledged commit ended.
Number change(stemma::IndexWriter& writer, Number number) {
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
  return number;
}

/// What changes every file and no article; the generation afterwards.
Number rewrite(const std::string& index, unsigned kind) {
  switch (kind % 4) {
    case 0:
      stemma::compact(index, options());
      break;
    case 1:
      stemma::rebuild(index, options());
      break;
    case 2:
      stemma::restore(index, options());
      break;
    default: {
      stemma::IndexWriter writer = stemma::IndexWriter::open(index, options());
      writer.merge_all();
      return writer.commit();
    }
  }
  return stemma::statistics(index).generation;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string index = argv[1];
  Number number = std::strtoull(argv[2], nullptr, 10);
  for (unsigned round = static_cast<unsigned>(number);; ++round) {
    {
      stemma::IndexWriter writer = stemma::IndexWriter::open(index, options());
      for (int commits = 0; commits < 4; ++commits) {
        const Number next = change(writer, number);
        say("begin commit");
        const Number generation = writer.commit();
        number = next;
        acknowledge(generation, number);
      }
    }
    say("begin other");
    acknowledge(rewrite(index, round), number);
  }
}
