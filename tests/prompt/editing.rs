//! Editing: colours, brackets, blocks, pasting.

use crate::terminal::{ALT_ENTER, LEFT, Terminal, UP};
use vt100::Color;

#[test]
fn what_is_typed_is_coloured() {
    let Some(mut terminal) = Terminal::start("colour", &[]) else { return };
    terminal.enter("A = [1 2; 3 4];", "hlang>");
    terminal.type_in("for i in A .* nosuch \"text\" # why");
    terminal.shows("# why");
    let dotted = terminal.paint_of(".*").0;
    let others = ["for", "\"text\"", "# why", "A .*", "in A"].map(|part| terminal.paint_of(part).0);
    assert!(!others.contains(&dotted), "the dotted operator has a colour of its own: {dotted:?} {others:?}");
    assert_ne!(terminal.paint_of("for").0, Color::Default);
    assert_ne!(terminal.paint_of("\"text\"").0, terminal.paint_of("# why").0);
    assert!(terminal.paint_of("nosuch").1, "an unknown name is dim");
    assert!(!terminal.paint_of("A .*").1 && !terminal.paint_of("i in").1, "known names are not");
}

#[test]
fn brackets_light_up_with_their_partners() {
    let Some(mut terminal) = Terminal::start("brackets", &[]) else { return };
    terminal.type_in("sum([1, 2])");
    terminal.shows("sum([1, 2])");
    assert!(terminal.is_inverse("([") && terminal.is_inverse(")"));
    terminal.type_in(LEFT);
    terminal.type_in(LEFT);
    assert!(terminal.becomes_inverse("[1") && !terminal.is_inverse("(["));
}

#[test]
fn colours_can_be_refused() {
    for (args, variable) in [(&["--color", "never"][..], ""), (&[][..], "1")] {
        let Some(mut terminal) = Terminal::start_with("no-colour", |command| {
            command.args(args).env("NO_COLOR", variable);
        }) else {
            return;
        };
        terminal.ready();
        terminal.type_in("for nosuch .* 2");
        terminal.shows(".* 2");
        for part in ["for", "nosuch", ".*", "2"] {
            assert_eq!(terminal.paint_of(part), (Color::Default, false), "{part}");
        }
    }
}

#[test]
fn an_input_continues_until_it_is_complete() {
    let Some(mut terminal) = Terminal::start("continuation", &[]) else { return };
    terminal.type_in("function twice(x)\r2x\rend");
    terminal.ends_with("hlang> function twice(x)\n           2x\n       end");
    terminal.type_in("\r");
    terminal.shows("twice (generic function with 1 method)");
    terminal.ready();
    terminal.type_in("[1 2\r3 4");
    terminal.ends_with("hlang> [1 2\n        3 4");
    terminal.enter("]", "2×2 Matrix{Int64}:\n 1  2\n 3  4\n");
}

#[test]
fn a_block_is_recalled_and_edited_as_a_whole() {
    let Some(mut terminal) = Terminal::start("block", &[]) else { return };
    terminal.type_in("function f(x)\r2x\rend\r");
    terminal.shows("f (generic function");
    terminal.ready();
    terminal.clear();
    // The block comes back as one; up goes into it, and Enter there adds a line.
    terminal.type_in(UP);
    terminal.ends_with("hlang> function f(x)\n           2x\n       end");
    terminal.is_pictured();
    terminal.type_in(UP);
    terminal.type_in("\x05 + y");
    terminal.ends_with("           2x + y\n       end");
    terminal.type_in("\x01\x0b           y = 5\r");
    terminal.ends_with("function f(x)\n           y = 5\n\n       end");
    terminal.type_in("2x + y");
    terminal.ends_with("function f(x)\n           y = 5\n           2x + y\n       end");
    terminal.type_in("\x1b[B\x05\r");
    terminal.ready();
    terminal.enter("f(1)", "\n7\n");
}

#[test]
fn alt_enter_always_begins_a_line() {
    let Some(mut terminal) = Terminal::start("alt-enter", &[]) else { return };
    terminal.type_in("x = 1");
    terminal.type_in(ALT_ENTER);
    terminal.type_in("x + 1");
    terminal.ends_with("hlang> x = 1\n       x + 1");
    terminal.enter("", "\n2\n");
}

#[test]
fn a_pasted_block_is_one_input() {
    let Some(mut terminal) = Terminal::start("paste", &[]) else { return };
    terminal.type_in("\x1b[200~g(x) =\r  x + 1\r\rg(2)\x1b[201~");
    terminal.ends_with("g(2)");
    terminal.enter("", "\n3\n");
}

#[test]
fn a_pasted_transcript_runs_its_inputs() {
    let transcripts = [
        "julia> x = [1, 2]\r2-element Vector{Int64}:\r 1\r 2\r\rjulia> sum(x) +\r       4\r7\r",
        ">> x = [1, 2];\r>> sum(x) + 4\r\rans =\r\r     7\r",
        "octave:1> x = [1, 2];\roctave:2> sum(x) + 4\rans = 7\r",
        ">>> x = [1,\r... 2]\r>>> sum(x) + 4\r7\r",
        "hlang> x = [1, 2];\r\rhlang> sum(x) + 4\r7\r",
    ];
    for transcript in transcripts {
        let Some(mut terminal) = Terminal::start("transcript", &[]) else { return };
        terminal.type_in(&format!("\x1b[200~{transcript}\x1b[201~\r"));
        terminal.shows("\n7\n\nhlang>");
        assert!(!terminal.screen().contains("Error"), "{}", terminal.screen());
        terminal.enter("x", "2-element Vector{Int64}:\n 1\n 2\n\nhlang>");
    }
}

#[test]
fn the_keys_of_emacs() {
    let Some(mut terminal) = Terminal::start("emacs", &[]) else { return };
    // To the beginning, a word on, a word away, back again with yank; undo.
    terminal.type_in("one two three\x01\x1bf\x1bd");
    terminal.ends_with("hlang> one three");
    terminal.type_in("\x19");
    terminal.ends_with("hlang> one two three");
    terminal.type_in("\x1f");
    terminal.ends_with("hlang> one three");
    terminal.type_in("\x05\x15");
    terminal.ends_with("hlang>");
}

#[test]
fn the_keys_of_vi() {
    let vi = Terminal::start_with("vi", |command| {
        command.env("HLANG_KEYS", "vi");
    });
    let Some(mut terminal) = vi else { return };
    terminal.ready();
    terminal.type_in("one two three\x1b");
    terminal.shows("three");
    terminal.type_in("0dw");
    terminal.ends_with("hlang> two three");
}
