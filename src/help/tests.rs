//! What the help says is true: its examples are run, every sign is read by the parser, foreign names lead somewhere.

use super::signs::{SIGNS, lookup};
use super::{about, signs};
use crate::library::{self, foreign};
use crate::session::Session;
use crate::value::display::display_text;
use crate::value::{Digits, Screen, Style};

const SCREEN: Screen = Screen { rows: 24, cols: 80, style: Style::Julia, digits: Digits::Usual };

fn session() -> Session {
    Session::new(Box::new(signs::Unheard), SCREEN)
}

fn help(topic: &str) -> String {
    about(&session(), topic, false)
}

#[test]
fn examples_show_what_they_say() {
    for sign in SIGNS {
        for (line, output) in sign.examples {
            // What is run when the page is shown is always true.
            if output.is_empty() {
                continue;
            }
            let value = session().eval("help", line).unwrap_or_else(|error| panic!("{line}: {}", error.message));
            let shown = value.map_or(String::new(), |value| display_text(&value, SCREEN));
            assert_eq!(shown, *output, "{line}");
        }
    }
}

#[test]
fn the_two_products_stand_side_by_side() {
    for topic in ["*", ".*"] {
        let page = help(topic);
        let stands = |left: &str, right: &str| page.lines().any(|line| line.contains(left) && line.ends_with(right));
        assert!(stands("1*5+2*7  1*6+2*8", "1*5  2*6") && stands("19  22", " 5  12"), "{page}");
    }
}

#[test]
fn every_operator_keyword_and_macro_has_help() {
    for (spelling, _) in crate::op::BinaryOp::SPELLINGS {
        assert!(lookup(spelling).is_some() || library::builtin(spelling).is_some(), "{spelling}");
    }
    for name in crate::resolve::macros() {
        assert!(lookup(&format!("@{name}")).is_some(), "@{name}");
    }
    for topic in ["end", "@time", ".+", "!", "π", "Int64", "I", "nothing"] {
        assert!(!help(topic).contains("There is nothing called"), "{topic}");
    }
}

#[test]
fn other_systems_names_have_a_counterpart() {
    assert!(help("%*%").contains("matrix product"));
    assert!(help("@").contains("matrix product"));
    assert!(help("numel").contains("number of elements"));
    assert!(help("np.dot").contains("dot(x, y)"), "{}", help("np.dot"));
    assert!(help("np.linalg.solve").contains("A \\ b"), "{}", help("np.linalg.solve"));
    for entry in foreign::FOREIGN {
        assert!(help(entry.name).contains(entry.here) || library::builtin(entry.name).is_some(), "{}", entry.name);
    }
}

#[test]
fn names_that_are_not_there_get_the_nearest() {
    let page = help("krom");
    assert!(page.contains("`kron`"), "{page}");
}

#[test]
fn words_are_searched() {
    let page = help("\"row sums\"");
    assert!(page.contains("sum(A, dims=2)"), "{page}");
    let page = help("\"kronecker product\"");
    assert!(page.lines().take(3).any(|line| line.contains("kron(")), "{page}");
    assert!(help("\"xyzzy\"").contains("Nothing"));
}

#[test]
fn the_users_functions_show_their_source_and_comment() {
    let mut session = session();
    let text = "x = 1\n# Twice x,\n# for any x.\ntwice(x; by = 2) = by * x\ntwice(x, y) = 2x + 2y\n";
    session.eval("mine.hlang", text).expect("it runs");
    let page = about(&session, "twice", false);
    assert!(page.contains("Twice x,\n  for any x."), "{page}");
    assert!(page.contains("twice(x; by = 2) = by * x") && page.contains("mine.hlang, line 4"), "{page}");
    assert!(page.contains("twice(x, y) = 2x + 2y"), "{page}");
    assert!(about(&session, "x", false).contains("x: Int64"));
}
