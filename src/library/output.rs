//! Writing to the program's output, and reading its input.

use super::arguments::is_callable;
use crate::fault::{ErrorKind, Fault, Outcome};
use crate::value::display::{display_text, print_text, repr};
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, FunctionKind, Host, Value};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "println(items...)",
        doc: "Writes its arguments, one after the other, and a newline.",
        more: "",
        run: Run::Call(|args, host| written(args, host, "\n")),
        examples: &[Runs("println(\"x = \", 3)")],
    },
    Builtin {
        sig: "print(items...)",
        doc: "Writes its arguments, one after the other.",
        more: "",
        run: Run::Call(|args, host| written(args, host, "")),
        examples: &[Runs("print(1, 2)")],
    },
    Builtin {
        sig: "show(x)",
        doc: "Writes x as repr(x) gives it: strings in quotes, arrays on one line.",
        more: "",
        run: Run::Call(|args, host| {
            host.write(&repr(args.at(0)));
            Ok(Value::Nothing)
        }),
        examples: &[Runs("show([1 2; 3 4])")],
    },
    Builtin {
        sig: "display(x)",
        doc: "Writes x as the prompt shows it.",
        more: "",
        run: Run::Call(|args, host| {
            host.write(&display_text(args.at(0), host.screen()));
            host.write("\n");
            Ok(Value::Nothing)
        }),
        examples: &[Runs("display([1 2; 3 4])")],
    },
    Builtin {
        sig: "disp(x)",
        doc: "Writes x as the prompt shows it, without the line that names its size and type.",
        more: "MATLAB's name.",
        run: Run::Call(disp),
        examples: &[Runs("disp([1 2; 3 4])")],
    },
    Builtin {
        sig: "showerror(e)",
        doc: "Writes what went wrong: the kind of error and its message.",
        more: "sprint(showerror, e) is the text.",
        run: Run::Call(|args, host| {
            host.write(&error_text(args.at(0)));
            Ok(Value::Nothing)
        }),
        examples: &[
            Runs("try sqrt(-1) catch e; showerror(e) end"),
            Shows("try error(\"a\") catch e; sprint(showerror, e) end", "\"a\""),
        ],
    },
    Builtin {
        sig: "sprint(f, items...)",
        doc: "What f would write, as a string; f is print, println, show, showerror or display.",
        more: "",
        run: Run::Call(sprint),
        examples: &[Shows("sprint(show, \"a\")", "\"\\\"a\\\"\""), Shows("sprint(print, [1, 2])", "\"[1, 2]\"")],
    },
    Builtin {
        sig: "readline()",
        doc: "The next line of the program's input, without its end; empty at the end of the input.",
        more: "",
        run: Run::Call(|_, host| Ok(Value::str(host.read_line()?.unwrap_or_default()))),
        examples: &[],
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

fn written(args: &Arguments<'_>, host: &dyn Host, end: &str) -> Outcome<Value> {
    let mut text: String = args.positional.iter().map(print_text).collect();
    text.push_str(end);
    host.write(&text);
    Ok(Value::Nothing)
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
    let name = match args.at(0) {
        Value::Function(f) => match &f.kind {
            FunctionKind::Builtin(builtin) => builtin.name(),
            _ => "",
        },
        other if is_callable(other) => "",
        _ => return Err(args.refuse(0, "a function that writes")),
    };
    let items = &args.positional[1..];
    let together = |f: fn(&Value) -> String| items.iter().map(f).collect::<String>();
    match name {
        "showerror" => Ok(Value::str(together(error_text))),
        "print" | "string" => Ok(Value::str(together(print_text))),
        "println" => Ok(Value::str(together(print_text) + "\n")),
        "show" | "repr" => Ok(Value::str(together(repr))),
        "display" => Ok(Value::str(items.iter().map(|x| display_text(x, host.screen()) + "\n").collect::<String>())),
        _ => Err(Fault::method("sprint takes print, println, show, showerror or display")
            .hint("string(…) puts texts together; functions here do not take an output to write to")),
    }
}
