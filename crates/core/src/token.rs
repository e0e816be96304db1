//! Tokens as every extractor sees them. Their making is `khabar-arabic`'s.

use crate::Span;

/// One token of a document: where it stands in the original text and where its folded form stands in the folded text.
///
/// 16 bytes, passed over the C interface as it is; frozen within a major version of that interface.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// First byte in the original text.
    pub start: u32,
    /// First byte after the token in the original text.
    pub end: u32,
    /// First byte in the folded text.
    pub folded: u32,
    /// Bytes in the folded text; a longer token is cut at 65,535.
    pub folded_len: u16,
    /// A [`TokenClass`] as a number.
    pub class: u8,
    /// [`TokenFlags`] as bits.
    pub flags: u8,
}

impl Token {
    /// The token's place in the original text.
    pub const fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// The token's place in the folded text.
    pub const fn folded_span(&self) -> Span {
        Span::new(self.folded, self.folded + self.folded_len as u32)
    }

    /// The class; a number that this version does not know is a [`TokenClass::Symbol`].
    pub const fn class(&self) -> TokenClass {
        TokenClass::from_u8(self.class)
    }

    /// Which of these tokens, 64 at the most, pass some tests, for each test a bit each, the first of them the lowest:
    /// without a branch, since no processor foresees which tokens these are. For khabar's own crates.
    #[doc(hidden)]
    #[inline(always)]
    pub fn which<const N: usize>(tokens: &[Self], tests: impl Fn(&Self) -> [bool; N]) -> [u64; N] {
        let mut sets = [0; N];
        // From behind, so that no bit has to be moved to its place.
        for token in tokens.iter().rev() {
            let passed = tests(token);
            for (set, passed) in sets.iter_mut().zip(passed) {
                *set = *set << 1 | u64::from(passed);
            }
        }
        sets
    }

    /// Whether all bits of `flag` are set.
    pub const fn has(&self, flag: TokenFlags) -> bool {
        self.flags & flag.0 == flag.0
    }
}

/// What sort of thing a token is.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TokenClass {
    /// A word in Arabic script, with its proclitics and enclitics still on.
    Arabic = 0,
    /// A word in another script.
    Word = 1,
    /// Digits of any script with the separators between them (`1,250.5`, `٣٫٥`, `6ر4`, `11-10-2021`, `14:30`).
    Number = 2,
    /// A mark that separates: `.`, `،`, `؛`, `؟`, `-`, brackets.
    Punctuation = 3,
    /// A mark that opens a quotation: `«`, `“`, or a `"` in that role.
    QuoteOpen = 4,
    /// A mark that closes a quotation: `»`, `”`, or a `"` in that role.
    QuoteClose = 5,
    /// Any other sign: `%`, `$`, `+`, `°`.
    Symbol = 6,
    /// A web address.
    Url = 7,
    /// An e-mail address.
    Email = 8,
    /// `#word`, the sign included.
    Hashtag = 9,
    /// `@name`, the sign included.
    Mention = 10,
    /// A pictograph with its modifiers.
    Emoji = 11,
}

impl TokenClass {
    /// The class with this number, [`TokenClass::Symbol`] for a number of a later version.
    pub const fn from_u8(class: u8) -> Self {
        match class {
            0 => Self::Arabic,
            1 => Self::Word,
            2 => Self::Number,
            3 => Self::Punctuation,
            4 => Self::QuoteOpen,
            5 => Self::QuoteClose,
            7 => Self::Url,
            8 => Self::Email,
            9 => Self::Hashtag,
            10 => Self::Mention,
            11 => Self::Emoji,
            _ => Self::Symbol,
        }
    }
}

/// Facts about a token that cost nothing to note while it is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenFlags(pub u8);

impl TokenFlags {
    /// White space (or the start of the text) stands before the token.
    pub const SPACE_BEFORE: Self = Self(1);
    /// A line break (or the start of the text) stands before the token.
    pub const LINE_START: Self = Self(2);
    /// The folded form differs from the original.
    pub const FOLDED: Self = Self(4);
    /// The token is the first of a sentence.
    pub const SENTENCE_START: Self = Self(8);
    /// The token is a longer one cut at 65,535 folded bytes, and goes on in the next.
    pub const CUT: Self = Self(16);
    /// Splits of this token are offered: two words may stand here that lost their space (`موسكووواشنطن`).
    pub const GLUED: Self = Self(32);

    /// Both sets of flags.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A hypothesis that a token is two words that lost the space between them; nothing is rewritten.
///
/// A document's splits are sorted by token, then by place; a token of three words has two.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Split {
    /// Index of the token in the document.
    pub token: u32,
    /// Byte of the original text at which the second word begins.
    pub at: u32,
    /// Byte of the folded text at which the second word begins.
    pub folded: u32,
    /// How sure the split is: 0 to 1. From 0.9 on an extractor may rely on it.
    pub score: f32,
}

impl Split {
    /// The score from which on a split counts as certain.
    pub const CERTAIN: f32 = 0.9;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_that_pass_have_their_bits() {
        for len in 0..=64_u32 {
            let tokens: Vec<Token> = (0..len).map(|start| Token { start, ..Token::default() }).collect();
            let [even, first, none] = Token::which(&tokens, |t| [t.start % 2 == 0, t.start == 0, false]);
            let expected = (0..len).filter(|at| at % 2 == 0).fold(0, |bits, at| bits | 1_u64 << at);
            assert_eq!((even, first, none), (expected, u64::from(len != 0), 0));
        }
    }

    #[test]
    fn classes_survive_the_wire() {
        for class in 0..=11 {
            assert_eq!(TokenClass::from_u8(class) as u8, class);
        }
        assert_eq!(TokenClass::from_u8(200), TokenClass::Symbol);
        assert_eq!(size_of::<Token>(), 16);
        assert_eq!(size_of::<Split>(), 16);
    }
}
