//! Collecting results into an array one at a time, unboxed for as long as they are numbers of one type.

use crate::fault::Outcome;
use crate::value::array::{Elements, dense, reserve};
use crate::value::{Array, Complex64, Form, Value, promote};

/// An array that grows by its elements. The first element decides how they are stored; when another type comes, they
/// are joined as [`promote::collect`] does.
pub struct ArrayBuilder {
    items: Items,
    capacity: usize,
}

enum Items {
    None,
    Bool(Vec<bool>),
    Int(Vec<i64>),
    Float(Vec<f64>),
    Complex(Vec<Complex64>),
    Any(Vec<Value>),
}

impl ArrayBuilder {
    /// For about that many elements.
    pub fn new(capacity: usize) -> ArrayBuilder {
        ArrayBuilder { items: Items::None, capacity }
    }

    /// Appends an element.
    pub fn push(&mut self, value: Value) -> Outcome<()> {
        match (&mut self.items, &value) {
            (Items::Bool(items), Value::Bool(x)) => items.push(x.get()),
            (Items::Int(items), Value::Int(x)) => items.push(*x),
            (Items::Float(items), Value::Float(x)) => items.push(x.get()),
            (Items::Complex(items), Value::Complex(x)) if !x.integral => items.push(x.z),
            (Items::Any(items), _) => items.push(value),
            (Items::None, _) => {
                self.items = Items::beginning_with(&value, self.capacity)?;
                return self.push(value);
            }
            (Items::Bool(_) | Items::Int(_) | Items::Float(_) | Items::Complex(_), _) => {
                self.widen()?;
                return self.push(value);
            }
        }
        Ok(())
    }

    /// Stores the elements so far as values.
    fn widen(&mut self) -> Outcome<()> {
        let mut values = reserve(self.capacity)?;
        match std::mem::replace(&mut self.items, Items::None) {
            Items::None => {}
            Items::Bool(items) => values.extend(items.into_iter().map(Value::bool)),
            Items::Int(items) => values.extend(items.into_iter().map(Value::Int)),
            Items::Float(items) => values.extend(items.into_iter().map(Value::float)),
            Items::Complex(items) => values.extend(items.into_iter().map(Value::complex)),
            Items::Any(items) => values = items,
        }
        self.items = Items::Any(values);
        Ok(())
    }

    /// The array of `rows * cols` elements, which have all been pushed, column by column.
    pub fn finish(self, rows: usize, cols: usize, form: Form) -> Outcome<Array> {
        let elements = match self.items {
            Items::Bool(items) => Elements::Bool(dense(rows, cols, items)),
            Items::Int(items) => Elements::Int(dense(rows, cols, items)),
            Items::Float(items) => Elements::Float(dense(rows, cols, items)),
            Items::Complex(items) => Elements::Complex(dense(rows, cols, items)),
            Items::Any(items) => collected(items)?.reshaped(rows, cols),
            Items::None => collected(Vec::new())?.reshaped(rows, cols),
        };
        Ok(Array::new(form, elements))
    }
}

/// The elements of the vector that collecting makes.
fn collected(items: Vec<Value>) -> Outcome<Elements> {
    let array = promote::collect(items)?;
    let nothing = Elements::Bool(dense(0, 1, Vec::new()));
    Ok(std::mem::replace(&mut *array.elements_mut(), nothing))
}

impl Items {
    fn beginning_with(value: &Value, capacity: usize) -> Outcome<Items> {
        Ok(match value {
            Value::Bool(_) => Items::Bool(reserve(capacity)?),
            Value::Int(_) => Items::Int(reserve(capacity)?),
            Value::Float(_) => Items::Float(reserve(capacity)?),
            Value::Complex(x) if !x.integral => Items::Complex(reserve(capacity)?),
            _ => Items::Any(reserve(capacity)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_one_type_are_stored_unboxed() {
        let mut builder = ArrayBuilder::new(2);
        builder.push(Value::float(1.5)).expect("fits");
        builder.push(Value::float(2.0)).expect("fits");
        let array = builder.finish(1, 2, Form::Matrix).expect("two elements");
        assert_eq!(array, Array::matrix(1, 2, vec![1.5, 2.0]));
    }
}
