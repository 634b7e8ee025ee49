// Every system call here may be interrupted, cut short or refused; each such case either goes on
// correctly or throws an Error that names the file, the call's purpose and the system's reason.
//
// A failed fsync is never tried again: Linux reports a lost write once and then forgets it, so the
// only safe answer is to give the file up.
#include "base/files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "base/descriptor.h"
#include "stemma/error.h"

namespace stemma {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 18U;
constexpr std::size_t kMaxCallBytes = std::size_t{1} << 30U;  // Linux moves at most 2 GiB a call
constexpr std::chrono::milliseconds kLockPoll{5};

std::string hint_for(int reason) {
  switch (reason) {
    case EACCES:
    case EPERM:
    case EROFS:
      return "check who owns it and whether this user may read and write there";
    case ENOSPC:
    case EDQUOT:
      return "free some disk space and try again; what was committed before is intact";
    case EMFILE:
    case ENFILE:
      return "raise the limit of open files (ulimit -n)";
    case EIO:
      return "the disk reports a fault; see the system log";
    default:
      return {};
  }
}

[[noreturn]] void fail(const std::string& action, const std::filesystem::path& path, int reason,
                       Error::Kind kind = Error::Kind::io) {
  throw Error(kind,
              "cannot " + action + " '" + path.string() +
                  "': " + std::error_code(reason, std::generic_category()).message(),
              hint_for(reason));
}

int open_retrying(const std::filesystem::path& path, int flags, mode_t mode = 0) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

/// Opens a regular file for reading and gives its size. O_NONBLOCK: a FIFO must not hang the open.
int open_regular(const std::filesystem::path& path, std::uint64_t& size) {
  const int descriptor = open_retrying(path, O_RDONLY | O_NONBLOCK);
  if (descriptor < 0) {
    const bool absent = errno == ENOENT || errno == ENOTDIR;
    fail("open", path, errno, absent ? Error::Kind::not_found : Error::Kind::io);
  }
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) {
    const int reason = errno;
    ::close(descriptor);
    fail("examine", path, reason);
  }
  if (!S_ISREG(facts.st_mode)) {
    ::close(descriptor);
    throw Error(Error::Kind::io, "cannot read '" + path.string() + "': not a regular file");
  }
  size = static_cast<std::uint64_t>(facts.st_size);
  return descriptor;
}

void sync_descriptor(int descriptor, const std::filesystem::path& path) {
  int result = 0;
  do {
    result = ::fsync(descriptor);
  } while (result != 0 && errno == EINTR);
  if (result != 0) fail("bring to disk", path, errno);
}

void write_all(int descriptor, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written =
        ::write(descriptor, bytes.data(), std::min(bytes.size(), kMaxCallBytes));
    if (written < 0) {
      if (errno == EINTR) continue;
      fail("write", path, errno);
    }
    if (written == 0) fail("write", path, ENOSPC);  // never seen on Linux, but it must not loop
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void throw_as_error(const std::filesystem::filesystem_error& error) {
  throw Error(Error::Kind::io, error.what(), hint_for(error.code().value()));
}

MappedFile::MappedFile(const std::filesystem::path& path) {
  std::uint64_t size = 0;
  const Descriptor file(open_regular(path, size));
  if (size == 0) return;
  if (size > SIZE_MAX / 2) fail("map", path, EOVERFLOW);
  size_ = static_cast<std::size_t>(size);
  void* const address = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file.get(), 0);
  if (address == MAP_FAILED) {
    size_ = 0;
    fail("map", path, errno);
  }
  data_ = static_cast<const std::uint8_t*>(address);
}

MappedFile::~MappedFile() {
  // munmap takes void*; nothing is written through it.
  if (data_ != nullptr) ::munmap(const_cast<std::uint8_t*>(data_), size_);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

NewFile::NewFile(std::filesystem::path path) : path_(std::move(path)), temporary_(path_) {
  temporary_ += ".tmp";
  // A crash may have left one behind; whoever writes here holds the writer's lock.
  if (::unlink(temporary_.c_str()) != 0 && errno != ENOENT) fail("replace", temporary_, errno);
  descriptor_ = open_retrying(temporary_, O_RDWR | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
  if (descriptor_ < 0) fail("create", temporary_, errno);
}

NewFile::~NewFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!published_) ::unlink(temporary_.c_str());
}

void NewFile::append(Bytes bytes) {
  assert(!published_);
  synced_ = false;
  size_ += bytes.size();
  if (buffer_.size() + bytes.size() > kBufferBytes) flush();
  if (bytes.size() > kBufferBytes) {
    write_all(descriptor_, as_text(bytes), temporary_);
  } else {
    if (buffer_.capacity() < kBufferBytes) buffer_.reserve(kBufferBytes);
    buffer_.append(as_text(bytes));
  }
}

void NewFile::flush() {
  write_all(descriptor_, buffer_, temporary_);
  buffer_.clear();
}

void NewFile::sync() {
  if (synced_) return;
  flush();
  sync_descriptor(descriptor_, temporary_);
  synced_ = true;
}

void NewFile::publish() {
  sync();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("rename to", path_, errno);
  published_ = true;
}

std::uint64_t size_of_file(const std::filesystem::path& path) {
  return with_file_errors([&] { return std::filesystem::file_size(path); });
}

void sync_directory(const std::filesystem::path& directory) {
  const std::filesystem::path name = directory.empty() ? "." : directory;
  const Descriptor file(open_retrying(name, O_RDONLY | O_DIRECTORY));
  if (file.get() < 0) fail("open the directory", name, errno);
  sync_descriptor(file.get(), name);
}

void make_durable_directory(const std::filesystem::path& directory) {
  const std::filesystem::path whole = std::filesystem::absolute(directory / "").parent_path();
  std::filesystem::path lowest_there = whole.parent_path();
  while (!std::filesystem::exists(lowest_there)) lowest_there = lowest_there.parent_path();
  std::error_code failed;
  std::filesystem::create_directories(whole, failed);
  if (failed) {
    throw Error(Error::Kind::io, "cannot make " + directory.string() + ": " + failed.message(),
                "check the path and its permissions");
  }
  std::filesystem::permissions(whole, std::filesystem::perms::owner_all);
  for (std::filesystem::path above = whole.parent_path();; above = above.parent_path()) {
    try {
      sync_directory(above);
    } catch (const Error&) {
      // Further up, a writer that died may have made them, but most are not ours to sync.
      if (above.native().size() < lowest_there.native().size()) return;
      throw;
    }
    if (above == above.root_path()) return;
  }
}

void replace_file(const std::filesystem::path& path, std::string_view bytes) {
  NewFile file(path);
  file.append(bytes);
  file.publish();
  sync_directory(path.parent_path());
}

std::string read_file(const std::filesystem::path& path, std::uint64_t max_bytes) {
  std::uint64_t size = 0;
  const Descriptor file(open_regular(path, size));
  const auto too_long = [&](std::uint64_t length) {
    return Error(Error::Kind::limit, "'" + path.string() + "' has " + std::to_string(length) +
                                         " bytes or more; at most " + std::to_string(max_bytes) +
                                         " are read");
  };
  if (size > max_bytes) throw too_long(size);
  std::string content;
  content.reserve(static_cast<std::size_t>(size));
  std::string piece(kBufferBytes, '\0');
  // To the end of the file, not to the size seen before: files in /proc say 0, others may grow.
  for (;;) {
    const ssize_t got = ::read(file.get(), piece.data(), piece.size());
    if (got < 0) {
      if (errno == EINTR) continue;
      fail("read", path, errno);
    }
    if (got == 0) return content;
    content.append(piece, 0, static_cast<std::size_t>(got));
    if (content.size() > max_bytes) throw too_long(content.size());
  }
}

FileLock::FileLock(const std::filesystem::path& path, double wait_seconds) {
  descriptor_ = open_retrying(path, O_RDWR | O_CREAT | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (descriptor_ < 0) fail("open the lock", path, errno);
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::duration<double>(wait_seconds);
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  try {
    while (::fcntl(descriptor_, F_OFD_SETLK, &whole) != 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EACCES) fail("lock", path, errno);
      if (std::chrono::steady_clock::now() >= deadline) {
        char text[32] = {};
        const ssize_t got = ::pread(descriptor_, text, sizeof text - 1, 0);
        std::string holder(text, got > 0 ? static_cast<std::size_t>(got) : 0);
        holder.erase(
            std::find_if(holder.begin(), holder.end(), [](char c) { return c < '0' || c > '9'; }),
            holder.end());
        throw Error(Error::Kind::locked,
                    "'" + path.string() + "' is locked by another writer" +
                        (holder.empty() ? "" : " (process " + holder + ")"),
                    "wait until it is done; reading is possible meanwhile");
      }
      std::this_thread::sleep_for(kLockPoll);
    }
    if (::ftruncate(descriptor_, 0) != 0) fail("write", path, errno);
    const std::string text = std::to_string(::getpid()) + "\n";
    write_all(descriptor_, text, path);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

FileLock::~FileLock() {
  // A stale number would only mislead the next error message, so a failure here changes nothing.
  [[maybe_unused]] const int ignored = ::ftruncate(descriptor_, 0);
  ::close(descriptor_);
}

}  // namespace stemma
