//! How results look: digits, pagers, wide characters, and terminals that show less.

use crate::terminal::Terminal;
use vt100::Color;

#[test]
fn format_changes_the_digits() {
    let Some(mut terminal) = Terminal::start("format", &[]) else { return };
    terminal.enter("x = [1/3 1000pi];", "hlang>");
    terminal.enter("format long", "hlang>");
    terminal.enter("x", " 0.3333333333333333  3141.592653589793\n");
    terminal.enter("format rational", "hlang>");
    terminal.enter("x[1]", "\n1/3\n");
    terminal.enter("format(\"short\")", "hlang>");
    terminal.enter("pi^5", "\n306.02\n");
    terminal.enter("format 3", "hlang>");
    terminal.enter("exp(1)", "\n2.72\n");
    terminal.enter("format", "hlang>");
    terminal.enter("x", " 0.333333  3141.59\n");
    terminal.clear();
    terminal.enter("format rational", "hlang>");
    terminal.enter("[1/3 0.75; 2.5 -1/7]", " 1/3   3/4\n 5/2  -1/7\n");
    terminal.is_pictured();
    terminal.enter("format wide", "a format is \"short\", \"long\"");
}

#[test]
fn the_line_that_names_size_and_type_has_a_colour() {
    let Some(mut terminal) = Terminal::start("header", &[]) else { return };
    terminal.enter("[1 2; 30 40]", "2×2 Matrix{Int64}:\n  1   2\n 30  40\n");
    assert_ne!(terminal.paint_of("2×2 Matrix").0, Color::Default);
    assert_eq!(terminal.paint_of("30  40").0, Color::Default);
    let Some(mut plain) = Terminal::start("header", &["--color", "never"]) else { return };
    plain.enter("[1 2; 30 40]", "2×2 Matrix{Int64}:\n");
    assert_eq!(plain.paint_of("2×2 Matrix").0, Color::Default);
}

#[test]
fn a_pager_shows_all_of_a_value() {
    let paged = Terminal::start_with("pager", |command| {
        command.env("PAGER", "tail -n 2 | sed 's/^/paged:/'");
    });
    let Some(mut terminal) = paged else { return };
    terminal.ready();
    terminal.enter("x = collect(1:200);", "hlang>");
    terminal.enter("page(x)", "\npaged: 199\npaged: 200\n");
    terminal.clear();
    terminal.enter("page x", "\npaged: 199\npaged: 200\n");
    terminal.enter("x[3:4];", "hlang>");
    terminal.enter("page", "paged: 3\npaged: 4\n");
    let without = Terminal::start_with("pager", |command| {
        command.env("PAGER", "there-is-no-such-pager 2>/dev/null");
    });
    let Some(mut terminal) = without else { return };
    terminal.ready();
    terminal.enter("page(collect(1:200))", "\n 199\n 200\n");
}

#[test]
fn wide_characters_stand_in_columns() {
    let Some(mut terminal) = Terminal::start("wide", &[]) else { return };
    terminal.enter("[\"日本\" \"x\"; \"a\" \"é\"]", " \"日本\"  \"x\"\n \"a\"     \"é\"\n");
    // The cursor goes over two columns at once.
    terminal.type_in("\"日本\"\x01\x1b[C\x1b[C");
    let column = 7 + 3;
    let there = crate::support::wait_for(10, || terminal.cursor().1 == column);
    assert!(there, "{:?}\n{}", terminal.cursor(), terminal.screen());
}

#[test]
fn a_terminal_without_unicode_gets_ascii() {
    for (name, value) in [("LANG", "C"), ("LC_ALL", "en_US.ISO-8859-1"), ("LC_CTYPE", "POSIX")] {
        let terminal = Terminal::start_with("ascii", |command| {
            command.env(name, value);
        });
        let Some(mut terminal) = terminal else { return };
        terminal.ready();
        terminal.enter("A = [1 2 3; 4 5 6]", "2x3 Matrix{Int64}:\n 1  2  3\n");
        terminal.type_in("A * A");
        terminal.shows("A * A  <2x3 * 2x3 x>");
        terminal.enter("", "DimensionMismatch: 2x3 times 2x3");
        terminal.enter("zeros(2, 100)", " 0.0  0.0");
        terminal.enter("?kron", "see also");
        terminal.type_in("kro\t");
        assert!(terminal.screen().is_ascii(), "{}", terminal.screen());
    }
}

#[test]
fn a_dumb_terminal_gets_lines_alone() {
    let dumb = Terminal::start_with("dumb", |command| {
        command.env("TERM", "dumb");
    });
    let Some(mut terminal) = dumb else { return };
    terminal.shows("hlang>");
    terminal.type_in("A = [1 2; 3 4]\r");
    terminal.shows("2×2 Matrix{Int64}:\n 1  2\n 3  4\n");
    terminal.type_in("for i in 1:2\r  println(i * 10)\rend\r");
    terminal.shows("\n10\n20\n");
    terminal.type_in("A * [1]\r");
    terminal.shows("DimensionMismatch");
    assert_eq!(terminal.paint_of("DimensionMismatch"), (Color::Default, false));
    assert!(!terminal.screen().contains('⟨'), "{}", terminal.screen());
}
