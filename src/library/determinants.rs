//! Determinants by hand: minors, cofactors, the adjugate, the characteristic polynomial; exact for integers.

use super::arrays::{Shape, gather};
use super::linalg::square_argument;
use super::polynomials::characteristic;
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::kernel::{linalg, operators};
use crate::op::BinaryOp;
use crate::value::array::reserve;
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Elements, Host, Value, promote};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "minor(A, i, j)",
        doc: "The determinant of A without row i and column j.",
        more: "Of integers it is an integer.",
        run: Run::Call(|args, _| {
            let (array, i, j) = with_place(args)?;
            minor(args, &array, i, j)
        }),
        examples: &[Shows("minor([1 2 3; 4 5 6; 7 8 9], 1, 1)", "-3"), Fails("minor([1 2; 3 4], 3, 1)", "3")],
    },
    Builtin {
        sig: "cofactor(A) | cofactor(A, i, j)",
        doc: "The cofactor of row i and column j: minor(A, i, j), with the sign of (-1)^(i + j); without i and j, all of them.",
        more: "det(A) is the sum of the products of a row and its cofactors. Of integers they are integers.",
        run: Run::Call(cofactor),
        examples: &[
            Shows("cofactor([1 2; 3 4])", "2×2 Matrix{Int64}:\n  4  -3\n -2   1"),
            Shows("A = [2 1; 5 3]; A[1, :] ⋅ cofactor(A)[1, :] ≈ det(A)", "true"),
            Shows("cofactor([1 2; 3 4], 1, 2)", "-3"),
        ],
    },
    Builtin {
        sig: "adjugate(A)",
        doc: "The transpose of the cofactors: A * adjugate(A) is det(A) times the identity matrix.",
        more: "inv(A) is adjugate(A) / det(A). Of integers it is an integer matrix. MATLAB calls it adjoint; adjoint(A) is A' here.",
        run: Run::Call(|args, _| {
            let cofactors = cofactors(args)?;
            let Some(array) = promote::as_array(&cofactors)? else { return Ok(cofactors) };
            let n = array.shape().0;
            gather(&array, Shape::matrix(n, n), |i, j| j + i * n)
        }),
        examples: &[
            Shows("adjugate([1 2; 3 4])", "2×2 Matrix{Int64}:\n  4  -2\n -3   1"),
            Fails("adjugate([1 2 3; 4 5 6])", "square"),
        ],
    },
    Builtin {
        sig: "charpoly(A)",
        doc: "The characteristic polynomial, det(x*I - A): its coefficients, the highest power first.",
        more: "Its roots(p) are eigvals(A). Of integers it is exact; of other numbers it comes from the eigenvalues, as poly(A).",
        run: Run::Call(charpoly),
        examples: &[
            Shows("charpoly([2 1; 1 2])", "3-element Vector{Int64}:\n  1\n -4\n  3"),
            Shows("charpoly([2 0; 0 0.5])", "3-element Vector{Float64}:\n  1.0\n -2.5\n  1.0"),
        ],
    },
];

/// The matrix, and the row and column from 0 that the call names.
fn with_place(args: &Arguments<'_>) -> Outcome<(std::rc::Rc<Array>, usize, usize)> {
    let array = square_argument(args)?;
    let n = array.shape().0;
    let place = |k: usize, what: &str| match args.int(k)? {
        x if x >= 1 && x as usize <= n => Ok(x as usize - 1),
        x => Err(Fault::bounds(format!("{what} {x} of a {n}×{n} matrix"))
            .label(Part::Argument(0), describe(args.at(0)))
            .label(Part::Argument(k), format!("{what} {x}"))),
    };
    Ok((array, place(1, "row")?, place(2, "column")?))
}

fn cofactor(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    if args.count() == 1 {
        return cofactors(args);
    }
    let (array, i, j) = with_place(args)?;
    signed(minor(args, &array, i, j)?, i, j)
}

fn signed(minor: Value, i: usize, j: usize) -> Outcome<Value> {
    // Not times -1: that would make -0.0 of 0.0.
    if (i + j).is_multiple_of(2) { Ok(minor) } else { operators::binary(BinaryOp::Sub, &Value::Int(0), &minor) }
}

fn cofactors(args: &Arguments<'_>) -> Outcome<Value> {
    let array = square_argument(args)?;
    let n = array.shape().0;
    let mut all = reserve::<Value>(array.len())?;
    for j in 0..n {
        for i in 0..n {
            interrupt::check()?;
            all.push(signed(minor(args, &array, i, j)?, i, j)?);
        }
    }
    super::arrays::shaped(all, Shape::matrix(n, n))
}

/// The determinant without a row and a column, from 0.
fn minor(args: &Arguments<'_>, array: &Array, row: usize, column: usize) -> Outcome<Value> {
    let n = array.shape().0;
    let rest = gather(array, Shape::matrix(n - 1, n - 1), |i, j| {
        i + usize::from(i >= row) + (j + usize::from(j >= column)) * n
    })?;
    let Some(smaller) = promote::as_array(&rest)? else { return Err(args.refuse(0, "a matrix")) };
    let elements = smaller.elements();
    match &*elements {
        Elements::Bool(_) | Elements::Int(_) => exact(args, determinant(wide(&elements)?, n - 1)),
        Elements::Float(_) | Elements::Complex(_) | Elements::Any(..) => {
            // The determinant of nothing is the empty product, of the type of the elements.
            if n == 1 { operators::binary(BinaryOp::Pow, &array.value(0), &Value::Int(0)) } else { linalg::det(&rest) }
        }
    }
}

fn wide(elements: &Elements) -> Outcome<Vec<i128>> {
    Ok(promote::to_ints(elements)?.iter().map(|x| i128::from(*x)).collect())
}

/// The integer, if it was computed and fits an `Int64`.
fn exact(args: &Arguments<'_>, found: Option<i128>) -> Outcome<Value> {
    found.and_then(|x| i64::try_from(x).ok()).map(Value::Int).ok_or_else(|| too_large(args))
}

#[cold]
fn too_large(args: &Arguments<'_>) -> Fault {
    Fault::overflow(format!("{} of these integers needs numbers that are too large for an Int64", args.name))
        .label(Part::Argument(0), describe(args.at(0)))
        .hint(format!("{} of floats: A = float(A)", args.name))
}

/// The determinant by elimination without fractions (E. H. Bareiss, Math. Comp. 22, 1968); `None` if a number on the way
/// is too large.
fn determinant(mut a: Vec<i128>, n: usize) -> Option<i128> {
    let mut sign = 1;
    let mut before = 1_i128;
    for k in 0..n {
        let Some(pivot) = (k..n).find(|i| a[i + k * n] != 0) else { return Some(0) };
        if pivot != k {
            (0..n).for_each(|j| a.swap(pivot + j * n, k + j * n));
            sign = -sign;
        }
        for j in k + 1..n {
            for i in k + 1..n {
                let (first, second) =
                    (a[i + j * n].checked_mul(a[k + k * n])?, a[i + k * n].checked_mul(a[k + j * n])?);
                // The division leaves no remainder.
                a[i + j * n] = first.checked_sub(second)?.checked_div(before)?;
            }
        }
        before = a[k + k * n];
    }
    before.checked_mul(sign)
}

fn charpoly(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let array = square_argument(args)?;
    let elements = array.elements();
    match &*elements {
        Elements::Bool(_) | Elements::Int(_) => {
            let coefficients = faddeev_leverrier(&wide(&elements)?, array.shape().0)?.ok_or_else(|| too_large(args))?;
            Ok(Value::vector(coefficients))
        }
        Elements::Float(_) | Elements::Complex(_) | Elements::Any(..) => characteristic(args),
    }
}

/// The coefficients by the traces of `A * M`, where every M is `A * M` of the step before plus a multiple of I (U. Le
/// Verrier, 1840; D. K. Faddeev): whole numbers all the way. `None` if one is too large.
fn faddeev_leverrier(a: &[i128], n: usize) -> Outcome<Option<Vec<i64>>> {
    let mut coefficients = vec![1_i64];
    // A * M of the step before; M is I at first.
    let mut product = a.to_vec();
    for k in 1..=n {
        interrupt::check()?;
        if k > 1 {
            let before = coefficients[k - 1];
            (0..n).for_each(|i| product[i + i * n] = product[i + i * n].saturating_add(i128::from(before)));
            let Some(next) = multiplied(a, &product, n) else { return Ok(None) };
            product = next;
        }
        let trace = (0..n).try_fold(0_i128, |sum, i| sum.checked_add(product[i + i * n]));
        let Some(c) = trace.and_then(|t| i64::try_from(-t / k as i128).ok()) else { return Ok(None) };
        coefficients.push(c);
    }
    Ok(Some(coefficients))
}

fn multiplied(a: &[i128], b: &[i128], n: usize) -> Option<Vec<i128>> {
    let element =
        |i: usize, j: usize| (0..n).try_fold(0_i128, |sum, k| sum.checked_add(a[i + k * n].checked_mul(b[k + j * n])?));
    (0..n * n).map(|place| element(place % n, place / n)).collect()
}
