// Where everything the command says goes: standard output for data, standard error for the rest.
//
// Text passes printable() here and nowhere else, so no command can forget it; colour is the only
// control sequence that ever leaves, and only through style(). A reader that closes the pipe ends
// the command quietly.
#pragma once

#include <string>
#include <string_view>

#include "printable.h"

namespace stemma::command {

/// Thrown when the other end of standard output is gone.
struct PipeClosed {};

enum class ColourChoice { automatic, always, never };
enum class Style { plain, title, key, match, dim, warning, error };

/// A buffered stream of one file descriptor.
class Stream {
 public:
  explicit Stream(int descriptor);

  /// Made printable; line ends and tabs stay.
  void text(std::string_view text);
  /// Made printable, on one line.
  void field(std::string_view text);
  /// Colour from here on; nothing without colour.
  void style(Style style);
  void styled(Style style, std::string_view one_line);
  /// As they are: JSON, and keys for other programs.
  void bytes(std::string_view bytes);
  /// Throws PipeClosed, or Error{io} (a full disk).
  void flush();

  [[nodiscard]] bool is_terminal() const { return is_terminal_; }
  [[nodiscard]] bool has_colour() const { return has_colour_; }
  void set_colour(ColourChoice choice);
  /// Columns of the terminal, 80 if unknown.
  [[nodiscard]] unsigned width() const;

 private:
  int descriptor_;
  bool is_terminal_;
  bool has_colour_ = false;
  std::string buffer_;
};

/// Both streams. Notes flush the data first, so that a terminal shows them in order.
class Console {
 public:
  Console() : out_(1), err_(2) {}
  Stream& out() { return out_; }
  Stream& err() { return err_; }
  void set_colour(ColourChoice choice);
  /// One note, warning or error on standard error, with an optional way out.
  void note(Style style, std::string_view label, std::string_view message,
            std::string_view hint = {});

 private:
  Stream out_;
  Stream err_;
};

}  // namespace stemma::command
