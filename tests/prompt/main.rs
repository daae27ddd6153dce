//! The prompt through a pseudo-terminal: what is typed, and what is on the screen then.
#![cfg(unix)]

mod completion;
mod editing;
mod help;
mod hints;
mod history;
mod lessons;
mod long;
mod notes;
mod output;
mod running;
mod settings;
#[path = "../support/mod.rs"]
mod support;
mod terminal;
