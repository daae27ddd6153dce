//! Texts, guided by the code that they reach: none may panic, abort or go on after Ctrl-C. libFuzzer keeps what reaches
//! something new; what it changes is changed by its own mutations or by those over the texts of the repository.
#![no_main]

#[path = "../dice.rs"]
mod dice;
#[path = "../guard.rs"]
mod guard;
#[path = "../mutate.rs"]
mod mutate;

use dice::Dice;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use mutate::Corpus;
use std::path::Path;
use std::sync::{LazyLock, Once};

/// Where this package lies in the repository.
const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| Corpus::read(Path::new(REPOSITORY)));

fuzz_target!(|program: &str| {
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| guard::begin(None));
    let statements = vec![program.to_string()];
    if let Some(panic) = hlang::session::on_large_stack(move || guard::panics(&statements)) {
        eprintln!("{panic}\n{program}");
        // libFuzzer takes the end of the process for its sign, and keeps the text.
        std::process::abort();
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut dice = Dice::new(seed.into());
    let text = std::str::from_utf8(&data[..size]);
    let mutant = match text {
        Ok(text) if !dice.once_in(4) => CORPUS.mutated(text, &mut dice),
        Ok(_) if !dice.once_in(4) => return fuzzer_mutate(data, size, max_size),
        _ => CORPUS.mutant(&mut dice),
    };
    let length = mutant.floor_char_boundary(mutant.len().min(max_size));
    data[..length].copy_from_slice(&mutant.as_bytes()[..length]);
    length
});
