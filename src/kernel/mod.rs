//! Typed loops over slices, and the bridges to the linear-algebra library.

pub mod angles;
pub mod bessel;
pub mod blocked;
pub mod broadcast;
pub mod builder;
mod by_vector;
pub mod complex;
pub mod elementwise;
pub mod linalg;
pub mod normals;
pub mod operators;
mod powers;
pub mod product;
pub mod program;
pub mod reduce;
pub mod sort;
pub mod threads;
