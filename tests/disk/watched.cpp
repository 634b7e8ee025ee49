// Calls to the system are made directly here: the C library's functions are ourselves.
#include "disk/watched.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace stemma::disk {

Watched& Watched::instance() {
  static auto* const only = new Watched;
  return *only;
}

void Watched::watch(std::string folder) {
  folder_ = std::move(folder);
  active = true;
}

void Watched::record_to(int descriptor) {
  log_ = descriptor;
  changes_ = 0;
  record({.kind = Operation::Kind::start});
}

void Watched::set_fault(const std::optional<Fault>& fault) {
  fault_ = fault;
  if (fault) failed_ = false;
}

std::optional<std::string> Watched::name_of(int at, const char* path) const {
  std::string name = path == nullptr ? "" : path;
  if (name.empty()) return std::nullopt;
  if (name.front() != '/') {
    const OpenFile* const folder = find(at);
    if (folder == nullptr) return std::nullopt;
    if (name == ".") return folder->name;
    return folder->name.empty() ? name : folder->name + "/" + name;
  }
  if (name.compare(0, folder_.size(), folder_) != 0) return std::nullopt;
  name.erase(0, folder_.size());
  if (!name.empty() && name.front() != '/') return std::nullopt;
  name.erase(0, name.find_first_not_of('/'));
  while (!name.empty() && name.back() == '/') name.pop_back();
  return name;
}

const Watched::OpenFile* Watched::find(int descriptor) const {
  const auto found = files_.find(descriptor);
  return found == files_.end() ? nullptr : &found->second;
}

void Watched::opened(int descriptor, const std::string& name, bool may_create) {
  files_[descriptor] = {name, ++handles_};
  record({.kind = Operation::Kind::open,
          .handle = handles_,
          .offset = may_create ? 1U : 0U,
          .name = name});
}

Watched::Outcome Watched::next(Call call) {
  if (away_) return {};
  const std::uint32_t number = calls_[static_cast<std::size_t>(call)]++;
  const std::uint32_t of_all = calls_[static_cast<std::size_t>(Call::any)]++;
  if (!fault_ || (fault_->call != Call::any && fault_->call != call)) return {};
  const std::uint32_t reached = fault_->call == Call::any ? of_all : number;
  if (reached < fault_->number || (reached > fault_->number && !fault_->for_ever)) return {};
  failed_ = true;
  return {fault_->error, fault_->error == 0};
}

void Watched::record(const Operation& operation) {
  if (log_ < 0) return;
  const std::string bytes = encode(operation);
  std::size_t written = 0;
  while (written < bytes.size()) {
    const long more = syscall(SYS_write, log_, bytes.data() + written, bytes.size() - written);
    if (more <= 0) std::abort();
    written += static_cast<std::size_t>(more);
  }
  const bool change = operation.kind != Operation::Kind::start &&
                      operation.kind != Operation::Kind::note &&
                      (operation.kind != Operation::Kind::open || operation.offset != 0);
  if (change && changes_++ == last_change_) syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
}

void watch(const std::filesystem::path& folder) {
  Watched& disk = Watched::instance();
  const std::lock_guard guard(disk.mutex);
  disk.watch(std::filesystem::absolute(folder).lexically_normal().string());
}

void fail_at(const Fault& fault) {
  Watched& disk = Watched::instance();
  const std::lock_guard guard(disk.mutex);
  disk.set_fault(fault);
}

void stop_failing() {
  Watched& disk = Watched::instance();
  const std::lock_guard guard(disk.mutex);
  disk.set_fault(std::nullopt);
}

void look_away(bool away) {
  Watched& disk = Watched::instance();
  const std::lock_guard guard(disk.mutex);
  disk.look_away(away);
}

bool has_failed() {
  Watched& disk = Watched::instance();
  const std::lock_guard guard(disk.mutex);
  return disk.has_failed();
}

std::uint32_t calls(Call call) {
  Watched& disk = Watched::instance();
  const std::lock_guard guard(disk.mutex);
  return disk.calls(call);
}

void record(const std::filesystem::path& log) {
  const long descriptor = syscall(SYS_openat, AT_FDCWD, log.c_str(),
                                  O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) std::abort();
  Watched& disk = Watched::instance();
  const std::lock_guard guard(disk.mutex);
  disk.record_to(static_cast<int>(descriptor));
}

void note(std::string_view text) {
  Watched& disk = Watched::instance();
  const std::lock_guard guard(disk.mutex);
  disk.record({.kind = Operation::Kind::note, .text = std::string(text)});
}

void die_after(std::uint32_t change) {
  Watched& disk = Watched::instance();
  const std::lock_guard guard(disk.mutex);
  disk.die_after(change);
}

}  // namespace stemma::disk
