//! A document as the grammar sees it: for every token its word of time and the number that begins in it.

use khabar_core::{Decimal, Span, TokenClass, TokenFlags};
use khabar_extractor::Doc;
use serde::Deserialize;

use crate::figures::Figures;
use crate::lexicon::{Class, Lexicon, Word};

/// What a number is for the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumKind {
    Cardinal,
    Ordinal,
}

/// A number among the tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Num {
    /// Its first token.
    pub(crate) first: usize,
    /// The token after its last.
    pub(crate) end: usize,
    /// Its bytes.
    pub(crate) span: Span,
    pub(crate) value: Decimal,
    pub(crate) kind: NumKind,
    /// Digits of a number in plain figures, 0 for one in words.
    pub(crate) digits: u8,
    /// و or ف is written with it.
    pub(crate) and: bool,
}

impl Num {
    /// A whole number within bounds.
    pub(crate) fn within(&self, low: i64, high: i64) -> Option<i64> {
        if !self.value.fract().is_zero() {
            return None;
        }
        i64::try_from(self.value).ok().filter(|v| (low..=high).contains(v))
    }
}

/// What the grammar knows of a token.
#[derive(Clone, Copy, Debug, Default)]
struct Atom {
    word: Word,
    /// Index into the numbers plus one.
    num: u32,
}

/// Buffers that the next document reuses.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    atoms: Vec<Atom>,
    nums: Vec<Num>,
}

/// A document's words and numbers.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    pub(crate) doc: &'a Doc<'a>,
    atoms: &'a [Atom],
    nums: &'a [Num],
}

#[derive(Deserialize)]
struct NumberValue {
    value: Option<Decimal>,
    unit: Option<String>,
}

impl Buffers {
    /// Looks up every token and takes in the numbers of the layers before this one.
    pub(crate) fn fill(&mut self, doc: &Doc<'_>, lexicon: &Lexicon) {
        self.nums.clear();
        self.atoms.clear();
        self.atoms.extend((0..doc.tokens.len()).map(|at| {
            let next = |ahead: usize| {
                let next = at + ahead;
                let same_line = doc.tokens.get(at + 1..=next)?.iter().all(|t| !t.has(TokenFlags::LINE_START));
                same_line.then(|| doc.hashes[next])
            };
            let word = lexicon.word(doc.hashes[at], || doc.folded(at), next);
            Atom { word, num: 0 }
        }));
        self.read_numbers(doc, "number.cardinal", NumKind::Cardinal);
        self.read_numbers(doc, "number.ordinal", NumKind::Ordinal);
    }

    fn read_numbers(&mut self, doc: &Doc<'_>, kind_name: &str, kind: NumKind) {
        let mut token = 0;
        for (record, json) in doc.records(kind_name) {
            let span = record.span();
            // Records are sorted, so one walk over the tokens places them all.
            if doc.tokens.get(token).is_some_and(|t| span.start < t.start) {
                token = doc.tokens.partition_point(|t| t.end <= span.start);
            }
            while doc.tokens.get(token).is_some_and(|t| t.end <= span.start) {
                token += 1;
            }
            let Some(first) = doc.tokens.get(token) else { break };
            let mut end = token + 1;
            while doc.tokens.get(end).is_some_and(|t| t.start < span.end) {
                end += 1;
            }
            let plain = first.class() == TokenClass::Number && end == token + 1;
            if plain && figures_value(doc.folded(token)).is_some() {
                continue; // read from the token when it is asked for
            }
            // A number inside of figures with separators is the figures' business: `2016/2017`.
            if first.class() == TokenClass::Number && (first.start < span.start || span.end < first.end) {
                continue;
            }
            let Some(value) = number(json) else { continue };
            let and = first.start < span.start && doc.folded(token).starts_with(['و', 'ف']);
            self.atoms[token].num = self.nums.len() as u32 + 1;
            self.nums.push(Num { first: token, end, span, value, kind, digits: 0, and });
        }
    }
}

/// The value of a number record; `None` for an indefinite plural or a dual noun.
fn number(json: &[u8]) -> Option<Decimal> {
    // Most numbers are small whole ones without more: `{"value":"16"}`.
    if let Some(digits) = json.strip_prefix(br#"{"value":""#).and_then(|rest| rest.strip_suffix(br#""}"#))
        && digits.len() <= 9
        && digits.iter().all(u8::is_ascii_digit)
    {
        return Some(Decimal::from(digits.iter().fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'))));
    }
    let read: NumberValue = serde_json::from_slice(json).ok()?;
    if read.unit.is_some() { None } else { read.value }
}

/// The value of a token of plain figures with at most nine digits.
fn figures_value(folded: &str) -> Option<i64> {
    let short = folded.len() <= 9 && folded.bytes().all(|b| b.is_ascii_digit());
    if short { folded.parse().ok() } else { None }
}

impl<'a> Text<'a> {
    pub(crate) fn new(doc: &'a Doc<'a>, buffers: &'a Buffers) -> Self {
        Self { doc, atoms: &buffers.atoms, nums: &buffers.nums }
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// The word of time that begins at a token; [`Class::None`] past the end.
    #[inline]
    pub(crate) fn word(&self, at: usize) -> Word {
        self.atoms.get(at).map_or_else(Word::default, |atom| atom.word)
    }

    pub(crate) fn class(&self, at: usize) -> Class {
        self.word(at).class
    }

    pub(crate) fn is(&self, at: usize, class: Class) -> bool {
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
        if at < self.atoms.len() { self.doc.folded(at) } else { "" }
    }

    /// The mark that a punctuation token is, if it is a single one.
    pub(crate) fn mark(&self, at: usize) -> Option<char> {
        if !matches!(self.token_class(at), Some(TokenClass::Punctuation | TokenClass::Symbol)) {
            return None;
        }
        let mut chars = self.folded(at).chars();
        chars.next().filter(|_| chars.next().is_none())
    }

    /// Whether a token is one of these marks, in the same line as the one before.
    pub(crate) fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.joined(at) && self.mark(at).is_some_and(|c| marks.contains(&c))
    }

    /// Whether a number begins at a token, or figures that may be one.
    #[inline]
    pub(crate) fn num_begins(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|atom| atom.num != 0) || self.token_class(at) == Some(TokenClass::Number)
    }

    /// The number that begins at a token, in words or in plain figures.
    pub(crate) fn num(&self, at: usize) -> Option<Num> {
        let atom = self.atoms.get(at)?;
        if let Some(index) = (atom.num as usize).checked_sub(1) {
            return self.nums.get(index).copied();
        }
        if self.token_class(at) != Some(TokenClass::Number) {
            return None;
        }
        let folded = self.doc.folded(at);
        let value = figures_value(folded)?;
        Some(Num {
            first: at,
            end: at + 1,
            span: self.doc.tokens[at].span(),
            value: value.into(),
            kind: NumKind::Cardinal,
            digits: folded.len() as u8,
            and: false,
        })
    }

    /// The figures of a number token with the separators between them.
    pub(crate) fn figures(&self, at: usize) -> Option<Figures> {
        if self.token_class(at) != Some(TokenClass::Number) {
            return None;
        }
        Figures::parse(self.doc.folded(at))
    }

    /// Whether `موسم`, `السنة الدراسية` or the like stands right before a token.
    pub(crate) fn season_head_before(&self, at: usize) -> bool {
        (1..=2).any(|len| {
            let head = at.checked_sub(len).map_or_else(Word::default, |before| self.word(before));
            head.is(Class::SeasonHead) && usize::from(head.len) == len
        })
    }

    /// Where a phrase that begins with a token begins: after the proclitics of its word or number.
    pub(crate) fn start(&self, at: usize) -> u32 {
        if let Some(num) = self.num(at) {
            return num.span.start;
        }
        self.doc.part(at, usize::from(self.word(at).skip), 0).start
    }

    /// Where a phrase that ends before token `end` ends.
    pub(crate) fn end(&self, end: usize) -> u32 {
        end.min(self.atoms.len()).checked_sub(1).map_or(0, |last| self.doc.tokens[last].end)
    }
}
