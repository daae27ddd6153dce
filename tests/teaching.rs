//! `@explain` and `@compare`: what they write at 80 columns, on a narrow screen, and in ASCII.
//!
//! Beside `x.hlang` stand `x.80.txt`, `x.40.txt` and `x.plain.txt`: standard output, then standard error. `HLANG_BLESS=1`
//! writes them.

mod support;

/// What an expected text is called, and how its program is run.
const VARIANTS: [(&str, &str, &[&str]); 3] =
    [("80", "80", &[]), ("40", "40", &[]), ("plain", "80", &["--style", "plain"])];

#[test]
fn explanations_read_as_they_should() {
    let problems = support::files("tests/teaching", "hlang").into_iter().flat_map(|script| {
        VARIANTS.iter().filter_map(move |(name, columns, options)| {
            let mut command = support::hlang();
            command.env("COLUMNS", columns).args(*options).arg(support::name(&script));
            let ran = support::run(&mut command, b"", 60);
            let expected = script.with_extension(format!("{name}.txt"));
            support::compare(&expected, &format!("{}{}", ran.stdout, ran.stderr)).err()
        })
    });
    support::report(problems.collect());
}

/// Every expected text belongs to a script.
#[test]
fn no_expected_text_is_left_over() {
    for file in support::files("tests/teaching", "txt") {
        let name = support::name(&file);
        let script = name.split('.').next().expect("a split text has a first part");
        assert!(support::root().join(script).with_extension("hlang").exists(), "{name} belongs to no script");
    }
}

/// In the plain form there is nothing but ASCII.
#[test]
fn the_plain_form_is_ascii() {
    let code = "A = [1 2; 3 4]; @explain (A .+ [1 2]) * A; @compare A A; @explain A \\ [1, 2]; @explain inv(A)";
    let mut command = support::hlang();
    let ran = support::run(command.args(["--style", "plain", "-e", code]), b"", 60);
    let lines: Vec<&str> = ran.stdout.lines().filter(|line| !line.is_ascii() && !line.contains(['⊙', '⊗'])).collect();
    // The value that follows is Julia's display.
    let lines: Vec<&&str> = lines.iter().filter(|line| !line.contains("Matrix{")).collect();
    assert!(lines.is_empty(), "{lines:?}");
}
