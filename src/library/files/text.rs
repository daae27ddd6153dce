//! The text of files: read whole or by lines, written whole or through a stream.

use crate::fault::{ErrorKind, Fault, Outcome, Part};
use crate::interrupt;
use crate::library::arguments::is_callable;
use crate::value::display::{describe, with_article};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::stream::Mode;
use crate::value::{Builtin, Host, Stream, Type, Value};
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "read(file, String) | read(io, String)",
        doc: "The text of a file, or what is left of a stream, as one string.",
        more: "The text is read as UTF-8. readlines(file) gives its lines, readdlm(file) a table of numbers.",
        run: Run::Call(read),
        examples: &[
            Shows("write(\"note.txt\", \"one\\ntwo\"); read(\"note.txt\", String)", "\"one\\ntwo\""),
            Fails("read(\"no.txt\", String)", "there is no such file"),
        ],
    },
    Builtin {
        sig: "open(file, mode = \"r\") | open(f, file, mode = \"r\")",
        doc: "Opens a file as a stream: \"r\" to read it, \"w\" to write it anew, \"a\" to add to its end.",
        more: "With a function, which a do block gives, calls it with the stream and closes the file afterwards. What is \
               written takes the file's place as a whole when it is closed; if the function fails, the file stays as it was.",
        run: Run::Call(open),
        examples: &[
            Shows(
                "open(\"log.txt\", \"w\") do io println(io, \"x = \", 3) end; read(\"log.txt\", String)",
                "\"x = 3\\n\"",
            ),
            Shows(
                "io = open(\"log.txt\", \"a\"); print(io, \"end\"); close(io); readlines(\"log.txt\")[end]",
                "\"end\"",
            ),
            Fails("open(\"log.txt\", \"x\")", "mode"),
        ],
    },
    Builtin {
        sig: "close(io)",
        doc: "Closes a file, which then has what was written to it.",
        more: "",
        run: Run::Call(|args, _| match args.at(0) {
            Value::Stream(stream) => stream.close().map(|()| Value::Nothing),
            _ => Err(args.refuse(0, "a stream that open(file) gave")),
        }),
        examples: &[Runs("io = open(\"log.txt\", \"w\"); close(io)"), Fails("close(1)", "open(file)")],
    },
    Builtin {
        sig: "eof(io)",
        doc: "Is there nothing left to read?",
        more: "",
        run: Run::Call(|args, _| match args.at(0) {
            Value::Stream(stream) => stream.is_at_end().map(Value::bool),
            _ => Err(args.refuse(0, "a stream")),
        }),
        examples: &[Shows("io = IOBuffer(\"a\"); readline(io); eof(io)", "true")],
    },
    Builtin {
        sig: "countlines(file) | countlines(io)",
        doc: "The number of lines of a file, or of those that are left of a stream.",
        more: "",
        run: Run::Call(|args, host| {
            let stream = args.stream_to_read(0)?;
            let mut lines = 0;
            while stream.read_line(host)?.is_some() {
                interrupt::check()?;
                lines += 1;
            }
            Ok(Value::Int(lines))
        }),
        examples: &[Shows("countlines(IOBuffer(\"a\\nb\"))", "2")],
    },
];

fn read(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match args.at(1) {
        Value::Type(ty) if **ty == Type::String => Ok(Value::str(args.text_of_source(0, host)?.text)),
        other => Err(Fault::method(format!("read takes the type String, not {}", with_article(&describe(other))))
            .label(Part::Argument(1), describe(other))
            .rule("hlang reads texts and tables, no single bytes")
            .hint("read(file, String) is the text; load(file) reads what other programs have stored")),
    }
}

const MODES: &[(&str, Mode)] = &[("r", Mode::Read), ("w", Mode::Write), ("a", Mode::Append)];

fn open(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let file = usize::from(is_callable(args.at(0)));
    let function = (file == 1).then(|| args.at(0));
    if file == 1 && args.count() == 1 {
        return Err(args.refuse(0, "the path of a file"));
    }
    if file == 0 && args.count() == 3 {
        return Err(args.refuse(0, "a function of a stream"));
    }
    let mode = args.choice(file + 1, "mode", MODES)?.unwrap_or(Mode::Read);
    let stream = Rc::new(args.at_file(file, Stream::open(args.path(file)?, mode))?);
    let value = Value::Stream(stream.clone());
    let Some(function) = function else { return Ok(value) };
    match host.call(function, &[value]) {
        Ok(result) => args.at_file(file, stream.close()).map(|()| result),
        Err(fault) => {
            stream.abandon();
            Err(fault)
        }
    }
}

/// `write`: texts into a file or a stream.
pub fn write(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let texts = (1..args.count()).map(|k| args.text(k)).collect::<Outcome<String>>().map_err(|fault| {
        let is_type = fault.report().is_some_and(|report| report.kind == ErrorKind::MethodError);
        if is_type {
            fault.hint("print(io, x) writes any value; writedlm(file, A) and save(file, A) store arrays")
        } else {
            fault
        }
    })?;
    args.write_to(0, &texts, host)?;
    Ok(Value::Int(texts.len() as i64))
}
