// Sets of documents as bits, at and around the edges of words.
#include "execution/bitmap.h"

#include <gtest/gtest.h>

namespace stemma::execution {
namespace {

TEST(Bitmap, FullHoldsEveryDocumentAndNoOther) {
  for (const std::uint32_t size : {1U, 63U, 64U, 65U, 128U, 129U}) {
    Bitmap bitmap(size);
    bitmap.fill();
    EXPECT_EQ(bitmap.count(), size);
    EXPECT_EQ(bitmap.first_from(size - 1), size - 1);
    EXPECT_EQ(bitmap.first_from(size), kEndOfList);
  }
}

TEST(Bitmap, FindsTheNextMember) {
  Bitmap bitmap(200);
  for (const Ordinal doc : {3U, 63U, 64U, 199U}) bitmap.add(doc);
  EXPECT_EQ(bitmap.first_from(0), 3U);
  EXPECT_EQ(bitmap.first_from(4), 63U);
  EXPECT_EQ(bitmap.first_from(64), 64U);
  EXPECT_EQ(bitmap.first_from(65), 199U);
  EXPECT_EQ(bitmap.first_from(kEndOfList), kEndOfList);
}

TEST(Bitmap, IgnoresDocumentsOutside) {
  Bitmap bitmap(70);
  bitmap.add(70);
  bitmap.add(100'000);
  EXPECT_EQ(bitmap.count(), 0U);
  EXPECT_EQ(Bitmap(0).first_from(0), kEndOfList);
}

}  // namespace
}  // namespace stemma::execution
