//! What NumPy and PyTorch have in common: nested brackets around the elements, and large arrays cut to their corners.

use crate::value::{Array, Complex64, Elements, Type, Value};

/// Arrays with more elements are cut.
const THRESHOLD: usize = 1000;
/// Rows and columns that a cut array shows at each end.
const EDGE: usize = 3;

/// The rows and columns that are shown, in order; `None` stands for those left out.
pub struct Shown {
    pub rows: Vec<Option<usize>>,
    pub cols: Vec<Option<usize>>,
    /// Has the array so many elements that it is cut where it is long?
    pub cut: bool,
}

impl Shown {
    /// What is shown of an array; a vector is one row.
    pub fn of(array: &Array) -> Shown {
        let (rows, cols) = if array.is_vector() { (1, array.len()) } else { array.shape() };
        let cut = array.len() > THRESHOLD;
        Shown { rows: ends(rows, cut), cols: ends(cols, cut), cut }
    }

    /// The numbers of the elements that are shown, row by row.
    fn numbers(&self, array: &Array) -> Vec<usize> {
        let height = if array.is_vector() { 1 } else { array.shape().0 };
        let rows = self.rows.iter().flatten();
        rows.flat_map(|i| self.cols.iter().flatten().map(move |j| i + j * height)).collect()
    }
}

fn ends(count: usize, cut: bool) -> Vec<Option<usize>> {
    if !cut || count <= 2 * EDGE {
        return (0..count).map(Some).collect();
    }
    (0..EDGE).map(Some).chain([None]).chain((count - EDGE..count).map(Some)).collect()
}

/// Elements by what they are written as.
pub enum Items {
    Bool(Vec<bool>),
    Int(Vec<i64>),
    Float(Vec<f64>),
    Complex(Vec<Complex64>),
    String(Vec<String>),
    Other(Vec<Value>),
}

impl Items {
    /// The elements that are shown, row by row.
    pub fn of(array: &Array, shown: &Shown) -> Items {
        let numbers = shown.numbers(array);
        match &*array.elements() {
            Elements::Bool(m) => Items::Bool(numbers.iter().map(|&k| m[k]).collect()),
            Elements::Int(m) => Items::Int(numbers.iter().map(|&k| m[k]).collect()),
            Elements::Float(m) => Items::Float(numbers.iter().map(|&k| m[k]).collect()),
            Elements::Complex(m) => Items::Complex(numbers.iter().map(|&k| m[k]).collect()),
            Elements::Any(m, eltype) => {
                let items: Vec<Value> = numbers.iter().map(|&k| m[k].clone()).collect();
                match eltype {
                    Type::ComplexInt => Items::Complex(items.iter().filter_map(complex).collect()),
                    Type::String => Items::String(items.iter().filter_map(string).collect()),
                    _ => Items::Other(items),
                }
            }
        }
    }
}

fn complex(value: &Value) -> Option<Complex64> {
    if let Value::Complex(x) = value { Some(x.z) } else { None }
}

fn string(value: &Value) -> Option<String> {
    if let Value::Str(x) = value { Some(x.to_string()) } else { None }
}
