// Random queries about the articles of a peer: words as often as they are written, phrases that
// stand somewhere and phrases that stand nowhere, every operator that Xapian has.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "differential/peer.h"
#include "execution/random.h"
#include "execution/trees.h"

namespace stemma::testing {

class AnyQuery {
 public:
  AnyQuery(const Peer& peer, Random& random) : peer_(peer), random_(random) {}

  Node any(std::uint32_t depth) {
    Node node = depth == 0 || random_.one_in(4) ? leaf() : inner(depth - 1);
    if (random_.one_in(10)) node.weighted = false;
    return node;
  }

  /// A line as a person might type it.
  std::string text() {
    std::string line = text_operand();
    for (std::uint32_t more = random_.below(4); more > 0; --more) {
      const std::vector<std::string> joins = {" ",     " ",     " AND ",   " OR ",
                                              " XOR ", " NOT ", " NEAR/3 "};
      line += random_.pick(joins) + text_operand();
    }
    return line;
  }

 private:
  const PeerDocument& document() { return random_.pick(peer_.documents()); }

  // Some term of some document in one of `layers`; an odd text if that document has none.
  std::string term(const std::vector<TermLayer>& layers) {
    std::vector<std::string> keys;
    for (const compile::DocumentTerm& term : document().terms.terms) {
      if (std::find(layers.begin(), layers.end(), layer_of(term.term)) != layers.end()) {
        keys.push_back(term.term);
      }
    }
    return keys.empty() ? term_key(layers.front(), "nowhere") : random_.pick(keys);
  }

  static query::Word word_of(std::vector<std::string> keys) {
    query::Word word;
    word.text = std::string(text_of(keys.front()));
    word.stemmed = layer_of(keys.front()) == TermLayer::stem ||
                   layer_of(keys.front()) == TermLayer::title_stem;
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    word.terms = std::move(keys);
    return word;
  }
  query::Word slot(const std::string& key, TermLayer layer) {
    if (random_.one_in(12)) return word_of({key, term({layer})});
    return word_of({key});
  }

  // Words that follow each other in some document, with an exchange now and then.
  std::vector<query::Word> run(std::size_t length) {
    const auto& words_at = document().words_at;
    std::vector<query::Word> words;
    auto at = words_at.begin();
    if (words_at.size() > 1) std::advance(at, random_.below(words_at.size()));
    while (words.size() < length) {
      const bool anywhere = at == words_at.end() || random_.one_in(10);
      words.push_back(slot(anywhere ? term({TermLayer::word}) : at->second, TermLayer::word));
      if (at != words_at.end()) ++at;
      if (at != words_at.end() && random_.one_in(10)) ++at;
    }
    return words;
  }
  std::vector<query::Word> any_words(std::size_t length, TermLayer layer) {
    std::vector<query::Word> words;
    while (words.size() < length) words.push_back(slot(term({layer}), layer));
    return words;
  }

  Node any_phrase() {
    const std::size_t length = 2 + random_.below(3);
    std::vector<query::Word> slots = run(length);
    switch (random_.below(6)) {
      case 0:
        slots = any_words(length, TermLayer::stem);
        break;
      case 1:
        slots = any_words(length, TermLayer::word);
        break;
      case 2:
        slots = any_words(length, TermLayer::title_word);
        break;
      default:
        break;
    }
    const bool loose = random_.one_in(3);
    const auto size = static_cast<std::uint32_t>(length);
    return phrase_of(std::move(slots), loose ? size - 1 + random_.below(6) : 0);
  }
  // Where different operands can stand on one position, Xapian's NEAR misses some matches (it
  // moves one of two colliding words and never tries the other), so such words are left out here;
  // tests/execution has them against the oracle.
  Node any_near() {
    std::vector<query::Word> words = run(2 + random_.below(3));
    for (std::size_t i = words.size(); i > 1; --i) std::swap(words[i - 1], words[random_.below(i)]);
    std::vector<Node> operands;
    std::set<std::string> taken;
    for (query::Word& each : words) {
      const bool collides = std::any_of(each.terms.begin(), each.terms.end(), [&](const auto& key) {
        return taken.count(key) != 0 || peer_.crowded_words().count(key) != 0;
      });
      if (collides) continue;
      taken.insert(each.terms.begin(), each.terms.end());
      operands.push_back(word(std::move(each)));
    }
    if (operands.empty()) return any_phrase();
    if (operands.size() == 1 || random_.one_in(8)) operands.push_back(operands.front());
    const auto size = static_cast<std::uint32_t>(operands.size());
    return join(random_.one_in(2) ? NodeKind::near : NodeKind::adjacent, std::move(operands),
                size - 1 + random_.below(8));
  }

  Node any_pattern() {
    const std::string text(text_of(term({TermLayer::word})));
    std::size_t cut = random_.below(text.size() + 1);
    while (cut > 0 && cut < text.size() &&
           (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) {
      --cut;
    }
    switch (random_.below(4)) {
      case 0:
        return pattern(query::PatternKind::wildcard, text.substr(0, cut) + "*" + text.substr(cut));
      case 1:
        return pattern(query::PatternKind::wildcard, "?" + text.substr(cut));
      case 2:
        return pattern(query::PatternKind::edit_distance, text, random_.below(3));
      default:
        return pattern(query::PatternKind::prefix, text.substr(0, cut));
    }
  }
  Node any_range() {
    if (random_.one_in(2)) {
      return number_range("price", random_.below(30), random_.below(30));
    }
    const auto& dates = document().terms.dates;
    const std::int64_t first = dates.empty() ? 0 : dates.front().first - random_.below(10'000'000);
    return date_range({first, first + random_.below(40'000'000)});
  }

  Node leaf() {
    switch (random_.below(14)) {
      case 0:
      case 1:
      case 2:
        return any_phrase();
      case 3:
      case 4:
        return any_near();
      case 5:
        return any_pattern();
      case 6:
        return any_range();
      case 7:
        return word(word_of({term({TermLayer::stem}), term({TermLayer::stem})}));
      case 8:
        return unweighted(word(word_of({term({TermLayer::field_word})})));
      case 9:
        return word(word_of({term({TermLayer::title_word, TermLayer::title_stem})}));
      case 10:
        return random_.one_in(3) ? leafless(NodeKind::everything) : leafless(NodeKind::nothing);
      case 11:
        return word(word_of({term({TermLayer::word, TermLayer::raw})}));
      default:
        return word(word_of({term({TermLayer::stem})}));
    }
  }

  Node inner(std::uint32_t depth) {
    std::vector<Node> children(2 + random_.below(3));
    for (Node& child : children) child = any(depth);
    switch (random_.below(8)) {
      case 0:
        return join(NodeKind::one_of, std::move(children));
      case 1:
        return join(NodeKind::without, {any(depth), any(depth)});
      case 2:
        return boost(any(depth), (1 + random_.below(12)) * 0.25);
      case 3:
      case 4:
        return join(NodeKind::any_of, std::move(children));
      default:
        children.resize(2);
        return join(NodeKind::all_of, std::move(children));
    }
  }

  std::string text_operand() {
    const std::string first(text_of(term({TermLayer::word})));
    switch (random_.below(8)) {
      case 0: {
        std::string typed = random_.one_in(3) ? "~\"" : "\"";
        for (const query::Word& each : run(2 + random_.below(2))) typed += each.text + " ";
        return typed + "\"";
      }
      case 1:
        return "=" + first;
      case 2:
        return first.substr(0, 1) + "*";
      case 3:
        return "(" + first + " OR " + std::string(text_of(term({TermLayer::word}))) + ")";
      case 4:
        return "title:" + first;
      default:
        return first;
    }
  }

  const Peer& peer_;
  Random& random_;
};

}  // namespace stemma::testing
