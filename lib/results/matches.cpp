// See matches.h. Words are compared as the dictionary holds them: the layer byte of each key says
// which form of a token to look at, so a highlight means exactly what the posting list meant.
#include "results/matches.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/term.h"
#include "execution/execute.h"
#include "results/pattern_match.h"
#include "results/spans.h"

namespace stemma::results {

namespace {

using analysis::AnalyzedText;
using analysis::Field;
using analysis::Token;
using query::Node;
using query::NodeKind;
using Tokens = std::vector<std::uint32_t>;

bool matches_text(const Node& node) {
  switch (node.kind) {
    case NodeKind::word:
    case NodeKind::pattern:
    case NodeKind::phrase:
      return node.field.empty() || node.field == "title";
    case NodeKind::near:
    case NodeKind::adjacent:
      return std::all_of(node.children.begin(), node.children.end(), matches_text);
    default:
      return false;
  }
}

void collect(const Node& node, double boost, std::vector<Clause>& clauses) {
  switch (node.kind) {
    case NodeKind::all_of:
    case NodeKind::any_of:
    case NodeKind::one_of:
      for (const Node& child : node.children) collect(child, boost, clauses);
      return;
    case NodeKind::without:
      if (!node.children.empty()) collect(node.children.front(), boost, clauses);
      return;
    case NodeKind::boost:
      for (const Node& child : node.children) collect(child, boost * node.factor, clauses);
      return;
    default:
      if (matches_text(node)) clauses.push_back({&node, boost});
  }
}

/// Finds, for each word and pattern of the clauses, the tokens that are it.
class Listing {
 public:
  Listing(const snapshot::Snapshot& snapshot, const std::vector<Clause>& clauses)
      : snapshot_(snapshot) {
    for (const Clause& clause : clauses) add(*clause.node);
    lists_.resize(count_);
  }

  void read(const AnalyzedText& text) {
    for (std::size_t i = 0; i < text.tokens.size(); ++i) {
      const Token& token = text.tokens[i];
      const auto index = static_cast<std::uint32_t>(i);
      look(TermLayer::word, token.word, index, token);
      look(TermLayer::raw, token.raw, index, token);
      if (!token.is_whole) {
        look(TermLayer::stem, token.stem, index, token);
        look(TermLayer::stem, token.stem_alt, index, token);
      }
      for (const auto& [matcher, list] : patterns_) {
        if (matcher.title_only() && token.field != Field::title) continue;
        if (matcher.matches(token)) append(list, index);
      }
    }
  }

  /// Tokens of the next word or pattern, in the order in which the clauses name them.
  Tokens take_next() { return std::move(lists_[taken_++]); }

 private:
  struct Want {
    std::size_t list;
    bool title_only;
  };
  using Wants = std::unordered_map<std::string_view, std::vector<Want>>;

  void add(const Node& node) {
    if (node.kind == NodeKind::word) add_word(node.word, node.field == "title");
    if (node.kind == NodeKind::pattern) patterns_.emplace_back(PatternMatcher(node), count_++);
    if (node.kind == NodeKind::phrase) {
      for (const query::Word& slot : node.slots) add_slot(slot, node.field == "title");
    }
    if (node.kind == NodeKind::near || node.kind == NodeKind::adjacent) {
      for (const Node& child : node.children) {
        if (child.kind == NodeKind::word) {
          add_slot(child.word, child.field == "title");
        } else {
          add(child);
        }
      }
    }
  }

  void add_word(const query::Word& word, bool in_title) {
    for (const std::string& key : word.terms) want(key, in_title);
    ++count_;
  }

  /// A stemmed slot stands for all words that have its stems anywhere in the index: also for one
  /// that the language of this very article stems otherwise.
  void add_slot(const query::Word& slot, bool in_title) {
    if (slot.stemmed) {
      Node leaf;
      leaf.kind = NodeKind::word;
      leaf.field = in_title ? "title" : "";
      leaf.word = slot;
      for (std::string& word : execution::expand(snapshot_, leaf).words) {
        expanded_.push_back(std::make_unique<std::string>(std::move(word)));
        wants_[layer_index(TermLayer::word)][*expanded_.back()].push_back({count_, in_title});
      }
    }
    add_word(slot, in_title);
  }

  void want(std::string_view key, bool in_title) {
    if (key.empty()) return;
    TermLayer layer = layer_of(key);
    switch (layer) {
      case TermLayer::word:
      case TermLayer::raw:
      case TermLayer::stem:
        break;
      case TermLayer::title_word:
        layer = TermLayer::word;
        in_title = true;
        break;
      case TermLayer::title_raw:
        layer = TermLayer::raw;
        in_title = true;
        break;
      case TermLayer::title_stem:
        layer = TermLayer::stem;
        in_title = true;
        break;
      default:
        return;  // metadata: not in the text
    }
    wants_[layer_index(layer)][text_of(key)].push_back({count_, in_title});
  }

  static std::size_t layer_index(TermLayer layer) {
    return layer == TermLayer::word ? 0 : layer == TermLayer::raw ? 1 : 2;
  }

  void look(TermLayer layer, std::string_view form, std::uint32_t index, const Token& token) {
    const Wants& wants = wants_[layer_index(layer)];
    if (form.empty() || wants.empty()) return;
    const auto found = wants.find(form);
    if (found == wants.end()) return;
    for (const Want& want : found->second) {
      if (!want.title_only || token.field == Field::title) append(want.list, index);
    }
  }

  void append(std::size_t list, std::uint32_t index) {
    Tokens& tokens = lists_[list];
    if (tokens.empty() || tokens.back() != index) tokens.push_back(index);
  }

  const snapshot::Snapshot& snapshot_;
  std::array<Wants, 3> wants_;  // by layer_index
  std::vector<std::pair<PatternMatcher, std::size_t>> patterns_;
  std::vector<std::unique_ptr<std::string>> expanded_;
  std::size_t count_ = 0;
  std::vector<Tokens> lists_;
  std::size_t taken_ = 0;
};

SpanList spans_of(const Tokens& tokens, const AnalyzedText& text) {
  SpanList list;
  for (const std::uint32_t token : tokens) {
    const std::uint32_t position = text.tokens[token].position;
    list.add(position, position, std::span(&token, 1));
  }
  return list;
}

Joined phrase_matches(const Node& node, Listing& listing, const AnalyzedText& text) {
  std::vector<SpanList> slots;
  for (std::size_t i = 0; i < node.slots.size(); ++i) {
    slots.push_back(spans_of(listing.take_next(), text));
  }
  const auto exact = static_cast<std::uint32_t>(node.slots.size());
  return ordered(slots, node.window == 0 ? exact : node.window);
}

Tokens tokens_of(const Node& node, Listing& listing, const AnalyzedText& text) {
  if (node.kind == NodeKind::phrase) return phrase_matches(node, listing, text).members;
  if (node.kind != NodeKind::near && node.kind != NodeKind::adjacent) return listing.take_next();
  std::vector<SpanList> operands;
  for (const Node& child : node.children) {
    if (child.kind == NodeKind::phrase) {
      operands.push_back(phrase_matches(child, listing, text).spans);
    } else {
      operands.push_back(spans_of(tokens_of(child, listing, text), text));
    }
  }
  const auto exact = static_cast<std::uint32_t>(operands.size());
  const std::uint32_t window = node.window == 0 ? exact : node.window;
  return node.kind == NodeKind::near ? unordered(operands, window)
                                     : ordered(operands, window).members;
}

/// Adds the wholes of compounds all of whose parts are in `tokens` (ascending): they are marked as
/// one, hyphens included.
void add_wholes(Tokens& tokens, const AnalyzedText& text) {
  const std::size_t parts = tokens.size();
  for (std::size_t i = 0; i < parts; ++i) {
    for (std::uint32_t at = tokens[i]; at > 0 && text.tokens[at - 1].is_whole; --at) {
      const Token& whole = text.tokens[at - 1];
      std::uint32_t next = tokens[i];
      std::size_t matched = i;
      const auto inside = [&](std::uint32_t token) {
        return token < text.tokens.size() && !text.tokens[token].is_whole &&
               text.tokens[token].field == whole.field &&
               text.tokens[token].bytes.begin < whole.bytes.end;
      };
      for (; inside(next) && matched < parts && tokens[matched] == next; ++matched) ++next;
      if (!inside(next)) tokens.push_back(at - 1);
    }
  }
}

}  // namespace

std::vector<Clause> clauses_of(const Node& root) {
  std::vector<Clause> clauses;
  collect(root, 1, clauses);
  return clauses;
}

std::vector<Match> find_matches(const snapshot::Snapshot& snapshot,
                                const std::vector<Clause>& clauses, const AnalyzedText& text) {
  Listing listing(snapshot, clauses);
  listing.read(text);
  std::vector<Match> matches;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    Tokens tokens = tokens_of(*clauses[i].node, listing, text);
    add_wholes(tokens, text);
    for (const std::uint32_t token : tokens) {
      matches.push_back({token, static_cast<std::uint32_t>(i)});
    }
  }
  std::sort(matches.begin(), matches.end());
  matches.erase(std::unique(matches.begin(), matches.end()), matches.end());
  return matches;
}

}  // namespace stemma::results
