//! Grey text after the cursor: what an error offers.

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
        terminal.ends_with("hlang> C = A .* A");
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
    terminal.ends_with("hlang> A * A'");
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
