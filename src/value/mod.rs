//! Values: what a name can hold. No spans and no evaluator here.

pub mod array;
pub mod compare;
pub mod concat;
pub mod disk;
pub mod display;
pub mod dotted;
pub mod factorization;
pub mod format;
pub mod function;
pub mod index;
pub mod iterate;
pub mod nesting;
pub mod parse;
pub mod promote;
pub mod range;
pub mod scalar;
pub mod stream;
pub mod types;

pub use array::{Array, Element, Elements, Form};
pub use function::{Builtin, Function, FunctionKind, Host};
pub use nalgebra::Complex as ComplexNumber;
pub use range::Range;
pub use stream::Stream;
pub use types::Type;

use std::cell::UnsafeCell;
use std::rc::Rc;

/// A complex number of two floats.
pub type Complex64 = nalgebra::Complex<f64>;

/// A float as the integer of its bits, so that every payload of [`Value`] is an 8-byte integer or pointer.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct FloatBits(u64);

impl FloatBits {
    /// Free: a move between register files.
    #[inline(always)]
    pub fn new(x: f64) -> FloatBits {
        FloatBits(x.to_bits())
    }

    /// The float.
    #[inline(always)]
    pub fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// A Bool as an 8-byte integer, for the same reason.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct BoolBits(u64);

impl BoolBits {
    /// A Bool.
    #[inline(always)]
    pub fn new(x: bool) -> BoolBits {
        BoolBits(x as u64)
    }

    /// The Bool.
    #[inline(always)]
    pub fn get(self) -> bool {
        self.0 != 0
    }
}

/// Any value.
///
/// Sixteen bytes, and **every payload is one 8-byte integer or thin pointer**: then rustc passes a `Value` in two
/// registers. A payload of another kind (an `f64`, a `bool`, an `Rc<str>`, sixteen bytes of complex number) makes the
/// evaluator two to five times slower, silently. Scalars come first, heap values after them.
pub enum Value {
    /// A slot that no value has been put in yet; never seen by a program.
    Undefined,
    /// `nothing`
    Nothing,
    /// `:` as an index
    Colon,
    /// `true`
    Bool(BoolBits),
    /// `42`
    Int(i64),
    /// `1.5`
    Float(FloatBits),
    /// `1.0 + 2.0im`
    Complex(Rc<Complex>),
    /// `"text"`
    Str(Rc<String>),
    /// `[1 2; 3 4]`; names share it
    Array(Rc<Array>),
    /// `1:3`
    Range(Rc<Range>),
    /// `(1, 2)`, `(a = 1, b = 2)`
    Tuple(Rc<Tuple>),
    /// `1 => 2`
    Pair(Rc<(Value, Value)>),
    /// `CartesianIndex(1, 2)`
    CartesianIndex(Rc<[i64; 2]>),
    /// `2I`
    Scaling(Rc<Value>),
    /// `Int64`
    Type(Rc<Type>),
    /// `sin`, `x -> x + 1`
    Function(Rc<Function>),
    /// what `catch e` binds
    Error(Rc<ErrorValue>),
    /// `enumerate(v)`, `(x^2 for x in v)`: gives its values one at a time
    Iterator(Rc<Lazy>),
    /// `Ref(x)`: one thing to a dot, whatever it holds
    Reference(Rc<Variable>),
    /// `stdout`, `IOBuffer()`
    Stream(Rc<Stream>),
    /// a variable that closures share; only in frame slots, never seen by a program
    Variable(Rc<Variable>),
}

const _: () = assert!(size_of::<Value>() == 16, "Value travels in two registers");
const _: () = assert!(size_of::<Option<Value>>() == 16, "and so does an optional one");

/// A complex scalar. Parts are kept as floats; `integral` remembers that they are integers (`1 + 2im`), for display.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complex {
    /// The number.
    pub z: Complex64,
    /// Made of integers only, so that it shows as `1 + 2im`.
    pub integral: bool,
    /// The constant `im` itself, which shows as `im` and not as `0 + 1im`.
    unit: bool,
}

impl Complex {
    /// The constant `im`.
    pub const UNIT: Complex = Complex { z: Complex64::new(0.0, 1.0), integral: true, unit: true };

    /// A complex number, made of integers or not.
    pub fn new(z: Complex64, integral: bool) -> Complex {
        Complex { z, integral, unit: false }
    }

    /// Is it the constant `im` itself?
    pub fn is_unit(&self) -> bool {
        self.unit
    }
}

/// A tuple; with names, a named tuple.
#[derive(Clone, PartialEq, Debug)]
pub struct Tuple {
    /// In order.
    pub items: Vec<Value>,
    /// As many as items, for a named tuple.
    pub names: Option<Rc<Vec<Rc<str>>>>,
}

impl Tuple {
    /// A named tuple of fields in order; a name that comes again gives its field another value.
    pub fn named(fields: Vec<(Rc<str>, Value)>) -> Tuple {
        let (mut names, mut items): (Vec<Rc<str>>, Vec<Value>) = (Vec::new(), Vec::new());
        for (name, item) in fields {
            match names.iter().position(|known| *known == name) {
                Some(place) => items[place] = item,
                None => {
                    names.push(name);
                    items.push(item);
                }
            }
        }
        Tuple { items, names: Some(Rc::new(names)) }
    }

    /// Names and values of a named tuple, or of the empty tuple.
    pub fn fields(&self) -> Option<Vec<(Rc<str>, Value)>> {
        match &self.names {
            Some(names) => Some(names.iter().cloned().zip(self.items.iter().cloned()).collect()),
            None => self.items.is_empty().then(Vec::new),
        }
    }

    /// The field with this name, of a named tuple.
    pub fn field(&self, name: &str) -> Option<Value> {
        let k = self.names.as_ref()?.iter().position(|n| &**n == name)?;
        self.items.get(k).cloned()
    }
}

/// An error as a value.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorValue {
    /// Which kind.
    pub kind: crate::fault::ErrorKind,
    /// Its message.
    pub message: String,
    /// Of an error that the program made, what it was made of: `DomainError(-1, "why")` has a `val` and a `msg`.
    pub fields: Vec<(&'static str, Value)>,
}

impl ErrorValue {
    /// The field with this name.
    pub fn field(&self, name: &str) -> Option<Value> {
        let own = self.fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        own.or_else(|| match name {
            "msg" => Some(Value::str(self.message.as_str())),
            "kind" => Some(Value::str(self.kind.name())),
            _ => None,
        })
    }
}

/// Values one at a time. What is iterated may be any value.
#[derive(Clone, Debug, PartialEq)]
pub enum Lazy {
    /// `enumerate(v)`: `(1, v[1])`, …
    Enumerate(Value),
    /// `zip(a, b)`: as long as the shortest
    Zip(Vec<Value>),
    /// `f(x) for x in v`
    Map(Value, Value),
    /// `x for x in v if p(x)`
    Filter(Value, Value),
    /// `i in a, j in b`: every pair, the first fastest; two of them have the shape of a matrix
    Product(Vec<Value>),
    /// `for x in a for y in f(x)`: the elements of the elements
    Flatten(Value),
    /// `eachrow(A)`
    Rows(Value),
    /// `eachcol(A)`
    Columns(Value),
    /// `pairs(v)`: `1 => v[1]`, …
    Pairs(Value),
    /// `Iterators.reverse(v)`-like
    Reverse(Value),
    /// the first n
    Take(Value, usize),
    /// all but the first n
    Drop(Value, usize),
    /// `eachline(io)`: the lines that a stream still gives
    Lines(Rc<Stream>),
    /// the elements again and again
    Cycle(Value),
}

/// A variable outside a frame: a global, one that closures share, or what a `Ref` holds.
pub struct Variable {
    value: UnsafeCell<Value>,
}

impl Variable {
    /// A variable that holds a value.
    pub fn new(value: Value) -> Variable {
        Variable { value: UnsafeCell::new(value) }
    }

    /// What it holds now.
    #[inline(always)]
    pub fn get(&self) -> Value {
        // SAFETY: the reference lives only while `clone` runs; cloning a Value copies bits or counts a reference and
        // runs no code that could reach this variable. Values are not shared between threads (`Rc`).
        unsafe { (*self.value.get()).clone() }
    }

    /// Does it hold the function at this address?
    #[inline(always)]
    pub fn is_function(&self, function: *const Function) -> bool {
        // SAFETY: as for `get`; comparing addresses runs no other code either.
        match unsafe { &*self.value.get() } {
            Value::Function(held) => std::ptr::eq(Rc::as_ptr(held), function),
            _ => false,
        }
    }

    /// Puts another value in.
    #[inline(always)]
    pub fn set(&self, value: Value) {
        // SAFETY: as above; the old value is dropped after the write is finished, so that a drop that reaches this
        // variable again finds it whole.
        let old = unsafe { std::mem::replace(&mut *self.value.get(), value) };
        drop(old);
    }

    /// Takes the value out and leaves the variable undefined.
    pub fn take(&self) -> Value {
        // SAFETY: as for `set`.
        unsafe { std::mem::replace(&mut *self.value.get(), Value::Undefined) }
    }
}

impl Clone for Value {
    #[inline(always)]
    fn clone(&self) -> Value {
        // Ordered by how often a program copies them; the derived jump table is slower.
        if let Value::Int(x) = self {
            return Value::Int(*x);
        }
        if let Value::Float(x) = self {
            return Value::Float(*x);
        }
        self.clone_other()
    }
}

impl Value {
    #[inline(never)]
    fn clone_other(&self) -> Value {
        match self {
            Value::Undefined => Value::Undefined,
            Value::Nothing => Value::Nothing,
            Value::Colon => Value::Colon,
            Value::Bool(x) => Value::Bool(*x),
            Value::Int(x) => Value::Int(*x),
            Value::Float(x) => Value::Float(*x),
            Value::Complex(x) => Value::Complex(x.clone()),
            Value::Str(x) => Value::Str(x.clone()),
            Value::Array(x) => Value::Array(x.clone()),
            Value::Range(x) => Value::Range(x.clone()),
            Value::Tuple(x) => Value::Tuple(x.clone()),
            Value::Pair(x) => Value::Pair(x.clone()),
            Value::CartesianIndex(x) => Value::CartesianIndex(x.clone()),
            Value::Scaling(x) => Value::Scaling(x.clone()),
            Value::Type(x) => Value::Type(x.clone()),
            Value::Function(x) => Value::Function(x.clone()),
            Value::Error(x) => Value::Error(x.clone()),
            Value::Iterator(x) => Value::Iterator(x.clone()),
            Value::Reference(x) => Value::Reference(x.clone()),
            Value::Stream(x) => Value::Stream(x.clone()),
            Value::Variable(x) => Value::Variable(x.clone()),
        }
    }

    /// Holds no reference, so that nothing need be counted when it is dropped.
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        matches!(
            self,
            Value::Undefined | Value::Nothing | Value::Colon | Value::Bool(_) | Value::Int(_) | Value::Float(_)
        )
    }

    /// A float.
    #[inline(always)]
    pub fn float(x: f64) -> Value {
        Value::Float(FloatBits::new(x))
    }

    /// A Bool.
    #[inline(always)]
    pub fn bool(x: bool) -> Value {
        Value::Bool(BoolBits::new(x))
    }

    /// A complex number of floats.
    pub fn complex(z: Complex64) -> Value {
        Value::Complex(Rc::new(Complex::new(z, false)))
    }

    /// A complex number of integers: `1 + 2im`.
    pub fn complex_int(z: Complex64) -> Value {
        Value::Complex(Rc::new(Complex::new(z, true)))
    }

    /// A string.
    pub fn str(text: impl Into<String>) -> Value {
        Value::Str(Rc::new(text.into()))
    }

    /// A vector of elements.
    pub fn vector<T: Element>(items: Vec<T>) -> Value {
        Value::Array(Rc::new(Array::vector(items)))
    }

    /// A matrix of elements in column-major order; `items.len()` is `rows * cols`.
    pub fn matrix<T: Element>(rows: usize, cols: usize, items: Vec<T>) -> Value {
        Value::Array(Rc::new(Array::matrix(rows, cols, items)))
    }

    /// A tuple.
    pub fn tuple(items: Vec<Value>) -> Value {
        Value::Tuple(Rc::new(Tuple { items, names: None }))
    }

    /// A named tuple.
    pub fn named_tuple(fields: Vec<(&str, Value)>) -> Value {
        let names = fields.iter().map(|(name, _)| Rc::from(*name)).collect();
        Value::Tuple(Rc::new(Tuple {
            items: fields.into_iter().map(|(_, v)| v).collect(),
            names: Some(Rc::new(names)),
        }))
    }

    /// `Ref(x)`
    pub fn reference(value: Value) -> Value {
        Value::Reference(Rc::new(Variable::new(value)))
    }

    /// An array.
    pub fn array(array: Array) -> Value {
        Value::Array(Rc::new(array))
    }

    /// A fresh array as a part of another one (`Array::into_part`); any other value as it is.
    #[must_use]
    pub fn into_part(self) -> Value {
        match self {
            Value::Array(array) => match Rc::try_unwrap(array) {
                Ok(array) => Value::array(array.into_part()),
                Err(shared) => Value::Array(shared),
            },
            other => other,
        }
    }

    /// A stream.
    pub fn stream(stream: Stream) -> Value {
        Value::Stream(Rc::new(stream))
    }

    /// A type as a value.
    pub fn type_of_name(ty: Type) -> Value {
        Value::Type(Rc::new(ty))
    }
}

/// Equality of representation, for storage and tests: the same kind and the same contents; functions, iterators,
/// references and variables by identity. The language's `==` is `kernel::operators`.
impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Undefined, Value::Undefined) | (Value::Nothing, Value::Nothing) | (Value::Colon, Value::Colon) => {
                true
            }
            (Value::Bool(a), Value::Bool(b)) => a.get() == b.get(),
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.get() == b.get(),
            (Value::Complex(a), Value::Complex(b)) => a == b,
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Array(a), Value::Array(b)) => Rc::ptr_eq(a, b) || a == b,
            (Value::Range(a), Value::Range(b)) => a == b,
            (Value::Tuple(a), Value::Tuple(b)) => a == b,
            (Value::Pair(a), Value::Pair(b)) => a == b,
            (Value::CartesianIndex(a), Value::CartesianIndex(b)) => a == b,
            (Value::Scaling(a), Value::Scaling(b)) => a == b,
            (Value::Type(a), Value::Type(b)) => a == b,
            (Value::Function(a), Value::Function(b)) => Rc::ptr_eq(a, b),
            (Value::Error(a), Value::Error(b)) => a == b,
            (Value::Iterator(a), Value::Iterator(b)) => Rc::ptr_eq(a, b),
            (Value::Stream(a), Value::Stream(b)) => a == b,
            (Value::Reference(a), Value::Reference(b)) | (Value::Variable(a), Value::Variable(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Undefined => f.write_str("Undefined"),
            Value::Nothing => f.write_str("Nothing"),
            Value::Colon => f.write_str("Colon"),
            Value::Bool(x) => write!(f, "Bool({})", x.get()),
            Value::Int(x) => write!(f, "Int({x})"),
            Value::Float(x) => write!(f, "Float({:?})", x.get()),
            Value::Complex(x) => write!(f, "Complex({:?})", x.z),
            Value::Str(x) => write!(f, "Str({x:?})"),
            Value::Array(x) => write!(f, "{x:?}"),
            Value::Range(x) => write!(f, "{x:?}"),
            Value::Tuple(x) => write!(f, "{x:?}"),
            Value::Pair(x) => write!(f, "{:?} => {:?}", x.0, x.1),
            Value::CartesianIndex(x) => write!(f, "CartesianIndex({}, {})", x[0], x[1]),
            Value::Scaling(x) => write!(f, "{x:?} * I"),
            Value::Type(x) => write!(f, "{x:?}"),
            Value::Function(x) => write!(f, "Function({})", x.name),
            Value::Error(x) => write!(f, "{x:?}"),
            Value::Iterator(_) => f.write_str("Iterator"),
            Value::Reference(x) => write!(f, "Reference({:?})", x.get()),
            Value::Stream(x) => write!(f, "{x:?}"),
            Value::Variable(_) => f.write_str("Variable"),
        }
    }
}

/// How results are shown: the screen's size and the system whose style is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Lines that a display may take.
    pub rows: usize,
    /// Columns that a display may take.
    pub cols: usize,
    /// Whose style.
    pub style: Style,
    /// How many digits of a float are shown.
    pub digits: Digits,
}

/// How many digits of a float are shown, as `format` sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// As the style has it: in Julia's, all that tell a number from its neighbours, six of them in matrices.
    Usual,
    /// Five; four decimals in MATLAB's style.
    Short,
    /// All; fifteen decimals in MATLAB's style.
    Long,
    /// So many.
    Significant(u8),
    /// A fraction of integers near the number.
    Rational,
}

impl Digits {
    /// What `format` calls them.
    pub const NAMES: &'static [(&'static str, Digits)] =
        &[("short", Digits::Short), ("long", Digits::Long), ("rational", Digits::Rational), ("rat", Digits::Rational)];

    /// Digits that a float has at most.
    pub const MOST: u8 = 17;

    /// This many digits, from 1 to [`Digits::MOST`].
    pub fn significant(count: i64) -> Option<Digits> {
        u8::try_from(count).ok().filter(|count| (1..=Digits::MOST).contains(count)).map(Digits::Significant)
    }
}

/// The systems whose way of showing results hlang follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Julia,
    /// Julia's results, and explanations in ASCII.
    Plain,
    Matlab,
    NumPy,
    Torch,
}

impl Style {
    /// What `style` calls them.
    pub const NAMES: &'static [(&'static str, Style)] = &[
        ("julia", Style::Julia),
        ("plain", Style::Plain),
        ("matlab", Style::Matlab),
        ("numpy", Style::NumPy),
        ("torch", Style::Torch),
    ];
}
