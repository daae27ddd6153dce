//! The table as a page of the documentation.

use crate::Times;
use crate::peers::Peer;
use std::collections::HashMap;
use std::fmt::Write;

/// A group of figures.
pub struct Section {
    pub name: &'static str,
    pub lines: Vec<Line>,
}

/// A figure at a size, with the times of those that have it.
pub struct Line {
    pub name: String,
    /// How many of what.
    pub size: Option<(usize, &'static str)>,
    pub times: HashMap<&'static str, Times>,
}

/// How the page begins: what is shown, the machine, the versions.
pub fn head(peers: &[(&Peer, Option<String>)]) -> String {
    let mut text = String::from(
        "# Benchmarks\n\nHow long things take in hlang and in what one would use instead. `cargo bench` measures them and writes this \
         page.\n\nTimes are medians, of all rounds in which the languages took turns; data are random numbers in `Float64`. In \
         parentheses is hlang's fastest time over the other's: below 1, hlang is faster.\n\n",
    );
    let _ = writeln!(text, "- machine: {}", machine());
    for (peer, version) in peers {
        let _ = match version {
            Some(version) => writeln!(text, "- {}: {version}", peer.name),
            None => writeln!(text, "- {}: not installed, left out", peer.name),
        };
    }
    text
}

impl Section {
    /// The section with its table.
    pub fn text(&self, peers: &[(&Peer, Option<String>)]) -> String {
        let shown: Vec<&str> = peers.iter().map(|(peer, _)| peer.name).filter(|name| self.has(name)).collect();
        let mut text = format!("\n## {}\n\n", self.name);
        let sized = self.lines.iter().find_map(|line| line.size).map(|(_, of)| of);
        let mut header = vec!["".to_owned()];
        header.extend(sized.map(str::to_owned));
        header.extend(shown.iter().map(|name| (*name).to_owned()));
        row(&mut text, &header);
        let rules: Vec<String> = (0..header.len()).map(|k| if k == 0 { "---" } else { "---:" }.to_owned()).collect();
        row(&mut text, &rules);
        for line in &self.lines {
            let mut cells = vec![format!("`{}`", line.name)];
            if sized.is_some() {
                cells.push(line.size.map(|(size, _)| grouped(size)).unwrap_or_default());
            }
            cells.extend(shown.iter().map(|name| line.cell(name)));
            row(&mut text, &cells);
        }
        text
    }

    fn has(&self, peer: &str) -> bool {
        self.lines.iter().any(|line| line.times.contains_key(peer))
    }
}

impl Line {
    /// `12 ms (0.5)`
    fn cell(&self, peer: &str) -> String {
        let Some(times) = self.times.get(peer) else { return String::new() };
        match self.times.get("hlang") {
            Some(own) if peer != "hlang" => {
                let ratio = own.best / times.best;
                let digits = if ratio < 0.1 { 3 } else { 2 };
                format!("{} ({ratio:.digits$})", duration(times.median))
            }
            _ => duration(times.median),
        }
    }
}

fn row(text: &mut String, cells: &[String]) {
    // A bar would end the cell.
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

/// Three digits and a unit.
fn duration(seconds: f64) -> String {
    let (value, unit) = match seconds {
        s if s >= 1.0 => (s, "s"),
        s if s >= 1e-3 => (s * 1e3, "ms"),
        s if s >= 1e-6 => (s * 1e6, "µs"),
        s => (s * 1e9, "ns"),
    };
    let digits = if value >= 100.0 { 0 } else { 1 + usize::from(value < 10.0) };
    format!("{value:.digits$} {unit}")
}

/// `10 000 000`
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// Processor, cores and system, as far as they are known.
fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':')).map(|(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{}, {cores} cores, {} {}",
        model.unwrap_or("processor unknown"),
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}
