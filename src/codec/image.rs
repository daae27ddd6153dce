//! Images as matrices: PNG and the portable formats of Netpbm. Black is 0.0 and white 1.0.

mod pnm;
mod portable_network;

use crate::fault::{Fault, Outcome};
use crate::interrupt;
use crate::value::array::{Elements, element_count, reserve};
use crate::value::display::{describe, repr};
use crate::value::{Array, Tuple, Value, promote};
use std::rc::Rc;

/// Floats this far outside of 0 to 1 are within them but for rounding.
const ROUNDING: f64 = 1e-9;

/// The formats of images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.png`
    Png,
    /// `.pgm`, `.ppm`, `.pbm`, `.pnm`
    Portable,
}

/// An image: its size and its channels, each with the levels of all pixels row by row.
struct Picture<L> {
    rows: usize,
    cols: usize,
    channels: Channels,
    /// Pixel by pixel, the channels of each one after the other.
    levels: Vec<L>,
}

/// What a pixel is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Channels {
    Gray,
    GrayAlpha,
    Colour,
    ColourAlpha,
}

impl Channels {
    /// The names of the channels, as a named tuple has them.
    fn names(self) -> &'static [&'static str] {
        match self {
            Channels::Gray => &["gray"],
            Channels::GrayAlpha => &["gray", "alpha"],
            Channels::Colour => &["red", "green", "blue"],
            Channels::ColourAlpha => &["red", "green", "blue", "alpha"],
        }
    }

    fn count(self) -> usize {
        self.names().len()
    }
}

/// The image in a file: a matrix of grays, or a named tuple of the matrices `red`, `green` and `blue`; where it is not
/// opaque everywhere, with `alpha`.
pub fn decode(format: Format, name: &str, bytes: &[u8]) -> Outcome<Value> {
    match format {
        Format::Png => portable_network::decode(name, bytes),
        Format::Portable => pnm::decode(name, bytes),
    }
}

/// The bytes of a file that holds the image of a matrix, or of three or four.
pub fn encode(format: Format, value: &Value) -> Outcome<Vec<u8>> {
    let picture = picture(value)?;
    match format {
        Format::Png => portable_network::encode(&picture),
        Format::Portable => pnm::encode(&picture),
    }
}

impl<L: Copy + Into<f64>> Picture<L> {
    /// The matrices of an image whose white has this level.
    fn value(&self, white: f64) -> Outcome<Value> {
        let matrix = |channel: usize| -> Outcome<Value> {
            let mut floats = reserve(element_count(self.rows, self.cols)?)?;
            for j in 0..self.cols {
                interrupt::check()?;
                let place = |i: usize| (i * self.cols + j) * self.channels.count() + channel;
                floats.extend((0..self.rows).map(|i| self.levels[place(i)].into() / white));
            }
            Ok(Value::matrix(self.rows, self.cols, floats))
        };
        let opaque = || self.levels.iter().skip(self.channels.count() - 1).step_by(self.channels.count());
        let channels = match self.channels {
            Channels::GrayAlpha if opaque().all(|level| (*level).into() == white) => Channels::Gray,
            Channels::ColourAlpha if opaque().all(|level| (*level).into() == white) => Channels::Colour,
            all => all,
        };
        if channels == Channels::Gray {
            return matrix(0);
        }
        let fields = channels.names().iter().enumerate().map(|(k, name)| Ok((Rc::from(*name), matrix(k)?)));
        Ok(Value::Tuple(Rc::new(Tuple::named(fields.collect::<Outcome<_>>()?))))
    }
}

/// The image that matrices describe, in levels from 0 to 255.
fn picture(value: &Value) -> Outcome<Picture<u8>> {
    let (channels, matrices) = match value {
        Value::Tuple(tuple) => {
            let channels = match tuple.items.len() {
                2 => Channels::GrayAlpha,
                3 => Channels::Colour,
                4 => Channels::ColourAlpha,
                _ => return Err(no_image(value)),
            };
            if tuple
                .names
                .as_ref()
                .is_some_and(|names| !names.iter().map(|n| &**n).eq(channels.names().iter().copied()))
            {
                return Err(no_image(value));
            }
            (channels, tuple.items.iter().map(levels).collect::<Outcome<Vec<_>>>()?)
        }
        one => (Channels::Gray, vec![levels(one)?]),
    };
    let (rows, cols) = (matrices[0].0, matrices[0].1);
    if let Some((k, (r, c, _))) = matrices.iter().enumerate().find(|(_, (r, c, _))| (*r, *c) != (rows, cols)) {
        let name = channels.names()[k];
        return Err(Fault::dimension(format!("{} is {rows}×{cols}, {name} is {r}×{c}", channels.names()[0]))
            .rule("the matrices of an image have the same size"));
    }
    if rows == 0 || cols == 0 {
        return Err(Fault::argument(format!("an image has pixels, and the matrix is {rows}×{cols}")));
    }
    let mut mixed = reserve(element_count(rows * cols, channels.count())?)?;
    for i in 0..rows {
        interrupt::check()?;
        for j in 0..cols {
            mixed.extend(matrices.iter().map(|(_, _, levels)| levels[j * rows + i]));
        }
    }
    Ok(Picture { rows, cols, channels, levels: mixed })
}

#[cold]
fn no_image(value: &Value) -> Fault {
    Fault::argument(format!("{} is no image", describe(value)))
        .rule("an image is a matrix of grays, or (red = R, green = G, blue = B), with alpha = A where it is not opaque")
}

/// Size and levels of a matrix, column by column.
fn levels(value: &Value) -> Outcome<(usize, usize, Vec<u8>)> {
    let Some(array) = promote::as_array(value)? else { return Err(no_image(value)) };
    let (rows, cols) = array.shape();
    let mut levels = reserve(array.len())?;
    match &*array.elements() {
        Elements::Bool(m) => levels.extend(m.iter().map(|white| if *white { 255 } else { 0 })),
        Elements::Int(m) => {
            for (k, x) in m.iter().enumerate() {
                let level = u8::try_from(*x).map_err(|_| {
                    outside(&array, k)
                        .rule("an image's integers go from 0 (black) to 255 (white), its floats from 0.0 to 1.0")
                        .hint("clamp.(A, 0, 255) cuts them off")
                })?;
                levels.push(level);
            }
        }
        Elements::Float(m) => {
            for (k, x) in m.iter().enumerate() {
                if !(-ROUNDING..=1.0 + ROUNDING).contains(x) {
                    let fault = outside(&array, k)
                        .rule("an image's floats go from 0.0 (black) to 1.0 (white), its integers from 0 to 255");
                    return Err(fault.hint("clamp.(A, 0, 1) cuts them off; A ./ 255 makes floats of levels up to 255"));
                }
                levels.push((x * 255.0).round() as u8);
            }
        }
        Elements::Complex(_) | Elements::Any(..) => return Err(no_image(value)),
    }
    Ok((rows, cols, levels))
}

#[cold]
fn outside(array: &Array, k: usize) -> Fault {
    let (rows, _) = array.shape();
    let place =
        if array.is_vector() { format!("[{}]", k + 1) } else { format!("[{}, {}]", k % rows + 1, k / rows + 1) };
    Fault::argument(format!("the element {place} of the image is {}", repr(&array.value(k))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_come_back() {
        let gray = Value::matrix(2, 3, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        let channel = |x: f64| Value::matrix(1, 2, vec![x, 1.0]);
        let colour = Value::named_tuple(vec![("red", channel(0.0)), ("green", channel(0.2)), ("blue", channel(0.4))]);
        let faint = Value::named_tuple(vec![("gray", channel(0.6)), ("alpha", channel(0.8))]);
        for format in [Format::Png, Format::Portable] {
            for value in [&gray, &colour] {
                let bytes = encode(format, value).expect("it is an image");
                assert_eq!(decode(format, "t", &bytes).as_ref(), Ok(value));
            }
        }
        let bytes = encode(Format::Png, &faint).expect("it is an image");
        assert_eq!(decode(Format::Png, "t", &bytes), Ok(faint.clone()));
        assert!(encode(Format::Portable, &faint).is_err(), "the portable formats have no alpha");
    }

    #[test]
    fn bools_and_integers_are_levels() {
        let levels = |value: Value| picture(&value).map(|picture| picture.levels).ok();
        assert_eq!(levels(Value::matrix(1, 2, vec![true, false])), Some(vec![255, 0]));
        assert_eq!(levels(Value::matrix(1, 2, vec![7, 255])), Some(vec![7, 255]));
        assert_eq!(levels(Value::matrix(1, 2, vec![7, 256])), None);
        assert_eq!(levels(Value::matrix(1, 1, vec![f64::NAN])), None);
        assert_eq!(levels(Value::matrix(0, 1, Vec::<f64>::new())), None);
    }
}
