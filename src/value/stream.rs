//! Streams: where a program's texts go and its lines come from.

use super::{Host, Type, Value, disk};
use crate::fault::{Fault, Outcome};
use crate::interrupt;
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
    /// `open(path)`: the text of a file.
    File(RefCell<OpenFile>),
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

impl Buffer {
    fn to_read(text: String) -> Buffer {
        Buffer { text, read: 0, fixed: true }
    }

    fn write(&mut self, text: &str) -> Outcome<()> {
        let len = self.text.len() + text.len();
        if len > self.text.capacity() {
            check_room(2 * len)?;
        }
        self.text.push_str(text);
        self.read = self.text.len();
        Ok(())
    }

    fn read_line(&mut self) -> Option<String> {
        let rest = &self.text[self.read..];
        if rest.is_empty() {
            return None;
        }
        let (line, taken) = match rest.split_once('\n') {
            Some((line, _)) => (line, line.len() + 1),
            None => (rest, rest.len()),
        };
        let line = line.strip_suffix('\r').unwrap_or(line).to_owned();
        self.read += taken;
        Some(line)
    }

    fn read_rest(&mut self) -> Outcome<String> {
        check_room(self.text.len() - self.read)?;
        let rest = self.text[self.read..].to_owned();
        self.read = self.text.len();
        Ok(rest)
    }

    fn is_at_end(&self) -> bool {
        self.read == self.text.len()
    }
}

/// What an open file is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `"r"`: its text was read when it was opened.
    Read,
    /// `"w"`: what is written takes the file's place when it is closed.
    Write,
    /// `"a"`: what is written is added to the file when it is closed.
    Append,
}

/// The text of a file, as a stream.
#[derive(Debug)]
pub struct OpenFile {
    path: String,
    mode: Mode,
    buffer: Buffer,
    open: bool,
}

impl OpenFile {
    /// Puts on the disk what was written so far.
    fn commit(&mut self) -> Outcome<()> {
        match self.mode {
            Mode::Read => Ok(()),
            Mode::Write => disk::replace(&self.path, self.buffer.text.as_bytes()),
            Mode::Append => disk::append(&self.path, std::mem::take(&mut self.buffer.text).as_bytes()),
        }
    }

    fn expect_open(&self) -> Outcome<()> {
        if self.open {
            return Ok(());
        }
        Err(Fault::argument(format!("{} is closed", self.path)).rule("a stream is used between open and close"))
    }

    fn readable(&mut self) -> Outcome<&mut Buffer> {
        self.expect_open()?;
        match self.mode {
            Mode::Read => Ok(&mut self.buffer),
            Mode::Write | Mode::Append => {
                Err(Fault::argument(format!("{} was opened to be written, not read", self.path))
                    .hint("open(file) opens a file to be read"))
            }
        }
    }
}

/// A file that nobody has closed is closed when nobody can write to it any more.
impl Drop for OpenFile {
    fn drop(&mut self) {
        if self.open {
            // There is nobody left whom an error could be told.
            let _ = self.commit();
        }
    }
}

impl Stream {
    /// `IOBuffer()`
    pub fn buffer() -> Stream {
        Stream::Buffer(RefCell::default())
    }

    /// `IOBuffer(text)`: to be read.
    pub fn of_text(text: &str) -> Stream {
        Stream::Buffer(RefCell::new(Buffer::to_read(text.to_owned())))
    }

    /// `open(path, mode)`; a `SystemError` where it cannot be.
    pub fn open(path: &str, mode: Mode) -> Outcome<Stream> {
        let buffer = match mode {
            Mode::Read => Buffer::to_read(disk::read_text(path)?),
            Mode::Write | Mode::Append => {
                disk::check_writable(path)?;
                Buffer::default()
            }
        };
        Ok(Stream::File(RefCell::new(OpenFile { path: path.to_owned(), mode, buffer, open: true })))
    }

    /// Its name, as a program writes it, or the path of a file.
    pub fn name(&self) -> String {
        match self {
            Stream::Out => "stdout".to_owned(),
            Stream::Err => "stderr".to_owned(),
            Stream::In => "stdin".to_owned(),
            Stream::Null => "devnull".to_owned(),
            Stream::Buffer(_) => "an IOBuffer".to_owned(),
            Stream::File(file) => file.borrow().path.clone(),
        }
    }

    /// The type, as `typeof` gives it.
    pub fn type_of(&self) -> Type {
        match self {
            Stream::Out | Stream::Err | Stream::In => Type::Terminal,
            Stream::Null => Type::DevNull,
            Stream::Buffer(_) => Type::Buffer,
            Stream::File(_) => Type::File,
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
                buffer.write(text)?;
            }
            Stream::File(file) => {
                let mut file = file.borrow_mut();
                file.expect_open()?;
                if file.mode == Mode::Read {
                    return Err(Fault::argument(format!("{} was opened to be read, not written", file.path))
                        .hint("open(file, \"w\") writes it anew, open(file, \"a\") adds to its end"));
                }
                file.buffer.write(text)?;
            }
        }
        Ok(())
    }

    /// The next line without its end; `None` at the end of the stream.
    pub fn read_line(&self, host: &dyn Host) -> Outcome<Option<String>> {
        match self {
            Stream::In => host.read_line(),
            Stream::Null => Ok(None),
            Stream::Out | Stream::Err => Err(self.not_readable()),
            Stream::Buffer(buffer) => Ok(buffer.borrow_mut().read_line()),
            Stream::File(file) => Ok(file.borrow_mut().readable()?.read_line()),
        }
    }

    /// Everything that is left of the stream.
    pub fn read_rest(&self, host: &dyn Host) -> Outcome<String> {
        match self {
            Stream::In => {
                let mut rest = Buffer::default();
                while let Some(line) = host.read_line()? {
                    interrupt::check()?;
                    rest.write(&line)?;
                    rest.write("\n")?;
                }
                Ok(rest.text)
            }
            Stream::Null => Ok(String::new()),
            Stream::Out | Stream::Err => Err(self.not_readable()),
            Stream::Buffer(buffer) => buffer.borrow_mut().read_rest(),
            Stream::File(file) => file.borrow_mut().readable()?.read_rest(),
        }
    }

    /// Is there nothing left to read?
    pub fn is_at_end(&self) -> Outcome<bool> {
        match self {
            Stream::In => Err(Fault::argument("what is left of stdin is known only when it is read")
                .hint("for line in eachline(stdin) … end goes on to its end")),
            Stream::Null => Ok(true),
            Stream::Out | Stream::Err => Err(self.not_readable()),
            Stream::Buffer(buffer) => Ok(buffer.borrow().is_at_end()),
            Stream::File(file) => Ok(file.borrow_mut().readable()?.is_at_end()),
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
            Stream::Out | Stream::Err | Stream::In | Stream::Null | Stream::File(_) => None,
        }
    }

    /// Sends what was written on its way.
    pub fn flush(&self, host: &dyn Host) -> Outcome<()> {
        match self {
            Stream::Out => host.flush(),
            Stream::File(file) => file.borrow_mut().commit()?,
            // Nothing of these is kept back.
            Stream::Err | Stream::In | Stream::Null | Stream::Buffer(_) => {}
        }
        Ok(())
    }

    /// Ends reading or writing a file, which then has what was written to it. The other streams stay as they are.
    pub fn close(&self) -> Outcome<()> {
        match self {
            Stream::File(file) => {
                let mut file = file.borrow_mut();
                // Should it fail, dropping the stream must not try again.
                if std::mem::replace(&mut file.open, false) { file.commit() } else { Ok(()) }
            }
            Stream::Out | Stream::Err | Stream::In | Stream::Null | Stream::Buffer(_) => Ok(()),
        }
    }

    /// Closes a file that is not to have what was written to it.
    pub fn abandon(&self) {
        if let Stream::File(file) = self {
            file.borrow_mut().open = false;
        }
    }

    #[cold]
    fn not_readable(&self) -> Fault {
        Fault::argument(format!("{} is written to, not read", self.name()))
    }
}

/// Buffers and open files are themselves only; the process has one of each of the others.
impl PartialEq for Stream {
    fn eq(&self, other: &Stream) -> bool {
        match (self, other) {
            (Stream::Buffer(_) | Stream::File(_), _) => std::ptr::eq(self, other),
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
        .hint("stdout, stderr, devnull, IOBuffer() and open(file, \"w\") are written to")
}
