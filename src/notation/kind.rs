//! What an expression's value is, as far as its operands tell it: number, vector, row or matrix. No sizes are computed
//! but those that literals and the session's variables show.

use crate::op::{BinaryOp, UnaryOp};
use crate::value::{Array, Elements, Form, Value};

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kind {
    pub shape: Shape,
    pub element: Element,
    /// Rows, or the length of a vector; and columns. Only where they are known.
    pub rows: Option<usize>,
    pub cols: Option<usize>,
}

/// What kind of array, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Number,
    Vector,
    /// `x'` of a vector.
    Row,
    Matrix,
    Text,
    Function,
    /// Tuples, `nothing`, what cannot be told.
    Other,
}

/// What the elements are, each a part of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element {
    Bool,
    Int,
    /// Floats, and where nothing is known.
    Real,
    Complex,
}

/// The operation is not defined for operands of these kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict;

/// The kind of a result.
pub type Combined = Result<Kind, Conflict>;

impl Kind {
    /// A number.
    pub const fn number(element: Element) -> Kind {
        Kind { shape: Shape::Number, element, rows: None, cols: None }
    }

    /// A value of this shape, of floats and unknown size.
    pub const fn of(shape: Shape) -> Kind {
        Kind { shape, element: Element::Real, rows: None, cols: None }
    }

    /// What cannot be told.
    pub const OTHER: Kind = Kind::of(Shape::Other);

    /// The kind of a value.
    pub fn of_value(value: &Value) -> Kind {
        match value {
            Value::Bool(_) => Kind::number(Element::Bool),
            Value::Int(_) => Kind::number(Element::Int),
            Value::Float(_) => Kind::number(Element::Real),
            Value::Complex(_) => Kind::number(Element::Complex),
            Value::Str(_) => Kind::of(Shape::Text),
            Value::Array(array) => Kind::of_array(array),
            Value::Range(range) => {
                let element = if matches!(range.first(), Value::Int(_)) { Element::Int } else { Element::Real };
                Kind { shape: Shape::Vector, element, rows: Some(range.len()), cols: None }
            }
            Value::Scaling(_) => Kind::of(Shape::Matrix),
            Value::Function(_) => Kind::of(Shape::Function),
            Value::Undefined
            | Value::Nothing
            | Value::Colon
            | Value::Tuple(_)
            | Value::Pair(_)
            | Value::CartesianIndex(_)
            | Value::Type(_)
            | Value::Error(_)
            | Value::Iterator(_)
            | Value::Reference(_)
            | Value::Stream(_)
            | Value::Variable(_) => Kind::OTHER,
        }
    }

    fn of_array(array: &Array) -> Kind {
        let element = match &*array.elements() {
            Elements::Bool(_) => Element::Bool,
            Elements::Int(_) => Element::Int,
            Elements::Float(_) => Element::Real,
            Elements::Complex(_) => Element::Complex,
            Elements::Any(..) => return Kind::OTHER,
        };
        let (rows, cols) = array.shape();
        let (shape, rows, cols) = match array.form() {
            Form::Vector => (Shape::Vector, rows, None),
            Form::AdjointVector | Form::TransposeVector => (Shape::Row, 1, Some(cols)),
            Form::Matrix | Form::AdjointMatrix | Form::TransposeMatrix => (Shape::Matrix, rows, Some(cols)),
        };
        Kind { shape, element, rows: Some(rows), cols }
    }

    /// Has it elements?
    pub fn is_array(self) -> bool {
        matches!(self.shape, Shape::Vector | Shape::Row | Shape::Matrix)
    }

    /// Is it a single number?
    pub fn is_number(self) -> bool {
        self.shape == Shape::Number
    }

    /// The same with other elements.
    #[must_use]
    pub fn with(self, element: Element) -> Kind {
        Kind { element, ..self }
    }

    /// The transposed.
    #[must_use]
    pub fn transposed(self) -> Kind {
        match self.shape {
            Shape::Vector => Kind { shape: Shape::Row, rows: Some(1), cols: self.rows, ..self },
            Shape::Row => Kind { shape: Shape::Vector, rows: self.cols, cols: None, ..self },
            Shape::Matrix => Kind { rows: self.cols, cols: self.rows, ..self },
            Shape::Number | Shape::Text | Shape::Function | Shape::Other => self,
        }
    }

    /// Could a size be that of the other? Unknown sizes could be any.
    fn may_equal(a: Option<usize>, b: Option<usize>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }
}

/// The kind of `a op b`.
pub fn binary(op: BinaryOp, dotted: bool, a: Kind, b: Kind) -> Combined {
    use Shape::*;
    if [a.shape, b.shape].iter().any(|shape| matches!(shape, Other | Function)) {
        return Ok(if op.is_comparison() && !dotted { Kind::number(Element::Bool) } else { Kind::OTHER });
    }
    let element = result_element(op, a, b);
    if a.shape == Text || b.shape == Text {
        return Ok(if op.is_comparison() { Kind::number(Element::Bool) } else { Kind::of(Text) });
    }
    if a.is_number() && b.is_number() {
        return Ok(Kind::number(element));
    }
    if dotted || matches!(op, BinaryOp::Hadamard | BinaryOp::HadamardDiv) {
        return stretched(a, b).map(|kind| kind.with(element));
    }
    match op {
        BinaryOp::Add | BinaryOp::Sub => same_size(a, b).map(|kind| kind.with(element)),
        BinaryOp::Mul => product(a, b).map(|kind| kind.with(element)),
        BinaryOp::Div => match (a.shape, b.shape) {
            (_, Number) => Ok(a.with(element)),
            (Matrix | Row, Matrix) => {
                Ok(Kind { shape: if a.shape == Row { Row } else { Matrix }, rows: a.rows, cols: b.rows, element })
            }
            _ => Err(Conflict),
        },
        BinaryOp::LeftDiv => match (a.shape, b.shape) {
            (Number, _) => Ok(b.with(element)),
            (Matrix, Vector) => Ok(Kind { rows: a.cols, ..b.with(element) }),
            (Matrix, Matrix) => Ok(Kind { rows: a.cols, ..b.with(element) }),
            _ => Err(Conflict),
        },
        BinaryOp::Pow => match (a.shape, b.shape) {
            (Matrix, Number) if Kind::may_equal(a.rows, a.cols) => Ok(a.with(element)),
            _ => Err(Conflict),
        },
        BinaryOp::Dot => Ok(Kind::number(element)),
        BinaryOp::Cross => Ok(a.with(element)),
        BinaryOp::Kron => {
            let times = |a: Option<usize>, b: Option<usize>| a?.checked_mul(b?);
            match (a.shape, b.shape) {
                (Vector, Vector) => Ok(Kind { rows: times(a.rows, b.rows), ..a.with(element) }),
                (Number, _) => Ok(b.with(element)),
                (_, Number) => Ok(a.with(element)),
                _ => Ok(Kind { shape: Matrix, element, rows: times(a.rows, b.rows), cols: times(a.cols, b.cols) }),
            }
        }
        op if op.is_comparison() => Ok(Kind::number(Element::Bool)),
        BinaryOp::Compose => Ok(Kind::of(Function)),
        BinaryOp::Union | BinaryOp::Intersect => Ok(Kind { rows: None, ..Kind::of(Vector).with(element) }),
        BinaryOp::Pipe | BinaryOp::PipeLeft | BinaryOp::Pair => Ok(Kind::OTHER),
        // Whole arrays take none of these.
        _ => Err(Conflict),
    }
}

fn result_element(op: BinaryOp, a: Kind, b: Kind) -> Element {
    let larger = a.element.max(b.element);
    match op {
        op if op.is_comparison() => Element::Bool,
        BinaryOp::Div | BinaryOp::LeftDiv | BinaryOp::HadamardDiv => larger.max(Element::Real),
        BinaryOp::And | BinaryOp::Or | BinaryOp::Xor => larger,
        _ => larger.max(Element::Int),
    }
}

fn same_size(a: Kind, b: Kind) -> Combined {
    let like = |a: Kind, b: Kind| Kind { rows: a.rows.or(b.rows), cols: a.cols.or(b.cols), ..a };
    let fits = Kind::may_equal(a.rows, b.rows) && Kind::may_equal(a.cols, b.cols);
    match (a.shape, b.shape) {
        (x, y) if x == y && fits => Ok(like(a, b)),
        (Shape::Matrix, Shape::Row) if fits => Ok(a),
        (Shape::Row, Shape::Matrix) if fits => Ok(b),
        _ => Err(Conflict),
    }
}

fn product(a: Kind, b: Kind) -> Combined {
    use Shape::*;
    let inner = |fits: bool, kind: Kind| if fits { Ok(kind) } else { Err(Conflict) };
    match (a.shape, b.shape) {
        (Number, _) => Ok(b),
        (_, Number) => Ok(a),
        (Matrix, Matrix) => inner(Kind::may_equal(a.cols, b.rows), Kind { cols: b.cols, ..a }),
        (Matrix, Vector) => inner(Kind::may_equal(a.cols, b.rows), Kind { rows: a.rows, ..b }),
        (Row, Vector) => inner(Kind::may_equal(a.cols, b.rows), Kind::number(a.element)),
        (Row, Matrix) => inner(Kind::may_equal(a.cols, b.rows), Kind { cols: b.cols, ..a }),
        (Vector, Row) => Ok(Kind { shape: Matrix, cols: b.cols, ..a }),
        // A vector is a column to a matrix of one row only.
        (Vector, Matrix) => inner(b.rows == Some(1), Kind { shape: Matrix, cols: b.cols, ..a }),
        (Matrix, Row) => inner(a.cols == Some(1), Kind { cols: b.cols, ..a }),
        _ => Err(Conflict),
    }
}

/// The kind of two arrays that are stretched to a common size.
pub fn stretched(a: Kind, b: Kind) -> Combined {
    use Shape::*;
    let wider = |a: Option<usize>, b: Option<usize>| match (a, b) {
        (Some(a), Some(b)) if a == b || b == 1 => Ok(Some(a)),
        (Some(1), Some(b)) => Ok(Some(b)),
        (Some(_), Some(_)) => Err(Conflict),
        (Some(1), None) | (None, Some(1)) | (None, None) => Ok(None),
        (Some(a), None) | (None, Some(a)) => Ok(Some(a)),
    };
    match (a.shape, b.shape) {
        (Number, _) => Ok(b),
        (_, Number) => Ok(a),
        (Vector, Vector) => Ok(Kind { rows: wider(a.rows, b.rows)?, ..a }),
        (Row, Row) => Ok(Kind { cols: wider(a.cols, b.cols)?, ..a }),
        _ => {
            let cols = |kind: Kind| if kind.shape == Vector { Some(1) } else { kind.cols };
            Ok(Kind { shape: Matrix, element: a.element, rows: wider(a.rows, b.rows)?, cols: wider(cols(a), cols(b))? })
        }
    }
}

/// The kind of a sign before a value, or of its adjoint.
pub fn unary(op: UnaryOp, dotted: bool, a: Kind) -> Combined {
    match op {
        UnaryOp::Neg | UnaryOp::Plus | UnaryOp::BitNot => Ok(a.with(a.element.max(Element::Int))),
        UnaryOp::Not if a.is_array() && !dotted => Err(Conflict),
        UnaryOp::Not => Ok(a.with(Element::Bool)),
        UnaryOp::Sqrt | UnaryOp::Cbrt if !dotted && matches!(a.shape, Shape::Vector | Shape::Row) => Err(Conflict),
        UnaryOp::Sqrt | UnaryOp::Cbrt => Ok(a.with(a.element.max(Element::Real))),
        UnaryOp::Adjoint => Ok(a.transposed()),
    }
}
