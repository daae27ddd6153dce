//! How values look: `print`, `repr`, and `display` in the styles of Julia, MATLAB, NumPy and PyTorch.

use super::{Screen, Value};

/// What `print` writes: strings as they are, arrays on one line.
pub fn print_text(_value: &Value) -> String {
    unimplemented!()
}

/// What `repr` gives: text that reads back as the value.
pub fn repr(_value: &Value) -> String {
    unimplemented!()
}

/// What `display` and the prompt show, without a newline at the end.
pub fn display_text(_value: &Value, _screen: Screen) -> String {
    unimplemented!()
}

/// What a value is, for labels and messages: `2×3`, `3-vector`, `Int64`, `String`.
pub fn describe(_value: &Value) -> String {
    unimplemented!()
}

/// What MATLAB shows for `name = value`, without a newline at the end.
pub fn matlab_assignment(_name: &str, _value: &Value, _screen: Screen) -> String {
    unimplemented!()
}
