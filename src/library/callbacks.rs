//! Functions of the program that numerical methods call: what they are given and what must come back.

use super::arguments::{complex, is_callable, real};
use super::numbers::Numbers;
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::value::display::{describe, repr, with_article};
use crate::value::function::Arguments;
use crate::value::{Complex64, Host, Value};

/// The function that argument 0 of a call is.
pub struct Callback<'a> {
    function: &'a Value,
    name: &'a str,
    host: &'a dyn Host,
}

impl<'a> Callback<'a> {
    /// Argument 0, which must be a function as `like` is one.
    pub fn of(args: &Arguments<'a>, host: &'a dyn Host, like: &str) -> Outcome<Callback<'a>> {
        let function = args.at(0);
        if !is_callable(function) {
            return Err(args.refuse(0, "a function").hint(format!("{}({like}, …)", args.name)));
        }
        Ok(Callback { function, name: args.name, host })
    }

    fn call(&self, given: &[Value]) -> Outcome<Value> {
        interrupt::check()?;
        self.host.call(self.function, given)
    }

    /// Its value, which must be a real number.
    pub fn real(&self, given: &[Value]) -> Outcome<f64> {
        let value = self.call(given)?;
        real(&value).ok_or_else(|| self.wrong(&value, "a real number"))
    }

    /// Its value at a real number, which must be a real number.
    pub fn at(&self, x: f64) -> Outcome<f64> {
        self.real(&[Value::float(x)])
    }

    /// Its value at a real number, which must be a number.
    pub fn complex_at(&self, x: f64) -> Outcome<Complex64> {
        let value = self.call(&[Value::float(x)])?;
        complex(&value).ok_or_else(|| self.wrong(&value, "a number"))
    }

    /// Its value, which must be a vector of `len` real numbers.
    pub fn reals(&self, given: &[Value], len: usize) -> Outcome<Vec<f64>> {
        let value = self.call(given)?;
        let wanted = format!("a vector of {len} real numbers");
        let Some(array) = crate::value::promote::as_array(&value)? else { return Err(self.wrong(&value, &wanted)) };
        if array.len() != len {
            return Err(self.wrong(&value, &wanted));
        }
        match Numbers::of(&array)? {
            Some(Numbers::Int(v)) => Ok(v.into_iter().map(|x| x as f64).collect()),
            Some(Numbers::Float(v)) => Ok(v),
            _ => Err(self.wrong(&value, &wanted)),
        }
    }

    /// The error for a function that is not finite where it must be.
    #[cold]
    pub fn not_finite(&self, x: f64, y: Complex64) -> Fault {
        let what = if y.is_nan() { "NaN" } else { "infinite" };
        let place = repr(&Value::float(x));
        Fault::domain(format!("{}: f({place}) is {what}", self.name))
            .label(Part::Argument(0), format!("{what} at {place}"))
    }

    #[cold]
    fn wrong(&self, value: &Value, wanted: &str) -> Fault {
        let given = with_article(&describe(value));
        Fault::method(format!("{} needs a function that gives {wanted}; this one gives {given}", self.name))
            .label(Part::Argument(0), format!("gives {given}"))
    }
}
