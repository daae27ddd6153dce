//! Files as a whole: read at once, and replaced at once or not at all.

use super::array::make_room;
use crate::fault::{ErrorKind, Fault, Outcome};
use crate::interrupt;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes that are read before Ctrl-C is looked for.
const BLOCK: usize = 1 << 20;

/// The bytes of a file; a `SystemError` where it cannot be read.
pub fn read(path: &str) -> Outcome<Vec<u8>> {
    let failed = |error: &io::Error| unreadable(path, error);
    let file = fs::File::open(path).map_err(|e| failed(&e))?;
    // A directory can be opened, and some kinds of files have no length that is known before.
    let length = file.metadata().map_err(|e| failed(&e))?.len();
    let mut bytes = super::array::reserve(usize::try_from(length).map_or(usize::MAX, |n| n.saturating_add(1)))?;
    loop {
        interrupt::check()?;
        make_room(&mut bytes, 1)?;
        let block = BLOCK.min(bytes.capacity() - bytes.len());
        if (&file).take(block as u64).read_to_end(&mut bytes).map_err(|e| failed(&e))? == 0 {
            return Ok(bytes);
        }
    }
}

/// The text of a file, without the mark that some programs of Windows put before it; an `ArgumentError` where it is not
/// UTF-8.
pub fn read_text(path: &str) -> Outcome<String> {
    let text =
        String::from_utf8(read(path)?).map_err(|e| not_text(path, e.as_bytes(), e.utf8_error().valid_up_to()))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

#[cold]
fn not_text(path: &str, bytes: &[u8], at: usize) -> Fault {
    let before = &bytes[..at];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let fault =
        Fault::argument(format!("{path}:{line}: byte {at} of the file is {:#04x}, which is no text", bytes[at]));
    let fault = fault.rule("a text is read as UTF-8");
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => fault.hint("the file begins like UTF-16; save it as UTF-8"),
        _ => fault,
    }
}

/// Puts bytes in the place of a file, or makes it. Whoever reads the file sees the old bytes or the new ones, whole:
/// they are written beside it and take its name when they are on the disk.
pub fn replace(path: &str, bytes: &[u8]) -> Outcome<()> {
    let failed = |error: &io::Error| unwritable(path, error);
    // A link goes on pointing to the file that is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
    let old = fs::metadata(&target).ok();
    if let Some(old) = &old {
        if old.is_dir() {
            return Err(failed(&io::ErrorKind::IsADirectory.into()));
        }
        if !old.is_file() {
            // A device or a pipe has no name to take.
            return fs::write(&target, bytes).map_err(|e| failed(&e));
        }
        if old.permissions().readonly() {
            return Err(failed(&io::ErrorKind::PermissionDenied.into()));
        }
    }
    let write = || -> io::Result<()> {
        let mut file = new_file_in(directory_of(&target))?;
        for block in bytes.chunks(BLOCK) {
            file.write_all(block)?;
        }
        if let Some(old) = old {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.as_file().sync_data()?;
        file.persist(&target).map_err(|e| e.error)?;
        Ok(())
    };
    write().map_err(|e| failed(&e))
}

/// A new file with the permissions that any new file has, not those of a secret one.
fn new_file_in(directory: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".hlang-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(directory)
}

fn directory_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes bytes at the end of a file, or makes it.
pub fn append(path: &str, bytes: &[u8]) -> Outcome<()> {
    let write = || fs::OpenOptions::new().append(true).create(true).open(path)?.write_all(bytes);
    write().map_err(|e| unwritable(path, &e))
}

/// A `SystemError` where a file could not be made or replaced, as far as that is known before anything is written.
pub fn check_writable(path: &str) -> Outcome<()> {
    let path_is_directory = Path::new(path).is_dir();
    let directory = fs::metadata(directory_of(Path::new(path)));
    match directory {
        _ if path_is_directory => Err(unwritable(path, &io::ErrorKind::IsADirectory.into())),
        Ok(directory) if directory.is_dir() => Ok(()),
        Ok(_) => Err(unwritable(path, &io::ErrorKind::NotADirectory.into())),
        Err(error) => Err(unwritable(path, &error)),
    }
}

/// The error of a file that cannot be read.
#[cold]
pub fn unreadable(path: &str, error: &io::Error) -> Fault {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => reason(error),
    };
    failed(path, "read", why)
}

/// The error of a file that cannot be written.
#[cold]
pub fn unwritable(path: &str, error: &io::Error) -> Fault {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such directory".to_owned(),
        _ => reason(error),
    };
    failed(path, "written", why)
}

/// The `SystemError` for what could not be done with a path.
#[cold]
pub fn failed(path: &str, done: &str, why: impl std::fmt::Display) -> Fault {
    Fault::new(ErrorKind::SystemError, format!("{path} cannot be {done}: {why}"))
}

/// What the system says, in words that are the same on every system where they are common.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "that is not permitted".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is no directory".to_owned(),
        io::ErrorKind::AlreadyExists => "it is there already".to_owned(),
        io::ErrorKind::DirectoryNotEmpty => "the directory is not empty".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_or_stays_as_it_was() {
        let directory = tempfile::tempdir().expect("there is a place for temporary files");
        let path = |name: &str| directory.path().join(name).display().to_string();
        replace(&path("a"), b"old").expect("the directory can be written");
        replace(&path("a"), b"new").expect("the file can be replaced");
        append(&path("a"), b"er").expect("the file can be added to");
        assert_eq!(read(&path("a")), Ok(b"newer".to_vec()));
        assert!(replace(&path("no/b"), b"text").is_err() && replace(&path(""), b"text").is_err());
        let left: Vec<_> = fs::read_dir(directory.path()).expect("it is there").collect();
        assert_eq!(left.len(), 1, "nothing is left beside the file");
    }

    #[test]
    fn what_is_no_text_is_said_with_its_place() {
        let directory = tempfile::tempdir().expect("there is a place for temporary files");
        let path = directory.path().join("a").display().to_string();
        replace(&path, b"one\ntwo\xff").expect("the directory can be written");
        let fault = read_text(&path).expect_err("0xff is in no UTF-8 text");
        assert!(
            fault.report().is_some_and(|r| r.message.ends_with(":2: byte 7 of the file is 0xff, which is no text"))
        );
        replace(&path, "\u{feff}é".as_bytes()).expect("the file can be replaced");
        assert_eq!(read_text(&path), Ok("é".to_owned()));
    }
}
