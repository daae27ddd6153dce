//! Values in files: the session's variables, arrays of NumPy and MATLAB, images; the format by the ending of the name.

use super::tables;
use crate::codec::delimited::{self, Grammar, Source};
use crate::codec::table::{self, Layout};
use crate::codec::{hld, image, mat, npy, npz};
use crate::fault::{Fault, Outcome, Part};
use crate::value::display::describe;
use crate::value::function::{Arguments, Example::*, Run};
use crate::value::{Builtin, Elements, Host, Tuple, Value, disk};
use crate::{suggest, syntax, warning};
use std::path::Path;
use std::rc::Rc;

pub static BUILTINS: &[Builtin] = &[
    Builtin {
        sig: "save(file) | save(file, names...) | save(file, value)",
        doc: "Stores the session's variables in a file, all of them or those that are named, or one value.",
        more: "The ending of the file's name says how. Variables, or the fields of a named tuple: .hld (hlang's own, which \
               holds any data as it is), .mat (MATLAB), .npz (NumPy). One value: .npy, .csv, .tsv, .txt, .dat, .png, .pgm, \
               .ppm. Functions are no data: they are left out, and said. What was in the file is replaced as a whole; \
               load(file) reads it.",
        run: Run::Call(save),
        examples: &[
            Shows("x = 1:3; name = \"Ada\"; save(\"work.hld\"); x = 0; load(\"work.hld\"); x", "1:3"),
            Runs("A = [1 2; 3 4]; save(\"work.mat\", \"A\")"),
            Shows("save(\"work.npz\", (a = [1, 2], b = 0.5)); load(\"work.npz\", \"b\")", "0.5"),
            Fails("save(\"work.doc\")", "ending"),
        ],
    },
    Builtin {
        sig: "load(file) | load(file, names...)",
        doc: "What save(file) or another program has stored: its variables are the session's, or one value is given.",
        more: "A file of variables (.hld, .mat, .npz) gives each its value in the session; with names the values are only \
               given, A, b = load(file, \"A\", \"b\"). A file of one value (.npy, .csv, .tsv, .txt, .dat, .png, .pgm, .ppm) \
               gives that; a .csv whose first line is numbers a matrix, any other one named columns. If a file cannot be read to its end, nothing changes.",
        run: Run::Call(load),
        examples: &[
            Shows(
                "A = [1 2; 3 4]; save(\"work.hld\", \"A\"); A = 0; load(\"work.hld\"); A",
                "2×2 Matrix{Int64}:\n 1  2\n 3  4",
            ),
            Shows("x, y = 1, \"two\"; save(\"work.hld\"); load(\"work.hld\", \"x\", \"y\")", "(1, \"two\")"),
            Shows("write(\"a.csv\", \"x,y\\n1,2\"); load(\"a.csv\")", "(x = [1], y = [2])"),
            Fails("write(\"bad.hld\", \"x\"); load(\"bad.hld\")", "damaged"),
        ],
    },
    Builtin {
        sig: "readnpy(file)",
        doc: "The array in an .npy file of NumPy.",
        more: "Arrays of up to two dimensions of numbers, true and false, or strings; without dimensions a number.",
        run: Run::Call(|args, _| read(args, Format::Npy)),
        examples: &[Shows(
            "writenpy(\"a.npy\", [0.5, 1.5]); readnpy(\"a.npy\")",
            "2-element Vector{Float64}:\n 0.5\n 1.5",
        )],
    },
    Builtin {
        sig: "writenpy(file, A)",
        doc: "Writes an array, a number or a string as an .npy file, which np.load reads.",
        more: "",
        run: Run::Call(|args, host| write(args, Format::Npy, 1, 0, host)),
        examples: &[
            Runs("writenpy(\"a.npy\", [1 2; 3 4])"),
            Fails("writenpy(\"a.npy\", Any[1, \"a\"])", "cannot hold"),
        ],
    },
    Builtin {
        sig: "readnpz(file)",
        doc: "The arrays in an .npz file of NumPy, as a named tuple.",
        more: "",
        run: Run::Call(|args, _| read(args, Format::Npz)),
        examples: &[Shows("writenpz(\"a.npz\", (a = [1, 2], b = 3)); readnpz(\"a.npz\")", "(a = [1, 2], b = 3)")],
    },
    Builtin {
        sig: "writenpz(file, arrays)",
        doc: "Writes the fields of a named tuple as a compressed .npz file, which np.load reads.",
        more: "",
        run: Run::Call(|args, host| write(args, Format::Npz, 1, 0, host)),
        examples: &[Runs("A = [1 2; 3 4]; writenpz(\"a.npz\", (; A, b = [0.5]))")],
    },
    Builtin {
        sig: "readmat(file)",
        doc: "The variables in a .mat file of MATLAB or Octave (level 5: versions 5 to 7), as a named tuple.",
        more: "Matrices of one column are vectors, those of one element numbers; cell arrays are vectors of any values, \
               structures named tuples.",
        run: Run::Call(|args, _| read(args, Format::Mat)),
        examples: &[Shows(
            "writemat(\"a.mat\", (x = [1.0, 2.0], name = \"Ada\")); readmat(\"a.mat\")",
            "(x = [1.0, 2.0], name = \"Ada\")",
        )],
    },
    Builtin {
        sig: "writemat(file, variables)",
        doc: "Writes the fields of a named tuple as a .mat file (level 5), which MATLAB, Octave and SciPy load.",
        more: "Vectors are columns there, strings character arrays, tuples and vectors of strings cell arrays, named tuples \
               structures. Octave cannot read strings beyond ASCII from it.",
        run: Run::Call(|args, host| write(args, Format::Mat, 1, 0, host)),
        examples: &[Runs("A = [1 2; 3 4]; writemat(\"a.mat\", (; A, t = 0.5))")],
    },
    Builtin {
        sig: "imread(file)",
        doc: "The image in a file as a matrix of floats from 0.0 (black) to 1.0 (white).",
        more: "A coloured image is a named tuple of the matrices red, green and blue, with alpha where it is not opaque. PNG \
               and PBM, PGM, PPM images are read.",
        run: Run::Call(|args, _| {
            let format = image_format(args, 0)?;
            read(args, format)
        }),
        examples: &[Shows(
            "imwrite([0 255; 102 0], \"a.png\"); imread(\"a.png\")",
            "2×2 Matrix{Float64}:\n 0.0  1.0\n 0.4  0.0",
        )],
    },
    Builtin {
        sig: "imwrite(A, file)",
        doc: "Writes a matrix as an image: floats from 0.0 (black) to 1.0 (white), integers from 0 to 255, or true and false.",
        more: "The ending of the file's name says how: .png, .pgm or .ppm. A coloured image is (red = R, green = G, blue = B), \
               with alpha = A in a .png.",
        run: Run::Call(|args, host| {
            if let (Value::Str(_), Value::Array(_)) = (args.at(0), args.at(1)) {
                return Err(args.refuse(0, "an image").hint("the file comes last: imwrite(A, file)"));
            }
            let format = image_format(args, 1)?;
            write(args, format, 0, 1, host)
        }),
        examples: &[
            Runs("imwrite([0.0 0.5; 1.0 0.5], \"a.pgm\")"),
            Fails("imwrite([0.0 2.0], \"a.png\")", "[1, 2] of the image is 2.0"),
        ],
    },
];

/// How a file holds values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Hld,
    Mat,
    Npz,
    Npy,
    /// Commas between the cells, and a header.
    Csv,
    /// Blanks or tabs between the cells, no header.
    Delimited,
    Image(image::Format),
}

/// The endings of files' names.
const ENDINGS: &[(&str, Format)] = &[
    ("hld", Format::Hld),
    ("mat", Format::Mat),
    ("npz", Format::Npz),
    ("npy", Format::Npy),
    ("csv", Format::Csv),
    ("tsv", Format::Delimited),
    ("txt", Format::Delimited),
    ("dat", Format::Delimited),
    ("png", Format::Image(image::Format::Png)),
    ("pgm", Format::Image(image::Format::Portable)),
    ("ppm", Format::Image(image::Format::Portable)),
    ("pbm", Format::Image(image::Format::Portable)),
    ("pnm", Format::Image(image::Format::Portable)),
];

/// What a file holds.
enum Content {
    One(Value),
    Variables(Vec<(String, Value)>),
}

/// The format that the ending of a path says, of those that `allowed` lets through.
fn format_of(args: &Arguments<'_>, k: usize, allowed: impl Fn(Format) -> bool) -> Outcome<Format> {
    let path = Path::new(args.path(k)?);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let known = || ENDINGS.iter().filter(|(_, format)| allowed(*format));
    if let Some((_, format)) = known().find(|(known, _)| *known == ending) {
        return Ok(*format);
    }
    let endings: Vec<String> = known().map(|(known, _)| format!(".{known}")).collect();
    let what = if ending.is_empty() { "no ending".to_owned() } else { format!("the ending .{ending}") };
    let fault = Fault::argument(format!("{}: a file with {what} is none that is known here", args.name))
        .rule(format!("the ending says what the file holds: {}", endings.join(" ")))
        .label(Part::Argument(k), what);
    Err(match suggest::nearest(&ending, known().map(|(known, _)| *known), 1).first() {
        Some(near) => fault.hint(format!("did you mean {:?}?", path.with_extension(near).display().to_string())),
        None => fault,
    })
}

fn image_format(args: &Arguments<'_>, k: usize) -> Outcome<Format> {
    format_of(args, k, |format| matches!(format, Format::Image(_)))
}

/// What the file of the first argument holds.
fn content(args: &Arguments<'_>, format: Format) -> Outcome<Content> {
    let path = args.path(0)?;
    let read = || {
        Ok(match format {
            Format::Hld => Content::Variables(hld::decode(path, &disk::read(path)?)?),
            Format::Mat => Content::Variables(mat::decode(path, &disk::read(path)?)?),
            Format::Npz => Content::Variables(npz::decode(path, &disk::read(path)?)?),
            Format::Npy => Content::One(npy::decode(path, &disk::read(path)?)?),
            Format::Image(format) => Content::One(image::decode(format, path, &disk::read(path)?)?),
            Format::Csv => {
                let text = disk::read_text(path)?;
                let delimiter = tables::guessed(&text, 0, None);
                let grammar = Grammar { delimiter, ..Grammar::default() };
                Content::One(tables::table_or_matrix(Source { name: path, text: &text }, &grammar)?)
            }
            Format::Delimited => {
                let text = disk::read_text(path)?;
                let grammar = Grammar { delimiter: delimited::guess(&text), ..Grammar::default() };
                let rows = delimited::split(Source { name: path, text: &text }, &grammar)?;
                Content::One(Value::array(table::matrix(&rows, 0, None)?))
            }
        })
    };
    args.at_file(0, read())
}

/// What one of the functions for a single format gives.
fn read(args: &Arguments<'_>, format: Format) -> Outcome<Value> {
    Ok(match content(args, format)? {
        Content::One(value) => value,
        Content::Variables(variables) => {
            let fields = variables.into_iter().map(|(name, value)| (Rc::from(name), value)).collect();
            Value::Tuple(Rc::new(Tuple::named(fields)))
        }
    })
}

/// Writes the value of one argument to the file of another.
fn write(args: &Arguments<'_>, format: Format, value: usize, file: usize, host: &dyn Host) -> Outcome<Value> {
    let path = args.path(file)?;
    let given = args.at(value);
    let bytes = match format {
        Format::Hld | Format::Mat | Format::Npz => {
            let fields = match given {
                Value::Tuple(tuple) => tuple.fields(),
                _ => None,
            };
            let Some(fields) = fields else {
                return Err(args
                    .refuse(value, "a named tuple")
                    .rule("the file holds values with names: (a = 1, b = 2), or (; a, b) for variables"));
            };
            let variables: Vec<_> = fields.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
            encoded(format, &variables)
        }
        Format::Npy => npy::encode(given),
        Format::Image(format) => image::encode(format, given),
        Format::Csv => tables::text_of_table(args, value, host).map(String::into_bytes),
        Format::Delimited => {
            tables::text_of_rows(given, Layout { delimiter: "\t", quotes: true }, host).map(String::into_bytes)
        }
    };
    let bytes = bytes.map_err(|fault| match fault.report() {
        Some(report) if report.labels.is_empty() => fault.label(Part::Argument(value), describe(given)),
        _ => fault,
    })?;
    args.at_file(file, disk::replace(path, &bytes))?;
    Ok(Value::Nothing)
}

/// The bytes of a file of variables.
fn encoded(format: Format, variables: &[(String, Value)]) -> Outcome<Vec<u8>> {
    match format {
        Format::Mat => mat::encode(variables),
        Format::Npz => npz::encode(variables),
        Format::Hld | Format::Npy | Format::Csv | Format::Delimited | Format::Image(_) => hld::encode(variables),
    }
}

/// Does the format hold values with names?
fn holds_variables(format: Format) -> bool {
    match format {
        Format::Hld | Format::Mat | Format::Npz => true,
        Format::Npy | Format::Csv | Format::Delimited | Format::Image(_) => false,
    }
}

fn save(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let format = format_of(args, 0, |_| true)?;
    let is_name = |value: &Value| matches!(value, Value::Str(_));
    if args.count() > 1 && !args.positional[1..].iter().all(is_name) {
        if args.count() == 2 {
            return write(args, format, 1, 0, host);
        }
        return Err(args
            .refuse(1, "the names of variables as strings")
            .hint("save(file, (; a, b)) stores several values"));
    }
    if !holds_variables(format) {
        return Err(Fault::argument(format!("{}: this kind of file holds one value", args.name))
            .label(Part::Argument(0), "one value")
            .rule("variables are stored in .hld, .mat and .npz files")
            .hint("save(file, A) stores the value of A"));
    }
    let all = host.variables();
    let (variables, left_out) =
        if args.count() == 1 { storable(format, all) } else { (named(args, &all)?, Vec::new()) };
    let bytes = encoded(format, &variables)?;
    args.at_file(0, disk::replace(args.path(0)?, &bytes))?;
    if !left_out.is_empty() {
        let verb = if left_out.len() == 1 { "is" } else { "are" };
        warning::warn(format!(
            "save leaves out what {} cannot hold: {} {verb} not stored",
            args.path(0)?,
            left_out.join(", ")
        ));
    }
    Ok(Value::Nothing)
}

/// The variables that the format can hold, and the names of the others with what they are.
fn storable(format: Format, all: Vec<(Rc<str>, Value)>) -> (Vec<(String, Value)>, Vec<String>) {
    let (mut variables, mut left_out) = (Vec::new(), Vec::new());
    for (name, value) in all {
        // What the prompt showed last is no variable that somebody has named.
        if &*name == "ans" {
            continue;
        }
        // Every format holds plain numbers and texts, so that only the name is tried; of the rest it depends on what is
        // inside.
        let tried = if is_plain(&value) { Value::Int(0) } else { value.clone() };
        if encoded(format, &[(name.to_string(), tried)]).is_ok() {
            variables.push((name.to_string(), value));
        } else {
            left_out.push(format!("{name} ({})", describe(&value)));
        }
    }
    (variables, left_out)
}

/// A number, a string, a range or an array of numbers.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_) | Value::Str(_) | Value::Range(_) => true,
        Value::Array(array) => !matches!(&*array.elements(), Elements::Any(..)),
        _ => false,
    }
}

/// The variables that the arguments name.
fn named(args: &Arguments<'_>, all: &[(Rc<str>, Value)]) -> Outcome<Vec<(String, Value)>> {
    let mut variables: Vec<(String, Value)> = Vec::new();
    for k in 1..args.count() {
        let name = args.text(k)?;
        let known = all.iter().find(|(known, _)| &**known == name);
        let Some((_, value)) = known else {
            return Err(not_there(args, k, name, all.iter().map(|(known, _)| &**known), "the session has no variable"));
        };
        if !hld::is_data(value) {
            return Err(hld::not_data(value).label(Part::Argument(k), "no data"));
        }
        if !variables.iter().any(|(known, _)| known == name) {
            variables.push((name.to_owned(), value.clone()));
        }
    }
    Ok(variables)
}

#[cold]
fn not_there<'n>(
    args: &Arguments<'_>,
    k: usize,
    name: &str,
    known: impl Iterator<Item = &'n str> + Clone,
    what: &str,
) -> Fault {
    let fault = Fault::argument(format!("{}: {what} {name}", args.name)).label(Part::Argument(k), "not there");
    match suggest::nearest(name, known.clone(), 1).first() {
        Some(near) => fault.hint(format!("did you mean {near:?}?")),
        None => {
            let names: Vec<&str> = known.take(12).collect();
            if names.is_empty() { fault } else { fault.hint(format!("there are {}", names.join(", "))) }
        }
    }
}

fn load(args: &Arguments<'_>, host: &dyn Host) -> Outcome<Value> {
    let format = format_of(args, 0, |_| true)?;
    let names = (1..args.count()).map(|k| args.text(k)).collect::<Outcome<Vec<&str>>>()?;
    if !names.is_empty() && !holds_variables(format) {
        return Err(Fault::argument(format!("{}: this kind of file holds one value without a name", args.name))
            .label(Part::Argument(1), "a name"));
    }
    let variables = match content(args, format)? {
        Content::One(value) => return Ok(value),
        Content::Variables(variables) => variables,
    };
    if names.is_empty() {
        // Nothing is assigned unless everything can be.
        if let Some((name, _)) = variables.iter().find(|(name, _)| !syntax::is_name(name)) {
            return Err(Fault::argument(format!(
                "{} has a value under {name:?}, which no variable can be called",
                args.path(0)?
            ))
            .label(Part::Argument(0), "this file")
            .hint("load(file, names...), readnpz(file) and readmat(file) give values without assigning them"));
        }
        return host.assign(variables).map(|()| Value::Nothing);
    }
    let known = || variables.iter().map(|(name, _)| name.as_str());
    let value = |k: usize| {
        let found = variables.iter().find(|(name, _)| name == names[k]).map(|(_, value)| value.clone());
        found.ok_or_else(|| not_there(args, k + 1, names[k], known(), "the file has no variable"))
    };
    match names.len() {
        1 => value(0),
        count => Ok(Value::tuple((0..count).map(value).collect::<Outcome<_>>()?)),
    }
}
