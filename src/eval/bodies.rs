//! The bodies of a method: built when they are first run, one for each combination of kinds of arguments.

use super::build;
use super::kind::{Kind, Trusted};
use super::node::{BoxNode, Node};
use crate::resolve::code::FunctionCode;
use crate::value::Value;
use std::cell::OnceCell;
use std::rc::Rc;

/// Combinations of kinds that a method has a body for; calls with others run one for any values.
const MOST_BODIES: usize = 4;

/// Parameters whose kinds are looked at.
const MOST_KINDS: usize = 16;

/// The kinds of the first arguments, two bits for each; 0 for arguments of any kind.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Signature(u64);

/// The bodies of a method.
pub struct Bodies {
    code: Rc<FunctionCode>,
    first: OnceCell<Box<Body>>,
    general: OnceCell<BoxNode>,
}

/// A body for arguments of some kinds, and a place for another one.
struct Body {
    signature: Signature,
    node: BoxNode,
    trusted: Vec<Trusted>,
    next: OnceCell<Box<Body>>,
}

impl Bodies {
    /// The bodies of a function, none of them built yet.
    pub fn new(code: &Rc<FunctionCode>) -> Bodies {
        Bodies { code: code.clone(), first: OnceCell::new(), general: OnceCell::new() }
    }

    /// Slots that arguments stand in: those of the parameters, the positional ones and the keywords.
    pub fn params(&self) -> usize {
        self.code.params.len() + self.code.keywords.len()
    }

    /// The body for arguments.
    #[inline(always)]
    pub fn body(&self, arguments: &[Value]) -> &dyn Node {
        let signature = Signature::of(&arguments[..arguments.len().min(MOST_KINDS)]);
        match self.first.get() {
            Some(body) if body.signature == signature && body.is_current() => &*body.node,
            _ => self.another(signature),
        }
    }

    #[inline(never)]
    fn another(&self, signature: Signature) -> &dyn Node {
        let mut place = &self.first;
        for _ in 0..MOST_BODIES {
            let build = || {
                let (node, trusted) = self.build(signature, true);
                Box::new(Body { signature, node, trusted, next: OnceCell::new() })
            };
            let body = place.get_or_init(build);
            if body.signature == signature {
                // A function of the library that has become something else is rare: then nothing is trusted any more.
                return if body.is_current() { &*body.node } else { self.general() };
            }
            place = &body.next;
        }
        self.general()
    }

    fn general(&self) -> &dyn Node {
        &**self.general.get_or_init(|| self.build(Signature(0), false).0)
    }

    fn build(&self, signature: Signature, trusting: bool) -> (BoxNode, Vec<Trusted>) {
        let kind = |param| if param < MOST_KINDS { signature.kind(param) } else { Kind::Any };
        let kinds: Vec<Kind> = (0..self.params()).map(kind).collect();
        build::body(&self.code, &kinds, trusting)
    }
}

impl Body {
    /// Is what it was built for still so?
    #[inline(always)]
    fn is_current(&self) -> bool {
        self.trusted.iter().all(Trusted::holds)
    }
}

impl Signature {
    #[inline(always)]
    fn of(arguments: &[Value]) -> Signature {
        let bits = |kind| match kind {
            Kind::Any | Kind::Never => 0,
            Kind::Bool => 1,
            Kind::Int => 2,
            Kind::Float => 3,
        };
        Signature(arguments.iter().rev().fold(0, |known, argument| known << 2 | bits(Kind::of(argument))))
    }

    fn kind(self, param: usize) -> Kind {
        match self.0 >> (2 * param) & 3 {
            1 => Kind::Bool,
            2 => Kind::Int,
            3 => Kind::Float,
            _ => Kind::Any,
        }
    }
}
