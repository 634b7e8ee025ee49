// Two decompressors behind one shape: refill the input when it is used up, hand the rest to the
// library, and tell apart "no more input" inside a stream (truncated) and between streams (done).
#include "articles/decompress.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <vector>

namespace stemma::articles {
namespace {

constexpr std::size_t kInputBytes = 128U << 10;
constexpr std::uint64_t kFreeOutputBytes = 1U << 20;  // small files may expand as they like

/// The compressed bytes not yet used, and the bound on what may become of them.
class Input {
 public:
  Input(ByteSource& inner, std::uint64_t max_expansion)
      : inner_(inner), max_expansion_(max_expansion), buffer_(kInputBytes) {}

  /// False at the end of the input.
  bool refill() {
    if (at_ < filled_) return true;
    filled_ = inner_.read(buffer_);
    at_ = 0;
    return filled_ > 0;
  }
  [[nodiscard]] std::span<char> rest() { return std::span(buffer_).subspan(at_, filled_ - at_); }

  void used(std::size_t in, std::size_t out) {
    at_ += in;
    used_ += in;
    made_ += out;
    if (made_ > kFreeOutputBytes && made_ / std::max<std::uint64_t>(max_expansion_, 1) > used_) {
      throw BadInput("expands to more than " + std::to_string(max_expansion_) +
                         " times its size, as decompression bombs do",
                     "if it is what it should be, decompress it first");
    }
  }

 private:
  ByteSource& inner_;
  std::uint64_t max_expansion_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  std::uint64_t used_ = 0;
  std::uint64_t made_ = 0;
};

BadInput damaged(const std::string& format, const std::string& reason) {
  return BadInput("is damaged " + format + " data: " + reason, "get the file again");
}

BadInput truncated(const std::string& format) {
  return BadInput("ends in the middle of its " + format + " data", "get the whole file");
}

class GzipSource : public ByteSource {
 public:
  GzipSource(ByteSource& inner, std::uint64_t max_expansion) : input_(inner, max_expansion) {
    static constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw BadInput("gzip could not be started");
  }
  ~GzipSource() override { inflateEnd(&stream_); }

  std::size_t read(std::span<char> target) override {
    while (true) {
      if (!input_.refill()) {
        if (inside_) throw truncated("gzip");
        return 0;
      }
      if (!inside_ && begun_) inflateReset(&stream_);
      begun_ = inside_ = true;
      const std::span<char> rest = input_.rest();
      stream_.next_in = reinterpret_cast<Bytef*>(rest.data());
      stream_.avail_in = static_cast<uInt>(rest.size());
      stream_.next_out = reinterpret_cast<Bytef*>(target.data());
      const std::size_t room = std::min<std::size_t>(target.size(), 1U << 30);
      stream_.avail_out = static_cast<uInt>(room);
      const int status = inflate(&stream_, Z_NO_FLUSH);
      const std::size_t made = room - stream_.avail_out;
      input_.used(rest.size() - stream_.avail_in, made);
      if (status == Z_STREAM_END) {
        inside_ = false;
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        throw damaged("gzip", stream_.msg != nullptr ? stream_.msg : "unknown");
      }
      if (made > 0) return made;
    }
  }

 private:
  Input input_;
  z_stream stream_{};
  bool inside_ = false;  ///< of a member
  bool begun_ = false;
};

class ZstdSource : public ByteSource {
 public:
  ZstdSource(ByteSource& inner, std::uint64_t max_expansion)
      : input_(inner, max_expansion), stream_(ZSTD_createDCtx(), &ZSTD_freeDCtx) {
    if (stream_ == nullptr) throw std::bad_alloc();
  }

  std::size_t read(std::span<char> target) override {
    while (true) {
      // A full target may leave output inside the library, so it is asked without input as well.
      const bool more = input_.refill();
      if (!more && !inside_) return 0;
      const std::span<char> rest = input_.rest();
      ZSTD_inBuffer in{rest.data(), rest.size(), 0};
      ZSTD_outBuffer out{target.data(), target.size(), 0};
      const std::size_t status = ZSTD_decompressStream(stream_.get(), &out, &in);
      if (ZSTD_isError(status) != 0) throw damaged("zstd", ZSTD_getErrorName(status));
      input_.used(in.pos, out.pos);
      inside_ = status != 0;
      if (out.pos > 0) return out.pos;
      if (!more && inside_) throw truncated("zstd");
    }
  }

 private:
  Input input_;
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> stream_;
  bool inside_ = false;  ///< of a frame
};

}  // namespace

std::unique_ptr<ByteSource> decompressed(Compression compression, ByteSource& inner,
                                         std::uint64_t max_expansion) {
  if (compression == Compression::gzip) return std::make_unique<GzipSource>(inner, max_expansion);
  if (compression == Compression::zstd) return std::make_unique<ZstdSource>(inner, max_expansion);
  return std::make_unique<PeekedSource>(inner, 0);
}

Compression compression_of(std::string_view head) {
  if (head.substr(0, 2) == "\x1F\x8B") return Compression::gzip;
  if (head.substr(0, 4) == "\x28\xB5\x2F\xFD") return Compression::zstd;
  return Compression::none;
}

}  // namespace stemma::articles
