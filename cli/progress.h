// How far long work has come, on standard error: a bar with rate and time left on a terminal, JSON
// Lines for programs, or nothing. At most ten times a second.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "console.h"

namespace stemma::command {

enum class ProgressMode { automatic, json, none };

class Progress {
 public:
  /// `total` is in the unit of `done` below; 0 if unknown. `items` names what is counted.
  Progress(Console& console, ProgressMode mode, std::string items, std::uint64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `count` items, `done` of the total.
  void update(std::uint64_t count, std::uint64_t done);
  /// Takes the bar away; safe to call twice.
  void finish();
  [[nodiscard]] double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;
  void draw(std::uint64_t count, std::uint64_t done);

  Console& console_;
  ProgressMode mode_;
  bool bar_;
  std::string items_;
  std::uint64_t total_;
  Clock::time_point start_;
  Clock::time_point next_;
  bool drawn_ = false;
};

/// "0.8 s", "12 s", "3 min 20 s", "2 h 5 min".
[[nodiscard]] std::string duration_text(double seconds);
/// "171 bytes", "4.2 MB" (powers of 1000).
[[nodiscard]] std::string bytes_text(std::uint64_t bytes);
/// "21,578".
[[nodiscard]] std::string count_text(std::uint64_t count);
/// "1 article", "2,000 articles".
[[nodiscard]] std::string count_text(std::uint64_t count, const std::string& noun);

}  // namespace stemma::command
