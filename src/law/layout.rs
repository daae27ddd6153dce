//! What the names of a law stand for: numbers, vectors or matrices, and which of their sizes agree.

use super::sample::Shape;
use super::sets::Set;
use super::statement::Law;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Number,
    /// A whole number that is not negative, as an exponent is.
    Count,
    Vector,
    Matrix,
}

impl Kind {
    /// The kinds that a name may have, the usual one first: `A` a matrix, `x` a vector, `n` a count, `α` a number.
    pub fn candidates(name: &str, sets: &[Set]) -> Vec<Kind> {
        let asked = |set: &Set| match set {
            Set::Scalar => Some(Kind::Number),
            Set::Natural => Some(Kind::Count),
            Set::Vector => Some(Kind::Vector),
            Set::Matrix => Some(Kind::Matrix),
            set if set.is_square() => Some(Kind::Matrix),
            _ => None,
        };
        if let Some(kind) = sets.iter().find_map(asked) {
            return vec![kind];
        }
        Kind::of_letter(name)
    }

    /// The kinds that the first letter of a name suggests, the likeliest first.
    pub fn of_letter(name: &str) -> Vec<Kind> {
        match name.chars().next() {
            Some(c) if c.is_uppercase() => vec![Kind::Matrix, Kind::Vector],
            Some('u' | 'v' | 'w' | 'x' | 'y' | 'z') => vec![Kind::Vector, Kind::Number, Kind::Matrix],
            Some('i' | 'j' | 'k' | 'l' | 'm' | 'n' | 'p' | 'q') => vec![Kind::Count, Kind::Vector, Kind::Matrix],
            _ => vec![Kind::Number, Kind::Vector, Kind::Matrix],
        }
    }

    /// How many sizes it has.
    pub fn axes(self) -> usize {
        match self {
            Kind::Number | Kind::Count => 0,
            Kind::Vector => 1,
            Kind::Matrix => 2,
        }
    }

    /// The shape with these sizes.
    pub fn shape(self, sizes: [usize; 2]) -> Shape {
        match self {
            Kind::Number | Kind::Count => Shape::Number,
            Kind::Vector => Shape::Vector(sizes[0]),
            Kind::Matrix => Shape::Matrix(sizes[0], sizes[1]),
        }
    }
}

/// A size of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The same as all sizes of this class.
    Class(usize),
    /// Always this.
    Fixed(usize),
}

/// Kinds and sizes of all free names.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    pub kinds: Vec<Kind>,
    /// Rows and columns of each name; only as many count as the kind has.
    pub extents: Vec<[Extent; 2]>,
    /// How many classes of sizes there are.
    pub classes: usize,
}

impl Layout {
    /// The layout that a number of sizes that work have in common: two sizes are the same where they always agree.
    pub fn of(kinds: &[Kind], solutions: &[Vec<[usize; 2]>]) -> Layout {
        let axes = |kinds: &[Kind]| -> Vec<(usize, usize)> {
            (0..kinds.len()).flat_map(|name| (0..kinds[name].axes()).map(move |axis| (name, axis))).collect()
        };
        let mut representatives: Vec<(usize, usize)> = Vec::new();
        let mut extents = vec![[Extent::Fixed(1); 2]; kinds.len()];
        for (name, axis) in axes(kinds) {
            let size = |solution: &Vec<[usize; 2]>| solution[name][axis];
            let first = solutions.first().map_or(1, size);
            if solutions.iter().all(|solution| size(solution) == first) {
                extents[name][axis] = Extent::Fixed(first);
                continue;
            }
            let same = |other: &(usize, usize)| solutions.iter().all(|s| s[other.0][other.1] == size(s));
            let class = representatives.iter().position(same).unwrap_or_else(|| {
                representatives.push((name, axis));
                representatives.len() - 1
            });
            extents[name][axis] = Extent::Class(class);
        }
        Layout { kinds: kinds.to_vec(), extents, classes: representatives.len() }
    }

    /// The shape of a name, where each class has a size.
    pub fn shape(&self, name: usize, sizes: &[usize]) -> Shape {
        let size = |extent: Extent| match extent {
            Extent::Class(class) => sizes[class],
            Extent::Fixed(size) => size,
        };
        self.kinds[name].shape(self.extents[name].map(size))
    }

    /// The names and what they are, those with the same sizes together: `A is m×n, B and C are n×p`.
    pub fn describe(&self, law: &Law) -> String {
        let letters: Vec<&str> =
            ["n", "m", "p", "q", "r", "s", "t"].into_iter().filter(|l| law.names.iter().all(|n| &**n != *l)).collect();
        // A single size is called n; of several the first is m.
        let both = self.classes > 1 && letters.starts_with(&["n", "m"]);
        let letter = |class: usize| {
            let place = match class {
                0 | 1 if both => 1 - class,
                other => other,
            };
            letters.get(place).map_or_else(|| format!("n{class}"), |l| (*l).to_owned())
        };
        let text = |extent: Extent| match extent {
            Extent::Class(class) => letter(class),
            Extent::Fixed(size) => size.to_string(),
        };
        let mut groups: Vec<(String, String, Vec<&str>)> = Vec::new();
        for (name, kind) in self.kinds.iter().enumerate() {
            let [rows, cols] = self.extents[name].map(text);
            let (one, many) = match kind {
                Kind::Number => ("a number".to_owned(), "numbers".to_owned()),
                Kind::Count => ("a number 0, 1, 2 …".to_owned(), "numbers 0, 1, 2 …".to_owned()),
                Kind::Vector => (format!("{} {rows}-vector", article(&rows)), format!("{rows}-vectors")),
                Kind::Matrix => (format!("{rows}×{cols}"), format!("{rows}×{cols}")),
            };
            let written = &*law.names[name];
            match groups.iter_mut().find(|(known, ..)| *known == one) {
                Some((_, _, names)) => names.push(written),
                None => groups.push((one, many, vec![written])),
            }
        }
        let said = |(one, many, names): &(String, String, Vec<&str>)| match names.as_slice() {
            [only] => format!("{only} is {one}"),
            several => format!("{} are {many}", listed(several)),
        };
        groups.iter().map(said).collect::<Vec<_>>().join(", ")
    }
}

/// `an n-vector`, `a 3-vector`
fn article(size: &str) -> &'static str {
    if size.starts_with(['m', 'n', 'r', 's', '8']) { "an" } else { "a" }
}

/// `A`, `A and B`, `A, B and C`
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
