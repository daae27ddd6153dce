//! Well-formed programs: random expressions over random values, calls of every builtin, indexing, loops and functions.

use crate::dice::Dice;
use hlang::library;

/// Small values, and for every kind of number its ends. Sizes are tiny or impossible, so that memory is no matter of luck.
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "3",
    "4",
    "5",
    "7",
    "-3",
    "63",
    "64",
    "10^10",
    "10^18",
    "typemax(Int64)",
    "typemin(Int64)",
    "0.0",
    "-0.0",
    "0.5",
    "1.5",
    "-2.5",
    "1e-9",
    "1e19",
    "1e308",
    "5e-324",
    "Inf",
    "-Inf",
    "NaN",
    "true",
    "false",
    "im",
    "1 + 2im",
    "-1.5im",
    "complex(NaN, Inf)",
    "π",
];

const OTHERS: &[&str] = &[
    "\"\"",
    "\"a\"",
    "\"abc\"",
    "\"αβ 日\"",
    "\"1 2\"",
    "\"%5.2f %s\"",
    "\"x\\n\\0\"",
    "\"-12\"",
    "nothing",
    "(1, 2)",
    "()",
    "(1,)",
    "(a = 1, b = 2.5)",
    "1 => 2",
    "\"a\" => \"b\"",
    "CartesianIndex(1, 2)",
    "I",
    ":",
    "Int64",
    "Float64",
    "Bool",
    "ComplexF64",
    "String",
    "Vector",
    "Matrix{Float64}",
    "Any",
    "Number",
    "undef",
    "(x for x in 1:3)",
    "ErrorException(\"e\")",
];

const FUNCTIONS: &[&str] = &[
    "+",
    "-",
    "*",
    "max",
    "<",
    "==",
    "isless",
    "sin",
    "sqrt",
    "abs",
    "iseven",
    "string",
    "length",
    "identity",
    "x -> x",
    "x -> x + 1",
    "(x, y) -> x < y",
    "(x, y) -> error(\"no\")",
    "x -> x > 1",
    "() -> 1",
    "(x...) -> x",
    "sum",
    "sin ∘ cos",
    "x -> push!(a, x)",
    "x -> empty!(a)",
    "(x, y) -> (resize!(a, 1); x < y)",
];

const ARRAYS: &[&str] = &[
    "[]",
    "Float64[]",
    "Int64[]",
    "String[]",
    "[1, 2, 3]",
    "[3, 1, 2, 1]",
    "[1.5, NaN, -0.0, Inf]",
    "[true, false]",
    "[1 + im, 2.0]",
    "[\"b\", \"a\"]",
    "Any[1, \"a\", nothing]",
    "[[1, 2], [3]]",
    "[(1, 2), (0, 5)]",
    "1:3",
    "1:0",
    "5:-2:1",
    "0:0.1:1",
    "1:10^18",
    "typemin(Int64):typemax(Int64)",
    "range(0, 1, length = 5)",
    "LinRange(0, 1, 4)",
    "(1:4)'",
    "[1, 2]'",
    "[1 2 3]",
    "[1 2; 3 4]",
    "[1.0 2; 3 4]",
    "[4.0 1; 1 3]",
    "[0 0; 0 0]",
    "[1 2; 2 4]",
    "[1 2 3; 4 5 6]",
    "[1 2; 3 4; 5 6.5]",
    "[NaN 1; 1 2]",
    "[1 im; -im 2]",
    "[true false; false true]",
    "[\"a\" 1; 2 \"b\"]",
    "zeros(0, 0)",
    "zeros(0, 3)",
    "zeros(3, 0)",
    "zeros(Int64, 2, 2)",
    "ones(4, 4)",
    "fill(\"x\", 2)",
    "trues(2, 2)",
    "reshape(1:6, 2, 3)",
    "[1.0]",
    "fill(7, 1, 1)",
    "collect(1.0:12.0)",
    "eachcol([1 2; 3 4])",
    "zip([1, 2], [\"a\", \"b\"])",
    "enumerate([5, 6])",
    "eachindex([1 2; 3 4])",
    "hilb(3)",
    "magic(4)",
];

const BINARY: &[&str] = &[
    "+", "-", "*", "/", "\\", "^", "÷", "%", "==", "!=", "<", "<=", ">", "≥", "≈", "===", "&", "|", "⊻", "<<", ">>",
    ">>>", "//", ":", "∈", "∉", "in", "⋅", "×", "⊗", "⊙", "⊘", "∘", "|>", "=>", "&&", "||", "∪", "∩", "⊆", "isa",
];

const UNARY: &[&str] = &["-", "+", "!", "√", "~", ".-", ".!", ".√"];

const VARIABLES: &[&str] = &["a", "b", "c", "s"];

/// These wait for someone or end the program, where there is nothing to find; or they take files away that others need.
const LEFT_OUT: &[&str] = &["exit", "sleep", "readline", "input", "include", "cd", "rm", "mv", "cp"];

/// Writes programs.
pub struct Generator {
    builtins: Vec<(&'static str, Vec<&'static str>)>,
}

impl Generator {
    /// Learns the names and keywords of the library.
    pub fn new() -> Generator {
        let mut builtins: Vec<_> = library::FAMILIES
            .iter()
            .flat_map(|(_, family)| family.iter())
            .filter(|builtin| !LEFT_OUT.contains(&builtin.name()))
            .map(|builtin| (builtin.name(), keywords(builtin.sig)))
            .collect();
        builtins.sort();
        Generator { builtins }
    }

    /// The statements of a program, as they are entered one after the other.
    pub fn program(&self, dice: &mut Dice) -> Vec<String> {
        let mut lines = vec![format!("a = {}", dice.pick(ARRAYS)), format!("b = {}", dice.pick(ARRAYS))];
        lines.push(format!("c = {}; s = {}", dice.pick(NUMBERS), dice.pick(OTHERS)));
        if dice.once_in(20) {
            lines.push("a = Any[1]; push!(a, a)".to_string());
        }
        if dice.once_in(12) {
            lines.push("style(\"".to_string() + dice.pick(&["matlab", "numpy", "torch"]) + "\")");
        }
        for _ in 0..2 + dice.below(4) {
            lines.push(self.statement(dice, 2));
        }
        lines
    }

    fn statement(&self, dice: &mut Dice, depth: usize) -> String {
        let variable = dice.pick(VARIABLES);
        let value = self.expression(dice, depth);
        match dice.below(22) {
            0..=8 => value,
            9 => format!("{variable} = {value}"),
            10 => format!("{variable}[{}] = {value}", self.indices(dice)),
            11 => format!("{variable}[{}] .{}= {value}", self.indices(dice), dice.pick(BINARY)),
            12 => format!("{variable} .= {value}"),
            13 => format!("{variable} {}= {value}", dice.pick(BINARY)),
            14 => format!("x, y = {value}; {variable} = y"),
            15 => format!("{variable} = @. {value}"),
            16 => format!("for x in {value}\n  k = x\n  {}\n  break\nend", self.inner(dice, depth)),
            17 => format!("n = 0; while n < 3\n  n += 1\n  {}\nend", self.inner(dice, depth)),
            18 => format!("f(x, y = {value}; z = 1) = {}\nf({})", self.inner(dice, depth), self.value(dice)),
            19 => format!("try\n  {}\ncatch e\n  string(e)\nfinally\n  {value}\nend", self.inner(dice, depth)),
            20 => format!("if {value}\n  {}\nend", self.inner(dice, depth)),
            _ => format!("let {variable} = {value}\n  {}\nend", self.inner(dice, depth)),
        }
    }

    fn inner(&self, dice: &mut Dice, depth: usize) -> String {
        if depth == 0 { self.value(dice) } else { self.statement(dice, depth - 1) }
    }

    fn expression(&self, dice: &mut Dice, depth: usize) -> String {
        if depth == 0 {
            return self.value(dice);
        }
        let one = self.expression(dice, depth - 1);
        let two = self.expression(dice, depth - 1);
        match dice.below(20) {
            0..=2 => format!("({one}) {} ({two})", dice.pick(BINARY)),
            3 => format!("({one}) .{} ({two})", dice.pick(BINARY)),
            4 => format!("{}({one})", dice.pick(UNARY)),
            5 => format!("({one})'"),
            6 => format!("({one})[{}]", self.indices(dice)),
            7 => format!("[{one} {two}; {} {}]", self.value(dice), self.value(dice)),
            8 => format!("[{one}, {two}]"),
            9 => format!("({one}, {two})"),
            10 => format!("[{one} for x in {two} if {}]", self.value(dice)),
            11 => format!("[x for x in {one}, y in {two}]"),
            12 => format!("\"$({one}) $a\" * string({two})"),
            13 => format!("({one}) < ({two}) ? {one} : {two}"),
            _ => self.call(dice, depth - 1),
        }
    }

    fn call(&self, dice: &mut Dice, depth: usize) -> String {
        let (name, keywords) = &self.builtins[dice.below(self.builtins.len())];
        let count = [0, 1, 1, 1, 2, 2, 2, 3, 3, 4][dice.below(10)];
        let mut args: Vec<String> = (0..count).map(|_| self.expression(dice, depth)).collect();
        if count > 0 && dice.once_in(4) {
            args[0] = dice.pick(FUNCTIONS).to_string();
        }
        if count > 0 && dice.once_in(20) {
            args[count - 1] = format!("({})...", self.array(dice));
        }
        for keyword in keywords {
            if dice.once_in(2 + keywords.len()) {
                args.push(format!("{keyword} = {}", self.value(dice)));
            }
        }
        let dot = if dice.once_in(6) { "." } else { "" };
        format!("{name}{dot}({})", args.join(", "))
    }

    fn indices(&self, dice: &mut Dice) -> String {
        let count = [0, 1, 1, 1, 2, 2, 2, 3][dice.below(8)];
        let indices: Vec<String> = (0..count)
            .map(|_| match dice.below(6) {
                0 => dice.pick(&["end", "end + 1", "end ÷ 2", "begin", "1:end", "end:-1:1", "end - 10^18"]).to_string(),
                1 => ":".to_string(),
                2 => dice.pick(ARRAYS).to_string(),
                3 => dice.pick(&["1", "2", "3", "0", "-1", "10^18", "true", "2.0", "[1 2; 2 1]"]).to_string(),
                _ => self.value(dice),
            })
            .collect();
        indices.join(", ")
    }

    fn value(&self, dice: &mut Dice) -> String {
        let pool = match dice.below(9) {
            0..=2 => NUMBERS,
            3 | 4 => ARRAYS,
            5 => OTHERS,
            6 if dice.once_in(2) => FUNCTIONS,
            _ => VARIABLES,
        };
        dice.pick(pool).to_string()
    }

    fn array(&self, dice: &mut Dice) -> String {
        let pool = if dice.once_in(3) { VARIABLES } else { ARRAYS };
        dice.pick(pool).to_string()
    }
}

/// The keywords of a signature: what stands behind its `;`.
fn keywords(sig: &'static str) -> Vec<&'static str> {
    let lists = sig.split(" | ").filter_map(|form| form.rsplit_once(')')?.0.split_once("; "));
    let mut names: Vec<&str> = lists.flat_map(|(_, list)| list.split(", ")).collect();
    names.iter_mut().for_each(|name| *name = name.split(" = ").next().unwrap_or(name));
    names.sort();
    names.dedup();
    names
}
