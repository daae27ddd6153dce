//! Typed loops over slices, and the bridges to the linear-algebra library.

pub mod broadcast;
pub mod elementwise;
pub mod maths;
pub mod operators;
pub mod program;
pub mod reduce;
pub mod sort;
