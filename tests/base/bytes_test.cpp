// Little-endian reading and writing: what is written is read, what is missing is refused.
#include "base/bytes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/term.h"

namespace stemma {
namespace {

TEST(Bytes, WhatIsWrittenIsRead) {
  ByteWriter out;
  out.u8(7);
  out.u16(0x1234);
  out.u32(0xdead'beef);
  out.u64(0x0123'4567'89ab'cdefULL);
  out.f64(-0.0);
  out.text("text");
  ByteReader in(as_bytes(out.view()));
  EXPECT_EQ(in.u8(), 7);
  EXPECT_EQ(in.u16(), 0x1234);
  EXPECT_EQ(in.u32(), 0xdead'beefU);
  EXPECT_EQ(in.u64(), 0x0123'4567'89ab'cdefULL);
  EXPECT_TRUE(std::signbit(in.f64()));
  EXPECT_EQ(in.text(), "text");
  EXPECT_TRUE(in.empty());
}

TEST(Bytes, VarintsOfEveryLengthComeBack) {
  for (unsigned bit = 0; bit < 64; ++bit) {
    for (const std::uint64_t value :
         {std::uint64_t{1} << bit, (std::uint64_t{1} << bit) - 1, ~std::uint64_t{0} >> bit}) {
      ByteWriter out;
      out.varint(value);
      ByteReader in(as_bytes(out.view()));
      EXPECT_EQ(in.varint(), value);
      EXPECT_TRUE(in.empty());
    }
  }
}

TEST(Bytes, EveryCutIsRefusedAsCorrupt) {
  ByteWriter out;
  out.u64(1);
  out.varint(~std::uint64_t{0});
  out.text("abc");
  for (std::size_t cut = 0; cut < out.size(); ++cut) {
    ByteReader in(as_bytes(out.view().substr(0, cut)), "sample");
    try {
      (void)in.u64();
      (void)in.varint();
      (void)in.text();
      FAIL() << cut;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), Error::Kind::corrupt);
      EXPECT_NE(std::string(error.what()).find("sample"), std::string::npos);
    }
  }
}

TEST(Bytes, OverlongAndOverlargeNumbersAreRefused) {
  const std::string overlong(11, '\xff');
  EXPECT_THROW((void)ByteReader(as_bytes(overlong)).varint(), Error);
  ByteWriter out;
  out.varint(std::uint64_t{1} << 32U);
  EXPECT_THROW((void)ByteReader(as_bytes(out.view())).varint32(), Error);
}

TEST(Bytes, ALengthBeyondAllMemoryIsRefused) {
  ByteWriter out;
  out.varint(~std::uint64_t{0});
  out.bytes("abc");
  EXPECT_THROW((void)ByteReader(as_bytes(out.view())).text(), Error);
}

TEST(Terms, ALayerIsOneByteBeforeTheText) {
  const std::string key = term_key(TermLayer::stem, "ship");
  EXPECT_EQ(key, "sship");
  EXPECT_EQ(layer_of(key), TermLayer::stem);
  EXPECT_EQ(text_of(key), "ship");
  EXPECT_EQ(field_term_key("source", "reuters"), std::string("msource\0reuters", 15));
}

}  // namespace
}  // namespace stemma
