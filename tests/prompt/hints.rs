//! Grey text after the cursor: what an error offers, and the size of what is typed.

use crate::terminal::{RIGHT, Terminal};

#[test]
fn an_offered_line_is_one_key_away() {
    for key in ["\t", RIGHT, "\x1b1"] {
        let Some(mut terminal) = Terminal::start("offer", &[]) else { return };
        terminal.enter("A = [1 2 3; 4 5 6];", "hlang>");
        terminal.enter("C = A * A", "hlang> C = A .* A   Alt-2: C = A * A'   Alt-3: C = A' * A");
        terminal.clear();
        terminal.ends_with("Alt-3: C = A' * A");
        terminal.is_pictured();
        terminal.type_in(key);
        terminal.ends_with("hlang> C = A .* A  ⟨2×3⟩");
        terminal.enter("", "2×3 Matrix{Int64}:\n  1   4   9\n");
    }
}

#[test]
fn several_offers_are_numbered() {
    let Some(mut terminal) = Terminal::start("offers", &[]) else { return };
    terminal.enter("A = [1 2 3; 4 5 6];", "hlang>");
    terminal.enter("A * A", "Alt-2: A * A'");
    terminal.clear();
    terminal.type_in("\x1b2");
    terminal.ends_with("hlang> A * A'  ⟨2×2⟩");
    terminal.enter("", "2×2 Matrix{Int64}:\n 14  32\n 32  77\n");
}

#[test]
fn any_other_key_ignores_the_offer() {
    let Some(mut terminal) = Terminal::start("ignored", &[]) else { return };
    terminal.enter("tranpose([1 2])", "hlang> transpose([1 2])");
    terminal.type_in("1");
    terminal.ends_with("hlang> 1");
    terminal.enter(" + 1", "\n2\n\nhlang>");
    terminal.ends_with("\n2\n\nhlang>");
}

#[test]
fn operands_that_are_called_by_letters_are_written_out() {
    let Some(mut terminal) = Terminal::start("letters", &[]) else { return };
    terminal.enter("y = [1,2] + 3", "hlang> y = [1,2] .+ 3");
}

#[test]
fn the_size_of_what_is_typed_stands_behind_it() {
    let Some(mut terminal) = Terminal::start("sizes", &[]) else { return };
    terminal.enter("A = [1 2 3; 4 5 6]; B = 2A;", "hlang>");
    terminal.clear();
    terminal.type_in("A * B'");
    terminal.ends_with("hlang> A * B'  ⟨2×2⟩");
    terminal.is_pictured();
    let (grey, _) = terminal.paint_of("⟨");
    assert_ne!(grey, terminal.paint_of("B'").0);
    terminal.type_in("\x7f");
    terminal.ends_with("hlang> A * B  ⟨2×3 * 2×3 ✗⟩");
    terminal.is_pictured();
    // No key takes it, and nothing is left of it in what was run.
    terminal.type_in(RIGHT);
    terminal.type_in("'");
    terminal.enter("", "hlang> A * B'\n2×2 Matrix{Int64}:\n");
    terminal.type_in("zeros(2, 3) .+ [1, 2");
    terminal.ends_with("[1, 2");
    terminal.type_in("]\r");
    terminal.ready();
    terminal.type_in("begin\r    A' * B\rend");
    terminal.ends_with("end  ⟨3×3⟩");
}

#[test]
fn a_size_is_told_without_running_anything() {
    let Some(mut terminal) = Terminal::start("unevaluated", &[]) else { return };
    terminal.enter("v = [1, 2]; f(x) = (push!(v, 1); [1 2]);", "hlang>");
    for text in ["f(v)", "[push!(v, 3) v]", "println(v)"] {
        terminal.type_in(text);
        terminal.ends_with(&format!("hlang> {text}"));
        terminal.type_in("\x15");
        terminal.ready();
    }
    terminal.enter("v", "2-element Vector{Int64}:\n 1\n 2\n");
}
