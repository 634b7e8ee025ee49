// The parser: tokens to a tree.
//
//   either  := odd ("OR" odd)*
//   odd     := both ("XOR" both)*
//   both    := ["NOT"] list (("AND" | "NOT" | "AND" "NOT") list)*
//   list    := (sign chain)+                     side by side: all of them, or any
//   chain   := operand (("NEAR/n" | "ADJ/n") operand)*
//   operand := words | phrase | "(" either ")"
//
// So a list binds tightest, as in Xapian: `a NOT b c` excludes what has b and c. Operators without
// an operand, brackets without a partner and all else that has no meaning are left out with a note.
// Recursion happens at brackets only, and these are paired and bounded before parsing starts.
#include "query/parser.h"

#include <algorithm>
#include <string>
#include <utility>

#include "query/brackets.h"
#include "query/canonical.h"
#include "query/compose.h"
#include "query/leaves.h"
#include "query/lexer.h"
#include "query/proximity.h"
#include "query/simple_text.h"
#include "text/utf8.h"

namespace stemma::query {
namespace {

constexpr std::size_t kMaxBytes = 64UL * 1024;
constexpr std::size_t kMaxDepth = 256;

bool is_operator(TokenKind kind) {
  return kind >= TokenKind::op_and && kind <= TokenKind::op_adjacent;
}
bool is_distance(TokenKind kind) {
  return kind == TokenKind::op_near || kind == TokenKind::op_adjacent;
}
bool starts_operand(TokenKind kind) {
  return kind == TokenKind::words || kind == TokenKind::phrase || kind == TokenKind::open;
}

/// What stands side by side, by its signs.
struct List {
  std::vector<Node> required, optional, excluded, filters;
};

class Parser {
 public:
  Parser(std::vector<Token> tokens, const ParseContext& context, const ParseOptions& options,
         Notes& notes)
      : tokens_(std::move(tokens)),
        options_(options),
        notes_(notes),
        leaves_(context, options, notes) {}

  Node run() { return either({}); }

 private:
  [[nodiscard]] const Token& token() const { return leaves_.cut() ? tokens_.back() : tokens_[at_]; }
  [[nodiscard]] TokenKind kind() const { return token().kind; }

  void missing(const Token& op, const char* side) {
    notes_.guess(op.typed.begin, op.text + " has nothing on its " + side + " and was left out",
                 "write it between two words, or in small letters to search for the word");
  }

  // Most lists have one member; then no vector is made for it, here and below.
  Node either(const Scope& scope) {
    Node only = odd(scope);
    if (kind() != TokenKind::op_or) return only;
    std::vector<Node> children;
    children.push_back(std::move(only));
    while (kind() == TokenKind::op_or) {
      const Token& op = tokens_[at_++];
      if (children.back().kind == NodeKind::nothing) missing(op, "left");
      children.push_back(odd(scope));
      if (children.back().kind == NodeKind::nothing && !leaves_.cut()) missing(op, "right");
    }
    return make_any(std::move(children));
  }

  Node odd(const Scope& scope) {
    Node only = both(scope);
    if (kind() != TokenKind::op_xor) return only;
    std::vector<Node> children;
    children.push_back(std::move(only));
    while (kind() == TokenKind::op_xor) {
      const Token& op = tokens_[at_++];
      if (children.back().kind == NodeKind::nothing) missing(op, "left");
      children.push_back(both(scope));
      if (children.back().kind == NodeKind::nothing && !leaves_.cut()) missing(op, "right");
    }
    return make_one(std::move(children));
  }

  Node both(const Scope& scope) {
    std::vector<Node> wanted;
    std::vector<Node> excluded;
    bool first = true;
    if (starts_operand(kind())) {
      Node found;
      Node unwanted;
      list(scope, found, unwanted);
      if (kind() != TokenKind::op_and && kind() != TokenKind::op_not) {
        return make_without(std::move(found), std::move(unwanted));
      }
      wanted.push_back(std::move(found));
      excluded.push_back(std::move(unwanted));
      first = false;
    }
    while (true) {
      bool negated = false;
      const Token* op = read_and_not(first, negated);
      if (op == nullptr && !first) break;
      const std::size_t begin = at_;
      Node found;
      Node unwanted;
      list(scope, found, unwanted);
      const bool empty = found.kind == NodeKind::nothing && unwanted.kind == NodeKind::nothing;
      if (empty && op != nullptr && !leaves_.cut()) missing(*op, "right");
      if (negated && !empty) {
        note_long_not(*op, begin);
        excluded.push_back(make_without(std::move(found), std::move(unwanted)));
      } else {
        wanted.push_back(std::move(found));
        excluded.push_back(std::move(unwanted));
      }
      first = false;
    }
    return make_without(make_all(std::move(wanted)), make_any(std::move(excluded)));
  }

  /// Reads AND, NOT, AND NOT; nullptr if there is none.
  const Token* read_and_not(bool first, bool& negated) {
    const Token* op = nullptr;
    bool seen_not = false;
    while (kind() == TokenKind::op_and || kind() == TokenKind::op_not) {
      const Token& next = tokens_[at_++];
      if (next.kind == TokenKind::op_not) {
        if (seen_not) {
          notes_.guess(next.typed.begin, "NOT NOT is nothing at all; both were left out",
                       "write NOT once");
        }
        seen_not = true;
        negated = !negated;
      } else if (op != nullptr || first) {
        missing(next, op != nullptr ? "right" : "left");
      }
      op = &next;
    }
    return op;
  }

  void note_long_not(const Token& op, std::size_t begin) {
    if (at_ - begin < 2 || tokens_[begin].kind == TokenKind::open) return;
    if (std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(begin),
                    tokens_.begin() + static_cast<std::ptrdiff_t>(at_),
                    [](const Token& t) { return is_distance(t.kind) || t.sign != 0; })) {
      return;
    }
    notes_.remark(
        op.typed.begin,
        std::string("NOT goes with all words up to the next operator together: it excludes "
                    "what has ") +
            (options_.any ? "any" : "all") + " of them",
        "write -word to exclude one word");
  }

  void list(const Scope& scope, Node& found, Node& unwanted) {
    List items;
    while (true) {
      if (is_distance(kind())) {
        distance_as_word(scope, items);
        continue;
      }
      if (!starts_operand(kind())) break;
      const char sign = token().sign;
      Node node = chain(scope);
      if (node.kind == NodeKind::nothing) continue;
      if (sign == '-') {
        items.excluded.push_back(std::move(node));
      } else if (sign == '+' && (options_.any || is_filter(node))) {
        items.required.push_back(std::move(node));
      } else if (is_filter(node)) {
        items.filters.push_back(std::move(node));
      } else {
        items.optional.push_back(std::move(node));
      }
    }
    unwanted = make_any(std::move(items.excluded));
    found = combine(std::move(items));
  }

  // As in Xapian, which has `a AND_MAYBE b`: a OR everything, required, adds the score where it
  // can.
  Node combine(List items) {
    std::vector<Node> all = std::move(items.required);
    if (!options_.any && all.empty()) {
      all = std::move(items.optional);
    } else if (!options_.any) {
      std::move(items.optional.begin(), items.optional.end(), std::back_inserter(all));
    } else if (!items.optional.empty()) {
      if (!all.empty() && leaves_.take(1, 0)) items.optional.push_back(make_everything());
      all.push_back(make_any(std::move(items.optional)));
    }
    if (items.filters.size() > 1) group_filters(items.filters);
    std::move(items.filters.begin(), items.filters.end(), std::back_inserter(all));
    return make_all(std::move(all));
  }

  /// Values of one field side by side are alternatives: `source:a source:b`, as in Xapian.
  void group_filters(std::vector<Node>& filters) {
    std::vector<Node> groups;
    std::vector<std::string> fields;
    for (Node& filter : filters) {
      std::string field = filtered_value_of(filter);
      const auto same = std::find(fields.begin(), fields.end(), field);
      if (field.empty() || same == fields.end()) {
        groups.push_back(std::move(filter));
        fields.push_back(std::move(field));
        continue;
      }
      Node& group = groups[static_cast<std::size_t>(same - fields.begin())];
      notes_.remark(filter.typed.begin,
                    "several values of `" + field + ":` side by side: any of them",
                    "write AND between them, or + before each, to ask for all");
      std::vector<Node> either;
      either.push_back(std::move(group));
      either.push_back(std::move(filter));
      group = make_any(std::move(either));
    }
    filters = std::move(groups);
  }

  void distance_as_word(const Scope& scope, List& items) {
    Token word = tokens_[at_++];
    notes_.guess(word.typed.begin, word.text + " does not stand between two words; read as a word",
                 "write it between two words: a NEAR/5 b");
    word.kind = TokenKind::words;
    Node node = leaves_.read(word, scope);
    if (node.kind != NodeKind::nothing) items.optional.push_back(std::move(node));
  }

  [[nodiscard]] bool distance_follows(std::size_t operand) const {
    const std::size_t after = after_operand(tokens_, operand);
    return is_distance(tokens_[after].kind) && starts_operand(tokens_[after + 1].kind) &&
           tokens_[after + 1].sign == 0;
  }

  Node chain(const Scope& scope) {
    const bool positional = distance_follows(at_);
    Scope inner = scope;
    inner.positional = scope.positional || positional;
    Node first = operand(inner);
    if (!positional || leaves_.cut()) return first;
    std::vector<Node> operands;
    std::vector<Distance> distances;
    operands.push_back(std::move(first));
    while (!leaves_.cut() && is_distance(kind()) && starts_operand(tokens_[at_ + 1].kind) &&
           tokens_[at_ + 1].sign == 0) {
      const Token& op = tokens_[at_++];
      distances.push_back({op.kind == TokenKind::op_adjacent, op.distance, op.typed.begin});
      operands.push_back(operand(inner));
    }
    return make_proximity(std::move(operands), distances, leaves_, notes_);
  }

  Node operand(const Scope& scope) {
    const Token& head = tokens_[at_++];
    if (head.kind != TokenKind::open) return leaves_.read(head, scope);
    Scope inner = scope;
    if (head.field) inner.field = *head.field;
    inner.stemmed = scope.stemmed || head.stemmed;
    Node node = either(inner);
    if (node.kind == NodeKind::nothing && !leaves_.cut()) {
      notes_.guess(head.typed.begin, "there is nothing between these brackets",
                   "put words between them");
    }
    if (kind() == TokenKind::close) {
      const auto boost = tokens_[at_++].boost;
      if (boost) node = make_boost(std::move(node), *boost);
    }
    return node;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  const ParseOptions& options_;
  Notes& notes_;
  Leaves leaves_;
};

bool has_letters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char letter) {
    return static_cast<unsigned char>(letter) >= 0x80 || (letter >= 'a' && letter <= 'z') ||
           (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
  });
}

Node read_plain(std::string_view text, const ParseContext& context, const ParseOptions& options,
                Notes& notes) {
  Leaves leaves(context, options, notes);
  return leaves.read_plain(text);
}

bool is_shouted(std::string_view text) {
  const auto lower = [](char letter) { return letter >= 'a' && letter <= 'z'; };
  const auto upper = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
  return std::any_of(text.begin(), text.end(), upper) &&
         std::none_of(text.begin(), text.end(), lower);
}

/// Operators that may have been meant as words, and words that may have been meant as operators.
void note_doubtful_operators(const std::vector<Token>& tokens, Notes& notes) {
  const Token* first_operator = nullptr;
  std::size_t shouted = 0;
  std::size_t words = 0;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (is_operator(token.kind)) {
      if (first_operator == nullptr) first_operator = &token;
      continue;
    }
    if (token.kind != TokenKind::words) continue;
    ++words;
    if (is_shouted(token.text)) ++shouted;
  }
  if (first_operator != nullptr && words >= 2 && shouted == words) {
    notes.remark(first_operator->typed.begin,
                 "all is in capital letters; " + first_operator->text + " was read as an operator",
                 "write it in small letters to search for the word");
  }
  for (std::size_t i = 1; i + 2 < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const bool small = token.text == "or" || token.text == "not" || token.text == "xor";
    if (token.kind != TokenKind::words || !small || token.sign != 0 || token.field) continue;
    notes.remark(token.typed.begin, "`" + token.text + "` in small letters is a word like others",
                 "write it in capital letters for the operator");
    return;
  }
}

/// One reading of `text` with brackets to `max_depth`.
Parsed read_once(std::string_view text, const ParseContext& context, const ParseOptions& options,
                 std::size_t max_depth, std::size_t typed_bytes) {
  Notes notes(options.strict);
  Parsed parsed;
  if (text.size() < typed_bytes) {
    notes.limit(text.size(), "the query is too long; the rest was left out",
                "a query has at most 65536 bytes, also when written out in full");
  }
  if (options.plain) {
    parsed.root = read_plain(text, context, options, notes);
  } else {
    const FieldNames fields(context.fields);
    std::vector<Token> tokens = pair_brackets(lex(text, fields, notes), max_depth, notes);
    for (const Token& token : tokens) {
      if (!context.tokens_wanted) break;
      if (token.kind != TokenKind::end) parsed.tokens.push_back(describe(token));
    }
    const bool operators_only = std::all_of(tokens.begin(), tokens.end(), [](const Token& token) {
      return is_operator(token.kind) || token.kind == TokenKind::end;
    });
    if (operators_only && has_letters(text)) {
      notes.guess(0, "there are only operators here; read as plain words",
                  "write them between words, or in small letters to search for the words");
      parsed.root = read_plain(text, context, options, notes);
    } else {
      note_doubtful_operators(tokens, notes);
      parsed.root = Parser(std::move(tokens), context, options, notes).run();
    }
  }
  parsed.notes = notes.take();
  return parsed;
}

}  // namespace

Parsed parse(std::string_view text, const ParseContext& context, const ParseOptions& options) {
  if (!options.plain && !context.tokens_wanted) {
    if (auto root = read_simple(text, context, options)) return {std::move(*root), {}, {}};
  }
  std::string_view kept = text::cut_utf8(text, kMaxBytes);
  std::size_t depth = kMaxDepth;
  while (true) {
    Parsed parsed = read_once(kept, context, options, depth, text.size());
    // A tree whose canonical text breaks the limits could not be read back: read less of it.
    if (bracket_depth(parsed.root) > kMaxDepth && depth > 1) {
      depth /= 2;
    } else if (kept.size() > kMaxBytes / 8 && to_text(parsed.root).size() > kMaxBytes) {
      kept = text::cut_utf8(kept, kept.size() / 2);
    } else {
      return parsed;
    }
  }
}

}  // namespace stemma::query
