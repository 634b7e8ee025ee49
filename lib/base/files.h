// Files as Stemma uses them: mapped for reading, replaced atomically, locked by one writer.
//
// The rules come from docs/RELIABILITY.md: a published file is never written again, a name
// appears only after its bytes are on disk, and a directory is synced after a name changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.h"

namespace stemma {

[[noreturn]] void throw_as_error(const std::filesystem::filesystem_error& error);

/// A whole file mapped read-only; the mapping stays valid after the file is unlinked.
/// Throws Error{not_found} or Error{io}. Refuses anything that is not a regular file.
/// Thread-safe once constructed.
class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  [[nodiscard]] Bytes bytes() const { return {data_, size_}; }

 private:
  const std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

/// A file being written aside as `path` + ".tmp". `publish()` makes it durable and gives it its
/// name; without that the destructor removes it. Mode 0600. Throws Error{io}.
class NewFile {
 public:
  explicit NewFile(std::filesystem::path path);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void append(Bytes bytes);
  void append(std::string_view bytes) { append(as_bytes(bytes)); }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Hands what is buffered to the system; the bytes can then be read back at `temporary_path()`.
  void flush();
  /// flush(), then fsync.
  void sync();
  [[nodiscard]] const std::filesystem::path& temporary_path() const { return temporary_; }
  /// sync() if needed, then renames to the final name. The caller syncs the directory
  /// (`sync_directory`), once for any number of files.
  void publish();

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  int descriptor_ = -1;
  std::string buffer_;
  std::uint64_t size_ = 0;
  bool synced_ = false;
  bool published_ = false;
};

/// The size of a file in bytes. Throws Error{io}.
[[nodiscard]] std::uint64_t size_of_file(const std::filesystem::path& path);

/// Runs `action`; what std::filesystem throws in it leaves as Error{io}.
template <class Action>
decltype(auto) with_file_errors(Action&& action) {
  try {
    return std::forward<Action>(action)();
  } catch (const std::filesystem::filesystem_error& error) {
    throw_as_error(error);
  }
}

/// fsyncs a directory, so that names created or renamed in it survive a power cut.
void sync_directory(const std::filesystem::path& directory);

/// Makes the directory, mode 0700, and those above it, and brings their names to disk: what is
/// written inside must not go with the name of the whole. It may be there. Throws Error{io}.
void make_durable_directory(const std::filesystem::path& directory);

/// Writes `bytes` to a NewFile, publishes it over `path`, syncs the directory.
void replace_file(const std::filesystem::path& path, std::string_view bytes);

/// The whole content of a regular file. Throws Error{not_found}, Error{io}, Error{limit}.
[[nodiscard]] std::string read_file(const std::filesystem::path& path,
                                    std::uint64_t max_bytes = UINT64_MAX);

/// The one-writer lock: an OS lock (F_OFD_SETLK) on a kept file, released by the kernel when the
/// holder dies. The file's text names the holder's process id.
class FileLock {
 public:
  /// Throws Error{locked}, naming the holder, when another writer still holds it after
  /// `wait_seconds`.
  explicit FileLock(const std::filesystem::path& path, double wait_seconds = 0);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace stemma
