// power_cut_checker RECORD SCRIPT FROM CHOICES PART PARTS [UNSYNCED]: makes the states that a power
// cut may leave at each point of RECORD from operation FROM on, CHOICES of them a point, and checks
// each: readers and the next writer open it, it holds exactly the last acknowledged commit (or the
// one in flight), check() finds no damage, and a backup is whole, once it was acknowledged, or is
// no index. States are shared out between PARTS processes.
//
// UNSYNCED breaks the protocol on purpose: syncs of what has a name that ends so ("/MANIFEST.tmp",
// "/index/segments"; "/" is the outermost folder) have no effect; it looks from the first such sync
// on, and ends at the first bad state. Prints "wrong POINT CHOICE MESSAGE" for bad states, at the
// end "points N states N wrong N".
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include "base/files.h"
#include "crash/simulated_disk.h"
#include "disk/disk.h"
#include "disk/script.h"
#include "stemma/error.h"
#include "stemma/index_writer.h"
#include "stemma/maintenance.h"
#include "stemma/searcher.h"
#include "temporary_folder.h"

namespace stemma {
namespace {

constexpr std::size_t kMostSteps = 100;
constexpr std::uint64_t kMostWrong = 20;
constexpr unsigned kSecondsBeforeItHangs = 60;

/// What the writer had promised when the power was cut.
struct Promise {
  std::optional<std::size_t> acknowledged;  ///< step; none: not even a creation
  std::optional<std::size_t> in_flight;     ///< step
  std::uint64_t generation = 0;             ///< of the acknowledged one

  void hear(const std::string& note) {
    std::istringstream words(note);
    std::string word;
    std::size_t step = 0;
    words >> word;
    if (word == "begin") {
      words >> step;
      in_flight = step;
    } else if (word == "ack") {
      words >> step >> generation;
      acknowledged = step;
      in_flight.reset();
    } else {  // opened: whatever the writer found is acknowledged now
      std::uint64_t found = 0;
      words >> found;
      if (found > generation && in_flight) acknowledged = in_flight;
      generation = found;
      in_flight.reset();
    }
  }
};

/// The choices go from what a killed process leaves, over the extremes, to chance.
disk::Cut cut_of(std::uint32_t choice, std::uint32_t seed) {
  using Names = disk::Cut::Names;
  using Data = disk::Cut::Data;
  switch (choice) {
    case 0:
      return {};
    case 1:
      return {Names::none, Data::none};
    case 2:
      return {Names::all, Data::none};
    case 3:
      return {Names::none, Data::all};
    case 4:
      return {Names::first, Data::some, 512, seed};
    default:
      return {Names::some, Data::some, choice % 2 == 0 ? 512U : 4096U, seed};
  }
}

void make(const disk::Image& image, const std::filesystem::path& where) {
  std::filesystem::remove_all(where);
  std::filesystem::create_directories(where);
  for (const std::string& folder : image.folders) {
    std::filesystem::create_directories(where / folder);
  }
  for (const auto& [name, bytes] : image.files) {
    NewFile file(where / name);
    file.append(bytes);
    file.publish();
  }
}

class Checker {
 public:
  Checker(std::filesystem::path scratch, const std::string& script)
      : scratch_(std::move(scratch)),
        index_(scratch_ / "new" / "index"),
        steps_(disk::script_named(script, kMostSteps)) {}

  /// What is wrong with a state; empty if nothing.
  std::string fault_in(const disk::Image& image, const Promise& promise) {
    make(image, scratch_);
    try {
      return promise.acknowledged ? fault_after(promise) : fault_in_creation();
    } catch (const Error& error) {
      return error.what();
    }
  }

 private:
  std::string fault_in_creation() {
    try {
      const IndexWriter opened = IndexWriter::open(index_);
    } catch (const Error& error) {
      if (error.kind() != Error::Kind::not_found) return error.what();
      const IndexWriter made = IndexWriter::create(index_);
    }
    return sound({});
  }

  std::string fault_after(const Promise& promise) {
    // Readers first, without any writer's help.
    if (const auto fault = difference(promise, Snapshot::open(index_).generation())) return *fault;
    if (std::string fault = fault_in_backup(promise); !fault.empty()) return "backup: " + fault;
    const CheckReport report = check(index_);
    if (!report.damage.empty()) return "check before: " + report.damage.front().message;
    std::uint64_t generation = 0;
    {
      const IndexWriter writer = IndexWriter::open(index_);
      generation = writer.generation();
      if (Snapshot::open(index_).generation() != generation) return "the writer did not publish";
    }
    const bool is_new = generation > promise.generation;
    if (const auto fault = difference(promise, generation)) return *fault;
    return sound(steps_[is_new ? *promise.in_flight : *promise.acknowledged].after);
  }
  std::optional<std::string> difference(const Promise& promise, std::uint64_t generation) {
    if (generation == promise.generation) {
      const auto fault = disk::difference(index_, steps_[*promise.acknowledged].after);
      return fault.empty() ? std::nullopt : std::optional(fault);
    }
    if (!promise.in_flight || generation != promise.generation + 1) {
      return "generation " + std::to_string(generation) + ", acknowledged was " +
             std::to_string(promise.generation);
    }
    const auto fault = disk::difference(index_, steps_[*promise.in_flight].after);
    return fault.empty() ? std::nullopt : std::optional(fault);
  }
  /// Of the step that made it, if there was one yet.
  std::string fault_in_backup(const Promise& promise) {
    const std::size_t newest = promise.in_flight.value_or(*promise.acknowledged);
    const auto end = steps_.begin() + static_cast<std::ptrdiff_t>(newest) + 1;
    const auto made = std::find_if(steps_.begin(), end, [](const disk::Step& step) {
      return step.kind == disk::Step::Kind::back_up;
    });
    if (made == end) return {};
    const auto target = disk::backup_target(index_);
    try {
      { const IndexWriter opened = IndexWriter::open(target); }
      std::string fault = disk::difference(target, made->after);
      if (!fault.empty()) return fault;
      const CheckReport report = check(target);
      return report.damage.empty() ? "" : report.damage.front().message;
    } catch (const Error& error) {
      const auto number = static_cast<std::size_t>(made - steps_.begin());
      return number > *promise.acknowledged ? "" : error.what();
    }
  }
  /// Whole, checked, and open to the next commit.
  std::string sound(disk::Contents contents) {
    CheckReport report = check(index_);
    if (!report.damage.empty()) return "check: " + report.damage.front().message;
    if (++checked_ % 8 != 0) return {};
    Article next;
    next.key = "next";
    next.body = "common words and version0.";
    contents[next.key] = next;
    {
      IndexWriter writer = IndexWriter::open(index_);
      writer.add(next);
      writer.commit();
    }
    report = check(index_);
    if (!report.damage.empty()) return "check after a commit: " + report.damage.front().message;
    return disk::difference(index_, contents);
  }

  std::filesystem::path scratch_;
  std::filesystem::path index_;
  std::vector<disk::Step> steps_;
  std::uint64_t checked_ = 0;
};

std::uint64_t hash_of(const disk::Image& image, const Promise& promise) {
  std::string all = std::to_string(promise.acknowledged.value_or(kMostSteps)) + " " +
                    std::to_string(promise.in_flight.value_or(kMostSteps));
  for (const std::string& folder : image.folders) all += "/" + folder;
  for (const auto& [name, bytes] : image.files) all += ":" + name + "=" + bytes;
  return std::hash<std::string>()(all);
}

int run(char** words, const std::string& unsynced) {
  const auto number = [&](int word) {
    return static_cast<std::uint32_t>(std::strtoul(words[word], nullptr, 10));
  };
  const std::uint32_t from = number(3);
  const std::uint32_t choices = number(4);
  const std::string record = read_file(words[1]);
  const TemporaryFolder folder;
  disk::watch(folder.path());  // nobody cuts the power of these checks
  Checker checker(folder.path() / "disk", words[2]);
  disk::SimulatedDisk simulated;
  Promise promise;
  std::set<std::uint64_t> seen;
  std::map<std::uint32_t, std::string> handles;
  bool broken = unsynced.empty();  // or the first sync was left out
  std::uint32_t point = 0;
  std::uint64_t points = 0;
  std::uint64_t states = 0;
  std::uint64_t wrong = 0;
  for (const disk::Operation& operation : disk::decode_operations(as_bytes(record))) {
    using Kind = disk::Operation::Kind;
    if (operation.kind == Kind::note) promise.hear(operation.text);
    if (operation.kind == Kind::open) handles[operation.handle] = "/" + operation.name;
    const bool skip = operation.kind == Kind::sync && !unsynced.empty() &&
                      handles.at(operation.handle).ends_with(unsynced);
    if (!skip) simulated.apply(operation);
    broken = broken || skip;
    if (point++ < from || !broken) continue;
    ++points;
    for (std::uint32_t choice = 0; choice < choices; ++choice) {
      const disk::Image image = simulated.after(cut_of(choice, point * 131 + choice));
      if (!seen.insert(hash_of(image, promise)).second || states++ % number(6) != number(5)) {
        continue;
      }
      alarm(kSecondsBeforeItHangs);
      std::printf("state %u %u\n", point, choice);
      const std::string fault = checker.fault_in(image, promise);
      if (fault.empty()) continue;
      std::printf("wrong %u %u %s\n", point, choice, fault.c_str());
      if (++wrong == kMostWrong || !unsynced.empty()) return 1;
    }
  }
  std::printf("points %llu states %llu wrong %llu\n", static_cast<unsigned long long>(points),
              static_cast<unsigned long long>(states), static_cast<unsigned long long>(wrong));
  return wrong == 0 ? 0 : 1;
}

}  // namespace
}  // namespace stemma

int main(int count, char** words) {
  if (count != 7 && count != 8) return 2;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  return stemma::run(words, count == 8 ? words[7] : "");
}
