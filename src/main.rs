//! The command line: arguments and exit status.

use hlang::console::ColorChoice;
use hlang::help;
use hlang::learn::Start;
use hlang::notation::{self, System};
use hlang::prompt::{self, Choices};
use hlang::script::{self, Options, Origin};
use hlang::session::on_large_stack;
use hlang::suggest;
use hlang::value::Style;
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: hlang::memory::Recycling = hlang::memory::Recycling;

const HELP: &str = "\
hlang: no dot, the whole array; a dot, every element.

usage:
  hlang [options]                   start the prompt (or run what comes through a pipe)
  hlang [options] FILE [ARGS...]    run a script; it finds ARGS in ARGS
  hlang [options] -e CODE [ARGS...] evaluate CODE and show its value, unless it ends in ;
  hlang [options] - [ARGS...]       run a script from standard input
  hlang [options] test FILE...      run the @tests of files and of the *.hlang files of directories
  hlang [options] learn [LESSON]    take a lesson (learn list shows them) or the lesson in a file
  hlang [options] quiz [SEED]       answer questions
  hlang translate FILE --to matlab|julia|numpy
                                    write a script for another system
  hlang [options] explain CODE...   say what an error's code means, such as H0012; without one, list them

options:
  -e, --eval CODE                   evaluate CODE
      --echo                        show a script as typed at the prompt, each input with its result
      --style julia|plain|matlab|numpy|torch
                                    show results as that system does (plain: as julia, explanations in ASCII)
      --color auto|always|never     colour in errors (auto: on a terminal, unless NO_COLOR is set)
      --no-startup                  start the prompt without settings.toml and startup.hlang
  -h, --help                        show this help
  -V, --version                     show the version

exit status: 0; 1 after an error in the program or a failed test; 2 for a wrong command line; 130 after Ctrl-C; n after exit(n).
";

/// Status for a wrong command line.
const MISUSED: u8 = 2;

/// Systems that whole scripts are written for.
const TARGETS: [(&str, &System); 4] = [
    ("matlab", &notation::MATLAB),
    ("octave", &notation::MATLAB),
    ("julia", &notation::JULIA),
    ("numpy", &notation::NUMPY),
];
const OPTIONS: [&str; 8] = ["to", "eval", "echo", "style", "color", "no-startup", "help", "version"];

fn main() -> ExitCode {
    let command = match parse(lexopt::Parser::from_env(), std::io::stdin().is_terminal()) {
        Ok(command) => command,
        Err(message) => {
            // If this cannot be written, the status still says it.
            let _ = writeln!(std::io::stderr(), "error: {message}\n\nhlang --help shows how it is called");
            return ExitCode::from(MISUSED);
        }
    };
    let status = match command {
        Command::Help => show(HELP),
        Command::Version => show(concat!("hlang ", env!("CARGO_PKG_VERSION"), "\n")),
        Command::Prompt(choices) => on_large_stack(move || prompt::run(&choices)),
        Command::Run(origin, options) => on_large_stack(move || script::run(&origin, &options)),
        Command::Translate { path, system, color } => on_large_stack(move || script::translate(&path, system, color)),
        Command::Explain { codes, color } => on_large_stack(move || explain(&codes, color)),
        Command::Test { paths, color } => on_large_stack(move || script::test(&paths, color)),
    };
    ExitCode::from(status)
}

/// A text that was asked for; a reader who has seen enough is no error.
fn show(text: &str) -> u8 {
    let _ = std::io::stdout().write_all(text.as_bytes());
    0
}

/// What codes of errors mean.
fn explain(codes: &[String], color: ColorChoice) -> u8 {
    match help::explain(codes, color.for_output()) {
        Ok(page) => show(&page),
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "error: {message}\n\nhlang explain lists all codes");
            MISUSED
        }
    }
}

/// What the command line asks for.
#[derive(Debug, PartialEq)]
enum Command {
    Help,
    Version,
    /// The prompt, which may begin with a lesson or questions.
    Prompt(Choices),
    Run(Origin, Options),
    Test {
        paths: Vec<PathBuf>,
        color: ColorChoice,
    },
    Translate {
        path: PathBuf,
        system: &'static System,
        color: ColorChoice,
    },
    Explain {
        codes: Vec<String>,
        color: ColorChoice,
    },
}

/// Reads the arguments; an error is a message for the user.
fn parse(mut parser: lexopt::Parser, stdin_is_terminal: bool) -> Result<Command, String> {
    use lexopt::Arg::{Long, Short, Value};
    let mut origin = None;
    let mut startup = std::env::var_os("HLANG_STARTUP").is_none_or(|value| value != "off");
    let mut options = Options { args: Vec::new(), echo: false, style: None, color: ColorChoice::Auto };
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Short('e') | Long("eval") => {
                let code = parser.value().map_err(|_| "-e needs the code to evaluate: hlang -e \"1 + 1\"")?;
                let code = code.into_string().map_err(|_| "the code after -e is not UTF-8 text")?;
                origin = Some(Origin::Code(code));
            }
            Long("echo") => options.echo = true,
            Long("no-startup") => startup = false,
            Long("style") => options.style = Some(one_of("--style", parser.value(), Style::NAMES)?),
            Long("color") => options.color = one_of("--color", parser.value(), ColorChoice::NAMES)?,
            Long(name) => return Err(unknown_option(name)),
            Short(letter) => return Err(format!("there is no option -{letter}")),
            Value(value) if origin.is_none() && value == "test" => return tests(parser, options.color),
            Value(value) if origin.is_none() && (value == "learn" || value == "quiz") => {
                return lesson(parser, options, startup, value == "quiz");
            }
            Value(value) if origin.is_none() && value == "translate" => return translation(parser, options.color),
            Value(value) if origin.is_none() && value == "explain" => return explained(parser, options.color),
            Value(value) => {
                // What follows a script or the code belongs to the program, options too.
                if origin.is_none() {
                    origin = Some(if value == "-" { Origin::Stdin } else { Origin::File(value.into()) });
                } else {
                    options.args.push(value.to_string_lossy().into_owned());
                }
                let rest = parser.raw_args().map_err(|error| error.to_string())?;
                options.args.extend(rest.map(|arg: OsString| arg.to_string_lossy().into_owned()));
            }
        }
    }
    match origin {
        Some(origin) => Ok(Command::Run(origin, options)),
        None if !stdin_is_terminal => Ok(Command::Run(Origin::Stdin, options)),
        None if options.echo => Err("--echo shows a script: name its file".to_string()),
        None => Ok(Command::Prompt(Choices { style: options.style, color: options.color, startup, start: None })),
    }
}

/// What follows `learn` or `quiz`.
fn lesson(mut parser: lexopt::Parser, mut options: Options, startup: bool, quiz: bool) -> Result<Command, String> {
    use lexopt::Arg::{Long, Short, Value};
    let mut what: Option<String> = None;
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Value(value) if what.is_none() => what = Some(value.to_string_lossy().into_owned()),
            Value(_) => return Err("one lesson at a time: hlang learn dot".to_string()),
            Long("style") => options.style = Some(one_of("--style", parser.value(), Style::NAMES)?),
            Long("color") => options.color = one_of("--color", parser.value(), ColorChoice::NAMES)?,
            Short('h') | Long("help") => return Ok(Command::Help),
            Long(name) => return Err(unknown_option(name)),
            Short(letter) => return Err(format!("there is no option -{letter}")),
        }
    }
    let start = match (quiz, what) {
        (false, Some(word)) if word == "list" => Start::List,
        (false, what) => Start::Tour(what),
        (true, None) => Start::Quiz(None),
        (true, Some(seed)) => {
            Start::Quiz(Some(seed.parse().map_err(|_| format!("a seed is a whole number, not {seed}: hlang quiz 7"))?))
        }
    };
    Ok(Command::Prompt(Choices { style: options.style, color: options.color, startup, start: Some(start) }))
}

/// What follows `test`.
fn tests(mut parser: lexopt::Parser, mut color: ColorChoice) -> Result<Command, String> {
    use lexopt::Arg::{Long, Short, Value};
    let mut paths = Vec::new();
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Value(path) => paths.push(PathBuf::from(path)),
            Long("color") => color = one_of("--color", parser.value(), ColorChoice::NAMES)?,
            Short('h') | Long("help") => return Ok(Command::Help),
            Long(name) => return Err(unknown_option(name)),
            Short(letter) => return Err(format!("there is no option -{letter}")),
        }
    }
    if paths.is_empty() {
        return Err("test needs files or directories: hlang test tests/".to_string());
    }
    Ok(Command::Test { paths, color })
}

/// What follows `translate`.
fn translation(mut parser: lexopt::Parser, mut color: ColorChoice) -> Result<Command, String> {
    use lexopt::Arg::{Long, Short, Value};
    let (mut path, mut system) = (None, None);
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Value(value) if path.is_none() => path = Some(PathBuf::from(value)),
            Value(value) => {
                return Err(format!("translate takes one file, and here is another: {}", value.to_string_lossy()));
            }
            Long("to") => system = Some(one_of("--to", parser.value(), &TARGETS)?),
            Long("color") => color = one_of("--color", parser.value(), ColorChoice::NAMES)?,
            Short('h') | Long("help") => return Ok(Command::Help),
            Long(name) => return Err(unknown_option(name)),
            Short(letter) => return Err(format!("there is no option -{letter}")),
        }
    }
    let usage = "hlang translate FILE --to numpy";
    match (path, system) {
        (Some(path), Some(system)) => Ok(Command::Translate { path, system, color }),
        (None, _) => Err(format!("translate needs a file: {usage}")),
        (_, None) => Err(format!("translate needs the system to write for: {usage}")),
    }
}

/// What follows `explain`.
fn explained(mut parser: lexopt::Parser, mut color: ColorChoice) -> Result<Command, String> {
    use lexopt::Arg::{Long, Short, Value};
    let mut codes = Vec::new();
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Value(code) => codes.push(code.to_string_lossy().into_owned()),
            Long("color") => color = one_of("--color", parser.value(), ColorChoice::NAMES)?,
            Short('h') | Long("help") => return Ok(Command::Help),
            Long(name) => return Err(unknown_option(name)),
            Short(letter) => return Err(format!("there is no option -{letter}")),
        }
    }
    Ok(Command::Explain { codes, color })
}

/// The value of an option that takes one of a few words.
fn one_of<T: Copy>(
    option: &str,
    value: Result<OsString, lexopt::Error>,
    words: &[(&'static str, T)],
) -> Result<T, String> {
    let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let value = value.map_err(|_| format!("{option} needs one of {}", all.join(", ")))?;
    let value = value.to_string_lossy();
    match words.iter().find(|(word, _)| *word == value) {
        Some((_, meaning)) => Ok(*meaning),
        None => Err(format!("{option} takes one of {}, not {value}", all.join(", "))),
    }
}

fn unknown_option(name: &str) -> String {
    match suggest::nearest(name, OPTIONS, 1).first() {
        Some(near) => format!("there is no option --{name}; did you mean --{near}?"),
        None => format!("there is no option --{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Result<Command, String> {
        parse(lexopt::Parser::from_args(args), true)
    }

    #[test]
    fn what_follows_a_script_is_its_own() {
        let Ok(Command::Run(origin, options)) = parsed(&["--echo", "f.hlang", "--help", "x"]) else {
            panic!("a script is run");
        };
        assert_eq!(origin, Origin::File("f.hlang".into()));
        assert_eq!(options.args, ["--help", "x"]);
        assert!(options.echo);
    }

    #[test]
    fn code_and_standard_input() {
        let code = parsed(&["-e", "1 + 1", "a", "-b"]);
        assert!(
            matches!(code, Ok(Command::Run(Origin::Code(code), options)) if code == "1 + 1" && options.args == ["a", "-b"])
        );
        assert!(matches!(parsed(&["-"]), Ok(Command::Run(Origin::Stdin, _))));
        assert!(matches!(parse(lexopt::Parser::from_args([""; 0]), false), Ok(Command::Run(Origin::Stdin, _))));
        assert!(matches!(parsed(&[]), Ok(Command::Prompt(_))));
    }

    #[test]
    fn files_to_test() {
        let Ok(Command::Test { paths, color }) = parsed(&["--color", "never", "test", "a.hlang", "b"]) else {
            panic!("tests are run");
        };
        assert_eq!(paths, [PathBuf::from("a.hlang"), PathBuf::from("b")]);
        assert_eq!(color, ColorChoice::Never);
        assert!(parsed(&["test"]).is_err_and(|message| message.starts_with("test needs files")));
        assert!(matches!(parsed(&["./test"]), Ok(Command::Run(..))));
    }

    #[test]
    fn lessons_and_questions() {
        let start = |args: &[&str]| match parsed(args) {
            Ok(Command::Prompt(Choices { start, .. })) => start,
            other => panic!("{other:?}"),
        };
        assert_eq!(start(&["learn"]), Some(Start::Tour(None)));
        assert_eq!(start(&["learn", "dot", "--color", "never"]), Some(Start::Tour(Some("dot".to_string()))));
        assert_eq!(start(&["quiz", "7"]), Some(Start::Quiz(Some(7))));
        assert_eq!(parsed(&["quiz", "x"]), Err("a seed is a whole number, not x: hlang quiz 7".to_string()));
    }

    #[test]
    fn codes_to_explain() {
        let Ok(Command::Explain { codes, .. }) = parsed(&["explain", "H0012", "?H0013"]) else {
            panic!("codes are explained");
        };
        assert_eq!(codes, ["H0012", "?H0013"]);
        assert!(matches!(parsed(&["explain"]), Ok(Command::Explain { codes, .. }) if codes.is_empty()));
    }

    #[test]
    fn wrong_words_are_told_the_right_ones() {
        assert_eq!(
            parsed(&["--style", "r"]),
            Err("--style takes one of julia, plain, matlab, numpy, torch, not r".to_string())
        );
        assert_eq!(parsed(&["--color"]), Err("--color needs one of auto, always, never".to_string()));
        assert_eq!(parsed(&["-x"]), Err("there is no option -x".to_string()));
    }
}
