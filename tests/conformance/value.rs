//! Values as `repr` prints them, read back for comparison: `[1.0 2.0]`, `1:2:9`, `(1, "a")`, `Bool[1, 0]`.

use std::fmt;

/// A value that was read from text.
#[derive(Clone, Debug, PartialEq)]
pub enum Printed {
    Number(Number),
    Bool(bool),
    Complex(Number, Number),
    Str(String),
    Char(String),
    Nothing,
    /// Start, step if any, and end.
    Range(Vec<Number>),
    Pair(Box<Printed>, Box<Printed>),
    Tuple(Vec<Printed>),
    /// Shape, elements row by row, and what stood before the bracket.
    Array(Vec<usize>, Vec<Printed>, String),
    Call(String, Box<Printed>),
    Name(String),
}

/// An integer or a float.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    Int(i128),
    Float(f64),
}

impl Number {
    /// As a float.
    pub fn float(self) -> f64 {
        match self {
            Number::Int(x) => x as f64,
            Number::Float(x) => x,
        }
    }

    fn negated(self) -> Number {
        match self {
            Number::Int(x) => Number::Int(-x),
            Number::Float(x) => Number::Float(-x),
        }
    }
}

/// A text that is no value.
#[derive(Debug)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

type Read<T> = Result<T, Unreadable>;

/// Reads a whole text as one value.
pub fn read(text: &str) -> Read<Printed> {
    let mut reader = Reader { text: text.trim(), at: 0 };
    let value = reader.value()?;
    reader.blanks(true);
    if reader.at < reader.text.len() { Err(reader.unexpected()) } else { Ok(value) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> char {
        self.rest().chars().next().unwrap_or('\0')
    }

    fn eat(&mut self, part: &str) -> bool {
        let found = self.rest().starts_with(part);
        if found {
            self.at += part.len();
        }
        found
    }

    fn need(&mut self, part: &str) -> Read<()> {
        if self.eat(part) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn unexpected(&self) -> Unreadable {
        Unreadable(format!("unexpected {:?} at {}", self.rest().chars().take(20).collect::<String>(), self.at))
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn blanks(&mut self, newlines: bool) {
        self.take_while(|c| c == ' ' || c == '\t' || (newlines && (c == '\n' || c == '\r')));
    }

    /// A range, a pair or a simpler value.
    fn value(&mut self) -> Read<Printed> {
        let first = self.complex()?;
        if let (Printed::Number(start), ':') = (&first, self.peek()) {
            let mut parts = vec![*start];
            while self.peek() == ':' {
                self.at += 1;
                match self.complex()? {
                    Printed::Number(part) => parts.push(part),
                    _ => return Err(self.unexpected()),
                }
            }
            return Ok(Printed::Range(parts));
        }
        let before = self.at;
        self.blanks(false);
        if self.eat("=>") {
            self.blanks(true);
            return Ok(Printed::Pair(Box::new(first), Box::new(self.value()?)));
        }
        self.at = before;
        Ok(first)
    }

    /// `1 + 2im`, `2im` or a simpler value.
    fn complex(&mut self) -> Read<Printed> {
        self.blanks(true);
        let first = self.atom()?;
        let Printed::Number(real) = first else { return Ok(first) };
        if self.unit() {
            let zero = if matches!(real, Number::Int(_)) { Number::Int(0) } else { Number::Float(0.0) };
            return Ok(Printed::Complex(zero, real));
        }
        let before = self.at;
        if let Some(imaginary) = self.imaginary() {
            return Ok(Printed::Complex(real, imaginary));
        }
        self.at = before;
        Ok(first)
    }

    /// `im` that no longer name begins with.
    fn unit(&mut self) -> bool {
        let found = self.rest().starts_with("im") && !self.rest()[2..].starts_with(|c: char| c.is_alphanumeric());
        if found {
            self.at += 2;
        }
        found
    }

    /// ` + 2im` behind a number.
    fn imaginary(&mut self) -> Option<Number> {
        self.blanks(true);
        let negative = if self.eat("-") {
            true
        } else if self.eat("+") {
            false
        } else {
            return None;
        };
        self.blanks(true);
        let part = self.number()?;
        self.eat("*");
        if self.eat("im") { Some(if negative { part.negated() } else { part }) } else { None }
    }

    /// An unsigned number.
    fn number(&mut self) -> Option<Number> {
        for (word, value) in [("Inf", f64::INFINITY), ("NaN", f64::NAN)] {
            let rest = self.rest();
            if rest.starts_with(word) && !rest[3..].starts_with(|c: char| c.is_alphanumeric() && c != 'i' || c == '_') {
                self.at += 3;
                return Some(Number::Float(value));
            }
        }
        let begin = self.at;
        self.take_while(|c| c.is_ascii_digit() || c == '_');
        let mut integer = self.at > begin;
        if self.peek() == '.' && (integer || self.rest()[1..].starts_with(|c: char| c.is_ascii_digit())) {
            self.at += 1;
            self.take_while(|c| c.is_ascii_digit());
            integer = false;
        }
        if self.at == begin {
            return None;
        }
        let exponent = self.rest().strip_prefix(['e', 'E']).map(|rest| rest.strip_prefix(['+', '-']).unwrap_or(rest));
        if exponent.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            self.at += 1;
            self.take_while(|c| c == '+' || c == '-');
            self.take_while(|c| c.is_ascii_digit());
            integer = false;
        }
        let digits = self.text[begin..self.at].replace('_', "");
        if integer { digits.parse().ok().map(Number::Int) } else { digits.parse().ok().map(Number::Float) }
    }

    fn atom(&mut self) -> Read<Printed> {
        self.blanks(true);
        match self.peek() {
            '\0' => Err(self.unexpected()),
            sign @ ('-' | '+') => {
                self.at += 1;
                match self.atom()? {
                    Printed::Number(x) => Ok(Printed::Number(if sign == '-' { x.negated() } else { x })),
                    _ => Err(self.unexpected()),
                }
            }
            '"' => Ok(Printed::Str(self.string('"')?)),
            '\'' => Ok(Printed::Char(self.string('\'')?)),
            '(' => self.tuple(),
            '[' => self.array(String::new()),
            _ => match self.number() {
                Some(number) => Ok(Printed::Number(number)),
                None => self.word(),
            },
        }
    }

    fn string(&mut self, quote: char) -> Read<String> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let c = self.peek();
            if self.rest().is_empty() {
                return Err(self.unexpected());
            }
            self.at += c.len_utf8();
            if c == quote {
                return Ok(out);
            }
            if c != '\\' {
                out.push(c);
                continue;
            }
            let escape = self.peek();
            self.at += escape.len_utf8();
            out.push(match escape {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                '0' => '\0',
                'a' => '\x07',
                'b' => '\x08',
                'f' => '\x0c',
                'v' => '\x0b',
                'e' => '\x1b',
                'u' | 'U' | 'x' => {
                    let digits = self.take_while(|c| c.is_ascii_hexdigit());
                    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).ok_or_else(|| self.unexpected())?
                }
                other => other,
            });
        }
    }

    fn tuple(&mut self) -> Read<Printed> {
        self.need("(")?;
        let mut items = Vec::new();
        loop {
            self.blanks(true);
            if self.eat(")") {
                break;
            }
            self.field_name();
            items.push(self.value()?);
            self.blanks(true);
            if !self.eat(",") && !self.eat(";") {
                self.need(")")?;
                break;
            }
        }
        Ok(Printed::Tuple(items))
    }

    /// Passes over `a = ` in a named tuple.
    fn field_name(&mut self) {
        let before = self.at;
        let name = self.take_while(|c| c.is_alphanumeric() || c == '_');
        let named = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        self.blanks(true);
        let assigns = self.rest().starts_with('=') && !self.rest().starts_with("==") && !self.rest().starts_with("=>");
        self.at = if named && assigns { self.at + 1 } else { before };
    }

    fn word(&mut self) -> Read<Printed> {
        let word = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == '!' || c >= '\u{80}');
        match word {
            "" => return Err(self.unexpected()),
            "true" => return Ok(Printed::Bool(true)),
            "false" => return Ok(Printed::Bool(false)),
            "nothing" => return Ok(Printed::Nothing),
            "im" => return Ok(Printed::Complex(Number::Int(0), Number::Int(1))),
            "π" | "pi" => return Ok(Printed::Number(Number::Float(std::f64::consts::PI))),
            "ℯ" => return Ok(Printed::Number(Number::Float(std::f64::consts::E))),
            _ => {}
        }
        let mut name = word.to_string();
        if self.peek() == '{' {
            name.push_str(&self.braces()?);
        }
        match self.peek() {
            '[' => self.array(name),
            '(' if self.rest().starts_with("(undef") => self.undefined(&name),
            '(' => Ok(Printed::Call(name, Box::new(self.atom()?))),
            _ => Ok(Printed::Name(name)),
        }
    }

    /// `{Int64,2}` without its blanks.
    fn braces(&mut self) -> Read<String> {
        let begin = self.at;
        let mut depth = 0;
        loop {
            let c = self.peek();
            if self.rest().is_empty() {
                return Err(self.unexpected());
            }
            self.at += c.len_utf8();
            depth += i32::from(c == '{') - i32::from(c == '}');
            if depth == 0 {
                return Ok(self.text[begin..self.at].split_whitespace().collect());
            }
        }
    }

    /// `Matrix{Int64}(undef, 0, 3)`
    fn undefined(&mut self, name: &str) -> Read<Printed> {
        self.need("(undef")?;
        let mut shape = Vec::new();
        while self.eat(",") {
            self.blanks(true);
            let digits = self.take_while(|c| c.is_ascii_digit());
            shape.push(digits.parse().map_err(|_| self.unexpected())?);
            self.blanks(true);
        }
        self.need(")")?;
        let element = name.split_once('{').map_or("", |(_, rest)| rest.trim_end_matches('}'));
        let element = element.split(',').next().unwrap_or("");
        Ok(Printed::Array(shape, Vec::new(), element.to_string()))
    }

    fn array(&mut self, prefix: String) -> Read<Printed> {
        self.need("[")?;
        let mut rows: Vec<Vec<Printed>> = vec![Vec::new()];
        let mut commas = false;
        loop {
            self.blanks(false);
            match self.peek() {
                ']' => break self.at += 1,
                ',' => {
                    self.at += 1;
                    commas = true;
                    self.blanks(true);
                }
                ';' | '\n' | '\r' => {
                    self.take_while(|c| matches!(c, ';' | '\n' | '\r' | ' ' | '\t'));
                    rows.push(Vec::new());
                }
                _ => {
                    let item = self.value()?;
                    rows.last_mut().expect("there is a first row").push(item);
                }
            }
        }
        rows.retain(|row| !row.is_empty());
        let height = rows.len();
        let width = rows.first().map_or(0, Vec::len);
        if rows.iter().any(|row| row.len() != width) {
            return Err(self.unexpected());
        }
        let items: Vec<Printed> = rows.into_iter().flatten().collect();
        let shape = match (height, width) {
            (0, _) => vec![0],
            (_, width) if commas => vec![width],
            (height, 1) => vec![height],
            (height, width) => vec![height, width],
        };
        Ok(Printed::Array(shape, items, prefix))
    }
}
