//! Mathematical functions of one float, with the same bits whether they are called alone or by a block kernel.

/// e to the x.
pub fn exp(_x: f64) -> f64 {
    unimplemented!()
}

/// The natural logarithm; NaN below zero.
pub fn log(_x: f64) -> f64 {
    unimplemented!()
}

/// The sine.
pub fn sin(_x: f64) -> f64 {
    unimplemented!()
}

/// The cosine.
pub fn cos(_x: f64) -> f64 {
    unimplemented!()
}

/// The tangent.
pub fn tan(_x: f64) -> f64 {
    unimplemented!()
}

/// The hyperbolic tangent.
pub fn tanh(_x: f64) -> f64 {
    unimplemented!()
}

/// The nearest integer, halves to the even one.
pub fn round(_x: f64) -> f64 {
    unimplemented!()
}
