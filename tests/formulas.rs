//! A function that kernels compute for whole arrays gives what calling it for every element gives, errors too.

mod support;

/// Bodies of functions of `x`; `a` is a global number.
const BODIES: &[&str] = &[
    "x",
    "1",
    "x^2 + sin(x)",
    "-x * a",
    "x ÷ 2 + x % 3",
    "x^3 - x^-1",
    "2^x",
    "x > 1 ? x : -x",
    "x > 1 ? 1 : 2.5",
    "x == 0 ? 0.0 : 1 / x",
    "x < 0 ? 0.0 : sqrt(x)",
    "sqrt(x)",
    "x > 0 && log(x) > 0.5",
    "x <= 0 || log(x) > 0.5",
    "0 < x <= 2 < a",
    "ifelse(x > 1, x, -x)",
    "max(x, 1) + min(x, a)",
    "(y = x + 1; y = y * y; y - x)",
    "begin if x > 1; return x end; x * 2 end",
    "begin if x > 1 return true elseif x < 0 return false end; y = x == 0; !y end",
    "(x + 4611686018427387904) * 2",
    "inner(x) + inner(x + 1)",
    "calls_itself(abs(round(Int, x)))",
    "abs(x) |> sqrt",
    "x .* 2 .+ sin.(x)",
    "x + not_defined",
    "x & 3 == 1",
    "!x",
    "x / 0",
    "atan(x, 2) + hypot(x, 1)",
    "Float64(x) + Int64(round(x))",
    "mod(x, 3) + fld(x, 2)",
    "floor(x) + ceil(Int, x)",
    "isnan(x) ? 0 : 1",
    "round(x, digits = 1) + a",
    "floor(x / 3; sigdigits = 2)",
    "exp(x) + im",
    "\"text\"",
    "x == 1 ? nothing : x",
];

const ARGUMENTS: &[&str] = &[
    "collect(1:300)",
    "-5:300",
    "[0.5k for k in -10:300]",
    "[1.0, NaN, Inf, -0.0, 0.0, 1e300, -1e300, 2.5, 3.0]",
    "[true, false, true, true, false, true, false, true]",
    "[1 2 3 4; 5 6 7 8; 9 10 11 12]",
    "[9223372036854775807, 1, 2, 3, 4, 5, 6, 7, 8]",
    "[1, 2.5, \"three\", 4, 5, 6, 7, 8, 9]",
];

/// What is asked of a function of one argument.
const QUESTIONS: &[&str] = &[
    "F.(v)",
    "map(F, v)",
    "[F(x) for x in v]",
    "F.(v) .+ 1",
    "sum(F(x) for x in v)",
    "sum(F, v)",
    "any(F, v)",
    "all(F, v)",
    "count(F, v)",
    "maximum(F, v)",
    "[x for x in v if F(x)]",
    "(w = copy(collect(v)); w .= F.(w); w)",
    "mapreduce(F, +, v)",
    "reduce(max, F(x) for x in v)",
    "collect(F(x) for x in v if x > 2)",
    "any(F(x) for x in v if x > 2)",
];

#[test]
fn formulas_agree_with_calls() {
    let mut wrong = Vec::new();
    for body in BODIES {
        // A statement without effect keeps the body from being a formula.
        let setup = format!(
            "a = 2.5; inner(x) = 2x - 1; calls_itself(n) = n <= 1 ? n : calls_itself(n ÷ 2) + 1
             fast(x) = {body}
             slow(x) = (nothing; {body})"
        );
        for arguments in ARGUMENTS {
            for question in QUESTIONS {
                let answer = |name: &str| {
                    let question = question.replace('F', name);
                    support::outcome(&format!("{setup}\nv = {arguments}\n{question}"))
                };
                let (fast, slow) = (answer("fast"), answer("slow"));
                if fast != slow.replace("slow", "fast") {
                    wrong.push(format!("{body} of {arguments} in {question}:\n  {fast}\n  {slow}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Bodies of functions that put elements together: of numbers that keep their type and that do not, that fail somewhere.
const FOLDS: &[&str] = &[
    "s + 2x",
    "s / 2 + x",
    "s > x ? s - x : x",
    "(3s + x) % 7",
    "s * x",
    "s ÷ (x - 5)",
    "2^(x - 3) + s",
    "max(s, x)",
    "hypot(s, x)",
    "s && x > 0",
    "sqrt(s - x)",
    "s + x * im",
    "inner(s) + a * x",
    "x",
    "s",
    "1",
    "s == x",
    "x ≈ s ? x : round(s, digits = 2) + x",
    "log(2 + abs(s), abs(x) + 1)",
    "\"$s$x\"",
];

#[test]
fn folds_agree_with_calls() {
    let questions = [
        "foldl(F, v)",
        "foldr(F, v)",
        "reduce(F, v)",
        "foldl(F, v, init = 1)",
        "foldl(F, v, init = true)",
        "foldr(F, v, init = 0.5)",
        "foldl(F, (x for x in v if x < 3))",
        "accumulate(F, v)",
        "accumulate(F, v, init = 2)",
        "mapreduce(x -> x + 1, F, v)",
        "map(F, v, reverse(v))",
        "map(F, v, 1:9)",
    ];
    let mut wrong = Vec::new();
    for body in FOLDS {
        let setup = format!("a = 2.5; inner(x) = 2x - 1; fast(s, x) = {body}\nslow(s, x) = (nothing; {body})");
        for arguments in ARGUMENTS {
            for question in questions {
                let answer = |name: &str| {
                    support::outcome(&format!("{setup}\nv = {arguments}\n{}", question.replace('F', name)))
                };
                let (fast, slow) = (answer("fast"), answer("slow"));
                if fast != slow.replace("slow", "fast") {
                    wrong.push(format!("{body} of {arguments} in {question}:\n  {fast}\n  {slow}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn comprehensions_agree_with_calls() {
    for (body, clauses) in [
        ("i * j + a", "i in 1:20, j in [1.5, 2, 3]"),
        ("i > j ? i : j", "i in 1:4, j in 1:5"),
        ("i^j", "i in 1:9, j in 1:1"),
        ("i^j", "i in 1:9, j in -1:1"),
        ("i / (j - 2)", "i in [1 2; 3 4], j in 1:4"),
        ("i ÷ (j - 2)", "i in [1 2; 3 4], j in 1:4"),
    ] {
        let fast = support::outcome(&format!("a = 2.5; [{body} for {clauses}]"));
        let slow = support::outcome(&format!("a = 2.5; [(nothing; {body}) for {clauses}]"));
        assert_eq!(fast, slow, "[{body} for {clauses}]");
    }
}

/// More elements than are in memory at a time.
#[test]
fn long_streams_agree_with_calls() {
    for question in [
        "sum(F, 1:200000)",
        "sum(F(x) for x in 1:200000)",
        "sum(F(x) for x in v)",
        "sum(F(x) for x in 1:200000 if F(x) > 199999)",
        "sum(F(x) for x in v if F(x) < 3)",
        "minimum(F(x) for x in 1:200000)",
        "maximum(F(x) / 3 for x in v; init = 0)",
        "mapreduce(F, +, v)",
        "mapreduce(F, *, v .- v)",
        "reduce(max, F(x) for x in v)",
        "count(F(x) > 1000 for x in v)",
        "any(F(x) == 150000 for x in v)",
        "all(F(x) < 150000 for x in 1:200000)",
        "any(v .> 3)",
        "sum(10 ÷ (F(x) - 100001) for x in v)",
        "any(10 ÷ (F(x) - 100001) > 5 for x in v)",
        "sum(2^(x - F(x) - (x == 150001 ? 1 : 0)) for x in v)",
        "maximum(F(x) for x in v if x < 0)",
    ] {
        let setup = "fast(x) = x == -1 ? 0 : x - 1; slow(x) = (nothing; x == -1 ? 0 : x - 1); v = collect(1:200000)";
        let answer = |name: &str| support::outcome(&format!("{setup}\n{}", question.replace('F', name)));
        assert_eq!(answer("fast"), answer("slow").replace("slow", "fast"), "{question}");
    }
    assert_eq!(support::outcome("v = collect(1:100000); sum(x -> (x == 1 && (v[2] = 7); x), v)"), "5000050005");
    assert_eq!(support::outcome("a = 1; foldl((s, x) -> (global a = 2; s + x), [a * x for x in 1:9])"), "45");
    assert_eq!(support::outcome("a = 1; foldl((s, x) -> (global a = 2; s + x), (a * x for x in 1:9))"), "87");
}

#[test]
fn a_formula_reads_its_names_when_it_is_used() {
    assert_eq!(support::outcome("a = 1; f(x) = a * x; v = f.(1:9); a = 2; (sum(v), sum(f.(1:9)))"), "(45, 90)");
    assert_eq!(support::outcome("f(x) = sin(x); sin(x) = x + 1; sum(f.(1:9))"), "54");
    let counter = "c = [0]; f(x) = x + c[1]; c[1] = 1; sum(f.(1:9))";
    assert_eq!(support::outcome(counter), "54");
}
