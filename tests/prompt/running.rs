//! Inputs, results, errors, interrupts and the ends of a session.

use crate::terminal::Terminal;

#[test]
fn lines_are_run_and_results_shown() {
    let Some(mut terminal) = Terminal::start("lines", &[]) else { return };
    terminal.enter("A = [1 2 3; 4 5 6]", "2×3 Matrix{Int64}:\n 1  2  3\n 4  5  6\n");
    terminal.enter("A .* A", "2×3 Matrix{Int64}:\n  1   4   9\n 16  25  36\n");
    terminal.enter("sum(ans)", "\n91\n");
    terminal.enter("B = 2A;", "hlang> B = 2A;\n\nhlang>");
    terminal.enter("println(\"six: \", B[1, 3])", "\nsix: 6\n");
    terminal.enter("print(\"no newline\")", "\nno newline\n\nhlang>");
}

#[test]
fn an_error_leaves_the_session_alive() {
    let Some(mut terminal) = Terminal::start("error", &[]) else { return };
    terminal.enter("A = [1 2 3; 4 5 6]", "4  5  6");
    terminal.enter("A * A", "DimensionMismatch");
    terminal.enter("nosuchname", "UndefVarError");
    terminal.enter("1 +* 2", "ParseError");
    terminal.enter("zeros(10^7, 10^7)", "OutOfMemoryError");
    terminal.clear();
    terminal.enter("f(x) = f(x + 1) + 1; f(1)", "StackOverflowError");
    terminal.enter("size(A)", "(2, 3)");
}

#[test]
fn ctrl_c_clears_the_line_and_stops_what_runs() {
    let Some(mut terminal) = Terminal::start("interrupt", &[]) else { return };
    terminal.enter("x = 41", "41");
    terminal.type_in("this is not run");
    terminal.shows("not run");
    terminal.type_in("\x03");
    terminal.ready();
    terminal.type_in("begin\r");
    terminal.on_new_line();
    terminal.type_in("\x03");
    terminal.ready();
    terminal.type_in("println(\"begun\"); while true end\r");
    terminal.shows("\nbegun");
    terminal.type_in("\x03");
    terminal.shows("InterruptException");
    terminal.ready();
    terminal.enter("x + 1", "42");
}

#[test]
fn there_are_ways_to_leave() {
    for (keys, status) in [("\x04", 0), ("exit\r", 0), ("quit\r", 0), ("exit(3)\r", 3)] {
        let Some(mut terminal) = Terminal::start("leave", &[]) else { return };
        terminal.type_in(keys);
        assert_eq!(terminal.exit_code(), Some(status), "{keys:?}");
    }
}

#[test]
fn ctrl_d_in_an_unfinished_input_says_what_is_missing() {
    let Some(mut terminal) = Terminal::start("unfinished", &[]) else { return };
    terminal.type_in("for i in 1:3\r");
    terminal.on_new_line();
    terminal.type_in("\x04");
    terminal.shows("ParseError");
    terminal.ready();
    terminal.enter("1 + 1", "2");
}

#[test]
fn a_style_changes_how_results_are_shown() {
    let Some(mut terminal) = Terminal::start("style", &[]) else { return };
    terminal.enter("style(\"matlab\");", "\n");
    terminal.enter("A = [1 2; 3 4]", "A =\n     1     2\n     3     4\n");
}

#[test]
fn variables_are_listed_and_forgotten() {
    let Some(mut terminal) = Terminal::start("clear", &[]) else { return };
    terminal.enter("x = 1; A = [1 2; 3 4];", "hlang>");
    terminal.enter("whos", "A     2×2      32  Matrix{Int64}");
    terminal.enter("clear A", "hlang> clear A\nhlang>");
    terminal.enter("A", "`A` is not defined");
    terminal.enter("clear nosuch", "there is no variable nosuch");
    terminal.enter("sum = 3; sum", "\n3\n");
    terminal.enter("clear", "hlang> clear\nhlang>");
    terminal.enter("sum([1, 2, 3])", "\n6\n");
}

#[test]
fn bare_words_need_no_parentheses() {
    let Some(mut terminal) = Terminal::start("words", &[]) else { return };
    terminal.enter("x = 1", "\n1\n");
    terminal.enter("who", "\nans  x\n");
    terminal.type_in("clc\r");
    let cleared = crate::support::wait_for(10, || terminal.screen().trim_start() == "hlang>");
    assert!(cleared, "{}", terminal.screen());
    terminal.enter("help", "?sum ");
    terminal.enter("who = 3; who", "\n3\n");
    terminal.type_in("exit\r");
    assert_eq!(terminal.exit_code(), Some(0));
}

#[test]
fn a_semicolon_runs_the_shell() {
    let Some(mut terminal) = Terminal::start("shell", &[]) else { return };
    terminal.type_in(";echo shell $((6 * 7))");
    terminal.shows("shell> ;echo");
    terminal.type_in("\r");
    terminal.shows("\nshell 42\n");
    terminal.ready();
    terminal.enter(";exit 3", "exit status: 3");
}

#[test]
fn the_window_may_change_its_size() {
    let Some(mut terminal) = Terminal::start("resize", &[]) else { return };
    terminal.enter("wide = ones(1, 20)", "1.0  1.0");
    terminal.resize(30, 40);
    terminal.clear();
    terminal.enter("wide", "1.0  …  1.0");
}

#[test]
fn the_banner_has_two_lines_and_can_be_turned_off() {
    let Some(terminal) = Terminal::start("banner", &[]) else { return };
    assert_eq!(terminal.cursor().0, 3, "{}", terminal.screen());
    let silent = Terminal::start_with("banner", |command| {
        command.env("HLANG_BANNER", "off");
    });
    let Some(mut terminal) = silent else { return };
    terminal.ready();
    assert_eq!(terminal.screen(), "hlang>");
}
