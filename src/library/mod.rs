//! The builtins: each declared once, in a table of its family.

use crate::fault::Outcome;
use crate::value::function::Arguments;
use crate::value::{Builtin, Host, Value};

/// The builtin with this name.
pub fn builtin(_name: &str) -> Option<&'static Builtin> {
    unimplemented!()
}

/// The constant or type with this name: `π`, `im`, `Inf`, `nothing`, `Int64`, `I`.
pub fn constant(_name: &str) -> Option<Value> {
    unimplemented!()
}

/// Every name of the library, for completion and for suggestions after a typing error.
pub fn names() -> impl Iterator<Item = &'static str> {
    std::iter::empty()
}

/// Checks number and names of the arguments against the signature and runs the builtin.
pub fn call(_builtin: &'static Builtin, _args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    unimplemented!()
}

/// Calls a type as a conversion or constructor: `Int64(2.0)`, `Matrix(I, 2, 2)`, `Vector{Float64}(undef, 3)` has no form here.
pub fn construct(_ty: &crate::value::Type, _args: &Arguments<'_>, _host: &dyn Host) -> Outcome<Value> {
    unimplemented!()
}

pub fn construct_identity(_: &Value, _: &Value) -> Outcome<Value> {
    unimplemented!()
}
pub fn takes_keyword(_: &Builtin, _: &str) -> bool {
    unimplemented!()
}
pub fn is_pure(_: &Builtin) -> bool {
    unimplemented!()
}
