//! Whole scripts: their texts for the systems that have them, and what they print there, compared with hlang's output.

use crate::peers::PEERS;
use crate::support;
use hlang::notation;

/// The peers that scripts are run in.
const SYSTEMS: &[(&str, &str)] = &[("Octave", "matlab"), ("Julia", "julia"), ("NumPy", "numpy")];

fn translated(script: &str, word: &str) -> support::Ran {
    support::run(support::hlang().args(["translate", script, "--to", word]), b"", 60)
}

#[test]
fn scripts_are_written() {
    let mut problems = Vec::new();
    for script in support::files("tests/notation/scripts", "hlang") {
        for (_, word) in SYSTEMS {
            let ran = translated(&support::name(&script), word);
            let all = format!("{}{}", ran.stdout, ran.stderr);
            problems.extend(support::compare(&script.with_extension(format!("{word}.txt")), &all).err());
        }
    }
    support::report(problems);
}

#[test]
fn scripts_print_the_same() {
    let mut problems = Vec::new();
    for script in support::files("tests/notation/scripts", "hlang") {
        let name = support::name(&script);
        let here = support::run(support::hlang().arg(&name), b"", 60).stdout;
        for (peer, word) in SYSTEMS {
            let peer = PEERS.iter().find(|known| known.name == *peer).expect("the peer has this name");
            if !peer.is_there() {
                println!("skipped: {} is not installed", peer.name);
                continue;
            }
            let written = translated(&name, word);
            // What has no counterpart is said, and such a script is not run.
            if written.status != Some(0) {
                continue;
            }
            let ran = peer.run_script(&written.stdout);
            if !alike(&here, &ran.stdout) {
                problems.push(format!("{name} for {word} prints\n{}{}\nand here\n{here}", ran.stdout, ran.stderr));
            }
        }
    }
    support::report(problems);
}

/// The same words, and numbers that are equal up to rounding.
fn alike(a: &str, b: &str) -> bool {
    let same = |(a, b): (&str, &str)| match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() <= 1e-9 * (1.0 + a.abs()),
        _ => a == b,
    };
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    a.len() == b.len() && a.into_iter().zip(b).all(same)
}

#[test]
fn a_system_without_scripts_says_so() {
    assert!(notation::named("apl").is_some_and(|apl| {
        let program = hlang::syntax::parse("x = 1", 0).expect("it parses");
        notation::translate_script(&program, "x = 1", apl).is_none()
    }));
    let ran = translated("tests/notation/scripts/course.hlang", "apl");
    assert_eq!(ran.status, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("--to takes one of matlab, octave, julia, numpy"), "{ran:?}");
}
