//! Earlier inputs: kept in a file, and shown again as they were typed.

use super::block;
use rustyline::history::{FileHistory, History, SearchDirection, SearchResult};
use rustyline::{Config, Result};
use std::borrow::Cow;
use std::path::Path;

/// The inputs of this session and of those before it. In the file they stand as they were run; in the editor their
/// further lines have the margin.
pub(super) struct Inputs {
    file: FileHistory,
    /// Columns of the prompt.
    margin: usize,
}

impl Inputs {
    /// No inputs yet.
    pub fn new(config: &Config, margin: usize) -> Inputs {
        Inputs { file: FileHistory::with_config(config), margin }
    }

    fn typed<'r>(&self, mut found: SearchResult<'r>) -> SearchResult<'r> {
        if found.entry.contains('\n') {
            // The place is in the first line or before the margin grew: it stays where its text is.
            let before = block::with_margin(&found.entry[..found.pos], self.margin).len();
            found.entry = Cow::Owned(block::with_margin(&found.entry, self.margin));
            found.pos = before.min(found.entry.len());
        }
        found
    }
}

impl History for Inputs {
    fn get(&self, index: usize, direction: SearchDirection) -> Result<Option<SearchResult<'_>>> {
        Ok(self.file.get(index, direction)?.map(|found| self.typed(found)))
    }

    fn search(&self, term: &str, start: usize, direction: SearchDirection) -> Result<Option<SearchResult<'_>>> {
        Ok(self.file.search(term, start, direction)?.map(|found| self.typed(found)))
    }

    /// Past the last input that begins so stands what was typed.
    fn starts_with(&self, term: &str, start: usize, direction: SearchDirection) -> Result<Option<SearchResult<'_>>> {
        if let Some(found) = self.file.starts_with(term, start, direction)? {
            return Ok(Some(self.typed(found)));
        }
        let typed = || SearchResult { entry: Cow::Owned(term.to_owned()), idx: self.len(), pos: term.len() };
        Ok((direction == SearchDirection::Forward).then(typed))
    }

    fn add(&mut self, line: &str) -> Result<bool> {
        self.file.add(line)
    }

    fn add_owned(&mut self, line: String) -> Result<bool> {
        self.file.add_owned(line)
    }

    fn len(&self) -> usize {
        self.file.len()
    }

    fn is_empty(&self) -> bool {
        self.file.is_empty()
    }

    fn set_max_len(&mut self, len: usize) -> Result<()> {
        self.file.set_max_len(len)
    }

    fn ignore_dups(&mut self, yes: bool) -> Result<()> {
        self.file.ignore_dups(yes)
    }

    fn ignore_space(&mut self, yes: bool) {
        self.file.ignore_space(yes);
    }

    fn save(&mut self, path: &Path) -> Result<()> {
        self.file.save(path)
    }

    fn append(&mut self, path: &Path) -> Result<()> {
        self.file.append(path)
    }

    fn load(&mut self, path: &Path) -> Result<()> {
        self.file.load(path)
    }

    fn clear(&mut self) -> Result<()> {
        self.file.clear()
    }
}
