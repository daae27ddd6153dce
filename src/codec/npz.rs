//! NumPy's `.npz`: a ZIP archive of `.npy` files, each an array with its name.

use super::npy;
use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::value::Value;
use crate::value::array::make_room;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Bytes that are unpacked before Ctrl-C is looked for.
const BLOCK: usize = 1 << 20;

/// The ending of the files in an archive.
const ENDING: &str = ".npy";

/// The arrays of an archive with their names, in its order.
pub fn decode(name: &str, bytes: &[u8]) -> Outcome<Vec<(String, Value)>> {
    let broken = |what: &str, error: &dyn std::fmt::Display| {
        Fault::argument(format!("{name}: {what}: {error}")).rule("an .npz file is a ZIP archive of .npy files")
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken("this is no .npz file", &e))?;
    let mut arrays: Vec<(String, Value)> = Vec::new();
    for k in 0..archive.len() {
        let file = archive.by_index(k).map_err(|e| broken(&format!("file {} of the archive", k + 1), &e))?;
        let inner = file.name().map_err(|e| broken(&format!("file {} of the archive", k + 1), &e))?.into_owned();
        let Some(array) = inner.strip_suffix(ENDING) else {
            return Err(broken(&inner, &"the file in the archive is no .npy file"));
        };
        let unpacked = unpack(file, |e| broken(&inner, &e))?;
        let value = npy::decode(&format!("{name}/{inner}"), &unpacked)?;
        if arrays.iter().any(|(known, _)| known == array) {
            return Err(broken(&inner, &"the archive has it twice"));
        }
        arrays.push((array.to_owned(), value));
    }
    Ok(arrays)
}

/// All that comes out of a packed file, as far as there is room for it: what the archive says of its size is not believed.
pub(super) fn unpack(mut packed: impl Read, failed: impl Fn(std::io::Error) -> Fault) -> Outcome<Vec<u8>> {
    let mut unpacked = Vec::new();
    loop {
        interrupt::check()?;
        make_room(&mut unpacked, 1)?;
        let block = BLOCK.min(unpacked.capacity() - unpacked.len()) as u64;
        if (&mut packed).take(block).read_to_end(&mut unpacked).map_err(&failed)? == 0 {
            return Ok(unpacked);
        }
    }
}

/// The bytes of an archive that holds these values; each must be one that an `.npy` file can hold.
pub fn encode(variables: &[(String, Value)]) -> Outcome<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let failed = |e: &dyn std::fmt::Display| Fault::argument(format!("the archive cannot be made: {e}"));
    for (name, value) in variables {
        interrupt::check()?;
        let bytes = npy::encode(value)?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .large_file(bytes.len() > u32::MAX as usize / 2);
        archive.start_file(format!("{name}{ENDING}"), options).map_err(|e| failed(&e))?;
        for block in bytes.chunks(BLOCK) {
            interrupt::check()?;
            archive.write_all(block).map_err(|e| failed(&e))?;
        }
    }
    Ok(archive.finish().map_err(|e| failed(&e))?.into_inner())
}
