//! Questions made by chance. What is right is found out by evaluating.

use super::super::judge::same;
use super::super::scratch::Scratch;
use super::pool;
use crate::fault::ErrorKind;
use crate::law::Random;
use crate::syntax::pieces::{self, Class};
use crate::teach;
use crate::value::display::display_text;
use crate::value::{Screen, Value};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The size of a line's value.
    Size,
    /// Which of some lines is no error.
    Defined,
    /// Which of some lines gives a value.
    Result,
}

impl Kind {
    /// The question in words.
    pub fn asks(self) -> &'static str {
        match self {
            Kind::Size => "What does this line give?",
            Kind::Defined => "One of these lines is defined. Which?",
            Kind::Result => "Which line gives this result?",
        }
    }
}

/// A question with its choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub kind: Kind,
    /// The lines that make the variables.
    pub setup: String,
    /// What the learner sees of them, and of the line or the value in question.
    pub shown: String,
    /// The line that is right or asked about.
    pub line: String,
    pub choices: Vec<String>,
    /// Which of the choices, from 0.
    pub right: usize,
}

/// The choice for a line that is not defined.
pub const NONE: &str = "nothing: it is an error";

/// How often variables are drawn anew until a question can be made of them.
const TRIES: usize = 400;

/// Choices that a question has at most.
const CHOICES: usize = 4;

/// A question of a level, from 1 to [`LEVELS`](pool::LEVELS).
pub fn draw(random: &mut Random, level: usize, screen: Screen) -> Option<Question> {
    let level = level.clamp(1, pool::LEVELS);
    let kind = random.one_of(&[Kind::Size, Kind::Defined, Kind::Result]);
    (0..TRIES).find_map(|_| {
        let mut table = Table::draw(random, level, screen);
        match kind {
            Kind::Size => size(&mut table, random, level),
            Kind::Defined => defined(&mut table, random, level),
            Kind::Result => result(&mut table, random, level),
        }
    })
}

/// Variables that lines are tried with.
struct Table {
    /// Each with its definition and its size.
    variables: Vec<(&'static str, String, String)>,
    /// All numbers of rows and columns.
    lengths: Vec<usize>,
    scratch: Scratch,
    screen: Screen,
}

impl Table {
    fn draw(random: &mut Random, level: usize, screen: Screen) -> Table {
        let length = |random: &mut Random| random.between(2, if level < 3 { 3 } else { 4 }) as usize;
        let (m, n) = (length(random), length(random));
        let (p, q) = match random.between(0, 5) {
            0 | 1 => (m, n),
            2 | 3 => (n, length(random)),
            4 => (n, m),
            _ => (length(random), length(random)),
        };
        let (m, n, p, q) = if random.once_in(4) { (m, m, m, m) } else { (m, n, p, q) };
        let (k, l) = (random.one_of(&[m, n, n]), random.one_of(&[m, n, q]));
        let matrix = |random: &mut Random, rows: usize, cols: usize| {
            let rows: Vec<String> = (0..rows).map(|_| numbers(random, cols).join(" ")).collect();
            format!("[{}]", rows.join("; "))
        };
        let (a, b) = (matrix(random, m, n), matrix(random, p, q));
        let (x, y) = (numbers(random, k).join(", "), numbers(random, l).join(", "));
        let variables = vec![
            ("A", format!("A = {a}"), format!("{m}×{n}")),
            ("B", format!("B = {b}"), format!("{p}×{q}")),
            ("x", format!("x = [{x}]"), format!("{k}-vector")),
            ("y", format!("y = [{y}]"), format!("{l}-vector")),
        ];
        let mut scratch = Scratch::new(screen);
        for (_, code, _) in &variables {
            // A literal of numbers cannot fail.
            let _ = scratch.run("quiz", code);
        }
        Table { variables, lengths: vec![m, n, p, q, k, l], scratch, screen }
    }

    /// A line's value, or the kind of its error.
    fn value(&mut self, line: &str) -> Result<Value, ErrorKind> {
        let entered = self.scratch.run("quiz", line);
        self.scratch.take_output();
        entered.map(|entered| entered.value).map_err(|diagnostic| diagnostic.kind)
    }

    /// Lines that make the variables which these lines name.
    fn setup<S: AsRef<str>>(&self, lines: &[S]) -> String {
        self.named(lines).map(|(_, code, _)| code.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// `A is 2×3, x is a 3-vector`
    fn sizes<S: AsRef<str>>(&self, lines: &[S]) -> String {
        let sizes = self.named(lines).map(|(name, _, size)| format!("{name} is {}", teach::with_article(size)));
        sizes.collect::<Vec<_>>().join(", ")
    }

    fn named<'t, S: AsRef<str>>(&'t self, lines: &'t [S]) -> impl Iterator<Item = &'t (&'static str, String, String)> {
        self.variables.iter().filter(|(name, ..)| lines.iter().any(|line| names(line.as_ref(), name)))
    }
}

/// Does a line name this variable?
fn names(line: &str, name: &str) -> bool {
    pieces::pieces(line).iter().any(|(class, range)| *class == Class::Name && &line[range.clone()] == name)
}

fn numbers(random: &mut Random, count: usize) -> Vec<String> {
    (0..count).map(|_| random.between(1, 5).to_string()).collect()
}

/// A line of the level, or now and then of one before it.
fn line(random: &mut Random, level: usize) -> &'static str {
    let level = if level > 1 && random.once_in(4) { random.between(1, level as i64 - 1) as usize } else { level };
    random.one_of(pool::of_level(level))
}

/// Is it the error of a line that makes no sense for these sizes? Others, such as of a singular matrix, are no question.
fn is_undefined(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::DimensionMismatch | ErrorKind::MethodError)
}

/// What size has this?
fn size(table: &mut Table, random: &mut Random, level: usize) -> Option<Question> {
    let line = line(random, level);
    let right = match table.value(line) {
        Ok(value) => article(&teach::size(&value)),
        // Errors are the smaller part of the questions.
        Err(kind) if is_undefined(kind) && random.once_in(3) => NONE.to_string(),
        Err(_) => return None,
    };
    let mut sizes: Vec<String> = Vec::new();
    for rows in &table.lengths {
        sizes.extend(table.lengths.iter().map(|cols| format!("{rows}×{cols}")));
        sizes.push(article(&format!("{rows}-vector")));
    }
    sizes.push("a number".to_string());
    sizes.sort();
    sizes.dedup();
    sizes.retain(|size| *size != right);
    let mut choices: Vec<String> = random.order(sizes.len()).into_iter().map(|k| sizes[k].clone()).collect();
    if right != NONE {
        choices.truncate(CHOICES - 2);
        choices.insert(random.between(0, choices.len() as i64) as usize, right.clone());
    }
    choices.truncate(CHOICES - 1);
    choices.push(NONE.to_string());
    let right = choices.iter().position(|choice| *choice == right)?;
    let shown = format!("{}\n\n{line}", table.sizes(&[line]));
    Some(Question { kind: Kind::Size, setup: table.setup(&[line]), shown, line: line.to_string(), choices, right })
}

fn article(size: &str) -> String {
    teach::with_article(size)
}

/// Which of these is defined?
fn defined(table: &mut Table, random: &mut Random, level: usize) -> Option<Question> {
    let lines = pool::up_to(level);
    let order = random.order(lines.len());
    let (mut good, mut bad): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    // The level's own lines first.
    let own = pool::of_level(level);
    let (first, then): (Vec<usize>, Vec<usize>) = order.into_iter().partition(|k| own.contains(&lines[*k]));
    for k in first.into_iter().chain(then) {
        match table.value(lines[k]) {
            Ok(_) if good.is_empty() => good.push(lines[k]),
            Err(kind) if is_undefined(kind) && bad.len() + 1 < CHOICES => bad.push(lines[k]),
            Ok(_) | Err(_) => {}
        }
    }
    let answer = *good.first()?;
    if bad.len() < 2 {
        return None;
    }
    let (choices, right) = shuffled(random, answer, bad);
    let shown = table.sizes(&choices);
    Some(Question {
        kind: Kind::Defined,
        setup: table.setup(&choices),
        shown,
        line: answer.to_string(),
        choices,
        right,
    })
}

/// Which line gives this result?
fn result(table: &mut Table, random: &mut Random, level: usize) -> Option<Question> {
    let answer = line(random, level);
    let value = table.value(answer).ok().filter(is_whole)?;
    let lines = pool::up_to(level);
    let mut others: Vec<(&str, Value)> = Vec::new();
    for k in random.order(lines.len()) {
        let Some(other) = table.value(lines[k]).ok().filter(is_whole) else { continue };
        if !same(&other, &value) && others.iter().all(|(_, known)| !same(known, &other)) {
            others.push((lines[k], other));
        }
    }
    // Results of the same size are the better temptation.
    let size = teach::size(&value);
    others.sort_by_key(|(_, other)| teach::size(other) != size);
    let tempting = others.iter().filter(|(_, other)| teach::size(other) == size).count();
    if tempting == 0 || others.len() < 2 {
        return None;
    }
    let others = others.into_iter().map(|(line, _)| line).take(CHOICES - 1).collect();
    let (choices, right) = shuffled(random, answer, others);
    let setup = table.setup(&choices);
    let shown = format!("{setup}\n\n{}", display_text(&value, table.screen));
    Some(Question { kind: Kind::Result, setup, shown, line: answer.to_string(), choices, right })
}

/// Are these whole numbers, which can be worked out by hand?
fn is_whole(value: &Value) -> bool {
    use crate::value::Type;
    match value {
        Value::Int(_) => true,
        Value::Array(array) => array.eltype() == Type::Int64,
        _ => false,
    }
}

/// The answer among the others, and where it is.
fn shuffled(random: &mut Random, answer: &str, others: Vec<&str>) -> (Vec<String>, usize) {
    let mut choices: Vec<String> = others.into_iter().map(str::to_string).collect();
    let right = random.between(0, choices.len() as i64) as usize;
    choices.insert(right, answer.to_string());
    (choices, right)
}
