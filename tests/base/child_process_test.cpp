#include "base/child_process.h"

#include <gtest/gtest.h>
#include <signal.h>

#include "stemma/error.h"

namespace stemma {
namespace {

TEST(RunProcess, GivesItsOutputAndExitCode) {
  const FinishedProcess finished = run_process({"/bin/sh", "-c", "printf 'a\\0b'; exit 7"});
  EXPECT_EQ(finished.output, std::string("a\0b", 3));
  EXPECT_EQ(finished.exit_code, 7);
  EXPECT_EQ(finished.signal, 0);
}

TEST(RunProcess, ReadsMoreThanAPipeHolds) {
  const FinishedProcess finished = run_process(
      {"sh", "-c", "i=0; while [ $i -lt 30000 ]; do echo 0123456789; i=$((i+1)); done"});
  EXPECT_EQ(finished.output.size(), 330'000U);
  EXPECT_EQ(finished.exit_code, 0);
}

TEST(RunProcess, SaysWhichSignalEndedIt) {
  const FinishedProcess finished = run_process({"sh", "-c", "printf half; kill -SEGV $$"});
  EXPECT_EQ(finished.output, "half");
  EXPECT_EQ(finished.signal, SIGSEGV);
}

TEST(RunProcess, HasNothingToRead) { EXPECT_EQ(run_process({"cat"}).output, ""); }

TEST(RunProcess, RefusesWhatCannotBeStarted) {
  EXPECT_THROW((void)run_process({"/no/such/program"}), Error);
  EXPECT_THROW((void)run_process({}), Error);
}

}  // namespace
}  // namespace stemma
