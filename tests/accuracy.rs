//! Values against references of high precision, each table beside the script that wrote it: `tests/accuracy` has calls
//! with the largest allowed relative error in units of 2^-53, `tests/accuracy/elementary` the elementary functions, which
//! are within 2 units in the last place however they are called. Decompositions by what they leave of the matrix.

mod support;

use hlang::session::Session;
use hlang::value::{Elements, Value};
use std::collections::BTreeMap;

#[test]
fn values_are_as_exact_as_the_tables_ask() {
    hlang::session::on_large_stack(|| {
        let mut problems = Vec::new();
        for table in support::files("tests/accuracy", "tsv") {
            let text = std::fs::read_to_string(&table).expect("the table was found");
            assert!(!text.is_empty(), "{} has lines", support::name(&table));
            problems.extend(text.lines().filter_map(|line| check(line).err()));
        }
        support::report(problems);
    });
}

fn check(line: &str) -> Result<(), String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [call, wanted, allowed] = fields[..] else { return Err(format!("not three fields: {line}")) };
    let number = |text: &str| text.parse::<f64>().map_err(|e| format!("{line}: {text:?}: {e}"));
    let (mut session, _) = support::session();
    let got =
        hlang::transcript::enter(&mut session, "reference", call).map_err(|e| format!("{call}: {}", e.message))?;
    let got = number(got.as_deref().unwrap_or_default().trim())?;
    let (wanted, allowed) = (number(wanted)?, number(allowed)?);
    let off = ((got - wanted) / wanted).abs() / (f64::EPSILON / 2.0);
    if off <= allowed {
        Ok(())
    } else {
        Err(format!("{call} is {got}, not {wanted}: off by {off:.0}, allowed are {allowed}"))
    }
}

/// The largest error of an elementary function, in units in the last place of the result.
const ALLOWED: f64 = 2.0;

/// A value as the float nearest to it and the rest, at one or two arguments.
struct Reference {
    arguments: Vec<String>,
    nearest: f64,
    rest: f64,
}

#[test]
fn elementary_functions_are_within_two_units_in_the_last_place() {
    hlang::session::on_large_stack(|| {
        let table = support::root().join("tests/accuracy/elementary/functions.tsv");
        let text = std::fs::read_to_string(&table).expect("the table is there");
        let mut functions: BTreeMap<(String, usize), Vec<Reference>> = BTreeMap::new();
        for line in text.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let [name, arguments @ .., nearest, rest] = &fields[..] else { panic!("not a reference: {line}") };
            let number = |text: &str| text.parse::<f64>().expect("a reference is a float");
            functions.entry((name.to_string(), arguments.len())).or_default().push(Reference {
                arguments: arguments.iter().map(|x| x.replace("inf", "Inf").replace("nan", "NaN")).collect(),
                nearest: number(nearest),
                rest: number(rest),
            });
        }
        assert!(functions.len() > 40, "the functions are there");
        support::report(functions.iter().flat_map(|((name, _), references)| inexact(name, references)).collect());
    });
}

/// Calls a function in a loop, dotted, in a longer dotted expression and for a large array, whose kernels differ.
fn inexact(name: &str, references: &[Reference]) -> Vec<String> {
    let list = |k: usize| {
        let items: Vec<&str> = references.iter().filter_map(|r| r.arguments.get(k)).map(String::as_str).collect();
        format!("Float64[{}]", items.join(", "))
    };
    let (call, dotted, fused) = match (name, references[0].arguments.len()) {
        ("^", _) => ("v[k]^w[k]".to_owned(), "v .^ w".to_owned(), "0.5 .* (v .^ w) .* 2".to_owned()),
        (_, 2) => (format!("{name}(v[k], w[k])"), format!("{name}.(v, w)"), format!("0.5 .* {name}.(v, w) .* 2")),
        _ => (format!("{name}(v[k])"), format!("{name}.(v)"), format!("0.5 .* {name}.(1 .* v) .* 2")),
    };
    let ways = [
        format!("r = 0v; for k in eachindex(v) r[k] = {call} end; r"),
        format!("[{call} for k in eachindex(v)]"),
        dotted.clone(),
        format!("n = length(v); v = repeat(v, 100); w = repeat(w, 100); r = {dotted}; r[end - n + 1:end]"),
    ];
    let mut problems = Vec::new();
    for (way, text) in ways.iter().chain([&fused]).enumerate() {
        let (mut session, _) = support::session();
        let assigned = format!("v = {}; w = {};", list(0), list(1));
        let Some(values) = floats(&mut session, &format!("{assigned} {text}")) else {
            problems.push(format!("{name}: no floats come from {text}"));
            continue;
        };
        // Half of the smallest floats, doubled, is not the same.
        let loses_small = way == ways.len();
        assert_eq!(values.len(), references.len(), "{text}");
        for (got, reference) in values.iter().zip(references) {
            let off = units(*got, reference);
            if off > ALLOWED && !(loses_small && reference.nearest.abs() < 1e-300) {
                let at = reference.arguments.join(", ");
                problems.push(format!(
                    "{name} at {at} by {text}: {got:?}, off by {off:.2} units from {:?}",
                    reference.nearest
                ));
            }
        }
    }
    problems
}

/// The distance from a reference in units in the last place.
fn units(got: f64, reference: &Reference) -> f64 {
    let nearest = reference.nearest;
    if got.is_nan() || nearest.is_nan() {
        return if got.is_nan() && nearest.is_nan() { 0.0 } else { f64::INFINITY };
    }
    if got == nearest {
        return 0.0;
    }
    let size = nearest.abs();
    let unit = if size == f64::MAX { size - size.next_down() } else { size.next_up() - size };
    ((got - nearest) / unit - reference.rest / unit).abs()
}

fn floats(session: &mut Session, text: &str) -> Option<Vec<f64>> {
    let Ok(Some(Value::Array(array))) = session.eval("reference", text) else { return None };
    match &*array.elements() {
        Elements::Float(m) => Some(m.as_slice().to_vec()),
        _ => None,
    }
}

/// Matrices of every kind that is hard on a decomposition.
const MATRICES: &[&str] = &[
    "zeros(4, 4)",
    "fill(3.0, 1, 1)",
    "hilb(8)",
    "hilb(12)",
    "vander(collect(range(0.1, 2.0, length=9)))",
    "[2.0 1 0; 0 2 1; 0 0 2]",
    "[im 1; 0 im]",
    "diagm(1 => ones(7))",
    "reshape(sin.(1:144), 12, 12)",
    "randn(20, 20)",
    "randn(ComplexF64, 12, 12)",
    "randn(20, 5)",
    "randn(5, 20)",
    "randn(1, 5)",
    "randn(5, 1)",
    "Diagonal(10.0 .^ (0:-3:-18)) * reshape(cos.((1:49) .^ 2), 7, 7) * Diagonal(10.0 .^ (0:-3:-18))",
    "10.0 .^ -(1:8) .* randn(8, 8)",
    "1e150 * randn(6, 6)",
    "1e-150 * randn(6, 6)",
    "1e300 * randn(4, 4)",
    "1e-300 * randn(4, 4)",
    "wilkinson(21)",
    "float(rosser())",
    "companion(poly(1:10))",
    "float(magic(8))",
    "triu(randn(9, 9))",
    "(B = randn(7, 7); B - B')",
    "(B = randn(9, 9); B + B')",
    "(B = randn(ComplexF64, 7, 7); B + B')",
    "[0.0 1 0; 0 0 1; 1 0 0]",
    "[i == j ? 0.6^(i - 1) : i < j ? -0.8 * 0.6^(i - 1) : 0.0 for i in 1:15, j in 1:15]",
    "randn(60, 60)",
    "zeros(0, 0)",
    "zeros(0, 3)",
    "zeros(3, 0)",
];

/// How far off a decomposition is, as a number of ε for each row or column of `A`: `s` is the norm of `A`, or 1 if that is 0.
const RESIDUALS: &[(Of, &str)] = &[
    (Of::Any, "F = qr(A); norm(F.Q * F.R - A) / s"),
    (Of::Any, "F = qr(A); norm(F.Q' * F.Q - I)"),
    (Of::Any, "F = svd(A); norm(F.U * Diagonal(F.S) * F.Vt - A) / s"),
    (Of::Any, "F = svd(A); norm(F.U' * F.U - I) + norm(F.V' * F.V - I)"),
    (Of::Any, "norm(svdvals(A) - svd(A).S) / s"),
    (Of::Any, "A = A / s; P = pinv(A); norm(A * P * A - A) / max(norm(P), 1)"),
    (Of::Any, "A = A / s; C = A' * A + I; C = (C + C') / 2; F = cholesky(C); norm(F.L * F.U - C) / max(norm(C), 1)"),
    (Of::Square, "F = eigen(A); norm(A * F.vectors - F.vectors * Diagonal(F.values)) / s"),
    (Of::Square, "F = schur(A); norm(F.Z * F.T * F.Z' - A) / s"),
    (Of::Square, "F = schur(A); norm(F.Z' * F.Z - I)"),
    (Of::Square, "F = hessenberg(A); norm(F.Q * F.H * F.Q' - A) / s"),
    (Of::Square, "F = hessenberg(A); norm(F.Q' * F.Q - I)"),
    (Of::Square, "A = A / max(s, 1); E = exp(A); norm(E * exp(-A) - I) / max(norm(E), 1)"),
    (Of::Square, "A = A / s; R = sqrt(A); norm(R * R - A) / max(norm(R)^2, 1)"),
    (Of::Regular, "F = lu(A); norm(A[F.p, :] - F.L * F.U) / s"),
    (Of::Regular, "X = inv(A); norm(A * X - I) / max(s * norm(X), eps())"),
    (Of::Regular, "b = ones(size(A, 1)); x = A \\ b; norm(A * x - b) / max(s * norm(x) + norm(b), eps())"),
    (Of::Regular, "b = ones(1, size(A, 1)); x = b / A; norm(x * A - b) / max(s * norm(x) + norm(b), eps())"),
    (Of::Regular, "A = A / s; L = log(A); norm(exp(L) - A) / max(norm(L)^2, 1) / 10"),
];

/// Which matrices a residual is for.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Any,
    Square,
    /// For one of lower rank an error is an answer too.
    Regular,
}

#[test]
fn decompositions_leave_a_few_epsilon() {
    hlang::session::on_large_stack(|| {
        const ALLOWED: f64 = 10.0;
        let mut problems = Vec::new();
        let cases = MATRICES.iter().flat_map(|matrix| RESIDUALS.iter().map(move |residual| (matrix, residual)));
        for (matrix, (of, residual)) in cases {
            let (mut session, _) = support::session();
            let start = format!("seed!(7); A = {matrix}; s = norm(A) == 0 ? 1.0 : norm(A); size(A, 1) == size(A, 2)");
            let is_square = session.eval("matrix", &start);
            let Ok(Some(Value::Bool(is_square))) = is_square else { panic!("{matrix}: no matrix") };
            if *of != Of::Any && !is_square.get() {
                continue;
            }
            let count = "eps() * max(size(A)..., 1)";
            match session.eval("residual", &format!("begin {residual} end / ({count})")) {
                Ok(Some(Value::Float(off))) if off.get() <= ALLOWED => {}
                // No inverse, no logarithm, no root.
                Err(_) if (*of == Of::Regular || residual.contains("sqrt")) && is_singular(&mut session) => {}
                Ok(off) => problems.push(format!("{matrix}: {residual}: {off:?} ε")),
                Err(e) => problems.push(format!("{matrix}: {residual}: {}", e.message)),
            }
        }
        support::report(problems);
    });
}

fn is_singular(session: &mut Session) -> bool {
    matches!(session.eval("rank", "rank(A) < size(A, 1)"), Ok(Some(Value::Bool(singular))) if singular.get())
}

/// A matrix with NaN or Inf gives an error or numbers that are not finite, soon.
#[test]
fn what_is_not_finite_is_said() {
    hlang::session::on_large_stack(|| {
        let mut problems = Vec::new();
        let functions = [
            "lu",
            "qr",
            "svd",
            "svdvals",
            "eigen",
            "eigvals",
            "schur",
            "hessenberg",
            "pinv",
            "exp",
            "log",
            "sqrt",
            "sin",
            "cos",
            "det",
            "rank",
            "nullspace",
            "orth",
            "cond",
            "opnorm",
            "norm",
            "factorize",
            "cholesky",
            "rref",
            "charpoly",
            "adjugate",
            "gramschmidt",
            "projection",
            "logabsdet",
        ];
        let small =
            ["[1 NaN; 2 3]", "[1 Inf; 2 3]", "[NaN 1; 1 2]", "[1 2; 2 Inf]", "fill(NaN, 1, 1)", "[1 NaN*im; 2 3]"];
        let large = ["(B = randn(70, 70); B[3, 5] = NaN; B)", "(B = randn(70, 70); B = B + B'; B[9, 9] = Inf; B)"];
        for (function, matrix) in functions.iter().flat_map(|f| small.iter().chain(&large).map(move |m| (f, m))) {
            // As many determinants as elements; and of one element the adjugate is 1, whatever it is.
            if *function == "adjugate" && (large.contains(matrix) || matrix.contains("1, 1")) {
                continue;
            }
            let (mut session, _) = support::session();
            let text = format!("r = string({function}({matrix})); contains(r, \"NaN\") || contains(r, \"Inf\")");
            match session.eval("not finite", &text) {
                Err(e)
                    if matches!(
                        e.kind.name().as_str(),
                        "ArgumentError" | "MethodError" | "DomainError" | "PosDefException" | "SingularException"
                    ) => {}
                Ok(Some(Value::Bool(said))) if said.get() => {}
                Ok(_) => problems.push(format!("{function}({matrix}) gives finite numbers")),
                Err(e) => problems.push(format!("{function}({matrix}): {}: {}", e.kind.name(), e.message)),
            }
        }
        support::report(problems);
    });
}
