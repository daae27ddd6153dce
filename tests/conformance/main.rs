//! What real Julia answers to thousands of expressions, compared with what hlang answers.
//!
//! `known_failures.txt` lists the cases that do not agree, each with its reason: a heading of `docs/differences.md`, or what
//! Julia 1.10 does differently from the Julia that was asked. A failure that is not listed is a regression; a listed case
//! that passes must leave the list. `HLANG_UPDATE_KNOWN=1` rewrites it, without reasons for new cases.
//! Words after `--` choose groups: `cargo test --test conformance -- linalg`.

mod compare;
mod value;

#[path = "../support/mod.rs"]
mod support;

use hlang::interrupt;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

const FILES: [&str; 3] = ["hand.jsonl", "generated.jsonl", "display.jsonl"];

/// Time after which a case is interrupted, and after which the whole run is given up.
const LIMIT: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(30);

/// Regressions that are shown in full.
const SHOWN: usize = 40;

/// One case of the collection.
struct Case {
    id: String,
    group: String,
    setup: String,
    expr: String,
    expected: Expected,
}

enum Expected {
    /// The text of `print(repr(expr))`.
    Value(String),
    /// The text of `display(expr)`.
    Display(String),
    /// An error of this kind, or at least an error.
    Error,
}

/// What became of a case.
#[derive(PartialEq)]
enum Outcome {
    Passed,
    Failed(String),
    /// A panic: never acceptable, listed or not.
    Crashed(String),
}

/// The case that runs now, and since when.
static RUNNING: Mutex<Option<(String, Instant)>> = Mutex::new(None);

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    std::thread::spawn(watch);
    let outcomes = hlang::session::on_large_stack(move || {
        // A panic is reported with its case; the default message would drown the table.
        std::panic::set_hook(Box::new(|_| {}));
        let chosen = cases().into_iter().filter(|case| words.is_empty() || words.contains(&case.group));
        chosen.map(|case| (run(&case), case)).map(|(outcome, case)| (case.id, case.group, case.expr, outcome)).collect()
    });
    judge(outcomes)
}

type Judged = Vec<(String, String, String, Outcome)>;

fn judge(outcomes: Judged) -> ExitCode {
    print_table(&outcomes);
    let known = known_failures();
    if std::env::var_os("HLANG_UPDATE_KNOWN").is_some() {
        return update(&outcomes, &known);
    }
    let mut problems = Vec::new();
    for (id, _, expr, outcome) in &outcomes {
        match (outcome, known.contains_key(id)) {
            (Outcome::Passed, true) => problems.push(format!("{id} passes now: remove it from known_failures.txt")),
            (Outcome::Failed(what), false) => problems.push(format!("{id}: {expr}\n    {what}")),
            (Outcome::Crashed(what), _) => problems.push(format!("{id} CRASHED: {expr}\n    {what}")),
            (Outcome::Passed, false) | (Outcome::Failed(_), true) => {}
        }
    }
    problems.extend(without_reason(&known));
    for problem in problems.iter().take(SHOWN) {
        println!("{problem}");
    }
    if problems.len() > SHOWN {
        println!("… and {} more", problems.len() - SHOWN);
    }
    if problems.is_empty() {
        println!("conformance: as expected");
        return ExitCode::SUCCESS;
    }
    println!("conformance: {} cases are not as known_failures.txt has them", problems.len());
    ExitCode::FAILURE
}

/// Listed cases without a reason that stands on the page of differences.
fn without_reason(known: &BTreeMap<String, String>) -> Vec<String> {
    let page = std::fs::read_to_string(support::root().join("docs/differences.md")).unwrap_or_default();
    let explained = |reason: &str| {
        let headings = page.lines().filter_map(|line| line.strip_prefix("### "));
        reason.starts_with("Julia 1.10 ") || headings.into_iter().any(|heading| heading == reason)
    };
    let unexplained = known.iter().filter(|(_, reason)| !explained(reason));
    unexplained.map(|(id, reason)| format!("{id}: docs/differences.md does not have the reason: {reason}")).collect()
}

/// Passed and failed by group.
fn print_table(outcomes: &Judged) {
    let mut groups: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (_, group, _, outcome) in outcomes {
        let counts = groups.entry(group).or_default();
        if *outcome == Outcome::Passed { counts.0 += 1 } else { counts.1 += 1 }
    }
    let all = groups.values().fold((0, 0), |sum, counts| (sum.0 + counts.0, sum.1 + counts.1));
    println!("{:<16}{:>8}{:>8}{:>9}", "group", "passed", "failed", "%");
    for (group, (passed, failed)) in groups.into_iter().chain([("all", all)]) {
        let share = 100.0 * passed as f64 / (passed + failed).max(1) as f64;
        println!("{group:<16}{passed:>8}{failed:>8}{share:>9.1}");
    }
}

/// Rewrites the list: reasons of cases that still fail are kept.
fn update(outcomes: &Judged, known: &BTreeMap<String, String>) -> ExitCode {
    let mut lines: BTreeMap<String, String> = known.clone();
    for (id, _, expr, outcome) in outcomes {
        match outcome {
            Outcome::Passed => drop(lines.remove(id)),
            Outcome::Failed(what) | Outcome::Crashed(what) => {
                let what = format!("{expr}: {what}").replace('\n', "⏎").chars().take(110).collect();
                lines.entry(id.clone()).or_insert(what);
            }
        }
    }
    let mut text = String::from(
        "# Cases that do not answer as Julia does: the case, and the heading of docs/differences.md that says why.\n",
    );
    for (id, reason) in lines {
        text.push_str(&format!("{id}  {reason}\n"));
    }
    std::fs::write(known_path(), text).expect("the list can be written");
    ExitCode::SUCCESS
}

fn known_path() -> PathBuf {
    support::root().join("tests/conformance/known_failures.txt")
}

fn known_failures() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(known_path()).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .map(|(id, reason)| (id.to_string(), reason.trim().to_string()))
        .collect()
}

fn cases() -> Vec<Case> {
    let directory = support::root().join("tests/conformance");
    let read = |file| std::fs::read_to_string(directory.join(file)).expect("the cases are part of the package");
    FILES.into_iter().flat_map(|file| read(file).lines().map(case).collect::<Vec<_>>()).collect()
}

fn case(line: &str) -> Case {
    let json: serde_json::Value = serde_json::from_str(line).expect("a case is a line of JSON");
    let field = |name: &str| json[name].as_str().unwrap_or_default().to_string();
    let expected = match (json.get("text"), field("expected")) {
        (Some(_), _) => Expected::Display(field("text")),
        (None, text) if text.starts_with("ERROR:") => Expected::Error,
        (None, text) => Expected::Value(text),
    };
    Case { id: field("id"), group: field("group"), setup: field("setup"), expr: field("expr"), expected }
}

fn run(case: &Case) -> Outcome {
    interrupt::clear();
    *RUNNING.lock().expect("no panic while it is held") = Some((case.id.clone(), Instant::now()));
    let program = match case.expected {
        Expected::Display(_) => format!("{}\ndisplay({})\n", case.setup, case.expr),
        Expected::Value(_) | Expected::Error => format!("{}\nprint(repr({}))\n", case.setup, case.expr),
    };
    let ran = catch_unwind(AssertUnwindSafe(|| {
        let (mut session, written) = support::session();
        let result = session.eval("case", &program).map(drop).map_err(|d| format!("{}: {}", d.kind.name(), d.message));
        let output = written.borrow().clone();
        result.map(|()| output)
    }));
    *RUNNING.lock().expect("no panic while it is held") = None;
    match ran {
        Ok(result) => compare(&case.expected, result),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            Outcome::Crashed(text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_string())
        }
    }
}

fn compare(expected: &Expected, got: Result<String, String>) -> Outcome {
    match (expected, got) {
        (Expected::Error, Err(_)) => Outcome::Passed,
        (Expected::Error, Ok(got)) => Outcome::Failed(format!("no error, got {got}")),
        (_, Err(error)) => Outcome::Failed(error),
        (Expected::Value(text), Ok(got)) if compare::equal(text, &got) => Outcome::Passed,
        (Expected::Display(text), Ok(got)) if trimmed(text) == trimmed(&got) => Outcome::Passed,
        (Expected::Value(text) | Expected::Display(text), Ok(got)) => {
            Outcome::Failed(format!("expected {text}\n    got {got}"))
        }
    }
}

fn trimmed(text: &str) -> Vec<&str> {
    text.trim_matches('\n').lines().map(str::trim_end).collect()
}

/// Interrupts a case that takes too long; ends the run if even that does not help.
fn watch() {
    loop {
        std::thread::sleep(Duration::from_millis(100));
        let running = RUNNING.lock().expect("no panic while it is held");
        let Some((id, since)) = &*running else { continue };
        if since.elapsed() > PATIENCE {
            println!("conformance: {id} does not stop");
            std::process::exit(1);
        }
        if since.elapsed() > LIMIT {
            interrupt::request();
        }
    }
}
