// The walk: names of one folder in byte order, each looked at without following it, opened relative
// to its folder's descriptor, and looked at again once open, so that nothing swapped in between is
// read by mistake.
#include "articles/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "base/descriptor.h"

namespace stemma::articles {
namespace {

constexpr int kOpenFlags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

std::string system_message(int error) { return std::generic_category().message(error); }

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

/// The names in a folder in byte order, without those that start with a dot.
std::vector<std::string> visible_names(int folder) {
  Descriptor copy(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const std::unique_ptr<DIR, CloseFolder> entries(copy.get() >= 0 ? ::fdopendir(copy.get())
                                                                  : nullptr);
  if (entries == nullptr) throw BadInput("cannot be listed: " + system_message(errno));
  static_cast<void>(copy.release());
  std::vector<std::string> names;
  while (const dirent* const entry = ::readdir(entries.get())) {
    const std::string_view name = entry->d_name;
    if (name.front() != '.') names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Walk {
 public:
  explicit Walk(Reading& reading) : reading_(reading) {}

  void read_folder(int folder, const struct stat& status, const std::string& path,
                   std::size_t depth) {
    seen_.emplace(status.st_dev, status.st_ino);
    std::vector<std::string> names;
    try {
      names = visible_names(folder);
    } catch (const BadInput& error) {
      reading_.fail(path, error.what(), error.hint());
      return;
    }
    for (const std::string& name : names) {
      if (reading_.stopped()) return;
      std::string inner = path;
      if (!inner.empty()) inner += '/';
      inner += name;
      read_entry(folder, status.st_dev, name, inner, depth);
    }
  }

  /// Takes over the descriptor.
  void read_file(int file, const FoundFormat& found, const std::string& path) {
    ++reading_.report.files;
    FileSource source(file);
    read_source(source, found, path_key(path), reading_);
  }

 private:
  void read_entry(int folder, dev_t device, const std::string& name, const std::string& path,
                  std::size_t depth) {
    struct stat status {};
    if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      fail_opening(path);
    } else if (S_ISDIR(status.st_mode)) {
      enter_folder(folder, device, name, path, depth + 1);
    } else if (const auto found = format_of(name); found && S_ISREG(status.st_mode)) {
      Descriptor file(::openat(folder, name.c_str(), kOpenFlags | O_NOFOLLOW));
      if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
        fail_opening(path);
      } else if (S_ISREG(status.st_mode)) {
        read_file(file.release(), *found, path);
      }
    } else {
      ++reading_.report.skipped_files;
    }
  }

  void enter_folder(int parent, dev_t device, const std::string& name, const std::string& path,
                    std::size_t depth) {
    if (depth > reading_.options().max_depth) {
      reading_.fail(
          path_key(path),
          "lies more than " + std::to_string(reading_.options().max_depth) + " folders deep",
          "name the folder itself");
      return;
    }
    const Descriptor folder(::openat(parent, name.c_str(), kOpenFlags | O_NOFOLLOW | O_DIRECTORY));
    struct stat status {};
    if (folder.get() < 0 || ::fstat(folder.get(), &status) != 0) {
      fail_opening(path);
    } else if (status.st_dev != device) {
      reading_.fail(path_key(path), "is on another file system, which is not entered unasked",
                    "name the folder itself");
    } else if (seen_.find({status.st_dev, status.st_ino}) == seen_.end()) {
      read_folder(folder.get(), status, path, depth);
    }
  }

  void fail_opening(const std::string& path) {
    reading_.fail(path_key(path), "cannot be opened: " + system_message(errno),
                  "check that it still exists and that you may read it");
  }

  Reading& reading_;
  std::set<std::pair<dev_t, ino_t>> seen_;
};

std::string without_trailing_slashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

}  // namespace

void read_path(const std::filesystem::path& path, Reading& reading) {
  const std::string& name = path.native();
  const std::string key = path_key(name);
  Descriptor opened(::open(name.c_str(), kOpenFlags));
  struct stat status {};
  if (opened.get() < 0 || ::fstat(opened.get(), &status) != 0) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR) {
      throw Error(Error::Kind::not_found, "there is nothing at " + name,
                  "check the spelling of the path");
    }
    reading.fail(key, "cannot be opened: " + system_message(error), "check that you may read it");
    return;
  }
  Walk walk(reading);
  if (S_ISDIR(status.st_mode)) {
    const std::string folder = without_trailing_slashes(name);
    walk.read_folder(opened.get(), status, path_key(folder) == "." ? "" : folder, 0);
    return;
  }
  const auto found = format_of(name);
  if (!S_ISREG(status.st_mode)) {
    reading.fail(key, "is neither a regular file nor a folder", "pipe it into standard input");
  } else if (!found) {
    reading.fail(key, "is in no known format by its name; known are " + known_extensions(),
                 "rename it, or pipe it into standard input");
  } else {
    walk.read_file(opened.release(), *found, name);
  }
}

void read_source(ByteSource& source, const FoundFormat& found, const std::string& path,
                 Reading& reading) {
  try {
    const std::unique_ptr<ByteSource> plain =
        decompressed(found.compression, source, reading.options().max_expansion);
    CountingSource counted(*plain, reading.report.bytes);
    found.format->read(counted, path, reading);
  } catch (const BadInput& error) {
    reading.fail(path, error.what(), error.hint());
  }
}

std::string path_key(std::string_view path) {
  const bool absolute = !path.empty() && path.front() == '/';
  std::string key;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view component = path.substr(at, end - at);
    if (!component.empty() && component != ".") {
      if (!key.empty()) key += '/';
      key += component;
    }
    at = end + 1;
  }
  if (absolute) key.insert(0, "/");
  if (key.empty()) key = ".";
  return text::escape_bad_bytes(key);
}

}  // namespace stemma::articles
