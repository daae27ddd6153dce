//! The user's settings and startup file.

use crate::terminal::{Terminal, state};
use std::path::PathBuf;
use vt100::Color;

/// Puts a file into the directory of a test's settings.
fn put(test: &str, file: &str, text: &str) -> PathBuf {
    let directory = state(test).join("config/hlang");
    std::fs::create_dir_all(&directory).expect("the target directory can be written");
    let file = directory.join(file);
    std::fs::write(&file, text).expect("the target directory can be written");
    file
}

#[test]
fn settings_change_the_prompt() {
    put(
        "settings",
        "settings.toml",
        "banner = false\ncolor = \"never\"\nedit_mode = \"vi\"\nsize_hints = false\nformat = \"short\"\n",
    );
    let Some(mut terminal) = Terminal::start("settings", &[]) else { return };
    assert_eq!(terminal.screen(), "hlang>");
    terminal.enter("x = [pi, 1]", " 3.1416\n 1.0\n");
    terminal.type_in("x .* 2");
    terminal.shows("x .* 2");
    assert_eq!(terminal.paint_of(".*").0, Color::Default);
    assert!(!terminal.screen().contains('⟨'), "{}", terminal.screen());
    terminal.type_in("\x1b");
    terminal.type_in("0dw");
    terminal.ends_with("hlang> .* 2");
}

#[test]
fn a_broken_setting_is_told_and_left_out() {
    put("broken", "settings.toml", "theme = \"blue\"\nbaner = false\nstyle = \"matlab\"\n");
    let Some(mut terminal) = Terminal::start("broken", &[]) else { return };
    terminal.shows("settings.toml:1: theme is \"dark\" or");
    terminal.shows("settings.toml:2: there is no setting baner; did you mean banner?");
    terminal.enter("x = [1 2]", "x =\n     1     2\n");
}

#[test]
fn the_startup_file_is_run() {
    let file = put("startup", "startup.hlang", "started = 6 * 7\ntwice(x) = 2x\nnosuch + 1\nlater = 1\n");
    let Some(mut terminal) = Terminal::start("startup", &[]) else { return };
    terminal.shows("UndefVarError: `nosuch` is not defined");
    terminal.shows("startup.hlang:3:1");
    terminal.enter("twice(started)", "\n84\n");
    let Some(mut terminal) = Terminal::start("startup", &["--no-startup"]) else { return };
    terminal.enter("started", "`started` is not defined");
    let off = Terminal::start_with("startup", |command| {
        command.env("HLANG_STARTUP", "off");
    });
    let Some(mut terminal) = off else { return };
    terminal.ready();
    terminal.enter("started", "`started` is not defined");
    std::fs::write(file, "exit(4)").expect("it is ours");
    let Some(mut terminal) = Terminal::start_with("startup", |_| {}) else { return };
    assert_eq!(terminal.exit_code(), Some(4));
}

#[test]
fn a_light_theme_has_other_colours() {
    put("light", "settings.toml", "theme = \"light\"\n");
    let (Some(mut light), Some(mut dark)) = (Terminal::start("light", &[]), Terminal::start("dark", &[])) else {
        return;
    };
    let colour_of = |terminal: &mut Terminal| {
        terminal.type_in("1 .+ 2");
        terminal.shows("1 .+ 2");
        terminal.paint_of(".+").0
    };
    assert_ne!(colour_of(&mut light), colour_of(&mut dark));
}
