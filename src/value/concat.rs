//! Concatenation: `[A B; C D]`, `vcat`, `hcat`.

use super::array::{dense, element_count, reserve, written};
use super::promote::{self, Numeric, as_array};
use super::{Array, Complex64, Elements, Form, Type, Value};
use crate::codes::Code;
use crate::fault::{Fault, Outcome, Part};
use std::mem::MaybeUninit;
use std::rc::Rc;

/// `[a; b; c]`: a vector of numbers and vectors, a matrix if one of them is.
pub fn vcat(items: &[Value]) -> Outcome<Value> {
    if items.iter().all(is_scalar) {
        return promote::literal_vector(items.to_vec()).map(Value::array);
    }
    let mut blocks = sized_blocks(items)?;
    let cols = blocks.iter().find(|b| b.content.has_size()).map_or(1, |b| b.cols);
    for block in &mut blocks {
        block.resolve_scaling(cols);
    }
    if blocks.iter().any(|b| b.cols != cols) {
        return Err(columns_differ(&blocks));
    }
    let mut row = 0;
    for block in &mut blocks {
        block.row = row;
        row = add(row, block.rows)?;
    }
    let form = if blocks.iter().all(|b| b.ndims < 2) { Form::Vector } else { Form::Matrix };
    assemble(&blocks, row, cols, form)
}

/// `[a b c]`: a matrix with vectors as its columns.
pub fn hcat(items: &[Value]) -> Outcome<Value> {
    if items.iter().all(is_scalar) {
        return promote::literal_matrix(items.to_vec(), 1, items.len()).map(Value::array);
    }
    let mut blocks = sized_blocks(items)?;
    let (rows, cols) = place_row(&mut blocks, 0, 0)?;
    assemble(&blocks, rows, cols, Form::Matrix)
}

/// `[a b; c d]`. Faults carry `Part::Argument(k)` labels, k counting the items row by row.
pub fn hvcat(rows: &[Vec<Value>]) -> Outcome<Value> {
    let width = rows.first().map_or(0, Vec::len);
    if rows.iter().all(|row| row.len() == width && row.iter().all(is_scalar)) {
        let columns = (0..width).flat_map(|j| rows.iter().map(move |row| row[j].clone()));
        return promote::literal_matrix(columns.collect(), rows.len(), width).map(Value::array);
    }
    let mut all: Vec<Block> = Vec::new();
    let (mut height, mut widths) = (0, Vec::new());
    for row in rows {
        let mut blocks = blocks(row)?;
        let (rows, cols) = place_row(&mut blocks, height, all.len())?;
        widths.push((cols, all.len(), blocks.len()));
        height = add(height, rows)?;
        all.extend(blocks);
    }
    let cols = widths.first().map_or(0, |(cols, _, _)| *cols);
    if widths.iter().any(|(other, _, _)| *other != cols) {
        return Err(widths_differ(&all, &widths));
    }
    assemble(&all, height, cols, Form::Matrix)
}

/// One item of a concatenation and its place in the result.
struct Block {
    content: Content,
    rows: usize,
    cols: usize,
    ndims: usize,
    row: usize,
    col: usize,
}

/// What a block holds.
enum Content {
    Scalar(Value),
    Array(Rc<Array>),
    /// `I`, as large as its neighbours ask for.
    Scaling(Value),
}

impl Content {
    fn has_size(&self) -> bool {
        !matches!(self, Content::Scaling(_))
    }
}

impl Block {
    fn new(item: &Value) -> Outcome<Block> {
        let block = |content, rows, cols, ndims| Block { content, rows, cols, ndims, row: 0, col: 0 };
        if let Some(array) = as_array(item)? {
            let (rows, cols) = array.shape();
            let ndims = array.ndims();
            return Ok(block(Content::Array(array), rows, cols, ndims));
        }
        Ok(match item {
            Value::Scaling(scale) => block(Content::Scaling((**scale).clone()), 0, 0, 2),
            _ => block(Content::Scalar(item.clone()), 1, 1, 0),
        })
    }

    fn resolve_scaling(&mut self, size: usize) {
        if !self.content.has_size() {
            (self.rows, self.cols) = (size, size);
        }
    }

    fn size_text(&self) -> String {
        match &self.content {
            Content::Array(array) => array.size_text(),
            Content::Scalar(value) => super::display::describe(value),
            Content::Scaling(_) => format!("{}×{}", self.rows, self.cols),
        }
    }

    /// The number type of the elements, if they are numbers.
    fn numeric(&self) -> Option<Numeric> {
        match &self.content {
            Content::Scalar(value) | Content::Scaling(value) => Numeric::of_value(value),
            Content::Array(array) => Numeric::of(&array.elements()),
        }
    }

    fn eltype(&self) -> Type {
        match &self.content {
            Content::Scalar(value) | Content::Scaling(value) => value.type_of(),
            Content::Array(array) => array.eltype(),
        }
    }
}

fn is_scalar(item: &Value) -> bool {
    !matches!(item, Value::Array(_) | Value::Range(_) | Value::Scaling(_))
}

/// The blocks of one line, of which one at least says how large it is.
fn sized_blocks(items: &[Value]) -> Outcome<Vec<Block>> {
    if !items.is_empty() && items.iter().all(|item| matches!(item, Value::Scaling(_))) {
        return Err(Fault::argument("`I` alone does not tell the size of the matrix that it is put into")
            .rule("beside a matrix, `I` is as large as that")
            .hint("`I(3)` is the 3×3 identity matrix"));
    }
    blocks(items)
}

fn blocks(items: &[Value]) -> Outcome<Vec<Block>> {
    items.iter().map(Block::new).collect()
}

fn add(a: usize, b: usize) -> Outcome<usize> {
    a.checked_add(b).ok_or_else(|| Fault::overflow("the concatenation has too many rows or columns"))
}

/// Puts blocks side by side from row `row` on; gives rows and columns of the line. `before` counts the items before it.
fn place_row(blocks: &mut [Block], row: usize, before: usize) -> Outcome<(usize, usize)> {
    let rows = blocks.iter().find(|b| b.content.has_size()).map_or(1, |b| b.rows);
    let mut col = 0;
    for block in blocks.iter_mut() {
        block.resolve_scaling(rows);
        (block.row, block.col) = (row, col);
        col = add(col, block.cols)?;
    }
    if blocks.iter().any(|b| b.rows != rows) {
        return Err(rows_differ(blocks, before));
    }
    Ok((rows, col))
}

fn assemble(blocks: &[Block], rows: usize, cols: usize, form: Form) -> Outcome<Value> {
    let common = blocks.iter().map(Block::numeric).reduce(|a, b| Some(a?.max(b?))).flatten();
    let elements = match common {
        Some(Numeric::Bool) => Elements::Bool(fill(blocks, rows, cols, false, copy_bools)?),
        Some(Numeric::Int) => Elements::Int(fill(blocks, rows, cols, 0, copy_ints)?),
        Some(Numeric::Float) => Elements::Float(fill(blocks, rows, cols, 0.0, copy_floats)?),
        Some(Numeric::Complex) => {
            Elements::Complex(fill(blocks, rows, cols, Complex64::new(0.0, 0.0), copy_complexes)?)
        }
        None => {
            let eltype = blocks.iter().map(Block::eltype).reduce(|a, b| promote::join(&a, &b)).unwrap_or(Type::Any);
            Elements::Any(fill(blocks, rows, cols, Value::Int(0), copy_values)?, eltype)
        }
    };
    Ok(Value::array(Array::new(form, elements)))
}

/// The result's elements: every block column by column, around the diagonal of an `I` zeros.
fn fill<T: nalgebra::Scalar>(
    blocks: &[Block],
    rows: usize,
    cols: usize,
    zero: T,
    copy: fn(&Block, &mut Target<'_, T>) -> Outcome<()>,
) -> Outcome<nalgebra::DMatrix<T>> {
    let count = element_count(rows, cols)?;
    let write = |items: &mut [MaybeUninit<T>]| {
        let mut filled = 0;
        for block in blocks {
            let mut target = Target { items: &mut *items, rows, block, zero: &zero, filled: 0 };
            copy(block, &mut target)?;
            filled += target.filled;
        }
        assert_eq!(filled, count, "the blocks of a concatenation leave nothing out");
        Ok(())
    };
    // SAFETY: blocks lie beside each other, and all together they have filled as many elements as there are.
    let items = unsafe { written(count, write) }?;
    Ok(dense(rows, cols, items))
}

/// The place of one block in the result.
struct Target<'a, T> {
    items: &'a mut [MaybeUninit<T>],
    rows: usize,
    block: &'a Block,
    zero: &'a T,
    /// How many elements have been filled.
    filled: usize,
}

impl<T: Clone> Target<'_, T> {
    /// The elements of one column of the block.
    fn column(&mut self, j: usize) -> &mut [MaybeUninit<T>] {
        self.filled += self.block.rows;
        let start = (self.block.col + j) * self.rows + self.block.row;
        &mut self.items[start..start + self.block.rows]
    }

    fn put(&mut self, source: &[T]) {
        let (height, width) = (self.block.rows, self.block.cols);
        if height == 0 {
            return;
        }
        for (j, column) in source.chunks_exact(height).enumerate().take(width) {
            self.column(j).iter_mut().zip(column).for_each(|(to, x)| _ = to.write(x.clone()));
        }
    }

    fn put_diagonal(&mut self, value: &T) {
        for j in 0..self.block.cols {
            let zero = self.zero;
            for (i, to) in self.column(j).iter_mut().enumerate() {
                to.write(if i == j { value.clone() } else { zero.clone() });
            }
        }
    }

    fn put_number(&mut self, content: &Content, value: T) {
        match content {
            Content::Scaling(_) => self.put_diagonal(&value),
            Content::Scalar(_) | Content::Array(_) => self.put(&[value]),
        }
    }
}

fn copy_bools(block: &Block, target: &mut Target<'_, bool>) -> Outcome<()> {
    match &block.content {
        Content::Scalar(value) | Content::Scaling(value) => {
            target.put_number(&block.content, promote::to_bool(value)?);
        }
        Content::Array(array) => {
            if let Elements::Bool(m) = &*array.elements() {
                target.put(m.as_slice());
            }
        }
    }
    Ok(())
}

fn copy_ints(block: &Block, target: &mut Target<'_, i64>) -> Outcome<()> {
    match &block.content {
        Content::Scalar(value) | Content::Scaling(value) => target.put_number(&block.content, promote::to_int(value)?),
        Content::Array(array) => target.put(&promote::to_ints(&array.elements())?),
    }
    Ok(())
}

fn copy_floats(block: &Block, target: &mut Target<'_, f64>) -> Outcome<()> {
    match &block.content {
        Content::Scalar(value) | Content::Scaling(value) => {
            target.put_number(&block.content, promote::to_float(value)?);
        }
        Content::Array(array) => target.put(&promote::to_floats(&array.elements())?),
    }
    Ok(())
}

fn copy_complexes(block: &Block, target: &mut Target<'_, Complex64>) -> Outcome<()> {
    match &block.content {
        Content::Scalar(value) | Content::Scaling(value) => {
            target.put_number(&block.content, promote::to_complex(value)?);
        }
        Content::Array(array) => target.put(&promote::to_complexes(&array.elements())?),
    }
    Ok(())
}

fn copy_values(block: &Block, target: &mut Target<'_, Value>) -> Outcome<()> {
    match &block.content {
        Content::Scalar(value) | Content::Scaling(value) => target.put_number(&block.content, value.clone()),
        Content::Array(array) => {
            let elements = array.elements();
            let mut items = reserve(elements.len())?;
            items.extend((0..elements.len()).map(|k| elements.value(k)));
            target.put(&items);
        }
    }
    Ok(())
}

/// Every item labelled with its size.
fn with_sizes(fault: Fault, blocks: &[Block], before: usize) -> Fault {
    let label = |fault: Fault, (k, block): (usize, &Block)| fault.label(Part::Argument(before + k), block.size_text());
    blocks.iter().enumerate().fold(fault, label)
}

#[cold]
fn columns_differ(blocks: &[Block]) -> Fault {
    let first = &blocks[0];
    let other = blocks.iter().find(|b| b.cols != first.cols).unwrap_or(first);
    let message =
        format!("{} above {}: {} against {}", first.size_text(), other.size_text(), counted(first.cols), other.cols);
    with_sizes(Fault::dimension(message).code(Code::BlockSizes), blocks, 0)
        .rule("what stands above each other has as many columns")
}

#[cold]
fn rows_differ(blocks: &[Block], before: usize) -> Fault {
    let first = &blocks[0];
    let other = blocks.iter().find(|b| b.rows != first.rows).unwrap_or(first);
    let message =
        format!("{} beside {}: {} against {} rows", first.size_text(), other.size_text(), first.rows, other.rows);
    with_sizes(Fault::dimension(message).code(Code::BlockSizes), blocks, before)
        .rule("what stands side by side has as many rows")
}

#[cold]
fn widths_differ(blocks: &[Block], widths: &[(usize, usize, usize)]) -> Fault {
    let first = widths.first().map_or(0, |(cols, _, _)| *cols);
    let (number, other) = widths
        .iter()
        .enumerate()
        .find(|(_, (cols, _, _))| *cols != first)
        .map_or((0, first), |(k, (cols, _, _))| (k, *cols));
    let message = format!("row {} has {}, row 1 has {first}", number + 1, counted(other));
    with_sizes(Fault::dimension(message).code(Code::BlockSizes), blocks, 0)
        .rule("all rows of a matrix have as many columns")
}

fn counted(columns: usize) -> String {
    if columns == 1 { "1 column".to_string() } else { format!("{columns} columns") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(items: &[i64]) -> Value {
        Value::vector(items.to_vec())
    }

    #[test]
    fn numbers_and_vectors() {
        assert_eq!(vcat(&[Value::Int(1), vector(&[2, 3])]), Ok(vector(&[1, 2, 3])));
        assert_eq!(vcat(&[Value::Int(1), Value::float(0.5)]), Ok(Value::vector(vec![1.0, 0.5])));
        assert_eq!(hcat(&[vector(&[1, 2]), vector(&[3, 4])]), Ok(Value::matrix(2, 2, vec![1_i64, 2, 3, 4])));
        assert_eq!(hcat(&[Value::Int(1), Value::Int(2)]), Ok(Value::matrix(1, 2, vec![1_i64, 2])));
        assert_eq!(vcat(&[Value::vector(Vec::<i64>::new()), vector(&[1])]), Ok(vector(&[1])));
    }

    #[test]
    fn blocks_make_a_matrix() {
        let a = Value::matrix(1, 2, vec![1_i64, 2]);
        assert_eq!(vcat(&[a.clone(), a.clone()]), Ok(Value::matrix(2, 2, vec![1_i64, 1, 2, 2])));
        let grid = [vec![a.clone(), Value::float(3.0)], vec![Value::Int(4), Value::matrix(1, 2, vec![5_i64, 6])]];
        assert_eq!(hvcat(&grid), Ok(Value::matrix(2, 3, vec![1.0, 4.0, 2.0, 5.0, 3.0, 6.0])));
        let eye = Value::Scaling(Rc::new(Value::Int(1)));
        assert_eq!(hcat(&[vector(&[7, 8]), eye]), Ok(Value::matrix(2, 3, vec![7_i64, 8, 1, 0, 0, 1])));
    }

    #[test]
    fn rows_of_numbers() {
        let rows = [vec![Value::Int(1), Value::Int(2)], vec![Value::Int(3), Value::Int(4)]];
        assert_eq!(hvcat(&rows), Ok(Value::matrix(2, 2, vec![1_i64, 3, 2, 4])));
        let text = vcat(&[Value::str("a"), vector(&[1])]).expect("anything can stand in a vector");
        assert_eq!(text, Value::array(Array::vector_of(vec![Value::str("a"), Value::Int(1)], Type::Any)));
    }
}
