// See progress.h.
#include "progress.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "json_records.h"

namespace stemma::command {

namespace {

constexpr auto kInterval = std::chrono::milliseconds(100);

std::string decimal(double value, int digits) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  return buffer;
}

bool can_draw(const Stream& stream) {
  const char* terminal = std::getenv("TERM");
  return stream.is_terminal() && terminal != nullptr && *terminal != '\0' &&
         std::string(terminal) != "dumb";
}

}  // namespace

Progress::Progress(Console& console, ProgressMode mode, std::string items, std::uint64_t total)
    : console_(console),
      mode_(mode),
      bar_(can_draw(console.err())),
      items_(std::move(items)),
      total_(total),
      start_(Clock::now()),
      next_(start_ + kInterval) {}

Progress::~Progress() {
  try {
    finish();
  } catch (...) {  // the other end of standard error is gone: nobody is left to tell
    drawn_ = false;
  }
}

double Progress::seconds() const {
  return std::chrono::duration<double>(Clock::now() - start_).count();
}

void Progress::update(std::uint64_t count, std::uint64_t done) {
  if (mode_ == ProgressMode::none || (mode_ == ProgressMode::automatic && !bar_)) return;
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + kInterval;
  if (mode_ == ProgressMode::json) {
    console_.err().bytes(progress_record(items_, count, done, total_, seconds()));
    console_.err().flush();
  } else {
    draw(count, done);
  }
}

void Progress::draw(std::uint64_t count, std::uint64_t done) {
  const double elapsed = std::max(seconds(), 0.001);
  std::string line = count_text(count) + " " + items_ + ", " +
                     count_text(static_cast<std::uint64_t>(static_cast<double>(count) / elapsed)) +
                     "/s";
  if (total_ > 0) {
    // Bytes of text only approach bytes of files: never claim the end before it is there.
    const double part = std::min(0.99, static_cast<double>(done) / static_cast<double>(total_));
    constexpr std::size_t kCells = 24;
    const auto full = static_cast<std::size_t>(part * kCells);
    std::string bar = "[" + std::string(full, '#') + std::string(kCells - full, '.') + "] ";
    line = bar + decimal(part * 100, 0) + "%  " + line;
    if (part > 0.005 && elapsed > 1) {
      line += ", about " + duration_text(elapsed / part - elapsed) + " left";
    }
  }
  const std::size_t width = std::max(20U, console_.err().width()) - 1;
  if (line.size() > width) line.resize(width);
  console_.err().bytes("\r" + line + "\x1b[K");
  console_.err().flush();
  drawn_ = true;
}

void Progress::finish() {
  if (!drawn_) return;
  drawn_ = false;
  console_.err().bytes("\r\x1b[K");
  console_.err().flush();
}

std::string duration_text(double seconds) {
  if (seconds < 0.0995) return decimal(seconds * 1000, seconds < 0.00995 ? 1 : 0) + " ms";
  if (seconds < 9.95) return decimal(seconds, 1) + " s";
  const auto whole = static_cast<std::uint64_t>(std::lround(seconds));
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) {
    return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  }
  return std::to_string(whole / 3600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
  double value = static_cast<double>(bytes);
  const char* unit = "";
  for (const char* next : {"kB", "MB", "GB", "TB"}) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  return decimal(value, value < 9.95 ? 1 : 0) + " " + unit;
}

std::string count_text(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string count_text(std::uint64_t count, const std::string& noun) {
  return count_text(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace stemma::command
