//! Sizes without evaluation: what is said of an expression is what its value then has.

mod support;

use hlang::library::FAMILIES;
use hlang::session::Session;
use hlang::sizes;
use hlang::value::Value;
use hlang::value::display::describe;
use hlang::value::function::Example;
use std::time::{Duration, Instant};

const VARIABLES: &str = "A = [1 2 3; 4 5 6]; B = [1.0 2; 3 4]; x = [1, 2, 3]; y = [1.0, 2]; n = 4; m = A .> 2; \
     mask = x .> 1; words = [\"a\", \"b\"]; f(x) = 2x; F = (U = B, k = 2); r = 1:3; c = 2.5; row = x'; vs = [[1, 2], [3]];";

fn session() -> Session {
    let mut session = support::session().0;
    session.eval("test", VARIABLES).expect("the variables are made");
    session
}

fn hint(session: &Session, text: &str) -> Option<String> {
    sizes::hint(text, &|name| session.variable(name))
}

/// What a hint would say of a value.
fn said_of(value: &Value) -> String {
    match value {
        Value::Bool(_) => "Bool".to_owned(),
        Value::Int(_) | Value::Float(_) | Value::Complex(_) => "number".to_owned(),
        Value::Scaling(_) => "I".to_owned(),
        other => describe(other),
    }
}

/// What is wrong about the hint for a text.
fn problem(session: &mut Session, text: &str) -> Option<String> {
    let said = hint(session, text)?;
    let got = session.eval("test", text);
    let right = match (said.strip_suffix(" ✗"), &got) {
        (Some(_), got) => got.is_err(),
        // Elements may be wrong where the sizes are right.
        (None, Err(error)) => error.kind.name() != "DimensionMismatch",
        (None, Ok(Some(value))) => said_of(value) == said,
        (None, Ok(None)) => true,
    };
    let got = got.map(|value| value.map(|value| said_of(&value))).map_err(|error| error.message);
    (!right).then(|| format!("{text}\n    said {said}, is {got:?}"))
}

#[test]
fn sizes_as_they_are_typed() {
    let mut session = session();
    let cases = [
        ("A * B'", "2×3 * 2×2 ✗"),
        ("A * A'", "2×2"),
        ("A * A", "2×3 * 2×3 ✗"),
        ("A", "2×3"),
        ("C = A' * B", "3×2"),
        ("A + 1", "2×3 + number ✗"),
        ("A .+ 1", "2×3"),
        ("A .* x'", "2×3"),
        ("A .* x", "2×3 .* 3-vector ✗"),
        ("x' * x", "number"),
        ("x * x'", "3×3"),
        ("A * x", "2-vector"),
        ("A[:, 1]", "2-vector"),
        ("A[end, 2:end]", "2-vector"),
        ("A[1, 2]", "number"),
        ("A[3, 1]", "2×3[3, 1] ✗"),
        ("A[:, 1:4]", "2×3[:, 1:4] ✗"),
        ("A[:]", "6-vector"),
        ("[A; x']", "3×3"),
        ("[A B]", "2×5"),
        ("[A; B]", "[2×3; 2×2] ✗"),
        ("[x; 1]", "4-vector"),
        ("B \\ y", "2-vector"),
        ("B \\ x", "2×2 \\ 3-vector ✗"),
        ("A / A", "2×2"),
        ("B ^ 2", "2×2"),
        ("A ^ 2", "2×3 ^ number ✗"),
        ("B + I", "2×2"),
        ("A + I", "2×3 + I ✗"),
        ("A ⊗ B", "4×6"),
        ("A ⊙ y", "2×3"),
        ("A ⊙ B", "2×3 ⊙ 2×2 ✗"),
        ("sum(A, dims=1)", "1×3"),
        ("sum(A; dims=2)", "2×1"),
        ("sum(A)", "number"),
        ("A .> 2", "2×3"),
        ("inv(A)", "inv(2×3) ✗"),
        ("exp(B)", "2×2"),
        ("zeros(n, 2n)", "4×8"),
        ("zeros(size(A))", "2×3"),
        ("ones(size(A, 2), n + 1)", "3×5"),
        ("f.(A)", "2×3"),
        ("sin.(A) .+ x'", "2×3"),
        ("0:0.1:1", "11-vector"),
        ("[i * j for i in 1:3, j in 1:n]", "3×4"),
        ("[1 2; 3 4] * A", "2×3"),
        ("D = A'; D * B", "3×2"),
        ("m, k = size(A); zeros(k, m)", "3×2"),
        ("F.U * y", "2-vector"),
        ("A |> transpose", "3×2"),
        ("x .+= 1", "3-vector"),
        ("reshape(A, 3, 2)", "3×2"),
        ("reshape(A, 4, 2)", "reshape(2×3) to 4×2 ✗"),
        ("kron(A, x)", "6×3"),
        ("map(abs, A)", "2×3"),
        ("randn(3)[2:3]", "2-vector"),
        ("n > 3 ? A : 2A", "2×3"),
        ("[A[:, 1] x]", "[2-vector 3-vector] ✗"),
    ];
    let found: Vec<_> = cases.iter().map(|(text, _)| (*text, hint(&session, text).unwrap_or_default())).collect();
    assert_eq!(found, cases.map(|(text, said)| (text, said.to_owned())));
    support::report(cases.iter().filter_map(|(text, _)| problem(&mut session, text)).collect());
}

#[test]
fn nothing_is_said_of_what_sizes_do_not_tell() {
    let session = session();
    for text in [
        "",
        "1 + 2",
        "f(A)",
        "A[mask]",
        "A[m]",
        "nosuch * A",
        "A *",
        "for i in 1:3",
        "\"text\"",
        "println(A)",
        "findall(m)",
        "vs[1]",
        "g(x) = A * x",
        "[i for i in x if i > 1]",
        "F",
        "A, B",
        "unique(x)",
        "if true A else B end",
        "words * 2",
        "push!(x, 1); x",
    ] {
        assert_eq!(hint(&session, text), None, "{text}");
    }
}

#[test]
fn what_is_said_is_true() {
    let mut problems = Vec::new();
    let mut said = 0;
    for builtin in FAMILIES.iter().flat_map(|(_, family)| family.iter()) {
        for example in builtin.examples {
            let (Example::Shows(text, _) | Example::Fails(text, _) | Example::Runs(text)) = example;
            let mut session = session();
            said += usize::from(hint(&session, text).is_some());
            problems.extend(problem(&mut session, text));
        }
    }
    assert!(said > 150, "{said} of the examples have a hint");
    support::report(problems);
}

/// Expressions of every operator and some functions over variables of every kind.
#[test]
fn all_combinations() {
    let operands = [
        "A",
        "B",
        "x",
        "y",
        "n",
        "c",
        "row",
        "m",
        "mask",
        "r",
        "I",
        "A'",
        "y'",
        "[1 2]",
        "[1; 2;]",
        "ones(2, 1)",
        "zeros(0)",
    ];
    let operators = [
        "*", "/", "\\", "+", "-", "^", ".*", "./", ".+", ".^", ".<", "==", "⊙", "⊘", "⊗", "⋅", "×", ".⊗", "÷", "%",
        ".%", "&", ".&", "<",
    ];
    let functions = [
        "sum",
        "sum!",
        "transpose",
        "inv",
        "reverse",
        "diag",
        "diagm",
        "cumsum",
        "sqrt",
        "sqrt.",
        "det",
        "tr",
        "norm",
        "vec",
        "pinv",
        "size",
        "length",
        "permutedims",
        "triu",
        "svdvals",
        "eigvals",
        "copy",
        "normalize",
        "diff",
        "float",
        "real",
        "only",
        "mean",
        "any",
        "maximum",
        "median",
        "std",
        "rank",
        "cond",
        "opnorm",
        "rot90",
        "fliplr",
        "vander",
        "toeplitz",
        "zscore",
        "fft",
        "isnan.",
        "abs",
        "abs.",
        "eye",
        "zeros",
        "randperm",
        "magic",
        "fill",
        "exp",
        "sin",
        "trace",
        "iqr",
        "rms",
        "hadamard",
        "I",
        "rotr90",
        "circulant",
        "Symmetric",
        "UpperTriangular",
        "cumtrapz",
        "triu",
        "Transpose",
        "deepcopy",
        "isempty",
        "issymmetric",
        "-",
        "!",
        "√",
    ];
    let calls = [
        "sum(_, dims=1)",
        "sum(_, dims=2)",
        "_[1]",
        "_[:]",
        "_[1, :]",
        "_[:, 1]",
        "_[:, 1:1]",
        "_[end]",
        "_[1:2]",
        "2_",
        "_'",
        "[_ _]",
        "[_; _]",
        "[_ ; 1]",
        "[_, 1]",
        "repeat(_, 2)",
        "repeat(_, 2, 3)",
        "repmat(_, 2)",
        "map(abs, _)",
        "any(_, dims=1)",
        "_ |> sum",
        "all(_)",
        "reshape(_, 6)",
        "ones(2, 3) .= _",
        "_[r]",
        "hcat(_, _)",
        "kron(_, row)",
        "khatrirao(_, _)",
        "facesplit(_, _)",
        "[v for v in _]",
        "round.(_; digits = 2)",
        "max.(_, 1)",
        "f.(_)",
        "sum(abs, _)",
        "mean(_, dims=2)",
        "reverse(_, dims=1)",
    ];
    let mut texts = Vec::new();
    for a in operands {
        texts.extend(functions.iter().map(|function| format!("{function}({a})")));
        texts.extend(calls.iter().map(|call| call.replace('_', &format!("({a})"))));
        for b in operands {
            texts.extend(operators.iter().map(|operator| format!("{a} {operator} {b}")));
        }
    }
    let mut session = session();
    let said = texts.iter().filter(|text| hint(&session, text).is_some()).count();
    support::report(texts.iter().filter_map(|text| problem(&mut session, text)).collect());
    assert!(said > 3000, "{said} of {} have a hint", texts.len());
}

/// Before the next key: the fastest of several tries, as the machine may be busy.
#[test]
fn a_hint_takes_less_than_a_millisecond() {
    let session = session();
    let text = "C = [A B; (A .* x')[:, 1:2] zeros(2, n)] .+ sum(abs.(A * A' + 2I), dims=1)[1] * exp(B)[1, 1]";
    let once = || {
        let begin = Instant::now();
        assert!(hint(&session, text).is_some());
        begin.elapsed()
    };
    let fastest = (0..20).map(|_| once()).min().expect("there were tries");
    assert!(fastest < Duration::from_millis(1), "{fastest:?}");
}

/// The expressions that Julia was asked.
#[test]
fn what_is_said_of_the_conformance_cases_is_true() {
    let (said, problems) = hlang::session::on_large_stack(|| {
        let mut problems = Vec::new();
        let mut said = 0;
        for file in ["hand", "generated"] {
            let path = support::root().join(format!("tests/conformance/{file}.jsonl"));
            let text = std::fs::read_to_string(path).expect("the cases are part of the package");
            for line in text.lines() {
                let case: serde_json::Value = serde_json::from_str(line).expect("a case is JSON");
                let (setup, expr) = (case["setup"].as_str().unwrap_or(""), case["expr"].as_str().unwrap_or(""));
                let mut session = support::session().0;
                // What hlang leaves out is an error, in the setup too.
                if session.eval("setup", setup).is_ok() && hint(&session, expr).is_some() {
                    said += 1;
                    problems.extend(problem(&mut session, expr).map(|problem| format!("{setup}; {problem}")));
                }
            }
        }
        (said, problems)
    });
    assert!(said > 700, "{said} of the cases have a hint");
    support::report(problems);
}
