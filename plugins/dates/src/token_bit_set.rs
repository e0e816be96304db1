//! Sets of tokens, a bit each: a walk over few tokens of a document looks at no others.

/// Tokens of a document by their index.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenBitSet(Vec<u64>);

impl TokenBitSet {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Appends 64 tokens, the first of them the lowest bit.
    pub(crate) fn push(&mut self, block: u64) {
        self.0.push(block);
    }

    /// 64 tokens, the first of them the lowest bit.
    pub(crate) fn block(&self, block: usize) -> u64 {
        self.0.get(block).copied().unwrap_or_default()
    }

    /// Adds a token that is within the blocks pushed.
    pub(crate) fn insert(&mut self, at: usize) {
        if let Some(block) = self.0.get_mut(at / 64) {
            *block |= 1 << (at % 64);
        }
    }

    /// The first token from one on.
    #[inline]
    pub(crate) fn first(&self, from: usize) -> Option<usize> {
        let mut block = from / 64;
        let mut bits = self.0.get(block)? & u64::MAX << (from % 64);
        while bits == 0 {
            block += 1;
            bits = *self.0.get(block)?;
        }
        Some(block * 64 + bits.trailing_zeros() as usize)
    }

    /// The last of the tokens `from..to`.
    #[inline]
    fn last_within(&self, from: usize, to: usize) -> Option<usize> {
        let (mut block, rest) = (to / 64, to % 64);
        let mut bits = self.block(block) & !(u64::MAX << rest);
        while bits == 0 {
            if block * 64 <= from {
                return None;
            }
            block -= 1;
            bits = self.block(block);
        }
        Some(block * 64 + bits.ilog2() as usize).filter(|last| from <= *last)
    }
}

/// The last token of a set before others, which are asked for in their order: so no token is looked at twice, even where the
/// set is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LastBefore {
    asked: usize,
    last: Option<usize>,
}

impl LastBefore {
    /// The last token of the set before `at`, which is not before any that was asked for.
    #[inline]
    pub(crate) fn get(&mut self, set: &TokenBitSet, at: usize) -> Option<usize> {
        self.last = set.last_within(self.asked, at).or(self.last);
        self.asked = self.asked.max(at);
        self.last
    }
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;

    #[test]
    fn tokens_come_in_order() {
        let mut bits = TokenBitSet::default();
        bits.push(1 << 63 | 0b101);
        bits.push(0);
        bits.push(0b10);
        bits.insert(128);
        bits.insert(1000);
        let from = |first| iter::successors(bits.first(first), |at| bits.first(at + 1)).collect::<Vec<_>>();
        assert_eq!(from(0), [0, 2, 63, 128, 129]);
        assert_eq!(from(2), [2, 63, 128, 129]);
        assert_eq!(from(64), [128, 129]);
        assert!(from(130).is_empty() && from(10_000).is_empty());
        let last = |to| bits.last_within(0, to);
        let before = |to| iter::successors(last(to), |at| last(*at)).collect::<Vec<_>>();
        assert_eq!(before(10_000), [129, 128, 63, 2, 0]);
        assert_eq!(before(128), [63, 2, 0]);
        assert_eq!(before(63), [2, 0]);
        assert!(before(0).is_empty());
        assert_eq!([3, 63, 64].map(|from| bits.last_within(from, 128)), [Some(63), Some(63), None]);
        assert_eq!((bits.last_within(1, 2), bits.last_within(2, 2), bits.last_within(5, 2)), (None, None, None));
        let mut asked = LastBefore::default();
        let lasts = [0, 1, 2, 2, 64, 100, 128, 130, 10_000].map(|at| asked.get(&bits, at));
        let expected = [None, Some(0), Some(0), Some(0), Some(63), Some(63), Some(63), Some(129), Some(129)];
        assert_eq!(lasts, expected);
    }

    /// It would take minutes, were the set gone over for each token that is asked for.
    #[test]
    fn an_empty_set_is_gone_over_once() {
        let mut bits = TokenBitSet::default();
        (0..1 << 18).for_each(|_| bits.push(0));
        let mut asked = LastBefore::default();
        assert!((0..1 << 18).all(|block| asked.get(&bits, 64 * block + 1).is_none()));
    }
}
