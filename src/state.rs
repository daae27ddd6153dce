//! Where the user's files are: what hlang remembers from one session to the next, and the settings.

use std::ffi::OsString;
use std::path::PathBuf;

/// A file of the user's state directory, its directory made if need be; nothing where the user has no such place.
pub fn file(name: &str) -> Option<PathBuf> {
    let directory = state(variable)?;
    std::fs::create_dir_all(&directory).ok()?;
    Some(directory.join(name))
}

/// The directory of the user's settings, whether it is there or not.
pub fn settings() -> Option<PathBuf> {
    config(variable)
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// `$XDG_STATE_HOME/hlang`, by default under `~/.local/state`; `%LOCALAPPDATA%\hlang` on Windows.
fn state(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    place(variable, "XDG_STATE_HOME", "LOCALAPPDATA", ".local/state")
}

/// `$XDG_CONFIG_HOME/hlang`, by default under `~/.config`; `%APPDATA%\hlang` on Windows.
fn config(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    place(variable, "XDG_CONFIG_HOME", "APPDATA", ".config")
}

fn place(
    variable: impl Fn(&str) -> Option<OsString>,
    named: &str,
    on_windows: &str,
    under_home: &str,
) -> Option<PathBuf> {
    let base = match variable(named).map(PathBuf::from) {
        // The specification of these directories tells to ignore relative paths.
        Some(path) if path.is_absolute() => path,
        _ if cfg!(windows) => PathBuf::from(variable(on_windows)?),
        _ => PathBuf::from(variable("HOME")?).join(under_home),
    };
    Some(base.join("hlang"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn with<'v>(variables: &'v [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> + 'v {
        |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
    }

    #[test]
    fn the_named_directory_then_home() {
        let home = ("HOME", "/users/ada");
        assert_eq!(state(with(&[home])), Some("/users/ada/.local/state/hlang".into()));
        assert_eq!(state(with(&[home, ("XDG_STATE_HOME", "/state")])), Some("/state/hlang".into()));
        assert_eq!(state(with(&[home, ("XDG_STATE_HOME", "state")])), Some("/users/ada/.local/state/hlang".into()));
        assert_eq!(config(with(&[home])), Some("/users/ada/.config/hlang".into()));
        assert_eq!(config(with(&[])), None);
    }
}
