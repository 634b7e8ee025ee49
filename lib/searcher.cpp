// Story two: a query goes in, hits come out.
//
//   text   → query::parse               a tree, with nothing left to guess
//   tree   → execution::execute         a plan, operators over each segment, the best documents
//   hits   → article                    from the segment, as it was given
//          → results::snippet, highlights, explain
//
// Nothing here waits for a writer: a Searcher works on one pinned snapshot.
#include <memory>
#include <mutex>
#include <utility>

#include "articles/article_codec.h"
#include "base/bytes.h"
#include "execution/execute.h"
#include "execution/field_names.h"
#include "query/parser.h"
#include "results/explanation.h"
#include "results/highlights.h"
#include "results/snippet.h"
#include "snapshot_impl.h"
#include "stemma/error.h"

namespace stemma {
namespace {

constexpr std::string_view kWideColon = "\uff1a";

std::vector<std::string> language_names(const snapshot::Snapshot& state) {
  std::vector<std::string> names;
  for (const auto& language : state.languages()) names.push_back(language.first);
  return names;
}

}  // namespace

struct Searcher::Impl {
  explicit Impl(Snapshot opened)
      : snapshot(std::move(opened)),
        state(*snapshot.impl().state),
        languages_(language_names(state)) {}

  [[nodiscard]] const analysis::Analyzer& analyzer() const { return *snapshot.impl().analyzer; }

  // Field names are read from the dictionaries, once, at the first query that could name a field.
  [[nodiscard]] query::ParseContext parse_context(std::string_view text, bool tokens_wanted) const {
    static const std::vector<std::string> kNoFields;
    const bool may_name_field =
        text.find(':') != std::string_view::npos || text.find(kWideColon) != std::string_view::npos;
    if (may_name_field) std::call_once(named_, [this] { fields_ = execution::field_names(state); });
    return {analyzer(), languages_, may_name_field ? fields_ : kNoFields, tokens_wanted};
  }

  [[nodiscard]] snapshot::DocumentPlace place(DocId doc) const {
    const auto found = state.find(doc);
    if (!found) {
      throw Error(Error::Kind::not_found,
                  "no article has the document number " + std::to_string(doc) + " in this snapshot",
                  "articles are named by key: find(key) gives the present number");
    }
    return *found;
  }
  [[nodiscard]] const segment::Segment& segment(const snapshot::DocumentPlace& at) const {
    return *state.segments()[at.segment].segment;
  }
  [[nodiscard]] Article article(DocId doc) const {
    const snapshot::DocumentPlace at = place(doc);
    return articles::decode(as_bytes(segment(at).article(at.ordinal)));
  }

  Snapshot snapshot;
  const snapshot::Snapshot& state;

 private:
  std::vector<std::string> languages_;
  mutable std::once_flag named_;
  mutable std::vector<std::string> fields_;
};

Searcher::Searcher(Snapshot snapshot) : impl_(std::make_unique<Impl>(std::move(snapshot))) {}
Searcher::~Searcher() = default;
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;

std::string Query::to_string() const { return query::to_text(*root_); }

ParsedQuery Searcher::parse(std::string_view text, const ParseOptions& options) const {
  query::Parsed parsed = query::parse(text, impl_->parse_context(text, false), options);
  return {Query(std::make_shared<const query::Node>(std::move(parsed.root))),
          std::move(parsed.notes)};
}

Hits Searcher::search(const Query& query, const SearchOptions& options) const {
  return execution::execute(impl_->state, query.root(), options);
}

std::string Searcher::key(DocId doc) const {
  const snapshot::DocumentPlace at = impl_->place(doc);
  return std::string(impl_->segment(at).key(at.ordinal));
}

Article Searcher::article(DocId doc) const { return impl_->article(doc); }

std::optional<DocId> Searcher::find(std::string_view key) const {
  const auto at = impl_->state.find_key(key);
  if (!at) return std::nullopt;
  return impl_->segment(*at).doc_id(at->ordinal);
}

Snippet Searcher::snippet(const Query& query, DocId doc, std::size_t max_bytes) const {
  return results::snippet(impl_->state, impl_->analyzer(), query.root(), impl_->article(doc),
                          max_bytes);
}

Highlights Searcher::highlights(const Query& query, DocId doc) const {
  return results::highlights(impl_->state, impl_->analyzer(), query.root(), impl_->article(doc));
}

std::optional<Explanation> Searcher::explain(const Query& query, DocId doc,
                                             const SearchOptions& options) const {
  return results::explain(impl_->state, query.root(), doc, options);
}

std::string Searcher::explain_query(std::string_view text, const ParseOptions& options) const {
  return results::explain_query_text(impl_->state, impl_->parse_context(text, true), text, options);
}

const Snapshot& Searcher::snapshot() const { return impl_->snapshot; }

}  // namespace stemma
