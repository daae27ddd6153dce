//! stub
use crate::value::*;
pub fn display(_v: &Value, _s: Screen) -> String {
    String::new()
}
pub fn matlab_assignment(_n: &str, _v: &Value, _s: Screen) -> String {
    String::new()
}
