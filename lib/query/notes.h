// What the reader of a query has to say to the person who typed it.
//
// Three voices: a *remark* tells how something legal was read; a *guess* tells that the text has no
// meaning as typed and how it was read instead; a *limit* tells that the text was cut. Strict
// parsing turns the last two into errors at their byte offset.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "stemma/error.h"
#include "stemma/searcher.h"

namespace stemma::query {

class Notes {
 public:
  explicit Notes(bool strict) : strict_(strict) {}

  void remark(std::size_t offset, std::string message, std::string hint) {
    add(offset, std::move(message), std::move(hint));
  }
  /// Throws Error{bad_query} if strict.
  void guess(std::size_t offset, std::string message, std::string hint) {
    if (strict_) throw Error(Error::Kind::bad_query, message, std::move(hint), offset);
    add(offset, std::move(message), std::move(hint));
  }
  /// Throws Error{limit} if strict.
  void limit(std::size_t offset, std::string message, std::string hint) {
    if (strict_) throw Error(Error::Kind::limit, message, std::move(hint), offset);
    add(offset, std::move(message), std::move(hint));
  }

  /// False once so many notes are taken that further ones are dropped: making them is in vain.
  [[nodiscard]] bool wanted() const { return strict_ || notes_.size() < kMaxNotes; }
  [[nodiscard]] std::vector<QueryNote> take() { return std::move(notes_); }

 private:
  // Nobody reads more, and a hostile text must not make thousands.
  static constexpr std::size_t kMaxNotes = 32;

  void add(std::size_t offset, std::string message, std::string hint) {
    if (notes_.size() >= kMaxNotes) return;
    notes_.push_back({offset, std::move(message), std::move(hint)});
  }

  bool strict_;
  std::vector<QueryNote> notes_;
};

}  // namespace stemma::query
