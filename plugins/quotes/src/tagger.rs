//! Finds out what every token of a document is.

use khabar_arabic::{hash, hash_within};
use khabar_extractor::{Doc, TokenClass, TokenFlags};

use crate::facts::Facts;
use crate::lexicon::{Entry, LEXICON};
use crate::table::Lexicon;

/// The tokens of a document, and where there is something to read.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// What each token is.
    pub(crate) facts: Vec<Facts>,
    /// The tokens at which a report may begin.
    pub(crate) cues: Vec<u32>,
    /// The tokens that begin a sentence, but for the first of all.
    pub(crate) sentences: Vec<u32>,
    /// Whether a quotation opens.
    pub(crate) opens: bool,
}

/// Looks words up, in buffers that are kept.
#[derive(Debug, Default)]
pub(crate) struct Tagger {
    /// The tokens that are no Arabic words, and those that begin a sentence.
    signs: Vec<u32>,
    /// The words that may be known as they stand.
    whole: Vec<u32>,
    /// Where their look-ups begin.
    slots: Vec<u64>,
    /// The words that begin with a letter that may be a proclitic.
    behind: Vec<u32>,
    /// Those of them that may be known behind it.
    likely: Vec<u32>,
    /// The words that may begin a report.
    cues: Vec<u32>,
    buffer: String,
}

/// Writes a list of tokens without a branch: which tokens are in it, no processor foresees.
struct Pen<'a> {
    places: &'a mut [u32],
    len: usize,
}

impl<'a> Pen<'a> {
    /// Begins a list of so many tokens at most, in a buffer that is kept.
    fn new(buffer: &'a mut Vec<u32>, most: usize) -> Self {
        if buffer.len() < most {
            buffer.resize(most, 0);
        }
        Self { places: buffer, len: 0 }
    }

    /// What was written.
    fn list(self) -> &'a mut [u32] {
        self.places.get_mut(..self.len).unwrap_or_default()
    }

    /// Adds a token where `holds`; a list has at most as many as it was asked for.
    #[inline(always)]
    fn push(&mut self, at: usize, holds: bool) {
        if let Some(place) = self.places.get_mut(self.len) {
            *place = at as u32;
        }
        self.len += usize::from(holds);
    }
}

/// The words that may begin a report.
const BEGINS: Facts = Facts::CUE.with(Facts::LIMIT).with(Facts::ACCORDING);

impl Tagger {
    /// Finds out what every token is.
    ///
    /// Words wait for memory and for branches that no processor foresees, so that each loop does one thing for all of them.
    pub(crate) fn tag(&mut self, doc: &Doc<'_>, words: &mut Words) {
        let lexicon = &*LEXICON;
        let Self { signs, whole, slots, behind, likely, cues, buffer } = self;
        words.facts.clear();
        words.facts.resize(doc.tokens.len(), Facts::WORD);
        let [signs, whole, behind] = sort(lexicon, doc, [signs, whole, behind]);
        words.read_signs(doc, signs);
        let facts = words.facts.as_mut_slice();
        let mut cues = Pen::new(cues, whole.len() + behind.len());
        slots.clear();
        slots.extend(whole.iter().map(|at| lexicon.slot(doc.hashes[*at as usize])));
        for (at, slot) in whole.iter().map(|at| *at as usize).zip(slots) {
            let plain = lexicon.plain(lexicon.number(*slot, doc.hashes[at]));
            facts[at] = facts[at].with(plain);
            cues.push(at, plain.is(BEGINS));
        }
        let mut likely = Pen::new(likely, behind.len());
        for at in behind.iter().map(|at| *at as usize) {
            let unknown = !facts[at].is(Facts::CLASSES.with(Facts::CUE));
            likely.push(at, may_know_behind(lexicon, doc, at) & unknown);
        }
        for at in likely.list().iter().map(|at| *at as usize) {
            let known = behind_proclitics(lexicon, doc, at, buffer);
            let known = known.map_or(Facts::NONE, |(entry, proclitics)| entry.facts(proclitics, ""));
            facts[at] = facts[at].with(known);
            cues.push(at, known.is(BEGINS));
        }
        let cues = cues.list();
        cues.sort_unstable();
        words.cues.clear();
        for at in cues {
            let word = &mut facts[*at as usize];
            if word.is(Facts::SPELLED) {
                *word = spelled(lexicon, doc, *at as usize, *word, buffer);
            }
            if word.is(BEGINS) && words.cues.last() != Some(at) {
                words.cues.push(*at);
            }
        }
    }
}

/// Sorts the tokens by what is to be done for them, into lists of the signs and starts of sentences, of the words that may
/// be known as they stand, and of those that may be known behind a proclitic.
fn sort<'a>(lexicon: &Lexicon, doc: &Doc<'_>, [signs, whole, behind]: [&'a mut Vec<u32>; 3]) -> [&'a [u32]; 3] {
    let (most, folded) = (doc.tokens.len(), doc.folded.as_bytes());
    let (mut signs, mut whole, mut behind) = (Pen::new(signs, most), Pen::new(whole, most), Pen::new(behind, most));
    for (at, (token, key)) in doc.tokens.iter().zip(doc.hashes).enumerate() {
        let word = token.class == TokenClass::Arabic as u8;
        signs.push(at, !word | token.has(TokenFlags::SENTENCE_START));
        whole.push(at, word & lexicon.may_know(*key));
        // Two letters at least stay behind a proclitic.
        let letter = folded.get(token.folded as usize..).and_then(<[u8]>::first_chunk);
        behind.push(at, word & (6 <= token.folded_len) & letter.is_some_and(may_be_clitic));
    }
    [signs.list(), whole.list(), behind.list()]
}

impl Words {
    /// Reads the tokens that are no Arabic words, and notes where sentences begin.
    fn read_signs(&mut self, doc: &Doc<'_>, signs: &[u32]) {
        self.sentences.clear();
        self.opens = false;
        for at in signs {
            let token = &doc.tokens[*at as usize];
            if token.has(TokenFlags::SENTENCE_START) && *at != 0 {
                self.sentences.push(*at);
            }
            let fact = match token.class() {
                TokenClass::Arabic => continue,
                TokenClass::Punctuation => punctuation(doc.surface(*at as usize)),
                TokenClass::Number => Facts::NUMBER,
                TokenClass::QuoteOpen => Facts::OPEN,
                TokenClass::QuoteClose => Facts::CLOSE,
                _ => Facts::OTHER,
            };
            self.opens |= fact.is(Facts::OPEN);
            self.facts[*at as usize] = fact;
        }
    }
}

/// Whether an Arabic letter may be a proclitic: و, ف, ب, ل, ك or س, or one of few that look like them in this table, which
/// is asked for every word.
#[inline]
const fn may_be_clitic(letter: &[u8; 2]) -> bool {
    /// By the second byte of a letter: a bit for each first byte, 0xd8 and 0xd9, with which it may be one.
    const LETTERS: [u8; 256] = {
        let (mut letters, clitics) = ([0; 256], ['و', 'ف', 'ب', 'ل', 'ك', 'س']);
        let mut at = 0;
        while at < clitics.len() {
            let mut bytes = [0; 2];
            clitics[at].encode_utf8(&mut bytes);
            letters[bytes[1] as usize] |= 1 << (bytes[0] & 1);
            at += 1;
        }
        letters
    };
    let [first, second] = *letter;
    LETTERS[second as usize] >> (first & 1) & 1 == 1
}

/// Whether something that is known may stand behind the proclitics of a word; `false` is certain, and most often so.
#[inline]
fn may_know_behind(lexicon: &Lexicon, doc: &Doc<'_>, at: usize) -> bool {
    let (folded, span) = (doc.folded.as_bytes(), doc.tokens[at].folded_span());
    let (start, end) = (span.start as usize, span.end as usize);
    let Some([first @ .., _, _]) = folded.get(start..).and_then(<[u8]>::first_chunk::<4>) else { return true };
    let Some([_, _, second @ ..]) = folded.get(start..).and_then(<[u8]>::first_chunk::<4>) else { return true };
    // Two proclitics, or one and an article without its alef, are rare.
    let more = matches!(first, [0xd9, 0x88 | 0x81 | 0x84]) & may_be_clitic(second);
    lexicon.may_know(hash_within(folded, start + 2, end)) | more
}

/// What stands behind the proclitics of a word that is not known as it stands, and the proclitics: و or ف, then ب, ل, ك or
/// س. [`khabar_arabic::proclitics`] has the same hypotheses; here most words are turned away by the hash of what is left.
fn behind_proclitics<'l>(
    lexicon: &'l Lexicon,
    doc: &Doc<'_>,
    at: usize,
    buffer: &mut String,
) -> Option<(&'l Entry, Facts)> {
    let (folded, span) = (doc.folded.as_bytes(), doc.tokens[at].folded_span());
    let (start, end) = (span.start as usize, span.end as usize);
    let known = |skip: usize, proclitics: Facts| {
        let entry = lexicon.get(hash_within(folded, start + skip, end))?;
        entry.stands_behind().then_some((entry, proclitics))
    };
    let proclitic = |skip: usize| proclitic(folded.get(start + skip..end)?.first_chunk()?);
    let (mut skip, mut proclitics) = (2, proclitic(0)?);
    if proclitics.is(Facts::CONJUNCTION) {
        if let Some(found) = known(skip, proclitics) {
            return Some(found);
        }
        let preposition = proclitic(skip).filter(|next| next.is(Facts::PREFIXED) && start + 8 <= end)?;
        (skip, proclitics) = (4, proclitics.with(preposition));
    }
    known(skip, proclitics).or_else(|| {
        // للكرملين: the article lost its alef.
        proclitic(skip).filter(|article| article.is(Facts::LI) && proclitics.is(Facts::LI))?;
        buffer.clear();
        buffer.push('ا');
        buffer.push_str(doc.folded.get(start + skip..end)?);
        let entry = lexicon.get(hash(buffer))?;
        entry.stands_behind().then_some((entry, proclitics))
    })
}

/// The proclitic that a letter may be.
fn proclitic(letter: &[u8; 2]) -> Option<Facts> {
    match letter {
        // و, ف
        [0xd9, 0x88 | 0x81] => Some(Facts::CONJUNCTION),
        // ب
        [0xd8, 0xa8] => Some(Facts::BI),
        // ل
        [0xd9, 0x84] => Some(Facts::LI),
        // ك
        [0xd9, 0x83] => Some(Facts::KA),
        // س
        [0xd8, 0xb3] => Some(Facts::SA),
        _ => None,
    }
}

/// What a token is whose cue depends on its spelling.
fn spelled(lexicon: &Lexicon, doc: &Doc<'_>, at: usize, facts: Facts, buffer: &mut String) -> Facts {
    let surface = doc.surface(at);
    if !surface.ends_with('ة') && !surface.starts_with('إ') {
        return facts;
    }
    let whole = lexicon.get(doc.hashes[at]).filter(|entry| entry.stands_behind()).map(|entry| (entry, Facts::NONE));
    let known = whole.or_else(|| behind_proclitics(lexicon, doc, at, buffer));
    let cue = known.map_or(Facts::NONE, |(entry, proclitics)| entry.facts(proclitics, surface).of(Facts::OF_CUE));
    facts.without(Facts::OF_CUE).with(cue)
}

fn punctuation(surface: &str) -> Facts {
    match surface.chars().next() {
        Some('،' | ',' | '؛' | ';' | '-' | '–' | '—') => Facts::COMMA,
        Some(':') => Facts::COLON,
        Some('.' | '؟' | '?' | '!' | '…' | '۔') => Facts::STOP,
        Some('(' | '[' | '{') => Facts::BRACKET_OPEN,
        Some(')' | ']' | '}') => Facts::BRACKET_CLOSE,
        _ => Facts::OTHER,
    }
}

#[cfg(test)]
mod tests {
    use khabar_arabic::{Analysis, proclitics};
    use proptest::prelude::*;

    use super::*;

    /// What a folded word is by the hypotheses of `khabar_arabic`, one after the other.
    fn expected(folded: &str, surface: &str) -> Facts {
        let known = |word: &str| LEXICON.get(hash(word)).filter(|entry| entry.stands_behind());
        let behind = || {
            proclitics(folded).find_map(|hypothesis| {
                let (before, rest) = folded.split_at(hypothesis.len);
                let entry = known(rest).or_else(|| known(&format!("ا{rest}")).filter(|_| hypothesis.article_cut))?;
                let letters = before.as_bytes().as_chunks().0.iter().filter_map(proclitic);
                Some((entry, letters.fold(Facts::NONE, Facts::with)))
            })
        };
        let found = known(folded).map(|entry| (entry, Facts::NONE)).or_else(behind);
        let whole = LEXICON.get(hash(folded)).map_or(Facts::NONE, |entry| entry.whole);
        let facts = found.map_or(Facts::NONE, |(entry, proclitics)| entry.facts(proclitics, surface));
        Facts::WORD.with(whole).with(facts)
    }

    proptest! {
        #[test]
        fn words_are_what_their_hypotheses_say(
            before in "[وفبلكسا]{0,4}",
            word in "قال|إعلان|دعوة|دعوه|الوزير|وزير|لكن|حد|حسب|إن|أن|الأنباء|رويترز|عن|يقول|لوكالة|[وفبلكسا]{0,3}",
            after in "[ ،.ه]?",
        ) {
            let text = format!("{before}{word}{after}");
            let mut analysis = Analysis::default();
            analysis.analyze(&text);
            let doc = Doc::new("", &text, &analysis);
            let mut words = Words::default();
            Tagger::default().tag(&doc, &mut words);
            for (at, token) in doc.tokens.iter().enumerate().filter(|(_, t)| t.class() == TokenClass::Arabic) {
                let spelling = Facts::SPELLED;
                let (facts, expected) = (words.facts[at], expected(doc.folded(at), doc.surface(at)));
                prop_assert_eq!(facts.without(spelling), expected.without(spelling), "{}", token.span());
                prop_assert_eq!(words.cues.contains(&(at as u32)), expected.is(BEGINS));
            }
        }
    }
}
