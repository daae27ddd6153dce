//! Elements in aligned columns, cut to the screen: Julia's `print_matrix`.

use super::number::{point_of_real, sign_of_complex};
use super::show::{Context, show, show_element, width_before_arrow};
use super::text::{push_quoted_within, width};
use crate::value::{Array, Elements, Value};

/// Columns between two elements.
const GAP: usize = 2;
const DOTS: &str = "  …  ";
const DIAGONAL_DOTS: &str = "  ⋱  ";
const VERTICAL_DOTS: &str = "⋮";
/// Dots for left-out columns and rows stand in every fifth row and column.
const DOTS_EVERY: usize = 5;

/// One element as text, with the columns before and after the place at which its column aligns.
struct Cell {
    text: String,
    left: usize,
    right: usize,
}

/// Columns before and after the place at which a column aligns.
type Alignment = (usize, usize);

struct Grid<'a> {
    elements: &'a Elements,
    context: Context<'a>,
    rows: usize,
    cols: usize,
}

/// Writes the elements of a non-empty array within `height` rows and `screen_width` columns.
pub fn push_grid(out: &mut String, array: &Array, context: &Context<'_>, height: usize, screen_width: usize) {
    let elements = array.elements();
    let (rows, cols) = elements.shape();
    let context = context.inside(array, Some(elements.eltype()));
    let grid = Grid { elements: &elements, context, rows, cols };
    grid.print(out, height, screen_width.saturating_sub(1));
}

impl Grid<'_> {
    fn print(&self, out: &mut String, height: usize, screen_width: usize) {
        let half = height / 2;
        let tall = self.rows > height;
        let rows: Vec<usize> = match tall {
            true => (0..half).chain(self.rows - height.saturating_sub(1) / 2..self.rows).collect(),
            false => (0..self.rows).collect(),
        };
        if rows.is_empty() {
            return out.push_str(if self.cols > 1 { " ⋮      ⋱  " } else { " ⋮" });
        }
        let most = (screen_width / (1 + GAP)).max(1);
        let cols: Vec<usize> = match self.cols > most {
            true => (0..most.min(self.cols)).chain(self.cols - most..self.cols).collect(),
            false => (0..self.cols).collect(),
        };
        let whole = self.alignments(&rows, cols.iter().copied(), screen_width);
        let blocks = match self.cols <= whole.len() {
            true => Blocks { left: whole, right: None },
            false => self.split(&rows, &cols, screen_width),
        };
        for (k, &row) in rows.iter().enumerate() {
            if k > 0 {
                out.push('\n');
            }
            self.push_row(out, row, &blocks);
            if tall && k + 1 == half {
                out.push('\n');
                self.push_vertical_dots(out, &blocks);
            }
        }
    }

    /// Which columns fit to the left and right of the dots.
    fn split(&self, rows: &[usize], cols: &[usize], screen_width: usize) -> Blocks {
        let dots = DOTS.chars().count();
        let half = (screen_width + 1).saturating_sub(dots) / 2 + 1;
        let mut right = self.alignments(rows, cols.iter().rev().copied(), half);
        right.reverse();
        let used = total(&right) + (right.len() - 1) * GAP + dots;
        let left = self.alignments(rows, cols.iter().copied(), screen_width.saturating_sub(used));
        Blocks { left, right: Some(right) }
    }

    /// The alignment of as many of these columns as fit into `room`, at least one.
    fn alignments(&self, rows: &[usize], cols: impl Iterator<Item = usize>, room: usize) -> Vec<Alignment> {
        let mut found: Vec<Alignment> = Vec::new();
        let too_wide = |found: &[Alignment]| total(found) + GAP * found.len() >= room;
        for j in cols {
            let mut column = (0, 0);
            for &i in rows {
                let cell = self.cell(i, j);
                column = (column.0.max(cell.left), column.1.max(cell.right));
            }
            found.push(column);
            if found.len() > 1 && too_wide(&found) {
                found.pop();
                break;
            }
        }
        if found.len() > 1 && found.len() < self.cols {
            while found.len() > 1 && too_wide(&found) {
                found.pop();
            }
        }
        found
    }

    fn push_row(&self, out: &mut String, row: usize, blocks: &Blocks) {
        out.push(' ');
        self.push_cells(out, row, 0, &blocks.left);
        if let Some(right) = &blocks.right {
            let dotted = row.is_multiple_of(DOTS_EVERY);
            out.push_str(if dotted { DOTS } else { "     " });
            self.push_cells(out, row, self.cols - right.len(), right);
        }
    }

    fn push_cells(&self, out: &mut String, row: usize, first: usize, alignments: &[Alignment]) {
        for (k, &(left, right)) in alignments.iter().enumerate() {
            let column = first + k;
            let cell = self.cell(row, column);
            if k > 0 {
                push_blanks(out, GAP);
            }
            push_blanks(out, left.saturating_sub(cell.left));
            out.push_str(&cell.text);
            if column + 1 < self.cols {
                push_blanks(out, right.saturating_sub(cell.right));
            }
        }
    }

    fn push_vertical_dots(&self, out: &mut String, blocks: &Blocks) {
        out.push(' ');
        let Some(right) = &blocks.right else {
            return push_dots(out, &blocks.left, 1, false);
        };
        push_dots(out, &blocks.left, 1, true);
        out.push_str(DIAGONAL_DOTS);
        let phase = (right.len() as i64 - self.cols as i64 + 1).rem_euclid(DOTS_EVERY as i64);
        push_dots(out, right, phase as usize, false);
    }

    fn cell(&self, row: usize, column: usize) -> Cell {
        let k = row + column * self.rows;
        if let Elements::Any(m, _) = self.elements {
            return value_cell(&m[k], &self.context);
        }
        let mut text = String::new();
        show_element(&mut text, self.elements, k, &self.context);
        let left = match self.elements {
            Elements::Float(_) => point_of_real(&text),
            Elements::Complex(_) => sign_of_complex(&text),
            Elements::Bool(_) | Elements::Int(_) | Elements::Any(..) => text.len(),
        };
        let right = text.len() - left;
        Cell { text, left, right }
    }
}

/// The columns that are shown: all of them, or those at the left and right of the dots.
struct Blocks {
    left: Vec<Alignment>,
    right: Option<Vec<Alignment>>,
}

fn value_cell(value: &Value, context: &Context<'_>) -> Cell {
    let mut text = String::new();
    show(&mut text, value, context);
    let all = width(&text);
    let left = match value {
        Value::Int(_) | Value::Bool(_) => all,
        Value::Float(_) => point_of_real(&text),
        Value::Complex(_) => sign_of_complex(&text),
        Value::Pair(pair) => width_before_arrow(&pair.0, context),
        _ => 0,
    };
    match value {
        Value::Str(string) => {
            text.clear();
            let limit = context.limit.unwrap_or(usize::MAX).max(20);
            push_quoted_within(&mut text, string, limit);
        }
        Value::Function(_) if !context.compact => text.push_str(super::julia::GENERIC_FUNCTION),
        Value::Array(array) if array.is_empty() && !array.is_vector() => text = super::julia::summary(array),
        _ => {}
    }
    Cell { text, left, right: all - left }
}

fn total(alignments: &[Alignment]) -> usize {
    alignments.iter().map(|(left, right)| left + right).sum()
}

/// Writes dots under the columns whose number leaves `phase` after division by [`DOTS_EVERY`].
fn push_dots(out: &mut String, alignments: &[Alignment], phase: usize, pad_end: bool) {
    for (k, &(left, right)) in alignments.iter().enumerate() {
        let pad = pad_end || k + 1 < alignments.len();
        let mut used = 0;
        if (k + 1) % DOTS_EVERY == phase {
            let before = left.saturating_sub(1);
            push_blanks(out, before);
            out.push_str(VERTICAL_DOTS);
            used = before + 1;
        }
        if pad {
            push_blanks(out, (left + right).saturating_sub(used));
            if k + 1 < alignments.len() {
                push_blanks(out, GAP);
            }
        }
    }
}

fn push_blanks(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}
