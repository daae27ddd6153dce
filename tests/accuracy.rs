//! Values against references of high precision: `tests/accuracy` has tables of calls, values and the largest allowed
//! relative error in units of 2^-53, each beside the script that wrote it.

mod support;

#[test]
fn values_are_as_exact_as_the_tables_ask() {
    hlang::session::on_large_stack(|| {
        let mut problems = Vec::new();
        for table in support::files("tests/accuracy", "tsv") {
            let text = std::fs::read_to_string(&table).expect("the table was found");
            assert!(!text.is_empty(), "{} has lines", support::name(&table));
            problems.extend(text.lines().filter_map(|line| check(line).err()));
        }
        support::report(problems);
    });
}

fn check(line: &str) -> Result<(), String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [call, wanted, allowed] = fields[..] else { return Err(format!("not three fields: {line}")) };
    let number = |text: &str| text.parse::<f64>().map_err(|e| format!("{line}: {text:?}: {e}"));
    let (mut session, _) = support::session();
    let got =
        hlang::transcript::enter(&mut session, "reference", call).map_err(|e| format!("{call}: {}", e.message))?;
    let got = number(got.as_deref().unwrap_or_default().trim())?;
    let (wanted, allowed) = (number(wanted)?, number(allowed)?);
    let off = ((got - wanted) / wanted).abs() / (f64::EPSILON / 2.0);
    if off <= allowed {
        Ok(())
    } else {
        Err(format!("{call} is {got}, not {wanted}: off by {off:.0}, allowed are {allowed}"))
    }
}
