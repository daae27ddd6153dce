//! Lessons and questions: every lesson is played with its right and wrong answers, questions of hundreds of seeds are
//! answered by evaluating them, broken lessons are told where they are broken, and whole sessions read as they should.
//!
//! Beside `tests/lessons/x.in`, what a learner types, stands `x.txt`, what is on the screen then; the first line of the
//! input holds the arguments. `HLANG_BLESS=1` writes the texts.

mod support;

use hlang::console::Output;
use hlang::law::Random;
use hlang::learn::quiz::{self, Kind, Question};
use hlang::learn::{Given, LESSONS, Lesson, Room, Tour, Verdict};
use hlang::session::{Session, on_large_stack};
use hlang::value::display::display_text;
use hlang::value::{Digits, Screen, Style};
use hlang::{report, teach, transcript};
use std::path::{Path, PathBuf};

fn lesson(name: &str) -> Lesson {
    match Lesson::named(name) {
        Some(Ok(lesson)) => lesson,
        Some(Err(problem)) => panic!("{problem}"),
        None => panic!("there is no lesson {name}"),
    }
}

/// Enters a line as the prompt does, and has the tour judge it.
fn enter(tour: &mut Tour, session: &mut Session, output: &Output, line: &str) -> Verdict {
    let given = Given::of(&transcript::evaluate(session, "prompt", line.trim_end()));
    tour.judge(line, &given, &mut room(session, output))
}

fn room<'a>(session: &'a mut Session, output: &'a Output) -> Room<'a> {
    Room { session, output, prompt: transcript::PROMPT, color: false }
}

/// Output that nobody reads.
fn unread() -> Output {
    Output::new(Box::new(std::io::sink()), false)
}

#[test]
fn lessons_are_played_with_right_and_wrong_answers() {
    let files = support::files("docs/lessons", "md").len();
    assert!(LESSONS.len() >= 10 && LESSONS.len() == files, "{} of {files} lessons are taken", LESSONS.len());
    on_large_stack(|| {
        for (name, _) in LESSONS {
            play(name);
        }
    });
}

fn play(name: &str) {
    let script = lesson(name);
    let (mut session, _) = support::session();
    let output = unread();
    let mut tour = Tour::new(lesson(name), 0, &room(&mut session, &output))
        .unwrap_or_else(|problem| panic!("{problem}\n{}", problem.more.as_deref().unwrap_or_default()));
    tour.begin(&mut Default::default(), &mut room(&mut session, &output));
    while !tour.is_over() {
        let at = tour.place().0;
        let place = format!("{name}: {}", script.steps[at].heading);
        let question = script.steps[at].question.as_ref().expect("the tour waits for an answer");
        assert!(!question.hints.is_empty(), "{place} has no hint");
        assert!(question.right.is_some(), "{place} says nothing to a right answer");
        for line in ["-987654", "[9.5 9.5 9.5]", "\"no\""] {
            assert_ne!(enter(&mut tour, &mut session, &output, line), Verdict::Right, "{place}: {line}");
        }
        for wrong in &question.wrong {
            let verdict = enter(&mut tour, &mut session, &output, &wrong.answer.text);
            assert_eq!(verdict, Verdict::Wrong, "{place}: {}", wrong.answer.text);
            tour.again(&mut room(&mut session, &output));
        }
        for right in question.answers.iter().rev() {
            if tour.place().0 != at {
                assert!(tour.back(), "{place}");
                tour.again(&mut room(&mut session, &output));
            }
            let verdict = enter(&mut tour, &mut session, &output, &right.text);
            assert_eq!(verdict, Verdict::Right, "{place}: {}", right.text);
        }
        if !tour.is_over() {
            tour.show(&mut room(&mut session, &output));
        }
    }
}

/// What is typed to look at something is no wrong answer, and other ways to the same value are right.
#[test]
fn answers_are_judged_by_value() {
    on_large_stack(|| {
        let judged = |step: usize, line: &str| {
            let (mut session, _) = support::session();
            let output = unread();
            let mut tour = Tour::new(lesson("dot"), step, &room(&mut session, &output)).expect("the lesson is good");
            tour.begin(&mut Default::default(), &mut room(&mut session, &output));
            enter(&mut tour, &mut session, &output, line)
        };
        for line in ["A .* B", "hadamard(A, B)", "B .* A", "[10 40; 90 160]", "C = A .* B;", "1.0 .* A .* B"] {
            assert_eq!(judged(1, line), Verdict::Right, "{line}");
        }
        for line in ["A", "size(A)", "x = 3", "println(A)", "@explain A * B", "f(x) = x^2", "for i in 1:2 end"] {
            assert_eq!(judged(1, line), Verdict::None, "{line}");
        }
        for line in ["A * B", "A .* B .+ 1", "vec(A .* B)", "A + nosuch", "A .*"] {
            assert_eq!(judged(1, line), Verdict::Wrong, "{line}");
        }
    });
}

/// A learner who changed a variable of the lesson is told.
#[test]
fn a_changed_variable_is_noticed() {
    on_large_stack(|| {
        let (mut session, _) = support::session();
        let mut tour = Tour::new(lesson("dot"), 1, &room(&mut session, &unread())).expect("the lesson is good");
        let file = scratch("changed.txt");
        let output = Output::new(Box::new(std::fs::File::create(&file).expect("it can be written")), false);
        tour.begin(&mut Default::default(), &mut room(&mut session, &output));
        assert_eq!(enter(&mut tour, &mut session, &output, "A = [7 7; 7 7];"), Verdict::None);
        assert_eq!(enter(&mut tour, &mut session, &output, "A .* B"), Verdict::Wrong);
        tour.again(&mut room(&mut session, &output));
        assert_eq!(enter(&mut tour, &mut session, &output, "A .* B"), Verdict::Right);
        output.flush();
        let text = std::fs::read_to_string(file).expect("it was written");
        assert!(text.contains("`A` has no longer the lesson's value"), "{text}");
    });
}

const BROKEN: &[(&str, usize, &str)] = &[
    ("", 1, "there is no lesson in this file"),
    ("## Step\n", 1, "this stands before the title"),
    ("# T\n", 1, "nothing is asked in this lesson"),
    ("# T\n\n# U\n", 3, "a lesson has one title"),
    ("# T\n\n### S\n", 3, "a heading has one mark or two"),
    ("# T\n\n```hlang\n1\n```\n", 3, "this example stands before the first step"),
    ("# T\n## S\n\n```hlang answer\n1\n", 4, "this block is never closed"),
    ("# T\n## S\n```hlang answer\n\n```\n", 3, "this block is empty"),
    ("# T\n## S\n```hlang anwser\n1\n```\n", 3, "there is no block ```hlang anwser"),
    ("# T\n## S\n```hlang:answer\n1\n```\n", 3, "there is no block ```hlang:answer"),
    ("# T\n## S\n> hint: one\n", 3, "this > hint: stands before the answer that it belongs to"),
    ("# T\n## S\n```hlang answer\n1\n```\n> hnit: one\n", 6, "there is no mark > hnit:"),
    ("# T\n## S\n```hlang answer\n1\n```\n> wrong: no\n", 6, "this > wrong: belongs to no wrong answer"),
    ("# T\n## S\n```hlang answer\n1\n```\n> right: a\n\n> right: b\n", 8, "there is a > right: already"),
    ("# T\n## S\n```hlang answer\n1\n```\nToo late.\n", 6, "this text stands after the answer, where nobody sees it"),
    ("# T\n## S\n```hlang answer\n1 +* 2\n```\n", 4, "this answer ends in an error"),
    ("# T\n## S\n```hlang setup\nA = [1 2]\nA * A\n```\n```hlang answer\n1\n```\n", 4, "this block ends in an error"),
    (
        "# T\n## S\n```hlang error\n1\n```\n```hlang answer\n1\n```\n",
        4,
        "this block is said to end in an error, and does not",
    ),
    ("# T\n## S\n```hlang answer error\n1\n```\n", 4, "this answer is said to be an error, and is none"),
    ("# T\n## S\n```hlang answer\n1\n```\n```hlang answer\n2\n```\n", 7, "this answer gives 2, and the first one 1"),
    (
        "# T\n## S\n```hlang answer\n1\n```\n```hlang wrong\n2 - 1\n```\n",
        7,
        "this wrong answer gives what the right one gives",
    ),
    ("# T\n## S\n```hlang answer\nprintln(1)\n```\n", 4, "this answer has no value to judge by"),
    (
        "# T\n## S\n```hlang answer\nx = 1\n```\n```hlang check\ny\n```\n",
        7,
        "after the answer, the check `y` is an error",
    ),
    ("# T\n## S\n```hlang answer\nexit()\n```\n", 4, "this block leaves hlang"),
];

#[test]
fn a_broken_lesson_is_told_where_and_why() {
    on_large_stack(|| {
        for (text, line, message) in BROKEN {
            let problem = match Lesson::read("mine.md", text) {
                Err(problem) => problem,
                Ok(lesson) => {
                    let (mut session, _) = support::session();
                    let tour = Tour::new(lesson, 0, &room(&mut session, &unread()));
                    tour.err().unwrap_or_else(|| panic!("{text:?} is a lesson"))
                }
            };
            assert_eq!(problem.to_string(), format!("mine.md:{line}: {message}"), "{text:?}");
            assert!(problem.more.is_some_and(|more| !more.is_empty()), "{text:?}");
        }
    });
}

/// The code of a broken block is shown with the line of the lesson.
#[test]
fn a_lesson_whose_code_fails_shows_the_error() {
    let file = scratch("broken.md");
    let text = "# T\n\n## S\n\n```hlang setup\nA = [1 2]\nA * A\n```\n\n```hlang answer\n1\n```\n";
    std::fs::write(&file, text).expect("it can be written");
    let ran = support::run(learner("broken").arg("learn").arg(&file), b"", 60);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("broken.md:6: this block ends in an error"), "{ran:?}");
    assert!(ran.stderr.contains("broken.md:7:3]") && ran.stderr.contains(" 7 │ A * A"), "{ran:?}");
    let ran = support::run(learner("broken").args(["learn", "bradcasting"]), b"", 60);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("there is no lesson and no file bradcasting; did you mean `broadcasting`?"), "{ran:?}");
}

/// Questions of many seeds: the stated answer is what evaluating gives, and no other choice is.
#[test]
fn questions_have_the_answer_that_is_stated() {
    const SEEDS: u64 = 120;
    on_large_stack(|| {
        let screen = Screen { rows: 24, cols: 80, style: Style::Julia, digits: Digits::Usual };
        let mut kinds = [0; 3];
        let mut errors = 0;
        for level in 1..=quiz::LEVELS {
            for seed in 0..SEEDS {
                let question = quiz::draw(&mut Random::new(seed), level, screen);
                let question = question.unwrap_or_else(|| panic!("level {level}, seed {seed}: no question"));
                assert_eq!(quiz::draw(&mut Random::new(seed), level, screen).as_ref(), Some(&question));
                verify(&question);
                kinds[question.kind as usize] += 1;
                errors += u64::from(question.choices[question.right] == quiz::NONE);
            }
        }
        let all = SEEDS * quiz::LEVELS as u64;
        assert!(kinds.iter().all(|count| *count > all / 5), "all kinds are asked: {kinds:?}");
        assert!(errors > all / 60 && errors < all / 6, "{errors} of {all} are errors");
    });
}

fn verify(question: &Question) {
    let (mut session, _) = support::session();
    session.eval("setup", &question.setup).expect("the setup is literals");
    let mut value = |line: &str| session.eval("line", line).map(|value| value.expect("it has a value"));
    let distinct: std::collections::BTreeSet<&String> = question.choices.iter().collect();
    assert_eq!(distinct.len(), question.choices.len(), "{question:?}");
    assert!((3..=4).contains(&question.choices.len()), "{question:?}");
    for (k, choice) in question.choices.iter().enumerate() {
        let holds = match question.kind {
            Kind::Size => match value(&question.line) {
                Ok(value) => *choice == teach::with_article(&teach::size(&value)),
                Err(_) => choice == quiz::NONE,
            },
            Kind::Defined => value(choice).is_ok(),
            Kind::Result => {
                let value = value(choice).expect("all choices of such a question are defined");
                let shown =
                    display_text(&value, Screen { rows: 24, cols: 80, style: Style::Julia, digits: Digits::Usual });
                question.shown.ends_with(&format!("\n\n{shown}"))
            }
        };
        assert_eq!(holds, k == question.right, "{choice}: {question:?}");
    }
}

/// Whole sessions through a pipe.
#[test]
fn sessions_read_as_they_should() {
    let inputs = support::files("tests/lessons", "in");
    assert!(inputs.len() >= 4, "the sessions are found");
    let problems = inputs.into_iter().filter_map(|input| {
        let text = std::fs::read_to_string(&input).expect("it was found");
        let (arguments, typed) = text.split_once('\n').expect("the first line holds the arguments");
        let name = input.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let mut command = learner(&name);
        std::fs::remove_dir_all(state(&name)).ok();
        // Both streams as a terminal shows them.
        let line = format!("'{}' {arguments} 2>&1", env!("CARGO_BIN_EXE_hlang"));
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &line]).current_dir(support::root());
        for (key, value) in command.env("COLUMNS", "72").get_envs() {
            match value {
                Some(value) => shell.env(key, value),
                None => shell.env_remove(key),
            };
        }
        let ran = support::run(&mut shell, typed.as_bytes(), 60);
        support::compare(&input.with_extension("txt"), &ran.stdout).err()
    });
    support::report(problems.collect());
}

/// How far one has come is remembered from one run to the next.
#[test]
fn progress_is_remembered() {
    let run = |arguments: &[&str], typed: &str| support::run(learner("progress").args(arguments), typed.as_bytes(), 60);
    std::fs::remove_dir_all(state("progress")).ok();
    let first = run(&["learn"], "[1 2; 3 4]\nA .* B\nstop\n");
    assert!(first.stdout.contains("Stopped at step 3 of"), "{}", first.stdout);
    let again = run(&["learn"], "");
    assert!(again.stdout.contains("The product without a dot  3 of"), "{}", again.stdout);
    assert!(!again.stdout.contains("Every element times its partner"), "{}", again.stdout);
    let list = run(&["learn", "list"], "");
    assert!(list.stdout.contains("2 of 10") && list.stdout.contains("Sizes that fit"), "{}", list.stdout);
}

/// The program with nothing remembered but by this test.
fn learner(test: &str) -> std::process::Command {
    let mut command = support::hlang();
    command.env("XDG_STATE_HOME", state(test)).env("XDG_CONFIG_HOME", state(test)).env("LANG", "C.UTF-8");
    command.env("COLUMNS", "80");
    command
}

fn state(test: &str) -> PathBuf {
    scratch(&format!("lessons-{test}"))
}

/// A place for what a test writes.
fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Every right line of a question can be explained.
#[test]
fn explanations_have_no_error() {
    on_large_stack(|| {
        let (mut session, written) = support::session();
        let screen = Screen { rows: 24, cols: 80, style: Style::Julia, digits: Digits::Usual };
        for seed in 0..40 {
            for level in 1..=quiz::LEVELS {
                let question = quiz::draw(&mut Random::new(seed), level, screen).expect("there is a question");
                session.eval("setup", &question.setup).expect("the setup is literals");
                let explained = session.eval("line", &format!("@explain {}", question.line));
                let undefined = question.choices[question.right] == quiz::NONE;
                if let (Err(diagnostic), false) = (&explained, undefined) {
                    panic!("{}", report::render(diagnostic, &session.sources(), false, 80));
                }
                assert!(!written.take().is_empty(), "{question:?}");
            }
        }
    });
}

/// The lesson that the teacher's page shows is one.
#[test]
fn the_lesson_of_the_manual_is_one() {
    let page = std::fs::read_to_string(support::root().join("docs/teaching.md")).expect("the page is there");
    let text = page.split("~~~markdown\n").nth(1).and_then(|rest| rest.split("~~~").next()).expect("it shows a lesson");
    on_large_stack({
        let text = text.to_string();
        move || {
            let lesson = Lesson::read("my-lesson.md", &text).unwrap_or_else(|problem| panic!("{problem}"));
            let (mut session, _) = support::session();
            let tour = Tour::new(lesson, 0, &room(&mut session, &unread()));
            assert!(tour.is_ok(), "{:?}", tour.err());
            let broken = text.replace("> hint: A vector", "> hnit: A vector");
            let problem = Lesson::read("my-lesson.md", &broken).expect_err("a mark is misspelt");
            let said = format!("error: {problem}\n  {}\n", problem.more.as_deref().unwrap_or_default());
            assert!(page.contains(&said), "{said}");
        }
    });
}
