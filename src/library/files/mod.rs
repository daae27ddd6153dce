//! Files: their names and places, texts, tables, stored values.

pub mod paths;
pub mod storage;
pub mod tables;
pub mod text;

use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::suggest;
use crate::value::function::Arguments;
use crate::value::stream::Mode;
use crate::value::{Host, Stream, Value, disk};
use std::path::Path;
use std::rc::Rc;

/// A text with the name of what it was read from.
pub struct Given {
    /// A path, or what the stream is.
    pub name: String,
    /// All of it.
    pub text: String,
}

impl<'a> Arguments<'a> {
    /// The path of a file.
    pub fn path(&self, k: usize) -> Outcome<&'a str> {
        match self.at(k) {
            Value::Str(path) if path.is_empty() => {
                Err(Fault::argument(format!("{}: the path is empty", self.name)).label(Part::Argument(k), "no path"))
            }
            Value::Str(path) => Ok(path),
            _ => Err(self.refuse(k, "the path of a file as a string")),
        }
    }

    /// The text of a file, or what is left of a stream.
    pub fn text_of_source(&self, k: usize, host: &dyn Host) -> Outcome<Given> {
        match self.at(k) {
            Value::Stream(stream) => Ok(Given { name: stream.name(), text: stream.read_rest(host)? }),
            Value::Str(_) => {
                let path = self.path(k)?;
                Ok(Given { name: path.to_owned(), text: self.at_file(k, disk::read_text(path))? })
            }
            _ => Err(self.refuse(k, "the path of a file or a stream")),
        }
    }

    /// The stream that is read: one that is given, or that of a file.
    pub fn stream_to_read(&self, k: usize) -> Outcome<Rc<Stream>> {
        match self.at(k) {
            Value::Stream(stream) => Ok(stream.clone()),
            Value::Str(_) => self.at_file(k, Stream::open(self.path(k)?, Mode::Read)).map(Rc::new),
            _ => Err(self.refuse(k, "the path of a file or a stream")),
        }
    }

    /// Puts a text in a file's place, or writes it to a stream.
    pub fn write_to(&self, k: usize, text: &str, host: &dyn Host) -> Outcome<()> {
        match self.at(k) {
            Value::Stream(stream) => stream.write(text, host),
            Value::Str(_) => self.at_file(k, disk::replace(self.path(k)?, text.as_bytes())),
            _ => Err(self.refuse(k, "the path of a file or a stream")),
        }
    }

    /// What was done with the file of an argument: an error points at the argument, and where there is no such file, it
    /// offers one with a similar name.
    pub fn at_file<T>(&self, k: usize, result: Outcome<T>) -> Outcome<T> {
        result.map_err(|fault| match fault.report() {
            Some(report) if report.kind == ErrorKind::SystemError => self.with_advice(k, fault),
            Some(report) if report.labels.is_empty() => fault.label(Part::Argument(k), "this file"),
            _ => fault,
        })
    }

    #[cold]
    fn with_advice(&self, k: usize, fault: Fault) -> Fault {
        let Value::Str(given) = self.at(k) else { return fault };
        let path = Path::new(given.as_str());
        let label = if path.is_dir() {
            "a directory"
        } else if path.exists() {
            "this file"
        } else {
            "not there"
        };
        let fault = fault.label(Part::Argument(k), label);
        if path.exists() {
            return fault;
        }
        let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let names: Vec<String> = std::fs::read_dir(directory)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .collect();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match suggest::nearest(&name, names.iter().map(String::as_str), 1).first() {
            Some(near) => fault.hint(format!("did you mean {:?}?", path.with_file_name(near).display().to_string())),
            None if path.is_relative() => {
                fault.hint("a path begins at pwd(); readdir() lists the files there, cd(path) goes elsewhere")
            }
            None => fault,
        }
    }
}
