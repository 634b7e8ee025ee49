// Question: how many numbers a second does each unpacker give, and how many bytes a second does
// each CRC32C check, out of the first-level cache?
//
// Before timing, each kernel is compared with the scalar definition, which stands first. These
// figures are the floor under every query: what it must touch, divided by them.
#include <benchmark/benchmark.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "kernels/bitpack.h"
#include "kernels/crc32c.h"

namespace stemma::bench {
namespace {

using kernels::kPackedValues;
using kernels::Unpacker;

constexpr unsigned kSeed = 20260101;
constexpr unsigned kWidestBenched = 16;
constexpr std::size_t kBlocks = 32;  // 8 KiB of packed numbers at most

using Values = std::array<std::uint32_t, kPackedValues>;

std::vector<std::uint8_t> packed_blocks(unsigned width) {
  std::mt19937 random(kSeed);
  std::vector<std::uint8_t> bytes(kBlocks * kernels::packed_bytes(width) + 1);
  for (std::size_t block = 0; block < kBlocks; ++block) {
    Values values{};
    for (auto& value : values) value = static_cast<std::uint32_t>(random()) >> (32 - width);
    kernels::pack(values.data(), width, bytes.data() + block * kernels::packed_bytes(width));
  }
  return bytes;
}

Values unpacked(const Unpacker& kernel, const std::uint8_t* in, unsigned width, bool sums) {
  Values out{};
  if (sums) {
    kernel.unpack_sums(in, width, 7, 1, out.data());
  } else {
    kernel.unpack(in, width, out.data());
  }
  return out;
}

void unpack(benchmark::State& state, const Unpacker& kernel, unsigned width, bool sums) {
  const std::vector<std::uint8_t> bytes = packed_blocks(width);
  const std::size_t step = kernels::packed_bytes(width);
  for (std::size_t block = 0; block < kBlocks; ++block) {
    const std::uint8_t* in = bytes.data() + block * step;
    if (unpacked(kernel, in, width, sums) !=
        unpacked(kernels::unpackers().front(), in, width, sums)) {
      state.SkipWithError("not what the scalar definition gives");
      return;
    }
  }
  Values out{};
  for (auto _ : state) {
    for (std::size_t block = 0; block < kBlocks; ++block) {
      const std::uint8_t* in = bytes.data() + block * step;
      if (sums) {
        kernel.unpack_sums(in, width, static_cast<std::uint32_t>(block), 1, out.data());
      } else {
        kernel.unpack(in, width, out.data());
      }
      benchmark::DoNotOptimize(out.data());
      benchmark::ClobberMemory();
    }
  }
  const auto blocks = static_cast<std::int64_t>(state.iterations()) * std::int64_t{kBlocks};
  state.SetItemsProcessed(blocks * std::int64_t{kPackedValues});
  state.SetBytesProcessed(blocks * static_cast<std::int64_t>(step));
}

void crc32c(benchmark::State& state, const kernels::Crc32cKernel& kernel, std::size_t size) {
  std::mt19937 random(kSeed);
  std::vector<std::uint8_t> bytes(size);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
  if (kernel.run(bytes, 0) != kernels::crc32c_kernels().front().run(bytes, 0)) {
    state.SkipWithError("not what the table gives");
    return;
  }
  std::uint32_t crc = 0;
  for (auto _ : state) benchmark::DoNotOptimize(crc = kernel.run(bytes, crc));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(size));
}

void register_all() {
  for (const Unpacker& kernel : kernels::unpackers()) {
    for (unsigned width = 1; width <= kWidestBenched; ++width) {
      for (const bool sums : {false, true}) {
        const std::string name = std::string(sums ? "unpack_sums/" : "unpack/") + kernel.name +
                                 "/" + std::to_string(width);
        benchmark::RegisterBenchmark(name.c_str(), [&kernel, width, sums](benchmark::State& state) {
          unpack(state, kernel, width, sums);
        });
      }
    }
  }
  for (const auto& kernel : kernels::crc32c_kernels()) {
    for (const std::size_t size : {std::size_t{4096}, std::size_t{65'536}}) {
      const std::string name = std::string("crc32c/") + kernel.name + "/" + std::to_string(size);
      benchmark::RegisterBenchmark(
          name.c_str(), [&kernel, size](benchmark::State& state) { crc32c(state, kernel, size); });
    }
  }
}

}  // namespace
}  // namespace stemma::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  stemma::bench::register_all();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
