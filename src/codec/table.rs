//! Tables as values: a matrix of a text's cells, columns that each have their type, and both as text again.

use super::delimited::{Cell, Rows, write_cell};
use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::value::array::{Element, element_count, reserve};
use crate::value::display::print_text;
use crate::value::{Array, Complex64, Type, Value, parse};

/// The cells from a row on as a matrix, of one element type or of the one that fits: floats if every cell is a number,
/// `Any` otherwise. With a type every row has as many cells; without one, missing cells are empty strings.
pub fn matrix(rows: &Rows<'_>, from: usize, element: Option<&Type>) -> Outcome<Array> {
    let (height, width) = (rows.count().saturating_sub(from), rows.width(from));
    if height == 0 {
        return Err(Fault::argument(format!("{} holds no row of a table", rows.source.name)));
    }
    let body = Body { rows, from, height, width };
    match element {
        Some(Type::Float64) => body.all(|cell| float(&cell.text).ok_or("no number")),
        Some(Type::Int64) => body.all(|cell| integer(&cell.text).ok_or("no integer")),
        Some(Type::Bool) => body.all(|cell| truth(&cell.text).ok_or("neither true nor false")),
        Some(Type::ComplexF64) => body.all(|cell| complex(&cell.text).ok_or("no complex number")),
        Some(Type::String) => {
            let texts = body.items(|cell| Ok(Value::str(&*cell.text)), |k| Err(body.too_short(k)))?;
            Ok(Array::matrix_of(height, width, texts, Type::String))
        }
        Some(Type::Any) => body.any(),
        Some(other) => Err(Fault::argument(format!("a table holds no elements of the type {other}"))
            .rule("the type is Float64, Int64, Bool, ComplexF64, String or Any")),
        None => match body.floats()? {
            Some(floats) => Ok(floats),
            None => body.any(),
        },
    }
}

/// The rows of a table below its header.
struct Body<'r, 't> {
    rows: &'r Rows<'t>,
    from: usize,
    height: usize,
    width: usize,
}

impl<'t> Body<'_, 't> {
    /// Every cell as an item, column by column; `missing` stands in for those that a row has too few, by the row's number.
    fn items<T>(
        &self,
        one: impl Fn(&Cell<'t>) -> Outcome<T>,
        missing: impl Fn(usize) -> Outcome<T>,
    ) -> Outcome<Vec<T>> {
        let mut items = reserve(element_count(self.height, self.width)?)?;
        for j in 0..self.width {
            for k in self.from..self.from + self.height {
                if k % 4096 == 0 {
                    interrupt::check()?;
                }
                items.push(match self.rows.row(k).get(j) {
                    Some(cell) => one(cell)?,
                    None => missing(k)?,
                });
            }
        }
        Ok(items)
    }

    /// A matrix of one type of numbers; the first cell that is none is an error.
    fn all<T: Element>(&self, one: impl Fn(&Cell<'t>) -> Result<T, &'static str>) -> Outcome<Array> {
        // Whoever reads a file looks for its first mistake, so that the rows are gone through in order.
        for k in self.from..self.from + self.height {
            if self.rows.row(k).len() < self.width {
                return Err(self.too_short(k));
            }
            for (j, cell) in self.rows.row(k).iter().enumerate() {
                one(cell).map_err(|what| {
                    self.rows.source.fault(cell.at, format!("cell {} of the row, {:?}, is {what}", j + 1, cell.text))
                })?;
            }
        }
        let place = |cell: &Cell<'t>| one(cell).map_err(|what| self.rows.source.fault(cell.at, what));
        Ok(Array::matrix(self.height, self.width, self.items(place, |k| Err(self.too_short(k)))?))
    }

    /// A matrix of floats, if every cell is a number.
    fn floats(&self) -> Outcome<Option<Array>> {
        let is_number = |k: usize| {
            let row = self.rows.row(k);
            row.len() == self.width && row.iter().all(|cell| float(&cell.text).is_some())
        };
        if !(self.from..self.from + self.height).all(is_number) {
            return Ok(None);
        }
        let floats = self.items(|cell| Ok(float(&cell.text).unwrap_or(f64::NAN)), |_| Ok(f64::NAN))?;
        Ok(Some(Array::matrix(self.height, self.width, floats)))
    }

    /// Numbers where cells are numbers, strings elsewhere.
    fn any(&self) -> Outcome<Array> {
        let items = self.items(|cell| Ok(anything(&cell.text)), |_| Ok(Value::str("")))?;
        Ok(Array::matrix_of(self.height, self.width, items, Type::Any))
    }

    #[cold]
    fn too_short(&self, k: usize) -> Fault {
        self.rows.fault_of_length(k, self.width, "every row of a matrix has as many cells")
    }
}

/// The cells of one row as a matrix of strings: a header.
pub fn header(rows: &Rows<'_>, k: usize) -> Array {
    let names: Vec<Value> = rows.row(k).iter().map(|cell| Value::str(&*cell.text)).collect();
    Array::matrix_of(1, names.len(), names, Type::String)
}

/// The columns of the rows from one on, which all have `width` cells. Each is of the first type that all its cells have:
/// integers, floats (an empty cell and NA count as NaN), true and false, strings.
pub fn columns(rows: &Rows<'_>, from: usize, width: usize) -> Outcome<Vec<Array>> {
    if let Some(k) = (from..rows.count()).find(|k| rows.row(*k).len() != width) {
        return Err(rows.fault_of_length(k, width, "every row of a table has a cell for each column"));
    }
    let mut columns = Vec::new();
    for j in 0..width {
        interrupt::check()?;
        let cells = || (from..rows.count()).map(|k| &rows.row(k)[j]);
        let height = rows.count().saturating_sub(from);
        columns.push(if let Some(integers) = all_of(height, cells(), |cell| integer(&cell.text))? {
            Array::vector(integers)
        } else if cells().any(|cell| float(&cell.text).is_some())
            && let Some(floats) = all_of(height, cells(), float_or_missing)?
        {
            Array::vector(floats)
        } else if let Some(truths) = all_of(height, cells(), |cell| word_of_truth(&cell.text))? {
            Array::vector(truths)
        } else {
            let mut texts = reserve(height)?;
            texts.extend(cells().map(|cell| Value::str(&*cell.text)));
            Array::vector_of(texts, Type::String)
        });
    }
    Ok(columns)
}

/// The items of all cells, if there are cells and each has one.
fn all_of<'c, 't: 'c, T>(
    height: usize,
    cells: impl Iterator<Item = &'c Cell<'t>>,
    one: impl Fn(&Cell<'t>) -> Option<T>,
) -> Outcome<Option<Vec<T>>> {
    let mut cells = cells.peekable();
    // A column of words is none of numbers from its first cell on: no room is asked for.
    if cells.peek().is_none_or(|first| one(first).is_none()) {
        return Ok(None);
    }
    let mut items = reserve(height)?;
    for cell in cells {
        match one(cell) {
            Some(item) => items.push(item),
            None => return Ok(None),
        }
    }
    Ok(Some(items))
}

/// Is every cell of the first row a number?
pub fn begins_with_numbers(rows: &Rows<'_>) -> bool {
    rows.count() > 0 && rows.row(0).iter().all(|cell| float(&cell.text).is_some())
}

/// A table whose rows are all numbers, from the first row on that is: headers before it are left out, cells that are no
/// numbers become NaN.
pub fn numbers(rows: &Rows<'_>) -> Outcome<Array> {
    let has_number = |k: &usize| rows.row(*k).iter().any(|cell| float(&cell.text).is_some());
    let from = (0..rows.count()).find(has_number).unwrap_or(rows.count());
    let width = rows.width(from);
    if let Some(k) = (from..rows.count()).find(|k| rows.row(*k).len() != width) {
        return Err(rows.fault_of_length(k, width, "every row of a matrix has as many cells"));
    }
    let body = Body { rows, from, height: rows.count() - from, width };
    let floats = body.items(|cell| Ok(float(&cell.text).unwrap_or(f64::NAN)), |_| Ok(f64::NAN))?;
    Ok(Array::matrix(body.height, width, floats))
}

fn float(text: &str) -> Option<f64> {
    let text = text.trim();
    parse::float(text).or_else(|| parse::integer(text, 10).ok().flatten().map(|x| x as f64))
}

fn integer(text: &str) -> Option<i64> {
    parse::integer(text.trim(), 10).ok().flatten()
}

fn complex(text: &str) -> Option<Complex64> {
    match parse::complex(text.trim()) {
        Some(Value::Complex(c)) => Some(c.z),
        _ => None,
    }
}

fn word_of_truth(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "TRUE" | "True" => Some(true),
        "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

fn truth(text: &str) -> Option<bool> {
    word_of_truth(text).or(match text.trim() {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    })
}

fn anything(text: &str) -> Value {
    let number = || integer(text).map(Value::Int).or_else(|| float(text).map(Value::float));
    match text.trim() {
        "true" => Value::bool(true),
        "false" => Value::bool(false),
        _ => number().unwrap_or_else(|| Value::str(text)),
    }
}

fn float_or_missing(cell: &Cell<'_>) -> Option<f64> {
    match cell.text.trim() {
        "" | "NA" => Some(f64::NAN),
        text => float(text),
    }
}

/// How a table is written.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'o> {
    /// Between cells.
    pub delimiter: &'o str,
    /// Are cells that hold the delimiter, a quote or the end of a line put in quotes?
    pub quotes: bool,
}

/// Writes rows of values, each a line.
pub fn write_rows(
    out: &mut String,
    rows: usize,
    row: impl Fn(usize) -> Outcome<Vec<Value>>,
    layout: Layout<'_>,
) -> Outcome<()> {
    for i in 0..rows {
        if i % 1024 == 0 {
            interrupt::check()?;
            crate::value::array::check_room(2 * out.len())?;
        }
        let line = out.len();
        for (j, item) in row(i)?.iter().enumerate() {
            if j > 0 {
                out.push_str(layout.delimiter);
            }
            write_item(out, item, layout);
        }
        if out.len() == line && layout.quotes {
            // A line with nothing on it would be no row.
            out.push_str("\"\"");
        }
        out.push('\n');
    }
    Ok(())
}

fn write_item(out: &mut String, item: &Value, layout: Layout<'_>) {
    let text = print_text(item);
    if layout.quotes && matches!(item, Value::Str(_)) {
        write_cell(out, &text, layout.delimiter);
    } else {
        out.push_str(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::super::delimited::{Delimiter, Grammar, Source, split};
    use super::*;
    use crate::value::Elements;

    fn rows(text: &str) -> Rows<'_> {
        let grammar = Grammar { delimiter: Delimiter::Text(","), ..Grammar::default() };
        split(Source { name: "t", text }, &grammar).expect("the quotes fit")
    }

    fn message(result: Outcome<impl Sized>) -> String {
        result.err().and_then(|fault| fault.report().map(|r| r.message.clone())).unwrap_or_default()
    }

    #[test]
    fn the_element_type_is_the_one_that_fits() {
        assert_eq!(matrix(&rows("1,2\n3,4"), 0, None), Ok(Array::matrix(2, 2, vec![1.0, 3.0, 2.0, 4.0])));
        assert_eq!(matrix(&rows("1,2"), 0, Some(&Type::Int64)), Ok(Array::matrix(1, 2, vec![1, 2])));
        let mixed = vec![Value::str("a"), Value::bool(true), Value::Int(0x10), Value::float(2.5)];
        assert_eq!(matrix(&rows("a,16\ntrue,2.5"), 0, None), Ok(Array::matrix_of(2, 2, mixed, Type::Any)));
        let short = vec![Value::Int(1), Value::Int(3), Value::Int(2), Value::str("")];
        assert_eq!(matrix(&rows("1,2\n3"), 0, None), Ok(Array::matrix_of(2, 2, short, Type::Any)));
    }

    #[test]
    fn a_cell_that_does_not_fit_is_placed() {
        let bad = matrix(&rows("1,2\n3,x"), 0, Some(&Type::Float64));
        assert_eq!(message(bad), "t:2:3: cell 2 of the row, \"x\", is no number");
        assert_eq!(message(matrix(&rows("1,2\n3"), 0, Some(&Type::Int64))), "t:2:1: this row has 1 cell, not 2");
        assert_eq!(message(columns(&rows("a,b\n1,2,3"), 1, 2)), "t:2:5: this row has 3 cells, not 2");
        assert_eq!(message(matrix(&rows(""), 0, None)), "t holds no row of a table");
    }

    #[test]
    fn every_column_has_its_type() {
        let got = columns(&rows("1,1,true,a,,007\n2,,false,b,,1e3"), 0, 6).expect("the rows are equally long");
        assert_eq!(got[0], Array::vector(vec![1, 2]));
        assert_eq!(got[2], Array::vector(vec![true, false]));
        assert_eq!(got[3].eltype(), Type::String);
        assert_eq!(got[4].eltype(), Type::String);
        assert_eq!(got[5], Array::vector(vec![7.0, 1000.0]));
        let Elements::Float(floats) = &*got[1].elements() else { panic!("an empty cell among numbers is NaN") };
        assert!(floats[0] == 1.0 && floats[1].is_nan());
    }

    #[test]
    fn numbers_begin_after_the_headers() {
        let got = numbers(&rows("a,b\n1,x\n2,3")).expect("the rows are equally long");
        let Elements::Float(floats) = &*got.elements() else { panic!("it is a matrix of floats") };
        assert!(floats.shape() == (2, 2) && floats[(0, 1)].is_nan() && floats[(1, 1)] == 3.0);
    }
}
