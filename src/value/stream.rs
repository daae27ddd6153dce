//! Streams: where a program's texts go and its lines come from.

use super::{Host, Type, Value};
use crate::fault::{Fault, Outcome};
use crate::value::array::check_room;
use std::cell::RefCell;

/// What can be written to or read from.
#[derive(Debug)]
pub enum Stream {
    /// `stdout`: the program's output.
    Out,
    /// `stderr`: where errors are written.
    Err,
    /// `stdin`: the program's input.
    In,
    /// `devnull`: takes everything, gives nothing.
    Null,
    /// `IOBuffer()`: text in memory.
    Buffer(RefCell<Buffer>),
}

/// Text in memory, as a stream.
#[derive(Debug, Default)]
pub struct Buffer {
    text: String,
    /// How many bytes were read; writing is at the end, and reading goes on after it.
    read: usize,
    /// Made of a text, to be read only.
    fixed: bool,
}

impl Stream {
    /// `IOBuffer()`
    pub fn buffer() -> Stream {
        Stream::Buffer(RefCell::default())
    }

    /// `IOBuffer(text)`: to be read.
    pub fn of_text(text: &str) -> Stream {
        Stream::Buffer(RefCell::new(Buffer { text: text.to_owned(), read: 0, fixed: true }))
    }

    /// Its name, as a program writes it.
    pub fn name(&self) -> &'static str {
        match self {
            Stream::Out => "stdout",
            Stream::Err => "stderr",
            Stream::In => "stdin",
            Stream::Null => "devnull",
            Stream::Buffer(_) => "an IOBuffer",
        }
    }

    /// The type, as `typeof` gives it.
    pub fn type_of(&self) -> Type {
        match self {
            Stream::Out | Stream::Err | Stream::In => Type::Terminal,
            Stream::Null => Type::DevNull,
            Stream::Buffer(_) => Type::Buffer,
        }
    }

    /// Writes a text; an `ArgumentError` where nothing can be written.
    pub fn write(&self, text: &str, host: &dyn Host) -> Outcome<()> {
        match self {
            Stream::Out => host.write(text),
            Stream::Err => host.write_error(text),
            Stream::Null => {}
            Stream::In => return Err(not_writable("stdin is the program's input")),
            Stream::Buffer(buffer) => {
                let mut buffer = buffer.borrow_mut();
                if buffer.fixed {
                    return Err(not_writable("an IOBuffer made of a text is read"));
                }
                let len = buffer.text.len() + text.len();
                if len > buffer.text.capacity() {
                    check_room(2 * len)?;
                }
                buffer.text.push_str(text);
                buffer.read = buffer.text.len();
            }
        }
        Ok(())
    }

    /// The next line without its end; `None` at the end of the stream.
    pub fn read_line(&self, host: &dyn Host) -> Outcome<Option<String>> {
        match self {
            Stream::In => host.read_line(),
            Stream::Null => Ok(None),
            Stream::Out | Stream::Err => Err(Fault::argument(format!("{} is written to, not read", self.name()))),
            Stream::Buffer(buffer) => {
                let mut buffer = buffer.borrow_mut();
                let rest = &buffer.text[buffer.read..];
                if rest.is_empty() {
                    return Ok(None);
                }
                let (line, taken) = match rest.split_once('\n') {
                    Some((line, _)) => (line, line.len() + 1),
                    None => (rest, rest.len()),
                };
                let line = line.strip_suffix('\r').unwrap_or(line).to_owned();
                buffer.read += taken;
                Ok(Some(line))
            }
        }
    }

    /// What is in a buffer, which is empty afterwards; `None` for another stream.
    pub fn take(&self) -> Option<String> {
        match self {
            Stream::Buffer(buffer) => {
                let mut buffer = buffer.borrow_mut();
                buffer.read = 0;
                Some(std::mem::take(&mut buffer.text))
            }
            Stream::Out | Stream::Err | Stream::In | Stream::Null => None,
        }
    }

    /// Sends what was written on its way.
    pub fn flush(&self, host: &dyn Host) {
        match self {
            Stream::Out => host.flush(),
            // Nothing of these is kept back.
            Stream::Err | Stream::In | Stream::Null | Stream::Buffer(_) => {}
        }
    }
}

/// Buffers are themselves only; the process has one of each of the others.
impl PartialEq for Stream {
    fn eq(&self, other: &Stream) -> bool {
        match (self, other) {
            (Stream::Buffer(_), _) => std::ptr::eq(self, other),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

/// The stream that a call to write begins with, or the program's output; and what follows it.
pub fn stream_first(values: &[Value]) -> (&Stream, &[Value]) {
    match values {
        [Value::Stream(stream), rest @ ..] => (stream, rest),
        _ => (&Stream::Out, values),
    }
}

#[cold]
fn not_writable(what: &str) -> Fault {
    Fault::argument(format!("{what}; nothing can be written to it"))
        .hint("stdout, stderr, devnull and IOBuffer() are written to")
}
