//! Matrices as they stand on a blackboard: in tall brackets, rows and columns left out where there are many.

use super::page::padded;
use crate::value::display::{compact_repr, describe};
use crate::value::{Array, Range, Value};
use std::rc::Rc;
use unicode_width::UnicodeWidthStr;

/// Rows and columns that are shown whole,
const MOST_ROWS: usize = 8;
const MOST_COLS: usize = 12;
/// and what is shown of more: so many at the beginning and one at the end.
const FIRST: usize = 4;

/// Longest text of an element.
const LONGEST_CELL: usize = 24;

/// Lines of the same width.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    lines: Vec<String>,
}

/// A matrix, vector or number, read by row and column from 0. A vector is one column.
#[derive(Clone)]
pub enum Table {
    Array(Rc<Array>),
    Range(Rc<Range>),
    /// Anything else: a table of one entry.
    One(Value),
}

impl Table {
    /// The entries of any value.
    pub fn of(value: &Value) -> Table {
        match value {
            Value::Array(array) => Table::Array(array.clone()),
            Value::Range(range) => Table::Range(range.clone()),
            other => Table::One(other.clone()),
        }
    }

    /// Rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        match self {
            Table::Array(array) => array.shape(),
            Table::Range(range) => (range.len(), 1),
            Table::One(_) => (1, 1),
        }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        let (rows, cols) = self.shape();
        rows * cols
    }

    /// One dimension?
    pub fn is_vector(&self) -> bool {
        match self {
            Table::Array(array) => array.is_vector(),
            Table::Range(_) => true,
            Table::One(_) => false,
        }
    }

    /// More than one entry, or brackets around the one.
    pub fn is_array(&self) -> bool {
        !matches!(self, Table::One(_))
    }

    /// An entry. Panics outside.
    pub fn get(&self, i: usize, j: usize) -> Value {
        match self {
            Table::Array(array) => array.value(j * array.shape().0 + i),
            Table::Range(range) => range.get(i),
            Table::One(value) => value.clone(),
        }
    }

    /// The entry with this number, counted down the columns. Panics outside.
    pub fn at(&self, k: usize) -> Value {
        match self {
            Table::Array(array) => array.value(k),
            Table::Range(range) => range.get(k),
            Table::One(value) => value.clone(),
        }
    }

    /// An entry of a table that is stretched where it has one row or one column, as broadcasting does.
    pub fn stretched(&self, i: usize, j: usize) -> Value {
        let (rows, cols) = self.shape();
        self.get(if rows == 1 { 0 } else { i }, if cols == 1 { 0 } else { j })
    }

    /// Its rows.
    pub fn entries(&self) -> Vec<Vec<Value>> {
        let (rows, cols) = self.shape();
        (0..rows).map(|i| (0..cols).map(|j| self.get(i, j)).collect()).collect()
    }
}

/// A value in few characters: whole numbers whole, decimals short.
pub fn short(value: &Value) -> String {
    let text = match value {
        Value::Array(_) | Value::Range(_) => describe(value),
        Value::Scaling(scale) if **scale == Value::bool(true) => "I".to_string(),
        Value::Scaling(scale) => format!("{}I", operand(scale)),
        other => compact_repr(other),
    };
    if text.width() <= LONGEST_CELL { text } else { text.chars().take(LONGEST_CELL - 1).chain(['…']).collect() }
}

/// The same as an operand: what begins with a sign, or has one inside, in parentheses.
pub fn operand(value: &Value) -> String {
    let text = short(value);
    let signed = text.starts_with('-') || matches!(value, Value::Complex(_));
    if signed { format!("({text})") } else { text }
}

/// Terms that are all written; of more, the first ones and the last.
const MOST_TERMS: usize = 6;

/// So many terms with a sign between them, the middle ones left out where there are many.
pub fn joined(count: usize, term: impl Fn(usize) -> String, sign: &str) -> String {
    let terms = shown(count, MOST_TERMS, MOST_TERMS / 2).into_iter().map(|k| k.map_or("…".to_string(), &term));
    let text = terms.collect::<Vec<_>>().join(sign);
    if text.is_empty() { "nothing".to_string() } else { text }
}

impl Picture {
    /// A text of one line.
    pub fn text(text: &str) -> Picture {
        Picture { lines: vec![text.to_string()] }
    }

    /// A value: an array in brackets, anything else as text. It takes at most `width` columns if leaving out columns
    /// can do that.
    pub fn of(value: &Value, width: usize) -> Picture {
        let table = Table::of(value);
        if !table.is_array() {
            return Picture::text(&short(value));
        }
        let (rows, cols) = table.shape();
        let rows = shown(rows, MOST_ROWS, FIRST);
        let mut most = MOST_COLS;
        loop {
            let columns = shown(cols, most, FIRST.min(most.saturating_sub(1)));
            let cells = rows.iter().map(|i| columns.iter().map(|j| cell(&table, *i, *j)).collect()).collect();
            let picture = Picture::grid(cells, None);
            if picture.width() <= width || most <= 2 {
                return picture;
            }
            most -= 1;
        }
    }

    /// Texts in brackets, aligned on the right; a bar stands before column `bar`.
    pub fn grid(cells: Vec<Vec<String>>, bar: Option<usize>) -> Picture {
        let rows = cells.len();
        if rows == 0 {
            return Picture::text("[ ]");
        }
        let cols = cells.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..cols).map(|j| cells.iter().map(|row| row[j].width()).max().unwrap_or(0)).collect();
        let lines = cells.iter().enumerate().map(|(i, row)| {
            let (left, right) = brackets(i, rows);
            let mut line = left.to_string();
            for (j, (cell, width)) in row.iter().zip(&widths).enumerate() {
                if bar == Some(j) {
                    line.push_str(" │ ");
                } else if j > 0 {
                    line.push_str("  ");
                }
                line.push_str(&" ".repeat(width - cell.width()));
                line.push_str(cell);
            }
            line + right
        });
        Picture { lines: lines.collect() }
    }

    /// Columns that it takes.
    pub fn width(&self) -> usize {
        self.lines.iter().map(|line| line.width()).max().unwrap_or(0)
    }

    /// Its lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}

fn brackets(row: usize, rows: usize) -> (&'static str, &'static str) {
    match (row, rows) {
        (_, 1) => ("[", "]"),
        (0, _) => ("⎡", "⎤"),
        (i, n) if i + 1 == n => ("⎣", "⎦"),
        _ => ("⎢", "⎥"),
    }
}

/// Which of `count` rows or columns are shown; `None` stands for those left out.
pub fn shown(count: usize, most: usize, first: usize) -> Vec<Option<usize>> {
    if count <= most {
        return (0..count).map(Some).collect();
    }
    (0..first).map(Some).chain([None, Some(count - 1)]).collect()
}

fn cell(table: &Table, i: Option<usize>, j: Option<usize>) -> String {
    match (i, j) {
        (Some(i), Some(j)) => match table.get(i, j) {
            Value::Bool(x) => if x.get() { "1" } else { "0" }.to_string(),
            other => short(&other),
        },
        (None, Some(_)) => "⋮".to_string(),
        (Some(_) | None, None) => "⋯".to_string(),
    }
}

/// Pictures beside each other, their middles at one height.
pub fn beside(pictures: &[Picture]) -> Picture {
    let height = pictures.iter().map(|p| p.lines.len()).max().unwrap_or(0);
    let mut lines = vec![String::new(); height];
    for (k, picture) in pictures.iter().enumerate() {
        let (width, above) = (picture.width(), (height - picture.lines.len()) / 2);
        for (at, line) in lines.iter_mut().enumerate() {
            if k > 0 {
                line.push(' ');
            }
            let text = at.checked_sub(above).and_then(|at| picture.lines.get(at));
            line.push_str(&padded(text.map_or("", String::as_str), width));
        }
    }
    Picture { lines }
}
