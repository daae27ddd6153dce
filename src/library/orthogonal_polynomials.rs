//! The classical orthogonal polynomials by their coefficients, the highest power first.

use crate::fault::{Fault, Outcome, Part};
use crate::value::array::reserve;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "legendrepoly(n)",
        doc: "The coefficients of Legendre's polynomial of degree n, the highest power first.",
        more: "The integral of the product of two of them from -1 to 1 is zero. polyval(p, x) gives the values.",
        run: Run::Call(|args, _| polynomial(args, |k| ((2.0 * k + 1.0) / (k + 1.0), 0.0, k / (k + 1.0)))),
        examples: &[
            Shows("legendrepoly(2)", "3-element Vector{Float64}:\n  1.5\n  0.0\n -0.5"),
            Fails("legendrepoly(-1)", "negative"),
        ],
    },
    Builtin {
        sig: "chebyshevpoly(n)",
        doc: "The coefficients of Chebyshev's polynomial of the first kind and degree n, the highest power first.",
        more: "Its value at cos(t) is cos(n*t). They are orthogonal on -1 to 1 with the weight 1/sqrt(1 - x^2).",
        run: Run::Call(|args, _| polynomial(args, |k| if k == 0.0 { (1.0, 0.0, 0.0) } else { (2.0, 0.0, 1.0) })),
        examples: &[Shows("chebyshevpoly(2)", "3-element Vector{Float64}:\n  2.0\n  0.0\n -1.0")],
    },
    Builtin {
        sig: "hermitepoly(n)",
        doc: "The coefficients of Hermite's polynomial of degree n, the highest power first.",
        more: "They are orthogonal on the whole line with the weight exp(-x^2).",
        run: Run::Call(|args, _| polynomial(args, |k| (2.0, 0.0, 2.0 * k))),
        examples: &[Shows("hermitepoly(2)", "3-element Vector{Float64}:\n  4.0\n  0.0\n -2.0")],
    },
    Builtin {
        sig: "laguerrepoly(n)",
        doc: "The coefficients of Laguerre's polynomial of degree n, the highest power first.",
        more: "They are orthogonal from 0 to infinity with the weight exp(-x).",
        run: Run::Call(|args, _| polynomial(args, |k| (-1.0 / (k + 1.0), (2.0 * k + 1.0) / (k + 1.0), k / (k + 1.0)))),
        examples: &[Shows("laguerrepoly(2)", "3-element Vector{Float64}:\n  0.5\n -2.0\n  1.0")],
    },
];

/// By the recurrence `P(k+1) = (a*x + b) * P(k) - c * P(k-1)` with `(a, b, c) = step(k)`.
fn polynomial(args: &Arguments<'_>, step: fn(f64) -> (f64, f64, f64)) -> Outcome<Value> {
    const LARGEST: usize = 150;
    let n = args.size(0)?;
    if n > LARGEST {
        return Err(Fault::argument(format!("{} takes degrees up to {LARGEST}", args.name))
            .rule("coefficients of a higher degree are so large that polyval(p, x) has no correct digit")
            .label(Part::Argument(0), n.to_string()));
    }
    // The lowest power first while they grow.
    let mut before: Vec<f64> = Vec::new();
    let mut p = vec![1.0];
    for k in 0..n {
        let (a, b, c) = step(k as f64);
        let mut next = reserve::<f64>(p.len() + 1)?;
        let at = |p: &[f64], i: usize| p.get(i).copied().unwrap_or(0.0);
        next.extend((0..=p.len()).map(|i| {
            let raised = if i == 0 { 0.0 } else { a * p[i - 1] };
            // Adding zero turns -0.0 into 0.0.
            raised + b * at(&p, i) - c * at(&before, i) + 0.0
        }));
        (before, p) = (p, next);
    }
    p.reverse();
    Ok(Value::vector(p))
}
