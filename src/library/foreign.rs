//! Names that other systems use for what hlang calls otherwise, and names of Julia for what hlang has not: said when such
//! a name is not defined.

/// A name of another system.
pub struct Foreign {
    /// What it is called there.
    pub name: &'static str,
    /// Whose name it is.
    pub system: &'static str,
    /// How it is written here, as a line of code.
    pub here: &'static str,
}

const fn foreign(name: &'static str, system: &'static str, here: &'static str) -> Foreign {
    Foreign { name, system, here }
}

/// Every name that is recognised, by alphabet.
pub const FOREIGN: &[Foreign] = &[
    foreign("False", "Python", "false"),
    foreign("None", "Python", "nothing"),
    foreign("NULL", "C and R", "nothing"),
    foreign("TRUE", "R", "true"),
    foreign("FALSE", "R", "false"),
    foreign("True", "Python", "true"),
    foreign("arange", "NumPy", "0:4"),
    foreign("arccos", "NumPy", "acos(x)"),
    foreign("arcsin", "NumPy", "asin(x)"),
    foreign("arctan", "NumPy", "atan(x)"),
    foreign("array", "NumPy", "[1, 2, 3]"),
    foreign("arrayfun", "MATLAB", "f.(A)"),
    foreign("asarray", "NumPy", "collect(x)"),
    foreign("astype", "NumPy", "Float64.(A)"),
    foreign("bsxfun", "MATLAB", "f.(A, B)"),
    foreign("cellfun", "MATLAB", "map(f, v)"),
    foreign("cell", "MATLAB", "Any[1, \"a\"]"),
    foreign("colnames", "R", "keys(t)"),
    foreign("concatenate", "NumPy", "vcat(a, b)"),
    foreign("dim", "R", "size(A)"),
    foreign("einsum", "NumPy", "A * B"),
    foreign("feval", "MATLAB", "f(x)"),
    foreign("find", "MATLAB", "findall(A .> 0)"),
    foreign("fun", "ML", "x -> x + 1"),
    foreign("i", "mathematics", "2im"),
    foreign("inf", "MATLAB", "Inf"),
    foreign("j", "engineering", "2im"),
    foreign("len", "Python", "length(v)"),
    foreign("lambda", "Python", "x -> x + 1"),
    foreign("linalg", "NumPy", "inv(A)"),
    foreign("matmul", "NumPy", "A * B"),
    foreign("math", "Python", "sqrt(x)"),
    foreign("multiply", "NumPy", "A .* B"),
    foreign("nan", "MATLAB", "NaN"),
    foreign("ndim", "NumPy", "ndims(A)"),
    foreign("nil", "Lua", "nothing"),
    foreign("np", "NumPy", "sum(A)"),
    foreign("nrow", "R", "size(A, 1)"),
    foreign("ncol", "R", "size(A, 2)"),
    foreign("numpy", "NumPy", "sum(A)"),
    foreign("rbind", "R", "vcat(a, b)"),
    foreign("cbind", "R", "hcat(a, b)"),
    foreign("sapply", "R", "f.(v)"),
    foreign("scipy", "SciPy", "inv(A)"),
    foreign("self", "Python", "f(x) = x"),
    foreign("shape", "NumPy", "size(A)"),
    foreign("solve", "NumPy and R", "A \\ b"),
    foreign("stack", "NumPy", "hcat(a, b)"),
    foreign("strcat", "MATLAB", "a * b"),
    foreign("strcmp", "MATLAB", "a == b"),
    foreign("strsplit", "MATLAB", "split(s, \",\")"),
    foreign("strtrim", "MATLAB", "strip(s)"),
    foreign("torch", "PyTorch", "sum(A)"),
    foreign("xrange", "Python 2", "0:4"),
];

/// The entry for a name.
pub fn lookup(name: &str) -> Option<&'static Foreign> {
    FOREIGN.iter().find(|entry| entry.name == name)
}

/// Names of Julia that belong to something which the language leaves out.
pub struct Limit {
    pub names: &'static [&'static str],
    /// The limit, as a sentence.
    pub rule: &'static str,
    /// What does for it here, as a line of code.
    pub here: &'static str,
}

/// What the language leaves out.
pub const LIMITS: &[Limit] = &[
    Limit {
        names: &["Dict", "IdDict", "Set"],
        rule: "hlang has no dictionaries and sets; a named tuple gives names to values, `unique` leaves out doubles",
        here: "prices = (apple = 1.2, pear = 0.8)",
    },
    Limit {
        names: &["missing", "Missing", "ismissing", "skipmissing", "coalesce"],
        rule: "hlang has no missing values; NaN marks a number that is not there",
        here: "filter(!isnan, [1.0, NaN])",
    },
    Limit {
        names: &[
            "Float32",
            "Float16",
            "Int8",
            "Int16",
            "Int32",
            "Int128",
            "UInt",
            "UInt8",
            "UInt16",
            "UInt32",
            "UInt64",
            "UInt128",
            "ComplexF32",
            "ComplexF16",
            "Unsigned",
        ],
        rule: "numbers have one size: 64 bits",
        here: "[Int64, Float64, ComplexF64]",
    },
    Limit {
        names: &["BigInt", "BigFloat", "big"],
        rule: "hlang has no numbers of any length; a float holds large ones, with 16 digits",
        here: "2.0^100",
    },
    Limit {
        names: &["Rational", "rationalize", "numerator", "denominator"],
        rule: "hlang has no fractions",
        here: "1 / 3",
    },
    Limit { names: &["Char"], rule: "hlang has no characters; they are strings of length 1", here: "\"hello\"[1]" },
    Limit {
        names: &["Symbol", "Expr", "eval", "Meta", "gensym"],
        rule: "programs and their names are not values in hlang; a function holds code for later",
        here: "later = () -> 1 + 1",
    },
    Limit {
        names: &["Regex", "match", "eachmatch", "RegexMatch"],
        rule: "hlang has no regular expressions",
        here: "occursin(\"ell\", \"hello\")",
    },
    Limit {
        names: &["Task", "Channel", "Threads", "Distributed", "Condition", "ReentrantLock"],
        rule: "a program of hlang does one thing after the other; large broadcasts use every core by themselves",
        here: "sqrt.(1:4)",
    },
    Limit {
        names: &["SubArray", "PermutedDimsArray"],
        rule: "hlang has no views: a part of an array is a copy, and is assigned to in place",
        here: "A = zeros(2, 2); A[:, 1] .= 1",
    },
    Limit {
        names: &["BitArray", "BitVector", "BitMatrix"],
        rule: "an array of Bools is an ordinary one",
        here: "fill(false, 2, 2)",
    },
    Limit {
        names: &["sparse", "spzeros", "SparseMatrixCSC", "issparse", "nnz"],
        rule: "every matrix is stored whole",
        here: "zeros(3, 3)",
    },
    Limit {
        names: &["Base", "Main", "Core", "LinearAlgebra", "Statistics", "Random", "Printf", "Iterators"],
        rule: "modules are no values, and hlang has no others than those of its library",
        here: "norm([3, 4])",
    },
    Limit {
        names: &["ccall", "unsafe_load", "pointer", "finalizer", "WeakRef"],
        rule: "hlang shows nothing of the machine's memory",
        here: "copy([1, 2])",
    },
];

/// The limit that a name runs into.
pub fn limit(name: &str) -> Option<&'static Limit> {
    LIMITS.iter().find(|limit| limit.names.contains(&name))
}
