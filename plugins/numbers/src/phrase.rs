//! From number words and digits to [`Item`]s: cardinals, ordinals, fractions, indefinite plurals.

use khabar_core::{Decimal, TokenClass, TokenFlags};
use khabar_extractor::{Cancel, Doc, ExtractError, Span};

use crate::chain::{Chain, Link, Step, power_of_ten};
use crate::item::{Atom, Item, Sort};
use crate::separators::Separators;
use crate::words::{Class, Form, Preposition, Word};

/// Reads the atoms of one document.
pub(crate) struct Phrases<'a> {
    pub doc: &'a Doc<'a>,
    pub atoms: &'a [Atom],
    pub separators: Separators,
}

/// A number read at some atom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read {
    pub sort: Sort,
    pub value: Decimal,
    pub denominator: Decimal,
    pub scale: Decimal,
    /// The atom after it.
    pub next: usize,
    /// Its last token.
    pub last: u32,
}

impl Read {
    pub(crate) const fn cardinal(value: Decimal, scale: Decimal, next: usize, last: u32) -> Self {
        Self { sort: Sort::Cardinal, value, denominator: Decimal::ONE, scale, next, last }
    }
}

impl Phrases<'_> {
    /// Appends all items of the document, in order, unless it is cancelled.
    pub(crate) fn read(&self, items: &mut Vec<Item>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        let mut at = 0;
        while at < self.atoms.len() {
            cancel.check()?;
            at = self.read_at(at, items).max(at + 1);
        }
        Ok(())
    }

    /// Reads what begins at an atom; returns the atom after it.
    fn read_at(&self, at: usize, items: &mut Vec<Item>) -> usize {
        let atom = self.atoms[at];
        let read = match atom.word.class {
            Class::Digits => return self.figures(at, items),
            Class::Minus => return self.negative(at, items),
            Class::Ordinal(_) | Class::First => self.ordinal(at),
            Class::Part(_) | Class::Parts(_) => self.fraction(at),
            Class::Some(power) | Class::Scale { power, form: Form::Plural } => self.indefinite(at, power),
            Class::Share => self.share(at),
            Class::Tally(goals) => {
                Some(Read { sort: Sort::Tally, ..Read::cardinal(goals.into(), Decimal::ONE, at + 1, atom.token) })
            }
            Class::Dozen { plural: true, .. } | Class::Many(_) | Class::Point => None,
            _ => self.words(at),
        };
        let Some(read) = read else { return at + 1 };
        if let Some(judged) = self.judged(at, read) {
            items.push(self.item(at, &judged));
        }
        read.next
    }

    /// The item of a number that begins with atom `at`.
    pub(crate) fn item(&self, at: usize, read: &Read) -> Item {
        let Atom { token, word } = self.atoms[at];
        let start = self.doc.part(token as usize, usize::from(word.skip), 0).start;
        Item {
            sort: read.sort,
            value: read.value,
            denominator: read.denominator,
            first: token,
            last: read.last,
            span: Span::new(start, self.doc.tokens[read.last as usize].end),
            scale: read.scale,
            digits: word.class == Class::Digits,
            skip: word.skip,
            conjunction: word.conjunction,
            preposition: word.preposition,
        }
    }

    /// How atom `at` follows the token `last`; `None` when something else stands between them.
    pub(crate) fn link(&self, last: u32, at: usize) -> Option<Link> {
        let atom = self.atoms.get(at)?;
        if atom.word.preposition != Preposition::None {
            return None;
        }
        let starts_line = |token: u32| self.doc.tokens[token as usize].has(TokenFlags::LINE_START);
        match atom.token.checked_sub(last + 1)? {
            0 if starts_line(atom.token) => None,
            0 if atom.word.conjunction => Some(Link::And),
            0 => Some(Link::Direct),
            1 if !atom.word.conjunction && self.folded(last + 1) == "و" => {
                (!starts_line(last + 1) && !starts_line(atom.token)).then_some(Link::And)
            }
            _ => None,
        }
    }

    /// Whether a number that ends with token `last` may go on with the atom `next`: right behind it, or behind one of the
    /// words that join numbers. Nothing near belongs to most of them.
    pub(crate) fn may_go_on(&self, last: u32, next: usize) -> bool {
        match self.atoms.get(next).and_then(|atom| atom.token.checked_sub(last + 1)) {
            Some(0) => true,
            Some(1) => matches!(self.folded(last + 1), "و" | "(" | "من" | "علي"),
            _ => false,
        }
    }

    /// The folded form of a token; empty past the end.
    pub(crate) fn folded(&self, token: u32) -> &str {
        if (token as usize) < self.doc.tokens.len() { self.doc.folded(token as usize) } else { "" }
    }

    /// The word of atom `at` when it follows token `last` in this way.
    pub(crate) fn linked(&self, last: u32, at: usize, link: Link) -> Option<Word> {
        (self.link(last, at) == Some(link)).then(|| self.atoms[at].word)
    }

    /// A cardinal in words.
    fn words(&self, at: usize) -> Option<Read> {
        let Atom { token, word } = self.atoms[at];
        if self.is_percent_base(at) {
            return None;
        }
        if let Class::Dozen { count, .. } = word.class {
            return Some(Read::cardinal(count.into(), Decimal::ONE, at + 1, token));
        }
        if let Some(read) = self.parts(at, Link::First) {
            return Some(self.scaled(read));
        }
        let (chain, read) = self.chain(at, None, true)?;
        // `أحد` and `اثنا` stand for numbers in compounds alone.
        if read.next == at + 1 && matches!(word.class, Class::Eleven | Class::Twelve) {
            return None;
        }
        let mut read = read;
        if chain.bare_accusative() && read.next == at + 1 {
            self.accusative_or_dual(at, &mut read);
        }
        if word.article
            && let Some(ordinal) = self.ordinal_after(at, &read)
        {
            return Some(ordinal);
        }
        Some(self.completed(read))
    }

    /// A cardinal that begins with digits of this value: what follows them may be scale words and lower parts.
    pub(crate) fn figures_on(&self, at: usize, value: Decimal, after: usize, last: u32) -> Option<Read> {
        if !self.may_go_on(last, after) {
            return Some(Read::cardinal(value, Decimal::ONE, after, last));
        }
        if let Some(read) = self.parts(at, Link::First) {
            return Some(self.scaled(read));
        }
        let (_, read) = self.chain(at, Some(Read::cardinal(value, Decimal::ONE, after, last)), true)?;
        Some(self.completed(read))
    }

    /// The longest chain of number words from atom `at` on, which begins with digits when `figures` are given. With
    /// `brackets` a number restated in brackets may stand before a scale word.
    pub(crate) fn chain(&self, at: usize, figures: Option<Read>, brackets: bool) -> Option<(Chain, Read)> {
        let mut chain = Chain::default();
        let (mut next, mut last) = match figures {
            Some(read) => (read.next, read.last),
            None => (at + 1, self.atoms[at].token),
        };
        let class = if figures.is_some() { Class::Digits } else { self.atoms[at].word.class };
        if chain.step(class, Link::First, figures.map(|read| read.value)) != Step::Taken {
            return None;
        }
        // Where the open group and the last word begin: the ends of what is left when they turn out to be another number.
        let (mut group, mut before) = ((at, last), (at, last));
        loop {
            let (link, here) = match self.link(last, next) {
                Some(link) => (link, next),
                None if brackets => match self.restated(last, next, &chain) {
                    Some(after) => (Link::Direct, after),
                    None => break,
                },
                None => break,
            };
            let Atom { token, word } = self.atoms[here];
            let second_article = word.article && link == Link::Direct;
            if second_article || self.is_percent_base(here) || self.parts(here, link).is_some() {
                break;
            }
            let figures = match word.class {
                Class::Digits => self.whole_figures(here),
                _ => None,
            };
            let opens = chain.group().is_none();
            match chain.step(word.class, link, figures) {
                Step::Taken => {
                    if opens {
                        group = (next, last);
                    }
                    before = (next, last);
                    (next, last) = (here + 1, token);
                }
                Step::SplitGroup => {
                    let read = Read::cardinal(chain.closed()?, Decimal::ONE, group.0, group.1);
                    return Some((Chain::default(), read));
                }
                Step::SplitLast => {
                    let read = Read::cardinal(chain.without_unit()?, Decimal::ONE, before.0, before.1);
                    return Some((Chain::default(), read));
                }
                Step::Stop => break,
            }
        }
        Some((chain, Read::cardinal(chain.value()?, chain.last_scale(), next, last)))
    }

    /// `أربعمائة (400) ألف`: the atom after the brackets, when they restate the open group and a scale word follows.
    fn restated(&self, last: u32, next: usize, chain: &Chain) -> Option<usize> {
        let group = chain.group()?;
        let inner = self.atoms.get(next)?;
        if self.folded(last + 1) != "(" || inner.token != last + 2 {
            return None;
        }
        let read = match inner.word.class {
            Class::Digits => Read::cardinal(self.whole_figures(next)?, Decimal::ONE, next + 1, inner.token),
            _ => self.chain(next, None, false)?.1,
        };
        let after = self.atoms.get(read.next)?;
        let closed = self.folded(read.last + 1) == ")" && after.token == read.last + 2;
        let scale = matches!(after.word.class, Class::Scale { .. }) && !after.word.conjunction;
        (closed && scale && read.value == group).then_some(read.next)
    }

    /// `بالمئة`, `في المئة`: the base of a percentage, not a number.
    pub(crate) fn is_percent_base(&self, at: usize) -> bool {
        let Atom { token, word } = self.atoms[at];
        if word.class != Class::Hundred {
            return false;
        }
        let after_in = || {
            let before = token.checked_sub(1).map_or("", |before| self.folded(before));
            matches!(before, "في" | "فى" | "ب" | "من") && 1 < token
        };
        match word.preposition {
            Preposition::Ba => word.article || self.atoms.get(at.wrapping_sub(1)).is_some_and(|a| a.token + 1 == token),
            Preposition::None => word.article && after_in(),
            _ => false,
        }
    }

    /// `ألفا` alone: two thousand before a noun in the genitive (`ألفا دولار`) and as a name of the number, a thousand
    /// when it is vocalised as an accusative or ends a clause.
    fn accusative_or_dual(&self, at: usize, read: &mut Read) {
        let token = self.atoms[at].token as usize;
        let next = self.doc.tokens.get(token + 1).filter(|next| !next.has(TokenFlags::LINE_START));
        let dual = match next {
            None => token == 0,
            Some(next) => {
                let noun = self.doc.folded(token + 1);
                next.class == TokenClass::Arabic as u8
                    && !noun.starts_with(['و', 'ف'])
                    && !matches!(noun, "من" | "الي" | "علي" | "عن" | "او" | "ان")
            }
        };
        if dual && !self.doc.surface(token).contains('\u{64b}') {
            read.value = read.value.checked_mul(Decimal::TWO).unwrap_or(read.value);
        }
    }

    /// `آلاف`, `عشرات الآلاف`: a power of ten, of no definite number.
    fn indefinite(&self, at: usize, power: u8) -> Option<Read> {
        let mut value = power_of_ten(power)?;
        let (mut next, mut last) = (at + 1, self.atoms[at].token);
        while let Some(word) = self.linked(last, next, Link::Direct) {
            let (Class::Scale { power, form: Form::Plural | Form::Singular } | Class::Some(power)) = word.class else {
                break;
            };
            let Some(product) = power_of_ten(power).and_then(|factor| value.checked_mul(factor)) else { break };
            value = product;
            last = self.atoms[next].token;
            next += 1;
        }
        Some(Read { sort: Sort::Plural, ..Read::cardinal(value, Decimal::ONE, next, last) })
    }

    /// `سالب خمسة`, `ناقص 5`.
    fn negative(&self, at: usize, items: &mut Vec<Item>) -> usize {
        let token = self.atoms[at].token;
        let number = self.linked(token, at + 1, Link::Direct);
        if number.is_none_or(|word| matches!(word.class, Class::Minus | Class::Ordinal(_) | Class::Some(_))) {
            return at + 1;
        }
        let first = items.len();
        let next = self.read_at(at + 1, items);
        if let Some(item) = items.get_mut(first).filter(|item| item.first == token + 1)
            && matches!(item.sort, Sort::Cardinal | Sort::Fraction)
        {
            item.value = -item.value;
            let skip = usize::from(self.atoms[at].word.skip);
            item.span.start = self.doc.part(token as usize, skip, 0).start;
            item.first = token;
        }
        next
    }
}
