//! The builtins: each declared once, in a table of its family.
//!
//! A table entry holds the signature, the help, the function and examples that are run as tests. Names, completion, the
//! checks of arguments and the reference page read the tables; nothing else lists a builtin.

mod arguments;
mod arrange;
mod arrays;
mod bessel;
mod calculus;
mod callbacks;
mod characters;
mod combinatorics;
mod complex;
mod construct;
mod conversion;
mod convolution;
mod determinants;
mod digits;
mod elementwise;
mod errors;
mod factorizations;
mod files;
pub mod find;
mod floats;
pub mod foreign;
mod formatted;
mod fourier;
mod functional;
mod hadamard;
mod input;
mod integers;
mod integration;
mod interpolation;
mod into;
mod iterators;
mod linalg;
mod matlab;
mod matrix_functions;
mod mutate;
mod numbers;
mod ode;
mod orthogonal_polynomials;
mod output;
mod overwrite;
mod polynomials;
mod primes;
mod random;
mod reduce;
mod rounding;
mod samples;
mod scalar;
mod search;
mod sets;
mod shape;
mod signature;
mod solvers;
mod sort;
mod special;
mod special_matrices;
mod stats;
mod stream;
mod strings;
mod subspaces;
mod system;
mod text;
mod trigonometry;
mod tuples;
mod types;
mod workspace;

use crate::fault::{Fault, Outcome};
use crate::value::function::{Arguments, Run};
use crate::value::{Builtin, Complex, Function, Host, Stream, Type, Value};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

pub use scalar::{call_scalar, call_scalar2};

/// The tables, each with the title that the reference gives it.
pub static FAMILIES: &[(&str, &[Builtin])] = &[
    ("Making arrays", construct::BUILTINS),
    ("Random numbers", random::BUILTINS),
    ("Shape", shape::BUILTINS),
    ("Arrays rearranged", arrange::BUILTINS),
    ("Elementary functions", elementwise::BUILTINS),
    ("Trigonometry", trigonometry::BUILTINS),
    ("Special functions", special::BUILTINS),
    ("Bessel functions", bessel::BUILTINS),
    ("Rounding and signs", rounding::BUILTINS),
    ("Floats", floats::BUILTINS),
    ("Whole numbers", integers::BUILTINS),
    ("Prime numbers", primes::BUILTINS),
    ("Permutations and combinations", combinatorics::BUILTINS),
    ("Digits and bits", digits::BUILTINS),
    ("Complex numbers", complex::BUILTINS),
    ("Sums and other reductions", reduce::BUILTINS),
    ("Statistics", stats::BUILTINS),
    ("Samples and distributions", samples::BUILTINS),
    ("Sorting", sort::BUILTINS),
    ("Searching", search::BUILTINS),
    ("Sets", sets::BUILTINS),
    ("Functions of functions", functional::BUILTINS),
    ("Iteration", iterators::BUILTINS),
    ("Tuples", tuples::BUILTINS),
    ("Linear algebra", linalg::BUILTINS),
    ("Determinants by cofactors", determinants::BUILTINS),
    ("Subspaces and projections", subspaces::BUILTINS),
    ("Eigenvalues and factorisations", factorizations::BUILTINS),
    ("Polynomials", polynomials::BUILTINS),
    ("Orthogonal polynomials", orthogonal_polynomials::BUILTINS),
    ("Interpolation", interpolation::BUILTINS),
    ("Sums as integrals", calculus::BUILTINS),
    ("Integrals", integration::BUILTINS),
    ("Zeros and minima", solvers::BUILTINS),
    ("Differential equations", ode::BUILTINS),
    ("Convolution", convolution::BUILTINS),
    ("Fourier transforms", fourier::BUILTINS),
    ("The Hadamard family", hadamard::BUILTINS),
    ("Special matrices", special_matrices::BUILTINS),
    ("Vectors that grow and shrink", mutate::BUILTINS),
    ("Arrays written over", overwrite::BUILTINS),
    ("Results written into an array", into::BUILTINS),
    ("Strings", strings::BUILTINS),
    ("Parts of strings", text::BUILTINS),
    ("Characters", characters::BUILTINS),
    ("Output", output::BUILTINS),
    ("Input", input::BUILTINS),
    ("Text of files", files::text::BUILTINS),
    ("Tables in files", files::tables::BUILTINS),
    ("Values in files", files::storage::BUILTINS),
    ("Files and directories", files::paths::BUILTINS),
    ("Text by a template", formatted::BUILTINS),
    ("Types, comparison and errors", types::BUILTINS),
    ("MATLAB's names", matlab::BUILTINS),
    ("The session's variables", workspace::BUILTINS),
    ("The system", system::BUILTINS),
];

fn table() -> &'static HashMap<&'static str, &'static Builtin> {
    static TABLE: OnceLock<HashMap<&'static str, &'static Builtin>> = OnceLock::new();
    TABLE.get_or_init(|| FAMILIES.iter().flat_map(|(_, family)| family.iter()).map(|b| (b.name(), b)).collect())
}

/// The builtin with this name.
pub fn builtin(name: &str) -> Option<&'static Builtin> {
    table().get(name).copied()
}

/// The constants that are no functions and no types.
const CONSTANTS: &[&str] =
    &["pi", "π", "ℯ", "im", "Inf", "NaN", "nothing", "I", "undef", "stdout", "stderr", "stdin", "devnull"];

/// The constant or type with this name: `π`, `im`, `Inf`, `nothing`, `Int64`, `I`.
pub fn constant(name: &str) -> Option<Value> {
    let value = match name {
        "pi" | "π" => Value::float(std::f64::consts::PI),
        "ℯ" => Value::float(std::f64::consts::E),
        "im" => Value::Complex(Rc::new(Complex::UNIT)),
        "Inf" | "Inf64" => Value::float(f64::INFINITY),
        "NaN" | "NaN64" => Value::float(f64::NAN),
        "nothing" => Value::Nothing,
        "I" => Value::Scaling(Rc::new(Value::bool(true))),
        "stdout" => Value::stream(Stream::Out),
        "stderr" => Value::stream(Stream::Err),
        "stdin" => Value::stream(Stream::In),
        "devnull" => Value::stream(Stream::Null),
        "undef" => Value::type_of_name(Type::UndefInitializer),
        _ => return Type::from_name(name).map(Value::type_of_name),
    };
    Some(value)
}

/// Every name of the library, for completion and for suggestions after a typing error.
pub fn names() -> impl Iterator<Item = &'static str> {
    static TYPES: OnceLock<Vec<String>> = OnceLock::new();
    let types = TYPES.get_or_init(|| Type::names().collect());
    table().keys().copied().chain(CONSTANTS.iter().copied()).chain(types.iter().map(String::as_str))
}

/// Modules of Julia whose functions are here: `using` them does nothing, and their names may stand before a function's.
pub const MODULES: &[&str] =
    &["LinearAlgebra", "Statistics", "Random", "Printf", "Test", "Base", "DelimitedFiles", "FFTW", "Iterators"];

/// What `Random.seed!` or `Iterators.take` names; a module may stand before any function.
pub fn qualified(module: &str, name: &str) -> Option<Value> {
    function(&format!("{module}.{name}")).or_else(|| function(name)).or_else(|| constant(name))
}

/// The builtin with this name as a function value.
pub fn function(name: &str) -> Option<Value> {
    builtin(name).map(|b| Value::Function(Rc::new(Function::builtin(b))))
}

/// Checks number and names of the arguments against the signature and runs the builtin.
pub fn call(builtin: &'static Builtin, args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match &builtin.run {
        Run::Scalar(scalar) => {
            if let ([x], []) = (args.positional, args.keyword) {
                return call_scalar(args.name, scalar, x);
            }
            call_more(builtin, scalar.more, args, host)
        }
        Run::Scalar2(scalar) => {
            if let ([x, y], []) = (args.positional, args.keyword) {
                return call_scalar2(args.name, scalar, x, y);
            }
            call_more(builtin, scalar.more, args, host)
        }
        Run::Call(run) | Run::Quick(_, run) => {
            signature::check(builtin, args)?;
            run(args, host)
        }
    }
}

fn call_more(
    builtin: &'static Builtin,
    more: Option<crate::value::function::Call>,
    args: &Arguments<'_>,
    host: &dyn Host,
) -> Outcome<Value> {
    signature::check(builtin, args)?;
    match more {
        Some(run) => run(args, host),
        None => Err(signature::wrong_count(builtin, args)),
    }
}

/// Calls a type as a conversion or constructor: `Int64(2.0)`, `Matrix(I, 2, 2)`, `Vector{Float64}(undef, 3)`.
pub fn construct(ty: &Type, args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    conversion::construct(ty, args, host)
}

/// `Vector{Int64}` from `Vector` and `[Int64]`, as a program writes it.
pub fn parametrised(of: &Value, parameters: &[Value]) -> Outcome<Value> {
    conversion::parametrised(of, parameters)
}

/// The function of a builtin that is called with `count` arguments and no keyword, if they fit its signature: what does
/// not depend on the arguments is decided before the call.
pub fn decided(builtin: &'static Builtin, count: usize) -> Option<crate::value::function::Call> {
    match builtin.run {
        Run::Call(run) | Run::Quick(_, run) => signature::takes(builtin, count).then_some(run),
        // Their numbers of arguments choose between functions.
        Run::Scalar(_) | Run::Scalar2(_) => None,
    }
}

/// Has the builtin a keyword argument of this name?
pub fn takes_keyword(builtin: &'static Builtin, name: &str) -> bool {
    signature::parse(builtin.sig).iter().any(|form| form.keywords.contains(&name))
}

/// The keyword arguments that a head lists: `by` of `scaled(x; by = 2)`.
pub fn keywords_of(head: &str) -> Vec<&str> {
    signature::keywords(head)
}

/// Calls `I` or a multiple of it with a size: `I(3)` is the 3×3 identity matrix.
pub fn call_scaling(scale: &Value, args: &Arguments<'_>) -> Outcome<Value> {
    let n = match args.positional {
        [_] => args.size(0)?,
        _ => return Err(Fault::method("I takes one size").hint("I(3) is the 3×3 identity matrix")),
    };
    construct::identity(n, n, scale)
}

#[cfg(test)]
mod tests;
