//! Segments: the words that names are made of. A segment is a token, or a part of one that is surely two glued words.

use khabar_arabic::{hash, proclitics};
use khabar_core::{Span, Split, Token, TokenClass, TokenFlags};
use khabar_extractor::{Cancel, Doc, ExtractError};
use khabar_lexicon::clitics::push_article_restored;

use crate::lexicon::{Lexicon, TriggerFlag, TriggerFlags};

/// One word of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub(crate) token: u32,
    /// Bytes of the token's folded form at which the segment begins.
    pub(crate) from: u16,
    /// Bytes of the token's folded form at which it ends.
    pub(crate) to: u16,
    pub(crate) hash: u64,
    pub(crate) class: TokenClass,
    /// The first segment of a sentence.
    pub(crate) starts_sentence: bool,
    /// What is known of it; filled when the document's words are read.
    pub(crate) known: KnownForm,
}

/// What is known of a word as it stands in a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KnownForm {
    /// Bytes of proclitics after which the known form begins.
    pub(crate) skip: u8,
    /// The flags of the form, and [`TriggerFlag::Cut`].
    pub(crate) flags: TriggerFlags,
    /// The form's number in the lexicon, see [`Lexicon::fact`].
    pub(crate) form: u32,
}

impl KnownForm {
    pub(crate) const fn has(&self, flag: TriggerFlag) -> bool {
        self.flags.contains(flag)
    }
}

impl Segment {
    fn whole(at: usize, token: &Token, hash: u64) -> Self {
        Self {
            token: at as u32,
            from: 0,
            to: token.folded_len,
            hash,
            class: token.class(),
            starts_sentence: token.has(TokenFlags::SENTENCE_START),
            known: KnownForm::default(),
        }
    }

    /// Bytes of its folded form.
    pub(crate) fn len(&self) -> usize {
        usize::from(self.to - self.from)
    }
}

/// Tokens that are taken over between two looks at whether the work is cancelled.
const AT_ONCE: usize = 1 << 12;

/// Fills `segments` with the words of a document.
pub(crate) fn split(doc: &Doc<'_>, segments: &mut Vec<Segment>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
    segments.clear();
    if doc.splits.is_empty() {
        segments.reserve(doc.tokens.len());
        for (part, (tokens, hashes)) in doc.tokens.chunks(AT_ONCE).zip(doc.hashes.chunks(AT_ONCE)).enumerate() {
            cancel.check()?;
            let words = (part * AT_ONCE..).zip(tokens).zip(hashes);
            segments.extend(words.map(|((at, token), hash)| Segment::whole(at, token, *hash)));
        }
        return Ok(());
    }
    let mut splits = doc.splits.iter().filter(|split| Split::CERTAIN <= split.score).peekable();
    for (at, token) in doc.tokens.iter().enumerate() {
        cancel.check_at(at)?;
        let mut segment = Segment::whole(at, token, doc.hashes[at]);
        while let Some(split) = splits.next_if(|split| split.token as usize <= at) {
            let cut = split.folded.checked_sub(token.folded).and_then(|cut| u16::try_from(cut).ok());
            let Some(cut) =
                cut.filter(|cut| split.token as usize == at && segment.from < *cut && *cut < token.folded_len)
            else {
                continue;
            };
            let Some(part) = doc.folded(at).get(segment.from.into()..cut.into()) else { continue };
            segments.push(Segment { to: cut, hash: hash(part), ..segment });
            (segment.from, segment.starts_sentence) = (cut, false);
        }
        if segment.from != 0 {
            segment.hash = doc.folded(at).get(segment.from.into()..).map_or(0, hash);
        }
        segments.push(segment);
    }
    Ok(())
}

/// The folded form of a segment.
pub(crate) fn folded<'a>(doc: &Doc<'a>, segment: &Segment) -> &'a str {
    doc.folded(segment.token as usize).get(segment.from.into()..segment.to.into()).unwrap_or_default()
}

/// The original text from `skip` folded bytes into one segment to the end of another.
pub(crate) fn span(doc: &Doc<'_>, first: &Segment, skip: usize, last: &Segment) -> Span {
    let start = doc.part(first.token as usize, usize::from(first.from) + skip, 0).start;
    let len = usize::from(doc.tokens[last.token as usize].folded_len);
    let end = doc.part(last.token as usize, 0, len - usize::from(last.to)).end;
    Span::new(start, end)
}

/// Looks words up in the lexicon.
#[derive(Debug, Default)]
pub(crate) struct FormLookup {
    buffer: String,
}

impl FormLookup {
    /// The bit of a note for a form whose article lost its alef.
    const CUT: u32 = 1 << 7;

    /// What is known of a word, noted for the next time: the vocabulary of news repeats itself.
    #[inline]
    pub(crate) fn known<'a>(
        &mut self,
        lexicon: &Lexicon,
        note: &mut u32,
        folded: impl FnOnce() -> &'a str,
    ) -> KnownForm {
        if *note == 0 {
            *note = 1 + self.look_up(lexicon, folded());
        }
        let known = *note - 1;
        let form = known >> 8;
        let cut = if known & Self::CUT == 0 { TriggerFlags::EMPTY } else { TriggerFlag::Cut.set() };
        KnownForm { skip: (known & (Self::CUT - 1)) as u8, flags: lexicon.entry(form).flags.union(cut), form }
    }

    /// The whole word if it is known, else what is left without its proclitics: the number of the form above the bytes of
    /// the proclitics.
    #[cold]
    fn look_up(&mut self, lexicon: &Lexicon, folded: &str) -> u32 {
        self.look_up_in(folded, |form| lexicon.form(form))
            .or_else(|| self.look_up_in(folded, |form| lexicon.world_form(form)))
            .unwrap_or(0)
    }

    fn look_up_in(&mut self, folded: &str, known: impl Fn(&str) -> Option<u32>) -> Option<u32> {
        if let Some(form) = known(folded) {
            return Some(form << 8);
        }
        for proclitic in proclitics(folded) {
            let rest = &folded[proclitic.len..];
            let (form, cut) = if proclitic.article_cut {
                self.buffer.clear();
                push_article_restored(rest, &mut self.buffer);
                (known(&self.buffer), Self::CUT)
            } else {
                (known(rest), 0)
            };
            if let Some(form) = form {
                return Some(form << 8 | cut | proclitic.len as u32);
            }
        }
        None
    }
}
