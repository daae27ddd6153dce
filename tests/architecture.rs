//! The source keeps its shape: imports point one way, every file says what it holds, the map in `lib.rs` is true, and
//! no file grows without a reason.

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The modules from the ground up. A module imports from the lines before its own, and within its own line only from
/// itself: what stands together on a line does not know each other.
const LAYERS: &[&[&str]] = &[
    &["codes", "maths"],
    &["op", "source", "fault", "suggest", "memory", "warning", "state"],
    &["interrupt", "progress"],
    &["error", "value"],
    &["syntax", "kernel", "codec"],
    &["library"],
    &["teach", "sizes"],
    &["law"],
    &["notation"],
    &["resolve"],
    &["eval"],
    &["session"],
    &["report"],
    &["help"],
    &["console"],
    &["transcript"],
    &["learn"],
    &["script", "prompt"],
    &["main"],
];

/// Edges that the layers would allow and that must not be all the same: a module and all that it may import.
const NARROWER: &[(&str, &[&str])] = &[
    ("error", &["codes", "fault", "source"]),
    ("value", &["codes", "fault", "interrupt", "maths", "op", "value"]),
    ("kernel", &["codes", "fault", "interrupt", "maths", "op", "value", "kernel", "warning"]),
    ("codec", &["codes", "fault", "interrupt", "value", "codec"]),
    ("report", &["codes", "error", "source", "report"]),
    ("syntax", &["codes", "error", "fault", "op", "source", "suggest", "syntax"]),
];

/// Lines of code, tests aside, that a file may have,
const LONGEST: usize = 650;
/// unless it stands here with its reason.
const LONG_FILES: &[(&str, &str)] = &[];

#[test]
fn imports_point_one_way() {
    let mut problems = Vec::new();
    for file in sources() {
        let module = module_of(&file);
        let Some(layer) = LAYERS.iter().position(|layer| layer.contains(&module.as_str())) else {
            problems.push(format!("{}: the module {module} is in no layer of this test", support::name(&file)));
            continue;
        };
        let narrower = NARROWER.iter().find(|(name, _)| *name == module).map(|(_, allowed)| *allowed);
        for (line, imported) in imports(&file) {
            if module == "lib" || imported == module {
                continue;
            }
            let below = LAYERS[..layer].iter().any(|layer| layer.contains(&imported.as_str()));
            if !below || narrower.is_some_and(|allowed| !allowed.contains(&imported.as_str())) {
                problems.push(format!("{}:{line}: {module} must not import {imported}", support::name(&file)));
            }
        }
    }
    report(problems);
}

#[test]
fn every_file_says_what_it_holds() {
    let without = |file: &PathBuf| !read(file).starts_with("//! ");
    let mut files = sources();
    files.extend(rust_files(&support::root().join("tests")));
    files.push(support::root().join("grammar/build.rs"));
    report(files.iter().filter(|file| without(file)).map(|file| support::name(file)).collect());
}

/// The doc comment of `lib.rs` has a line ``- `module`: …`` for every module, in the order of the `mod` lines.
#[test]
fn the_code_map_is_true() {
    let text = read(&support::root().join("src/lib.rs"));
    let mapped: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("//! - [`")?.split_once('`')).map(|(name, _)| name).collect();
    let modules: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(mapped, modules, "the map in src/lib.rs and its mod lines");
}

#[test]
fn files_stay_short() {
    let mut problems = Vec::new();
    let mut reasons: BTreeMap<&str, &str> = LONG_FILES.iter().copied().collect();
    for file in sources() {
        let name = support::name(&file);
        let lines = code_lines(&read(&file));
        match (lines > LONGEST, reasons.remove(name.as_str())) {
            (true, None) => problems.push(format!("{name} has {lines} lines of code")),
            (false, Some(_)) => problems.push(format!("{name} is short again: take it off the list")),
            (true, Some(_)) | (false, None) => {}
        }
    }
    problems.extend(reasons.keys().map(|name| format!("{name} is not there")));
    report(problems);
}

/// Nothing below the console writes to the terminal by itself.
#[test]
fn printing_goes_through_the_host() {
    let mut problems = Vec::new();
    for file in sources() {
        if matches!(module_of(&file).as_str(), "main" | "console") {
            continue;
        }
        for (k, line) in code(&read(&file)).enumerate() {
            let code = line.split("//").next().unwrap_or("");
            if ["println!(", "print!(", "eprintln!(", "eprint!("].iter().any(|call| calls(code, call)) {
                problems.push(format!("{}:{} prints", support::name(&file), k + 1));
            }
        }
    }
    report(problems);
}

fn calls(code: &str, call: &str) -> bool {
    code.match_indices(call).any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '"'))
}

fn report(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).expect("a source file is UTF-8")
}

/// The lines before a file's unit tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take_while(|line| !line.trim_start().starts_with("#[cfg(test)]") && !line.contains("#[cfg(all(test"))
}

fn code_lines(text: &str) -> usize {
    code(text).filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).count()
}

/// Line and top module of everything that a file imports with `use crate::` or names with `crate::`.
fn imports(file: &Path) -> Vec<(usize, String)> {
    let text = read(file);
    let mut found = Vec::new();
    let root = if module_of(file) == "main" { "hlang::" } else { "crate::" };
    for (k, line) in code(&text).enumerate() {
        let line = line.split("//").next().unwrap_or("");
        for (at, _) in line.match_indices(root) {
            if line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '$') {
                continue;
            }
            let rest = &line[at + root.len()..];
            let names = match rest.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap_or("").split(',').map(str::trim).collect(),
                None => vec![rest],
            };
            found.extend(names.into_iter().filter_map(first_word).map(|name| (k + 1, name)));
        }
    }
    found
}

fn first_word(text: &str) -> Option<String> {
    let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let module = word.starts_with(|c: char| c.is_lowercase());
    module.then_some(word)
}

/// The module under `src` that a file belongs to.
fn module_of(file: &Path) -> String {
    let path = file.strip_prefix(support::root().join("src")).expect("a source file");
    let first = path.iter().next().expect("a path has parts").to_string_lossy();
    first.trim_end_matches(".rs").to_string()
}

fn sources() -> Vec<PathBuf> {
    let mut files = rust_files(&support::root().join("src"));
    files.retain(|file| module_of(file) != "lib");
    files
}

fn rust_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory).expect("the directory is part of the package") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
