//! Random programs: none may panic, abort or go on after Ctrl-C. A short run with a fixed seed; a long one with
//! `HLANG_FUZZ_SECONDS=600 cargo test --release --test fuzz -- --nocapture`, from `HLANG_FUZZ_SEED` if that is set.

mod dice;
mod generate;
mod guard;
mod memory;
mod mutate;
mod shrink;

use dice::Dice;
use generate::Generator;
use mutate::Corpus;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Programs of the short run: a number, not a time, so that it is the same run everywhere.
const SHORT_RUN: u64 = 600;

#[test]
fn no_program_panics() {
    hlang::session::on_large_stack(run);
}

fn run() {
    let number = |name| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let time = number("HLANG_FUZZ_SECONDS").map(Duration::from_secs);
    let first = number("HLANG_FUZZ_SEED").unwrap_or(1);
    let goes_on = |seed: u64, begin: Instant| match time {
        Some(time) => begin.elapsed() < time,
        None => seed - first < SHORT_RUN,
    };
    let last_program = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fuzz_last.hlang");
    println!("seeds from {first}; should the process end: {}", last_program.display());
    let (corpus, generator) = (Corpus::read(Path::new(env!("CARGO_MANIFEST_DIR"))), Generator::new());
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    // Programs write files; they are to find none but their own.
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    std::fs::create_dir_all(&scratch).expect("the directory of the build can be written");
    std::env::set_current_dir(&scratch).expect("it was just made");
    guard::begin(Some(last_program));
    let begin = Instant::now();
    let mut seed = first;
    while goes_on(seed, begin) {
        let mut dice = Dice::new(seed);
        let program =
            if seed.is_multiple_of(2) { vec![corpus.mutant(&mut dice)] } else { generator.program(&mut dice) };
        if let Some(panic) = guard::panics(&program)
            && !found.contains_key(&panic)
        {
            let program = shrink::shrink(&program, &panic).join("\n");
            println!("seed {seed}: {panic}\n{program}\n");
            found.insert(panic, program);
        }
        seed += 1;
    }
    println!("{} programs in {:.0?}", seed - first, begin.elapsed());
    drop(std::panic::take_hook());
    let problems: Vec<String> = found.iter().map(|(panic, program)| format!("{panic}\n{program}\n")).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}
