//! Sets of a document's tokens, a bit each.

use crate::{Token, TokenClass, TokenFlags};

/// Which of 64 tokens of a document are what extractors look for first, a bit each, the first of them the lowest: numbers,
/// marks and starts are few, and their bits tell where they are without going over all tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenSets {
    /// Those of any class but [`TokenClass::Arabic`].
    pub signs: u64,
    /// Those of [`TokenClass::Number`].
    pub numbers: u64,
    /// Those of [`TokenClass::QuoteOpen`] or [`TokenClass::QuoteClose`].
    pub quotes: u64,
    /// Those with [`TokenFlags::LINE_START`].
    pub lines: u64,
    /// Those with [`TokenFlags::SENTENCE_START`].
    pub sentences: u64,
    /// Those of class [`TokenClass::Arabic`] whose first letter may be a proclitic: و, ف, ب, ل, ك or س.
    pub clitics: u64,
}

impl TokenSets {
    /// The sets of these tokens, 64 at the most, of a document with this folded text.
    pub fn of(tokens: &[Token], folded: &str) -> Self {
        let mut sets = Self::default();
        for (at, token) in tokens.iter().enumerate() {
            sets.add(at, token.class(), TokenFlags(token.flags));
        }
        let second = |token: &Token| folded.as_bytes().get(token.folded as usize + 1).copied().unwrap_or(0);
        let [clitics] = Token::which(tokens, |token| [Self::may_be_clitic(second(token))]);
        sets.clitics = clitics & !sets.signs;
        sets
    }

    /// Whether the first letter of a folded Arabic word may be a proclitic, by the second byte of the letter: no other letter of
    /// Arabic has the second byte of one of the six, but some of other languages have.
    #[inline(always)]
    pub const fn may_be_clitic(second: u8) -> bool {
        const LETTERS: u64 = {
            let (mut letters, clitics, mut at) = (0, ['و', 'ف', 'ب', 'ل', 'ك', 'س'], 0);
            while at < clitics.len() {
                letters |= 1 << (clitics[at] as u32 % 64);
                at += 1;
            }
            letters
        };
        LETTERS & (1 << (second % 64)) != 0
    }

    /// Adds a token, counted from the first of the 64.
    #[inline]
    pub const fn add(&mut self, at: usize, class: TokenClass, flags: TokenFlags) {
        const fn bit(at: usize, holds: bool) -> u64 {
            (holds as u64) << (at % 64)
        }
        self.signs |= bit(at, class as u8 != TokenClass::Arabic as u8);
        self.numbers |= bit(at, class as u8 == TokenClass::Number as u8);
        self.quotes |= bit(at, matches!(class, TokenClass::QuoteOpen | TokenClass::QuoteClose));
        self.lines |= bit(at, flags.0 & TokenFlags::LINE_START.0 != 0);
        self.sentences |= bit(at, flags.0 & TokenFlags::SENTENCE_START.0 != 0);
    }

    /// The first token from one on that is in the set that `which` chooses; `sets` are those of all tokens of a document, from
    /// the first of which tokens are counted.
    #[inline]
    pub fn first(sets: &[Self], which: impl Fn(&Self) -> u64, from: usize) -> Option<usize> {
        let mut block = from / 64;
        let mut set = which(sets.get(block)?) & u64::MAX << (from % 64);
        while set == 0 {
            block += 1;
            set = which(sets.get(block)?);
        }
        Some(block * 64 + set.trailing_zeros() as usize)
    }

    /// Notes that a token, counted from the first of the document, begins a sentence; `sets` are those of all its tokens.
    #[inline]
    pub fn start_sentence(sets: &mut [Self], token: usize) {
        if let Some(set) = sets.get_mut(token / 64) {
            set.sentences |= 1 << (token % 64);
        }
    }
}

/// The tokens of a set of 64, the first of them the lowest bit, in order.
#[inline]
pub fn members(set: u64) -> impl Iterator<Item = usize> {
    let mut set = set;
    std::iter::from_fn(move || {
        let at = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        at
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_in_the_sets_of_its_class_and_flags() {
        let tokens: Vec<Token> =
            (0..64_u8).map(|n| Token { class: n % 13, flags: n.wrapping_mul(37), ..Token::default() }).collect();
        for len in [0, 1, 7, 64] {
            let sets = TokenSets::of(&tokens[..len], "");
            for at in 0..64 {
                let token = tokens.get(at).filter(|_| at < len);
                let class = token.map(Token::class);
                let quote = matches!(class, Some(TokenClass::QuoteOpen | TokenClass::QuoteClose));
                let flag = |flag| token.is_some_and(|token| token.has(flag));
                assert_eq!(
                    [sets.signs, sets.numbers, sets.quotes, sets.lines, sets.sentences].map(|set| set >> at & 1 == 1),
                    [
                        class.is_some_and(|class| class != TokenClass::Arabic),
                        class == Some(TokenClass::Number),
                        quote,
                        flag(TokenFlags::LINE_START),
                        flag(TokenFlags::SENTENCE_START),
                    ],
                    "{at} of {len}"
                );
            }
        }
    }

    #[test]
    fn words_that_may_have_a_proclitic() {
        let folded = "وقال بعد ان و فرنسا سوق كل لم علي قال 12 (abc";
        let (mut tokens, mut at) = (Vec::new(), 0);
        for word in folded.split(' ') {
            let class = if word.starts_with(char::is_alphabetic) { TokenClass::Arabic } else { TokenClass::Symbol };
            let (folded, class) = (at, class as u8);
            at += word.len() as u32 + 1;
            tokens.push(Token { folded, folded_len: word.len() as u16, class, ..Token::default() });
        }
        let TokenSets { clitics, .. } = TokenSets::of(&tokens, folded);
        assert_eq!(members(clitics).collect::<Vec<_>>(), [0, 1, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn members_come_in_order() {
        assert_eq!(members(1 << 63 | 0b101).collect::<Vec<_>>(), [0, 2, 63]);
        assert_eq!(members(u64::MAX).count(), 64);
        assert_eq!(members(0).next(), None);
    }

    #[test]
    fn the_next_of_a_set_is_found() {
        let mut sets = [TokenSets::default(); 2];
        TokenSets::start_sentence(&mut sets, 65);
        TokenSets::start_sentence(&mut sets, 128);
        assert_eq!((sets[0].sentences, sets[1].sentences), (0, 2));
        let first = |from| TokenSets::first(&sets, |set| set.sentences, from);
        assert_eq!([0, 64, 65, 66, 127, 128].map(first), [Some(65), Some(65), Some(65), None, None, None]);
    }
}
