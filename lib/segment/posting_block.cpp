// Widths are checked once a block, here; after that nothing can be read outside of it.
#include "segment/posting_block.h"

#include <algorithm>
#include <bit>

#include "kernels/bitpack.h"
#include "segment/packed_array.h"

namespace stemma::segment {
namespace {

constexpr std::uint8_t kMinusOne = 0x80;
constexpr std::uint8_t kCountsApart = 0x40;

/// The numbers of a block, less `base`, at the least width that holds them.
struct Column {
  std::array<std::uint32_t, kBlockSize> values;  // as many as the block has; most have few
  std::uint8_t width = 0;
  std::uint8_t base = 0;

  Column(const std::array<std::uint32_t, kBlockSize>& numbers, std::uint32_t size,
         std::uint32_t subtract)
      : base(static_cast<std::uint8_t>(subtract)) {
    std::uint32_t all = 0;
    for (std::uint32_t i = 0; i < size; ++i) all |= values[i] = numbers[i] - subtract;
    width = static_cast<std::uint8_t>(std::bit_width(all));
  }
};

/// 1 if it can be subtracted from every number.
std::uint32_t one_if_positive(const std::array<std::uint32_t, kBlockSize>& numbers,
                              std::uint32_t size) {
  const auto* const end = numbers.begin() + size;
  return std::find(numbers.begin(), end, 0U) == end ? 1 : 0;
}

void write_column(const Column& column, std::uint32_t size, ByteWriter& out) {
  if (size == kBlockSize) {
    std::array<std::uint8_t, kernels::packed_bytes(kernels::kMaxWidth)> bytes;
    kernels::pack(column.values.data(), column.width, bytes.data());
    out.bytes(as_text(Bytes(bytes.data(), kernels::packed_bytes(column.width))));
    return;
  }
  BitWriter bits(out);
  for (std::uint32_t i = 0; i < size; ++i) bits.put(column.values[i], column.width);
  bits.flush();
}

std::size_t column_bytes(std::uint32_t size, unsigned width) {
  return size == kBlockSize ? kernels::packed_bytes(width)
                            : static_cast<std::size_t>(bits_bytes(size, width));
}

void read_column(const std::uint8_t* bytes, std::uint32_t size, unsigned width,
                 BlockNumbers& numbers) {
  if (size == kBlockSize) {
    kernels::unpacker().unpack(bytes, width, numbers.data());
    return;
  }
  for (std::uint32_t i = 0; i < size; ++i) {
    numbers[i] = width == 0 ? 0 : static_cast<std::uint32_t>(bits_at(bytes, i, width));
  }
}

/// Running sums of the numbers, each with `step` added.
void read_sums(const std::uint8_t* bytes, std::uint32_t size, unsigned width, std::uint32_t start,
               std::uint32_t step, BlockNumbers& numbers) {
  if (size == kBlockSize) {
    kernels::unpacker().unpack_sums(bytes, width, start, step, numbers.data());
    return;
  }
  for (std::uint32_t i = 0; i < size; ++i) {
    start += step + (width == 0 ? 0 : static_cast<std::uint32_t>(bits_at(bytes, i, width)));
    numbers[i] = start;
  }
}

std::uint8_t checked_width(std::uint8_t width, std::uint32_t most) {
  if (width > most) corrupt("a bit width of a posting block");
  return width;
}

}  // namespace

void write_block(const BlockPostings& postings, std::uint32_t before, LayerTraits traits,
                 ByteWriter& out, ByteWriter& gap_bytes, ByteWriter& position_bytes) {
  const std::uint32_t size = postings.size;
  BlockNumbers distances;
  for (std::uint32_t i = 0; i < size; ++i) {
    distances[i] = postings.documents[i] - before - 1;
    before = postings.documents[i];
  }
  const Column gaps(distances, size, 0);
  const Column frequencies(postings.frequencies, size, one_if_positive(postings.frequencies, size));
  const bool apart =
      traits.positions && (frequencies.width > kMaxCountWidth ||
                           !std::equal(postings.counts.begin(), postings.counts.begin() + size,
                                       postings.frequencies.begin()));
  const Column counts(postings.counts, size, one_if_positive(postings.counts, size));
  std::uint32_t all = 0;
  for (const std::uint32_t position : postings.positions) all |= position;
  const auto position_width = static_cast<std::uint8_t>(std::bit_width(all));

  out.u8(static_cast<std::uint8_t>(frequencies.width | (frequencies.base != 0 ? kMinusOne : 0) |
                                   (apart ? kCountsApart : 0)));
  if (apart) out.u8(static_cast<std::uint8_t>(counts.width | (counts.base != 0 ? kMinusOne : 0)));
  if (traits.positions) out.u8(position_width);
  write_column(frequencies, size, out);
  if (apart) write_column(counts, size, out);
  gap_bytes.u8(gaps.width);
  write_column(gaps, size, gap_bytes);
  if (traits.positions) {
    BitWriter bits(position_bytes);
    for (const std::uint32_t position : postings.positions) bits.put(position, position_width);
    bits.flush();
  }
}

namespace {

/// Walks over the bytes of a block; what is asked for is checked, once a part.
struct Parts {
  const std::uint8_t* at;
  std::size_t left;

  const std::uint8_t* take(std::size_t bytes) {
    if (bytes > left) corrupt("a posting block shorter than its parts");
    const std::uint8_t* const part = at;
    at += bytes;
    left -= bytes;
    return part;
  }
};

}  // namespace

BlockLayout read_layout(Bytes bytes, std::uint32_t size, LayerTraits traits, Gaps gaps) {
  Parts parts{bytes.data(), bytes.size()};
  BlockLayout layout;
  layout.size = size;
  const std::uint8_t frequency = *parts.take(1);
  layout.counts_apart = (frequency & kCountsApart) != 0;
  layout.frequency_base = (frequency & kMinusOne) != 0 ? 1 : 0;
  layout.frequency_width = checked_width(frequency & 0x3fU, kernels::kMaxWidth);
  if (layout.counts_apart) {
    const std::uint8_t count = *parts.take(1);
    layout.count_base = (count & kMinusOne) != 0 ? 1 : 0;
    layout.count_width = checked_width(count & 0x7fU, kMaxCountWidth);
  } else if (traits.positions) {
    checked_width(layout.frequency_width, kMaxCountWidth);
  }
  if (traits.positions) layout.position_width = checked_width(*parts.take(1), kernels::kMaxWidth);
  layout.frequencies = parts.take(column_bytes(size, layout.frequency_width));
  if (layout.counts_apart) layout.counts = parts.take(column_bytes(size, layout.count_width));
  if (gaps == Gaps::inside) {
    layout.gap_width = checked_width(*parts.take(1), kernels::kMaxWidth);
    layout.gaps = parts.take(column_bytes(size, layout.gap_width));
  }
  layout.bytes = bytes.size() - parts.left;
  return layout;
}

namespace {

/// Sums of gaps of at most 24 bits cannot pass 2^32, so there the last one tells of them all.
bool ascend(const BlockLayout& layout, std::uint32_t before, const BlockNumbers& documents) {
  if (layout.gap_width <= kMaxCountWidth) return true;
  bool ascending = before == UINT32_MAX || documents[0] > before;
  for (std::uint32_t i = 1; i < layout.size; ++i) {
    ascending = ascending && documents[i] > documents[i - 1];
  }
  return ascending;
}

}  // namespace

void read_documents(const BlockLayout& layout, std::uint32_t before, std::uint32_t last,
                    BlockNumbers& documents) {
  read_sums(layout.gaps, layout.size, layout.gap_width, before, 1, documents);
  const bool reaches = documents[layout.size - 1] == last && before + 1 <= last;
  if (!reaches || !ascend(layout, before, documents)) corrupt("documents of a posting block");
}

void read_any_documents(const BlockLayout& layout, std::uint32_t limit, BlockNumbers& documents) {
  read_sums(layout.gaps, layout.size, layout.gap_width, UINT32_MAX, 1, documents);
  if (documents[layout.size - 1] >= limit || !ascend(layout, UINT32_MAX, documents)) {
    corrupt("documents of a posting list");
  }
}

void read_frequencies(const BlockLayout& layout, BlockNumbers& frequencies) {
  read_column(layout.frequencies, layout.size, layout.frequency_width, frequencies);
  if (layout.frequency_base == 0) return;
  for (std::uint32_t i = 0; i < layout.size; ++i) ++frequencies[i];
}

void read_position_ends(const BlockLayout& layout, BlockNumbers& ends) {
  if (layout.counts_apart) {
    read_sums(layout.counts, layout.size, layout.count_width, 0, layout.count_base, ends);
  } else {
    read_sums(layout.frequencies, layout.size, layout.frequency_width, 0, layout.frequency_base,
              ends);
  }
}

std::uint32_t frequency_at(const BlockLayout& layout, std::uint32_t index) {
  const unsigned width = layout.frequency_width;
  if (width == 0) return layout.frequency_base;
  const std::uint32_t packed =
      layout.size == kBlockSize
          ? kernels::packed_value(layout.frequencies, width, index)
          : static_cast<std::uint32_t>(bits_at(layout.frequencies, index, width));
  return packed + layout.frequency_base;
}

}  // namespace stemma::segment
