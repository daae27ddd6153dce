//! Sessions as four systems show them: every `tests/transcripts/NAME.STYLE.txt` is what `--echo --style STYLE` makes of
//! `NAME.hlang`, byte for byte. They are written by hand, from the systems' own transcripts, and never blessed.

mod support;

use std::path::Path;

#[test]
fn transcripts_are_reproduced() {
    let transcripts = support::files("tests/transcripts", "txt");
    assert!(transcripts.len() >= 5, "the transcripts are found");
    for file in &transcripts {
        let stem = file.file_stem().expect("a transcript has a name").to_string_lossy().into_owned();
        let (name, style) = stem.split_once('.').expect("a transcript is called NAME.STYLE.txt");
        let script = file.with_file_name(format!("{name}.hlang"));
        assert_eq!(echoed(&script, style), std::fs::read_to_string(file).expect("it was found"), "{stem}");
    }
}

fn echoed(script: &Path, style: &str) -> String {
    let mut command = support::hlang();
    command.arg("--echo");
    if style != "hlang" {
        command.args(["--style", style]);
    }
    let ran = support::run(command.arg(support::name(script)), b"", 60);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{}", support::name(script));
    ran.stdout
}
