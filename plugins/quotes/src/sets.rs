//! Sets of a document's tokens, a bit each, in which the next or the last of a range is found without going over it.

use khabar_core::members;

/// Some of the tokens of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Set {
    /// Sixty-four tokens to a number, the first of them the lowest bit.
    parts: Vec<u64>,
}

/// Which of the tokens `from..to`, counted from the same one, are in the range; `to` may lie beyond all 64.
#[inline]
fn mask(from: usize, to: usize) -> u64 {
    let above = u64::MAX.checked_shl(from as u32).unwrap_or(0);
    let below = if to < 64 { !(u64::MAX << to) } else { u64::MAX };
    above & below
}

impl Set {
    /// The set of none, with room for so many tokens.
    pub(crate) fn reset(&mut self, tokens: usize) {
        self.parts.clear();
        self.parts.resize(tokens.div_ceil(64), 0);
    }

    /// Makes it the set of which each part says which of the next 64 tokens are in it.
    #[inline(always)]
    pub(crate) fn fill(&mut self, parts: impl Iterator<Item = u64>) {
        self.parts.clear();
        self.parts.extend(parts);
    }

    /// Keeps the tokens for which something holds.
    pub(crate) fn retain(&mut self, mut holds: impl FnMut(usize) -> bool) {
        for (block, part) in self.parts.iter_mut().enumerate() {
            for at in members(*part) {
                *part &= !(u64::from(!holds(64 * block + at)) << at);
            }
        }
    }

    /// Takes the tokens of another set out.
    pub(crate) fn remove(&mut self, other: &Self) {
        self.parts.iter_mut().zip(&other.parts).for_each(|(part, other)| *part &= !other);
    }

    /// The tokens in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let (mut block, mut rest) = (0, self.parts.first().copied().unwrap_or(0));
        std::iter::from_fn(move || {
            while rest == 0 {
                block += 1;
                rest = *self.parts.get(block)?;
            }
            let at = 64 * block + rest.trailing_zeros() as usize;
            rest &= rest - 1;
            Some(at)
        })
    }

    /// Adds the tokens `from..to`.
    pub(crate) fn add_all(&mut self, from: usize, to: usize) {
        for part in from / 64..to.div_ceil(64).min(self.parts.len()) {
            self.parts[part] |= mask(from.saturating_sub(64 * part), to - 64 * part);
        }
    }

    /// Whether a token is in the set.
    #[inline]
    pub(crate) fn has(&self, at: usize) -> bool {
        self.parts.get(at / 64).is_some_and(|part| part >> (at % 64) & 1 == 1)
    }

    /// Whether the set is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| *part == 0)
    }

    /// The first of the tokens `from..to` that is in the set.
    #[inline(never)]
    pub(crate) fn first(&self, from: usize, to: usize) -> Option<usize> {
        let mut first = from;
        while first < to {
            let base = first & !63;
            let part = self.parts.get(first / 64)? & mask(first - base, to - base);
            if part != 0 {
                return Some(base + part.trailing_zeros() as usize);
            }
            first = base + 64;
        }
        None
    }

    /// The last of the tokens `from..to` that is in the set.
    #[inline(never)]
    pub(crate) fn last(&self, from: usize, to: usize) -> Option<usize> {
        let mut end = to.min(64 * self.parts.len());
        while from < end {
            let base = (end - 1) & !63;
            let part = self.parts.get(base / 64)? & mask(from.saturating_sub(base), end - base);
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

    proptest! {
        #[test]
        fn a_set_does_what_a_list_does(
            parts in prop::collection::vec(any::<u64>().prop_map(|part| part & part.rotate_left(7) & part.rotate_left(23)), 0..4),
            (from, to) in (0..300_usize, 0..300_usize),
            (add, end) in (0..200_usize, 0..200_usize),
            gone in 0..200_usize,
        ) {
            let mut set = Set::default();
            set.reset(64 * parts.len());
            set.parts.copy_from_slice(&parts);
            let mut list: Vec<bool> = parts.iter().flat_map(|part| (0..64).map(move |at| part >> at & 1 == 1)).collect();
            set.add_all(add, end);
            list.iter_mut().enumerate().filter(|(at, _)| (add..end).contains(at)).for_each(|(_, has)| *has = true);
            set.retain(|at| at != gone);
            if let Some(has) = list.get_mut(gone) {
                *has = false;
            }
            let within: Vec<usize> = (from..to).filter(|at| list.get(*at) == Some(&true)).collect();
            prop_assert_eq!(set.first(from, to), within.first().copied());
            prop_assert_eq!(set.last(from, to), within.last().copied());
            prop_assert!((0..300).all(|at| set.has(at) == (list.get(at) == Some(&true))));
            prop_assert_eq!(set.is_empty(), !list.contains(&true));
            prop_assert!(set.iter().eq((0..list.len()).filter(|at| list[*at])));
            let mut even = set.clone();
            even.retain(|at| at % 2 == 0);
            set.remove(&even);
            prop_assert!(set.iter().eq((0..list.len()).filter(|at| list[*at] && at % 2 == 1)));
        }
    }
}
