//! The run itself: ending it, time, and how results are shown.

use super::find::find;
use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::suggest;
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Digits, Host, Screen, Style, Value};
use std::cell::Cell;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "exit(status = 0)",
        doc: "Ends the program.",
        more: "",
        run: Run::Call(|args, host| Err(host.exit(args.int_or(0, 0)?.clamp(0, 255) as i32))),
        examples: &[],
    },
    Builtin {
        sig: "include(path)",
        doc: "Runs a file and gives its last value; the path is relative to the file that says so.",
        more: "",
        run: Run::Call(include),
        examples: &[Fails("include(\"no/such/file.hlang\")", "cannot be read")],
    },
    Builtin {
        sig: "time()",
        doc: "The seconds since the beginning of 1970, as a float.",
        more: "",
        run: Run::Call(|_, _| Ok(Value::float(since_1970().as_secs_f64()))),
        examples: &[Shows("time() > 0", "true")],
    },
    Builtin {
        sig: "time_ns()",
        doc: "Nanoseconds of a clock that only goes forward, for measuring.",
        more: "",
        run: Run::Call(|_, _| Ok(Value::Int(clock().as_nanos() as i64))),
        examples: &[Shows("time_ns() <= time_ns()", "true")],
    },
    Builtin {
        sig: "sleep(seconds)",
        doc: "Waits.",
        more: "",
        run: Run::Call(sleep),
        examples: &[Runs("sleep(0.001)")],
    },
    Builtin {
        sig: "tic()",
        doc: "Starts a clock that toc() reads.",
        more: "MATLAB's name; @time f(x) measures one expression.",
        run: Run::Call(|_, _| {
            STARTED.set(Some(Instant::now()));
            Ok(Value::Nothing)
        }),
        examples: &[Runs("tic()")],
    },
    Builtin {
        sig: "toc()",
        doc: "The seconds since tic().",
        more: "",
        run: Run::Call(toc),
        examples: &[Shows("tic(); toc() >= 0", "true")],
    },
    Builtin {
        sig: "style() | style(name)",
        doc: "How results are shown: as julia, matlab, numpy or torch shows them.",
        more: "With \"plain\" as julia, and explanations in ASCII.",
        run: Run::Call(style),
        examples: &[Shows("style()", "\"julia\""), Fails("style(\"numpi\")", "numpy")],
    },
    Builtin {
        sig: "format() | format(digits)",
        doc: "How many digits of floats are shown: \"short\", \"long\", \"rational\", or a number of digits; format() is as usual.",
        more: "It changes what the prompt and display show, not the values, and not what print and string give. \"short\" is \
               five digits, \"long\" all of them, in matrices too; \"rational\" a fraction within 1e-6 of the number. In \
               MATLAB's style they are four and fifteen decimals, as MATLAB's; NumPy's and PyTorch's styles keep their own. At the \
               prompt it can be written format long.",
        run: Run::Call(format),
        examples: &[
            Shows("format(\"short\"); display(pi)", "3.1416"),
            Shows("format(\"long\"); display([1/3 2.0])", "1×2 Matrix{Float64}:\n 0.3333333333333333  2.0"),
            Shows("format(\"rational\"); display([0.5, 0.75])", "2-element Vector{Float64}:\n 1/2\n 3/4"),
            Shows("format(3); display(pi)", "3.14"),
            Fails("format(\"wide\")", "rational"),
        ],
    },
    Builtin {
        sig: "apropos(words)",
        doc: "Writes the functions whose help has these words, the best first.",
        more: "The prompt's ?\"words\" looks among the operators too, and ?name shows the help of one.",
        run: Run::Call(apropos),
        examples: &[Runs("apropos(\"determinant logarithm\")")],
    },
    Builtin {
        sig: "notes(on)",
        doc: "Turns the quiet notes of the prompt on or off.",
        more: "Such a note stands after the result of exp(S), S^2 or S / T of matrices, and says how every element is \
               taken; each is shown once a session, and never in a script.",
        run: Run::Call(|args, host| {
            let Value::Bool(on) = args.at(0) else { return Err(args.refuse(0, "true or false")) };
            host.set_notes(on.get());
            Ok(Value::Nothing)
        }),
        examples: &[Runs("notes(false)")],
    },
    Builtin {
        sig: "clc()",
        doc: "Clears the screen.",
        more: "",
        run: Run::Call(|_, host| {
            host.write("\x1b[2J\x1b[H");
            Ok(Value::Nothing)
        }),
        examples: &[],
    },
];

thread_local! {
    /// When `tic()` was called last.
    static STARTED: Cell<Option<Instant>> = const { Cell::new(None) };
}

fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Time since the first call of this function.
fn clock() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

fn toc(_args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    match STARTED.get() {
        Some(start) => Ok(Value::float(start.elapsed().as_secs_f64())),
        None => Err(Fault::argument("toc() needs a tic() before it")),
    }
}

/// In short pieces, so that Ctrl-C ends it.
fn sleep(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let seconds = args.float(0)?;
    let Ok(wanted) = Duration::try_from_secs_f64(seconds) else {
        return Err(Fault::argument(format!("sleep({seconds}): a time must not be negative"))
            .label(Part::Argument(0), "negative"));
    };
    let start = Instant::now();
    while start.elapsed() < wanted {
        interrupt::check()?;
        std::thread::sleep((wanted - start.elapsed().min(wanted)).min(Duration::from_millis(20)));
    }
    Ok(Value::Nothing)
}

fn style(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    if args.count() == 0 {
        let now = host.screen().style;
        let name = Style::NAMES.iter().find(|(_, style)| *style == now).map_or("julia", |(name, _)| name);
        return Ok(Value::str(name));
    }
    let name = args.text(0)?.to_lowercase();
    let Some((_, style)) = Style::NAMES.iter().find(|(known, _)| *known == name) else {
        let fault =
            Fault::argument(format!("there is no style {name:?}: there are julia, plain, matlab, numpy and torch"));
        let near = suggest::nearest(&name, Style::NAMES.iter().map(|(known, _)| *known), 1);
        return Err(near.first().map_or(fault.clone(), |near| fault.hint(format!("style({near:?})"))));
    };
    host.set_screen(Screen { style: *style, ..host.screen() });
    Ok(Value::Nothing)
}

fn format(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let digits = match args.positional.first() {
        None => Some(Digits::Usual),
        Some(Value::Int(count)) => Digits::significant(*count),
        Some(Value::Str(name)) => {
            let name = name.to_lowercase();
            if Style::NAMES.iter().any(|(known, _)| *known == name) {
                return Err(Fault::argument("format is about the digits of numbers").hint(format!("style({name:?})")));
            }
            Digits::NAMES.iter().find(|(known, _)| *known == name).map(|(_, digits)| *digits)
        }
        Some(_) => return Err(args.refuse(0, "\"short\", \"long\", \"rational\" or a number of digits")),
    };
    let Some(digits) = digits else {
        let most = Digits::MOST;
        return Err(Fault::argument("there is no such format")
            .label(Part::Argument(0), "unknown")
            .rule(format!("a format is \"short\", \"long\", \"rational\", or a number of digits from 1 to {most}")));
    };
    host.set_screen(Screen { digits, ..host.screen() });
    Ok(Value::Nothing)
}

fn apropos(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let words = args.text(0)?;
    let found = find(words, std::iter::empty());
    if found.is_empty() {
        host.write(&format!("Nothing in the help says {words}.\n"));
    }
    for entry in found {
        host.write(&format!("{}\n    {}\n", entry.term, entry.doc));
    }
    Ok(Value::Nothing)
}

fn include(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    match args.at(0) {
        Value::Str(path) => host.include(path),
        other => Err(Fault::method(format!("a path is a string, not {}", describe(other)))),
    }
}
