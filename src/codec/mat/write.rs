//! Values as the bytes of a `.mat` file.

use super::{ALIGNMENT, HEADER, class, data, flag};
use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::value::array::{Elements, make_room};
use crate::value::display::describe;
use crate::value::nesting::inside;
use crate::value::{Array, Type, Value, promote};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

/// Letters that MATLAB reads of a name.
const LONGEST_NAME: usize = 63;

/// Is it a name that a variable of MATLAB can have?
pub fn is_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The bytes of a file that holds these variables. Vectors are columns; vectors of strings, tuples and arrays of any values
/// are cell arrays; named tuples are structures.
pub fn encode(variables: &[(String, Value)]) -> Outcome<Vec<u8>> {
    let mut file = format!("{:<116}", "MATLAB 5.0 MAT-file, written by hlang").into_bytes();
    file.resize(124, 0);
    file.extend_from_slice(&0x0100_u16.to_le_bytes());
    file.extend_from_slice(b"IM");
    debug_assert_eq!(file.len(), HEADER);
    for (name, value) in variables {
        if !is_name(name) {
            return Err(Fault::argument(format!("{name:?} is no name of MATLAB's")).rule(
                "a name in a .mat file is made of letters from a to z, digits and _, and has 63 of them at most",
            ));
        }
        let mut matrix = Vec::new();
        write_value(&mut matrix, name, value)?;
        let failed = |e: std::io::Error| Fault::argument(format!("{name} cannot be packed: {e}"));
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        for block in matrix.chunks(1 << 20) {
            interrupt::check()?;
            packed.write_all(block).map_err(failed)?;
        }
        let packed = packed.finish().map_err(failed)?;
        // A part that is packed is not filled up.
        write_tag(&mut file, data::COMPRESSED, packed.len(), name)?;
        make_room(&mut file, packed.len())?;
        file.extend_from_slice(&packed);
    }
    Ok(file)
}

fn write_tag(bytes: &mut Vec<u8>, of: u32, length: usize, name: &str) -> Outcome<()> {
    let length = u32::try_from(length).map_err(|_| {
        Fault::argument(format!("{name} is too large for a .mat file")).rule("a variable has less than 4 GB in it")
    })?;
    bytes.extend_from_slice(&of.to_le_bytes());
    bytes.extend_from_slice(&length.to_le_bytes());
    Ok(())
}

/// A part: its tag, its bytes, and zeros up to where the next one begins. Up to four bytes stand in the tag itself, with the
/// length above the type; Octave reads the lengths of fields' names in no other place.
fn write_part(bytes: &mut Vec<u8>, of: u32, part: &[u8], name: &str) -> Outcome<()> {
    make_room(bytes, part.len().saturating_add(2 * ALIGNMENT))?;
    if (1..=4).contains(&part.len()) {
        bytes.extend_from_slice(&((part.len() as u32) << 16 | of).to_le_bytes());
    } else {
        write_tag(bytes, of, part.len(), name)?;
    }
    bytes.extend_from_slice(part);
    bytes.resize(bytes.len().next_multiple_of(ALIGNMENT), 0);
    Ok(())
}

/// An array with its tag, whose length is known when it is written.
fn write_matrix(
    bytes: &mut Vec<u8>,
    name: &str,
    class_and_flags: u32,
    (rows, cols): (usize, usize),
    body: impl FnOnce(&mut Vec<u8>) -> Outcome<()>,
) -> Outcome<()> {
    let start = bytes.len();
    write_tag(bytes, data::MATRIX, 0, name)?;
    let mut flags = class_and_flags.to_le_bytes().to_vec();
    flags.extend_from_slice(&[0; 4]);
    write_part(bytes, data::UINT32, &flags, name)?;
    let size = |n: usize| {
        i32::try_from(n)
            .map_err(|_| Fault::argument(format!("{name} is too large for a .mat file")).rule("a size is below 2^31"))
    };
    let dims = [size(rows)?.to_le_bytes(), size(cols)?.to_le_bytes()].concat();
    write_part(bytes, data::INT32, &dims, name)?;
    write_part(bytes, data::INT8, name.as_bytes(), name)?;
    body(bytes)?;
    let length = bytes.len() - start - ALIGNMENT;
    let mut tag = Vec::new();
    write_tag(&mut tag, data::MATRIX, length, name)?;
    bytes[start..start + ALIGNMENT].copy_from_slice(&tag);
    Ok(())
}

fn write_value(bytes: &mut Vec<u8>, name: &str, value: &Value) -> Outcome<()> {
    match value {
        Value::Bool(x) => write_array(bytes, name, &Array::matrix(1, 1, vec![x.get()])),
        Value::Int(x) => write_array(bytes, name, &Array::matrix(1, 1, vec![*x])),
        Value::Float(x) => write_array(bytes, name, &Array::matrix(1, 1, vec![x.get()])),
        Value::Complex(c) => write_array(bytes, name, &Array::matrix(1, 1, vec![c.z])),
        Value::Str(text) => {
            // SciPy takes nothing else but UTF-8 for what it is, and counts characters, not bytes.
            let count = text.chars().count();
            write_matrix(bytes, name, u32::from(class::CHAR), (usize::from(count > 0), count), |bytes| {
                write_part(bytes, data::UTF8, text.as_bytes(), name)
            })
        }
        Value::Array(array) => write_array(bytes, name, array),
        Value::Range(_) => match promote::as_array(value)? {
            Some(array) => write_array(bytes, name, &array),
            None => Err(not_stored(value)),
        },
        Value::Tuple(tuple) => match tuple.fields() {
            Some(fields) => write_struct(bytes, name, &fields),
            None => write_cell(bytes, name, (1, tuple.items.len()), &tuple.items),
        },
        Value::Undefined
        | Value::Nothing
        | Value::Colon
        | Value::Pair(_)
        | Value::CartesianIndex(_)
        | Value::Scaling(_)
        | Value::Type(_)
        | Value::Function(_)
        | Value::Error(_)
        | Value::Iterator(_)
        | Value::Reference(_)
        | Value::Stream(_)
        | Value::Variable(_) => Err(not_stored(value)),
    }
}

#[cold]
fn not_stored(value: &Value) -> Fault {
    Fault::argument(format!("a .mat file cannot hold {}", describe(value)))
        .rule("MATLAB's files hold numbers, strings, arrays, tuples as cell arrays and named tuples as structures")
        .hint("a .hld file holds any data: save(\"work.hld\", …)")
}

fn write_array(bytes: &mut Vec<u8>, name: &str, array: &Array) -> Outcome<()> {
    let elements = array.elements();
    let size = elements.shape();
    let numbers = |class: u8, flags: u32, of: u32, parts: &[Vec<u8>], bytes: &mut Vec<u8>| {
        write_matrix(bytes, name, u32::from(class) | flags, size, |bytes| {
            parts.iter().try_for_each(|part| write_part(bytes, of, part, name))
        })
    };
    match &*elements {
        Elements::Bool(m) => {
            let part = m.iter().map(|x| u8::from(*x)).collect();
            numbers(class::UINT8, flag::LOGICAL, data::UINT8, &[part], bytes)
        }
        Elements::Int(m) => {
            let part = packed(m.as_slice(), |x| x.to_le_bytes())?;
            numbers(class::INT64, 0, data::INT64, &[part], bytes)
        }
        Elements::Float(m) => {
            let part = packed(m.as_slice(), |x| x.to_le_bytes())?;
            numbers(class::DOUBLE, 0, data::DOUBLE, &[part], bytes)
        }
        Elements::Complex(m) => {
            let parts = [packed(m.as_slice(), |z| z.re.to_le_bytes())?, packed(m.as_slice(), |z| z.im.to_le_bytes())?];
            numbers(class::DOUBLE, flag::COMPLEX, data::DOUBLE, &parts, bytes)
        }
        Elements::Any(m, _) => write_cell(bytes, name, size, m.as_slice()),
    }
}

fn packed<T>(items: &[T], one: impl Fn(&T) -> [u8; 8]) -> Outcome<Vec<u8>> {
    let mut bytes = crate::value::array::reserve(items.len().saturating_mul(8))?;
    for block in items.chunks(1 << 16) {
        interrupt::check()?;
        block.iter().for_each(|item| bytes.extend_from_slice(&one(item)));
    }
    Ok(bytes)
}

fn write_cell(bytes: &mut Vec<u8>, name: &str, size: (usize, usize), items: &[Value]) -> Outcome<()> {
    write_matrix(bytes, name, u32::from(class::CELL), size, |bytes| {
        items.iter().try_for_each(|item| inside(|| write_value(bytes, "", item)))
    })
}

fn write_struct(bytes: &mut Vec<u8>, name: &str, fields: &[(std::rc::Rc<str>, Value)]) -> Outcome<()> {
    // Every name takes the room of the longest, and a zero.
    let room = fields.iter().map(|(field, _)| field.len()).max().unwrap_or(0) + 1;
    let mut names = Vec::new();
    for (field, _) in fields {
        if !is_name(field) {
            return Err(Fault::argument(format!("{field:?} is no name of a field of MATLAB's")).rule(
                "a name in a .mat file is made of letters from a to z, digits and _, and has 63 of them at most",
            ));
        }
        let end = names.len() + room;
        names.extend_from_slice(field.as_bytes());
        names.resize(end, 0);
    }
    write_matrix(bytes, name, u32::from(class::STRUCT), (1, 1), |bytes| {
        write_part(bytes, data::INT32, &(room as i32).to_le_bytes(), name)?;
        write_part(bytes, data::INT8, &names, name)?;
        fields.iter().try_for_each(|(_, value)| inside(|| write_value(bytes, "", value)))
    })
}

/// The element type of cells that are all texts.
pub(super) fn cell_type(items: &[Value]) -> Type {
    let texts = !items.is_empty() && items.iter().all(|item| matches!(item, Value::Str(_)));
    if texts { Type::String } else { Type::Any }
}
