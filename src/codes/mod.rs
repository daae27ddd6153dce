//! The codes of errors: what `H0012` stands for. Each code has a page, the text `pages/H0012.md`.

mod page;

pub use page::{Exercise, Page};

/// Declares every code once: its name in the source, its number, and with the number its page.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal,)*) => {
        /// Why something failed, more finely than the kind of the error says it. A number is never given a new meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// How users see it: `H0012`.
            pub fn number(self) -> &'static str {
                match self {
                    $(Code::$name => $number,)*
                }
            }

            /// The text of its page.
            pub fn text(self) -> &'static str {
                match self {
                    $(Code::$name => include_str!(concat!("pages/", $number, ".md")),)*
                }
            }
        }
    };
}

codes! {
    // Sizes.
    /// Sizes that do not fit, in some other way than those below.
    Sizes = "H0010",
    /// `A + S` of other sizes.
    SumSizes = "H0011",
    /// `A * B` whose inner sizes differ.
    ProductSizes = "H0012",
    /// `A .* S` that cannot be stretched to one size.
    BroadcastSizes = "H0013",
    /// `x * y` of two vectors.
    VectorProduct = "H0014",
    /// `inv(A)` of a matrix that is not square.
    NotSquare = "H0015",
    /// `sin(A)` of a matrix that is not square: the dot is missing.
    MatrixFunction = "H0016",
    /// `x ^ 2` of a vector, `A ^ 2` of a matrix that is not square.
    ArrayPower = "H0017",
    /// `A + 1`
    NumberPlusArray = "H0018",
    /// `A \ b` and `A / B` of sizes that do not fit.
    SolveSizes = "H0019",
    /// `[1 2 3; 4 5]`
    BlockSizes = "H0020",
    /// `A[1, :] = [1, 2]` of other sizes.
    AssignedSizes = "H0021",
    /// `1 / x`
    DivisionByVector = "H0022",
    /// `A ⊙ S` of other sizes.
    HadamardSizes = "H0023",
    /// `sin(x)`, `max(x, y)`: a function of numbers, called with an array.
    ElementFunction = "H0024",
    /// `x > 2`: an array compared as a whole.
    ArrayComparison = "H0025",

    // Reading the text.
    /// A text that cannot be read, in some other way than those below.
    Syntax = "H0100",
    /// A bracket, block or string without its end.
    NeverClosed = "H0101",
    /// A `)` or an `end` with nothing to close.
    ClosesNothing = "H0102",
    /// An operator without something on one of its sides.
    MissingOperand = "H0103",
    /// Two expressions that nothing joins.
    SideBySide = "H0104",
    /// What another language writes like that.
    ForeignSyntax = "H0105",
    /// `if x = 1`
    AssignmentInCondition = "H0106",
    /// The left side of `=` is nothing that can hold a value.
    NotATarget = "H0107",
    /// A macro that is written otherwise.
    MacroUse = "H0108",
    /// An expression of too many levels.
    NestedTooDeeply = "H0109",

    // Names.
    /// A name that stands for nothing.
    UnknownName = "H0200",
    /// A name of another system.
    ForeignName = "H0201",
    /// `x.shape`
    UnknownField = "H0202",
    /// A constant that is assigned to.
    Constant = "H0203",
    /// `import numpy`
    UnknownPackage = "H0204",
    /// `@nosuch`
    UnknownMacro = "H0205",

    // Indices and elements.
    /// An index that fits in no other way than those below.
    Index = "H0300",
    /// `A[3, 1]` of a 2×3 matrix.
    OutOfRange = "H0301",
    /// `x[1.5]`
    NotAnIndex = "H0302",
    /// A mask of another length.
    MaskSize = "H0303",
    /// `x[1, 2, 3]`
    NoSuchDimension = "H0304",
    /// `x[1] = 2.5` of integers.
    ElementType = "H0305",
    /// `x[x .> 1] = 0` without the dot.
    OneValueForMany = "H0306",
    /// `a, b = (1,)`
    TooFewValues = "H0307",

    // Calls and types.
    /// A function that does not take these arguments.
    Method = "H0400",
    /// Too few or too many arguments.
    ArgumentCount = "H0401",
    /// A keyword that the function does not have.
    UnknownKeyword = "H0402",
    /// `A(1, 2)`
    NotAFunction = "H0403",
    /// `if x` of something that is neither true nor false.
    Condition = "H0404",
    /// A value of a type that cannot stand there.
    Type = "H0405",
    /// An argument of the right type and a useless value.
    Argument = "H0406",
    /// A keyword that is missing.
    MissingKeyword = "H0407",
    /// `sum(A, 1)`
    DimensionByPosition = "H0408",
    /// `"a" + "b"`
    TextArithmetic = "H0409",
    /// `for i in nothing`
    NoElements = "H0410",

    // Numbers.
    /// A number outside of a function's domain.
    Domain = "H0500",
    /// An integer beyond 64 bits.
    Overflow = "H0501",
    /// A number that a type cannot hold exactly.
    Inexact = "H0502",
    /// `1 ÷ 0`
    DivisionByZero = "H0503",

    // Matrices.
    /// A matrix without an inverse.
    Singular = "H0600",
    /// A matrix that is not positive definite.
    NotPositiveDefinite = "H0601",

    // The machine.
    /// More memory than there is.
    Memory = "H0700",
    /// Calls or arrays that stand inside each other too deeply.
    Depth = "H0701",
    /// Ctrl-C.
    Interrupted = "H0702",

    // Programs.
    /// An error that the program raises itself.
    OwnError = "H0800",
    /// `@assert` of something false.
    Assertion = "H0801",
    /// `@test` of something false.
    Test = "H0802",
    /// A file or an input that the operating system does not give.
    System = "H0803",
}

impl Code {
    /// The code with this number, however its letter is written.
    pub fn of(number: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.number().eq_ignore_ascii_case(number))
    }

    /// Its page, read.
    pub fn page(self) -> Page {
        Page::read(self.text()).unwrap_or_else(|why| panic!("the page of {}: {why}", self.number()))
    }
}

/// Does a text look like a code, whether or not there is one with its number?
pub fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['H', 'h']);
    digits.is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_and_every_page_can_be_read() {
        let numbers: Vec<&str> = Code::ALL.iter().map(|code| code.number()).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
        for code in Code::ALL {
            let page = code.page();
            assert!((1..=3).contains(&page.exercises.len()), "{}: one to three exercises", code.number());
            assert!(!page.picture.is_empty(), "{}: a picture", code.number());
            assert_eq!(Code::of(&code.number().to_lowercase()), Some(*code));
        }
    }

    #[test]
    fn what_looks_like_a_code() {
        assert!(is_number("H0012") && is_number("h9999"));
        assert!(!is_number("H12") && !is_number("hilb") && !is_number("H00012"));
    }
}
