//! The lines that questions are about, by level.

/// How many levels there are.
pub const LEVELS: usize = POOL.len();

/// `A` and `B` are matrices, `x` and `y` vectors. Each level has what the lessons teach in their order.
const POOL: &[&[&str]] = &[
    &["A * B", "A .* B", "B * A", "A + B", "A * B'", "A' * B", "A'", "A .- B"],
    &["A * x", "x' * y", "x * y'", "x .* y", "A .* x", "A .+ x", "x * y", "x' * A", "A' * x", "x + y", "A * A"],
    &[
        "x .+ y'",
        "A .+ y'",
        "A .* x'",
        "sum(A, dims=1)",
        "sum(A, dims=2)",
        "sum(A)",
        "A .+ 1",
        "A + 1",
        "A .^ 2",
        "A ^ 2",
        "x .^ 2",
        "x ^ 2",
        "sqrt.(A)",
        "exp(A)",
        "x .- x'",
        "2A",
        "A .> B",
        "A == B",
    ],
    &[
        "A \\ x",
        "A ⊙ B",
        "A ⊗ B",
        "x ⊗ y",
        "A ⊙ x",
        "A ⊙ x'",
        "A / B",
        "A ./ B",
        "diagm(x) * A",
        "A * diagm(x)",
        "x' * A * y",
        "A ⊙ B'",
        "A' * A",
        "norm(x)",
        "A ^ 2 .* B",
        "A .* A'",
        "inv(A)",
        "diag(A)",
        "maximum(A, dims=1)",
    ],
    &[
        "(A .+ x) * B",
        "(x .+ y') * x",
        "A * B .* A",
        "A .* (x * y')",
        "(A * B')^2",
        "sum(A .* B, dims=1) * x",
        "(A ⊗ B) * (x ⊗ y)",
        "A .* x .+ y'",
        "A * x .* x",
        "A ./ sum(A, dims=1)",
        "A .* x .* y'",
        "(A .* B)' * x",
        "x' * (A ⊙ B) * y",
        "(A * x) ⊗ y",
        "diag(A * B')",
        "sum(A .* B, dims=2)",
        "A .- sum(A, dims=2)",
        "(A' * A) \\ (A' * x)",
        "A' .* x'",
        "(x * x') .^ 2 * y",
    ],
];

/// The lines of a level, from 1.
pub fn of_level(level: usize) -> &'static [&'static str] {
    POOL.get(level.saturating_sub(1)).copied().unwrap_or(&[])
}

/// The lines up to a level.
pub fn up_to(level: usize) -> Vec<&'static str> {
    POOL.iter().take(level).flat_map(|lines| lines.iter().copied()).collect()
}
