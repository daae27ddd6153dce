//! Completion with Tab.

use crate::terminal::Terminal;

#[test]
fn names_are_completed_and_listed_with_what_they_are() {
    let Some(mut terminal) = Terminal::start("names", &[]) else { return };
    terminal.enter("velocity = [1.0 2; 3 4]; velocities(t; scale = 2) = scale * t;", "hlang>");
    terminal.clear();
    terminal.type_in("velo\t");
    terminal.shows("velocities(t; scale = 2)  your function");
    terminal.shows("velocity                  2×2 Matrix{Float64}");
    terminal.ends_with("hlang> velocit");
    terminal.is_pictured();
    terminal.type_in("y\x15tranp\x15kro\t");
    terminal.ends_with("hlang> kron");
    terminal.type_in("\x15eig\t");
    terminal.shows("eigvals(A");
    terminal.type_in("\x15elsei\t");
    terminal.ends_with("hlang> elseif");
}

#[test]
fn keyword_arguments_inside_a_call() {
    let Some(mut terminal) = Terminal::start("keywords", &[]) else { return };
    terminal.enter("f(x; scale = 2, shift = 0) = scale * x + shift;", "hlang>");
    terminal.type_in("f(1; sc\t");
    terminal.ends_with("hlang> f(1; scale=");
    terminal.type_in("\x15sum([1 2]; di\t");
    terminal.ends_with("hlang> sum([1 2]; dims=");
}

#[test]
fn fields_macros_and_paths() {
    let Some(mut terminal) = Terminal::start("fields", &[]) else { return };
    terminal.enter("point = (height = 1, width = 2);", "hlang>");
    terminal.type_in("point.he\t");
    terminal.ends_with("hlang> point.height");
    terminal.type_in("\x15@elap\t");
    terminal.ends_with("hlang> @elapsed");
    terminal.type_in("\x15include(\"tests/prompt/comp\t");
    terminal.ends_with("hlang> include(\"tests/prompt/completion.rs");
    terminal.type_in("\x15;ls Cargo.to\t");
    terminal.ends_with(";ls Cargo.toml");
}

#[test]
fn symbols_by_their_names() {
    let Some(mut terminal) = Terminal::start("symbols", &[]) else { return };
    for (name, symbol) in [("\\odot", "⊙"), ("\\alpha", "α"), ("\\otimes", "⊗"), ("x\\_1", "x₁"), ("\\oti", "\\otimes")]
    {
        terminal.type_in(name);
        terminal.type_in("\t");
        terminal.ends_with(&format!("hlang> {symbol}"));
        terminal.type_in("\x15");
        terminal.ready();
    }
}
