//! Tests of the whole way from text to tree: trees that real Julia makes too, errors, and hostile input.

use super::{is_incomplete, parse, sexpr};
use crate::error::Diagnostic;

fn tree(text: &str) -> String {
    match parse(text, 0) {
        Ok(program) => sexpr::program(&program),
        Err(error) => format!("ERROR {}", error.message),
    }
}

fn error(text: &str) -> Diagnostic {
    match parse(text, 0) {
        Ok(program) => panic!("{text:?} was read as {}", sexpr::program(&program)),
        Err(error) => *error,
    }
}

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| tree(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  expected {expected}\n  got      {}", tree(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn precedence() {
    check(&[
        ("1 + 2 * 3", "(+ 1 (* 2 3))"),
        ("a - b - c", "(- (- a b) c)"),
        ("a ^ b ^ c", "(^ a (^ b c))"),
        ("-2^2", "(- (^ 2 2))"),
        ("2^-1", "(^ 2 (- 1))"),
        ("2^-1^2", "(^ 2 (- (^ 1 2)))"),
        ("-x'", "(- (' x))"),
        ("a^b'", "(^ a (' b))"),
        ("√x^2", "(√ (^ x 2))"),
        ("√2x", "(juxt (√ 2) x)"),
        ("2√3", "(juxt 2 (√ 3))"),
        ("!x == y", "(== (! x) y)"),
        ("!a in b", "(∈ (! a) b)"),
        ("1:n+1", "(: 1 (+ n 1))"),
        ("1:2:n", "(: 1 2 n)"),
        ("1:2:3:4", "(: (: 1 2 3) 4)"),
        ("a < b <= c", "(chain a < b <= c)"),
        ("a .== b .== c", "(chain a .== b .== c)"),
        ("a == b", "(== a b)"),
        ("(a < b) < c", "(< (< a b) c)"),
        ("a isa b in c", "(chain a isa b ∈ c)"),
        ("a < b |> c", "(< a (|> b c))"),
        ("a |> b |> c", "(|> (|> a b) c)"),
        ("a <| b <| c", "(<| a (<| b c))"),
        ("a |> b <| c", "(<| (|> a b) c)"),
        ("a && b || c && d", "(|| (&& a b) (&& c d))"),
        ("a || b || c", "(|| a (|| b c))"),
        ("a && b && c", "(&& a (&& b c))"),
        ("a .&& b", "(.& a b)"),
        ("a => b => c", "(=> a (=> b c))"),
        ("k => c ? a : b", "(=> k (? c a b))"),
        ("c ? a : b => d", "(? c a (=> b d))"),
        ("c ? a : b ? d : e", "(? c a (? b d e))"),
        ("x = y ? a : b = 3", "(= x (? y a (= b 3)))"),
        ("a << b * c", "(* (<< a b) c)"),
        ("a // b << c", "(// a (<< b c))"),
        ("a // b * c", "(* (// a b) c)"),
        ("a | b + c", "(+ (| a b) c)"),
        ("a & b + c", "(+ (& a b) c)"),
        ("a ⊻ b ∪ c", "(∪ (⊻ a b) c)"),
        ("a × b ⋅ c", "(⋅ (× a b) c)"),
        ("a ⊙ b ⊘ c ⊗ d", "(⊗ (⊘ (⊙ a b) c) d)"),
        ("f ∘ g ∘ h", "(∘ (∘ f g) h)"),
        ("a \\ b / c", "(/ (\\ a b) c)"),
        ("a .* x .^ 2 .+ b", "(.+ (.* a (.^ x 2)) b)"),
        ("a .÷ b .% c", "(.% (.÷ a b) c)"),
        (".-a .+ b", "(.+ (.- a) b)"),
        (".!a .& b", "(.& (.! a) b)"),
        ("a ≤ b", "(<= a b)"),
        ("a ≠ b", "(!= a b)"),
        ("x!=y", "(!= x y)"),
        ("x!==y", "(!== x y)"),
        ("−x", "(- x)"),
        ("a · b", "(⋅ a b)"),
        ("x -> y, z", "(tuple (-> (x) y) z)"),
        ("a || b -> c && d", "(|| a (-> (b) (&& c d)))"),
        ("a + x -> x + 1", "(+ a (-> (x) (+ x 1)))"),
        ("x -> y -> x + y", "(-> (x) (-> (y) (+ x y)))"),
        ("c ? x -> 1 : x -> 2", "(? c (-> (x) 1) (-> (x) 2))"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("-9223372036854775808im", "(juxt -9223372036854775808 im)"),
        ("- 5", "(- 5)"),
        ("--5", "ERROR `--` is C, not hlang"),
        ("+(1, 2)", "(call `+` 1 2)"),
        ("+(1, 2)^2", "(^ (call `+` 1 2) 2)"),
        ("-(a)^2", "(- (^ a 2))"),
        ("-(a)'", "(- (' a))"),
    ]);
}

#[test]
fn juxtaposition() {
    check(&[
        ("2x", "(juxt 2 x)"),
        ("2(x + 1)", "(juxt 2 (+ x 1))"),
        ("2π", "(juxt 2 π)"),
        ("3im", "(juxt 3 im)"),
        ("2x^2", "(juxt 2 (^ x 2))"),
        ("2^3x", "(^ 2 (juxt 3 x))"),
        ("2^3x^2", "(^ 2 (juxt 3 (^ x 2)))"),
        ("1/2x", "(/ 1 (juxt 2 x))"),
        ("1//2x", "(// 1 (juxt 2 x))"),
        ("-2x", "(juxt (- 2) x)"),
        ("-2^2x", "(- (^ 2 (juxt 2 x)))"),
        ("2sin(x)", "(juxt 2 (call sin x))"),
        ("2x'", "(juxt 2 (' x))"),
        ("(x + 1)y", "(juxt (+ x 1) y)"),
        ("(a)(b)", "(call a b)"),
        ("2(x)(y)", "(juxt 2 (call x y))"),
        ("x'y", "(juxt (' x) y)"),
        ("v'A*v", "(* (juxt (' v) A) v)"),
        ("A[1]x", "(juxt (ref A 1) x)"),
        ("A[2end]", "(ref A (juxt 2 end))"),
        ("2.*x", "(.* 2 x)"),
        ("1.0.*x", "(.* 1.0 x)"),
        ("2.^x", "(.^ 2 x)"),
        ("1.5x", "(juxt 1.5 x)"),
        ("2e(x)", "(juxt 2 (call e x))"),
    ]);
}

#[test]
fn brackets() {
    check(&[
        ("[]", "(vect)"),
        ("[1, 2, 3]", "(vect 1 2 3)"),
        ("[1, 2,]", "(vect 1 2)"),
        ("[1; 2]", "(rows (row 1) (row 2))"),
        ("[1 2]", "(rows (row 1 2))"),
        ("[1 2; 3 4]", "(rows (row 1 2) (row 3 4))"),
        ("[1 2\n3 4]", "(rows (row 1 2) (row 3 4))"),
        ("[1 2;\n3 4\n]", "(rows (row 1 2) (row 3 4))"),
        ("[1 2\n\n3 4]", "(rows (row 1 2) (row 3 4))"),
        ("[\n1 2 # one\n3 4 # two\n]", "(rows (row 1 2) (row 3 4))"),
        ("[1,\n2,\n3\n]", "(vect 1 2 3)"),
        ("[1:2;]", "(rows (row (: 1 2)))"),
        ("[a b;]", "(rows (row a b))"),
        ("[1 -2]", "(rows (row 1 (- 2)))"),
        ("[1 - 2]", "(vect (- 1 2))"),
        ("[1-2]", "(vect (- 1 2))"),
        ("[1 -2 + 3]", "(rows (row 1 (+ (- 2) 3)))"),
        ("[1 +2im]", "(rows (row 1 (juxt (+ 2) im)))"),
        ("[1 + 2im]", "(vect (+ 1 (juxt 2 im)))"),
        ("[a .-b]", "(rows (row a (.- b)))"),
        ("[1 -\n2]", "(vect (- 1 2))"),
        ("[a' b']", "(rows (row (' a) (' b)))"),
        ("[x' y]", "(rows (row (' x) y))"),
        ("[a, b'c]", "(vect a (juxt (' b) c))"),
        ("[A; x']", "(rows (row A) (row (' x)))"),
        ("[f(x) g (y)]", "(rows (row (call f x) g y))"),
        ("[x[1] -2]", "(rows (row (ref x 1) (- 2)))"),
        ("[x [1] -2]", "(rows (row x (vect 1) (- 2)))"),
        ("[f(1 -2) 3]", "(rows (row (call f (- 1 2)) 3))"),
        ("[(1 -2) 3]", "(rows (row (- 1 2) 3))"),
        ("[a ? b : c d]", "(rows (row (? a b c) d))"),
        ("[x -> x y]", "(rows (row (-> (x) x) y))"),
        ("[a && b c]", "(rows (row (&& a b) c))"),
        ("[\"a\" \"b\"]", "(rows (row \"a\" \"b\"))"),
        ("[!a √b]", "(rows (row (! a) (√ b)))"),
        ("[[1 2]; [3 4]]", "(rows (row (rows (row 1 2))) (row (rows (row 3 4))))"),
        ("[v...]", "(vect (... v))"),
        ("Float64[]", "(vect:Float64)"),
        ("Int64[1, 2]", "(vect:Int64 1 2)"),
        ("Float64[1 2; 3 4]", "(rows:Float64 (row 1 2) (row 3 4))"),
        ("Float64[x for x in v]", "(comp:Float64 x for (x=v))"),
        ("Any[1, \"a\"]", "(vect:Any 1 \"a\")"),
        ("[x^2 for x in v if x > 0]", "(comp (^ x 2) for (x=v) if (> x 0))"),
        ("[i*j for i in 1:3, j = 1:4]", "(comp (* i j) for (i=(: 1 3) j=(: 1 4)))"),
        ("[x for x in y for w in v]", "(comp x for (x=y) for (w=v))"),
        ("[f(x)\n for x in v\n if x > 0]", "(comp (call f x) for (x=v) if (> x 0))"),
        ("[x for x in 1 -1]", "(comp x for (x=(- 1 1)))"),
        ("[x for (i, x) in v]", "(comp x for ((tuple i x)=v))"),
        ("sum(x^2 for x in v)", "(call sum (gen (^ x 2) for (x=v)))"),
        ("sum(x for x in v; init = 0)", "(call sum (gen x for (x=v)) init=0)"),
        ("(x for x in v)", "(gen x for (x=v))"),
        ("A[1, :]", "(ref A 1 :)"),
        ("A[:]", "(ref A :)"),
        ("A[end, begin]", "(ref A end begin)"),
        ("A[2:end-1, [1, end]]", "(ref A (: 2 (- end 1)) (vect 1 end))"),
        ("A[f(end)]", "(ref A (call f end))"),
        ("x[end](2)", "(call (ref x end) 2)"),
        ("2[1]", "(ref 2 1)"),
        ("A[\n1,\n2\n]", "(ref A 1 2)"),
        ("()", "(tuple)"),
        ("(a,)", "(tuple a)"),
        ("(a, b...)", "(tuple a (... b))"),
        ("(a = 1, b = 2)", "(named a=1 b=2)"),
        ("(; a, b = 2)", "(named a=a b=2)"),
        ("(a; b)", "(block a b)"),
        ("(a = 1)", "(= a 1)"),
        ("(1\n+ 2)", "(+ 1 2)"),
        ("(:)(1, 3)", "(call `:` 1 3)"),
    ]);
}

#[test]
fn calls_and_functions() {
    check(&[
        ("f()", "(call f)"),
        ("f(a, b; k = 1, l)", "(call f a b k=1 l=l)"),
        ("f(a, k = 1)", "(call f a k=1)"),
        ("f((k = 1))", "(call f (= k 1))"),
        ("f(v...; kw...)", "(call f (... v) kw...)"),
        ("f(1:3...)", "(call f (... (: 1 3)))"),
        ("f(\na,\nb\n)", "(call f a b)"),
        ("f.(x).^2", "(.^ (call. f x) 2)"),
        ("x.y.z'", "(' (field (field x y) z))"),
        ("[t.x -1 t.y]", "(rows (row (field t x) (- 1) (field t y)))"),
        ("a.b(1)", "(call (field a b) 1)"),
        ("map(+, a)", "(call map `+` a)"),
        ("map(√, a)", "(call map `√` a)"),
        ("(+).(a, b)", "(call. `+` a b)"),
        ("(.+)", "`.+`"),
        ("==(a, b)", "(call `==` a b)"),
        ("in(x, v)", "(call `∈` x v)"),
        ("f = +", "(= f `+`)"),
        ("[+, -]", "(vect `+` `-`)"),
        ("reshape(A, :)", "(call reshape A :)"),
        ("sort(v, by = x -> -x, rev = true)", "(call sort v by=(-> (x) (- x)) rev=true)"),
        ("f(x) = x + 1", "(def f (x) (+ x 1))"),
        ("f(x, y = 2, r...; k = 3, kw...) = x", "(def f (x y=2 r... ; k=3 kw...) x)"),
        ("f(x; k) = x", "(def f (x ; k) x)"),
        ("f() = g() = 1", "(def f () (def g () 1))"),
        ("f(x) =\n  x", "(def f (x) x)"),
        ("() -> 1", "(-> () 1)"),
        ("(x, y) -> x", "(-> (x y) x)"),
        ("((a, b),) -> a", "(-> ((tuple a b)) a)"),
        ("(x, y = 2; k = 1) -> x", "(-> (x y=2 ; k=1) x)"),
        ("function f(x)\n x\nend", "(def f (x) (block x))"),
        ("function f(x) x + 1 end", "(def f (x) (block (+ x 1)))"),
        ("function f(x) -x end", "(def f (x) (block (- x)))"),
        ("function f(x) (x, 1) end", "(def f (x) (block (tuple x 1)))"),
        ("function (x) x^2 end", "(-> (x) (block (^ x 2)))"),
        ("function f end", "nothing"),
        ("map(v) do x\n x^2\nend", "(call map (-> (x) (block (^ x 2))) v)"),
        ("f(a; k = 1) do x, y x + y end", "(call f (-> (x y) (block (+ x y))) a k=1)"),
        ("f() do; 1 end", "(call f (-> () (block 1)))"),
        ("x = f() do\n 1\nend", "(= x (call f (-> () (block 1))))"),
        ("f(begin\n a\n b\nend, 2)", "(call f (block a b) 2)"),
        ("return a, b", "(return (tuple a b))"),
        ("x && return", "(&& x (return))"),
        ("x = return", "(= x (return))"),
    ]);
}

#[test]
fn statements() {
    check(&[
        ("", ""),
        ("\n\n# nothing\n#= nor #= here =# =#", ""),
        ("#!/usr/bin/env hlang\nx", "x"),
        ("\u{FEFF}x = 1\r\ny = 2\r\n", "(= x 1) (= y 2)"),
        ("a; b", "a; b"),
        ("a; # hidden\nb;", "a; b;"),
        ("x = y = 1", "(= x (= y 1))"),
        ("x = 1, 2", "(= x (tuple 1 2))"),
        ("a, b = b, a", "(= (tuple a b) (tuple b a))"),
        ("a, rest... = v", "(= (tuple a (... rest)) v)"),
        ("(a, b), c = t", "(= (tuple (tuple a b) c) t)"),
        ("a, = t", "(= (tuple a) t)"),
        ("(; a, b) = t", "(= (named a=a b=b) t)"),
        ("a = b, c = d", "(= a (= (tuple b c) d))"),
        ("x += 1", "(+= x 1)"),
        ("x ÷= 2", "(÷= x 2)"),
        ("x ⊻= 2", "(⊻= x 2)"),
        ("A[1] .+= x", "(.+= (ref A 1) x)"),
        ("y .= a .* x", "(.= y (.* a x))"),
        ("x =\n  1 +\n  2", "(= x (+ 1 2))"),
        ("x\n-y", "x (- y)"),
        ("if a b elseif c d else e end", "(if a (block b) c (block d) (block e))"),
        ("if x > 0 println(x) end", "(if (> x 0) (block (call println x)))"),
        ("if x (y) end", "(if x (block y))"),
        ("if x [y] end", "(if x (block (vect y)))"),
        ("while n > 0 n -= 1 end", "(while (> n 0) (block (-= n 1)))"),
        ("for i in 1:3 s += i end", "(for (i=(: 1 3)) (block (+= s i)))"),
        ("for i = 1:3, j ∈ v\nend", "(for (i=(: 1 3) j=v) (block))"),
        ("for (i, x) in v x end", "(for ((tuple i x)=v) (block x))"),
        ("begin\n a\n b\nend", "(block a b)"),
        ("let\n x\nend", "(let (block x))"),
        ("let x = 1, y; x end", "(let (x 1) (y) (block x))"),
        ("try\n a\ncatch e\n b\nfinally\n c\nend", "(try (block a) e catch (block b) finally (block c))"),
        ("try a catch b end", "(try (block a) b catch (block))"),
        ("try a catch\n b end", "(try (block a) catch (block b))"),
        ("global x, y = 1", "(global x,y (= (tuple x y) 1))"),
        ("local x", "(local x)"),
        ("const x = 1", "(const x (= x 1))"),
        ("using LinearAlgebra, Printf", "(using LinearAlgebra Printf)"),
        ("using A: b, c", "(using A b c)"),
        ("@show x", "(@show x)"),
        ("@show x - 1 y", "(@show (- x 1) y)"),
        ("@show x -1", "(@show x (- 1))"),
        ("@show a, b", "(@show (tuple a b))"),
        ("@show(x) + 1", "(+ (@show x) 1)"),
        ("@. y = a * x", "(@. (= y (* a x)))"),
        ("@test x ≈ y atol = 1", "(@test (≈ x y) (= atol 1))"),
        ("@time for i in v\n i\nend", "(@time (for (i=v) (block i)))"),
        ("if c @show x end", "(if c (block (@show x)))"),
        ("x = if a b else c end", "(= x (if a (block b) (block c)))"),
        ("while true break end", "(while true (block break))"),
    ]);
}

#[test]
fn literals() {
    check(&[
        ("1_000 0xff", "ERROR nothing joins `0xff` to what stands before it"),
        ("[1_000, 0xff, 0b101, 0o17]", "(vect 1000 255 5 15)"),
        ("[1., .5, 1e-3, 1.5e3, 2E2]", "(vect 1.0 0.5 0.001 1500.0 200.0)"),
        ("\"\"", "\"\""),
        ("\"a\\n\\t\\\"\\$\\\\\\u3b1\\x41\\101\"", "\"a\\n\\t\\\"$\\\\αAA\""),
        ("\"a $x b\"", "(str \"a \" x \" b\")"),
        ("\"$x[1] $(x[1]) $β̂!\"", "(str x \"[1] \" (ref x 1) \" \" β̂!)"),
        ("\"$(f(\"in $y\"))\"", "(str (call f (str \"in \" y)))"),
        ("\"two\nlines\"", "\"two\\nlines\""),
        ("\"one \\\n   line\"", "\"one line\""),
        ("\"\"\"a \"b\" c\"\"\"", "\"a \\\"b\\\" c\""),
        ("\"\"\"\n  a\n    b\n  \"\"\"", "\"a\\n  b\\n\""),
        ("\"\"\"\n    a\n\n  $x\n    \"\"\"", "(str \"  a\\n\\n\" x \"\\n  \")"),
        ("\"\"\"a\n  b\n  c\"\"\"", "\"a\\nb\\nc\""),
        ("[x₁, x′, ∂f, push!, _a]", "(vect x₁ x′ ∂f push! _a)"),
    ]);
}

/// What is told, and where: message, text under it, offer.
fn told(text: &str) -> (String, &str, Option<String>) {
    let error = error(text);
    let offer = error.offers.first().map(|offer| offer.code.clone());
    (error.message, text.get(error.span.range()).unwrap_or("?"), offer)
}

#[test]
fn habits_of_other_languages() {
    let cases: &[(&str, &str, Option<&str>)] = &[
        ("x ~= 3", "~=", Some("x != 3")),
        ("% comment", "%", Some("# comment")),
        ("x = 3 % the number of things", "%", Some("x = 3 # the number of things")),
        ("x = 1 + ...\n 2", "...", Some("x = 1 + 2")),
        ("f = @(x) x^2", "@", Some("f = (x) -> x^2")),
        ("disp('hello')", "'hello'", Some("disp(\"hello\")")),
        ("B = A.'", ".'", Some("B = A'")),
        ("x++", "x++", Some("x += 1")),
        ("x**2", "**", Some("x^2")),
        ("if x\n y\nelif z\n w\nend", "elif", Some("elseif z")),
        ("if x\n y\nelse if z\n w\nend", "else if", Some("elseif z")),
        ("if x\n y\nendif", "endif", None),
        ("for i in 1:3\n y\nend for", "end for", Some("end")),
        ("def f(x):\n  return x", "def", Some("function f(x)")),
        ("function y = f(x)\n y = x\nend", "function", Some("function f(x)")),
        ("function f(x) = x^2", "function f(x) =", Some("f(x) = x^2")),
        ("print x", "print", Some("println(x)")),
        ("import numpy as np", "import", None),
        ("x := 1", ":=", Some("x = 1")),
        ("if x = 1\n y\nend", "=", Some("if x == 1")),
        ("[1, 2, 3; 4, 5, 6]", "[1, 2, 3; 4, 5, 6]", Some("[1 2 3; 4 5 6]")),
        ("f(x::Int) = x", "::", Some("f(x) = x")),
        ("Dict{String, Int}()", "Dict{String, Int}", None),
        ("A(1,2) = 3", "A(1,2)", Some("A[1,2] = 3")),
        ("y = x(end) + 1", "x(end)", Some("y = x[end] + 1")),
        ("if x and y\n z\nend", "and", Some("if x && y")),
        ("y = not x", "not", Some("y = !x")),
        ("for i in v:\n i", ":", Some("for i in v")),
        ("for i, x in v\n x\nend", ",", Some("for (i, x) in v")),
        ("f = lambda x, y: x + y", "lambda", Some("f = (x, y) -> x + y")),
        ("y = 1 if x > 0 else 2", "if", Some("y = x > 0 ? 1 : 2")),
        ("a %*% b", "%*%", Some("a * b")),
        ("struct P end", "struct", None),
        ("A @ B", "@", Some("A * B")),
        ("y = f (x)", "(", Some("y = f(x)")),
        ("3 x", "x", Some("3x")),
        ("[1, 2 3]", "3", Some("[1, 2, 3]")),
        ("A[i -1]", "-", Some("A[i-1]")),
        ("f(x y)", "y", Some("f(x, y)")),
        ("x --> y", "-->", Some("x -> y")),
    ];
    for (text, at, offer) in cases {
        let (message, found, offered) = told(text);
        assert_eq!((found, offered.as_deref()), (*at, *offer), "{text}: {message}");
        if let Some(line) = offered {
            assert!(!error(text).incomplete, "{text}: {line}");
        }
    }
}

#[test]
fn errors_point_at_the_place() {
    let cases: &[(&str, &str, &str)] = &[
        ("(1]", "this `(` is never closed", "("),
        ("[1, 2)", "this `[` is never closed", "["),
        ("for i in v\n (x\nend", "this `(` is never closed", "("),
        ("if x\n y)\nend", "this `)` stands inside a `if` that is still open", ")"),
        (")", "this `)` closes nothing", ")"),
        ("end", "this `end` closes nothing", "end"),
        ("else", "this `else` belongs to no `if` or `try`", "else"),
        ("f(1 + )", "`+` needs something on its right", "+"),
        ("1 + * 2", "`*` needs something on its left", "*"),
        ("a b", "nothing joins `b` to what stands before it", "b"),
        ("f (x)", "a call has no blank before its parenthesis", "("),
        ("c ? a", "this `?` has no `:`", "?"),
        ("c ?a : b", "this `?` needs a blank on both sides", "?"),
        ("a + b = c", "this cannot be assigned to", "a + b"),
        ("x = 10000000000000000000", "the integer 10000000000000000000 does not fit in Int64", "10000000000000000000"),
        ("1f0", "there are no single-precision numbers in hlang", "1f0"),
        ("\"costs $5\"", "this `$` inserts nothing", "$"),
        ("x = “hi”", "the character `“` (U+201C) means nothing here", "“"),
        ("x = \u{0}", "the character U+0000 means nothing here", "\u{0}"),
        (":abc", "`:abc` is a symbol, which hlang does not have", ":"),
        ("2.x", "`2.x` can be read in two ways", "2."),
        ("A[1 2]", "indices are separated by commas", "2"),
        ("for x end", "the head of this block is not complete", ""),
    ];
    for (text, message, at) in cases {
        let error = error(text);
        assert_eq!((error.message.as_str(), text.get(error.span.range())), (*message, Some(*at)), "{text}");
        assert!(!error.incomplete, "{text}");
    }
}

#[test]
fn incomplete_input_points_at_what_is_open() {
    let cases: &[(&str, &str)] = &[
        ("f(1, 2", "("),
        ("[1 2", "["),
        ("if x", "if"),
        ("for i in 1:3\n if x\n y\n end", "for"),
        ("function f(x)\n  for i in v\n    x\nend", "for"),
        ("\"abc", "\""),
        ("\"\"\"abc\"", "\"\"\""),
        ("\"a $(x", "$("),
        ("#= abc", "#="),
        ("x = 1 +", "+"),
        ("x =", "="),
        ("a,", ","),
        ("x ->", "->"),
        ("map(v) do x", "do"),
    ];
    for (text, at) in cases {
        let error = error(text);
        assert!(is_incomplete(text), "{text}: {}", error.message);
        // A `$(` is in a string that is not closed either; the outermost text is reported.
        let found = text.get(error.span.range());
        assert!(found == Some(*at) || found == Some("\""), "{text}: {} at {found:?}", error.message);
    }
    for complete in ["x", "x = 1", "return", "@show", "f = +", "a ? b", "1)", "x++", "if x:", "", "\"a\"", "end"] {
        assert!(!is_incomplete(complete), "{complete}");
    }
}

#[test]
fn deep_nesting_ends_in_an_error() {
    let deep: &[String] = &[
        "(".repeat(100_000),
        "[".repeat(100_000),
        "if x ".repeat(100_000),
        "x -> ".repeat(100_000),
        "a ? b : ".repeat(100_000),
        "- ".repeat(1_000_000) + "x",
        "x^".repeat(200_000) + "x",
        "a && ".repeat(200_000) + "x",
        "a = ".repeat(200_000) + "x",
        "1+".repeat(1_000_000) + "1",
        "x".to_string() + &"'".repeat(200_000),
        "x".to_string() + &".y".repeat(200_000),
        "f".to_string() + &"()".repeat(200_000),
        "\"$(".repeat(100_000),
        "#=".repeat(100_000),
        "f(".repeat(900) + &"1+".repeat(20_000) + "1" + &")".repeat(900),
    ];
    for text in deep {
        assert!(parse(text, 0).is_err(), "{}", &text[..20]);
    }
    assert!(parse(&("1+".repeat(9_000) + "1"), 0).is_ok());
    assert!(parse(&("(".repeat(500) + "1" + &")".repeat(500)), 0).is_ok());
    assert!(parse(&("a && b; ".repeat(20_000)), 0).is_ok());
    assert!(parse(&("a^b + ".repeat(5_000) + "c"), 0).is_ok());
}

#[test]
fn no_text_makes_the_parser_panic() {
    let pieces = [
        "x",
        "1",
        "2.",
        "'",
        "\"",
        "\"\"\"",
        "$",
        "$(",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        " ",
        "\n",
        ";",
        ",",
        ":",
        "::",
        "?",
        "=",
        "+=",
        "-",
        "+",
        "*",
        ".",
        "..",
        "...",
        "->",
        "=>",
        "@",
        "@.",
        "@show",
        "end",
        "begin",
        "if",
        "else",
        "elseif",
        "for",
        "in",
        "while",
        "do",
        "function",
        "let",
        "try",
        "catch",
        "finally",
        "return",
        "global",
        "using",
        "struct",
        "%",
        "//",
        "#",
        "#=",
        "=#",
        "~",
        "√",
        "β̂",
        "é",
        "\u{0}",
        "\u{FEFF}",
        "\\",
        "\\n",
        "`",
        "<",
        "elif",
        "def",
        "as",
        "lambda",
        "9223372036854775808",
        "0x",
        "1e",
        "f(",
        "A[",
        "++",
        "'a'",
        "1f0",
        "\r",
    ];
    // A small generator of its own, so that a failure can be repeated.
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    for _ in 0..20_000 {
        let length = 1 + random(14);
        let text: String = (0..length).map(|_| pieces[random(pieces.len())]).collect();
        if let Err(error) = parse(&text, 0) {
            let end = error.span.end as usize;
            assert!(error.span.start <= error.span.end && end <= text.len(), "{text:?}");
            assert!(text.get(error.span.range()).is_some(), "{text:?}");
        }
    }
}

#[test]
fn long_texts_are_read_in_linear_time() {
    let script = "x = [1 2; 3 4] .* f(a, b; k = 2) # comment\n".repeat(20_000);
    let list = format!("[{}]", "1, ".repeat(300_000));
    let line = "x = 1; ".repeat(100_000);
    let started = std::time::Instant::now();
    for text in [&script, &list, &line] {
        assert!(parse(text, 0).is_ok());
    }
    let wrong =
        ["a // b ", "x % y ", "'a", "@a+", "[1, 2; ", "f(end) = 3; ", "x ", "{", "a ? ", "\"$(", "1.2.3 ", "@(x) "];
    for piece in wrong {
        assert!(parse(&piece.repeat(100_000), 0).is_err(), "{piece}");
    }
    // Quadratic work would take minutes; the bound is generous for slow machines.
    assert!(started.elapsed().as_secs() < 30);
}
