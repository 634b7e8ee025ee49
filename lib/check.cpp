// Is every byte as it was written, and do both copies of every article agree?
//
// From what needs least trust to what needs most: MANIFEST, then each file by its own checksums,
// and, by another process if there is one, the store by itself and against the segments. Damage in
// one place does not hide damage in another: each step reports and goes on.
#include <functional>
#include <new>
#include <optional>
#include <utility>

#include "base/child_process.h"
#include "base/folder_size.h"
#include "segment/segment.h"
#include "snapshot/deletion_file.h"
#include "snapshot/manifest.h"
#include "stemma/error.h"
#include "stemma/maintenance.h"
#include "writing/index_files.h"
#include "writing/store_examination.h"

namespace stemma {
namespace {

namespace fs = std::filesystem;
using snapshot::Manifest;

/// MANIFEST; nullopt, and what is wrong with it, if it cannot be read.
std::optional<Manifest> published_manifest(const fs::path& directory, std::vector<Damage>& damage) {
  try {
    return snapshot::read_manifest(directory);
  } catch (const Error& error) {
    damage.push_back({snapshot::kManifestName, error.what(), error.hint()});
    return std::nullopt;
  }
}

class Checker {
 public:
  Checker(const fs::path& directory, const CheckOptions& options)
      : directory_(directory), options_(options) {}

  CheckReport run() {
    const auto lock = lock_index(directory_, 0);
    const auto published = published_manifest(directory_, report_.damage);
    if (published) count(directory_ / snapshot::kManifestName);
    const std::string store = published ? published->store : "store-1";
    if (fs::is_directory(directory_ / store)) {
      for (const auto& entry : fs::directory_iterator(directory_ / store)) count(entry.path());
    }
    StoreExamination examination = examine_apart(store, published);
    report_.articles = examination.articles;
    if (examination.committed) {
      check_files(*examination.committed);
    } else if (published) {
      check_files(*published);
    }
    for (Damage& damage : examination.damage) report_.damage.push_back(std::move(damage));
    return std::move(report_);
  }

 private:
  StoreExamination examine_apart(const std::string& store,
                                 const std::optional<Manifest>& published) {
    if (options_.examiner.empty()) {
      report_.in_process = true;
      return examine(directory_, published);
    }
    std::vector<std::string> command = options_.examiner;
    command.push_back(directory_.string());
    const FinishedProcess finished = run_process(command);
    const char* hint = "make the store anew with `stemma restore`";
    StoreExamination nothing;
    if (finished.signal != 0) {
      nothing.damage.push_back({store,
                                "reading it crashed the process that examined it (signal " +
                                    std::to_string(finished.signal) + ")",
                                hint});
      return nothing;
    }
    try {
      return decode_examination(finished.output);
    } catch (const Error& error) {
      nothing.damage.push_back({store,
                                "the process that examined it failed (exit code " +
                                    std::to_string(finished.exit_code) + "): " + error.what(),
                                hint});
      return nothing;
    }
  }

  void attempt(const std::string& file, const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& error) {
      report_.damage.push_back({file, error.what(), error.hint()});
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& error) {
      report_.damage.push_back({file, error.what(), ""});
    }
  }
  void count(const fs::path& path) {
    ++report_.files;
    report_.bytes += bytes_below(path);
  }

  void check_files(const Manifest& state) {
    const fs::path folder = directory_ / snapshot::kSegmentsFolder;
    for (const snapshot::SegmentEntry& entry : state.segments) {
      attempt(entry.file, [&] { check_segment(folder / entry.file, entry, state); });
    }
    for (const std::string& file : state.deletion_files) {
      attempt(file, [&] {
        count(folder / file);
        (void)snapshot::read_deletions(folder / file);
      });
    }
  }

  void check_segment(const fs::path& path, const snapshot::SegmentEntry& entry,
                     const Manifest& state) {
    const char* hint = "compile the segments again with `stemma rebuild`";
    count(path);
    const auto opened = segment::Segment::open(path);
    opened->verify();
    if (opened->analyzer_fingerprint() != state.analyzer_fingerprint) {
      report_.damage.push_back(
          {entry.file, "was compiled with another analyzer than the manifest says", hint});
    }
    if (bytes_below(path) != entry.bytes) {
      report_.damage.push_back({entry.file, "has another size than the manifest says", hint});
    }
  }

  const fs::path& directory_;
  const CheckOptions& options_;
  CheckReport report_;
};

}  // namespace

CheckReport check(const fs::path& directory, const CheckOptions& options) {
  return Checker(directory, options).run();
}

std::string examine_store(const fs::path& directory) {
  std::vector<Damage> ignored;  // check() reports it
  return encode(examine(directory, published_manifest(directory, ignored)));
}

}  // namespace stemma
