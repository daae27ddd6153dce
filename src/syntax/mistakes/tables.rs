//! The habits that one lexeme tells: operators and words of other languages.

/// An operator or word of another language, and what to write instead.
pub struct Spelling {
    /// As it is written there.
    pub written: &'static str,
    /// Where it is written so; empty for a slip in hlang itself.
    pub language: &'static str,
    /// How hlang says it, in one sentence.
    pub rule: &'static str,
    /// What replaces it.
    pub instead: Instead,
}

/// What replaces a habit.
pub enum Instead {
    /// This, in its place.
    Text(&'static str),
    /// A call of this function with the rest of the line.
    Call(&'static str),
    /// It takes more than an exchange of words.
    Nothing,
}

use Instead::{Call, Nothing, Text};

const fn spelling(written: &'static str, language: &'static str, rule: &'static str, instead: Instead) -> Spelling {
    Spelling { written, language, rule, instead }
}

/// Operators.
pub const OPERATORS: &[Spelling] = &[
    spelling("~=", "MATLAB", "not equal is written `!=`", Text("!=")),
    spelling("<>", "Basic", "not equal is written `!=`", Text("!=")),
    spelling("=<", "Prolog", "less or equal is written `<=`", Text("<=")),
    spelling("**", "Python", "a power is written with `^`", Text("^")),
    spelling(":=", "Pascal", "`=` assigns", Text("=")),
    spelling(".'", "MATLAB", "the transpose is written `A'`, or `transpose(A)` for complex numbers", Text("'")),
    spelling("%*%", "R", "`*` is the matrix product", Text("*")),
    spelling("%o%", "R", "the outer product of two vectors is `x * y'`", Text("* ")),
    spelling("%in%", "R", "`x in v` asks for one element, `in.(x, Ref(v))` for each", Text("in")),
    spelling("%%", "R", "the remainder is `%`", Text("%")),
    spelling("%/%", "R", "integer division is `÷`", Text("÷")),
    spelling("++", "C", "add one with `x += 1`", Nothing),
    spelling("--", "C", "take one away with `x -= 1`", Nothing),
    spelling("..", "Ruby", "a range is written `a:b`", Text(":")),
    spelling("-->", "Julia's arrow", "a function is written `x -> …`, a pair `a => b`", Text("->")),
    spelling(
        "<:",
        "a question about types in Julia",
        "hlang has no type hierarchy to declare; test a value with `x isa Number`",
        Nothing,
    ),
    spelling(
        ">:",
        "a question about types in Julia",
        "hlang has no type hierarchy to declare; test a value with `x isa Number`",
        Nothing,
    ),
    spelling("`", "Julia's way to run a command", "hlang runs no other programs", Nothing),
    spelling("$", "Julia's interpolation", "`$` inserts values only in strings: `\"x = $x\"`", Nothing),
];

/// Words that stand before or between expressions.
pub const WORDS: &[Spelling] = &[
    spelling("elif", "Python", "a further condition is `elseif`", Text("elseif")),
    spelling("elsif", "Ruby", "a further condition is `elseif`", Text("elseif")),
    spelling("and", "Python", "both conditions: `a && b`", Text("&&")),
    spelling("or", "Python", "one of the conditions: `a || b`", Text("||")),
    spelling("not", "Python", "the opposite: `!a`", Text("!")),
    spelling("is", "Python", "equality is `==`", Text("==")),
    spelling("then", "Lua", "the body follows the condition on a new line", Text(";")),
    spelling("print", "Python 2", "a call has parentheses: `println(x)`", Call("println")),
    spelling("println", "", "a call has parentheses: `println(x)`", Call("println")),
    spelling("disp", "a command of MATLAB", "a call has parentheses: `disp(x)`", Call("disp")),
    spelling("display", "", "a call has parentheses: `display(x)`", Call("display")),
    spelling("echo", "a shell", "a call has parentheses: `println(x)`", Call("println")),
    spelling("puts", "Ruby", "a call has parentheses: `println(x)`", Call("println")),
    spelling("error", "", "a call has parentheses: `error(\"…\")`", Call("error")),
    spelling("throw", "", "a call has parentheses: `throw(e)`", Call("throw")),
    spelling("raise", "Python", "an error is raised with `error(\"…\")`", Call("error")),
    spelling("assert", "Python", "a check is `@assert x > 0`", Text("@assert")),
    spelling("func", "Go", "a function is `function f(x) … end` or `f(x) = …`", Text("function")),
    spelling("fn", "Rust", "a function is `function f(x) … end` or `f(x) = …`", Text("function")),
    spelling("sub", "Basic", "a function is `function f(x) … end` or `f(x) = …`", Text("function")),
    spelling("var", "JavaScript", "a variable begins with its first value: `x = 1`", Text("")),
    spelling("int", "C", "a variable begins with its first value: `x = 1`", Text("")),
    spelling("double", "C", "a variable begins with its first value: `x = 1`", Text("")),
    spelling("switch", "C and MATLAB", "cases are told apart by `if … elseif … else … end`", Nothing),
    spelling("case", "C and MATLAB", "cases are told apart by `if … elseif … else … end`", Nothing),
    spelling("unless", "Ruby", "the opposite of a condition is `if !c`", Nothing),
    spelling("until", "Lua", "a loop goes on while its condition holds: `while !c … end`", Nothing),
    spelling("repeat", "Lua", "a loop is `while c … end` or `for i in 1:n … end`", Nothing),
    spelling("foreach", "PHP", "a loop is `for x in v … end`", Text("for")),
    spelling("where", "a type parameter in Julia", "hlang has no type annotations", Nothing),
    spelling("abstract", "a type definition in Julia", "hlang cannot define types", Nothing),
    spelling("primitive", "a type definition in Julia", "hlang cannot define types", Nothing),
    spelling(
        "clear",
        "a command of MATLAB",
        "a program's variables stay until it ends; at the prompt, `clear x` forgets one",
        Nothing,
    ),
    spelling("close", "a command of MATLAB", "hlang has no windows", Nothing),
    spelling("hold", "a command of MATLAB", "hlang has no plots", Nothing),
    spelling("format", "a command of MATLAB", "results are shown in other styles with `style(\"matlab\")`", Nothing),
    spelling("from", "Python", "everything is loaded already: leave the line out", Nothing),
];

/// Words of Julia for what hlang does not have.
pub const UNSUPPORTED: &[(&str, &str)] = &[
    ("struct", "no types can be defined; a named tuple holds several values: `(x = 1, y = 2)`"),
    ("module", "a program is one file; `include(\"other.hlang\")` runs another one"),
    ("baremodule", "a program is one file; `include(\"other.hlang\")` runs another one"),
    ("macro", "no macros can be defined; a function does for most"),
    ("quote", "programs are not values; a function holds code for later: `() -> …`"),
    ("export", "there are no modules, so that every name can be used anywhere"),
];

/// Words that end a block elsewhere.
pub const ENDS: &[(&str, &str)] = &[
    ("endif", "Octave"),
    ("endfor", "Octave"),
    ("endwhile", "Octave"),
    ("endfunction", "Octave"),
    ("end_try_catch", "Octave"),
    ("fi", "a shell"),
    ("done", "a shell"),
    ("next", "Basic"),
    ("wend", "Basic"),
];

/// A spelling of another language as the help tells of it.
pub struct Habit {
    /// Where it is written so; empty for a slip in hlang itself.
    pub language: &'static str,
    /// How hlang says it, in one sentence.
    pub rule: &'static str,
    /// What is written in its place, where that is one word.
    pub instead: Option<&'static str>,
}

/// What is known of an operator or word that is not hlang's.
pub fn habit(written: &str) -> Option<Habit> {
    if written == "@" {
        return Some(Habit { language: "Python", rule: "`*` is the matrix product", instead: Some("*") });
    }
    if let Some(spelling) = OPERATORS.iter().chain(WORDS).find(|spelling| spelling.written == written) {
        let instead = match spelling.instead {
            Text(text) => Some(text),
            Call(_) | Nothing => None,
        };
        return Some(Habit { language: spelling.language, rule: spelling.rule, instead });
    }
    if let Some((_, rule)) = UNSUPPORTED.iter().find(|(word, _)| *word == written) {
        return Some(Habit { language: "Julia", rule, instead: None });
    }
    let (_, language) = ENDS.iter().find(|(word, _)| *word == written)?;
    Some(Habit { language, rule: "every block ends with `end`", instead: Some("end") })
}
