// Xapian's exceptions end here, as Error. A damaged glass database also raises plain std::exception
// (std::length_error from a torn size field, measured), so both are caught.
#pragma once

#include <xapian.h>

#include <exception>
#include <filesystem>
#include <new>
#include <string>
#include <utility>

#include "stemma/error.h"

namespace stemma::store {

[[noreturn]] inline void throw_translated(const std::filesystem::path& directory,
                                          const char* doing) {
  const std::string where = std::string(doing) + " in store " + directory.string() + ": ";
  const char* restore =
      "run `stemma check`; `stemma restore` makes a damaged store anew from the segments";
  try {
    throw;
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const Xapian::DatabaseLockError& error) {
    throw Error(Error::Kind::locked, where + error.get_msg(), "wait for the other writer");
  } catch (const Xapian::DatabaseVersionError& error) {
    throw Error(Error::Kind::wrong_version, where + error.get_msg(),
                "use the Xapian 1.4 library that made this store");
  } catch (const Xapian::DatabaseCorruptError& error) {
    throw Error(Error::Kind::corrupt, where + error.get_msg(), restore);
  } catch (const Xapian::DatabaseOpeningError& error) {
    throw Error(Error::Kind::corrupt, where + error.get_msg(), restore);
  } catch (const Xapian::Error& error) {
    const char* cause = error.get_error_string();
    throw Error(
        Error::Kind::io,
        where + error.get_msg() + (cause == nullptr ? std::string() : std::string(": ") + cause),
        "check disk space and permissions");
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
