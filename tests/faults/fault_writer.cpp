// fault_writer INDEX SCRIPT END FIRST CALL NUMBER ERROR FOR_EVER RECOVERY: goes through the script
// from step FIRST to before step END, on a disk that fails at the NUMBER-th call of kind CALL.
// "none" as CALL: on a good one. INDEX is two folders below the disk's root; both are made. If
// FIRST is not 0, the index is there and only FIRST may meet the fault.
//
// When a step fails, it looks at the index as a reader, recovers (rollback: with the same writer;
// reopen: with a new one; leave: not at all, the process ends), does the step again and a few more.
// It prints
//   ack STEP GENERATION     the step is done; a reader has seen that it is
//   error STEP MESSAGE      an Error was thrown
//   wrong STEP MESSAGE      something that must not be, and ends with status 3
//   reached 0|1             whether the call that should fail was reached
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>

#include "disk/disk.h"
#include "disk/script.h"
#include "limited_work.h"
#include "snapshot/manifest.h"
#include "stemma/error.h"
#include "stemma/index_writer.h"
#include "stemma/maintenance.h"
#include "stemma/searcher.h"

namespace stemma {
namespace {

constexpr int kLeft = 4;
constexpr std::size_t kStepsAfterAFailure = 2;  // the disk is good from then on

/// What must not be. Not an Error, so that nothing takes it for one.
struct Wrong : std::logic_error {
  using std::logic_error::logic_error;
};

enum class Recovery { rollback, reopen, leave };

class Story {
 public:
  Story(std::filesystem::path index, std::vector<disk::Step> steps,
        std::optional<disk::Fault> fault, Recovery recovery)
      : index_(std::move(index)), steps_(std::move(steps)), fault_(fault), recovery_(recovery) {}

  void run(std::size_t first) {
    std::size_t end = steps_.size();
    if (first > 0) {
      disk::look_away(true);
      generation_ = Snapshot::open(index_).generation();
      if (steps_[first].kind == Kind::replace_store) {
        std::filesystem::remove_all(index_ / snapshot::read_manifest(index_).store);
      }
      disk::look_away(false);
      if (fault_) end = first + 1;
      acknowledge(first - 1);
    }
    for (number_ = first; number_ < end; ++number_) {
      while (!attempt()) {
        if (++errors_ > 1) throw Wrong("it fails again on a good disk");
        end = std::min(steps_.size(), number_ + 1 + kStepsAfterAFailure);
      }
      errors_ = 0;
      disk::look_away(true);
      expect(step().after);
      if (step().kind == Kind::back_up) expect_backup();
      generation_ = Snapshot::open(index_).generation();
      disk::look_away(false);
      acknowledge(number_);
    }
  }
  [[nodiscard]] std::size_t number() const { return number_; }

 private:
  using Kind = disk::Step::Kind;

  [[nodiscard]] const disk::Step& step() const { return steps_[number_]; }
  [[nodiscard]] const disk::Contents& before() const {
    return steps_[number_ == 0 ? 0 : number_ - 1].after;
  }

  void acknowledge(std::size_t number) const {
    std::printf("ack %zu %llu\n", number, static_cast<unsigned long long>(generation_));
    std::fflush(stdout);
  }

  bool attempt() {
    try {
      perform();
      return true;
    } catch (const Error& error) {
      std::printf("error %zu %s\n", number_, error.what());
      std::fflush(stdout);
      // A fault of the disk must not send anyone to the backups.
      if (errors_ == 0 && error.kind() != Error::Kind::io) throw Wrong("no fault of the disk");
      recover();
      return false;
    }
  }

  void perform() {
    if (step().kind == Kind::create) return create();
    if (disk::is_maintenance(step().kind)) {
      writer_.reset();
      return disk::maintain(step().kind, index_);
    }
    if (!writer_) writer_.emplace(IndexWriter::open(index_));
    disk::perform(step(), *writer_);
  }
  /// A creation that failed may have made the index all the same.
  void create() {
    if (errors_ > 0 || !fault_) {
      try {
        writer_.emplace(IndexWriter::open(index_));
        return;
      } catch (const Error& error) {
        if (error.kind() != Error::Kind::not_found) throw;
      }
    }
    writer_.emplace(IndexWriter::create(index_));
  }

  void recover() {
    expect_refusal();
    if (fault_ && fault_->for_ever && disk::has_failed()) {
      look(!readers_need(fault_->call));
      // The disk is still bad: nothing need succeed, but it must say so.
      attempt_on_a_bad_disk([&] { recover_writer(); });
    }
    if (step().kind == Kind::back_up) examine_failed_backup();
    if (recovery_ == Recovery::leave) _exit(kLeft);
    disk::stop_failing();
    look(true);
    recover_writer();
    look(true);
    if (writer_) {
      const Snapshot seen = Snapshot::open(index_);
      if (writer_->generation() != seen.generation() ||
          writer_->document_count() != seen.document_count()) {
        throw Wrong("the writer has not what readers have");
      }
    }
  }
  void recover_writer() {
    if (step().kind == Kind::create) return;
    if (recovery_ == Recovery::rollback && writer_) return writer_->rollback();
    writer_.reset();
    // Either the operation finds what is left itself, or a writer comes first.
    const bool may_come_first = step().kind != Kind::replace_store && recovery_ == Recovery::reopen;
    if (disk::is_maintenance(step().kind) && !may_come_first) return;
    writer_.emplace(IndexWriter::open(index_));
  }
  /// What a failed backup leaves is no index, or all of it; and nothing that is in the way of the
  /// next one, unless the disk refused to remove that too.
  void examine_failed_backup() const {
    const auto target = disk::backup_target(index_);
    disk::look_away(true);
    if (holds_more_than_a_lock(target)) {
      if (!fault_->for_ever) throw Wrong("a failed backup left files");
      try {
        disk::maintain(Kind::back_up, index_);
        throw Wrong("a backup to what is not empty");
      } catch (const Error& error) {
        if (error.kind() != Error::Kind::invalid_argument) throw;
      }
      try {
        { const IndexWriter opened = IndexWriter::open(target); }
        expect_backup();
      } catch (const Error& error) {
        if (error.kind() != Error::Kind::not_found) throw;
      }
      std::filesystem::remove_all(target);
    }
    disk::look_away(false);
  }
  static bool holds_more_than_a_lock(const std::filesystem::path& target) {
    if (!std::filesystem::exists(target)) return false;
    const std::filesystem::directory_iterator entries(target);
    return std::any_of(begin(entries), end(entries),
                       [](const auto& entry) { return entry.path().filename() != "LOCK"; });
  }
  void expect_backup() const {
    const auto target = disk::backup_target(index_);
    std::string wrong = disk::difference(target, step().after);
    if (wrong.empty()) {
      const CheckReport report = check(target);
      if (!report.damage.empty()) wrong = report.damage.front().message;
    }
    if (!wrong.empty()) throw Wrong("the backup: " + wrong);
  }

  /// Half a batch must not be committed by one who did not see the error.
  void expect_refusal() {
    if (!writer_ || step().kind == Kind::create) return;
    try {
      writer_->commit();
    } catch (const Error&) {
      return;
    }
    throw Wrong("it commits after a failure");
  }
  template <class Action>
  static void attempt_on_a_bad_disk(const Action& action) {
    try {
      action();
    } catch (const Error&) {
      return;
    }
  }

  /// Calls that readers make too.
  static bool readers_need(disk::Call call) {
    return call == disk::Call::any || call == disk::Call::open || call == disk::Call::read ||
           call == disk::Call::map || call == disk::Call::examine;
  }
  /// After a failure: the state before or the state after, whole.
  void look(bool must_succeed) {
    try {
      const std::uint64_t seen = Snapshot::open(index_).generation();
      if (seen != generation_ && seen != generation_ + 1) throw Wrong("an unknown generation");
      expect(seen == generation_ ? before() : step().after);
    } catch (const Error& error) {
      const bool not_yet = step().kind == Kind::create && error.kind() == Error::Kind::not_found;
      if (must_succeed && !not_yet) {
        throw Wrong(std::string("a reader cannot open: ") + error.what());
      }
    }
  }
  void expect(const disk::Contents& contents) const {
    const std::string wrong = disk::difference(index_, contents);
    if (!wrong.empty()) throw Wrong(wrong);
  }

  std::filesystem::path index_;
  std::vector<disk::Step> steps_;
  std::optional<disk::Fault> fault_;
  Recovery recovery_;
  std::optional<IndexWriter> writer_;
  std::size_t number_ = 0;
  int errors_ = 0;  ///< in this step
  std::uint64_t generation_ = 0;
};

std::optional<disk::Fault> fault_of(char** words) {
  const auto name = std::find(disk::kCallNames.begin(), disk::kCallNames.end(), words[0]);
  if (name == disk::kCallNames.end()) return std::nullopt;
  return disk::Fault{
      .call = static_cast<disk::Call>(name - disk::kCallNames.begin()),
      .number = static_cast<std::uint32_t>(std::strtoul(words[1], nullptr, 10)),
      .error = std::atoi(words[2]),
      .for_ever = std::string(words[3]) == "1",
  };
}

int run(char** words) {
  const std::string recovery = words[9];
  const auto fault = fault_of(words + 5);
  Story story(words[1], disk::script_named(words[2], std::strtoul(words[3], nullptr, 10)), fault,
              recovery == "rollback" ? Recovery::rollback
              : recovery == "reopen" ? Recovery::reopen
                                     : Recovery::leave);
  disk::watch(std::filesystem::path(words[1]).parent_path().parent_path());
  if (fault) disk::fail_at(*fault);
  try {
    story.run(std::strtoul(words[4], nullptr, 10));
  } catch (const std::exception& error) {
    std::printf("wrong %zu %s\n", story.number(), error.what());
    return 3;
  }
  std::printf("reached %d\n", disk::has_failed() ? 1 : 0);
  for (std::size_t i = 0; i < disk::kCalls; ++i) {
    std::printf("calls %s %u\n", std::string(disk::kCallNames[i]).c_str(),
                disk::calls(static_cast<disk::Call>(i)));
  }
  return 0;
}

}  // namespace
}  // namespace stemma

int main(int count, char** words) {
  if (count != 10) return 2;
  stemma::limit_work(60);
  return stemma::run(words);
}
