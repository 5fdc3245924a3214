// The rules of docs/semantics.md, section 16, one test case for each: claims that are refused, with
// the place, and claims that look like them and are not.
#include "support.hpp"

namespace istcheck::claim {
namespace {

/// The declarations and conclusions of a claim; '@' stands where the caret must point.
void refused(const std::string& marked, const std::string& words) {
  std::string text = "claim t { " + marked + " }";
  const size_t at = text.find('@');
  REQUIRE(at != std::string::npos);
  text.erase(at, 1);
  INFO(text);
  const std::string message = refusal(text);
  INFO(message);
  CHECK(message.find("test.claim:1:" + std::to_string(at + 1) + ":") == 0);
  CHECK(message.find(words) != std::string::npos);
}

void accepted(const std::string& claim) {
  INFO(claim);
  CHECK(refusal("claim t { " + claim + " }").empty());
}

const std::string kFamily =
    "family m in 2..3 { n = m d = m L(i) = mat(j in 1..m, k in 1..m : if j = k then i else 0) "
    "b(i) = vec(j in 1..m : 1) sketch = perm q = 1 } ";

}  // namespace

TEST_CASE("F1: text that the grammar does not have") {
  refused("conclude 1 = 1 <=> 2 = 2 @<=> 3 = 3", "expected a declaration");
  refused("conclude 2^3@^2 = 1", "expected a declaration");
}

TEST_CASE("F2: names that are not there, or are used as what they are not") {
  refused("conclude @Lbaar = I", "did you mean 'Lbar'?");
  refused("conclude @L + I = I", "needs an index");
  refused("conclude @sqrt = 1", "needs arguments");
  refused("conclude @L[1, 2] = 1", "has one index");
  refused("conclude @trace(I, I) = 1", "takes 1 argument");
  refused("setting @sketch = prm conclude 1 = 1", "did you mean 'perm'?");
  refused("let h = 2 conclude @h(1) = 2", "no function");
  refused("conclude forall g in 1..2 : E[@g(x0)] = x0", "no function");
  refused("conclude forall D in 1..2 : @D[1] = I", "has no entries");
  accepted("let D = I conclude D[1, 1] = 1");
  accepted("conclude forall D in 1..2 : D > 0");
}

TEST_CASE("2.7: blocks fit, and those that are 0 take their size from others") {
  accepted("conclude [[Lbar, 0], [0, I]]*[[x0], [bbar]] = [[Lbar*x0], [bbar]]");
  accepted("conclude [[Lbar, x0], [x0', [[1]]]] << [[Lbar + I, x0], [x0', [[2]]]]");
  refused("conclude [[Lbar, @1], [0, I]] = 0", "a block is a matrix or 0, this is a scalar");
  refused("conclude [[Lbar, @[[1, 2], [3, 4]]]] = 0",
          "this block is a matrix(2, 2), and others beside it have rows: d");
  refused("conclude @[[Lbar, 0], [0, 0]] = 0", "has no size");
  refused("conclude @[[Lbar, x0]] << I", "not symmetric by its form");
}

TEST_CASE("names of matrices that a claim may bind") {
  accepted("let kron = 2 conclude kron = 2");
  accepted("conclude exists pinv in 1..2 : pinv = 2");
  refused("conclude kron(@2, I) = I", "must be a matrix");
  refused("conclude lambda_min_plus(@[[1, 2]]) = 1", "square");
}

TEST_CASE("3.6: names with arguments mean what they mean where they stand") {
  accepted("let V(w) = Lbar*w  let w = 3  conclude V(w*x0) = w*Lbar*x0");  // w is V's own
  accepted("let V(w, v) = inner(w, v)  let U(w) = V(w, w)  conclude U(x0) >= 0");
  refused("let @V(w) = late*w  let late = 3  conclude V(x0) = 3*x0", "which is declared later");
  refused("let @V(w) = inner(w, xinf)  forall gamma : scalar  conclude V(x0) = 0",
          "which is declared later");
  refused("let V(a) = sum(j in 1..2 : a*j)  conclude sum(j in 1..2 : @V(j)) = 9",
          "is an index inside 'V'");
  refused("let c = 2  let V(a) = a*c  conclude sum(c in 1..2 : @V(c)) = 9",
          "which is an index of another meaning here");
  refused("let V(a, @a) = a  conclude V(1, 1) = 1", "already an argument");
}

TEST_CASE("F3: core names are not bound again") {
  for (const char* name : {"n",       "d",        "q",          "p",          "local_steps",
                           "L",       "noise",    "b",          "Lbar",       "bbar",
                           "I",       "ones",     "e",          "xstar",      "C",
                           "xinf",    "rho_mean", "rho_square", "lyapunov",   "f",
                           "step",    "sqrt",     "abs",        "ceil",       "surd",
                           "trace",   "det",      "diag",       "Diag",       "sym",
                           "inverse", "inner",    "lambda_max", "lambda_min", "spectral_radius",
                           "defined", "rational", "infinity",   "workers",    "coordinates",
                           "sum",     "mean",     "min",        "max",        "vec",
                           "mat",     "at",       "x"}) {
    const std::string at = "@" + std::string(name);
    refused("forall " + at + " : scalar try 1 conclude 1 = 1", "choose another name");
    refused("let " + at + " = 1 conclude 1 = 1", "choose another name");
    refused("conclude sum(" + at + " in 1..2 : 1) = 2", "choose another name");
    refused("conclude exists k in 1..2, " + at + " in 1..2 : k = 2", "choose another name");
  }
  refused("let @gamma = 1 conclude 1 = 1", "choose another name");
  refused("let @x0 = ones conclude 1 = 1", "choose another name");
  refused("conclude forall @x0 in 1..2 : 1 = 1", "choose another name");
  refused("conclude sum(@gamma in 1..2 : gamma) = 3", "choose another name");
  refused("family @q in 2..3 { n = q d = q L(i) = I b(i) = ones sketch = perm } conclude 1 = 1",
          "choose another name");
  refused("family m in 2..3 { n = m d = m L(e) = I b(@e) = ones sketch = perm } conclude 1 = 1",
          "choose another name");
  accepted("forall gamma : scalar forall x0 : vector conclude 1 = 1");
  for (const std::string library : {"Dbar", "D", "Bbar", "Cb", "g", "theta_min"}) {
    accepted("let " + library + " = I conclude " + library + " = I");
    accepted("conclude sum(" + library + " in 1..2 : " + library + ") = 3");
  }
  accepted("forall scalar : scalar try 1 conclude scalar = 1");
}

TEST_CASE("F4: one name bound twice") {
  refused("let h = 1 let @h = 2 conclude 1 = 1", "already defined");
  refused("forall h : scalar let @h = 2 conclude 1 = 1", "already a variable");
  refused("conclude mat(j in 1..2, @j in 1..2 : 1) = I", "already an index");
  refused("conclude sum(i, @i in 1..2 : i) = 6", "already an index");
  refused("conclude forall i in 1..2, k in 1..2, @k in 1..3 : 1 = 1", "already an index");
  refused("family i in 2..3 { n = i d = i L(i) = I b(@i) = ones sketch = perm } conclude 1 = 1",
          "already the index");
  accepted("let i = 2 conclude sum(i in 1..2 : sum(i in 1..i : i)) = i + 2");
  accepted("conclude sum(i in 1..2 : i) = sum(i in 1..2 : i)");
}

TEST_CASE("F5: names that are declared later") {
  refused("let h = @t forall t : scalar try 1 conclude h = t", "declared later");
  refused("let h = @k let k = 1 conclude h = k", "declared later");
  refused("let h = @h + 1 conclude h = 1", "cannot be recursive");
  refused("let a = 1 + @c let c = a conclude a = 1", "declared later");
  refused("setting @h > 1 let h = n conclude 1 = 1", "declared later");
  refused("forall t : scalar try @s forall s : scalar try 1 conclude t = s", "declared later");
  refused("forall t : scalar try 1..@h by 1 let h = 2 conclude t < h", "declared later");
  refused("forall k in 1..@h let h = 2 conclude k < 3", "declared later");
  refused("let h = @v[1] forall v : vector try ones conclude h = 1", "declared later");
  refused("let h = @Dbar let Dbar = I conclude h = I", "declared later");
  accepted("conclude h = 1 let h = 1");
  accepted("conclude t = h forall t : scalar try 1 let h = t");
  accepted("forall t : scalar try 1 let h = t forall s : scalar try h conclude h = s");
}

TEST_CASE("F6: a let keeps its meaning") {
  refused("let i = 1 let R = C[i] conclude forall i in 2..2 : E[@R] = I", "rename the index");
  refused("let i = 1 let R = C[i] let S = R conclude forall i in 2..2 : E[@S] = I",
          "rename the index");
  refused("let i = 1 let R = i let S = sum(i in 1..2 : @R) conclude S = 2", "rename the index");
  refused("forall t : scalar let R = 2*t conclude forall t in 1..2 : @R = 2", "rename the index");
  refused("let R = Bbar conclude forall Bbar in 1..2 : E[@R] = I", "rename the index");
  refused("let v = ones let h = v[1] conclude forall v in 1..2 : @h = 1", "rename the index");
  refused("let v = ones conclude forall v in 1..2 : @v[1] = 1", "has no entries");
  accepted("let i = 1 let R = C[i] conclude forall j in 2..2 : E[R] = I");
  accepted("let R = sum(i in 1..2 : i) conclude forall i in 1..2 : R = 3");
  accepted("let i = 1 let R = i conclude (forall i in 1..2 : i > 0) and R = 1");
}

TEST_CASE("F7: what depends on gamma or x0 stands after their variables") {
  const std::string gamma = "forall gamma : scalar try 1/8 ", x0 = "forall x0 : vector try ones ";
  for (const std::string of : {"@gamma", "@gamma[0]", "@xinf", "@rho_mean", "@rho_square",
                               "@lyapunov", "E[@x[1]]", "E[@x[infinity]]", "E[@step(ones)]"}) {
    refused("let s = " + of + " " + gamma + "conclude 1 = 1", "stands before 'forall gamma'");
    std::string plain = of;
    plain.erase(plain.find('@'), 1);
    if (plain.find("rho") != 0 && plain != "lyapunov")
      accepted(gamma + "let s = " + plain + " conclude 1 = 1");
    accepted("let s = " + plain + " conclude 1 = 1");
  }
  refused("let s = @x0 " + x0 + "conclude 1 = 1", "stands before 'forall x0'");
  refused("let s = @x0[1] " + x0 + "conclude 1 = 1", "stands before 'forall x0'");
  refused("let s = E[@x[1]] " + x0 + "conclude 1 = 1", "stands before 'forall x0'");
  refused("let s = @gamma setting s > 0 " + gamma + "conclude 1 = 1", "before 'forall gamma'");
  refused("setting @rho_mean < 1 " + gamma + "conclude 1 = 1", "before 'forall gamma'");
  refused("forall t : scalar try 2*@gamma " + gamma + "conclude t = t", "before 'forall gamma'");
  refused("forall t : scalar try 1..2 by @gamma " + gamma + "conclude t = t", "before");
  refused("forall x0 : vector try @xinf " + gamma + "conclude x0 = x0", "before 'forall gamma'");
  refused("forall gamma : scalar try 1/@rho_mean " + x0 + "conclude 1 = 1", "before 'forall x0'");
  accepted(
      "forall gamma : scalar try gamma, 2*gamma forall x0 : vector try x0, xinf, 2*x0 "
      "let h = xinf forall t : scalar try ||h||^2, gamma conclude t = t");
  accepted("let h = Lbar*xstar setting trace(Lbar) > 0 forall t : scalar try h[1] " + gamma +
           "conclude t = t");
}

TEST_CASE("F8: what a variable may be, and settings come before variables") {
  refused("forall @gamma : vector try [1/4, 1/8] conclude 1 = 1", "a number");
  refused("forall @x0 : scalar try 1 conclude 1 = 1", "a vector");
  refused("forall @x0 in 1..2 conclude 1 = 1", "a vector");
  refused("forall @x0 : positive try I conclude 1 = 1", "a vector");
  refused("forall t : scalar try 1 setting @t > 0 conclude 1 = 1", "depends on the variable 't'");
  refused("forall t : scalar try 1 let h = 2*t setting @h > 0 conclude 1 = 1", "variable 't'");
  refused("forall gamma : scalar try 1 setting n = d, @gamma > 0 conclude 1 = 1", "'gamma'");
  refused("forall gamma : scalar try 1 setting @rho_mean < 1 conclude 1 = 1", "'gamma'");
  refused("forall x0 : vector try ones setting E[f(@x0)] > 0 conclude 1 = 1", "'x0'");
  refused("forall t : scalar try @ones conclude t = 1", "must be a scalar");
  refused("forall v : vector try @1 conclude v = 0", "this is a scalar");
  refused("forall v : vector try @I conclude v = 0", "'v' is a vector(d)");
  refused("forall v : vector try @[[1, 2], [3, 4]] conclude v = 0", "'v' is a vector(d)");
  refused("forall M : symmetric try @ones conclude M = 0", "'M' is a matrix(d, d)");
  refused("forall M : matrix try @[[1, 2, 3], [3, 4, 5]] conclude M = 0", "'M' is a matrix(d, d)");
  accepted("forall gamma in 1..2 conclude gamma > 0");
  accepted("forall gamma : integer conclude gamma = gamma");
  accepted(
      "forall v : vector try [1, 2], ones forall M : positive try [[2, 1], [1, 2]] "
      "conclude M*v = M*v");
  accepted("setting gamma > 0, x0 = 0, rho_mean < 1 forall t : scalar conclude t = t");
}

TEST_CASE("F9: shapes that do not fit") {
  refused("conclude n @+ I = I", "cannot add");
  refused("conclude Lbar @<= I", "is for scalars");
  refused("conclude 1 @<<= 2", "Loewner order");
  refused("conclude @E[1 = 2] = 1", "for every outcome");
  refused("conclude defined(1 @= 1)", "must be a quantity");
  refused("conclude @-(1 = 1) = 1", "no sign");
  refused("conclude min(1 @= 1, 2) = 1", "must be a scalar");
  refused("conclude sum(i in 1..2 : i @= 1) = 1", "cannot run over");
}

TEST_CASE("F10: sizes that conflict") {
  refused("conclude [1, 2] @+ [1, 2, 3] = 0", "cannot add");
  refused("conclude det(@[[1, 2]]) = 1", "must be a square matrix");
  refused("conclude [[1, 2], @[1]] = 0", "this row has 1 entries");
  refused("conclude mat(j in 1..2, k in 1..@j : 1) = I", "must not depend on 'j'");
  refused("conclude mat(j in 1..2, k in 1..sum(i in 1..2 : 1)@*j : 1) = I",
          "must not depend on 'j'");
  refused("forall v : vector try ones conclude v @+ [1, 2] = 0", "cannot add");
  refused("conclude lambda_max([[1, 0], [0, 1]], @[[1]]) = 1", "but the first is");
  refused("conclude inner([1, 2], @[1, 2, 3]) = 1", "but the first is");
  refused("conclude ||[1, 2]||^2_@I = 1", "the weight is");
  refused("conclude f(@[1, 2]) = 1", "must be a vector(d)");
  refused("conclude (@if 1 = 1 then [1] else [1, 2]) = 0", "the other");
  accepted("setting d = 2 forall v : vector try ones conclude v + [1, 2] = v + [1, 2]");
  accepted("let h = f([1, 2]) setting n = d = 2 conclude h = h");
  accepted(
      "conclude mat(j in 1..2, k in 1..sum(j in 1..2 : j) : 1) = mat(j in 1..2, k in 1..3 : 1)");
}

TEST_CASE("F11: a side of the Loewner order is symmetric by form") {
  refused("conclude @E[Lbar*Bbar] <<= I", "not symmetric by its form");
  accepted("conclude E[Lbar*Bbar*Lbar] <<= I and sym(Lbar*Dbar) <<= I");
}

TEST_CASE("F12: degrees above two, and state where it has no moments") {
  refused("conclude E[f(x[1])@*f(x[1])] = 0", "degree two");
  refused("conclude E[f(grad f(x[1])@*f(x[1]))] = 0", "degree");
  refused("conclude E[||x[1]||^2@^2] = 0", "degree two");
  refused("conclude E[@||x[1]||] = 0", "squared norms");
  refused("conclude E[1@/(x[1])[1]] = 0", "cannot divide");
  refused("conclude E[ones[(x[1])@[1]]] = 0", "an index cannot be random");
  refused("conclude E[2^((x[1])@[1])] = 0", "an exponent cannot be random");
  refused("conclude E[sum(k in 1..(x[1])@[1] : 1)] = 0", "range cannot be random");
  refused("conclude E[||x0||^2_(f(x[1])@*I)] = 0", "the weight of a norm");
  for (const char* of : {"sqrt", "abs", "surd"})
    refused("conclude E[@" + std::string(of) + "(f(x[1]))] = 0", "of an iterate");
  refused("conclude E[@min(f(x[1]), 1)] = 0", "of iterates");
  refused("conclude E[@max(k in 1..2 : f(x[k]))] = 0", "of iterates");
  accepted("conclude E[f(x[1]) + ||x[2]||^2 + inner(x[1], x[1])] = E[f(x[1])]*E[f(x[1])]");
  accepted("conclude E[((x[1])[1])^2] = 0");
  accepted("conclude E[x[1]*x[2]'] = 0 and E[vec(j in coordinates : (x[1])[j])] = 0");
  refused("conclude E[(x[1])[1]@^3] = 0", "exponents 0, 1 and 2");
  refused("conclude E[(x[1]*x[1]')@*x[2]] = 0", "degree two");
  accepted("conclude sqrt(E[f(x[1])]) = 0");
}

TEST_CASE("F13: conditions on the state") {
  refused("conclude E[if (x[1])[1] @> 0 then 1 else 0] = 1", "in no condition");
  refused("conclude E[if ||x[1]||^2 @> 0 then f(x[1]) else 0] = 0", "in no condition");
  refused("conclude E[if x0 @= x[1] then 1 else 0] = 1", "in no condition");
  refused("conclude E[if @defined(x[1]) then 1 else 0] = 1", "in no condition");
  refused("conclude E[if @rational(f(x[1])) then 1 else 0] = 1", "in no condition");
  refused("let big = f(x[1]) @> 2 conclude E[if big then 1 else 0] = 1", "in no condition");
  refused("let y = x[1] conclude E[if (1 = 1 and ||y||^2 @< 2) then 1 else 0] = 1",
          "in no condition");
  refused("conclude E[if (forall k in 0..1 : f(x[k]) @> 0) then 1 else 0] = 1", "in no condition");
  accepted("conclude E[if E[f(x[1])] > 0 then f(x[1]) else 0] = 0");
  accepted("conclude E[if C[1][1, 1] > 0 then f(x[1]) else 0] = 0");
  accepted("conclude E[if defined(E[x[1]]) then f(x[1]) else 0] = 0");
}

TEST_CASE("F14, F15: draws and iterates outside of E") {
  refused("conclude Bbar @= I", "for every outcome");
  refused("assume C[1] @= I conclude 1 = 1", "for every outcome");
  refused("setting Bbar @= I conclude 1 = 1", "cannot be random");
  refused("forall x0 : vector try @Cb conclude 1 = 1", "cannot be random");
  refused("conclude E[ones[C[1]@[1, 1]]] = 1", "an index cannot be random");
  refused("conclude E[2^C[1]@[1, 1]] = 1", "an exponent cannot be random");
  refused("conclude x[1] @= x0", "only inside E");
  refused("conclude for every outcome : x[1] @= x0", "only inside E");
  accepted("let A = Bbar conclude E[A] = I");
  accepted("conclude E[min(C[1][1, 1], 1)] = 1/2");
  accepted("let y = x[1] conclude E[y] = x0");
}

TEST_CASE("F16: a draw beside several rounds") {
  refused("conclude E[@C[1]*(x[1] + x[2])] = 0", "iterates of several rounds");
  refused("conclude E[sum(k in 0..1 : @g(x[k]))] = 0", "iterates of several rounds");
  refused("conclude E[@Bbar*x[1] + x[1 + 1]] = 0", "iterates of several rounds");
  refused("conclude E[@Cb + x[1] + x[infinity]] = 0", "iterates of several rounds");
  refused("conclude E[@Bbar[1, 1]*(x[1] + x[2])] = x0", "iterates of several rounds");
  refused("conclude E[x[1] + @Cb[1]*x[2]] = x0", "iterates of several rounds");
  refused("conclude E[@g(step(step(x0)))] = 0", "two draws");
  refused("conclude for every outcome : step(step(x0)) = @Cb", "two draws");
  refused("let A = @Bbar let s = x[1] let t = x[2] conclude E[A*(s + t)] = 0",
          "iterates of several rounds");
  refused("let y = step(x0) let z = step(y) conclude E[@Cb + z] = 0", "two draws");
  accepted("conclude E[C[1]*(x[1] + x[1])] = 0");
  accepted("let k = 1 conclude E[C[1]*(x[k] + x[1])] = 0");
  accepted("conclude forall k in 0..1 : E[g(x[k])] = 0");
  accepted("conclude E[g(step(x0)) + step(x0)] = 0");
  accepted("conclude E[E[Bbar]*(x[1] + x[2])] = 0");
  accepted("let Cb = ones conclude E[inner(Cb, x[1] + x[2])] = 0");
  accepted("let Cb = ones conclude E[Cb[1]*(x[1] + x[2])] = 0");
  accepted("conclude E[step(step(x0)) + x[1] + x[2]] = 0");
}

TEST_CASE("F17: families") {
  refused(kFamily + "conclude @n = 2", "belongs to one instance");
  refused(kFamily + "setting @n = d conclude 1 = 1", "selects cases");
  refused("setting @homogeneous " + kFamily + "conclude 1 = 1", "selects cases");
  refused(kFamily + "forall @gamma : scalar try 1 conclude 1 = 1", "in a claim about a family");
  refused(kFamily + "forall @x0 : vector try ones conclude 1 = 1", "in a claim about a family");
  refused(kFamily + "forall @v : vector conclude 1 = 1", "in a claim about a family");
  refused(
      "forall t : scalar try 1 family m in 2..3 { n = m d = m L(i) = @t*I b(i) = ones sketch = "
      "perm } conclude 1 = 1",
      "built from its index");
  refused("conclude @at(2 : d) = 2", "declare a family");
  refused(
      "family m in 2..3 { n = m d = m L(i) = @Lbar b(i) = vec(j in 1..m : 1) sketch = perm } "
      "conclude 1 = 1",
      "built from its index");
  refused(
      "family m in 2..3 { n = m d = m L(i) = [[1]] b(i) = vec(j in 1..m : 1) sketch = perm x0 = "
      "vec(j in 1..m : @i) } conclude 1 = 1",
      "unknown name 'i'");
  accepted(kFamily + "forall t : scalar try 1 conclude forall m in 2..3 : at(m : d) = m*t");
}

TEST_CASE("declarations are printed in the order in which they are written") {
  const std::string text =
      "claim t { let a = 2 forall t : scalar try a setting n = 1, d = 1 let c = t setting "
      "homogeneous conclude c = 2 }";
  const Claim c = checked(text);
  const std::string printed = to_text(c);
  CHECK(refusal(printed).empty());
  CHECK(printed.find("  let a = 2\n  forall t : scalar try a\n  setting n = 1, d = 1\n  let c = t\n"
                     "  setting homogeneous\n") != std::string::npos);
}

}  // namespace istcheck::claim
