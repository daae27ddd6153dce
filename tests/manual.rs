//! The README and the pages of `docs` are run: a ```` ```hlang ```` block must run without an error, and a block of
//! `hlang> ` lines must look as the prompt makes it look, errors included. `HLANG_BLESS=1` writes what it looks like.

mod support;

use hlang::{report, transcript};
use std::path::{Path, PathBuf};

/// A fenced block: where it begins, its language and its text.
struct Block {
    place: String,
    language: String,
    text: String,
}

#[test]
fn the_manual_is_true() {
    support::enter_scratch_directory("manual");
    hlang::session::on_large_stack(|| {
        let mut pages = vec![support::root().join("README.md")];
        pages.extend(support::files("docs", "md"));
        let problems = pages.iter().flat_map(|page| {
            let problems = blocks(page).into_iter().map(|block| check(page, &block)).collect::<Vec<_>>();
            problems.into_iter().filter_map(Result::err)
        });
        support::report(problems.collect());
    });
}

/// The files that commands of the manual name are there.
#[test]
fn named_files_exist() {
    for block in blocks(&support::root().join("README.md")) {
        let names = block.text.split_whitespace().filter(|word| word.starts_with("examples/"));
        for name in names {
            assert!(support::root().join(name).exists(), "{}: {name} is missing", block.place);
        }
    }
}

fn blocks(page: &PathBuf) -> Vec<Block> {
    let text = std::fs::read_to_string(page).expect("the page was found");
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (k, line) in text.lines().enumerate() {
        match (open, line.strip_prefix("```")) {
            (false, Some(language)) => {
                let place = format!("{}:{}", support::name(page), k + 1);
                blocks.push(Block { place, language: language.trim().to_string(), text: String::new() });
                open = true;
            }
            (true, Some(_)) => open = false,
            (true, None) => {
                if let Some(block) = blocks.last_mut() {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
            }
            (false, None) => {}
        }
    }
    blocks
}

fn check(page: &Path, block: &Block) -> Result<(), String> {
    if block.language == "screen" {
        // A picture of the terminal: the prompt's tests compare it with theirs.
        return Ok(());
    }
    if block.text.starts_with(transcript::PROMPT) {
        return session(page, block);
    }
    if block.language != "hlang" {
        return Ok(());
    }
    let (mut session, _) = support::session();
    session.eval(&block.place, &block.text).map(drop).map_err(|diagnostic| {
        format!("{}\n{}", block.place, report::render(&diagnostic, &session.sources(), false, 80))
    })
}

/// Enters what the block enters, and compares the whole.
fn session(page: &Path, block: &Block) -> Result<(), String> {
    let under = " ".repeat(transcript::PROMPT.len());
    let mut inputs: Vec<String> = Vec::new();
    let mut typing = false;
    for line in block.text.lines() {
        if let Some(first) = line.strip_prefix(transcript::PROMPT) {
            inputs.push(first.to_string());
            typing = true;
        } else if let (true, Some(further), Some(input)) = (typing, line.strip_prefix(&under), inputs.last_mut()) {
            input.push('\n');
            input.push_str(further);
        } else {
            typing = false;
        }
    }
    let got = support::typed(&inputs);
    if got == block.text.trim_end() {
        return Ok(());
    }
    if std::env::var_os("HLANG_BLESS").is_none() {
        return Err(format!("{} should be\n{got}\n", block.place));
    }
    let text = std::fs::read_to_string(page).expect("the page was found");
    std::fs::write(page, text.replacen(&block.text, &format!("{got}\n"), 1)).expect("the page can be written");
    Ok(())
}
