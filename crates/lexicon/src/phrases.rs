//! Phrases: sequences of words by their hashes, and the longest of them that a text goes on with. This is the only matcher
//! of phrases.

use std::collections::BTreeMap;

/// A forest of phrases. The words of each tree go on from a root that [`PhraseTree::add`] gives; which word leads to which
/// root is the caller's business, since that look-up is the one that happens at every token.
///
/// A look-up takes one step a word, so that its cost does not grow with the number of phrases.
#[derive(Clone, Debug)]
pub struct PhraseTree<T> {
    nodes: Vec<Node<T>>,
    /// The next words of all nodes with the nodes that they lead to; those of one node stand together, by their hashes.
    steps: Vec<(u64, u32)>,
}

/// A node of a [`PhraseTree`]. No phrase goes on from [`PhraseNode::NONE`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PhraseNode(u32);

impl PhraseNode {
    /// The node from which nothing goes on.
    pub const NONE: Self = Self(0);

    /// Whether a phrase may go on from here.
    #[inline]
    pub const fn is_some(self) -> bool {
        self.0 != 0
    }
}

/// The words of a phrase up to one of them.
#[derive(Clone, Copy, Debug)]
struct Node<T> {
    /// What the phrase that ends here means.
    value: Option<T>,
    /// A range of the steps.
    steps: (u32, u32),
}

impl<T> Default for PhraseTree<T> {
    fn default() -> Self {
        Self { nodes: vec![Node { value: None, steps: (0, 0) }], steps: Vec::new() }
    }
}

impl<T: Copy> PhraseTree<T> {
    /// Adds phrases that begin with one word, each by the hashes of the words behind it, and gives the node from which they
    /// go on: [`PhraseNode::NONE`] if there are none.
    pub fn add(&mut self, phrases: BTreeMap<Box<[u64]>, T>) -> PhraseNode {
        if phrases.is_empty() {
            return PhraseNode::NONE;
        }
        // Sorted by their words, the shortest of those that share a beginning first.
        let phrases: Vec<(Box<[u64]>, T)> = phrases.into_iter().collect();
        let root = self.push();
        // Nodes whose phrases are still to be added: which of the list, and how many words they share.
        let mut open = vec![(root, 0..phrases.len(), 0)];
        while let Some((node, mut range, depth)) = open.pop() {
            if let Some((_, value)) = phrases.get(range.start).filter(|(rest, _)| rest.len() == depth) {
                self.nodes[node].value = Some(*value);
                range.start += 1;
            }
            let from = self.steps.len() as u32;
            while let Some(word) = phrases[range.clone()].first().and_then(|(rest, _)| rest.get(depth)).copied() {
                let same = phrases[range.clone()].partition_point(|(rest, _)| rest[depth] <= word);
                let next = self.push();
                self.steps.push((word, next as u32));
                open.push((next, range.start..range.start + same, depth + 1));
                range.start += same;
            }
            self.nodes[node].steps = (from, self.steps.len() as u32);
        }
        PhraseNode(root as u32)
    }

    fn push(&mut self) -> usize {
        self.nodes.push(Node { value: None, steps: (0, 0) });
        self.nodes.len() - 1
    }

    fn value(&self, node: PhraseNode) -> Option<T> {
        self.nodes.get(node.0 as usize)?.value
    }

    /// The node to which a word leads from another.
    #[inline]
    fn step(&self, node: PhraseNode, word: u64) -> Option<PhraseNode> {
        let (from, to) = self.nodes.get(node.0 as usize)?.steps;
        let steps = self.steps.get(from as usize..to as usize)?;
        let at = steps.binary_search_by_key(&word, |(hash, _)| *hash).ok()?;
        Some(PhraseNode(steps[at].1))
    }

    /// The longest phrase that goes on from a node with the hashes of these words and for whose meaning something holds, and
    /// how many of the words it takes.
    pub fn longest(
        &self,
        from: PhraseNode,
        words: impl Iterator<Item = u64>,
        holds: impl Fn(T) -> bool,
    ) -> Option<(T, usize)> {
        let mut node = from;
        let mut longest = self.value(node).filter(|value| holds(*value)).map(|value| (value, 0));
        for (before, word) in words.enumerate() {
            let Some(next) = self.step(node, word) else { break };
            node = next;
            longest = self.value(node).filter(|value| holds(*value)).map(|value| (value, before + 1)).or(longest);
        }
        longest
    }

    /// Whether there is a phrase from a node on, that node itself among them, for whose meaning something holds.
    pub fn any(&self, from: PhraseNode, holds: impl Fn(T) -> bool) -> bool {
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            if self.value(node).is_some_and(&holds) {
                return true;
            }
            let (from, to) = self.nodes.get(node.0 as usize).map_or((0, 0), |node| node.steps);
            let steps = self.steps.get(from as usize..to as usize).unwrap_or_default();
            open.extend(steps.iter().map(|(_, next)| PhraseNode(*next)));
        }
        false
    }

    /// What the phrase means that goes on from a node with the hashes of exactly these words.
    pub fn whole(&self, from: PhraseNode, mut words: impl Iterator<Item = u64>) -> Option<T> {
        self.value(words.try_fold(from, |node, word| self.step(node, word))?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_phrase_that_holds() {
        let phrases = [(&[][..], 0), (&[5, 7], 1), (&[5], 2), (&[5, 7, 9], 3), (&[4], 4), (&[5, 8], 5)];
        let mut tree = PhraseTree::default();
        assert_eq!(tree.add(BTreeMap::new()), PhraseNode::NONE);
        let node = tree.add(phrases.into_iter().map(|(words, value)| (words.into(), value)).collect());
        let longest = |words: &[u64], but: u32| tree.longest(node, words.iter().copied(), |value| value != but);
        assert_eq!(longest(&[5, 7, 9, 9], 9), Some((3, 3)));
        assert_eq!(longest(&[5, 7, 9], 3), Some((1, 2)));
        assert_eq!(longest(&[5, 7, 4], 9), Some((1, 2)));
        assert_eq!((longest(&[6], 9), longest(&[6], 0)), (Some((0, 0)), None));
        let none = |node| tree.longest(node, [5].into_iter(), |_| true);
        assert_eq!((none(PhraseNode::NONE), none(PhraseNode(99))), (None, None));
    }

    proptest! {
        #[test]
        fn a_tree_knows_what_a_map_knows(
            phrases in proptest::collection::btree_map(proptest::collection::vec(0..4_u64, 0..4), 0..9_u32, 1..20),
            others in proptest::collection::btree_map(proptest::collection::vec(0..4_u64, 0..4), 0..9_u32, 1..20),
            words in proptest::collection::vec(0..4_u64, 0..6),
        ) {
            let boxed = |phrases: &BTreeMap<Vec<u64>, u32>| {
                phrases.iter().map(|(words, value)| (words.clone().into_boxed_slice(), *value)).collect()
            };
            let mut tree = PhraseTree::default();
            let (node, _) = (tree.add(boxed(&phrases)), tree.add(boxed(&others)));
            prop_assert_eq!(tree.whole(node, words.iter().copied()), phrases.get(&words).copied());
            let longest = (0..=words.len()).rev().find_map(|len| Some((*phrases.get(&words[..len])?, len)));
            prop_assert_eq!(tree.longest(node, words.iter().copied(), |_| true), longest);
        }
    }
}
