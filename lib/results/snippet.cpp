// See snippet.h. The windows slide over the matches, not over the text: two pointers, one pass.
#include "results/snippet.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "results/characters.h"
#include "results/matches.h"
#include "results/ranges.h"
#include "scoring/bm25.h"
#include "text/utf8.h"

namespace stemma::results {

namespace {

using analysis::AnalyzedText;
using analysis::Field;
using analysis::Token;
using query::Node;
using query::NodeKind;

struct Cut {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// One matching token of the body.
struct Place {
  ByteRange bytes;
  std::uint32_t position = 0;
  std::uint32_t clause = 0;
};

// A phrase outweighs its words found apart; neighbours and repetitions only decide between windows
// with the same clauses.
constexpr double kPhraseBonus = 1.25;
constexpr double kNeighbourShare = 0.2;
constexpr double kRepetitionShare = 0.02;
constexpr double kPatternWeight = 1.0;
constexpr double kLeastWeight = 0.1;

class Weights {
 public:
  Weights(const snapshot::Snapshot& snapshot, const std::vector<Clause>& clauses)
      : snapshot_(snapshot) {
    for (const Clause& clause : clauses) {
      weights_.push_back(std::max(kLeastWeight, of(*clause.node)));
    }
  }
  double operator[](std::uint32_t clause) const { return weights_[clause]; }

 private:
  double of(const Node& node) const {
    double sum = 0;
    switch (node.kind) {
      case NodeKind::word:
        return of(node.word);
      case NodeKind::phrase:
        for (const query::Word& slot : node.slots) sum += of(slot);
        return sum * kPhraseBonus;
      case NodeKind::near:
      case NodeKind::adjacent:
        for (const Node& child : node.children) sum += of(child);
        return sum * kPhraseBonus;
      default:
        return kPatternWeight;
    }
  }
  double of(const query::Word& word) const {
    const std::uint64_t documents = snapshot_.collection().documents;
    if (documents == 0) return 1;
    std::uint64_t frequency = 0;
    for (const std::string& term : word.terms) {
      frequency += snapshot_.statistics(term).document_frequency;
    }
    return scoring::term_weight({}, documents, std::min(frequency, documents));
  }

  const snapshot::Snapshot& snapshot_;
  std::vector<double> weights_;
};

std::vector<Place> body_places(const std::vector<Match>& matches, const AnalyzedText& text) {
  std::vector<Place> places;
  for (const Match& match : matches) {
    const Token& token = text.tokens[match.token];
    if (token.field == Field::body) places.push_back({token.bytes, token.position, match.clause});
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const Place& a, const Place& b) { return a.bytes.begin < b.bytes.begin; });
  return places;
}

/// What the places of the present window are worth; places enter at the end, leave at the start.
class Worth {
 public:
  explicit Worth(const Weights& weights, std::size_t clauses)
      : weights_(weights), counts_(clauses, 0) {}
  void enter(const Place& place) {
    const double weight = weights_[place.clause];
    value_ += counts_[place.clause]++ == 0 ? weight : weight * kRepetitionShare;
  }
  void leave(const Place& place) {
    const double weight = weights_[place.clause];
    value_ -= --counts_[place.clause] == 0 ? weight : weight * kRepetitionShare;
  }
  void add_neighbours(const Place& a, const Place& b, double sign) {
    if (a.clause == b.clause || b.position != a.position + 1) return;
    value_ += sign * kNeighbourShare * std::min(weights_[a.clause], weights_[b.clause]);
  }
  [[nodiscard]] double value() const { return value_; }

 private:
  const Weights& weights_;
  std::vector<std::uint32_t> counts_;
  double value_ = 0;
};

/// The bytes from the first to the last place of the best window; empty without places.
Cut best_window(const std::vector<Place>& places, const Weights& weights, std::size_t clauses,
                std::size_t max_bytes) {
  Cut best;
  double best_value = 0;
  Worth worth(weights, clauses);
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < places.size(); ++begin) {
    const std::size_t limit = places[begin].bytes.begin + max_bytes;
    for (; end < places.size() && (end == begin || places[end].bytes.end <= limit); ++end) {
      if (end > begin) worth.add_neighbours(places[end - 1], places[end], 1);
      worth.enter(places[end]);
    }
    // Rounding in the sliding sum must not let a later window win over an equal earlier one.
    if (worth.value() > best_value * (1 + 1e-9)) {
      best_value = worth.value();
      best.begin = places[begin].bytes.begin;
      best.end = best.begin;
      for (std::size_t i = begin; i < end; ++i) {
        best.end = std::max<std::size_t>(best.end, places[i].bytes.end);
      }
    }
    worth.leave(places[begin]);
    if (begin + 1 < end) worth.add_neighbours(places[begin], places[begin + 1], -1);
  }
  return best;
}

bool space_at(std::string_view text, std::size_t offset) {
  return is_space(text::decode_utf8(text, offset).code);
}

/// The end of the last token of the body that ends at or before `limit`.
std::size_t last_token_end(const AnalyzedText& analyzed, std::size_t limit) {
  auto token = std::upper_bound(analyzed.tokens.begin(), analyzed.tokens.end(), limit,
                                [](std::size_t value, const Token& t) {
                                  return t.field == Field::body && t.bytes.begin > value;
                                });
  for (int steps = 0; token != analyzed.tokens.begin() && steps < 16; ++steps) {
    --token;
    if (token->field == Field::body && token->bytes.end <= limit) return token->bytes.end;
  }
  return 0;
}

/// The best place to end a cut that begins at `begin`, not before `least`, at most `limit`: a space
/// if one is near, else between tokens, else between characters.
std::size_t cut_end(std::string_view text, const AnalyzedText& analyzed, std::size_t begin,
                    std::size_t least, std::size_t limit) {
  if (limit >= text.size()) return text.size();
  const std::size_t whole = character_boundary(text, limit);
  const std::size_t nearest = std::max(least, begin + (limit - begin) * 3 / 4);
  for (std::size_t at = whole; at > nearest; at = character_boundary(text, at - 1)) {
    if (space_at(text, at)) return at;
  }
  const std::size_t token_end = last_token_end(analyzed, whole);
  if (token_end >= nearest && character_boundary(text, token_end) == token_end) return token_end;
  return std::max(whole, begin);
}

/// Where a cut that must hold `core` begins, with at most `lead` bytes before it: at the beginning
/// of its sentence, else after a space, else at a character.
std::size_t cut_begin(std::string_view text, const AnalyzedText& analyzed, std::size_t core,
                      std::size_t lead) {
  const std::size_t least = core > lead ? core - lead : 0;
  if (least == 0) return 0;
  std::size_t sentence = 0;
  for (const std::uint32_t position : analyzed.sentence_starts) {
    const auto token =
        std::lower_bound(analyzed.tokens.begin(), analyzed.tokens.end(), position,
                         [](const Token& t, std::uint32_t value) { return t.position < value; });
    if (token == analyzed.tokens.end()) break;
    if (token->field != Field::body) continue;
    if (token->bytes.begin > core) break;
    sentence = token->bytes.begin;
  }
  if (sentence >= least && sentence > 0) return sentence;
  for (std::size_t at = least; at < core; at += text::decode_utf8(text, at).size) {
    const std::size_t next = at + text::decode_utf8(text, at).size;
    if (space_at(text, at) && next <= core && !space_at(text, next)) return next;
  }
  std::size_t at = least;
  while (at < core && character_boundary(text, at) != at) ++at;
  return at;
}

Cut trim(std::string_view text, Cut cut) {
  while (cut.begin < cut.end && space_at(text, cut.begin)) {
    cut.begin += text::decode_utf8(text, cut.begin).size;
  }
  while (cut.begin < cut.end) {
    const std::size_t last = character_boundary(text, cut.end - 1);
    if (last < cut.begin || !space_at(text, last)) break;
    cut.end = last;
  }
  return cut;
}

bool only_space(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end && space_at(text, begin)) begin += text::decode_utf8(text, begin).size;
  return begin >= end;
}

Cut widen(std::string_view text, const AnalyzedText& analyzed, const Cut& core,
          std::size_t max_bytes) {
  const std::size_t spare = max_bytes - std::min(max_bytes, core.end - core.begin);
  Cut cut;
  cut.begin = cut_begin(text, analyzed, core.begin, spare / 2);
  // Near the end of the text there is more room before than was taken: use it.
  if (text.size() - cut.begin < max_bytes) {
    const std::size_t after = text.size() - core.begin;
    cut.begin = cut_begin(text, analyzed, core.begin, max_bytes - std::min(max_bytes, after));
  }
  cut.end =
      cut_end(text, analyzed, cut.begin, core.end, std::min(text.size(), cut.begin + max_bytes));
  return cut;
}

}  // namespace

Snippet snippet(const snapshot::Snapshot& snapshot, const analysis::Analyzer& analyzer,
                const Node& root, const Article& article, std::size_t max_bytes) {
  const std::string_view body = article.body;
  const AnalyzedText text = analyzer.analyze(article.title, body, article.lang);
  const std::vector<Clause> clauses = clauses_of(root);
  const std::vector<Match> matches = find_matches(snapshot, clauses, text);
  const std::vector<Place> places = body_places(matches, text);
  const Weights weights(snapshot, clauses);
  const Cut core = best_window(places, weights, clauses.size(), max_bytes);
  const Cut cut = trim(body, widen(body, text, core, max_bytes));

  Snippet snippet;
  snippet.text = body.substr(cut.begin, cut.end - cut.begin);
  snippet.starts_inside = !only_space(body, 0, cut.begin);
  snippet.ends_inside = !only_space(body, cut.end, body.size());
  std::vector<ByteRange> ranges;
  for (const Place& place : places) {
    const std::size_t begin = std::max<std::size_t>(place.bytes.begin, cut.begin);
    const std::size_t end = std::min<std::size_t>(place.bytes.end, cut.end);
    if (begin >= end) continue;
    ranges.push_back({static_cast<std::uint32_t>(begin - cut.begin),
                      static_cast<std::uint32_t>(end - cut.begin)});
  }
  snippet.highlights = joined(std::move(ranges));
  return snippet;
}

}  // namespace stemma::results
