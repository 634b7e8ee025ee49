// The second look at an article that has look-alike letters or hidden characters inside words.
//
// Every counted word is read once more for what its letters say (text/look_alikes.h), one decision
// is made for each, and the words it changes get their folded form as `word` and their first form
// as `raw`. The whole of a compound is folded as its parts are. An article of plain text never gets
// here.
#include "analysis/tokenizer.h"

#include <algorithm>

#include "analysis/word_forms.h"

namespace stemma::analysis {
namespace {

/// Positions that start sentences, asked for in ascending order.
class StartCursor {
 public:
  explicit StartCursor(const std::vector<std::uint32_t>& starts) : starts_(starts) {}
  [[nodiscard]] bool contains(std::uint32_t position) {
    while (at_ < starts_.size() && starts_[at_] < position) ++at_;
    return at_ < starts_.size() && starts_[at_] == position;
  }

 private:
  const std::vector<std::uint32_t>& starts_;
  std::size_t at_ = 0;
};

}  // namespace

void Tokenizer::read_again(const Token& token, std::string_view field_text, bool keep_hidden) {
  characters_.clear();
  text::CharacterReader reader;
  reader.keep_hidden = keep_hidden;
  read_word(field_text, token.bytes, reader, characters_);
  // Only initials are written with dots and indexed without.
  if (!token.is_whole && token.word.find('.') == std::string_view::npos) {
    std::erase_if(characters_,
                  [](const auto& character) { return character.code == kInitialsDot; });
  }
}

void Tokenizer::resolve_doubtful(std::string_view title, std::string_view body) {
  if (!any_look_alike_ && with_hidden_.empty()) return;
  std::vector<Token>& tokens = result_.tokens;
  const auto field_text = [&](const Token& token) {
    return token.field == Field::title ? title : body;
  };
  // One entry a token; wholes take part in no run and are folded as their parts.
  std::vector<text::LookAlikeFold> folds(tokens.size(), text::LookAlikeFold::keep);
  std::vector<text::Script> scripts(tokens.size(), text::Script::none);
  if (any_look_alike_) {
    std::vector<text::WordScripts> words;
    std::vector<std::uint32_t> token_of_word;
    StartCursor starts(result_.sentence_starts);
    for (std::uint32_t at = 0; at < tokens.size(); ++at) {
      if (tokens[at].is_whole) continue;
      read_again(tokens[at], field_text(tokens[at]), false);
      words.push_back(text::scripts_of(characters_));
      words.back().starts_sentence = starts.contains(tokens[at].position);
      token_of_word.push_back(at);
      scripts[at] = words.back().foreign_script;
    }
    const std::vector<text::LookAlikeFold> decisions = text::decide_look_alikes(words);
    for (std::size_t i = 0; i < words.size(); ++i) folds[token_of_word[i]] = decisions[i];
  }
  auto hidden = with_hidden_.begin();
  for (std::uint32_t at = 0; at < tokens.size(); ++at) {
    const bool has_hidden = hidden != with_hidden_.end() && *hidden == at;
    if (has_hidden) ++hidden;
    // The parts of a whole follow it and lie inside it.
    std::size_t end = at + 1;
    if (tokens[at].is_whole) {
      while (end < tokens.size() && !tokens[end].is_whole &&
             tokens[end].field == tokens[at].field &&
             tokens[end].bytes.end <= tokens[at].bytes.end) {
        ++end;
      }
    }
    const auto own_folds = std::span(folds).subspan(at, end - at);
    const bool folded = std::ranges::any_of(
        own_folds, [](text::LookAlikeFold fold) { return fold != text::LookAlikeFold::keep; });
    if (folded || has_hidden) {
      resolve_token(tokens[at], field_text(tokens[at]), own_folds,
                    std::span(scripts).subspan(at, end - at));
    }
  }
}

void Tokenizer::resolve_token(Token& token, std::string_view field_text,
                              std::span<const text::LookAlikeFold> folds,
                              std::span<const text::Script> scripts) {
  read_again(token, field_text, true);
  const std::string_view raw = normal_form(characters_);
  read_again(token, field_text, false);
  const auto index = static_cast<std::size_t>(&token - result_.tokens.data());
  for (text::Character& character : characters_) {
    for (std::size_t i = 0; i < folds.size(); ++i) {
      const Token& part = result_.tokens[index + i];
      const bool inside =
          character.bytes.begin >= part.bytes.begin && character.bytes.end <= part.bytes.end;
      if (!inside || folds[i] == text::LookAlikeFold::keep) continue;
      const char32_t folded = text::folded_look_alike(character.code, folds[i], scripts[i]);
      if (folded == character.code) continue;
      character.code = folded;
      if (!token.is_whole) ++result_.folded_letters;
    }
  }
  const std::string_view word = normal_form(characters_);
  if (word == raw) return;
  token.word = word;
  token.raw = raw;
  if (mode_.stems) set_forms(token);
}

}  // namespace stemma::analysis
