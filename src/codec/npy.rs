//! NumPy's `.npy`: one array. The format is described in `numpy.lib.format`.

use super::bytes::Bytes;
use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::value::array::{Element, Elements, element_count, reserve};
use crate::value::display::describe;
use crate::value::{Array, Complex64, Type, Value, promote};

const MAGIC: &[u8] = b"\x93NUMPY";

/// Bytes that header and magic fill up to a multiple of, so that the elements are aligned.
const ALIGNMENT: usize = 64;

/// What the header says.
struct Header {
    element: Kind,
    /// Bytes of an element.
    size: usize,
    big_endian: bool,
    /// Column by column; otherwise row by row.
    columns_first: bool,
    shape: Vec<usize>,
}

/// The types of elements that are read.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Kind {
    Bool,
    Int,
    Unsigned,
    Float,
    Complex,
    /// Bytes of text, filled up with zeros.
    Ascii,
    /// Code points of four bytes, filled up with zeros.
    Unicode,
}

/// The array in the bytes of an `.npy` file; one without dimensions is a number.
pub fn decode(name: &str, bytes: &[u8]) -> Outcome<Value> {
    let mut bytes = Bytes::new(name, bytes);
    let header = header(&mut bytes)?;
    let (rows, cols) = match header.shape[..] {
        [] => (1, 1),
        [rows] => (rows, 1),
        [rows, cols] => (rows, cols),
        _ => {
            let sizes: Vec<String> = header.shape.iter().map(ToString::to_string).collect();
            let dims = sizes.len();
            return Err(bytes
                .fault_at(0, format!("the array has {dims} dimensions, {}", sizes.join("×")))
                .rule("an array of hlang has one dimension or two"));
        }
    };
    let count = element_count(rows, cols)?;
    let length = count
        .checked_mul(header.size)
        .ok_or_else(|| bytes.fault(format!("the header says {rows}×{cols} elements, more than any file has")))?;
    let data = bytes.take(length, "the array")?;
    if bytes.left() > 0 {
        return Err(bytes.fault(format!("{} bytes follow the array", bytes.left())));
    }
    let elements = Cells { header: &header, data, rows, cols, bytes };
    elements.value()
}

fn header(bytes: &mut Bytes<'_>) -> Outcome<Header> {
    if bytes.take(MAGIC.len(), "the beginning of an .npy file")? != MAGIC {
        return Err(bytes.fault_at(0, "this is no .npy file: it does not begin with \\x93NUMPY"));
    }
    let [major, minor] = bytes.array("the version")?;
    let length = match major {
        1 => u16::from_le_bytes(bytes.array("the length of the header")?) as usize,
        2 | 3 => u32::from_le_bytes(bytes.array("the length of the header")?) as usize,
        _ => return Err(bytes.fault(format!("version {major}.{minor} of the format is not known"))),
    };
    let at = bytes.at();
    let text = String::from_utf8_lossy(bytes.take(length, "the header")?).into_owned();
    let unfit = |what: String| bytes.fault_at(at, format!("the header {:?} {what}", text.trim()));
    let descr = entry(&text, "descr").ok_or_else(|| unfit("has no descr".into()))?;
    let Some(descr) = descr.strip_prefix(['\'', '"']).and_then(|rest| rest.split(['\'', '"']).next()) else {
        return Err(
            unfit("describes records of several fields".into()).rule("an array of hlang has elements of one type")
        );
    };
    let columns_first = match entry(&text, "fortran_order") {
        Some(order) if order.starts_with("True") => true,
        Some(order) if order.starts_with("False") => false,
        _ => return Err(unfit("does not say its fortran_order".into())),
    };
    let sizes = entry(&text, "shape").and_then(|shape| shape.strip_prefix('(')?.split(')').next());
    let sizes = sizes.ok_or_else(|| unfit("has no shape".into()))?;
    let parts = sizes.split(',').map(str::trim).filter(|part| !part.is_empty());
    let shape: Result<Vec<usize>, _> = parts.map(|part| part.trim_end_matches('L').parse()).collect();
    let shape = shape.map_err(|_| unfit("has a shape that is none".into()))?;
    let (element, size, big_endian) = element_of(descr).ok_or_else(|| {
        unfit(format!("has elements of the type {descr:?}"))
            .rule("hlang reads numbers of up to 64 bits, true and false, and strings")
    })?;
    Ok(Header { element, size, big_endian, columns_first, shape })
}

/// What follows a key of the header, which is a dictionary as Python writes it.
fn entry<'t>(header: &'t str, key: &str) -> Option<&'t str> {
    let quoted = [format!("'{key}'"), format!("\"{key}\"")];
    let after = quoted.iter().find_map(|key| header.split_once(key.as_str()))?.1;
    after.trim_start().strip_prefix(':').map(str::trim_start)
}

/// Type, bytes and order of `<f8`, `|b1`, `>c16`, `<U5`.
fn element_of(descr: &str) -> Option<(Kind, usize, bool)> {
    let big_endian = match descr.chars().next()? {
        '<' => false,
        '>' => true,
        '|' | '=' => cfg!(target_endian = "big"),
        _ => return None,
    };
    let (kind, size) = (descr.get(1..2)?, descr.get(2..)?.parse::<usize>().ok()?);
    Some(match (kind, size) {
        ("b" | "?", 1) => (Kind::Bool, size, big_endian),
        ("i", 1 | 2 | 4 | 8) => (Kind::Int, size, big_endian),
        ("u", 1 | 2 | 4 | 8) => (Kind::Unsigned, size, big_endian),
        ("f", 2 | 4 | 8) => (Kind::Float, size, big_endian),
        ("c", 8 | 16) => (Kind::Complex, size, big_endian),
        // Elements without bytes could be any number of them.
        ("S", 1..) => (Kind::Ascii, size, big_endian),
        ("U", 1..) => (Kind::Unicode, size.checked_mul(4)?, big_endian),
        _ => return None,
    })
}

/// The elements of a file whose length is right.
struct Cells<'h, 'b> {
    header: &'h Header,
    data: &'b [u8],
    rows: usize,
    cols: usize,
    bytes: Bytes<'b>,
}

impl Cells<'_, '_> {
    fn value(&self) -> Outcome<Value> {
        match self.header.element {
            Kind::Bool => self.collect(|cell| Ok(cell[0] != 0)),
            Kind::Int => self.collect(|cell| Ok(self.int(cell))),
            Kind::Unsigned => self.collect(|cell| {
                i64::try_from(self.unsigned(cell)).map_err(|_| {
                    self.bytes.fault_at(0, format!("{} does not fit into 64 bits with a sign", self.unsigned(cell)))
                })
            }),
            Kind::Float => self.collect(|cell| Ok(self.float(cell))),
            Kind::Complex => self.collect(|cell| {
                let (re, im) = cell.split_at(cell.len() / 2);
                Ok(Complex64::new(self.float(re), self.float(im)))
            }),
            Kind::Ascii | Kind::Unicode => {
                let texts = self.items(|cell| {
                    self.text(cell)
                        .map(Value::str)
                        .ok_or_else(|| self.bytes.fault_at(0, "the array has a string that is no text"))
                })?;
                Ok(match self.header.shape[..] {
                    [] => texts.into_iter().next().unwrap_or(Value::Nothing),
                    [_] => Value::array(Array::vector_of(texts, Type::String)),
                    _ => Value::array(Array::matrix_of(self.rows, self.cols, texts, Type::String)),
                })
            }
        }
    }

    fn collect<T: Element>(&self, one: impl Fn(&[u8]) -> Outcome<T>) -> Outcome<Value> {
        let items = self.items(one)?;
        Ok(match self.header.shape[..] {
            [] => items.first().map_or(Value::Nothing, Element::to_value),
            [_] => Value::vector(items),
            _ => Value::matrix(self.rows, self.cols, items),
        })
    }

    /// The elements in column-major order.
    fn items<T>(&self, one: impl Fn(&[u8]) -> Outcome<T>) -> Outcome<Vec<T>> {
        let (rows, cols, size) = (self.rows, self.cols, self.header.size);
        let count = rows * cols;
        let mut items = reserve(count)?;
        let place = |k: usize| if self.header.columns_first { k } else { (k % rows) * cols + k / rows };
        for k in 0..count {
            if k % 4096 == 0 {
                interrupt::check()?;
            }
            let at = place(k) * size;
            items.push(one(&self.data[at..at + size])?);
        }
        Ok(items)
    }

    fn unsigned(&self, cell: &[u8]) -> u64 {
        let join = |so_far: u64, byte: &u8| so_far << 8 | u64::from(*byte);
        if self.header.big_endian { cell.iter().fold(0, join) } else { cell.iter().rev().fold(0, join) }
    }

    fn int(&self, cell: &[u8]) -> i64 {
        let unused = 64 - 8 * cell.len() as u32;
        ((self.unsigned(cell) << unused) as i64) >> unused
    }

    fn float(&self, cell: &[u8]) -> f64 {
        let bits = self.unsigned(cell);
        match cell.len() {
            2 => half(bits as u16),
            4 => f64::from(f32::from_bits(bits as u32)),
            _ => f64::from_bits(bits),
        }
    }

    fn text(&self, cell: &[u8]) -> Option<String> {
        let text: String = match self.header.element {
            Kind::Unicode => {
                cell.chunks_exact(4).map(|point| char::from_u32(self.unsigned(point) as u32)).collect::<Option<_>>()?
            }
            _ => std::str::from_utf8(cell).ok()?.to_owned(),
        };
        Some(text.trim_end_matches('\0').to_owned())
    }
}

/// The number in 16 bits: a sign, 5 bits of exponent, 10 bits after the point (IEEE 754).
fn half(bits: u16) -> f64 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    sign * match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + fraction / 1024.0) * 2f64.powi(exponent - 15),
    }
}

/// The bytes of an `.npy` file that holds a number, a string, a range, or an array of numbers or strings.
pub fn encode(value: &Value) -> Outcome<Vec<u8>> {
    let array = match value {
        Value::Array(_) | Value::Range(_) => promote::as_array(value)?,
        _ => None,
    };
    let (descr, shape, count, size) = match (&array, value) {
        (Some(array), _) => {
            let (rows, cols) = array.shape();
            let shape = if array.is_vector() { format!("({rows},)") } else { format!("({rows}, {cols})") };
            let (descr, size) = descr_of(&array.elements())?;
            (descr, shape, array.len(), size)
        }
        (None, Value::Bool(_)) => ("|b1".to_owned(), "()".to_owned(), 1, 1),
        (None, Value::Int(_)) => ("<i8".to_owned(), "()".to_owned(), 1, 8),
        (None, Value::Float(_)) => ("<f8".to_owned(), "()".to_owned(), 1, 8),
        (None, Value::Complex(_)) => ("<c16".to_owned(), "()".to_owned(), 1, 16),
        (None, Value::Str(text)) => {
            let points = text.chars().count().max(1);
            (format!("<U{points}"), "()".to_owned(), 1, 4 * points)
        }
        (None, other) => return Err(not_stored(&describe(other))),
    };
    let dictionary = format!("{{'descr': '{descr}', 'fortran_order': True, 'shape': {shape}, }}");
    let unfilled = MAGIC.len() + 4 + dictionary.len() + 1;
    let header = format!("{dictionary}{}\n", " ".repeat(unfilled.next_multiple_of(ALIGNMENT) - unfilled));
    let mut bytes = reserve(element_count(count, size)?.saturating_add(unfilled + ALIGNMENT))?;
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&[1, 0]);
    bytes.extend_from_slice(&(header.len() as u16).to_le_bytes());
    bytes.extend_from_slice(header.as_bytes());
    match &array {
        Some(array) => write_elements(&mut bytes, &array.elements(), size)?,
        None => write_item(&mut bytes, value, size),
    }
    Ok(bytes)
}

/// The type of elements in NumPy's words, and their bytes.
fn descr_of(elements: &Elements) -> Outcome<(String, usize)> {
    Ok(match elements {
        Elements::Bool(_) => ("|b1".to_owned(), 1),
        Elements::Int(_) => ("<i8".to_owned(), 8),
        Elements::Float(_) => ("<f8".to_owned(), 8),
        Elements::Complex(_) => ("<c16".to_owned(), 16),
        Elements::Any(items, _) => {
            let mut longest = 1;
            for item in items.iter() {
                match item {
                    Value::Str(text) => longest = longest.max(text.chars().count()),
                    other => return Err(not_stored(&format!("an array with {}", describe(other)))),
                }
            }
            (format!("<U{longest}"), 4 * longest)
        }
    })
}

#[cold]
fn not_stored(given: &str) -> Fault {
    Fault::argument(format!("an .npy file cannot hold {given}"))
        .rule("NumPy's files hold a number, a string, or an array of numbers, of true and false, or of strings")
        .hint("a .hld file holds any data: save(\"work.hld\", …)")
}

fn write_elements(bytes: &mut Vec<u8>, elements: &Elements, size: usize) -> Outcome<()> {
    for k in 0..elements.len() {
        if k % 4096 == 0 {
            interrupt::check()?;
        }
        write_item(bytes, &elements.value(k), size);
    }
    Ok(())
}

/// Only what has a type in NumPy's words comes here.
fn write_item(bytes: &mut Vec<u8>, item: &Value, size: usize) {
    let end = bytes.len() + size;
    match item {
        Value::Bool(x) => bytes.push(u8::from(x.get())),
        Value::Int(x) => bytes.extend_from_slice(&x.to_le_bytes()),
        Value::Float(x) => bytes.extend_from_slice(&x.get().to_le_bytes()),
        Value::Complex(c) => {
            bytes.extend_from_slice(&c.z.re.to_le_bytes());
            bytes.extend_from_slice(&c.z.im.to_le_bytes());
        }
        Value::Str(text) => text.chars().for_each(|c| bytes.extend_from_slice(&(c as u32).to_le_bytes())),
        _ => {}
    }
    bytes.resize(end, 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back() {
        for value in [
            Value::Int(-3),
            Value::bool(true),
            Value::float(0.1),
            Value::str("é"),
            Value::vector(vec![1, 2, 3]),
            Value::matrix(2, 3, vec![1.0, 2.0, 3.0, 4.0, 5.0, f64::INFINITY]),
            Value::matrix(0, 3, Vec::<f64>::new()),
            Value::vector(vec![true, false]),
            Value::matrix(1, 2, vec![Complex64::new(1.0, -2.0), Complex64::new(0.0, 3.5)]),
            Value::array(Array::vector_of(vec![Value::str("a"), Value::str("läng")], Type::String)),
        ] {
            let bytes = encode(&value).expect("it can be stored");
            let header = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
            assert_eq!((10 + header) % ALIGNMENT, 0, "the elements are aligned");
            assert_eq!(decode("t", &bytes), Ok(value));
        }
    }

    #[test]
    fn halves_are_those_of_the_standard() {
        for (bits, number) in [(0x3c00, 1.0), (0xc000, -2.0), (0x0001, 2f64.powi(-24)), (0x7bff, 65504.0)] {
            assert_eq!(half(bits), number);
        }
        assert!(half(0x7c00).is_infinite() && half(0x7e00).is_nan());
    }
}
