// Canonical text: the one way to write each tree, with every operator in words and every bracket
// that is needed. `parse` reads it back as an equal tree, also when strict.
//
// What makes this possible: words are written as analysis left them (so analysis leaves them alone
// the second time); stems stand bare or after `~`, verbatim words in quotation marks, and the
// letters exactly as typed after `=`; a date on a metadata field is written as a range of days and
// a number with a point where it could be read as a year.
#include "query/canonical.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/term.h"
#include "query/lexer.h"
#include "text/iso_date.h"
#include "text/utf8.h"

namespace stemma::query {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kFirstSecond = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kLastSecond = std::numeric_limits<std::int64_t>::max();

/// Letters and digits only, so that the lexer sees a word and nothing else.
bool is_bare(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto character = text::decode_utf8(text, at);
    const char32_t code = character.code;
    const bool plain = (code >= U'a' && code <= U'z') || (code >= U'0' && code <= U'9') ||
                       (code >= 0xc0 && code != U'\uff1a' && !ends_word(code));
    if (!plain || !character.valid) return false;
    at += character.size;
  }
  return !text.empty();
}

bool has_raw(const Word& word) {
  return std::any_of(word.terms.begin(), word.terms.end(), [](const std::string& term) {
    return layer_of(term) == TermLayer::raw || layer_of(term) == TermLayer::title_raw;
  });
}

std::string field_prefix(const std::string& field) { return field.empty() ? "" : field + ":"; }

std::string word_text(const Word& word, const std::string& field, bool beside_near) {
  const std::string prefix = field_prefix(field);
  if (has_raw(word)) return prefix + "=" + word.text;
  if (word.stemmed) {
    if (!beside_near && is_bare(word.text)) return prefix + word.text;
    return prefix + "~" + (is_bare(word.text) ? word.text : in_quotation_marks(word.text));
  }
  if (beside_near && is_bare(word.text)) return prefix + word.text;
  return prefix + in_quotation_marks(word.text);
}

/// In scripts without spaces a slot is two letters, and the next slot starts with the second: how
/// many bytes of the slot to write before the next one.
std::size_t own_bytes(std::string_view slot, std::string_view next) {
  for (std::size_t at = 1; at < slot.size(); ++at) {
    if (next.substr(0, slot.size() - at) == slot.substr(at)) return at;
  }
  return slot.size();
}

std::string phrase_text(const Node& node) {
  std::string words;
  bool stemmed = false;
  for (std::size_t i = 0; i < node.slots.size(); ++i) {
    const std::string& text = node.slots[i].text;
    const bool last = i + 1 == node.slots.size();
    const bool overlaps = !last && node.slots[i].overlaps_next;
    words += overlaps ? text.substr(0, own_bytes(text, node.slots[i + 1].text)) : text;
    if (!last && !overlaps) words += ' ';
    stemmed = stemmed || node.slots[i].stemmed;
  }
  std::string out = field_prefix(node.field) + (stemmed ? "~" : "") + in_quotation_marks(words);
  if (node.window != 0) {
    const auto slots = static_cast<std::uint32_t>(node.slots.size());
    out += "~" + std::to_string(node.window - slots);
  }
  return out;
}

std::string pattern_text(const Node& node) {
  std::string out = field_prefix(node.field) + node.pattern_text;
  if (node.pattern == PatternKind::prefix) out += '*';
  if (node.pattern == PatternKind::edit_distance) out += "~" + std::to_string(node.distance);
  return out;
}

/// A number that cannot be taken for a year.
std::string certain_number(double value) {
  std::string text = number_text(value);
  if (text::parse_iso_date(text)) text += ".0";
  return text;
}

std::string number_range_text(const Node& node) {
  const std::string prefix = field_prefix(node.field);
  // `>5` is kept as the next number after 5.
  const double below = std::nextafter(node.low, -kInfinity);
  if (std::isinf(node.high) && std::isfinite(node.low) && std::isfinite(below) &&
      number_text(below).size() + 4 < number_text(node.low).size()) {
    return prefix + ">" + certain_number(below);
  }
  const double above = std::nextafter(node.high, kInfinity);
  if (std::isinf(node.low) && std::isfinite(node.high) && std::isfinite(above) &&
      number_text(above).size() + 4 < number_text(node.high).size()) {
    return prefix + "<" + certain_number(above);
  }
  std::string out = prefix;
  if (std::isfinite(node.low)) out += certain_number(node.low);
  out += "..";
  if (std::isfinite(node.high)) out += certain_number(node.high);
  return out;
}

/// The shortest date, not shorter than a day if `days`, that starts (or ends) at this second.
std::string end_text(std::int64_t second, bool is_last, bool days) {
  const std::string full = text::to_iso_text({second, second});
  std::string best = full;
  std::string shorter = full.substr(0, full.find('T'));
  while (true) {
    const auto interval = text::parse_iso_date(shorter);
    if (interval && (is_last ? interval->last : interval->first) == second) best = shorter;
    const std::size_t dash = shorter.rfind('-');
    if (days || dash == std::string::npos || dash == 0) return best;
    shorter.resize(dash);
  }
}

std::string date_range_text(const Node& node) {
  const bool metadata = node.field != "date";
  std::string out = field_prefix(node.field);
  const bool closed = node.dates.first != kFirstSecond && node.dates.last != kLastSecond;
  if (closed && !metadata) {
    const std::string one = text::to_iso_text(node.dates);
    if (one.find("..") == std::string::npos) return out + one;
  }
  if (node.dates.first != kFirstSecond) out += end_text(node.dates.first, false, metadata);
  out += "..";
  if (node.dates.last != kLastSecond) out += end_text(node.dates.last, true, metadata);
  return out;
}

bool needs_brackets(const Node& node) {
  switch (node.kind) {
    case NodeKind::near:
    case NodeKind::adjacent:
    case NodeKind::all_of:
    case NodeKind::any_of:
    case NodeKind::one_of:
    case NodeKind::without:
    case NodeKind::boost:
      return true;
    default:
      return false;
  }
}

class Writer {
 public:
  std::string take() { return std::move(out_); }

  void write(const Node& node) {
    switch (node.kind) {
      case NodeKind::nothing:
        break;
      case NodeKind::everything:
        out_ += '*';
        break;
      case NodeKind::word:
        out_ += word_text(node.word, node.field, false);
        break;
      case NodeKind::phrase:
        out_ += phrase_text(node);
        break;
      case NodeKind::near:
        write_chain(node, "NEAR");
        break;
      case NodeKind::adjacent:
        write_chain(node, "ADJ");
        break;
      case NodeKind::pattern:
        out_ += pattern_text(node);
        break;
      case NodeKind::number_range:
        out_ += number_range_text(node);
        break;
      case NodeKind::date_range:
        out_ += date_range_text(node);
        break;
      case NodeKind::all_of:
        write_list(node.children, " AND ");
        break;
      case NodeKind::any_of:
        write_list(node.children, " OR ");
        break;
      case NodeKind::one_of:
        write_list(node.children, " XOR ");
        break;
      case NodeKind::without:
        write_without(node);
        break;
      case NodeKind::boost:
        write_operand(node.children.front());
        out_ += "^" + number_text(node.factor);
        break;
    }
  }

 private:
  void write_bracketed(const Node& node) {
    out_ += '(';
    write(node);
    out_ += ')';
  }

  void write_operand(const Node& node) {
    // A weight needs no brackets except under another weight.
    if (needs_brackets(node)) return write_bracketed(node);
    write(node);
  }

  void write_item(const Node& node) {
    if (node.kind == NodeKind::boost) return write(node);
    write_operand(node);
  }

  void write_list(const std::vector<Node>& children, std::string_view separator) {
    for (std::size_t i = 0; i < children.size(); ++i) {
      if (i > 0) out_ += separator;
      write_item(children[i]);
    }
  }

  void write_without(const Node& node) {
    const Node& base = node.children[0];
    const Node& excluded = node.children[1];
    if (base.kind == NodeKind::all_of) {
      write_list(base.children, " AND ");
      out_ += ' ';
    } else if (base.kind != NodeKind::everything) {
      write_item(base);
      out_ += ' ';
    }
    out_ += "NOT ";
    if (excluded.kind == NodeKind::any_of) return write_list(excluded.children, " NOT ");
    write_item(excluded);
  }

  void write_chain(const Node& node, std::string_view name) {
    std::uint32_t positions = 0;
    for (const Node& child : node.children) {
      positions +=
          child.kind == NodeKind::phrase ? static_cast<std::uint32_t>(child.slots.size()) : 1;
    }
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const Node& child = node.children[i];
      if (i > 0) {
        out_ += " ";
        out_ += name;
        out_ += "/" + std::to_string(node.window - positions + 1) + " ";
      }
      if (child.kind == NodeKind::word) {
        out_ += word_text(child.word, child.field, true);
      } else {
        write_item(child);
      }
    }
  }

  std::string out_;
};

std::size_t depth_as_operand(const Node& node) {
  return bracket_depth(node) + (needs_brackets(node) ? 1 : 0);
}
std::size_t depth_as_item(const Node& node) {
  return node.kind == NodeKind::boost ? bracket_depth(node) : depth_as_operand(node);
}

}  // namespace

std::string number_text(double value) {
  char digits[32];
  const auto result = std::to_chars(digits, digits + sizeof digits, value);
  return {digits, result.ptr};
}

std::string in_quotation_marks(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const auto character = text::decode_utf8(text, at);
    if (character.code == U'\\' || is_quotation_mark(character.code)) out += '\\';
    out += text.substr(at, character.size);
    at += character.size;
  }
  return out + "\"";
}

// Follows Writer without writing.
std::size_t bracket_depth(const Node& node) {
  const auto deepest_of = [](const std::vector<Node>& children) {
    std::size_t deepest = 0;
    for (const Node& child : children) deepest = std::max(deepest, depth_as_item(child));
    return deepest;
  };
  switch (node.kind) {
    case NodeKind::near:
    case NodeKind::adjacent:
    case NodeKind::all_of:
    case NodeKind::any_of:
    case NodeKind::one_of:
      return deepest_of(node.children);
    case NodeKind::without: {
      const Node& base = node.children[0];
      const Node& excluded = node.children[1];
      const std::size_t depth =
          base.kind == NodeKind::all_of ? deepest_of(base.children) : depth_as_item(base);
      return std::max(depth, excluded.kind == NodeKind::any_of ? deepest_of(excluded.children)
                                                               : depth_as_item(excluded));
    }
    case NodeKind::boost:
      return depth_as_operand(node.children.front());
    default:
      return 0;
  }
}

std::string to_text(const Node& node) {
  Writer writer;
  writer.write(node);
  return writer.take();
}

}  // namespace stemma::query
