// See byte_size.h.
#include "byte_size.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>

namespace stemma::command {

namespace {

constexpr double kLargest = 9.0e18;  // below 2^63

std::string convert(std::string& text) {
  std::string refusal = "expected a size such as 256M or 1G, got \"" + text + "\"";
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (read.ec != std::errc() || value < 0) return refusal;
  std::string unit(read.ptr, end);
  if (unit.size() > 1 && (unit.back() == 'b' || unit.back() == 'B')) unit.pop_back();
  if (unit.size() > 1 && unit.back() == 'i') unit.pop_back();
  if (unit.size() > 1) return refusal;
  if (!unit.empty()) {
    const std::string units = "bkmgtBKMGT";
    const std::size_t power = units.find(unit.front());
    if (power == std::string::npos) return refusal;
    value *= std::pow(1024.0, static_cast<double>(power % 5));
  }
  if (!(value < kLargest)) return refusal;
  text = std::to_string(static_cast<std::uint64_t>(value));
  return {};
}

}  // namespace

CLI::Validator byte_size() { return CLI::Validator(convert, ""); }

}  // namespace stemma::command
