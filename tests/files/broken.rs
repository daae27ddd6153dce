//! Broken files: the error says which file, where and what, and nothing is changed.

use super::{directory, shown};
use crate::support;
use hlang::session::on_large_stack;

/// A file's name, its bytes, how it is read (`load` if empty), and the end of the message after the file's path.
const BROKEN: &[(&str, &[u8], &str, &str)] = &[
    ("a.csv", b"x,y\n1,2\n3\n", "", ":3:1: this row has 1 cell, not 2"),
    ("a.csv", b"x,y\n1,2\n3,4,5\n", "", ":3:5: this row has 3 cells, not 2"),
    ("a.csv", b"x,y\n1,\"2\n", "", ":2:3: the quote that opens here is never closed"),
    ("a.csv", b"x,y\n\"1\"2,3\n", "", ":2:4: a quote closes before this, and the cell goes on"),
    ("a.csv", b"", "", " holds no table"),
    ("a.csv", b"x\ny\xff\n", "", ":2: byte 3 of the file is 0xff, which is no text"),
    ("a.txt", b"1 2\n3 z\n", "readdlm(file, Float64)", ":2:3: cell 2 of the row, \"z\", is no number"),
    ("a.txt", b"1 2\n3 4.5\n", "readdlm(file, Int)", ":2:3: cell 2 of the row, \"4.5\", is no integer"),
    ("a.txt", b"1 2\n3\n", "readdlm(file, Float64)", ":2:1: this row has 1 cell, not 2"),
    ("a.txt", b"\n\n", "", " holds no row of a table"),
    ("a.txt", b"1,2\n3\n", "readmatrix(file)", ":2:1: this row has 1 cell, not 2"),
    ("a.npy", b"", "", ": byte 0: the beginning of an .npy file takes 6 bytes, and 0 bytes are left"),
    ("a.npy", b"PK\x03\x04ab", "", ": byte 0: this is no .npy file: it does not begin with \\x93NUMPY"),
    ("a.npy", b"\x93NUMPY\x01\x00\xff\xff{}", "", ": byte 10: the header takes 65535 bytes, and 2 bytes are left"),
    ("a.npy", b"\x93NUMPY\x09\x00\x02\x00{}", "", ": byte 8: version 9.0 of the format is not known"),
    ("a.npy", b"\x93NUMPY\x01\x00\x02\x00{}", "", ": byte 10: the header \"{}\" has no descr"),
    (
        "a.npy",
        b"\x93NUMPY\x01\x00\x3d\x00{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}      12345678",
        "",
        ": byte 71: the array takes 16 bytes, and 8 bytes are left",
    ),
    (
        "a.npy",
        b"\x93NUMPY\x01\x00\x53\x00{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999999, 9999999999999)}  ",
        "",
        "this would need",
    ),
    ("a.npz", b"no archive", "", ": this is no .npz file"),
    ("a.mat", b"text", "", ": byte 0: this is no .mat file of MATLAB 5 or later"),
    ("a.hld", b"text", "", ": this is no .hld file, or a damaged one"),
    ("a.png", b"text", "", ": this is no PNG image, or a damaged one"),
    ("a.pgm", b"P5 2 2 255\nabc", "", ": byte 11: the image takes 4 bytes, and 3 bytes are left"),
    ("a.pgm", b"P2 2 2 255\n1 2 x 4", "", ": byte 15: a level is no number"),
    ("a.pgm", b"P5 99999999 99999999 255\nabc", "", "takes 9999999800000001 bytes, and 3 bytes are left"),
];

#[test]
fn broken_files_are_errors_with_a_place() {
    on_large_stack(|| {
        let place = directory("broken");
        let (mut session, _) = support::session();
        shown(&mut session, "A = 1;");
        let mut problems = Vec::new();
        for (name, bytes, read, wanted) in BROKEN {
            let file = format!("{place}/{name}");
            std::fs::write(&file, bytes).expect("the directory was just made");
            let read = if read.is_empty() { "load(file)" } else { read };
            let got = shown(&mut session, &format!("file = {file:?}; {read}"));
            let says_where = got.contains(&format!("{file}{wanted}")) || got.contains(wanted);
            if !got.contains("Error: ") || !says_where {
                problems
                    .push(format!("{name}, {:?}\n  wanted {wanted}\n  got    {got}", String::from_utf8_lossy(bytes)));
            }
        }
        assert_eq!(shown(&mut session, "A"), "1");
        support::report(problems);
    });
}

/// A file of variables that was cut off anywhere, or in which a byte has changed, gives none of them.
#[test]
fn damaged_variables_are_not_loaded() {
    on_large_stack(|| {
        let place = directory("damaged");
        let (mut session, _) = support::session();
        let file = format!("{place}/work.hld");
        shown(&mut session, &format!("file = {file:?}; A = [1 2; 3 4]; B = \"text\"; save(file);"));
        let whole = std::fs::read(&file).expect("it was just written");
        shown(&mut session, "A = B = 0;");
        for cut in 0..whole.len() {
            std::fs::write(&file, &whole[..cut]).expect("it can be written");
            assert!(shown(&mut session, "load(file)").starts_with("ArgumentError"), "cut at {cut}");
        }
        // The header of gzip has bytes that say nothing of the data: a time, the system.
        let mut unused = 0;
        for k in 10..whole.len() {
            let mut changed = whole.clone();
            changed[k] ^= 0x40;
            std::fs::write(&file, &changed).expect("it can be written");
            // Few bits of packed data, such as those that fill up its last byte, say nothing either.
            if !shown(&mut session, "load(file)").starts_with("ArgumentError") {
                assert_eq!(shown(&mut session, "(A, B)"), "([1 2; 3 4], \"text\")", "byte {k}");
                shown(&mut session, "A = B = 0;");
                unused += 1;
            }
        }
        assert_eq!(shown(&mut session, "(A, B)"), "(0, 0)");
        assert!(unused <= 2, "{unused} bytes do not matter");
    });
}

/// What cannot be read or written as a whole is said with the rule of the system, and files that cannot be stored are left.
#[test]
fn what_the_system_refuses_is_said() {
    on_large_stack(|| {
        let place = directory("refused");
        let (mut session, _) = support::session();
        shown(&mut session, &format!("cd = {place:?}; write(cd * \"/data.csv\", \"x\\n1\")"));
        let table = [
            ("readcsv(cd * \"/dada.csv\")", "there is no such file"),
            ("readdlm(cd)", "it is a directory"),
            ("write(cd * \"/no/a.txt\", \"x\")", "there is no such directory"),
            ("open(cd * \"/no/a.txt\", \"w\")", "there is no such directory"),
            ("write(cd, \"x\")", "it is a directory"),
            ("readdir(cd * \"/no\")", "there is no such file or directory"),
            ("read(cd * \"/data.csv\")", "String is missing"),
            ("read(cd * \"/data.csv\", Int)", "takes the type String"),
            ("load(cd * \"/data.cvs\")", "the ending .cvs"),
            ("save(cd * \"/a.npy\")", "holds one value"),
            ("save(cd * \"/a.hld\", \"data\")", "the session has no variable data"),
            ("save(cd * \"/a.npz\", (a = nothing,))", "cannot hold nothing"),
            ("load(\"\")", "the path is empty"),
            ("readcsv(1)", "takes the path of a file or a stream"),
        ];
        let problems = table.iter().filter_map(|(asked, wanted)| {
            let got = shown(&mut session, asked);
            (!got.contains(wanted)).then(|| format!("{asked}\n  wanted {wanted}\n  got    {got}"))
        });
        support::report(problems.collect());
        assert_eq!(shown(&mut session, "readdir(cd)"), "[\"data.csv\"]", "nothing was left behind");
    });
}
