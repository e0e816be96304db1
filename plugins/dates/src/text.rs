//! A document as the grammar sees it: for every token its word of time and the number that begins in it.

use std::cell::Cell;

use khabar_arabic::{digits_within, hash};
use khabar_core::kinds::{Cardinal, Ordinal};
use khabar_core::{Decimal, Span, TokenClass, TokenFlags, TokenSets};
use khabar_extractor::{Cancel, Doc, ExtractError, Input};
use khabar_lexicon::{Candidates, Proclitic, TokenFilter};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::digit_groups::DigitGroups;
use crate::lexicon::{Cue, Lexicon, Since};
use crate::token_bit_set::{LastBefore, TokenBitSet};
use crate::word::{Word, WordClass, WordClasses};

/// What a number is for the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumKind {
    Cardinal,
    Ordinal,
}

/// A number among the tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberRef {
    /// Its first token.
    pub(crate) first: usize,
    /// The token after its last.
    pub(crate) end: usize,
    /// Its bytes.
    pub(crate) span: Span,
    pub(crate) value: Decimal,
    /// The value, if it is whole.
    whole: Option<i64>,
    pub(crate) kind: NumKind,
    /// Digits of a number in plain figures, 0 for one in words.
    pub(crate) digits: u8,
    /// و or ف is written with it.
    pub(crate) and: bool,
}

impl NumberRef {
    /// A whole number within bounds.
    pub(crate) fn within(&self, low: i64, high: i64) -> Option<i64> {
        self.whole.filter(|whole| (low..=high).contains(whole))
    }
}

/// What the grammar knows of a token.
#[derive(Clone, Debug, Default)]
struct Atom {
    /// Its word of time, once it was looked up.
    word: Cell<Option<Word>>,
    /// Index into the numbers plus one.
    num: u32,
    /// Index into the figures plus one, of every token of class [`TokenClass::Number`].
    figures: u32,
}

/// Buffers that the next document reuses.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    atoms: Vec<Atom>,
    nums: Vec<NumberRef>,
    figures: Vec<DigitGroups>,
    /// Tokens with which a phrase may begin: all others are of classes that only stand beside one.
    openings: TokenBitSet,
    /// Tokens that [`crate::quote_tracker::QuoteTracker`] takes note of.
    turns: TokenBitSet,
    /// Quotation marks.
    quotes: TokenBitSet,
    /// Tokens that begin a line.
    lines: TokenBitSet,
}

/// A document's words and numbers.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    pub(crate) doc: &'a Doc<'a>,
    lexicon: &'a Lexicon,
    buffers: &'a Buffers,
}

/// What is read of a cardinal or an ordinal.
#[derive(Deserialize)]
struct NumberValue {
    value: Option<Decimal>,
    /// Of a dual noun.
    unit: Option<IgnoredAny>,
}

impl NumberValue {
    /// The number, unless it is an indefinite plural or a dual noun: `شهرين` is a word of time itself.
    fn counted(self) -> Option<Decimal> {
        self.value.filter(|_| self.unit.is_none())
    }
}

impl Buffers {
    /// Looks up the words with which a phrase may begin and takes in the numbers of the layers before this one. In talk
    /// of plans any word of time may begin one. Fails where it is cancelled.
    fn fill(&mut self, doc: &Doc<'_>, lexicon: &Lexicon, plans: bool, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        self.atoms.clear();
        self.atoms.resize(doc.tokens.len(), Atom::default());
        self.nums.clear();
        self.figures.clear();
        self.openings.clear();
        self.turns.clear();
        self.quotes.clear();
        self.lines.clear();
        for (block, hashes) in doc.hashes.chunks(TokenFilter::BLOCK).enumerate() {
            cancel.check()?;
            let TokenSets { numbers: figures, quotes, lines, sentences, .. } = doc.set(block);
            let (mut opens, mut reports) = (0, 0);
            for at in lexicon.candidates(hashes, plans) {
                let token = block * TokenFilter::BLOCK + at;
                let word = lexicon.word(doc, token);
                self.atoms[token].word.set(Some(word));
                opens |= u64::from(word.class.opens() || plans && word.is(WordClass::In)) << at;
                reports |= u64::from(word.is_in(WordClasses::REPORTS)) << at;
            }
            for at in Candidates::of_bits(figures) {
                self.read_figures(doc, block * TokenFilter::BLOCK + at);
            }
            self.openings.push(opens | figures);
            self.turns.push(quotes | lines | sentences | reports);
            self.quotes.push(quotes);
            self.lines.push(lines);
        }
        let plain = self.nums.len();
        for (step, cardinal) in doc.inputs::<Cardinal>().enumerate() {
            cancel.check_at(step)?;
            self.read_number(doc, NumKind::Cardinal, cardinal.cast(), plain);
        }
        for (step, ordinal) in doc.inputs::<Ordinal>().enumerate() {
            cancel.check_at(step)?;
            self.read_number(doc, NumKind::Ordinal, ordinal.cast(), plain);
        }
        if !plans {
            self.open_from(doc, lexicon);
        }
        Ok(())
    }

    /// Adds every `من` before a token with which a phrase may begin, or before its article: one word in forty is `من`, and
    /// few of them open an interval.
    fn open_from(&mut self, doc: &Doc<'_>, lexicon: &Lexicon) {
        for (block, hashes) in doc.hashes.chunks(TokenFilter::BLOCK).enumerate() {
            let (here, next) = (self.openings.block(block), self.openings.block(block + 1));
            let before = here >> 1 | here >> 2 | next << 63 | next << 62;
            for at in Candidates::of_bits(before & lexicon.from.candidates(hashes).bits()) {
                let token = block * TokenFilter::BLOCK + at;
                let word = lexicon.word(doc, token);
                if word.is(WordClass::From) && !word.has_and() {
                    self.openings.insert(token);
                }
            }
        }
    }

    /// Takes in a token of figures.
    fn read_figures(&mut self, doc: &Doc<'_>, at: usize) {
        let span = doc.tokens[at].folded_span();
        let value = digits_within(doc.folded.as_bytes(), span.start as usize, span.end as usize);
        let value = value.or_else(|| figures_value(doc.folded(at)));
        self.figures.push(match value {
            Some(value) => DigitGroups::plain(value, span.len() as usize),
            None => DigitGroups::parse(doc.folded(at)).unwrap_or_default(),
        });
        self.atoms[at].figures = self.figures.len() as u32;
        let Some(value) = value else { return };
        let value = i64::from(value);
        self.nums.push(NumberRef {
            first: at,
            end: at + 1,
            span: doc.tokens[at].span(),
            value: value.into(),
            whole: Some(value),
            kind: NumKind::Cardinal,
            digits: span.len() as u8,
            and: false,
        });
        self.atoms[at].num = self.nums.len() as u32;
    }

    /// Takes in a cardinal or an ordinal of the layer of numbers. Of both from one token on, the ordinal is meant, and of
    /// several of one kind the last. The first `plain` numbers are those in plain figures, in order.
    fn read_number(&mut self, doc: &Doc<'_>, kind: NumKind, input: Input<'_, NumberValue>, plain: usize) {
        let span = input.span();
        let known = self.nums[..plain].binary_search_by_key(&span.start, |num| num.span.start);
        if known.is_ok_and(|at| self.nums[at].span == span) {
            return;
        }
        let token = doc.tokens.partition_point(|t| t.end <= span.start);
        let Some(first) = doc.tokens.get(token) else { return };
        let rest = doc.tokens.get(token + 1..).unwrap_or_default();
        // A search, since a layer of somebody else's may have many long records over one another.
        let end = token + 1 + rest.partition_point(|t| t.start < span.end);
        if first.class() == TokenClass::Number {
            let plain = end == token + 1 && figures_value(doc.folded(token)).is_some();
            // A number inside of figures with separators is the figures' business: `2016/2017`.
            if plain || first.start < span.start || span.end < first.end {
                return;
            }
        }
        let known = self.num(token).is_some_and(|known| known.digits == 0 && known.kind == NumKind::Ordinal);
        if known && kind != NumKind::Ordinal {
            return;
        }
        let Some(value) = input.value().ok().and_then(|number| number.counted()) else { return };
        let whole = if value.is_integer() { i64::try_from(value).ok() } else { None };
        let and =
            first.start < span.start && doc.folded(token).starts_with([Proclitic::Wa.letter(), Proclitic::Fa.letter()]);
        self.nums.push(NumberRef { first: token, end, span, value, whole, kind, digits: 0, and });
        self.atoms[token].num = self.nums.len() as u32;
        self.openings.insert(token);
    }

    fn num(&self, at: usize) -> Option<&NumberRef> {
        let index = (self.atoms.get(at)?.num as usize).checked_sub(1)?;
        self.nums.get(index)
    }
}

/// The value of a token of plain figures with at most nine digits.
fn figures_value(folded: &str) -> Option<u32> {
    if 9 < folded.len() || folded.is_empty() {
        return None;
    }
    folded.bytes().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))
}

impl<'a> Text<'a> {
    /// Reads a document for the grammar, unless it is cancelled; `plans` as in [`crate::grammar::Style`].
    pub(crate) fn new(
        doc: &'a Doc<'a>,
        buffers: &'a mut Buffers,
        plans: bool,
        cancel: Cancel<'_>,
    ) -> Result<Self, ExtractError> {
        let lexicon = Lexicon::get()?;
        buffers.fill(doc, lexicon, plans, cancel)?;
        Ok(Self { doc, lexicon, buffers })
    }

    /// The first token from one on with which a phrase may begin.
    pub(crate) fn opening(&self, from: usize) -> Option<usize> {
        self.buffers.openings.first(from)
    }

    /// The first token from one on that [`crate::quote_tracker::QuoteTracker`] takes note of.
    pub(crate) fn turn(&self, from: usize) -> Option<usize> {
        self.buffers.turns.first(from)
    }

    /// The last quotation mark before a token.
    #[inline]
    pub(crate) fn quote_before(&self, at: usize, asked: &mut LastBefore) -> Option<usize> {
        asked.get(&self.buffers.quotes, at)
    }

    /// The last token before one that begins a line.
    #[inline]
    pub(crate) fn line_before(&self, at: usize, asked: &mut LastBefore) -> Option<usize> {
        asked.get(&self.buffers.lines, at)
    }

    /// Whether a token was found to report what somebody said; all of those were looked up at first.
    pub(crate) fn reports(&self, at: usize) -> Option<WordClass> {
        let word = self.buffers.atoms.get(at)?.word.get()?;
        word.is_in(WordClasses::REPORTS).then_some(word.class)
    }

    /// Whether a token is a word of [`WordClass::Future`] or [`WordClass::Coming`], which is looked up only where it may be one.
    pub(crate) fn looks_ahead(&self, at: usize) -> Option<Word> {
        let hash = self.doc.hashes.get(at)?;
        if !self.lexicon.may_look_ahead(*hash) {
            return None;
        }
        let word = self.word(at);
        word.is_in(WordClasses::AHEAD).then_some(word)
    }

    /// Whether a token is a verb of the future: `سيعقد`.
    pub(crate) fn is_future_verb(&self, at: usize) -> bool {
        self.token_class(at) == Some(TokenClass::Arabic) && self.lexicon.future_verbs.contains(self.folded(at))
    }

    /// Whether a token cues a reading of a word beside it.
    #[inline]
    pub(crate) fn cues(&self, at: usize, cue: Cue) -> bool {
        self.doc.hashes.get(at).is_some_and(|hash| self.lexicon.cues(*hash).contains(cue))
    }

    /// Whether a folded word cues a reading.
    pub(crate) fn cues_word(&self, folded: &str, cue: Cue) -> bool {
        self.lexicon.cues(hash(folded)).contains(cue)
    }

    /// Since when somebody holds the office by which the words call them that end at a token, and where these begin.
    pub(crate) fn office(&self, at: usize) -> Option<(Since, u32)> {
        let tag = self.lexicon.offices.tag(self.doc, at)?;
        let first = (at + 1).checked_sub(usize::from(tag.len))?;
        Some((tag.meaning, self.doc.part(first, tag.clitics.len(), 0).start))
    }

    /// The word of time that begins at a token; [`WordClass::None`] past the end.
    #[inline]
    pub(crate) fn word(&self, at: usize) -> Word {
        let Some(atom) = self.buffers.atoms.get(at) else { return Word::default() };
        atom.word.get().unwrap_or_else(|| self.look_up(at, atom))
    }

    #[inline(never)]
    fn look_up(&self, at: usize, atom: &Atom) -> Word {
        let word = self.lexicon.word(self.doc, at);
        atom.word.set(Some(word));
        word
    }

    pub(crate) fn class(&self, at: usize) -> WordClass {
        self.word(at).class
    }

    pub(crate) fn is(&self, at: usize, class: WordClass) -> bool {
        self.class(at) == class
    }

    /// Whether a token stands in the same line as the one before it.
    pub(crate) fn joined(&self, at: usize) -> bool {
        self.doc.tokens.get(at).is_some_and(|t| !t.has(TokenFlags::LINE_START))
    }

    /// Whether no white space stands before a token.
    pub(crate) fn glued(&self, at: usize) -> bool {
        self.doc.tokens.get(at).is_some_and(|t| !t.has(TokenFlags::SPACE_BEFORE))
    }

    pub(crate) fn token_class(&self, at: usize) -> Option<TokenClass> {
        self.doc.tokens.get(at).map(|t| t.class())
    }

    /// The folded form of a token, empty past the end.
    pub(crate) fn folded(&self, at: usize) -> &'a str {
        if at < self.doc.tokens.len() { self.doc.folded(at) } else { "" }
    }

    /// The mark that a punctuation token is, if it is a single one.
    #[inline]
    pub(crate) fn mark(&self, at: usize) -> Option<char> {
        let class = self.doc.tokens.get(at)?.class();
        if (class != TokenClass::Punctuation) & (class != TokenClass::Symbol) {
            return None;
        }
        let folded = self.folded(at);
        folded.chars().next().filter(|mark| mark.len_utf8() == folded.len())
    }

    /// Whether a token is one of these marks, in the same line as the one before.
    #[inline]
    pub(crate) fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.joined(at) && self.mark(at).is_some_and(|c| marks.contains(&c))
    }

    /// Whether a number begins at a token, or figures that may be one.
    #[inline]
    pub(crate) fn num_begins(&self, at: usize) -> bool {
        self.buffers.atoms.get(at).is_some_and(|atom| atom.num | atom.figures != 0)
    }

    /// The number that begins at a token, in words or in plain figures.
    #[inline]
    pub(crate) fn num(&self, at: usize) -> Option<&'a NumberRef> {
        self.buffers.num(at)
    }

    /// The figures of a number token with the separators between them.
    #[inline]
    pub(crate) fn figures(&self, at: usize) -> Option<DigitGroups> {
        let index = (self.buffers.atoms.get(at)?.figures as usize).checked_sub(1)?;
        self.buffers.figures.get(index).copied().filter(|figures| !figures.parts().is_empty())
    }

    /// Whether `موسم`, `السنة الدراسية` or the like stands right before a token.
    pub(crate) fn season_head_before(&self, at: usize) -> bool {
        (1..=2).any(|len| {
            let head = at.checked_sub(len).map_or_else(Word::default, |before| self.word(before));
            head.is(WordClass::SeasonYear) && usize::from(head.len) == len
        })
    }

    /// Where a phrase that begins with a token begins: after the proclitics of its word or number.
    pub(crate) fn start(&self, at: usize) -> u32 {
        if let Some(num) = self.num(at) {
            return num.span.start;
        }
        match self.word(at).skip() {
            0 => self.doc.tokens[at].start,
            skip => self.doc.part(at, skip, 0).start,
        }
    }

    /// Whether a proclitic is written together with the word or number at a token.
    pub(crate) fn is_behind(&self, at: usize, proclitic: Proclitic) -> bool {
        let number = self.num(at).is_some_and(|num| self.doc.tokens[at].start < num.span.start);
        self.word(at).clitics.has(proclitic) || number && self.folded(at).starts_with(proclitic.letter())
    }

    /// The place of a phrase from its first token to the one behind it.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.start(first), self.end(end))
    }

    /// Where a phrase that ends before token `end` ends.
    pub(crate) fn end(&self, end: usize) -> u32 {
        end.min(self.doc.tokens.len()).checked_sub(1).map_or(0, |last| self.doc.tokens[last].end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_count() {
        for (json, value) in [
            (r#"{"value":"16"}"#, Some("16")),
            (r#"{"value":"0","mod":"APPROX"}"#, Some("0")),
            (r#"{"value":"2.5","mod":"APPROX"}"#, Some("2.5")),
            (r#"{"value":"-3"}"#, Some("-3")),
            (r#"{"unit":null,"value":"7","more":[]}"#, Some("7")),
            (r#"{"value":"2","unit":"يوم","mod":"APPROX"}"#, None),
            (r#"{"value":null,"magnitude":"1000"}"#, None),
            (r#"{"value":"","mod":"APPROX"}"#, None),
            (r#"{"value":"#, None),
        ] {
            let read = serde_json::from_str(json).ok().and_then(NumberValue::counted);
            assert_eq!(read, value.and_then(|value| value.parse().ok()), "{json}");
        }
    }
}
