//! The sizes of what stands in brackets: `[A B; C D]`, `[f(x) for x in v]`.

use super::Sizer;
use super::size::{Items, Shape, Size, Sized, Unsized, misfit, unknown};
use crate::syntax::ast::{Expr, ExprKind, Generator};

impl Sizer<'_> {
    /// `[a, b, c]`
    pub(super) fn vector(&mut self, parts: &[Expr]) -> Sized {
        let mut count = 0usize;
        let mut items: Option<Items> = None;
        for part in parts {
            let (more, own) = match &part.kind {
                ExprKind::Splat(inner) => match self.of(inner)? {
                    Size::Array(shape, items) => (shape.len().ok_or(Unsized::Unknown)?, items),
                    Size::Tuple(parts) => (parts.len(), Items::Other),
                    Size::Number(_) | Size::Truth | Size::Scaling | Size::Text => return unknown(),
                },
                _ => (1, as_item(&self.of(part)?)),
            };
            count = count.checked_add(more).ok_or(Unsized::Unknown)?;
            items = Some(items.map_or(own, |before| together(before, own)));
        }
        Ok(Size::Array(Shape::Vector(count), items.unwrap_or(Items::Other)))
    }

    /// `[a b; c d]`
    pub(super) fn rows(&mut self, rows: &[Vec<Expr>]) -> Sized {
        let mut made = Vec::new();
        for row in rows {
            let parts = row.iter().map(|part| self.of(part)).collect::<Result<Vec<_>, _>>()?;
            made.push(if let [part] = &parts[..] { part.clone() } else { beside(&parts)? });
        }
        if let [row] = &made[..]
            && rows[0].len() > 1
        {
            return Ok(row.clone());
        }
        below(&made)
    }

    /// `[body for i in a, j in b]`
    pub(super) fn comprehension(&mut self, generator: &Generator) -> Sized {
        let [only] = &generator.loops[..] else { return unknown() };
        if only.filter.is_some() {
            return unknown();
        }
        let over = only.clauses.iter().map(|clause| self.of(&clause.iterable)).collect::<Result<Vec<_>, _>>()?;
        let shape = match &over[..] {
            [Size::Array(shape, _)] => shape.plain(),
            [Size::Array(Shape::Vector(m), _), Size::Array(Shape::Vector(n), _)] => Shape::Matrix(*m, *n),
            _ => return unknown(),
        };
        let items = self.of_body(generator, &over);
        Ok(Size::Array(shape, items))
    }

    /// What the body of a comprehension gives in each round.
    fn of_body(&mut self, generator: &Generator, over: &[Size]) -> Items {
        let before = self.assigned.clone();
        for (clause, over) in generator.loops.iter().flat_map(|only| &only.clauses).zip(over) {
            let element = match over {
                Size::Array(_, Items::Numbers | Items::Between(..)) => Some(Size::number()),
                Size::Array(_, Items::Truths) => Some(Size::Truth),
                _ => None,
            };
            if let Some(name) = clause.target.as_name() {
                self.assigned.insert(name.clone(), element);
            }
        }
        let body = self.of(&generator.body);
        self.assigned = before;
        body.map_or(Items::Other, |body| as_item(&body))
    }
}

fn as_item(size: &Size) -> Items {
    match size {
        Size::Number(_) => Items::Numbers,
        Size::Truth => Items::Truths,
        Size::Scaling | Size::Text | Size::Tuple(_) | Size::Array(..) => Items::Other,
    }
}

fn together(a: Items, b: Items) -> Items {
    match (a, b) {
        (Items::Other, _) | (_, Items::Other) => Items::Other,
        (Items::Truths, Items::Truths) => Items::Truths,
        _ => Items::Numbers,
    }
}

/// Shape and elements of a block; a number is 1×1.
fn block(size: &Size) -> Result<(Shape, Items), Unsized> {
    match size {
        Size::Array(shape, items) => Ok((*shape, *items)),
        Size::Number(_) | Size::Truth | Size::Text => Ok((Shape::Matrix(1, 1), as_item(size))),
        Size::Scaling | Size::Tuple(_) => Err(Unsized::Unknown),
    }
}

/// `[a b c]`, `hcat(a, b, c)`
pub(super) fn beside(parts: &[Size]) -> Sized {
    joined(parts, " ", |shape| shape.dims(), Shape::Matrix)
}

/// `[a; b; c]`, `vcat(a, b, c)`
pub(super) fn below(parts: &[Size]) -> Sized {
    let flat = |part: &Size| part.is_number() || matches!(part, Size::Text | Size::Array(Shape::Vector(_), _));
    let vector = parts.iter().all(flat);
    let swapped = |shape: Shape| {
        let (rows, cols) = shape.dims();
        (cols, rows)
    };
    joined(parts, "; ", swapped, |cols, rows| if vector { Shape::Vector(rows) } else { Shape::Matrix(rows, cols) })
}

/// Blocks of which one side is the same and the other adds up.
fn joined(
    parts: &[Size],
    separator: &str,
    sides: impl Fn(Shape) -> (usize, usize),
    shape: impl Fn(usize, usize) -> Shape,
) -> Sized {
    let blocks = parts.iter().map(block).collect::<Result<Vec<_>, _>>()?;
    let Some((first, mut items)) = blocks.first().copied() else { return unknown() };
    let (same, mut sum) = (sides(first).0, 0usize);
    for (block, own) in blocks {
        let (side, other) = sides(block);
        if side != same {
            // An empty block may stand anywhere.
            if block.len() == Some(0) || first.len() == Some(0) {
                return unknown();
            }
            let sizes: Vec<String> = parts.iter().map(ToString::to_string).collect();
            return misfit(format!("[{}]", sizes.join(separator)));
        }
        sum = sum.checked_add(other).ok_or(Unsized::Unknown)?;
        items = together(items, own);
    }
    Ok(Size::Array(shape(same, sum), items))
}
