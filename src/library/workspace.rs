//! What the session holds: the names of its variables, their sizes, types and bytes; its inputs.

use crate::fault::{ErrorKind, Fault, Outcome};
use crate::value::array::with_elements;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Elements, Host, Value, iterate};
use unicode_width::UnicodeWidthStr;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "who()",
        doc: "Writes the names of the session's variables.",
        more: "MATLAB's name; whos() says more of each.",
        run: Run::Call(who),
        examples: &[Shows("x = 1; A = [1 2; 3 4]; who()", "A  x")],
    },
    Builtin {
        sig: "whos()",
        doc: "Writes the session's variables, each with its size, type and the bytes that it takes.",
        more: "MATLAB's name; varinfo() is Julia's.",
        run: Run::Call(whos),
        examples: &[Shows(
            "x = 1; A = [1 2; 3 4]; whos()",
            "name  size  bytes  type\nA     2×2      32  Matrix{Int64}\nx               8  Int64",
        )],
    },
    Builtin {
        sig: "varinfo()",
        doc: "Writes the session's variables, each with its size, type and the bytes that it takes, as whos() does.",
        more: "",
        run: Run::Call(whos),
        examples: &[Runs("varinfo()")],
    },
    Builtin {
        sig: "history() | history(path)",
        doc: "Writes the inputs of this session that have succeeded, or makes a file of them that can be run.",
        more: "A file that history has not made is not written over.",
        run: Run::Call(history),
        examples: &[Runs("history()"), Fails("history(\"no/such/place.hlang\")", "no such directory")],
    },
];

/// The first line of a file that `history` makes.
const HEAD: &str = "# The inputs of a session of hlang.";

fn history(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let inputs = host.inputs();
    if args.count() == 0 {
        inputs.iter().for_each(|input| host.write(&format!("{input}\n")));
        return Ok(Value::Nothing);
    }
    let path = args.text(0)?;
    let refused = |why: String| Fault::new(ErrorKind::SystemError, format!("{path} cannot be written: {why}"));
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => refused("there is no such directory".to_owned()),
        std::io::ErrorKind::PermissionDenied => refused("you have no permission".to_owned()),
        _ => refused(error.to_string()),
    };
    match std::fs::read_to_string(path) {
        Ok(there) if !there.starts_with(HEAD) => {
            let fault = refused("it is there already, and history has not made it".to_owned());
            return Err(fault.hint("give it another name, or remove the file first"));
        }
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        Ok(_) | Err(_) => {}
    }
    let script: String = inputs.iter().map(|input| format!("{input}\n")).collect();
    std::fs::write(path, format!("{HEAD}\n{script}")).map_err(failed)?;
    Ok(Value::Nothing)
}

/// As many names on a line as the screen has room for.
fn who(_args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let (mut text, mut column) = (String::new(), 0);
    for (name, _) in host.variables() {
        let width = name.width();
        if column > 0 && column + 2 + width > host.screen().cols {
            text.push('\n');
            column = 0;
        } else if column > 0 {
            text.push_str("  ");
            column += 2;
        }
        text.push_str(&name);
        column += width;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    host.write(&text);
    Ok(Value::Nothing)
}

fn whos(_args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let variables = host.variables();
    if variables.is_empty() {
        return Ok(Value::Nothing);
    }
    let mut lines = vec![["name".to_owned(), "size".to_owned(), "bytes".to_owned(), "type".to_owned()]];
    for (name, value) in &variables {
        lines.push([name.to_string(), size(value), bytes(value).to_string(), value.type_of().to_string()]);
    }
    let widest = |k: usize| lines.iter().map(|line| line[k].width()).max().unwrap_or(0);
    let widths = [widest(0), widest(1), widest(2)];
    for [name, size, bytes, of_type] in &lines {
        let blanks = |k: usize, text: &str| " ".repeat(widths[k] - text.width());
        let (after_name, after_size, before_bytes) = (blanks(0, name), blanks(1, size), blanks(2, bytes));
        host.write(&format!("{name}{after_name}  {size}{after_size}  {before_bytes}{bytes}  {of_type}\n"));
    }
    Ok(Value::Nothing)
}

/// `2×3` of a matrix, the length of anything else that has elements.
fn size(value: &Value) -> String {
    match value {
        Value::Array(array) if !array.is_vector() => array.size_text(),
        Value::Array(_) | Value::Range(_) | Value::Tuple(_) | Value::Str(_) => {
            iterate::length(value).map_or(String::new(), |length| length.to_string())
        }
        _ => String::new(),
    }
}

/// The bytes of the elements; what stands inside of arrays and tuples counts, but not what it refers to in turn.
fn bytes(value: &Value) -> usize {
    match value {
        Value::Array(array) => bytes_of_array(array),
        Value::Tuple(tuple) => tuple.items.iter().map(flat_bytes).sum(),
        other => flat_bytes(other),
    }
}

fn bytes_of_array(array: &Array) -> usize {
    match &*array.elements() {
        Elements::Any(items, _) => items.iter().map(flat_bytes).sum(),
        numbers => with_elements!(numbers, m => size_of_val(m.as_slice())),
    }
}

/// The bytes of a value by itself; of arrays inside of arrays, the room that their own elements take.
fn flat_bytes(value: &Value) -> usize {
    match value {
        Value::Undefined | Value::Nothing | Value::Colon => 0,
        Value::Bool(_) => 1,
        Value::Complex(_) | Value::CartesianIndex(_) => 16,
        Value::Str(text) => text.len(),
        Value::Array(array) => with_elements!(&*array.elements(), m => size_of_val(m.as_slice())),
        Value::Range(range) => size_of_val(&**range),
        Value::Tuple(tuple) => size_of_val(tuple.items.as_slice()),
        _ => 8,
    }
}
