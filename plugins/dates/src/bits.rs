//! Sets of tokens, a bit each: a walk over few tokens of a document looks at no others.

/// Tokens of a document by their index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
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

    /// The last token before one.
    #[inline]
    pub(crate) fn last_before(&self, to: usize) -> Option<usize> {
        let (mut block, rest) = (to / 64, to % 64);
        let mut bits = self.block(block) & !(u64::MAX << rest);
        while bits == 0 {
            block = block.checked_sub(1)?;
            bits = self.block(block);
        }
        Some(block * 64 + bits.ilog2() as usize)
    }
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;

    #[test]
    fn tokens_come_in_order() {
        let mut bits = Bits::default();
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
        let before = |to| iter::successors(bits.last_before(to), |at| bits.last_before(*at)).collect::<Vec<_>>();
        assert_eq!(before(10_000), [129, 128, 63, 2, 0]);
        assert_eq!(before(128), [63, 2, 0]);
        assert_eq!(before(63), [2, 0]);
        assert!(before(0).is_empty());
    }
}
