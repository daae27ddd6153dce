//! The bytes of a `.mat` file as values.

use super::write::cell_type;
use super::{ALIGNMENT, HEADER, class, data, flag};
use crate::codec::bytes::Bytes;
use crate::codec::npz::unpack;
use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::value::array::{Element, element_count, push, reserve};
use crate::value::nesting::inside;
use crate::value::{Array, Complex64, Tuple, Type, Value};
use flate2::read::ZlibDecoder;
use std::rc::Rc;

/// The variables of a file. Matrices of one column are vectors, those of one element numbers.
pub fn decode(name: &str, bytes: &[u8]) -> Outcome<Vec<(String, Value)>> {
    let mut bytes = Bytes::new(name, bytes);
    let header = bytes.take(HEADER.min(bytes.left()), "the header")?;
    if header.starts_with(b"MATLAB 7.3") || header.starts_with(b"\x89HDF") {
        return Err(bytes
            .fault_at(0, "this .mat file is of version 7.3, which is HDF5")
            .rule("hlang reads the versions 5 to 7.2; in MATLAB, save with -v7 writes those"));
    }
    let big_endian = match header.get(HEADER - 2..) {
        Some(b"IM") => false,
        Some(b"MI") => true,
        _ => return Err(bytes.fault_at(0, "this is no .mat file of MATLAB 5 or later")),
    };
    let mut variables: Vec<(String, Value)> = Vec::new();
    while bytes.left() > 0 {
        interrupt::check()?;
        let at = bytes.at();
        let (of, part) = Reader { bytes: &mut bytes, big_endian }.part("a variable")?;
        let (variable, value) = match of {
            data::MATRIX => matrix(part, big_endian)?,
            data::COMPRESSED => {
                let broken = |e: std::io::Error| bytes.fault_at(at, format!("the variable cannot be unpacked: {e}"));
                let unpacked = unpack(ZlibDecoder::new(part.rest()), broken)?;
                let place = format!("{name}, unpacked from byte {at} on");
                let mut inner = Bytes::new(&place, &unpacked);
                match (Reader { bytes: &mut inner, big_endian }).part("a variable")? {
                    (data::MATRIX, part) => matrix(part, big_endian)?,
                    (other, _) => return Err(inner.fault_at(0, format!("this is no array but data of type {other}"))),
                }
            }
            other => return Err(bytes.fault_at(at, format!("this is no variable but data of type {other}"))),
        };
        // Octave and MATLAB store what belongs to no name without one.
        if variable.is_empty() {
            continue;
        }
        match variables.iter_mut().find(|(known, _)| *known == variable) {
            Some(known) => known.1 = value,
            None => push(&mut variables, (variable, value))?,
        }
    }
    Ok(variables)
}

/// Reads the parts of a file, each with its tag.
struct Reader<'r, 'b> {
    bytes: &'r mut Bytes<'b>,
    big_endian: bool,
}

impl<'b> Reader<'_, 'b> {
    fn word(&mut self, what: &str) -> Outcome<u32> {
        let word = self.bytes.array(what)?;
        Ok(if self.big_endian { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) })
    }

    /// The type and the bytes of the next part.
    fn part(&mut self, what: &str) -> Outcome<(u32, Bytes<'b>)> {
        let word = self.word(what)?;
        // Up to four bytes of data stand in the tag itself, with the length above the type.
        if word >> 16 != 0 {
            let length = (word >> 16) as usize;
            if length > 4 {
                return Err(self.bytes.fault(format!("{what} has a tag that says {length} bytes in 4")));
            }
            let mut four = self.bytes.part(4, what)?;
            return Ok((word & 0xffff, four.part(length, what)?));
        }
        let length = self.word(what)? as usize;
        let part = self.bytes.part(length, what)?;
        if word != data::COMPRESSED {
            let filling = self.bytes.at().next_multiple_of(ALIGNMENT) - self.bytes.at();
            self.bytes.take(filling.min(self.bytes.left()), what)?;
        }
        Ok((word, part))
    }

    /// The bytes of a part that has this type.
    fn part_of(&mut self, of: u32, what: &str) -> Outcome<Bytes<'b>> {
        let (found, part) = self.part(what)?;
        if found == of {
            return Ok(part);
        }
        Err(part.fault_at(0, format!("{what} has data of type {found}, not {of}")))
    }

    /// The numbers of a part, whatever type they are stored in.
    fn numbers(&mut self, what: &str) -> Outcome<Numbers<'b>> {
        let (of, part) = self.part(what)?;
        let size = match of {
            data::INT8 | data::UINT8 | data::UTF8 => 1,
            data::INT16 | data::UINT16 | data::UTF16 => 2,
            data::INT32 | data::UINT32 | data::UTF32 | data::SINGLE => 4,
            data::INT64 | data::UINT64 | data::DOUBLE => 8,
            other => return Err(part.fault_at(0, format!("{what}: no numbers are of type {other}"))),
        };
        Ok(Numbers { of, size, part, big_endian: self.big_endian })
    }
}

/// The numbers of a part.
struct Numbers<'b> {
    of: u32,
    size: usize,
    part: Bytes<'b>,
    big_endian: bool,
}

impl Numbers<'_> {
    fn count(&self) -> usize {
        self.part.rest().len() / self.size
    }

    /// The bits of each number.
    fn bits(&self) -> impl Iterator<Item = u64> {
        let join = |so_far: u64, byte: &u8| so_far << 8 | u64::from(*byte);
        self.part
            .rest()
            .chunks_exact(self.size)
            .map(move |cell| if self.big_endian { cell.iter().fold(0, join) } else { cell.iter().rev().fold(0, join) })
    }

    /// A signed number from its bits.
    fn signed(&self, bits: u64) -> i64 {
        let unused = 64 - 8 * self.size as u32;
        ((bits << unused) as i64) >> unused
    }

    fn float(&self, bits: u64) -> f64 {
        match self.of {
            data::DOUBLE => f64::from_bits(bits),
            data::SINGLE => f64::from(f32::from_bits(bits as u32)),
            data::INT8 | data::INT16 | data::INT32 | data::INT64 => self.signed(bits) as f64,
            _ => bits as f64,
        }
    }

    fn int(&self, bits: u64) -> Option<i64> {
        match self.of {
            data::DOUBLE | data::SINGLE => {
                let x = self.float(bits);
                (x.fract() == 0.0 && x.abs() < 9e18).then_some(x as i64)
            }
            data::INT8 | data::INT16 | data::INT32 | data::INT64 => Some(self.signed(bits)),
            _ => i64::try_from(bits).ok(),
        }
    }

    /// Each of `count` numbers; an error if there are more or fewer of them.
    fn each<T>(&self, count: usize, one: impl Fn(u64) -> Outcome<T>) -> Outcome<Vec<T>> {
        if self.count() != count {
            return Err(self.part.fault_at(0, format!("an array of {count} elements has {} numbers", self.count())));
        }
        let mut items = reserve(count)?;
        for (k, bits) in self.bits().enumerate() {
            if k % 4096 == 0 {
                interrupt::check()?;
            }
            items.push(one(bits)?);
        }
        Ok(items)
    }

    fn floats(&self, count: usize) -> Outcome<Vec<f64>> {
        self.each(count, |bits| Ok(self.float(bits)))
    }

    fn ints(&self, count: usize) -> Outcome<Vec<i64>> {
        self.each(count, |bits| {
            self.int(bits).ok_or_else(|| self.part.fault_at(0, "an integer does not fit into 64 bits with a sign"))
        })
    }

    /// The text of characters, however they are stored; `None` if they are none.
    fn text(&self) -> Option<String> {
        match self.of {
            data::UTF8 => std::str::from_utf8(self.part.rest()).ok().map(str::to_owned),
            // MATLAB counts characters in units of 16 bits, and Octave in bytes of UTF-8.
            data::INT8 | data::UINT8 => match std::str::from_utf8(self.part.rest()) {
                Ok(text) => Some(text.to_owned()),
                Err(_) => self.bits().map(|bits| char::from_u32(bits as u32)).collect(),
            },
            data::UINT16 | data::UTF16 => {
                char::decode_utf16(self.bits().map(|bits| bits as u16)).collect::<Result<_, _>>().ok()
            }
            _ => self.bits().map(|bits| char::from_u32(bits as u32)).collect(),
        }
    }
}

/// The name and the value of an array.
fn matrix(mut bytes: Bytes<'_>, big_endian: bool) -> Outcome<(String, Value)> {
    // An element of a cell array that was never set has nothing in it.
    if bytes.left() == 0 {
        return Ok((String::new(), Value::matrix(0, 0, Vec::<f64>::new())));
    }
    let start = bytes;
    let mut reader = Reader { bytes: &mut bytes, big_endian };
    let mut flags = reader.part_of(data::UINT32, "an array's first part")?;
    let flags = Reader { bytes: &mut flags, big_endian }.word("an array's first part")?;
    let sizes = reader.numbers("an array's size")?;
    let sizes = sizes.ints(sizes.count())?;
    let name = reader.numbers("the name of an array")?;
    let name = name.text().ok_or_else(|| start.fault_at(0, "the name of an array is no text"))?;
    let shown = if name.is_empty() { "an array".to_owned() } else { name.clone() };
    let [rows, cols] = sizes[..] else {
        let sizes: Vec<String> = sizes.iter().map(ToString::to_string).collect();
        return Err(start
            .fault_at(0, format!("{shown} has {} dimensions, {}", sizes.len(), sizes.join("×")))
            .rule("an array of hlang has one dimension or two"));
    };
    let (Ok(rows), Ok(cols)) = (usize::try_from(rows), usize::try_from(cols)) else {
        return Err(start.fault_at(0, format!("{shown} has the size {rows}×{cols}")));
    };
    let shape = Shape { rows, cols, count: element_count(rows, cols)? };
    let value = match flags as u8 {
        class::CELL => {
            let items = cells(&mut reader, shape.count)?;
            let eltype = cell_type(&items);
            let len = items.len();
            Value::array(if rows == 1 || cols == 1 {
                Array::vector_of(items, eltype)
            } else {
                debug_assert_eq!(len, rows * cols);
                Array::matrix_of(rows, cols, items, eltype)
            })
        }
        class::STRUCT => structure(&mut reader, shape)?,
        class::CHAR => characters(&mut reader, shape, &start)?,
        class::SPARSE => sparse(&mut reader, shape, flags, &start)?,
        class::DOUBLE | class::SINGLE | class::INT8..=class::UINT64 if flags & flag::COMPLEX != 0 => {
            let re = reader.numbers("the real part")?.floats(shape.count)?;
            let im = reader.numbers("the imaginary part")?.floats(shape.count)?;
            shape.array(re.into_iter().zip(im).map(|(re, im)| Complex64::new(re, im)).collect())
        }
        class::DOUBLE | class::SINGLE => {
            let numbers = reader.numbers("an array's data")?;
            if flags & flag::LOGICAL != 0 {
                shape.array(numbers.each(shape.count, |bits| Ok(bits != 0))?)
            } else {
                shape.array(numbers.floats(shape.count)?)
            }
        }
        class::INT8..=class::UINT64 => {
            let numbers = reader.numbers("an array's data")?;
            if flags & flag::LOGICAL != 0 {
                shape.array(numbers.each(shape.count, |bits| Ok(bits != 0))?)
            } else {
                shape.array(numbers.ints(shape.count)?)
            }
        }
        other => {
            return Err(start
                .fault_at(0, format!("{shown} is of MATLAB's class number {other}"))
                .rule("hlang reads numbers, logicals, characters, cell arrays, structures and sparse matrices"));
        }
    };
    Ok((name, value))
}

/// The size of an array, whose product was checked.
#[derive(Clone, Copy)]
struct Shape {
    rows: usize,
    cols: usize,
    count: usize,
}

impl Shape {
    /// A number, a vector or a matrix; there are as many items as the shape has elements.
    fn array<T: Element>(self, items: Vec<T>) -> Value {
        match (self.rows, self.cols) {
            (1, 1) => items[0].to_value(),
            (_, 1) => Value::vector(items),
            (rows, cols) => Value::matrix(rows, cols, items),
        }
    }
}

/// Values that stand one after the other, each an array of its own.
fn cells(reader: &mut Reader<'_, '_>, count: usize) -> Outcome<Vec<Value>> {
    let mut items = Vec::new();
    for _ in 0..count {
        let part = reader.part_of(data::MATRIX, "an array inside of another")?;
        push(&mut items, inside(|| matrix(part, reader.big_endian))?.1)?;
    }
    Ok(items)
}

fn structure(reader: &mut Reader<'_, '_>, shape: Shape) -> Outcome<Value> {
    let lengths = reader.numbers("the length of a field's name")?;
    let room = lengths.bits().next().map_or(0, |bits| bits as usize);
    let (_, names) = reader.part("the list of a structure's fields")?;
    let text = names.rest();
    if room == 0 || text.len() % room != 0 {
        return Err(names.fault_at(0, format!("{} bytes of names, {room} for each", text.len())));
    }
    let mut fields: Vec<Rc<str>> = Vec::new();
    for name in text.chunks(room) {
        let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
        let name = std::str::from_utf8(&name[..end]).map_err(|_| names.fault_at(0, "a field's name is no text"))?;
        push(&mut fields, Rc::from(name))?;
    }
    if fields.is_empty() && shape.count > 1 {
        return Err(names.fault_at(0, format!("{} structures without fields", shape.count)));
    }
    let fields = Rc::new(fields);
    let mut structures = Vec::new();
    for _ in 0..shape.count {
        let items = cells(reader, fields.len())?;
        push(&mut structures, Value::Tuple(Rc::new(Tuple { items, names: Some(fields.clone()) })))?;
    }
    Ok(match <[Value; 1]>::try_from(structures) {
        Ok([one]) => one,
        Err(many) => Value::array(Array::vector_of(many, Type::Any)),
    })
}

/// A row of characters is a string; several rows are a vector of strings without the blanks that fill them up.
fn characters(reader: &mut Reader<'_, '_>, shape: Shape, start: &Bytes<'_>) -> Outcome<Value> {
    let characters = reader.numbers("a text")?;
    let text = characters.text().ok_or_else(|| start.fault_at(0, "the characters of an array are no text"))?;
    if shape.rows <= 1 || shape.count == 0 {
        return Ok(Value::str(text));
    }
    let all: Vec<char> = text.chars().collect();
    if all.len() != shape.count {
        let wanted = shape.count;
        return Err(start.fault_at(0, format!("an array of {wanted} characters has {}", all.len())));
    }
    let mut rows = reserve(shape.rows)?;
    for i in 0..shape.rows {
        let row: String = all.iter().skip(i).step_by(shape.rows).collect();
        rows.push(Value::str(row.trim_end()));
    }
    Ok(Value::array(Array::vector_of(rows, Type::String)))
}

/// A sparse matrix as a whole one.
fn sparse(reader: &mut Reader<'_, '_>, shape: Shape, flags: u32, start: &Bytes<'_>) -> Outcome<Value> {
    let unfit = |what: &str| -> Fault { start.fault_at(0, format!("a sparse matrix: {what}")) };
    let places = |numbers: Numbers<'_>| -> Outcome<Vec<usize>> {
        let numbers = numbers.ints(numbers.count())?;
        Ok(numbers.into_iter().map(|n| usize::try_from(n).unwrap_or(usize::MAX)).collect())
    };
    let row_of = places(reader.numbers("a sparse matrix")?)?;
    let first_of = places(reader.numbers("a sparse matrix")?)?;
    let re = reader.numbers("an array's data")?;
    let re = re.floats(re.count())?;
    let im = if flags & flag::COMPLEX == 0 {
        Vec::new()
    } else {
        let im = reader.numbers("the imaginary part")?;
        im.floats(im.count())?
    };
    if first_of.len() != shape.cols + 1 {
        return Err(unfit("its columns are not all there"));
    }
    let mut whole = reserve(shape.count)?;
    whole.resize(shape.count, Complex64::new(0.0, 0.0));
    for (j, ends) in first_of.windows(2).enumerate() {
        interrupt::check()?;
        for k in ends[0]..ends[1] {
            let (Some(row), Some(re)) = (row_of.get(k), re.get(k)) else {
                return Err(unfit("an element is not there"));
            };
            if *row >= shape.rows {
                return Err(unfit("an element stands outside"));
            }
            whole[j * shape.rows + row] = Complex64::new(*re, im.get(k).copied().unwrap_or(0.0));
        }
    }
    Ok(if flags & flag::COMPLEX != 0 {
        shape.array(whole)
    } else if flags & flag::LOGICAL != 0 {
        shape.array(whole.into_iter().map(|z| z.re != 0.0).collect())
    } else {
        shape.array(whole.into_iter().map(|z| z.re).collect::<Vec<f64>>())
    })
}
