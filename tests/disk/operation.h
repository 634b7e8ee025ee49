// The record of a disk: one operation after the other, as the recording process made them.
//
// Names are below the watched folder, which itself is "". An open file is known by a handle, since
// it keeps its bytes when its name changes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace stemma::disk {

struct Operation {
  enum class Kind : std::uint8_t {
    start,  ///< a process begins: handles of earlier ones are closed
    open,   ///< offset 1: makes the file if it is not there
    write,
    resize,
    sync,
    rename,
    remove,
    make_folder,
    note,
  };
  Kind kind = Kind::note;
  std::uint32_t handle = 0;
  std::uint64_t offset = 0;  ///< write: where; resize: to how many bytes
  std::string name = {};
  std::string text = {};  ///< write: the bytes; rename: the new name; note: its text
};

[[nodiscard]] inline std::string encode(const Operation& operation) {
  ByteWriter out;
  out.u8(static_cast<std::uint8_t>(operation.kind));
  out.varint(operation.handle);
  out.varint(operation.offset);
  out.text(operation.name);
  out.text(operation.text);
  return out.take();
}

[[nodiscard]] inline std::vector<Operation> decode_operations(Bytes record) {
  std::vector<Operation> operations;
  ByteReader in(record, "record of a disk");
  while (!in.empty()) {
    Operation operation;
    operation.kind = static_cast<Operation::Kind>(in.u8());
    operation.handle = in.varint32();
    operation.offset = in.varint();
    operation.name = in.text();
    operation.text = in.text();
    operations.push_back(std::move(operation));
  }
  return operations;
}

}  // namespace stemma::disk
