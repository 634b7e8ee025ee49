// One pass cuts the text at its spaces, into a table on the stack; then each piece becomes a word.
#include "query/simple_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analysis/plain_words.h"
#include "base/term.h"
#include "query/compose.h"

namespace stemma::query {
namespace {

constexpr std::size_t kMostBytes = 1024;
constexpr std::size_t kMostPieces = 32;

bool is_letter_or_digit(char byte) {
  const auto small = static_cast<unsigned char>(byte | 0x20);
  return (small >= 'a' && small <= 'z') || (byte >= '0' && byte <= '9');
}

struct Piece {
  ByteRange typed;
  bool is_or = false;
};

struct Pieces {
  std::array<Piece, kMostPieces> room;
  std::size_t size = 0;
  std::size_t alternatives = 1;  // one more than there are ORs
  [[nodiscard]] std::span<const Piece> all() const { return std::span(room).first(size); }
};

/// An operator, or a word that may have been meant as one: there is more to say of these.
bool may_be_operator(std::string_view word) {
  if (word.size() < 2 || word.size() > 4) return false;
  for (const std::string_view other :
       {"AND", "OR", "XOR", "NOT", "NEAR", "ADJ", "or", "xor", "not"}) {
    if (word == other) return true;
  }
  return false;
}

bool is_shouted(std::string_view word) {
  bool upper = false;
  for (const char byte : word) {
    if (byte >= 'a' && byte <= 'z') return false;
    upper = upper || (byte >= 'A' && byte <= 'Z');
  }
  return upper;
}

class SimpleText {
 public:
  SimpleText(const ParseContext& context, const ParseOptions& options)
      : options_(options), words_(context.analyzer, context.languages) {}

  std::optional<Node> read(std::string_view text) {
    if (text.size() > kMostBytes) return std::nullopt;
    text_ = text;
    std::size_t begin = 0;
    std::size_t end = text.size();
    while (begin < end && text[begin] == ' ') ++begin;
    while (begin < end && text[end - 1] == ' ') --end;
    if (begin == end) return std::nullopt;
    if (text[begin] != '"') {
      if (!cut(begin, end) || !or_stands_between_words()) return std::nullopt;
      return pieces_.alternatives == 1 ? list(pieces_.all()) : either();
    }
    in_phrase_ = true;
    if (end - begin < 2 || text[end - 1] != '"' || !cut(begin + 1, end - 1)) return std::nullopt;
    Node node = phrase();
    node.typed = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    return node;
  }

 private:
  // False if there is anything but spaces and words that need no other rules.
  bool cut(std::size_t at, std::size_t end) {
    while (true) {
      while (at < end && text_[at] == ' ') ++at;
      if (at == end) return pieces_.size > 0;
      const std::size_t begin = at;
      while (at < end && is_letter_or_digit(text_[at])) ++at;
      if (at < end && text_[at] != ' ') return false;
      if (!add({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)})) return false;
    }
  }

  [[nodiscard]] std::string_view text_of(const Piece& piece) const {
    return text_.substr(piece.typed.begin, piece.typed.end - piece.typed.begin);
  }

  bool add(ByteRange typed) {
    if (pieces_.size == kMostPieces) return false;
    Piece& piece = pieces_.room[pieces_.size++];
    piece.typed = typed;
    const std::string_view word = text_of(piece);
    if (!words_.takes(word)) return false;
    if (in_phrase_ || !may_be_operator(word)) return true;
    if (word != "OR") return false;
    piece.is_or = true;
    ++pieces_.alternatives;
    return true;
  }

  // And if all is in capital letters, it is doubtful what was meant.
  [[nodiscard]] bool or_stands_between_words() const {
    if (pieces_.alternatives == 1) return true;
    bool after_or = true;
    bool shouted = true;
    for (const Piece& piece : pieces_.all()) {
      if (piece.is_or && after_or) return false;
      after_or = piece.is_or;
      shouted = shouted && is_shouted(text_of(piece));
    }
    return !after_or && !shouted;
  }

  Node either() {
    std::vector<Node> lists;
    lists.reserve(pieces_.alternatives);
    std::span<const Piece> rest = pieces_.all();
    while (!rest.empty()) {
      std::size_t size = 0;
      while (size < rest.size() && !rest[size].is_or) ++size;
      lists.push_back(list(rest.first(size)));
      rest = rest.subspan(std::min(size + 1, rest.size()));
    }
    return make_any(std::move(lists));
  }

  Node list(std::span<const Piece> pieces) {
    if (pieces.size() == 1) return word_node(pieces.front());
    std::vector<Node> nodes;
    nodes.reserve(pieces.size());
    for (const Piece& piece : pieces) nodes.push_back(word_node(piece));
    return options_.any ? make_any(std::move(nodes)) : make_all(std::move(nodes));
  }

  Node word_node(const Piece& piece) {
    Node node;
    node.kind = NodeKind::word;
    node.typed = piece.typed;
    node.word.text = words_.form(text_of(piece));
    node.word.terms = words_.stems(node.word.text);
    node.word.stemmed = !node.word.terms.empty();
    for (std::string& stem : node.word.terms) {
      stem.insert(stem.begin(), static_cast<char>(TermLayer::stem));
    }
    if (!node.word.stemmed) set_verbatim(node.word);
    return node;
  }

  static void set_verbatim(Word& word) {
    word.terms.push_back(term_key(TermLayer::word, word.text));
  }

  Node phrase() {
    Node node;
    node.kind = pieces_.size == 1 ? NodeKind::word : NodeKind::phrase;
    if (pieces_.size > 1) node.slots.resize(pieces_.size);
    for (std::size_t i = 0; i < pieces_.size; ++i) {
      Word& word = pieces_.size == 1 ? node.word : node.slots[i];
      word.text = words_.form(text_of(pieces_.room[i]));
      set_verbatim(word);
    }
    return node;
  }

  const ParseOptions& options_;
  analysis::PlainWords words_;
  std::string_view text_;
  bool in_phrase_ = false;
  Pieces pieces_;
};

}  // namespace

std::optional<Node> read_simple(std::string_view text, const ParseContext& context,
                                const ParseOptions& options) {
  return SimpleText(context, options).read(text);
}

}  // namespace stemma::query
