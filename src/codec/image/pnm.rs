//! The portable formats of Netpbm: PBM, PGM and PPM, as text (P1 to P3) and in bytes (P4 to P6).

use super::{Channels, Picture};
use crate::codec::bytes::Bytes;
use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::value::Value;
use crate::value::array::{element_count, reserve};

pub fn decode(name: &str, bytes: &[u8]) -> Outcome<Value> {
    let mut bytes = Bytes::new(name, bytes);
    let magic = bytes.take(2.min(bytes.left()), "the beginning")?;
    let (channels, as_text, is_bitmap) = match magic {
        b"P1" => (Channels::Gray, true, true),
        b"P2" => (Channels::Gray, true, false),
        b"P3" => (Channels::Colour, true, false),
        b"P4" => (Channels::Gray, false, true),
        b"P5" => (Channels::Gray, false, false),
        b"P6" => (Channels::Colour, false, false),
        _ => return Err(bytes.fault_at(0, "this is no PBM, PGM or PPM image: it does not begin with P1 to P6")),
    };
    let cols = number(&mut bytes, "the width")?;
    let rows = number(&mut bytes, "the height")?;
    if rows == 0 || cols == 0 {
        return Err(bytes.fault(format!("the image is {rows}×{cols}, and has no pixels")));
    }
    let white = if is_bitmap { 1 } else { number(&mut bytes, "the level of white")? };
    if !(1..=0xffff).contains(&white) {
        return Err(bytes.fault(format!("white has the level {white}, not one from 1 to 65535")));
    }
    let count = element_count(element_count(rows, cols)?, channels.count())?;
    let levels = if as_text {
        if count > bytes.left() {
            return Err(bytes.fault(format!("{rows}×{cols} pixels are more than the file has")));
        }
        let mut levels = reserve(count)?;
        for k in 0..count {
            if k % 4096 == 0 {
                interrupt::check()?;
            }
            levels.push(if is_bitmap { bit(&mut bytes)? } else { number(&mut bytes, "a level")? });
        }
        levels
    } else {
        // One white space ends the header.
        bytes.byte("the end of the header")?;
        if is_bitmap {
            let line = cols.div_ceil(8);
            let data = bytes.take(element_count(rows, line)?, "the image")?;
            let mut levels = reserve(count)?;
            for row in data.chunks(line.max(1)) {
                levels.extend((0..cols).map(|j| usize::from(row[j / 8] >> (7 - j % 8) & 1)));
            }
            levels
        } else {
            let size = if white < 256 { 1 } else { 2 };
            let data = bytes.take(element_count(count, size)?, "the image")?;
            let mut levels = reserve(count)?;
            levels.extend(
                data.chunks(size).map(|level| level.iter().fold(0, |so_far, byte| so_far << 8 | usize::from(*byte))),
            );
            levels
        }
    };
    if let Some(level) = levels.iter().find(|level| **level > white) {
        return Err(bytes.fault(format!("a pixel has the level {level}, and white is {white}")));
    }
    // In a bitmap 1 is black.
    let levels: Vec<f64> =
        levels.into_iter().map(|level| if is_bitmap { 1.0 - level as f64 } else { level as f64 }).collect();
    Picture { rows, cols, channels, levels }.value(white as f64)
}

/// Leaves out white space and comments.
fn skip_blanks(bytes: &mut Bytes<'_>) -> Outcome<()> {
    while let Some(next) = bytes.rest().first() {
        match next {
            b'#' => {
                let line = bytes.rest().iter().position(|byte| *byte == b'\n').unwrap_or(bytes.left());
                bytes.take(line, "a comment")?;
            }
            byte if byte.is_ascii_whitespace() => {
                bytes.byte("a blank")?;
            }
            _ => break,
        }
    }
    Ok(())
}

fn number(bytes: &mut Bytes<'_>, what: &str) -> Outcome<usize> {
    skip_blanks(bytes)?;
    let digits = bytes.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
    let at = bytes.at();
    let text = std::str::from_utf8(bytes.take(digits, what)?).unwrap_or("");
    text.parse().map_err(|_| bytes.fault_at(at, format!("{what} is no number that an image can have")))
}

/// One pixel of a bitmap as text; nothing need stand between two of them.
fn bit(bytes: &mut Bytes<'_>) -> Outcome<usize> {
    skip_blanks(bytes)?;
    match bytes.byte("a pixel")? {
        b'0' => Ok(0),
        b'1' => Ok(1),
        _ => Err(bytes.fault("a pixel of a bitmap is 0 or 1")),
    }
}

pub fn encode(picture: &Picture<u8>) -> Outcome<Vec<u8>> {
    let magic = match picture.channels {
        Channels::Gray => "P5",
        Channels::Colour => "P6",
        Channels::GrayAlpha | Channels::ColourAlpha => {
            return Err(Fault::argument("PGM and PPM images have no alpha")
                .rule("a PNG image holds what is not opaque")
                .hint("a name that ends with .png"));
        }
    };
    let header = format!("{magic}\n{} {}\n255\n", picture.cols, picture.rows);
    let mut bytes = reserve(header.len() + picture.levels.len())?;
    bytes.extend_from_slice(header.as_bytes());
    bytes.extend_from_slice(&picture.levels);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_read() {
        let checks = Value::matrix(2, 2, vec![1.0, 0.0, 0.0, 1.0]);
        let files: &[&[u8]] = &[
            b"P1\n# a comment\n2 2\n01\n1 0",
            b"P2 2 2 15\n15 0\n0 15\n",
            b"P4\n2 2\n\x40\x80",
            b"P5 2 2 255\n\xff\x00\x00\xff",
            b"P5 2 2 256\n\x01\x00\x00\x00\x00\x00\x01\x00",
        ];
        for file in files {
            assert_eq!(decode("t", file).as_ref(), Ok(&checks), "{:?}", String::from_utf8_lossy(file));
        }
        for colour in [&b"P3 1 1 9 9 0 9"[..], b"P6 1 1 255\n\xff\x00\xff"] {
            let Ok(Value::Tuple(channels)) = decode("t", colour) else { panic!("a colour is three numbers") };
            let level = |x: f64| Value::matrix(1, 1, vec![x]);
            assert_eq!(channels.items, [level(1.0), level(0.0), level(1.0)]);
        }
    }

    #[test]
    fn what_is_broken_is_an_error() {
        for broken in
            ["", "P7", "P5", "P5 2", "P5 2 2 255\n123", "P2 2 2 15 1 2 3", "P2 1 1 5 9", "P1 1 1 2", "P5 0 1 0 "]
        {
            assert!(decode("t", broken.as_bytes()).is_err(), "{broken:?}");
        }
        assert!(decode("t", b"P5 99999999999 99999999999 255\n").is_err(), "its size is a lie");
    }
}
