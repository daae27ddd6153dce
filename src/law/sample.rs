//! A value that a law is tried with: a number, vector or matrix of small numbers that can be made simpler.

use crate::value::{Complex64, Value};

/// What a sample is, with its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Number,
    Vector(usize),
    Matrix(usize, usize),
}

impl Shape {
    /// Rows and columns; a vector has one column.
    pub fn size(self) -> (usize, usize) {
        match self {
            Shape::Number => (1, 1),
            Shape::Vector(n) => (n, 1),
            Shape::Matrix(rows, cols) => (rows, cols),
        }
    }

    /// Rows and columns, where they are as many.
    pub fn order(self) -> Option<usize> {
        match self {
            Shape::Matrix(rows, cols) if rows == cols => Some(rows),
            Shape::Matrix(..) | Shape::Vector(_) | Shape::Number => None,
        }
    }
}

/// Which numbers a sample is made of; the simpler ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub enum Field {
    Integer,
    Decimal,
    Complex,
}

/// Numbers in a shape, column by column.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    pub shape: Shape,
    pub field: Field,
    pub numbers: Vec<Complex64>,
}

impl Sample {
    /// A sample whose numbers come from row and column, each from 0.
    pub fn of(shape: Shape, field: Field, mut number: impl FnMut(usize, usize) -> Complex64) -> Sample {
        let (rows, cols) = shape.size();
        let places = (0..cols).flat_map(|j| (0..rows).map(move |i| (i, j)));
        Sample { shape, field, numbers: places.map(|(i, j)| number(i, j)).collect() }
    }

    /// The number in a row and column, from 0.
    pub fn at(&self, i: usize, j: usize) -> Complex64 {
        self.numbers[i + j * self.shape.size().0]
    }

    /// The sample as a fresh value of the language.
    pub fn to_value(&self) -> Value {
        match self.field {
            Field::Integer => shaped(self.shape, self.numbers.iter().map(|z| z.re as i64).collect(), Value::Int),
            Field::Decimal => shaped(self.shape, self.numbers.iter().map(|z| z.re).collect(), Value::float),
            Field::Complex => shaped(self.shape, self.numbers.clone(), Value::complex),
        }
    }

    /// The product of two matrices that fit.
    pub fn times(&self, other: &Sample) -> Sample {
        let ((rows, inner), (_, cols)) = (self.shape.size(), other.shape.size());
        let entry = |i: usize, j: usize| (0..inner).map(|k| self.at(i, k) * other.at(k, j)).sum();
        let field = if self.field < other.field { other.field } else { self.field };
        Sample::of(Shape::Matrix(rows, cols), field, entry)
    }

    /// The conjugate transpose of a matrix.
    pub fn adjoint(&self) -> Sample {
        let (rows, cols) = self.shape.size();
        Sample::of(Shape::Matrix(cols, rows), self.field, |i, j| self.at(j, i).conj())
    }

    /// The identity of an order.
    pub fn identity(order: usize, field: Field) -> Sample {
        Sample::of(Shape::Matrix(order, order), field, |i, j| real(f64::from(u8::from(i == j))))
    }

    /// The pivots of elimination. With `exchange` each is the largest of its column; else they stand on the diagonal,
    /// and the elimination ends at a zero.
    pub fn pivots(&self, exchange: bool) -> Vec<Complex64> {
        let (rows, cols) = self.shape.size();
        let count = rows.min(cols);
        let mut work = self.clone();
        let mut pivots = Vec::with_capacity(count);
        for k in 0..count {
            let largest = (k..rows).max_by(|a, b| work.at(*a, k).norm().total_cmp(&work.at(*b, k).norm()));
            if let Some(row) = largest.filter(|_| exchange) {
                (0..cols).for_each(|j| work.numbers.swap(k + j * rows, row + j * rows));
            }
            let pivot = work.at(k, k);
            pivots.push(pivot);
            if pivot.norm() <= TINY {
                continue;
            }
            for i in k + 1..rows {
                let factor = work.at(i, k) / pivot;
                for j in k..cols {
                    let change = factor * work.at(k, j);
                    work.numbers[i + j * rows] -= change;
                }
            }
        }
        pivots
    }
}

/// What counts as zero among numbers of ordinary size.
pub const TINY: f64 = 1e-9;

/// A real number as a complex one.
pub fn real(x: f64) -> Complex64 {
    Complex64::new(x, 0.0)
}

fn shaped<T: crate::value::Element + Copy>(shape: Shape, items: Vec<T>, number: impl Fn(T) -> Value) -> Value {
    match shape {
        Shape::Number => items.first().map_or(Value::Nothing, |x| number(*x)),
        Shape::Vector(_) => Value::vector(items),
        Shape::Matrix(rows, cols) => Value::matrix(rows, cols, items),
    }
}
