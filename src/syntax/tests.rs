//! tests
#[test]
fn trial() {
    let Ok(path) = std::env::var("TRIAL") else { return };
    let text = std::fs::read_to_string(path).expect("file");
    let mut out = String::new();
    for line in text.lines() {
        let code = line.replace('⏎', "\n");
        let shown = match super::parse(&code, 0) {
            Ok(p) => super::sexpr::program(&p),
            Err(e) => format!("ERROR {}{} @{}..{} {:?} {:?} {:?}", if e.incomplete {"incomplete "} else {""}, e.message, e.span.start, e.span.end, e.labels.iter().map(|l|&l.text).collect::<Vec<_>>(), e.rule, e.hints),
        };
        out += &format!("{shown}\n");
    }
    std::fs::write(std::env::var("TRIAL_OUT").expect("out"), out).expect("w");
}
