// Reading and writing little-endian bytes.
//
// Bytes from a file are foreign: ByteReader never reads past its span and throws
// Error{corrupt} instead. Values are copied with memcpy, never cast, so alignment is free.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "stemma/error.h"

namespace stemma {

static_assert(std::endian::native == std::endian::little, "files are little-endian");

using Bytes = std::span<const std::uint8_t>;

[[nodiscard]] inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Walks over bytes that it does not own; every read checks what is left.
class ByteReader {
 public:
  /// `what` names the thing being read, for the error message; it must outlive the reader.
  explicit ByteReader(Bytes bytes, const char* what = "file") : rest_(bytes), what_(what) {}

  [[nodiscard]] std::uint8_t u8() { return fixed<std::uint8_t>(); }
  [[nodiscard]] std::uint16_t u16() { return fixed<std::uint16_t>(); }
  [[nodiscard]] std::uint32_t u32() { return fixed<std::uint32_t>(); }
  [[nodiscard]] std::uint64_t u64() { return fixed<std::uint64_t>(); }
  [[nodiscard]] double f64() { return std::bit_cast<double>(u64()); }

  /// LEB128, at most ten bytes.
  [[nodiscard]] std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t byte = u8();
      value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80) return value;
    }
    throw Error(Error::Kind::corrupt, std::string(what_) + " holds a number of more than 64 bits");
  }
  /// A varint that must fit 32 bits.
  [[nodiscard]] std::uint32_t varint32() {
    const std::uint64_t value = varint();
    if (value > 0xffff'ffffU) {
      throw Error(Error::Kind::corrupt,
                  std::string(what_) + " holds a number of more than 32 bits");
    }
    return static_cast<std::uint32_t>(value);
  }
  [[nodiscard]] Bytes bytes(std::uint64_t count) {
    need(count);
    const Bytes head = rest_.first(static_cast<std::size_t>(count));
    rest_ = rest_.subspan(static_cast<std::size_t>(count));
    return head;
  }
  /// A varint length, then that many bytes.
  [[nodiscard]] std::string_view text() { return as_text(bytes(varint())); }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }
  [[nodiscard]] bool empty() const { return rest_.empty(); }

 private:
  void need(std::uint64_t count) const {
    if (rest_.size() < count) {
      throw Error(Error::Kind::corrupt,
                  std::string(what_) + " ends too early: " + std::to_string(count) +
                      " bytes expected, " + std::to_string(rest_.size()) + " left");
    }
  }
  template <class T>
  T fixed() {
    need(sizeof(T));
    T value;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_ = rest_.subspan(sizeof value);
    return value;
  }

  Bytes rest_;
  const char* what_;
};

/// Appends to a string that it owns.
class ByteWriter {
 public:
  void u8(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void u16(std::uint16_t value) { fixed(value); }
  void u32(std::uint32_t value) { fixed(value); }
  void u64(std::uint64_t value) { fixed(value); }
  void f64(double value) { fixed(std::bit_cast<std::uint64_t>(value)); }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) u8(static_cast<std::uint8_t>(value | 0x80));
    u8(static_cast<std::uint8_t>(value));
  }
  void bytes(std::string_view value) { out_.append(value); }
  /// A varint length, then the bytes.
  void text(std::string_view value) {
    varint(value.size());
    out_.append(value);
  }
  [[nodiscard]] std::size_t size() const { return out_.size(); }
  [[nodiscard]] std::string_view view() const { return out_; }
  [[nodiscard]] std::string take() { return std::move(out_); }
  void clear() { out_.clear(); }
  void reserve(std::size_t bytes) { out_.reserve(bytes); }

 private:
  template <class T>
  void fixed(T value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    out_.append(raw, sizeof value);
  }
  std::string out_;
};

}  // namespace stemma
