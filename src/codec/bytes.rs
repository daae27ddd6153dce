//! Bytes read in order, with errors that say where they stand.

use crate::fault::{Fault, Outcome};

/// What was not read yet of a file's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Bytes<'b> {
    name: &'b str,
    bytes: &'b [u8],
    at: usize,
    /// What the file counts before these bytes, where they are a part of it.
    start: usize,
}

impl<'b> Bytes<'b> {
    /// All bytes of a file, with its name.
    pub fn new(name: &'b str, bytes: &'b [u8]) -> Bytes<'b> {
        Bytes { name, bytes, at: 0, start: 0 }
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// The bytes that are left.
    pub fn rest(&self) -> &'b [u8] {
        &self.bytes[self.at..]
    }

    /// How many bytes were read.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The error for what stands at the next byte: `a.npy: byte 12: …`, counted from 0.
    #[cold]
    pub fn fault(&self, what: impl std::fmt::Display) -> Fault {
        self.fault_at(self.at, what)
    }

    /// The error for what stands at a byte.
    #[cold]
    pub fn fault_at(&self, at: usize, what: impl std::fmt::Display) -> Fault {
        Fault::argument(format!("{}: byte {}: {what}", self.name, self.start + at))
    }

    /// The next bytes; the error says what was to be read.
    pub fn take(&mut self, count: usize, what: &str) -> Outcome<&'b [u8]> {
        if count > self.left() {
            return Err(self.too_short(count, what));
        }
        let taken = &self.bytes[self.at..self.at + count];
        self.at += count;
        Ok(taken)
    }

    #[cold]
    fn too_short(&self, count: usize, what: &str) -> Fault {
        let bytes = |n: usize| if n == 1 { "1 byte".to_owned() } else { format!("{n} bytes") };
        self.fault(format!("{what} takes {}, and {} are left", bytes(count), bytes(self.left())))
            .rule("the file was cut off, or its sizes are wrong")
    }

    /// The next bytes as bytes to be read by themselves; errors go on counting from the beginning of the file.
    pub fn part(&mut self, count: usize, what: &str) -> Outcome<Bytes<'b>> {
        let start = self.start + self.at;
        Ok(Bytes { bytes: self.take(count, what)?, at: 0, start, ..*self })
    }

    /// A fixed number of bytes.
    pub fn array<const N: usize>(&mut self, what: &str) -> Outcome<[u8; N]> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N, what)?);
        Ok(array)
    }

    /// A byte.
    pub fn byte(&mut self, what: &str) -> Outcome<u8> {
        Ok(self.array::<1>(what)?[0])
    }

    /// A number of things in 8 bytes, the lowest first; at most as many as there are bytes, where each takes `size`.
    pub fn count(&mut self, size: usize, what: &str) -> Outcome<usize> {
        let at = self.at;
        let count = u64::from_le_bytes(self.array(what)?);
        let bytes = usize::try_from(count).ok().and_then(|count| count.checked_mul(size));
        match bytes {
            Some(bytes) if bytes <= self.left() => Ok(bytes / size.max(1)),
            _ => Err(self.fault_at(at, format!("{what} is {count}, and {} bytes are left", self.left()))),
        }
    }

    /// A text with its length before it.
    pub fn text(&mut self, what: &str) -> Outcome<&'b str> {
        let length = self.count(1, what)?;
        let at = self.at;
        std::str::from_utf8(self.take(length, what)?).map_err(|_| self.fault_at(at, format!("{what} is no UTF-8 text")))
    }
}
