// Words, compounds and phrases of the text and of the title.
#include "query/leaves.h"

#include <algorithm>
#include <utility>

#include "query/compose.h"
#include "text/characters.h"
#include "text/look_alikes.h"
#include "text/utf8.h"

namespace stemma::query {
namespace {

using analysis::QueryWord;

/// Between two words of one run of characters: do they make a phrase, as Xapian's .-/:\@ do? Other
/// signs (comma, semicolon, plus, …) part them.
bool joins(std::string_view gap) {
  return gap.find_first_not_of(".-/:\\@'_&") == std::string_view::npos;
}

std::vector<std::string> keys(TermLayer layer, const std::vector<std::string>& texts) {
  std::vector<std::string> terms;
  terms.reserve(texts.size());
  for (const std::string& text : texts) terms.push_back(term_key(layer, text));
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

/// Then its folded form is text that analysis leaves alone the next time. Otherwise the doubt is in
/// the letters as typed; it may also arise with their case: Հ is no look-alike, հ is one of h.
bool has_one_reading(const QueryWord& word) {
  if (word.words.size() != 1) return false;
  const std::string& form = word.words.front();
  if (text::is_ascii(form)) return true;
  std::vector<text::Character> characters;
  text::CharacterReader().read(form, {0, static_cast<std::uint32_t>(form.size())}, characters);
  return !text::scripts_of(characters).doubtful();
}

/// C++, C#, A+: signs behind the word that tell it from another word. Signs before it (#MeToo,
/// @name) and the dots of initials do not.
bool has_sign_behind(const QueryWord& whole, const QueryWord& part) {
  return whole.bytes.begin == part.bytes.begin && whole.bytes.end > part.bytes.end &&
         (whole.text.back() == '+' || whole.text.back() == '#');
}

}  // namespace

TermLayer layer_in(const std::string& field, TermLayer layer) {
  if (field != "title") return layer;
  switch (layer) {
    case TermLayer::word:
      return TermLayer::title_word;
    case TermLayer::stem:
      return TermLayer::title_stem;
    case TermLayer::raw:
      return TermLayer::title_raw;
    default:
      return layer;
  }
}

bool Leaves::take(std::size_t count, std::size_t offset) {
  if (cut_) return false;
  clauses_ += count;
  if (clauses_ <= kMaxClauses) return true;
  cut_ = true;
  notes_.limit(offset, "the query has more than 1024 words; the rest was left out",
               "ask for fewer words");
  return false;
}

Node Leaves::read(const Token& token, const Scope& scope) {
  const std::string& field = token.field ? *token.field : scope.field;
  Node node =
      field.empty() || field == "title" ? read_text(token, field, scope) : read_value(token, field);
  node.typed = token.typed;
  if (token.boost) node = make_boost(std::move(node), *token.boost);
  return node;
}

Node Leaves::read_text(const Token& token, const std::string& field, const Scope& scope) {
  const bool stemmed = token.stemmed || scope.stemmed;
  if (token.kind == TokenKind::phrase) {
    return read_phrase(token, field, stemmed ? Mode::stemmed : Mode::verbatim);
  }
  bool is_pattern = false;
  Node pattern = read_pattern(token, field, is_pattern);
  if (is_pattern) return pattern;
  if (token.verbatim) return read_exact(token, field);
  return read_words(token, token.text, field,
                    scope.positional && !stemmed ? Mode::verbatim : Mode::stemmed);
}

std::vector<QueryWord> Leaves::analyze(std::string_view text) const {
  return context_.analyzer.analyze_query(text, context_.languages);
}

std::vector<Leaves::Piece> Leaves::pieces_of(const std::vector<QueryWord>& words,
                                             std::string_view text) {
  std::vector<Piece> pieces;
  std::size_t last_end = 0;   // of the last part
  std::size_t whole_end = 0;  // of the compound being read
  for (std::size_t i = 0; i < words.size(); ++i) {
    const QueryWord& word = words[i];
    const bool has_parts =
        i + 1 < words.size() && !words[i + 1].is_whole && words[i + 1].slot == word.slot;
    const bool whole = word.is_whole && has_parts;
    const bool inside = word.bytes.begin < whole_end;
    const bool continues =
        !pieces.empty() &&
        (inside ||
         joins(text.substr(std::min(last_end, text.size()),
                           word.bytes.begin - std::min<std::size_t>(last_end, word.bytes.begin))));
    if (!continues) pieces.emplace_back();
    if (whole) {
      whole_end = word.bytes.end;
      // A whole is the piece's own only if nothing else is in it.
      pieces.back().whole = continues ? nullptr : &word;
      continue;
    }
    if (!inside) pieces.back().whole = nullptr;
    pieces.back().parts.push_back(&word);
    last_end = std::max<std::size_t>(word.bytes.end, inside ? whole_end : 0);
  }
  return pieces;
}

Word Leaves::make_word(const QueryWord& word, const std::string& field, Mode mode) const {
  Word made;
  made.text = has_one_reading(word) ? word.words.front()
                                    : std::string(text::cut_utf8(word.text, kMaxWordBytes));
  made.stemmed = mode == Mode::stemmed && !word.stems.empty();
  made.terms = made.stemmed ? keys(layer_in(field, TermLayer::stem), word.stems)
                            : keys(layer_in(field, TermLayer::word), word.words);
  return made;
}

Word Leaves::exact_word(std::string text, const std::string& field) const {
  Word made;
  made.terms = keys(layer_in(field, TermLayer::word), {text});
  if (context_.analyzer.options().analyzer != AnalyzerKind::none) {
    made.terms.push_back(term_key(layer_in(field, TermLayer::raw), text));
    std::sort(made.terms.begin(), made.terms.end());
  }
  made.text = std::move(text);
  return made;
}

Node Leaves::word_node(Word word, const std::string& field, ByteRange typed) const {
  Node node;
  node.kind = NodeKind::word;
  node.typed = typed;
  node.field = field;
  node.word = std::move(word);
  return node;
}

Node Leaves::phrase_node(std::vector<Word> slots, const std::string& field) const {
  if (slots.empty()) return {};
  if (slots.size() == 1) return word_node(std::move(slots.front()), field, {});
  Node node;
  node.kind = NodeKind::phrase;
  node.field = field;
  node.slots = std::move(slots);
  return node;
}

bool Leaves::overlaps_next(const Piece& piece, std::size_t part) {
  return part + 1 < piece.parts.size() &&
         piece.parts[part + 1]->bytes.begin < piece.parts[part]->bytes.end;
}

void Leaves::append_slots(const Piece& piece, const std::string& field, Mode mode,
                          std::vector<Word>& slots) const {
  for (std::size_t i = 0; i < piece.parts.size(); ++i) {
    slots.push_back(make_word(*piece.parts[i], field, mode));
    slots.back().overlaps_next = overlaps_next(piece, i);
  }
}

Node Leaves::piece_node(const Piece& piece, const std::string& field, Mode mode) {
  if (piece.parts.size() == 1 && piece.whole != nullptr &&
      has_sign_behind(*piece.whole, *piece.parts.front())) {
    if (mode == Mode::verbatim) return word_node(make_word(*piece.whole, field, mode), field, {});
    std::vector<Node> both;
    both.push_back(word_node(make_word(*piece.whole, field, Mode::verbatim), field, {}));
    both.push_back(word_node(make_word(*piece.parts.front(), field, mode), field, {}));
    return make_all(std::move(both));
  }
  std::vector<Word> slots;
  append_slots(piece, field, mode, slots);
  return phrase_node(std::move(slots), field);
}

Node Leaves::combine(std::vector<Node> nodes) const {
  return options_.any ? make_any(std::move(nodes)) : make_all(std::move(nodes));
}

Node Leaves::read_words(const Token& token, std::string_view text, const std::string& field,
                        Mode mode) {
  const std::vector<QueryWord> words = analyze(text);
  std::vector<Node> nodes;
  for (const Piece& piece : pieces_of(words, text)) {
    if (!take(piece.parts.size() + (piece.whole != nullptr ? 1 : 0), token.typed.begin)) break;
    nodes.push_back(piece_node(piece, field, mode));
    nodes.back().typed = token.typed;
  }
  return combine(std::move(nodes));
}

Node Leaves::read_exact(const Token& token, const std::string& field) {
  const std::vector<QueryWord> words = analyze(token.text);
  std::vector<Node> nodes;
  for (const Piece& piece : pieces_of(words, token.text)) {
    if (!take(piece.parts.size(), token.typed.begin)) break;
    if (piece.parts.size() > 1 && piece.whole == nullptr) {
      nodes.push_back(piece_node(piece, field, Mode::verbatim));
      continue;
    }
    const QueryWord& word = piece.whole != nullptr ? *piece.whole : *piece.parts.front();
    nodes.push_back(word_node(exact_word(word.raw, field), field, {}));
  }
  for (Node& node : nodes) node.typed = token.typed;
  return combine(std::move(nodes));
}

Node Leaves::read_phrase(const Token& token, const std::string& field, Mode mode) {
  const std::vector<QueryWord> words = analyze(token.text);
  std::vector<Word> slots;
  for (const Piece& piece : pieces_of(words, token.text)) {
    const bool signed_word = piece.parts.size() == 1 && piece.whole != nullptr &&
                             has_sign_behind(*piece.whole, *piece.parts.front());
    if (!take(piece.parts.size(), token.typed.begin)) break;
    if (signed_word && mode == Mode::verbatim) {
      slots.push_back(make_word(*piece.whole, field, mode));
      continue;
    }
    append_slots(piece, field, mode, slots);
  }
  if (slots.empty() && !cut_) {
    notes_.guess(token.typed.begin, "there is no word between these quotation marks",
                 "put a word or a phrase between them");
  }
  if (token.text.find('*') != std::string::npos) {
    notes_.remark(token.typed.begin, "a `*` between quotation marks is punctuation",
                  "patterns stand outside phrases: word*");
  }
  const auto count = static_cast<std::uint32_t>(slots.size());
  Node node = phrase_node(std::move(slots), field);
  if (node.kind == NodeKind::phrase && token.slop.value_or(0) > 0)
    node.window = count + *token.slop;
  return node;
}

Node Leaves::read_plain(std::string_view text) {
  std::vector<Node> nodes;
  const std::vector<QueryWord> words = analyze(text);
  for (const Piece& piece : pieces_of(words, text)) {
    for (std::size_t i = 0; i < piece.parts.size();) {
      // In scripts without spaces words overlap: such a run stays a phrase.
      const std::size_t begin = i;
      std::vector<Word> slots;
      do {
        slots.push_back(make_word(*piece.parts[i], "", Mode::stemmed));
        slots.back().overlaps_next = overlaps_next(piece, i++);
      } while (slots.back().overlaps_next);
      const ByteRange typed = {piece.parts[begin]->bytes.begin, piece.parts[i - 1]->bytes.end};
      if (!take(slots.size(), typed.begin)) return combine(std::move(nodes));
      nodes.push_back(phrase_node(std::move(slots), ""));
      nodes.back().typed = typed;
    }
  }
  return combine(std::move(nodes));
}

}  // namespace stemma::query
