// kill -9 at random times of commits, merges, compaction, rebuilding and restoration: no
// acknowledged commit is ever lost, every opening succeeds, and nothing is there that was not
// committed as a whole.
//
// STEMMA_KILLS sets the number of kills (40); STEMMA_SEED the times.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <thread>

#include "crash/crash_story.h"
#include "small_random.h"
#include "snapshot/snapshot.h"
#include "stemma/index_writer.h"
#include "stemma/maintenance.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

std::uint32_t setting(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10));
}

struct Acknowledged {
  std::uint64_t generation = 0;
  std::uint64_t number = 0;
  std::string begun;  // and not acknowledged: "commit", "merge", "compact", … or nothing
};

/// What the lines of a writer that was killed say; `last` if it acknowledged nothing.
Acknowledged read_lines(const std::string& text, Acknowledged last) {
  std::istringstream lines(text.substr(0, text.rfind('\n') + 1));
  last.begun.clear();
  for (std::string word; lines >> word;) {
    if (word == "begin") {
      lines >> last.begun;
    } else {
      lines >> last.generation >> last.number;
      last.begun.clear();
    }
  }
  return last;
}

/// Runs the writer for some time, kills it, and returns the last that it acknowledged.
Acknowledged run_and_kill(const std::filesystem::path& index, const Acknowledged& last,
                          std::chrono::milliseconds after) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const std::string number = std::to_string(last.number);
  const pid_t writer = fork();
  if (writer == 0) {
    dup2(pipe_ends[1], STDOUT_FILENO);
    execl(CRASH_WRITER, CRASH_WRITER, index.c_str(), number.c_str(), nullptr);
    _exit(127);
  }
  close(pipe_ends[1]);
  std::this_thread::sleep_for(after);
  kill(writer, SIGKILL);
  int status = 0;
  waitpid(writer, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself: " << status;
  std::string text;
  char buffer[4096];
  for (ssize_t got = 0; (got = read(pipe_ends[0], buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(got));
  }
  close(pipe_ends[0]);
  return read_lines(text, last);
}

TEST(Kill, LosesNoAcknowledgedCommit) {
  const std::uint32_t kills = setting("STEMMA_KILLS", 40);
  const std::uint32_t seed = setting("STEMMA_SEED", 1);
  SmallRandom random(seed);
  const TemporaryFolder folder;
  const auto index = folder.path() / "index";
  { IndexWriter::create(index); }
  Acknowledged last;
  crash::Versions versions;
  std::map<std::string, int> killed_within;
  int finished_unseen = 0;
  for (std::uint32_t i = 0; i < kills; ++i) {
    SCOPED_TRACE("seed " + std::to_string(seed) + " kill " + std::to_string(i));
    const Acknowledged now = run_and_kill(index, last, std::chrono::milliseconds(random() % 250));
    crash::apply(versions, last.number, now.number);
    std::uint64_t number = now.number;
    std::uint64_t generation = 0;
    {
      // Readers first, without any writer's help; then the writer that recovers.
      const auto seen = snapshot::Snapshot::open(index);
      EXPECT_GE(seen->manifest().generation, now.generation) << "an acknowledged commit is lost";
      generation = IndexWriter::open(index).generation();
    }
    ASSERT_GE(generation, now.generation);
    ASSERT_LE(generation, now.generation + (now.begun.empty() ? 0 : 1));
    if (generation == now.generation + 1) {  // killed between the change and its acknowledgement
      ++finished_unseen;
      if (now.begun == "commit") number += crash::next_batch(number);
      crash::apply(versions, now.number, number);
    }
    killed_within[now.begun]++;
    last = {generation, number, {}};
    ASSERT_EQ(crash::difference(*snapshot::Snapshot::open(index), versions), "");
    if (i % 10 == 9 || i + 1 == kills) {
      const CheckReport report = check(index);
      ASSERT_TRUE(report.damage.empty()) << report.damage.front().message;
    }
  }
  EXPECT_GT(last.generation, 0U) << "no commit was reached: give the writer more time";
  std::printf("%u kills:", kills);
  for (const auto& [what, count] : killed_within) {
    std::printf(" %d within %s,", count, what.empty() ? "none" : what.c_str());
  }
  std::printf(" %llu generations, %d of them not acknowledged in time\n",
              static_cast<unsigned long long>(last.generation), finished_unseen);
}

}  // namespace
}  // namespace stemma
