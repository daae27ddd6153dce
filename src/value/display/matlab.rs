//! What MATLAB's prompt shows with `format compact`; `format short` unless the user wants other digits.

use super::fraction::fraction;
use super::show::{Context, show};
use crate::value::{Array, Complex64, Digits, Elements, Screen, Type, Value};

/// Lines of elements that are shown at most, over all blocks of columns.
const MAX_LINES: usize = 10_000;
/// Digits after the point with `format short`, and with `format long`.
const PRECISION: usize = 4;
const LONG_PRECISION: usize = 15;

/// `name =` and the value below it, with a newline at the end.
pub fn matlab_assignment(name: &str, value: &Value, screen: Screen) -> String {
    // Strings have a blank after the sign, numbers have none.
    let textual = match value {
        Value::Str(_) => true,
        Value::Array(array) => matches!(&*array.elements(), Elements::Any(_, Type::String)),
        _ => false,
    };
    format!("{name} ={}\n{}\n", if textual { " " } else { "" }, display(value, screen))
}

/// A value as MATLAB shows it below its name.
pub fn display(value: &Value, screen: Screen) -> String {
    match value {
        Value::Bool(x) => format!("  logical\n   {}", u8::from(x.get())),
        Value::Int(x) => number_text(*x as f64, screen.digits),
        Value::Float(x) => number_text(x.get(), screen.digits),
        Value::Complex(x) => complex_table(&[x.z], &Shape { rows: 1, cols: 1, screen }),
        Value::Str(x) => format!("    \"{}\"", x.replace('"', "\"\"")),
        Value::Array(array) if array.is_empty() => empty_text(array),
        Value::Array(array) => array_text(array, screen),
        _ => format!("    {}", one_line(value)),
    }
}

/// The size of a table and of the screen that it goes to.
struct Shape {
    rows: usize,
    cols: usize,
    screen: Screen,
}

fn array_text(array: &Array, screen: Screen) -> String {
    let (rows, cols) = array.shape();
    let shape = &Shape { rows, cols, screen };
    match &*array.elements() {
        Elements::Bool(m) => {
            let table = shape.table(4, |k| format!("{:4}", u8::from(m[k])));
            format!("  {rows}×{cols} logical array\n{table}")
        }
        Elements::Int(m) => number_table(m.as_slice(), |x| *x as f64, shape),
        Elements::Float(m) => number_table(m.as_slice(), |x| *x, shape),
        Elements::Complex(m) => complex_table(m.as_slice(), shape),
        Elements::Any(m, Type::ComplexInt) => {
            let part = |value: &Value| if let Value::Complex(x) = value { x.z } else { Complex64::default() };
            complex_table(&m.iter().map(part).collect::<Vec<_>>(), shape)
        }
        Elements::Any(m, Type::String) => {
            let header = if m.len() == 1 { String::new() } else { format!("  {rows}×{cols} string array\n") };
            header + &shape.left_aligned(m.iter().map(one_line).collect())
        }
        Elements::Any(m, _) => {
            let words = m.iter().map(|x| format!("{{{}}}", in_cell(x))).collect();
            format!("  {rows}×{cols} cell array\n{}", shape.left_aligned(words))
        }
    }
}

fn empty_text(array: &Array) -> String {
    let (rows, cols) = array.shape();
    let class = match &*array.elements() {
        Elements::Bool(_) => "logical array",
        Elements::Any(_, Type::String) => "string array",
        Elements::Any(_, Type::ComplexInt) | Elements::Int(_) | Elements::Float(_) | Elements::Complex(_) => {
            return match (rows, cols) {
                (0, 0) => "     []".to_owned(),
                (_, 1) => format!("  {rows}×1 empty double column vector"),
                (1, _) => format!("  1×{cols} empty double row vector"),
                _ => format!("  {rows}×{cols} empty double matrix"),
            };
        }
        Elements::Any(..) => "cell array",
    };
    format!("  {rows}×{cols} empty {class}")
}

/// Digits after the point.
fn precision(digits: Digits) -> usize {
    match digits {
        Digits::Usual | Digits::Short | Digits::Rational => PRECISION,
        Digits::Long => LONG_PRECISION,
        Digits::Significant(count) => usize::from(count).saturating_sub(1),
    }
}

/// The width of a column of numbers with so many digits after the point; MATLAB puts the long ones nearer together.
fn column_width(precision: usize) -> usize {
    precision + if precision > PRECISION { 5 } else { 6 }
}

/// A number by itself.
fn number_text(x: f64, digits: Digits) -> String {
    let size = x.abs();
    let precision = precision(digits);
    let width = column_width(precision);
    if digits == Digits::Rational
        && let Some(fraction) = fraction(x)
    {
        return format!("{fraction:>width$}");
    }
    match integer_width(size) {
        Some(width) if is_integer(x) => format!("{:>width$}", word(x, 0)),
        None => format!("   {}", scientific(x, precision)),
        Some(_) if size <= 0.001 || size >= 1000.0 => format!("   {}", scientific(x, precision)),
        Some(_) => format!("{x:width$.precision$}"),
    }
}

/// Infinities and NaN stand among integers.
fn is_integer(x: f64) -> bool {
    !x.is_finite() || x.fract() == 0.0
}

/// The width of columns of integers up to this size; `None` where they have more than nine digits.
fn integer_width(most: f64) -> Option<usize> {
    match most {
        most if most.is_finite() && most >= 1e9 => None,
        most if most.is_finite() && most >= 1000.0 => Some(12),
        _ => Some(6),
    }
}

/// `1.2346e+05`
fn scientific(x: f64, precision: usize) -> String {
    let text = format!("{x:.precision$e}");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let power: i32 = power.parse().unwrap_or(0);
    format!("{mantissa}e{}{:02}", if power < 0 { '-' } else { '+' }, power.unsigned_abs())
}

fn number_table<T>(items: &[T], float: impl Fn(&T) -> f64, shape: &Shape) -> String {
    let digits = shape.screen.digits;
    if let [x] = items {
        return number_text(float(x), digits);
    }
    let most = largest(items.iter().map(&float));
    if let Some(width) = integer_width(most)
        && items.iter().all(|x| is_integer(float(x)))
    {
        return shape.table(width, |k| format!("{:>width$}", word(float(&items[k]), 0)));
    }
    let precision = precision(digits);
    if digits == Digits::Rational {
        let text = |x: &T| fraction(float(x)).unwrap_or_else(|| scientific(float(x), precision));
        let words: Vec<String> = items.iter().map(text).collect();
        let width = words.iter().map(|word| word.len() + 3).max().unwrap_or(0).max(column_width(precision));
        return shape.table(width, |k| format!("{:>width$}", words[k]));
    }
    let (line, scale) = scaling(most, 1000.0);
    let width = column_width(precision);
    let table = shape.table(width, |k| match float(&items[k]) {
        0.0 => format!("{:>width$}", 0),
        x => format!("{:>width$}", word(x / scale, precision)),
    });
    line + &table
}

fn complex_table(items: &[Complex64], shape: &Shape) -> String {
    let (line, scale) = scaling(largest(items.iter().flat_map(|z| [z.re, z.im])), 100.0);
    let precision = precision(shape.screen.digits);
    let (real_width, imaginary_width) = (precision + 5, precision + 3);
    let table = shape.table(real_width + imaginary_width + 3, |k| {
        let z = items[k];
        let sign = if z.im.is_sign_negative() { '-' } else { '+' };
        let (re, im) = (word(z.re / scale, precision), word((z.im / scale).abs(), precision));
        format!("{re:>real_width$} {sign}{im:>imaginary_width$}i")
    });
    line + &table
}

/// The largest size among finite numbers.
fn largest(items: impl Iterator<Item = f64>) -> f64 {
    items.filter(|x| x.is_finite()).fold(0.0, |most, x| most.max(x.abs()))
}

/// The power of ten that all elements are divided by, with the line that says so; 1 while all fit.
fn scaling(most: f64, limit: f64) -> (String, f64) {
    let power = match most {
        0.0 => return (String::new(), 1.0),
        most if most >= limit => most.log10().floor() as i32,
        most if most <= 0.001 => most.log10().ceil() as i32,
        _ => return (String::new(), 1.0),
    };
    // The powers of the smallest floats are no floats themselves.
    let power = power.max(-307);
    let sign = if power < 0 { '-' } else { '+' };
    (format!("   1.0e{sign}{:02} *\n", power.unsigned_abs()), 10f64.powi(power))
}

fn word(x: f64, precision: usize) -> String {
    match x {
        x if x.is_nan() => "NaN".to_owned(),
        x if x.is_infinite() => if x > 0.0 { "Inf" } else { "-Inf" }.to_owned(),
        x => format!("{:.precision$}", x + 0.0),
    }
}

impl Shape {
    /// Words in rows, in blocks of as many columns of this width as the screen has room for.
    fn table(&self, width: usize, word: impl Fn(usize) -> String) -> String {
        let in_block = (self.screen.cols / width.max(1)).max(1);
        let mut out = String::new();
        let mut lines = 0;
        for first in (0..self.cols).step_by(in_block) {
            let last = first.saturating_add(in_block).min(self.cols);
            if self.cols > in_block {
                let title = match last - first {
                    1 => format!("  Column {last}\n"),
                    2 => format!("  Columns {} and {last}\n", first + 1),
                    _ => format!("  Columns {} through {last}\n", first + 1),
                };
                out.push_str(&title);
            }
            for i in 0..self.rows {
                if lines == MAX_LINES {
                    return out + "     ⋮";
                }
                (first..last).for_each(|j| out.push_str(&word(i + j * self.rows)));
                out.push('\n');
                lines += 1;
            }
        }
        out.pop();
        out
    }

    /// Words with four blanks before them, each column as wide as its widest.
    fn left_aligned(&self, words: Vec<String>) -> String {
        let width = |word: &String| super::text::width(word);
        let columns = words.chunks(self.rows.max(1));
        let widest: Vec<usize> = columns.map(|column| column.iter().map(width).max().unwrap_or(0)).collect();
        self.table(widest.iter().max().map_or(1, |most| most + 4), |k| {
            let column = k / self.rows;
            let pad = if column + 1 < self.cols { widest[column] - width(&words[k]) } else { 0 };
            format!("    {}{}", words[k], " ".repeat(pad))
        })
    }
}

fn one_line(value: &Value) -> String {
    let mut out = String::new();
    show(&mut out, value, &Context::whole());
    out
}

/// An element of a cell array, which stands in braces.
fn in_cell(value: &Value) -> String {
    match value {
        Value::Float(x) => word(x.get(), if x.get().fract() == 0.0 { 0 } else { PRECISION }),
        Value::Bool(x) => u8::from(x.get()).to_string(),
        Value::Array(array) => {
            let (rows, cols) = array.shape();
            let class = match &*array.elements() {
                Elements::Bool(_) => "logical",
                Elements::Int(_) | Elements::Float(_) | Elements::Complex(_) => "double",
                Elements::Any(_, Type::String) => "string",
                Elements::Any(..) => "cell",
            };
            format!("{rows}×{cols} {class}")
        }
        _ => one_line(value),
    }
}

#[cfg(test)]
mod tests {
    use super::super::literal::literal;
    use super::*;
    use crate::value::Style;

    fn shown(value: &str) -> String {
        matlab_assignment(
            "ans",
            &literal(value),
            Screen { rows: 24, cols: 80, style: Style::Matlab, digits: Digits::Usual },
        )
    }

    #[test]
    fn numbers_in_columns() {
        let cases = [
            ("[1 2 3; 4 5 6]", "     1     2     3\n     4     5     6"),
            ("[2 4 6; 8 10 12]", "     2     4     6\n     8    10    12"),
            ("[-1 999]", "    -1   999"),
            ("[1000, -2]", "        1000\n          -2"),
            ("[1000000000 1]", "   1.0e+09 *\n    1.0000    0.0000"),
            ("[1.0 NaN -Inf]", "     1   NaN  -Inf"),
            ("[0.5 -1.25; 10.0 0.0]", "    0.5000   -1.2500\n   10.0000         0"),
            ("[1000.5 1.0]", "   1.0e+03 *\n    1.0005    0.0010"),
            ("[0.0001 0.0002]", "   1.0e-03 *\n    0.1000    0.2000"),
            ("[0.5, NaN]", "    0.5000\n       NaN"),
            ("Bool[1 0]", "  1×2 logical array\n   1   0"),
            ("[1.0 + 2.0im 3.0 + 0.0im]", "   1.0000 + 2.0000i   3.0000 + 0.0000i"),
            ("[1, 2, 3]'", "     1     2     3"),
        ];
        for (value, text) in cases {
            assert_eq!(shown(value), format!("ans =\n{text}\n"), "{value}");
        }
    }

    #[test]
    fn scalars() {
        let cases = [
            ("5", "     5"),
            ("123456", "      123456"),
            ("5.0", "     5"),
            ("3.14159", "    3.1416"),
            ("-0.5", "   -0.5000"),
            ("100.25", "  100.2500"),
            ("1000.5", "   1.0005e+03"),
            ("0.0001", "   1.0000e-04"),
            ("1.0e10", "   1.0000e+10"),
            ("Inf", "   Inf"),
            ("NaN", "   NaN"),
            ("true", "  logical\n   1"),
            ("3 - 4im", "   3.0000 - 4.0000i"),
        ];
        for (value, text) in cases {
            assert_eq!(shown(value), format!("ans =\n{text}\n"), "{value}");
        }
    }

    #[test]
    fn strings_and_cells() {
        assert_eq!(shown("\"hi\""), "ans = \n    \"hi\"\n");
        assert_eq!(
            shown("[\"a\" \"bb\"; \"ccc\" \"d\"]"),
            "ans = \n  2×2 string array\n    \"a\"      \"bb\"\n    \"ccc\"    \"d\"\n"
        );
        assert_eq!(shown("Any[1, \"a\", [1, 2]]"), "ans =\n  3×1 cell array\n    {1}\n    {\"a\"}\n    {2×1 double}\n");
        assert_eq!(shown("(1, 2)"), "ans =\n    (1, 2)\n");
    }

    #[test]
    fn nothing_inside() {
        assert_eq!(shown("Matrix{Float64}(undef, 0, 0)"), "ans =\n     []\n");
        assert_eq!(shown("Float64[]"), "ans =\n  0×1 empty double column vector\n");
        assert_eq!(shown("Matrix{Float64}(undef, 0, 3)"), "ans =\n  0×3 empty double matrix\n");
        assert_eq!(shown("Matrix{Bool}(undef, 0, 3)"), "ans =\n  0×3 empty logical array\n");
    }

    #[test]
    fn wide_matrices_are_shown_in_blocks() {
        let row = Value::matrix(1, 15, (1..=15).collect::<Vec<i64>>());
        let screen = Screen { rows: 24, cols: 80, style: Style::Matlab, digits: Digits::Usual };
        let text = "  Columns 1 through 13\n     1     2     3     4     5     6     7     8     9    10    11    12    13\n  \
                    Columns 14 and 15\n    14    15";
        assert_eq!(display(&row, screen), text);
    }
}
