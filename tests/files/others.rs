//! Files of NumPy, SciPy and Octave, and hlang's files as those read them.

use super::{directory, shown};
use crate::support;
use hlang::session::on_large_stack;
use std::process::Command;

/// What `make.py` has stored, and what it is here; an error by a part of its message.
const STORED: &[(&str, &str)] = &[
    ("readnpy(\"rows.npy\")", "[1.5 2.0 3.0; 4.0 5.0 6.0]"),
    ("readnpy(\"columns.npy\")", "[1.5 2.0 3.0; 4.0 5.0 6.0]"),
    ("readnpy(\"big_endian.npy\")", "[1.5 2.0 3.0; 4.0 5.0 6.0]"),
    ("readnpy(\"vector.npy\")", "[0, 1, 2, 3]"),
    ("readnpy(\"int32.npy\")", "[-1 2; 3 -4]"),
    ("readnpy(\"bytes.npy\")", "[0, 255]"),
    ("readnpy(\"bool.npy\")", "Bool[1 0; 0 1]"),
    ("readnpy(\"complex.npy\")", "ComplexF64[1.0 + 2.0im, -0.0 - 0.5im]"),
    ("readnpy(\"float32.npy\")", "[0.5, -2.25]"),
    ("readnpy(\"half.npy\")", "[1.0, -0.5]"),
    ("readnpy(\"strings.npy\")", "[\"a\" \"läng\"; \"\" \"z\"]"),
    ("readnpy(\"ascii.npy\")", "[\"ab\", \"c\"]"),
    ("readnpy(\"number.npy\")", "2.5"),
    ("size(readnpy(\"empty.npy\"))", "(0, 3)"),
    ("readnpy(\"cube.npy\")", "the array has 3 dimensions, 2×3×4"),
    ("readnpy(\"too_large.npy\")", "18446744073709551615 does not fit"),
    ("readnpy(\"objects.npy\")", "has elements of the type \"|O\""),
    ("readnpy(\"records.npy\")", "describes records"),
    ("readnpz(\"stored.npz\")", "(A = [1.5 2.0 3.0; 4.0 5.0 6.0], v = [0, 1, 2])"),
    ("readnpz(\"compressed.npz\").s", "\"text\""),
    ("load(\"compressed.npz\", \"v\", \"A\")[1]", "[0, 1, 2]"),
    ("readmat(\"scipy.mat\").A", "[1.5 2.0 3.0; 4.0 5.0 6.0]"),
    ("readmat(\"scipy.mat\").v", "[0.0, 1.0, 2.0]"),
    ("readmat(\"scipy_compressed.mat\").i", "[1 -2]"),
    ("readmat(\"scipy_compressed.mat\").b", "Bool[1 0]"),
    ("readmat(\"scipy.mat\").z", "ComplexF64[1.0 + 2.0im 0.5 + 0.0im]"),
    ("readmat(\"scipy.mat\").s", "\"größer\""),
    ("readmat(\"scipy.mat\").c", "Any[\"one\", [1.0 0.0; 0.0 1.0]]"),
    ("readmat(\"scipy.mat\").t", "(x = 1.0, name = \"y\")"),
    ("readmat(\"scipy.mat\").sp", "[0.0 1.0; 2.0 0.0]"),
    ("size(readmat(\"scipy.mat\").e)", "(0, 0)"),
    ("readmat(\"cube.mat\")", "cube has 3 dimensions, 2×2×2"),
];

/// The same of Octave, of version 6 and 7 of the format.
const OCTAVE: &[(&str, &str)] = &[
    ("A", "[1.5 2.0 3.0; 4.0 5.0 6.0]"),
    ("v", "[0.0, 1.0, 2.0]"),
    ("n", "7.0"),
    ("i", "[1 -2]"),
    ("b", "Bool[1 0]"),
    ("z", "ComplexF64[1.0 + 2.0im 0.5 + 0.0im]"),
    ("s", "\"text\""),
    ("m", "[\"one\", \"tw\"]"),
    ("c", "Any[\"one\", [1.0 0.0; 0.0 1.0]]"),
    ("w", "[\"a\", \"b\"]"),
    ("t", "(x = 1.0, name = \"y\")"),
    ("sp", "[0.0 1.0; 2.0 0.0]"),
    ("f", "0.5"),
    ("r", "[1.0 2.0 3.0]"),
    ("u", "200"),
    ("empty", "\"\""),
];

#[test]
fn files_of_others_are_read() {
    on_large_stack(|| {
        let data = support::root().join("tests/files/data").display().to_string();
        let (mut session, _) = support::session();
        let octave = [("octave6.mat", OCTAVE), ("octave7.mat", OCTAVE)];
        let of_octave = octave.iter().flat_map(|(file, names)| {
            names.iter().map(move |(name, wanted)| (format!("readmat(\"{file}\").{name}"), *wanted))
        });
        let stored = STORED.iter().map(|(asked, wanted)| ((*asked).to_owned(), *wanted));
        let problems = stored.chain(of_octave).filter_map(|(asked, wanted)| {
            let absolute = asked.replacen("(\"", &format!("(\"{data}/"), 1);
            let got = shown(&mut session, &absolute);
            let fits = got == wanted || (got.contains("Error: ") && got.contains(wanted));
            (!fits).then(|| format!("{asked}\n  wanted {wanted}\n  got    {got}"))
        });
        support::report(problems.collect());
    });
}

/// What hlang stores in files for the others.
const WRITE: &str = r#"
A = [1.5 2 3; 4 5 6]; v = [1, -2, 3]; n = 7; x = 0.5; b = [true false]; z = [1 + 2im 0.5]; s = "größer"
w = ["a", "läng"]; t = (x = 1.0, name = "y"); c = (1, "two", [3 4]); r = 1:3; e = zeros(0, 3)
for (name, value) in zip(["A", "v", "n", "x", "b", "z", "s", "w", "r", "e"], Any[A, v, n, x, b, z, s, w, r, e])
    writenpy(joinpath(place, name * ".npy"), value)
end
writenpz(joinpath(place, "all.npz"), (; A, v, s, z))
save(joinpath(place, "all.mat"), "A", "v", "n", "x", "b", "z", "s", "w", "t", "c", "r", "e")
imwrite([0 51; 102 255], joinpath(place, "image.pgm"))
writecsv(joinpath(place, "table.csv"), (k = [1, 2], text = ["a,b", "say \"x\""]))
"#;

const NUMPY: &str = r#"
import csv, numpy as np, scipy.io, sys
place = sys.argv[1] + "/"
A = np.array([[1.5, 2, 3], [4, 5, 6]])
npy = lambda name: np.load(place + name + ".npy")
def same(name, got, wanted):
    wanted = np.array(wanted)
    assert got.shape == wanted.shape and (got == wanted).all(), (name, got, wanted)
same("A", npy("A"), A); same("v", npy("v"), [1, -2, 3]); same("n", npy("n"), 7); same("x", npy("x"), 0.5)
same("b", npy("b"), [[True, False]]); same("z", npy("z"), [[1 + 2j, 0.5]]); same("s", npy("s"), "größer")
same("w", npy("w"), ["a", "läng"]); same("r", npy("r"), [1, 2, 3]); same("e", npy("e"), np.zeros((0, 3)))
assert npy("v").dtype == np.int64 and npy("b").dtype == bool and npy("A").flags.f_contiguous
z = np.load(place + "all.npz")
same("npz A", z["A"], A); same("npz v", z["v"], [1, -2, 3]); same("npz s", z["s"], "größer"); assert len(z.files) == 4
m = scipy.io.loadmat(place + "all.mat")
same("mat A", m["A"], A); same("mat v", m["v"], [[1], [-2], [3]]); same("mat n", m["n"], [[7]])
same("mat b", m["b"], [[True, False]]); same("mat z", m["z"], [[1 + 2j, 0.5]]); same("mat s", m["s"], ["größer"])
assert m["t"]["x"][0, 0][0, 0] == 1 and m["t"]["name"][0, 0][0] == "y" and m["w"][1, 0][0] == "läng"
assert m["c"].shape == (1, 3) and m["c"][0, 1][0] == "two" and m["e"].shape == (0, 3)
rows = list(csv.reader(open(place + "table.csv", newline="")))
assert rows == [["k", "text"], ["1", "a,b"], ["2", 'say "x"']], rows
print("fine")
"#;

const OCTAVE_READS: &str = r#"
load([place "/all.mat"]);
assert(A, [1.5 2 3; 4 5 6]); assert(v, int64([1; -2; 3])); assert(n, int64(7)); assert(x, 0.5);
assert(b, [true false]); assert(z, [1+2i 0.5]); assert(w{1}, "a"); assert(size(w), [2 1]);
assert(t.x, 1); assert(t.name, "y"); assert(c{3}, int64([3 4])); assert(size(e), [0 3]);
I = imread([place "/image.pgm"]); assert(I, uint8([0 51; 102 255]));
disp("fine")
"#;

/// Skipped, and said, where the other program is not installed.
#[test]
fn others_read_what_is_written() {
    let place = directory("for_others");
    let program = format!("place = {place:?}\n{WRITE}");
    let script = format!("{place}/write.hlang");
    std::fs::write(&script, program).expect("the directory was just made");
    let ran = support::run(support::hlang().arg(&script), b"", 60);
    assert!(ran.status == Some(0) && ran.stderr.is_empty(), "{}", ran.stderr);
    let (python, octave) = (["python3", "-c"], ["octave-cli", "--quiet", "--eval"]);
    read_by("NumPy and SciPy", &python, "import numpy, scipy.io", &[NUMPY, &place]);
    read_by("Octave", &octave, "1;", &[&format!("place = \"{place}\"; {OCTAVE_READS}")]);
}

/// Runs a program of another language, if it can run a short one.
fn read_by(name: &str, begin: &[&str], short: &str, program: &[&str]) {
    let run = |rest: &[&str]| Command::new(begin[0]).args(&begin[1..]).args(rest).output();
    if !run(&[short]).is_ok_and(|output| output.status.success()) {
        eprintln!("{name} is not installed: whether it reads hlang's files is not tested");
        return;
    }
    let output = run(program).expect("it is installed");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("fine"), "{name}: {said}{}", String::from_utf8_lossy(&output.stderr));
}
