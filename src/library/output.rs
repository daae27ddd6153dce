//! Writing to the program's output and to other streams.

use super::arguments::is_callable;
use super::files::text::write;
use crate::fault::{ErrorKind, Outcome};
use crate::value::display::{display_text, print_text, repr};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::stream::stream_first;
use crate::value::{Builtin, Host, Screen, Stream, Style, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "println(items...) | println(io, items...)",
        doc: "Writes its arguments, one after the other, and a newline.",
        more: "The first argument may be a stream: stderr for messages, devnull for nothing, an IOBuffer for a text.",
        run: Run::Call(|args, host| printed(args, "\n", host)),
        examples: &[Runs("println(\"x = \", 3)"), Runs("println(stderr, \"no file\")")],
    },
    Builtin {
        sig: "print(items...) | print(io, items...)",
        doc: "Writes its arguments, one after the other.",
        more: "The first argument may be a stream, as for println.",
        run: Run::Call(|args, host| printed(args, "", host)),
        examples: &[Runs("print(1, 2)")],
    },
    Builtin {
        sig: "show(x) | show(io, x)",
        doc: "Writes x as repr(x) gives it: strings in quotes, arrays on one line.",
        more: "",
        run: Run::Call(|args, host| written(args, repr, host)),
        examples: &[Runs("show([1 2; 3 4])")],
    },
    Builtin {
        sig: "display(x) | display(io, x)",
        doc: "Writes x as the prompt shows it.",
        more: "",
        run: Run::Call(|args, host| written(args, |x| display_text(x, host.screen()) + "\n", host)),
        examples: &[Runs("display([1 2; 3 4])")],
    },
    Builtin {
        sig: "page(x)",
        doc: "Shows all of x, however large, in a pager; where there is no terminal it is written.",
        more: "The pager is the one that the environment's PAGER names, otherwise less: q leaves it, / searches, the arrows \
               move. Arrays have Julia's form. At the prompt page A is short for it, and page alone shows ans.",
        run: Run::Call(|args, host| {
            host.page(&whole(args.at(0), host));
            Ok(Value::Nothing)
        }),
        examples: &[Shows("page([1 2; 3 4])", "2×2 Matrix{Int64}:\n 1  2\n 3  4"), Shows("page(\"text\")", "text")],
    },
    Builtin {
        sig: "disp(x)",
        doc: "Writes x as the prompt shows it, without the line that names its size and type.",
        more: "MATLAB's name.",
        run: Run::Call(disp),
        examples: &[Runs("disp([1 2; 3 4])")],
    },
    Builtin {
        sig: "showerror(e) | showerror(io, e)",
        doc: "Writes what went wrong: the kind of error and its message.",
        more: "sprint(showerror, e) is the text.",
        run: Run::Call(|args, host| written(args, error_text, host)),
        examples: &[
            Runs("try sqrt(-1) catch e; showerror(e) end"),
            Shows("try error(\"a\") catch e; sprint(showerror, e) end", "\"a\""),
        ],
    },
    Builtin {
        sig: "write(file, texts...) | write(io, texts...)",
        doc: "Writes texts to a file or a stream and gives the number of their bytes.",
        more: "What was in the file is replaced as a whole; open(file, \"a\") adds to it. print(io, x) writes any value.",
        run: Run::Call(write),
        examples: &[
            Shows("write(\"note.txt\", \"one\\n\", \"two\\n\")", "8"),
            Shows("io = IOBuffer(); write(io, \"a\", \"é\")", "3"),
            Fails("write(devnull, 1)", "takes a string"),
        ],
    },
    Builtin {
        sig: "flush(io)",
        doc: "Sends on its way what was written to a stream.",
        more: "",
        run: Run::Call(|args, host| {
            stream(args)?.flush(host)?;
            Ok(Value::Nothing)
        }),
        examples: &[Runs("flush(stdout)")],
    },
    Builtin {
        sig: "sprint(f, items...)",
        doc: "What f(io, items...) writes, as a string: f is print, show, or any function that takes a stream first.",
        more: "",
        run: Run::Call(sprint),
        examples: &[
            Shows("sprint(show, \"a\")", "\"\\\"a\\\"\""),
            Shows("sprint(print, [1, 2])", "\"[1, 2]\""),
            Shows("sprint(io -> join(io, 1:3, \"-\"))", "\"1-2-3\""),
        ],
    },
];

/// `print`: the arguments after the stream.
fn printed(args: &Arguments<'_>, end: &str, host: &dyn Host) -> Outcome<Value> {
    let (stream, items) = stream_first(args.positional);
    let mut text: String = items.iter().map(print_text).collect();
    text.push_str(end);
    stream.write(&text, host)?;
    Ok(Value::Nothing)
}

/// `show(x)`, `show(io, x)`: the text that the function gives for x.
fn written(args: &Arguments<'_>, text: impl Fn(&Value) -> String, host: &dyn Host) -> Outcome<Value> {
    let stream = if args.count() == 1 { &Stream::Out } else { stream(args)? };
    stream.write(&text(args.at(args.count() - 1)), host)?;
    Ok(Value::Nothing)
}

/// Rows and columns of a screen on which nothing is cut.
const ENDLESS: usize = 1 << 40;

/// All of a value; a string is the text itself.
fn whole(value: &Value, host: &dyn Host) -> String {
    let screen = Screen { rows: ENDLESS, cols: ENDLESS, style: Style::Julia, ..host.screen() };
    let text = if let Value::Str(text) = value { text.to_string() } else { display_text(value, screen) };
    if text.ends_with('\n') { text } else { text + "\n" }
}

/// The first argument.
fn stream<'a>(args: &Arguments<'a>) -> Outcome<&'a Stream> {
    match args.at(0) {
        Value::Stream(stream) => Ok(stream),
        _ => Err(args.refuse(0, "a stream, such as stdout or IOBuffer(),")),
    }
}

/// The form that the prompt shows, without its first line where that is a header.
fn disp(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let x = args.at(0);
    let text = match x {
        Value::Str(text) => text.to_string(),
        Value::Array(_) => {
            let shown = display_text(x, host.screen());
            match shown.split_once('\n') {
                Some((header, rest)) if header.ends_with(':') => rest.to_string(),
                _ => shown,
            }
        }
        _ => display_text(x, host.screen()),
    };
    host.write(&text);
    host.write("\n");
    Ok(Value::Nothing)
}

/// What `error` made is its message alone.
fn error_text(value: &Value) -> String {
    match value {
        Value::Error(error) if error.kind == ErrorKind::ErrorException => error.message.clone(),
        other => print_text(other),
    }
}

fn sprint(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if !is_callable(args.at(0)) {
        return Err(args.refuse(0, "a function that writes"));
    }
    let buffer = std::rc::Rc::new(Stream::buffer());
    let mut items = args.positional.to_vec();
    items[0] = Value::Stream(buffer.clone());
    host.call(args.at(0), &items)?;
    Ok(Value::str(buffer.take().unwrap_or_default()))
}
