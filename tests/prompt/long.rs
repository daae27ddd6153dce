//! What takes long: how far it is, and how it is stopped.

use crate::terminal::Terminal;
use std::time::{Duration, Instant};

#[test]
fn a_long_loop_says_how_far_it_is_and_leaves_no_trace() {
    let Some(mut terminal) = Terminal::start("progress", &[]) else { return };
    terminal.type_in("for i in 1:40 sleep(0.1) end; print(\"partial\"); 6 * 7\r");
    terminal.shows(" of 40 (");
    let screen = terminal.screen();
    let line = screen.lines().last().unwrap_or_default();
    assert!(line.contains(" s, round "), "{screen}");
    terminal.shows("\npartial\n42\n");
    terminal.ready();
    assert!(!terminal.screen().contains("round"), "{}", terminal.screen());
}

#[test]
fn anything_long_shows_the_time_but_not_while_it_waits_for_input() {
    let Some(mut terminal) = Terminal::start("elapsed", &[]) else { return };
    terminal.type_in("sleep(60)\r");
    terminal.shows("\n3 s");
    terminal.type_in("\x03");
    terminal.ready();
    assert!(!terminal.screen().contains("3 s"), "{}", terminal.screen());
    terminal.clear();
    terminal.type_in("println(\"asks\"); name = readline()\r");
    terminal.shows("\nasks");
    std::thread::sleep(Duration::from_millis(2600));
    terminal.ends_with("asks");
    terminal.type_in("Ada\r");
    terminal.shows("\n\"Ada\"\n");
}

#[test]
fn it_can_be_turned_off() {
    let directory = crate::terminal::state("no-progress").join("config/hlang");
    std::fs::create_dir_all(&directory).expect("the target directory can be written");
    std::fs::write(directory.join("settings.toml"), "progress = false\n").expect("it is ours");
    let Some(mut terminal) = Terminal::start("no-progress", &[]) else { return };
    terminal.clear();
    terminal.type_in("for i in 1:30 sleep(0.1) end\r");
    std::thread::sleep(Duration::from_millis(2600));
    terminal.ends_with("sleep(0.1) end");
}

/// The best of several tries, beside how long the machine takes to do nothing: it may be busy.
#[test]
fn ctrl_c_stops_it_within_a_tenth_of_a_second() {
    const LIMIT: Duration = Duration::from_millis(100);
    let Some(mut terminal) = Terminal::start("stop", &[]) else { return };
    terminal.enter("A = randn(700, 700); s = 0;", "hlang>");
    for work in [
        "sleep(60)",
        "readline()",
        "svd(A)",
        "eigen(A)",
        "while true s += 1 end",
        "sum(sin(i * j) for i in 1:10^5, j in 1:10^5)",
        "sort(rand(10^8))",
    ] {
        let mut fastest = Duration::MAX;
        for _ in 0..5 {
            terminal.clear();
            let begin = Instant::now();
            terminal.enter("0;", "hlang>");
            let idle = begin.elapsed();
            terminal.type_in(&format!("println(\"begun\"); {work};\r"));
            terminal.shows("\nbegun");
            std::thread::sleep(Duration::from_millis(100));
            let pressed = Instant::now();
            terminal.type_in("\x03");
            terminal.ready();
            terminal.shows("InterruptException");
            fastest = fastest.min(pressed.elapsed().saturating_sub(idle));
            if fastest < LIMIT {
                break;
            }
        }
        assert!(fastest < LIMIT, "{work} took {fastest:?}");
    }
    terminal.enter("size(A)", "(700, 700)");
}
