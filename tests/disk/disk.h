// A disk that fails when told to and remembers what was done to it.
//
// The shared library `disk` stands before the C library: a program linked with it, or started with
// it in LD_PRELOAD, makes every file call of its own and of its libraries (Xapian's too) through
// here. Calls below one watched folder are numbered by kind, may be made to fail, and may be
// recorded; all others pass. Syncs are counted and recorded and never performed, since no power is
// cut while a test runs: what a power cut would leave is computed from the record.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace stemma::disk {

/// Kinds of calls; each is numbered by itself. `any` is every one of them in one row.
enum class Call : std::uint8_t {
  any,
  open,
  read,
  write,
  fsync,
  fdatasync,
  rename,
  resize,  ///< ftruncate, posix_fallocate
  map,
  remove,       ///< unlink, rmdir
  make_folder,  ///< mkdir
  permit,       ///< chmod
  lock,         ///< fcntl with a lock
  examine,      ///< stat
};
inline constexpr std::size_t kCalls = 14;
inline constexpr std::array<std::string_view, kCalls> kCallNames = {
    "any",    "open", "read",   "write",       "fsync",  "fdatasync", "rename",
    "resize", "map",  "remove", "make_folder", "permit", "lock",      "examine"};

struct Fault {
  Call call = Call::any;
  std::uint32_t number = 0;  ///< of the call that fails, from 0
  int error = 0;             ///< errno; 0: only half of the bytes are written
  bool for_ever = false;     ///< all calls of this kind from then on
};

#define STEMMA_DISK_API __attribute__((visibility("default")))

/// From now on calls below `folder`, and on the folder itself, are seen.
STEMMA_DISK_API void watch(const std::filesystem::path& folder);

STEMMA_DISK_API void fail_at(const Fault& fault);
/// Nothing fails any more; numbering goes on.
STEMMA_DISK_API void stop_failing();
/// Calls pass unseen while it is true: those that a test makes to look at what it did.
STEMMA_DISK_API void look_away(bool away);
/// Whether the call that should fail was reached.
STEMMA_DISK_API bool has_failed();
STEMMA_DISK_API std::uint32_t calls(Call call);

/// Appends each change of the watched folder to `log`, in order (operation.h).
STEMMA_DISK_API void record(const std::filesystem::path& log);
/// Writes a line of the program's own between the changes.
STEMMA_DISK_API void note(std::string_view text);
/// SIGKILL right after change number `change` (from 0) since record().
STEMMA_DISK_API void die_after(std::uint32_t change);

}  // namespace stemma::disk
