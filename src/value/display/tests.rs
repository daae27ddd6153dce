//! Exact texts of Julia's prompt, `print` and `repr`.

use super::literal::literal;
use super::*;

#[test]
fn adhoc_repr() {
    for line in std::fs::read_to_string("/tmp/w/exp.txt").unwrap().lines() {
        if line.starts_with("ERROR") || line == "π" || line.starts_with("Complex(") {
            continue;
        }
        if line.contains('.') && line.contains(':') && !line.contains('"') {
            continue;
        }
        let got = std::panic::catch_unwind(|| repr(&literal(line)));
        match got {
            Ok(g) if g == line => {}
            Ok(g) => println!("DIFF {line}\n     {g}"),
            Err(_) => println!("FAIL {line}"),
        }
    }
}
#[test]
fn adhoc_display() {
    let text = std::fs::read_to_string("/tmp/w/display_cases.txt").unwrap();
    let (mut good, mut bad) = (0, 0);
    for case in text.split('\x1e').filter(|c| !c.is_empty()) {
        let parts: Vec<&str> = case.split('\x1f').collect();
        let screen = Screen { rows: parts[0].parse().unwrap(), cols: parts[1].parse().unwrap(), style: Style::Julia };
        match std::panic::catch_unwind(|| display_text(&literal(parts[2]), screen)) {
            Ok(g) if g == parts[3] => good += 1,
            Ok(g) => {
                bad += 1;
                println!("DIFF {}x{} {}\n--- want\n{}\n--- got\n{}\n", parts[0], parts[1], &parts[2], parts[3], g)
            }
            Err(_) => {
                bad += 1;
                println!("FAIL {}", parts[2])
            }
        }
    }
    println!("good {good} bad {bad}");
}
