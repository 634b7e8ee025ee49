// I/O errors at every call: whatever call of a creation, commit, merge, rollback, rebuild,
// compaction, restoration or backup the system refuses, the failure is reported as an Error or
// survived; readers see the state before or the state after, whole; and the same work succeeds once
// the disk is good again.
//
// For each kind of call and each way to fail a script is run with the 1st, 2nd, … call failing,
// until there is no such call any more: the script of what a writer does as a whole, of what looks
// after an index one step, on a copy of the index before it. The ways to recover take turns;
// STEMMA_RECOVERIES=all tries each at every point. STEMMA_FAULT_STRIDE=n fails every n-th call only
// (for slow builds).
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <sstream>

#include "child_process.h"
#include "disk/disk.h"
#include "disk/script.h"
#include "snapshot/manifest.h"
#include "stemma/error.h"
#include "stemma/index_writer.h"
#include "stemma/maintenance.h"
#include "stemma/searcher.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

using disk::Call;

constexpr std::size_t kWritingSteps = 8;
constexpr int kLeft = 4;
constexpr unsigned kMostWrong = 5;
constexpr std::size_t kStepsAfterwards = 2;

using Kind = disk::Step::Kind;
const std::vector<std::pair<Kind, std::string>> kMaintenance = {
    {Kind::rebuild, "rebuild"},
    {Kind::compact, "compact"},
    {Kind::restore, "restore"},
    {Kind::replace_store, "replace_store"},
    {Kind::back_up, "back_up"}};

struct Failure {
  int error = 0;  ///< 0: half of the bytes
  bool for_ever = false;
};

struct Case {
  Call call = Call::any;
  std::vector<Failure> failures;
  bool must_be_reported = true;  ///< but for EINTR and half writes, which may be overcome
  std::string script = "writing";
  std::size_t first = 0;  ///< step; the only one to meet a fault, if not 0
};

std::string name_of(Call call) {
  return std::string(disk::kCallNames[static_cast<std::size_t>(call)]);
}
std::string name_of(const Case& tested) {
  const std::string call = name_of(tested.call);
  if (tested.script == "writing") return call;
  if (tested.first == 0) return call + "_" + tested.script;
  for (const auto& [kind, name] : kMaintenance) {
    if (disk::maintenance_script()[tested.first].kind == kind) return name + ("_" + call);
  }
  return {};
}
void PrintTo(const Case& tested, std::ostream* out) { *out << name_of(tested); }

/// What one run printed.
struct Told {
  explicit Told(const std::string& output) {
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string word;
      words >> word;
      if (word == "ack") words >> acknowledged >> generation;
      if (word == "error") words >> step;
      if (word == "reached") words >> reached;
      if (word == "error" || word == "wrong") text += line + "\n";
      if (word == "error") ++errors;
    }
  }
  std::size_t acknowledged = 0;
  std::uint64_t generation = 0;
  std::size_t step = 0;  ///< where the last error was
  int reached = 0;
  int errors = 0;
  std::string text;
};

class EveryCall : public testing::TestWithParam<Case> {
 protected:
  struct Count {
    unsigned points = 0;
    unsigned reported = 0;
    unsigned wrong = 0;
  };

  void SetUp() override {
    if (GetParam().first == 0) return;
    ASSERT_EQ(run_undisturbed(before_.path() / kIndex, 0, GetParam().first).exit_code(), 0);
  }

  /// False if the script ended without the call being reached.
  bool fail(std::uint32_t number, const Failure& failure, const std::string& recovery) {
    const TemporaryFolder folder;
    const auto index = folder.path() / kIndex;
    std::filesystem::copy(before_.path(), folder.path(), std::filesystem::copy_options::recursive);
    const std::vector<std::string> words = {FAULT_WRITER,
                                            index.string(),
                                            GetParam().script,
                                            std::to_string(steps_.size()),
                                            std::to_string(GetParam().first),
                                            name_of(GetParam().call),
                                            std::to_string(number),
                                            std::to_string(failure.error),
                                            failure.for_ever ? "1" : "0",
                                            recovery};
    const ChildProcess ran = run_program(words);
    const Told told(ran.output);
    std::string wrong;
    if (ran.signal() != 0) {
      wrong = "ended by signal " + std::to_string(ran.signal());
    } else if (ran.exit_code() == kLeft) {
      wrong = after_leaving(index, told);
    } else if (ran.exit_code() != 0) {
      wrong = told.text + "status " + std::to_string(ran.exit_code());
    } else {
      wrong = at_the_end(index, told.acknowledged);
    }
    const bool reached = told.reached != 0 || ran.exit_code() != 0;
    if (wrong.empty() && reached && told.errors == 0 && must_be_reported(failure)) {
      wrong = "no error was reported";
    }
    if (!wrong.empty()) {
      std::string line;
      for (const std::string& word : words) line += word + " ";
      ADD_FAILURE() << line << "\n" << wrong;
      ++count_.wrong;
    }
    if (reached) ++count_.points;
    if (told.errors > 0) ++count_.reported;
    return reached;
  }
  [[nodiscard]] bool must_be_reported(const Failure& failure) const {
    return GetParam().must_be_reported && failure.error != 0 && failure.error != EINTR;
  }

  [[nodiscard]] ChildProcess run_undisturbed(const std::filesystem::path& index, std::size_t first,
                                             std::size_t end) const {
    return run_program({FAULT_WRITER, index.string(), GetParam().script, std::to_string(end),
                        std::to_string(first), "none", "0", "0", "0", "reopen"});
  }

  /// What a process that died after the failure has left, and that its work can be done again.
  [[nodiscard]] std::string after_leaving(const std::filesystem::path& index,
                                          const Told& told) const {
    std::string wrong = "neither the state before nor the one after";
    try {
      const std::uint64_t seen = Snapshot::open(index).generation();
      const std::size_t step = told.step;
      if (step > 0 && seen == told.generation) {
        wrong = disk::difference(index, steps_[step - 1].after);
      } else if (seen == (step > 0 ? told.generation + 1 : 0)) {
        wrong = disk::difference(index, steps_[step].after);
      }
    } catch (const Error& error) {
      const bool never_made = told.step == 0 && error.kind() == Error::Kind::not_found;
      wrong = never_made ? "" : std::string("a reader cannot open: ") + error.what();
    }
    if (!wrong.empty()) return told.text + wrong;
    const std::size_t end = std::min(steps_.size(), told.step + 1 + kStepsAfterwards);
    const ChildProcess again = run_undisturbed(index, told.step, end);
    if (again.exit_code() != 0) {
      return "the next writer: status " + std::to_string(again.status) + " " +
             Told(again.output).text;
    }
    return at_the_end(index, Told(again.output).acknowledged);
  }

  /// The script was done up to this step, the process has ended.
  [[nodiscard]] std::string at_the_end(const std::filesystem::path& index, std::size_t step) const {
    try {
      { const IndexWriter opened = IndexWriter::open(index); }
      std::string wrong = disk::difference(index, steps_[step].after);
      if (!wrong.empty()) return wrong;
      const CheckReport report = check(index);
      if (!report.damage.empty()) return "check: " + report.damage.front().message;
      for (const auto& place : {index, disk::backup_target(index)}) {
        if (!std::filesystem::exists(place)) continue;
        if (names_in(place) != names_of(snapshot::read_manifest(place))) {
          return "files that nothing names are left in " + place.string();
        }
      }
    } catch (const Error& error) {
      return std::string("at the end: ") + error.what();
    }
    return {};
  }

  static std::set<std::string> names_in(const std::filesystem::path& index) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(index)) {
      names.insert(entry.path().filename());
    }
    for (const auto& entry : std::filesystem::directory_iterator(index / "segments")) {
      names.insert(entry.path().filename());
    }
    return names;
  }
  static std::set<std::string> names_of(const snapshot::Manifest& manifest) {
    std::set<std::string> names = {"LOCK", "MANIFEST", "segments", manifest.store};
    for (const auto& segment : manifest.segments) names.insert(segment.file);
    names.insert(manifest.deletion_files.begin(), manifest.deletion_files.end());
    return names;
  }

  static constexpr const char* kIndex = "new/index";
  Count count_;
  const std::vector<disk::Step> steps_ = disk::script_named(
      GetParam().script, GetParam().script == "writing" ? kWritingSteps : SIZE_MAX);
  TemporaryFolder before_;  ///< the disk before step `first`
};

TEST_P(EveryCall, ThatFailsIsReportedOrSurvived) {
  const std::vector<std::string> recoveries = {"rollback", "reopen", "leave"};
  const char* setting = std::getenv("STEMMA_RECOVERIES");
  const bool all = setting != nullptr && std::string(setting) == "all";
  const char* stride_setting = std::getenv("STEMMA_FAULT_STRIDE");
  const std::uint32_t stride =
      stride_setting == nullptr
          ? 1
          : static_cast<std::uint32_t>(std::strtoul(stride_setting, nullptr, 10));
  for (const Failure& failure : GetParam().failures) {
    const unsigned before = count_.points;
    std::uint32_t turn = 0;
    for (bool reached = true; reached; ++turn) {
      reached = false;
      for (std::size_t i = 0; i < recoveries.size(); ++i) {
        if (!all && i != turn % recoveries.size()) continue;
        reached = fail(turn * stride, failure, recoveries[i]);
      }
      if (count_.wrong >= kMostWrong) return;
    }
    EXPECT_GT(count_.points, before) << "no such call was made";
  }
  std::printf("%s: %zu ways to fail, %u points, %u reported, %u survived\n",
              name_of(GetParam()).c_str(), GetParam().failures.size(), count_.points,
              count_.reported, count_.points - count_.reported);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, EveryCall,
    testing::Values(
        Case{Call::any, {{EIO, true}}, false},
        Case{Call::open, {{EIO, false}, {EMFILE, true}, {EINTR, false}}, false},
        Case{Call::read, {{EIO, false}, {EIO, true}, {EINTR, false}}, false},
        Case{Call::write,
             {{ENOSPC, false},
              {ENOSPC, true},
              {EIO, false},
              {EIO, true},
              {0, false},
              {0, true},
              {EINTR, false}}},
        Case{Call::fsync, {{EIO, false}, {EIO, true}, {ENOSPC, false}, {EINTR, false}}},
        Case{Call::fdatasync, {{EIO, false}, {EIO, true}, {ENOSPC, false}, {EINTR, false}}},
        Case{Call::rename, {{EIO, false}, {EIO, true}, {ENOSPC, false}, {ENOSPC, true}}},
        Case{Call::resize, {{EIO, false}, {ENOSPC, true}, {EINTR, false}}, false},
        Case{Call::map, {{ENOMEM, false}, {ENOMEM, true}}},
        Case{Call::remove, {{EIO, false}, {EIO, true}}, false},
        Case{Call::make_folder, {{ENOSPC, false}, {ENOSPC, true}, {EIO, false}}},
        Case{Call::permit, {{EIO, false}, {EPERM, true}}},
        Case{Call::lock, {{ENOLCK, false}, {ENOLCK, true}, {EINTR, false}}, false},
        Case{Call::examine, {{EIO, false}, {EACCES, true}}, false},
        Case{Call::write, {{ENOSPC, true}}, true, "large"},
        Case{Call::map, {{ENOMEM, false}}, true, "large"}),
    [](const auto& tested) { return name_of(tested.param); });

/// Each kind of call in each of the steps that look after an index.
std::vector<Case> maintenance_cases() {
  const std::vector<Case> calls = {
      {Call::any, {{EIO, true}}, false},
      {Call::open, {{EIO, false}, {EMFILE, true}}, false},
      {Call::read, {{EIO, false}, {EIO, true}}, false},
      {Call::write, {{ENOSPC, false}, {ENOSPC, true}, {0, true}}},
      {Call::fsync, {{EIO, false}, {EIO, true}}},
      {Call::fdatasync, {{EIO, false}, {EIO, true}}},
      {Call::rename, {{EIO, false}, {ENOSPC, true}}},
      {Call::map, {{ENOMEM, false}, {ENOMEM, true}}},
      {Call::remove, {{EIO, false}, {EIO, true}}, false},
      {Call::examine, {{EIO, false}, {EIO, true}}, false},
  };
  std::vector<Case> cases;
  const auto steps = disk::maintenance_script();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!disk::is_maintenance(steps[i].kind)) continue;
    for (Case tested : calls) {
      tested.script = "maintenance";
      tested.first = i;
      // A new folder's name is synced all the way up, as far as the system lets it.
      if (steps[i].kind == Kind::back_up && tested.call == Call::fsync) {
        tested.must_be_reported = false;
      }
      cases.push_back(std::move(tested));
    }
  }
  return cases;
}
INSTANTIATE_TEST_SUITE_P(Maintenance, EveryCall, testing::ValuesIn(maintenance_cases()),
                         [](const auto& tested) { return name_of(tested.param); });

}  // namespace
}  // namespace stemma
