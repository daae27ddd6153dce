//! What is measured: programs in the languages of hlang and its peers. An empty program is not run.

/// Figures that share their data.
pub struct Group {
    pub name: &'static str,
    /// What the sizes count.
    pub of: &'static str,
    /// `{n}` in a program.
    pub sizes: &'static [usize],
    pub setup: Programs,
    pub figures: &'static [Figure],
}

/// One line of the table.
pub struct Figure {
    pub name: &'static str,
    pub programs: Programs,
}

/// The same thing in several languages.
#[derive(Clone, Copy)]
pub struct Programs {
    /// For hlang and Julia.
    pub julia: &'static str,
    /// For Python with NumPy.
    pub python: &'static str,
    /// For Python with numexpr.
    pub numexpr: &'static str,
    pub lua: &'static str,
    pub octave: &'static str,
    /// The name of a loop of `loops.rs`.
    pub rust: &'static str,
}

const NONE: Programs = Programs { julia: "", python: "", numexpr: "", lua: "", octave: "", rust: "" };

/// Of arrays: hlang and Julia, NumPy, Octave.
const fn array(name: &'static str, julia: &'static str, python: &'static str, octave: &'static str) -> Figure {
    Figure { name, programs: Programs { julia, python, octave, ..NONE } }
}

/// Of arrays, elementwise.
const fn fused(
    name: &'static str,
    julia: &'static str,
    python: &'static str,
    numexpr: &'static str,
    octave: &'static str,
) -> Figure {
    Figure { name, programs: Programs { julia, python, numexpr, octave, ..NONE } }
}

/// With a loop as one writes it by hand in Rust.
const fn by_hand(figure: Figure) -> Figure {
    Figure { name: figure.name, programs: Programs { rust: figure.name, ..figure.programs } }
}

/// Only of hlang and Julia: other ways of writing what stands before them in the table.
const fn own(name: &'static str, julia: &'static str) -> Figure {
    Figure { name, programs: Programs { julia, ..NONE } }
}

pub const GROUPS: &[Group] = &[
    Group {
        name: "Fused broadcasting",
        of: "elements",
        sizes: &[1_000, 100_000, 10_000_000],
        setup: Programs {
            julia: "x = rand({n}); y = rand({n}); z = rand({n}); a = 1.5; f(x) = x^2 + sin(x)",
            python: "x, y, z, a = np.random.rand({n}), np.random.rand({n}), np.random.rand({n}), 1.5",
            numexpr: "x, y, z, a = np.random.rand({n}), np.random.rand({n}), np.random.rand({n}), 1.5",
            lua: "",
            octave: "x = rand({n}, 1); y = rand({n}, 1); z = rand({n}, 1); a = 1.5;",
            rust: "{n}",
        },
        figures: &[
            by_hand(fused("x .* y .+ z", "x .* y .+ z", "x * y + z", "x * y + z", "x .* y + z")),
            by_hand(fused("exp.(-x .^ 2)", "exp.(-x .^ 2)", "np.exp(-x**2)", "exp(-x**2)", "exp(-x .^ 2)")),
            by_hand(fused(
                "sin.(x) .^ 2 .+ cos.(x) .^ 2",
                "sin.(x) .^ 2 .+ cos.(x) .^ 2",
                "np.sin(x)**2 + np.cos(x)**2",
                "sin(x)**2 + cos(x)**2",
                "sin(x) .^ 2 + cos(x) .^ 2",
            )),
            by_hand(fused(
                "@. 3x^3 - 2x + 1",
                "@. 3x^3 - 2x + 1",
                "3 * x**3 - 2 * x + 1",
                "3 * x**3 - 2 * x + 1",
                "3 * x .^ 3 - 2 * x + 1",
            )),
            by_hand(fused(
                "sqrt.(x .^ 2 .+ y .^ 2)",
                "sqrt.(x .^ 2 .+ y .^ 2)",
                "np.sqrt(x**2 + y**2)",
                "sqrt(x**2 + y**2)",
                "sqrt(x .^ 2 + y .^ 2)",
            )),
            by_hand(fused("y .= a .* x .+ y", "y .= a .* x .+ y", "y += a * x", "a * x + y", "y += a * x;")),
            fused("tanh.(x)", "tanh.(x)", "np.tanh(x)", "tanh(x)", "tanh(x)"),
            fused("x .^ y", "x .^ y", "x**y", "x**y", "x .^ y"),
            by_hand(fused("x .> 0.5", "x .> 0.5", "x > 0.5", "x > 0.5", "x > 0.5")),
            fused("x .^ 2 .+ sin.(x)", "x .^ 2 .+ sin.(x)", "x**2 + np.sin(x)", "x**2 + sin(x)", "x .^ 2 + sin(x)"),
            own("f.(x), f(x) = x^2 + sin(x)", "f.(x)"),
            own("map(x -> x^2 + sin(x), x)", "map(x -> x^2 + sin(x), x)"),
            own("[x^2 + sin(x) for x in x]", "[x^2 + sin(x) for x in x]"),
            own("sum(f, x)", "sum(f, x)"),
            own("sum(x^2 for x in x)", "sum(x^2 for x in x)"),
        ],
    },
    Group {
        name: "Rows and columns",
        of: "rows and columns",
        sizes: &[300, 3_000],
        setup: Programs {
            julia: "u = rand({n}); v = rand({n}); A = rand({n}, {n})",
            python: "u, v, A = np.random.rand({n}), np.random.rand({n}), np.asfortranarray(np.random.rand({n}, {n}))",
            octave: "u = rand({n}, 1); v = rand({n}, 1); A = rand({n});",
            rust: "{n}",
            ..NONE
        },
        figures: &[
            by_hand(array("u .* v'", "u .* v'", "np.multiply.outer(u, v)", "u .* v'")),
            array("A .+ u", "A .+ u", "A + u[:, None]", "A + u"),
            array("A[:, 7]", "A[:, 7]", "A[:, 6].copy()", "A(:, 7)"),
            array("A[7, :]", "A[7, :]", "A[6, :].copy()", "A(7, :)"),
            array("sum(A, dims=1)", "sum(A, dims=1)", "A.sum(axis=0)", "sum(A, 1)"),
            array("sum(A, dims=2)", "sum(A, dims=2)", "A.sum(axis=1)", "sum(A, 2)"),
            array("maximum(A, dims=2)", "maximum(A, dims=2)", "A.max(axis=1)", "max(A, [], 2)"),
            array("[A A]", "[A A]", "np.hstack((A, A))", "[A A]"),
            array("[A; A]", "[A; A]", "np.vstack((A, A))", "[A; A]"),
        ],
    },
    Group {
        name: "Reductions, scans, selections",
        of: "elements",
        sizes: &[1_000_000, 10_000_000],
        setup: Programs {
            julia: "x = rand({n}); mask = x .> 0.5",
            python: "x = np.random.rand({n}); mask = x > 0.5",
            octave: "x = rand({n}, 1); mask = x > 0.5;",
            ..NONE
        },
        figures: &[
            array("sum(x)", "sum(x)", "x.sum()", "sum(x)"),
            array("mean(x)", "sum(x) / length(x)", "x.mean()", "mean(x)"),
            array("maximum(x)", "maximum(x)", "x.max()", "max(x)"),
            array("cumsum(x)", "cumsum(x)", "x.cumsum()", "cumsum(x)"),
            array("sort(x)", "sort(x)", "np.sort(x)", "sort(x)"),
            array("count(mask)", "count(mask)", "np.count_nonzero(mask)", "nnz(mask)"),
            array("findall(mask)", "findall(mask)", "np.flatnonzero(mask)", "find(mask)"),
            array("x[mask]", "x[mask]", "x[mask]", "x(mask)"),
            array("reverse(x)", "reverse(x)", "x[::-1].copy()", "flipud(x)"),
        ],
    },
    Group {
        name: "Linear algebra",
        of: "rows and columns",
        sizes: &[4, 16, 64, 256, 1_000],
        setup: Programs {
            julia: "using LinearAlgebra; A = rand({n}, {n}); B = rand({n}, {n}); S = A + A'; P = A * A' + {n} * I; b = rand({n})",
            python: "L = np.linalg; A, B, b = np.random.rand({n}, {n}), np.random.rand({n}, {n}), np.random.rand({n}); \
                     S = A + A.T; P = A @ A.T + {n} * np.eye({n})",
            octave: "A = rand({n}); B = rand({n}); b = rand({n}, 1); S = A + A'; P = A * A' + {n} * eye({n});",
            ..NONE
        },
        figures: &[
            array("A * B", "A * B", "A @ B", "A * B"),
            array("A' * B", "A' * B", "A.T @ B", "A' * B"),
            array("A * B'", "A * B'", "A @ B.T", "A * B'"),
            array("A * b", "A * b", "A @ b", "A * b"),
            array("b' * A * b", "b' * A * b", "b @ A @ b", "b' * A * b"),
            array("A \\ b", "A \\ b", "L.solve(A, b)", "A \\ b"),
            array("A \\ B", "A \\ B", "L.solve(A, B)", "A \\ B"),
            array("lu(A)", "lu(A)", "", "[L, U, P] = lu(A);"),
            array("inv(A)", "inv(A)", "L.inv(A)", "inv(A)"),
            array("det(A)", "det(A)", "L.det(A)", "det(A)"),
            array("cholesky(P)", "cholesky(P)", "L.cholesky(P)", "chol(P)"),
            array("qr(A)", "qr(A)", "L.qr(A)", "[Q, R] = qr(A);"),
            array("svd(A)", "svd(A)", "L.svd(A)", "[U, D, V] = svd(A);"),
            array("svdvals(A)", "svdvals(A)", "L.svd(A, compute_uv=False)", "svd(A)"),
            array("eigen(S), symmetric", "eigen(Symmetric(S))", "L.eigh(S)", "[V, D] = eig(S);"),
            array("eigen(A)", "eigen(A)", "L.eig(A)", "[V, D] = eig(A);"),
            array("eigvals(A)", "eigvals(A)", "L.eigvals(A)", "eig(A)"),
        ],
    },
    Group {
        name: "Scalar programs",
        of: "",
        sizes: &[0],
        setup: Programs {
            julia: include_str!("scalar.jl"),
            python: include_str!("scalar.py"),
            lua: include_str!("scalar.lua"),
            octave: include_str!("scalar.m"),
            ..NONE
        },
        figures: &[
            scalar("sum of i*i % 7 to 5·10⁶", "squares()"),
            scalar("fib(27)", "fib(27)"),
            scalar("A[i, j] = i*j + sin(j), 1000×1000", "fill_matrix()"),
            scalar("Collatz lengths below 10⁵", "collatz()"),
            scalar("Mandelbrot 300×300", "mandelbrot()"),
        ],
    },
    Group {
        name: "Growing and changing in place",
        of: "elements",
        sizes: &[1_000_000],
        setup: Programs {
            julia: "push_all(n) = (v = Float64[]; for k in 1:n; push!(v, 0.5); end; v)
x = zeros({n}); set_all(x) = (for k in 1:length(x); x[k] = k; end)",
            python: "def push_all(n):
    v = []
    for k in range(n): v.append(0.5)
    return v
x = np.zeros({n})
def set_all(x):
    for k in range(len(x)): x[k] = k",
            lua: "function push_all(n) local v = {}; for k = 1, n do v[#v + 1] = 0.5 end; return v end
x = {}; for k = 1, {n} do x[k] = 0 end
function set_all(x) for k = 1, #x do x[k] = k end end",
            ..NONE
        },
        figures: &[
            Figure {
                name: "push!(v, x)",
                programs: Programs { julia: "push_all({n})", python: "push_all({n})", lua: "push_all({n})", ..NONE },
            },
            Figure {
                name: "x[k] = k",
                programs: Programs { julia: "set_all(x)", python: "set_all(x)", lua: "set_all(x)", ..NONE },
            },
            array("x .+= 1", "x .+= 1", "x += 1", ""),
        ],
    },
];

/// A call that all the languages write alike.
const fn scalar(name: &'static str, call: &'static str) -> Figure {
    Figure { name, programs: Programs { julia: call, python: call, lua: call, octave: call, ..NONE } }
}
