//! The translations of the expressions give in every installed system what they give in hlang.

use crate::peers::{PEERS, Peer, Row};
use crate::{random, support, texts};
use hlang::session::{Session, on_large_stack};
use hlang::value::Value;

/// What an expression gives here: rows and columns, and the elements column by column.
pub fn value(session: &mut Session, line: &str) -> Option<Row> {
    match session.eval("line", line).ok()?? {
        Value::Array(array) => {
            let (rows, cols) = array.shape();
            let items = (0..array.len()).map(|k| number(&array.value(k))).collect::<Option<_>>()?;
            Some(Row { rows, cols, items })
        }
        Value::Range(range) => {
            let items: Vec<f64> = (0..range.len()).map(|k| range.get_float(k)).collect();
            Some(Row { rows: items.len(), cols: 1, items })
        }
        scalar => Some(Row { rows: 1, cols: 1, items: vec![number(&scalar)?] }),
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(value) => Some(f64::from(u8::from(value.get()))),
        Value::Int(value) => Some(*value as f64),
        Value::Float(value) => Some(value.get()),
        _ => None,
    }
}

/// Runs all expressions that a system can have in one program there, and compares.
fn check(peer: &Peer, lines: &[String], least: usize) {
    if !peer.is_there() {
        println!("skipped: {} is not installed", peer.name);
        return;
    }
    let mut session = texts::session();
    let mut asked: Vec<(String, String, Row)> = Vec::new();
    for line in lines {
        // A call with random numbers has no value to compare.
        if line.contains("rand") {
            continue;
        }
        let Ok(text) = texts::translated(&mut session, line, peer.system()) else { continue };
        let Some(here) = value(&mut session, line) else { continue };
        asked.push((line.clone(), text, here));
    }
    assert!(asked.len() >= least, "{}: only {} expressions have a translation", peer.name, asked.len());
    let setup = peer.setup(&mut session);
    let texts: Vec<(&str, &Row)> = asked.iter().map(|(_, text, row)| (text.as_str(), row)).collect();
    let there = peer.run(&setup, &texts);
    let mut problems = Vec::new();
    for (k, (line, text, here)) in asked.iter().enumerate() {
        let problem = match there.get(&k) {
            None => Some("nothing came back".to_string()),
            Some(Err(message)) => Some(message.clone()),
            Some(Ok(row)) if row.is_close(here) => None,
            Some(Ok(row)) => Some(format!("gives {row:?}, here {here:?}")),
        };
        problems.extend(problem.map(|problem| format!("{line}\n  as {text}\n  {problem}")));
    }
    println!("{}: {} of {} agree", peer.name, asked.len() - problems.len(), asked.len());
    support::report(problems);
}

fn by_name(name: &str) -> &'static Peer {
    PEERS.iter().find(|peer| peer.name == name).expect("the peer has this name")
}

macro_rules! agrees {
    ($($test:ident: $name:expr, $least:expr;)*) => {
        $(
            #[test]
            fn $test() {
                on_large_stack(|| check(by_name($name), &texts::expressions(), $least));
            }
        )*
    };
}

agrees! {
    octave_gives_the_same: "Octave", 100;
    julia_gives_the_same: "Julia", 100;
    numpy_gives_the_same: "NumPy", 100;
    pytorch_gives_the_same: "PyTorch", 80;
    sympy_gives_the_same: "SymPy", 60;
    pandas_gives_the_same: "pandas", 50;
    r_gives_the_same: "R", 90;
    fortran_gives_the_same: "Fortran", 60;
    eigen_gives_the_same: "Eigen", 60;
    armadillo_gives_the_same: "Armadillo", 60;
}

/// Random expressions over known matrices give the same values there.
#[test]
fn random_expressions_give_the_same() {
    on_large_stack(|| {
        let lines = random::expressions(400, 7);
        for name in ["Octave", "NumPy", "Julia", "R"] {
            check(by_name(name), &lines, 200);
        }
    });
}
