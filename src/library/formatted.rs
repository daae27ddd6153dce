//! Text by a template, with MATLAB's meaning: the template is used again until every element of every argument is taken.

use super::arrays::values_of;
use crate::fault::{Fault, Outcome};
use crate::value::format::format_again;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Host, Stream, Value, promote};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "printf(template, values...) | printf(io, template, values...)",
        doc: "Writes values into a template: %d for integers, %f, %e and %g for floats, %s for anything.",
        more: "%8.3f takes 8 columns with 3 decimal places, %-8s fills on the right, %% is a percent sign. Arrays give their \
               elements, column by column, and the template is used again until all of them are taken. @printf takes exactly \
               as many values as there are conversions, as in Julia.",
        run: Run::Call(|args, host| match args.at(0) {
            Value::Stream(stream) => written(args, 1, stream, host),
            _ => written(args, 0, &Stream::Out, host),
        }),
        examples: &[
            Shows("printf(\"%d of %d\\n\", 2, 3)", "2 of 3"),
            Shows("printf(\"%d: %.1f\\n\", [1 2; 0.5 0.25])", "1: 0.5\n2: 0.2"),
            Fails("printf(\"%d\\n\", \"text\")", "%d takes a real number"),
        ],
    },
    Builtin {
        sig: "fprintf(template, values...) | fprintf(output, template, values...)",
        doc: "Writes values into a template, as printf does; the output is 1, the program's, 2, where errors are written, or a stream.",
        more: "MATLAB's name.",
        run: Run::Call(fprintf),
        examples: &[
            Shows("fprintf(\"%5.2f\\n\", π)", " 3.14"),
            Shows("fprintf(1, \"%s\\n\", \"text\")", "text"),
            Fails("fprintf(3, \"%d\\n\", 1)", "output"),
        ],
    },
    Builtin {
        sig: "sprintf(template, values...)",
        doc: "What printf would write, as a string.",
        more: "MATLAB's name; @sprintf is Julia's.",
        run: Run::Call(|args, _| filled(args, 0).map(Value::str)),
        examples: &[
            Shows("sprintf(\"%.2f\", π)", "\"3.14\""),
            Shows("sprintf(\"%d, \", [1, 2, 3])", "\"1, 2, 3, \""),
            Shows("sprintf(\"%d\", 2.5)", "\"2.500000e+00\""),
        ],
    },
];

/// The template that argument `at` is, filled with the arguments after it.
fn filled(args: &Arguments<'_>, at: usize) -> Outcome<String> {
    let template = args.text(at)?;
    let mut values = Vec::new();
    for (k, value) in args.positional.iter().enumerate().skip(at + 1) {
        match promote::as_array(value)? {
            Some(array) => values.extend(values_of(&array).into_iter().map(|element| (k, element))),
            None => values.push((k, value.clone())),
        }
    }
    format_again(template, &values)
}

fn written(args: &Arguments<'_>, at: usize, stream: &Stream, host: &dyn Host) -> Outcome<Value> {
    stream.write(&filled(args, at)?, host)?;
    Ok(Value::Nothing)
}

fn fprintf(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match args.positional {
        [Value::Int(1), _, ..] => written(args, 1, &Stream::Out, host),
        [Value::Int(2), _, ..] => written(args, 1, &Stream::Err, host),
        [Value::Stream(stream), _, ..] => written(args, 1, stream, host),
        [Value::Int(_) | Value::Float(_), ..] => Err(output_unknown(args)),
        _ => written(args, 0, &Stream::Out, host),
    }
}

#[cold]
fn output_unknown(args: &Arguments<'_>) -> Fault {
    args.refuse(0, "a template, or an output before it")
        .rule("there are no files: 1 is what print writes to, 2 is where errors are written, and a stream is one too")
        .hint("fprintf(\"%d\\n\", x)")
}
