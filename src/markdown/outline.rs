//! The ids of headings, and the tree that headings make.

use std::collections::HashMap;
use std::ops::Range;

use super::body::Heading;
use crate::text::slug;

/// What a heading without letters or digits is called.
const NAMELESS: &str = "section";

/// A heading in the tree, by its place in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// The index of the heading.
    pub heading: usize,
    /// The headings under it.
    pub children: Vec<Node>,
}

/// Makes a tree out of headings in order. Where levels are skipped, a heading is a child of the
/// nearest one before it with a smaller level.
pub fn nest(headings: &[Heading]) -> Vec<Node> {
    let mut roots = Vec::new();
    let mut open: Vec<Node> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|node| headings[node.heading].level >= heading.level) {
            close_last(&mut open, &mut roots);
        }
        open.push(Node { heading: index, children: Vec::new() });
    }
    while !open.is_empty() {
        close_last(&mut open, &mut roots);
    }
    roots
}

/// Hands the innermost open heading to the one above it.
fn close_last(open: &mut Vec<Node>, roots: &mut Vec<Node>) {
    if let Some(node) = open.pop() {
        open.last_mut().map_or(roots, |above| &mut above.children).push(node);
    }
}

/// The id that a heading asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Wish {
    /// One made from its text.
    Any,
    /// Its author's, and where it stands in the source.
    Own(String, Range<usize>),
    /// What raw HTML has already written, or none.
    Written(Option<(String, Range<usize>)>),
    /// None: the dialect has no ids.
    None,
}

/// Two headings that ask for the same id: the place of the later and of the first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Clash {
    pub(super) id: String,
    pub(super) later: Range<usize>,
    pub(super) first: Range<usize>,
}

/// Gives every heading its id. The ids of authors come first, wherever they stand, so that
/// a made one never takes theirs; ids that `ids` holds already are avoided.
pub(super) fn assign(headings: &mut [Heading], wishes: &[Wish], ids: &mut Ids) -> Vec<Clash> {
    let mut clashes = Vec::new();
    let mut owners: HashMap<&str, &Range<usize>> = HashMap::new();
    for (heading, wish) in headings.iter_mut().zip(wishes) {
        let (Wish::Own(id, place) | Wish::Written(Some((id, place)))) = wish else { continue };
        if let Some(&first) = owners.get(id.as_str()) {
            clashes.push(Clash { id: id.clone(), later: place.clone(), first: first.clone() });
        }
        owners.entry(id).or_insert(place);
        heading.id = Some(match wish {
            Wish::Own(..) => ids.claim(id).into(),
            _ => {
                ids.take(id);
                id.as_str().into()
            }
        });
    }
    for (heading, wish) in headings.iter_mut().zip(wishes) {
        if *wish == Wish::Any {
            let id = slug::heading_id(&heading.text);
            let id = if id.is_empty() { NAMELESS } else { &id };
            heading.id = Some(ids.claim(id).into());
        }
    }
    clashes
}

/// The ids of a page, each given out once.
#[derive(Default, Debug)]
pub(super) struct Ids {
    /// The ids taken, with the number to try next for one more of the same name.
    taken: HashMap<String, usize>,
}

impl Ids {
    /// Takes an id that is already written.
    pub(super) fn take(&mut self, id: &str) {
        self.taken.entry(id.to_owned()).or_insert(1);
    }

    /// Gives out an id, with a number behind it where it is taken.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let Some(&next) = self.taken.get(wanted) else {
            self.take(wanted);
            return wanted.to_owned();
        };
        let mut number = next;
        loop {
            let id = format!("{wanted}-{number}");
            number += 1;
            if !self.taken.contains_key(&id) {
                self.taken.insert(wanted.to_owned(), number);
                self.take(&id);
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ids, Node, nest};
    use crate::markdown::body::Heading;

    fn show(nodes: &[Node]) -> String {
        let show = |node: &Node| match node.children.as_slice() {
            [] => node.heading.to_string(),
            children => format!("{}({})", node.heading, show(children)),
        };
        nodes.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    fn tree(levels: &[u8]) -> String {
        let heading = |&level| Heading { level, id: None, text: Box::default(), span: 0..0 };
        show(&nest(&levels.iter().map(heading).collect::<Vec<_>>()))
    }

    #[test]
    fn headings_nest_however_levels_skip() {
        assert_eq!(tree(&[2, 3, 3, 2]), "0(1 2) 3");
        assert_eq!(tree(&[4, 2, 6, 3, 1]), "0 1(2 3) 4");
        assert_eq!(tree(&[]), "");
    }

    #[test]
    fn an_id_is_given_out_once() {
        let mut ids = Ids::default();
        ids.take("a-1");
        let given = ["a", "a", "a", "a-1"].map(|id| ids.claim(id));
        assert_eq!(given, ["a", "a-2", "a-3", "a-1-1"]);
    }
}
