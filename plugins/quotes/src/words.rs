//! Every token of a document with what the lexicon knows of it, and the mentions of entities that stand on the tokens.

use khabar_arabic::{Quotation, hash, proclitics};
use khabar_extractor::{Doc, Span, TokenClass, TokenFlags};

use crate::lexicon::{Classes, Cue, LEXICON, Lexicon};

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

/// Looks every token up.
pub(crate) fn tag(doc: &Doc<'_>, words: &mut Vec<Word>, buffer: &mut String) {
    words.clear();
    let lexicon = &*LEXICON;
    words.extend((0..doc.tokens.len()).map(|at| tag_one(lexicon, doc, at, buffer)));
}

fn tag_one(lexicon: &Lexicon, doc: &Doc<'_>, at: usize, buffer: &mut String) -> Word {
    let token = doc.tokens[at];
    let sign = match token.class() {
        TokenClass::Arabic => Sign::Word,
        TokenClass::Number => Sign::Number,
        TokenClass::QuoteOpen => Sign::Open,
        TokenClass::QuoteClose => Sign::Close,
        TokenClass::Punctuation => punctuation(doc.surface(at)),
        _ => Sign::Other,
    };
    if sign != Sign::Word {
        return Word { sign, ..Word::default() };
    }
    let folded = doc.folded(at);
    if let Some(entry) = lexicon.get_hashed(doc.hashes[at], folded) {
        let cue = entry.cue_of(doc.surface(at));
        return Word { sign, classes: entry.classes, cue, ..Word::default() };
    }
    let mut known = Word { sign, ..Word::default() };
    for hypothesis in proclitics(folded) {
        let (before, rest) = folded.split_at(hypothesis.len);
        let mut entry = lexicon.get_hashed(hash(rest), rest);
        if entry.is_none() && hypothesis.article_cut {
            buffer.clear();
            buffer.push('ا');
            buffer.push_str(rest);
            entry = lexicon.get(buffer);
        }
        let proclitic = Proclitic {
            conjunction: before.starts_with(['و', 'ف']),
            preposition: before.chars().last().filter(|c| !matches!(c, 'و' | 'ف')).unwrap_or('\0'),
        };
        if let Some(entry) = entry {
            let verb = proclitic.preposition == '\0' || proclitic.preposition == 'س';
            known.classes = entry.classes;
            known.cue = entry.cue_of(doc.surface(at)).filter(|_| verb);
            // كأن, لأن are no complements.
            if matches!(proclitic.preposition, 'ك' | 'ل') {
                known.classes = known.classes.without(Classes::THAT);
            }
            known.skip = hypothesis.len as u8;
            known.proclitic = proclitic;
            break;
        }
    }
    known
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
    pub(crate) fn word(&self, at: usize) -> Word {
        self.words.get(at).copied().unwrap_or_default()
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
