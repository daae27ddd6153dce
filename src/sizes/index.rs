//! The sizes of parts: `A[2:end, :]`.

use super::Sizer;
use super::size::{Items, Shape, Size, Sized, Unsized, misfit, unknown};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind};
use crate::value::Value;

/// What an index takes of a dimension.
enum Taken {
    One,
    Many(Shape),
}

impl Sizer<'_> {
    /// `object[args]`
    pub(super) fn index(&mut self, object: &Expr, args: &[Expr], span: Span) -> Sized {
        let (shape, items) = match self.of(object)? {
            Size::Array(shape, items) => (shape, items),
            Size::Tuple(parts) => return self.part(&parts, args),
            Size::Number(_) | Size::Truth | Size::Scaling | Size::Text => return unknown(),
        };
        let (rows, cols) = shape.dims();
        let lengths = match args.len() {
            1 => vec![shape.len().ok_or(Unsized::Unknown)?],
            2 => vec![rows, cols],
            _ => return unknown(),
        };
        let mut taken = Vec::new();
        for (arg, length) in args.iter().zip(lengths) {
            self.ends.push(length);
            let found = self.taken(arg, length);
            self.ends.pop();
            match found? {
                Some(found) => taken.push(found),
                None => {
                    let text = self.written(span);
                    let inside = text.find('[').map_or("", |at| &text[at..]);
                    return misfit(format!("{shape}{inside}"));
                }
            }
        }
        let items = if let Items::Between(..) = items { Items::Numbers } else { items };
        match taken[..] {
            [Taken::One] | [Taken::One, Taken::One] => element(items),
            [Taken::Many(shape)] => Ok(Size::Array(shape, items)),
            [Taken::One, Taken::Many(Shape::Vector(n))] | [Taken::Many(Shape::Vector(n)), Taken::One] => {
                Ok(Size::Array(Shape::Vector(n), items))
            }
            [Taken::Many(Shape::Vector(m)), Taken::Many(Shape::Vector(n))] => {
                Ok(Size::Array(Shape::Matrix(m, n), items))
            }
            _ => unknown(),
        }
    }

    /// What an index takes of a dimension of some length; nothing where it is out of bounds.
    fn taken(&mut self, arg: &Expr, length: usize) -> Result<Option<Taken>, Unsized> {
        if let ExprKind::Colon = arg.kind {
            return Ok(Some(Taken::Many(Shape::Vector(length))));
        }
        let inside = |k: i64| usize::try_from(k).is_ok_and(|k| (1..=length).contains(&k));
        Ok(match self.of(arg)? {
            Size::Number(Some(Value::Int(k))) => inside(k).then_some(Taken::One),
            Size::Number(None) => Some(Taken::One),
            Size::Array(shape, Items::Between(low, high)) => {
                (inside(low) && inside(high)).then_some(Taken::Many(shape))
            }
            Size::Array(shape @ (Shape::Vector(_) | Shape::Matrix(..)), Items::Numbers) => Some(Taken::Many(shape)),
            _ => return Err(Unsized::Unknown),
        })
    }

    fn part(&mut self, parts: &[Size], args: &[Expr]) -> Sized {
        let [arg] = args else { return unknown() };
        self.ends.push(parts.len());
        let place = self.of(arg).and_then(|place| place.count());
        self.ends.pop();
        place?.checked_sub(1).and_then(|k| parts.get(k)).cloned().ok_or(Unsized::Unknown)
    }
}

fn element(items: Items) -> Sized {
    match items {
        Items::Numbers | Items::Between(..) => Ok(Size::number()),
        Items::Truths => Ok(Size::Truth),
        Items::Other => unknown(),
    }
}
