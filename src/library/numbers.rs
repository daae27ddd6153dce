//! Arguments that are lists of numbers, as the numerical methods take them.

use super::arguments::{real, tuple_items};
use super::arrays::Shape;
use crate::fault::{Fault, Outcome, Part};
use crate::suggest;
use crate::value::display::{describe, repr};
use crate::value::function::Arguments;
use crate::value::{Array, Complex64, Elements, Value, promote};
use std::rc::Rc;

/// Numbers of one type.
#[derive(Clone, Debug, PartialEq)]
pub enum Numbers {
    Int(Vec<i64>),
    Float(Vec<f64>),
    Complex(Vec<Complex64>),
}

impl Numbers {
    /// The numbers of an array, Bools as integers; `None` if there is anything else in it.
    pub fn of(array: &Array) -> Outcome<Option<Numbers>> {
        let elements = array.elements();
        let Some(numeric) = promote::as_numeric(&elements)? else { return Ok(None) };
        Ok(Some(match &*numeric {
            Elements::Bool(_) | Elements::Int(_) => Numbers::Int(promote::to_ints(&numeric)?.into_owned()),
            Elements::Float(m) => Numbers::Float(m.as_slice().to_vec()),
            Elements::Complex(m) => Numbers::Complex(m.as_slice().to_vec()),
            Elements::Any(..) => return Ok(None),
        }))
    }

    /// How many.
    pub fn len(&self) -> usize {
        match self {
            Numbers::Int(v) => v.len(),
            Numbers::Float(v) => v.len(),
            Numbers::Complex(v) => v.len(),
        }
    }

    /// The same numbers as complex ones.
    pub fn into_complexes(self) -> Vec<Complex64> {
        match self {
            Numbers::Int(v) => v.into_iter().map(|x| Complex64::new(x as f64, 0.0)).collect(),
            Numbers::Float(v) => v.into_iter().map(|x| Complex64::new(x, 0.0)).collect(),
            Numbers::Complex(v) => v,
        }
    }

    /// The array of these numbers in column-major order.
    pub fn into_value(self, shape: Shape) -> Value {
        match self {
            Numbers::Int(v) => shape.fill_with(v),
            Numbers::Float(v) => shape.fill_with(v),
            Numbers::Complex(v) => shape.fill_with(v),
        }
    }
}

/// Two lists of numbers in the type that both fit in.
pub enum Pair {
    Int(Vec<i64>, Vec<i64>),
    Float(Vec<f64>, Vec<f64>),
    Complex(Vec<Complex64>, Vec<Complex64>),
}

impl Pair {
    /// Both promoted.
    pub fn of(a: Numbers, b: Numbers) -> Pair {
        let floats = |v: Vec<i64>| v.into_iter().map(|x| x as f64).collect();
        match (a, b) {
            (Numbers::Int(a), Numbers::Int(b)) => Pair::Int(a, b),
            (Numbers::Float(a), Numbers::Float(b)) => Pair::Float(a, b),
            (Numbers::Int(a), Numbers::Float(b)) => Pair::Float(floats(a), b),
            (Numbers::Float(a), Numbers::Int(b)) => Pair::Float(a, floats(b)),
            (a, b) => Pair::Complex(a.into_complexes(), b.into_complexes()),
        }
    }
}

/// Is it a vector, or a matrix of one row or one column?
pub fn is_list(array: &Array) -> bool {
    let (rows, cols) = array.shape();
    rows == 1 || cols == 1
}

impl Arguments<'_> {
    /// A vector, a range, or a matrix of one row or column.
    pub fn list(&self, k: usize) -> Outcome<Rc<Array>> {
        match promote::as_array(self.at(k))? {
            Some(array) if is_list(&array) => Ok(array),
            Some(_) => Err(self.refuse(k, "a vector").hint("vec(A) has the elements of a matrix as one vector")),
            None => Err(self.refuse(k, "a vector")),
        }
    }

    /// The numbers of a list.
    pub fn numbers(&self, k: usize) -> Outcome<Numbers> {
        Numbers::of(&*self.list(k)?)?.ok_or_else(|| self.refuse_elements(k, "numbers"))
    }

    /// The numbers of a list of real ones, as floats.
    pub fn reals(&self, k: usize) -> Outcome<Vec<f64>> {
        match self.numbers(k)? {
            Numbers::Int(v) => Ok(v.into_iter().map(|x| x as f64).collect()),
            Numbers::Float(v) => Ok(v),
            Numbers::Complex(_) => Err(self.refuse_elements(k, "real numbers")),
        }
    }

    /// Two real numbers, as a tuple or as a list; `None` for anything else.
    pub fn pair(&self, k: usize) -> Outcome<Option<[f64; 2]>> {
        let items = match promote::as_array(self.at(k))? {
            Some(array) if array.len() == 2 => super::arrays::values_of(&array),
            _ => tuple_items(self.at(k)).unwrap_or_default().to_vec(),
        };
        let [a, b] = items.as_slice() else { return Ok(None) };
        Ok(real(a).zip(real(b)).map(|(a, b)| [a, b]))
    }

    /// The coefficients of a polynomial, the highest power first; there is one at least.
    pub fn coefficients(&self, k: usize) -> Outcome<Numbers> {
        let numbers = self.numbers(k)?;
        if numbers.len() > 0 {
            return Ok(numbers);
        }
        Err(Fault::argument(format!("{} needs a polynomial, and there is no coefficient", self.name))
            .rule("a polynomial is the vector of its coefficients, the highest power first: x^2 - 1 is [1, 0, -1]")
            .label(Part::Argument(k), "empty"))
    }

    /// A `DimensionMismatch` unless two lists that belong together, `x` and `y`, are equally long.
    pub fn same_length(&self, places: [usize; 2], lengths: [usize; 2], what: [&str; 2]) -> Outcome<()> {
        if lengths[0] == lengths[1] {
            return Ok(());
        }
        Err(Fault::dimension(format!("{}: {} {} for {} {}", self.name, lengths[0], what[0], lengths[1], what[1]))
            .rule(format!("{} needs as many {} as {}", self.name, what[0], what[1]))
            .label(Part::Argument(places[0]), describe(self.at(places[0])))
            .label(Part::Argument(places[1]), describe(self.at(places[1]))))
    }

    /// A word that chooses among some, as argument `k` or as the keyword `parameter`; `None` without it, an `ArgumentError`
    /// that lists them for another word.
    pub fn choice<T: Copy>(&self, k: usize, parameter: &str, choices: &[(&str, T)]) -> Outcome<Option<T>> {
        let Some(given) = self.get(k).or_else(|| self.keyword(parameter)) else { return Ok(None) };
        let known = |word: &str| choices.iter().find(|(known, _)| *known == word).map(|(_, choice)| *choice);
        if let Value::Str(word) = given
            && let Some(choice) = known(word)
        {
            return Ok(Some(choice));
        }
        let listed: Vec<String> = choices.iter().map(|(word, _)| format!("{word:?}")).collect();
        let fault = Fault::argument(format!("{} has no {parameter} {}", self.name, repr(given)))
            .rule(format!("{parameter} is one of {}", listed.join(", ")));
        let fault = if k < self.count() { fault.label(Part::Argument(k), format!("no {parameter}")) } else { fault };
        let Value::Str(word) = given else { return Err(fault) };
        Err(match suggest::nearest(word, choices.iter().map(|(known, _)| *known), 1).first() {
            Some(near) => fault.hint(format!("did you mean {near:?}?")),
            None => fault,
        })
    }

    /// The error for an array with elements that the builtin does not take.
    #[cold]
    pub fn refuse_elements(&self, k: usize, wanted: &str) -> Fault {
        let given = match self.at(k) {
            Value::Array(array) => format!("{} of {}", array.size_text(), array.eltype()),
            other => describe(other),
        };
        self.refused(k, wanted, given)
    }
}
