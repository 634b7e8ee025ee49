// A query tree as the Xapian::Query that means the same.
//
// What Xapian has as an operator is used as it is. A pattern is its words, found here by comparing
// every word, in an OP_OR without weight; a plain prefix is OP_WILDCARD. A stemmed phrase is its
// stems, filtered by the phrase of the words of each stem. NEAR over phrases Xapian has not.
//
// Two kinds of score are Xapian's own and cannot be compared: those of unions, whose frequencies it
// estimates, and those of an OR of phrases inside an AND or XOR, where Xapian 1.4.22 adds the
// weights of phrases that do not stand in the document: the AND asks the OR to check() a document,
// and the OR then counts what merely has the words (such a query scores more than the sum of its
// parts asked alone).
#pragma once

#include <xapian.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "differential/peer.h"
#include "execution/naive_pattern.h"
#include "query/node.h"

namespace stemma::testing {

class Translator {
 public:
  explicit Translator(const Peer& peer) : peer_(peer) {}

  /// nullopt if Xapian cannot say it.
  std::optional<Xapian::Query> translate(const query::Node& root) {
    possible_ = true;
    scores_comparable_ = true;
    asked_by_check_ = false;
    Xapian::Query query = any(root);
    return possible_ ? std::optional(query) : std::nullopt;
  }
  /// Whether the scores of the last query can be compared too, and not documents alone.
  [[nodiscard]] bool scores_comparable() const { return scores_comparable_; }

 private:
  using Query = Xapian::Query;
  using Queries = std::vector<Xapian::Query>;

  static Query joined(Query::op op, const Queries& parts, Xapian::termcount window = 0) {
    return Query(op, parts.begin(), parts.end(), window);
  }
  static Query unscored(const Query& query) { return Query(Query::OP_SCALE_WEIGHT, query, 0); }

  Query any(const query::Node& node) {
    const Query query = weighted(node);
    return node.weighted ? query : unscored(query);
  }

  Query weighted(const query::Node& node) {
    using query::NodeKind;
    switch (node.kind) {
      case NodeKind::nothing:
        return Query::MatchNothing;
      case NodeKind::everything:
        return Query::MatchAll;
      case NodeKind::word:
        return word(node.word);
      case NodeKind::phrase:
        return phrase(node);
      case NodeKind::near:
        return windowed(Query::OP_NEAR, node);
      case NodeKind::adjacent:
        return windowed(Query::OP_PHRASE, node);
      case NodeKind::pattern:
        return unscored(pattern(node));
      case NodeKind::number_range:
        return unscored(node.low > node.high ? Query::MatchNothing
                                             : Query(Query::OP_VALUE_RANGE, slot_of(node),
                                                     Xapian::sortable_serialise(node.low),
                                                     Xapian::sortable_serialise(node.high)));
      case NodeKind::date_range:
        return unscored(overlapping(node));
      case NodeKind::all_of:
        return joined(Query::OP_AND, children_of_and(node));
      case NodeKind::any_of:
        return joined(Query::OP_OR, children_of_or(node));
      case NodeKind::one_of:
        return joined(Query::OP_XOR, children_of_xor(node));
      case NodeKind::without:
        return joined(Query::OP_AND_NOT, children_of_and(node));
      case NodeKind::boost:
        return Query(Query::OP_SCALE_WEIGHT, any(node.children.front()), node.factor);
    }
    return Query::MatchNothing;
  }

  Xapian::valueno slot_of(const query::Node& node) {
    if (node.field != "price") possible_ = false;
    return kPriceSlot;
  }
  Query overlapping(const query::Node& node) {
    if (!node.field.empty() && node.field != "date") possible_ = false;
    const auto text = [](std::int64_t second) {
      return Xapian::sortable_serialise(static_cast<double>(second));
    };
    // Documents without date have empty values, which sort before all numbers.
    return joined(Query::OP_AND, {Query(Query::OP_VALUE_LE, kFirstSlot, text(node.dates.last)),
                                  Query(Query::OP_VALUE_GE, kLastSlot, text(node.dates.first))});
  }

  Queries children(const query::Node& node) {
    Queries parts;
    for (const query::Node& child : node.children) parts.push_back(any(child));
    return parts;
  }

  Queries children_of_and(const query::Node& node) {
    const bool outside = std::exchange(asked_by_check_, true);
    Queries parts = children(node);
    asked_by_check_ = outside;
    return parts;
  }
  Queries children_of_or(const query::Node& node) {
    if (asked_by_check_ && has_phrase(node)) scores_comparable_ = false;
    return children(node);
  }
  Queries children_of_xor(const query::Node& node) {
    if (asked_by_check_ && has_phrase(node)) scores_comparable_ = false;
    return children_of_and(node);
  }
  static bool has_phrase(const query::Node& node) {
    return node.kind == query::NodeKind::phrase || node.kind == query::NodeKind::near ||
           node.kind == query::NodeKind::adjacent ||
           std::any_of(node.children.begin(), node.children.end(), has_phrase);
  }

  static Queries terms(const std::vector<std::string>& keys) {
    Queries parts;
    for (const std::string& key : keys) parts.emplace_back(key);
    return parts;
  }

  Query word(const query::Word& word) {
    if (word.terms.size() == 1) return Query(word.terms.front());
    scores_comparable_ = false;
    return joined(Query::OP_SYNONYM, terms(word.terms));
  }

  // What can stand in a phrase: one term, or alternatives.
  Query slot(const std::vector<std::string>& keys) {
    if (keys.size() == 1) return Query(keys.front());
    return joined(Query::OP_OR, terms(keys));
  }
  Query slot(const query::Word& word) {
    if (word.terms.size() != 1) scores_comparable_ = false;
    return slot(word.terms);
  }

  std::vector<std::string> words_of(const query::Word& stemmed) const {
    std::vector<std::string> keys;
    for (const std::string& stem : stemmed.terms) {
      const bool title = layer_of(stem) == TermLayer::title_stem;
      for (const std::string& word : peer_.words_of(stem)) {
        keys.push_back(term_key(title ? TermLayer::title_word : TermLayer::word, word));
      }
    }
    return keys;
  }

  // Slots of words, verbatim or stemmed, joined by `op`.
  Query positional(Query::op op, const std::vector<query::Word>& words, std::uint32_t window) {
    Queries places;
    Queries stems;
    for (const query::Word& word : words) {
      if (word.stemmed) {
        places.push_back(slot(words_of(word)));
        stems.push_back(this->word(word));
      } else {
        places.push_back(slot(word));
      }
    }
    const auto size = static_cast<Xapian::termcount>(places.size());
    const Query standing = joined(op, places, window == 0 ? size : window);
    if (stems.empty()) return standing;
    if (stems.size() != words.size()) scores_comparable_ = false;
    return Query(Query::OP_FILTER, joined(Query::OP_AND, stems), standing);
  }

  // Xapian takes a phrase of one word for the word, whatever the window.
  Query phrase(const query::Node& node) {
    if (node.slots.size() == 1 && node.slots.front().stemmed) return word(node.slots.front());
    return positional(Query::OP_PHRASE, node.slots, node.window);
  }
  Query windowed(Query::op op, const query::Node& node) {
    std::vector<query::Word> words;
    for (const query::Node& child : node.children) {
      if (child.kind != query::NodeKind::word || !child.weighted) {
        possible_ = false;
        return Query::MatchNothing;
      }
      words.push_back(child.word);
    }
    return positional(op, words, node.window);
  }

  Query pattern(const query::Node& node) {
    if (!node.field.empty()) possible_ = false;
    const bool accents_matter = peer_.word_map().lower_bound("f") != peer_.word_map().end() &&
                                peer_.word_map().lower_bound("f")->first.starts_with("f");
    if (node.pattern == query::PatternKind::prefix && !accents_matter) {
      return Query(Query::OP_WILDCARD, term_key(TermLayer::word, node.pattern_text), 0,
                   Query::WILDCARD_LIMIT_ERROR, Query::OP_OR);
    }
    std::set<std::string> found;
    for (const std::string& word : peer_.words()) {
      if (execution::naive_match(node, word)) found.insert(word);
    }
    for (const auto& [key, words] : peer_.word_map()) {
      if (layer_of(key) == TermLayer::folded && execution::naive_match(node, text_of(key))) {
        found.insert(words.begin(), words.end());
      }
    }
    Queries parts;
    for (const std::string& word : found) parts.emplace_back(term_key(TermLayer::word, word));
    return joined(Query::OP_OR, parts);
  }

  const Peer& peer_;
  bool possible_ = true;
  bool scores_comparable_ = true;
  bool asked_by_check_ = false;
};

}  // namespace stemma::testing
