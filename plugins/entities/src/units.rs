//! Units: the words that names are made of. A unit is a token, or a part of one that is surely two glued words.

use khabar_arabic::{hash, proclitics};
use khabar_core::{Span, Split, Token, TokenClass, TokenFlags};
use khabar_extractor::Doc;

use crate::lexicon::{Fact, Lexicon, Roles};

/// One word of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    pub(crate) token: u32,
    /// Bytes of the token's folded form at which the unit begins.
    pub(crate) from: u16,
    /// Bytes of the token's folded form at which it ends.
    pub(crate) to: u16,
    pub(crate) hash: u64,
    pub(crate) class: TokenClass,
    /// The first unit of a sentence.
    pub(crate) starts_sentence: bool,
    /// What is known of it; filled by [`Words::look_up`].
    pub(crate) word: Word,
}

/// What is known of a word as it stands in a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// Bytes of proclitics after which the known form begins.
    pub(crate) skip: u8,
    pub(crate) fact: Fact,
}

impl Word {
    pub(crate) const fn has(&self, roles: Roles) -> bool {
        self.fact.roles.has(roles)
    }
}

impl Unit {
    fn whole(at: usize, token: &Token, hash: u64) -> Self {
        Self {
            token: at as u32,
            from: 0,
            to: token.folded_len,
            hash,
            class: token.class(),
            starts_sentence: token.has(TokenFlags::SENTENCE_START),
            word: Word::default(),
        }
    }

    /// Bytes of its folded form.
    pub(crate) fn len(&self) -> usize {
        usize::from(self.to - self.from)
    }
}

/// Fills `units` with the words of a document.
pub(crate) fn split(doc: &Doc<'_>, units: &mut Vec<Unit>) {
    units.clear();
    if doc.splits.is_empty() {
        units.extend(
            doc.tokens.iter().zip(doc.hashes).enumerate().map(|(at, (token, hash))| Unit::whole(at, token, *hash)),
        );
        return;
    }
    let mut splits = doc.splits.iter().filter(|split| Split::CERTAIN <= split.score).peekable();
    for (at, token) in doc.tokens.iter().enumerate() {
        let mut unit = Unit::whole(at, token, doc.hashes[at]);
        while let Some(split) = splits.next_if(|split| split.token as usize <= at) {
            let cut = split.folded.checked_sub(token.folded).and_then(|cut| u16::try_from(cut).ok());
            let Some(cut) = cut.filter(|cut| split.token as usize == at && unit.from < *cut && *cut < token.folded_len)
            else {
                continue;
            };
            let Some(part) = doc.folded(at).get(unit.from.into()..cut.into()) else { continue };
            units.push(Unit { to: cut, hash: hash(part), ..unit });
            (unit.from, unit.starts_sentence) = (cut, false);
        }
        if unit.from != 0 {
            unit.hash = doc.folded(at).get(unit.from.into()..).map_or(0, hash);
        }
        units.push(unit);
    }
}

/// The folded form of a unit.
pub(crate) fn folded<'a>(doc: &Doc<'a>, unit: &Unit) -> &'a str {
    doc.folded(unit.token as usize).get(unit.from.into()..unit.to.into()).unwrap_or_default()
}

/// The original text from `skip` folded bytes into one unit to the end of another.
pub(crate) fn span(doc: &Doc<'_>, first: &Unit, skip: usize, last: &Unit) -> Span {
    let start = doc.part(first.token as usize, usize::from(first.from) + skip, 0).start;
    let len = usize::from(doc.tokens[last.token as usize].folded_len);
    let end = doc.part(last.token as usize, 0, len - usize::from(last.to)).end;
    Span::new(start, end)
}

/// What is known of words, remembered between documents: the vocabulary of news repeats itself.
pub(crate) struct Words {
    slots: Vec<(u64, Word)>,
    buffer: String,
}

impl Default for Words {
    fn default() -> Self {
        Self { slots: vec![(0, Word::default()); 1 << Self::BITS], buffer: String::new() }
    }
}

impl Words {
    /// 32,768 words: more than 95 % of the running words of a day's news.
    const BITS: u32 = 15;

    /// Notes on every unit what is known of it, and in `known` those of which something is.
    pub(crate) fn look_up(&mut self, doc: &Doc<'_>, lexicon: &Lexicon, units: &mut [Unit], known: &mut Vec<u32>) {
        known.clear();
        for (at, unit) in units.iter_mut().enumerate() {
            if !matches!(unit.class, TokenClass::Arabic | TokenClass::Word) {
                continue;
            }
            let slot = (unit.hash >> (64 - Self::BITS)) as usize;
            if self.slots[slot].0 != unit.hash {
                self.slots[slot] = (unit.hash, self.analyse(lexicon, folded(doc, unit)));
            }
            unit.word = self.slots[slot].1;
            if unit.word.fact.roles != Roles::default() {
                known.push(at as u32);
            }
        }
    }

    /// The whole word if it is known, else what is left without its proclitics.
    fn analyse(&mut self, lexicon: &Lexicon, folded: &str) -> Word {
        if let Some(fact) = lexicon.fact(folded) {
            return Word { skip: 0, fact: *fact };
        }
        for proclitic in proclitics(folded) {
            let rest = &folded[proclitic.len..];
            let fact = if proclitic.article_cut {
                self.buffer.clear();
                self.buffer.push('ا');
                self.buffer.push_str(rest);
                lexicon.fact(&self.buffer).map(|fact| Fact { roles: fact.roles.with(Roles::CUT), ..*fact })
            } else {
                lexicon.fact(rest).copied()
            };
            if let Some(fact) = fact {
                return Word { skip: proclitic.len as u8, fact };
            }
        }
        Word::default()
    }
}
