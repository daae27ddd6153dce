//! How far a learner has come, in a file that outlives the session.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// What the file is called.
const FILE: &str = "lessons";

/// How much of something is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub done: usize,
    pub of: usize,
}

impl Part {
    /// Is nothing left?
    pub fn is_whole(self) -> bool {
        self.of > 0 && self.done >= self.of
    }
}

/// Steps of lessons that are done; questions that were answered right. Lines of name, done and all, apart by tabs.
pub struct Progress {
    file: Option<PathBuf>,
    parts: BTreeMap<String, Part>,
}

impl Progress {
    /// What the user's file remembers.
    pub fn of_user() -> Progress {
        Progress::in_file(crate::state::file(FILE))
    }

    /// What a file remembers; without one, nothing outlives the session.
    pub fn in_file(file: Option<PathBuf>) -> Progress {
        let mut progress = Progress { file, parts: BTreeMap::new() };
        progress.read();
        progress
    }

    /// How much of something is done.
    pub fn of(&self, name: &str) -> Part {
        self.parts.get(name).copied().unwrap_or_default()
    }

    /// Is nothing remembered?
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Remembers at once how much is done.
    pub fn set(&mut self, name: &str, part: Part) {
        // Another session may have learnt something else meanwhile.
        self.read();
        self.parts.insert(name.replace(['\t', '\n'], " "), part);
        let lines = self.parts.iter().map(|(name, part)| format!("{name}\t{}\t{}\n", part.done, part.of));
        if let Some(file) = &self.file {
            // A file that cannot be written is no reason to disturb the learner.
            let _ = std::fs::write(file, lines.collect::<String>());
        }
    }

    /// Takes in what the file says. A line that says nothing is left out.
    fn read(&mut self) {
        let text = self.file.as_ref().and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
        for line in text.lines() {
            let mut fields = line.split('\t');
            let (Some(name), Some(done), Some(of)) = (fields.next(), fields.next(), fields.next()) else { continue };
            if let (Ok(done), Ok(of)) = (done.parse(), of.parse()) {
                self.parts.insert(name.to_string(), Part { done, of });
            }
        }
    }
}
