// Every CRC32C kernel equals the table form, and that equals the published values.
#include "kernels/crc32c.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace stemma::kernels {
namespace {

TEST(Crc32c, HasThePublishedValues) {  // RFC 3720, B.4
  const std::vector<std::uint8_t> zeros(32, 0);
  const std::vector<std::uint8_t> ones(32, 0xff);
  std::vector<std::uint8_t> up(32);
  for (std::size_t i = 0; i < up.size(); ++i) up[i] = static_cast<std::uint8_t>(i);
  for (const Crc32cKernel& kernel : crc32c_kernels()) {
    EXPECT_EQ(kernel.run(zeros, 0), 0x8a9136aaU) << kernel.name;
    EXPECT_EQ(kernel.run(ones, 0), 0x62a8ab43U) << kernel.name;
    EXPECT_EQ(kernel.run(up, 0), 0x46dd794eU) << kernel.name;
    EXPECT_EQ(kernel.run(as_bytes("123456789"), 0), 0xe3069283U) << kernel.name;
    EXPECT_EQ(kernel.run({}, 0), 0U) << kernel.name;
  }
}

TEST(Crc32c, EveryKernelEqualsTheTableAtEveryLengthAndAlignment) {
  std::mt19937 random(1);
  std::vector<std::uint8_t> bytes(70'000);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
  const auto& table = crc32c_kernels().front();
  for (const Crc32cKernel& kernel : crc32c_kernels()) {
    for (std::size_t length = 0; length < 300; ++length) {
      const Bytes part = Bytes(bytes).subspan(length % 13, length);
      ASSERT_EQ(kernel.run(part, 7), table.run(part, 7)) << kernel.name << " " << length;
    }
    for (int round = 0; round < 50; ++round) {
      const std::size_t begin = random() % 1000;
      const std::size_t length = random() % (bytes.size() - begin);
      const Bytes part = Bytes(bytes).subspan(begin, length);
      ASSERT_EQ(kernel.run(part, 0), table.run(part, 0)) << kernel.name << " " << length;
    }
  }
}

TEST(Crc32c, GoesOnWhereItStopped) {
  std::mt19937 random(2);
  std::vector<std::uint8_t> bytes(20'000);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
  const Bytes all(bytes);
  for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, std::size_t{3071},
                                std::size_t{3072}, std::size_t{19'999}, std::size_t{20'000}}) {
    EXPECT_EQ(crc32c(all.subspan(cut), crc32c(all.first(cut))), crc32c(all));
  }
}

}  // namespace
}  // namespace stemma::kernels
