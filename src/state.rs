//! Where hlang keeps what it remembers from one session to the next.

use std::ffi::OsString;
use std::path::PathBuf;

/// A file of the user's state directory, its directory made if need be; nothing where the user has no such place.
pub fn file(name: &str) -> Option<PathBuf> {
    let directory = place(|name| std::env::var_os(name).filter(|value| !value.is_empty()))?;
    std::fs::create_dir_all(&directory).ok()?;
    Some(directory.join(name))
}

/// `$XDG_STATE_HOME/hlang`, by default under `~/.local/state`; `%LOCALAPPDATA%\hlang` on Windows.
fn place(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let state = match variable("XDG_STATE_HOME").map(PathBuf::from) {
        // The specification of these directories tells to ignore relative paths.
        Some(path) if path.is_absolute() => path,
        _ if cfg!(windows) => PathBuf::from(variable("LOCALAPPDATA")?),
        _ => PathBuf::from(variable("HOME")?).join(".local").join("state"),
    };
    Some(state.join("hlang"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Option<PathBuf> {
        place(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value)))
    }

    #[test]
    fn the_state_directory_then_home() {
        let home = ("HOME", "/home/ada");
        assert_eq!(with(&[home]), Some("/home/ada/.local/state/hlang".into()));
        assert_eq!(with(&[home, ("XDG_STATE_HOME", "/state")]), Some("/state/hlang".into()));
        assert_eq!(with(&[home, ("XDG_STATE_HOME", "state")]), Some("/home/ada/.local/state/hlang".into()));
        assert_eq!(with(&[]), None);
    }
}
