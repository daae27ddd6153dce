//! Runs every script of `tests/scripts` and `examples`, and compares what it writes.
//!
//! Beside `x.hlang` stand `x.out` (standard output) and `x.err` (standard error, for a script that fails on purpose);
//! those of the examples are in `tests/scripts/examples`. `HLANG_BLESS=1` writes them, but for the outputs in
//! `tests/scripts/julia`: Julia has written those.

mod support;

use std::path::{Path, PathBuf};

#[test]
fn scripts_write_what_they_should() {
    let problems = support::files("tests/scripts", "hlang").into_iter().flat_map(|script| {
        let expected = script.with_extension("");
        check(&script, &expected)
    });
    support::report(problems.collect());
}

#[test]
fn examples_write_what_they_should() {
    let directory = support::root().join("tests/scripts/examples");
    let examples = support::files("examples", "hlang");
    assert!(examples.len() > 10, "the examples are found");
    let problems = examples.iter().flat_map(|script| {
        let expected: PathBuf = directory.join(script.file_stem().expect("a script has a name"));
        check(script, &expected)
    });
    support::report(problems.collect());
}

/// What stands in both languages means the same in both.
#[test]
fn scripts_write_what_julia_writes() {
    let scripts = support::files("tests/scripts/julia", "hlang");
    assert!(scripts.len() >= 10, "the scripts are found");
    let problems = scripts.iter().filter_map(|script| {
        let ran = support::run(support::hlang().arg(support::name(script)), b"", 60);
        let julia = std::fs::read_to_string(script.with_extension("out")).expect("Julia's output stands beside it");
        let differs = ran.stdout.lines().zip(julia.lines()).position(|(ours, theirs)| ours != theirs);
        let line = differs.unwrap_or(ran.stdout.lines().count().min(julia.lines().count())) + 1;
        let same = ran.stdout == julia && ran.stderr.is_empty();
        (!same).then(|| format!("{}: line {line} of the output is not Julia's\n{}", support::name(script), ran.stderr))
    });
    support::report(problems.collect());
}

/// Every expected output belongs to a script.
#[test]
fn no_expected_output_is_left_over() {
    for (outputs, scripts) in [
        ("tests/scripts", "tests/scripts"),
        ("tests/scripts/examples", "examples"),
        ("tests/scripts/julia", "tests/scripts/julia"),
    ] {
        for extension in ["out", "err"] {
            for file in support::files(outputs, extension) {
                let stem = file.file_stem().expect("an output has a name");
                let script = support::root().join(scripts).join(stem).with_extension("hlang");
                assert!(script.exists(), "{} belongs to no script", support::name(&file));
            }
        }
    }
}

/// A script fails exactly if an `.err` file says so.
fn check(script: &Path, expected: &Path) -> Vec<String> {
    let ran = support::run(support::hlang().arg(support::name(script)), b"", 60);
    let mut problems = Vec::new();
    problems.extend(support::compare(&expected.with_extension("out"), &ran.stdout).err());
    problems.extend(support::compare(&expected.with_extension("err"), &ran.stderr).err());
    let status = if ran.stderr.is_empty() { 0 } else { 1 };
    if ran.status != Some(status) {
        problems.push(format!("{}: exit status {:?}, expected {status}", support::name(script), ran.status));
    }
    problems
}
