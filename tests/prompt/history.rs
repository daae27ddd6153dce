//! Earlier inputs.

use crate::terminal::{DOWN, Terminal, UP, fresh_state, state};

#[test]
fn history_is_remembered_even_if_the_window_is_closed() {
    fresh_state("history");
    let Some(mut terminal) = Terminal::start("history", &[]) else { return };
    terminal.enter("remembered = 6 * 7", "42");
    terminal.type_in("begin\r1 + 2\rend\r");
    terminal.shows("\n3\n");
    terminal.ready();
    terminal.kill();
    let Some(mut terminal) = Terminal::start("history", &[]) else { return };
    terminal.type_in(UP);
    terminal.ends_with("hlang> begin\n           1 + 2\n       end");
    terminal.type_in(&UP.repeat(3));
    terminal.ends_with("hlang> remembered = 6 * 7");
    terminal.enter("", "42");
}

#[test]
fn up_finds_inputs_that_begin_so() {
    fresh_state("prefix");
    let Some(mut terminal) = Terminal::start("prefix", &[]) else { return };
    terminal.enter("alpha = 1", "1");
    terminal.enter("beta = 2", "2");
    terminal.enter("alpha = 3", "3");
    terminal.clear();
    terminal.type_in("al");
    terminal.type_in(UP);
    terminal.ends_with("hlang> alpha = 3");
    terminal.type_in(UP);
    terminal.ends_with("hlang> alpha = 1");
    terminal.type_in(DOWN);
    terminal.ends_with("hlang> alpha = 3");
    terminal.type_in(DOWN);
    terminal.ends_with("hlang> al");
}

#[test]
fn an_input_stands_once_in_a_row() {
    fresh_state("twice");
    let Some(mut terminal) = Terminal::start("twice", &[]) else { return };
    terminal.enter("first = 1", "1");
    terminal.enter("second = 2", "2");
    terminal.enter("second = 2", "2");
    terminal.clear();
    terminal.type_in(UP);
    terminal.ends_with("hlang> second = 2");
    terminal.type_in(UP);
    terminal.ends_with("hlang> first = 1");
}

#[test]
fn sessions_keep_each_others_inputs() {
    fresh_state("several");
    let (Some(mut one), Some(mut other)) = (Terminal::start("several", &[]), Terminal::start("several", &[])) else {
        return;
    };
    one.enter("from_one = 1", "1");
    other.enter("from_other = 2", "2");
    one.enter("again_one = 3", "3");
    one.kill();
    other.kill();
    let Some(mut later) = Terminal::start("several", &[]) else { return };
    for part in ["from_one", "from_other", "again_one"] {
        later.type_in(&format!("{part}{UP}"));
        later.ends_with(match part {
            "from_one" => "from_one = 1",
            "from_other" => "from_other = 2",
            _ => "again_one = 3",
        });
        // Ctrl-C leaves the line, and with it the place among the inputs.
        later.type_in("\x03");
        later.ready();
    }
}

#[test]
fn ctrl_r_searches() {
    fresh_state("search-history");
    let Some(mut terminal) = Terminal::start("search-history", &[]) else { return };
    terminal.enter("alpha = 1", "1");
    terminal.enter("beta = 2", "2");
    terminal.type_in("\x12lph");
    terminal.shows("(reverse-i-search)`lph': alpha = 1");
    terminal.type_in("\r");
    terminal.shows("hlang> alpha = 1");
    terminal.ready();
}

#[test]
fn the_inputs_of_a_session_become_a_script() {
    fresh_state("script");
    let file = state("script").join("work.hlang");
    let Some(mut terminal) = Terminal::start("script", &[]) else { return };
    terminal.enter("x = 20", "\n20\n");
    terminal.enter("nosuch", "UndefVarError");
    terminal.type_in("function twice(y)\r2y\rend\r");
    terminal.shows("twice (generic function");
    terminal.ready();
    terminal.enter("whos", "Int64");
    terminal.enter("println(twice(x) + 2)", "\n42\n");
    terminal.clear();
    terminal
        .enter("history", "hlang> history\nx = 20\nfunction twice(y)\n    2y\nend\nprintln(twice(x) + 2)\n\nhlang>");
    // Twice: the file that history has made may be made again.
    for _ in 0..2 {
        terminal.enter(&format!("history({:?})", file.display().to_string()), "hlang>");
    }
    let text = std::fs::read_to_string(&file).expect("it is written");
    assert_eq!(
        text,
        "# The inputs of a session of hlang.\nx = 20\nfunction twice(y)\n    2y\nend\nprintln(twice(x) + 2)\n"
    );
    let ran = crate::support::run(crate::support::hlang().arg(&file), b"", 60);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(0), "42\n"), "{ran:?}");
    std::fs::write(&file, "precious\n").expect("it is ours");
    terminal.enter(&format!("history({:?})", file.display().to_string()), "history has not made it");
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), "precious\n");
}
