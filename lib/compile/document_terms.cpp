// The definition of which terms an article has, written to be read; inversion is the same for many
// articles at once and is tested against it.
#include "compile/document_terms.h"

#include <map>
#include <set>
#include <utility>

#include "base/term.h"
#include "compile/fields.h"

namespace stemma::compile {
namespace {

using analysis::Field;
using analysis::Token;

class TermCollector {
 public:
  explicit TermCollector(std::uint32_t title_weight) : title_weight_(title_weight) {}

  void add(const Token& token) {
    const bool in_title = token.field == Field::title;
    add_layers(token, {TermLayer::word, TermLayer::raw, TermLayer::stem},
               in_title ? title_weight_ : 1);
    if (in_title) {
      add_layers(token, {TermLayer::title_word, TermLayer::title_raw, TermLayer::title_stem}, 1);
    }
    if (!token.folded.empty()) {
      words_.emplace(term_key(TermLayer::folded, token.folded), token.word);
    }
  }
  void add(const Fields::Word& word) { add_occurrence(word.key, 0, word.position); }
  void finish(DocumentTerms& result) {
    for (auto& [key, term] : terms_) {
      term.term = key;
      result.length += term.term_frequency;
      result.terms.push_back(std::move(term));
    }
    result.words.assign(words_.begin(), words_.end());
  }

 private:
  struct Layers {
    TermLayer word;
    TermLayer raw;
    TermLayer stem;
  };

  /// The whole of a compound has a position and no count, and no stems: its parts have them.
  void add_layers(const Token& token, const Layers& layers, std::uint32_t count) {
    add_occurrence(term_key(layers.word, token.word), token.is_whole ? 0 : count, token.position);
    if (!token.raw.empty()) add_occurrence(term_key(layers.raw, token.raw), 0, token.position);
    if (token.is_whole) return;
    for (const std::string_view stem : {token.stem, token.stem_alt}) {
      if (stem.empty()) continue;
      const std::string key = term_key(layers.stem, stem);
      terms_[key].term_frequency += count;
      words_.emplace(key, token.word);
    }
  }
  void add_occurrence(const std::string& key, std::uint32_t count, std::uint32_t position) {
    DocumentTerm& term = terms_[key];
    term.term_frequency += count;
    if (term.positions.empty() || term.positions.back() != position) {
      term.positions.push_back(position);
    }
  }

  std::uint32_t title_weight_;
  std::map<std::string, DocumentTerm> terms_;
  std::set<std::pair<std::string, std::string>> words_;
};

}  // namespace

DocumentTerms document_terms(const Article& article, const analysis::Analyzer& analyzer) {
  const analysis::AnalyzedText text = analyzer.analyze(article.title, article.body, article.lang);
  Fields fields = fields_of(article, text.language, analyzer);
  TermCollector collector(analyzer.options().title_weight);
  for (const Token& token : text.tokens) collector.add(token);
  for (const Fields::Word& word : fields.words) collector.add(word);
  DocumentTerms result;
  collector.finish(result);
  result.title_length = text.title_length;
  result.language = text.language;
  result.sentence_starts = text.sentence_starts;
  result.paragraph_starts = text.paragraph_starts;
  result.dates = std::move(fields.dates);
  result.numbers = std::move(fields.numbers);
  result.column_dates = std::move(fields.column_dates);
  return result;
}

}  // namespace stemma::compile
