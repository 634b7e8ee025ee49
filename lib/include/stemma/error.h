// Every failure of the library is an Error: what went wrong, and the way out.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>

namespace stemma {

/// A failure. `what()` says what, where, expected and got; `hint()` says what to try.
/// Absence is no failure: functions that may find nothing return std::optional.
class Error : public std::runtime_error {
 public:
  enum class Kind {
    not_found,         ///< no index, no file
    invalid_argument,  ///< the caller's value is outside what is allowed
    bad_query,         ///< strict parsing only; `offset()` is the byte in the query
    limit,             ///< input exceeds a documented limit
    cancelled,         ///< the caller's callback asked to stop, or a deadline passed
    locked,            ///< another writer holds the index
    wrong_version,     ///< format or analyzer differs from this build's
    corrupt,           ///< stored bytes fail their checks
    io,                ///< the operating system refused
  };

  static constexpr std::size_t kNoOffset = static_cast<std::size_t>(-1);

  Error(Kind kind, const std::string& message, std::string hint = {},
        std::size_t offset = kNoOffset)
      : std::runtime_error(message), kind_(kind), hint_(std::move(hint)), offset_(offset) {}

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }
  /// Byte offset in the query text, or kNoOffset.
  [[nodiscard]] std::size_t offset() const noexcept { return offset_; }

 private:
  Kind kind_;
  std::string hint_;
  std::size_t offset_;
};

}  // namespace stemma
