//! Known names as sequences of words: a tree, so that a look-up goes along the words of the text, however many names begin
//! with the same ones.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// What a known name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// The thing that has this name.
    pub(crate) entry: u32,
    /// Counts only where the context says that it is a name.
    pub(crate) weak: bool,
    /// A user gave it: it wins over everything.
    pub(crate) user: bool,
}

/// Known names, by the words after their first.
#[derive(Debug)]
pub(crate) struct Names {
    /// The first is no name's.
    nodes: Vec<Node>,
    /// The next words of all nodes with the nodes that they lead to; those of one node stand together, by their hashes.
    steps: Vec<(u64, u32)>,
}

/// The words of a name up to one of them.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The name that ends here.
    phrase: Option<Phrase>,
    /// A range of the steps.
    steps: (u32, u32),
}

impl Default for Names {
    fn default() -> Self {
        Self { nodes: vec![Node::default()], steps: Vec::new() }
    }
}

impl Names {
    /// A node by its number; there are no names at node 0.
    fn node(&self, node: u32) -> Node {
        self.nodes.get(node as usize).copied().unwrap_or_default()
    }

    /// The node to which a word leads from another.
    fn step(&self, node: Node, word: u64) -> Option<Node> {
        let steps = self.steps.get(node.steps.0 as usize..node.steps.1 as usize)?;
        let at = steps.binary_search_by_key(&word, |(hash, _)| *hash).ok()?;
        Some(self.node(steps[at].1))
    }

    /// The longest name that goes on from a node with the hashes of these words and for which something holds, and how many
    /// of them it takes.
    pub(crate) fn longest(
        &self,
        node: u32,
        words: impl Iterator<Item = u64>,
        holds: impl Fn(Phrase) -> bool,
    ) -> Option<(Phrase, usize)> {
        let mut node = self.node(node);
        let mut longest = node.phrase.filter(|phrase| holds(*phrase)).map(|phrase| (phrase, 0));
        for (before, word) in words.enumerate() {
            let Some(next) = self.step(node, word) else { break };
            node = next;
            longest = node.phrase.filter(|phrase| holds(*phrase)).map(|phrase| (phrase, before + 1)).or(longest);
        }
        longest
    }

    /// The name that goes on from a node with the hashes of exactly these words.
    pub(crate) fn whole(&self, node: u32, mut words: impl Iterator<Item = u64>) -> Option<Phrase> {
        words.try_fold(self.node(node), |node, word| self.step(node, word))?.phrase
    }

    /// Adds names that begin with one word, and gives the node from which they go on.
    pub(super) fn add(&mut self, names: Rests) -> u32 {
        let mut names: Vec<(Box<[u64]>, Phrase)> = names.0.into_iter().collect();
        names.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let root = self.nodes.len();
        self.nodes.push(Node::default());
        // Nodes whose names are still to be added: which names of the list, and how many words they share.
        let mut open = vec![(root, 0..names.len(), 0)];
        while let Some((node, mut range, depth)) = open.pop() {
            // The shortest stands first.
            if let Some((_, phrase)) = names.get(range.start).filter(|(rest, _)| rest.len() == depth) {
                self.nodes[node].phrase = Some(*phrase);
                range.start += 1;
            }
            let from = self.steps.len() as u32;
            while let Some(word) = names.get(range.start).and_then(|(rest, _)| rest.get(depth)).copied() {
                if range.is_empty() {
                    break;
                }
                let same = names[range.clone()].partition_point(|(rest, _)| rest[depth] <= word);
                let next = self.nodes.len();
                self.nodes.push(Node::default());
                self.steps.push((word, next as u32));
                open.push((next, range.start..range.start + same, depth + 1));
                range.start += same;
            }
            self.nodes[node].steps = (from, self.steps.len() as u32);
        }
        root as u32
    }
}

/// Names that begin with one word while they are gathered, by the words after it.
#[derive(Debug, Default)]
pub(super) struct Rests(HashMap<Box<[u64]>, Phrase>);

impl Rests {
    /// Adds a name; says whether it is one that was not known better: a user's takes the place of any other, and of the
    /// others the first that is not weak counts.
    pub(super) fn add(&mut self, rest: Box<[u64]>, phrase: Phrase) -> bool {
        match self.0.entry(rest) {
            Entry::Vacant(place) => {
                place.insert(phrase);
            }
            Entry::Occupied(mut known) => {
                let better = known.get().user || !known.get().weak;
                if !phrase.user && better {
                    return false;
                }
                if phrase.user || !phrase.weak {
                    known.insert(phrase);
                }
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(entry: u32) -> Phrase {
        Phrase { entry, weak: false, user: false }
    }

    #[test]
    fn the_longest_name_that_holds() {
        let mut rests = Rests::default();
        for (rest, entry) in [(&[][..], 0), (&[5, 7], 1), (&[5], 2), (&[5, 7, 9], 3), (&[4], 4), (&[5, 8], 5)] {
            assert!(rests.add(rest.into(), phrase(entry)));
        }
        let mut names = Names::default();
        let other = names.add(Rests::default());
        let node = names.add(rests);
        let longest = |words: &[u64], but: u32| {
            names.longest(node, words.iter().copied(), |phrase| phrase.entry != but).map(|(p, len)| (p.entry, len))
        };
        assert_eq!(longest(&[5, 7, 9, 9], 9), Some((3, 3)));
        assert_eq!(longest(&[5, 7, 9], 3), Some((1, 2)));
        assert_eq!(longest(&[5, 7, 4], 9), Some((1, 2)));
        assert_eq!((longest(&[6], 9), longest(&[6], 0)), (Some((0, 0)), None));
        let whole = |node: u32, words: &[u64]| names.whole(node, words.iter().copied()).map(|phrase| phrase.entry);
        assert_eq!([&[][..], &[5], &[5, 8], &[4], &[5, 9], &[4, 5]].map(|words| whole(node, words)), {
            [Some(0), Some(2), Some(5), Some(4), None, None]
        });
        assert_eq!((whole(other, &[]), whole(0, &[]), whole(99, &[5])), (None, None, None));
    }

    #[test]
    fn which_of_two_of_one_name_counts() {
        let weak = |entry| Phrase { weak: true, ..phrase(entry) };
        let user = |entry| Phrase { user: true, ..phrase(entry) };
        for (phrases, counts, added) in [
            ([weak(1), weak(2), phrase(3)], phrase(3), [true, true, true]),
            ([weak(1), weak(2), weak(3)], weak(1), [true, true, true]),
            ([phrase(1), weak(2), phrase(3)], phrase(1), [true, false, false]),
            ([weak(1), user(2), phrase(3)], user(2), [true, true, false]),
            ([user(1), user(2), weak(3)], user(2), [true, true, false]),
        ] {
            let mut rests = Rests::default();
            assert_eq!(phrases.map(|phrase| rests.add([].into(), phrase)), added);
            let mut names = Names::default();
            let node = names.add(rests);
            assert_eq!(names.whole(node, std::iter::empty()), Some(counts));
        }
    }
}
