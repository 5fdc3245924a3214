// Runs the fuzz target on every file of a folder, and on every prefix and some corruptions of the
// file.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void feed(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace

int main(int argc, char** argv) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argc > 1 ? argv[1] : ".")) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    feed(text);
    const std::size_t stride = 1 + text.size() / 100;
    for (std::size_t k = 0; k < text.size(); k += stride) {
      feed(text.substr(0, k));
      for (const char c : {'(', ')', '\0', '\xCC', '0', '^'}) {
        std::string changed = text;
        changed[k] = c;
        feed(changed);
      }
    }
    ++files;
  }
  std::cout << files << " files replayed\n";
  return files > 0 ? 0 : 1;
}
