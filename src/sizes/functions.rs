//! The sizes that functions of the library give.

use super::operators::{self, answers, kron, square, transposed};
use super::size::{Items, Shape, Size, Sized, misfit, unknown};
use super::{Sizer, array, brackets};
use crate::library;
use crate::op::BinaryOp;
use crate::syntax::ast::{Expr, ExprKind, Field, Name};
use crate::value::Value;

/// How the size of a call follows from those of its arguments.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// A number, of an array or more.
    Number,
    /// A Bool.
    Truth,
    /// The size of the first argument; a row becomes a matrix.
    Same,
    /// The size of the first argument, rows too.
    SameRow,
    /// Of a square matrix one of the same size; of a number a number.
    Square,
    Transposed,
    /// Rows and columns change places, of a vector too.
    Turned,
    /// A number for the array, a row or a column with `dims`.
    Reduced,
    /// The same, of Bools.
    Tested,
    /// The size that the arguments say: `zeros(m, n)`.
    Filled,
    /// The same, of Bools.
    FilledWithTruths,
    /// The same, after a first argument: `fill(x, m, n)`.
    FilledWith,
    /// A square matrix of the order that the argument says.
    OfOrder,
    /// A vector as long as the first argument says.
    OfLength,
    /// A vector as long as the last of three arguments says.
    Spaced,
    /// A square matrix with a row for each element.
    ByElement,
    /// A vector as long as a square matrix is wide.
    Spectrum,
    /// An operator by its name.
    Operator(BinaryOp, bool),
    /// The Kronecker product of all.
    Kron,
    Beside,
    Below,
    Counted,
    Sizes,
    Diagonal,
    Flat,
    Reshaped,
    Repeated,
    /// One shorter.
    Differences,
    SingularValues,
    /// Kronecker products of columns.
    ByColumns,
    /// Kronecker products of rows.
    ByRows,
}

const RULES: &[(Rule, &[&str])] = &[
    (
        Rule::Number,
        &[
            "det", "tr", "trace", "rank", "norm", "opnorm", "cond", "logdet", "iqr", "only", "eigmax", "eigmin",
            "float", "real", "imag", "conj",
        ],
    ),
    (
        Rule::Truth,
        &["issymmetric", "ishermitian", "isdiag", "istriu", "istril", "isempty", "issquare", "isrow", "iscolumn"],
    ),
    (
        Rule::Same,
        &[
            "cumsum",
            "cumprod",
            "reverse",
            "circshift",
            "triu",
            "tril",
            "fliplr",
            "flipud",
            "fft",
            "ifft",
            "fftshift",
            "ifftshift",
            "zscore",
            "cumtrapz",
            "rot180",
        ],
    ),
    (Rule::SameRow, &["copy", "normalize", "deepcopy"]),
    (
        Rule::Square,
        &[
            "inv",
            "exp",
            "sqrt",
            "log",
            "sin",
            "cos",
            "expm",
            "logm",
            "sqrtm",
            "Symmetric",
            "Hermitian",
            "UpperTriangular",
            "LowerTriangular",
        ],
    ),
    (Rule::Transposed, &["transpose", "adjoint", "ctranspose", "Transpose", "Adjoint"]),
    (Rule::Turned, &["permutedims", "rot90", "rotl90", "rotr90", "pinv"]),
    (Rule::Reduced, &["sum", "prod", "maximum", "minimum", "mean", "median", "var", "std", "rms", "count"]),
    (Rule::Tested, &["any", "all"]),
    (Rule::Filled, &["zeros", "ones", "rand", "randn"]),
    (Rule::FilledWithTruths, &["trues", "falses", "bitrand"]),
    (Rule::FilledWith, &["fill", "randi"]),
    (Rule::OfOrder, &["magic", "hilb", "invhilb", "pascal", "hadamard", "wilkinson"]),
    (Rule::OfLength, &["randperm"]),
    (Rule::Spaced, &["linspace", "LinRange"]),
    (Rule::ByElement, &["diagm", "vander", "toeplitz", "circulant"]),
    (Rule::Spectrum, &["eigvals"]),
    (Rule::Operator(BinaryOp::Mul, true), &["times"]),
    (Rule::Operator(BinaryOp::Div, true), &["rdivide"]),
    (Rule::Operator(BinaryOp::LeftDiv, true), &["ldivide"]),
    (Rule::Operator(BinaryOp::Pow, true), &["power"]),
    (Rule::Operator(BinaryOp::Add, true), &["plus"]),
    (Rule::Operator(BinaryOp::Sub, true), &["minus"]),
    (Rule::Operator(BinaryOp::Mul, false), &["mtimes"]),
    (Rule::Operator(BinaryOp::Div, false), &["mrdivide"]),
    (Rule::Operator(BinaryOp::LeftDiv, false), &["mldivide"]),
    (Rule::Operator(BinaryOp::Pow, false), &["mpower"]),
    (Rule::Operator(BinaryOp::Dot, false), &["dot"]),
    (Rule::Operator(BinaryOp::Cross, false), &["cross"]),
    (Rule::Kron, &["kron"]),
    (Rule::Beside, &["hcat", "horzcat"]),
    (Rule::Below, &["vcat", "vertcat"]),
    (Rule::Counted, &["length", "numel", "ndims"]),
    (Rule::Sizes, &["size"]),
    (Rule::Diagonal, &["diag"]),
    (Rule::Flat, &["vec"]),
    (Rule::Reshaped, &["reshape"]),
    (Rule::Repeated, &["repeat", "repmat"]),
    (Rule::Differences, &["diff"]),
    (Rule::SingularValues, &["svdvals"]),
    (Rule::ByColumns, &["khatrirao"]),
    (Rule::ByRows, &["facesplit"]),
];

/// Is it a function of arrays, of which the elements of an array tell nothing?
pub(super) fn takes_arrays(name: &str) -> bool {
    rule(name).is_some() && answers(name).1.is_none()
}

fn rule(name: &str) -> Option<Rule> {
    RULES.iter().find(|(_, names)| names.contains(&name)).map(|(rule, _)| *rule)
}

impl Sizer<'_> {
    /// Does an argument have no size because it is a function or a type of the library?
    pub(super) fn is_function_or_type(&self, arg: &Expr) -> bool {
        match &arg.kind {
            ExprKind::Lambda(_) | ExprKind::Operator { .. } => true,
            ExprKind::Name(name) if self.is_library(name) => {
                library::builtin(name).is_some() || matches!(library::constant(name), Some(Value::Type(_)))
            }
            _ => false,
        }
    }

    /// `sum(abs, A)`, `zeros(Int64, m, n)`, `map(sqrt, v)`
    pub(super) fn call_with_function(&mut self, name: &Name, first: &Expr, rest: &[Size], keywords: &[Field]) -> Sized {
        let function = first.as_name();
        let is_type = function.is_some_and(|function| library::builtin(function).is_none());
        match rule(name) {
            Some(Rule::Filled) if is_type => filled(rest, Items::Numbers),
            Some(Rule::Reduced | Rule::Tested) if !is_type => match function.map(|function| answers(function)) {
                Some((items, Some(_))) if matches!(&**name, "any" | "all" | "maximum" | "minimum" | "prod") => {
                    self.reduced(rest, keywords, items)
                }
                Some((_, Some(_))) => self.reduced(rest, keywords, Items::Numbers),
                _ => unknown(),
            },
            _ if is_type => unknown(),
            _ => match (&**name, rest) {
                ("map", [Size::Array(shape, _)]) => {
                    let items = function.map_or(Items::Other, |function| answers(function).0);
                    Ok(Size::Array(shape.plain(), items))
                }
                ("broadcast", rest) => function.map_or(unknown(), |function| operators::mapped(function, true, rest)),
                _ => unknown(),
            },
        }
    }

    /// A call of a function of the library.
    pub(super) fn call_library(&mut self, name: &Name, args: &[Size], keywords: &[Field]) -> Sized {
        let Some(rule) = rule(name) else { return of_numbers(name, args) };
        if args.iter().all(Size::is_number)
            && let Some(number) = answers(name).1
        {
            return Ok(number);
        }
        let is_other = |arg: &Size| matches!(arg, Size::Array(_, Items::Other) | Size::Text);
        match (rule, args) {
            (Rule::Counted, [Size::Array(shape, _)]) => {
                let count = if &**name == "ndims" { Some(2 - usize::from(shape.is_vector())) } else { shape.len() };
                count.map_or(unknown(), |count| Ok(Size::integer(count)))
            }
            (Rule::Sizes, [Size::Array(shape, _), rest @ ..]) => sizes(*shape, rest),
            (Rule::Beside, parts) if !parts.is_empty() => brackets::beside(parts),
            (Rule::Below, parts) if !parts.is_empty() => brackets::below(parts),
            (Rule::SameRow, [only]) => Ok(only.clone()),
            (Rule::Flat, [Size::Array(shape, items)]) => match shape.len() {
                Some(count) => Ok(Size::Array(Shape::Vector(count), *items)),
                None => unknown(),
            },
            _ if args.iter().any(is_other) => unknown(),
            (Rule::Number, [Size::Array(..), ..]) => of_array(name, args),
            (Rule::Truth, [Size::Array(..)]) => Ok(Size::Truth),
            (Rule::Same, [Size::Array(shape, items), ..]) => Ok(Size::Array(shape.plain(), items.computed())),
            (Rule::Square, [Size::Array(shape, _)]) => square(*shape, name),
            (Rule::Square, [size]) if size.is_number() => Ok(Size::number()),
            (Rule::Transposed, [Size::Array(shape, items)]) => Ok(Size::Array(transposed(*shape), *items)),
            (Rule::Turned, [Size::Array(shape, items)]) => match transposed(*shape) {
                // Of a row it is not sure to be a vector.
                Shape::Vector(_) => unknown(),
                turned => Ok(Size::Array(turned.plain(), *items)),
            },
            // The greatest of Bools is a Bool, and so is their product.
            (Rule::Reduced, [Size::Array(_, Items::Truths)]) if matches!(&**name, "maximum" | "minimum" | "prod") => {
                self.reduced(args, keywords, Items::Truths)
            }
            (Rule::Reduced, args) => self.reduced(args, keywords, Items::Numbers),
            (Rule::Tested, args) => self.reduced(args, keywords, Items::Truths),
            (Rule::Filled, args) => filled(args, Items::Numbers),
            (Rule::FilledWithTruths, args) => filled(args, Items::Truths),
            (Rule::FilledWith, [first, args @ ..]) if first.is_number() => match first {
                Size::Truth => filled(args, Items::Truths),
                _ => filled(args, Items::Numbers),
            },
            (Rule::OfOrder, [n]) => n.count().map(|n| array(Shape::Matrix(n, n))),
            (Rule::OfOrder, [a, b]) if &**name == "hadamard" => operators::binary(BinaryOp::Hadamard, false, a, b),
            (Rule::OfLength, [n]) => n.count().map(|n| array(Shape::Vector(n))),
            (Rule::Spaced, [a, b, n]) if a.is_number() && b.is_number() => n.count().map(|n| array(Shape::Vector(n))),
            (Rule::ByElement, [Size::Array(Shape::Vector(n), _)]) => Ok(array(Shape::Matrix(*n, *n))),
            (Rule::Spectrum, [Size::Array(shape @ Shape::Matrix(n, _), _)]) => {
                square(*shape, name).map(|_| array(Shape::Vector(*n)))
            }
            (Rule::Operator(op, dotted), [a, b]) => operators::binary(op, dotted, a, b),
            (Rule::Kron, [first, rest @ ..]) => rest.iter().try_fold(first.clone(), |a, b| kron(&a, b)),
            (Rule::Diagonal, [Size::Array(Shape::Matrix(m, n), items)]) => {
                Ok(Size::Array(Shape::Vector(*m.min(n)), items.computed()))
            }
            (Rule::Reshaped, [Size::Array(shape, items), rest @ ..]) => reshaped(*shape, *items, rest),
            (Rule::Repeated, [Size::Array(shape, items), rest @ ..]) if keywords.is_empty() => {
                repeated(name, *shape, *items, rest)
            }
            (Rule::Differences, [Size::Array(Shape::Vector(n @ 1..), _)]) => Ok(array(Shape::Vector(n - 1))),
            (Rule::SingularValues, [Size::Array(Shape::Matrix(m, n), _)]) => Ok(array(Shape::Vector(*m.min(n)))),
            (Rule::ByColumns, [Size::Array(Shape::Matrix(m, n), _), Size::Array(Shape::Matrix(p, q), _)]) => {
                match m.checked_mul(*p) {
                    Some(rows) if n == q => Ok(array(Shape::Matrix(rows, *n))),
                    _ => misfit(format!("{name}({m}×{n}, {p}×{q})")),
                }
            }
            (Rule::ByRows, [Size::Array(Shape::Matrix(m, n), _), Size::Array(Shape::Matrix(p, q), _)]) => {
                match n.checked_mul(*q) {
                    Some(cols) if m == p => Ok(array(Shape::Matrix(*m, cols))),
                    _ => misfit(format!("{name}({m}×{n}, {p}×{q})")),
                }
            }
            _ => unknown(),
        }
    }

    /// `sum(A)`, `sum(A, dims=1)`
    fn reduced(&mut self, args: &[Size], keywords: &[Field], items: Items) -> Sized {
        let [Size::Array(shape, of)] = args else { return unknown() };
        if *of == Items::Other {
            return unknown();
        }
        let [keyword] = keywords else {
            let whole = if items == Items::Truths { Size::Truth } else { Size::number() };
            return if keywords.is_empty() { Ok(whole) } else { unknown() };
        };
        match keyword {
            Field::Named(name, dims) if &*name.node == "dims" => {
                let (rows, cols) = shape.dims();
                Ok(Size::Array(
                    match (self.of(dims)?.count()?, shape) {
                        (1, Shape::Vector(_)) => Shape::Vector(1),
                        (1, _) => Shape::Matrix(1, cols),
                        (2, Shape::Row(_) | Shape::Matrix(..)) => Shape::Matrix(rows, 1),
                        _ => return unknown(),
                    },
                    items,
                ))
            }
            Field::Named(..) | Field::Splat(_) => unknown(),
        }
    }
}

/// A function of numbers that has no rule of its own.
fn of_numbers(name: &str, args: &[Size]) -> Sized {
    match (name, args) {
        ("I", [n]) => n.count().map(|n| array(Shape::Matrix(n, n))),
        ("eye", [n]) => n.count().map(|n| array(Shape::Matrix(n, n))),
        ("eye", [m, n]) => Ok(array(Shape::Matrix(m.count()?, n.count()?))),
        _ if args.iter().all(Size::is_number) => answers(name).1.map_or(unknown(), Ok),
        _ => unknown(),
    }
}

/// A number of an array; some functions want a square one.
fn of_array(name: &str, args: &[Size]) -> Sized {
    let shape = args[0].shape()?;
    match (name, shape) {
        ("det" | "tr" | "trace" | "logdet" | "eigmax" | "eigmin", shape) => square(shape, name).map(|_| Size::number()),
        // Functions of one element, or of all of them with a dot.
        ("float" | "real" | "imag" | "conj", shape) => Ok(array(shape)),
        ("only", shape) if shape.len() != Some(1) => unknown(),
        ("iqr" | "opnorm" | "cond", Shape::Row(_)) => unknown(),
        _ => Ok(Size::number()),
    }
}

/// An array of the size that arguments or a tuple say.
fn filled(sizes: &[Size], items: Items) -> Sized {
    match sizes {
        [] => unknown(),
        [Size::Tuple(sizes)] => filled(sizes, items),
        [n] => Ok(Size::Array(Shape::Vector(n.count()?), items)),
        [m, n] => Ok(Size::Array(Shape::Matrix(m.count()?, n.count()?), items)),
        _ => unknown(),
    }
}

fn sizes(shape: Shape, rest: &[Size]) -> Sized {
    let (rows, cols) = shape.dims();
    match rest {
        [] if shape.is_vector() => Ok(Size::Tuple(vec![Size::integer(rows)])),
        [] => Ok(Size::Tuple(vec![Size::integer(rows), Size::integer(cols)])),
        [dim] => match dim.count()? {
            1 => Ok(Size::integer(rows)),
            2 => Ok(Size::integer(cols)),
            _ => unknown(),
        },
        _ => unknown(),
    }
}

fn reshaped(shape: Shape, items: Items, to: &[Size]) -> Sized {
    let to = match to {
        [Size::Tuple(sizes)] => sizes,
        to => to,
    };
    let wanted = match to {
        [n] => Shape::Vector(n.count()?),
        [m, n] => Shape::Matrix(m.count()?, n.count()?),
        _ => return unknown(),
    };
    if wanted.len() == shape.len() {
        Ok(Size::Array(wanted, items))
    } else {
        misfit(format!("reshape({shape}) to {wanted}"))
    }
}

fn repeated(name: &str, shape: Shape, items: Items, times: &[Size]) -> Sized {
    let (rows, cols) = shape.dims();
    let (down, across) = match times {
        [m] if name == "repmat" => (m.count()?, m.count()?),
        [m] => (m.count()?, 1),
        [m, n] => (m.count()?, n.count()?),
        _ => return unknown(),
    };
    let (Some(rows), Some(cols)) = (rows.checked_mul(down), cols.checked_mul(across)) else { return unknown() };
    let items = items.computed();
    if shape.is_vector() && times.len() == 1 && name == "repeat" {
        return Ok(Size::Array(Shape::Vector(rows), items));
    }
    Ok(Size::Array(Shape::Matrix(rows, cols), items))
}

#[cfg(test)]
mod tests {
    use super::RULES;
    use crate::library;

    #[test]
    fn every_rule_is_about_a_function_of_the_library() {
        let mut names: Vec<&str> = RULES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        for name in &names {
            assert!(library::builtin(name).is_some(), "{name}");
        }
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "a name has one rule");
    }
}
