//! Typed loops over slices, and the bridges to the linear-algebra library.

pub mod broadcast;
pub mod linalg;
pub mod operators;
pub mod product;
pub mod reduce;
