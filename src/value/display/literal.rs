//! Values from their Julia text, for tests: literals only, nothing is computed.

use crate::fault::ErrorKind;
use crate::value::types::{promote, type_join};
use crate::value::*;

/// The value that a literal writes: `[1 2; 3 4]'`, `Any[1, "a"]`, `(a = 1,)`, `1:3`, `1.0 - 2.0im`. Panics on others.
pub fn literal(text: &str) -> Value {
    let mut reader = Reader { rest: text };
    let value = reader.expression();
    assert_eq!(reader.rest, "", "left over in {text}");
    value
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) {
        assert!(self.take(token), "{token} expected before {}", self.rest);
    }

    fn expression(&mut self) -> Value {
        let first = self.sum();
        if self.take(" => ") {
            return Value::Pair(Rc::new((first, self.expression())));
        }
        if !self.rest.starts_with(":") {
            return first;
        }
        self.expect(":");
        let (Value::Int(start), Value::Int(next)) = (first, self.sum()) else { panic!("integer ranges only") };
        if !self.take(":") {
            return Value::Range(Rc::new(Range::unit(start, next)));
        }
        let Value::Int(stop) = self.sum() else { panic!("integer ranges only") };
        let len = ((stop - start) / next + 1).max(0) as usize;
        Value::Range(Rc::new(Range::Int { start, step: next, len, unit: false }))
    }

    /// A number with its imaginary part, or anything else.
    fn sum(&mut self) -> Value {
        let first = self.item();
        let negative = self.rest.starts_with(" - ");
        let saved = self.rest;
        if !negative && !self.rest.starts_with(" + ") {
            return first;
        }
        self.rest = &self.rest[3..];
        let second = self.item();
        if !self.take("*im") && !self.take("im") {
            self.rest = saved;
            return first;
        }
        let sign = if negative { -1.0 } else { 1.0 };
        match (first, second) {
            (Value::Int(re), Value::Int(im)) => Value::complex_int(Complex64::new(re as f64, sign * im as f64)),
            (Value::Float(re), Value::Float(im)) => Value::complex(Complex64::new(re.get(), sign * im.get())),
            other => panic!("{other:?}"),
        }
    }

    fn item(&mut self) -> Value {
        if self.take("(") {
            return self.tuple();
        }
        if self.rest.starts_with('"') {
            return self.string();
        }
        for (token, value) in [("-Inf", f64::NEG_INFINITY), ("Inf", f64::INFINITY), ("NaN", f64::NAN)] {
            if self.take(token) {
                return Value::float(value);
            }
        }
        if self.rest.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return self.number();
        }
        if self.rest.starts_with('[') {
            return self.array(None);
        }
        self.word()
    }

    fn number(&mut self) -> Value {
        let digits = |c: char| c.is_ascii_digit();
        let mut end = self.rest[1..].find(|c| !digits(c)).map_or(self.rest.len(), |k| k + 1);
        let integral = end;
        if self.rest[end..].starts_with('.') {
            end += 1;
            end = self.rest[end..].find(|c| !digits(c)).map_or(self.rest.len(), |k| k + end);
        }
        if self.rest[end..].starts_with('e') {
            end += 2;
            end = self.rest[end..].find(|c| !digits(c)).map_or(self.rest.len(), |k| k + end);
        }
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        match end == integral {
            true => Value::Int(number.parse().expect("an integer")),
            false => Value::float(number.parse().expect("a float")),
        }
    }

    fn string(&mut self) -> Value {
        self.expect("\"");
        let mut text = String::new();
        loop {
            let c = self.rest.chars().next().expect("a closing quote");
            self.rest = &self.rest[c.len_utf8()..];
            match c {
                '"' => return Value::str(text),
                '\\' => {
                    let c = self.rest.chars().next().expect("an escaped character");
                    self.rest = &self.rest[c.len_utf8()..];
                    text.push(if c == 'n' { '\n' } else { c });
                }
                _ => text.push(c),
            }
        }
    }

    fn tuple(&mut self) -> Value {
        let mut items = Vec::new();
        let mut names: Vec<Rc<str>> = Vec::new();
        while !self.take(")") {
            if let Some((name, rest)) = self.rest.split_once(" = ")
                && name.chars().all(char::is_alphanumeric)
            {
                names.push(Rc::from(name));
                self.rest = rest;
            }
            items.push(self.expression());
            let _ = self.take(", ") || self.take(",");
        }
        let names = if names.is_empty() { None } else { Some(Rc::new(names)) };
        Value::Tuple(Rc::new(Tuple { items, names }))
    }

    fn word(&mut self) -> Value {
        for (token, value) in [
            ("true", Value::bool(true)),
            ("false", Value::bool(false)),
            ("nothing", Value::Nothing),
            ("im", Value::Complex(Rc::new(Complex::UNIT))),
        ] {
            if self.take(token) {
                return value;
            }
        }
        if self.take("CartesianIndex(") {
            let (Value::Int(i), _, Value::Int(j)) = (self.item(), self.expect(", "), self.item()) else {
                panic!("two integers")
            };
            self.expect(")");
            return Value::CartesianIndex(Rc::new([i, j]));
        }
        let ty = self.type_name();
        if self.rest.starts_with('[') {
            return self.array(Some(ty));
        }
        if self.take("(undef, ") {
            let (Value::Int(rows), _, Value::Int(cols)) = (self.item(), self.expect(", "), self.item()) else {
                panic!("two integers")
            };
            self.expect(")");
            let Type::Matrix(Some(of)) = ty else { panic!("a matrix type") };
            return build(Vec::new(), rows as usize, cols as usize, Form::Matrix, &of);
        }
        if let Type::Error(kind) = ty {
            return self.error(kind);
        }
        Value::type_of_name(ty)
    }

    fn error(&mut self, kind: ErrorKind) -> Value {
        self.expect("(");
        let Value::Str(message) = self.string() else { panic!("a message") };
        self.expect(")");
        Value::Error(Rc::new(ErrorValue { kind, message: message.to_string(), fields: Vec::new() }))
    }

    fn type_name(&mut self) -> Type {
        let end = self.rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        let ty = Type::from_name(name).unwrap_or_else(|| panic!("{name} {rest}"));
        if !self.take("{") {
            return ty;
        }
        if ty == Type::CartesianIndex {
            self.expect("2}");
            return ty;
        }
        let mut parameters = vec![self.type_name()];
        while self.take(", ") {
            parameters.push(self.type_name());
        }
        self.expect("}");
        ty.with_parameters(&parameters).unwrap_or_else(|| panic!("{ty} {parameters:?}"))
    }

    fn array(&mut self, eltype: Option<Type>) -> Value {
        self.expect("[");
        let mut items = Vec::new();
        let (mut rows, mut matrix) = (1, false);
        while !self.take("]") {
            if self.take(";;") {
                matrix = true;
            } else if self.take("; ") {
                rows += 1;
                matrix = true;
            } else if self.take(", ") {
            } else if self.take(" ") {
                matrix = true;
            } else {
                items.push(self.expression());
            }
        }
        let eltype = eltype.unwrap_or_else(|| infer(&items));
        let cols = items.len() / rows;
        let value = match matrix {
            false => {
                let len = items.len();
                build(items, len, 1, Form::Vector, &eltype)
            }
            true => {
                let by_columns = (0..cols).flat_map(|j| (0..rows).map(move |i| (i, j)));
                let items = by_columns.map(|(i, j)| items[i * cols + j].clone()).collect();
                build(items, rows, cols, Form::Matrix, &eltype)
            }
        };
        if self.take("'") { adjoint(&value) } else { value }
    }
}

/// The element type of a literal.
fn infer(items: &[Value]) -> Type {
    let mut types = items.iter().map(Value::type_of);
    let Some(first) = types.next() else { return Type::Any };
    types.fold(first, |a, b| match promote(&a, &b) {
        Some(number) => number,
        None if type_join(&a, &b) == a => a,
        None => Type::Any,
    })
}

fn build(items: Vec<Value>, rows: usize, cols: usize, form: Form, eltype: &Type) -> Value {
    let float = |x: &Value| match x {
        Value::Float(x) => x.get(),
        Value::Int(x) => *x as f64,
        other => panic!("{other:?}"),
    };
    let elements = match eltype {
        Type::Bool => {
            let truth = |x: &Value| matches!(x, Value::Bool(b) if b.get()) || *x == Value::Int(1);
            Elements::Bool(array::dense(rows, cols, items.iter().map(truth).collect()))
        }
        Type::Int64 => {
            let int = |x: &Value| if let Value::Int(x) = x { *x } else { panic!("{x:?}") };
            Elements::Int(array::dense(rows, cols, items.iter().map(int).collect()))
        }
        Type::Float64 => Elements::Float(array::dense(rows, cols, items.iter().map(float).collect())),
        Type::ComplexF64 => {
            let complex = |x: &Value| if let Value::Complex(x) = x { x.z } else { Complex64::new(float(x), 0.0) };
            Elements::Complex(array::dense(rows, cols, items.iter().map(complex).collect()))
        }
        _ => Elements::Any(array::dense(rows, cols, items), eltype.clone()),
    };
    Value::array(Array::new(form, elements))
}

fn adjoint(value: &Value) -> Value {
    let Value::Array(array) = value else { panic!("{value:?}") };
    let (rows, cols) = array.shape();
    let items = (0..rows).flat_map(|i| (0..cols).map(move |j| i + j * rows)).map(|k| array.value(k)).collect();
    let form = if array.is_vector() { Form::AdjointVector } else { Form::AdjointMatrix };
    build(items, cols, rows, form, &array.eltype())
}
