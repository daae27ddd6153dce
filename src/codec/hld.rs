//! hlang's own format, `.hld`: named values of every kind that is data, each as it was.
//!
//! The file is gzip (RFC 1952), whose checksum tells when a byte has changed. Unpacked it is [`MAGIC`], the number of
//! variables, and for each its name and value: a byte that says the kind, then its parts. Numbers are little-endian, counts
//! and lengths 8 bytes. Names that share an array share it no longer when they are read.

mod types;

use super::bytes::Bytes;
use super::npz::unpack;
use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::value::array::{Element, Elements, dense, element_count, push, reserve};
use crate::value::display::describe;
use crate::value::nesting::inside;
use crate::value::range::{Anchor, Range};
use crate::value::{Array, Complex, Complex64, Form, Tuple, Type, Value};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::io::Write;
use std::rc::Rc;

/// What an unpacked file begins with; the number is the version of the format.
const MAGIC: &[u8] = b"hlang data 1\n";

/// Bytes that are packed before Ctrl-C is looked for.
const BLOCK: usize = 1 << 20;

/// Bytes that a value takes at least; no more of them than bytes are believed.
const LEAST: usize = 1;

/// The kinds of values by the byte that begins them.
mod kind {
    pub const NOTHING: u8 = 0;
    pub const COLON: u8 = 1;
    pub const BOOL: u8 = 2;
    pub const INT: u8 = 3;
    pub const FLOAT: u8 = 4;
    pub const COMPLEX: u8 = 5;
    pub const STRING: u8 = 6;
    pub const ARRAY: u8 = 7;
    pub const INT_RANGE: u8 = 8;
    pub const FLOAT_RANGE: u8 = 9;
    pub const TUPLE: u8 = 10;
    pub const NAMED_TUPLE: u8 = 11;
    pub const PAIR: u8 = 12;
    pub const PLACE: u8 = 13;
    pub const SCALING: u8 = 14;
    pub const TYPE: u8 = 15;
}

/// The forms of arrays by the byte that stands for each: its place here.
const FORMS: [Form; 6] = [
    Form::Vector,
    Form::Matrix,
    Form::AdjointVector,
    Form::TransposeVector,
    Form::AdjointMatrix,
    Form::TransposeMatrix,
];

/// Can the value be stored, as far as it is seen from outside?
pub fn is_data(value: &Value) -> bool {
    match value {
        Value::Nothing
        | Value::Colon
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Complex(_)
        | Value::Str(_)
        | Value::Array(_)
        | Value::Range(_)
        | Value::Tuple(_)
        | Value::Pair(_)
        | Value::CartesianIndex(_)
        | Value::Scaling(_)
        | Value::Type(_) => true,
        Value::Undefined
        | Value::Function(_)
        | Value::Error(_)
        | Value::Iterator(_)
        | Value::Reference(_)
        | Value::Stream(_)
        | Value::Variable(_) => false,
    }
}

/// The bytes of a file that holds these variables; an `ArgumentError` for one with something inside that is no data.
pub fn encode(variables: &[(String, Value)]) -> Outcome<Vec<u8>> {
    let mut bytes = MAGIC.to_vec();
    write_count(&mut bytes, variables.len())?;
    for (name, value) in variables {
        write_text(&mut bytes, name)?;
        write_value(&mut bytes, value).map_err(|fault| match fault.report() {
            Some(report) => Fault::new(report.kind, format!("{name}: {}", report.message)).rule(
                report.rule.clone().unwrap_or_else(|| "an array must fit into the memory that is free".to_owned()),
            ),
            None => fault,
        })?;
    }
    // Numbers that were measured hardly get shorter, however long one tries.
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    let failed = |e: std::io::Error| Fault::argument(format!("the variables cannot be packed: {e}"));
    for block in bytes.chunks(BLOCK) {
        interrupt::check()?;
        packed.write_all(block).map_err(failed)?;
    }
    packed.finish().map_err(failed)
}

fn write_bytes(bytes: &mut Vec<u8>, more: &[u8]) -> Outcome<()> {
    crate::value::array::make_room(bytes, more.len())?;
    bytes.extend_from_slice(more);
    Ok(())
}

fn write_count(bytes: &mut Vec<u8>, count: usize) -> Outcome<()> {
    write_bytes(bytes, &(count as u64).to_le_bytes())
}

fn write_text(bytes: &mut Vec<u8>, text: &str) -> Outcome<()> {
    write_count(bytes, text.len())?;
    write_bytes(bytes, text.as_bytes())
}

fn write_complex(bytes: &mut Vec<u8>, z: Complex64) -> Outcome<()> {
    write_bytes(bytes, &z.re.to_le_bytes())?;
    write_bytes(bytes, &z.im.to_le_bytes())
}

fn write_values(bytes: &mut Vec<u8>, values: &[Value]) -> Outcome<()> {
    values.iter().try_for_each(|value| inside(|| write_value(bytes, value)))
}

fn write_value(bytes: &mut Vec<u8>, value: &Value) -> Outcome<()> {
    match value {
        Value::Nothing => push(bytes, kind::NOTHING),
        Value::Colon => push(bytes, kind::COLON),
        Value::Bool(x) => write_bytes(bytes, &[kind::BOOL, u8::from(x.get())]),
        Value::Int(x) => {
            push(bytes, kind::INT)?;
            write_bytes(bytes, &x.to_le_bytes())
        }
        Value::Float(x) => {
            push(bytes, kind::FLOAT)?;
            write_bytes(bytes, &x.get().to_le_bytes())
        }
        Value::Complex(c) => {
            write_bytes(bytes, &[kind::COMPLEX, if c.is_unit() { 2 } else { u8::from(c.integral) }])?;
            write_complex(bytes, c.z)
        }
        Value::Str(text) => {
            push(bytes, kind::STRING)?;
            write_text(bytes, text)
        }
        Value::Array(array) => write_array(bytes, array),
        Value::Range(range) => match &**range {
            Range::Int { start, step, len, unit } => {
                write_bytes(bytes, &[kind::INT_RANGE, u8::from(*unit)])?;
                write_bytes(bytes, &start.to_le_bytes())?;
                write_bytes(bytes, &step.to_le_bytes())?;
                write_count(bytes, *len)
            }
            Range::Float { len, anchor, .. } => {
                let (parts, offset) = anchor.parts();
                push(bytes, kind::FLOAT_RANGE)?;
                parts.iter().try_for_each(|part| write_bytes(bytes, &part.to_le_bytes()))?;
                write_count(bytes, offset)?;
                write_count(bytes, *len)
            }
        },
        Value::Tuple(tuple) => {
            push(bytes, if tuple.names.is_some() { kind::NAMED_TUPLE } else { kind::TUPLE })?;
            write_count(bytes, tuple.items.len())?;
            tuple.names.iter().flat_map(|names| names.iter()).try_for_each(|name| write_text(bytes, name))?;
            write_values(bytes, &tuple.items)
        }
        Value::Pair(pair) => {
            push(bytes, kind::PAIR)?;
            inside(|| write_value(bytes, &pair.0))?;
            inside(|| write_value(bytes, &pair.1))
        }
        Value::CartesianIndex(place) => {
            push(bytes, kind::PLACE)?;
            place.iter().try_for_each(|k| write_bytes(bytes, &k.to_le_bytes()))
        }
        Value::Scaling(scale) => {
            push(bytes, kind::SCALING)?;
            inside(|| write_value(bytes, scale))
        }
        Value::Type(ty) => {
            push(bytes, kind::TYPE)?;
            types::write(bytes, ty)
        }
        Value::Undefined
        | Value::Function(_)
        | Value::Error(_)
        | Value::Iterator(_)
        | Value::Reference(_)
        | Value::Stream(_)
        | Value::Variable(_) => Err(not_data(value)),
    }
}

/// The error for a value that cannot be stored.
#[cold]
pub fn not_data(value: &Value) -> Fault {
    Fault::argument(format!("{} cannot be stored", describe(value)))
        .rule("only data can be stored: numbers, strings, ranges, arrays, tuples; no functions, streams or iterators")
}

fn write_array(bytes: &mut Vec<u8>, array: &Array) -> Outcome<()> {
    // An array that contains itself is borrowed again; nothing changes it in between.
    let elements = array.elements();
    let form = FORMS.iter().position(|form| *form == array.form()).unwrap_or(0);
    write_bytes(bytes, &[kind::ARRAY, form as u8])?;
    let (rows, cols) = elements.shape();
    write_count(bytes, rows)?;
    write_count(bytes, cols)?;
    types::write(bytes, &elements.eltype())?;
    match &*elements {
        Elements::Bool(m) => write_all(bytes, m.as_slice(), |x| [u8::from(*x)]),
        Elements::Int(m) => write_all(bytes, m.as_slice(), |x| x.to_le_bytes()),
        Elements::Float(m) => write_all(bytes, m.as_slice(), |x| x.to_le_bytes()),
        Elements::Complex(m) => m.iter().try_for_each(|z| write_complex(bytes, *z)),
        Elements::Any(m, _) => write_values(bytes, m.as_slice()),
    }
}

fn write_all<T, const N: usize>(bytes: &mut Vec<u8>, items: &[T], one: impl Fn(&T) -> [u8; N]) -> Outcome<()> {
    for block in items.chunks(BLOCK) {
        interrupt::check()?;
        crate::value::array::make_room(bytes, N * block.len())?;
        block.iter().for_each(|item| bytes.extend_from_slice(&one(item)));
    }
    Ok(())
}

/// The variables of a file; nothing of it unless all of it is whole.
pub fn decode(name: &str, bytes: &[u8]) -> Outcome<Vec<(String, Value)>> {
    let broken = |e: std::io::Error| {
        Fault::argument(format!("{name}: this is no .hld file, or a damaged one: {e}"))
            .rule("a .hld file is one that save(file) has written")
    };
    let unpacked = unpack(GzDecoder::new(bytes), broken)?;
    let mut bytes = Bytes::new(name, &unpacked);
    if bytes.take(MAGIC.len().min(bytes.left()), "the beginning")? != MAGIC {
        return Err(bytes.fault_at(0, "the file was not written by this version of hlang"));
    }
    let count = bytes.count(LEAST, "the number of variables")?;
    let mut variables = Vec::new();
    for _ in 0..count {
        let name = bytes.text("a name")?.to_owned();
        push(&mut variables, (name, read_value(&mut bytes)?))?;
    }
    if bytes.left() > 0 {
        return Err(bytes.fault(format!("{} bytes follow the last variable", bytes.left())));
    }
    Ok(variables)
}

fn read_int(bytes: &mut Bytes<'_>) -> Outcome<i64> {
    Ok(i64::from_le_bytes(bytes.array("an integer")?))
}

fn read_float(bytes: &mut Bytes<'_>) -> Outcome<f64> {
    Ok(f64::from_le_bytes(bytes.array("a float")?))
}

fn read_complex(bytes: &mut Bytes<'_>) -> Outcome<Complex64> {
    Ok(Complex64::new(read_float(bytes)?, read_float(bytes)?))
}

fn read_flag(bytes: &mut Bytes<'_>) -> Outcome<bool> {
    match bytes.byte("a flag")? {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(bytes.fault(format!("{other} is neither true nor false"))),
    }
}

fn read_values(bytes: &mut Bytes<'_>, count: usize) -> Outcome<Vec<Value>> {
    let mut values = Vec::new();
    for _ in 0..count {
        push(&mut values, inside(|| read_value(bytes))?)?;
    }
    Ok(values)
}

fn read_value(bytes: &mut Bytes<'_>) -> Outcome<Value> {
    let at = bytes.at();
    Ok(match bytes.byte("a value")? {
        kind::NOTHING => Value::Nothing,
        kind::COLON => Value::Colon,
        kind::BOOL => Value::bool(read_flag(bytes)?),
        kind::INT => Value::Int(read_int(bytes)?),
        kind::FLOAT => Value::float(read_float(bytes)?),
        kind::COMPLEX => {
            let made_of = bytes.byte("a flag")?;
            let z = read_complex(bytes)?;
            let complex = if made_of == 2 { Complex::UNIT } else { Complex::new(z, made_of == 1) };
            Value::Complex(Rc::new(complex))
        }
        kind::STRING => Value::str(bytes.text("a string")?),
        kind::ARRAY => read_array(bytes)?,
        kind::INT_RANGE => {
            let unit = read_flag(bytes)?;
            let (start, step, len) = (read_int(bytes)?, read_int(bytes)?, read_int(bytes)?);
            let last = i128::from(start) + i128::from(step) * i128::from(len.max(1) - 1);
            if len < 0 || step == 0 || (unit && step != 1) || i64::try_from(last).is_err() {
                return Err(bytes.fault_at(at, "this is no range"));
            }
            Value::Range(Rc::new(Range::Int { start, step, len: len as usize, unit }))
        }
        kind::FLOAT_RANGE => {
            let mut parts = [0.0; 4];
            for part in &mut parts {
                *part = read_float(bytes)?;
            }
            let (offset, len) = (read_int(bytes)?, read_int(bytes)?);
            if parts.iter().any(|part| !part.is_finite()) || len < 0 || !(0..=len.max(1)).contains(&offset) {
                return Err(bytes.fault_at(at, "this is no range"));
            }
            Value::Range(Rc::new(Range::anchored(Anchor::from_parts(parts, offset as usize), len as usize)))
        }
        kind::TUPLE => {
            let count = bytes.count(LEAST, "the length of a tuple")?;
            Value::tuple(read_values(bytes, count)?)
        }
        kind::NAMED_TUPLE => {
            let count = bytes.count(LEAST, "the length of a tuple")?;
            let mut names: Vec<Rc<str>> = Vec::new();
            for _ in 0..count {
                push(&mut names, Rc::from(bytes.text("a name")?))?;
            }
            let items = read_values(bytes, count)?;
            Value::Tuple(Rc::new(Tuple { items, names: Some(Rc::new(names)) }))
        }
        kind::PAIR => {
            let first = inside(|| read_value(bytes))?;
            Value::Pair(Rc::new((first, inside(|| read_value(bytes))?)))
        }
        kind::PLACE => Value::CartesianIndex(Rc::new([read_int(bytes)?, read_int(bytes)?])),
        kind::SCALING => match inside(|| read_value(bytes))? {
            scale @ (Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_)) => {
                Value::Scaling(Rc::new(scale))
            }
            _ => return Err(bytes.fault_at(at, "this is no multiple of I")),
        },
        kind::TYPE => Value::type_of_name(types::read(bytes)?),
        other => return Err(bytes.fault_at(at, format!("no kind of value begins with the byte {other}"))),
    })
}

fn read_array(bytes: &mut Bytes<'_>) -> Outcome<Value> {
    let at = bytes.at();
    let form = FORMS.get(usize::from(bytes.byte("the form of an array")?)).copied();
    let size = |n: i64| usize::try_from(n).ok();
    let (rows, cols) = (size(read_int(bytes)?), size(read_int(bytes)?));
    let (Some(form), Some(rows), Some(cols)) = (form, rows, cols) else {
        return Err(bytes.fault_at(at, "this is no array"));
    };
    let fits = match form {
        Form::Vector => cols == 1,
        Form::AdjointVector | Form::TransposeVector => rows == 1,
        Form::Matrix | Form::AdjointMatrix | Form::TransposeMatrix => true,
    };
    if !fits {
        return Err(bytes.fault_at(at, format!("no {form:?} has the size {rows}×{cols}")));
    }
    let eltype = types::read(bytes)?;
    let count = element_count(rows, cols)?;
    let elements = match eltype {
        Type::Bool => read_all(bytes, rows, cols, 1, |cell| cell[0] != 0)?,
        Type::Int64 => read_all(bytes, rows, cols, 8, |cell| i64::from_le_bytes(eight(cell)))?,
        Type::Float64 => read_all(bytes, rows, cols, 8, |cell| f64::from_le_bytes(eight(cell)))?,
        Type::ComplexF64 => read_all(bytes, rows, cols, 16, |cell| {
            let (re, im) = cell.split_at(8);
            Complex64::new(f64::from_le_bytes(eight(re)), f64::from_le_bytes(eight(im)))
        })?,
        other => {
            if count > bytes.left() {
                return Err(bytes.fault_at(at, format!("{rows}×{cols} elements are more than the file has")));
            }
            let items = read_values(bytes, count)?;
            Elements::Any(dense(rows, cols, items), other)
        }
    };
    Ok(Value::array(Array::new(form, elements)))
}

fn eight(bytes: &[u8]) -> [u8; 8] {
    let mut array = [0; 8];
    array.copy_from_slice(bytes);
    array
}

fn read_all<T: Element>(
    bytes: &mut Bytes<'_>,
    rows: usize,
    cols: usize,
    size: usize,
    one: impl Fn(&[u8]) -> T,
) -> Outcome<Elements> {
    let count = element_count(rows, cols)?;
    let data = bytes.take(element_count(count, size)?, "an array")?;
    let mut items = reserve(count)?;
    for block in data.chunks(size * BLOCK) {
        interrupt::check()?;
        items.extend(block.chunks_exact(size).map(&one));
    }
    Ok(T::wrap(dense(rows, cols, items)))
}
