//! Lessons and questions as a learner sees them.

use crate::terminal::{Terminal, UP, fresh_state};

#[test]
fn a_lesson_is_taken() {
    fresh_state("tour");
    let Some(mut terminal) = Terminal::start("tour", &[]) else { return };
    terminal.enter("tour", "Type the matrix with the rows 1 2 and 3 4.");
    terminal.clear();
    terminal.enter("[1, 2, 3, 4]", "Not yet: commas make a vector");
    terminal.enter("[1 2; 3 4]", "Every element times its partner  2 of 10");
    terminal.shows("hlang> A = [1 2; 3 4]\nhlang> B = [10 20; 30 40]");
    terminal.clear();
    terminal.enter("A * B", "Not yet: without a dot");
    terminal.enter("A .* B", "Right. 1 times 10");
    terminal.is_pictured();
    terminal.type_in(UP);
    terminal.ends_with("hlang> A .* B  ⟨2×2⟩");
    terminal.type_in("\x15");
    terminal.ready();
    terminal.clear();
    terminal.enter("hint", "Hint: Row 2 of A is 3 4.");
    terminal.enter("?kron", "see also");
    terminal.clear();
    terminal.enter("skip", "See the difference  4 of 10");
    terminal.enter("stop", "Stopped at step 4 of 10. tour dot goes on from there.");
    terminal.kill();
    let Some(mut terminal) = Terminal::start("tour", &[]) else { return };
    terminal.enter("tour", "See the difference  4 of 10");
    terminal.clear();
    terminal.enter("@explain A .* B", "Right.");
    terminal.enter("tour list", "4 of 10");
}

#[test]
fn the_command_line_begins_a_lesson() {
    fresh_state("learn");
    let Some(mut terminal) = Terminal::start("learn", &["learn", "sizes"]) else { return };
    terminal.shows("Sizes that fit");
    assert!(!terminal.screen().contains("Ctrl-D leaves"), "{}", terminal.screen());
    terminal.enter("length(A)", "Not yet: that is the number of all elements.");
    terminal.enter("size(A)", "Right. 2 rows, 3 columns.");
}

#[test]
fn questions_are_asked() {
    fresh_state("quiz");
    let Some(mut terminal) = Terminal::start("quiz", &["quiz", "1"]) else { return };
    terminal.shows("question 1, level 1");
    terminal.enter("2 + 3", "\n5\n");
    terminal.enter("1", "of 1 so far.");
    terminal.shows("question 2, level 1");
    terminal.enter("stop", "The quiz is over");
    terminal.enter("1", "\n1\n");
}
