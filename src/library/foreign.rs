//! Names that other systems use for what hlang calls otherwise: said when such a name is not defined.

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
    foreign("null", "C", "nothing"),
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
