//! Files in every format: as NumPy, SciPy and Octave have written them, as those read what hlang writes, as they come back,
//! broken ones, and readers that are given mutated bytes.

#[path = "../support/mod.rs"]
mod support;

mod broken;
mod mutated;
mod others;

use hlang::session::{Session, on_large_stack};
use hlang::value::{Value, display};
use std::path::PathBuf;

/// A directory of a test, empty at first, as a program writes it in a string.
fn directory(name: &str) -> String {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("files").join(name);
    std::fs::remove_dir_all(&directory).ok();
    std::fs::create_dir_all(&directory).expect("the directory of the build can be written");
    directory.display().to_string().replace('\\', "/")
}

/// What an expression gives, as `repr` shows it, or the error's message.
fn shown(session: &mut Session, text: &str) -> String {
    match session.eval("test", text) {
        Ok(value) => display::repr(&value.unwrap_or(Value::Nothing)),
        Err(diagnostic) => format!("{:?}: {}", diagnostic.kind, diagnostic.message),
    }
}

/// Every kind of value that is data, by an expression.
const DATA: &[&str] = &[
    "nothing",
    "true",
    "-7",
    "0.1",
    "NaN",
    "-0.0",
    "1 + 2im",
    "1.5 - 2im",
    "im",
    "\"größer\\n\\0\"",
    "[1, 2, 3]",
    "[1.5 -2; Inf 4]",
    "[true false]",
    "[1im 2.5]",
    "[1, 2]'",
    "transpose([1.5, 2])",
    "[1 2; 3 4]'",
    "zeros(0, 3)",
    "Float64[]",
    "Any[1, 2]",
    "Any[1, \"a\", [1, 2], nothing, (1, 2)]",
    "[\"a\", \"b\"]",
    "[[1, 2], [3]]",
    "[1, 2.5im, 3][1:1]",
    "Real[1, 2.5]",
    "1:10",
    "1:2:10",
    "5:4",
    "0:0.1:1",
    "range(0, 1, length = 7)",
    "(1, \"b\", [3])",
    "()",
    "(a = 1, b = (c = \"d\",))",
    "1 => \"one\"",
    "CartesianIndex(2, 3)",
    "2I",
    "Int64",
    "Vector{Matrix{Float64}}",
    "[(1, 2), (3, 4)]",
    "[(a = 1,), (a = 2,)]",
    "[1 => 2]",
    "Union{Int64, String}",
    "Vector{Int64}[]",
    "svd([1 2; 3 4])",
];

/// `save` and `load` give every value back as it was: its type, its elements, how it is shown.
#[test]
fn every_value_comes_back() {
    on_large_stack(|| {
        let file = directory("values") + "/work.hld";
        let (mut session, _) = support::session();
        let mut problems = Vec::new();
        for (k, expression) in DATA.iter().enumerate() {
            let ask = "(typeof(x), string(x), x isa AbstractArray ? (eltype(x), size(x)) : 0)";
            shown(&mut session, &format!("x = {expression};"));
            let before = (shown(&mut session, "x"), shown(&mut session, ask));
            let stored = shown(&mut session, &format!("save({file:?}, \"x\"); x = {k}; load({file:?})"));
            let after = (shown(&mut session, "x"), shown(&mut session, ask));
            if stored != "nothing" || before != after {
                problems.push(format!("{expression}: {stored}\n  before {before:?}\n  after  {after:?}"));
            }
        }
        support::report(problems);
    });
}

/// The elements of ranges are computed from what was stored of them, to the last bit.
#[test]
fn ranges_come_back_to_the_last_bit() {
    on_large_stack(|| {
        let file = directory("ranges") + "/work.hld";
        let (mut session, _) = support::session();
        shown(&mut session, "r = range(0.1, 7.3, length = 1001); s = -3:0.7:90; v = collect(r); w = collect(s);");
        shown(&mut session, &format!("save({file:?}, \"r\", \"s\"); r = s = 0; load({file:?})"));
        assert_eq!(shown(&mut session, "collect(r) == v && collect(s) == w && r isa AbstractRange"), "true");
    });
}

/// The whole session: functions are left out and said, and a second session has the rest.
#[test]
fn a_session_goes_on_in_another() {
    on_large_stack(|| {
        let file = directory("session") + "/work.hld";
        let (mut session, written) = support::session();
        for line in ["A = [1 2; 3 4]", "x₁ = 2.5", "f(x) = x", "t = (A, \"text\")", "g = Any[f]"] {
            shown(&mut session, line);
        }
        let statement = session.parse("test", &format!("save({file:?})")).expect("it is a program");
        session.run(&statement.statements[0]).expect("it can be saved");
        let said = written.borrow().clone();
        assert!(said.contains("f (the function f), g (1-vector) are not stored"), "{said}");
        let (mut other, _) = support::session();
        assert_eq!(
            shown(&mut other, &format!("load({file:?}); (A, x₁, t)")),
            "([1 2; 3 4], 2.5, ([1 2; 3 4], \"text\"))"
        );
        assert!(shown(&mut other, "f(1)").starts_with("UndefVarError"));
        let named = shown(&mut session, &format!("save({file:?}, \"A\", \"f\")"));
        assert_eq!(named, "ArgumentError: the function f cannot be stored");
        assert_eq!(shown(&mut other, &format!("A = 0; load({file:?}, \"x₁\")")), "2.5", "the file is the old one");
    });
}

/// A constant is not changed by a file, and what stands beside it in the file is not either.
#[test]
fn a_file_is_loaded_whole_or_not_at_all() {
    on_large_stack(|| {
        let file = directory("whole") + "/work.hld";
        let (mut session, _) = support::session();
        shown(&mut session, &format!("a = 1; c = 2; save({file:?})"));
        let (mut other, _) = support::session();
        shown(&mut other, "a = 10; const c = 20;");
        assert_eq!(shown(&mut other, &format!("load({file:?})")), "ErrorException: c is a constant");
        assert_eq!(shown(&mut other, "(a, c)"), "(10, 20)");
    });
}

/// Tables come back through CSV and through `writedlm`, whatever their texts hold.
#[test]
fn tables_come_back() {
    on_large_stack(|| {
        let place = directory("tables");
        let (mut session, _) = support::session();
        shown(
            &mut session,
            &format!(
                "cd = {place:?}; t = (n = [1, -2], x = [0.1, 1e300], b = [true, false], s = [\"a,b\", \"say \\\"x\\\"\\ntwo\"]);"
            ),
        );
        let csv = "writecsv(cd * \"/t.csv\", t); u = readcsv(cd * \"/t.csv\"); (u == t, typeof(u) == typeof(t))";
        assert_eq!(shown(&mut session, csv), "(true, true)");
        let matrix = "A = [0.1 2; -3 1e-300]; save(cd * \"/a.csv\", A); load(cd * \"/a.csv\") == A";
        assert_eq!(shown(&mut session, matrix), "true");
        let text = "writedlm(cd * \"/a.txt\", A); readdlm(cd * \"/a.txt\") == A && load(cd * \"/a.txt\") == A";
        assert_eq!(shown(&mut session, text), "true");
        let empty = "writecsv(cd * \"/e.csv\", (s = [\"\", \"a\"],)); readcsv(cd * \"/e.csv\")";
        assert_eq!(shown(&mut session, empty), "(s = [\"\", \"a\"],)");
    });
}

/// A file that a failing block writes stays as it was; one that is left open is written when nobody has it any more.
#[test]
fn open_files_are_written_whole() {
    on_large_stack(|| {
        let file = directory("open") + "/a.txt";
        let (mut session, _) = support::session();
        shown(&mut session, &format!("file = {file:?}; write(file, \"old\")"));
        let failed =
            "try open(file, \"w\") do io; print(io, \"half\"); error(\"no\") end catch end; read(file, String)";
        assert_eq!(shown(&mut session, failed), "\"old\"");
        shown(&mut session, "io = open(file, \"a\"); print(io, \"er\"); io = 0;");
        assert_eq!(shown(&mut session, "read(file, String)"), "\"older\"");
        assert!(shown(&mut session, "io = open(file); print(io, 1)").contains("was opened to be read"));
        assert!(shown(&mut session, "close(io); readline(io)").contains("is closed"));
    });
}

/// Images: levels, colours, the mistakes that are made with them.
#[test]
fn images_come_back_in_levels() {
    on_large_stack(|| {
        let place = directory("images");
        let (mut session, _) = support::session();
        shown(&mut session, &format!("cd = {place:?}; A = [0 51; 102 255];"));
        for ending in ["png", "pgm", "ppm", "PNG"] {
            let asked = format!("imwrite(A, cd * \"/a.{ending}\"); 255 .* imread(cd * \"/a.{ending}\") == A");
            assert_eq!(shown(&mut session, &asked), "true", "{ending}");
        }
        let colour = "imwrite((red = A, green = A', blue = 255 .- A), cd * \"/c.png\"); c = imread(cd * \"/c.png\"); (keys(c), c.green == c.red')";
        assert_eq!(shown(&mut session, colour), "((\"red\", \"green\", \"blue\"), true)");
        assert!(shown(&mut session, "imwrite(cd * \"/a.png\", A)").contains("takes an image as A"));
        assert!(shown(&mut session, "imwrite(A, cd * \"/a.jpg\")").contains("the ending .jpg"));
        assert!(shown(&mut session, "imwrite((A, A'[:, 1], A), cd * \"/a.png\")").starts_with("DimensionMismatch"));
    });
}
