//! MATLAB's `.mat` of level 5 (versions 5 to 7.2): named matrices, texts, cell arrays and structures, packed or not. The
//! format is that of "MAT-File Format", The MathWorks.

mod read;
mod write;

pub use read::decode;
pub use write::{encode, is_name};

/// Bytes of the header.
const HEADER: usize = 128;

/// Every part of a file begins at a multiple of this.
const ALIGNMENT: usize = 8;

/// The types of the numbers in a part of the file.
mod data {
    pub const INT8: u32 = 1;
    pub const UINT8: u32 = 2;
    pub const INT16: u32 = 3;
    pub const UINT16: u32 = 4;
    pub const INT32: u32 = 5;
    pub const UINT32: u32 = 6;
    pub const SINGLE: u32 = 7;
    pub const DOUBLE: u32 = 9;
    pub const INT64: u32 = 12;
    pub const UINT64: u32 = 13;
    pub const MATRIX: u32 = 14;
    pub const COMPRESSED: u32 = 15;
    pub const UTF8: u32 = 16;
    pub const UTF16: u32 = 17;
    pub const UTF32: u32 = 18;
}

/// The classes of arrays.
mod class {
    pub const CELL: u8 = 1;
    pub const STRUCT: u8 = 2;
    pub const CHAR: u8 = 4;
    pub const SPARSE: u8 = 5;
    pub const DOUBLE: u8 = 6;
    pub const SINGLE: u8 = 7;
    pub const INT8: u8 = 8;
    pub const UINT8: u8 = 9;
    pub const INT64: u8 = 14;
    pub const UINT64: u8 = 15;
}

/// Bits of an array's flags.
mod flag {
    pub const LOGICAL: u32 = 0x0200;
    pub const COMPLEX: u32 = 0x0800;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Array, Complex64, Type, Value};

    #[test]
    fn variables_come_back() {
        let text = |text: &str| Value::str(text);
        let variables: Vec<(String, Value)> = [
            ("a", Value::float(0.5)),
            ("b", Value::bool(true)),
            ("c", Value::Int(1 << 60)),
            ("d", text("größer 😀")),
            ("e", Value::matrix(2, 2, vec![1.0, 2.0, 3.0, 4.0])),
            ("f", Value::vector(vec![1, -2, 3])),
            ("g", Value::matrix(1, 2, vec![Complex64::new(1.0, 2.0), Complex64::new(0.0, -1.0)])),
            ("h", Value::array(Array::vector_of(vec![text("a"), text("")], Type::String))),
            ("i", Value::array(Array::vector_of(vec![Value::float(1.0), text("x")], Type::Any))),
            ("s", Value::named_tuple(vec![("x", Value::float(1.0)), ("long_name", text("y"))])),
            ("z", Value::matrix(0, 3, Vec::<f64>::new())),
            ("m", Value::matrix(1, 3, vec![true, false, true])),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
        let bytes = encode(&variables).expect("they can be stored");
        assert_eq!(decode("t", &bytes), Ok(variables));
    }

    #[test]
    fn what_matlab_does_not_have_is_refused() {
        let refused = |name: &str, value: Value| encode(&[(name.to_owned(), value)]).is_err();
        assert!(refused("x", Value::Nothing) && refused("x₁", Value::Int(1)) && refused("a b", Value::Int(1)));
    }
}
