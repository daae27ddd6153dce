//! Dense arrays of one or two dimensions: nalgebra's column-major storage behind a narrow interface, shared by reference.

use super::{Complex64, Type, Value};
use crate::fault::{ErrorKind, Fault, Outcome};
use nalgebra::{DMatrix, Dyn, VecStorage};
use std::cell::{Cell, Ref, RefCell, RefMut};
use std::mem::MaybeUninit;

/// How an array counts its dimensions, and how it came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One dimension, stored as one column.
    Vector,
    /// Two dimensions.
    Matrix,
    /// `x'` of a vector: one row; `x' * y` is a number and `x''` a vector again.
    AdjointVector,
    /// `transpose(x)` of a vector.
    TransposeVector,
    /// `A'` of a matrix: a plain matrix that remembers its name for display.
    AdjointMatrix,
    /// `transpose(A)` of a matrix.
    TransposeMatrix,
}

/// An array: form and elements. Names share it; indexed assignment changes it for all of them.
///
/// Never hold a borrow of the elements while user code may run.
#[derive(Debug)]
pub struct Array {
    form: Form,
    /// Does it stand for a part of another array? There are no views: changing it would not change the other.
    part: bool,
    elements: RefCell<Elements>,
}

impl PartialEq for Array {
    fn eq(&self, other: &Array) -> bool {
        self.form == other.form && self.elements == other.elements
    }
}

/// The elements, by type. A vector has one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Elements {
    Bool(DMatrix<bool>),
    Int(DMatrix<i64>),
    Float(DMatrix<f64>),
    Complex(DMatrix<Complex64>),
    /// Anything else, with the element type that it shows: `Any`, `String`, `Vector{Int64}` …
    Any(DMatrix<Value>, Type),
}

/// The types that arrays store unboxed, and `Value` for the rest.
pub trait Element: nalgebra::Scalar {
    /// Wraps a matrix of this type.
    fn wrap(matrix: DMatrix<Self>) -> Elements;
    /// The matrix, if the elements are of this type.
    fn peek(elements: &Elements) -> Option<&DMatrix<Self>>;
    /// The matrix, to change it, if the elements are of this type.
    fn peek_mut(elements: &mut Elements) -> Option<&mut DMatrix<Self>>;
    /// One element as a value.
    fn to_value(&self) -> Value;
}

macro_rules! element {
    ($t:ty, $variant:ident, |$x:ident| $value:expr) => {
        impl Element for $t {
            fn wrap(matrix: DMatrix<$t>) -> Elements {
                Elements::$variant(matrix)
            }
            fn peek(elements: &Elements) -> Option<&DMatrix<$t>> {
                if let Elements::$variant(m) = elements { Some(m) } else { None }
            }
            fn peek_mut(elements: &mut Elements) -> Option<&mut DMatrix<$t>> {
                if let Elements::$variant(m) = elements { Some(m) } else { None }
            }
            fn to_value(&self) -> Value {
                let $x = *self;
                $value
            }
        }
    };
}
element!(bool, Bool, |x| Value::bool(x));
element!(i64, Int, |x| Value::Int(x));
element!(f64, Float, |x| Value::float(x));
element!(Complex64, Complex, |x| Value::complex(x));

impl Element for Value {
    fn wrap(matrix: DMatrix<Value>) -> Elements {
        Elements::Any(matrix, Type::Any)
    }
    fn peek(elements: &Elements) -> Option<&DMatrix<Value>> {
        if let Elements::Any(m, _) = elements { Some(m) } else { None }
    }
    fn peek_mut(elements: &mut Elements) -> Option<&mut DMatrix<Value>> {
        if let Elements::Any(m, _) = elements { Some(m) } else { None }
    }
    fn to_value(&self) -> Value {
        self.clone()
    }
}

/// Runs the same code on the matrix of whatever type.
macro_rules! with_elements {
    ($elements:expr, $m:ident => $body:expr) => {
        match $elements {
            $crate::value::Elements::Bool($m) => $body,
            $crate::value::Elements::Int($m) => $body,
            $crate::value::Elements::Float($m) => $body,
            $crate::value::Elements::Complex($m) => $body,
            $crate::value::Elements::Any($m, _) => $body,
        }
    };
}

pub(crate) use with_elements;

/// A column-major matrix over a `Vec`, without copying.
pub fn dense<T: nalgebra::Scalar>(rows: usize, cols: usize, items: Vec<T>) -> DMatrix<T> {
    DMatrix::from_vec_storage(VecStorage::new(Dyn(rows), Dyn(cols), items))
}

/// Changes the list of a vector's elements where it is: none is copied, and its room is kept for more.
#[inline(always)]
pub fn change_list<T: nalgebra::Scalar, R>(m: &mut DMatrix<T>, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
    let mut list = Vec::from(std::mem::replace(m, dense(0, 1, Vec::new())).data);
    let result = change(&mut list);
    *m = dense(list.len(), 1, list);
    result
}

impl Elements {
    /// Number of elements.
    pub fn len(&self) -> usize {
        with_elements!(self, m => m.len())
    }

    /// No elements?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows and columns of the storage.
    pub fn shape(&self) -> (usize, usize) {
        with_elements!(self, m => m.shape())
    }

    /// The element with this number from 0, column by column. Panics outside.
    pub fn value(&self, k: usize) -> Value {
        with_elements!(self, m => m[k].to_value())
    }

    /// The element type.
    pub fn eltype(&self) -> Type {
        match self {
            Elements::Bool(_) => Type::Bool,
            Elements::Int(_) => Type::Int64,
            Elements::Float(_) => Type::Float64,
            Elements::Complex(_) => Type::ComplexF64,
            Elements::Any(_, eltype) => eltype.clone(),
        }
    }

    /// The same elements in order under another shape with as many elements; nothing is copied.
    #[must_use]
    pub fn reshaped(self, rows: usize, cols: usize) -> Elements {
        fn again<T: nalgebra::Scalar>(m: DMatrix<T>, rows: usize, cols: usize) -> DMatrix<T> {
            dense(rows, cols, Vec::from(m.data))
        }
        match self {
            Elements::Bool(m) => Elements::Bool(again(m, rows, cols)),
            Elements::Int(m) => Elements::Int(again(m, rows, cols)),
            Elements::Float(m) => Elements::Float(again(m, rows, cols)),
            Elements::Complex(m) => Elements::Complex(again(m, rows, cols)),
            Elements::Any(m, t) => Elements::Any(again(m, rows, cols), t),
        }
    }
}

impl Array {
    /// A vector.
    pub fn vector<T: Element>(items: Vec<T>) -> Array {
        Array::new(Form::Vector, T::wrap(dense(items.len(), 1, items)))
    }

    /// A matrix of `rows * cols` items in column-major order.
    pub fn matrix<T: Element>(rows: usize, cols: usize, items: Vec<T>) -> Array {
        Array::new(Form::Matrix, T::wrap(dense(rows, cols, items)))
    }

    /// A vector of values with the element type that it shows.
    pub fn vector_of(items: Vec<Value>, eltype: Type) -> Array {
        Array::new(Form::Vector, Elements::Any(dense(items.len(), 1, items), eltype))
    }

    /// A matrix of values with the element type that it shows.
    pub fn matrix_of(rows: usize, cols: usize, items: Vec<Value>, eltype: Type) -> Array {
        Array::new(Form::Matrix, Elements::Any(dense(rows, cols, items), eltype))
    }

    /// Elements under a form; a vector's elements have one column, an adjoint vector's one row.
    pub fn new(form: Form, elements: Elements) -> Array {
        let bytes = with_elements!(&elements, m => size_of_val(m.as_slice()));
        MADE.set(MADE.get().with(bytes));
        Array { form, part: false, elements: RefCell::new(elements) }
    }

    /// The same as a part of another array (`view(A, …)`, a column of `eachcol(A)`), which cannot be written to.
    #[must_use]
    pub fn into_part(mut self) -> Array {
        self.part = true;
        self
    }

    /// Does it stand for a part of another array?
    pub fn is_part(&self) -> bool {
        self.part
    }

    /// How it counts its dimensions.
    pub fn form(&self) -> Form {
        self.form
    }

    /// One dimension?
    pub fn is_vector(&self) -> bool {
        self.form == Form::Vector
    }

    /// 1 or 2.
    pub fn ndims(&self) -> usize {
        if self.is_vector() { 1 } else { 2 }
    }

    /// The elements, to read.
    pub fn elements(&self) -> Ref<'_, Elements> {
        self.elements.borrow()
    }

    /// The elements, to change in place on the user's behalf; an error if another array is meant.
    pub fn writable(&self) -> Outcome<RefMut<'_, Elements>> {
        if self.part { Err(part_written()) } else { Ok(self.elements_mut()) }
    }

    /// The elements, to change before anybody else has seen them.
    pub fn elements_mut(&self) -> RefMut<'_, Elements> {
        self.elements.borrow_mut()
    }

    /// Looks at the elements without counting the borrow, which takes as long as reading one of them.
    ///
    /// # Safety
    /// `look` runs nothing that reaches this array.
    #[inline(always)]
    pub unsafe fn look<R>(&self, look: impl FnOnce(&Elements) -> R) -> R {
        // SAFETY: nobody changes the elements now, or this panics as every borrow does; and by the caller's promise nobody
        // does while `look` runs.
        look(unsafe { self.elements.try_borrow_unguarded() }.expect("no borrow to change outlives a kernel"))
    }

    /// Changes the elements in place on the user's behalf without counting the borrow; `None` if another array is meant.
    ///
    /// # Safety
    /// `change` runs nothing that reaches this array.
    #[inline(always)]
    pub unsafe fn change<R>(&self, change: impl FnOnce(&mut Elements) -> R) -> Option<R> {
        if self.part {
            return None;
        }
        drop(self.elements.borrow_mut());
        // SAFETY: nobody looks at the elements now, as the line above has seen; and by the caller's promise nobody does
        // while `change` runs.
        Some(change(unsafe { &mut *self.elements.as_ptr() }))
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.elements().len()
    }

    /// No elements?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows and columns; a vector has one column.
    pub fn shape(&self) -> (usize, usize) {
        self.elements().shape()
    }

    /// The element type.
    pub fn eltype(&self) -> Type {
        self.elements().eltype()
    }

    /// The element with this number from 0, column by column. Panics outside.
    pub fn value(&self, k: usize) -> Value {
        self.elements().value(k)
    }

    /// A new array with the same form and elements.
    #[must_use]
    pub fn copy(&self) -> Array {
        Array::new(self.form, self.elements().clone())
    }

    /// The size as it is shown in labels: `2×3`, `3-vector`.
    pub fn size_text(&self) -> String {
        let (rows, cols) = self.shape();
        if self.is_vector() { format!("{rows}-vector") } else { format!("{rows}×{cols}") }
    }
}

#[cold]
fn part_written() -> Fault {
    Fault::method("this is a copy of a part of an array; changing it would not change the array")
        .rule("hlang has no views: a part of an array is changed where it is, `A[:, j] .= …`")
        .hint("copy(x) is an array of its own")
}

/// An array inside an array inside an array …, a million times, is dropped without a million calls inside each other.
impl Drop for Array {
    fn drop(&mut self) {
        let elements = self.elements.get_mut();
        if let Elements::Any(items, _) = elements
            && items.iter().any(|item| matches!(item, Value::Array(_) | Value::Tuple(_) | Value::Pair(_)))
        {
            drop_later(std::mem::replace(elements, Elements::Bool(dense(0, 1, Vec::new()))));
        }
    }
}

/// Arrays inside each other that are dropped by calls inside each other.
const DROPPED_AT_ONCE: usize = 200;

/// How deep the dropping is, and what waits until it has come back.
#[derive(Default)]
struct Dropping {
    depth: Cell<usize>,
    waiting: RefCell<Vec<Elements>>,
}

thread_local! {
    static DROPPING: Dropping = Dropping::default();
}

/// Drops elements now, or after what is around them where that is deep.
fn drop_later(elements: Elements) {
    // Where the thread ends, nothing waits any more; dropping the closure drops the elements.
    let _ = DROPPING.try_with(move |dropping| {
        let depth = dropping.depth.get();
        if depth == DROPPED_AT_ONCE {
            return dropping.waiting.borrow_mut().push(elements);
        }
        dropping.depth.set(depth + 1);
        drop(elements);
        // Only the outermost drop works off what waits.
        let next = || if depth == 0 { dropping.waiting.borrow_mut().pop() } else { None };
        while let Some(elements) = next() {
            drop(elements);
        }
        dropping.depth.set(depth);
    });
}

/// How many arrays have been made, and the bytes of their elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    pub arrays: u64,
    pub bytes: u64,
}

thread_local! {
    static MADE: Cell<Made> = const { Cell::new(Made { arrays: 0, bytes: 0 }) };
}

impl Made {
    /// What this thread has made so far.
    pub fn so_far() -> Made {
        MADE.get()
    }

    fn with(self, bytes: usize) -> Made {
        Made { arrays: self.arrays.wrapping_add(1), bytes: self.bytes.wrapping_add(bytes as u64) }
    }

    /// What has been made since.
    #[must_use]
    pub fn since(self, before: Made) -> Made {
        Made { arrays: self.arrays.wrapping_sub(before.arrays), bytes: self.bytes.wrapping_sub(before.bytes) }
    }
}

/// Bytes that one array may ask for without a look at the machine's free memory.
const ALWAYS_ALLOWED: usize = 1 << 28;

/// An `OutOfMemoryError` where the machine could not hold that many bytes more.
pub fn check_room(bytes: usize) -> Outcome<()> {
    if bytes <= ALWAYS_ALLOWED || bytes <= available_memory() { Ok(()) } else { Err(out_of_memory(bytes, 1)) }
}

/// Room for `count` elements, or an `OutOfMemoryError` where the machine could not hold them.
pub fn reserve<T>(count: usize) -> Outcome<Vec<T>> {
    let bytes = count.checked_mul(size_of::<T>().max(1)).filter(|b| *b <= isize::MAX as usize);
    let mut items = Vec::new();
    match bytes {
        Some(bytes) if bytes <= ALWAYS_ALLOWED || bytes <= available_memory() => {
            items.try_reserve_exact(count).map_err(|_| out_of_memory(count, size_of::<T>()))?;
            Ok(items)
        }
        _ => Err(out_of_memory(count, size_of::<T>())),
    }
}

/// A list of `count` elements that `write` puts where they belong, in any order.
///
/// # Safety
/// When `write` comes back without a fault, it has written every element.
pub unsafe fn written<T>(count: usize, write: impl FnOnce(&mut [MaybeUninit<T>]) -> Outcome<()>) -> Outcome<Vec<T>> {
    let mut items = reserve(count)?;
    write(&mut items.spare_capacity_mut()[..count])?;
    // SAFETY: the caller's promise.
    unsafe { items.set_len(count) };
    Ok(items)
}

/// Appends an item to a list that may grow without end, or gives an `OutOfMemoryError` where the machine could not hold it.
#[inline]
pub fn push<T>(items: &mut Vec<T>, item: T) -> Outcome<()> {
    make_room(items, 1)?;
    items.push(item);
    Ok(())
}

/// Room for `more` elements in a list that may grow without end.
#[inline]
pub fn make_room<T>(items: &mut Vec<T>, more: usize) -> Outcome<()> {
    if items.capacity() - items.len() >= more { Ok(()) } else { grow(items, more) }
}

/// Doubles the room at least.
#[cold]
fn grow<T>(items: &mut Vec<T>, more: usize) -> Outcome<()> {
    let count = items.len().saturating_add(more).max(items.capacity().saturating_mul(2)).max(4);
    let bytes = count.saturating_mul(size_of::<T>());
    let fits = bytes <= ALWAYS_ALLOWED || bytes <= available_memory();
    if !fits || items.try_reserve_exact(count - items.len()).is_err() {
        return Err(out_of_memory(count, size_of::<T>()));
    }
    Ok(())
}

/// `rows * cols`, or the error where the product does not fit.
pub fn element_count(rows: usize, cols: usize) -> Outcome<usize> {
    rows.checked_mul(cols).ok_or_else(|| out_of_memory(usize::MAX, 8))
}

#[cold]
fn out_of_memory(count: usize, size: usize) -> Fault {
    let bytes = count as f64 * size as f64;
    let units = [(1e18, "EB"), (1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB")];
    let (unit_size, unit) = units.iter().find(|(size, _)| bytes >= *size).copied().unwrap_or((1e6, "MB"));
    let amount = bytes / unit_size;
    Fault::new(ErrorKind::OutOfMemoryError, format!("this would need {amount:.1} {unit} of memory"))
        .rule("an array must fit into the memory that is free")
}

/// Bytes that the machine says are free; unlimited where it does not say.
fn available_memory() -> usize {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text.lines().find_map(|l| l.strip_prefix("MemAvailable:"));
    line.and_then(|l| l.trim().trim_end_matches("kB").trim().parse::<usize>().ok())
        .map_or(usize::MAX, |kib| kib.saturating_mul(1024))
}
