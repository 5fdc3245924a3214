#include "search/semidefinite_program.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iomanip>
#include <set>
#include <sstream>

#include "exact/linalg.hpp"
#include "search/program.hpp"
#include "search/temporary_folder.hpp"

namespace istcheck::search {
namespace {

constexpr size_t kMostRows = 300, kMostEntries = 800;

/// The column of G_ij, i <= j.
const Column& entry_of(const Block& b, Index i, Index j) {
  return b.entries[static_cast<size_t>(i * b.size - i * (i - 1) / 2 + (j - i))];
}

double floating(const Rational& q) { return approximate(q); }  // a proposal, nothing decided

/// The program with all unknowns in one list: the columns (a free one twice), then the entries of
/// the blocks.
class Program {
 public:
  Program(const std::vector<Column>& columns, const std::vector<Block>& blocks) : blocks_(blocks) {
    const auto alive = useful_with(columns);
    for (size_t k = 0; k < columns.size(); ++k) {
      if (alive[k] == 0) continue;
      unknowns_.push_back({&columns[k], k, 1});
      if (columns[k].free) unknowns_.push_back({&columns[k], k, -1});
    }
    linear_ = unknowns_.size();
    for (const Block& b : blocks)
      for (const Column& c : b.entries) unknowns_.push_back({&c, 0, 1});
    std::set<size_t> rows;
    for (const auto& u : unknowns_)
      for (const auto& [row, q] : u.column->entries) rows.insert(row);
    for (const size_t row : rows) row_.try_emplace(row, row_.size());
    columns_ = columns.size();
  }

  bool fits() const {
    return !unknowns_.empty() && linear_ > 0 && row_.size() < kMostRows &&
           unknowns_.size() <= kMostEntries;
  }

  std::optional<Balance> solve(unsigned seconds) const {
    const auto proposal = ask_csdp(seconds);
    if (proposal.empty()) return std::nullopt;
    const auto [matrix, right] = system();
    for (const int bits : {4, 8, 16, 28}) {
      RationalMatrix x(static_cast<Index>(unknowns_.size()), 1);
      for (Index k = 0; k < x.rows(); ++k)
        x(k, 0) =
            Rational(Integer(std::llround(std::ldexp(proposal[static_cast<size_t>(k)], bits)))) /
            Rational(Integer(1) << static_cast<unsigned>(bits));
      // The nearest point that fulfils the equations: x + Aᵀ(AAᵀ)⁻¹(a − Ax).
      const auto w = istcheck::solve(RationalMatrix(matrix * matrix.transpose()),
                                     RationalMatrix(right - matrix * x));
      if (!w) return std::nullopt;
      if (const auto b = accepted(RationalMatrix(x + matrix.transpose() * *w))) return b;
    }
    return std::nullopt;
  }

 private:
  struct Unknown {
    const Column* column;
    size_t index;  ///< among the columns
    int sign;
  };
  const std::vector<Block>& blocks_;
  std::vector<Unknown> unknowns_;
  size_t linear_ = 0, columns_ = 0;
  std::map<size_t, size_t> row_;

  /// useful(), where the blocks' entries can take any sign.
  std::vector<char> useful_with(const std::vector<Column>& columns) const {
    std::vector<Column> all = columns;
    for (const Block& b : blocks_)
      for (Column c : b.entries) {
        c.free = true;
        all.push_back(std::move(c));
      }
    auto alive = useful(all);
    alive.resize(columns.size());
    return alive;
  }

  Rational entry(const Unknown& u, const Rational& q) const { return Rational(u.sign) * q; }

  /// The equations A x = a without those that depend on others; the last says that strict columns
  /// sum to 1.
  std::pair<RationalMatrix, RationalMatrix> system() const {
    const auto rows = static_cast<Index>(row_.size() + 1), n = static_cast<Index>(unknowns_.size());
    RationalMatrix a = RationalMatrix::Constant(rows, n, Rational(0));
    for (Index k = 0; k < n; ++k) {
      const Unknown& u = unknowns_[static_cast<size_t>(k)];
      for (const auto& [row, q] : u.column->entries)
        a(static_cast<Index>(row_.at(row)), k) = entry(u, q);
      if (static_cast<size_t>(k) < linear_ && u.column->strict) a(rows - 1, k) = u.sign;
    }
    std::vector<Index> kept;
    RationalMatrix reduced = a;
    std::vector<Index> pivots;
    for (Index i = 0; i < rows; ++i) {
      for (size_t p = 0; p < kept.size(); ++p) {
        const Rational factor = reduced(i, pivots[p]);
        if (factor.is_zero()) continue;
        for (Index k = 0; k < n; ++k)
          if (!reduced(kept[p], k).is_zero()) reduced(i, k) -= factor * reduced(kept[p], k);
      }
      Index pivot = 0;
      while (pivot < n && reduced(i, pivot).is_zero()) ++pivot;
      if (pivot == n) continue;
      const Rational scale = reduced(i, pivot);
      for (Index k = 0; k < n; ++k) reduced(i, k) /= scale;
      kept.push_back(i);
      pivots.push_back(pivot);
    }
    RationalMatrix matrix(static_cast<Index>(kept.size()), n), right(matrix.rows(), 1);
    for (Index i = 0; i < matrix.rows(); ++i) {
      matrix.row(i) = a.row(kept[static_cast<size_t>(i)]);
      right(i, 0) = kept[static_cast<size_t>(i)] + 1 == rows ? 1 : 0;
    }
    return {matrix, right};
  }

  /// The point as values, when every sign is right.
  std::optional<Balance> accepted(const RationalMatrix& x) const {
    Balance b{std::vector<Rational>(columns_), {}};
    for (size_t k = 0; k < linear_; ++k) {
      if (x(static_cast<Index>(k), 0) < 0 && !unknowns_[k].column->free) return std::nullopt;
      b.x[unknowns_[k].index] += Rational(unknowns_[k].sign) * x(static_cast<Index>(k), 0);
    }
    auto at = static_cast<Index>(linear_);
    for (const Block& block : blocks_) {
      RationalMatrix g(block.size, block.size);
      for (Index i = 0; i < block.size; ++i)
        for (Index j = i; j < block.size; ++j) g(i, j) = g(j, i) = x(at++, 0);
      if (!is_psd(g)) return std::nullopt;
      b.G.push_back(std::move(g));
    }
    return b;
  }

  /// The problem in csdp's format (SDPA, sparse): one row for each equation, the blocks, then a
  /// diagonal one.
  std::string sdpa() const {
    std::ostringstream out;
    out << std::setprecision(17) << row_.size() + 1 << "\n" << blocks_.size() + 1 << "\n";
    for (const Block& b : blocks_) out << b.size << " ";
    out << -static_cast<long>(linear_) << "\n";
    for (size_t k = 0; k < row_.size(); ++k) out << "0 ";
    out << "1\n";
    const auto write = [&](const Unknown& u, size_t block, Index i, Index j) {
      const double share = i == j ? 1 : 0.5;
      for (const auto& [row, q] : u.column->entries)
        out << row_.at(row) + 1 << " " << block << " " << i + 1 << " " << j + 1 << " "
            << share * floating(entry(u, q)) << "\n";
    };
    size_t at = linear_;
    for (size_t k = 0; k < blocks_.size(); ++k)
      for (Index i = 0; i < blocks_[k].size; ++i)
        for (Index j = i; j < blocks_[k].size; ++j) write(unknowns_[at++], k + 1, i, j);
    for (size_t k = 0; k < linear_; ++k) {
      const auto place = static_cast<Index>(k);
      write(unknowns_[k], blocks_.size() + 1, place, place);
      if (unknowns_[k].column->strict)
        out << row_.size() + 1 << " " << blocks_.size() + 1 << " " << place + 1 << " " << place + 1
            << " " << unknowns_[k].sign << "\n";
    }
    return out.str();
  }

  /// Values of all unknowns; none when csdp fails.
  std::vector<double> ask_csdp(unsigned seconds) const {
    const TemporaryFolder folder;
    if (!folder.made()) return {};
    std::ofstream(folder.file("problem.dat-s")) << sdpa();
    ProgramLimits limits;
    limits.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    // In the folder, where csdp finds no file with parameters.
    const auto code =
        run_program({"csdp", "problem.dat-s", "solution"}, "", limits, folder.path()).code;
    std::vector<double> values;
    std::ifstream in(folder.file("solution"));
    std::string line;
    if (code == 0 && std::getline(in, line)) {
      values.assign(unknowns_.size(), 0);
      std::vector<size_t> first{linear_};
      for (const Block& b : blocks_) first.push_back(first.back() + b.entries.size());
      while (std::getline(in, line)) {
        std::istringstream words(line);
        size_t which = 0, block = 0, i = 0, j = 0;
        double value = 0;
        if (!(words >> which >> block >> i >> j >> value) || which != 2) continue;
        if (block == blocks_.size() + 1) {
          values.at(i - 1) = value;
          continue;
        }
        const auto size = static_cast<size_t>(blocks_.at(block - 1).size);
        const size_t row = i - 1, before = row * size - row * (row - 1) / 2;
        values.at(first[block - 1] + before + (j - i)) = value;
      }
    }
    return values;
  }
};

/// Which rows of the blocks can be other than zero: a diagonal entry counts like a column >= 0, one
/// off the diagonal may have any sign while both its rows live. Without the others there is more
/// often an interior.
std::vector<std::vector<Index>> living_rows(const std::vector<Column>& columns,
                                            const std::vector<Block>& blocks) {
  std::vector<std::vector<Index>> rows(blocks.size());
  for (size_t k = 0; k < blocks.size(); ++k)
    for (Index i = 0; i < blocks[k].size; ++i) rows[k].push_back(i);
  for (bool changed = true; changed;) {
    changed = false;
    std::vector<Column> all = columns;
    std::vector<std::pair<size_t, Index>> diagonal;  // block and row, of those after the columns
    std::vector<size_t> place;
    for (size_t k = 0; k < blocks.size(); ++k)
      for (const Index i : rows[k])
        for (const Index j : rows[k]) {
          if (j < i) continue;
          Column c = entry_of(blocks[k], i, j);
          c.free = i != j;
          if (i == j) {
            diagonal.emplace_back(k, i);
            place.push_back(all.size());
          }
          all.push_back(std::move(c));
        }
    const auto alive = useful(all);
    for (size_t p = 0; p < place.size(); ++p) {
      if (alive[place[p]] != 0) continue;
      auto& list = rows[diagonal[p].first];
      list.erase(std::find(list.begin(), list.end(), diagonal[p].second));
      changed = true;
    }
  }
  return rows;
}

}  // namespace

std::optional<Balance> balance_semidefinite(const std::vector<Column>& columns,
                                            const std::vector<Block>& blocks, unsigned seconds) {
  const auto rows = living_rows(columns, blocks);
  std::vector<Block> smaller;
  std::vector<size_t> which;
  for (size_t k = 0; k < blocks.size(); ++k) {
    if (rows[k].empty()) continue;
    which.push_back(k);
    smaller.push_back({static_cast<Index>(rows[k].size()), {}});
    for (const Index i : rows[k])
      for (const Index j : rows[k])
        if (j >= i) smaller.back().entries.push_back(entry_of(blocks[k], i, j));
  }
  const Program program(columns, smaller);
  auto found = program.fits() ? program.solve(seconds) : std::nullopt;
  if (!found) return std::nullopt;
  Balance whole{std::move(found->x), {}};
  for (const Block& b : blocks)
    whole.G.push_back(RationalMatrix::Constant(b.size, b.size, Rational(0)));
  for (size_t k = 0; k < which.size(); ++k) {
    const auto& list = rows[which[k]];
    for (size_t i = 0; i < list.size(); ++i)
      for (size_t j = 0; j < list.size(); ++j)
        whole.G[which[k]](list[i], list[j]) =
            found->G[k](static_cast<Index>(i), static_cast<Index>(j));
  }
  return whole;
}

}  // namespace istcheck::search
