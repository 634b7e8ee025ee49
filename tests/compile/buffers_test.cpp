// The two structures that inversion stands on, against their simple forms.
#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "compile/byte_lists.h"
#include "compile/term_table.h"
#include "small_random.h"

namespace stemma::compile {
namespace {

TEST(ByteLists, KeepManyInterleavedListsApart) {
  SmallRandom random(11);
  ByteLists lists;
  std::vector<ByteList> ends(300);
  std::vector<std::vector<std::uint64_t>> expected(ends.size());
  for (int i = 0; i < 200'000; ++i) {
    // A few lists grow long, most stay short or empty.
    const std::size_t list = random() % 3 == 0 ? random() % 250 : random() % 4;
    const std::uint64_t value = (std::uint64_t{random()} << (random() % 33)) >> (random() % 40);
    lists.append_varint(ends[list], value);
    expected[list].push_back(value);
  }
  EXPECT_GT(lists.memory_bytes(), 200'000U);
  for (std::size_t list = 0; list < ends.size(); ++list) {
    ByteListReader reader(lists, ends[list]);
    std::vector<std::uint64_t> read;
    while (!reader.empty()) read.push_back(reader.varint());
    EXPECT_EQ(read, expected[list]) << list;
  }
}

TEST(ByteLists, EndExactlyAtTheEdgeOfASlice) {
  for (std::size_t size = 0; size <= 80; ++size) {
    ByteLists lists;
    ByteList list;
    for (std::size_t i = 0; i < size; ++i) lists.append(list, static_cast<std::uint8_t>(i));
    ByteListReader reader(lists, list);
    for (std::size_t i = 0; i < size; ++i) {
      ASSERT_FALSE(reader.empty());
      EXPECT_EQ(reader.byte(), i);
    }
    EXPECT_TRUE(reader.empty()) << size;
  }
}

TEST(TermTable, NumbersTermsAsAMapWould) {
  SmallRandom random(12);
  TermTable table;
  std::map<std::string, TermNumber> expected;
  for (int i = 0; i < 60'000; ++i) {
    const TermLayer layer = random() % 2 == 0 ? TermLayer::word : TermLayer::stem;
    std::string text;
    for (unsigned letters = random() % 14; letters > 0; --letters) {
      text.push_back(static_cast<char>("ab\0\xff"[random() % 4]));
    }
    const std::string key = term_key(layer, text);
    const auto known = expected.find(key);
    EXPECT_EQ(table.find(layer, text), known == expected.end() ? kNoTerm : known->second);
    const TermNumber number = table.intern(layer, text);
    EXPECT_EQ(expected.emplace(key, number).first->second, number);
  }
  EXPECT_EQ(table.size(), expected.size());
  std::vector<TermNumber> order;
  for (const auto& entry : expected) order.push_back(entry.second);
  EXPECT_EQ(table.sorted(), order);
}

TEST(TermTable, TakesAKeyLongerThanItsBlocks) {
  TermTable table;
  const std::string text(1U << 19U, 'x');
  const TermNumber number = table.intern(TermLayer::field_word, text);
  EXPECT_EQ(table.intern(TermLayer::field_word, "y"), number + 1);
  EXPECT_EQ(table[number].text(), term_key(TermLayer::field_word, text));
}

}  // namespace
}  // namespace stemma::compile
