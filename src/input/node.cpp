#include "input/node.hpp"

#include "input/case_file.hpp"

namespace istcheck {

const Node* Node::find(const std::string& key) const {
  for (const Member& m : members)
    if (m.key == key) return &m.value;
  return nullptr;
}

void fail(const std::string& file, Place place, const std::string& message) {
  throw InputError(file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
                   ": " + message);
}

}  // namespace istcheck
