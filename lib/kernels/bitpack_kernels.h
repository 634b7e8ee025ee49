// The unpackers by instruction set; bitpack.cpp chooses among them.
#pragma once

#include <cstdint>

namespace stemma::kernels {

#if defined(__x86_64__)
void unpack_sse2(const std::uint8_t* in, unsigned width, std::uint32_t* out);
void unpack_sums_sse2(const std::uint8_t* in, unsigned width, std::uint32_t start,
                      std::uint32_t step, std::uint32_t* out);
void unpack_avx2(const std::uint8_t* in, unsigned width, std::uint32_t* out);
void unpack_sums_avx2(const std::uint8_t* in, unsigned width, std::uint32_t start,
                      std::uint32_t step, std::uint32_t* out);
#elif defined(__aarch64__)
void unpack_neon(const std::uint8_t* in, unsigned width, std::uint32_t* out);
void unpack_sums_neon(const std::uint8_t* in, unsigned width, std::uint32_t start,
                      std::uint32_t step, std::uint32_t* out);
#endif

}  // namespace stemma::kernels
