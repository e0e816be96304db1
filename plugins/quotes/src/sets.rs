//! Sets of a document's tokens, a bit each, in which the next or the last of a range is found without going over it.

use khabar_core::members;

/// A set of a document's tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Set {
    /// Those that begin a sentence.
    Sentences,
    /// Those at which a report may begin.
    Begins,
    /// Those at which words may begin: أن, a colon, a mark.
    Openings,
    /// Those behind which a clause may begin.
    Breaks,
    /// Those that say something on the way from a cue to the words.
    Signs,
    /// Those before which a phrase may end.
    Stops,
    /// Those between the marks of the outermost quotations.
    Quoted,
}

/// Which of sixty-four tokens are in each [`Set`], the first of them the lowest bit: a line of the processor's cache.
pub(crate) type Block = [u64; 8];

/// All sets of a document's tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sets(Vec<Block>);

/// Which of the tokens `from..to`, counted from the same one, are in the range; `to` may lie beyond all 64.
#[inline]
fn mask(from: usize, to: usize) -> u64 {
    let above = u64::MAX.checked_shl(from as u32).unwrap_or(0);
    let below = if to < 64 { !(u64::MAX << to) } else { u64::MAX };
    above & below
}

impl Sets {
    /// Makes them the sets of the next document; a block for every sixty-four of its tokens.
    #[inline(always)]
    pub(crate) fn fill(&mut self, blocks: impl Iterator<Item = Block>) {
        self.0.clear();
        self.0.extend(blocks);
    }

    /// Keeps the tokens of a set for which something holds.
    pub(crate) fn retain(&mut self, set: Set, mut holds: impl FnMut(usize) -> bool) {
        for (number, block) in self.0.iter_mut().enumerate() {
            let part = &mut block[set as usize];
            for at in members(*part) {
                *part &= !(u64::from(!holds(64 * number + at)) << at);
            }
        }
    }

    /// Takes the tokens of another set out of a set.
    pub(crate) fn remove(&mut self, set: Set, other: Set) {
        self.0.iter_mut().for_each(|block| block[set as usize] &= !block[other as usize]);
    }

    /// The tokens of a set in order.
    pub(crate) fn iter(&self, set: Set) -> impl Iterator<Item = usize> {
        let part = move |block: &Block| block[set as usize];
        let (mut number, mut rest) = (0, self.0.first().map_or(0, part));
        std::iter::from_fn(move || {
            while rest == 0 {
                number += 1;
                rest = self.0.get(number).map(part)?;
            }
            let at = 64 * number + rest.trailing_zeros() as usize;
            rest &= rest - 1;
            Some(at)
        })
    }

    /// Adds the tokens `from..to` to a set.
    pub(crate) fn add_all(&mut self, set: Set, from: usize, to: usize) {
        for number in from / 64..to.div_ceil(64).min(self.0.len()) {
            self.0[number][set as usize] |= mask(from.saturating_sub(64 * number), to - 64 * number);
        }
    }

    /// Whether a token is in a set.
    #[inline]
    pub(crate) fn has(&self, set: Set, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|block| block[set as usize] >> (at % 64) & 1 == 1)
    }

    /// Whether a set is empty.
    pub(crate) fn is_empty(&self, set: Set) -> bool {
        self.0.iter().all(|block| block[set as usize] == 0)
    }

    /// The first of the tokens `from..to` that is in a set.
    #[inline(never)]
    pub(crate) fn first(&self, set: Set, from: usize, to: usize) -> Option<usize> {
        let mut first = from;
        while first < to {
            let base = first & !63;
            let part = self.0.get(first / 64)?[set as usize] & mask(first - base, to - base);
            if part != 0 {
                return Some(base + part.trailing_zeros() as usize);
            }
            first = base + 64;
        }
        None
    }

    /// The last of the tokens `from..to` that is in a set.
    #[inline(never)]
    pub(crate) fn last(&self, set: Set, from: usize, to: usize) -> Option<usize> {
        let mut end = to.min(64 * self.0.len());
        while from < end {
            let base = (end - 1) & !63;
            let part = self.0.get(base / 64)?[set as usize] & mask(from.saturating_sub(base), end - base);
            if part != 0 {
                return Some(base + 63 - part.leading_zeros() as usize);
            }
            end = base;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SET: Set = Set::Openings;

    proptest! {
        #[test]
        fn a_set_does_what_a_list_does(
            parts in prop::collection::vec(any::<u64>().prop_map(|part| part & part.rotate_left(7) & part.rotate_left(23)), 0..4),
            (from, to) in (0..300_usize, 0..300_usize),
            (add, end) in (0..200_usize, 0..200_usize),
            gone in 0..200_usize,
        ) {
            // All other sets hold the other tokens, and stay as they are.
            let block = |part: u64| -> Block { std::array::from_fn(|at| if at == SET as usize { part } else { !part }) };
            let mut sets = Sets::default();
            sets.fill(parts.iter().copied().map(block));
            let mut list: Vec<bool> = parts.iter().flat_map(|part| (0..64).map(move |at| part >> at & 1 == 1)).collect();
            sets.add_all(SET, add, end);
            list.iter_mut().enumerate().filter(|(at, _)| (add..end).contains(at)).for_each(|(_, has)| *has = true);
            sets.retain(SET, |at| at != gone);
            if let Some(has) = list.get_mut(gone) {
                *has = false;
            }
            let within: Vec<usize> = (from..to).filter(|at| list.get(*at) == Some(&true)).collect();
            prop_assert_eq!(sets.first(SET, from, to), within.first().copied());
            prop_assert_eq!(sets.last(SET, from, to), within.last().copied());
            prop_assert!((0..300).all(|at| sets.has(SET, at) == (list.get(at) == Some(&true))));
            prop_assert_eq!(sets.is_empty(SET), !list.contains(&true));
            prop_assert!(sets.iter(SET).eq((0..list.len()).filter(|at| list[*at])));
            for (block, part) in sets.0.iter().zip(&parts) {
                prop_assert!(block.iter().enumerate().all(|(at, other)| at == SET as usize || *other == !part));
            }
            sets.0.iter_mut().for_each(|block| block[Set::Quoted as usize] = u64::MAX / 3);
            sets.remove(SET, Set::Quoted);
            prop_assert!(sets.iter(SET).eq((0..list.len()).filter(|at| list[*at] && at % 2 == 1)));
        }
    }
}
