// Power cuts: whatever part of what was not synced reaches the disk, the next writer opens the
// index without a repair step and finds the last acknowledged commit, or the one in flight, whole.
//
// A writer's changes of the disk are recorded; at each point of the record states are made that a
// power cut may leave (simulated_disk.h), and power_cut_checker opens and checks each. The same is
// done after a kill: a writer dies, the next one opens the index, then the power is cut.
// STEMMA_POWER_CUTS sets how many states are made at each point.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "base/files.h"
#include "child_process.h"
#include "crash/simulated_disk.h"
#include "disk/script.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;
using disk::Operation;

constexpr std::uint32_t kNever = UINT32_MAX;
constexpr int kParts = 2;  // tests run beside each other

std::uint32_t setting(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10));
}

struct Checked {
  unsigned points = 0;
  unsigned states = 0;
  unsigned wrong = 0;
  std::string text;  ///< what was wrong

  void add(const Checked& more) {
    points += more.points;
    states += more.states;
    wrong += more.wrong;
    text += more.text;
  }
};

class PowerCut : public testing::Test {
 protected:
  /// Runs a writer from step `first`; what it printed. It may be killed.
  ChildProcess write(std::size_t steps, std::size_t first, std::uint32_t die_after) {
    return run_program({RECORDED_WRITER, index_.string(), record_.string(), script_,
                        std::to_string(steps), std::to_string(first), std::to_string(die_after)});
  }
  [[nodiscard]] std::vector<Operation> record() const {
    return disk::decode_operations(as_bytes(read_file(record_)));
  }
  [[nodiscard]] Checked check_states(std::size_t from, std::uint32_t choices, int part, int parts,
                                     const std::string& unsynced = "") const {
    std::vector<std::string> words = {
        POWER_CUT_CHECKER,    record_.string(),        script_,
        std::to_string(from), std::to_string(choices), std::to_string(part),
        std::to_string(parts)};
    if (!unsynced.empty()) words.push_back(unsynced);
    const ChildProcess ran = run_program(words);
    Checked checked;
    std::string last;
    std::istringstream lines(ran.output);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream parts_of(line);
      std::string word;
      parts_of >> word;
      if (word == "state") last = line;
      if (word == "wrong") {
        ++checked.wrong;
        checked.text += line + "\n";
      }
      if (word == "points") parts_of >> checked.points >> word >> checked.states;
    }
    if (ran.exit_code() != 0 && ran.exit_code() != 1) {
      ++checked.wrong;
      checked.text += "the checker ended with status " + std::to_string(ran.status) + " at " + last;
    }
    return checked;
  }
  void start_again() {
    fs::remove_all(folder_.path() / "disk");
    fs::remove(record_);
    fs::create_directory(folder_.path() / "disk");
  }

  std::string script_ = "writing";
  TemporaryFolder folder_;
  fs::path index_ = folder_.path() / "disk" / "new" / "index";
  fs::path record_ = folder_.path() / "record";
};

TEST_F(PowerCut, TheRecordTellsTheWholeStory) {
  start_again();
  ASSERT_EQ(write(15, 0, kNever).exit_code(), 0);
  disk::SimulatedDisk simulated;
  for (const Operation& operation : record()) simulated.apply(operation);
  const disk::Image told = simulated.now();
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / "disk")) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const std::string name = fs::relative(entry.path(), folder_.path() / "disk").string();
    ASSERT_EQ(told.files.count(name), 1U) << name;
    EXPECT_EQ(told.files.at(name), read_file(entry.path())) << name;
  }
  EXPECT_EQ(told.files.size(), files);
  EXPECT_GT(files, 10U);
}

class PowerCutPart : public PowerCut, public testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(Of2, PowerCutPart, testing::Range(0, kParts));

TEST_P(PowerCutPart, LeavesTheLastAcknowledgedCommit) {
  start_again();
  ASSERT_EQ(write(15, 0, kNever).exit_code(), 0);
  const Checked checked = check_states(0, setting("STEMMA_POWER_CUTS", 12), GetParam(), kParts);
  EXPECT_EQ(checked.wrong, 0U) << checked.text;
  EXPECT_GT(checked.states, 100U);
  std::printf("%u points, %u states, this half of them checked\n", checked.points, checked.states);
}

TEST_P(PowerCutPart, DuringMaintenanceLeavesTheLastAcknowledgedCommit) {
  script_ = "maintenance";
  start_again();
  ASSERT_EQ(write(disk::maintenance_script().size(), 0, kNever).exit_code(), 0);
  const Checked checked = check_states(0, setting("STEMMA_POWER_CUTS", 6), GetParam(), kParts);
  EXPECT_EQ(checked.wrong, 0U) << checked.text;
  EXPECT_GT(checked.states, 100U);
  std::printf("%u points, %u states, this half of them checked\n", checked.points, checked.states);
}

/// Changes after which a kill leaves something else than before, numbered as die_after() does.
std::vector<std::uint32_t> telling_changes(const std::vector<Operation>& record) {
  using Kind = Operation::Kind;
  std::vector<std::uint32_t> telling;
  std::uint32_t number = 0;
  for (const Operation& operation : record) {
    const Kind kind = operation.kind;
    if (kind == Kind::start || kind == Kind::note) continue;
    if (kind == Kind::open && operation.offset == 0) continue;
    if (kind != Kind::open && kind != Kind::write) telling.push_back(number);
    ++number;
  }
  return telling;
}

std::size_t step_in_flight(const std::string& printed) {
  const std::size_t at = printed.rfind("begin ");
  return at == std::string::npos ? 0 : std::strtoul(printed.c_str() + at + 6, nullptr, 10);
}

TEST_P(PowerCutPart, AfterAKillLeavesWhatTheNextWriterFound) {
  start_again();
  ASSERT_EQ(write(8, 0, kNever).exit_code(), 0);
  const std::vector<std::uint32_t> changes = telling_changes(record());
  Checked sum;
  unsigned kills = 0;
  for (std::size_t i = static_cast<std::size_t>(GetParam()); i < changes.size(); i += kParts) {
    SCOPED_TRACE("killed after change " + std::to_string(changes[i]));
    start_again();
    const ChildProcess killed = write(8, 0, changes[i]);
    ASSERT_EQ(killed.signal(), SIGKILL) << killed.output;
    ++kills;
    const std::size_t before = record().size();
    const std::size_t step = step_in_flight(killed.output);
    ASSERT_EQ(write(step, step, kNever).exit_code(), 0) << "the next writer cannot open";
    const Checked checked = check_states(before, setting("STEMMA_POWER_CUTS", 5), 0, 1);
    EXPECT_EQ(checked.wrong, 0U) << checked.text;
    sum.add(checked);
    if (sum.wrong > 10) break;
  }
  EXPECT_GT(kills, 50U);
  EXPECT_GT(sum.states, 100U);
  std::printf("%u kills, %u points, %u states\n", kills, sum.points, sum.states);
}

std::string name_of(std::string unsynced) {
  std::replace_if(
      unsynced.begin(), unsynced.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return "Of" + unsynced;
}

/// The test itself: with any sync of the protocol left out it must find a bad state.
class PowerCutWithout : public PowerCut, public testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(Sync, PowerCutWithout,
                         testing::Values(".seg.tmp", ".del.tmp", "/segments", "/postlist.glass",
                                         "/termlist.glass", "/v.tmp", "/store-1", "/MANIFEST.tmp",
                                         "/index", "/new", "/"),
                         [](const auto& tested) { return name_of(tested.param); });
INSTANTIATE_TEST_SUITE_P(SyncOfABackup, PowerCutWithout,
                         testing::Values("/copies", "/copy", "/copy/segments"),
                         [](const auto& tested) { return name_of(tested.param); });

TEST_P(PowerCutWithout, ThatSyncIsNoticed) {
  const std::string name = GetParam();
  const bool of_backup = name.rfind("/cop", 0) == 0;
  script_ = of_backup ? "maintenance" : "writing";
  start_again();
  ASSERT_EQ(write(of_backup ? disk::maintenance_script().size() : 8, 0, kNever).exit_code(), 0);
  EXPECT_GT(check_states(0, 8, 0, 1, name).wrong, 0U)
      << "nothing depends on the sync of " << GetParam();
}

}  // namespace
}  // namespace stemma
