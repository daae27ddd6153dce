//! `@compare A B`: every product of two operands side by side, with its size, its value, or why there is none.

use super::page::Page;
use super::picture::Table;
use super::size;
use crate::fault::Outcome;
use crate::kernel::broadcast::{Dotted, broadcast};
use crate::kernel::operators;
use crate::op::{BinaryOp, UnaryOp};
use crate::value::{Host, Value};

/// Multiplications up to which a product is computed.
const MOST_WORK: usize = 50_000_000;

/// A product of the two operands.
struct Product {
    op: BinaryOp,
    dotted: bool,
    /// Is the left or the right operand transposed?
    transposed: [bool; 2],
    meaning: &'static str,
    /// The same of two vectors.
    of_vectors: &'static str,
}

const fn product(op: BinaryOp, transposed: [bool; 2], meaning: &'static str, of_vectors: &'static str) -> Product {
    Product { op, dotted: false, transposed, meaning, of_vectors }
}

const PRODUCTS: &[Product] = &[
    product(BinaryOp::Mul, [false, false], "matrix product", "matrix product"),
    Product {
        op: BinaryOp::Mul,
        dotted: true,
        transposed: [false, false],
        meaning: "element by element, stretching",
        of_vectors: "element by element",
    },
    product(BinaryOp::Mul, [false, true], "matrix product", "outer product"),
    product(BinaryOp::Mul, [true, false], "matrix product", "inner product"),
    product(BinaryOp::Hadamard, [false, false], "Hadamard product", "Hadamard product"),
    product(BinaryOp::Kron, [false, false], "Kronecker product", "Kronecker product"),
];

/// The table of products of two operands, each with the text that it was written as.
pub fn compare(operands: [(&str, &Value); 2], host: &dyn Host) -> String {
    let mut page = Page::new(host.screen());
    let [a, b] = operands.map(|(text, value)| Operand { name: name(text), value });
    page.heading(&format!("{} is {}, {} is {}", a.name, with_article(&a.size()), b.name, with_article(&b.size())));
    page.blank();
    let rows: Vec<Row> = PRODUCTS.iter().map(|product| row(product, &a, &b, host)).collect();
    page.outcomes(&rows);
    page.finish()
}

/// `a 3-vector`, `an 8-vector`, `a number`; `2×3` as it is.
pub fn with_article(size: &str) -> String {
    let vowel = size.starts_with('8') || size.starts_with("11-") || size.starts_with("18-") || size.starts_with('I');
    match size.contains('×') {
        true => size.to_string(),
        false if vowel => format!("an {size}"),
        false => format!("a {size}"),
    }
}

struct Operand<'a> {
    name: String,
    value: &'a Value,
}

impl Operand<'_> {
    fn size(&self) -> String {
        size(self.value)
    }

    fn shape(&self) -> (usize, usize) {
        Table::of(self.value).shape()
    }

    fn is_vector(&self) -> bool {
        Table::of(self.value).is_vector()
    }
}

/// An operand's text, in parentheses unless it is an atom.
fn name(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let enclosed = text.starts_with(['(', '[']) && text.ends_with([')', ']', '\'']);
    let word = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '\'' | '!' | '′'));
    if word || enclosed { text } else { format!("({text})") }
}

/// Expression, size, meaning or why not; and the value.
type Row = ([String; 3], Option<Value>);

fn row(product: &Product, a: &Operand<'_>, b: &Operand<'_>, host: &dyn Host) -> Row {
    let names = [a, b].map(|operand| operand.name.clone());
    let marked = |k: usize| if product.transposed[k] { format!("{}'", names[k]) } else { names[k].clone() };
    let dot = if product.dotted { "." } else { "" };
    let expression = format!("{} {dot}{} {}", marked(0), product.op.text(), marked(1));
    let meaning = if a.is_vector() && b.is_vector() { product.of_vectors } else { product.meaning };
    if work(product, a, b) > MOST_WORK {
        return ([expression, "large".to_string(), format!("{meaning}, not computed here")], None);
    }
    match value(product, a.value, b.value, host) {
        Ok(value) => ([expression, size(&value), meaning.to_string()], Some(value)),
        Err(fault) => {
            let message = fault.report().map_or_else(String::new, |report| report.message.clone());
            let why = why_not(product, a, b).unwrap_or(message);
            ([expression, "–".to_string(), format!("not defined: {why}")], None)
        }
    }
}

fn value(product: &Product, a: &Value, b: &Value, host: &dyn Host) -> Outcome<Value> {
    let operand = |k: usize, value: &Value| match product.transposed[k] {
        true => operators::unary(UnaryOp::Adjoint, value),
        false => Ok(value.clone()),
    };
    let (a, b) = (operand(0, a)?, operand(1, b)?);
    if product.dotted {
        let tree = Dotted::Binary(product.op, Box::new(Dotted::Leaf(0)), Box::new(Dotted::Leaf(1)));
        return broadcast(&tree, &[a, b], host);
    }
    operators::binary(product.op, &a, &b)
}

/// How many multiplications a product takes.
fn work(product: &Product, a: &Operand<'_>, b: &Operand<'_>) -> usize {
    let turned =
        |k: usize, (rows, cols): (usize, usize)| if product.transposed[k] { (cols, rows) } else { (rows, cols) };
    let ((m, k), (p, n)) = (turned(0, a.shape()), turned(1, b.shape()));
    match (product.op, product.dotted) {
        (BinaryOp::Kron, _) => m.saturating_mul(k).saturating_mul(p).saturating_mul(n),
        (BinaryOp::Mul, false) => m.saturating_mul(k).saturating_mul(n),
        _ => m.max(p).saturating_mul(k.max(n)),
    }
}

/// The sizes that do not fit, in one sentence about the operands.
fn why_not(product: &Product, a: &Operand<'_>, b: &Operand<'_>) -> Option<String> {
    if !Table::of(a.value).is_array() || !Table::of(b.value).is_array() {
        return None;
    }
    let ((m, k), (p, n)) = (a.shape(), b.shape());
    let count = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let (left, right) = (&a.name, &b.name);
    let why = match (product.op, product.transposed) {
        (BinaryOp::Mul, _) if product.dotted => {
            format!("{} and {} differ, and where they do neither is 1", a.size(), b.size())
        }
        (BinaryOp::Mul, [false, false]) => {
            format!("{left} has {}, {right} has {}", count(k, "column"), count(p, "row"))
        }
        (BinaryOp::Mul, [false, true]) => {
            format!("{left} has {}, {right}' has {}", count(k, "column"), count(n, "row"))
        }
        (BinaryOp::Mul, [true, false]) => {
            format!("{left}' has {}, {right} has {}", count(m, "column"), count(p, "row"))
        }
        (BinaryOp::Hadamard, _) => format!("{} and {} are not the same size", a.size(), b.size()),
        _ => return None,
    };
    Some(why)
}
