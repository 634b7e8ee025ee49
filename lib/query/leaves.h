// From one token to one leaf of the tree (or a few): words, compounds, phrases, patterns, values.
//
// Analysis decides what a word is; this decides what becomes of it where it stands:
//
//   typed                  becomes
//   ship                   its stems
//   co-operation, a.b      the phrase of the parts' stems (as Xapian: punctuation makes a phrase)
//   C++                    the whole, verbatim, AND the stem of `c` (the whole has no count)
//   U.S., #MeToo           the part's stems (us, metoo)
//   a,b                    two words
//   "ship", ship beside NEAR    its verbatim forms; ~ makes them stems
//   =ship                  these very letters: word terms and raw terms
//   ship* *ip s?ip ship~1  a pattern
//   source:x year:>5 …     a condition without weight (values.cpp)
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyzer.h"
#include "base/term.h"
#include "query/lexer.h"
#include "query/node.h"
#include "query/notes.h"
#include "query/parser.h"

namespace stemma::query {

inline constexpr std::size_t kMaxClauses = 1024;

/// What the brackets and operators around a token say about it.
struct Scope {
  std::string field;        ///< of `field:( … )`
  bool positional = false;  ///< beside NEAR or ADJ: words are verbatim
  bool stemmed = false;     ///< inside `~( … )`
};

class Leaves {
 public:
  Leaves(const ParseContext& context, const ParseOptions& options, Notes& notes)
      : context_(context), options_(options), notes_(notes) {}

  /// A tree for a token of kind words or phrase; `nothing` if it holds no word.
  [[nodiscard]] Node read(const Token& token, const Scope& scope);
  /// Every word of `text`, whatever it is.
  [[nodiscard]] Node read_plain(std::string_view text);

  /// Takes `count` clauses of the 1,024. Past them it notes, once, that the query is cut at
  /// `offset`, and returns false.
  bool take(std::size_t count, std::size_t offset);
  /// The limit was met: what follows is left out.
  [[nodiscard]] bool cut() const { return cut_; }

 private:
  enum class Mode { stemmed, verbatim };

  /// Words that stand for one place in a list: a word or a compound.
  struct Piece {
    const analysis::QueryWord* whole = nullptr;
    std::vector<const analysis::QueryWord*> parts;
  };

  Node read_text(const Token& token, const std::string& field, const Scope& scope);
  Node read_words(const Token& token, std::string_view text, const std::string& field, Mode mode);
  Node read_exact(const Token& token, const std::string& field);
  Node read_phrase(const Token& token, const std::string& field, Mode mode);
  Node read_pattern(const Token& token, const std::string& field, bool& is_pattern);
  Node make_pattern(PatternKind kind, const std::string& text, const std::string& field);

  Node read_value(const Token& token, const std::string& field);
  Node read_field_text(const Token& token, std::string_view text, const std::string& field);
  Node read_date(const Token& token);
  Node read_metadata(const Token& token, const std::string& field);
  Node range_nodes(const Token& token, const std::string& field, std::string_view text);

  [[nodiscard]] std::vector<analysis::QueryWord> analyze(std::string_view text) const;
  [[nodiscard]] static std::vector<Piece> pieces_of(const std::vector<analysis::QueryWord>& words,
                                                    std::string_view text);
  [[nodiscard]] Node piece_node(const Piece& piece, const std::string& field, Mode mode);
  /// In scripts without spaces a word is two letters, and the next starts with the second.
  [[nodiscard]] static bool overlaps_next(const Piece& piece, std::size_t part);
  void append_slots(const Piece& piece, const std::string& field, Mode mode,
                    std::vector<Word>& slots) const;
  [[nodiscard]] Node combine(std::vector<Node> nodes) const;
  [[nodiscard]] Word make_word(const analysis::QueryWord& word, const std::string& field,
                               Mode mode) const;
  [[nodiscard]] Word exact_word(std::string text, const std::string& field) const;
  [[nodiscard]] Node word_node(Word word, const std::string& field, ByteRange typed) const;
  [[nodiscard]] Node phrase_node(std::vector<Word> slots, const std::string& field) const;

  const ParseContext& context_;
  const ParseOptions& options_;
  Notes& notes_;
  std::size_t clauses_ = 0;
  bool cut_ = false;
};

/// The layer of the title alone, if the field is title.
[[nodiscard]] TermLayer layer_in(const std::string& field, TermLayer layer);

}  // namespace stemma::query
