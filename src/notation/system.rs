//! What a system is to the printer: spellings with their precedences, and the forms of literals, indices and functions.

use crate::op::{BinaryOp, UnaryOp};

/// How tightly something holds together; what needs more than it has gets parentheses. Each system has its own ladder.
pub type Level = u8;

/// What needs no parentheses anywhere: names, calls, what stands in brackets.
pub const ATOM: Level = 100;

/// What may stand in a list of arguments.
pub const ARGUMENT: Level = 0;

/// What an operation is once the kinds of its operands are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// An operator between numbers, and the fallback of all others.
    Plain(BinaryOp),
    /// An operator for every element of two arrays,
    Each(BinaryOp),
    /// of an array and a number,
    EachByNumber(BinaryOp),
    /// of a number and an array,
    EachOfNumber(BinaryOp),
    /// of a matrix and a vector or row that is stretched.
    EachSpread(BinaryOp),
    /// The sum or difference of arrays of the same size.
    Total(BinaryOp),
    /// An array times or by a number, without a dot.
    Scaled(BinaryOp),
    /// The matrix product,
    Product,
    /// of a matrix and a vector,
    MatrixVector,
    /// of a vector as a row and a matrix: a vector, where vectors have no direction,
    VectorMatrix,
    /// of a row matrix and a vector: a number,
    RowVector,
    /// `x' * y`, written from x and y: a number,
    Inner,
    /// `x * y'`, written from x and y: a matrix.
    Outer,
    /// The square matrix times itself.
    MatrixPower,
    /// `A \ B`,
    Solve,
    /// for an A that is not square,
    LeastSquares,
    /// `A / B`.
    SolveRight,
    /// Are two arrays the same?
    SameArray,
    /// Do two arrays differ?
    OtherArray,
    /// Arrays that are equal up to rounding.
    CloseArrays,
    /// A sign before a number or array, for every element.
    Sign(UnaryOp),
    /// The same with a dot.
    SignEach(UnaryOp),
    /// The conjugate transpose of a matrix,
    Adjoint,
    /// of one with complex elements,
    ComplexAdjoint,
    /// of a vector, written from the vector.
    RowOf,
    /// The transpose without conjugation.
    Transpose,
    /// A vector as a matrix of one column.
    Column,
    /// `a && b`
    AndAlso,
    /// `a || b`
    OrElse,
    /// `c ? a : b`, written from c, a, b.
    Choice,
    /// Strings, one after the other.
    Concatenation,
}

impl Operation {
    /// The operation that is written alike in most systems.
    pub fn usual(self) -> Option<Operation> {
        use Operation::*;
        Some(match self {
            EachByNumber(op) | EachOfNumber(op) | EachSpread(op) => Each(op),
            // Strict products are products of equal sizes.
            Each(BinaryOp::Hadamard) => Each(BinaryOp::Mul),
            Each(BinaryOp::HadamardDiv) => Each(BinaryOp::Div),
            Each(op) | Scaled(op) | Total(op) => Plain(op),
            SignEach(op) => Sign(op),
            MatrixVector | VectorMatrix | RowVector | Inner => Product,
            LeastSquares => Solve,
            ComplexAdjoint | RowOf => Adjoint,
            Transpose => Adjoint,
            Plain(_) | Product | Outer | MatrixPower | Solve | SolveRight | SameArray | OtherArray | CloseArrays
            | Sign(_) | Adjoint | Column | AndAlso | OrElse | Choice | Concatenation => return None,
        })
    }

    /// What the operation is called, for saying that a system has none.
    pub fn name(self) -> String {
        use Operation::*;
        let text = match self {
            Plain(op) => return format!("`{}`", op.text()),
            Each(op) | EachByNumber(op) | EachOfNumber(op) => match op {
                BinaryOp::Mul | BinaryOp::Hadamard => "Hadamard product",
                BinaryOp::Div | BinaryOp::HadamardDiv | BinaryOp::LeftDiv => "elementwise division",
                BinaryOp::Pow => "elementwise power",
                op if op.is_comparison() => "comparison of every element",
                op => return format!("`.{}` for every element", op.text()),
            },
            EachSpread(_) => "stretching of a vector over a matrix",
            Total(op) => return format!("`{}` of arrays", op.text()),
            Scaled(_) => "product of a number and an array",
            Product | MatrixVector | VectorMatrix | RowVector => "matrix product",
            Inner => "inner product",
            Outer => "outer product",
            MatrixPower => "matrix power",
            Solve => "solving of A * X == B",
            LeastSquares => "least squares",
            SolveRight => "solving of X * B == A",
            SameArray | OtherArray => "comparison of whole arrays",
            CloseArrays => "comparison of arrays up to rounding",
            Sign(op) | SignEach(op) => return format!("prefix `{}`", op.text()),
            Adjoint | ComplexAdjoint | RowOf | Transpose => "transpose",
            Column => "matrix of one column",
            AndAlso => "`&&`",
            OrElse => "`||`",
            Choice => "choice inside an expression",
            Concatenation => "joining of strings",
        };
        text.to_string()
    }
}

/// How something is written. In texts `$1`, `$2`, … are the operands and `$*` all of them, with commas.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// `a - b`, where `a - b - c` is `(a - b) - c`.
    Left(&'static str, Level),
    /// `a ^ b`, where `a ^ b ^ c` is `a ^ (b ^ c)`.
    Right(&'static str, Level),
    /// `a^b`, which associates as the one before.
    Tight(&'static str, Level),
    /// `a < b`, which does not go on.
    Single(&'static str, Level),
    /// `-a`
    Prefix(&'static str, Level),
    /// `a'`
    Postfix(&'static str, Level),
    /// `f($1, $2)`, `$1.f($2)`: holds together by itself; an operand that does not stand between commas and brackets
    /// must do so too.
    Form(&'static str),
    /// A text with its own level and those that its operands need.
    Mixed(&'static str, Level, &'static [Level]),
    /// There is none, and what to say of it.
    Missing(&'static str),
}

/// How an array is stretched over another one, as texts: the array is `$1` and the vector `$2`.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// The array among the operands.
    pub array: &'static str,
    /// The vector among the operands.
    pub vector: &'static str,
    /// What is made of the result, `$1`.
    pub whole: &'static str,
    /// Is `vector` written from the vector itself where a row `v'` is stretched?
    pub of_flat: bool,
}

impl Spread {
    /// Nothing has to be said.
    pub const PLAIN: Spread = Spread { array: "$1", vector: "$2", whole: "$1", of_flat: false };
}

/// What is stretched over what.
#[derive(Clone, Copy, Debug)]
pub struct Spreads {
    /// A vector over the columns of a matrix,
    pub column: Option<Spread>,
    /// a row over its rows,
    pub row: Option<Spread>,
    /// a vector (`$1` of `array`) and a row over each other,
    pub cross: Option<Spread>,
    /// Are matrices of one row or column stretched like rows and columns?
    pub matrices: bool,
}

impl Spreads {
    /// A system that stretches as hlang does.
    pub const PLAIN: Spreads =
        Spreads { column: Some(Spread::PLAIN), row: Some(Spread::PLAIN), cross: Some(Spread::PLAIN), matrices: true };
    /// A system that stretches nothing.
    pub const NONE: Spreads = Spreads { column: None, row: None, cross: None, matrices: false };
}

/// What a vector of hlang is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vectors {
    /// As in hlang: a column of its own kind, whose transpose is a row.
    Own,
    /// A matrix of one column.
    Columns,
    /// A list without direction; a row is a matrix.
    Flat,
}

/// Numbers, names and brackets.
#[derive(Clone, Copy, Debug)]
pub struct Literals {
    /// The sign of a negative number: `-`, `¯`, `_`.
    pub minus: &'static str,
    /// `1e-5` is written with this letter, and the sign above.
    pub exponent: &'static str,
    /// Constants: `π`, `true`, …; a name that is not here stays as it is if the system can have it.
    pub constants: &'static [(&'static str, &'static str)],
    /// Are elements of arrays and operands of `/` written as floats, because `1 / 2` is 0 there?
    pub floats: bool,
    /// `im`, multiplied: `$1 * im`.
    pub imaginary: Option<&'static str>,
    /// `"` or `'`: what strings stand in, with what a quote inside becomes.
    pub quote: Option<(char, &'static str)>,
    /// Must `$` be escaped in strings?
    pub dollar: bool,
    /// `[1, 2, 3]`: before, between and after the elements.
    pub vector: (&'static str, &'static str, &'static str),
    /// What a vector of a single element is, `$1`.
    pub single: Option<&'static str>,
    /// `[1 2; 3 4]`; none if the system has no literal matrices.
    pub matrix: Option<Grid>,
    /// The level of a literal vector or matrix.
    pub level: Level,
    /// Must elements be literal numbers?
    pub constant_elements: bool,
}

/// How a matrix is written out. In `open` and `close`, `$m` and `$n` are its rows and columns.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    pub open: &'static str,
    pub row: (&'static str, &'static str, &'static str),
    pub between: &'static str,
    pub close: &'static str,
    /// Are the elements written column by column?
    pub by_columns: bool,
}

/// Indices.
#[derive(Clone, Copy, Debug)]
pub struct Indexing {
    /// Around and between the indices, after the object: `[`, `, `, `]`.
    pub brackets: (&'static str, &'static str, &'static str),
    /// The first place.
    pub base: i64,
    /// `:`
    pub all: &'static str,
    /// `end`
    pub last: Last,
    /// `a:b` as an index, of shifted bounds,
    pub slice: Option<Rule>,
    /// and `a:s:b`, with `$3` for the step.
    pub stepped: Option<Rule>,
    /// with a negative step, too?
    pub backwards: bool,
    /// Is the end of a slice the first place that is left out? Then it may be left out itself, too.
    pub half_open: bool,
    /// Before, between and after the places of a literal list, if that is no vector.
    pub list: Option<(&'static str, &'static str, &'static str)>,
    /// Forms that are not what the brackets would make of them, by the letters of object and indices: `m[n :]`; `n` a
    /// number, `:` all, `s` a slice, `v` a vector of places, `b` Bools. `$1` is the object.
    pub forms: &'static [(&'static str, Rule)],
    /// Those of them that the brackets write on the left side of an assignment.
    pub assigned: &'static [&'static str],
    /// Has what stands before the brackets to be a name?
    pub names_only: bool,
    /// Does `A[i, :]` give a row there?
    pub rows_stay: bool,
}

/// What `end` is.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    /// A word of its own.
    pub word: Option<&'static str>,
    /// Are places counted from the end, as `-1`?
    pub negative: bool,
    /// The length of a vector `$1`, rows and columns of a matrix.
    pub sizes: Option<[Rule; 3]>,
}

/// A system that notation is written for.
#[derive(Debug)]
pub struct System {
    /// How it is called in sentences,
    pub name: &'static str,
    /// and in tables.
    pub title: &'static str,
    /// How it is called on the command line, the usual word first.
    pub words: &'static [&'static str],
    /// What vectors are.
    pub vectors: Vectors,
    /// Operators.
    pub operations: &'static [(Operation, Rule)],
    /// Stretching.
    pub spreads: Spreads,
    /// How the elementwise functions that have their names in common with hlang are called: `$f` is the name, `$1` the
    /// argument, a number,
    pub function: Rule,
    /// or an array; in some systems in another way.
    pub function_each: Option<Rule>,
    /// Their names;
    pub same: &'static [&'static str],
    /// and those with another one.
    pub renamed: &'static [(&'static str, &'static str)],
    /// How any other function of the library is called, `$f` with `$*`, where nearly all have the same names: a call, and
    /// one for every element;
    pub others: Option<(Rule, Rule)>,
    /// those that have not.
    pub lacking: &'static [&'static str],
    /// Calls by name and kinds of arguments, as `calls.rs` looks them up.
    pub calls: &'static [(&'static str, Rule)],
    /// `f.(A)` of the user's function `$1`: for a vector,
    pub map_vector: Rule,
    /// for a matrix.
    pub map_matrix: Rule,
    /// `f(x)` of the user's function `$f`, by arguments `$*`.
    pub call: Rule,
    /// A function's name `$f` as an argument.
    pub handle: &'static str,
    /// `x -> …`
    pub lambda: Lambda,
    /// `[body for x in v]`: body `$1`, name `$2`, what it goes through `$3`, `x -> body` `$4`,
    pub comprehension: Rule,
    /// the same where v is the range from `$5` to `$6`,
    pub comprehension_range: Option<Rule>,
    /// `[body for x in v, y in w]`: `$1`; x and v `$2 $3`; y and w `$4 $5`,
    pub comprehension_matrix: Rule,
    /// with a condition as `$5`, of one name.
    pub comprehension_filtered: Rule,
    /// `a:b`,
    pub range: Rule,
    /// `a:$3:b`.
    pub stepped: Rule,
    /// Does a range leave out its end, so that one more is written?
    pub half_open_ranges: bool,
    /// Literals.
    pub literals: Literals,
    /// Indices.
    pub indexing: Indexing,
    /// Words that cannot be names.
    pub reserved: &'static [&'static str],
    /// What names are made of.
    pub names: Letters,
}

/// What names are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// a to z, digits and `_`,
    Ascii,
    /// a to z and digits,
    NoUnderscore,
    /// letters of every script too,
    Unicode,
    /// whatever hlang allows.
    Any,
}

/// Functions without a name.
#[derive(Clone, Copy, Debug)]
pub struct Lambda {
    /// `$1` are the parameters and `$2` is the body.
    pub rule: Rule,
    /// What stands between the parameters, and before each.
    pub between: &'static str,
    pub before: &'static str,
    /// What one parameter, and two, are always called.
    pub names: Option<[&'static [&'static str]; 2]>,
}

impl Lambda {
    /// The system has no functions without a name.
    pub const NONE: Lambda =
        Lambda { rule: Rule::Missing("functions without a name"), between: ", ", before: "", names: None };
}

/// Systems are compared by name: there is one of each.
impl PartialEq for System {
    fn eq(&self, other: &System) -> bool {
        self.name == other.name
    }
}

impl System {
    /// How the system is called in a list of all.
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// The rule for an operation, its own or that of a more usual one. `None` if the system has none.
    pub fn rule(&self, operation: Operation) -> Option<Rule> {
        let own = self.operations.iter().find(|(known, _)| *known == operation).map(|(_, rule)| *rule);
        own.or_else(|| self.rule(operation.usual()?))
    }

    /// Can it be a name there?
    pub fn can_be_name(&self, name: &str) -> bool {
        let allowed = |c: char| match self.names {
            Letters::Ascii => c.is_ascii_alphanumeric() || c == '_',
            Letters::NoUnderscore => c.is_ascii_alphanumeric(),
            Letters::Unicode => c.is_alphanumeric() && !c.is_numeric() || c.is_ascii_digit() || c == '_',
            Letters::Any => true,
        };
        name.chars().all(allowed) && !self.reserved.contains(&name)
    }
}
