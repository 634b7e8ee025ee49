// See console.h.
#include "console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "stemma/error.h"

namespace stemma::command {

namespace {

constexpr std::size_t kBufferBytes = 64 << 10;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string_view sequence(Style style) {
  switch (style) {
    case Style::plain:
      return "\x1b[0m";
    case Style::title:
      return "\x1b[1m";
    case Style::key:
      return "\x1b[36m";
    case Style::match:
      return "\x1b[1;31m";
    case Style::dim:
      return "\x1b[2m";
    case Style::warning:
      return "\x1b[33m";
    case Style::error:
      return "\x1b[1;31m";
  }
  return "";
}

}  // namespace

Stream::Stream(int descriptor) : descriptor_(descriptor), is_terminal_(::isatty(descriptor) == 1) {
  set_colour(ColourChoice::automatic);
}

// https://no-color.org and CLICOLOR: what was asked for on the command line wins, then a wish
// against colour, then a wish for it, then what the terminal can do.
void Stream::set_colour(ColourChoice choice) {
  const std::string force = environment("CLICOLOR_FORCE");
  if (choice != ColourChoice::automatic) {
    has_colour_ = choice == ColourChoice::always;
  } else if (!environment("NO_COLOR").empty()) {
    has_colour_ = false;
  } else if (!force.empty() && force != "0") {
    has_colour_ = true;
  } else {
    const std::string terminal = environment("TERM");
    has_colour_ = is_terminal_ && !terminal.empty() && terminal != "dumb";
  }
}

void Stream::text(std::string_view text) { bytes(printable(text, Lines::keep)); }
void Stream::field(std::string_view text) { bytes(printable(text, Lines::join)); }

void Stream::style(Style style) {
  if (has_colour_) bytes(sequence(style));
}

void Stream::styled(Style wanted, std::string_view one_line) {
  style(wanted);
  field(one_line);
  style(Style::plain);
}

void Stream::bytes(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBufferBytes) flush();
}

void Stream::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    const int reason = errno;
    if (reason == EINTR) continue;
    buffer_.clear();
    if (reason == EPIPE) throw PipeClosed{};
    throw Error(Error::Kind::io, std::string("cannot write the output: ") + std::strerror(reason),
                "is the disk full, or the output closed?");
  }
  buffer_.clear();
}

unsigned Stream::width() const {
  winsize size{};
  if (::ioctl(descriptor_, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

void Console::set_colour(ColourChoice choice) {
  out_.set_colour(choice);
  err_.set_colour(choice);
}

void Console::note(Style style, std::string_view label, std::string_view message,
                   std::string_view hint) {
  out_.flush();
  err_.styled(style, label);
  err_.bytes(": ");
  err_.text(message);
  err_.bytes("\n");
  if (!hint.empty()) {
    err_.styled(Style::dim, "  hint");
    err_.bytes(": ");
    err_.text(hint);
    err_.bytes("\n");
  }
  err_.flush();
}

}  // namespace stemma::command
