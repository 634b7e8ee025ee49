// crash_writer INDEX NUMBER: adds, updates and erases articles, commits, merges, compacts, compiles
// and restores anew, for ever.
//
// Before each change of the index it prints "begin commit", or "begin merge", "begin compact", …
// (by which no article is changed), and after it "done GENERATION NUMBER", flushed: from then on it
// is acknowledged. Articles follow from a counter that begins at NUMBER, so that the test can say
// what must be there (crash_story.h). It makes the index if there is none.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "crash/crash_story.h"
#include "stemma/error.h"
#include "stemma/index_writer.h"
#include "stemma/maintenance.h"

namespace {

using Number = unsigned long long;

stemma::WriterOptions options() { return {.memory_bytes = 1U << 20U, .wait_seconds = 5}; }

void begin(const char* what) {
  std::printf("begin %s\n", what);
  std::fflush(stdout);
}

void acknowledge(Number generation, Number number) {
  std::printf("done %llu %llu\n", generation, number);
  std::fflush(stdout);
}

void make_if_missing(const std::string& index) {
  try {
    const auto writer = stemma::IndexWriter::open(index, options());
  } catch (const stemma::Error& error) {
    if (error.kind() != stemma::Error::Kind::not_found) throw;
    acknowledge(stemma::IndexWriter::create(index).generation(), 0);
  }
}

/// One batch of changes; the numbers go on where the last acknowledged commit ended.
Number change(stemma::IndexWriter& writer, Number number) {
  const Number end = number + stemma::crash::next_batch(number);
  while (number < end) {
    ++number;
    const std::string key = stemma::crash::key_of(number);
    if (stemma::crash::erases(number)) {
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
      begin("compact");
      stemma::compact(index, options());
      break;
    case 1:
      begin("rebuild");
      stemma::rebuild(index, options());
      break;
    case 2:
      begin("restore");
      stemma::restore(index, options());
      break;
    default: {
      begin("merge");
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
  make_if_missing(index);
  for (unsigned round = static_cast<unsigned>(number);; ++round) {
    {
      stemma::IndexWriter writer = stemma::IndexWriter::open(index, options());
      for (int commits = 0; commits < 4; ++commits) {
        const Number next = change(writer, number);
        begin("commit");
        const Number generation = writer.commit();
        number = next;
        acknowledge(generation, number);
      }
    }
    acknowledge(rewrite(index, round), number);
  }
}
