//! PNG, by the `png` crate.

use super::{Channels, Picture};
use crate::fault::{Fault, Outcome};
use crate::value::Value;
use crate::value::array::{check_room, reserve};
use png::{BitDepth, ColorType, Decoder, Encoder, Limits, Transformations};
use std::io::Cursor;

/// No compressed byte stands for more than about a thousand; a header that says so lies.
const MOST_PER_BYTE: usize = 2048;

pub fn decode(name: &str, bytes: &[u8]) -> Outcome<Value> {
    let broken =
        |e: png::DecodingError| Fault::argument(format!("{name}: this is no PNG image, or a damaged one: {e}"));
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: usize::MAX });
    // Palettes become colours, and levels of less than 8 bits bytes.
    decoder.set_transformations(Transformations::EXPAND);
    let mut reader = decoder.read_info().map_err(broken)?;
    let (cols, rows) = (reader.info().width as usize, reader.info().height as usize);
    let length = reader.output_buffer_size().filter(|length| *length / MOST_PER_BYTE <= bytes.len());
    let length = length.ok_or_else(|| {
        let given = bytes.len();
        Fault::argument(format!("{name}: the header says {rows}×{cols} pixels, and the file has only {given} bytes"))
    })?;
    let mut levels = reserve::<u8>(length)?;
    levels.resize(length, 0);
    let frame = reader.next_frame(&mut levels).map_err(broken)?;
    levels.truncate(frame.buffer_size());
    let channels = match frame.color_type {
        ColorType::Grayscale => Channels::Gray,
        ColorType::GrayscaleAlpha => Channels::GrayAlpha,
        ColorType::Rgb => Channels::Colour,
        ColorType::Rgba => Channels::ColourAlpha,
        ColorType::Indexed => return Err(Fault::argument(format!("{name}: the image has a palette and no colours"))),
    };
    if frame.bit_depth == BitDepth::Sixteen {
        check_room(levels.len())?;
        let levels = levels.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
        return Picture { rows, cols, channels, levels }.value(f64::from(u16::MAX));
    }
    Picture { rows, cols, channels, levels }.value(f64::from(u8::MAX))
}

pub fn encode(picture: &Picture<u8>) -> Outcome<Vec<u8>> {
    let side = |n: usize| {
        let side = u32::try_from(n).ok().filter(|side| *side <= i32::MAX as u32);
        side.ok_or_else(|| Fault::argument(format!("an image of {n} pixels in a row or column is too large for PNG")))
    };
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, side(picture.cols)?, side(picture.rows)?);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_color(match picture.channels {
        Channels::Gray => ColorType::Grayscale,
        Channels::GrayAlpha => ColorType::GrayscaleAlpha,
        Channels::Colour => ColorType::Rgb,
        Channels::ColourAlpha => ColorType::Rgba,
    });
    let failed = |e: png::EncodingError| Fault::argument(format!("the image cannot be written: {e}"));
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&picture.levels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}
