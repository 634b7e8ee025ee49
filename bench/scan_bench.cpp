// Question: how long does one call of each scan take, on inputs of the size and kind that ranked
// retrieval gives it, in each form that this machine can run? Each call's answer is first held
// against the definition's. The inputs are fixed by a seed; a benchmark goes round 1024 of them, so
// that no branch is learnt by heart.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "kernels/scan.h"

namespace stemma::bench {
namespace {

using kernels::Scanner;
using Numbers = std::vector<std::uint32_t>;

constexpr std::size_t kInputs = 1024;
constexpr std::size_t kRows = 64;
constexpr std::uint32_t kDocuments = 16'384;

std::uint32_t any(std::mt19937& random, std::uint32_t end) {
  return static_cast<std::uint32_t>(random()) % end;
}

Numbers ascending(std::mt19937& random, std::size_t count, std::uint32_t end) {
  std::vector<bool> chosen(end);
  for (std::size_t left = count; left > 0;) {
    const auto value = any(random, end);
    left -= std::size_t{!chosen[value]};
    chosen[value] = true;
  }
  Numbers all;
  for (std::uint32_t value = 0; value < end; ++value) {
    if (chosen[value]) all.push_back(value);
  }
  return all;
}

struct Rows {
  std::array<std::vector<std::uint8_t>, 4> impacts;  // 0 in most places, else any
  std::array<std::vector<std::uint8_t>, 2> bitmaps;
};

/// What one call reads; a benchmark uses what it needs.
struct Input {
  const std::array<std::vector<std::uint8_t>, 4>& impacts;
  const std::array<std::vector<std::uint8_t>, 2>& bitmaps;
  Numbers a;
  Numbers b;
  std::uint32_t number = 0;
};

struct Output {
  Numbers one = Numbers(2 * kDocuments);
  Numbers two = Numbers(2 * kDocuments);
  std::vector<std::uint64_t> bitmap = std::vector<std::uint64_t>(kDocuments / 64);
};

struct Sizes {
  std::size_t a = 128;
  std::size_t b = 128;
  std::uint32_t end = 1024;  // of a and b
};

/// Impacts and bitmaps, the same for all benchmarks.
const std::vector<Rows>& rows() {
  static const std::vector<Rows> kAll = [] {
    std::mt19937 random(31);
    std::vector<Rows> all(kRows);
    for (Rows& input : all) {
      for (auto& impacts : input.impacts) {
        for (std::uint32_t i = 0; i < kDocuments; ++i) {
          impacts.push_back(static_cast<std::uint8_t>(any(random, 4) == 0 ? any(random, 251) : 0));
        }
      }
      for (auto& bitmap : input.bitmaps) {
        for (std::uint32_t i = 0; i < kDocuments / 8; ++i) {
          bitmap.push_back(static_cast<std::uint8_t>(random() & random()));
        }
      }
    }
    return all;
  }();
  return kAll;
}

std::vector<Input> inputs(const Sizes& sizes) {
  std::mt19937 random(29);
  std::vector<Input> all;
  for (std::size_t i = 0; i < kInputs; ++i) {
    const Rows& each = rows()[i % kRows];
    all.push_back({each.impacts, each.bitmaps, ascending(random, sizes.a, sizes.end),
                   ascending(random, sizes.b, sizes.end), static_cast<std::uint32_t>(random())});
  }
  return all;
}

template <class Run>
void time_each(const std::string& name, const Sizes& sizes, Run run) {
  const auto shared = std::make_shared<const std::vector<Input>>(inputs(sizes));
  for (const Scanner& scan : kernels::scanners()) {
    benchmark::RegisterBenchmark((name + "/" + scan.name).c_str(), [&scan, shared,
                                                                    run](benchmark::State& state) {
      const std::vector<Input>& all = *shared;
      Output expected;
      Output output;
      for (const Input& input : all) {
        const std::size_t count = run(kernels::scanners().front(), input, expected);
        const auto wanted = static_cast<std::ptrdiff_t>(std::min(count, expected.one.size()));
        if (run(scan, input, output) != count || output.bitmap != expected.bitmap ||
            !std::equal(output.one.begin(), output.one.begin() + wanted, expected.one.begin())) {
          state.SkipWithError("not what the definition gives");
          return;
        }
      }
      std::size_t next = 0;
      for (auto _ : state) {
        benchmark::DoNotOptimize(run(scan, all[next], output));
        benchmark::ClobberMemory();
        next = (next + 1) % kInputs;
      }
    });
  }
}

void find() {
  for (const auto& [name, least] :
       {std::pair("none", 251U), {"few", 246U}, {"many", 128U}, {"all", 0U}}) {
    for (const std::size_t count : {std::size_t{128}, std::size_t{100}, std::size_t{16'384}}) {
      time_each(std::string("find_at_least/") + std::to_string(count) + "/" + name, {},
                [least = least, count](const Scanner& scan, const Input& in, Output& out) {
                  return scan.find_at_least(in.impacts[0].data(), count,
                                            static_cast<std::uint8_t>(least), 0, out.one.data());
                });
    }
  }
  time_each("find_between/128/few", {}, [](const Scanner& scan, const Input& in, Output& out) {
    return scan.find_between(in.impacts[0].data(), 128, 200, 210, 0, out.one.data());
  });
  for (std::size_t size = 1; size <= 4; ++size) {
    for (const bool all : {false, true}) {
      time_each("find_joint/4096/" + std::to_string(size) + (all ? "/all" : "/some"), {},
                [size, all](const Scanner& scan, const Input& in, Output& out) {
                  const std::array<const std::uint8_t*, 4> lists{
                      in.impacts[0].data(), in.impacts[1].data(), in.impacts[2].data(),
                      in.impacts[3].data()};
                  constexpr std::array<std::uint16_t, 4> kWeights{61, 40, 63, 50};
                  // Few are above: 3 of 4 impacts are 0.
                  const auto least = static_cast<std::uint32_t>(13'000 + 4'000 * size);
                  return scan.find_joint({lists.data(), kWeights.data(), size}, 0, 4096,
                                         all ? 10'000 * static_cast<std::uint32_t>(size) : least,
                                         65'536, all, out.one.data());
                });
    }
  }
}

void bitmaps() {
  for (const std::size_t words : {std::size_t{8}, std::size_t{256}}) {
    const auto size = std::to_string(words);
    time_each("count_and/" + size, {}, [words](const Scanner& scan, const Input& in, Output&) {
      const std::array<const std::uint8_t*, 2> two{in.bitmaps[0].data(), in.bitmaps[1].data()};
      return scan.count_and(two.data(), 2, words);
    });
    time_each("or_into/" + size, {}, [words](const Scanner& scan, const Input& in, Output& out) {
      scan.or_into(out.bitmap.data(), in.bitmaps[0].data(), words);
      return std::size_t{0};
    });
    time_each("count_bits/" + size, {}, [words](const Scanner& scan, const Input&, Output& out) {
      return scan.count_bits(out.bitmap.data(), words);
    });
  }
  for (const std::size_t count : {std::size_t{1}, std::size_t{128}}) {
    const auto size = std::to_string(count);
    const Sizes sizes{.a = count, .b = 1, .end = kDocuments};
    time_each("probe_bitmap/" + size, sizes,
              [count](const Scanner& scan, const Input& in, Output& out) {
                return scan.probe_bitmap(in.bitmaps[0].data(), in.a.data(), count, out.one.data());
              });
    time_each("count_in_bitmap/" + size, sizes,
              [count](const Scanner& scan, const Input& in, Output&) {
                return scan.count_in_bitmap(in.bitmaps[0].data(), in.a.data(), count);
              });
    time_each("add_to_bitmap/" + size, sizes,
              [count](const Scanner& scan, const Input& in, Output& out) {
                scan.add_to_bitmap(out.bitmap.data(), in.a.data(), count);
                return std::size_t{0};
              });
  }
  time_each("decode_bitmap/128", {}, [](const Scanner& scan, const Input& in, Output& out) {
    return scan.decode_bitmap(in.bitmaps[0].data(), in.number % 8192, kDocuments, 128,
                              out.one.data());
  });
  time_each("count_range/to 512", {}, [](const Scanner& scan, const Input& in, Output&) {
    const std::uint32_t end = in.number % kDocuments;
    return std::size_t{scan.count_range(in.bitmaps[0].data(), end & ~511U, end)};
  });
}

void arrays() {
  struct Case {
    const char* name;
    Sizes sizes;
  };
  for (const auto& [name, sizes] :
       {Case{"128 and 128, few", {128, 128, 4096}}, Case{"128 and 128, half", {128, 128, 256}},
        Case{"100 and 40", {100, 40, 2000}}, Case{"8 and 128", {8, 128, 2000}},
        Case{"4 and 128", {4, 128, 2000}}, Case{"2 and 128", {2, 128, 2000}},
        Case{"10 and 1000", {10, 1000, 20'000}}, Case{"1000 and 1000", {1000, 1000, 20'000}}}) {
    time_each(std::string("intersect/") + name, sizes,
              [](const Scanner& scan, const Input& in, Output& out) {
                return scan.intersect(in.a.data(), in.a.size(), in.b.data(), in.b.size(),
                                      out.one.data(), out.two.data());
              });
    time_each(std::string("count_common/") + name, sizes,
              [](const Scanner& scan, const Input& in, Output&) {
                return scan.count_common(in.a.data(), in.a.size(), in.b.data(), in.b.size());
              });
  }
  for (const auto& [name, sizes] :
       {Case{"1 and 1", {1, 1, 2000}}, Case{"3 and 5", {3, 5, 2000}},
        Case{"10 and 10", {10, 10, 2000}}, Case{"40 and 20", {40, 20, 2000}},
        Case{"2 and 40", {2, 40, 2000}}}) {
    time_each(std::string("any_at_distance/") + name, sizes,
              [](const Scanner& scan, const Input& in, Output&) {
                return std::size_t{
                    scan.any_at_distance(in.a.data(), in.a.size(), in.b.data(), in.b.size(), 1)};
              });
    time_each(std::string("keep_at_distance/") + name, sizes,
              [](const Scanner& scan, const Input& in, Output& out) {
                std::copy(in.a.begin(), in.a.end(), out.one.begin());
                return scan.keep_at_distance(out.one.data(), in.a.size(), in.b.data(), in.b.size(),
                                             1);
              });
  }
  for (const std::size_t count : {std::size_t{128}, std::size_t{77}}) {
    time_each("lower_bound_in_block/" + std::to_string(count), {.a = count, .b = 1},
              [](const Scanner& scan, const Input& in, Output&) {
                return scan.lower_bound_in_block(in.a.data(), in.a.size(), in.number % 1024);
              });
  }
}

void bits() {
  for (const unsigned width : {5U, 8U, 12U, 20U}) {
    for (const std::size_t count :
         {std::size_t{1}, std::size_t{3}, std::size_t{8}, std::size_t{20}, std::size_t{60}}) {
      time_each("unpack_bits/" + std::to_string(count) + " of " + std::to_string(width), {},
                [width, count](const Scanner& scan, const Input& in, Output& out) {
                  scan.unpack_bits(in.bitmaps[0].data(), in.number % 8192, width, count,
                                   out.one.data());
                  return count;
                });
    }
  }
}

}  // namespace
}  // namespace stemma::bench

int main(int argc, char** argv) {
  stemma::bench::find();
  stemma::bench::bitmaps();
  stemma::bench::arrays();
  stemma::bench::bits();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
