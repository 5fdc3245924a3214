#include "search/race.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <mutex>
#include <thread>

#include "claim/check.hpp"
#include "exact/thread_memory.hpp"
#include "search/searchers.hpp"

namespace istcheck::search {

using Clock = std::chrono::steady_clock;

namespace {

constexpr size_t kShrinkPoints = 20'000, kProbePoints = 400, kVariedPoints = 3'000;

const NamedSearcher kVary{"other parameters, schedules and signs", 0, vary, true, false};

struct Task {
  const NamedSearcher* searcher;
  const Space* space;
  size_t attempt;  ///< index among the attempts
};

class Race {
 public:
  Race(const std::vector<NamedSearcher>& searchers, const claim::Claim& c, const Settings& settings)
      : searchers_(searchers),
        settings_(settings),
        referee_(c, settings.evaluation),
        begin_(Clock::now()) {
    deadline_ = begin_ + std::chrono::duration_cast<Clock::duration>(
                             std::chrono::duration<double>(settings.seconds));
  }

  Result run(const std::function<bool()>& settled) {
    const claim::Claim& c = referee_.claim();
    const bool alone = c.family || !about_a_case(c), named = names_cases(c);
    if (!alone) judge_given();
    if (named && given_ == 0 && !over()) result_.no_case = "no case that it names is there";
    if (alone && !claim::uses_case(c)) judge_alone();
    if (alone && !c.family && !c.variables.empty()) {
      // Values of the variables are searched with a case that only carries them.
      Restriction values;
      values.unit_diagonal = values.own_values = true;
      spaces_.emplace_back(c, carrier(), values);
    } else if (named) {
      for (const auto& one : settings_.cases)
        if (given(one) && !c.variables.empty()) spaces_.emplace_back(c, one);
    } else if (!alone) {
      for (const auto& shape : shapes_for(c, settings_.sizes)) {
        for (auto& space : spaces_for(c, shape)) spaces_.push_back(std::move(space));
      }
    }
    for (const auto& s : spaces_) smallest_ = std::min(smallest_, s.shape().size());
    // A proof and a counterexample cannot both be; most counterexamples come in the first rounds.
    bool asked = false, more = true;
    const auto ends = [&] {
      if (asked) return false;
      asked = true;
      if (!alone) vary_all();
      return !done() && settled && settled();
    };
    for (int round = 0; more && round < settings_.rounds && !over() && !done(); ++round) {
      more = race_round(round);
      if (round == 1 && !done() && !interrupted() && (ends() || done())) break;
    }
    if (!done() && !interrupted()) ends();
    finish();
    return std::move(result_);
  }

 private:
  const std::vector<NamedSearcher>& searchers_;
  const Settings& settings_;
  Referee referee_;
  Clock::time_point begin_, deadline_;
  std::vector<Space> spaces_;
  int smallest_ = std::numeric_limits<int>::max();  ///< size of a shape; larger ones come later
  std::vector<int> worth_;                          ///< of each space: not known (-1), no, yes
  Result result_;
  std::optional<Shrunk> shrunk_;
  std::string found_by_;
  size_t given_ = 0;  ///< cases that were given and fit
  bool varying_ = false;

  bool interrupted() const { return settings_.interrupt != nullptr && *settings_.interrupt; }
  bool done() const { return shrunk_ || result_.answer == Answer::refuted; }
  bool over() const {
    return interrupted() || Clock::now() >= deadline_ ||
           (!varying_ && settings_.excluded && settings_.excluded());
  }

  Patience patience(size_t points, std::function<bool()> stop) const {
    Patience p;
    p.deadline = deadline_;
    p.points = points;
    p.stop = std::move(stop);
    return p;
  }

  /// Of the sizes that were asked for, and in the claim's setting.
  bool given(const Case& c) const {
    const Sizes& s = settings_.sizes;
    if (s.n.value_or(c.n()) != c.n() || s.d.value_or(c.d()) != c.d()) return false;
    try {
      return !claim::unfit(referee_.claim(), c, referee_.options());
    } catch (const std::exception&) {
      return false;
    }
  }

  /// The cases that were given, at the values that they and the claim list.
  void judge_given() {
    for (const Case& one : settings_.cases) {
      if (over() || done()) return;
      if (!given(one)) continue;
      ++given_;
      result_.attempts.push_back({"the cases given", one.name, 1, "nothing found"});
      if (const auto f = referee_.violation(one))
        believed("the cases given", "the case " + one.name, result_.attempts.size() - 1, *f);
    }
  }

  /// Of a claim that uses no case: its own values, or its own family.
  void judge_alone() {
    Attempt a{"the claim's own values", referee_.claim().family ? "its family" : "no case", 1, ""};
    Finding f;
    try {
      f.verdict = claim::judge(referee_.claim(), nullptr, referee_.options(),
                               [&](claim::Evaluator& e, claim::Verdict v) {
                                 if (v == claim::Verdict::violated) f.variables = e.variables();
                               });
      a.points = f.verdict.tried.size();
      a.outcome = claim::to_string(f.verdict.verdict);
      if (f.verdict.verdict == claim::Verdict::ill_defined) referee_.note(f.verdict.reason);
    } catch (const std::exception& error) {
      a.outcome = error.what();
    }
    result_.attempts.push_back(a);
    if (f.verdict.verdict != claim::Verdict::violated) return;
    result_.answer = Answer::refuted;
    result_.counterexample = explain_alone(referee_, f, a.method + ", " + a.space);
  }

  /// Runs every task of a round; false when there is nothing to do in any later round either.
  bool race_round(int round) {
    if (worth_.empty()) worth_.assign(spaces_.size(), -1);
    std::vector<Task> tasks;
    bool postponed = false;
    const auto add = [&](size_t s, const NamedSearcher& searcher) {
      if (!searcher.early && spaces_[s].shape().size() > smallest_ + 2 * (round + 1)) {
        postponed = true;
        return;
      }
      if (round < searcher.first_round || (worth_[s] == 0 && !searcher.anywhere)) return;
      tasks.push_back({&searcher, &spaces_[s], attempt_for(searcher.name, spaces_[s].name())});
    };
    // What has no entries first, solvers last.
    const auto turn = [](const NamedSearcher& s) { return s.early ? 0 : s.anywhere ? 2 : 1; };
    for (const int now : {0, 1, 2}) {
      for (size_t s = 0; s < spaces_.size(); ++s) {
        for (const auto& searcher : searchers_) {
          if (turn(searcher) == now) add(s, searcher);
        }
      }
    }
    size_t points = settings_.first_budget;
    for (int k = 0; k < round; ++k) points *= 4;
    if (settings_.progress) {
      settings_.progress("round " + std::to_string(round + 1) + ": " +
                         std::to_string(tasks.size()) + " searches of " + std::to_string(points) +
                         " points");
    }
    std::vector<std::optional<Finding>> findings(tasks.size());
    run_tasks(tasks, points, static_cast<std::uint64_t>(round), findings);
    for (size_t k = 0; k < tasks.size(); ++k) {
      const Task& t = tasks[k];
      if (findings[k] && believed(t.searcher->name, t.space->name(), t.attempt, *findings[k]))
        break;
    }
    return !tasks.empty() || postponed;
  }

  /// What shapes fix and solvers and proofs take as given is changed, before anything is said of
  /// them.
  void vary_all() {
    varying_ = true;
    std::vector<Task> tasks;
    for (const auto& s : spaces_)
      if (!s.restriction().own_values && !s.restriction().unit_diagonal)
        tasks.push_back({&kVary, &s, attempt_for(kVary.name, s.name())});
    std::vector<std::optional<Finding>> findings(tasks.size());
    const size_t share = kVariedPoints / std::max<size_t>(1, tasks.size());
    run_tasks(tasks, std::clamp<size_t>(share, 5, 100), 0, findings);
    for (size_t k = 0; k < tasks.size(); ++k) {
      const Task& t = tasks[k];
      if (findings[k] && believed(t.searcher->name, t.space->name(), t.attempt, *findings[k]))
        break;
    }
    varying_ = false;
  }

  size_t attempt_for(const std::string& method, const std::string& space) {
    auto& all = result_.attempts;
    for (size_t k = 0; k < all.size(); ++k) {
      if (all[k].method == method && all[k].space == space) return k;
    }
    all.push_back({method, space, 0, "nothing found"});
    return all.size() - 1;
  }

  /// On all threads. A task ends early when one before it has found something.
  void run_tasks(const std::vector<Task>& tasks, size_t points, std::uint64_t round,
                 std::vector<std::optional<Finding>>& findings) {
    std::atomic<size_t> next = 0, first_found = tasks.size();
    std::mutex mutex;
    const auto work = [&] {
      for (size_t k = next++; k < tasks.size(); k = next++) {
        if (k > first_found || over()) return;
        const Task& task = tasks[k];
        const auto s = static_cast<size_t>(task.space - spaces_.data());
        const Patience p =
            patience(points, [this, &first_found, k] { return first_found < k || interrupted(); });
        if (!task.searcher->anywhere && !worth(s, mutex)) continue;
        const std::uint64_t seed = settings_.seed * 1'000'003 + round * 1009 + k;
        auto f = task.searcher->run(referee_, *task.space, seed, p);
        const std::lock_guard lock(mutex);
        result_.attempts[task.attempt].points += std::min(p.used, points);
        if (!f) continue;
        result_.attempts[task.attempt].outcome = "found a violation";
        findings[k] = std::move(f);
        first_found = std::min(first_found.load(), k);
      }
    };
    std::vector<std::thread> threads;
    for (unsigned t = 1; t < std::max(1U, settings_.threads); ++t) {
      threads.emplace_back([&work] {
        const ThreadMemory memory;
        work();
      });
    }
    work();
    for (auto& t : threads) t.join();
  }

  bool worth(size_t s, std::mutex& mutex) {
    {
      const std::lock_guard lock(mutex);
      if (worth_[s] >= 0) return worth_[s] == 1;
    }
    const bool is =
        worth_searching(referee_, spaces_[s], patience(100'000, [this] { return interrupted(); }));
    const std::lock_guard lock(mutex);
    worth_[s] = is ? 1 : over() ? -1 : 0;
    return is;
  }

  /// Confirms a finding; a confirmed one is shrunk and kept.
  bool believed(const std::string& method, const std::string& space, size_t attempt,
                const Finding& f) {
    if (const auto objection = referee_.objection(f)) {
      result_.rejected.push_back(method + " on " + space + ": " + *objection);
      result_.attempts[attempt].outcome = "rejected: " + *objection;
      return false;
    }
    found_by_ = method + " on " + space;
    if (names_cases(referee_.claim())) {  // it says nothing about a smaller one
      shrunk_ = Shrunk{f, {}, true};
      return true;
    }
    const Patience p = patience(kShrinkPoints, [this] { return interrupted(); });
    shrunk_ = shrink(referee_, f, p);
    look_for_simpler();
    return true;
  }

  /// A second look at the size that shrinking ended with: enumeration in order of size may find
  /// something simpler than single steps reach.
  void look_for_simpler() {
    const Case& c = shrunk_->finding.c;
    for (const auto& space : spaces_) {
      const Shape& shape = space.shape();
      if (shape.n != c.n() || shape.d != c.d() || shape.method.kind != c.method.kind ||
          kind_of(shape.sketch) != kind_of(c.sketch) || space.restriction().own_values)
        continue;
      const Patience p = patience(500, [this] { return interrupted(); });
      auto f = enumerate_small(referee_, space, p);
      if (!f || referee_.objection(*f)) continue;
      const Patience q = patience(kShrinkPoints, [this] { return interrupted(); });
      Shrunk other = shrink(referee_, std::move(*f), q);
      if (!simpler(other.finding.c, shrunk_->finding.c)) continue;
      other.history.insert(other.history.begin(),
                           "started again from the enumeration on " + space.name());
      other.history.insert(other.history.begin(), shrunk_->history.begin(), shrunk_->history.end());
      shrunk_ = std::move(other);
    }
  }

  void finish() {
    if (shrunk_) {
      const Patience p = patience(kProbePoints, [this] { return interrupted(); });
      // What is kept at the end is confirmed again.
      if (const auto objection = referee_.objection(shrunk_->finding)) {
        result_.rejected.push_back("after shrinking: " + *objection);
      } else {
        result_.answer = Answer::refuted;
        result_.counterexample = explain(referee_, *shrunk_, found_by_, p);
      }
    }
    result_.ill_defined = referee_.ill_defined();
    result_.interrupted = interrupted();
    result_.judged = referee_.judged();
    result_.supported = referee_.supported();
    const std::chrono::duration<double> spent = Clock::now() - begin_;
    result_.seconds = spent.count();
    for (size_t s = 0; s < worth_.size(); ++s) {
      if (worth_[s] != 0) continue;
      for (auto& a : result_.attempts) {
        if (a.space == spaces_[s].name() && a.points == 0)
          a.outcome = "no configuration fits the settings";
      }
    }
  }
};

}  // namespace

Shape carrier() { return {1, 1, IdentitySketch{}, {}}; }

std::string to_string(Answer a) {
  switch (a) {
    case Answer::refuted:
      return "refuted";
    case Answer::ill_defined:
      return "ill-defined";
    case Answer::proved:
      return "proved";
    case Answer::unsat_uncertified:
      return "unsat-uncertified";
    default:
      return "unknown";
  }
}

Result search_with(const std::vector<NamedSearcher>& searchers, const claim::Claim& c,
                   const Settings& settings, const std::function<bool()>& settled) {
  return Race(searchers, c, settings).run(settled);
}

}  // namespace istcheck::search
