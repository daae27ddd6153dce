//! Help on what is no function: operators, keywords, macros.

use super::page::Page;
use crate::error::Diagnostic;
use crate::session::{Console, Session};
use crate::source::Sources;
use crate::value::{Digits, Screen, Style};

/// An operator, keyword or macro.
pub struct Sign {
    /// How it is written.
    pub names: &'static [&'static str],
    /// A line that uses it.
    pub usage: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// Lines with what they show; the tests run them. Without a text they are run when the page is shown.
    pub examples: &'static [(&'static str, &'static str)],
    /// The forms without and with a dot, on the matrices `A` and `B` below.
    pub twins: Option<Twins>,
}

/// A form without a dot and one with it, shown side by side.
pub struct Twins {
    pub whole: Form,
    pub each: Form,
}

/// One of two forms.
pub struct Form {
    /// The line.
    pub code: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// How its elements are made; may be empty.
    pub steps: &'static str,
}

/// The matrices of the twins.
const MATRICES: &str = "A = [1 2; 3 4]; B = [5 6; 7 8];";

const fn sign(
    names: &'static [&'static str],
    usage: &'static str,
    doc: &'static str,
    examples: &'static [(&'static str, &'static str)],
) -> Sign {
    Sign { names, usage, doc, examples, twins: None }
}

const fn twins(
    names: &'static [&'static str],
    usage: &'static str,
    doc: &'static str,
    whole: (&'static str, &'static str, &'static str),
    each: (&'static str, &'static str, &'static str),
) -> Sign {
    let whole = Form { code: whole.0, name: whole.1, steps: whole.2 };
    let each = Form { code: each.0, name: each.1, steps: each.2 };
    Sign { names, usage, doc, examples: &[], twins: Some(Twins { whole, each }) }
}

/// Everything that is written without being a name.
pub const SIGNS: &[Sign] = &[
    twins(
        &["*", ".*"],
        "A * B, A .* B",
        "No dot: the matrix product, for which the columns of the left match the rows of the right. A dot: every element \
         times its partner.",
        ("A * B", "the matrix product", "1*5+2*7  1*6+2*8\n3*5+4*7  3*6+4*8"),
        ("A .* B", "the Hadamard product", "1*5  2*6\n3*7  4*8"),
    ),
    twins(
        &["^", ".^"],
        "A ^ 2, A .^ 2",
        "No dot: the matrix times itself. A dot: every element to the power.",
        ("A ^ 2", "A * A", "1*1+2*3  1*2+2*4\n3*1+4*3  3*2+4*4"),
        ("A .^ 2", "every element squared", "1^2  2^2\n3^2  4^2"),
    ),
    twins(
        &["/", "./"],
        "A / B, A ./ B",
        "No dot: A * inv(B), by a number every element. A dot: every element divided by its partner.",
        ("A / B", "X with X * B == A", ""),
        ("A ./ B", "element by element", "1/5  2/6\n3/7  4/8"),
    ),
    twins(
        &["\\", ".\\"],
        "A \\ b, A .\\ B",
        "No dot: the solution of A * X == B, by least squares where there is none. A dot: every element of B divided by \
         its partner in A.",
        ("A \\ B", "X with A * X == B", ""),
        ("A .\\ B", "element by element", "5/1  6/2\n7/3  8/4"),
    ),
    twins(
        &["+", ".+"],
        "A + B, A .+ 1",
        "The sum. No dot: both have the same size. A dot: a number, a row or a column is paired with every element.",
        ("A + B", "equal sizes", ""),
        ("A .+ 10", "10 to every element", ""),
    ),
    twins(
        &["-", ".-"],
        "A - B, A .- 1, -A",
        "The difference. No dot: both have the same size. A dot: a number, a row or a column is paired with every element.",
        ("A - B", "equal sizes", ""),
        ("A .- 1", "1 from every element", ""),
    ),
    twins(
        &["==", ".=="],
        "A == B, A .== B",
        "No dot: are the two equal as a whole? A dot: which elements are equal?",
        ("A == B", "one answer", ""),
        ("A .== 4", "an answer for every element", ""),
    ),
    twins(
        &["⊙"],
        "A ⊙ B",
        "The Hadamard product that insists on equal sizes, or a column for every column of a matrix. Written \\odot and Tab.",
        ("A ⊙ B", "equal sizes only", ""),
        ("A .* B", "other sizes are stretched", ""),
    ),
    twins(
        &["⊗"],
        "A ⊗ B",
        "The Kronecker product: every element of A times the whole of B. Written \\otimes and Tab; kron(A, B) is the same.",
        ("A ⊗ B", "the Kronecker product", ""),
        ("A .* B", "element by element", ""),
    ),
    sign(
        &["'"],
        "A'",
        "The adjoint: the transpose, of complex numbers conjugated. x' of a vector is a row.",
        &[("[1 2; 3 4]'", "2×2 adjoint(::Matrix{Int64}) with eltype Int64:\n 1  3\n 2  4")],
    ),
    sign(
        &["."],
        "f.(A), A .+ 1",
        "A dot does it for every element: f.(A) calls f for each, A .* B multiplies each with its partner. Several dots in one expression make one loop.",
        &[("sqrt.([1 4; 9 16])", "2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0")],
    ),
    sign(
        &["÷"],
        "a ÷ b",
        "Division without the remainder, rounded to zero. Written \\div and Tab; div(a, b) is the same.",
        &[("7 ÷ 2", "3")],
    ),
    sign(
        &["%"],
        "a % b",
        "The remainder of a ÷ b, with the sign of a. mod(a, b) has the sign of b.",
        &[("-7 % 3", "-1")],
    ),
    sign(&["//"], "a // b", "Julia's fractions, which hlang does not have: a / b is a float.", &[]),
    sign(&["!=", "≠"], "a != b", "Not equal. With a dot for every element.", &[("1 != 2", "true")]),
    sign(
        &["<", "<=", "≤", ">", ">=", "≥"],
        "a < b <= c",
        "Comparisons; they chain. With a dot for every element.",
        &[("1 < 2 <= 2", "true")],
    ),
    sign(
        &["≈", "≉"],
        "a ≈ b",
        "Equal up to rounding. Written \\approx and Tab; isapprox(a, b) takes tolerances.",
        &[("0.1 + 0.2 ≈ 0.3", "true")],
    ),
    sign(
        &["===", "≡", "!==", "≢"],
        "a === b",
        "The very same: of arrays, one array under two names.",
        &[("[1] === [1]", "false")],
    ),
    sign(
        &["&&", "||"],
        "a && b, a || b",
        "Both, one of them; the right side is evaluated only if it decides. With a dot for every element.",
        &[("1 < 2 && 2 < 1", "false")],
    ),
    sign(&["!"], "!a", "The opposite. With a dot for every element.", &[("!true", "false")]),
    sign(
        &["&", "|", "⊻"],
        "a & b",
        "And, or, exclusive or, of Bools and of the bits of integers. With a dot for every element.",
        &[("6 & 3", "2")],
    ),
    sign(&["<<", ">>", ">>>"], "a << n", "The bits of an integer, shifted.", &[("1 << 10", "1024")]),
    sign(
        &["in", "∈", "∉"],
        "x in v",
        "Is it one of the elements? In a loop, what the variable goes through.",
        &[("2 in [1, 2, 3]", "true")],
    ),
    sign(&["∋", "∌"], "v ∋ x", "Is x one of the elements of v? The same as x in v.", &[("[1, 2, 3] ∋ 2", "true")]),
    sign(
        &["⊆", "⊈"],
        "a ⊆ b",
        "Is every element of a one of b? Written \\subseteq and Tab; issubset(a, b) is the same.",
        &[("[1, 2] ⊆ [1, 2, 3]", "true")],
    ),
    sign(
        &["⊘"],
        "A ⊘ B",
        "The Hadamard quotient: every element divided by the one at the same place. Written \\oslash and Tab.",
        &[("[6 8] ⊘ [2 4]", "1×2 Matrix{Float64}:\n 3.0  2.0")],
    ),
    sign(&["isa"], "x isa Int64", "Has the value this type?", &[("1.5 isa Float64", "true")]),
    sign(
        &["⋅"],
        "x ⋅ y",
        "The inner product. Written \\cdot and Tab; dot(x, y) is the same.",
        &[("[1, 2] ⋅ [3, 4]", "11")],
    ),
    sign(
        &["×"],
        "x × y",
        "The cross product of two vectors of three. Written \\times and Tab.",
        &[("[1, 0, 0] × [0, 1, 0]", "3-element Vector{Int64}:\n 0\n 0\n 1")],
    ),
    sign(
        &["∪", "∩"],
        "v ∪ w",
        "All elements of both, the elements in both. union(v, w), intersect(v, w).",
        &[("[1, 2] ∩ [2, 3]", "1-element Vector{Int64}:\n 2")],
    ),
    sign(
        &["∘"],
        "f ∘ g",
        "The function that calls g and then f. Written \\circ and Tab.",
        &[("(sqrt ∘ abs)(-16)", "4.0")],
    ),
    sign(&["|>", "<|"], "x |> f", "Calls a function: f(x).", &[("16 |> sqrt", "4.0")]),
    sign(&["=>"], "a => b", "A pair.", &[("1 => 2", "1 => 2")]),
    sign(
        &[":"],
        "a:b, a:step:b, A[:, 1]",
        "A range from a to b. Alone in an index, all of that dimension.",
        &[("collect(1:2:7)", "4-element Vector{Int64}:\n 1\n 3\n 5\n 7")],
    ),
    sign(
        &["="],
        "x = 1",
        "Gives a value a name. An array gets another name, it is not copied: copy(A).",
        &[("x = 2; 3x", "6")],
    ),
    sign(
        &[".="],
        "A .= 0",
        "Writes into the elements of an array that is there.",
        &[("A = [1, 2]; A .= 7; A[2]", "7")],
    ),
    sign(
        &["+=", "-=", "*=", "/=", "^="],
        "x += 1",
        "x = x + 1, and so on for the other operators.",
        &[("x = 1; x += 2", "3")],
    ),
    sign(&["->"], "x -> x^2", "A function without a name.", &[("map(x -> x^2, [1, 2, 3])[3]", "9")]),
    sign(
        &["..."],
        "f(v...)",
        "The elements as arguments; in a function's head, all further arguments.",
        &[("max([1, 5, 2]...)", "5")],
    ),
    sign(
        &["?"],
        "c ? a : b",
        "a if c holds, else b. At the start of a line, help.",
        &[("1 < 2 ? \"yes\" : \"no\"", "\"yes\"")],
    ),
    sign(
        &[";"],
        "x = 1;",
        "At the end of an input, hides the result; between statements, separates; in brackets, begins a row. At the start of a line, runs a command of the shell.",
        &[("[1; 2]", "2-element Vector{Int64}:\n 1\n 2")],
    ),
    sign(
        &["[", "]", "[]"],
        "[1 2; 3 4]",
        "Commas make a vector; blanks separate columns, semicolons rows. After a name, the elements at a place: A[1, 2].",
        &[("[1 2; 3 4][2, 1]", "3")],
    ),
    sign(&["#", "#="], "# comment", "A comment to the end of the line; #= … =# anywhere.", &[]),
    sign(
        &["$"],
        "\"x = $x\"",
        "In a string, inserts a value; $(…) inserts an expression.",
        &[("\"$(1 + 1) and $(2 + 2)\"", "\"2 and 4\"")],
    ),
    sign(&["√", "∛"], "√x", "The square root, the cube root. Written \\sqrt and Tab.", &[("√16", "4.0")]),
    sign(
        &["if", "elseif", "else"],
        "if x > 0 … elseif x < 0 … else … end",
        "Runs the first part whose condition holds; gives its value.",
        &[("if 1 > 2 \"a\" else \"b\" end", "\"b\"")],
    ),
    sign(
        &["for"],
        "for i in 1:3 … end",
        "Runs the body for every element. Several at once: for i in 1:3, j in 1:2. In brackets, makes an array.",
        &[("[i^2 for i in 1:3]", "3-element Vector{Int64}:\n 1\n 4\n 9")],
    ),
    sign(
        &["while"],
        "while x > 1 … end",
        "Runs the body as long as the condition holds.",
        &[("x = 100; while x > 1; x = x ÷ 2; end; x", "1")],
    ),
    sign(
        &["function"],
        "function f(x, y = 2; z = 3) … end",
        "Defines a function; its value is that of the last line, or of return. A comment above it is its help. Short: f(x) = x^2.",
        &[("f(x) = x^2; f(3)", "9")],
    ),
    sign(
        &["return"],
        "return x",
        "Ends the function with this value.",
        &[("function f(x) return x + 1 end; f(1)", "2")],
    ),
    sign(
        &["end"],
        "end",
        "Ends a block: if, for, while, function, begin, let, try, do. In an index, the last place: v[end].",
        &[("[1, 2, 3][end]", "3")],
    ),
    sign(
        &["begin"],
        "begin … end",
        "Several statements as one; its value is the last one's. In an index, the first place.",
        &[("begin 1; 2 end", "2")],
    ),
    sign(&["let"], "let x = 1 … end", "A block whose variables are its own.", &[("let x = 2; x^2 end", "4")]),
    sign(
        &["do"],
        "map(v) do x … end",
        "The first argument of a call, a function, written after it.",
        &[("map([1, 2]) do x; 10x end", "2-element Vector{Int64}:\n 10\n 20")],
    ),
    sign(
        &["try", "catch", "finally"],
        "try … catch e … finally … end",
        "Goes on after an error in the first part with the part after catch; finally is run in any case.",
        &[("try error(\"a\") catch e; \"caught\" end", "\"caught\"")],
    ),
    sign(
        &["break", "continue"],
        "break",
        "Leaves the loop; continue goes on with the next round.",
        &[("s = 0; for i in 1:9; i > 3 && break; s += i; end; s", "6")],
    ),
    sign(
        &["global", "local", "const"],
        "global x",
        "Says which variable a name means in a function or block; const makes one that stays.",
        &[("const c = 5; c", "5")],
    ),
    sign(&["using", "import"], "using LinearAlgebra", "Does nothing: the whole library is there already.", &[]),
    sign(&["true", "false"], "true", "The Bools.", &[("true + true", "2")]),
    sign(&["ans"], "ans", "The value of the last input.", &[]),
    sign(
        &["@."],
        "@. 2x + f(x)",
        "Puts a dot at every operator and call.",
        &[("x = [1, 2]; @. x^2 + 1", "2-element Vector{Int64}:\n 2\n 5")],
    ),
    sign(
        &["tour"],
        "tour, tour list, tour dot",
        "Lessons at the prompt: the next one, all of them, the one of that name. A file with a lesson is named in quotes: \
         tour(\"mine.md\").",
        &[],
    ),
    sign(
        &["quiz"],
        "quiz, quiz 7",
        "Questions on sizes and products at the prompt, harder with success; with a number, the same ones every time.",
        &[],
    ),
    sign(
        &["notation", "@notation"],
        "notation A .* B",
        "Writes an expression in other systems: MATLAB, Julia, NumPy, R and more; alone, both products in all of them. In a \
         script it is @notation A .* B; hlang translate FILE --to numpy writes a whole script.",
        &[],
    ),
    sign(
        &["@show"],
        "@show x + 1",
        "Writes an expression and its value, and gives the value. With several expressions, a line for each.",
        &[("x = 3; @show x + 1;", "")],
    ),
    sign(
        &["@time"],
        "@time f(x)",
        "Writes how long an expression takes and which arrays it makes, and gives its value.",
        &[("@time sum(rand(1000));", "")],
    ),
    sign(&["@elapsed"], "@elapsed f(x)", "The seconds that an expression takes.", &[("(@elapsed 1 + 1) < 10", "true")]),
    sign(
        &["@assert"],
        "@assert x > 0 \"x must be positive\"",
        "Raises an AssertionError unless the condition holds; with words of one's own, or the condition itself.",
        &[("x = -1; @assert x > 0 \"x must be positive\"", "")],
    ),
    sign(
        &["@test", "@test_throws", "@testset"],
        "@test f(2) == 4, @test_throws DomainError sqrt(-1), @testset \"roots\" begin … end",
        "Checks what a program gives, that it raises an error, and several checks together under a name. hlang test FILE \
         runs the checks of files.",
        &[("f(x) = x^2; @test f(2) == 5", "")],
    ),
    sign(
        &["@explain"],
        "@explain A * B",
        "Shows how a value comes about, one operation at a time, innermost first: which row meets which column, what is \
         stretched, what an elimination does. (A * B)[2, 1] explains that entry. Gives the value.",
        &[("@explain [1 2; 3 4] * [5, 6];", "")],
    ),
    sign(
        &["@compare"],
        "@compare A B",
        "Puts the products of two arrays side by side: A * B, A .* B, A * B', A' * B, A ⊙ B, A ⊗ B, each with its size and \
         value, or why it is not defined.",
        &[("@compare [1 2; 3 4] [5, 6]", "")],
    ),
    sign(
        &["@law"],
        "@law A * B == B * A, @law det(A ⊙ B) >= det(A) * det(B) where A in psd, B in psd",
        "Does an identity hold? Free names are numbers, vectors and matrices of all sizes that fit; hundreds of cases are \
         tried. If it fails, the smallest counterexample is shown; if not, that is evidence and no proof.",
        &[("@law A * B == B * A", "")],
    ),
    sign(
        &["@__FILE__", "@__DIR__", "@__LINE__"],
        "@__FILE__, @__DIR__, @__LINE__",
        "The name of the program's file, the directory it stands in, and the number of the line.",
        &[("@__LINE__", "1")],
    ),
    sign(
        &["@printf", "@sprintf"],
        "@printf \"%.2f\\n\" x",
        "Writes numbers by a template, or gives the text.",
        &[("@sprintf \"%.2f\" 3.14159", "\"3.14\"")],
    ),
];

/// The entry for a spelling. The dotted form of an operator is described with it.
pub fn lookup(name: &str) -> Option<&'static Sign> {
    let entry = |name: &str| SIGNS.iter().find(|sign| sign.names.contains(&name));
    entry(name).or_else(|| entry(name.strip_prefix('.').filter(|rest| !rest.is_empty())?))
}

/// Usage, text, and examples or the two forms side by side.
pub fn describe(page: &mut Page, sign: &Sign) {
    page.heading(sign.usage);
    page.blank();
    page.text(sign.doc);
    for (line, output) in sign.examples {
        page.blank();
        if output.is_empty() {
            super::codes::shown(page, line);
        } else {
            page.code(&format!("hlang> {line}"));
            page.output(output);
        }
    }
    if let Some(twins) = &sign.twins {
        page.blank();
        side_by_side(page, twins);
    }
}

fn side_by_side(page: &mut Page, twins: &Twins) {
    let results = [&twins.whole, &twins.each].map(|form| (form, result(form.code)));
    page.code(MATRICES.trim_end_matches(';'));
    page.blank();
    let [(whole, whole_result), (each, each_result)] = results;
    page.beside(&format!("{}\n{}", whole.code, whole.name), &format!("{}\n{}", each.code, each.name));
    if !(whole.steps.is_empty() && each.steps.is_empty()) {
        page.blank();
        page.beside(whole.steps, each.steps);
    }
    page.blank();
    page.beside(&whole_result, &each_result);
}

/// What a line gives for the matrices, without the header.
fn result(code: &str) -> String {
    let screen = Screen { rows: 24, cols: 76, style: Style::Julia, digits: Digits::Usual };
    let mut session = Session::new(Box::new(Unheard), screen);
    match session.eval("help", &format!("{MATRICES} {code}")) {
        Ok(Some(value)) => {
            let shown = crate::value::display::display_text(&value, screen);
            match shown.split_once(":\n") {
                Some((_, rows)) => {
                    rows.lines().map(|row| row.strip_prefix(' ').unwrap_or(row)).collect::<Vec<_>>().join("\n")
                }
                None => shown,
            }
        }
        Ok(None) => String::new(),
        Err(diagnostic) => diagnostic.message,
    }
}

/// A console for lines that write nothing.
pub(super) struct Unheard;

impl Console for Unheard {
    fn write(&mut self, _: &str) {}

    fn write_error(&mut self, _: &str) {}

    fn warn(&mut self, _: &str) {}

    fn flush(&mut self) {}

    fn read_line(&mut self) -> std::io::Result<Option<String>> {
        Ok(None)
    }

    fn report(&mut self, _: &Diagnostic, _: &Sources, _: Screen) {}
}
