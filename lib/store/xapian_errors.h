// Xapian's exceptions end here, as Error. A damaged glass database also raises plain std::exception
// (std::length_error from a torn size field, measured), so both are caught.
#pragma once

#include <xapian.h>

#include <cerrno>
#include <exception>
#include <filesystem>
#include <new>
#include <string>
#include <system_error>
#include <utility>

#include "stemma/error.h"

namespace stemma::store {

/// What the system said; empty if it was not asked or knows of no such file.
[[nodiscard]] inline std::string refusal(const Xapian::Error& error) {
  const char* cause = error.get_error_string();
  if (cause == nullptr || cause == std::generic_category().message(ENOENT)) return {};
  return std::string(": ") + cause;
}

/// Not if it is certainly missing.
[[nodiscard]] inline bool may_be_there(const std::filesystem::path& file) {
  std::error_code failed;
  return std::filesystem::exists(file, failed) || failed;
}

[[noreturn]] inline void throw_translated(const std::filesystem::path& directory,
                                          const char* doing) {
  const std::string where = std::string(doing) + " in store " + directory.string() + ": ";
  const char* restore =
      "run `stemma check`; `stemma restore` makes a damaged store anew from the segments";
  const char* make_room = "check disk space, permissions and the limit of open files";
  try {
    throw;
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const Xapian::DatabaseLockError& error) {
    // The same exception also says that the system gave no lock.
    if (error.get_msg().find("already locked") == std::string::npos) {
      throw Error(Error::Kind::io, where + error.get_msg(), make_room);
    }
    throw Error(Error::Kind::locked, where + error.get_msg(), "wait for the other writer");
  } catch (const Xapian::DatabaseVersionError& error) {
    throw Error(Error::Kind::wrong_version, where + error.get_msg(),
                "use the Xapian 1.4 library that made this store");
  } catch (const Xapian::DatabaseCorruptError& error) {
    throw Error(Error::Kind::corrupt, where + error.get_msg(), restore);
  } catch (const Xapian::DatabaseOpeningError& error) {
    // A file that is missing or says nonsense is damage; one that cannot be opened is not.
    std::string cause = refusal(error);
    if (cause.empty() && error.get_msg().find("No glass database") != std::string::npos &&
        may_be_there(directory / "iamglass")) {
      cause = ", but it may be there";
    }
    if (!cause.empty()) throw Error(Error::Kind::io, where + error.get_msg() + cause, make_room);
    throw Error(Error::Kind::corrupt, where + error.get_msg(), restore);
  } catch (const Xapian::Error& error) {
    throw Error(Error::Kind::io, where + error.get_msg() + refusal(error), make_room);
  } catch (const std::exception& error) {
    throw Error(Error::Kind::corrupt, where + error.what(), restore);
  }
}

/// Runs `action`, which may use Xapian; anything it throws leaves as Error (or std::bad_alloc).
template <class Action>
decltype(auto) translated(const std::filesystem::path& directory, const char* doing,
                          Action&& action) {
  try {
    return std::forward<Action>(action)();
  } catch (...) {
    throw_translated(directory, doing);
  }
}

}  // namespace stemma::store
