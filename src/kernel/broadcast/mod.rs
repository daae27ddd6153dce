//! Broadcasting: a dotted expression as one loop over blocks, without temporary arrays.

mod compile;
mod elements;
mod fold;
mod kept;
mod ranges;
mod shape;

use crate::fault::{Fault, Outcome, Part};
use crate::kernel::operators;
use crate::kernel::program::{Cell, End, Input, Program, Target};
use crate::op::{BinaryOp, UnaryOp};
use crate::value::array::{dense, element_count, reserve};
use crate::value::display::describe;
pub use crate::value::dotted::{Dotted, Formula};
use crate::value::{Array, Complex64, Element, Elements as ArrayElements, Form, Host, Type, Value, index};
use compile::{Borrowed, CellType, Root, Task};
use elements::{Elements, is_number};
pub use fold::{Side, accumulated, folded};
pub use kept::Kept;
use kept::Known;
use shape::{Kind, Shape, Shapes};
use std::rc::Rc;

/// Fewer elements are gone through before a program is compiled.
pub const FEW_ELEMENTS: usize = 8;

/// The value of a dotted expression: an array, a tuple if the leaves with elements are tuples, a scalar if there are
/// none, a range where the operation keeps one. A fault's `Part::Argument(k)` labels mean leaf k.
pub fn broadcast(tree: &Dotted, leaves: &[Value], host: &dyn Host) -> Outcome<Value> {
    broadcast_again(tree, leaves, host, &Kept::default())
}

/// As [`broadcast`], for an expression that may be evaluated often: its program is kept.
pub fn broadcast_again(tree: &Dotted, leaves: &[Value], host: &dyn Host, kept: &Kept) -> Outcome<Value> {
    if let Some(value) = kept.run(None, leaves, host)? {
        return Ok(value);
    }
    match ranges::prepare(tree, leaves, host)? {
        Some(prepared) => evaluate(&prepared.tree, &prepared.leaves, host, None),
        None => evaluate(tree, leaves, host, Some(kept)),
    }
}

fn evaluate(tree: &Dotted, leaves: &[Value], host: &dyn Host, kept: Option<&Kept>) -> Outcome<Value> {
    match tree {
        Dotted::Leaf(k) => return Ok(elements::unwrapped(&leaves[*k])),
        Dotted::Constant(value) => return Ok(value.clone()),
        Dotted::Unary(..)
        | Dotted::Binary(..)
        | Dotted::And(..)
        | Dotted::Or(..)
        | Dotted::If(_)
        | Dotted::Call { .. } => {}
    }
    if let Some(scaled) = scaled_identity(tree, leaves) {
        return scaled;
    }
    let shapes = shape::shapes(tree, leaves)?;
    let general = Elements { tree, leaves, shapes: &shapes, host };
    let Shape { kind, rows, cols } = shapes.result;
    let form = match kind {
        Kind::Scalar | Kind::Tuple => return general.collect(),
        Kind::Vector => Form::Vector,
        Kind::Matrix => Form::Matrix,
    };
    let mut failed = None;
    for float_powers in [false, true] {
        let borrowed = Borrowed::new(leaves, None);
        let task = Task {
            root: Root::Tree(tree),
            leaves,
            borrowed: &borrowed,
            shapes: &shapes,
            host,
            result: shapes.result,
            destination: None,
            float_powers,
            folds: false,
        };
        let Some(compiled) = compile::compile(task) else { break };
        let block = match run_fresh(&compiled.program, compiled.result, &compiled.inputs, rows, cols)? {
            Ok(elements) => {
                let array = Array::new(form, elements);
                if let (Some(kept), false) = (kept, float_powers) {
                    kept.put(|| Known::new(compiled, None, leaves, &array, None));
                }
                return Ok(Value::array(array));
            }
            Err(block) => block,
        };
        failed = Some(block);
        if !compiled.has_int_powers {
            break;
        }
        // An error of the elements comes first; only if they have none, a power was negative.
        drop(compiled);
        drop(borrowed);
        general.each_of_block(rows, cols, block)?;
    }
    if let Some(block) = failed {
        general.each_of_block(rows, cols, block)?;
    }
    if element_count(rows, cols)? == 0 {
        return Ok(Value::array(Array::new(form, empty(tree, rows, cols))));
    }
    general.collect()
}

/// `2 .* I`, `I ./ 2`, `I .^ 2`: a number and `I` have no elements to go through, and give what they give without a dot.
fn scaled_identity(tree: &Dotted, leaves: &[Value]) -> Option<Outcome<Value>> {
    let Dotted::Binary(op @ (BinaryOp::Mul | BinaryOp::Div | BinaryOp::LeftDiv | BinaryOp::Pow), lhs, rhs) = tree
    else {
        return None;
    };
    let value = |side: &Dotted| match side {
        Dotted::Leaf(k) => leaves.get(*k).cloned(),
        Dotted::Constant(value) => Some(value.clone()),
        _ => None,
    };
    let (a, b) = (value(lhs)?, value(rhs)?);
    let scaling = |value: &Value| matches!(value, Value::Scaling(_));
    let fits = scaling(&a) && is_number(&b) || scaling(&b) && is_number(&a) && *op != BinaryOp::Pow;
    fits.then(|| operators::binary(*op, &a, &b))
}

/// Runs a program into a new array; the block that failed if one did.
fn run_fresh(
    program: &Program,
    result: CellType,
    inputs: &[Input<'_>],
    rows: usize,
    cols: usize,
) -> Outcome<Result<ArrayElements, usize>> {
    match result {
        CellType::Bool => fresh::<bool>(program, inputs, rows, cols),
        CellType::Int => fresh::<i64>(program, inputs, rows, cols),
        CellType::Float => fresh::<f64>(program, inputs, rows, cols),
        CellType::Complex => fresh::<Complex64>(program, inputs, rows, cols),
    }
}

fn fresh<T: Cell + Element>(
    program: &Program,
    inputs: &[Input<'_>],
    rows: usize,
    cols: usize,
) -> Outcome<Result<ArrayElements, usize>> {
    let count = element_count(rows, cols)?;
    let mut items = reserve::<T>(count)?;
    match program.run(inputs, Target::fresh(&mut items.spare_capacity_mut()[..count]))? {
        End::Failed { block } => Ok(Err(block)),
        End::Done => {
            // SAFETY: the program ran to its end and has written all `count` elements.
            unsafe { items.set_len(count) };
            Ok(Ok(T::wrap(dense(rows, cols, items))))
        }
    }
}

/// The values of a function for every element of an array or a range, or for the elements of several of one shape in the
/// same places, under that shape, by a program. `None` where there is none, or where it failed: the elements are then gone
/// through one by one, which finds the first error.
pub fn mapped(function: &Value, over: &[Value], host: &dyn Host) -> Outcome<Option<Value>> {
    let args = (1..=over.len()).map(Dotted::Leaf).collect();
    let call = Dotted::Call { function: 0, args, keyword: Vec::new() };
    let Some(shapes) = over.iter().map(shape::of_elements).collect::<Option<Vec<Shape>>>() else { return Ok(None) };
    let [shape, others @ ..] = &shapes[..] else { return Ok(None) };
    if others.iter().any(|other| other != shape) {
        return Ok(None);
    }
    let leaves: Vec<Value> = std::iter::once(function).chain(over).cloned().collect();
    let formula = host.formula(function, over.len());
    let kept = formula.as_ref().and_then(Kept::with_formula);
    let result = *shape;
    let shapes = std::iter::once(Shape::SCALAR).chain(shapes).collect();
    run_over(Root::Tree(&call), &leaves, shapes, result, host, kept)
}

/// The values of a formula for every element of an array or a range, or for every pair of elements of two: rows for
/// the first, columns for the second. `None` as for [`mapped`].
pub fn computed(formula: &Formula, over: &[Value], host: &dyn Host) -> Outcome<Option<Value>> {
    let Some(shapes) = over.iter().map(shape::of_elements).collect::<Option<Vec<Shape>>>() else { return Ok(None) };
    if shapes.iter().filter_map(|shape| shape.count()).fold(1, usize::saturating_mul) < FEW_ELEMENTS {
        return Ok(None);
    }
    match shapes[..] {
        [shape] => run_over(Root::Formula(formula), over, shapes, shape, host, Kept::with_formula(formula)),
        [first, second] => {
            let (Some(rows), Some(cols)) = (first.count(), second.count()) else { return Ok(None) };
            let matrix = |rows, cols| Shape { kind: Kind::Matrix, rows, cols };
            let shapes = vec![matrix(rows, 1), matrix(1, cols)];
            run_over(Root::Formula(formula), over, shapes, matrix(rows, cols), host, None)
        }
        _ => Ok(None),
    }
}

fn run_over(
    root: Root<'_>,
    leaves: &[Value],
    shapes: Vec<Shape>,
    result: Shape,
    host: &dyn Host,
    kept: Option<&Kept>,
) -> Outcome<Option<Value>> {
    let formula = if let Root::Formula(formula) = root { Some(formula) } else { None };
    if let Some(kept) = kept
        && let Some(value) = kept.run(formula, leaves, host)?
    {
        return Ok(Some(value));
    }
    let Shape { kind, rows, cols } = result;
    let borrowed = Borrowed::new(leaves, None);
    let shapes = Shapes { leaves: shapes, result };
    let task = Task {
        root,
        leaves,
        borrowed: &borrowed,
        shapes: &shapes,
        host,
        result,
        destination: None,
        float_powers: false,
        folds: false,
    };
    let Some(compiled) = compile::compile(task) else { return Ok(None) };
    let form = if kind == Kind::Vector { Form::Vector } else { Form::Matrix };
    let Ok(elements) = run_fresh(&compiled.program, compiled.result, &compiled.inputs, rows, cols)? else {
        return Ok(None);
    };
    let array = Array::new(form, elements);
    if let Some(kept) = kept {
        kept.put(|| Known::new(compiled, formula, leaves, &array, None));
    }
    Ok(Some(Value::array(array)))
}

/// A result without elements that no program tells the type of: comparisons are Bools, others can be anything.
fn empty(tree: &Dotted, rows: usize, cols: usize) -> ArrayElements {
    match tree {
        Dotted::Binary(op, ..) if op.is_comparison() => ArrayElements::Bool(dense(rows, cols, Vec::new())),
        Dotted::Unary(UnaryOp::Not, _) | Dotted::And(..) | Dotted::Or(..) => {
            ArrayElements::Bool(dense(rows, cols, Vec::new()))
        }
        _ => ArrayElements::Any(dense(rows, cols, Vec::new()), Type::Any),
    }
}

/// `destination .= tree`: writes into the array, whose size and element type stay. Elements before one that fails may
/// have been written. A fault labels the destination as `Part::Left`.
pub fn broadcast_into(destination: &Value, tree: &Dotted, leaves: &[Value], host: &dyn Host) -> Outcome<()> {
    broadcast_into_again(destination, tree, leaves, host, &Kept::default())
}

/// As [`broadcast_into`], for an assignment that may be done often: its program is kept.
pub fn broadcast_into_again(
    destination: &Value,
    tree: &Dotted,
    leaves: &[Value],
    host: &dyn Host,
    kept: &Kept,
) -> Outcome<()> {
    let Value::Array(array) = destination else { return Err(no_destination(destination)) };
    let end = kept.run_into(array, leaves, host)?;
    if let Some(End::Done) = end {
        return Ok(());
    }
    match ranges::prepare(tree, leaves, host)? {
        Some(prepared) => write(array, destination, &prepared.tree, &prepared.leaves, host, None, None),
        None => write(array, destination, tree, leaves, host, Some(kept), end),
    }
}

fn write(
    array: &Rc<Array>,
    destination: &Value,
    tree: &Dotted,
    leaves: &[Value],
    host: &dyn Host,
    kept: Option<&Kept>,
    end: Option<End>,
) -> Outcome<()> {
    let shapes = shape::shapes(tree, leaves)?;
    let result = shape::check_fits(&shapes, destination, leaves)?;
    let (rows, cols) = (result.rows, result.cols);
    let general = Elements { tree, leaves, shapes: &shapes, host };
    let end = match end {
        Some(end) => Some(end),
        None => run_into(array, &general, result, kept)?,
    };
    let start = match end {
        Some(End::Done) => return Ok(()),
        Some(End::Failed { block }) => block,
        None => 0,
    };
    general.each(rows, cols, start, |k, value| index::set(destination, &[Value::Int(k as i64 + 1)], &value))
}

/// Runs the program, if there is one, in place.
fn run_into(array: &Rc<Array>, general: &Elements<'_>, result: Shape, kept: Option<&Kept>) -> Outcome<Option<End>> {
    let Elements { tree, leaves, shapes, host } = *general;
    let Some(cells) = CellType::of(&array.elements()) else { return Ok(None) };
    let borrowed = Borrowed::new(leaves, Some(array));
    let destination = Some((array, cells));
    let root = Root::Tree(tree);
    let task = Task {
        root,
        leaves,
        borrowed: &borrowed,
        shapes,
        host,
        result,
        destination,
        float_powers: false,
        folds: false,
    };
    let Some(compiled) = compile::compile(task) else { return Ok(None) };
    let end = run_existing(&compiled.program, &compiled.inputs, array)?;
    if let (Some(kept), Some(End::Done)) = (kept, end) {
        kept.put(|| Known::new(compiled, None, leaves, array, Some(array)));
    }
    Ok(end)
}

/// Runs a program for this array, whose type it has.
fn run_existing(program: &Program, inputs: &[Input<'_>], array: &Array) -> Outcome<Option<End>> {
    let end = match &mut *array.writable()? {
        ArrayElements::Bool(m) => program.run(inputs, Target::existing(m.as_mut_slice()))?,
        ArrayElements::Int(m) => program.run(inputs, Target::existing(m.as_mut_slice()))?,
        ArrayElements::Float(m) => program.run(inputs, Target::existing(m.as_mut_slice()))?,
        ArrayElements::Complex(m) => program.run(inputs, Target::existing(m.as_mut_slice()))?,
        ArrayElements::Any(..) => return Ok(None),
    };
    Ok(Some(end))
}

#[cold]
fn no_destination(destination: &Value) -> Fault {
    let what = describe(destination);
    let fault = Fault::method(format!("`.=` writes into an array, not into {what}")).label(Part::Left, what);
    match destination {
        Value::Range(_) => fault.hint("a range cannot be changed; `collect` makes a vector of it"),
        _ => fault,
    }
}

/// `destination[indices...] .= tree`. Faults of the indices label them as `index::get` and `index::set` do.
pub fn broadcast_into_index(
    destination: &Value,
    indices: &[Value],
    tree: &Dotted,
    leaves: &[Value],
    host: &dyn Host,
) -> Outcome<()> {
    if let Value::Array(array) = destination
        && let Some((selection, blank)) = blank_selection(destination, array, indices, is_one_value(tree, leaves))?
    {
        let size = array.shape();
        broadcast_into(&blank, tree, leaves, host)?;
        // A function that was called may have changed its size.
        let Value::Array(values) = &blank else { return Ok(()) };
        let done = index::put(array, &selection, size, values)?;
        return if done { Ok(()) } else { index::set(destination, indices, &blank) };
    }
    let selection = index::get(destination, indices)?;
    if let Value::Array(_) = selection {
        let all_numbers = indices.iter().all(|i| matches!(i, Value::Int(_) | Value::CartesianIndex(_)));
        broadcast_into(&selection, tree, leaves, host)?;
        // A single element that is itself an array has been changed in place.
        return if all_numbers { Ok(()) } else { index::set(destination, indices, &selection) };
    }
    let value = broadcast(tree, leaves, host)?;
    index::set(destination, indices, &value)
}

/// Is it the same number for every element, with nothing to compute?
fn is_one_value(tree: &Dotted, leaves: &[Value]) -> bool {
    match tree {
        Dotted::Leaf(k) => is_number(&leaves[*k]),
        Dotted::Constant(value) => is_number(value),
        Dotted::Unary(..)
        | Dotted::Binary(..)
        | Dotted::And(..)
        | Dotted::Or(..)
        | Dotted::If(_)
        | Dotted::Call { .. } => false,
    }
}

/// What the indices of an array of numbers choose, and an array for the values that will stand there, or for the one that
/// will stand everywhere; `None` for a single element, and where elements may be arrays that are themselves written to.
fn blank_selection(
    destination: &Value,
    array: &Array,
    indices: &[Value],
    is_one: bool,
) -> Outcome<Option<(index::Selection, Value)>> {
    fn zeros<T: Cell + Element>(rows: usize, cols: usize) -> Outcome<ArrayElements> {
        let count = element_count(rows, cols)?;
        let mut items = reserve::<T>(count)?;
        items.resize(count, T::default());
        Ok(T::wrap(dense(rows, cols, items)))
    }
    if matches!(&*array.elements(), ArrayElements::Any(..)) {
        return Ok(None);
    }
    let selection = index::resolve_indices(destination, indices)?;
    let Some(form) = selection.form() else { return Ok(None) };
    let (rows, cols) = if is_one && !selection.is_empty() { (1, 1) } else { selection.shape() };
    let elements = match &*array.elements() {
        ArrayElements::Bool(_) => zeros::<bool>(rows, cols)?,
        ArrayElements::Int(_) => zeros::<i64>(rows, cols)?,
        ArrayElements::Float(_) => zeros::<f64>(rows, cols)?,
        ArrayElements::Complex(_) => zeros::<Complex64>(rows, cols)?,
        ArrayElements::Any(..) => return Ok(None),
    };
    Ok(Some((selection, Value::array(Array::new(form, elements)))))
}

#[cfg(test)]
mod tests;
