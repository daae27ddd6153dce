//! Mutated bytes for every reader: each gives a value or an error, and none panics.

use crate::support;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use hlang::codec::delimited::{self, Delimiter, Grammar, Source};
use hlang::codec::{hld, image, mat, npy, npz, table};
use hlang::session::on_large_stack;
use std::io::{Read, Write};
use std::path::Path;

/// Mutants of each file.
const MUTANTS: u32 = 400;

/// Numbers without order (Marsaglia's xorshift), the same in each run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// Some bytes changed, cut off, put in or doubled.
fn mutant(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(3) {
        let at = dice.below(bytes.len());
        match dice.below(7) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, dice.next() as u8),
            2 => {
                let end = bytes.len().min(at + 1 + dice.below(16));
                let part = bytes[at.min(end)..end].to_vec();
                bytes.splice(at..at, part);
            }
            kind => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = match kind {
                        3 => 0xff,
                        4 => 0x7f,
                        5 => *byte ^ 1 << dice.below(8),
                        _ => dice.next() as u8,
                    };
                }
            }
        }
    }
    bytes
}

/// Gives bytes to the reader of a file's format; did it read them?
fn read(file: &Path, bytes: &[u8]) -> bool {
    let ending = file.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
    match ending.as_str() {
        "npy" => npy::decode("t", bytes).is_ok(),
        "npz" => npz::decode("t", bytes).is_ok(),
        "mat" => mat::decode("t", bytes).is_ok(),
        "hld" => hld::decode("t", bytes).is_ok(),
        "png" => image::decode(image::Format::Png, "t", bytes).is_ok(),
        "pgm" => image::decode(image::Format::Portable, "t", bytes).is_ok(),
        _ => {
            let text = String::from_utf8_lossy(bytes);
            let source = Source { name: "t", text: &text };
            let mut read = false;
            for delimiter in [Delimiter::Blanks, delimited::guess(&text)] {
                for comment in [None, Some("#")] {
                    let grammar = Grammar { delimiter, comment, ..Grammar::default() };
                    if let Ok(rows) = delimited::split(source, &grammar) {
                        let width = if rows.count() > 0 { rows.row(0).len() } else { 0 };
                        read |= table::matrix(&rows, 0, None).is_ok();
                        read |= table::columns(&rows, 1, width).is_ok();
                        read |= table::numbers(&rows).is_ok();
                    }
                }
            }
            read
        }
    }
}

#[test]
fn no_reader_panics() {
    on_large_stack(|| {
        let mut files: Vec<_> =
            ["npy", "npz", "mat"].iter().flat_map(|e| support::files("tests/files/data", e)).collect();
        files.extend(support::files("examples/data", "csv"));
        let mut texts: Vec<_> =
            files.iter().map(|file| (file.clone(), std::fs::read(file).expect("it was found"))).collect();
        let image = hlang::value::Value::matrix(2, 3, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        for (name, format) in [("a.png", image::Format::Png), ("a.pgm", image::Format::Portable)] {
            texts.push((name.into(), image::encode(format, &image).expect("it is an image")));
        }
        texts.push(("a.pgm".into(), b"P2 # text\n2 2 9\n1 2 3 4".to_vec()));
        texts.push(("a.pgm".into(), b"P4 9 2\nabcd".to_vec()));
        texts.push(("a.csv".into(), "a;\"b \"\"c\"\"\";é\n1;2.5;x # y\r\n;NA;\"two\nlines\"".as_bytes().to_vec()));
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        for (file, bytes) in &texts {
            // Long files take long; the first of their bytes are like the others.
            let mutants = if bytes.len() > 3000 { MUTANTS / 10 } else { MUTANTS };
            for _ in 0..mutants {
                read(file, &mutant(bytes, &mut dice));
            }
        }
    });
}

/// Behind the checksum: what is unpacked is mutated, and packed again.
#[test]
fn no_reader_of_variables_panics() {
    on_large_stack(|| {
        let (mut session, _) = support::session();
        let file = super::directory("mutated") + "/work.hld";
        for (k, expression) in super::DATA.iter().enumerate() {
            super::shown(&mut session, &format!("x{k} = {expression};"));
        }
        super::shown(&mut session, &format!("save({file:?})"));
        let mut whole = Vec::new();
        let packed = std::fs::read(&file).expect("it was just written");
        GzDecoder::new(&packed[..]).read_to_end(&mut whole).expect("it was just packed");
        let mut dice = Dice(42);
        let mut well = 0;
        for _ in 0..20 * MUTANTS {
            let mut packed = GzEncoder::new(Vec::new(), Compression::none());
            packed.write_all(&mutant(&whole, &mut dice)).expect("memory can be written");
            let packed = packed.finish().expect("memory can be written");
            well += u32::from(read(Path::new("a.hld"), &packed));
        }
        assert!(well > 0, "some mutants are files all the same");
    });
}
