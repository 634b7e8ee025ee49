#include "analysis/tokenizer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <string>

#include "analysis/word_forms.h"
#include "base/term.h"
#include "stemma/error.h"
#include "text/sentences.h"
#include "text/utf8.h"

namespace stemma::analysis {
namespace {

enum class Ascii : std::uint8_t {
  blank,    // white space: no rule looks across it
  sign,     // joins nothing
  joiner,   // may join what stands on both sides
  special,  // may belong to the word beside it: # + _ and all bytes above 127
  letter,
  digit,
};

constexpr std::array<Ascii, 256> kAscii = [] {
  std::array<Ascii, 256> table{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    table[byte] = byte >= 128 ? Ascii::special : Ascii::sign;
  }
  for (const char c : {' ', '\t', '\n', '\v', '\f', '\r'}) {
    table[static_cast<std::uint8_t>(c)] = Ascii::blank;
  }
  for (const char c : {'\'', '.', '-', '&', '/', '@', ':', ',', ';'}) {
    table[static_cast<std::uint8_t>(c)] = Ascii::joiner;
  }
  for (const char c : {'#', '+', '_'}) table[static_cast<std::uint8_t>(c)] = Ascii::special;
  for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = table[c - 32] = Ascii::letter;
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = Ascii::digit;
  return table;
}();

Ascii kind_of(char byte) { return kAscii[static_cast<std::uint8_t>(byte)]; }
bool is_word_byte(char byte) { return kind_of(byte) >= Ascii::letter; }

/// Where the word that starts at `begin` ends if the full rules would say so too: nothing joins it
/// to what follows. 0 if that is not plain.
std::size_t end_of_plain_word(std::string_view text, std::size_t begin) {
  std::size_t end = begin + 1;
  const bool digit_first = kind_of(text[begin]) == Ascii::digit;
  bool letter_after = false;
  for (; end < text.size() && is_word_byte(text[end]); ++end) {
    letter_after = letter_after || kind_of(text[end]) == Ascii::letter;
  }
  if (digit_first && letter_after) return 0;  // 122mm
  if (end == text.size()) return end;
  switch (kind_of(text[end])) {
    case Ascii::blank:
    case Ascii::sign:
      return end;
    case Ascii::joiner: {
      if (end + 1 == text.size()) return end;
      const Ascii next = kind_of(text[end + 1]);
      return next >= Ascii::special ? 0 : end;
    }
    default:
      return 0;
  }
}

bool joins_nothing(std::string_view text, std::size_t at) {
  if (kind_of(text[at]) <= Ascii::sign) return true;
  const std::string_view three = text.substr(at, 3);
  return three == "\u3001" || three == "\u3002";  // 、 and 。 may be all the gaps there are
}

/// Up to the next white space, but at most kMaxChunk bytes: text without any is cut after a sign
/// that joins nothing if there is one near, or else between two characters.
std::size_t end_of_chunk(std::string_view text, std::size_t begin) {
  constexpr std::size_t kMaxChunk = kMaxWordSourceBytes;
  const std::size_t limit = std::min(text.size(), begin + kMaxChunk);
  std::size_t end = begin;
  while (end < limit && kind_of(text[end]) != Ascii::blank) ++end;
  if (end == text.size() || end < limit) return end;
  for (std::size_t at = end; at > begin + kMaxChunk / 2; --at) {
    if (joins_nothing(text, at)) return at;
  }
  const std::string_view piece = text.substr(begin);
  return begin + text::cut_utf8(piece, kMaxChunk).size();
}

}  // namespace

void check_size(std::string_view text, const char* what) {
  if (text.size() <= std::numeric_limits<std::int32_t>::max()) return;
  throw Error(Error::Kind::limit,
              std::string(what) + " has " + std::to_string(text.size()) +
                  " bytes; at most 2147483647 can be analysed",
              "split it");
}

void Tokenizer::read_article(std::string_view title, std::string_view body, LanguageId language) {
  check_size(title, "the title");
  check_size(body, "the body");
  language_ = language;
  any_look_alike_ = false;
  with_hidden_.clear();
  result_.language =
      language == kNoLanguage ? "und" : language_table()[language].code;  // ISO 639-2
  result_.language_id = language;
  result_.tokens.reserve((title.size() + body.size()) / 5 + 8);
  add(Field::title, title, 1);
  const std::vector<Token>& tokens = result_.tokens;
  result_.title_length = static_cast<std::uint32_t>(std::count_if(
      tokens.begin(), tokens.end(), [](const Token& token) { return !token.is_whole; }));
  const std::uint32_t last_of_title = next_position() - 1;
  add(Field::body, body, last_of_title == 0 ? 1 : last_of_title + kTitleGap);
  resolve_doubtful(title, body);
}

void Tokenizer::add(Field field, std::string_view text, std::uint32_t position) {
  field_ = field;
  text_ = text;
  position_ = position;
  last_end_ = 0;
  at_field_start_ = true;
  const std::size_t first_token = result_.tokens.size();
  for (std::size_t at = 0; at < text.size();) {
    const Ascii kind = kind_of(text[at]);
    // An @ before a word belongs to it, and so may a sign before a special one.
    const bool plain_sign = kind < Ascii::special && text[at] != '@';
    if (mode_.always_full_rules ? kind == Ascii::blank : plain_sign) {
      ++at;
      continue;
    }
    const std::size_t end =
        kind >= Ascii::letter && !mode_.always_full_rules ? end_of_plain_word(text, at) : 0;
    if (end == 0) {
      at = read_by_full_rules(at);
    } else {
      read_plain_word(at, end);
      at = end;
    }
  }
  if (mode_.stems) add_forms(first_token);
  result_.dropped_characters += std::exchange(reader_.dropped, 0);
}

void Tokenizer::read_plain_word(std::size_t begin, std::size_t end) {
  const std::size_t size = std::min(end - begin, kMaxWordBytes);
  char* word = arena_.allocate_padded(size);
  // Letters and digits only: bit 5 makes letters small, and digits have it.
  for (std::size_t i = 0; i < size; ++i) word[i] = static_cast<char>(text_[begin + i] | 0x20);
  const ByteRange bytes{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  begin_word(bytes.begin);
  push({word, size}, bytes, false);
}

std::size_t Tokenizer::read_by_full_rules(std::size_t begin) {
  const std::size_t end = end_of_chunk(text_, begin);
  characters_.clear();
  segments_.clear();
  reader_.read(text_, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
               characters_);
  text::find_words(characters_, segments_);
  for (std::size_t at = 0; at < segments_.size();) {
    if (segments_[at].unspaced) {
      add_unspaced(segments_[at]);
      ++at;
    } else {
      at = read_compound(characters_, segments_, at, compound_);
      add_compound();
    }
  }
  return end;
}

void Tokenizer::add_compound() {
  if (compound_.parts.empty()) return;
  begin_word(characters_[compound_.begin].bytes.begin);
  if (compound_.has_whole) add_whole();
  for (const CompoundPart& part : compound_.parts) add_part(part);
}

void Tokenizer::add_whole() {
  const auto whole =
      std::span(characters_).subspan(compound_.begin, compound_.end - compound_.begin);
  // Nobody types a longer one, and cut it would lie.
  if (within_limit(whole).size() < whole.size()) return;
  buffer_.clear();
  text::append_normal_form(whole, buffer_);
  if (buffer_.size() > kMaxWordBytes) return;
  push(arena_.copy_padded(buffer_), {whole.front().bytes.begin, whole.back().bytes.end}, true);
  note_doubts(whole);
}

void Tokenizer::add_part(const CompoundPart& part) {
  const auto all = std::span(characters_).subspan(part.begin, part.end - part.begin);
  const ByteRange bytes{all.front().bytes.begin, all.back().bytes.end};
  if (part.initials) {
    std::vector<text::Character> letters;
    for (const text::Character& character : all) {
      if (character.code != kInitialsDot) letters.push_back(character);
    }
    push(normal_form(letters), bytes, false);
  } else {
    push(normal_form(all), bytes, false);
  }
  note_doubts(all);
}

void Tokenizer::add_unspaced(const text::WordSegment& run) {
  const std::span all(characters_);
  begin_word(all[run.begin].bytes.begin);
  const auto cluster_end = [&](std::uint32_t at) {
    ++at;
    while (at < run.end && !text::info(all[at].code).unspaced) ++at;  // its marks
    return at;
  };
  const auto add = [&](std::uint32_t begin, std::uint32_t end) {
    const auto word = all.subspan(begin, end - begin);
    push(normal_form(word), {word.front().bytes.begin, word.back().bytes.end}, false);
    note_doubts(word);
  };
  for (std::uint32_t at = run.begin; at < run.end;) {
    const std::uint32_t next = cluster_end(at);
    const std::uint32_t position = position_;
    const bool pair = next < run.end && mode_.pairs;
    if (pair) add(at, cluster_end(next));
    if (!pair || mode_.single_characters) {
      position_ = position;
      add(at, next);
    }
    at = next;
  }
}

void Tokenizer::begin_word(std::uint32_t begin) {
  const text::Start start =
      at_field_start_ ? text::Start::paragraph
                      : text::start_after_gap(text_, last_end_, std::max(begin, last_end_));
  at_field_start_ = false;
  if (start == text::Start::none) return;
  result_.sentence_starts.push_back(position_);
  if (start == text::Start::paragraph) result_.paragraph_starts.push_back(position_);
}

Token& Tokenizer::push(std::string_view word, ByteRange bytes, bool is_whole) {
  Token& token = result_.tokens.emplace_back();
  token.word = word;
  token.position = position_;
  token.bytes = bytes;
  token.field = field_;
  token.is_whole = is_whole;
  last_end_ = std::max(last_end_, bytes.end);
  if (!is_whole) ++position_;
  return token;
}

void Tokenizer::add_forms(std::size_t first_token) {
  // The cache of forms is larger than the processor's; its answers are asked for ahead.
  constexpr std::size_t kAhead = 8;
  std::vector<Token>& tokens = result_.tokens;
  for (std::size_t at = first_token; at < tokens.size(); ++at) {
    if (at + kAhead < tokens.size()) prefetch_forms(tokens[at + kAhead].word, language_);
    set_forms(tokens[at]);
  }
}

void Tokenizer::set_forms(Token& token) {
  const WordForms forms = forms_of(token.word, language_, arena_);
  token.folded = forms.folded;
  if (token.is_whole) return;
  token.stem = forms.stem;
  token.stem_alt = forms.stem_alt;
}

void Tokenizer::note_doubts(std::span<const text::Character> word) {
  bool hidden = false;
  for (const text::Character& character : word) {
    any_look_alike_ = any_look_alike_ || text::info(character.code).look_alike;
    hidden = hidden || (character.after_hidden && &character != &word.front());
  }
  if (hidden) with_hidden_.push_back(static_cast<std::uint32_t>(result_.tokens.size() - 1));
}

std::string_view Tokenizer::normal_form(std::span<const text::Character> word) {
  return arena_.copy_padded(word_of(word, buffer_));
}

}  // namespace stemma::analysis
