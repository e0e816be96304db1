//! Every token of a document with what the lexicon knows of it, and the mentions of entities that stand on the tokens.

use khabar_arabic::{Quotation, hash, proclitics};
use khabar_extractor::{Doc, Span, TokenClass, TokenFlags};

use crate::lexicon::{Classes, Cue, Entry, LEXICON};
use crate::table::{Lexicon, Slot};

/// What a token is to the attribution grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Sign {
    /// An Arabic word.
    Word,
    /// A word in another script, an address, a sign.
    #[default]
    Other,
    Number,
    Comma,
    Colon,
    /// `.`, `؟`, `!`, `…`
    Stop,
    Open,
    Close,
    BracketOpen,
    BracketClose,
}

/// What is known of a token.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    pub(crate) sign: Sign,
    pub(crate) classes: Classes,
    pub(crate) cue: Option<Cue>,
    /// Bytes of the folded form that are proclitics before the known word.
    pub(crate) skip: u8,
    /// Proclitics, as far as they are known.
    pub(crate) proclitic: Proclitic,
    /// `حد`, of `على حد تعبيره`.
    pub(crate) limit: bool,
}

/// Proclitics before a known word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Proclitic {
    /// `و` or `ف`.
    pub(crate) conjunction: bool,
    /// `ب`, `ل`, `ك` or `س`, as a letter; NUL for none.
    pub(crate) preposition: char,
}

impl Word {
    pub(crate) const fn is(&self, class: Classes) -> bool {
        self.classes.any(class)
    }
}

/// Buffers for looking words up.
#[derive(Debug, Default)]
pub(crate) struct Tagger {
    /// The tokens that may be known as they stand, or behind a letter that may be a proclitic.
    may: Vec<u32>,
    /// Where their look-ups begin.
    slots: Vec<Slot>,
    behind: Remembered,
    buffer: String,
}

/// What was found behind the proclitics of a word, which costs more to find out than to remember: one word of news in four
/// begins with a letter that may be a proclitic, and few of these words are known.
#[derive(Clone, Copy, Debug, Default)]
struct Behind {
    /// The hash of the word; 0 where nothing is remembered yet.
    key: u64,
    /// The entry of what is left, plus one; 0 where it is not known.
    entry: u16,
    skip: u8,
    proclitic: Proclitic,
}

/// Words are remembered at one of 8,192 places each, 192 KiB.
#[derive(Debug)]
struct Remembered(Vec<Behind>);

impl Default for Remembered {
    fn default() -> Self {
        Self(vec![Behind::default(); 1 << Self::BITS])
    }
}

impl Remembered {
    const BITS: u32 = 13;

    /// What is behind the proclitics of a token that is not known as a whole.
    fn get(&mut self, lexicon: &Lexicon, doc: &Doc<'_>, at: usize, buffer: &mut String) -> Behind {
        let key = doc.hashes[at];
        let known = &mut self.0[(key >> (64 - Self::BITS)) as usize];
        if known.key != key || key == 0 {
            *known = Behind { key, ..behind_proclitics(lexicon, doc.folded(at), buffer) };
        }
        *known
    }
}

/// The hash of `حد`.
const LIMIT: u64 = hash("حد");

impl Tagger {
    /// Looks every token up. Into `cues` go the tokens at which a report may begin, in order.
    ///
    /// In three loops: what a look-up waits for is memory, and loops that do little but load wait for many words at a
    /// time.
    pub(crate) fn tag(&mut self, doc: &Doc<'_>, words: &mut Vec<Word>, cues: &mut Vec<u32>) {
        let lexicon = &*LEXICON;
        self.signs(lexicon, doc, words);
        self.slots.clear();
        self.slots.extend(self.may.iter().map(|at| lexicon.slot(doc.hashes[*at as usize])));
        cues.clear();
        for (at, slot) in self.may.iter().zip(&self.slots) {
            let (token, key) = (*at as usize, doc.hashes[*at as usize]);
            let word = &mut words[token];
            if let Some(entry) = lexicon.get_from(*slot, key) {
                (word.classes, word.cue) = (entry.classes, entry.cue_of(doc, token));
            } else {
                let behind = self.behind.get(lexicon, doc, token, &mut self.buffer);
                if let Some(entry) = lexicon.entry(behind.entry) {
                    behind.note(entry, doc, token, word);
                }
            }
            word.limit = key == LIMIT;
            if word.cue.is_some() || word.limit || word.is(Classes::ACCORDING) {
                cues.push(*at);
            }
        }
    }

    /// What sort of token each is, and which may be known.
    fn signs(&mut self, lexicon: &Lexicon, doc: &Doc<'_>, words: &mut Vec<Word>) {
        words.clear();
        self.may.clear();
        let folded = doc.folded.as_bytes();
        for (at, (token, key)) in doc.tokens.iter().zip(doc.hashes).enumerate() {
            let sign = match token.class() {
                TokenClass::Arabic => Sign::Word,
                TokenClass::Number => Sign::Number,
                TokenClass::QuoteOpen => Sign::Open,
                TokenClass::QuoteClose => Sign::Close,
                TokenClass::Punctuation => punctuation(doc.surface(at)),
                _ => Sign::Other,
            };
            words.push(Word { sign, ..Word::default() });
            let clitic = || {
                folded
                    .get(token.folded_span().start as usize..)
                    .and_then(<[u8]>::first_chunk)
                    .is_some_and(may_be_clitic)
            };
            if sign == Sign::Word && (lexicon.may_know(*key) || *key == LIMIT || clitic()) {
                self.may.push(at as u32);
            }
        }
    }
}

/// Whether a word that begins so may begin with a proclitic: و, ف, ب, ل, ك or س.
fn may_be_clitic(first: &[u8; 2]) -> bool {
    matches!(first, [0xd9, 0x88 | 0x81 | 0x84 | 0x83] | [0xd8, 0xa8 | 0xb3])
}

/// What is behind the proclitics of a folded word.
fn behind_proclitics(lexicon: &Lexicon, folded: &str, buffer: &mut String) -> Behind {
    for hypothesis in proclitics(folded) {
        let (before, rest) = folded.split_at(hypothesis.len);
        let mut entry = lexicon.get(rest);
        if entry == 0 && hypothesis.article_cut {
            buffer.clear();
            buffer.push('ا');
            buffer.push_str(rest);
            entry = lexicon.get(buffer);
        }
        if entry != 0 {
            let proclitic = Proclitic {
                conjunction: before.starts_with(['و', 'ف']),
                preposition: before.chars().last().filter(|c| !matches!(c, 'و' | 'ف')).unwrap_or('\0'),
            };
            return Behind { key: 0, entry, skip: hypothesis.len as u8, proclitic };
        }
    }
    Behind::default()
}

impl Behind {
    /// Notes on a word what its rest is behind the proclitics.
    fn note(&self, entry: &Entry, doc: &Doc<'_>, at: usize, word: &mut Word) {
        let proclitic = self.proclitic;
        let verb = proclitic.preposition == '\0' || proclitic.preposition == 'س';
        // كأن, لأن are no complements.
        let complement = !matches!(proclitic.preposition, 'ك' | 'ل');
        word.classes = if complement { entry.classes } else { entry.classes.without(Classes::THAT) };
        word.cue = entry.cue_of(doc, at).filter(|_| verb);
        (word.skip, word.proclitic) = (self.skip, proclitic);
    }
}

fn punctuation(surface: &str) -> Sign {
    match surface.chars().next() {
        Some('،' | ',' | '؛' | ';' | '-' | '–' | '—') => Sign::Comma,
        Some(':') => Sign::Colon,
        Some('.' | '؟' | '?' | '!' | '…' | '۔') => Sign::Stop,
        Some('(' | '[' | '{') => Sign::BracketOpen,
        Some(')' | ']' | '}') => Sign::BracketClose,
        _ => Sign::Other,
    }
}

/// Kinds of entities, in the order in which they are taken for a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MentionKind {
    Person,
    Title,
    Org,
    Fac,
    Gpe,
    Norp,
    Name,
}

/// The kinds read from the entity layer.
pub(crate) const MENTION_KINDS: [(&str, MentionKind); 9] = [
    ("entity.person", MentionKind::Person),
    ("entity.title", MentionKind::Title),
    ("entity.org", MentionKind::Org),
    ("entity.fac", MentionKind::Fac),
    ("entity.gpe", MentionKind::Gpe),
    ("entity.norp", MentionKind::Norp),
    ("entity.event", MentionKind::Name),
    ("entity.product", MentionKind::Name),
    ("entity.loc", MentionKind::Name),
];

/// An entity of the document, with the place of its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
    pub(crate) confidence: f32,
    input: u32,
    at: u32,
    len: u32,
}

impl Mention {
    /// The entity's value in JSON.
    pub(crate) fn value<'a>(&self, doc: &Doc<'a>) -> &'a [u8] {
        let heap = doc.inputs.get(self.input as usize).map(|input| input.heap).unwrap_or_default();
        heap.get(self.at as usize..self.at.saturating_add(self.len) as usize).unwrap_or_default()
    }
}

/// Reads the entities of all input layers, sorted by start, longest first.
pub(crate) fn read_mentions(doc: &Doc<'_>, mentions: &mut Vec<Mention>) {
    mentions.clear();
    for (index, input) in doc.inputs.iter().enumerate() {
        // Names are compared once a document, not once a record.
        let kind_of = |name: &str| MENTION_KINDS.iter().find(|(kind, _)| *kind == name).map(|(_, kind)| *kind);
        let mut known = [None; 32];
        for (slot, name) in known.iter_mut().zip(input.kinds) {
            *slot = kind_of(name);
        }
        for record in input.records {
            let at = record.kind as usize;
            let kind = match known.get(at) {
                Some(kind) => *kind,
                None => input.kinds.get(at).and_then(|name| kind_of(name)),
            };
            if let Some(kind) = kind {
                mentions.push(Mention {
                    span: record.span(),
                    kind,
                    confidence: record.confidence,
                    input: index as u32,
                    at: record.value_at,
                    len: record.value_len,
                });
            }
        }
    }
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.kind));
}

/// Takes cues off the words inside names: `فيري` may be a name and `فـيري` a verb.
pub(crate) fn quiet_names(doc: &Doc<'_>, mentions: &[Mention], words: &mut [Word]) {
    let mut done = 0;
    for mention in mentions.iter().filter(|m| !matches!(m.kind, MentionKind::Title | MentionKind::Norp)) {
        let first = doc.tokens.partition_point(|t| t.end <= mention.span.start).max(done);
        let inside = doc.tokens.iter().skip(first).take_while(|t| t.start < mention.span.end).count();
        for word in words.iter_mut().skip(first).take(inside) {
            word.cue = None;
        }
        done = first + inside;
    }
}

/// What is known of a token that is not there.
static NOTHING: Word = Word {
    sign: Sign::Other,
    classes: Classes::NONE,
    cue: None,
    skip: 0,
    proclitic: Proclitic { conjunction: false, preposition: '\0' },
    limit: false,
};

/// A document with its words, mentions and quotations.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) doc: &'a Doc<'a>,
    pub(crate) words: &'a [Word],
    pub(crate) mentions: &'a [Mention],
    pub(crate) quotations: &'a [Quotation],
    /// For every token the outermost closed quotation that holds it, marks included, plus one; 0 for none.
    pub(crate) around: &'a [u32],
}

impl<'a> Context<'a> {
    /// What is known of a token; nothing past the end.
    #[inline]
    pub(crate) fn word(&self, at: usize) -> &'a Word {
        self.words.get(at).unwrap_or(&NOTHING)
    }

    pub(crate) fn folded(&self, at: usize) -> &'a str {
        if at < self.doc.tokens.len() { self.doc.folded(at) } else { "" }
    }

    /// The span of a token without its known proclitics.
    pub(crate) fn bare(&self, at: usize) -> Span {
        self.doc.part(at, usize::from(self.word(at).skip), 0)
    }

    /// The span of the tokens `first..end`, known proclitics of the first off.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        let start = self.bare(first);
        match self.doc.tokens.get(end.saturating_sub(1)) {
            Some(last) if first + 1 < end => Span::new(start.start, last.end),
            _ => start,
        }
    }

    pub(crate) fn line_start(&self, at: usize) -> bool {
        self.doc.tokens.get(at).is_some_and(|t| t.has(TokenFlags::LINE_START))
    }

    /// The quotation whose opening mark the token is.
    pub(crate) fn opened(&self, at: usize) -> Option<&'a Quotation> {
        let quotation = self.around.get(at).and_then(|index| self.quotations.get(index.checked_sub(1)? as usize))?;
        (quotation.open as usize == at).then_some(quotation)
    }

    /// Whether the token stands between marks (not on one).
    pub(crate) fn quoted(&self, at: usize) -> bool {
        let index = self.around.get(at).copied().unwrap_or(0);
        index
            .checked_sub(1)
            .and_then(|index| self.quotations.get(index as usize))
            .is_some_and(|q| (q.open as usize) < at && q.close.is_some_and(|close| at < close as usize))
    }

    /// The mentions that begin in the tokens `first..end`.
    pub(crate) fn mentions_in(&self, first: usize, end: usize) -> impl Iterator<Item = (usize, &'a Mention)> + use<'a> {
        let tokens = self.doc.tokens;
        let from = tokens.get(first).map_or(u32::MAX, |t| t.start);
        let to = end.checked_sub(1).and_then(|last| tokens.get(last)).map_or(0, |t| t.end);
        let begin = self.mentions.partition_point(|m| m.span.start < from);
        self.mentions.iter().enumerate().skip(begin).take_while(move |(_, m)| m.span.start < to)
    }

    /// The token in which a byte stands, or the first after it.
    pub(crate) fn token_at(&self, byte: u32) -> usize {
        self.doc.tokens.partition_point(|t| t.end <= byte)
    }

    /// The best mention that begins in a token.
    pub(crate) fn mention_at(&self, at: usize) -> Option<(usize, &'a Mention)> {
        self.mentions_in(at, at + 1).min_by_key(|(_, m)| m.kind)
    }
}
