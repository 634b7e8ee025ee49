// The C library's file calls, as the program and its libraries find them first. Each asks whether
// it touches the watched folder and how it shall go, then makes the system call itself.
//
// What is not here (link, sendfile, mapping for writing, …) Stemma and Xapian do not use; the test
// that replays a whole record and compares it with the folder would tell.
#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <string>
#include <utility>

#include "disk/watched.h"

namespace stemma::disk {
namespace {

using Kind = Operation::Kind;

/// The watched folder, held for one call; empty before watch() and after pass().
class Turn {
 public:
  Turn() : disk_(Watched::instance().active ? &Watched::instance() : nullptr) {
    if (disk_ != nullptr) disk_->mutex.lock();
  }
  ~Turn() { pass(); }
  /// The call concerns others: it may take its time.
  void pass() {
    if (disk_ != nullptr) std::exchange(disk_, nullptr)->mutex.unlock();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  explicit operator bool() const { return disk_ != nullptr; }
  Watched* operator->() const { return disk_; }
  [[nodiscard]] const Watched::OpenFile* file(int descriptor) const {
    return disk_ == nullptr ? nullptr : disk_->find(descriptor);
  }
  [[nodiscard]] std::optional<std::string> name(int at, const char* path) const {
    return disk_ == nullptr ? std::nullopt : disk_->name_of(at, path);
  }

 private:
  Watched* disk_;
};

int open_at(int at, const char* path, int flags, mode_t mode) {
  const Turn turn;
  const auto name = turn.name(at, path);
  if (name) {
    if (const int error = turn->next(Call::open).error; error != 0) {
      errno = error;
      return -1;
    }
  }
  const int descriptor = static_cast<int>(syscall(SYS_openat, at, path, flags, mode));
  if (descriptor < 0 || !turn) return descriptor;
  turn->closed(descriptor);  // what had this number before may have been closed out of sight
  if (!name) return descriptor;
  turn->opened(descriptor, *name, (flags & O_CREAT) != 0);
  if ((flags & O_TRUNC) != 0) {
    turn->record({.kind = Kind::resize, .handle = turn.file(descriptor)->handle});
  }
  return descriptor;
}

/// With `at` the file's own place (write) or as given (pwrite).
ssize_t write_at(int descriptor, const void* bytes, std::size_t size, std::optional<off_t> at) {
  const auto perform = [&] {
    return at ? syscall(SYS_pwrite64, descriptor, bytes, size, *at)
              : syscall(SYS_write, descriptor, bytes, size);
  };
  Turn turn;
  const Watched::OpenFile* const file = turn.file(descriptor);
  if (file == nullptr) {
    turn.pass();
    return perform();
  }
  const Watched::Outcome outcome = turn->next(Call::write);
  if (outcome.error != 0) {
    errno = outcome.error;
    return -1;
  }
  if (outcome.half && size > 1) size /= 2;
  const off_t begin = at.value_or(syscall(SYS_lseek, descriptor, 0, SEEK_CUR));
  const ssize_t written = perform();
  if (written > 0) {
    turn->record(
        {.kind = Kind::write,
         .handle = file->handle,
         .offset = static_cast<std::uint64_t>(begin),
         .text = std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(written))});
  }
  return written;
}

/// A call on an open file that is changed by it only as `operation` says, if it says so.
template <class Action>
long on_file(int descriptor, Call call, std::optional<Operation> operation, const Action& action) {
  Turn turn;
  const Watched::OpenFile* const file = turn.file(descriptor);
  if (file == nullptr) {
    turn.pass();
    return action(false);
  }
  if (const int error = turn->next(call).error; error != 0) {
    errno = error;
    return -1;
  }
  const long result = action(true);
  if (result >= 0 && operation) {
    operation->handle = file->handle;
    turn->record(*operation);
  }
  return result;
}

/// A call on a name.
template <class Action>
int on_name(int at, const char* path, Call call, std::optional<Operation> operation,
            const Action& action) {
  const Turn turn;
  const auto name = turn.name(at, path);
  if (!name) return static_cast<int>(action());
  if (const int error = turn->next(call).error; error != 0) {
    errno = error;
    return -1;
  }
  const long result = action();
  if (result >= 0 && operation) {
    operation->name = *name;
    turn->record(*operation);
  }
  return static_cast<int>(result);
}

long sync(int descriptor, Call call, long number) {
  return on_file(descriptor, call, Operation{.kind = Kind::sync},
                 [&](bool watched) { return watched ? 0 : syscall(number, descriptor); });
}

int remove_at(int at, const char* path, int flags) {
  return on_name(at, path, Call::remove, Operation{.kind = Kind::remove},
                 [&] { return syscall(SYS_unlinkat, at, path, flags); });
}

int rename_at(int from_at, const char* from, int to_at, const char* to) {
  Operation renamed{.kind = Kind::rename};
  {
    const Turn turn;
    renamed.text = turn.name(to_at, to).value_or("");
  }
  return on_name(from_at, from, Call::rename, renamed,
                 [&] { return syscall(SYS_renameat, from_at, from, to_at, to); });
}

int examine_at(int at, const char* path, struct stat* facts, int flags) {
  return on_name(at, path, Call::examine, {},
                 [&] { return syscall(SYS_newfstatat, at, path, facts, flags); });
}

mode_t mode_of(int flags, std::va_list rest) {
  return (flags & (O_CREAT | O_TMPFILE)) == 0 ? 0 : va_arg(rest, mode_t);
}

}  // namespace
}  // namespace stemma::disk

using stemma::disk::Call;
using stemma::disk::Kind;
using stemma::disk::on_file;
using stemma::disk::on_name;
using stemma::disk::Operation;

#pragma GCC visibility push(default)
extern "C" {

int open(const char* path, int flags, ...) {
  std::va_list rest;
  va_start(rest, flags);
  const mode_t mode = stemma::disk::mode_of(flags, rest);
  va_end(rest);
  return stemma::disk::open_at(AT_FDCWD, path, flags, mode);
}
int openat(int at, const char* path, int flags, ...) {
  std::va_list rest;
  va_start(rest, flags);
  const mode_t mode = stemma::disk::mode_of(flags, rest);
  va_end(rest);
  return stemma::disk::open_at(at, path, flags, mode);
}
int open64(const char* path, int flags, ...) __attribute__((alias("open")));
int openat64(int at, const char* path, int flags, ...) __attribute__((alias("openat")));

DIR* opendir(const char* path) {
  const int descriptor =
      stemma::disk::open_at(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC, 0);
  return descriptor < 0 ? nullptr : fdopendir(descriptor);
}

int close(int descriptor) {
  const stemma::disk::Turn turn;
  if (turn) turn->closed(descriptor);
  return static_cast<int>(syscall(SYS_close, descriptor));
}

ssize_t read(int descriptor, void* bytes, size_t size) {
  return on_file(descriptor, Call::read, {},
                 [&](bool) { return syscall(SYS_read, descriptor, bytes, size); });
}
ssize_t pread(int descriptor, void* bytes, size_t size, off_t at) {
  return on_file(descriptor, Call::read, {},
                 [&](bool) { return syscall(SYS_pread64, descriptor, bytes, size, at); });
}
ssize_t pread64(int descriptor, void* bytes, size_t size, off_t at) __attribute__((alias("pread")));

ssize_t write(int descriptor, const void* bytes, size_t size) {
  return stemma::disk::write_at(descriptor, bytes, size, std::nullopt);
}
ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t at) {
  return stemma::disk::write_at(descriptor, bytes, size, at);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off_t at)
    __attribute__((alias("pwrite")));
ssize_t writev(int descriptor, const iovec* parts, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) {
    all.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  }
  return stemma::disk::write_at(descriptor, all.data(), all.size(), std::nullopt);
}

int fsync(int descriptor) {
  return static_cast<int>(stemma::disk::sync(descriptor, Call::fsync, SYS_fsync));
}
int fdatasync(int descriptor) {
  return static_cast<int>(stemma::disk::sync(descriptor, Call::fdatasync, SYS_fdatasync));
}

int ftruncate(int descriptor, off_t size) noexcept {
  return static_cast<int>(
      on_file(descriptor, Call::resize,
              Operation{.kind = Kind::resize, .offset = static_cast<std::uint64_t>(size)},
              [&](bool) { return syscall(SYS_ftruncate, descriptor, size); }));
}
int ftruncate64(int descriptor, off_t size) noexcept __attribute__((alias("ftruncate")));

int rename(const char* from, const char* to) noexcept {
  return stemma::disk::rename_at(AT_FDCWD, from, AT_FDCWD, to);
}
int renameat(int from_at, const char* from, int to_at, const char* to) noexcept {
  return stemma::disk::rename_at(from_at, from, to_at, to);
}

int unlink(const char* path) noexcept { return stemma::disk::remove_at(AT_FDCWD, path, 0); }
int unlinkat(int at, const char* path, int flags) noexcept {
  return stemma::disk::remove_at(at, path, flags);
}
int rmdir(const char* path) noexcept {
  return stemma::disk::remove_at(AT_FDCWD, path, AT_REMOVEDIR);
}
int remove(const char* path) noexcept {
  const int result = unlink(path);
  return result != 0 && (errno == EISDIR || errno == EPERM) ? rmdir(path) : result;
}

int mkdir(const char* path, mode_t mode) noexcept {
  return on_name(AT_FDCWD, path, Call::make_folder, Operation{.kind = Kind::make_folder},
                 [&] { return syscall(SYS_mkdirat, AT_FDCWD, path, mode); });
}
int chmod(const char* path, mode_t mode) noexcept {
  return on_name(AT_FDCWD, path, Call::permit, {},
                 [&] { return syscall(SYS_fchmodat, AT_FDCWD, path, mode); });
}
int fchmodat(int at, const char* path, mode_t mode, int) noexcept {
  return on_name(at, path, Call::permit, {}, [&] { return syscall(SYS_fchmodat, at, path, mode); });
}

int stat(const char* path, struct stat* facts) noexcept {
  return stemma::disk::examine_at(AT_FDCWD, path, facts, 0);
}
int lstat(const char* path, struct stat* facts) noexcept {
  return stemma::disk::examine_at(AT_FDCWD, path, facts, AT_SYMLINK_NOFOLLOW);
}
int fstatat(int at, const char* path, struct stat* facts, int flags) noexcept {
  return stemma::disk::examine_at(at, path, facts, flags);
}
int fstat(int descriptor, struct stat* facts) noexcept {
  return static_cast<int>(on_file(descriptor, Call::examine, {},
                                  [&](bool) { return syscall(SYS_fstat, descriptor, facts); }));
}

void* mmap(void* address, size_t size, int protection, int flags, int descriptor,
           off_t at) noexcept {
  const long mapped = on_file(descriptor, Call::map, {}, [&](bool) {
    return syscall(SYS_mmap, address, size, protection, flags, descriptor, at);
  });
  return reinterpret_cast<void*>(mapped);  // -1 is MAP_FAILED
}
void* mmap64(void* address, size_t size, int protection, int flags, int descriptor,
             off_t at) noexcept __attribute__((alias("mmap")));

int fcntl(int descriptor, int command, ...) {
  std::va_list rest;
  va_start(rest, command);
  void* const argument = va_arg(rest, void*);
  va_end(rest);
  const auto perform = [&](bool) { return syscall(SYS_fcntl, descriptor, command, argument); };
  const bool locks = command == F_SETLK || command == F_OFD_SETLK;
  if (!locks) return static_cast<int>(perform(false));
  return static_cast<int>(on_file(descriptor, Call::lock, {}, perform));
}
int fcntl64(int descriptor, int command, ...) __attribute__((alias("fcntl")));

}  // extern "C"
#pragma GCC visibility pop
