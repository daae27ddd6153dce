//! What the user wants the prompt to be like: `settings.toml`. What is wrong in it is told with its line and left out.

use super::paint::Theme;
use crate::console::ColorChoice;
use crate::suggest;
use crate::value::{Digits, Style};
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Inputs that the history keeps if the user wants no other number.
const REMEMBERED: usize = 10_000;

/// The settings; as they are without a file to begin with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settings {
    /// When colours are used.
    pub color: ColorChoice,
    /// The terminal's background, if it does not say so itself.
    pub theme: Option<Theme>,
    /// The keys of vi.
    pub vi: bool,
    /// The two lines at the beginning.
    pub banner: bool,
    /// The size of what is typed.
    pub size_hints: bool,
    /// The line of evaluations that take long.
    pub progress: bool,
    /// How results are shown.
    pub style: Option<Style>,
    /// How many digits of floats are shown.
    pub digits: Digits,
    /// Inputs that the history keeps.
    pub history: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            color: ColorChoice::Auto,
            theme: None,
            vi: false,
            banner: true,
            size_hints: true,
            progress: true,
            style: None,
            digits: Digits::Usual,
            history: REMEMBERED,
        }
    }
}

/// The keys that there are.
const KEYS: &[&str] =
    &["banner", "color", "edit_mode", "format", "history_size", "progress", "size_hints", "style", "theme"];

/// The settings of a directory, and what is wrong in them, each with the file and its line.
pub(super) fn of_directory(directory: &Path) -> (Settings, Vec<String>) {
    let file = directory.join("settings.toml");
    match std::fs::read_to_string(&file) {
        Ok(text) => {
            let (settings, problems) = read(&text);
            let placed = |(line, problem): (usize, String)| format!("{}:{line}: {problem}", file.display());
            (settings, problems.into_iter().map(placed).collect())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => (Settings::default(), Vec::new()),
        Err(error) => (Settings::default(), vec![format!("{} cannot be read: {error}", file.display())]),
    }
}

/// The program that is run when the prompt begins, if there is one in this directory.
pub(super) fn startup(directory: &Path) -> Option<PathBuf> {
    let file = directory.join("startup.hlang");
    file.exists().then_some(file)
}

/// Reads a text of settings; problems have their lines, from 1.
fn read(text: &str) -> (Settings, Vec<(usize, String)>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let line = |at: usize| text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    let mut problems: Vec<(usize, String)> = errors
        .iter()
        .map(|error| (line(error.span().map_or(0, |span| span.start)), format!("this is no TOML: {}", error.message())))
        .collect();
    // One report for a line is enough: what follows a mistake in it is none of the user's.
    problems.dedup_by_key(|(line, _)| *line);
    let mut settings = Settings::default();
    for (key, value) in table.get_ref() {
        let at = line(key.span().start);
        if problems.iter().any(|(line, _)| *line == at) {
            continue;
        }
        if let Err(problem) = set(&mut settings, key.get_ref(), value) {
            problems.push((at, problem));
        }
    }
    problems.sort();
    (settings, problems)
}

fn set(settings: &mut Settings, key: &str, value: &Spanned<DeValue<'_>>) -> Result<(), String> {
    let value = value.get_ref();
    match key {
        "banner" => settings.banner = truth(key, value)?,
        "size_hints" => settings.size_hints = truth(key, value)?,
        "progress" => settings.progress = truth(key, value)?,
        "color" => settings.color = word(key, value, ColorChoice::NAMES)?,
        "theme" => settings.theme = Some(word(key, value, &[("dark", Theme::Dark), ("light", Theme::Light)])?),
        "edit_mode" => settings.vi = word(key, value, &[("emacs", false), ("vi", true)])?,
        "style" => settings.style = Some(word(key, value, Style::NAMES)?),
        "format" => settings.digits = digits(key, value)?,
        "history_size" => settings.history = count(key, value)?,
        _ => {
            let near = suggest::nearest(key, KEYS.iter().copied(), 1);
            let near = near.first().map_or(String::new(), |near| format!("; did you mean {near}?"));
            return Err(format!("there is no setting {key}{near}"));
        }
    }
    Ok(())
}

fn truth(key: &str, value: &DeValue<'_>) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("{key} is true or false"))
}

fn word<T: Copy>(key: &str, value: &DeValue<'_>, words: &[(&str, T)]) -> Result<T, String> {
    let found = value.as_str().and_then(|value| words.iter().find(|(word, _)| *word == value));
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let words: Vec<String> = words.iter().map(|(word, _)| format!("{word:?}")).collect();
        format!("{key} is {}", words.join(" or "))
    })
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    value.as_integer().and_then(|integer| i64::from_str_radix(integer.as_str(), integer.radix()).ok())
}

fn count(key: &str, value: &DeValue<'_>) -> Result<usize, String> {
    integer(value).and_then(|n| usize::try_from(n).ok()).ok_or_else(|| format!("{key} is a number of inputs"))
}

fn digits(key: &str, value: &DeValue<'_>) -> Result<Digits, String> {
    match integer(value) {
        Some(n) => Digits::significant(n).ok_or_else(|| format!("{key} is 1 to {} digits", Digits::MOST)),
        None => word(key, value, Digits::NAMES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read() {
        let text = "banner = false\ncolor = \"never\" # plain\nedit_mode = \"vi\"\nformat = 7\nhistory_size = 50\n\
                    progress = false\nsize_hints = false\nstyle = \"matlab\"\ntheme = \"light\"\n";
        let expected = Settings {
            color: ColorChoice::Never,
            theme: Some(Theme::Light),
            vi: true,
            banner: false,
            size_hints: false,
            progress: false,
            style: Some(Style::Matlab),
            digits: Digits::Significant(7),
            history: 50,
        };
        assert_eq!(read(text), (expected, Vec::new()));
        for key in KEYS {
            assert!(text.contains(&format!("{key} = ")), "{key}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_and_the_rest_read() {
        let text = "theme = \"blue\"\nbaner = false\nformat = 99\nedit_mode = vi\n\nbanner = false\n";
        let (settings, problems) = read(text);
        assert_eq!(settings, Settings { banner: false, ..Settings::default() });
        let lines: Vec<usize> = problems.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 3, 4], "{problems:?}");
        assert_eq!(problems[0].1, "theme is \"dark\" or \"light\"");
        assert_eq!(problems[1].1, "there is no setting baner; did you mean banner?");
        assert_eq!(problems[2].1, "format is 1 to 17 digits");
    }

    #[test]
    fn an_empty_file_changes_nothing() {
        assert_eq!(read(""), (Settings::default(), Vec::new()));
    }
}
