//! `cargo bench`: how fast hlang is, beside the languages that a user would pick instead. Each language runs the same
//! figures and times itself; those that are not installed are left out, and the table says so. The table goes to
//! `docs/benchmarks.md`.
//!
//! `cargo bench -- WORD...` measures the groups and figures whose names contain a word, and prints the table only.
//! `HLANG_BENCH_SECONDS` is the time that each figure gets in each round (0.3),
//! `HLANG_BENCH_ROUNDS` their number (3).

mod figures;
mod loops;
mod peers;
mod table;

use figures::{Figure, GROUPS, Group};
use peers::{PEERS, Peer};
use std::collections::HashMap;
use std::time::Instant;
use table::{Line, Section};

/// How often each language has its turn, if `HLANG_BENCH_ROUNDS` does not say it.
const ROUNDS: usize = 3;

/// Fastest and median time of a figure, in seconds.
#[derive(Clone, Copy, Debug)]
struct Times {
    best: f64,
    median: f64,
}

fn main() {
    if std::env::args().any(|word| word == "--loops") {
        return loops::main();
    }
    // Cargo passes `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let chosen = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
    let peers: Vec<(&Peer, Option<String>)> = PEERS.iter().map(|peer| (peer, peer.version())).collect();
    for (peer, version) in &peers {
        match version {
            Some(version) => eprintln!("{}: {version}", peer.name),
            None => eprintln!("{} is not installed: left out", peer.name),
        }
    }
    let present: Vec<&Peer> = peers.iter().filter(|(_, version)| version.is_some()).map(|(peer, _)| *peer).collect();
    let mut page = table::head(&peers);
    print!("{page}");
    let mut add = |section: Section| {
        let text = section.text(&peers);
        print!("{text}");
        page.push_str(&text);
    };
    if chosen("Start") {
        add(starts(&present));
    }
    if chosen("Scripts") {
        add(scripts(&present));
    }
    for group in GROUPS {
        let figures: Vec<&Figure> = group.figures.iter().filter(|f| chosen(group.name) || chosen(f.name)).collect();
        if !figures.is_empty() {
            add(measured(group, &figures, &present));
        }
    }
    if words.is_empty() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/benchmarks.md");
        match std::fs::write(path, page) {
            Ok(()) => eprintln!("written to {path}"),
            Err(error) => eprintln!("{path} cannot be written: {error}"),
        }
    }
}

/// How long each language takes to start and evaluate nothing much.
fn starts(peers: &[&Peer]) -> Section {
    const RUNS: usize = 15;
    let mut times = HashMap::new();
    for peer in peers {
        let run = || {
            let begin = Instant::now();
            peer.start().map(|()| begin.elapsed().as_secs_f64())
        };
        let runs: Vec<f64> = (0..RUNS).filter_map(|_| run()).collect();
        if let Some(found) = summary(runs) {
            times.insert(peer.name, found);
        }
    }
    Section { name: "Start", lines: vec![Line { name: "start and evaluate 1".to_owned(), size: None, times }] }
}

/// How the time of reading and running a script grows with its lines and its variables.
fn scripts(peers: &[&Peer]) -> Section {
    const RUNS: usize = 5;
    let assignments = |lines: usize, variables: usize| -> String {
        (0..lines).map(|k| format!("x{} = {k} * 2 + x{}\n", k % variables + 1, k % variables)).collect()
    };
    let kinds = [("assignments to 10 variables", 10), ("assignments to 10 000 variables", 10_000)];
    let mut lines = Vec::new();
    for (name, variables) in kinds {
        for size in [1_000, 10_000, 100_000] {
            let text = format!("x0 = 1\n{}", assignments(size, variables));
            let mut times = HashMap::new();
            for peer in peers.iter().filter(|peer| peer.is_hlang()) {
                let runs = (0..RUNS).filter_map(|_| {
                    let begin = Instant::now();
                    peer.run(&text).map(|_| begin.elapsed().as_secs_f64())
                });
                if let Some(found) = summary(runs.collect()) {
                    times.insert(peer.name, found);
                }
            }
            lines.push(Line { name: name.to_owned(), size: Some((size, "lines")), times });
        }
    }
    Section { name: "Scripts", lines }
}

/// All figures of a group at all sizes; the languages take turns.
fn measured(group: &'static Group, figures: &[&'static Figure], peers: &[&Peer]) -> Section {
    let mut lines = Vec::new();
    let rounds = std::env::var("HLANG_BENCH_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    for size in group.sizes {
        let mut found: HashMap<(&str, &str), Vec<Times>> = HashMap::new();
        for round in 0..rounds {
            for peer in peers {
                eprintln!("{} {size}: {} ({})", group.name, peer.name, round + 1);
                for (figure, times) in peer.measure(group, figures, *size) {
                    found.entry((figure, peer.name)).or_default().push(times);
                }
            }
        }
        for figure in figures {
            let joined = |peer: &&Peer| {
                let rounds = found.get(&(figure.name, peer.name))?;
                let best = rounds.iter().map(|times| times.best).fold(f64::INFINITY, f64::min);
                let medians = summary(rounds.iter().map(|times| times.median).collect())?;
                Some((peer.name, Times { best, median: medians.median }))
            };
            let size = (*size > 0).then_some((*size, group.of));
            lines.push(Line { name: figure.name.to_owned(), size, times: peers.iter().filter_map(joined).collect() });
        }
    }
    Section { name: group.name, lines }
}

fn summary(mut seconds: Vec<f64>) -> Option<Times> {
    seconds.sort_by(f64::total_cmp);
    Some(Times { best: *seconds.first()?, median: *seconds.get(seconds.len() / 2)? })
}
