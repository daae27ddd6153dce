//! Reading the program's input, files and texts in memory, by lines.

use crate::fault::Outcome;
use crate::interrupt;
use crate::value::display::print_text;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Lazy, Stream, Type, Value};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "readline() | readline(file) | readline(io)",
        doc: "The next line of the program's input or of a stream, or the first of a file, without its end; empty at the end.",
        more: "",
        run: Run::Call(|args, host| {
            let line = stream(args)?.read_line(host)?;
            Ok(Value::str(line.unwrap_or_default()))
        }),
        examples: &[Shows("readline(IOBuffer(\"one\\ntwo\"))", "\"one\"")],
    },
    Builtin {
        sig: "readlines() | readlines(file) | readlines(io)",
        doc: "A vector of the lines of a file, or of those that are left of the program's input or of a stream.",
        more: "",
        run: Run::Call(|args, host| {
            let stream = stream(args)?;
            let mut lines = Vec::new();
            while let Some(line) = stream.read_line(host)? {
                interrupt::check()?;
                lines.push(Value::str(line));
            }
            Ok(Value::array(Array::vector_of(lines, Type::String)))
        }),
        examples: &[Shows("readlines(IOBuffer(\"one\\ntwo\"))", "2-element Vector{String}:\n \"one\"\n \"two\"")],
    },
    Builtin {
        sig: "eachline() | eachline(file) | eachline(io)",
        doc: "The lines of a file, or those that are left of the program's input or of a stream, given when a loop asks for them.",
        more: "",
        run: Run::Call(|args, _| Ok(Value::Iterator(Rc::new(Lazy::Lines(stream(args)?))))),
        examples: &[Shows(
            "[length(line) for line in eachline(IOBuffer(\"one\\nthree\"))]",
            "2-element Vector{Int64}:\n 3\n 5",
        )],
    },
    Builtin {
        sig: "take!(io)",
        doc: "The text that was written to an IOBuffer, which is empty afterwards.",
        more: "Julia gives its bytes: String(take!(io)) is the text in both.",
        run: Run::Call(|args, _| {
            let text = match args.at(0) {
                Value::Stream(stream) => stream.take(),
                _ => None,
            };
            text.map(Value::str).ok_or_else(|| args.refuse(0, "an IOBuffer"))
        }),
        examples: &[
            Shows("io = IOBuffer(); print(io, 1, \" and \", 2); String(take!(io))", "\"1 and 2\""),
            Fails("take!(stdout)", "takes an IOBuffer"),
        ],
    },
    Builtin {
        sig: "input(text = \"\")",
        doc: "Writes a text and reads the next line of the program's input.",
        more: "",
        run: Run::Call(|args, host| {
            host.write(&args.get(0).map_or(String::new(), print_text));
            Ok(Value::str(host.read_line()?.unwrap_or_default()))
        }),
        examples: &[],
    },
];

/// The stream that is read: the argument, a file's, or the program's input.
fn stream(args: &Arguments<'_>) -> Outcome<Rc<Stream>> {
    if args.count() == 0 { Ok(Rc::new(Stream::In)) } else { args.stream_to_read(0) }
}
