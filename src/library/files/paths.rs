//! Names and places of files: what is there, what a path is made of, making, moving and removing.

use crate::fault::{Fault, Outcome, Part};
use crate::interrupt;
use crate::library::arguments::is_callable;
use crate::value::array::push;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Array, Builtin, Host, Type, Value, disk};
use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "isfile(path)",
        doc: "Is there a file with this path?",
        more: "",
        run: Run::Call(|args, _| Ok(Value::bool(Path::new(args.path(0)?).is_file()))),
        examples: &[Shows("write(\"a.txt\", \"\"); isfile(\"a.txt\"), isfile(\"no.txt\")", "(true, false)")],
    },
    Builtin {
        sig: "isdir(path)",
        doc: "Is there a directory with this path?",
        more: "",
        run: Run::Call(|args, _| Ok(Value::bool(Path::new(args.path(0)?).is_dir()))),
        examples: &[Shows("isdir(\".\")", "true")],
    },
    Builtin {
        sig: "ispath(path)",
        doc: "Is there anything with this path, a file or a directory?",
        more: "",
        run: Run::Call(|args, _| Ok(Value::bool(Path::new(args.path(0)?).exists()))),
        examples: &[Shows("ispath(\"no/such/place\")", "false")],
    },
    Builtin {
        sig: "filesize(path)",
        doc: "The number of bytes of a file.",
        more: "",
        run: Run::Call(|args, _| {
            let path = args.path(0)?;
            let known = std::fs::metadata(path).map_err(|e| disk::unreadable(path, &e));
            Ok(Value::Int(args.at_file(0, known)?.len() as i64))
        }),
        examples: &[Shows("write(\"a.txt\", \"four\"); filesize(\"a.txt\")", "4")],
    },
    Builtin {
        sig: "readdir() | readdir(path; join = false)",
        doc: "The names in a directory in order, in the current one without a path; join=true puts the path before them.",
        more: "",
        run: Run::Call(readdir),
        examples: &[Shows(
            "mkpath(\"data\"); write(\"data/a.txt\", \"\"); readdir(\"data\")",
            "1-element Vector{String}:\n \"a.txt\"",
        )],
    },
    Builtin {
        sig: "mkdir(path)",
        doc: "Makes a directory, in one that is there, and gives its path.",
        more: "mkpath(path) makes those on the way too.",
        run: Run::Call(|args, _| done(args, "made", |path| std::fs::create_dir(path))),
        examples: &[Fails("mkdir(\".\")", "there already")],
    },
    Builtin {
        sig: "mkpath(path)",
        doc: "Makes a directory and those on the way to it, as far as they are not there, and gives its path.",
        more: "",
        run: Run::Call(|args, _| done(args, "made", |path| std::fs::create_dir_all(path))),
        examples: &[Shows("mkpath(\"results/june\")", "\"results/june\"")],
    },
    Builtin {
        sig: "rm(path; force = false)",
        doc: "Removes a file or an empty directory; force=true says nothing if there is none.",
        more: "",
        run: Run::Call(rm),
        examples: &[
            Shows("write(\"a.txt\", \"\"); rm(\"a.txt\"); isfile(\"a.txt\")", "false"),
            Fails("rm(\"no.txt\")", "there is no such file"),
        ],
    },
    Builtin {
        sig: "cp(from, to; force = false)",
        doc: "Copies a file and gives the path of the copy; force=true puts it in the place of a file that is there.",
        more: "",
        run: Run::Call(|args, _| {
            let (from, to) = two_paths(args)?;
            let bytes = args.at_file(0, disk::read(from))?;
            args.at_file(1, disk::replace(to, &bytes))?;
            Ok(Value::str(to))
        }),
        examples: &[Shows(
            "write(\"a.txt\", \"one\"); cp(\"a.txt\", \"b.txt\", force=true); read(\"b.txt\", String)",
            "\"one\"",
        )],
    },
    Builtin {
        sig: "mv(from, to; force = false)",
        doc: "Gives a file another path, which it gives back; force=true puts it in the place of a file that is there.",
        more: "",
        run: Run::Call(|args, _| {
            let (from, to) = two_paths(args)?;
            let moved = std::fs::rename(from, to).map_err(|e| disk::failed(from, "moved", disk::reason(&e)));
            args.at_file(0, moved)?;
            Ok(Value::str(to))
        }),
        examples: &[Shows(
            "write(\"a.txt\", \"one\"); mv(\"a.txt\", \"b.txt\", force=true); isfile(\"a.txt\")",
            "false",
        )],
    },
    Builtin {
        sig: "pwd()",
        doc: "The current directory, at which paths begin.",
        more: "",
        run: Run::Call(|_, _| Ok(Value::str(current()?.display().to_string()))),
        examples: &[Shows("isdir(pwd())", "true")],
    },
    Builtin {
        sig: "cd(path)",
        doc: "Makes another directory the current one.",
        more: "",
        run: Run::Call(|args, _| {
            let path = args.path(0)?;
            let gone = std::env::set_current_dir(path).map_err(|e| disk::failed(path, "entered", disk::reason(&e)));
            args.at_file(0, gone).map(|()| Value::Nothing)
        }),
        examples: &[Runs("cd(\".\")"), Fails("cd(\"no/such/place\")", "cannot be entered")],
    },
    Builtin {
        sig: "joinpath(parts...)",
        doc: "Parts of a path put together; an absolute part begins anew.",
        more: "",
        run: Run::Call(|args, _| {
            let parts = (0..args.count()).map(|k| args.text(k)).collect::<Outcome<PathBuf>>()?;
            Ok(Value::str(parts.display().to_string()))
        }),
        examples: &[Shows("joinpath(\"data\", \"iris.csv\")", "\"data/iris.csv\"")],
    },
    Builtin {
        sig: "basename(path)",
        doc: "The last part of a path.",
        more: "",
        run: Run::Call(|args, _| Ok(Value::str(split(args.text(0)?).1))),
        examples: &[Shows("basename(\"data/iris.csv\")", "\"iris.csv\"")],
    },
    Builtin {
        sig: "dirname(path)",
        doc: "A path without its last part.",
        more: "",
        run: Run::Call(|args, _| Ok(Value::str(split(args.text(0)?).0))),
        examples: &[Shows("dirname(\"data/iris.csv\")", "\"data\"")],
    },
    Builtin {
        sig: "splitext(path)",
        doc: "A path without the ending of its name, and the ending with its dot.",
        more: "",
        run: Run::Call(|args, _| {
            let path = args.text(0)?;
            let (_, name) = split(path);
            let dot = name.rfind('.').filter(|at| !name[..*at].trim_start_matches('.').is_empty());
            let (stem, ending) = path.split_at(dot.map_or(path.len(), |at| path.len() - name.len() + at));
            Ok(Value::tuple(vec![Value::str(stem), Value::str(ending)]))
        }),
        examples: &[Shows("splitext(\"data/iris.csv\")", "(\"data/iris\", \".csv\")")],
    },
    Builtin {
        sig: "abspath(path)",
        doc: "The path from the root, without . and ..",
        more: "",
        run: Run::Call(|args, _| {
            let path = current()?.join(args.path(0)?);
            let mut whole = PathBuf::new();
            for part in path.components() {
                match part {
                    std::path::Component::CurDir => {}
                    std::path::Component::ParentDir => {
                        whole.pop();
                    }
                    std::path::Component::Prefix(_)
                    | std::path::Component::RootDir
                    | std::path::Component::Normal(_) => whole.push(part),
                }
            }
            Ok(Value::str(whole.display().to_string()))
        }),
        examples: &[Shows("abspath(\"a/../b\") == joinpath(pwd(), \"b\")", "true")],
    },
    Builtin {
        sig: "mktempdir() | mktempdir(f)",
        doc: "Makes a directory for files that are not kept, and gives its path; it is removed when hlang ends.",
        more: "With a function, which a do block gives, calls it with the path and removes the directory afterwards.",
        run: Run::Call(mktempdir),
        examples: &[Shows(
            "mktempdir() do dir\n    file = joinpath(dir, \"a.txt\")\n    write(file, \"text\")\n    filesize(file)\nend",
            "4",
        )],
    },
];

fn current() -> Outcome<PathBuf> {
    std::env::current_dir().map_err(|e| disk::failed("the current directory", "found", disk::reason(&e)))
}

/// The directory and the name of a path.
fn split(path: &str) -> (&str, &str) {
    match path.rfind('/') {
        Some(0) => ("/", &path[1..]),
        Some(at) => (path[..at].trim_end_matches('/'), &path[at + 1..]),
        None => ("", path),
    }
}

/// What makes a directory, and its path.
fn done(args: &Arguments<'_>, what: &str, make: impl Fn(&str) -> io::Result<()>) -> Outcome<Value> {
    let path = args.path(0)?;
    args.at_file(0, make(path).map_err(|e| disk::failed(path, what, disk::reason(&e))))?;
    Ok(Value::str(path))
}

fn readdir(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let path = if args.count() == 0 { "." } else { args.path(0)? };
    let join = args.flag("join", false)?;
    let entries = std::fs::read_dir(path).map_err(|e| disk::failed(path, "listed", disk::reason(&e)));
    let entries = if args.count() == 0 { entries } else { args.at_file(0, entries) };
    let mut names = Vec::new();
    for entry in entries? {
        interrupt::check()?;
        let entry = entry.map_err(|e| disk::failed(path, "listed", disk::reason(&e)))?;
        let name = if join { entry.path() } else { PathBuf::from(entry.file_name()) };
        push(&mut names, name.display().to_string())?;
    }
    names.sort_unstable();
    Ok(Value::array(Array::vector_of(names.into_iter().map(Value::str).collect(), Type::String)))
}

fn rm(args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    let path = args.path(0)?;
    let force = args.flag("force", false)?;
    let is_directory = std::fs::symlink_metadata(path).is_ok_and(|known| known.is_dir());
    let removed = if is_directory { std::fs::remove_dir(path) } else { std::fs::remove_file(path) };
    match removed {
        Err(e) if force && e.kind() == io::ErrorKind::NotFound => Ok(Value::Nothing),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            args.at_file(0, Err(disk::failed(path, "removed", "there is no such file")))
        }
        removed => {
            args.at_file(0, removed.map_err(|e| disk::failed(path, "removed", disk::reason(&e))))?;
            Ok(Value::Nothing)
        }
    }
}

/// From where to where; an `ArgumentError` if there is something already, unless it is to be replaced.
fn two_paths<'a>(args: &Arguments<'a>) -> Outcome<(&'a str, &'a str)> {
    let (from, to) = (args.path(0)?, args.path(1)?);
    if !args.flag("force", false)? && Path::new(to).exists() {
        return Err(Fault::argument(format!("{to} is there already"))
            .label(Part::Argument(1), "there already")
            .hint("force=true replaces it"));
    }
    Ok((from, to))
}

thread_local! {
    /// The directories that go with the session; a session is a thread's.
    static TEMPORARY: RefCell<Vec<tempfile::TempDir>> = const { RefCell::new(Vec::new()) };
}

fn mktempdir(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let made = tempfile::Builder::new().prefix("hlang-").tempdir();
    let directory = made.map_err(|e| disk::failed("a temporary directory", "made", disk::reason(&e)))?;
    let path = Value::str(directory.path().display().to_string());
    match args.get(0) {
        None => {
            TEMPORARY.with_borrow_mut(|kept| kept.push(directory));
            Ok(path)
        }
        // The directory is dropped, and removed with all that is in it, after the call.
        Some(function) if is_callable(function) => host.call(function, &[path]),
        Some(_) => Err(args.refuse(0, "a function of a path")),
    }
}
