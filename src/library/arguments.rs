//! Taking arguments out of a call, with an error that names the argument that does not fit.

use crate::codes::Code;
use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::value::array::Array;
use crate::value::display::{describe, repr, with_article};
use crate::value::function::Arguments;
use crate::value::{Complex64, Function, FunctionKind, Value, promote};
use std::rc::Rc;

impl<'a> Arguments<'a> {
    /// How many positional arguments there are.
    pub fn count(&self) -> usize {
        self.positional.len()
    }

    /// The argument with this number from 0. The signature, which was checked, promises that it is there.
    pub fn at(&self, k: usize) -> &'a Value {
        &self.positional[k]
    }

    /// The argument with this number from 0, if there is one.
    pub fn get(&self, k: usize) -> Option<&'a Value> {
        self.positional.get(k)
    }

    /// An integer; a `MethodError` for anything else.
    pub fn int(&self, k: usize) -> Outcome<i64> {
        integer(self.at(k)).ok_or_else(|| self.refuse(k, "an integer"))
    }

    /// An integer, or what it is without the argument.
    pub fn int_or(&self, k: usize, default: i64) -> Outcome<i64> {
        if k < self.count() { self.int(k) } else { Ok(default) }
    }

    /// A number of things: an integer from 0; an `ArgumentError` for a negative one.
    pub fn size(&self, k: usize) -> Outcome<usize> {
        let n = self.int(k)?;
        usize::try_from(n).map_err(|_| {
            let parameter = self.parameter(k).unwrap_or("a number of things");
            Fault::argument(format!("{parameter} must not be negative in {}; {n} is given", self.name))
                .label(Part::Argument(k), "negative")
        })
    }

    /// A real number, as a float.
    pub fn float(&self, k: usize) -> Outcome<f64> {
        real(self.at(k)).ok_or_else(|| self.refuse(k, "a real number"))
    }

    /// A string.
    pub fn text(&self, k: usize) -> Outcome<&'a str> {
        match self.at(k) {
            Value::Str(text) => Ok(text),
            _ => Err(self.refuse(k, "a string")),
        }
    }

    /// An array to read; a range counts as the array of its elements.
    pub fn read_array(&self, k: usize) -> Outcome<Rc<Array>> {
        promote::as_array(self.at(k))?.ok_or_else(|| self.refuse(k, "an array"))
    }

    /// An array that the builtin may change in place.
    pub fn array(&self, k: usize) -> Outcome<&'a Rc<Array>> {
        match self.at(k) {
            Value::Array(array) => Ok(array),
            Value::Range(_) => Err(self
                .refuse(k, "an array")
                .hint("a range is only a rule for its elements; collect(r) makes a vector of them")),
            _ => Err(self.refuse(k, "an array")),
        }
    }

    /// A vector that the builtin may make longer or shorter.
    pub fn vector(&self, k: usize) -> Outcome<&'a Rc<Array>> {
        let array = self.array(k)?;
        if array.is_vector() {
            return Ok(array);
        }
        Err(self.refuse(k, "a vector").rule("only a vector can become longer or shorter"))
    }

    /// A keyword argument that is true or false.
    pub fn flag(&self, name: &str, default: bool) -> Outcome<bool> {
        match self.keyword(name) {
            None => Ok(default),
            Some(Value::Bool(b)) => Ok(b.get()),
            Some(other) => Err(self.refuse_keyword(name, "true or false", other)),
        }
    }

    /// A keyword argument that is an integer.
    pub fn int_keyword(&self, name: &str) -> Outcome<Option<i64>> {
        let Some(value) = self.keyword(name) else { return Ok(None) };
        integer(value).map(Some).ok_or_else(|| self.refuse_keyword(name, "an integer", value))
    }

    /// A keyword argument that is a real number.
    pub fn float_keyword(&self, name: &str) -> Outcome<Option<f64>> {
        let Some(value) = self.keyword(name) else { return Ok(None) };
        real(value).map(Some).ok_or_else(|| self.refuse_keyword(name, "a number", value))
    }

    /// A keyword argument that says how far off a result may be: a number that is not negative.
    pub fn tolerance(&self, name: &str) -> Outcome<Option<f64>> {
        match self.float_keyword(name)? {
            Some(x) if x < 0.0 || x.is_nan() => {
                let given = repr(&Value::float(x));
                Err(Fault::argument(format!("{}: {name}={given}", self.name))
                    .rule(format!("the tolerance {name} is not negative")))
            }
            given => Ok(given),
        }
    }

    /// The dimension that `dims=` asks for, if it does: 1 goes down the columns, 2 along the rows.
    pub fn dims(&self) -> Outcome<Option<usize>> {
        let Some(value) = self.keyword("dims") else { return Ok(None) };
        match value {
            Value::Colon => Ok(None),
            Value::Int(1) => Ok(Some(1)),
            Value::Int(2) => Ok(Some(2)),
            Value::Int(n) => Err(Fault::argument(format!("dims={n}: an array has the dimensions 1 and 2"))
                .rule("dims=1 goes down the columns, dims=2 along the rows")),
            other => Err(self.refuse_keyword("dims", "1 or 2", other)),
        }
    }

    /// The dimensions that `dims=(1, 2)` lists, each once and in order; `None` if `dims` is no list.
    pub fn listed_dims(&self) -> Outcome<Option<Vec<usize>>> {
        let listed = match self.keyword("dims") {
            Some(Value::Tuple(tuple)) => tuple.items.clone(),
            Some(list @ (Value::Array(_) | Value::Range(_))) => match promote::as_array(list)? {
                Some(array) => super::arrays::values_of(&array),
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        let mut dims = Vec::new();
        for dim in &listed {
            match dim {
                Value::Int(n @ (1 | 2)) => dims.push(*n as usize),
                other => return Err(self.refuse_keyword("dims", "1 or 2, or both of them", other)),
            }
        }
        dims.sort_unstable();
        dims.dedup();
        Ok(Some(dims))
    }

    /// The error for an argument of a type that the builtin does not take.
    #[cold]
    pub fn refuse(&self, k: usize, wanted: &str) -> Fault {
        self.refused(k, wanted, describe(self.at(k)))
    }

    /// The error for an argument that is described in these words.
    #[cold]
    pub fn refused(&self, k: usize, wanted: &str, given: String) -> Fault {
        let place = match (self.count(), self.parameter(k)) {
            (1, _) => String::new(),
            (_, Some(parameter)) => format!(" as {parameter}"),
            (_, None) => format!(" as argument {}", k + 1),
        };
        Fault::method(format!("{} takes {wanted}{place}, not {}", self.name, with_article(&given)))
            .label(Part::Argument(k), given)
    }

    /// What the signature calls the argument with this number.
    fn parameter(&self, k: usize) -> Option<&'static str> {
        super::signature::parameter(super::builtin(self.name)?, self.count(), k)
    }

    /// The error for a keyword argument of a type that the builtin does not take.
    #[cold]
    pub fn refuse_keyword(&self, name: &str, wanted: &str, given: &Value) -> Fault {
        let given = with_article(&describe(given));
        Fault::new(ErrorKind::TypeError, format!("the keyword {name} of {} takes {wanted}, not {given}", self.name))
    }

    /// The error for `sum(A, 1)`, where the dimension has to be named; `None` if the call is not of that kind.
    #[cold]
    pub fn dims_as_position(&self, has_dims: bool) -> Option<Fault> {
        match self.positional {
            [Value::Array(_) | Value::Range(_), Value::Int(n)] if has_dims => {
                let fault = Fault::method(format!("the dimension of {} is a keyword argument", self.name))
                    .code(Code::DimensionByPosition);
                let fault = fault.label(Part::Argument(0), describe(self.at(0))).label(Part::Argument(1), "dimension");
                Some(fault.hint(format!("{}(…, dims={n})", self.name)))
            }
            _ => None,
        }
    }
}

/// The integer that a value is; true counts as 1.
pub fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Int(x) => Some(*x),
        Value::Bool(x) => Some(i64::from(x.get())),
        _ => None,
    }
}

/// The real number that a value is, as a float.
pub fn real(value: &Value) -> Option<f64> {
    match value {
        Value::Float(x) => Some(x.get()),
        _ => integer(value).map(|x| x as f64),
    }
}

/// The number that a value is, as a complex one.
pub fn complex(value: &Value) -> Option<Complex64> {
    match value {
        Value::Complex(c) => Some(c.z),
        _ => real(value).map(|x| Complex64::new(x, 0.0)),
    }
}

/// The builtin of this call with its only argument as the second one: `startswith("a")`, `isequal(2)`.
pub fn fixed_second(args: &Arguments<'_>) -> Outcome<Value> {
    let function = super::function(args.name).ok_or_else(|| Fault::method(format!("{} is no builtin", args.name)))?;
    let kind = FunctionKind::Partial(function, args.at(0).clone());
    Ok(Value::Function(Rc::new(Function { name: Rc::from(args.name), kind })))
}

/// Is it a number?
pub fn is_number(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_))
}

/// Can it be called?
pub fn is_callable(value: &Value) -> bool {
    matches!(value, Value::Function(_) | Value::Type(_))
}

/// The items of a tuple.
pub fn tuple_items(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Tuple(tuple) => Some(&tuple.items),
        _ => None,
    }
}
