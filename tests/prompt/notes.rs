//! Quiet notes after results, and the pages of errors' codes.

use crate::terminal::Terminal;

#[test]
fn a_matrix_function_is_noted_once() {
    let Some(mut terminal) = Terminal::start("notes", &[]) else { return };
    terminal.clear();
    terminal.enter("S = [0 1; 0 0]; exp(S)", "notes(false) turns these notes off");
    terminal.is_pictured();
    terminal.clear();
    terminal.enter("2 * exp(S)", "2.0");
    assert!(!terminal.screen().contains("note:"), "{}", terminal.screen());
    terminal.enter("S^2", "every element: S .^ 2");
}

#[test]
fn an_errors_code_has_a_page() {
    let Some(mut terminal) = Terminal::start("codes", &[]) else { return };
    terminal.enter("[1 2; 3 4] * [1, 2, 3]", "more: ?H0012");
    terminal.clear();
    // The page is longer than the screen: its end is there.
    terminal.enter("?H0012", "hlang> A * I(3)");
    terminal.clear();
    terminal.enter("?h0099", "no error has the code h0099");
}
