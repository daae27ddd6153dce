//! Files as values and back: each format by itself, from bytes or text in memory. Nothing here opens a file.

mod bytes;
pub mod delimited;
pub mod hld;
pub mod image;
pub mod mat;
pub mod npy;
pub mod npz;
pub mod table;
