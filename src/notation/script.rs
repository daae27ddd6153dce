//! What scripts look like in the systems that whole scripts are written for: heads of blocks, printing, comments.

use super::kind::{Kind, Shape};
use super::system::System;
use super::systems::{JULIA, MATLAB, NUMPY};

/// The arguments of a call, written, with their kinds.
pub type Arguments = [(String, Kind)];

/// Statements of a system. In heads `$1`, `$2` are the parts.
pub struct Script {
    pub comment: &'static str,
    /// Lines before everything else.
    pub head: &'static [&'static str],
    /// What stands after a statement.
    pub terminator: &'static str,
    pub if_head: &'static str,
    pub elseif_head: &'static str,
    pub else_head: &'static str,
    pub while_head: &'static str,
    /// Names and what they go through.
    pub for_head: &'static str,
    /// The end of a block, if it has one,
    pub end: &'static str,
    /// and what stands in an empty one.
    pub empty: &'static str,
    /// Name, parameters, results.
    pub function_head: &'static str,
    /// A function of one expression: name, parameters, expression.
    pub short_function: &'static str,
    /// Are such functions values, which are called for every element under their own name?
    pub short_functions: bool,
    /// Do functions name what they give?
    pub named_results: bool,
    pub tuples: Tuples,
    /// What stands before an assignment in a loop to a variable from outside of it.
    pub from_outside: &'static str,
    /// `x .= v`
    pub fill: &'static str,
    /// `A[i, :] .= v`: the sign.
    pub fill_part: &'static str,
    /// Does a name or parameter get a copy of an array?
    pub copies: bool,
    /// Is a part of an array another view of it?
    pub views: bool,
    /// What `enumerate(v)` is in the head of a loop with two names.
    pub enumerate: Option<&'static str>,
    /// Calls that are statements.
    pub commands: &'static [(&'static str, Command)],
    /// Macros, with the text of the first argument before `=` in quotes.
    pub macros: &'static [(&'static str, Macro)],
}

/// Writes a call that is a statement; `None` for arguments that it has no form for.
pub type Command = fn(&Arguments) -> Option<String>;

/// Writes a macro likewise, of arguments and the text of the first one in quotes.
pub type Macro = fn(&Arguments, &str) -> Option<String>;

/// Several names at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tuples {
    /// `a, b = b, a`
    Listed,
    /// `[a, b] = deal(b, a)`
    Dealt,
}

impl Script {
    /// A statement with its end.
    pub fn statement(&self, text: &str) -> String {
        format!("{text}{}", self.terminator)
    }

    /// The names of so many results of a function; none where `return` gives them.
    pub fn results(&self, count: usize) -> Vec<String> {
        match (self.named_results, count) {
            (false, _) => Vec::new(),
            (true, 0 | 1) => vec!["result".to_string()],
            (true, count) => (1..=count).map(|k| format!("result{k}")).collect(),
        }
    }
}

/// The systems that whole scripts are written for.
pub fn script(system: &System) -> Option<&'static Script> {
    let all = [(&MATLAB, &MATLAB_SCRIPT), (&JULIA, &JULIA_SCRIPT), (&NUMPY, &NUMPY_SCRIPT)];
    all.into_iter().find(|(known, _)| known.name == system.name).map(|(_, script)| script)
}

static NUMPY_SCRIPT: Script = Script {
    comment: "#",
    head: &["import numpy as np", ""],
    terminator: "",
    if_head: "if $1:",
    elseif_head: "elif $1:",
    else_head: "else:",
    while_head: "while $1:",
    for_head: "for $1 in $2:",
    end: "",
    empty: "pass",
    function_head: "def $1($2):",
    short_function: "def $1($2):\n    return $3",
    short_functions: false,
    named_results: false,
    tuples: Tuples::Listed,
    from_outside: "",
    fill: "$1[...] = $2",
    fill_part: "=",
    copies: false,
    views: true,
    enumerate: Some("enumerate($1, start=1)"),
    commands: &[
        ("println", |args| Some(format!("print({})", python_arguments(args, "")))),
        ("print", |args| Some(format!("print({})", python_arguments(args, "end=\"\"")))),
        ("display", |args| Some(format!("print({})", python_arguments(args, "")))),
        ("disp", |args| Some(format!("print({})", python_arguments(args, "")))),
        ("error", |args| Some(format!("raise RuntimeError({})", listed(args)))),
        ("push!", |args| pair(args, |v, x| format!("{v} = np.append({v}, {x})"))),
    ],
    macros: &[
        ("show", |args, label| Some(format!("print({label}, {}, sep=\"\")", listed(args)))),
        ("assert", |args, _| Some(format!("assert {}", listed(args)))),
        ("test", |args, _| Some(format!("assert {}", listed(args)))),
        ("printf", |args, _| match args {
            [format] => Some(format!("print({} % (), end=\"\")", format.0)),
            [format, rest @ ..] => Some(format!("print({} % ({},), end=\"\")", format.0, listed(rest))),
            [] => None,
        }),
    ],
};

static MATLAB_SCRIPT: Script = Script {
    comment: "%",
    head: &["1;  % so that Octave takes it as a script", ""],
    terminator: ";",
    if_head: "if $1",
    elseif_head: "elseif $1",
    else_head: "else",
    while_head: "while $1",
    for_head: "for $1 = $2",
    end: "end",
    empty: "",
    function_head: "function $3 = $1($2)",
    short_function: "$1 = @($2) $3;",
    short_functions: true,
    named_results: true,
    tuples: Tuples::Dealt,
    from_outside: "",
    fill: "$1(:) = $2",
    fill_part: "=",
    copies: true,
    views: false,
    enumerate: None,
    commands: &[
        ("println", |args| Some(format!("disp({})", matlab_text(args)))),
        ("print", |args| Some(format!("fprintf('%s', {})", matlab_text(args)))),
        ("display", |args| Some(format!("disp({})", listed(args)))),
        ("disp", |args| Some(format!("disp({})", listed(args)))),
        ("error", |args| Some(format!("error({})", listed(args)))),
        ("push!", |args| pair(args, |v, x| format!("{v}(end + 1, 1) = {x}"))),
    ],
    macros: &[
        ("show", |args, label| Some(format!("disp([{label}, {}])", matlab_text(args)))),
        ("assert", |args, _| Some(format!("assert({})", listed(args)))),
        ("test", |args, _| Some(format!("assert({})", listed(args)))),
        ("printf", |args, _| Some(format!("fprintf({})", listed(args)))),
    ],
};

static JULIA_SCRIPT: Script = Script {
    comment: "#",
    head: &["using LinearAlgebra, Printf, Statistics, Test", ""],
    terminator: "",
    if_head: "if $1",
    elseif_head: "elseif $1",
    else_head: "else",
    while_head: "while $1",
    for_head: "for $1 in $2",
    end: "end",
    empty: "",
    function_head: "function $1($2)",
    short_function: "$1($2) = $3",
    short_functions: true,
    named_results: false,
    tuples: Tuples::Listed,
    from_outside: "global ",
    fill: "$1 .= $2",
    fill_part: ".=",
    copies: false,
    views: false,
    enumerate: Some("enumerate($1)"),
    commands: &[
        ("println", |args| Some(format!("println({})", listed(args)))),
        ("print", |args| Some(format!("print({})", listed(args)))),
        ("display", |args| Some(format!("display({})", listed(args)))),
        ("disp", |args| Some(format!("display({})", listed(args)))),
        ("error", |args| Some(format!("error({})", listed(args)))),
        ("push!", |args| Some(format!("push!({})", listed(args)))),
    ],
    macros: &[
        ("show", |args, _| Some(format!("@show({})", listed(args)))),
        ("assert", |args, _| Some(format!("@assert({})", listed(args)))),
        ("test", |args, _| Some(format!("@test({})", listed(args)))),
        ("printf", |args, _| Some(format!("@printf({})", listed(args)))),
    ],
};

fn listed(args: &Arguments) -> String {
    args.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(", ")
}

fn pair(args: &Arguments, form: impl Fn(&str, &str) -> String) -> Option<String> {
    match args {
        [(a, _), (b, _)] => Some(form(a, b)),
        _ => None,
    }
}

/// Arguments of `print`: without blanks between several.
fn python_arguments(args: &Arguments, end: &str) -> String {
    let separator = if args.len() > 1 { "sep=\"\"" } else { "" };
    let all = [listed(args), separator.to_string(), end.to_string()];
    all.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// Arguments as one text: numbers and arrays by the functions that make texts of them.
fn matlab_text(args: &Arguments) -> String {
    let part = |(text, kind): &(String, Kind)| match kind.shape {
        Shape::Text => text.clone(),
        Shape::Number => format!("num2str({text})"),
        Shape::Vector | Shape::Row | Shape::Matrix | Shape::Function | Shape::Other => format!("mat2str({text})"),
    };
    match args {
        [] => "''".to_string(),
        [one] if one.1.shape == Shape::Text => one.0.clone(),
        [one] => part(one),
        many => format!("[{}]", many.iter().map(part).collect::<Vec<_>>().join(", ")),
    }
}
