// Eight processes read while one writes: no reader ever sees an error, a mixed state, or what a
// writer did after its snapshot, and none leaks a mapping or a descriptor.
//
// STEMMA_COMMITS sets the number of commits (150). How long the longest question took is printed
// and decides nothing: on two cores it is mostly waiting for one.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "stemma/index_writer.h"
#include "stemma/maintenance.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

constexpr int kReaders = 8;
constexpr unsigned kBatch = 5;

struct Reader {
  pid_t process = 0;
  int input = -1;  // closing it ends the reader
  int output = -1;
};

Reader start(const std::string& index, bool held) {
  int input[2];
  int output[2];
  if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe");
  }
  const pid_t process = fork();
  if (process == 0) {
    dup2(input[0], STDIN_FILENO);
    dup2(output[1], STDOUT_FILENO);
    execl(READER, READER, index.c_str(), held ? "1" : "0", nullptr);
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  return {process, input[1], output[0]};
}

struct Report {
  long long questions = 0;
  long long errors = 0;
  long long longest = 0;
  long descriptors_before = 0;
  long descriptors_after = 0;
  long mappings = 0;
};

Report finish(const Reader& reader) {
  close(reader.input);
  std::string text;
  char buffer[256];
  for (ssize_t got = 0; (got = read(reader.output, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(got));
  }
  close(reader.output);
  int status = 0;
  waitpid(reader.process, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "a reader ended with " << status;
  Report report;
  EXPECT_EQ(std::sscanf(text.c_str(), "%lld %lld %lld %ld %ld %ld", &report.questions,
                        &report.errors, &report.longest, &report.descriptors_before,
                        &report.descriptors_after, &report.mappings),
            6)
      << text;
  return report;
}

void add_batch(IndexWriter& writer, unsigned batch) {
  for (unsigned i = 0; i < kBatch; ++i) {
    Article article;
    article.key = "b" + std::to_string(batch) + "-" + std::to_string(i);
    article.title = "Batch " + std::to_string(batch);
    article.body = "common words, and number" + std::to_string(batch * kBatch + i);
    writer.add(article);
  }
}

void erase_batch(IndexWriter& writer, unsigned batch) {
  for (unsigned i = 0; i < kBatch; ++i) {
    EXPECT_TRUE(writer.erase("b" + std::to_string(batch) + "-" + std::to_string(i)));
  }
}

TEST(Readers, SeeWholeCommitsOnly) {
  const char* wanted = std::getenv("STEMMA_COMMITS");
  const unsigned commits = wanted == nullptr ? 150 : static_cast<unsigned>(std::atoi(wanted));
  const TemporaryFolder folder;
  const auto index = folder.path() / "index";
  std::vector<Reader> readers;
  {
    IndexWriter writer = IndexWriter::create(index);
    add_batch(writer, 0);
    writer.commit();
    for (int i = 0; i < kReaders; ++i) readers.push_back(start(index.string(), i % 2 == 1));
    for (unsigned batch = 1; batch <= commits; ++batch) {
      add_batch(writer, batch);
      if (batch % 3 == 0) erase_batch(writer, batch / 3);
      if (batch % 50 == 0) writer.merge_all();
      writer.commit();
    }
  }
  compact(index);
  Report all;
  for (const Reader& reader : readers) {
    const Report report = finish(reader);
    EXPECT_EQ(report.errors, 0);
    EXPECT_GT(report.questions, 0);
    EXPECT_LE(report.descriptors_after, report.descriptors_before);
    EXPECT_EQ(report.mappings, 0);
    all.questions += report.questions;
    all.longest = std::max(all.longest, report.longest);
  }
  EXPECT_EQ(statistics(index).documents, (1 + commits - commits / 3) * kBatch);
  EXPECT_TRUE(check(index).damage.empty());
  std::printf("%u commits, %d readers, %lld questions, the longest took %.1f ms\n", commits,
              kReaders, all.questions, static_cast<double>(all.longest) / 1000);
}

}  // namespace
}  // namespace stemma
