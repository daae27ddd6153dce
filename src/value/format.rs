//! C-style formats.
pub fn format(_: &str, _: &[super::Value]) -> crate::fault::Outcome<String> {
    unimplemented!()
}
